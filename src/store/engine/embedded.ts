/** The embedded engine: PostgreSQL inside this process, its files in one folder. */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import { firstLine, StoreError, toStoreError } from '../errors.ts'
import type { Guard } from './driver.ts'
import { type Lock, takeLock } from './lock.ts'
import { dropTemplate, keepTemplate, readTemplate, templateFile } from './template.ts'
import { TYPES } from './types.ts'

/** A running engine under the query layer. */
export interface Engine {
  readonly kind: 'embedded' | 'postgres'
  readonly pool: pg.Pool
  readonly guard: Guard
  stop(): Promise<void>
}

const MARK = 'readout.json'
/** 16 MB instead of 128: the operating system caches the files anyway, and the process stays small. */
const START = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB']
const STOP_MS = 20_000

interface Mark { readonly store: 1; readonly postgres: string; readonly pglite: string }

const pgliteVersion = (): string => {
  const require = createRequire(import.meta.url)
  let folder = join(require.resolve('@electric-sql/pglite'), '..')
  while (!existsSync(join(folder, 'package.json'))) folder = join(folder, '..')
  const described: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  return described !== null && typeof described === 'object' && 'version' in described ? String(described.version) : 'unknown'
}

async function start(folder: string, copy?: Blob): Promise<PGlite> {
  return PGlite.create(folder, { startParams: START, ...(copy ? { loadDataDir: copy } : {}) })
}

/** Makes the files beside their final name and moves them there, so that a killed first run leaves nothing half made. */
async function create(folder: string, cacheDir: string | undefined): Promise<void> {
  const version = pgliteVersion()
  const fresh = join(folder, 'pg.new')
  const file = templateFile(version, cacheDir)
  rmSync(fresh, { recursive: true, force: true })
  const copy = readTemplate(file)
  let engine: PGlite
  try {
    engine = copy ? await start(fresh, copy) : await start(fresh)
  } catch (error) {
    if (!copy) throw error
    dropTemplate(file)
    rmSync(fresh, { recursive: true, force: true })
    engine = await start(fresh)
  }
  if (!existsSync(file)) await keepTemplate(file, await engine.dumpDataDir('gzip'))
  await engine.close()
  const mark: Mark = { store: 1, postgres: readFileSync(join(fresh, 'PG_VERSION'), 'utf8').trim(), pglite: version }
  writeFileSync(join(folder, `${MARK}.new`), `${JSON.stringify(mark)}\n`)
  renameSync(fresh, join(folder, 'pg'))
  renameSync(join(folder, `${MARK}.new`), join(folder, MARK))
}

/** Refuses a folder that holds something else, rather than writing a database into it. */
function check(folder: string): 'new' | 'there' {
  const names = readdirSync(folder).filter((name) => !name.startsWith('lock.json') && name !== 'pg.new' && name !== `${MARK}.new`)
  if (names.length === 0) return 'new'
  if (!names.includes('pg')) throw new StoreError('not-a-store', 'The folder holds other files and no store', folder, 'Give an empty or a new folder.')
  if (!existsSync(join(folder, 'pg', 'PG_VERSION'))) throw new StoreError('corrupt', 'The data folder has lost its files', join(folder, 'pg'), 'Restore the last backup into a new folder (the damaged one is left as it is).')
  return 'there'
}

async function open(folder: string): Promise<PGlite> {
  try {
    return await start(join(folder, 'pg'))
  } catch (error) {
    const known = toStoreError(error, folder)
    if (known.code !== 'crashed' && known.code !== 'failed') throw known
    // The engine says only that it stopped when the files are not what it wrote.
    throw new StoreError('corrupt', `The data folder cannot be opened: ${firstLine(error)}`, folder, 'Restore the last backup into a new folder (the damaged one is left as it is).')
  }
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([work.catch(() => undefined), new Promise((resolve) => {
    timer = setTimeout(resolve, ms)
  })])
  clearTimeout(timer)
}

/** Opens the store in a folder, making it when the folder is new or empty. Only one process at a time. */
export async function startEmbedded(folder: string, cacheDir?: string): Promise<Engine> {
  let lock: Lock | null = null
  try {
    lock = await takeLock(folder)
    if (check(folder) === 'new') await create(folder, cacheDir)
    const engine = await open(folder)
    const held = lock
    const pool = new pg.Pool({ ...createPgConfig(engine), max: 1, idleTimeoutMillis: 0, types: TYPES } as pg.PoolConfig)
    const guard: Guard = { where: folder, single: true, alone: true, dead: null }
    pool.on('error', (error) => {
      guard.dead ??= toStoreError(error, folder)
    })
    const stop = async (): Promise<void> => {
      await within(STOP_MS, engine.close())
      await held.release()
    }
    return { kind: 'embedded', pool, guard, stop }
  } catch (error) {
    await lock?.release().catch(() => undefined)
    throw toStoreError(error, folder)
  }
}
