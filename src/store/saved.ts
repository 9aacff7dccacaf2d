/** Searches people keep by name. */
import { contentId } from '../text/hash.ts'
import { toJson } from './rows.ts'
import type { Db } from './schema.ts'

export interface SavedSearch { readonly id: string; readonly name: string; readonly query: unknown; readonly createdAt: string }

/** Keeps a search under a name; the one of that name is replaced. */
export async function saveSearch(db: Db, name: string, query: unknown, now = new Date()): Promise<string> {
  const id = contentId('search', name)
  const json = toJson(query)
  await db.insertInto('searches').values({ id, name, query: json, created_at: now.toISOString() }).onConflict((conflict) => conflict.column('id').doUpdateSet({ query: json })).execute()
  return id
}

/** All kept searches by name. */
export async function listSearches(db: Db): Promise<SavedSearch[]> {
  const rows = await db.selectFrom('searches').selectAll().orderBy('name').execute()
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at }))
}

/** Forgets a search; false when there was none of that name. */
export async function deleteSearch(db: Db, name: string): Promise<boolean> {
  return (await db.deleteFrom('searches').where('name', '=', name).executeTakeFirst()).numDeletedRows > 0n
}
