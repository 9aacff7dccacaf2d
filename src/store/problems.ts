/** Documents set aside, each with its reason; one bad document never stops the rest. */
import { sql } from 'kysely'
import { contentId } from '../text/hash.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import { storable } from './rows.ts'
import type { Db } from './schema.ts'

export interface Problem {
  readonly id: string
  readonly at: string
  readonly stage: string
  readonly code: string
  readonly message: string
  /** The file, address or place in an archive. */
  readonly subject: string
  /** Hash of its bytes when they are kept. */
  readonly page: string | null
  readonly attempts: number
  readonly resolvedAt: string | null
}

/** Sets a document aside. The same document failing again in the same stage counts up instead. */
export async function putProblem(db: Db, problem: Pick<Problem, 'stage' | 'code' | 'message' | 'subject'> & { readonly page?: string | null }, now = new Date()): Promise<string> {
  const id = contentId('problem', problem.stage, problem.subject)
  const said = { at: now.toISOString(), code: problem.code, message: storable(problem.message), page: problem.page ?? null, resolved_at: null }
  await db.insertInto('problems').values({ id, stage: problem.stage, subject: storable(problem.subject), ...said })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ ...said, attempts: sql`problems.attempts + 1` })).execute()
  return id
}

/** Marks what stood against this document as resolved; true when there was something. */
export async function resolveProblems(db: Db, subject: string, now = new Date()): Promise<boolean> {
  const done = await db.updateTable('problems').set({ resolved_at: now.toISOString() }).where('subject', '=', storable(subject)).where('resolved_at', 'is', null).executeTakeFirst()
  return done.numUpdatedRows > 0n
}

/** Of these subjects, those against which something stands. */
export async function openSubjects(db: Db, subjects: readonly string[]): Promise<string[]> {
  if (subjects.length === 0) return []
  const rows = await db.selectFrom('problems').select('subject').distinct().where(sql<boolean>`subject = any(${subjects.map(storable)}::text[])`).where('resolved_at', 'is', null).orderBy('subject').execute()
  return rows.map(({ subject }) => subject)
}

/** Problems, oldest first; the open ones unless all are asked for. */
export async function listProblems(db: Db, filter: { readonly all?: boolean; readonly stage?: string; readonly limit?: number; readonly cursor?: string | null } = {}): Promise<Paged<Problem>> {
  const limit = filter.limit ?? 100
  const place = readCursor(filter.cursor, 2)
  let query = db.selectFrom('problems').selectAll()
  if (filter.all !== true) query = query.where('resolved_at', 'is', null)
  if (filter.stage !== undefined) query = query.where('stage', '=', filter.stage)
  if (place) query = query.where(sql<boolean>`(at, id) > (${place[0]}::timestamptz, ${place[1]})`)
  const rows = await query.orderBy('at').orderBy('id').limit(limit + 1).execute()
  return pageOf(rows, limit, ({ resolved_at, ...row }): Problem => ({ ...row, resolvedAt: resolved_at }), (row) => [row.at, row.id])
}
