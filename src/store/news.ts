/** What happened to events, in order, for those who follow the record. */
import { sql } from 'kysely'
import { UNDATED } from './days.ts'
import type { Db } from './schema.ts'

export type NewsKind = 'new' | 'changed' | 'gone'

export interface News { readonly seq: number; readonly at: string; readonly kind: NewsKind; readonly event: string; readonly day: string }

/** Rows kept; who follows is never that far behind. */
const KEPT_ROWS = 50_000
const TOGETHER = 500

/** Appends news. Only under the lock that joining holds: numbers then appear in their order, and who has seen one has seen all before it. */
export async function appendNews(db: Db, items: readonly { readonly kind: NewsKind; readonly event: string; readonly day: string | null }[], now: Date): Promise<void> {
  if (items.length === 0) return
  const last = await lastNews(db)
  const at = now.toISOString()
  const rows = items.map(({ kind, event, day }, index) => ({ seq: last + 1 + index, at, kind, event, day: day ?? UNDATED }))
  for (let from = 0; from < rows.length; from += TOGETHER) await db.insertInto('news').values(rows.slice(from, from + TOGETHER)).execute()
  await db.deleteFrom('news').where('seq', '<=', last + rows.length - KEPT_ROWS).execute()
}

/** The number of the newest; 0 where nothing happened yet. */
export async function lastNews(db: Db): Promise<number> {
  const { rows } = await sql<{ last: number | null }>`select max(seq) as last from news`.execute(db)
  return Number(rows[0]?.last ?? 0)
}

/** What happened after a number, in order. */
export async function newsAfter(db: Db, seq: number, limit = 200): Promise<News[]> {
  return db.selectFrom('news').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit).execute()
}
