import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '../../src/ingest/document.ts'
import { PACKAGE_ROOT } from '../../src/reader.ts'
import { type ArticleChange, rebuild } from '../../src/rebuild.ts'
import { openRecord } from '../../src/record.ts'
import { appendJudgements, getReading, listJudgements, listReports, listRuns, storeStats } from '../../src/store/index.ts'
import { engines, type TestStore } from '../store/engines.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const CALL = 'Russian President Vladimir Putin held a telephone call with Chinese President Xi Jinping on Thursday, the Kremlin said.'
const MEETING = 'French President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Monday, the French government said in a statement.'
const documents: Document[] = [
  { name: 'call', bytes: utf8(CALL), mediaType: 'text/plain', published: '2024-02-08', url: 'https://a.example/1' },
  { name: 'meeting', bytes: utf8(MEETING), mediaType: 'text/plain', published: '2024-09-02' },
  { name: 'empty', bytes: utf8('<html></html>'), mediaType: 'text/html' },
]

/** The knowledge without the wordings of telephone calls in English. */
function poorer(): string {
  const root = mkdtempSync(join(tmpdir(), 'readout-root-'))
  for (const folder of ['languages', 'ontology', 'gazetteer']) cpSync(join(PACKAGE_ROOT, folder), join(root, folder), { recursive: true })
  const file = join(root, 'languages/en/concepts.tsv')
  const all = readFileSync(file, 'utf8').split('\n')
  const kept = all.filter((line) => !/phone|\bcall\b/iu.test(line))
  if (kept.length === all.length) throw new Error('there is no such wording')
  writeFileSync(file, kept.join('\n'))
  return root
}

describe.each(await engines())('rebuilding the record on the $name engine', ({ fresh }) => {
  let made: TestStore
  let root: string
  beforeAll(async () => {
    made = await fresh()
    await made.store.close()
    root = poorer()
  }, 60_000)
  afterAll(async () => {
    rmSync(root, { recursive: true, force: true })
    if ('dir' in made.options) rmSync(made.options.dir, { recursive: true, force: true })
    else await made.drop()
  }, 60_000)

  it('changes what other knowledge reads otherwise, nothing else, and keeps judgements', async () => {
    const first = await openRecord({ ...made.options, threads: 1, root })
    await first.add(documents)
    expect((await listReports(first.store.db, { pair: ['RUS', 'CHN'] })).items.filter(({ report }) => report.type === 'CONSULT')).toEqual([])
    const [meeting] = (await listReports(first.store.db, { pair: ['FRA', 'DEU'] })).items
    if (!meeting) throw new Error('no report')
    await appendJudgements(first.store.db, [{ kind: 'confirm', report: meeting.report.id, by: { kind: 'person', name: 'Ana' }, why: 'seen' }, { kind: 'reject', report: 'gone', by: { kind: 'person', name: 'Ana' }, why: 'not there' }])
    const before = await getReading(first.store.db, meeting.article.id)
    expect(await rebuild(first)).toMatchObject({ done: 0 })
    await first.close()

    const second = await openRecord({ ...made.options, threads: 1 })
    const { db } = second.store
    expect(second.run).not.toBe(first.run)
    const changes: ArticleChange[] = []
    const sum = await rebuild(second, { change: (change) => changes.push(change) })
    expect(sum).toMatchObject({ done: 3, unchanged: 2, changed: 1, gained: 0, lost: 0, unreadable: 0, waitingJudgements: 1, stopped: false })
    expect(changes).toMatchObject([{ document: 'call', kind: 'read', added: [{ type: 'CONSULT' }] }])
    expect((await listReports(db, { pair: ['RUS', 'CHN'] })).items.some(({ report }) => report.type === 'CONSULT')).toBe(true)
    expect(await getReading(db, meeting.article.id)).toEqual(before)
    expect((await listJudgements(db)).items).toHaveLength(2)
    expect((await listRuns(db)).find(({ id }) => id === second.run)?.articles).toBe(2)
    const stats = await storeStats(second.store)
    expect(stats.torn).toBe(0)
    expect(await rebuild(second)).toMatchObject({ done: 0 })
    expect(await rebuild(second, { all: true })).toMatchObject({ done: 3, unchanged: 3, changed: 0 })
    await second.close()
  }, 240_000)

  it('takes the place of an article whose story is cut out otherwise, and of none', async () => {
    const record = await openRecord({ ...made.options, threads: 1 })
    const { db } = record.store
    const [entry] = (await listReports(db, { pair: ['FRA', 'DEU'] })).items
    const reading = entry ? await getReading(db, entry.article.id) : null
    if (!reading || !entry) throw new Error('no reading')
    // As if an older version had cut the story out of its page in another way.
    const { putReadings, putDocuments, documentsAfter, deleteArticles } = await import('../../src/store/index.ts')
    const old = { ...reading, article: { ...reading.article, id: 'other', text: `${reading.article.text} Comments (0)` }, reports: reading.reports.map((report) => ({ ...report, id: `${report.id}-old` })), statements: [], figures: [] }
    await putReadings(db, [{ reading: old }], { run: record.run, words: () => [] })
    const document = (await documentsAfter(db, '', 10)).find(({ name }) => name === 'meeting')
    if (!document) throw new Error('no document')
    await putDocuments(db, [{ ...document, article: 'other', run: 'older' }])
    await deleteArticles(db, [entry.article.id])
    const changes: ArticleChange[] = []
    expect(await rebuild(record, { change: (change) => changes.push(change) })).toMatchObject({ done: 1, changed: 1 })
    expect(changes).toMatchObject([{ document: 'meeting', kind: 'text', article: entry.article.id }])
    expect(await getReading(db, 'other')).toBe(null)
    expect(await getReading(db, entry.article.id)).toEqual(reading)
    expect((await storeStats(record.store)).torn).toBe(0)
    await record.close()
  }, 120_000)
})
