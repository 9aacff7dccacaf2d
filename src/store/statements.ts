/** Statements and figures over the whole record. */
import { sql } from 'kysely'
import type { Figure, Statement } from '../model/index.ts'
import { type ArticleEntry, getEntries, ofArticles } from './articles.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import type { Db } from './schema.ts'

export interface StatementFilter {
  readonly speaker?: string
  readonly country?: string
  readonly stance?: string
  readonly from?: string
  readonly to?: string
  readonly limit?: number
  readonly cursor?: string | null
}

export interface StoredStatement { readonly statement: Statement; readonly day: string; readonly article: ArticleEntry }

/** Statements by speaker, country, stance and day, newest first. */
export async function listStatements(db: Db, filter: StatementFilter = {}): Promise<Paged<StoredStatement>> {
  const limit = filter.limit ?? 50
  const at = readCursor(filter.cursor, 2)
  let query = db.selectFrom('statements').select(['id', 'article', 'day', 'body'])
  if (filter.speaker !== undefined) query = query.where('speaker', '=', filter.speaker)
  if (filter.country !== undefined) query = query.where('country', '=', filter.country)
  if (filter.stance !== undefined) query = query.where('stance', '=', filter.stance)
  if (filter.from !== undefined) query = query.where('day', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('day', '<=', filter.to)
  if (at) query = query.where(sql<boolean>`(day, id) < (${at[0]}::date, ${at[1]})`)
  const rows = await query.orderBy('day', 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
  const entries = await getEntries(db, [...new Set(rows.map(({ article }) => article))])
  const page = pageOf(rows, limit, (row) => {
    const article = entries.get(row.article)
    return article ? { statement: row.body, day: row.day, article } : undefined
  }, (row) => [row.day, row.id])
  return { items: page.items.filter((item) => item !== undefined), next: page.next }
}

/** Figures of one measure, newest publication first; with `parties`, those between all of them. */
export async function listFigures(db: Db, measure: string, parties: readonly string[] = [], limit = 100): Promise<{ readonly figure: Figure; readonly article: ArticleEntry }[]> {
  const rows = await db.selectFrom('figures').select(['article', 'body']).where('measure', '=', measure).where(sql<boolean>`parties @> ${parties}::text[]`)
    .orderBy('month', 'desc').orderBy('article').orderBy('ordinal').limit(limit).execute()
  const entries = await getEntries(db, [...new Set(rows.map(({ article }) => article))])
  return rows.flatMap((row) => {
    const article = entries.get(row.article)
    return article ? [{ figure: row.body, article }] : []
  })
}

/** Figures between all of the parties that these articles give, by article. */
export async function figuresOf(db: Db, entries: readonly ArticleEntry[], parties: readonly string[]): Promise<ReadonlyMap<string, readonly Figure[]>> {
  const rows = await db.selectFrom('figures').select(['article', 'body']).where(ofArticles(entries)).where(sql<boolean>`parties @> ${parties}::text[]`).orderBy('article').orderBy('ordinal').execute()
  const figures = new Map<string, Figure[]>()
  for (const { article, body } of rows) figures.set(article, [...(figures.get(article) ?? []), body])
  return figures
}

export interface Speaker { readonly speaker: string; readonly name: string; readonly country: string; readonly times: number }

/** The people of these countries whom the articles quote, most often first. */
export async function speakersOf(db: Db, entries: readonly ArticleEntry[], countries: readonly string[], limit = 8): Promise<Speaker[]> {
  return (await sql<Speaker>`select speaker, min(body->'speaker'->>'name') as name, min(country) as country, count(*) as times from statements
    where ${ofArticles(entries)} and country = any(${countries}::text[]) and speaker like 'person:%' group by speaker order by 4 desc, 1 limit ${limit}`.execute(db)).rows
}
