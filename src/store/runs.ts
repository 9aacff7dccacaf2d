/** Runs: which version of the code and of the knowledge read what. */
import { contentId } from '../text/hash.ts'
import type { Db } from './schema.ts'

export interface Run { readonly id: string; readonly code: string; readonly knowledge: string; readonly note: string | null; readonly startedAt: string }

/** Notes a run and returns its id; the same code and knowledge are the same run, on every machine. */
export async function putRun(db: Db, run: { readonly code: string; readonly knowledge: string; readonly note?: string }, now = new Date()): Promise<string> {
  const id = contentId('run', run.code, run.knowledge)
  await db.insertInto('runs').values({ id, code: run.code, knowledge: run.knowledge, note: run.note ?? null, started_at: now.toISOString() }).onConflict((conflict) => conflict.doNothing()).execute()
  return id
}

/** All runs, newest first, with the number of articles each has read last. */
export async function listRuns(db: Db): Promise<(Run & { readonly articles: number })[]> {
  const rows = await db.selectFrom('runs').leftJoin('articles', 'articles.run', 'runs.id').select(['runs.id', 'code', 'knowledge', 'note', 'started_at'])
    .select((eb) => eb.fn.count<number>('articles.id').as('articles')).groupBy(['runs.id']).orderBy('started_at', 'desc').orderBy('runs.id').execute()
  return rows.map((row) => ({ id: row.id, code: row.code, knowledge: row.knowledge, note: row.note, startedAt: row.started_at, articles: row.articles }))
}

/** A page of the articles that were last read by another run than this one, in order of id: what a rebuild has yet to do. */
export async function articlesToReread(db: Db, run: string, after: string, limit: number): Promise<{ readonly id: string; readonly page: string | null; readonly address: string | null }[]> {
  return db.selectFrom('articles').select(['id', 'page', 'address']).where('run', '<>', run).where('id', '>', after).orderBy('id').limit(limit).execute()
}

/** Notes that an article was read again by a run that found the same. */
export async function setRun(db: Db, article: string, run: string): Promise<void> {
  await db.updateTable('articles').set({ run }).where('id', '=', article).execute()
}
