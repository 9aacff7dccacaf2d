/** Articles: as read, whole again, with their versions and copies. */
import { type RawBuilder, sql } from 'kysely'
import type { Article, Figure, Mention, Reading, Report, Statement } from '../model/index.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import type { ArticleBody, Db } from './schema.ts'

/** What the directory says of an article, without its text. */
export interface ArticleEntry {
  readonly id: string
  /** Partition its rows are in; hand it to look-ups by id, which are faster with it. */
  readonly month: string
  readonly url: string | null
  readonly page: string | null
  readonly source: string | null
  readonly language: string
  readonly publisher: string | null
  readonly title: string | null
  readonly published: string | null
  readonly characters: number
  readonly reports: number
  readonly telling: string | null
  readonly run: string
  readonly firstSeen: string
}

interface EntryRow {
  readonly id: string; readonly month: string; readonly address: string | null; readonly page: string | null; readonly source: string | null; readonly language: string; readonly publisher: string | null
  readonly title: string | null; readonly published: string | null; readonly characters: number; readonly reports: number; readonly telling: string | null; readonly run: string; readonly first_seen: string
}

const entryOf = ({ address, first_seen, ...row }: EntryRow): ArticleEntry => ({
  id: row.id, month: row.month, url: address, page: row.page, source: row.source, language: row.language, publisher: row.publisher, title: row.title, published: row.published,
  characters: row.characters, reports: row.reports, telling: row.telling, run: row.run, firstSeen: first_seen,
})

/** The directory's entries of these articles, by id. */
export async function getEntries(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ArticleEntry>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('articles').selectAll().where(sql<boolean>`id = any(${ids}::text[])`).execute()
  return new Map(rows.map((row) => [row.id, entryOf(row)]))
}

/** Where an article's rows are, which run read them, and a mark that is another one after whatever changes the article. */
export interface ArticlePlace { readonly month: string; readonly run: string; readonly mark: string }

