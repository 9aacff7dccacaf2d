/** `record`: documents into the lasting record. Reading is pure and may run on several threads; what it gives is kept in their order. */
import { availableParallelism } from 'node:os'
import { type Document, type Given, isMissing, reasonOf } from './ingest/document.ts'
import { createKeeper, type Kept, keepBatch, nameDocument, type Named, type Outcome, outcomeOf, sumKept } from './ingest/keep.ts'
import { createJoiner, type Joiner } from './joiner.ts'
import { joinRecord, type JoinOptions, type JoinSummary } from './joining.ts'
import type { Shelf } from './joining-load.ts'
import { type Knowledge, loadKnowledge } from './knowledge/index.ts'
import { KnowledgeError } from './knowledge/tables.ts'
import type { Article, Reading } from './model/index.ts'
import { BrokenKnowledge, createPool, type ReadPool } from './read-pool.ts'
import { PACKAGE_ROOT } from './reader.ts'
import { advanceJob, type Db, getDocuments, openStore, putRun, startJob, type Store, type StoreOptions, tidy } from './store/index.ts'
import { codeVersion, knowledgeVersion } from './version.ts'
import { createVoiceOf } from './voices.ts'

export type RecordOptions = StoreOptions & {
  /** Folder that holds the knowledge; the package's own when left out. */
  readonly root?: string
  /** Threads to read on; as many as the machine has processors unless said. With 1 this thread reads. */
  readonly threads?: number
  /** One extractor instead of two for HTML pages. */
  readonly fast?: boolean
  /** Milliseconds a page may take on a machine that is not busy; 30,000 unless said. */
  readonly pageTimeoutMs?: number
  /** A record whose knowledge and reading threads this one uses; it must be closed after this one. */
  readonly beside?: LastingRecord
  /** Whether what is added is joined into events at once; `join` does it later otherwise. */
  readonly join?: boolean
}

export interface AddProgress {
  /** Documents dealt with since this call, those known before included. */
  readonly done: number
  readonly added: number
  readonly known: number
  readonly failed: number
}

export interface AddOptions {
  /** What is being added, so that people see how far it is: any value that names it. */
  readonly job?: { readonly kind: string; readonly spec: unknown; readonly total?: number | null }
  readonly progress?: (progress: AddProgress) => void
  /** Told of each document that has been read and is not kept yet; `refused` are those that will be set aside. */
  readonly reading?: (so: { readonly read: number; readonly refused: number }) => void
  /** Stops after the documents under way; adding the same again goes on from there. */
  readonly signal?: AbortSignal
  /** Day of publication for pages whose own is unknown or wrong; overrides the page. */
  readonly published?: string
  readonly language?: string
  readonly source?: string
  /** Done in the transaction that keeps some of them, with what became of these. */
  readonly after?: (tx: Db, kept: Kept) => Promise<void>
}

export interface AddSummary extends Kept {
  readonly stopped: boolean
  /** Documents in all. */
  readonly done: number
  /** Events made or changed, by what others brought at the same time too. */
  readonly events: number
  /** Why what was added could not be joined; it is kept, and joined by the next run. */
  readonly unjoined: string | null
}

export interface LastingRecord {
  readonly store: Store
  readonly knowledge: Knowledge
  /** Id of the run: this code with this knowledge. */
  readonly run: string
  readonly pool: ReadPool
  readonly fast: boolean
  /** Whose voice an article is. */
  readonly voiceOf: (article: Article) => string | null
  /** Joins reports that are in no event yet, and those of the articles named. Doing it again changes nothing. */
  join(options?: JoinOptions): Promise<JoinSummary>
  /** Reads documents and keeps what they tell. The same document again changes nothing; a bad one is set aside and never stops the rest. */
  add(documents: AsyncIterable<Given> | Iterable<Given>, options?: AddOptions): Promise<AddSummary>
  close(): Promise<void>
}

