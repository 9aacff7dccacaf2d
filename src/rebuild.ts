/** `rebuild`: reads everything again from the kept pages with today's code and knowledge, joins it anew, and tells what changed. People's judgements are never touched. */
import { isDeepStrictEqual } from 'node:util'
import type { Document } from './ingest/document.ts'
import type { Named, Outcome } from './ingest/keep.ts'
import { tellingsOf } from './ingest/tellings.ts'
import { dissolve } from './joining.ts'
import type { Reading, Report } from './model/index.ts'
import { type LastingRecord, readNamed } from './record.ts'
import {
  advanceJob, countDocuments, deleteArticles, type Db, type DocumentRecord, documentsAfter, edtfDays, ensureMonths, getEntries, getPage, getReading, lostJudgements, monthOf, orphans, putDocuments, putProblem, putReadings, resolveProblems,
  setRun, startJob, storableDeep, StoreError, tidy,
} from './store/index.ts'

export interface RebuildOptions {
  /** All documents, not only those read last by other code or knowledge. */
  readonly all?: boolean
  readonly progress?: (done: number, total: number, changed: number) => void
  readonly signal?: AbortSignal
  /** Told of each article whose reading changed. */
  readonly change?: (change: ArticleChange) => void
}

/** A report in a few words: what tells it from others to the eye. */
export interface ReportBrief { readonly type: string; readonly actors: readonly string[]; readonly recipients: readonly string[]; readonly date: string | null; readonly status: string; readonly quote: string }

export interface ArticleChange {
  readonly document: string
  readonly article: string | null
  /** `read`: reports or anything else read differ; `text`: the story cut out of the page differs; `gained` and `lost`: there is a story now, or none any more. */
  readonly kind: 'read' | 'text' | 'gained' | 'lost'
  readonly added: readonly ReportBrief[]
  readonly removed: readonly ReportBrief[]
  /** Reports of the same id with other fields. */
  readonly changed: readonly { readonly report: string; readonly fields: readonly string[] }[]
}

export interface RebuildSummary {
  readonly done: number
  readonly unchanged: number
  readonly changed: number
  readonly gained: number
  readonly lost: number
  /** Documents whose page is not kept or is damaged; what was read from them stays. */
  readonly unreadable: number
  readonly reports: { readonly added: number; readonly removed: number; readonly changed: number }
  /** Judgements by people on reports that are not told any more; they are kept and count again when the report comes back. */
  readonly waitingJudgements: number
  /** Events made, changed or taken out by it. */
  readonly events: { readonly written: number; readonly gone: number }
  readonly stopped: boolean
}

const BATCH = 32

const briefOf = (report: Report): ReportBrief => ({
  type: report.type, actors: report.actors.map(({ name }) => name), recipients: report.recipients.map(({ name }) => name), date: report.date?.value ?? null, status: report.status, quote: (report.evidence[0]?.text ?? '').slice(0, 200),
})

/** What differs between two readings of one document. */
export function compareReadings(document: string, before: Reading | null, after: Reading | null): ArticleChange | null {
  if (before === null && after === null) return null
  if (before !== null && after !== null && isDeepStrictEqual(before, after)) return null
  const old = new Map((before?.reports ?? []).map((report) => [report.id, report]))
  const now = new Map((after?.reports ?? []).map((report) => [report.id, report]))
  const changed = [...now].flatMap(([id, report]) => {
    const was = old.get(id)
    if (!was) return []
    const fields = (Object.keys(report) as (keyof Report)[]).filter((field) => !isDeepStrictEqual(report[field], was[field]))
    return fields.length > 0 ? [{ report: id, fields }] : []
  })
  const kind = before === null ? 'gained' : after === null ? 'lost' : before.article.text === after.article.text ? 'read' : 'text'
  return { document, article: after?.article.id ?? before?.article.id ?? null, kind, added: [...now.values()].filter(({ id }) => !old.has(id)).map(briefOf), removed: [...old.values()].filter(({ id }) => !now.has(id)).map(briefOf), changed }
}

interface Reread { readonly record: DocumentRecord; readonly outcome: Outcome | null }

async function reread(parts: LastingRecord, record: DocumentRecord): Promise<Reread> {
  if (record.page === null) return { record, outcome: null }
  let bytes: Uint8Array
  try {
    const page = await getPage(parts.store.db, record.page)
    if (!page) return { record, outcome: null }
    bytes = page.bytes
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'corrupt') throw error
    return { record, outcome: null }
  }
  const { name, url, mediaType, charset, language, published, listed, source } = record
  const document: Document = { name, bytes, url, mediaType, charset, language, published, listed, source }
  const named: Named = { document, id: record.id, hash: record.page }
  return { record, outcome: await readNamed(parts, named) }
}

