/** Readings into the record: idempotent by content, atomic per document, many documents a statement. */
import { sql } from 'kysely'
import type { Reading } from '../model/index.ts'
import { StoreError, toStoreError } from './errors.ts'
import { insertPages, packPage, type PageInput } from './pages.ts'
import { type ReadingRows, readingRows, type SearchWords, searchVector } from './reading-rows.ts'
import { insertNew, insertRows, storableDeep } from './rows.ts'
import type { Db } from './schema.ts'

export type { SearchWords } from './reading-rows.ts'

/** A document for the record. */
export interface PutReading {
  readonly reading: Reading
  /** The vector it is searched by; made with `words` when left out. */
  readonly search?: string
  /** The bytes it was read from, or the hash of a page already kept. */
  readonly page?: PageInput | string | null
  readonly source?: string | null
  /** When its address was fetched and with which answer; kept as one row per fetch. */
  readonly fetched?: { readonly at: string; readonly status: number | null }
  /** The wire text it tells: the id all its copies share. */
  readonly telling?: string | null
  /** Bands of its near-copy signature. */
  readonly bands?: readonly string[]
}

export interface PutOptions {
  /** Id of the run that read them (`putRun`). */
  readonly run: string
  /** For readings that come without `search`. */
  readonly words?: SearchWords
  readonly now?: Date
  /** Take out what an earlier run read from the same article, and put this in its place. */
  readonly replace?: boolean
}

export interface PutResult {
  readonly article: string
  readonly state: 'new' | 'known' | 'replaced' | 'failed'
  /** Why it failed. Nothing of the document was kept. */
  readonly error?: StoreError
}

interface Prepared { readonly input: PutReading; readonly rows: ReadingRows; readonly page: Awaited<ReturnType<typeof packPage>> | null }

async function prepare(input: PutReading, options: PutOptions, now: string): Promise<Prepared> {
  const page = input.page !== undefined && input.page !== null && typeof input.page !== 'string' ? await packPage(input.page) : null
  const rows = readingRows(input.reading, {
    search: input.search ?? vectorWith(options.words, input.reading), run: options.run, firstSeen: input.fetched?.at ?? now, source: input.source ?? null, telling: input.telling ?? null,
    page: page?.hash ?? (typeof input.page === 'string' ? input.page : null),
  })
  return { input, rows, page }
}

function vectorWith(words: SearchWords | undefined, { article }: Reading): string {
  if (words === undefined) throw new StoreError('failed', 'A reading has neither a search vector nor the words to make one', 'readings', 'Report this as a fault.')
  return searchVector(article, words)
}

/** Months that have no partition yet are made in a transaction of their own, so that no document holds the lock. */
export async function ensureMonths(db: Db, months: readonly string[]): Promise<void> {
  const wanted = [...new Set(months)].sort()
  if (wanted.length > 0) await sql`select ensure_months(${wanted}::date[])`.execute(db)
}

const DERIVED = ['article_texts', 'mentions', 'reports', 'statements', 'figures'] as const

/** Takes out all that was read from these articles; the articles themselves stay. */
async function clearDerived(db: Db, articles: readonly { readonly id: string; readonly month: string }[]): Promise<void> {
  const ids = articles.map(({ id }) => id)
  const months = [...new Set(articles.map(({ month }) => month))]
  await sql`delete from report_keys where report in (select id from reports where article = any(${ids}::text[]) and month = any(${months}::date[]))`.execute(db)
  for (const table of DERIVED) await sql`delete from ${sql.table(table)} where article = any(${ids}::text[]) and month = any(${months}::date[])`.execute(db)
}

/** Takes articles out of the record with all that was read from them. Their pages and judgements stay. Events that held their reports are to be joined anew. */
export async function deleteArticles(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await runIn(db, async (tx) => {
    const there = await tx.selectFrom('articles').select(['id', 'month']).where(sql<boolean>`id = any(${ids}::text[])`).execute()
    await sql`delete from event_reports where report in (select id from reports where article = any(${ids}::text[]))`.execute(tx)
    await clearDerived(tx, there)
    await sql`delete from article_bands where article = any(${ids}::text[])`.execute(tx)
    await sql`delete from articles where id = any(${ids}::text[])`.execute(tx)
  })
}

interface Known { readonly id: string; readonly month: string; readonly fresh: boolean }

/** Claims the ids: rows that are new are inserted (another process doing the same waits here), the others are looked up. */
async function claim(tx: Db, batch: readonly Prepared[]): Promise<ReadonlyMap<string, Known>> {
  const rows = batch.map((item) => item.rows.article).sort((a, b) => (a.id < b.id ? -1 : 1))
  const fresh = await insertNew(tx, 'articles', rows, 'id')
  const ids = [...new Set(rows.map(({ id }) => id))]
  const there = await tx.selectFrom('articles').select(['id', 'month']).where(sql<boolean>`id = any(${ids}::text[])`).execute()
  return new Map(there.map((row) => [row.id, { ...row, fresh: fresh.has(row.id) }]))
}

