import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Document } from '../../src/ingest/document.ts'
import { type LastingRecord, openRecord } from '../../src/record.ts'
import { countDocuments, getEntries, getPage, getReading, listArticles, listJobs, listProblems, listReports, listVersions, pageHash, searchArticles, storeStats, StoreError } from '../../src/store/index.ts'
import { searchWords } from '../../src/words.ts'
import { engines, type TestStore } from '../store/engines.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (name: string, body: string, more: Partial<Document> = {}): Document => ({ name, bytes: utf8(body), mediaType: 'text/plain', ...more })

const WIRE = `Russian President Vladimir Putin held a telephone call with Chinese President Xi Jinping on Thursday, the Kremlin said.

The two leaders discussed trade in national currencies, which reached 240 billion dollars last year, and agreed to keep in close contact in the months to come.

Putin congratulated Xi on the coming Lunar New Year and wished the people of China well. Xi thanked him and said that relations between the two countries had stood the test of the changing international situation.

Both sides spoke against interference from outside in their domestic affairs, according to the statement published on the site of the Kremlin.`
const EDITED = WIRE.replace('held a telephone call with', 'spoke by phone with').replace('in the months to come', 'this year')
const OTHER = `French President Emmanuel Macron met German Chancellor Olaf Scholz in Paris on Monday.

They signed an agreement on the joint production of drones and promised to send further air defence systems to Ukraine before the winter begins, the two governments said in a joint statement after the talks.

Macron also announced a visit to Warsaw for the beginning of next month, where he will meet the Polish prime minister and visit a factory near the city.`
const CHINESE = '国家主席习近平8日下午同俄罗斯总统普京通电话。两国元首互致新春祝福。习近平指出，过去一年，中俄双边贸易额提前实现两千亿美元目标，双方要继续加强战略协作，维护两国主权、安全和发展利益。普京表示，俄方愿同中方密切多边协作，坚决反对外部势力干涉内政。'
const CHINESE_COPY = CHINESE.replace('下午', '').replace('密切', '加强')

const found = await engines()

