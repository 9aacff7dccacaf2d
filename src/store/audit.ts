/** The log of changes: who did what, when and how. Only added to. */
import { sql } from 'kysely'
import type { Act } from '../model/index.ts'
import { contentId } from '../text/hash.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import { storableDeep, toJson } from './rows.ts'
import type { Db } from './schema.ts'

export type Via = 'login' | 'key' | 'here' | 'command'
export interface Deed {
  readonly who: string
  /** By a person who logged in, by a key, by whoever sits at the machine, by a command there. */
  readonly via: Via
  readonly act: Act
  readonly subject?: string | null
  readonly detail?: unknown
}
export interface AuditEntry { readonly id: string; readonly at: string; readonly who: string; readonly via: Via; readonly act: string; readonly subject: string | null; readonly detail: unknown }

const count = { made: 0 }

/** Adds a line to the log. */
export async function noteDeed(db: Db, deed: Deed, now = new Date()): Promise<void> {
  const { who, via, act, subject = null, detail = null } = storableDeep(deed)
  const at = now.toISOString()
  const id = contentId('audit', at, String(process.pid), String(count.made++), who, act, subject ?? '')
  await db.insertInto('audit').values({ id, at, who, via, act, subject, detail: detail === null ? null : toJson(detail) }).execute()
}

/** The log, newest first. */
export async function listDeeds(db: Db, { limit = 100, cursor = null, who }: { readonly limit?: number; readonly cursor?: string | null; readonly who?: string } = {}): Promise<Paged<AuditEntry>> {
  const place = readCursor(cursor, 2)
  let query = db.selectFrom('audit').selectAll()
  if (who !== undefined) query = query.where('who', '=', who)
  if (place) query = query.where(sql<boolean>`(at, id) < (${place[0]}::timestamptz, ${place[1]})`)
  const rows = await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit + 1).execute()
  return pageOf(rows, limit, (row): AuditEntry => row as AuditEntry, (row) => [row.at, row.id])
}
