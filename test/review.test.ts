/** Decisions by people: in force at once, kept with who, when and why, taken back, and there after a rebuild. */
import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { WorldEvent } from '../src/model/index.ts'
import { rebuild } from '../src/rebuild.ts'
import { PACKAGE_ROOT } from '../src/reader.ts'
import { type LastingRecord, openRecord } from '../src/record.ts'
import { decide, fieldValue, historyOf, ReviewError, reviewQueue, undo } from '../src/review.ts'
import { deleteEvents, listEvents, putReadings } from '../src/store/index.ts'
import { searchWords } from '../src/words.ts'
import { PUTIN, reading, state, XI } from './readings.ts'
import { engines, type TestStore } from './store/engines.ts'

const CALL = { mode: 'phone', actors: [PUTIN, XI], date: '2024-02-08' }
const by = 'ana'
const WIRE = (city: string): string => `French President Emmanuel Macron met German Chancellor Olaf Scholz in ${city} on Monday.

They signed an agreement on the joint production of drones and promised to send further air defence systems to Ukraine before the winter begins, the two governments said in a joint statement after the talks.`

const found = await engines()

describe.each(found)('review on the $name engine', ({ fresh }) => {
  let made: TestStore
  let record: LastingRecord
  beforeAll(async () => {
    made = await fresh()
    await made.store.close()
    record = await openRecord({ ...made.options, threads: 1 })
    const readings = [
      reading({ id: 'a', reports: [CALL] }), reading({ id: 'b', language: 'zh', reports: [CALL] }), reading({ id: 'c', language: 'ru', published: '2024-02-20', reports: [{ ...CALL, date: '2024-02-20' }] }),
      reading({ id: 'd', published: '2023-03-20', reports: [{ mode: 'visit', actors: [XI], recipients: [state('RUS')], date: '2023-03-20' }] }),
      reading({ id: 'k1', reports: [{ type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], date: '2024-02-08', figures: [{ measure: 'killed', value: 4 }] }] }),
      reading({ id: 'k2', language: 'ru', reports: [{ type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], date: '2024-02-08', figures: [{ measure: 'killed', value: 4 }] }] }),
    ]
    await putReadings(record.store.db, readings.map((one) => ({ reading: one })), { run: record.run, words: searchWords(record.knowledge) })
    await record.join()
  }, 120_000)
  afterAll(async () => {
    await record.close()
    if ('dir' in made.options) rmSync(made.options.dir, { recursive: true, force: true })
    else await made.drop()
  }, 60_000)

  const eventsNow = async (): Promise<WorldEvent[]> => (await listEvents(record.store.db, { limit: 500 })).items.map(({ body }) => body as WorldEvent)
  const eventOf = async (report: string): Promise<WorldEvent | undefined> => (await eventsNow()).find(({ members }) => members.some((member) => member.report === report))
  const reportsWith = async (report: string): Promise<string> => (await eventOf(report))?.members.map((member) => member.report).sort().join(' ') ?? ''
  const make = (on: string, what: object, why = 'seen') => decide(record.store, record.voiceOf, { on, by, why, ...what })

  it('parts and joins at once, and takes it back', async () => {
    expect(await reportsWith('a:0')).toBe('a:0 b:0')
    const { judgements, events } = await make('a:0', { notSame: 'b:0' }, 'two calls')
    expect(events.map(({ members }) => members.length)).toEqual([1, 1])
    expect(await reportsWith('a:0')).toBe('a:0')
    const [kept] = (await historyOf(record.store, 'a:0')).filter((judgement) => judgement.by.kind === 'person')
    expect(kept).toMatchObject({ id: judgements[0], kind: 'not-same', report: 'a:0', other: 'b:0', by: { kind: 'person', name: 'ana' }, why: 'two calls', withdrawn: null })
    expect(Number.isNaN(Date.parse(String(kept?.at)))).toBe(false)
    await undo(record.store, record.voiceOf, judgements[0] ?? '', 'bo', 'one call')
    expect(await reportsWith('a:0')).toBe('a:0 b:0')
    expect((await historyOf(record.store, 'a:0')).find(({ id }) => id === kept?.id)?.withdrawn).toMatchObject({ by: 'bo', why: 'one call' })
    await expect(undo(record.store, record.voiceOf, judgements[0] ?? '', 'bo', 'again')).rejects.toThrow(/taken back before/u)
  })

  it('whole events are joined whatever their days, parted again as one decision', async () => {
    const [one, other] = [await eventOf('a:0'), await eventOf('c:0')]
    const { judgements, events } = await make(one?.id ?? '', { same: other?.id ?? '' })
    expect(events).toHaveLength(1)
    expect(judgements.length).toBeGreaterThan(1)
    expect(await reportsWith('c:0')).toBe('a:0 b:0 c:0')
    await undo(record.store, record.voiceOf, judgements[1] ?? '', by, 'no')
    expect(await reportsWith('c:0')).toBe('c:0')
    await expect(make(one?.id ?? '', { same: one?.id ?? '' })).rejects.toThrow(/one event already/u)
  })

  it('confirms, rejects, corrects and notes', async () => {
    const before = await eventOf('d:0')
    await make(before?.id ?? '', { confirm: true, note: 'state visit', correct: [{ field: 'date', value: '2023-03-21' }] })
    expect(await eventOf('d:0')).toMatchObject({ firstDay: '2023-03-21', confidence: 0.99, notes: ['state visit'] })
    const { judgements, events } = await make('d:0', { reject: true })
    expect(events).toEqual([])
    expect(await eventOf('d:0')).toBeUndefined()
    await record.join()
    expect(await eventOf('d:0')).toBeUndefined()
    await undo(record.store, record.voiceOf, judgements[0] ?? '', by, 'it was')
    expect(await eventOf('d:0')).toMatchObject({ firstDay: '2023-03-21' })
  })

  it('refuses what cannot be decided, and leaves nothing of it', async () => {
    const count = async (): Promise<number> => (await historyOf(record.store, 'a:0')).length
    const before = await count()
    for (const what of [{}, { confirm: true, reject: true }, { same: 'nobody' }]) await expect(make('a:0', what)).rejects.toThrow(ReviewError)
    await expect(make('a:0', { confirm: true }, '')).rejects.toThrow(/say why/u)
    await expect(make('nothing', { confirm: true })).rejects.toThrow(/no event or report 'nothing'/u)
    expect(await count()).toBe(before)
    const [rule] = (await historyOf(record.store, 'a:0')).filter((judgement) => judgement.by.kind === 'rule')
    await expect(undo(record.store, record.voiceOf, rule?.id ?? '', by, 'no')).rejects.toThrow(/rules' own/u)
  })

  it('reads the right values of fields as people write them', () => {
    const value = (field: string, text: string) => fieldValue(record.knowledge, field, text, (word) => (word === 'Xi' ? 'person:xi-jinping' : word === 'RUS' ? 'RUS' : null))
    expect(value('actors', 'Xi, RUS')).toMatchObject([{ id: 'person:xi-jinping', country: 'CHN' }, { id: 'state:RUS', country: 'RUS', sector: 'GOV' }])
    expect([value('historical', 'true'), value('mode', ''), value('type', 'agree'), value('date', '2024-02')]).toEqual([true, null, 'AGREE', '2024-02'])
    for (const [field, text] of [['date', 'Thursday'], ['status', 'done'], ['type', 'MEET'], ['mode', 'pigeon'], ['actors', 'Nobody'], ['place', 'nowhere-at-all'], ['confidence', '1']] as const) expect(() => value(field, text)).toThrow(ReviewError)
  })

  it('asks first what moves most, and not again what was answered', async () => {
    const first = await reviewQueue(record.store, 50)
    expect(first.length).toBeGreaterThan(0)
    expect(first.map(({ weight }) => weight)).toEqual(first.map(({ weight }) => weight).sort((a, b) => b - a))
    const asks = async (id: string | undefined): Promise<boolean> => (await reviewQueue(record.store, 50)).some(({ kind, event }) => kind === 'right-or-not' && event.id === id)
    const event = await eventOf('k1:0')
    expect(await asks(event?.id)).toBe(true)
    await make('k1:0', { confirm: true })
    expect(await asks((await eventOf('k1:0'))?.id)).toBe(false)
  })

  it('outlasts a rebuild, by the words when the reports have other ids', async () => {
    await record.add(['Paris', 'Lyon'].map((city, at) => ({ name: city, bytes: new TextEncoder().encode(WIRE(city)), mediaType: 'text/plain', published: `2024-09-0${2 + at}` })))
    const meeting = (await eventsNow()).find(({ type, actors }) => type === 'CONSULT' && actors.some(({ country }) => country === 'FRA'))
    const report = meeting?.members[0]?.report ?? ''
    await make(report, { correct: [{ field: 'date', value: '2024-09-12' }], note: 'the week after' })
    const corrected = (await eventOf(report))?.firstDay
    expect(corrected).toBe('2024-09-12')
    // Nothing of the events is left, and everything is read and joined again.
    await deleteEvents(record.store.db, (await eventsNow()).map(({ id }) => id))
    await rebuild(record, { all: true })
    expect(await eventOf(report)).toMatchObject({ firstDay: '2024-09-12', notes: ['the week after'] })
    expect(await eventOf('d:0')).toMatchObject({ firstDay: '2023-03-21', confidence: 0.99 })
    // Another version of the reader gives the same words under another id.
    const again = reading({ id: 'd', published: '2023-03-20', reports: [{ mode: 'visit', actors: [XI], recipients: [state('RUS')], date: '2023-03-20' }] })
    await putReadings(record.store.db, [{ reading: { ...again, reports: again.reports.map((one) => ({ ...one, id: 'd:other' })) } }], { run: record.run, words: searchWords(record.knowledge), replace: true })
    await record.join()
    expect(await eventOf('d:other')).toMatchObject({ firstDay: '2023-03-21', confidence: 0.99, notes: ['state visit'] })
  }, 200_000)
})

describe('readout review', () => {
  it.each<[string, string[], RegExp]>([
    ['no record', ['--store', '/nowhere/at/all'], /there is no record in '\/nowhere\/at\/all'/u], ['nobody who decides', ['0123456789abcd', '--confirm'], /say who decides/u],
    ['nothing to decide on', ['--confirm', '--by', 'ana'], /name the event or report/u], ['a length that is none', ['--limit', 'all'], /--limit takes a whole number/u],
  ])('%s is told in one line', (_, args, message) => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(PACKAGE_ROOT, 'src', 'cli', 'main.ts'), 'review', ...args], { encoding: 'utf8', timeout: 100_000, env: { ...process.env, READOUT_REVIEWER: '' } })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /u)
    expect(status).toBe(2)
  }, 120_000)
})
