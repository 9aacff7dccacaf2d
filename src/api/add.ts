/** Documents given to the desk: pasted, uploaded, or named by address. */
import { createFetcher } from '../ingest/fetcher.ts'
import { documentsOf, type SourceInput } from '../ingest/sources.ts'
import { type Document, isMissing } from '../ingest/document.ts'
import { nameDocument } from '../ingest/keep.ts'
import type { AddSummary } from '../record.ts'
import { getDocuments, listProblems, type Problem } from '../store/index.ts'
import { type Note, noteAdded } from './deeds.ts'
import type { Desk } from './desk.ts'

export interface AddRequest {
  readonly inputs: readonly SourceInput[]
  readonly published?: string
  readonly language?: string
  /** Address the bytes came from. */
  readonly url?: string
  readonly mediaType?: string
}

export interface AddAnswer extends Pick<AddSummary, 'added' | 'known' | 'versions' | 'copies' | 'failed' | 'articles' | 'events' | 'unjoined'> {
  /** The articles of documents that were known already, where these were all. */
  readonly there: readonly string[]
  /** What was set aside, by the names given. */
  readonly problems: readonly Problem[]
}

export const MOST_BYTES = 20 * 1024 * 1024
const FRESH_MS = 60_000
const PAUSE_MS = 1000
/** Documents of which it is said which article they are, when they were known. */
const LOOKED_UP = 50

/** What the log calls what was given: its name where it is one. */
const nameOf = ([first, second]: readonly SourceInput[]): string | null => (first === undefined || second !== undefined ? null : first.kind === 'url' ? first.url : first.kind === 'file' ? first.path : first.name)

/** How far the reading is. */
export interface Reading {
  readonly read: number
  /** Documents there are, as far as is known: an archive tells of its own one by one. */
  readonly of: number
  readonly refused: number
}

/** Reads them and keeps what they tell; waits until that is done. `reading` is told of each document as it is read. */
export async function addDocuments(desk: Desk, { inputs, published, language, url, mediaType }: AddRequest, note: Note, reading?: (so: Reading) => void): Promise<AddAnswer> {
  const { record } = desk
  const names: string[] = []
  const read: Document[] = []
  const hints = { ...(published === undefined ? {} : { published }), ...(language === undefined ? {} : { language }) }
  async function* documents() {
    for await (const given of documentsOf(inputs, { fetcher: createFetcher(record.store, { pauseMs: PAUSE_MS, freshMs: FRESH_MS }) })) {
      names.push(given.name)
      if (isMissing(given)) {
        yield given
        continue
      }
      const document = { ...given, ...(url === undefined ? {} : { url }), ...(mediaType === undefined ? {} : { mediaType }) }
      if (read.length < LOOKED_UP) read.push({ ...document, ...hints })
      yield document
    }
  }
  const { added, known, versions, copies, failed, articles, events, unjoined } = await record.add(documents(), { ...hints, after: noteAdded(note, url ?? nameOf(inputs)), ...(reading ? { reading: (so: Omit<Reading, 'of'>) => reading({ ...so, of: Math.max(inputs.length, names.length) }) } : {}) })
  desk.sums.clear()
  const there = articles.length > 0 || known === 0 ? [] : [...(await getDocuments(desk.db, read.map((document) => nameDocument(document).id))).values()].flatMap(({ article }) => article ?? [])
  const problems = failed === 0 ? [] : (await listProblems(desk.db, { limit: 200 })).items.filter(({ subject }) => names.includes(subject))
  return { added, known, versions, copies, failed, articles, events, unjoined, there: [...new Set(there)], problems }
}