describe.each(found)('the record on the $name engine', ({ fresh }) => {
  let made: TestStore
  let record: LastingRecord
  beforeAll(async () => {
    made = await fresh()
    await made.store.close()
    record = await openRecord({ ...made.options, threads: 1 })
  }, 60_000)
  afterAll(async () => {
    await record.close()
    if ('dir' in made.options) rmSync(made.options.dir, { recursive: true, force: true })
    else await made.drop()
  }, 60_000)
  const db = () => record.store.db

  it('keeps pages, articles and reports, and finds them', async () => {
    const documents = [text('a.txt', WIRE, { url: 'https://a.example/1', published: '2024-02-08', fetched: { at: '2024-02-08T12:00:00.000Z', status: 200 } }), text('b.txt', OTHER, { published: '2024-09-02' })]
    const sum = await record.add(documents, { job: { kind: 'add', spec: ['a.txt', 'b.txt'], total: 2 } })
    expect((await listProblems(db())).items).toEqual([])
    expect(sum).toMatchObject({ added: 2, known: 0, versions: 0, copies: 0, failed: 0, done: 2, stopped: false })
    expect(Buffer.from((await getPage(db(), pageHash(utf8(WIRE))))?.bytes ?? []).toString()).toBe(WIRE)
    const { items } = await listReports(db(), { pair: ['RUS', 'CHN'] })
    expect(items.some(({ report, day }) => report.type === 'CONSULT' && day === '2024-02-08')).toBe(true)
    const words = searchWords(record.knowledge)
    expect((await searchArticles(db(), { words: [...words('telephone', 'en')], match: 'all' })).items).toHaveLength(1)
    expect((await getReading(db(), sum.articles[0] ?? ''))?.article.url).toBe('https://a.example/1')
    expect((await listJobs(db()))[0]).toMatchObject({ kind: 'add', state: 'done', done: 2, failed: 0, total: 2 })
    expect((await getEntries(db(), sum.articles)).get(sum.articles[0] ?? '')?.run).toBe(record.run)
  })

  it('changes nothing when the same comes again', async () => {
    const before = await storeStats(record.store)
    const sum = await record.add([text('a.txt', WIRE, { url: 'https://a.example/1', published: '2024-02-08' }), text('again.txt', OTHER, { published: '2024-09-02' })])
    expect(sum).toMatchObject({ added: 0, known: 2, failed: 0 })
    expect((await storeStats(record.store)).rows).toEqual(before.rows)
  })

  it('sees light edits of a wire text as one telling, and other texts as their own', async () => {
    const sum = await record.add([text('c.txt', EDITED, { url: 'https://b.example/2', published: '2024-02-09' }), text('zh.txt', CHINESE), text('zh2.txt', CHINESE_COPY, { url: 'https://c.example/3' }), text('d.txt', `${WIRE.slice(0, 120)} ${OTHER.replace('Macron', 'Lula')}`)])
    expect(sum).toMatchObject({ added: 4, copies: 3 })
    // The same words two weeks later are another occasion.
    expect(await record.add([text('later', EDITED, { url: 'https://b.example/9', published: '2024-02-25' })])).toMatchObject({ added: 1, copies: 0 })
    const tellings = new Map((await listArticles(db(), { limit: 50 })).items.map((entry) => [entry.title?.slice(0, 12) ?? entry.id, entry.telling]))
    expect(new Set(tellings.values()).size).toBeGreaterThanOrEqual(3)
    const [first] = (await listArticles(db(), { limit: 50 })).items.filter(({ url }) => url === 'https://a.example/1')
    expect((await listArticles(db(), { telling: first?.telling ?? '' })).items.map(({ url }) => url).sort()).toEqual(['https://a.example/1', 'https://b.example/2'])
  })

  it('keeps a corrected text of one address as a version', async () => {
    const sum = await record.add([text('a.txt', WIRE.replace('240 billion', '242 billion'), { url: 'https://a.example/1', published: '2024-02-08' })])
    expect(sum).toMatchObject({ added: 1, versions: 1, copies: 1 })
    const versions = await listVersions(db(), 'https://a.example/1')
    expect(versions).toHaveLength(2)
    expect(new Set(versions.map(({ telling }) => telling)).size).toBe(1)
  })

  it('sets bad documents aside with the reason, and resolves them when they are read', async () => {
    const sum = await record.add([
      { name: 'x.pdf', bytes: utf8('%PDF-1.7 and so on') }, { name: 'gone', problem: { stage: 'fetch', code: 'status', message: 'https://x.example answered 404' } }, text('empty.txt', '  '), text('good.txt', OTHER.replace('Paris', 'Lyon')),
    ])
    expect(sum).toMatchObject({ added: 1, failed: 3 })
    expect((await listProblems(db())).items.map(({ subject, code, stage }) => [subject, stage, code]).sort()).toEqual([['empty.txt', 'page', 'empty'], ['gone', 'fetch', 'status'], ['x.pdf', 'page', 'not-text']])
    await record.add([text('gone', OTHER.replace('Paris', 'Nice'))])
    expect((await listProblems(db())).items.map(({ subject }) => subject).sort()).toEqual(['empty.txt', 'x.pdf'])
    expect(await record.add([{ name: 'x.pdf', bytes: utf8('%PDF-1.7 and so on') }])).toMatchObject({ known: 1, failed: 0 })
  })

  it('tells each of several who add at once what became of its own', async () => {
    const one = (city: string): Document => text(`${city}.txt`, OTHER.replaceAll('Paris', city), { url: `https://at-once.example/${city}` })
    const sums = await Promise.all([[one('Bern')], [one('Bern')], [one('Oslo'), one('Rome')], [{ name: 'y.pdf', bytes: utf8('%PDF-1.4 and another') }], []].map((documents) => record.add(documents)))
    expect(sums.map(({ added, known, failed, done, unjoined }) => ({ added, known, failed, done, unjoined }))).toEqual([[1, 0, 0, 1], [0, 1, 0, 1], [2, 0, 0, 2], [0, 0, 1, 1], [0, 0, 0, 0]].map(([added, known, failed, done]) => ({ added, known, failed, done, unjoined: null })))
    const entries = await getEntries(db(), sums.flatMap(({ articles }) => articles))
    expect([...entries.values()].map(({ url }) => url).sort()).toEqual(['Bern', 'Oslo', 'Rome'].map((city) => `https://at-once.example/${city}`))
  })

  it('uses the date of a list only where the page has none', async () => {
    const html = (date: string): Uint8Array => utf8(`<!doctype html><html><head><title>Talks</title>${date}</head><body><article><h1>Talks in Vienna</h1>${OTHER.replaceAll('Paris', 'Vienna').split('\n\n').map((line) => `<p>${line}</p>`).join('')}</article></body></html>`)
    await record.add([
      { name: 'l1', bytes: html(''), mediaType: 'text/html', url: 'https://l.example/1', listed: '2023-05-06T01:00:00Z' },
      { name: 'l2', bytes: html('<meta property="article:published_time" content="2023-04-04T10:00:00Z">'), mediaType: 'text/html', url: 'https://l.example/2', listed: '2023-05-06' },
    ])
    const dates = await Promise.all(['1', '2'].map(async (at) => (await listVersions(db(), `https://l.example/${at}`))[0]?.published))
    expect(dates).toEqual(['2023-05-06', '2023-04-04'])
  })

  it('stops where it is told to and goes on from there', async () => {
    const documents = Array.from({ length: 200 }, (_, at) => text(`s${at}`, `${OTHER} Number ${at} of the series, which tells of ${at * 7} visits and ${at * 3} talks.`, { url: `https://s.example/${at}` }))
    const stop = new AbortController()
    const before = await countDocuments(db())
    const first = await record.add(documents, { signal: stop.signal, job: { kind: 'add', spec: 's' }, progress: () => stop.abort() })
    expect(first.stopped).toBe(true)
    expect(first.done).toBeLessThan(200)
    expect((await listJobs(db(), 'stopped')).map(({ spec }) => spec)).toEqual(['s'])
    const second = await record.add(documents, { job: { kind: 'add', spec: 's' } })
    expect(second).toMatchObject({ known: first.added, added: 200 - first.added })
    expect(await countDocuments(db())).toBe(before + 200)
  }, 120_000)
})

describe('two processes on one embedded record', () => {
  it('the second is told who holds it', async () => {
    const made = await (found[0] ?? expect.fail('no engine')).fresh()
    if (!('dir' in made.options)) throw new Error('embedded comes first')
    await expect(openRecord({ ...made.options, threads: 1 })).rejects.toSatisfy((error) => error instanceof StoreError && error.code === 'held' && error.message.includes(String(process.pid)))
    await made.drop()
  })
})
