/** The state of the store in figures, and its upkeep. */
import { sql } from 'kysely'
import type { Store } from './open.ts'
import type { Db } from './schema.ts'

export interface StoreStats {
  readonly engine: 'embedded' | 'postgres'
  readonly where: string
  readonly version: string
  readonly bytes: number
  readonly months: number
  readonly migrations: number
  /** Rows by table. Exact. */
  readonly rows: Readonly<Record<string, number>>
  readonly openProblems: number
  readonly languages: readonly { readonly language: string; readonly articles: number }[]
  readonly firstPublished: string | null
  readonly lastPublished: string | null
  /** Articles in the directory whose text is missing, and texts whose article is: both must be 0. */
  readonly torn: number
}

const COUNTED = ['sources', 'pages', 'fetches', 'documents', 'articles', 'mentions', 'reports', 'statements', 'figures', 'judgements', 'events', 'accounts', 'runs', 'feeds', 'addresses', 'jobs', 'codings'] as const

async function one<T>(db: Db, query: ReturnType<typeof sql<T>>): Promise<T> {
  const [row] = (await query.execute(db)).rows
  if (row === undefined) throw new Error('a count gives one row')
  return row
}

/** Counts everything; seconds on a large store. */
export async function storeStats(store: Store): Promise<StoreStats> {
  const { db } = store
  const rows: Record<string, number> = {}
  for (const table of COUNTED) rows[table] = (await one(db, sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`)).n
  const base = await one(db, sql<{ version: string; bytes: number; months: number; migrations: number; problems: number; first: string | null; last: string | null }>`
    select current_setting('server_version') as version, pg_database_size(current_database()) as bytes, (select count(distinct month) from articles) as months, (select count(*) from migrations) as migrations,
      (select count(*) from problems where resolved_at is null) as problems, (select min(published_day) from articles) as first, (select max(published_day) from articles) as last`)
  const languages = (await sql<{ language: string; articles: number }>`select language, count(*) as articles from articles group by 1 order by 2 desc, 1`.execute(db)).rows
  const torn = await one(db, sql<{ n: number }>`select count(*) as n from articles a full join (select article from article_texts) t on t.article = a.id where a.id is null or t.article is null`)
  return {
    engine: store.engine, where: store.where, version: base.version, bytes: base.bytes, months: base.months, migrations: base.migrations, rows, openProblems: base.problems, languages,
    firstPublished: base.first, lastPublished: base.last, torn: torn.n,
  }
}

/** Brings the planner's figures up to date and tidies the search index. Call it after large work: the embedded engine does not do it by itself. */
export async function tidy(store: Store): Promise<void> {
  await sql`vacuum (analyze)`.execute(store.db)
}
