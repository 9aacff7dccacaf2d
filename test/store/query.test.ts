import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { countByMonth, edtfDays, figuresOf, getArticles, getEntries, getReports, listArticles, listFigures, listReports, listStatements, naming, pairKey, partyKeys, putReadings, putRun, type ReportFilter, searchArticles, shiftDay, speakersOf, type StoredReport, storeStats, tidy, topPairs, wordQuery } from '../../src/store/index.ts'
import type { Actor, Reading } from '../../src/model/index.ts'
import { engines, type TestStore } from './engines.ts'
import { makeReading } from './fixtures.ts'

/** Words for the tests: ideographs in ones and twos, other scripts at spaces with one Arabic article cut off. */
function testWords(text: string): string[] {
  return text.toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u).flatMap((word) => {
    if (/\p{Script=Han}/u.test(word)) return [...word].flatMap((character, at, all) => (all[at + 1] === undefined ? [character] : [character, character + all[at + 1]]))
    return word.startsWith('ال') ? [word, word.slice(2)] : [word]
  })
}
const bigrams = (text: string): string[] => (/\p{Script=Han}/u.test(text) && text.length > 1 ? testWords(text).filter((word) => word.length === 2) : testWords(text).slice(-1))

const TEXTS = [
  { language: 'zh', text: '俄罗斯总统普京同中国国家主席习近平通电话。', published: '2024-02-08' },
  { language: 'ar', text: 'أجرى الرئيس الروسي اتصالا هاتفيا', published: '2024-02-08' },
  { language: 'ru', text: 'Путин провёл телефонный разговор', published: '2024-02-09' },
  { language: 'vi', text: 'Tổng thống Nga điện đàm', published: '2023-02-09' },
  { language: 'en', text: "O'Brien met the president \\ 'quoted'", published: null },
]

