import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account, Comparison, Reading, WorldEvent } from '../model/index.ts'
import { createReader } from '../reader.ts'
import { createVoiceOf } from '../voices.ts'
import { ALMATY, BEFORE, BEIJING, CAIRO, WASHINGTON } from '../../test/told.ts'
import { compareAccounts, joinReports, selectEvents } from './index.ts'

const reader = createReader()
const voiceOf = createVoiceOf(reader.knowledge)
let events: readonly WorldEvent[] = []
let accounts: readonly Account[] = []
let call: WorldEvent | undefined
let comparison: Comparison | undefined

beforeAll(async () => {
  const readings: Reading[] = []
  for (const page of [WASHINGTON, BEIJING, CAIRO, ALMATY, BEFORE]) readings.push(await reader.read(page))
  ;({ events, accounts } = joinReports(readings, [], voiceOf))
  call = events.find(({ mode, firstDay }) => mode === 'phone' && firstDay === '2024-04-02')
  comparison = call && compareAccounts(call.id, accounts.filter(({ event }) => event === call?.id), 'USA', 'CHN')
}, 60_000)
afterAll(() => reader.close())

const keys = (topics: Comparison['both'] | undefined): string[] => (topics ?? []).map(({ kind, key }) => `${kind} ${key}`)

describe('one call, told by both sides and by others, in four languages', () => {
  test('is one event, on its day, with both presidents', () => {
    expect([...new Set(call?.members.map(({ language }) => language))].sort()).toEqual(['ar', 'en', 'ru', 'zh'])
    expect(call).toMatchObject({ type: 'CONSULT', mode: 'phone', status: 'occurred', historical: false, date: { value: '2024-04-02' } })
    expect([...(call?.actors ?? []), ...(call?.recipients ?? [])].map(({ id }) => id).sort()).toEqual(['person:joe-biden', 'person:xi-jinping'])
  })
  test('is not the call of two years before', () => {
    expect(events.filter(({ mode }) => mode === 'phone').map(({ firstDay }) => firstDay)).toEqual(['2022-03-18', '2024-04-02'])
  })
  test('the members say whose voice they are, and which tell it as background', () => {
    expect(call?.members.find(({ language }) => language === 'en')?.side).toBe('USA')
    expect(call?.members.find(({ language }) => language === 'zh')?.side).toBe('CHN')
    expect(call?.members.find(({ language }) => language === 'ar')?.side).toBeNull()
    expect(call?.members.find(({ language }) => language === 'ru')).toMatchObject({ background: true, quote: expect.stringContaining('Джо Байден') })
  })
  test('each side has its own account, from its own publication', () => {
    const own = accounts.filter(({ event }) => event === call?.id)
    expect(own.filter(({ official }) => official).map(({ side }) => side).sort()).toEqual(['CHN', 'USA'])
    expect(own.find(({ side }) => side === 'USA')?.characters).toBe(WASHINGTON.text?.length)
  })
  test('what only one side says is told apart, with its words', () => {
    expect(keys(comparison?.onlyA)).toEqual(expect.arrayContaining(['state RUS', 'state UKR', 'state PRK']))
    expect(keys(comparison?.onlyB)).toEqual(expect.arrayContaining(['act REJECT occurred USA>TWN', 'stance criticised USA']))
    const korea = comparison?.onlyA.find(({ key }) => key === 'PRK')
    expect(korea?.a[0]).toMatchObject({ language: 'en', speaker: 'Joe Biden' })
    expect(korea?.a[0]?.text).toContain('denuclearisation of North Korea')
    expect(korea?.b).toEqual([])
  })
  test('no topic is in two parts, and the other way round the sides are swapped', () => {
    const parts = [comparison?.both, comparison?.onlyA, comparison?.onlyB, comparison?.neither].flatMap(keys)
    expect(new Set(parts).size).toBe(parts.length)
    const swapped = call && compareAccounts(call.id, accounts.filter(({ event }) => event === call?.id), 'CHN', 'USA')
    expect(keys(swapped?.onlyA)).toEqual(keys(comparison?.onlyB))
    expect(keys(swapped?.both).sort()).toEqual(keys(comparison?.both).sort())
  })
  test('every quote stands in its article as it is', () => {
    const texts = [WASHINGTON, BEIJING, CAIRO, ALMATY, BEFORE].map((page) => page.text?.replace(/\s+/gu, ' ') ?? '')
    const quotes = accounts.flatMap(({ topics, unsaid }) => [...topics.flatMap((topic) => topic.quotes), ...unsaid])
    expect(quotes.length).toBeGreaterThan(10)
    for (const quote of quotes) expect(texts.some((whole) => whole.includes(quote.text.replace(/^…|…$/gu, ''))), quote.text).toBe(true)
  })
  test('a chronology of the pair has both calls in order', () => {
    expect(selectEvents(events, { parties: ['USA', 'CHN'], together: 2, types: ['CONSULT'], statuses: ['occurred'] }).filter(({ mode }) => mode === 'phone').map(({ firstDay }) => firstDay)).toEqual(['2022-03-18', '2024-04-02'])
    expect(selectEvents(events, { actors: ['person:antony-blinken'] }).map(({ firstDay }) => firstDay)).toContain('2024-06-10')
    expect(selectEvents(events, { parties: ['USA', 'CHN'], together: 2, to: '2023-12-31' }).every(({ firstDay }) => (firstDay ?? '') < '2024')).toBe(true)
  })
})
