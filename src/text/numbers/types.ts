/** What the number and quantity finders are made from and what they give back. */
import type { Span } from '../../model/index.ts'
import type { FoldSettings } from '../fold.ts'

export type Comparator = '=' | '>' | '<' | '~'
export const UNIT_KINDS = ['money', 'percent', 'mass', 'volume', 'distance', 'speed', 'area', 'years', 'time', 'energy'] as const
export type UnitKind = (typeof UNIT_KINDS)[number]

type Words = Readonly<Record<string, readonly string[]>>

export interface UnitWords {
  readonly kind: UnitKind
  readonly words: readonly string[]
  /** Signs written before the number. */
  readonly signs: readonly string[]
}

/** Where the words of a comparison stand: right before the number, right after it, inside it, or earlier in its clause. */
export interface ComparatorWords {
  readonly before: readonly string[]
  readonly after: readonly string[]
  readonly inside: readonly string[]
  readonly far: readonly string[]
}

/** Everything a language says of numbers and units. */
export interface NumberTables {
  readonly fold: FoldSettings
  readonly spaced: boolean
  /** Thousands are grouped by these; the other of point and comma is the decimal sign. */
  readonly group: readonly string[]
  readonly decimal: '.' | ','
  readonly words: Words
  readonly multipliers: Words
  /** Short multipliers written on to digits (5bn). */
  readonly suffixes: Words
  /** Words for one that count only before a multiplier (a million). */
  readonly articles: readonly string[]
  /** Words for "and a half" after a multiplier. */
  readonly half: readonly string[]
  readonly joiners: readonly string[]
  /** Units stand before tens (five and seventy). */
  readonly unitsFirst: boolean
  readonly ordinals: Words
  readonly ordinalSuffixes: readonly string[]
  readonly ordinalPrefixes: readonly string[]
  readonly clitics: readonly string[]
  /** Clitics that belong to the quoted number (an article written on). */
  readonly keptClitics: readonly string[]
  /** Number words that count only before a classifier; `*` for all of them. */
  readonly guarded: readonly string[]
  readonly classifiers: readonly string[]
  /** Words before a multiplier that leave open how many (several hundred). */
  readonly vague: readonly string[]
  /** Multipliers that are no number on their own (thousands). */
  readonly notFirst: readonly string[]
  /** Words after a number that make it somebody's age. */
  readonly ages: readonly string[]
  /** Words that end the noun phrase a number stands in (prepositions, relative words). */
  readonly ends: readonly string[]
  /** Words that make the number after them a name (resolution, flight, article). */
  readonly labels: readonly string[]
  /** Words between a number and its unit or noun (million of euros). */
  readonly of: readonly string[]
  /** Words that part one counted thing from the next. */
  readonly breaks: readonly string[]
  readonly units: Readonly<Record<string, UnitWords>>
  readonly comparators: Readonly<Record<Exclude<Comparator, '='>, ComparatorWords>>
}

export interface NumberHit {
  readonly span: Span
  readonly value: number
  readonly ordinal: boolean
  /** Written with digits only, words only, or both (200 billion). */
  readonly form: 'digits' | 'words' | 'mixed'
  /** A comparison written inside the number, or a range of which `value` is the lower end. */
  readonly comparator: Comparator
}

export interface NumberFinder {
  /** Numbers inside the span, in order and without overlap. */
  find(text: string, span: Span): NumberHit[]
}

/** One row of the ontology's measures. */
export interface Measure {
  readonly id: string
  readonly kinds: readonly (UnitKind | 'count' | 'ordinal')[]
  /** Outcomes (killed) win over the things they befall (soldiers) in the same clause. */
  readonly outcome: boolean
  /** Things, that no outcome for people befalls. */
  readonly thing: boolean
  /** Holds between two states (trade) rather than of one. */
  readonly relational: boolean
}

/** Words of one measure: `before`/`after` the number only, or anywhere near. A word that ends in `*` matches every word that begins so. */
export interface MeasureWords { readonly measure: string; readonly words: readonly string[]; readonly where: 'before' | 'after' | 'any' }

export interface QuantityTables {
  readonly numbers: NumberTables
  readonly measures: readonly Measure[]
  readonly measureWords: readonly MeasureWords[]
}

export interface QuantityHit {
  readonly span: Span
  readonly value: number
  /** ISO 4217 for money, a unit symbol for physical quantities, null for counts. */
  readonly unit: string | null
  readonly comparator: Comparator
  /** Measure told by the words nearby, null when none fits. */
  readonly noun: string | null
}