describe.each(await engines())('questions to the $name store', ({ fresh }) => {
  let made: TestStore
  let all: readonly StoredReport[] = []
  beforeAll(async () => {
    made = await fresh()
    const run = await putRun(made.store.db, { code: '1', knowledge: 'a' })
    const docs = [
      ...Array.from({ length: 60 }, (_, index) => makeReading({ index })),
      ...Array.from({ length: 30 }, (_, index) => makeReading({ index: 500 + index, pair: ['RUS', 'CHN'], date: `2024-03-${String(1 + (index % 10)).padStart(2, '0')}`, type: index % 2 === 0 ? 'CONSULT' : 'ACCUSE' })),
      ...TEXTS.map(({ language, text, published }, index) => makeReading({ index: 900 + index, language, text, published, reports: 0 })),
    ]
    await putReadings(made.store.db, docs.map((reading) => ({ reading })), { run, words: testWords })
    await tidy(made.store)
    all = (await listReports(made.store.db, { limit: 1000 })).items
  })
  afterAll(() => made.drop())

  const walk = async (filter: ReportFilter): Promise<StoredReport[]> => {
    const out: StoredReport[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Awaited<ReturnType<typeof listReports>> = await listReports(made.store.db, { ...filter, limit: 7, cursor })
      out.push(...page.items)
      cursor = page.next
    }
    return out
  }
  const keys = ({ report }: StoredReport): string[] => partyKeys(report.actors, report.recipients)
  const ids = (reports: readonly StoredReport[]): string[] => reports.map(({ report }) => report.id)
  const byPlace = (a: StoredReport, b: StoredReport): number => (a.day === b.day ? (a.report.id < b.report.id ? -1 : 1) : a.day < b.day ? -1 : 1)
  const expected = (test: (item: StoredReport) => boolean): string[] => ids(all.filter(test).sort(byPlace))

  it('see all reports', () => {
    expect(all).toHaveLength(450)
    expect(ids(all)).toEqual(ids([...all].sort(byPlace)))
  })

  it.each<[string, ReportFilter, (item: StoredReport) => boolean]>([
    ['a pair', { pair: ['RUS', 'CHN'] }, (item) => keys(item).includes('CHN|RUS')],
    ['a pair the other way round', { pair: ['CHN', 'RUS'] }, (item) => keys(item).includes('CHN|RUS')],
    ['one country', { keys: ['USA'] }, (item) => keys(item).includes('USA')],
    ['a group', { keys: ['FRA', 'DEU', 'GBR'] }, (item) => ['FRA', 'DEU', 'GBR'].some((key) => keys(item).includes(key))],
    ['days', { from: '2024-03-02', to: '2024-03-04' }, (item) => item.day >= '2024-03-02' && item.day <= '2024-03-04'],
    ['types and days of a pair', { pair: ['RUS', 'CHN'], types: ['CONSULT'], from: '2024-03-05' }, (item) => keys(item).includes('CHN|RUS') && item.report.type === 'CONSULT' && item.day >= '2024-03-05'],
    ['status', { statuses: ['future'] }, (item) => item.report.status === 'future'],
    ['background', { keys: ['RUS'], historical: true }, (item) => keys(item).includes('RUS') && item.report.historical],
    ['confidence, its bound included', { pair: ['RUS', 'CHN'], minConfidence: 0.7 }, (item) => keys(item).includes('CHN|RUS') && item.report.confidence >= 0.7],
    ['nobody', { pair: ['RUS', 'ZZZ'] }, () => false],
  ])('list by %s, page by page, both ways', async (_, filter, test) => {
    expect(ids(await walk(filter))).toEqual(expected(test))
    expect(ids(await walk({ ...filter, order: 'newest' }))).toEqual(expected(test).reverse())
  })

  it('refuse a cursor that was not made here', async () => {
    await expect(listReports(made.store.db, { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'bad-row' })
    await expect(listReports(made.store.db, { cursor: Buffer.from('["a"]').toString('base64url') })).rejects.toMatchObject({ code: 'bad-row' })
  })

  it('give reports by id, with and without their month', async () => {
    const some = all.filter((_, at) => at % 50 === 0)
    expect([...(await getReports(made.store.db, [...ids(some), 'none'])).keys()].sort()).toEqual(ids(some).sort())
    expect([...(await getReports(made.store.db, ids(some), some.map(({ article }) => article.month))).values()].sort(byPlace)).toEqual(some)
    expect((await getReports(made.store.db, [])).size).toBe(0)
  })

  it('count by month and by pair', async () => {
    const months = await countByMonth(made.store.db, pairKey('RUS', 'CHN'))
    expect(months.reduce((sum, { reports }) => sum + reports, 0)).toBe(expected((item) => keys(item).includes('CHN|RUS')).length)
    expect((await countByMonth(made.store.db)).reduce((sum, { reports }) => sum + reports, 0)).toBe(450)
    expect((await topPairs(made.store.db, 1))[0]?.pair).toEqual(['CHN', 'RUS'])
  })

  it('list articles, statements, figures and who names whom', async () => {
    const newest = await listArticles(made.store.db, { limit: 1000 })
    expect(newest.items).toHaveLength(95)
    expect(newest.items.at(-1)?.published).toBeNull()
    expect((await listArticles(made.store.db, { language: 'zh' })).items).toHaveLength(1)
    const first = await listArticles(made.store.db, { limit: 40 })
    const second = await listArticles(made.store.db, { limit: 1000, cursor: first.next })
    expect([...first.items, ...second.items]).toEqual(newest.items)
    const said = await listStatements(made.store.db, { country: 'RUS', limit: 1000 })
    expect(said.items.length).toBeGreaterThan(50)
    expect(said.items.every(({ statement }) => statement.speaker.country === 'RUS')).toBe(true)
    expect((await listStatements(made.store.db, { country: 'RUS', stance: 'denied' })).items).toEqual([])
    expect(await listFigures(made.store.db, 'trade', ['RUS'], 10)).toHaveLength(10)
    expect(await listFigures(made.store.db, 'trade', ['FRA'])).toEqual([])
    expect((await naming(made.store.db, 'USA')).length).toBeGreaterThan(20)
  })

  it.each([
    ['总统', ['zh']], ['习近平', ['zh']], ['平习', []], ['الرئيس', ['ar']], ['رئيس', ['ar']], ['Путин', ['ru']], ['điện', ['vi']], ["O'Brien", ['en']], ['quoted', ['en']], ['absent', []],
  ])('find %s in every script', async (query, languages) => {
    const found = await searchArticles(made.store.db, { words: bigrams(query), limit: 200 })
    expect(found.items.map(({ language }) => language)).toEqual(languages)
  })

  it('find all or any words, beginnings, within days and a language, page by page', async () => {
    const count = async (query: Parameters<typeof searchArticles>[1]): Promise<number> => (await searchArticles(made.store.db, { limit: 500, ...query })).items.length
    expect(await count({ words: ['путин', 'nga'] })).toBe(0)
    expect(await count({ words: ['путин', 'nga'], match: 'any' })).toBe(2)
    expect(await count({ words: ['теле*'] })).toBe(1)
    expect(await count({ words: [''] })).toBe(0)
    expect(await count({ words: ["' | 'title"] })).toBe(0)
    const everything = await searchArticles(made.store.db, { words: ['title'], limit: 500 })
    expect(everything.items).toHaveLength(95)
    const days = everything.items.map(({ published }) => published ?? '')
    expect(days).toEqual([...days].sort().reverse())
    expect(await count({ words: ['title'], language: 'ar' })).toBe(1)
    expect(await count({ words: ['title'], from: '2024-02-08', to: '2024-02-09' })).toBe(everything.items.filter(({ published }) => published === '2024-02-08' || published === '2024-02-09').length)
    const paged: string[] = []
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page: Awaited<ReturnType<typeof searchArticles>> = await searchArticles(made.store.db, { words: ['title'], limit: 9, cursor })
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.next
    }
    expect(paged).toEqual(everything.items.map(({ id }) => id))
  })

  it('tell the state of the store', async () => {
    const stats = await storeStats(made.store)
    expect(stats).toMatchObject({ torn: 0, openProblems: 0, lastPublished: expect.stringMatching(/^2024/u) })
    expect(stats.rows.reports).toBe(450)
    expect(stats.bytes).toBeGreaterThan(1_000_000)
  })
})