/** Documents read and kept together. */
const BATCH = 48
/** Bytes after which a batch is full all the same. */
const BATCH_BYTES = 8_000_000
/** Batches being read while one is kept and joined. */
const AHEAD = 3
/** After so many new articles the planner's figures are brought up to date. */
const TIDY_AFTER = 2000
/** After so many new articles they are joined: events are there while much comes in, what was read is still at hand, and nobody waits long for a batch. */
const JOIN_AFTER = 2 * BATCH

/** Opens a record in a folder, or in a PostgreSQL database by its address. Throws StoreError or KnowledgeError. */
export async function openRecord(options: RecordOptions): Promise<LastingRecord> {
  const { root = PACKAGE_ROOT, threads = availableParallelism(), fast = false, pageTimeoutMs = 30_000, join = true, beside, ...place } = options
  const knowledge = beside?.knowledge ?? loadKnowledge(root)
  const store = await openStore(place)
  const pool = beside?.pool ?? createPool({ knowledge, threads, pageTimeoutMs })
  const closePool = (): Promise<void> => (beside ? Promise.resolve() : pool.close())
  try {
    const run = await putRun(store.db, { code: codeVersion(), knowledge: knowledgeVersion(root) })
    const voiceOf = createVoiceOf(knowledge)
    const shelf: Shelf = new Map()
    const record = { store, knowledge, run, pool, fast, voiceOf, join: (more?: JoinOptions): Promise<JoinSummary> => joinRecord(store, voiceOf, { shelf, ...more }) }
    const joiner = join ? createJoiner(run, record.join) : null
    const parts: Parts = { ...record, keep: createKeeper(store, run) }
    return {
      ...record,
      add: (documents, more = {}) => add(parts, joiner, documents, more),
      async close() {
        await closePool()
        await store.close()
      },
    }
  } catch (error) {
    await closePool()
    await store.close()
    throw error
  }
}

interface Parts extends Omit<LastingRecord, 'add' | 'close'> { readonly keep: ReturnType<typeof createKeeper> }

/** Reads one named document; whatever goes wrong is an outcome of its own. */
export async function readNamed({ pool, fast }: Pick<Parts, 'pool' | 'fast'>, named: Named): Promise<Outcome> {
  const { bytes, url = null, mediaType = null, charset = null, language = null, published = null, listed = null } = named.document
  try {
    return outcomeOf(named, await pool.read({ page: { bytes, url, mediaType, charset, language, published }, listed, fast }))
  } catch (error) {
    if (error instanceof KnowledgeError || error instanceof BrokenKnowledge) throw error
    return { named, refused: { stage: 'read', code: 'read-failed', message: reasonOf(error) } }
  }
}

interface Batch { readonly outcomes: Promise<readonly Outcome[]>; readonly again: readonly Document[]; readonly skipped: number }

async function startBatch(parts: Parts, given: readonly Given[], read: (outcome: Outcome | null) => void): Promise<Batch> {
  const named = given.map((item) => (isMissing(item) ? item : nameDocument(item)))
  const there = await getDocuments(parts.store.db, named.flatMap((item) => ('id' in item ? [item.id] : [])))
  const fresh = named.filter((item) => {
    const before = 'id' in item ? there.get(item.id) : undefined
    // What was refused by other code or knowledge is tried again.
    return before === undefined || (before.article === null && before.run !== parts.run)
  })
  for (let known = given.length - fresh.length; known > 0; known--) read(null)
  // Awaited when its turn comes; a failure meanwhile must not end the process.
  const outcomes = Promise.all(fresh.map(async (item): Promise<Outcome> => {
    const outcome = 'id' in item ? await readNamed(parts, item) : { given: item }
    read(outcome)
    return outcome
  }))
  outcomes.catch(() => undefined)
  const reading = new Set(fresh)
  const again = named.flatMap((item) => ('document' in item && !reading.has(item) && item.document.address ? [item.document] : []))
  return { outcomes, again, skipped: given.length - fresh.length }
}

