/** How many events there are of whom, as the database keeps count of them: no event is read for it. */
import { sql } from 'kysely'
import type { Status } from '../model/index.ts'
import type { Db } from './schema.ts'

/** Events of one key in one month, of one kind. */
export interface EventSum { readonly month: string; readonly type: string; readonly mode: string | null; readonly status: Status; readonly events: number }

/** The counts of a key by month and kind. */
export async function eventSums(db: Db, key: string): Promise<EventSum[]> {
  const rows = await db.selectFrom('event_sums').select(['month', 'type', 'mode', 'status', 'events']).where('key', '=', key).execute()
  return rows.map((row) => ({ ...row, mode: row.mode === '' ? null : row.mode }))
}

/** All events of a pair of countries, and the first and the last day. */
export interface PairSum {
  readonly pair: readonly [string, string]
  readonly events: number
  /** By type and status: `CONSULT occurred`. */
  readonly counts: Readonly<Record<string, number>>
  readonly firstDay: string | null
  readonly lastDay: string | null
}

/** Pairs of two countries of those given, those with most events first; with `country` only those it is in. */
export async function pairSums(db: Db, countries: readonly string[], options: { readonly country?: string; readonly limit?: number } = {}): Promise<PairSum[]> {
  const [a, b] = [sql<string>`split_part(key, '|', 1)`, sql<string>`split_part(key, '|', 2)`]
  let query = db.selectFrom('pair_sums').selectAll().where(sql<boolean>`${a} <> ${b} and ${a} = any(${countries}::text[]) and ${b} = any(${countries}::text[])`)
  if (options.country !== undefined) query = query.where(sql<boolean>`${options.country} in (${a}, ${b})`)
  query = query.orderBy('events', 'desc').orderBy('key')
  const rows = await (options.limit === undefined ? query : query.limit(options.limit)).execute()
  return rows.map(({ key, events, counts, first_day, last_day }) => {
    const [one = '', other = ''] = key.split('|')
    return { pair: [one, other], events, counts, firstDay: first_day, lastDay: last_day }
  })
}
