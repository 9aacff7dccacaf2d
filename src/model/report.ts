import type { Actor, DateValue, PlaceValue } from './mention.ts'
import type { Span } from './span.ts'

export const STATUSES = ['occurred', 'ongoing', 'future', 'hypothetical', 'negated'] as const
export type Status = (typeof STATUSES)[number]

export interface Evidence {
  /** The field of the report these words say: type, actor, recipient, date, place, status, attribution … */
  readonly field: string
  readonly span: Span
  readonly text: string
}

/** According to whom: the outlet itself, a named speaker, or an unnamed source. */
export interface Attribution {
  readonly kind: 'outlet' | 'named' | 'unnamed'
  readonly speaker?: Actor
  readonly outlet?: string
  readonly span: Span | null
}

/** What one article tells of one event. */
export interface Report {
  readonly id: string
  readonly type: string
  readonly mode: string | null
  readonly contexts: readonly string[]
  readonly actors: readonly Actor[]
  readonly recipients: readonly Actor[]
  readonly date: DateValue | null
  readonly place: PlaceValue | null
  readonly status: Status
  readonly historical: boolean
  readonly attribution: Attribution
  readonly evidence: readonly Evidence[]
  /** Closest CAMEO code, a string because of leading zeros; null when there is none. */
  readonly cameo: string | null
  readonly intensity: number
  readonly quadClass: string
  readonly confidence: number
  readonly rule: string
}

/** What somebody is reported to have said. */
export interface Statement {
  readonly id: string
  readonly speaker: Actor
  readonly quoted: boolean
  readonly span: Span
  readonly text: string
  readonly date: DateValue | null
  readonly stance: string
  readonly topics: readonly string[]
  /** Countries the statement is about, ISO 3166-1 alpha-3. */
  readonly countries: readonly string[]
  /** Id of the report this statement belongs to. */
  readonly report?: string
}

/** A quantity with its meaning. */
export interface Figure {
  readonly measure: string
  readonly value: number
  readonly unit: string | null
  readonly comparator: '=' | '>' | '<' | '~'
  /** EDTF period the value is for; null when not said. */
  readonly period: string | null
  readonly parties: readonly string[]
  readonly span: Span
}
