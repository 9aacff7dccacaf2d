/** What is kept up to date: sources, feeds and addresses, with what the server said last, when they are due and who is at it. */
import { sql } from 'kysely'
import { StoreError } from './errors.ts'
import { toJson } from './rows.ts'
import type { Db } from './schema.ts'

/** Nobody is put off for longer. */
const LONGEST_BACK_OFF_SECONDS = 86_400
/** Nobody claims for longer: a claim that ends later was made while the clock was ahead, and counts no more. */
const LONGEST_CLAIM = sql.lit('1 hour')

export interface Source { readonly id: string; readonly kind: string; readonly name: string; readonly url: string | null; readonly country: string | null; readonly settings: Record<string, unknown> }

/** Writes a source; the one of the same id is changed to it. */
export async function putSource(db: Db, source: Source, now = new Date()): Promise<void> {
  const { id, ...fields } = { ...source, settings: toJson(source.settings) }
  await db.insertInto('sources').values({ id, ...fields, created_at: now.toISOString() }).onConflict((conflict) => conflict.column('id').doUpdateSet(fields)).execute()
}

/** All sources by name. */
export async function listSources(db: Db): Promise<Source[]> {
  const rows = await db.selectFrom('sources').selectAll().orderBy('name').orderBy('id').execute()
  return rows.map(({ created_at: _, ...source }) => source)
}

/** What the last fetch of a feed or an address said. */
export interface Outcome {
  readonly status: number | null
  readonly error?: string | null
  readonly etag?: string | null
  readonly lastModified?: string | null
  /** When to come again; null for never. */
  readonly nextDue: string | null
  /** False counts one more failure, true starts again at none. */
  readonly ok: boolean
}

export interface Feed {
  readonly url: string; readonly kind: string; readonly source: string | null; readonly etag: string | null; readonly lastModified: string | null; readonly lastStatus: number | null
  readonly lastError: string | null; readonly lastFetched: string | null; readonly nextDue: string; readonly failures: number; readonly everySeconds: number; readonly paused: boolean
}

interface FeedRow {
  readonly url: string; readonly kind: string; readonly source: string | null; readonly etag: string | null; readonly last_modified: string | null; readonly last_status: number | null
  readonly last_error: string | null; readonly last_fetched: string | null; readonly next_due: string; readonly failures: number; readonly every_seconds: number; readonly paused: boolean
}

const feedOf = (row: FeedRow): Feed => ({
  url: row.url, kind: row.kind, source: row.source, etag: row.etag, lastModified: row.last_modified, lastStatus: row.last_status, lastError: row.last_error, lastFetched: row.last_fetched,
  nextDue: row.next_due, failures: row.failures, everySeconds: row.every_seconds, paused: row.paused,
})

/** Watches a feed, due at once; one watched already keeps its state and takes the new pace. */
export async function putFeed(db: Db, feed: { readonly url: string; readonly kind: string; readonly source?: string | null; readonly everySeconds: number }, now = new Date()): Promise<void> {
  const fields = { kind: feed.kind, source: feed.source ?? null, every_seconds: feed.everySeconds }
  await db.insertInto('feeds').values({ url: feed.url, ...fields, next_due: now.toISOString() }).onConflict((conflict) => conflict.column('url').doUpdateSet({ ...fields, paused: false })).execute()
}

/** Stops watching a feed without forgetting it. */
export async function pauseFeed(db: Db, url: string, paused = true): Promise<boolean> {
  return (await db.updateTable('feeds').set({ paused }).where('url', '=', url).executeTakeFirst()).numUpdatedRows > 0n
}

/**
 * Not paused, and due. One that is due further ahead than it can have been put off was noted while the clock was ahead:
 * it is due, or the clock going back would silence it for as long as it was wrong.
 */
const isDue = (by: string) => sql<boolean>`not paused and (next_due <= ${by}::timestamptz or next_due > ${by}::timestamptz + greatest(every_seconds, ${LONGEST_BACK_OFF_SECONDS}) * interval '1.1 seconds')`

/** Feeds, the soonest due first; with `dueBy` only those due then and not paused. */
export async function listFeeds(db: Db, dueBy?: string): Promise<Feed[]> {
  let query = db.selectFrom('feeds').selectAll()
  if (dueBy !== undefined) query = query.where(isDue(dueBy))
  return (await query.orderBy('next_due').orderBy('url').execute()).map(feedOf)
}

/** One feed if it is due then and not paused; null otherwise. */
export async function getDueFeed(db: Db, url: string, dueBy: string): Promise<Feed | null> {
  const row = await db.selectFrom('feeds').selectAll().where('url', '=', url).where(isDue(dueBy)).executeTakeFirst()
  return row ? feedOf(row) : null
}

/** Notes what a fetch of a feed said. An answer without validators (etag, last-modified) keeps those known. */
export async function noteFeed(db: Db, url: string, outcome: Outcome & { readonly nextDue: string }, now = new Date()): Promise<void> {
  await db.updateTable('feeds').set({ ...outcomeColumns(outcome, now), next_due: outcome.nextDue }).where('url', '=', url).execute()
}

function outcomeColumns(outcome: Outcome, now: Date) {
  return {
    last_status: outcome.status, last_error: outcome.error ?? null, last_fetched: now.toISOString(), failures: outcome.ok ? 0 : sql<number>`failures + 1`,
    ...(outcome.etag === undefined ? {} : { etag: outcome.etag }), ...(outcome.lastModified === undefined ? {} : { last_modified: outcome.lastModified }),
  }
}

