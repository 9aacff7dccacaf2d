/** Documents: what was given to be read, with what was known about it beforehand. From these and the pages everything can be read again. */
import { sql } from 'kysely'
import { contentId } from '../text/hash.ts'
import { insertRows, storableDeep } from './rows.ts'
import type { Db } from './schema.ts'

/** What is known of a document before it is read. */
export interface DocumentHead {
  /** Hash of its page; null when the page is not kept (it was no text at all). */
  readonly page: string | null
  /** What people call it: its file, its address, its place in an archive. */
  readonly name: string
  readonly url: string | null
  readonly mediaType: string | null
  readonly charset: string | null
  readonly language: string | null
  readonly published: string | null
  readonly listed: string | null
  readonly source: string | null
}

export interface DocumentRecord extends DocumentHead {
  readonly id: string
  /** The article read out of it; null when it was set aside. */
  readonly article: string | null
  readonly run: string
  readonly refused: string | null
}

/** The id of a document: the same bytes with the same knowledge about them are one, whatever they are called. */
export function documentId(hash: string, head: Omit<DocumentHead, 'page' | 'name' | 'source'>): string {
  return contentId('document', hash, head.url ?? '', head.mediaType ?? '', head.charset ?? '', head.language ?? '', head.published ?? '', head.listed ?? '')
}

interface Row { readonly id: string; readonly page: string | null; readonly name: string; readonly url: string | null; readonly media_type: string | null; readonly charset: string | null; readonly language: string | null; readonly published: string | null; readonly listed: string | null; readonly source: string | null; readonly article: string | null; readonly run: string; readonly refused: string | null }

const recordOf = ({ media_type, ...row }: Row): DocumentRecord => ({
  id: row.id, page: row.page, name: row.name, url: row.url, mediaType: media_type, charset: row.charset, language: row.language, published: row.published, listed: row.listed, source: row.source,
  article: row.article, run: row.run, refused: row.refused,
})

/** Notes documents with what came of them; one noted before takes the new article, run and reason. */
export async function putDocuments(db: Db, documents: readonly DocumentRecord[], now = new Date()): Promise<void> {
  const unique = storableDeep([...new Map(documents.map((document) => [document.id, document])).values()])
  if (unique.length === 0) return
  await insertRows(db, 'documents', unique.map(({ mediaType, ...rest }) => ({ ...rest, media_type: mediaType, added_at: now.toISOString() })))
  const changed = JSON.stringify(unique.map(({ id, article, run, refused, page }) => ({ id, article, run, refused, page })))
  await sql`update documents d set article = n.article, run = n.run, refused = n.refused, page = coalesce(n.page, d.page)
    from json_to_recordset(${changed}::json) as n(id text, article text, run text, refused text, page text)
    where d.id = n.id and (d.article, d.run, d.refused) is distinct from (n.article, n.run, n.refused)`.execute(db)
}

/** Documents by id; those never noted are left out. */
export async function getDocuments(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, DocumentRecord>> {
  if (ids.length === 0) return new Map()
  const rows = await db.selectFrom('documents').selectAll().where(sql<boolean>`id = any(${ids}::text[])`).execute()
  return new Map(rows.map((row) => [row.id, recordOf(row)]))
}

/** A page of documents in order of id: all of them, or those read last by another run. */
export async function documentsAfter(db: Db, after: string, limit: number, otherThan: string | null = null): Promise<DocumentRecord[]> {
  let query = db.selectFrom('documents').selectAll().where('id', '>', after)
  if (otherThan !== null) query = query.where('run', '<>', otherThan)
  return (await query.orderBy('id').limit(limit).execute()).map(recordOf)
}

/** Number of documents: all, or those read last by another run. */
export async function countDocuments(db: Db, otherThan: string | null = null): Promise<number> {
  let query = db.selectFrom('documents').select((eb) => eb.fn.countAll<number>().as('count'))
  if (otherThan !== null) query = query.where('run', '<>', otherThan)
  return (await query.executeTakeFirstOrThrow()).count
}

/** Of these articles, those that no document gives any more. */
export async function orphans(db: Db, articles: readonly string[]): Promise<string[]> {
  if (articles.length === 0) return []
  const { rows } = await sql<{ id: string }>`select a.id from articles a where a.id = any(${articles}::text[]) and not exists (select 1 from documents d where d.article = a.id) order by 1`.execute(db)
  return rows.map(({ id }) => id)
}