async function* inBatches(documents: AsyncIterable<Given> | Iterable<Given>, signal: AbortSignal | undefined): AsyncGenerator<Given[]> {
  let batch: Given[] = []
  let bytes = 0
  for await (const given of documents) {
    if (signal?.aborted) break
    batch.push(given)
    bytes += isMissing(given) ? 0 : given.bytes.length
    if (batch.length < BATCH && bytes < BATCH_BYTES) continue
    yield batch
    batch = []
    bytes = 0
  }
  if (batch.length > 0) yield batch
}

function withHints(given: Given, { published, language, source }: AddOptions): Given {
  if (isMissing(given)) return given
  const hints: Pick<Document, 'published' | 'language' | 'source'> = { ...(published === undefined ? {} : { published }), ...(language === undefined ? {} : { language }), ...(source === undefined ? {} : { source }) }
  return { ...given, ...hints }
}

async function add(parts: Parts, joiner: Joiner | null, documents: AsyncIterable<Given> | Iterable<Given>, options: AddOptions): Promise<AddSummary> {
  const { store } = parts
  const job = options.job ? (await startJob(store.db, options.job.kind, options.job.spec, options.job.total ?? null)).id : null
  let sum: Kept = { added: 0, known: 0, versions: 0, copies: 0, failed: 0, articles: [] }
  let done = 0
  const waiting: Batch[] = []
  const so = { read: 0, refused: 0 }
  const read = (outcome: Outcome | null): void => {
    so.read++
    if (outcome !== null && !('read' in outcome)) so.refused++
    options.reading?.({ ...so })
  }
  let unjoined: string | null = null
  let events = 0
  let fresh = new Map<string, Reading>()
  const join = async (work: (joiner: Joiner) => Promise<number>): Promise<boolean> => {
    try {
      if (joiner) events += await work(joiner)
      return true
    } catch (error) {
      // The documents are kept: what is in no event is found and joined by the next run.
      unjoined = reasonOf(error)
      joiner?.forget()
      return false
    }
  }
  const joinFresh = async (): Promise<void> => {
    const readings = fresh
    fresh = new Map()
    await join((joiner) => joiner.fresh(readings))
  }
  const keepFirst = async (): Promise<void> => {
    const batch = waiting.shift()
    if (!batch) return
    const outcomes = await batch.outcomes
    const kept = job === null && !options.after
      ? await parts.keep({ outcomes, again: batch.again })
      : await keepBatch(store, outcomes, { run: parts.run, job, skipped: batch.skipped, again: batch.again, ...(options.after ? { after: options.after } : {}) })
    sum = sumKept(sum, { ...kept, known: kept.known + batch.skipped })
    done += outcomes.length + batch.skipped
    const added = new Set(kept.articles)
    for (const outcome of outcomes) if ('read' in outcome && added.has(outcome.read.reading.article.id)) fresh.set(outcome.read.reading.article.id, outcome.read.reading)
    if (fresh.size >= JOIN_AFTER) await joinFresh()
    options.progress?.({ done, added: sum.added, known: sum.known, failed: sum.failed })
  }
  try {
    for await (const batch of inBatches(documents, options.signal)) {
      waiting.push(await startBatch(parts, batch.map((given) => withHints(given, options)), read))
      while (waiting.length > AHEAD) await keepFirst()
    }
    while (waiting.length > 0) await keepFirst()
  } catch (error) {
    if (job) await advanceJob(store.db, job, { state: 'failed' }).catch(() => undefined)
    throw error
  }
  const aborted = (): boolean => options.signal?.aborted === true
  const stopped = aborted()
  if (stopped) joiner?.forget()
  else {
    if (fresh.size > 0) await joinFresh()
    if (await join((joiner) => joiner.left(options.signal)) && !aborted()) unjoined = null
  }
  if (job) await advanceJob(store.db, job, { state: stopped ? 'stopped' : 'done' })
  if (sum.added >= TIDY_AFTER) await tidy(store)
  return { ...sum, stopped, done, events, unjoined }
}
