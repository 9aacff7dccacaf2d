import type { Span } from './span.ts'

/** One word of a sentence (one character in scripts that write no spaces). */
export interface Token {
  readonly start: number
  readonly end: number
  /** Folded form used for matching: case, marks and variant letters levelled as the language says. */
  readonly norm: string
  /** Further folded forms to match by (clitics cut off, endings cut off), best first. Empty when there are none. */
  readonly alternatives: readonly string[]
  /** What was cut off the front to get each alternative (clitics such as a conjunction or preposition), '' for none. */
  readonly cuts: readonly string[]
  readonly kind: 'word' | 'number' | 'punct'
  /** A bit for each of its forms, by which most of what it cannot match is passed over; without it all is looked up. */
  readonly bits?: number
  /** Universal POS tag where the language has learned weights. */
  tag?: string
  /** Form of a verb: `fin-past`, `fin-pres`, `inf`, `part`, `ger`; '' for other words; only where learned weights exist. */
  form?: string
  /** Index of the syntactic head inside the sentence, -1 for the root; only where learned weights exist. */
  head?: number
  /** Universal Dependencies relation to the head. */
  relation?: string
}

export interface Sentence {
  readonly index: number
  readonly paragraph: number
  readonly span: Span
  readonly tokens: readonly Token[]
}
