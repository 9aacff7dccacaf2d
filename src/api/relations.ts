/** Relationships: all pairs of states at a glance, and the chronology of one. */
import { sql } from 'kysely'
import { selectFigures } from '../events/index.ts'
import type { Status, WorldEvent } from '../model/index.ts'
import { type ArticleEntry, type EventFilter, eventSums, figuresOf, getArticles, listEvents, pairKey, type PairSum, pairSums, UNDATED } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { filterOf, tellIn, type ToldEvent, worldOf } from './events.ts'
import type { ChronologyAsked, RelationsQuery } from './schemas.ts'

export interface Relation {
  readonly pair: readonly [string, string]
  readonly events: number
  readonly cooperation: number
  readonly conflict: number
  readonly planned: number
  /** Mean PLOVER score of what happened, -10 to 10. */
  readonly balance: number
  readonly firstDay: string | null
  readonly lastDay: string | null
}
export interface Month { readonly month: string; readonly cooperation: number; readonly conflict: number }
export interface Kind { readonly type: string; readonly mode: string | null; readonly events: number }
export interface ChronologyAnswer {
  readonly parties: readonly string[]
  readonly events: readonly ToldEvent[]
  readonly months: readonly Month[]
  readonly kinds: readonly Kind[]
  readonly next: string | null
}

const HAPPENED: ReadonlySet<Status> = new Set<Status>(['occurred', 'ongoing'])
const dated = (day: string): string | null => (day === UNDATED ? null : day)

/** Whether events of a type are cooperation. */
const isCooperation = (desk: Desk, type: string): boolean => desk.knowledge.ontology.types[type]?.quad.endsWith('cooperation') === true

/** All pairs of states, those with most events first. */
export async function loadRelations(desk: Desk, query: RelationsQuery): Promise<{ readonly relations: readonly Relation[] }> {
  const { from, to, state, limit = 1000 } = query
  const relations = await desk.sums.get(`relations ${from ?? ''} ${to ?? ''} ${state ?? ''} ${limit}`, async () => {
    const sums = from === undefined && to === undefined ? await pairSums(desk.db, [...desk.knowledge.gazetteer.states.keys()], { ...(state === undefined ? {} : { country: state }), limit }) : await countPairs(desk, query)
    return relationsOf(desk, sums.slice(0, limit))
  })
  return { relations }
}

/** What events of one type and status add to a relationship. */
interface Weight { readonly to: 'cooperation' | 'conflict' | 'planned' | null; readonly score: number }

function relationsOf(desk: Desk, sums: readonly PairSum[]): Relation[] {
  // Thousands of pairs have the same few dozen types and statuses.
  const weights = new Map<string, Weight>()
  const weigh = (name: string): Weight => {
    const [type = '', status = ''] = name.split(' ')
    const happened = HAPPENED.has(status as Status)
    const weight: Weight = { to: happened ? (isCooperation(desk, type) ? 'cooperation' : 'conflict') : status === 'future' ? 'planned' : null, score: happened ? (desk.knowledge.ontology.types[type]?.score ?? 0) : 0 }
    weights.set(name, weight)
    return weight
  }
  return sums.map(({ pair, events, counts, firstDay, lastDay }) => {
    const sum = { cooperation: 0, conflict: 0, planned: 0 }
    let score = 0
    for (const name in counts) {
      const [number, weight] = [counts[name] ?? 0, weights.get(name) ?? weigh(name)]
      if (weight.to !== null) sum[weight.to] += number
      score += number * weight.score
    }
    const happened = sum.cooperation + sum.conflict
    return { pair, events, ...sum, balance: happened === 0 ? 0 : Math.round((10 * score) / happened) / 10, firstDay, lastDay }
  })
}