/** The places of these articles, by id. The mark is the row's own version as the database keeps it. */
export async function getPlaces(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, ArticlePlace>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<ArticlePlace & { readonly id: string }>`select id, month, run, ctid::text || '/' || xmin::text as mark from articles where id = any(${ids}::text[])`.execute(db)
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

function articleOf(body: ArticleBody, text: string): Article {
  const { captions, furniture, ...head } = body
  return { ...head, text, captions, furniture }
}

/** The article with its entry; null when it is not in the record. */
export async function getArticle(db: Db, id: string): Promise<{ readonly article: Article; readonly entry: ArticleEntry } | null> {
  const entry = (await getEntries(db, [id])).get(id)
  const article = entry && (await getArticles(db, [entry])).get(id)
  return article ? { article, entry } : null
}

/** The articles of these entries, by id. */
export async function getArticles(db: Db, entries: readonly ArticleEntry[]): Promise<ReadonlyMap<string, Article>> {
  if (entries.length === 0) return new Map()
  const rows = await db.selectFrom('article_texts').select(['article', 'text', 'body']).where(ofArticles(entries)).execute()
  return new Map(rows.map((row) => [row.article, articleOf(row.body, row.text)]))
}

/** Rows of these articles in a table cut by months. Given the months, the database opens and plans for their partitions only: those of some years cost many times the look-up. */
export const ofArticles = (entries: readonly Pick<ArticleEntry, 'id' | 'month'>[]): RawBuilder<boolean> =>
  sql<boolean>`article = any(${entries.map(({ id }) => id)}::text[]) and month = any(${[...new Set(entries.map(({ month }) => month))]}::date[])`

/** The whole reading as it was put; null when the article is not in the record. */
export async function getReading(db: Db, id: string): Promise<Reading | null> {
  const entry = (await getEntries(db, [id])).get(id)
  if (!entry) return null
  const { month } = entry
  const text = await db.selectFrom('article_texts').select(['text', 'body', 'notices']).where('article', '=', id).where('month', '=', month).executeTakeFirst()
  if (!text) return null
  const groups = await db.selectFrom('mentions').select('items').where('article', '=', id).where('month', '=', month).execute()
  const mentions: Mention[] = groups.flatMap(({ items }) => items).sort((a, b) => a.at - b.at).map(({ mention }) => mention)
  const bodies = async <T>(table: 'reports' | 'statements' | 'figures'): Promise<T[]> =>
    (await sql<{ body: T }>`select body from ${sql.table(table)} where article = ${id} and month = ${month}::date order by ordinal`.execute(db)).rows.map(({ body }) => body)
  const reports = await bodies<Report>('reports')
  const statements = await bodies<Statement>('statements')
  const figures = await bodies<Figure>('figures')
  return { article: articleOf(text.body, text.text), mentions, reports, statements, figures, notices: text.notices }
}

/** All versions of one address, oldest first. */
export async function listVersions(db: Db, address: string): Promise<ArticleEntry[]> {
  return (await db.selectFrom('articles').selectAll().where('address', '=', address).orderBy('first_seen').orderBy('id').execute()).map(entryOf)
}

export interface ArticleFilter {
  readonly language?: string
  readonly publisher?: string
  readonly source?: string
  /** Days of publication, both included. */
  readonly from?: string
  readonly to?: string
  readonly telling?: string
  readonly limit?: number
  readonly cursor?: string | null
}

/** Articles by day of publication, newest first; the undated are listed only without `from` and `to`, at the end. */
export async function listArticles(db: Db, filter: ArticleFilter = {}): Promise<Paged<ArticleEntry>> {
  const limit = filter.limit ?? 50
  const at = readCursor(filter.cursor, 2)
  // As the index has it, so that it leads to the days asked and need not be walked there.
  const day = sql<string>`coalesce(published_day, '0001-01-01'::date)`
  let query = db.selectFrom('articles').selectAll().select(day.as('place'))
  if (filter.language !== undefined) query = query.where('language', '=', filter.language)
  if (filter.publisher !== undefined) query = query.where('publisher', '=', filter.publisher)
  if (filter.source !== undefined) query = query.where('source', '=', filter.source)
  if (filter.telling !== undefined) query = query.where('telling', '=', filter.telling)
  if (filter.from !== undefined) query = query.where(day, '>=', filter.from)
  if (filter.to !== undefined) query = query.where('published_day', 'is not', null).where(day, '<=', filter.to)
  if (at) query = query.where(sql<boolean>`(${day}, id) < (${at[0]}::date, ${at[1]})`)
  const rows = await query.orderBy(day, 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
  return pageOf(rows, limit, entryOf, (row) => [row.place, row.id])
}

/** Articles that share a band of a near-copy signature with the one given, with the number of bands shared, most first. */
export async function sharingBands(db: Db, bands: readonly string[], limit = 50): Promise<{ readonly article: string; readonly shared: number }[]> {
  if (bands.length === 0) return []
  return db.selectFrom('article_bands').select('article').select((eb) => eb.fn.countAll<number>().as('shared')).where(sql<boolean>`band = any(${bands}::text[])`)
    .groupBy('article').orderBy('shared', 'desc').orderBy('article').limit(limit).execute()
}

/** Says which telling these articles belong to. */
export async function setTelling(db: Db, ids: readonly string[], telling: string | null): Promise<void> {
  await db.updateTable('articles').set({ telling }).where(sql<boolean>`id = any(${ids}::text[])`).execute()
}

/** Articles that name an actor, a place, a date or a unit by its key, newest first, with the number of times. */
export async function naming(db: Db, key: string, limit = 100): Promise<{ readonly article: string; readonly month: string; readonly times: number }[]> {
  return db.selectFrom('mentions').select(['article', 'month', 'times']).where('key', '=', key).orderBy('month', 'desc').orderBy('article').limit(limit).execute()
}

/** For each band, some of the articles that have it. */
export async function articlesOfBands(db: Db, bands: readonly string[], each = 20): Promise<ReadonlyMap<string, readonly string[]>> {
  if (bands.length === 0) return new Map()
  const { rows } = await sql<{ band: string; articles: string[] }>`select w.band, found.articles from unnest(${[...new Set(bands)]}::text[]) as w(band)
    cross join lateral (select array_agg(article) as articles from (select article from article_bands b where b.band = w.band order by article limit ${each}) as first_few) as found where found.articles is not null`.execute(db)
  return new Map(rows.map(({ band, articles }) => [band, articles]))
}

/** Texts of articles, with the telling each belongs to, its address and its day. */
export async function getTexts(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, { readonly text: string; readonly telling: string | null; readonly address: string | null; readonly day: string | null }>> {
  if (ids.length === 0) return new Map()
  const entries = await db.selectFrom('articles').select(['id', 'month', 'address', 'telling', 'published_day']).where(sql<boolean>`id = any(${ids}::text[])`).execute()
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  // Given the months, the database plans for their partitions only: hundreds of others cost more than the look-up.
  const months = [...new Set(entries.map(({ month }) => month))]
  if (months.length === 0) return new Map()
  const { rows } = await sql<{ article: string; text: string }>`select article, text from article_texts where article = any(${ids}::text[]) and month in (${sql.join(months.map((month) => sql`${sql.lit(month)}::date`))})`.execute(db)
  return new Map(rows.flatMap(({ article, text }) => {
    const entry = byId.get(article)
    return entry ? [[article, { text, telling: entry.telling, address: entry.address, day: entry.published_day }] as const] : []
  }))
}

/** Of these addresses, those that have articles, with their ids. */
export async function articlesOfAddresses(db: Db, addresses: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  if (addresses.length === 0) return new Map()
  const { rows } = await sql<{ address: string; ids: string[] }>`select address, array_agg(id order by first_seen, id) as ids from articles where address = any(${[...new Set(addresses)]}::text[]) group by address`.execute(db)
  return new Map(rows.map(({ address, ids }) => [address, ids]))
}
