import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { getArticle, getPage, getReading, listRuns, listVersions, pageHash, putPage, putReading, putReadings, putRun, reportsOfArticle, setTelling, sharingBands, storeStats, StoreError } from '../../src/store/index.ts'
import type { Reading } from '../../src/model/index.ts'
import { engines, type TestStore } from './engines.ts'
import { makeReading, spaceWords } from './fixtures.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
/** A confidence that is no number cannot be kept. */
const spoil = (reading: Reading): Reading => ({ ...reading, reports: reading.reports.map((report) => ({ ...report, confidence: Number.NaN })) })

describe.each(await engines())('readings in the $name store', ({ fresh }) => {
  let made: TestStore
  let run = ''
  const words = spaceWords
  beforeAll(async () => {
    made = await fresh()
    run = await putRun(made.store.db, { code: '1', knowledge: 'a' })
  })
  afterAll(() => made.drop())
  const counts = async () => (await storeStats(made.store)).rows

  it('come back exactly as they were put', async () => {
    const reading = makeReading({ index: 1 })
    expect(await putReading(made.store.db, { reading, page: { bytes: bytes('<html>1') } }, { run, words })).toMatchObject({ state: 'new', article: reading.article.id })
    const back = await getReading(made.store.db, reading.article.id)
    expect(back).toEqual(reading)
    expect(JSON.stringify(back?.reports)).toBe(JSON.stringify(reading.reports))
    const article = await getArticle(made.store.db, reading.article.id)
    expect(article?.article).toEqual(reading.article)
    expect(article?.entry).toMatchObject({ url: reading.article.url, page: pageHash(bytes('<html>1')), run, reports: 5 })
    if (!article) throw new Error('no article')
    expect((await reportsOfArticle(made.store.db, article.entry)).map(({ report }) => report)).toEqual(reading.reports)
  })

  it('are null when the record has none of that id', async () => {
    expect(await getReading(made.store.db, 'none')).toBeNull()
    expect(await getArticle(made.store.db, 'none')).toBeNull()
    expect(await getPage(made.store.db, 'none')).toBeNull()
  })

  it('change nothing when put again, in one batch or in two', async () => {
    const docs = [2, 3, 2].map((index) => ({ reading: makeReading({ index }), page: { bytes: bytes(`<p>${index}`) } }))
    expect((await putReadings(made.store.db, docs, { run, words })).map(({ state }) => state)).toEqual(['new', 'new', 'known'])
    const before = await counts()
    expect((await putReadings(made.store.db, docs, { run, words })).map(({ state }) => state)).toEqual(['known', 'known', 'known'])
    expect(await counts()).toEqual(before)
  })

  it('put nothing of a document that cannot be kept, and all of the others', async () => {
    const before = await counts()
    const docs = [makeReading({ index: 10 }), spoil(makeReading({ index: 11 })), makeReading({ index: 12 })].map((reading) => ({ reading }))
    const results = await putReadings(made.store.db, docs, { run, words })
    expect(results.map(({ state }) => state)).toEqual(['new', 'failed', 'new'])
    expect(results[1]?.error).toBeInstanceOf(StoreError)
    expect(results[1]?.error?.code).toBe('bad-row')
    const after = await counts()
    expect((after.articles ?? 0) - (before.articles ?? 0)).toBe(2)
    expect((after.reports ?? 0) - (before.reports ?? 0)).toBe(10)
    expect((await storeStats(made.store)).torn).toBe(0)
    await expect(putReading(made.store.db, { reading: spoil(makeReading({ index: 13 })) }, { run, words })).rejects.toMatchObject({ code: 'bad-row' })
  })

  it('are undone with the transaction they were put in', async () => {
    const before = await counts()
    const stop = new Error('stop')
    await expect(made.store.transaction(async (tx) => {
      await putReadings(tx, [{ reading: makeReading({ index: 20, published: '2009-09-09' }) }], { run, words })
      throw stop
    })).rejects.toBe(stop)
    expect(await counts()).toEqual(before)
    expect((await putReadings(made.store.db, [{ reading: makeReading({ index: 20, published: '2009-09-09' }) }], { run, words }))[0]?.state).toBe('new')
  })

  it('keep what the database cannot hold as a mark of the same length', async () => {
    const reading = makeReading({ index: 30, text: 'a\u0000b \ud83d alone, \ud83d\ude00 whole, \\u0000 spelt' })
    await putReading(made.store.db, { reading }, { run, words })
    const back = await getArticle(made.store.db, reading.article.id)
    expect(back?.article.text).toBe('Title 30\n\na\ufffdb \ufffd alone, \ud83d\ude00 whole, \\u0000 spelt')
    expect(back?.article.text.length).toBe(reading.article.text.length)
  })

  it.each([null, 'nonsense', '2024', '2024-02-08T10:00:00Z', '0044-03-15', '2999-01-01', '2023-13-45', '2022-02/2022-03'])('take any date of publication: %s', async (published) => {
    const reading = makeReading({ index: 40, published, url: `https://dates.example/${published}` })
    expect(await putReading(made.store.db, { reading }, { run, words })).toMatchObject({ state: 'new' })
    expect((await getReading(made.store.db, reading.article.id))?.article.published).toBe(published)
  })

  it('are the same article whatever date the caller gives', async () => {
    const first = makeReading({ index: 50, published: '2020-01-01' })
    await putReading(made.store.db, { reading: first }, { run, words })
    const again = { ...first, article: { ...first.article, published: '2021-01-01' } }
    expect(await putReading(made.store.db, { reading: again }, { run, words })).toMatchObject({ state: 'known' })
  })

  it('are replaced whole by another run, also into another month', async () => {
    const old = makeReading({ index: 60, reports: 7, published: '2020-01-01' })
    await putReading(made.store.db, { reading: old, page: { bytes: bytes('sixty') }, telling: 't1' }, { run, words })
    const next = await putRun(made.store.db, { code: '2', knowledge: 'a' })
    const newer = makeReading({ index: 60, reports: 2, published: '2021-05-05' })
    expect(newer.article.id).toBe(old.article.id)
    const before = await counts()
    expect(await putReading(made.store.db, { reading: newer }, { run: next, words, replace: true })).toMatchObject({ state: 'replaced' })
    const after = await counts()
    expect((after.reports ?? 0) - (before.reports ?? 0)).toBe(-5)
    expect(after.articles).toBe(before.articles)
    expect(await getReading(made.store.db, old.article.id)).toEqual(newer)
    expect((await getArticle(made.store.db, old.article.id))?.entry).toMatchObject({ run: next, month: '2021-05-01', page: pageHash(bytes('sixty')), telling: 't1' })
    expect((await storeStats(made.store)).torn).toBe(0)
    expect((await listRuns(made.store.db)).find(({ id }) => id === next)?.articles).toBe(1)
  })

  it('of one address are versions of it', async () => {
    const url = 'https://versions.example/a'
    for (const [index, text] of ['first words', 'corrected words'].entries()) {
      await putReading(made.store.db, { reading: makeReading({ index: 70, url, text }), fetched: { at: `2024-01-0${index + 1}T00:00:00.000Z`, status: 200 } }, { run, words })
    }
    expect((await listVersions(made.store.db, url)).map(({ firstSeen }) => firstSeen)).toEqual(['2024-01-01T00:00:00.000Z', '2024-01-02T00:00:00.000Z'])
    expect(await made.store.db.selectFrom('fetches').select('fetched_at').where('address', '=', url).execute()).toHaveLength(2)
  })

  it('that share bands are found together, and told as one', async () => {
    const [a, b] = [makeReading({ index: 80 }), makeReading({ index: 81 })]
    await putReadings(made.store.db, [{ reading: a, bands: ['x', 'y'] }, { reading: b, bands: ['y'] }], { run, words })
    expect(await sharingBands(made.store.db, ['x', 'y', 'z'])).toEqual([{ article: a.article.id, shared: 2 }, { article: b.article.id, shared: 1 }])
    expect(await sharingBands(made.store.db, ['z'])).toEqual([])
    await setTelling(made.store.db, [a.article.id, b.article.id], 'tell')
    expect((await getArticle(made.store.db, b.article.id))?.entry.telling).toBe('tell')
  })

  it('put by two at the same time are put once', async () => {
    const docs = Array.from({ length: 20 }, (_, at) => ({ reading: makeReading({ index: 100 + at }), page: { bytes: bytes(`page ${at}`) } }))
    const [a, b] = await Promise.all([putReadings(made.store.db, docs, { run, words }), putReadings(made.store.db, [...docs].reverse(), { run, words })])
    expect([...a, ...b].filter(({ state }) => state === 'new')).toHaveLength(20)
    expect([...a, ...b].filter(({ state }) => state === 'known')).toHaveLength(20)
  })

  it('keep the bytes of pages once, and tell when they are damaged', async () => {
    const large = bytes('<html>'.repeat(5000))
    const hash = await putPage(made.store.db, { bytes: large, mediaType: 'text/html', charset: 'utf-8' })
    expect(await putPage(made.store.db, { bytes: large })).toBe(hash)
    const back = await getPage(made.store.db, hash)
    expect(back).toMatchObject({ mediaType: 'text/html', charset: 'utf-8' })
    expect(Buffer.from(back?.bytes ?? []).equals(large)).toBe(true)
    const every = Uint8Array.from({ length: 256 }, (_, value) => value)
    expect([...((await getPage(made.store.db, await putPage(made.store.db, { bytes: every })))?.bytes ?? [])]).toEqual([...every])
    expect((await getPage(made.store.db, await putPage(made.store.db, { bytes: new Uint8Array() })))?.bytes.length).toBe(0)
    await made.store.db.updateTable('pages').set({ bytes: Buffer.from('damaged') }).where('hash', '=', hash).execute()
    await expect(getPage(made.store.db, hash)).rejects.toMatchObject({ code: 'corrupt' })
  })
})
