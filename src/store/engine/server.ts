/** PostgreSQL 15 or later by address. */
import pg from 'pg'
import { StoreError, toStoreError } from '../errors.ts'
import type { Guard } from './driver.ts'
import type { Engine } from './embedded.ts'
import { TYPES } from './types.ts'

const OLDEST = 150_000

/** The address without its password, for messages. */
export function publicUrl(url: string): string {
  try {
    const parsed = new URL(url)
    if (parsed.password !== '') parsed.password = '***'
    for (const name of [...parsed.searchParams.keys()]) if (/pass|secret|key|token/iu.test(name)) parsed.searchParams.set(name, '***')
    return parsed.href
  } catch {
    return 'the database'
  }
}

/** Connects and checks the version; nothing is written yet. */
export async function startServer(url: string, connections: number): Promise<Engine> {
  const where = publicUrl(url)
  if (!/^postgres(?:ql)?:\/\//u.test(url)) throw new StoreError('unreachable', 'That is not the address of a PostgreSQL database', where, 'It looks like postgres://user:password@host:5432/name.')
  const pool = new pg.Pool({ connectionString: url, max: connections, connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000, types: TYPES, application_name: 'readout' })
  const guard: Guard = { where, single: connections === 1, alone: false, dead: null }
  // A connection that dies while idle is dropped by the pool; the next call opens another.
  pool.on('error', () => undefined)
  // One that dies in the middle of a transaction says so at the next statement; unheard, it would end the process.
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  try {
    const { rows } = await pool.query<{ version: number; encoding: string }>(`select current_setting('server_version_num')::integer as version, current_setting('server_encoding') as encoding`)
    const found = rows[0]
    if (!found || found.version < OLDEST) throw new StoreError('failed', `PostgreSQL ${Math.floor((found?.version ?? 0) / 10_000)} is too old`, where, 'Use PostgreSQL 15 or later.')
    if (found.encoding !== 'UTF8') throw new StoreError('failed', `The database's encoding is ${found.encoding}`, where, 'Create it with encoding UTF8: the record holds every script.')
  } catch (error) {
    await pool.end().catch(() => undefined)
    throw toStoreError(error, where)
  }
  return { kind: 'postgres', pool, guard, stop: async () => undefined }
}
