import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addKey, addUser, appendJudgements, appendNews, backup, copyStore, eventSums, getPage, getReading, listAccounts, listEvents, listReports, noteDeed, pageHash, pairSums, putAccounts, putAddresses, putAlert, putCodedFile, putCodings, putDeliveries, putDocuments, putEvents, putFeed, putProblem, putReadings, putRun, putSource, restore, saveSearch, searchArticles, startJob, type Store, storeStats, withdrawJudgement } from '../../src/store/index.ts'
import { KEPT } from '../../src/store/transfer/columns.ts'
import { writeRecord } from '../../src/store/transfer/write.ts'
import { engines, tempFolder, type TestStore } from './engines.ts'
import { makeReading, spaceWords } from './fixtures.ts'

const bytes = Uint8Array.from({ length: 3000 }, (_, at) => (at * 37) % 256)

/** A record with something in every table. */
async function fill(store: Store): Promise<void> {
  const { db } = store
  const now = new Date('2026-01-01T00:00:00.123Z')
  const run = await putRun(db, { code: '1', knowledge: 'a', note: "it's\ta \\ note" }, now)
  await putSource(db, { id: 's', kind: 'outlet', name: 'S', url: null, country: null, settings: { a: [1, 1e21, 0.1] } }, now)
  const docs = Array.from({ length: 40 }, (_, index) => ({ reading: makeReading({ index, ...(index === 7 ? { published: null, text: "новости 'и' \\ \"ещё\" 总统\ud83d\ude00" } : {}) }), page: { bytes: index === 7 ? bytes : Buffer.from(`page ${index}`) }, source: 's', telling: 't', bands: [`b${index % 3}`], fetched: { at: '2024-01-01T01:02:03.456Z', status: 200 } }))
  await putReadings(db, docs, { run, words: spaceWords, now })
  await putDocuments(db, [{ id: 'd', page: pageHash(bytes), name: 'a.html', url: null, mediaType: 'text/html', charset: null, language: null, published: null, listed: '2024', source: 's', article: null, run, refused: 'no-story' }], now)
  const [report] = (await listReports(db, { limit: 1 })).items
  if (!report) throw new Error('no report')
  await putEvents(db, [{ id: 'e', type: 'CONSULT', mode: null, status: 'occurred', historical: false, confidence: 0.1 + 0.2, firstDay: '2024-02-08', lastDay: null, keys: ['CHN|RUS'], reports: [{ report: report.report.id, month: report.article.month }], body: { b: 1, a: 2 } }])
  await putAccounts(db, [{ event: 'e', side: 'RUS', body: [null] }])
  const [id = ''] = await appendJudgements(db, [{ kind: 'confirm', report: report.report.id, by: { kind: 'person', name: 'Ana' }, why: 'seen', value: null, anchors: ['x'] }], now)
  await withdrawJudgement(db, id, 'Ben', 'no', now)
  await putAddresses(db, [{ url: 'https://a.example/', source: 's' }], now.toISOString())
  await putFeed(db, { url: 'https://f.example/', kind: 'rss', source: 's', everySeconds: 60 }, now)
  await putProblem(db, { stage: 'page', code: 'x', message: 'line\nline', subject: 'f' }, now)
  await startJob(db, 'add', {}, 5, now)
  await saveSearch(db, 'n', { q: 1 }, now)
  const { id: search } = await db.selectFrom('searches').select('id').where('name', '=', 'n').executeTakeFirstOrThrow()
  const alert = await putAlert(db, { search, tells: ['event'], by: 'RUS', channel: 'webhook', target: 'https://h.example/', secret: 's', language: 'en', maxAge: 3 }, now)
  await putDeliveries(db, [{ id: 'g', alert, tells: 'event', event: 'e', type: 'CONSULT', status: 'occurred', day: '2024-02-08', articles: ['x'], body: { a: 1 } }], now)
  await appendNews(db, [{ kind: 'new', event: 'e', day: '2024-02-08' }], now)
  await putCodings(db, [{ coder: 'gdelt', type: 'CONSULT', status: 'occurred', firstDay: '2024-02-08', lastDay: '2024-02-08', countries: ['CHN', 'RUS'], body: { b: 1, a: ['\ud83d'] } }])
  await putCodedFile(db, { id: 'f', coder: 'gdelt', name: 'a.export.CSV', format: 'gdelt', sha256: 'x', lines: 1, bad: 0, code: '1', knowledge: 'a' }, now)
  await addUser(db, 'ana', 'admin', 'scrypt$…', now)
  await addKey(db, { id: 'k', label: 'nightly', secret: 'digest', scopes: ['read', 'ingest'], madeBy: 'ana', expires: now }, now)
  await noteDeed(db, { who: 'ana', via: 'command', act: 'person added', subject: 'ana', detail: { role: 'admin' } }, now)
  await db.insertInto('meta').values({ key: 'k', value: 'v' }).execute()
}

