/** Reads pages in a worker that is stopped when a page takes too long; the extractors are synchronous and cannot be stopped otherwise. */
import type { Worker } from 'node:worker_threads'
import type { PageKnowledge } from './knowledge/page.ts'
import type { PageInput } from './model/index.ts'
import { type PageOptions, type PageReading, readPage } from './page/page.ts'
import { startThread } from './thread.ts'

export interface GuardOptions extends PageOptions {
  /** Milliseconds a page may take; 10,000 unless said otherwise. */
  readonly timeoutMs?: number
}

interface Job { readonly id: number; readonly resolve: (reading: PageReading | null) => void }

/** One worker for one set of knowledge; started at the first page and again after it was stopped. */
export class PageGuard {
  readonly #knowledge: PageKnowledge
  #worker: Worker | null = null
  #job: Job | null = null
  #count = 0
  #last: Promise<unknown> = Promise.resolve()

  constructor(knowledge: PageKnowledge) {
    this.#knowledge = knowledge
  }

  /** Reads one page; pages wait for one another. When the time is up the story is cut out by the rule for bare text, with a notice. */
  read(input: PageInput, options: GuardOptions = {}): Promise<PageReading> {
    const run = this.#last.then(() => this.#read(input, options))
    this.#last = run.catch(() => undefined)
    return run
  }

  /** Stops the worker. The guard can be used again. */
  async close(): Promise<void> {
    const worker = this.#worker
    this.#worker = null
    await worker?.terminate()
  }

  async #read(input: PageInput, { timeoutMs = 10_000, ...options }: GuardOptions): Promise<PageReading> {
    const worker = this.#worker ?? this.#start()
    const id = ++this.#count
    let timer: NodeJS.Timeout | undefined
    worker.ref()
    const reading = await new Promise<PageReading | null>((resolve) => {
      this.#job = { id, resolve }
      timer = setTimeout(() => resolve(null), timeoutMs)
      worker.postMessage({ id, input, options })
    })
    clearTimeout(timer)
    this.#job = null
    if (reading) {
      worker.unref()
      return reading
    }
    await this.close()
    const rest = await readPage(input, this.#knowledge, { ...options, windowOnly: true })
    return { ...rest, notices: [...rest.notices, { code: 'page-timeout', stage: 'page', message: `the page was not taken apart within ${timeoutMs} ms; its story is cut out by the rule for bare text` }] }
  }

  #start(): Worker {
    const worker = startThread('guard-worker', this.#knowledge)
    const gone = (): void => {
      if (this.#worker === worker) this.#worker = null
      this.#job?.resolve(null)
    }
    worker.on('message', ({ id, reading }: { id: number; reading: PageReading | null }) => {
      if (this.#job?.id === id) this.#job.resolve(reading)
    })
    worker.on('error', gone)
    worker.on('exit', gone)
    this.#worker = worker
    return worker
  }
}

const guards = new WeakMap<PageKnowledge, PageGuard>()

/** Reads one page under guard: never longer than the time allowed plus one pass over the page. */
export async function readPageGuarded(input: PageInput, knowledge: PageKnowledge, options: GuardOptions = {}): Promise<PageReading> {
  let guard = guards.get(knowledge)
  if (!guard) {
    guard = new PageGuard(knowledge)
    guards.set(knowledge, guard)
  }
  return guard.read(input, options)
}
