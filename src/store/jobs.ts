/** Long work and how far it got. Write the progress in the same transaction as the documents, and a kill at any moment loses and repeats nothing. */
import { contentId } from '../text/hash.ts'
import { toJson } from './rows.ts'
import type { Db, JobState } from './schema.ts'

export interface Job<Spec = unknown, Cursor = unknown> {
  readonly id: string
  readonly kind: string
  readonly spec: Spec
  /** Where to go on; null at the beginning. */
  readonly cursor: Cursor | null
  readonly state: JobState
  readonly done: number
  readonly failed: number
  readonly total: number | null
  readonly startedAt: string
  readonly updatedAt: string
}

/** Starts a job, or takes up the one of the same kind and spec where it stopped; one that was done begins anew. */
export async function startJob(db: Db, kind: string, spec: unknown, total: number | null = null, now = new Date()): Promise<Job> {
  const json = toJson(spec)
  const id = contentId('job', kind, json)
  const at = now.toISOString()
  const row = await db.insertInto('jobs').values({ id, kind, spec: json, cursor: null, state: 'running', total, started_at: at, updated_at: at })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({
      state: 'running', updated_at: at, total,
      cursor: eb.case().when('jobs.state', '=', 'done').then(null).else(eb.ref('jobs.cursor')).end(),
      done: eb.case().when('jobs.state', '=', 'done').then(0).else(eb.ref('jobs.done')).end(),
      failed: eb.case().when('jobs.state', '=', 'done').then(0).else(eb.ref('jobs.failed')).end(),
    }))).returningAll().executeTakeFirstOrThrow()
  return jobOf(row)
}

/** Notes progress: counts are added, the cursor is replaced. */
export async function advanceJob(db: Db, id: string, step: { readonly cursor?: unknown; readonly done?: number; readonly failed?: number; readonly state?: JobState; readonly total?: number }, now = new Date()): Promise<void> {
  await db.updateTable('jobs').set((eb) => ({
    updated_at: now.toISOString(), done: eb('done', '+', step.done ?? 0), failed: eb('failed', '+', step.failed ?? 0),
    ...(step.cursor === undefined ? {} : { cursor: toJson(step.cursor) }), ...(step.state === undefined ? {} : { state: step.state }), ...(step.total === undefined ? {} : { total: step.total }),
  })).where('id', '=', id).execute()
}

/** Jobs, the one touched last first. */
export async function listJobs(db: Db, state?: JobState): Promise<Job[]> {
  let query = db.selectFrom('jobs').selectAll()
  if (state !== undefined) query = query.where('state', '=', state)
  return (await query.orderBy('updated_at', 'desc').orderBy('id').execute()).map(jobOf)
}

interface JobRow { readonly id: string; readonly kind: string; readonly spec: unknown; readonly cursor: unknown; readonly state: JobState; readonly done: number; readonly failed: number; readonly total: number | null; readonly started_at: string; readonly updated_at: string }

const jobOf = ({ started_at, updated_at, ...row }: JobRow): Job => ({ ...row, startedAt: started_at, updatedAt: updated_at })
