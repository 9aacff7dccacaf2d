/** Alerts on saved searches, and the outbox of what they told. */
import { sql } from 'kysely'
import { contentId } from '../text/hash.ts'
import { toJson } from './rows.ts'
import type { Db, DeliveryState } from './schema.ts'

/** `event`: one that matches is new; `denial`: one is denied; `wording`: a side words it otherwise than before. */
export const TELLS = ['event', 'denial', 'wording'] as const
export type Tells = (typeof TELLS)[number]
export const CHANNELS = ['webhook', 'email'] as const
export type Channel = (typeof CHANNELS)[number]

export interface Alert<Query = unknown> {
  readonly id: string
  /** Name and query of the saved search it is on. */
  readonly name: string
  readonly query: Query
  readonly tells: readonly Tells[]
  /** State, body or person who must be the one who does, denies or words it; anybody when null. */
  readonly by: string | null
  readonly channel: Channel
  /** Address of the webhook, or of the mailbox. */
  readonly target: string
  /** Key the webhook is signed with. */
  readonly secret: string | null
  /** Language of the lines. */
  readonly language: string
  /** Days an article may be old when it comes in; any age when null. */
  readonly maxAge: number | null
  readonly paused: boolean
  readonly createdAt: string
}

export type NewAlert = Pick<Alert, 'tells' | 'by' | 'channel' | 'target' | 'secret' | 'language' | 'maxAge'> & { readonly search: string }

/** Keeps an alert on a saved search. The same alert again is the one that is there, with the new key. */
export async function putAlert(db: Db, { search, by, tells, maxAge, ...alert }: NewAlert, now = new Date()): Promise<string> {
  const id = contentId('alert', search, [...tells].sort().join(), by ?? '', alert.channel, alert.target, alert.language)
  const row = { id, search, tells: [...tells], by_party: by, max_age: maxAge, ...alert, created_at: now.toISOString() }
  await db.insertInto('alerts').values(row).onConflict((conflict) => conflict.column('id').doUpdateSet({ paused: false, max_age: maxAge, secret: alert.secret })).execute()
  return id
}

/** Alerts by the name of their search; with `active` only those that are not paused. */
export async function listAlerts<Query = unknown>(db: Db, { active = false } = {}): Promise<Alert<Query>[]> {
  let query = db.selectFrom('alerts').innerJoin('searches', 'searches.id', 'alerts.search').selectAll('alerts').select(['searches.name', 'searches.query'])
  if (active) query = query.where('alerts.paused', '=', false)
  const rows = await query.orderBy('searches.name').orderBy('alerts.id').execute()
  return rows.map(({ by_party, max_age, created_at, search: _, tells, query: asked, ...row }) => ({ ...row, query: asked as Query, tells: tells as readonly Tells[], by: by_party, maxAge: max_age, createdAt: created_at }))
}

/** Takes an alert away with what it has not told yet; false when there is none. */
export async function deleteAlert(db: Db, id: string): Promise<boolean> {
  return (await db.deleteFrom('alerts').where('id', '=', id).executeTakeFirst()).numDeletedRows > 0n
}

export interface NewDelivery {
  readonly id: string
  readonly alert: string
  readonly tells: Tells
  readonly event: string
  readonly type: string
  readonly status: string
  readonly day: string
  readonly articles: readonly string[]
  readonly body: unknown
}

