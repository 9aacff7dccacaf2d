/** Events and accounts: derived, and therefore replaced as a whole. What an event's body holds is the business of the stage that makes it. */
import { sql } from 'kysely'
import type { Status } from '../model/index.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import { UNDATED } from './days.ts'
import { pairKey } from './keys.ts'
import { insertRows } from './rows.ts'
import type { Db } from './schema.ts'

export interface EventRecord<Body = unknown> {
  readonly id: string
  readonly type: string
  readonly mode: string | null
  readonly status: Status
  readonly historical: boolean
  readonly confidence: number
  readonly firstDay: string | null
  readonly lastDay: string | null
  /** Keys it is found by (`partyKeys`). */
  readonly keys: readonly string[]
  /** Days within which what becomes of it may happen, where it is a plan. */
  readonly plan?: { readonly from: string; readonly to: string } | null
  readonly reports: readonly { readonly report: string; readonly month: string }[]
  readonly body: Body
}

export interface StoredEvent<Body = unknown> {
  readonly id: string
  readonly type: string
  readonly mode: string | null
  readonly status: Status
  readonly historical: boolean
  readonly confidence: number
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly day: string
  readonly reports: number
  readonly body: Body
}

/** Removes events with their keys, memberships and accounts. */
export async function deleteEvents(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  // Keys first, in one statement: their sums are then kept in one go instead of event by event.
  await sql`delete from event_keys where event = any(${ids}::text[])`.execute(db)
  await sql`delete from events where id = any(${ids}::text[])`.execute(db)
}

/**
 * Writes events in place of those of the same ids. Call it in a transaction, together with `deleteEvents` for those that are no more:
 * a report belongs to one event at most, and moves to the one written last.
 */
export async function putEvents(db: Db, events: readonly EventRecord[]): Promise<void> {
  await deleteEvents(db, events.map(({ id }) => id))
  const dayOf = (event: EventRecord): string => event.firstDay ?? UNDATED
  await insertRows(db, 'events', events.map((event) => ({
    id: event.id, type: event.type, mode: event.mode, status: event.status, historical: event.historical, confidence: event.confidence, first_day: event.firstDay, last_day: event.lastDay,
    day: dayOf(event), reports: event.reports.length, body: event.body,
  })))
  await insertRows(db, 'event_keys', events.flatMap((event) => event.keys.map((key) => ({ key, day: dayOf(event), event: event.id, type: event.type, mode: event.mode, status: event.status, historical: event.historical, confidence: event.confidence, plan_from: event.plan?.from ?? null, plan_to: event.plan?.to ?? null }))))
  const members = events.flatMap((event) => event.reports.map(({ report, month }) => ({ report, month, event: event.id })))
  await sql`delete from event_reports where report = any(${members.map(({ report }) => report)}::text[])`.execute(db)
  await insertRows(db, 'event_reports', members)
}

export interface EventFilter {
  readonly pair?: readonly [string, string]
  readonly keys?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly types?: readonly string[]
  readonly statuses?: readonly Status[]
  readonly historical?: boolean
  readonly minConfidence?: number
  readonly order?: 'oldest' | 'newest'
  readonly limit?: number
  readonly cursor?: string | null
}

const list = (values: readonly unknown[]) => sql`(${sql.join(values)})`

interface EventRow {
  readonly id: string; readonly type: string; readonly mode: string | null; readonly status: Status; readonly historical: boolean; readonly confidence: number
  readonly first_day: string | null; readonly last_day: string | null; readonly day: string; readonly reports: number; readonly body: unknown
}

const eventOf = (row: EventRow): StoredEvent => ({
  id: row.id, type: row.type, mode: row.mode, status: row.status, historical: row.historical, confidence: row.confidence, firstDay: row.first_day, lastDay: row.last_day, day: row.day, reports: row.reports, body: row.body,
})