const lines = async (store: Store): Promise<string[]> => {
  const out: string[] = []
  await writeRecord(store, (line) => {
    out.push(line)
  })
  return out
}

const found = await engines()
const ways = found.flatMap((from) => found.map((to) => ({ way: `${from.name} to ${to.name}`, from: from.name, to })))
const sources = new Map<string, TestStore>()
const sourceOf = (name: string): Store => (sources.get(name) ?? expect.fail(`no source on ${name}`)).store

beforeAll(async () => {
  for (const { name, fresh } of found) {
    const made = await fresh()
    sources.set(name, made)
    await fill(made.store)
  }
}, 60_000)
afterAll(async () => {
  for (const made of sources.values()) await made.drop()
}, 60_000)

describe.each(ways)('a record from $way', ({ from, to }) => {
  const folder = tempFolder()
  const file = join(folder, 'record.readout')
  let source: Store
  let target: TestStore
  beforeAll(async () => {
    source = sourceOf(from)
    target = await to.fresh()
  }, 60_000)
  afterAll(async () => {
    await target.drop()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)

  it('has something in every table', async () => {
    const all = await lines(source)
    const filled = all.flatMap((line, at) => (line.startsWith('{"$":"table"') && all[at + 1]?.startsWith('{"$"') === false ? [String(JSON.parse(line).name)] : []))
    expect(filled).toEqual([...KEPT])
  })

  it('is the same after backup and restore, byte for byte, and answers as before', async () => {
    const { rows } = await backup(source, file)
    expect(readdirSync(folder)).toEqual(['record.readout'])
    expect(await restore(target.store, file)).toEqual({ rows })
    expect(await lines(target.store)).toEqual(await lines(source))
    const id = makeReading({ index: 3 }).article.id
    expect(await getReading(target.store.db, id)).toEqual(await getReading(source.db, id))
    expect(Buffer.from((await getPage(target.store.db, pageHash(bytes)))?.bytes ?? []).equals(bytes)).toBe(true)
    expect((await searchArticles(target.store.db, { words: ['новости'] })).items).toHaveLength(1)
    expect(await listEvents(target.store.db, { pair: ['RUS', 'CHN'] })).toEqual(await listEvents(source.db, { pair: ['RUS', 'CHN'] }))
    expect(await listReports(target.store.db, { keys: ['USA'] })).toEqual(await listReports(source.db, { keys: ['USA'] }))
    expect(await listAccounts(target.store.db, 'e')).toEqual([{ event: 'e', side: 'RUS', body: [null] }])
    expect((await storeStats(target.store)).torn).toBe(0)
  })

  it('of a version that kept no counts is counted when it is restored', async () => {
    const older = await to.fresh()
    try {
      const [first = '', ...rest] = await lines(source)
      const head = JSON.parse(first) as { migrations: { number: number }[]; tables: { name: string; columns: string[] }[] }
      const later = new Set(['mode', 'plan_from', 'plan_to'])
      const lineOfHead = JSON.stringify({ ...head, migrations: head.migrations.filter(({ number }) => number < 5), tables: head.tables.map((table) => (table.name === 'event_keys' ? { ...table, columns: table.columns.filter((column) => !later.has(column)) } : table)) })
      const at = rest.indexOf('{"$":"table","name":"event_keys"}') + 1
      rest[at] = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(rest[at] ?? '')).filter(([column]) => !later.has(column))))
      const all = [lineOfHead, ...rest.slice(0, -1)]
      const end = { ...JSON.parse(rest.at(-1) ?? ''), sha256: createHash('sha256').update(all.map((line) => `${line}\n`).join('')).digest('hex') }
      writeFileSync(join(folder, 'older'), gzipSync(`${[...all, JSON.stringify(end)].join('\n')}\n`))
      await restore(older.store, join(folder, 'older'))
      expect(await pairSums(older.store.db, ['RUS', 'CHN'])).toEqual(await pairSums(source.db, ['RUS', 'CHN']))
      expect(await eventSums(older.store.db, 'CHN|RUS')).toEqual([{ month: '2024-02-01', type: 'CONSULT', mode: null, status: 'occurred', events: 1 }])
    } finally {
      await older.drop()
    }
  }, 60_000)

  it('is not restored over another', async () => {
    await expect(restore(target.store, file)).rejects.toMatchObject({ code: 'not-empty' })
    await expect(copyStore(source, target.store)).rejects.toMatchObject({ code: 'not-empty' })
  })
})

