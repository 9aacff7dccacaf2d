/**
 * Full-text search in every script. The words come from outside, made by the same function for texts and queries, so the
 * database needs no knowledge of any language. The newest months are searched first, in windows that double, so that a
 * common word fills its page from a few partitions and a rare one costs a few small look-ups.
 */
import { sql } from 'kysely'
import { type ArticleEntry, getEntries } from './articles.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import { monthOf } from './days.ts'
import type { Db } from './schema.ts'

export interface SearchQuery {
  /** All of them must stand in the article (`all`), or any (`any`, the default is all). A word that ends in `*` stands for all that begin so. */
  readonly words: readonly string[]
  readonly match?: 'all' | 'any'
  readonly language?: string
  /** Days of publication, both included. */
  readonly from?: string
  readonly to?: string
  readonly limit?: number
  readonly cursor?: string | null
}

const FIRST_WINDOW = 2

/** The query in PostgreSQL's own notation; null when it holds no word. */
export function wordQuery(words: readonly string[], match: 'all' | 'any' = 'all'): string | null {
  const terms = words.flatMap((word) => {
    const begins = word.endsWith('*')
    const bare = begins ? word.slice(0, -1) : word
    return bare === '' ? [] : [`'${bare.replaceAll('\\', '\\\\').replaceAll("'", "''")}'${begins ? ':*' : ''}`]
  })
  return terms.length === 0 ? null : [...new Set(terms)].join(match === 'all' ? ' & ' : ' | ')
}

interface Hit { readonly article: string; readonly day: string }

/** Months that hold articles, newest first, within the days asked. */
async function monthsOf(db: Db, query: SearchQuery, at: readonly string[] | null): Promise<string[]> {
  // Walks from month to month along the index instead of counting all articles.
  const { rows } = await sql<{ month: string }>`
    with recursive walk(month) as (
      (select max(month) from articles)
      union all
      select (select max(a.month) from articles a where a.month < walk.month) from walk where walk.month is not null
    ) select month from walk where month is not null`.execute(db)
  return rows.map(({ month }) => month).filter((month) => (query.from === undefined || month >= monthOf(query.from)) && (query.to === undefined || month <= monthOf(query.to)) && (at === null || month <= monthOf(at[0] ?? null)))
}

/** Articles that hold the words, newest publication first. */
export async function searchArticles(db: Db, query: SearchQuery): Promise<Paged<ArticleEntry>> {
  const terms = wordQuery(query.words, query.match)
  if (terms === null) return { items: [], next: null }
  const limit = query.limit ?? 20
  const at = readCursor(query.cursor, 2)
  const months = await monthsOf(db, query, at)
  const hits: Hit[] = []
  for (let start = 0, size = FIRST_WINDOW; start < months.length && hits.length <= limit; start += size, size *= 2) {
    const window = months.slice(start, start + size)
    hits.push(...await searchMonths(db, query, terms, window, at, limit + 1 - hits.length))
  }
  const entries = await getEntries(db, hits.slice(0, limit).map(({ article }) => article))
  const page = pageOf(hits, limit, (hit) => entries.get(hit.article), (hit) => [hit.day, hit.article])
  return { items: page.items.filter((item) => item !== undefined), next: page.next }
}

async function searchMonths(db: Db, query: SearchQuery, terms: string, months: readonly string[], at: readonly string[] | null, limit: number): Promise<Hit[]> {
  const where = [sql<boolean>`search @@ ${terms}::tsquery`, sql<boolean>`month = any(${months}::date[])`]
  if (query.language !== undefined) where.push(sql`language = ${query.language}`)
  if (query.from !== undefined) where.push(sql`day >= ${query.from}::date`)
  if (query.to !== undefined) where.push(sql`day <= ${query.to}::date`)
  if (at) where.push(sql`(day, article) < (${at[0]}::date, ${at[1]})`)
  return (await sql<Hit>`select article, day from article_texts where ${sql.join(where, sql` and `)} order by day desc, article desc limit ${limit}`.execute(db)).rows
}
