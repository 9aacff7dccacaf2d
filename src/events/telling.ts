/** A report with all that joining looks at: who, when, where, and what else its sentence names. Neutral of language, since ids are. */
import type { Actor, Article, Figure, Reading, Report, Span } from '../model/index.ts'
import { type Window, windowOf } from './window.ts'

export interface Telling {
  readonly report: Report
  readonly article: Article
  /** Place among the reports of its article. */
  readonly ordinal: number
  /** States, and bodies above states by their own id, sorted. */
  readonly parties: readonly string[]
  /** Persons by party. */
  readonly persons: ReadonlyMap<string, readonly string[]>
  /** Sectors of those named by party, where somebody more particular than the state is named for it. */
  readonly sectors: ReadonlyMap<string, ReadonlySet<string>>
  readonly givers: ReadonlySet<string>
  readonly takers: ReadonlySet<string>
  readonly window: Window
  readonly figures: readonly Figure[]
  /** Ids and numbers named in the sentences of the evidence, without the parties. */
  readonly named: ReadonlySet<string>
  /** The same of the whole article; shared by all its tellings. */
  readonly story: ReadonlySet<string>
  /** How far down the article it is told, between 0 and 1. */
  readonly depth: number
  readonly quote: string
}

const STATE = /^[A-Z]{3}$/u
/** Codes of what stands above states: no party by themselves, their bodies are. */
const ABOVE = new Set(['IGO', 'UNO', 'EUR', 'NGO', 'ISM', 'IMG', 'MNC'])
const PERSON = /^(?:person|name):/u
const SENTENCE_END = /[.!?؟。！？][”"»』」)]*\s|\n/gu
const LONGEST_QUOTE = 280
/** Numbers this small are in every text. */
const SMALL = 12

/** Whether a code is a state's. */
export const isState = (code: string | null): code is string => code !== null && STATE.test(code) && !ABOVE.has(code)

/** The party an actor stands for: its state, or the body above states it is or serves; null for those of no party. */
export function partyOf(actor: Pick<Actor, 'id' | 'country'>): string | null {
  if (isState(actor.country)) return actor.country
  const body = /^office:([^/]+)\//u.exec(actor.id)?.[1]
  if (body !== undefined && actor.country !== null) return `organisation:${body}`
  return actor.country !== null || /^(?:organisation|group):/u.test(actor.id) ? actor.id : null
}

/** The reports of a reading as tellings, in their order. */
export function tell(reading: Reading): Telling[] {
  const { article } = reading
  const keys = mentionKeys(reading)
  const story = new Set(keys.map(({ key }) => key))
  const ends = sentenceEnds(article.text)
  return reading.reports.map((report, ordinal) => {
    const all = [...report.actors, ...report.recipients]
    const parties = [...new Set(all.map(partyOf).filter((party): party is string => party !== null))].sort()
    const persons = new Map<string, string[]>()
    for (const actor of all) {
      const party = partyOf(actor)
      if (party === null || !PERSON.test(actor.id)) continue
      const known = persons.get(party) ?? []
      if (!known.includes(actor.id)) persons.set(party, [...known, actor.id])
    }
    const sectors = new Map<string, Set<string>>()
    for (const actor of all) {
      const party = partyOf(actor)
      if (party === null || actor.sector === null || actor.id.startsWith('state:') || actor.id.startsWith('place:')) continue
      sectors.set(party, (sectors.get(party) ?? new Set()).add(actor.sector))
    }
    const sentences = sentencesOf(report, ends, article.text.length)
    const own = new Set([...parties.map((party) => `state:${party}`), ...all.map((actor) => actor.id)])
    const named = new Set(keys.filter(({ key, span }) => !own.has(key) && sentences.some((sentence) => span[0] >= sentence[0] && span[1] <= sentence[1])).map(({ key }) => key))
    const sides = (actors: readonly Actor[]): Set<string> => new Set(actors.map(partyOf).filter((party): party is string => party !== null))
    return {
      report, article, ordinal, parties, persons, sectors, givers: sides(report.actors), takers: sides(report.recipients), window: windowOf(report.date),
      figures: reading.figures.filter((figure) => sentences.some((sentence) => figure.span[0] >= sentence[0] && figure.span[1] <= sentence[1])),
      named, story, depth: (report.evidence[0]?.span[0] ?? 0) / Math.max(1, article.text.length), quote: quoteOf(article.text, report.evidence[0]?.span ?? [0, 0], ends),
    }
  })
}

/** Everything named in an article by keys that are the same in every language. */
function mentionKeys(reading: Reading): { key: string; span: Span }[] {
  const out: { key: string; span: Span }[] = []
  for (const { kind, span, actor, place, quantity, date } of reading.mentions) {
    if (kind === 'actor' && actor && !actor.id.startsWith('noun:') && !actor.id.startsWith('medium:')) out.push({ key: actor.id, span })
    else if (kind === 'place' && place) out.push({ key: place.id, span })
    else if (kind === 'quantity' && quantity && Math.abs(quantity.value) > SMALL) out.push({ key: `#${quantity.value}`, span })
    else if (kind === 'date' && date && date.basis === 'stated') out.push({ key: `@${date.value}`, span })
  }
  return out
}

/** Offsets at which sentences end, by their marks alone: close enough to say what is named beside what. */
function sentenceEnds(text: string): number[] {
  return [...text.matchAll(SENTENCE_END)].map((match) => match.index + match[0].length)
}

/** The sentence around a span. */
export function sentenceAt(ends: readonly number[], length: number, [start, end]: Span): Span {
  let low = 0
  let high = ends.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ends[middle] ?? 0) <= start) low = middle + 1
    else high = middle
  }
  let last = low
  while (last < ends.length && (ends[last] ?? 0) < end) last++
  return [low === 0 ? 0 : (ends[low - 1] ?? 0), ends[last] ?? length]
}

function sentencesOf(report: Report, ends: readonly number[], length: number): Span[] {
  const out: Span[] = []
  for (const { field, span } of report.evidence) {
    if (field !== 'type') continue
    const sentence = sentenceAt(ends, length, span)
    if (!out.some((known) => known[0] === sentence[0])) out.push(sentence)
  }
  return out
}

function quoteOf(text: string, span: Span, ends: readonly number[]): string {
  const [from, to] = sentenceAt(ends, text.length, span)
  const start = Math.max(from, span[0] - LONGEST_QUOTE / 2)
  const end = Math.min(to, Math.max(span[1], start + LONGEST_QUOTE))
  const cut = text.slice(whole(text, start), whole(text, end)).trim().replace(/\s+/gu, ' ')
  return `${start > from ? '…' : ''}${cut}${end < to ? '…' : ''}`
}

/* Moves an offset that would cut a surrogate pair to its front. */
const whole = (text: string, at: number): number => ((text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at)

/** The quote around any span of an article. */
export function quoteAround(text: string, span: Span): string {
  return quoteOf(text, span, sentenceEnds(text))
}
