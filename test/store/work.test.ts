import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  advanceJob, appendJudgements, claimAddress, claimAddresses, deleteEvents, deleteSearch, dropRuleJudgements, type EventRecord, eventsOfReports, eventSums, getAddress, getEvents, listAccounts, listEvents, listFeeds, listJobs, listJudgements, listProblems,
  listSearches, listSources, lockKeys, noteAddress, noteFeed, pauseFeed, putAccounts, putAddresses, putEvents, putFeed, putProblem, pairSums, putSource, reportsOfEvent, resolveProblems, saveSearch, startJob, withdrawJudgement,
} from '../../src/store/index.ts'
import { engines, type TestStore } from './engines.ts'

const at = (minute: number): Date => new Date(Date.UTC(2026, 0, 1, 0, minute))
const event = (id: string, more: Partial<EventRecord> = {}): EventRecord => ({
  id, type: 'CONSULT', mode: null, status: 'occurred', historical: false, confidence: 0.9, firstDay: '2024-02-08', lastDay: '2024-02-08', keys: ['CHN', 'CHN|RUS', 'RUS'], reports: [{ report: `${id}-r`, month: '2024-02-01' }], body: { said: id }, ...more,
})

describe.each(await engines())('the work kept in the $name store', ({ fresh }) => {
  let made: TestStore
  beforeAll(async () => {
    made = await fresh()
  })
  afterAll(() => made.drop())

  describe('judgements', () => {
    const person = { kind: 'person', name: 'Ana' } as const
    const rule = { kind: 'rule', name: 'same-day' } as const

    it('are appended, listed, withdrawn and stay on record', async () => {
      const { db } = made.store
      const [id = ''] = await appendJudgements(db, [{ kind: 'same-event', report: 'b', other: 'a', by: person, why: 'one call', anchors: { article: 'x' } }], at(1))
      await appendJudgements(db, [{ kind: 'field-correction', report: 'a', field: 'date', value: '2024-02-08', by: person, why: 'the text says Thursday', score: 1 }], at(2))
      const listed = (await listJudgements(db, { reports: ['a'] })).items
      expect(listed).toMatchObject([{ id, report: 'a', other: 'b', anchors: { article: 'x' }, by: person, withdrawn: null, value: null }, { kind: 'field-correction', value: '2024-02-08', score: 1 }])
      await withdrawJudgement(db, id, 'Ben', 'two calls', at(3))
      expect((await listJudgements(db, { reports: ['b'] })).items).toEqual([])
      expect((await listJudgements(db, { reports: ['b'], withdrawn: true })).items[0]?.withdrawn).toEqual({ at: at(3).toISOString(), by: 'Ben', why: 'two calls' })
      await expect(withdrawJudgement(db, id, 'Ben', 'again')).rejects.toMatchObject({ code: 'kept' })
      await expect(withdrawJudgement(db, 'none', 'Ben', 'no such')).rejects.toMatchObject({ code: 'kept' })
    })

    it('are never changed or deleted, whatever the code tries', async () => {
      const { db } = made.store
      const [id = ''] = await appendJudgements(db, [{ kind: 'confirm', report: 'c', by: person, why: 'seen' }], at(4))
      await expect(db.updateTable('judgements').set({ why: 'other' }).where('id', '=', id).execute()).rejects.toMatchObject({ code: 'kept' })
      await expect(db.updateTable('judgements').set({ withdrawn_at: at(5).toISOString(), score: 0 }).where('id', '=', id).execute()).rejects.toMatchObject({ code: 'kept' })
      await expect(db.deleteFrom('judgements').where('id', '=', id).execute()).rejects.toMatchObject({ code: 'kept' })
    })

    it('of rules are made once and dropped before they decide again; those of people stay', async () => {
      const { db } = made.store
      const same = { kind: 'same-event', report: 'x', other: 'y', by: rule, why: 'same pair and day', score: 0.9 } as const
      const [first] = await appendJudgements(db, [same], at(6))
      expect(await appendJudgements(db, [same], at(7))).toEqual([first])
      await appendJudgements(db, [{ kind: 'not-same', report: 'x', other: 'y', by: person, why: 'two calls' }], at(8))
      expect((await listJudgements(db, { reports: ['x'], by: 'rule' })).items).toHaveLength(1)
      expect(await dropRuleJudgements(db, ['y'])).toBe(1)
      expect((await listJudgements(db, { reports: ['x'] })).items.map(({ kind }) => kind)).toEqual(['not-same'])
    })

    it('of rules keep their reasons as codes: other reasons are another judgement; older ones keep their sentence', async () => {
      const { db } = made.store
      const reasons = [{ code: 'same-day', about: { day: '2024-02-08' }, against: false }, { code: 'same-persons', about: { persons: ['person:xi-jinping'] }, against: false }] as const
      const judgement = { kind: 'same-event', report: 'u', other: 'v', by: rule, why: '', reasons, score: 0.9 } as const
      const [first] = await appendJudgements(db, [judgement], at(6))
      expect(await appendJudgements(db, [judgement], at(7))).toEqual([first])
      expect(await appendJudgements(db, [{ ...judgement, reasons: reasons.slice(1) }], at(7))).not.toEqual([first])
      await appendJudgements(db, [{ kind: 'same-event', report: 'u', other: 'w', by: rule, why: 'the same day 2024-02-08', score: 0.9 }], at(8))
      const { items } = await listJudgements(db, { reports: ['u'] })
      expect(items.find(({ id }) => id === first)).toMatchObject({ why: '', reasons })
      expect(items.find(({ other }) => other === 'w')).toMatchObject({ why: 'the same day 2024-02-08', reasons: null })
      await dropRuleJudgements(db, ['u'])
    })

    it('come page by page, all or none of a list', async () => {
      const { db } = made.store
      await expect(appendJudgements(db, [{ kind: 'annotate', report: 'p', by: person, why: 'fine' }, { kind: 'guess' as 'annotate', report: 'p', by: person, why: 'no such kind' }])).rejects.toMatchObject({ code: 'bad-row' })
      expect((await listJudgements(db, { reports: ['p'] })).items).toEqual([])
      await appendJudgements(db, ['1', '2', '3'].map((why) => ({ kind: 'annotate', report: 'q', by: person, why })), at(9))
      const one = await listJudgements(db, { reports: ['q'], limit: 2 })
      const two = await listJudgements(db, { reports: ['q'], limit: 2, cursor: one.next })
      expect([...one.items, ...two.items].map(({ why }) => why).sort()).toEqual(['1', '2', '3'])
      expect(two.next).toBeNull()
    })
  })

  describe('events', () => {
    it('are written, listed as a chronology, replaced and deleted with all that hangs on them', async () => {
      const { db, transaction } = made.store
      await transaction(async (tx) => {
        await lockKeys(tx, ['CHN|RUS', 'CHN', 'CHN'])
        await putEvents(tx, [event('e1'), event('e2', { firstDay: '2023-03-20', status: 'future', keys: ['CHN', 'RUS', 'CHN|RUS', 'xi'] }), event('e3', { firstDay: null, keys: [] })])
      })
      expect((await listEvents(db, { pair: ['RUS', 'CHN'] })).items.map(({ id }) => id)).toEqual(['e2', 'e1'])
      expect((await listEvents(db, { pair: ['RUS', 'CHN'], order: 'newest', limit: 1 })).items.map(({ id }) => id)).toEqual(['e1'])
      expect((await listEvents(db, { keys: ['xi', 'CHN'], statuses: ['future'] })).items).toMatchObject([{ id: 'e2', body: { said: 'e2' }, reports: 1 }])
      // Of several keys each event comes once, page by page, both ways.
      for (const order of ['oldest', 'newest'] as const) {
        const asked = { keys: ['CHN', 'RUS', 'xi'], order, limit: 1 }
        const first = await listEvents(db, asked)
        const second = await listEvents(db, { ...asked, cursor: first.next })
        expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(order === 'oldest' ? ['e2', 'e1'] : ['e1', 'e2'])
        expect(second.next).toBeNull()
      }
      expect((await listEvents(db, { minConfidence: 0.9, from: '0001-01-01' })).items.map(({ id }) => id)).toEqual(['e3', 'e2', 'e1'])
      expect((await listEvents(db, { minConfidence: 0.91 })).items).toEqual([])
      await putAccounts(db, [{ event: 'e1', side: 'ITA', body: {} }, { event: 'e2', side: 'RUS', body: {} }])
      await putAccounts(db, [{ event: 'e1', side: 'RUS', body: { topics: ['trade'] } }, { event: 'e1', side: 'CHN', body: {} }])
      await putAccounts(db, [])
      expect((await listAccounts(db, 'e1')).map(({ side }) => side)).toEqual(['CHN', 'RUS'])
      expect(await listAccounts(db, 'e2')).toEqual([{ event: 'e2', side: 'RUS', body: {} }])
      await transaction((tx) => putEvents(tx, [event('e4', { reports: [{ report: 'e1-r', month: '2024-02-01' }] })]))
      expect(await eventsOfReports(db, ['e1-r', 'none'])).toEqual(new Map([['e1-r', 'e4']]))
      expect(await reportsOfEvent(db, 'e1')).toEqual([])
      await deleteEvents(db, ['e1'])
      expect((await getEvents(db, ['e1', 'e4'])).has('e1')).toBe(false)
      expect(await listAccounts(db, 'e1')).toEqual([])
      await expect(putAccounts(db, [{ event: 'none', side: 'RUS', body: {} }])).rejects.toMatchObject({ code: 'bad-row' })
    })

    it('are counted by the database as they come and go', async () => {
      const { db, transaction } = made.store
      const counted = async (key: string) => (await eventSums(db, key)).map(({ month, type, mode, status, events }) => `${month} ${type} ${mode} ${status} ${events}`).sort()
      const pairs = () => pairSums(db, ['FRA', 'DEU', 'ITA'])
      const keys = ['DEU', 'DEU|FRA', 'FRA']
      await transaction((tx) => putEvents(tx, [event('s1', { keys, mode: 'phone', firstDay: '2024-01-05' }), event('s2', { keys, mode: 'phone', firstDay: '2024-01-20' }), event('s3', { keys, firstDay: '2024-03-01', status: 'future' }), event('s4', { keys: [...keys, 'DEU|ITA', 'DEU|DEU'], firstDay: null })]))
      expect(await counted('DEU|FRA')).toEqual(['0001-01-01 CONSULT null occurred 1', '2024-01-01 CONSULT phone occurred 2', '2024-03-01 CONSULT null future 1'])
      expect(await pairs()).toMatchObject([{ pair: ['DEU', 'FRA'], events: 4, firstDay: '2024-01-05', lastDay: '2024-03-01' }, { pair: ['DEU', 'ITA'], events: 1, firstDay: null, lastDay: null }])
      expect((await pairs())[0]?.counts).toEqual({ 'CONSULT occurred': 3, 'CONSULT future': 1 })
      expect(await pairSums(db, ['FRA', 'DEU', 'ITA'], { country: 'ITA', limit: 5 })).toMatchObject([{ pair: ['DEU', 'ITA'] }])
      // Written again otherwise, and taken out: the counts follow.
      await transaction((tx) => putEvents(tx, [event('s1', { keys: ['FRA'], type: 'ACCUSE', firstDay: '2024-01-05' })]))
      await deleteEvents(db, ['s3', 's4'])
      expect(await counted('DEU|FRA')).toEqual(['2024-01-01 CONSULT phone occurred 1'])
      expect(await counted('FRA')).toEqual(['2024-01-01 ACCUSE null occurred 1', '2024-01-01 CONSULT phone occurred 1'])
      expect(await pairs()).toMatchObject([{ pair: ['DEU', 'FRA'], events: 1, firstDay: '2024-01-20', lastDay: '2024-01-20' }])
      await deleteEvents(db, ['s1', 's2'])
      expect(await counted('FRA')).toEqual([])
      expect(await pairs()).toEqual([])
    })

    it('are joined by one worker at a time', async () => {
      if (made.store.engine === 'embedded') return expect((await sql`select 1`.execute(made.store.db)).rows).toHaveLength(1)
      const order: string[] = []
      await Promise.all(['a', 'b'].map((name) => made.store.transaction(async (tx) => {
        await lockKeys(tx, ['USA', 'CHN'])
        order.push(`${name} in`)
        await sql`select pg_sleep(0.05)`.execute(tx)
        order.push(`${name} out`)
      })))
      expect(order.map((step) => step.slice(2))).toEqual(['in', 'out', 'in', 'out'])
    })
  })

  it('sets documents aside with their reason until they are resolved', async () => {
    const { db } = made.store
    const problem = { stage: 'page', code: 'no-text', message: 'nothing\u0000 to read', subject: 'a.html' }
    const id = await putProblem(db, problem, at(1))
    expect(await putProblem(db, { ...problem, code: 'empty' }, at(2))).toBe(id)
    await putProblem(db, { ...problem, subject: 'b.html' }, at(3))
    expect((await listProblems(db)).items).toMatchObject([{ id, code: 'empty', attempts: 2, message: 'nothing\ufffd to read' }, { subject: 'b.html', attempts: 1 }])
    expect((await listProblems(db, { limit: 1 })).next).not.toBeNull()
    expect(await resolveProblems(db, 'a.html', at(4))).toBe(true)
    expect(await resolveProblems(db, 'a.html', at(4))).toBe(false)
    expect((await listProblems(db)).items.map(({ subject }) => subject)).toEqual(['b.html'])
    expect((await listProblems(db, { all: true, stage: 'page' })).items).toHaveLength(2)
  })

  it('resumes a job where it stopped, and begins one that was done anew', async () => {
    const { db, transaction } = made.store
    const job = await startJob(db, 'add', { files: ['a'] }, 10, at(1))
    expect(job).toMatchObject({ cursor: null, done: 0, state: 'running', total: 10 })
    await advanceJob(db, job.id, { cursor: { line: 5 }, done: 5, failed: 1 })
    await expect(transaction(async (tx) => {
      await advanceJob(tx, job.id, { cursor: { line: 9 }, done: 4 })
      throw new Error('killed')
    })).rejects.toThrow('killed')
    expect(await startJob(db, 'add', { files: ['a'] }, 10, at(2))).toMatchObject({ id: job.id, cursor: { line: 5 }, done: 5, failed: 1 })
    await advanceJob(db, job.id, { state: 'done' })
    expect(await listJobs(db, 'running')).toEqual([])
    expect(await startJob(db, 'add', { files: ['a'] }, 10, at(3))).toMatchObject({ cursor: null, done: 0, failed: 0, state: 'running' })
    expect((await startJob(db, 'add', { files: ['b'] })).id).not.toBe(job.id)
    await expect(advanceJob(db, job.id, { state: 'lost' as 'done' })).rejects.toMatchObject({ code: 'bad-row' })
  })

  it('keeps the state of feeds, with back-off, over restarts', async () => {
    const { db } = made.store
    await putSource(db, { id: 'xinhua', kind: 'outlet', name: 'Xinhua', url: null, country: 'CHN', settings: { rate: 1 } })
    await putSource(db, { id: 'xinhua', kind: 'outlet', name: 'Xinhua agency', url: null, country: 'CHN', settings: { rate: 2 } })
    expect(await listSources(db)).toEqual([{ id: 'xinhua', kind: 'outlet', name: 'Xinhua agency', url: null, country: 'CHN', settings: { rate: 2 } }])
    const url = 'https://feed.example/rss'
    await putFeed(db, { url, kind: 'rss', source: 'xinhua', everySeconds: 600 }, at(0))
    await noteFeed(db, url, { ok: true, status: 200, etag: '"1"', lastModified: 'Mon', nextDue: at(10).toISOString() }, at(0))
    await noteFeed(db, url, { ok: false, status: 503, error: 'busy', nextDue: at(20).toISOString() }, at(10))
    await noteFeed(db, url, { ok: false, status: null, error: 'no answer', nextDue: at(40).toISOString() }, at(20))
    await putFeed(db, { url, kind: 'rss', everySeconds: 900 }, at(21))
    expect(await listFeeds(db)).toEqual([{ url, kind: 'rss', source: null, etag: '"1"', lastModified: 'Mon', lastStatus: null, lastError: 'no answer', lastFetched: at(20).toISOString(), nextDue: at(40).toISOString(), failures: 2, everySeconds: 900, paused: false }])
    expect(await listFeeds(db, at(39).toISOString())).toEqual([])
    expect(await pauseFeed(db, url)).toBe(true)
    expect(await listFeeds(db, at(50).toISOString())).toEqual([])
    expect(await pauseFeed(db, 'https://none.example')).toBe(false)
    await expect(putFeed(db, { url: 'https://x.example', kind: 'rss', source: 'nobody', everySeconds: 1 })).rejects.toMatchObject({ code: 'bad-row' })
  })

  it('gives an address to one fetcher at a time, one per host, until the claim runs out', async () => {
    const { db } = made.store
    const urls = ['https://a.example/1', 'https://a.example/2', 'https://b.example/1']
    expect(await putAddresses(db, urls.map((url) => ({ url })), at(0).toISOString())).toBe(3)
    expect(await putAddresses(db, urls.map((url) => ({ url })), at(5).toISOString())).toBe(0)
    const claims = await Promise.all(['w1', 'w2', 'w3'].map((by) => claimAddresses(db, by, at(10).toISOString(), 5, at(1))))
    expect(claims.flat().map(({ url }) => url).sort()).toEqual([urls[0], urls[2]])
    expect(await claimAddress(db, urls[0] ?? '', 'w9', at(10).toISOString(), at(2))).toBe(false)
    expect(await claimAddress(db, 'https://c.example/', 'w9', at(10).toISOString(), at(2))).toBe(true)
    await noteAddress(db, urls[0] ?? '', { ok: false, status: 500, error: 'broken', nextDue: at(60).toISOString() }, at(3))
    expect(await getAddress(db, urls[0] ?? '')).toMatchObject({ failures: 1, lastStatus: 500 })
    expect((await claimAddresses(db, 'w2', at(10).toISOString(), 5, at(4))).map(({ url }) => url)).toEqual([urls[1]])
    expect((await claimAddresses(db, 'w3', at(30).toISOString(), 5, at(11))).map(({ url }) => url).sort()).toEqual([urls[1], urls[2]])
    expect(await getAddress(db, 'https://none.example')).toBeNull()
    await expect(putAddresses(db, [{ url: 'not an address' }], null)).rejects.toMatchObject({ code: 'bad-row' })
  })

  it('keeps searches by name', async () => {
    const { db } = made.store
    await saveSearch(db, 'calls', { pair: ['RUS', 'CHN'] })
    await saveSearch(db, 'calls', { pair: ['USA', 'CHN'] })
    expect(await listSearches(db)).toMatchObject([{ name: 'calls', query: { pair: ['USA', 'CHN'] } }])
    expect(await deleteSearch(db, 'calls')).toBe(true)
    expect(await deleteSearch(db, 'calls')).toBe(false)
  })

  it('does not wait for a clock that was ahead and was put right', async () => {
    const { db } = made.store
    const [right, ahead] = [new Date('2026-03-01T12:00:00Z'), new Date('2036-03-01T12:00:00Z')]
    const later = (now: Date, minutes: number): string => new Date(now.getTime() + minutes * 60_000).toISOString()
    await putFeed(db, { url: 'https://clock.example/feed', kind: 'feed', everySeconds: 900 }, right)
    const due = async (now: Date): Promise<boolean> => (await listFeeds(db, now.toISOString())).some(({ url }) => url === 'https://clock.example/feed')
    // Looked at while the clock is ten years ahead, then the clock goes back.
    await noteFeed(db, 'https://clock.example/feed', { status: 200, nextDue: later(ahead, 15), ok: true }, ahead)
    expect(await due(ahead)).toBe(false)
    expect(await due(right)).toBe(true)
    await noteFeed(db, 'https://clock.example/feed', { status: 200, nextDue: later(right, 15), ok: true }, right)
    expect(await due(right)).toBe(false)
    expect(await due(new Date(later(right, 16)))).toBe(true)
    // The clock jumps ahead for good: it is due at once.
    expect(await due(ahead)).toBe(true)
    await pauseFeed(db, 'https://clock.example/feed')

    const url = 'https://clock.example/page'
    await putAddresses(db, [{ url }], later(right, -1))
    expect((await claimAddresses(db, 'one', later(ahead, 5), 5, ahead)).map((address) => address.url)).toContain(url)
    // The one who claimed it died; nobody waits ten years.
    expect((await claimAddresses(db, 'two', later(right, 5), 5, right)).map((address) => address.url)).toContain(url)
    expect(await claimAddress(db, url, 'three', later(right, 5), right)).toBe(false)
    expect(await claimAddress(db, url, 'three', later(right, 11), new Date(later(right, 6)))).toBe(true)
    await noteAddress(db, url, { status: 200, nextDue: null, ok: true }, right)
  })
})
