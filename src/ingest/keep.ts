/** Documents with their readings into the store: all that comes of a batch in one transaction, so that a kill at any moment loses and repeats nothing. */
import type { ReadDocument } from '../read-document.ts'
import {
  advanceJob, articlesOfAddresses, type Db, documentId, type DocumentRecord, edtfDays, ensureMonths, lockKeys, monthOf, noteAddress, openSubjects, pageHash, putDocuments, putPage, putProblem, putReadings, type PutReading, resolveProblems,
  type Store, StoreError,
} from '../store/index.ts'
import { createGatherer } from '../gather.ts'
import { type Document, type Missing, reasonOf } from './document.ts'
import { type Telling, tellingsOf } from './tellings.ts'

/** A document with its name in the record. */
export interface Named { readonly document: Document; readonly id: string; readonly hash: string }

/** What reading a document gave. */
export type Outcome =
  | { readonly named: Named; readonly read: ReadDocument }
  | { readonly named: Named; readonly refused: { readonly stage: string; readonly code: string; readonly message: string } }
  | { readonly given: Missing }

/** What became of a batch. */
export interface Kept {
  readonly added: number
  /** Read to an article that was there already. */
  readonly known: number
  /** New texts at an address that had another. */
  readonly versions: number
  /** Near copies of a text in the record. */
  readonly copies: number
  readonly failed: number
  readonly articles: readonly string[]
}

export interface KeepOptions {
  readonly run: string
  readonly job?: string | null
  /** Counted towards the job besides those kept: documents that were known before reading. */
  readonly skipped?: number
  /** Documents known before reading whose addresses were fetched again. */
  readonly again?: readonly Document[]
  readonly now?: Date
  /** Done in the same transaction, when all is written. */
  readonly after?: (tx: Db, kept: Kept) => Promise<void>
}

/** Near copies are found among what is there: two processes that keep copies of one text at once take turns. */
const GATE = 'tellings'

/** Names a document by its bytes and what is known of it. */
export function nameDocument(document: Document): Named {
  const hash = pageHash(document.bytes)
  const { url = null, mediaType = null, charset = null, language = null, published = null, listed = null } = document
  return { document, hash, id: documentId(hash, { url, mediaType, charset, language, published, listed }) }
}

/** Judges a reading: an article without text is set aside, with the reason the page stage gave. */
export function outcomeOf(named: Named, read: ReadDocument): Outcome {
  const { reading } = read
  if (reading.article.text !== '') return { named, read }
  const notice = reading.notices.find(({ stage }) => stage === 'page') ?? reading.notices[0]
  return { named, refused: { stage: notice?.stage ?? 'page', code: notice?.code ?? 'no-story', message: notice?.message ?? 'no story was found in the input' } }
}

/** Files that are no text are not kept: they stand where they stood. */
const NOT_KEPT = new Set(['not-text', 'empty'])

function recordOf({ document, id, hash }: Named, run: string, article: string | null, refused: string | null): DocumentRecord {
  const { name, url = null, mediaType = null, charset = null, language = null, published = null, listed = null, source = null } = document
  return { id, page: refused !== null && NOT_KEPT.has(refused) ? null : hash, name, url, mediaType, charset, language, published, listed, source, article, run, refused }
}

function putOf({ document }: Named, { reading, search }: ReadDocument, telling: Telling | undefined): PutReading {
  return {
    reading, search, page: { bytes: document.bytes, mediaType: document.mediaType ?? null, charset: document.charset ?? null }, source: document.source ?? null,
    ...(document.fetched ? { fetched: document.fetched } : {}), ...(telling ? { telling: telling.telling, bands: telling.bands } : {}),
  }
}

const NOTHING: Kept = { added: 0, known: 0, versions: 0, copies: 0, failed: 0, articles: [] }

export const sumKept = (a: Kept, b: Kept): Kept => ({
  added: a.added + b.added, known: a.known + b.known, versions: a.versions + b.versions, copies: a.copies + b.copies, failed: a.failed + b.failed, articles: [...a.articles, ...b.articles],
})