async function write(tx: Db, batch: readonly Prepared[], options: PutOptions, now: string): Promise<PutResult[]> {
  await insertPages(tx, batch.flatMap(({ page }) => (page ? [page] : [])), now)
  const known = await claim(tx, batch)
  const seen = new Set<string>()
  const fresh: Prepared[] = []
  const replaced: Prepared[] = []
  const results = batch.map((item): PutResult => {
    const { id } = item.rows.article
    const there = known.get(id)
    const first = !seen.has(id)
    seen.add(id)
    if (there?.fresh === true && first) {
      fresh.push(item)
      return { article: id, state: 'new' }
    }
    if (options.replace === true && first && there?.fresh === false) {
      replaced.push(item)
      return { article: id, state: 'replaced' }
    }
    return { article: id, state: 'known' }
  })
  if (replaced.length > 0) await replace(tx, replaced, known)
  await insertDerived(tx, [...fresh, ...replaced])
  await insertRows(tx, 'fetches', batch.flatMap(({ input, rows }) => (input.fetched && rows.article.address !== null
    ? [{ address: rows.article.address, fetched_at: input.fetched.at, status: input.fetched.status, page: rows.article.page, article: rows.article.id }] : [])))
  return results
}

async function replace(tx: Db, batch: readonly Prepared[], known: ReadonlyMap<string, Known>): Promise<void> {
  await clearDerived(tx, batch.flatMap(({ rows }) => known.get(rows.article.id) ?? []))
  const rebanded = batch.flatMap(({ input, rows }) => (input.bands === undefined ? [] : [rows.article.id]))
  await sql`delete from article_bands where article = any(${rebanded}::text[])`.execute(tx)
  for (const { rows: { article } } of batch) {
    const { id, first_seen: _, page, source, telling, ...fields } = storableDeep(article)
    await tx.updateTable('articles').set({ ...fields, ...(page === null ? {} : { page }), ...(source === null ? {} : { source }), ...(telling === null ? {} : { telling }) }).where('id', '=', id).execute()
  }
}

async function insertDerived(tx: Db, batch: readonly Prepared[]): Promise<void> {
  await insertRows(tx, 'article_texts', batch.map(({ rows }) => rows.text))
  await insertRows(tx, 'mentions', batch.flatMap(({ rows }) => rows.mentions))
  await insertRows(tx, 'reports', batch.flatMap(({ rows }) => rows.reports))
  await insertRows(tx, 'report_keys', batch.flatMap(({ rows }) => rows.keys))
  await insertRows(tx, 'statements', batch.flatMap(({ rows }) => rows.statements))
  await insertRows(tx, 'figures', batch.flatMap(({ rows }) => rows.figures))
  await insertRows(tx, 'article_bands', batch.flatMap(({ input, rows }) => (input.bands ?? []).map((band) => ({ band, article: rows.article.id }))))
}

const ATTEMPTS = 4

/** Runs in the transaction given, or in one of its own, again when another process got in the way. */
async function runIn<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db)
  for (let left = ATTEMPTS; ; left--) {
    try {
      return await db.transaction().execute(work)
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'conflict') || left <= 1) throw error
    }
  }
}

/**
 * Puts readings into the record, in one transaction; when one of them cannot be kept, each in its own, so that it spoils only itself.
 * A document already there changes nothing. 50 to 200 at a time is fast. Given a transaction's handle, a failing document fails it all.
 */
export async function putReadings(db: Db, inputs: readonly PutReading[], options: PutOptions): Promise<PutResult[]> {
  if (inputs.length === 0) return []
  const now = (options.now ?? new Date()).toISOString()
  const batch = await Promise.all(inputs.map((input) => prepare(input, options, now)))
  await ensureMonths(db, batch.map(({ rows }) => rows.article.month))
  try {
    return await runIn(db, (tx) => write(tx, batch, options, now))
  } catch (error) {
    const known = toStoreError(error, 'readings')
    const [only] = batch
    if (db.isTransaction || (known.code !== 'bad-row' && known.code !== 'failed')) throw known
    if (batch.length === 1 && only) return [{ article: only.rows.article.id, state: 'failed', error: known }]
  }
  const results: PutResult[] = []
  for (const input of inputs) results.push(...(await putReadings(db, [input], options)))
  return results
}

/** Puts one reading into the record. Throws when it cannot be kept. */
export async function putReading(db: Db, input: PutReading, options: PutOptions): Promise<PutResult> {
  const [result] = await putReadings(db, [input], options)
  if (!result || result.state === 'failed') throw result?.error ?? new StoreError('failed', 'The reading was not kept', 'readings', 'Report this as a fault.')
  return result
}