/** A chronology: a page of the events that fit, in order of their day. */
export async function listEvents(db: Db, filter: EventFilter = {}): Promise<Paged<StoredEvent>> {
  const limit = filter.limit ?? 50
  const at = readCursor(filter.cursor, 2)
  const keys = [...(filter.keys ?? []), ...(filter.pair ? [pairKey(...filter.pair)] : [])]
  const id = sql.ref(keys.length > 0 ? 'event' : 'id')
  const newest = filter.order === 'newest'
  const where = [keys.length === 0 ? sql`true` : keys.length === 1 ? sql`key = ${keys[0]}` : sql`listed.key = asked.key`]
  if (filter.from !== undefined) where.push(sql`day >= ${filter.from}::date`)
  if (filter.to !== undefined) where.push(sql`day <= ${filter.to}::date`)
  if (filter.types && filter.types.length > 0) where.push(sql`type in ${list(filter.types)}`)
  if (filter.statuses && filter.statuses.length > 0) where.push(sql`status in ${list(filter.statuses)}`)
  if (filter.historical !== undefined) where.push(sql`historical = ${filter.historical}`)
  if (filter.minConfidence !== undefined) where.push(sql`confidence >= ${filter.minConfidence - 1e-6}::double precision`)
  if (at) where.push(sql`(day, ${id}) ${sql.raw(newest ? '<' : '>')} (${at[0]}::date, ${at[1]})`)
  const way = sql.raw(newest ? 'desc' : 'asc')
  const walk = sql<{ id: string; day: string }>`select day, ${id} as id from ${sql.table(keys.length > 0 ? 'event_keys' : 'events')} as listed where ${sql.join(where, sql` and `)} order by day ${way}, id ${way} limit ${limit + 1}`
  // Of several keys each is walked along the index as far as the page may need: all that some states have would be many times a page.
  const found = await (keys.length < 2 ? walk : sql<{ id: string; day: string }>`select distinct day, id from unnest(${keys}::text[]) as asked(key) cross join lateral (${walk}) as walked order by day ${way}, id ${way} limit ${limit + 1}`).execute(db)
  const events = await getEvents(db, found.rows.slice(0, limit).map((row) => row.id))
  const page = pageOf(found.rows, limit, (row) => events.get(row.id), (row) => [row.day, row.id])
  return { items: page.items.filter((item) => item !== undefined), next: page.next }
}

/** Events by id; those not in the record are left out. */
export async function getEvents(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, StoredEvent>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('events').selectAll().where(sql<boolean>`id = any(${ids}::text[])`).execute()
  return new Map(rows.map((row) => [row.id, eventOf(row)]))
}

/** The reports of an event, with the months that `getReports` wants. */
export async function reportsOfEvent(db: Db, event: string): Promise<{ readonly report: string; readonly month: string }[]> {
  return db.selectFrom('event_reports').select(['report', 'month']).where('event', '=', event).orderBy('report').execute()
}

/** Which event each of these reports belongs to. */
export async function eventsOfReports(db: Db, reports: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (reports.length === 0) return new Map()
  const rows = await db.selectFrom('event_reports').select(['report', 'event']).where(sql<boolean>`report = any(${reports}::text[])`).execute()
  return new Map(rows.map(({ report, event }) => [report, event]))
}

export interface AccountRecord<Body = unknown> { readonly event: string; readonly side: string; readonly body: Body }

/** Writes accounts in place of all that their events had. */
export async function putAccounts(db: Db, accounts: readonly AccountRecord[]): Promise<void> {
  if (accounts.length === 0) return
  await sql`delete from accounts where event = any(${[...new Set(accounts.map(({ event }) => event))]}::text[])`.execute(db)
  await insertRows(db, 'accounts', accounts)
}

/** The accounts of an event, by side. */
export async function listAccounts(db: Db, event: string): Promise<AccountRecord[]> {
  return db.selectFrom('accounts').selectAll().where('event', '=', event).orderBy('side').execute()
}

/** Serialises joining around these keys until the transaction ends, so that two workers that meet one event make one. */
export async function lockKeys(db: Db, keys: readonly string[]): Promise<void> {
  const wanted = [...new Set(keys)].sort()
  if (wanted.length > 0) await sql`select pg_advisory_xact_lock(7723312, k) from (select distinct hashtext(key) as k from unnest(${wanted}::text[]) as key order by 1) as keys`.execute(db)
}
