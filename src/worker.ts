/**
 * `worker`: fetches, reads and joins what is queued, beside any number of others on any machine. A worker may die at any moment: what it had not
 * finished is done by another, and what was done and not yet signed off is found done. What must not happen twice at once goes through gates in the database.
 */
import { pause } from './pause.ts'
import { createFetcher, type Fetcher } from './ingest/fetcher.ts'
import { type FetchJob, type Hints, type JoinJob, queueDocuments, type ReadJob } from './ingest/enqueue.ts'
import { type Document, isMissing, reasonOf } from './ingest/document.ts'
import { headOf, packingOf } from './ingest/files.ts'
import { type Kept, keepBatch, nameDocument, type Outcome } from './ingest/keep.ts'
import { type ListKind, readList } from './ingest/lists.ts'
import { isList, sniffKind } from './ingest/sniff.ts'
import { documentsOf, unpacked } from './ingest/sources.ts'
import { decodeText } from './ingest/text.ts'
import { type LastingRecord, readNamed } from './record.ts'
import { type Db, getDocuments, getPage, lockHost, putProblem, type Queue, type QueuedJob, type QueueName } from './store/index.ts'

export interface WorkerOptions {
  readonly queue: Queue
  /** Kinds of jobs it takes; all unless said. */
  readonly jobs?: readonly QueueName[]
  /** Ends when nothing is left to do. */
  readonly drain?: boolean
  readonly signal?: AbortSignal
  readonly pauseMs?: number
  readonly ignoreRobots?: boolean
  /** Fetcher to use instead of its own, for tests. */
  readonly fetcher?: Fetcher
  readonly progress?: (sum: WorkerSum) => void
  readonly say?: (line: string) => void
  /** Done in the transaction that keeps what was read, with what became of it. */
  readonly after?: (tx: Db, kept: Kept) => Promise<void>
}

export interface WorkerSum { fetched: number; added: number; known: number; failed: number; joined: number }

const FETCH_TOGETHER = 8
const READ_TOGETHER = 24
/** Batches read at the same time: one is written while another is read. */
const READ_LOOPS = 2
const JOIN_TOGETHER = 20
const IDLE_MS = 500
/** After a fault that may pass, such as a database that is away. */
const FAULT_MS = 2000
const DEPTH = 2
/** Seconds until an address is tried again whose host another worker is asking. */
const HOST_BUSY_MS = 2000

/** Works until it is stopped, or with `drain` until nothing is left. */
export async function work(record: LastingRecord, options: WorkerOptions): Promise<WorkerSum> {
  const { queue, signal, jobs = ['fetch', 'read', 'join', 'given-up'] } = options
  const sum: WorkerSum = { fetched: 0, added: 0, known: 0, failed: 0, joined: 0 }
  const fetcher = options.fetcher ?? createFetcher(record.store, { pauseMs: options.pauseMs ?? 1000, ignoreRobots: options.ignoreRobots ?? false })
  const parts: Parts = { record, queue, fetcher, sum, pauseMs: options.pauseMs ?? 1000, after: options.after }
  let ended = false
  const loop = async <T>(name: QueueName, most: number, handle: (batch: readonly QueuedJob<T>[]) => Promise<void>): Promise<void> => {
    if (!jobs.includes(name)) return
    while (!ended && signal?.aborted !== true) {
      try {
        const batch = await queue.take<T>(name, most)
        if (batch.length === 0) {
          await pause(IDLE_MS, signal)
          continue
        }
        try {
          await handle(batch)
          options.progress?.(sum)
        } catch (error) {
          options.say?.(`${name}: ${reasonOf(error)}`)
          await queue.failed(name, batch.map(({ id }) => id), reasonOf(error))
          await pause(FAULT_MS, signal)
        }
      } catch (error) {
        // The database is away; its jobs come back by themselves.
        options.say?.(`${name}: ${reasonOf(error)}`)
        await pause(FAULT_MS, signal)
      }
    }
  }
  const watchEnd = async (): Promise<void> => {
    while (options.drain === true && !ended && signal?.aborted !== true) {
      await pause(IDLE_MS, signal)
      const states = await queue.states().catch(() => null)
      if (states?.every(({ queue: name, waiting, active }) => !jobs.includes(name) || waiting + active === 0) === true) ended = true
    }
  }
  await Promise.all([
    watchEnd(),
    loop<FetchJob>('fetch', FETCH_TOGETHER, (batch) => fetchJobs(parts, batch)),
    ...Array.from({ length: READ_LOOPS }, () => loop<ReadJob>('read', READ_TOGETHER, (batch) => readJobs(parts, batch))),
    loop<JoinJob>('join', JOIN_TOGETHER, (batch) => joinJobs(parts, batch)),
    loop<{ readonly url?: string; readonly document?: { readonly name: string } }>('given-up', READ_TOGETHER, (batch) => noteGivenUp(parts, batch)),
  ])
  return sum
}

interface Parts { readonly record: LastingRecord; readonly queue: Queue; readonly fetcher: Fetcher; readonly sum: WorkerSum; readonly pauseMs: number; readonly after: WorkerOptions['after'] }

const withHints = (document: Document, hints: Hints): Document => ({ ...document, ...hints })