async function write(tx: Db, parts: LastingRecord, items: readonly Reread[], job: string): Promise<(ArticleChange | null)[]> {
  const changes: (ArticleChange | null)[] = []
  for (const { record, outcome } of items) {
    if (outcome === null || !('named' in outcome)) {
      changes.push(null)
      await putDocuments(tx, [{ ...record, run: parts.run }])
      continue
    }
    const before = record.article === null ? null : await getReading(tx, record.article)
    const after = 'read' in outcome ? storableDeep(outcome.read.reading) : null
    const change = compareReadings(record.name, before, after)
    changes.push(change)
    // Events that hold what is read otherwise now are taken apart: their reports wait to be joined, even when this process ends here.
    if (change !== null && before !== null) await dissolve(tx, before.reports.map(({ id }) => id))
    await putDocuments(tx, [{ ...record, article: after?.article.id ?? null, run: parts.run, refused: 'refused' in outcome ? outcome.refused.code : null }])
    if ('refused' in outcome) await putProblem(tx, { ...outcome.refused, subject: record.name, page: record.page })
    else if (record.article === null) await resolveProblems(tx, record.name)
    if (after !== null && change === null) await setRun(tx, after.article.id, parts.run)
    else if (after !== null && 'read' in outcome) {
      const same = record.article === after.article.id
      const telling = record.article === null ? undefined : (await getEntries(tx, [record.article])).get(record.article)?.telling
      const [found] = same ? [] : await tellingsOf(tx, [outcome.read])
      await putReadings(tx, [{ reading: after, search: outcome.read.search, page: record.page, source: record.source, ...(found ? { telling: telling ?? found.telling, bands: found.bands } : {}) }], { run: parts.run, replace: true })
    }
    if (record.article !== null && record.article !== after?.article.id) await deleteArticles(tx, await orphans(tx, [record.article]))
  }
  await advanceJob(tx, job, { done: items.length, cursor: items.at(-1)?.record.id })
  return changes
}

/** Reads documents again, in order of their ids; killed and run again it goes on where it was. */
export async function rebuild(parts: LastingRecord, options: RebuildOptions = {}): Promise<RebuildSummary> {
  const { store } = parts
  const other = options.all === true ? null : parts.run
  const total = await countDocuments(store.db, other)
  const job = await startJob(store.db, 'rebuild', { run: parts.run, all: options.all === true }, total)
  const sum = { done: 0, unchanged: 0, changed: 0, gained: 0, lost: 0, unreadable: 0, reports: { added: 0, removed: 0, changed: 0 }, events: { written: 0, gone: 0 } }
  let after = typeof job.cursor === 'string' && options.all === true ? job.cursor : ''
  while (options.signal?.aborted !== true) {
    const records = await documentsAfter(store.db, after, BATCH, other)
    if (records.length === 0) break
    after = records.at(-1)?.id ?? after
    const items = await Promise.all(records.map((record) => reread(parts, record)))
    await ensureMonths(store.db, items.flatMap(({ outcome }) => (outcome && 'read' in outcome ? [monthOf(edtfDays(outcome.read.reading.article.published)?.first ?? null)] : [])))
    const changes = await store.transaction((tx) => write(tx, parts, items, job.id))
    changes.forEach((change, at) => {
      sum.done++
      if (items[at]?.outcome === null) sum.unreadable++
      else if (change === null) sum.unchanged++
      else {
        if (change.kind === 'gained') sum.gained++
        else if (change.kind === 'lost') sum.lost++
        else sum.changed++
        sum.reports.added += change.added.length
        sum.reports.removed += change.removed.length
        sum.reports.changed += change.changed.length
        options.change?.(change)
      }
    })
    // All that was read again, changed or not: the rules of joining may be others too.
    const joined = await parts.join({ pending: false, articles: items.flatMap(({ record, outcome }) => (outcome && 'read' in outcome ? [outcome.read.reading.article.id] : (record.article ?? []))) })
    sum.events.written += joined.events
    sum.events.gone += joined.gone
    options.progress?.(sum.done, total, sum.changed + sum.gained + sum.lost)
  }
  const stopped = options.signal?.aborted === true
  if (!stopped) {
    const joined = await parts.join({ pending: true })
    sum.events.written += joined.events
    sum.events.gone += joined.gone
  }
  await advanceJob(store.db, job.id, { state: stopped ? 'stopped' : 'done' })
  if (sum.done > 2000) await tidy(store)
  return { ...sum, waitingJudgements: await lostJudgements(store.db), stopped }
}