/* Within days the events themselves are counted. */
async function countPairs(desk: Desk, { from, to, state }: Pick<RelationsQuery, 'from' | 'to' | 'state'>): Promise<readonly PairSum[]> {
  const where = [sql`key like '%|%'`]
  if (from !== undefined) where.push(sql`day >= ${from}::date`)
  if (to !== undefined) where.push(sql`day <= ${to}::date`)
  if (state !== undefined) where.push(sql`${state} in (split_part(key, '|', 1), split_part(key, '|', 2))`)
  const { rows } = await sql<{ key: string; type: string; status: Status; events: number; first: string; last: string }>`
    select key, type, status, count(*) as events, min(day) as first, max(day) as last from event_keys where ${sql.join(where, sql` and `)} group by key, type, status`.execute(desk.db)
  const { states } = desk.knowledge.gazetteer
  const sums = new Map<string, PairSum>()
  for (const { key, type, status, events, first, last } of rows) {
    const [a = '', b = ''] = key.split('|')
    if (a === b || !states.has(a) || !states.has(b)) continue
    const sum = sums.get(key)
    const days = [sum?.firstDay, sum?.lastDay, dated(first), dated(last)].filter((day) => typeof day === 'string').sort()
    sums.set(key, { pair: [a, b], events: (sum?.events ?? 0) + events, counts: { ...sum?.counts, [`${type} ${status}`]: events }, firstDay: days[0] ?? null, lastDay: days.at(-1) ?? null })
  }
  return [...sums.values()].sort((x, y) => y.events - x.events || (x.pair.join() < y.pair.join() ? -1 : 1))
}

/** The key a relationship, or one state, is found by. */
export const keyOf = (parties: readonly string[]): string => (parties[0] !== undefined && parties[1] !== undefined ? pairKey(parties[0], parties[1]) : (parties[0] ?? ''))

/** The chronology of two states, or of one. */
export async function loadChronology(desk: Desk, query: ChronologyAsked): Promise<ChronologyAnswer> {
  const key = keyOf(query.parties)
  const page = await listEvents(desk.db, { ...filterOf(query), keys: [key] })
  return {
    parties: query.parties.slice(0, 2), events: page.items.map((stored) => tellIn(desk, query.lang, worldOf(stored))), ...(await desk.sums.get(`counts ${key}`, () => countsOf(desk, key))), next: page.next,
  }
}

async function countsOf(desk: Desk, key: string): Promise<Pick<ChronologyAnswer, 'months' | 'kinds'>> {
  const rows = (await eventSums(desk.db, key)).map((row) => ({ ...row, month: row.month.slice(0, 7) }))
  const months = new Map<string, { cooperation: number; conflict: number }>()
  const kinds = new Map<string, { type: string; mode: string | null; events: number }>()
  for (const { month, type, mode, status, events } of rows) {
    if (!HAPPENED.has(status)) continue
    const kind = kinds.get(`${type} ${mode ?? ''}`) ?? { type, mode, events: 0 }
    kind.events += events
    kinds.set(`${type} ${mode ?? ''}`, kind)
    if (month === UNDATED.slice(0, 7)) continue
    const sum = months.get(month) ?? { cooperation: 0, conflict: 0 }
    sum[isCooperation(desk, type) ? 'cooperation' : 'conflict'] += events
    months.set(month, sum)
  }
  return {
    months: [...months].map(([month, sum]) => ({ month, ...sum })).sort((a, b) => (a.month < b.month ? -1 : 1)),
    kinds: [...kinds.values()].sort((a, b) => b.events - a.events || (a.type < b.type ? -1 : 1)),
  }
}

/** Events announced of which nothing is known to have come. */
export async function openPlans(desk: Desk, parties: readonly string[], language: string, limit = 12): Promise<ToldEvent[]> {
  const filter: EventFilter = { keys: [keyOf(parties)], statuses: ['future'], order: 'newest', limit: limit * 3 }
  const page = await listEvents(desk.db, filter)
  return page.items.map(worldOf).filter((event: WorldEvent) => !event.historical && !event.links.some(({ kind }) => kind === 'came-of' || kind === 'called-off')).slice(0, limit).map((event) => tellIn(desk, language, event))
}

/** Figures between the two in some of these articles. */
export async function figuresBetween(desk: Desk, parties: readonly string[], entries: readonly ArticleEntry[], most = 8): Promise<ReturnType<typeof selectFigures>> {
  const told = new Map([...await figuresOf(desk.db, entries, parties)].slice(0, most))
  // Few articles have any: only those are read.
  const articles = await getArticles(desk.db, entries.filter(({ id }) => told.has(id)))
  const readings = [...told].flatMap(([id, figures]) => { const article = articles.get(id); return article ? [{ article, figures }] : [] })
  return selectFigures(readings, { parties, together: 2 })
}
