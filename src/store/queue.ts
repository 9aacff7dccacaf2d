/** The queue that any number of workers share: jobs in the PostgreSQL database of the record, by pg-boss. A job is taken by one worker; one whose worker died comes back when its time is over. */
import PgBoss from 'pg-boss'
import { CompiledQuery } from 'kysely'
import { publicUrl } from './engine/server.ts'
import { StoreError, toStoreError } from './errors.ts'
import type { Db } from './schema.ts'

/** `fetch`: an address to be fetched; `read`: a kept page to be read; `join`: articles to be joined; `given-up`: jobs that failed too often. */
export const QUEUES = ['fetch', 'read', 'join', 'given-up'] as const
export type QueueName = (typeof QUEUES)[number]

export interface QueuedJob<T = unknown> { readonly id: string; readonly data: T }

export interface QueueState { readonly queue: QueueName; readonly waiting: number; readonly active: number }

export interface Queue {
  /** Adds jobs; with a transaction's handle they are there when it is, and only then. */
  send(queue: QueueName, jobs: readonly object[], options?: { readonly tx?: Db; readonly startAfter?: string }): Promise<void>
  /** Takes up to so many jobs. They come back unless they are done in time. */
  take<T>(queue: QueueName, most: number): Promise<readonly QueuedJob<T>[]>
  done(queue: QueueName, ids: readonly string[], tx?: Db): Promise<void>
  /** Gives jobs back with the reason; they are tried again later, and go to `given-up` in the end. */
  failed(queue: QueueName, ids: readonly string[], reason: string): Promise<void>
  states(): Promise<readonly QueueState[]>
  close(): Promise<void>
}

export interface QueueOptions {
  /** Seconds after which a job that is not done is given to another worker. */
  readonly giveBackSeconds?: number
  /** Looks for jobs to be given back; of many workers one does it at a time. */
  readonly supervise?: boolean
}

const SCHEMA = 'readout_queue'
/** Longer than any batch of jobs takes; a job done twice changes nothing the second time. */
const GIVE_BACK_SECONDS = 300
const RETRIES = 8
const RETRY_SECONDS = 2
const KEPT_DAYS = 14

/** Opens the queue of a PostgreSQL database, making it where there is none. */
export async function openQueue(url: string, options: QueueOptions = {}): Promise<Queue> {
  const { giveBackSeconds = GIVE_BACK_SECONDS, supervise = false } = options
  const where = publicUrl(url)
  const boss = new PgBoss({
    connectionString: url, schema: SCHEMA, max: 3, application_name: 'readout queue', schedule: false, supervise, maintenanceIntervalSeconds: Math.max(1, Math.min(15, Math.floor(giveBackSeconds / 4))),
    archiveCompletedAfterSeconds: 60, deleteAfterDays: 1,
  })
  // The package takes these arguments for lists of ids too; its types do not know.
  type Settle = (queue: string, ids: string[], data: object, options: PgBoss.ConnectionOptions) => Promise<void>
  const [complete, fail] = [boss.complete.bind(boss) as Settle, boss.fail.bind(boss) as Settle]
  // Whatever fails in the background is tried again by the next call, which says so.
  boss.on('error', () => undefined)
  const translated = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw toStoreError(error, where)
    }
  }
  const policy = (name: QueueName): PgBoss.Queue => ({
    name, expireInSeconds: giveBackSeconds, retryLimit: RETRIES, retryDelay: RETRY_SECONDS, retryBackoff: true, retentionDays: KEPT_DAYS, ...(name === 'given-up' ? {} : { deadLetter: 'given-up' }),
  })
  try {
    await boss.start()
    for (const name of [...QUEUES].reverse()) {
      await boss.createQueue(name, policy(name))
      await boss.updateQueue(name, policy(name))
    }
  } catch (error) {
    await boss.stop({ graceful: false, wait: false }).catch(() => undefined)
    throw toStoreError(error, where)
  }
  return {
    async send(queue, jobs, { tx, startAfter } = {}) {
      if (jobs.length === 0) return
      const rows = jobs.map((data): PgBoss.JobInsert => ({ name: queue, data, ...(startAfter === undefined ? {} : { startAfter }), ...(queue === 'given-up' ? {} : { deadLetter: 'given-up' }) }))
      await translated(boss.insert(rows, tx === undefined ? {} : { db: within(tx) }))
    },
    take: (queue, most) => translated(boss.fetch(queue, { batchSize: most })),
    async done(queue, ids, tx) {
      if (ids.length > 0) await translated(complete(queue, [...ids], {}, tx === undefined ? {} : { db: within(tx) }))
    },
    async failed(queue, ids, reason) {
      if (ids.length > 0) await translated(fail(queue, [...ids], { reason }, {}))
    },
    async states() {
      const { rows } = await translated(boss.getDb().executeSql(`select name as queue, count(*) filter (where state in ('created', 'retry'))::integer as waiting, count(*) filter (where state = 'active')::integer as active from ${SCHEMA}.job where name = any($1) group by name`, [[...QUEUES]]))
      const found = new Map((rows as QueueState[]).map((row) => [row.queue, row]))
      return QUEUES.map((queue) => found.get(queue) ?? { queue, waiting: 0, active: 0 })
    },
    close: () => boss.stop({ graceful: false, wait: true }).catch(() => undefined),
  }
}

/** Statements of the queue in a transaction of the record. */
const within = (tx: Db): PgBoss.Db => ({ executeSql: async (text, values) => ({ rows: (await tx.executeQuery(CompiledQuery.raw(text, values))).rows as unknown[] }) })

/** Says that a queue needs a database that several processes can use. */
export function noQueue(where: string): StoreError {
  return new StoreError('failed', 'Work is shared through a PostgreSQL database, and this record is in a folder', where, 'Name a database with --db or READOUT_DATABASE_URL; readout migrate moves the record there.')
}
