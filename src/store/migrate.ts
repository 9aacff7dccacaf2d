/** Numbered SQL files, each run once, in order, all or none, by one process at a time. A file once released is never changed. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Kysely, sql } from 'kysely'
import { StoreError } from './errors.ts'
import type { Tables } from './schema.ts'

export interface Migration { readonly number: number; readonly name: string; readonly sql: string; readonly sha256: string }

const FOLDER = fileURLToPath(new URL('./migrations/', import.meta.url))
/** Advisory lock of the migrations; the second number of the same family guards new partitions. */
const LOCK = sql`select pg_advisory_xact_lock(7723311, 1)`

/** The migrations of this version of the code, in order. */
export function listMigrations(folder = FOLDER): Migration[] {
  return readdirSync(folder).filter((name) => /^\d{4}-.+\.sql$/u.test(name)).sort().map((name) => {
    const source = readFileSync(`${folder}/${name}`, 'utf8').replaceAll('\r\n', '\n')
    return { number: Number(name.slice(0, 4)), name, sql: source, sha256: createHash('sha256').update(source).digest('hex') }
  })
}

/** Brings the database to this version. Returns the names of the migrations run now. */
export async function migrate(db: Kysely<Tables>, where: string, migrations: readonly Migration[] = listMigrations()): Promise<string[]> {
  if (await isCurrent(db, migrations)) return []
  return db.transaction().execute(async (tx) => {
    await sql`${LOCK}`.execute(tx)
    await sql`create table if not exists migrations (number integer primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`.execute(tx)
    const done = await tx.selectFrom('migrations').select(['number', 'name', 'sha256']).orderBy('number').execute()
    const newest = migrations.at(-1)?.number ?? 0
    const beyond = done.find(({ number }) => number > newest)
    if (beyond) throw new StoreError('newer-store', `The store was made by a newer version (it has ${beyond.name})`, where, 'Update this program, or use another store.')
    const run: string[] = []
    for (const migration of migrations) {
      const before = done.find(({ number }) => number === migration.number)
      if (before) {
        if (before.sha256 !== migration.sha256) throw new StoreError('migrations-changed', `The migration ${migration.name} is not the one this store was made with`, where, 'Install a released version of this program.')
        continue
      }
      // Without values the whole file goes over as one simple query, whatever number of statements it holds.
      await sql.raw(migration.sql).execute(tx)
      await tx.insertInto('migrations').values({ number: migration.number, name: migration.name, sha256: migration.sha256 }).execute()
      run.push(migration.name)
    }
    return run
  })
}

async function isCurrent(db: Kysely<Tables>, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`select to_regclass('migrations') is not null as there`.execute(db)
  if (rows[0]?.there !== true) return false
  const done = await db.selectFrom('migrations').select(['number', 'sha256']).orderBy('number').execute()
  return done.length === migrations.length && migrations.every((migration, index) => done[index]?.number === migration.number && done[index]?.sha256 === migration.sha256)
}
