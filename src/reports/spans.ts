/** Spans of tokens, and the evidence they are. */
import type { Evidence, Span } from '../model/index.ts'
import type { Scan } from './scan.ts'

/** The span of some tokens of a sentence, from the first to the last of them. */
export function spanOf(scan: Scan, words: readonly number[]): Span {
  const from = scan.tokens[Math.min(...words)]
  const to = scan.tokens[Math.max(...words)]
  return [from?.start ?? scan.span[0], to?.end ?? scan.span[1]]
}

/** The span of a half-open range of tokens. */
export function tokensSpan(scan: Scan, first: number, last: number): Span {
  return [scan.tokens[first]?.start ?? scan.span[0], scan.tokens[last - 1]?.end ?? scan.span[1]]
}

/** A field's evidence: the words at a span. */
export function evidenceOf(text: string, field: string, span: Span): Evidence {
  return { field, span, text: text.slice(span[0], span[1]) }
}
