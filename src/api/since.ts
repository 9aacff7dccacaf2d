/** What came in about a relationship, or a state, since a moment: events told anew or decided on by people. */
import { sql } from 'kysely'
import { getEvents } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { tellIn, type ToldEvent, worldOf } from './events.ts'
import { keyOf } from './relations.ts'
import type { ChangesQuery } from './schemas.ts'

export interface ChangesAnswer {
  readonly since: string
  /** Events in all, up to a bound. */
  readonly count: number
  /** Those that changed last, first. */
  readonly events: readonly ToldEvent[]
}

const COUNTED = 1000
const SHOWN = 20

/** Events of a key that an article tells which came in after the moment, or that somebody decided on. */
export async function loadChanges(desk: Desk, { parties, since, lang }: ChangesQuery): Promise<ChangesAnswer> {
  const key = keyOf(parties)
  const ids = await desk.sums.get(`changes ${key} ${since}`, async () => (await sql<{ event: string }>`
    select event from (
      select k.event, max(a.first_seen) as at from articles a join reports r on r.article = a.id and r.month = a.month join event_reports e on e.report = r.id join event_keys k on k.event = e.event
        where a.first_seen > ${since}::timestamptz and k.key = ${key} group by k.event
      union all
      select k.event, max(j.at) as at from judgements j join event_keys k on k.event = j.event where j.by_kind = 'person' and j.at > ${since}::timestamptz and k.key = ${key} group by k.event
    ) changed group by event order by max(at) desc, event limit ${COUNTED}`.execute(desk.db)).rows.map(({ event }) => event))
  const shown = await getEvents(desk.db, ids.slice(0, SHOWN))
  return { since, count: ids.length, events: ids.flatMap((id) => { const stored = shown.get(id); return stored ? [tellIn(desk, lang, worldOf(stored))] : [] }) }
}
