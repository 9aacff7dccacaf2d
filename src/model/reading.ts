import type { Article } from './article.ts'
import type { Mention } from './mention.ts'
import type { Figure, Report, Statement } from './report.ts'
import type { Span } from './span.ts'

/** Bad or doubtful input, said aloud: never silence and never a guess. */
export interface Notice {
  readonly code: string
  readonly stage: string
  readonly message: string
  readonly span?: Span
}

/** Everything `read` takes out of one page. */
export interface Reading {
  readonly article: Article
  readonly mentions: readonly Mention[]
  readonly reports: readonly Report[]
  readonly statements: readonly Statement[]
  readonly figures: readonly Figure[]
  readonly notices: readonly Notice[]
}
