/** What the readers of the several media types hand to the assembly of the article. */
import type { Caption, Furniture, Notice } from '../model/index.ts'

export interface Draft {
  readonly title: string | null
  readonly paragraphs: readonly string[]
  readonly captions: readonly Caption[]
  readonly furniture: readonly Furniture[]
  readonly byline: string | null
  readonly agencies: readonly string[]
  readonly publisher: string | null
  readonly published: string | null
  readonly url: string | null
  /** Language the page declares, as written. */
  readonly declared: string | null
  readonly notices: readonly Notice[]
}

/** What is known before the text is read: from structured data, mail headers or front matter. */
export interface Known {
  readonly title: string | null
  readonly authors: readonly string[]
  readonly publisher: string | null
  readonly published: string | null
  readonly url: string | null
  readonly declared: string | null
}

export const NOTHING_KNOWN: Known = { title: null, authors: [], publisher: null, published: null, url: null, declared: null }
