/** Opens a store: a folder (embedded) or the address of a PostgreSQL database. */
import { resolve } from 'node:path'
import { Kysely } from 'kysely'
import { type Guard, GuardedDialect, markTransaction } from './engine/driver.ts'
import { type Engine, startEmbedded } from './engine/embedded.ts'
import { startServer } from './engine/server.ts'
import { StoreError, toStoreError } from './errors.ts'
import { migrate } from './migrate.ts'
import type { Db, Tables } from './schema.ts'
import { createTurns } from './turns.ts'

export type StoreOptions = ({ readonly dir: string; readonly url?: undefined } | { readonly url: string; readonly dir?: undefined }) & {
  /** Connections to a PostgreSQL database, 4 unless said. */
  readonly connections?: number
  /** Where the copy of an empty embedded database is kept. */
  readonly cacheDir?: string
}

export interface Store {
  readonly db: Db
  readonly engine: 'embedded' | 'postgres'
  /** The folder, or the address without its password. */
  readonly where: string
  /**
   * All or nothing. Inside, use only the handle given; run again when another process got in the way (`conflict`). Work that takes the lock of one gate
   * names it: it waits in this process before it has a connection, so that those who wait leave connections to those who read.
   */
  transaction<T>(work: (tx: Db) => Promise<T>, gate?: string): Promise<T>
  close(): Promise<void>
}

const ATTEMPTS = 4

async function attempt<T>(db: Db, guard: Guard, work: (tx: Db) => Promise<T>): Promise<T> {
  for (let left = ATTEMPTS; ; left--) {
    try {
      return await db.transaction().execute((tx) => markTransaction(guard, () => work(tx)))
    } catch (error) {
      if (!(error instanceof StoreError && error.code === 'conflict') || left <= 1) throw error
    }
  }
}

/** Opens the store and brings its tables to this version. Throws StoreError: `held`, `read-only`, `corrupt`, `unreachable` … */
export async function openStore(options: StoreOptions): Promise<Store> {
  const engine: Engine = options.url === undefined ? await startEmbedded(resolve(options.dir), options.cacheDir) : await startServer(options.url, options.connections ?? 4)
  const { guard } = engine
  const db = new Kysely<Tables>({ dialect: new GuardedDialect(engine.pool, guard) })
  let closed: Promise<void> | null = null
  const close = (): Promise<void> => {
    closed ??= (async () => {
      await db.destroy().catch(() => undefined)
      guard.dead ??= new StoreError('closed', 'The store is closed', guard.where, 'Open it again.')
      await engine.stop()
    })()
    return closed
  }
  try {
    await migrate(db, guard.where)
  } catch (error) {
    await close()
    throw toStoreError(error, guard.where)
  }
  const inTurn = createTurns()
  const transaction: Store['transaction'] = (work, gate) => (gate === undefined ? attempt(db, guard, work) : inTurn(gate, () => attempt(db, guard, work)))
  return { db, engine: engine.kind, where: guard.where, transaction, close }
}