/** Writes all that came of a batch. Gives what became of each, in their order. */
async function write(tx: Db, outcomes: readonly Outcome[], options: KeepOptions): Promise<Kept[]> {
  const now = options.now ?? new Date()
  const read = outcomes.flatMap((outcome) => ('read' in outcome ? [outcome] : []))
  if (read.length > 0) await lockKeys(tx, [GATE])
  const tellings = await tellingsOf(tx, read.map(({ read: document }) => document))
  const addresses = await articlesOfAddresses(tx, read.flatMap(({ read: { reading } }) => reading.article.url ?? []))
  const results = await putReadings(tx, read.map(({ named, read: document }, at) => putOf(named, document, tellings[at])), { run: options.run, now })
  const seen = new Map([...addresses].map(([address, ids]) => [address, new Set(ids)]))
  const became = new Map<Outcome, Kept>(read.map((outcome, at) => {
    const { article } = outcome.read.reading
    if (results[at]?.state !== 'new') return [outcome, { ...NOTHING, known: 1 }]
    const there = article.url === null ? new Set<string>() : (seen.get(article.url) ?? new Set())
    const kept: Kept = { ...NOTHING, added: 1, versions: there.size > 0 ? 1 : 0, copies: (tellings[at]?.of ?? null) === null ? 0 : 1, articles: [article.id] }
    if (article.url !== null) seen.set(article.url, there.add(article.id))
    return [outcome, kept]
  }))
  const refused = outcomes.flatMap((outcome) => ('refused' in outcome ? [outcome] : []))
  await putDocuments(tx, [
    ...read.map(({ named, read: { reading } }) => recordOf(named, options.run, reading.article.id, null)),
    ...refused.map(({ named, refused: { code } }) => recordOf(named, options.run, null, code)),
  ], now)
  await putRefusedPages(tx, refused, now)
  for (const { named, refused: problem } of refused) await putProblem(tx, { ...problem, subject: named.document.name, page: NOT_KEPT.has(problem.code) ? null : named.hash }, now)
  for (const outcome of outcomes) {
    if (!('given' in outcome)) continue
    await putProblem(tx, { ...outcome.given.problem, subject: outcome.given.name }, now)
  }
  for (const subject of await openSubjects(tx, read.map(({ named }) => named.document.name))) await resolveProblems(tx, subject, now)
  for (const document of [...outcomes.flatMap((outcome) => ('named' in outcome ? [outcome.named.document] : [])), ...(options.again ?? [])]) {
    const { address } = document
    if (address) await noteAddress(tx, address.url, { status: address.status, etag: address.etag, lastModified: address.lastModified, nextDue: address.nextDue ?? null, ok: true }, now)
  }
  const kept = outcomes.map((outcome) => became.get(outcome) ?? { ...NOTHING, failed: 1 })
  const sum = kept.reduce(sumKept, NOTHING)
  if (options.job) await advanceJob(tx, options.job, { done: outcomes.length + (options.skipped ?? 0), failed: sum.failed }, now)
  await options.after?.(tx, sum)
  return kept
}

async function putRefusedPages(tx: Db, refused: readonly { readonly named: Named; readonly refused: { readonly code: string } }[], now: Date): Promise<void> {
  for (const { named: { document }, refused: { code } } of refused) if (!NOT_KEPT.has(code)) await putPage(tx, { bytes: document.bytes, mediaType: document.mediaType ?? null, charset: document.charset ?? null }, now)
}

/** Keeps a batch. A document that the store cannot hold is set aside alone. Gives what became of each, in their order. */
async function keepEach(store: Store, outcomes: readonly Outcome[], options: KeepOptions): Promise<Kept[]> {
  await ensureMonths(store.db, outcomes.flatMap((outcome) => ('read' in outcome ? [monthOf(edtfDays(outcome.read.reading.article.published)?.first ?? null)] : [])))
  try {
    return await store.transaction((tx) => write(tx, outcomes, options), GATE)
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'bad-row') throw error
    const [only] = outcomes
    if (outcomes.length === 1 && only) {
      if (!('read' in only)) throw error
      return keepEach(store, [{ named: only.named, refused: { stage: 'store', code: error.code, message: reasonOf(error) } }], options)
    }
  }
  const kept: Kept[] = []
  const { skipped = 0, again = [], ...each } = options
  for (const [at, outcome] of outcomes.entries()) kept.push(...(await keepEach(store, [outcome], at === 0 ? { ...each, skipped, again } : each)))
  return kept
}

/** Keeps a batch. A document that the store cannot hold is set aside alone. */
export async function keepBatch(store: Store, outcomes: readonly Outcome[], options: KeepOptions): Promise<Kept> {
  return outcomes.length === 0 && !options.skipped ? NOTHING : (await keepEach(store, outcomes, options)).reduce(sumKept, NOTHING)
}

/** What one caller wants kept that counts towards no job. */
export type Keep = Pick<KeepOptions, 'again'> & { readonly outcomes: readonly Outcome[] }

/** Keeps what several callers bring at once in one transaction, and tells each what became of its own. */
export function createKeeper(store: Store, run: string): (asked: Keep) => Promise<Kept> {
  const keep = createGatherer(async (asked: readonly Keep[]) => {
    const kept = await keepEach(store, asked.flatMap(({ outcomes }) => outcomes), { run, again: asked.flatMap(({ again = [] }) => again) })
    const whose = asked.flatMap((one) => one.outcomes.map(() => one))
    const sums = new Map<Keep, Kept>()
    for (const [at, one] of whose.entries()) sums.set(one, sumKept(sums.get(one) ?? NOTHING, kept[at] ?? NOTHING))
    return sums
  })
  return async (asked) => (asked.outcomes.length === 0 ? NOTHING : ((await keep(asked)).get(asked) ?? NOTHING))
}