describe.each(found)('a damaged backup restored into $name', ({ name, fresh }) => {
  const folder = tempFolder()
  const good = join(folder, 'good')
  let target: TestStore
  beforeAll(async () => {
    await backup(sourceOf(name), good)
    target = await fresh()
  }, 60_000)
  afterAll(async () => {
    await target.drop()
    rmSync(folder, { recursive: true, force: true })
  }, 60_000)
  const change = (to: (text: string) => string) => (packed: Buffer): Buffer => gzipSync(to(gunzipSync(packed).toString('utf8')))

  it.each<[string, (packed: Buffer) => Buffer, string]>([
    ['cut in the middle', (packed) => packed.subarray(0, packed.length / 2), 'bad-backup'],
    ['with a byte changed', (packed) => {
      const copy = Buffer.from(packed)
      copy[copy.length >> 1] = (copy[copy.length >> 1] ?? 0) ^ 0xff
      return copy
    }, 'bad-backup'],
    ['with a word changed', change((text) => text.replace('Title 3', 'Title 4')), 'bad-backup'],
    ['without its end', change((text) => text.trimEnd().split('\n').slice(0, -1).join('\n')), 'bad-backup'],
    ['with more after its end', change((text) => `${text.trimEnd()}\n{"id":"x"}\n`), 'bad-backup'],
    ['without a row', change((text) => text.split('\n').filter((line) => !line.includes('"Title 3"')).join('\n')), 'bad-backup'],
    ['that is something else', () => gzipSync('hello\n'), 'bad-backup'],
    ['that is not compressed', () => Buffer.from('hello'), 'bad-backup'],
    ['that is empty', () => Buffer.alloc(0), 'bad-backup'],
    ['with an unknown table', change((text) => text.replace('{"$":"table","name":"meta"}', '{"$":"table","name":"pg_class"}')), 'bad-backup'],
    ['of a newer format', change((text) => text.replace('"version":1', '"version":2')), 'newer-store'],
    ['of a newer store', change((text) => text.replace('"number":2', '"number":99')), 'newer-store'],
  ])('%s leaves the store empty', async (_, spoil, code) => {
    const file = join(folder, 'bad')
    writeFileSync(file, spoil(readFileSync(good)))
    await expect(restore(target.store, file)).rejects.toMatchObject({ name: 'StoreError', code })
    expect((await storeStats(target.store)).rows).toMatchObject({ articles: 0, pages: 0, reports: 0, sources: 0 })
  })

  it('that is not there is said to be so', async () => {
    await expect(restore(target.store, join(folder, 'none'))).rejects.toMatchObject({ name: 'StoreError' })
  })

  it('cannot be written where there is no place', async () => {
    await expect(backup(target.store, join(folder, 'none', 'deep'))).rejects.toMatchObject({ name: 'StoreError' })
  })

  it('is restored whole after all these failures', async () => {
    expect((await restore(target.store, good)).rows).toBeGreaterThan(500)
  })
})

describe('a record moved from the embedded engine', () => {
  it('to another store is the same', async () => {
    const [source, target] = [sourceOf('embedded'), await (found.at(-1) ?? expect.fail('no engine')).fresh()]
    const seen: string[] = []
    await copyStore(source, target.store, ({ table }) => seen.push(table))
    expect(await lines(target.store)).toEqual(await lines(source))
    expect(new Set(seen).size).toBeGreaterThan(10)
    await target.drop()
  })
})
