/** Documents into the queue instead of into the record at once: their pages are kept, and workers read them. */
import { type Db, getDocuments, putPage, type Queue, type Store } from '../store/index.ts'
import { type Document, type Given, isMissing, type Missing } from './document.ts'
import { nameDocument } from './keep.ts'

/** An address for a worker to fetch. */
export interface FetchJob {
  readonly url: string
  readonly listed?: string | null
  /** How many lists led here; an address in a list may be a list too, not without end. */
  readonly depth: number
  readonly hints: Hints
}

/** What is known of documents before they are read, surer than what they say. */
export interface Hints { readonly published?: string; readonly language?: string; readonly source?: string }

/** A document whose bytes are a kept page, or one that could not be had. */
export type ReadJob = { readonly page: string; readonly document: Omit<Document, 'bytes'> } | { readonly missing: Missing }

/** Articles to be joined. */
export interface JoinJob { readonly articles: readonly string[] }

/** Documents kept for reading together. */
const TOGETHER = 48

/** Keeps the pages of documents and queues them to be read, in the transaction given. */
export async function queueDocuments(tx: Db, queue: Queue, documents: readonly Given[]): Promise<void> {
  const jobs: ReadJob[] = []
  for (const given of documents) {
    if (isMissing(given)) {
      jobs.push({ missing: given })
      continue
    }
    const { bytes, ...document } = given
    jobs.push({ page: await putPage(tx, { bytes, mediaType: document.mediaType ?? null, charset: document.charset ?? null }), document })
  }
  await queue.send('read', jobs, { tx })
}

export interface Queued { readonly queued: number; readonly known: number }

/** Queues a stream of documents. What the record has read already with this code and knowledge is left out. */
export async function enqueue(store: Store, queue: Queue, run: string, documents: AsyncIterable<Given>, options: { readonly signal?: AbortSignal; readonly progress?: (sum: Queued) => void } = {}): Promise<Queued> {
  const sum = { queued: 0, known: 0 }
  const flush = async (batch: readonly Given[]): Promise<void> => {
    const named = batch.map((given) => (isMissing(given) ? null : nameDocument(given)))
    const there = await getDocuments(store.db, named.flatMap((item) => item?.id ?? []))
    const fresh = batch.filter((_, at) => {
      const before = there.get(named[at]?.id ?? '')
      return before === undefined || (before.article === null && before.run !== run)
    })
    await store.transaction((tx) => queueDocuments(tx, queue, fresh))
    sum.queued += fresh.length
    sum.known += batch.length - fresh.length
    options.progress?.(sum)
  }
  let batch: Given[] = []
  for await (const given of documents) {
    if (options.signal?.aborted) break
    batch.push(given)
    if (batch.length < TOGETHER) continue
    await flush(batch)
    batch = []
  }
  if (batch.length > 0) await flush(batch)
  return sum
}
