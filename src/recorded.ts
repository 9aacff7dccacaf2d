/** Events and accounts as the record holds them: what chronologies, comparisons and reviews are made of. */
import { sql } from 'kysely'
import type { ChronologyQuery } from './events/index.ts'
import { loadHeld } from './joining-load.ts'
import type { Knowledge } from './knowledge/index.ts'
import type { Account, Reading, WorldEvent } from './model/index.ts'
import { type Db, getEvents, listAccounts, listEvents, listFigures, pairKey, shiftDay } from './store/index.ts'

const PAGE = 500
/** Periods that begin so many days before the first day asked for may reach into it. */
const LONGEST_PERIOD = 1100
/** Figures looked at for each measure. */
const MOST_FIGURES = 1000
/** Measures that belong to a relationship rather than to one event. */
const OF_RELATIONS = ['anniversary', 'trade', 'investment', 'loan', 'aid', 'debt', 'tariff']

/** Events of the record by id. */
export async function recordedEvents(db: Db, ids: readonly string[]): Promise<WorldEvent[]> {
  const found = await getEvents(db, ids)
  return ids.flatMap((id) => (found.get(id)?.body as WorldEvent | undefined) ?? [])
}

/** The keys under which events of these parties and actors are; null when any event may be meant. */
function keysOf(knowledge: Knowledge, { parties = [], together = 1, actors = [] }: ChronologyQuery): string[] | null {
  const own = (party: string): string[] => {
    const body = /^organisation:(.+)$/u.exec(party)?.[1]
    return body === undefined ? [party] : [party, ...(knowledge.gazetteer.organisations.get(body)?.country ?? '').split(' ').filter((code) => code !== '')]
  }
  // The narrower of the two: who is named takes part in what is looked for.
  if (actors.length > 0) return [...actors]
  if (parties.length === 0) return null
  if (together < 2 || parties.some((party) => party.includes(':'))) return [...new Set(parties.flatMap(own))]
  return parties.flatMap((a, at) => parties.slice(at + 1).map((b) => pairKey(a, b)))
}

/** Events that may belong in a chronology: all that do, and perhaps some that do not. */
export async function eventsForChronology(db: Db, knowledge: Knowledge, query: ChronologyQuery): Promise<WorldEvent[]> {
  const keys = keysOf(knowledge, query)
  const out: WorldEvent[] = []
  for (let cursor: string | null = null; ;) {
    const page = await listEvents(db, {
      limit: PAGE, cursor, ...(keys === null ? {} : { keys }), ...(query.from === undefined ? {} : { from: shiftDay(query.from, -LONGEST_PERIOD) }), ...(query.to === undefined ? {} : { to: query.to }),
      ...(query.types ? { types: query.types } : {}), ...(query.statuses ? { statuses: query.statuses as WorldEvent['status'][] } : {}), ...(query.minConfidence === undefined ? {} : { minConfidence: query.minConfidence }),
    })
    out.push(...page.items.map(({ body }) => body as WorldEvent))
    cursor = page.next
    if (cursor === null) return out
  }
}

/** Readings that tell figures between two of these parties. */
export async function readingsWithFigures(db: Db, parties: readonly string[]): Promise<Reading[]> {
  const articles = new Set<string>()
  for (const [at, a] of parties.entries()) {
    for (const b of parties.slice(at + 1)) for (const measure of OF_RELATIONS) for (const { article } of await listFigures(db, measure, [a, b], MOST_FIGURES)) articles.add(article.id)
  }
  const order = ({ article }: Reading): string => `${article.published ?? '9999'} ${article.id}`
  return [...(await loadHeld(db, [...articles])).values()].map(({ reading }) => reading).sort((a, b) => (order(a) < order(b) ? -1 : 1))
}

/** Accounts of an event, in the order of its parties, third parties last. */
export async function recordedAccounts(db: Db, event: string): Promise<Account[]> {
  const all = (await listAccounts(db, event)).map(({ body }) => body as Account)
  return [...all.filter(({ side }) => side !== 'others'), ...all.filter(({ side }) => side === 'others')]
}

/** Events told by two of their sides, those of most reports first. */
export async function eventsWithSides(db: Db, limit = 200): Promise<WorldEvent[]> {
  const { rows } = await sql<{ body: WorldEvent }>`select body from events e where (select count(*) from accounts a where a.event = e.id and a.side <> 'others') > 1 order by reports desc, id limit ${limit}`.execute(db)
  return rows.map(({ body }) => body)
}
