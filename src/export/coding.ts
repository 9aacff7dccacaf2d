/** What a coder says of one event: the form between Readout's events and the files of event data sets, ours and others'. */
import type { EventParty, Report, Span, Status, WorldEvent } from '../model/index.ts'
import type { Codes } from '../knowledge/codes.ts'

/** Somebody who takes part; `raw` is how the text has it. */
export interface Party extends EventParty { readonly raw?: string }

/** An article that tells the event. */
export interface Source {
  readonly article: string
  /** Id of our own report; null where there is none. */
  readonly report: string | null
  readonly url: string | null
  readonly outlet: string | null
  /** EDTF day, month or year. */
  readonly published: string | null
  readonly language: string
  readonly title: string | null
  readonly span: Span | null
  readonly quote: string | null
  readonly confidence: number | null
}

export interface CodedPlace { readonly id: string; readonly name: string; readonly country: string | null; readonly latitude?: string; readonly longitude?: string }

export interface Coding {
  /** Who coded it: `readout`, or the data set it was read from. */
  readonly coder: string
  readonly version: string
  /** The file format it was read from; null for our own. */
  readonly format: string | null
  readonly id: string
  /** PLOVER type; null for what has none. */
  readonly type: string | null
  readonly mode: string | null
  readonly contexts: readonly string[]
  readonly actors: readonly Party[]
  readonly recipients: readonly Party[]
  /** All who take part act on each other. */
  readonly mutual: boolean
  /** EDTF. */
  readonly date: string | null
  readonly basis: 'stated' | 'inferred' | null
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly place: CodedPlace | null
  readonly status: Status
  readonly historical: boolean
  readonly confidence: number | null
  readonly cameo: string | null
  readonly intensity: number | null
  readonly quadClass: string | null
  readonly sources: readonly Source[]
  /** Columns of its own format that the fields above do not give back, as they stood. */
  readonly columns?: Readonly<Record<string, string>>
}

/** A report of an event with the text it was read from, where evidence is wanted. */
export interface Told { readonly report: Report; readonly article: { readonly id: string; readonly text: string | null } }

/** One event to export: its coding and, for our own, the reports behind it. */
export interface ExportRecord { readonly coding: Coding; readonly told: readonly Told[] }

export interface ExportKnowledge {
  readonly codes: Codes
  /** Whether a rule, or a type where the rule is not known, makes all who take part act on each other. */
  readonly isMutual: (rule: string, type: string) => boolean
  /** CAMEO code of a type that no rule gave a closer one. */
  readonly cameoOfType: (type: string) => string | null
  readonly version: string
}

/** Visits are told from the visitor on, so that a host's code would say the wrong direction. */
const HOSTS = '043'
const VISITS = '042'

/** Our own event as a coding. */
export function codingOf(event: WorldEvent, told: readonly Told[], { isMutual, cameoOfType, version }: ExportKnowledge): Coding {
  const raws = new Map(told.flatMap(({ report }) => [...report.actors, ...report.recipients].map(({ id, text }) => [id, text] as const)).reverse())
  const party = ({ id, name, country, sector, office }: EventParty): Party => ({ id, name, country, sector, office, ...(raws.has(id) ? { raw: raws.get(id) ?? '' } : {}) })
  const cameo = event.cameo ?? cameoOfType(event.type)
  return {
    coder: 'readout', version, format: null, id: event.id, type: event.type, mode: event.mode, contexts: event.contexts, actors: event.actors.map(party), recipients: event.recipients.map(party),
    mutual: event.recipients.length === 0 && event.actors.length > 1 && isMutual(event.rule, event.type),
    date: event.date?.value ?? null, basis: event.date?.basis ?? null, firstDay: event.firstDay, lastDay: event.lastDay, place: event.place, status: event.status, historical: event.historical,
    confidence: event.confidence, cameo: cameo === HOSTS ? VISITS : cameo, intensity: event.intensity, quadClass: event.quadClass,
    sources: event.members.map(({ article, report, url, outlet, published, language, title, span, quote, confidence }) => ({ article, report, url, outlet, published, language, title, span, quote, confidence })),
  }
}

export interface Dyad { readonly actor: Party | null; readonly recipient: Party | null }

/** Who does it to whom, one by one: a line each in files that name one actor and one recipient. */
export function dyadsOf({ actors, recipients, mutual }: Coding): Dyad[] {
  if (recipients.length > 0) return (actors.length > 0 ? actors : [null]).flatMap((actor) => recipients.map((recipient) => ({ actor, recipient })))
  if (!mutual) return (actors.length > 0 ? actors : [null]).map((actor) => ({ actor, recipient: null }))
  return actors.flatMap((actor, at) => actors.flatMap((recipient, other) => (at === other ? [] : [{ actor, recipient }])))
}

/** In CAMEO a host is the source of the visit. */
export const cameoDyad = ({ cameo }: Coding, { actor, recipient }: Dyad): Dyad => (cameo === HOSTS ? { actor: recipient, recipient: actor } : { actor, recipient })

const DAY_MS = 86_400_000
/** Longer than this an event has no day to stand on. */
const MOST_DAYS = 4

/** The day a file that wants one can give; null when the event is not known that closely. */
export function dayFor({ firstDay, lastDay }: Coding): string | null {
  if (firstDay === null || lastDay === null) return null
  return (Date.parse(lastDay) - Date.parse(firstDay)) / DAY_MS < MOST_DAYS ? firstDay : null
}

/** The earliest day of publication among the sources. */
export function firstTold({ sources }: Coding): string | null {
  return sources.map(({ published }) => published?.slice(0, 10)).filter((day): day is string => day !== undefined && day.length === 10).sort()[0] ?? null
}

export const distinct = <T>(values: readonly (T | null | undefined)[]): T[] => [...new Set(values.filter((value): value is T => value !== null && value !== undefined && value !== ''))]
