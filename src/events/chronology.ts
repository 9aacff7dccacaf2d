/** The events of one relationship, one state, one person or a group of states, in order, with figures in their place. */
import type { Figure, Reading, WorldEvent } from '../model/index.ts'
import { dayRange } from './window.ts'
import { partiesOf } from './accounts.ts'
import { quoteAround } from './telling.ts'

export interface ChronologyQuery {
  /** States or bodies of which at least `together` take part; all when left out. */
  readonly parties?: readonly string[]
  /** How many of the parties must take part: 2 for a relationship, 1 for one state or for anything a group does. */
  readonly together?: number
  /** Ids of actors of which one takes part. */
  readonly actors?: readonly string[]
  /** First and last day, both included. */
  readonly from?: string
  readonly to?: string
  readonly types?: readonly string[]
  readonly statuses?: readonly string[]
  readonly minConfidence?: number
}

export interface FigureEntry {
  readonly figure: Figure
  readonly day: string | null
  readonly sources: readonly { readonly article: string; readonly outlet: string | null; readonly url: string | null; readonly language: string; readonly quote: string }[]
}

/** Whether an event belongs in a chronology. */
export function belongs(event: WorldEvent, query: ChronologyQuery): boolean {
  const { parties = [], together = 1, actors = [], from, to, types = [], statuses = [], minConfidence = 0 } = query
  if (parties.length > 0) {
    const own = partiesOf(event)
    if (parties.filter((party) => own.includes(party)).length < together) return false
  }
  if (actors.length > 0 && ![...event.actors, ...event.recipients].some(({ id }) => actors.includes(id))) return false
  if (types.length > 0 && !types.includes(event.type)) return false
  if (statuses.length > 0 && !statuses.includes(event.status)) return false
  return event.confidence >= minConfidence && inTime(event.firstDay, event.lastDay, from, to)
}

function inTime(first: string | null, last: string | null, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined && to === undefined) return true
  if (first === null || last === null) return false
  return (from === undefined || last >= from) && (to === undefined || first <= to)
}

const articlesOf = ({ members }: WorldEvent): number => new Set(members.map(({ article }) => article)).size

/** The events of a chronology, oldest first, those of one day by how many articles tell them; undated ones at the end. */
export function selectEvents(events: readonly WorldEvent[], query: ChronologyQuery): WorldEvent[] {
  return events.filter((event) => belongs(event, query)).sort((a, b) => (a.firstDay ?? LAST).localeCompare(b.firstDay ?? LAST) || (a.lastDay ?? '').localeCompare(b.lastDay ?? '') || articlesOf(b) - articlesOf(a) || (a.id < b.id ? -1 : 1))
}

/** After every day: where the undated stand. */
const LAST = '9999-99-99'
/** Measures that belong to a relationship rather than to one event. */
const OF_RELATIONS = new Set(['anniversary', 'trade', 'investment', 'loan', 'aid', 'debt', 'tariff'])

/** Figures between the parties of a relationship, each value once, in the year it is for. */
export function selectFigures(readings: readonly Pick<Reading, 'article' | 'figures'>[], query: ChronologyQuery): FigureEntry[] {
  const { parties = [], together = 1 } = query
  if (parties.length < 2 || together < 2) return []
  const out = new Map<string, { figure: Figure; sources: FigureEntry['sources'][number][] }>()
  for (const { article, figures } of readings) {
    for (const figure of figures) {
      if (!OF_RELATIONS.has(figure.measure) || parties.filter((party) => figure.parties.includes(party)).length < together) continue
      const key = [figure.measure, figure.comparator, figure.value, figure.unit, figure.period].join(' ')
      const known = out.get(key) ?? { figure, sources: [] }
      if (!known.sources.some((source) => source.article === article.id)) known.sources.push({ article: article.id, outlet: article.publisher ?? article.agencies[0] ?? null, url: article.url, language: article.language, quote: quoteAround(article.text, figure.span) })
      out.set(key, known)
    }
  }
  return [...out.values()].map(({ figure, sources }) => ({ figure, sources, range: figure.period === null ? null : dayRange({ value: figure.period, basis: 'stated', span: null }) }))
    .filter(({ range }) => inTime(range?.first ?? null, range?.last ?? null, query.from, query.to))
    .map(({ figure, sources, range }) => ({ figure, sources, day: range?.first ?? null }))
    .sort((a, b) => (a.day ?? LAST).localeCompare(b.day ?? LAST) || a.figure.measure.localeCompare(b.figure.measure) || a.figure.value - b.figure.value)
}
