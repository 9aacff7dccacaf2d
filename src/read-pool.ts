/** Reading on several threads. A page that takes too long costs its thread, not the work: the thread is replaced and the page read by the rule for bare text. */
import { availableParallelism, loadavg } from 'node:os'
import type { Worker } from 'node:worker_threads'
import type { Knowledge } from './knowledge/index.ts'
import { documentReader, type ReadDocument, type ReadTask } from './read-document.ts'
import { createReader } from './reader.ts'
import { startThread } from './thread.ts'

/** The knowledge a thread found broken: no document is to blame. */
export class BrokenKnowledge extends Error {
  override readonly name = 'BrokenKnowledge'
}

export interface ReadPool {
  read(task: ReadTask): Promise<ReadDocument>
  close(): Promise<void>
}

export interface PoolOptions {
  /** What this thread reads with; other threads load the same folder. */
  readonly knowledge: Knowledge
  /** Threads to read on; with 1 the calling thread reads. */
  readonly threads: number
  readonly pageTimeoutMs: number
}

/** Nearly all that reading a document makes is gone with it: with room for many documents the collector finds little to copy. */
const YOUNG_MB = 128
/** Loading the knowledge counts towards the time of a thread's first page. */
const START_MS = 60_000

/** Makes a pool; threads start with the first documents. */
export function createPool(options: PoolOptions): ReadPool {
  if (options.threads <= 1) {
    const reader = createReader({ knowledge: options.knowledge, pageTimeoutMs: options.pageTimeoutMs })
    return {
      read: documentReader(options.knowledge, (page, { fast }) => reader.read(page, fast === undefined ? {} : { fast })),
      close: () => reader.close(),
    }
  }
  const threads = Array.from({ length: options.threads }, () => new ReadThread(options))
  return {
    read(task) {
      const free = threads.reduce((best, thread) => (thread.waiting < best.waiting ? thread : best))
      return free.read(task)
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

interface Job { readonly id: number; task: ReadTask; readonly resolve: (document: ReadDocument) => void; readonly reject: (error: Error) => void }
type Answer = { readonly id: number; readonly started?: true; readonly document?: ReadDocument; readonly error?: string; readonly broken?: boolean }

class ReadThread {
  readonly #options: PoolOptions
  readonly #jobs = new Map<number, Job>()
  #worker: Worker | null = null
  #timer: NodeJS.Timeout | undefined
  #count = 0

  constructor(options: PoolOptions) {
    this.#options = options
  }

  get waiting(): number {
    return this.#jobs.size
  }

  read(task: ReadTask): Promise<ReadDocument> {
    return new Promise((resolve, reject) => {
      const job: Job = { id: ++this.#count, task, resolve, reject }
      this.#jobs.set(job.id, job)
      if (this.#worker) this.#worker.postMessage({ id: job.id, task })
      else this.#start()
    })
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer)
    const worker = this.#worker
    this.#worker = null
    for (const job of this.#jobs.values()) job.reject(new Error('the reader was closed'))
    this.#jobs.clear()
    await worker?.terminate()
  }

  #start(): void {
    const worker = startThread('read-worker', { root: this.#options.knowledge.root }, { youngMb: YOUNG_MB })
    this.#worker = worker
    worker.on('message', (answer: Answer) => this.#take(worker, answer))
    worker.on('error', (error: Error) => this.#lost(worker, error))
    worker.on('exit', () => this.#lost(worker, new Error('the reading thread stopped')))
    for (const { id, task } of this.#jobs.values()) worker.postMessage({ id, task })
    this.#watch(START_MS + this.#options.pageTimeoutMs)
  }

  #take(worker: Worker, answer: Answer): void {
    if (worker !== this.#worker) return
    if (answer.started) {
      this.#watch(this.#options.pageTimeoutMs)
      return
    }
    clearTimeout(this.#timer)
    const job = this.#jobs.get(answer.id)
    this.#jobs.delete(answer.id)
    if (answer.document) job?.resolve(answer.document)
    else job?.reject(answer.broken ? new BrokenKnowledge(answer.error) : new Error(answer.error ?? 'not read'))
  }

  #watch(ms: number): void {
    clearTimeout(this.#timer)
    // Time on the wall says little on a busy machine: the fuller it is, the longer a page may take.
    const busy = Math.max(1, (loadavg()[0] ?? 0) / availableParallelism())
    this.#timer = setTimeout(() => {
      const worker = this.#worker
      if (worker) this.#lost(worker, new Error(`not read within ${this.#options.pageTimeoutMs} ms`))
    }, ms * busy)
  }

  /** The thread is gone with the first job it had: that one is tried once more the short way, the others as they are. */
  #lost(worker: Worker, reason: Error): void {
    if (worker !== this.#worker) return
    clearTimeout(this.#timer)
    this.#worker = null
    void worker.terminate()
    const [first] = this.#jobs.values()
    if (!first) return
    if (first.task.windowOnly === true) {
      this.#jobs.delete(first.id)
      first.reject(reason)
    } else first.task = { ...first.task, windowOnly: true }
    if (this.#jobs.size > 0) this.#start()
  }
}
