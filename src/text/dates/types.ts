/** What the date finder is made from and what it gives back. */
import type { Span } from '../../model/index.ts'
import type { FoldSettings } from '../fold.ts'

export const RELATIONS = ['at', 'before', 'after', 'since', 'until'] as const
export type Relation = (typeof RELATIONS)[number]
export const UNITS = ['day', 'week', 'month', 'quarter', 'year', 'decade'] as const
export type DateUnit = (typeof UNITS)[number]
export type Direction = 'past' | 'future'
/** Slots whose text can be held to begin with a capital or a small letter. */
export type CasedSlot = 'month' | 'weekday'

/** One way to write a date: a template (see `template.ts`) and what it says beyond its slots. */
export interface DateForm {
  readonly match: string
  readonly unit?: DateUnit | undefined
  readonly offset?: number | undefined
  /** Sign of a counted distance: "{n} {unit} ago" is -1. */
  readonly sign?: -1 | 1 | undefined
  readonly month?: number | undefined
  readonly decade?: number | undefined
  /** Hundreds of a two-digit decade. */
  readonly century?: number | undefined
  readonly yearOffset?: number | undefined
  readonly monthOffset?: number | undefined
  readonly weekOffset?: number | undefined
  readonly direction?: Direction | undefined
  readonly relation?: Relation | undefined
  /** "Some days ago": how many is not said. */
  readonly vague?: boolean | undefined
  /** Counts only after a lead ("in", "since"), or in parentheses. */
  readonly lead?: boolean | undefined
  readonly capital?: readonly CasedSlot[] | undefined
  readonly small?: readonly CasedSlot[] | undefined
  /** The template only keeps its words from being read as a date. */
  readonly not?: boolean | undefined
}

type Words = Readonly<Record<string, readonly string[]>>

/** Everything a language says of dates. */
export interface DateTables {
  readonly fold: FoldSettings
  readonly spaced: boolean
  readonly months: Words
  readonly hijri: Words
  readonly weekdays: Words
  readonly seasons: Words
  readonly quarters: Words
  readonly halves: Words
  readonly decades: Words
  readonly units: Words
  /** Unit words that mean several, so that "last …" names no single one. */
  readonly plurals: readonly string[]
  /** Words that say two of a unit. */
  readonly duals: Words
  /** Words that place a date: last, this, next. */
  readonly last: readonly string[]
  readonly this: readonly string[]
  readonly next: readonly string[]
  /** Early, late, the middle of: narrower than can be written in EDTF, so only the words are taken in. */
  readonly edges: readonly string[]
  /** Parts of a day. */
  readonly dayparts: readonly string[]
  readonly daySuffixes: readonly string[]
  /** Digits 0-9 with which years are written out (an eleventh is another zero), '' for none. */
  readonly yearDigits: string
  readonly leads: Words
  readonly trails: Words
  readonly clitics: readonly string[]
  readonly leadClitics: readonly string[]
  readonly futureCues: readonly string[]
  /** Words after a number that make it a count and not a year. */
  readonly counted: readonly string[]
  readonly numericOrder: 'dmy' | 'mdy'
  readonly capital: readonly CasedSlot[]
  readonly forms: readonly DateForm[]
  /** Number words and ordinals up to a hundred, from the language's numbers. */
  readonly numbers: Words
  readonly ordinals: Words
}

/** What a date's words say; absent parts are not said. */
export interface DateParts {
  readonly year?: number
  readonly yearTo?: number
  /** Of a range whose first year is said apart from its second. */
  readonly month?: number
  readonly monthTo?: number
  readonly day?: number
  readonly dayTo?: number
  /** EDTF season code 21-24, or quarter 33-36. */
  readonly season?: number
  readonly half?: 1 | 2
  /** Year without its last digit. */
  readonly decade?: number
  /** 1 Monday … 7 Sunday. */
  readonly weekday?: number
  /** So many units from the day the text speaks from. */
  readonly unit?: DateUnit
  readonly offset?: number
  /** How many units away from another event; null when only "weeks". */
  readonly count?: number | null
  readonly yearOffset?: number
  readonly monthOffset?: number
  readonly weekOffset?: number
  readonly direction?: Direction
  readonly hijri?: boolean
}

export interface DateHit {
  readonly span: Span
  readonly value: DateParts
  /** How what is told stands to the date. With `value.count` present the date itself is relative to another event. */
  readonly relation: Relation
}

export interface DateFinder {
  /** Dates inside the span, in order and without overlap. */
  find(text: string, span: Span): DateHit[]
}