export interface Address {
  readonly url: string; readonly host: string; readonly source: string | null; readonly etag: string | null; readonly lastModified: string | null; readonly lastStatus: number | null
  readonly lastFetched: string | null; readonly failures: number
  /** Day its list gave it. */
  readonly listed: string | null
}

function hostOf(url: string): string {
  if (!URL.canParse(url)) throw new StoreError('bad-row', `'${url.slice(0, 200)}' is not an address`, 'addresses', 'It looks like https://host/path.')
  return new URL(url).host
}

/** Notes addresses to be fetched; those known already are left as they are. Returns how many were new. */
export async function putAddresses(db: Db, addresses: readonly { readonly url: string; readonly source?: string | null; readonly listed?: string | null }[], due: string | null, chunk = 500): Promise<number> {
  let added = 0
  for (let at = 0; at < addresses.length; at += chunk) {
    const rows = addresses.slice(at, at + chunk).map(({ url, source, listed }) => ({ url, host: hostOf(url), source: source ?? null, listed: listed ?? null, next_due: due }))
    const done = await db.insertInto('addresses').values(rows).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()
    added += Number(done.numInsertedOrUpdatedRows ?? 0n)
  }
  return added
}

/**
 * Claims addresses that are due, one per host, for one fetcher until a time; nobody else gets them before that.
 * A fetcher that dies loses its claim when the time is over.
 */
export async function claimAddresses(db: Db, by: string, until: string, limit: number, now = new Date()): Promise<Address[]> {
  const at = now.toISOString()
  const { rows } = await sql<{ url: string; host: string; source: string | null; etag: string | null; last_modified: string | null; last_status: number | null; last_fetched: string | null; failures: number; listed: string | null }>`
    with due as materialized (
      select url from addresses a where next_due <= ${at}::timestamptz and (claimed_until is null or claimed_until <= ${at}::timestamptz or claimed_until > ${at}::timestamptz + ${LONGEST_CLAIM}::interval)
        and not exists (select 1 from addresses b where b.host = a.host and b.claimed_until > ${at}::timestamptz and b.claimed_until <= ${at}::timestamptz + ${LONGEST_CLAIM}::interval)
        and not exists (select 1 from addresses b where b.host = a.host and (b.next_due, b.url) < (a.next_due, a.url) and b.next_due <= ${at}::timestamptz)
      order by next_due, url limit ${limit} for update skip locked
    ) update addresses c set claimed_by = ${by}, claimed_until = ${until}::timestamptz from due where c.url = due.url
    returning c.url, c.host, c.source, c.etag, c.last_modified, c.last_status, c.last_fetched, c.failures, c.listed`.execute(db)
  return rows.map((row) => ({ url: row.url, host: row.host, source: row.source, etag: row.etag, lastModified: row.last_modified, lastStatus: row.last_status, lastFetched: row.last_fetched, failures: row.failures, listed: row.listed }))
}

/** Claims one address whatever is due; false when somebody else is at it. */
export async function claimAddress(db: Db, url: string, by: string, until: string, now = new Date()): Promise<boolean> {
  const at = now.toISOString()
  const { rows } = await sql`insert into addresses (url, host, claimed_by, claimed_until) values (${url}, ${hostOf(url)}, ${by}, ${until}::timestamptz)
    on conflict (url) do update set claimed_by = excluded.claimed_by, claimed_until = excluded.claimed_until
    where addresses.claimed_until is null or addresses.claimed_until <= ${at}::timestamptz or addresses.claimed_until > ${at}::timestamptz + ${LONGEST_CLAIM}::interval or addresses.claimed_by = excluded.claimed_by returning url`.execute(db)
  return rows.length > 0
}

/** Notes what a fetch of an address said and gives the claim back. */
export async function noteAddress(db: Db, url: string, outcome: Outcome, now = new Date()): Promise<void> {
  await db.updateTable('addresses').set({ ...outcomeColumns(outcome, now), next_due: outcome.nextDue, claimed_by: null, claimed_until: null }).where('url', '=', url).execute()
}

/** The state of one address; null when it was never seen. */
export async function getAddress(db: Db, url: string): Promise<Address | null> {
  const row = await db.selectFrom('addresses').selectAll().where('url', '=', url).executeTakeFirst()
  return row ? { url: row.url, host: row.host, source: row.source, etag: row.etag, lastModified: row.last_modified, lastStatus: row.last_status, lastFetched: row.last_fetched, failures: row.failures, listed: row.listed } : null
}

/** When the next address or feed is due; null when none ever is. */
export async function nextDue(db: Db): Promise<string | null> {
  const { rows } = await sql<{ due: string | null }>`select least((select min(next_due) from feeds where not paused), (select min(greatest(next_due, claimed_until)) from addresses where next_due is not null)) as due`.execute(db)
  return rows[0]?.due ?? null
}

/** Forgets a feed; the articles read through it stay. False when there was none. */
export async function deleteFeed(db: Db, url: string): Promise<boolean> {
  return (await db.deleteFrom('feeds').where('url', '=', url).executeTakeFirst()).numDeletedRows > 0n
}

/** Takes a host until the transaction ends; false when another process has it. */
export async function lockHost(db: Db, host: string): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(7723313, hashtext(${host})) as got`.execute(db)
  return rows[0]?.got === true
}
