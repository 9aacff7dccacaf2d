import { readFileSync, writeFileSync } from 'node:fs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, StoreError } from '../../src/store/index.ts'
import { listMigrations, migrate } from '../../src/store/migrate.ts'
import { COUNTED, KEPT, NOT_KEPT } from '../../src/store/transfer/columns.ts'
import { dumpSchema } from './dump.ts'
import { engines, type TestStore } from './engines.ts'

const GOLDEN = new URL('./schema.txt', import.meta.url)

describe.each(await engines())('the schema on $name', ({ fresh }) => {
  let made: TestStore
  beforeAll(async () => {
    made = await fresh()
  })
  afterAll(() => made.drop())

  it('is the golden one (READOUT_WRITE_GOLDEN=1 writes it)', async () => {
    const dump = await dumpSchema(made.store.db)
    if (process.env.READOUT_WRITE_GOLDEN === '1') writeFileSync(GOLDEN, dump)
    expect(dump).toBe(readFileSync(GOLDEN, 'utf8'))
  })

  it('is backed up whole: no table is forgotten', async () => {
    const { rows } = await sql<{ name: string }>`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition`.execute(made.store.db)
    expect(rows.map(({ name }) => name).sort()).toEqual([...KEPT, ...COUNTED, ...NOT_KEPT, 'migrations'].sort())
  })

  it('is not migrated twice', async () => {
    expect(await migrate(made.store.db, made.store.where)).toEqual([])
  })

  it('takes a further migration, in order and once', async () => {
    const more = [...listMigrations(), { number: 9000, name: '9000-more.sql', sql: 'create table more (a integer); create table more2 (a integer);', sha256: 'x' }]
    expect(await migrate(made.store.db, made.store.where, more)).toEqual(['9000-more.sql'])
    expect(await migrate(made.store.db, made.store.where, more)).toEqual([])
    await expect(migrate(made.store.db, made.store.where)).rejects.toMatchObject({ code: 'newer-store' })
    await sql.raw(`drop table more, more2; delete from migrations where number = 9000`).execute(made.store.db)
  })

  it('leaves nothing of a migration that fails', async () => {
    const bad = [...listMigrations(), { number: 9001, name: '9001-bad.sql', sql: 'create table half (a integer); select 1/0;', sha256: 'x' }]
    await expect(migrate(made.store.db, made.store.where, bad)).rejects.toBeInstanceOf(StoreError)
    const { rows } = await sql<{ there: boolean }>`select to_regclass('half') is not null as there`.execute(made.store.db)
    expect(rows[0]?.there).toBe(false)
  })

  it('refuses a migration that was changed after it was run', async () => {
    const changed = listMigrations().map((migration) => ({ ...migration, sha256: 'other' }))
    await expect(migrate(made.store.db, made.store.where, changed)).rejects.toMatchObject({ code: 'migrations-changed' })
  })

  it('makes partitions once, whoever asks', async () => {
    const ask = () => sql<{ made: number }>`select ensure_months(array['2019-05-01', '2019-06-01', '0001-01-01', '2150-01-01']::date[]) as made`.execute(made.store.db)
    const all = await Promise.all([ask(), ask(), ask()])
    expect(all.map(({ rows }) => rows[0]?.made ?? 0).sort()).toEqual([0, 0, 10])
  })

  it('is made once when several processes start at the same time', async () => {
    if (!('url' in made.options)) return expect(made.store.engine).toBe('embedded')
    await sql.raw('drop schema public cascade; create schema public').execute(made.store.db)
    const url = made.options.url
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore({ url, connections: 1 })))
    const rows = await stores[0]?.db.selectFrom('migrations').selectAll().execute()
    expect(rows).toHaveLength(listMigrations().length)
    await Promise.all(stores.map((store) => store.close()))
  })
})
