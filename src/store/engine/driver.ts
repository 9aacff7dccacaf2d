/** Kysely's PostgreSQL dialect with every error translated, and with the embedded engine's single connection guarded against waiting for itself. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { type CompiledQuery, type DatabaseConnection, type Driver, PostgresDialect, type QueryCompiler, type QueryResult, type TransactionSettings } from 'kysely'
import type pg from 'pg'
import { StoreError, toStoreError } from '../errors.ts'

export interface Guard {
  /** Path or address without its password, for messages. */
  readonly where: string
  /** True when there is one connection only. */
  readonly single: boolean
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

class GuardedDriver implements Driver {
  readonly #inner: Driver
  readonly #guard: Guard

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
