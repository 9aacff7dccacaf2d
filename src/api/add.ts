/** Documents given to the desk: pasted, uploaded, or named by address. */
import { createFetcher } from '../ingest/fetcher.ts'
import { documentsOf, type SourceInput } from '../ingest/sources.ts'
import { isMissing } from '../ingest/document.ts'
import type { AddSummary } from '../record.ts'
import { listProblems, type Problem } from '../store/index.ts'
import type { Desk } from './desk.ts'

export interface AddRequest {
  readonly inputs: readonly SourceInput[]
  readonly published?: string
  readonly language?: string
  /** Address the bytes came from. */
  readonly url?: string
  readonly mediaType?: string
}

export interface AddAnswer extends Pick<AddSummary, 'added' | 'known' | 'versions' | 'copies' | 'failed' | 'articles'> {
  /** What was set aside, by the names given. */
  readonly problems: readonly Problem[]
}

export const MOST_BYTES = 20 * 1024 * 1024
const FRESH_MS = 60_000
const PAUSE_MS = 1000

/** Reads them and keeps what they tell; waits until that is done. */
export async function addDocuments(desk: Desk, { inputs, published, language, url, mediaType }: AddRequest): Promise<AddAnswer> {
  const { record } = desk
  const names: string[] = []
  async function* documents() {
    for await (const given of documentsOf(inputs, { fetcher: createFetcher(record.store, { pauseMs: PAUSE_MS, freshMs: FRESH_MS }) })) {
      names.push(given.name)
      yield isMissing(given) ? given : { ...given, ...(url === undefined ? {} : { url }), ...(mediaType === undefined ? {} : { mediaType }) }
    }
  }
  const { added, known, versions, copies, failed, articles } = await record.add(documents(), { ...(published === undefined ? {} : { published }), ...(language === undefined ? {} : { language }) })
  desk.changed()
  const problems = failed === 0 ? [] : (await listProblems(desk.db, { limit: 200 })).items.filter(({ subject }) => names.includes(subject))
  return { added, known, versions, copies, failed, articles, problems }
}
