import { describe, expect, test } from 'vitest'
import type { Account, Quote } from '../model/index.ts'
import { actor, PUTIN, reading, state, XI } from '../../test/readings.ts'
import { compareAccounts, joinReports } from './index.ts'

const CALL = { mode: 'phone', actors: [PUTIN, XI], date: '2024-02-08', words: 'The presidents spoke by telephone on Thursday about many things.' }
const accountsOf = (given: Parameters<typeof reading>[0][], voice: Record<string, string> = {}): readonly Account[] => {
  const { accounts, events } = joinReports(given.map(reading), [], ({ id }) => voice[id] ?? null)
  const call = events.find(({ mode }) => mode === 'phone')
  return accounts.filter(({ event }) => event === call?.id)
}
const topics = (account: Account | undefined): string[] => (account?.topics ?? []).map(({ kind, key }) => `${kind} ${key}`)

describe('whose account it is', () => {
  test('an official quoted by a third party speaks for his state, a businessman does not', () => {
    const accounts = accountsOf([{ id: 'a', reports: [CALL], statements: [{ speaker: PUTIN, topics: ['economic'] }, { speaker: actor('noun:CHN/BUS', 'CHN', { sector: 'BUS' }), topics: ['health'] }] }])
    expect(topics(accounts.find(({ side }) => side === 'RUS'))).toEqual(['context economic'])
    expect(topics(accounts.find(({ side }) => side === 'others'))).toContain('context health')
    expect(accounts.some(({ side }) => side === 'CHN')).toBe(false)
    expect(accounts.every(({ official }) => !official)).toBe(true)
  })
  test('a publication of a side is its account, but for what it quotes of the other side', () => {
    const accounts = accountsOf([{ id: 'a', reports: [{ ...CALL, contexts: ['cbrn'] }], statements: [{ speaker: XI, topics: ['economic'] }] }], { a: 'RUS' })
    expect(topics(accounts.find(({ side }) => side === 'RUS'))).toEqual(['context cbrn'])
    expect(topics(accounts.find(({ side }) => side === 'CHN'))).toEqual(['context economic'])
    expect(accounts.find(({ side }) => side === 'RUS')).toMatchObject({ official: true, articles: ['a'] })
  })
  test('a publication of a state that takes no part is a third party', () => {
    expect(accountsOf([{ id: 'a', reports: [{ ...CALL, contexts: ['cbrn'] }] }], { a: 'QAT' }).map(({ side }) => side)).toEqual(['others'])
  })
  test('what a side is said not to have mentioned is kept apart from what it said', () => {
    const [account] = accountsOf([{ id: 'a', reports: [CALL], statements: [{ speaker: XI, stance: 'not-mentioned', countries: ['UKR'], text: 'Ukraine' }] }])
    expect(account).toMatchObject({ side: 'CHN', topics: [], unsaid: [expect.objectContaining({ text: 'Ukraine' })] })
  })
  test('background and statements of other times are no part of it', () => {
    const accounts = accountsOf([{ id: 'a', reports: [CALL, { type: 'AID', actors: [state('USA')], recipients: [state('UKR')], date: '2022-03-01', historical: true }], statements: [{ speaker: PUTIN, topics: ['economic'], date: { value: '2019-01-01', basis: 'stated', span: [0, 1] } }] }])
    expect(accounts.flatMap(topics)).toEqual([])
  })
  test('in a text on something else only what stands beside the event belongs to it', () => {
    const long = 'A long story on other matters. '.repeat(60)
    const accounts = accountsOf([{ id: 'a', reports: [{ type: 'AID', actors: [state('USA')], recipients: [state('UKR')], words: long }, { ...CALL, historical: true }], statements: [{ speaker: PUTIN, topics: ['health'] }] }])
    expect(accounts.flatMap(topics)).toEqual([])
  })
})

describe('comparison', () => {
  const quote = (text: string, more: Partial<Quote> = {}): Quote => ({ article: 'a', language: 'en', outlet: null, span: [0, 1], text, speaker: 'Somebody', stance: 'said', ...more })
  const account = (side: string, keys: readonly string[], more: Partial<Account> = {}): Account => ({
    event: 'e', side, official: true, articles: [side], characters: 100, unsaid: [], topics: keys.map((key, order) => ({ kind: 'context', key, order, share: 0.1, quotes: [quote(`${side} on ${key}`)] })), ...more,
  })
  const sorted = (list: readonly { key: string }[]): string[] => list.map(({ key }) => key).sort()

  test('said by both, by one, by neither', () => {
    const result = compareAccounts('e', [account('RUS', ['x', 'y']), account('CHN', ['y', 'z']), account('others', ['y', 'w'])], 'RUS', 'CHN')
    expect([result.both, result.onlyA, result.onlyB, result.neither].map(sorted)).toEqual([['y'], ['x'], ['z'], ['w']])
    expect(result.both[0]).toMatchObject({ a: [{ text: 'RUS on y' }], b: [{ text: 'CHN on y' }], others: [{ text: 'others on y' }] })
  })
  test('a side that says nothing leaves the other alone', () => {
    const result = compareAccounts('e', [account('RUS', ['x'])], 'RUS', 'CHN')
    expect(sorted(result.onlyA)).toEqual(['x'])
    expect(result.differences).toEqual([])
  })
  test('length, order, numbers, tone and wording', () => {
    const kinds = (a: Account, b: Account): string[] => compareAccounts('e', [a, b], 'RUS', 'CHN').differences.map(({ kind, topic }) => `${kind} ${topic ?? ''}`.trim())
    expect(kinds(account('RUS', ['x'], { characters: 300 }), account('CHN', ['x']))).toEqual(['length', 'wording context x'])
    expect(kinds(account('RUS', ['p', 'q', 'r', 's']), account('CHN', ['q', 'r', 's', 'p'])).filter((line) => line.startsWith('order'))).toEqual(['order context p'])
    const figure = (side: string, value: string): Account => account(side, [], { topics: [{ kind: 'figure', key: 'trade', order: 0, share: 0, value, quotes: [quote('same', { speaker: null, stance: null })] }] })
    expect(kinds(figure('RUS', '200'), figure('CHN', '240'))).toEqual(['figure figure trade'])
    expect(kinds(figure('RUS', '200'), figure('CHN', '200'))).toEqual([])
    const toned = (side: string, stance: string): Account => account(side, [], { topics: [{ kind: 'state', key: 'UKR', order: 0, share: 0, quotes: [quote('same', { stance })] }] })
    expect(kinds(toned('RUS', 'warned'), toned('CHN', 'praised'))).toEqual(['stance state UKR'])
    expect(kinds(toned('RUS', 'said'), toned('CHN', 'affirmed'))).toEqual([])
  })
  test('lengths and wordings of two languages are not held against each other', () => {
    const zh = account('CHN', [], { characters: 20, topics: [{ kind: 'context', key: 'x', order: 0, share: 1, quotes: [quote('words', { language: 'zh' })] }] })
    expect(compareAccounts('e', [account('RUS', ['x'], { characters: 300 }), zh], 'RUS', 'CHN').differences).toEqual([])
  })
})