/** Puts into the outbox what is not in it. Returns how many were new. */
export async function putDeliveries(db: Db, deliveries: readonly NewDelivery[], now: Date): Promise<number> {
  let added = 0
  for (const { body, articles, ...delivery } of deliveries) {
    const row = { ...delivery, articles: [...articles], body: toJson(body), created_at: now.toISOString(), next_due: now.toISOString() }
    added += Number((await db.insertInto('deliveries').values(row).onConflict((conflict) => conflict.column('id').doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows ?? 0n)
  }
  return added
}

/** Whether an alert has told of the same happening before, under whatever id its event had. */
export async function wasTold(db: Db, { alert, tells, type, status, day, articles }: Pick<NewDelivery, 'alert' | 'tells' | 'type' | 'status' | 'day' | 'articles'>): Promise<boolean> {
  const { rows } = await sql`select 1 from deliveries where alert = ${alert} and tells = ${tells} and type = ${type} and status = ${status} and day = ${day}::date and articles && ${[...articles]}::text[] limit 1`.execute(db)
  return rows.length > 0
}

/** A message that is to be sent, with what is needed to send it. */
export interface Delivery<Body = unknown> {
  readonly id: string
  readonly alert: string
  readonly name: string
  readonly tells: Tells
  readonly channel: Channel
  readonly target: string
  readonly secret: string | null
  readonly language: string
  readonly body: Body
  readonly createdAt: string
  /** This one included. */
  readonly attempts: number
}

/** Takes messages that are due; nobody else gets them until the claim ends. A process that dies leaves the claim to run out. */
export async function claimDeliveries<Body = unknown>(db: Db, { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number }): Promise<Delivery<Body>[]> {
  const { rows } = await sql<Omit<Delivery<Body>, 'createdAt'> & { created_at: string }>`
    with due as (
      select id from deliveries where next_due <= ${now.toISOString()}::timestamptz and (claimed_until is null or claimed_until <= ${now.toISOString()}::timestamptz) order by created_at, id limit ${limit} for update skip locked
    ), taken as (
      update deliveries d set claimed_until = ${until.toISOString()}::timestamptz, attempts = attempts + 1 from due where d.id = due.id returning d.id, d.alert, d.tells, d.body, d.created_at, d.attempts
    )
    select t.id, t.alert, s.name, t.tells, a.channel, a.target, a.secret, a.language, t.body, t.created_at, t.attempts from taken t join alerts a on a.id = t.alert join searches s on s.id = a.search order by t.created_at, t.id`.execute(db)
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at }))
}

/** Notes what became of a message: taken by the other side, to be tried again, or given up (`retryAt` null with an error). */
export async function settleDelivery(db: Db, id: string, outcome: { readonly error: string | null; readonly retryAt: Date | null }, now: Date): Promise<void> {
  await db.updateTable('deliveries').set({
    claimed_until: null, last_error: outcome.error, next_due: outcome.retryAt?.toISOString() ?? null, ...(outcome.error === null ? { delivered_at: now.toISOString() } : {}),
  }).where('id', '=', id).execute()
}

/** Frees what a process that is no more had taken; only where no other can be at it. */
export async function releaseDeliveries(db: Db): Promise<void> {
  await db.updateTable('deliveries').set({ claimed_until: null }).where('claimed_until', 'is not', null).execute()
}

/** Tries again at once what was given up. Returns how many. */
export async function retryDeliveries(db: Db, now = new Date()): Promise<number> {
  return Number((await db.updateTable('deliveries').set({ next_due: now.toISOString(), attempts: 0 }).where('delivered_at', 'is', null).where('next_due', 'is', null).executeTakeFirst()).numUpdatedRows)
}

/** How many messages of each alert are sent, waiting and given up, with the last error. */
export async function countDeliveries(db: Db): Promise<ReadonlyMap<string, { readonly sent: number; readonly waiting: number; readonly failed: number; readonly lastError: string | null }>> {
  const { rows } = await sql<{ alert: string; state: DeliveryState; times: number; error: string | null }>`
    select alert, case when delivered_at is not null then 'sent' when next_due is not null then 'waiting' else 'failed' end as state, count(*) as times, max(last_error) as error from deliveries group by 1, 2`.execute(db)
  const out = new Map<string, { sent: number; waiting: number; failed: number; lastError: string | null }>()
  for (const { alert, state, times, error } of rows) {
    const sum = out.get(alert) ?? { sent: 0, waiting: 0, failed: 0, lastError: null }
    sum[state] += Number(times)
    sum.lastError = error ?? sum.lastError
    out.set(alert, sum)
  }
  return out
}
