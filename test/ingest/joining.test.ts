/** Joining in the record: by parts as by the whole, on both engines; people's decisions hold; what fails is done later. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinReports } from '../../src/events/index.ts'
import type { Document } from '../../src/ingest/document.ts'
import { loadHeld } from '../../src/joining-load.ts'
import { pendingArticles } from '../../src/joining.ts'
import type { WorldEvent } from '../../src/model/index.ts'
import { rebuild } from '../../src/rebuild.ts'
import { PACKAGE_ROOT } from '../../src/reader.ts'
import { type LastingRecord, openRecord } from '../../src/record.ts'
import { appendJudgements, listEvents, putReadings, withdrawJudgement } from '../../src/store/index.ts'
import { searchWords } from '../../src/words.ts'
import { PUTIN, reading, state, XI } from '../readings.ts'
import { engines, type TestStore } from '../store/engines.ts'

const FOLDER = join(PACKAGE_ROOT, 'examples', 'articles')
const samples: Document[] = readdirSync(FOLDER).filter((name) => /\.(?:txt|html)$/u.test(name)).map((name) => ({
  name, bytes: new Uint8Array(readFileSync(join(FOLDER, name))), mediaType: name.endsWith('.html') ? 'text/html' : 'text/plain', published: /\d{4}-\d{2}-\d{2}/u.exec(name)?.[0] ?? null,
}))

const found = await engines()

describe.each(found)('joining on the $name engine', ({ fresh }) => {
  const open: { made: TestStore; record: LastingRecord }[] = []
  const empty = async (more: { join?: boolean } = {}): Promise<LastingRecord> => {
    const made = await fresh()
    await made.store.close()
    const record = await openRecord({ ...made.options, threads: 1, ...more })
    open.push({ made, record })
    return record
  }
  afterAll(async () => {
    for (const { made, record } of open) {
      await record.close()
      if ('dir' in made.options) rmSync(made.options.dir, { recursive: true, force: true })
      else await made.drop()
    }
  }, 120_000)

  /** All that joining writes, but for the moments at which it did. */
  const written = async ({ store: { db } }: LastingRecord): Promise<unknown> => ({
    events: (await sql`select to_jsonb(e) as row from events e order by id`.execute(db)).rows, keys: (await sql`select to_jsonb(k) as row from event_keys k order by key, event`.execute(db)).rows,
    reports: (await sql`select to_jsonb(r) as row from event_reports r order by report`.execute(db)).rows, accounts: (await sql`select to_jsonb(a) as row from accounts a order by event, side`.execute(db)).rows,
    judgements: (await sql`select to_jsonb(j) - 'at' as row from judgements j order by id`.execute(db)).rows,
  })
  const eventsOf = async ({ store: { db } }: LastingRecord): Promise<WorldEvent[]> => (await listEvents(db, { limit: 500 })).items.map(({ body }) => body as WorldEvent)

  describe('the sample articles', () => {
    let whole: LastingRecord
    beforeAll(async () => {
      whole = await empty()
      await whole.add(samples)
    }, 400_000)

    it('one by one, in the other order, give what all at once give, and what joining in memory gives', async () => {
      const parts = await empty()
      for (const document of [...samples].reverse()) expect((await parts.add([document])).unjoined).toBeNull()
      expect(await written(parts)).toEqual(await written(whole))
      const { rows } = await sql<{ id: string }>`select id from articles order by id`.execute(whole.store.db)
      const memory = joinReports([...(await loadHeld(whole.store.db, rows.map(({ id }) => id))).values()].map((held) => held.reading), [], whole.voiceOf)
      const byId = (a: WorldEvent, b: WorldEvent): number => (a.id < b.id ? -1 : 1)
      expect((await eventsOf(whole)).sort(byId)).toEqual([...memory.events].sort(byId))
      expect(memory.events.some(({ members }) => new Set(members.map(({ language }) => language)).size > 2)).toBe(true)
    }, 400_000)

    it('again, joined anew or read anew, they change nothing', async () => {
      const before = await written(whole)
      expect(await whole.add(samples)).toMatchObject({ added: 0, events: 0 })
      const { rows } = await sql<{ id: string }>`select id from articles`.execute(whole.store.db)
      expect(await whole.join({ articles: rows.map(({ id }) => id) })).toMatchObject({ articles: rows.length, events: 0, gone: 0 })
      expect(await rebuild(whole, { all: true })).toMatchObject({ changed: 0, events: { written: 0, gone: 0 } })
      expect(await written(whole)).toEqual(before)
    }, 400_000)
  })

  describe('readings made for it', () => {
    const CALL = { mode: 'phone', actors: [PUTIN, XI], date: '2024-02-08' }
    const put = (record: LastingRecord, ...readings: ReturnType<typeof reading>[]) => putReadings(record.store.db, readings.map((one) => ({ reading: one })), { run: record.run, words: searchWords(record.knowledge) })
    const groups = async (record: LastingRecord): Promise<string[]> => (await eventsOf(record)).map(({ members }) => members.map(({ report }) => report).sort().join(' ')).sort()

    it('what was kept but not joined waits, and is joined by the next run', async () => {
      const record = await empty()
      await put(record, reading({ id: 'a', reports: [CALL] }), reading({ id: 'b', language: 'zh', reports: [CALL] }))
      expect(await pendingArticles(record.store.db)).toEqual(['a', 'b'])
      expect(await record.add([])).toMatchObject({ added: 0, events: 1, unjoined: null })
      expect(await groups(record)).toEqual(['a:0 b:0'])
      expect(await pendingArticles(record.store.db)).toEqual([])
    }, 120_000)

    it('what is at hand is what the record holds, and counts only while no other run has put another in its place', async () => {
      const record = await empty()
      const { db } = record.store
      const made = reading({ id: 'a', reports: [CALL] })
      const own = { ...made, article: { ...made.article, title: 'half a pair \ud83d' } }
      await put(record, own)
      const stored = await loadHeld(db, ['a', 'none'])
      expect(stored.get('a')?.reading.reports).toHaveLength(1)
      expect(await loadHeld(db, ['a', 'none'], { run: record.run, readings: new Map([['a', own], ['none', own]]) })).toEqual(stored)
      const other = new Map([['a', { ...own, reports: [] }]])
      expect((await loadHeld(db, ['a'], { run: record.run, readings: other })).get('a')?.tellings).toEqual([])
      expect(await loadHeld(db, ['a'], { run: 'another', readings: other })).toEqual(stored)
    }, 120_000)

    it('a join that fails leaves the documents, says why, and is made up for', async () => {
      const record = await empty()
      const { db } = record.store
      await sql`create function no_events() returns trigger language plpgsql as $$ begin raise exception 'no events today'; end $$`.execute(db)
      await sql`create trigger no_events before insert on events for each row execute function no_events()`.execute(db)
      const sum = await record.add(samples.slice(2, 4))
      expect(sum).toMatchObject({ added: 2, failed: 0, events: 0 })
      expect(sum.unjoined).toMatch(/no events today/u)
      expect(await eventsOf(record)).toEqual([])
      await sql`drop trigger no_events on events`.execute(db)
      expect(await record.add([])).toMatchObject({ unjoined: null })
      expect((await eventsOf(record)).length).toBeGreaterThan(1)
    }, 120_000)

    it('obeys people, whatever comes in later, until they take it back', async () => {
      const record = await empty()
      const { db } = record.store
      const by = { kind: 'person' as const, name: 'ana' }
      await put(record, reading({ id: 'a', reports: [CALL] }), reading({ id: 'b', language: 'zh', reports: [CALL] }))
      const [id = ''] = await appendJudgements(db, [{ kind: 'not-same', report: 'a:0', other: 'b:0', by, why: 'two calls' }])
      await record.join()
      expect(await groups(record)).toEqual(['a:0', 'b:0'])
      await appendJudgements(db, [{ kind: 'reject', report: 'a:0', by, why: 'invented' }])
      await record.join({ articles: ['a'] })
      expect(await groups(record)).toEqual(['b:0'])
      expect(await pendingArticles(db)).toEqual([])
      await appendJudgements(db, [{ kind: 'confirm', report: 'a:0', by, why: 'after all' }])
      await withdrawJudgement(db, id, 'ana', 'one call')
      await record.join({ articles: ['a', 'b'] })
      expect(await groups(record)).toEqual(['a:0 b:0'])
      // What a person corrected is looked for under what is right.
      await put(record, reading({ id: 'c', language: 'ru', published: '2024-03-08', reports: [{ ...CALL, date: '2024-03-07' }] }))
      await record.join()
      expect(await groups(record)).toEqual(['a:0 b:0', 'c:0'])
      await appendJudgements(db, [{ kind: 'field-correction', report: 'c:0', field: 'date', value: '2024-02-08', by, why: 'a slip' }])
      await record.join({ articles: ['c'] })
      expect(await groups(record)).toEqual(['a:0 b:0 c:0'])
      await put(record, reading({ id: 'd', language: 'fr', reports: [CALL] }))
      await record.join()
      expect(await groups(record)).toEqual(['a:0 b:0 c:0 d:0'])
    }, 120_000)

    it('links a plan with what became of it when that comes in later', async () => {
      const record = await empty()
      await put(record, reading({ id: 'p', published: '2024-05-01', reports: [{ mode: 'visit', actors: [XI], recipients: [state('FRA')], date: '2024-05-06', status: 'future' }] }))
      await record.join()
      expect((await eventsOf(record)).flatMap(({ links }) => links)).toEqual([])
      await put(record, reading({ id: 'v', published: '2024-05-06', reports: [{ mode: 'visit', actors: [XI], recipients: [state('FRA')], date: '2024-05-06' }] }))
      await record.join()
      const events = await eventsOf(record)
      expect(events.flatMap(({ links }) => links.map(({ kind }) => kind)).sort()).toEqual(['came-of', 'planned-as'])
    }, 120_000)
  })
})
