/** Bulk coding on several threads: batches go out as threads are free, answers come back in the order of the jobs. */
import type { Worker } from 'node:worker_threads'
import { codeJob, type CodeJob } from './code.ts'
import { loadKnowledge } from './knowledge/index.ts'
import { startThread } from './thread.ts'

const BATCH = 64
/** Batches that may be on their way per thread: enough to keep it busy, few enough to keep memory small. */
const AHEAD = 3

/** Codes jobs in order. One thread is this one; more are started as asked. Yields one line of JSON a job. */
export async function* codeAll(jobs: AsyncIterable<CodeJob>, root: string, threads: number): AsyncGenerator<string> {
  if (threads <= 1) {
    const knowledge = loadKnowledge(root)
    for await (const job of jobs) yield await codeJob(job, knowledge)
    return
  }
  const workers = Array.from({ length: threads }, () => new CodeThread(root))
  try {
    const waiting: Promise<readonly string[]>[] = []
    let next = 0
    for await (const batch of batches(jobs)) {
      const worker = workers[next % workers.length] as CodeThread
      next++
      waiting.push(worker.code(batch))
      if (waiting.length >= threads * AHEAD) yield* (await waiting.shift()) ?? []
    }
    for (const answer of waiting) yield* await answer
  } finally {
    await Promise.all(workers.map((worker) => worker.close()))
  }
}

async function* batches(jobs: AsyncIterable<CodeJob>): AsyncGenerator<CodeJob[]> {
  let batch: CodeJob[] = []
  for await (const job of jobs) {
    batch.push(job)
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

interface Waiting { readonly resolve: (lines: readonly string[]) => void; readonly reject: (error: Error) => void }

class CodeThread {
  readonly #worker: Worker
  readonly #waiting = new Map<number, Waiting>()
  #count = 0

  constructor(root: string) {
    this.#worker = startThread('code-worker', { root })
    this.#worker.on('message', ({ id, lines }: { id: number; lines: readonly string[] }) => {
      this.#waiting.get(id)?.resolve(lines)
      this.#waiting.delete(id)
    })
    const fail = (error: Error): void => {
      for (const { reject } of this.#waiting.values()) reject(error)
      this.#waiting.clear()
    }
    this.#worker.on('error', fail)
    this.#worker.on('exit', (code) => fail(new Error(`a coding thread stopped with code ${code}`)))
  }

  code(jobs: readonly CodeJob[]): Promise<readonly string[]> {
    const id = ++this.#count
    const answer = new Promise<readonly string[]>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject })
      this.#worker.postMessage({ id, jobs })
    })
    // A thread that dies rejects all it had; the one that is waited for tells.
    answer.catch(() => undefined)
    return answer
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