describe.each(await engines())('what some articles of the $name store tell', ({ fresh }) => {
  it('are their texts, the figures between parties, and whom of which country they quote', async () => {
    const made = await fresh()
    const { db } = made.store
    const speaking = (index: number, published: string | null, ...names: readonly string[]): Reading => {
      const reading = makeReading({ index, published })
      return { ...reading, statements: names.flatMap((name, at) => reading.statements.slice(0, 1).map((statement) => ({ ...statement, id: `${index}-${at}`, speaker: { ...statement.speaker, id: `person:${name}`, name, country: name === 'macron' ? 'FRA' : 'RUS' } }))) }
    }
    const readings = [speaking(1, '2024-01-05', 'putin', 'lavrov', 'macron'), speaking(2, '2022-07-01', 'putin'), speaking(3, null, 'putin'), speaking(4, '2024-01-06', 'lavrov')]
    await putReadings(db, readings.map((reading) => ({ reading })), { run: await putRun(db, { code: '1', knowledge: 'a' }), words: testWords })
    const asked = readings.slice(0, 3)
    const entries = [...(await getEntries(db, asked.map(({ article }) => article.id))).values()]
    expect(await getArticles(db, entries)).toEqual(new Map(asked.map(({ article }) => [article.id, article])))
    expect(await figuresOf(db, entries, ['RUS', 'CHN'])).toEqual(new Map(asked.map(({ article, figures }) => [article.id, figures])))
    expect(await figuresOf(db, entries, ['RUS', 'FRA'])).toEqual(new Map())
    expect(await figuresOf(db, [], ['RUS', 'CHN'])).toEqual(new Map())
    expect(await speakersOf(db, entries, ['RUS', 'CHN'])).toEqual([{ speaker: 'person:putin', name: 'putin', country: 'RUS', times: 3 }, { speaker: 'person:lavrov', name: 'lavrov', country: 'RUS', times: 1 }])
    expect(await speakersOf(db, entries, ['RUS', 'FRA'], 1)).toHaveLength(1)
    expect(await speakersOf(db, [], ['RUS'])).toEqual([])
    await made.drop()
  })
})

describe('days and keys', () => {
  it.each([
    ['2024-02-08', '2024-02-08', '2024-02-08'], ['2024-02', '2024-02-01', '2024-02-29'], ['2023', '2023-01-01', '2023-12-31'], ['2022-02/2022-03', '2022-02-01', '2022-03-31'], ['2024-02-08T10:00:00Z', '2024-02-08', '2024-02-08'],
    ['2024/..', '2024-01-01', '2024-12-31'], ['2024-05/2024-01', '2024-05-01', '2024-05-31'],
  ])('%s is from %s to %s', (value, first, last) => {
    expect(edtfDays(value)).toEqual({ first, last })
  })

  it.each([null, undefined, '', 'XXXX-02-08', 'soon', '0000'])('%s is no range', (value) => {
    expect(edtfDays(value)).toBeNull()
  })

  it('shifts days over the ends of months', () => {
    expect(shiftDay('2024-02-28', 2)).toBe('2024-03-01')
    expect(shiftDay('2024-01-01', -1)).toBe('2023-12-31')
  })

  it('makes a pair of a country with itself only when it acts on itself', () => {
    const actor = (id: string, country: string | null): Actor => ({ id, name: id, country, sector: null, office: null, span: [0, 1], text: 'x' })
    expect(partyKeys([actor('RUS', 'RUS')], [actor('CHN', 'CHN')])).toEqual(['CHN', 'CHN|RUS', 'RUS'])
    expect(partyKeys([actor('p', 'RUS'), actor('RUS', 'RUS')], [])).toEqual(['RUS', 'p'])
    expect(partyKeys([actor('p', 'RUS')], [actor('RUS', 'RUS')])).toEqual(['RUS', 'RUS|RUS', 'p'])
    expect(partyKeys([actor('x', null)], [])).toEqual(['x'])
    expect(partyKeys([], [])).toEqual([])
    expect(pairKey('USA', 'CHN')).toBe('CHN|USA')
  })

  it('quotes words of a query', () => {
    expect(wordQuery(["a'b", 'c\\d', 'e*', '*'])).toBe("'a''b' & 'c\\\\d' & 'e':*")
    expect(wordQuery([])).toBeNull()
  })
})
