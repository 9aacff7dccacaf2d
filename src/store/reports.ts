/** Reports by who takes part, when, what and how sure, in order of the day it happened. */
import { sql } from 'kysely'
import type { Report, Status } from '../model/index.ts'
import { type ArticleEntry, getEntries } from './articles.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import { pairKey } from './keys.ts'
import type { Db } from './schema.ts'

/** A report with where it stands. */
export interface StoredReport {
  readonly report: Report
  /** First day its date can mean; the day of publication where it has no date of its own. */
  readonly day: string
  readonly article: ArticleEntry
}

export interface ReportFilter {
  /** Two countries, in any order; the same one twice means what it does to itself. */
  readonly pair?: readonly [string, string]
  /** Keys of `keys.ts`: a country, an actor's id, a pair; a report with any of them is meant. */
  readonly keys?: readonly string[]
  /** Days, both included. */
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

interface Place { readonly report: string; readonly month: string; readonly day: string }

function keysOf(filter: ReportFilter): readonly string[] | null {
  const keys = [...(filter.keys ?? []), ...(filter.pair ? [pairKey(filter.pair[0], filter.pair[1])] : [])]
  return keys.length > 0 ? [...new Set(keys)] : null
}

const list = (values: readonly unknown[]) => sql`(${sql.join(values)})`

/** Conditions on the columns both tables share. `real` keeps about seven digits, hence the small slack. */
function conditions(filter: ReportFilter) {
  const all = [sql<boolean>`true`]
  if (filter.from !== undefined) all.push(sql`day >= ${filter.from}::date`)
  if (filter.to !== undefined) all.push(sql`day <= ${filter.to}::date`)
  if (filter.types && filter.types.length > 0) all.push(sql`type in ${list(filter.types)}`)
  if (filter.statuses && filter.statuses.length > 0) all.push(sql`status in ${list(filter.statuses)}`)
  if (filter.historical !== undefined) all.push(sql`historical = ${filter.historical}`)
  if (filter.minConfidence !== undefined) all.push(sql`confidence >= ${filter.minConfidence - 1e-6}::double precision`)
  return all
}

async function places(db: Db, filter: ReportFilter, limit: number): Promise<Place[]> {
  const keys = keysOf(filter)
  const at = readCursor(filter.cursor, 2)
  const newest = filter.order === 'newest'
  const way = newest ? sql.raw('desc') : sql.raw('asc')
  const beyond = at ? sql`and (day, ${keys ? sql.ref('report') : sql.ref('id')}) ${newest ? sql.raw('<') : sql.raw('>')} (${at[0]}::date, ${at[1]})` : sql``
  const where = sql.join(conditions(filter), sql` and `)
  const query = keys === null
    ? sql<Place>`select id as report, month, day from reports where ${where} ${beyond} order by day ${way}, id ${way} limit ${limit}`
    : keys.length === 1
      ? sql<Place>`select report, month, day from report_keys where key = ${keys[0]} and ${where} ${beyond} order by day ${way}, report ${way} limit ${limit}`
      // Each key is walked in order as far as the page needs: together they would all be read and sorted.
      : sql<Place>`select distinct day, report, month from unnest(${keys}::text[]) as k(key) cross join lateral
          (select day, report, month from report_keys where key = k.key and ${where} ${beyond} order by day ${way}, report ${way} limit ${limit}) as found order by day ${way}, report ${way} limit ${limit}`
  return (await query.execute(db)).rows
}

/** The reports at these places, in the order asked. */
async function fetchReports(db: Db, wanted: readonly Place[]): Promise<Map<string, StoredReport>> {
  if (wanted.length === 0) return new Map()
  const months = [...new Set(wanted.map(({ month }) => month))]
  const ids = wanted.map(({ report }) => report)
  const { rows } = await sql<{ id: string; article: string; day: string; body: Report }>`select id, article, day, body from reports where id = any(${ids}::text[]) and month = any(${months}::date[])`.execute(db)
  const entries = await getEntries(db, [...new Set(rows.map(({ article }) => article))])
  return new Map(rows.flatMap((row) => {
    const article = entries.get(row.article)
    return article ? [[row.id, { report: row.body, day: row.day, article }] as const] : []
  }))
}

/** A page of the reports that fit the filter. */
export async function listReports(db: Db, filter: ReportFilter = {}): Promise<Paged<StoredReport>> {
  const limit = filter.limit ?? 50
  const found = await places(db, filter, limit + 1)
  const reports = await fetchReports(db, found.slice(0, limit))
  const page = pageOf(found, limit, (place) => reports.get(place.report), (place) => [place.day, place.report])
  return { items: page.items.filter((item) => item !== undefined), next: page.next }
}

/** Reports by id; those not in the record are left out. With `months` (of their articles) it looks into those partitions only. */
export async function getReports(db: Db, ids: readonly string[], months?: readonly string[]): Promise<ReadonlyMap<string, StoredReport>> {
  if (ids.length === 0) return new Map()
  if (months) return fetchReports(db, ids.map((report, at) => ({ report, month: months[at] ?? months[0] ?? '', day: '' })))
  const { rows } = await sql<Place>`select distinct report, month, day from report_keys where report = any(${ids}::text[])`.execute(db)
  const known = new Set(rows.map(({ report }) => report))
  // A report in which nobody takes part has no keys.
  const rest = ids.filter((id) => !known.has(id))
  const more = rest.length === 0 ? [] : (await sql<Place>`select id as report, month, day from reports where id = any(${rest}::text[])`.execute(db)).rows
  return fetchReports(db, [...rows, ...more])
}

/** The reports of one article, in its order. */
export async function reportsOfArticle(db: Db, article: ArticleEntry): Promise<StoredReport[]> {
  const rows = await db.selectFrom('reports').select(['day', 'body']).where('article', '=', article.id).where('month', '=', article.month).orderBy('ordinal').execute()
  return rows.map((row) => ({ report: row.body, day: row.day, article }))
}

/** How many reports each month has, by the month they happened in; for one key, or for all. */
export async function countByMonth(db: Db, key?: string): Promise<{ readonly month: string; readonly reports: number }[]> {
  const from = key === undefined ? sql`reports` : sql`report_keys where key = ${key}`
  return (await sql<{ month: string; reports: number }>`select to_char(day, 'YYYY-MM') as month, count(*) as reports from ${from} group by 1 order by 1`.execute(db)).rows
}

/** The relationships with most reports: pairs of countries and their number. */
export async function topPairs(db: Db, limit = 50): Promise<{ readonly pair: readonly [string, string]; readonly reports: number }[]> {
  const { rows } = await sql<{ key: string; reports: number }>`select key, count(*) as reports from report_keys where key like '%|%' group by key order by 2 desc, 1 limit ${limit}`.execute(db)
  return rows.map(({ key, reports }) => {
    const [a = '', b = ''] = key.split('|')
    return { pair: [a, b] as const, reports }
  })
}
