/** The embedded engine's log of changes: nothing beside it would cut it. */
import { rmSync } from 'node:fs'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { openStore } from '../../src/store/index.ts'
import { tempFolder } from './engines.ts'

const MB = 2 ** 20

it('is cut while the record is open, however much is written', async () => {
  const dir = tempFolder()
  const store = await openStore({ dir })
  for (let at = 0; at < 20; at++) {
    await store.transaction((tx) => sql`insert into pages (hash, encoding, size, bytes, first_seen) values (${String(at)}, 'none', ${12 * MB}, decode(repeat(md5(${String(at)}), ${MB * 0.75}), 'hex'), now())`.execute(tx))
  }
  const { rows } = await sql<{ written: number; log: number }>`select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as written, pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::bigint as log from pg_control_checkpoint()`.execute(store.db)
  expect(rows[0]?.written).toBeGreaterThan(220 * MB)
  expect(rows[0]?.log).toBeLessThan(128 * MB)
  await store.close()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)
