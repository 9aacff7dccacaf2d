import type { Span } from './span.ts'

/** PLOVER's actor or recipient, as mentioned. `id` is one per actor, however spelt. */
export interface Actor {
  readonly id: string
  /** The gazetteer's canonical name (Latin script), or as written where unknown. */
  readonly name: string
  /** ISO 3166-1 alpha-3 with PLOVER's exceptions, or PLOVER's international codes (IGO, UNO, EUR, NGO …); null if none. */
  readonly country: string | null
  /** PLOVER sector: GOV, MIL, COP …; null if unknown. */
  readonly sector: string | null
  /** Office held or named, an id of the ontology's office list; null if none. */
  readonly office: string | null
  readonly span: Span
  readonly text: string
}

/** An EDTF (ISO 8601-2) date at the precision stated. */
export interface DateValue {
  readonly value: string
  readonly basis: 'stated' | 'inferred'
  readonly span: Span | null
}

export interface PlaceValue {
  readonly id: string
  readonly name: string
  readonly country: string | null
}

export interface QuantityValue {
  readonly value: number
  readonly unit: string | null
  readonly comparator: '=' | '>' | '<' | '~'
}

export interface Mention {
  readonly id: string
  readonly kind: 'actor' | 'date' | 'place' | 'quantity'
  readonly span: Span
  readonly text: string
  readonly actor?: Actor
  readonly date?: DateValue
  readonly place?: PlaceValue
  readonly quantity?: QuantityValue
}