async function fetchJobs(parts: Parts, batch: readonly QueuedJob<FetchJob>[]): Promise<void> {
  await Promise.all(batch.map(async (job) => {
    try {
      await fetchOne(parts, job)
    } catch (error) {
      await parts.queue.failed('fetch', [job.id], reasonOf(error))
    }
  }))
}

/** Fetches one address while no other worker asks its host, and for the pause after that. */
async function fetchOne(parts: Parts, { id, data }: QueuedJob<FetchJob>): Promise<void> {
  const { record: { store }, queue, fetcher, sum } = parts
  const host = URL.canParse(data.url) ? new URL(data.url).host : data.url
  await store.transaction(async (held) => {
    if (!(await lockHost(held, host))) {
      await queue.send('fetch', [data], { startAfter: new Date(fetcher.now().getTime() + HOST_BUSY_MS).toISOString(), tx: held })
      await queue.done('fetch', [id], held)
      return
    }
    const result = await fetcher.page({ url: data.url, listed: data.listed ?? null })
    if (result.kind === 'missing' && result.missing.problem.code === 'claimed') {
      await queue.send('fetch', [data], { startAfter: new Date(fetcher.now().getTime() + HOST_BUSY_MS).toISOString(), tx: held })
    } else if (result.kind === 'missing') {
      await queueDocuments(held, queue, [result.missing])
      if (result.retryAt !== null) await queue.send('fetch', [data], { startAfter: result.retryAt, tx: held })
    } else if (result.kind === 'document') {
      sum.fetched++
      await takeIn(parts, data, result.document, (given) => queueDocuments(held, queue, given), (links) => queue.send('fetch', links, { tx: held }))
    }
    await queue.done('fetch', [id], held)
    await pause(parts.pauseMs)
  })
}

/** What a fetched document is: a page to be read, a list of more addresses, or an archive of pages. */
async function takeIn({ fetcher }: Parts, job: FetchJob, document: Document, put: (documents: readonly Document[]) => Promise<void>, follow: (links: readonly FetchJob[]) => Promise<void>): Promise<void> {
  const base = document.url ?? job.url
  const kind = sniffKind(headOf(document.bytes), base, document.mediaType ?? null)
  if (kind === 'page') return put([withHints(document, job.hints)])
  await fetcher.release(job.url)
  if (isList(kind)) {
    const { links, lists } = await readList(kind satisfies ListKind, decodeText(unpacked(document.bytes, packingOf(document.bytes))), base)
    const next = [...links, ...lists.map((url) => ({ url, listed: null }))]
    if (job.depth < DEPTH) await follow(next.map(({ url, listed = null }) => ({ url, listed, depth: job.depth + 1, hints: job.hints })))
    return
  }
  for await (const given of documentsOf([{ kind: 'bytes', name: base, bytes: document.bytes }], { fetcher, as: kind })) if (!isMissing(given)) await put([withHints(given, job.hints)])
}

async function outcomesOf({ record, sum }: Parts, batch: readonly QueuedJob<ReadJob>[]): Promise<Outcome[]> {
  const found = await Promise.all(batch.map(async ({ data }): Promise<Outcome | null> => {
    if ('missing' in data) return { given: data.missing }
    const page = await getPage(record.store.db, data.page)
    if (page === null) return { given: { name: data.document.name, problem: { stage: 'read', code: 'no-page', message: 'its page is not kept any more' } } }
    const named = nameDocument({ ...data.document, bytes: page.bytes })
    const before = (await getDocuments(record.store.db, [named.id])).get(named.id)
    if (before !== undefined && (before.article !== null || before.run === record.run)) {
      sum.known++
      return null
    }
    return readNamed(record, named)
  }))
  return found.filter((outcome) => outcome !== null)
}

async function readJobs(parts: Parts, batch: readonly QueuedJob<ReadJob>[]): Promise<void> {
  const { record: { store, run }, queue, sum } = parts
  const outcomes = await outcomesOf(parts, batch)
  // What was read is signed off, and queued to be joined, together with it: a kill in between repeats all or nothing.
  const kept = await keepBatch(store, outcomes, { run, after: async (tx, done) => {
    if (done.articles.length > 0) await queue.send('join', [{ articles: done.articles } satisfies JoinJob], { tx })
    await parts.after?.(tx, done)
  } })
  await queue.done('read', batch.map(({ id }) => id))
  sum.added += kept.added
  sum.known += kept.known
  sum.failed += kept.failed
}

async function joinJobs({ record, queue, sum }: Parts, batch: readonly QueuedJob<JoinJob>[]): Promise<void> {
  const articles = [...new Set(batch.flatMap(({ data }) => data.articles))]
  await record.join({ articles, pending: false })
  await queue.done('join', batch.map(({ id }) => id))
  sum.joined += articles.length
}

/** A job that failed time and again is a problem to be looked at. */
async function noteGivenUp({ record: { store }, queue }: Parts, batch: readonly QueuedJob<{ readonly url?: string; readonly document?: { readonly name: string } }>[]): Promise<void> {
  await store.transaction(async (tx) => {
    for (const { data } of batch) {
      const subject = data.url ?? data.document?.name
      if (subject !== undefined) await putProblem(tx, { stage: 'worker', code: 'given-up', message: 'it failed whenever a worker tried it', subject, page: null })
    }
    await queue.done('given-up', batch.map(({ id }) => id), tx)
  })
}
