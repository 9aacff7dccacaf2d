/**
 * Why two reports were held to be of one event or of two, and why two events are linked: a code and what it is about, by ids and
 * values that are the same in every language. The sentence is written when somebody reads it (`languages/<code>/templates.yaml`, `events.reasons`).
 */
export const REASON_CODES = [
  'types-unlike', 'same-kind', 'visit-part', 'closer-kind',
  'only-party', 'same-parties', 'some-parties', 'few-parties', 'names-unknown', 'persons-differ', 'circles-differ', 'sides-unlike', 'same-persons',
  'one-undated', 'same-day', 'same-published-day', 'days-apart', 'published-apart', 'one-published-apart', 'two-news', 'same-time', 'times-fit',
  'same-place', 'place-within', 'places-differ', 'nothing-named', 'named-both', 'subjects-differ', 'same-subjects', 'same-figure', 'figures-differ',
  'same-depth', 'one-article', 'stories-alike', 'stories-unlike',
  'group-days', 'group-persons', 'group-kinds', 'told-apart', 'person-parted', 'any-of',
  'planned-came', 'announced-came', 'planned-off', 'announced-off',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** What a reason is about, by the names of the slots of its sentence. */
export interface ReasonValues {
  /** `TYPE` or `TYPE.mode`. */
  readonly kind?: string
  readonly kindA?: string
  readonly kindB?: string
  /** States by code, bodies by id. */
  readonly party?: string
  readonly parties?: readonly string[]
  /** Ids of persons. */
  readonly persons?: readonly string[]
  readonly personsA?: readonly string[]
  readonly personsB?: readonly string[]
  /** PLOVER sectors. */
  readonly sectorsA?: readonly string[]
  readonly sectorsB?: readonly string[]
  /** EDTF. */
  readonly day?: string
  readonly dayA?: string
  readonly dayB?: string
  readonly days?: number
  readonly events?: number
  /** An outlet as it calls itself. */
  readonly outlet?: string | null
  readonly place?: { readonly id: string; readonly name: string }
  readonly placeA?: { readonly id: string; readonly name: string }
  readonly placeB?: { readonly id: string; readonly name: string }
  /** What sentences name beside the event: ids, `@` and an EDTF date, `#` and a number. */
  readonly named?: readonly string[]
  readonly contexts?: readonly string[]
  readonly measure?: string
  readonly figure?: { readonly measure: string; readonly value: number; readonly unit: string | null }
}

export interface Reason {
  readonly code: ReasonCode
  readonly about: ReasonValues
  /** Speaks for two events rather than for one. */
  readonly against: boolean
}
