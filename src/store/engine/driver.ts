/** Kysely's PostgreSQL dialect with every error translated, and with the embedded engine's single connection guarded against waiting for itself. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { CompiledQuery, type DatabaseConnection, type Driver, PostgresDialect, type QueryCompiler, type QueryResult, type TransactionSettings } from 'kysely'
import type pg from 'pg'
import { StoreError, toStoreError } from '../errors.ts'

export interface Guard {
  /** Path or address without its password, for messages. */
  readonly where: string
  /** True when there is one connection only. */
  readonly single: boolean
  /** True when nothing runs beside the connection that would cut the log of changes (WAL) now and then. */
  readonly alone: boolean
  /** Set once the engine is beyond use; every later call gets this error. */
  dead: StoreError | null
}

/** Transactions open around the running code, by guard. */
const inside = new AsyncLocalStorage<ReadonlySet<Guard>>()

/** Runs `work` marked as inside a transaction of this store. */
export function markTransaction<T>(guard: Guard, work: () => Promise<T>): Promise<T> {
  return inside.run(new Set([...(inside.getStore() ?? []), guard]), work)
}

class GuardedConnection implements DatabaseConnection {
  readonly inner: DatabaseConnection
  readonly #guard: Guard

  constructor(inner: DatabaseConnection, guard: Guard) {
    this.inner = inner
    this.#guard = guard
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (this.#guard.dead) throw this.#guard.dead
    try {
      return await this.inner.executeQuery<R>(query)
    } catch (error) {
      throw this.#translate(error)
    }
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* this.inner.streamQuery<R>(query, chunkSize)
    } catch (error) {
      throw this.#translate(error)
    }
  }

  #translate(error: unknown): StoreError {
    const known = toStoreError(error, this.#guard.where)
    if (known.code === 'crashed') this.#guard.dead = known
    return known
  }
}

/** So many bytes of the log are kept at most, and after so many transactions its length is looked at. */
const LOG_BYTES = 128 * 2 ** 20
const LOOK_EVERY = 16

class GuardedDriver implements Driver {
  readonly #inner: Driver
  readonly #guard: Guard
  #committed = 0

  constructor(inner: Driver, guard: Guard) {
    this.#inner = inner
    this.#guard = guard
  }

  init(): Promise<void> {
    return this.#inner.init()
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const guard = this.#guard
    if (guard.dead) throw guard.dead
    if (guard.single && inside.getStore()?.has(guard)) throw new StoreError('nested-use', 'The store was used inside its own transaction', guard.where, 'Use the handle that the transaction gives.')
    try {
      return new GuardedConnection(await this.#inner.acquireConnection(), guard)
    } catch (error) {
      throw toStoreError(error, guard.where)
    }
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    await this.#inner.beginTransaction(connection, settings)
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#inner.commitTransaction(connection)
    // What is committed stays so: a log that could not be cut is only longer.
    if (this.#guard.alone && ++this.#committed % LOOK_EVERY === 0) await this.#cutLog(connection).catch(() => undefined)
  }

  /** Without this the log of an engine that is open for weeks would be as long as all that was ever written, and all of it be read again after a crash. */
  async #cutLog(connection: DatabaseConnection): Promise<void> {
    const { rows } = await connection.executeQuery<{ long: boolean }>(CompiledQuery.raw('select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) > $1 as long from pg_control_checkpoint()', [LOG_BYTES]))
    if (rows[0]?.long === true) await connection.executeQuery(CompiledQuery.raw('checkpoint'))
  }

  /** The error that led here matters more than a failing rollback on a connection already lost. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await this.#inner.rollbackTransaction(connection).catch(() => undefined)
  }

  async savepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    await this.#inner.savepoint?.(connection, name, compile)
  }

  async rollbackToSavepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    await this.#inner.rollbackToSavepoint?.(connection, name, compile)
  }

  async releaseSavepoint(connection: DatabaseConnection, name: string, compile: QueryCompiler['compileQuery']): Promise<void> {
    await this.#inner.releaseSavepoint?.(connection, name, compile)
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    await this.#inner.releaseConnection(connection instanceof GuardedConnection ? connection.inner : connection)
  }

  destroy(): Promise<void> {
    return this.#inner.destroy()
  }
}

export class GuardedDialect extends PostgresDialect {
  readonly #guard: Guard

  constructor(pool: pg.Pool, guard: Guard) {
    super({ pool })
    this.#guard = guard
  }

  override createDriver(): Driver {
    return new GuardedDriver(super.createDriver(), this.#guard)
  }
}
