/** `readout chronology` and `readout compare` as users call them (the built program), over readings kept in a file. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../src/reader.ts'
import { PUTIN, reading, state, XI } from './readings.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-chronology-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function readout(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(PACKAGE_ROOT, 'dist', 'cli', 'main.js'), ...args], { encoding: 'utf8', timeout: 60_000, env: { ...process.env, NO_COLOR: '1' } })
}
const file = (name: string, content: string): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const CALL = { mode: 'phone', actors: [PUTIN, XI], date: '2024-02-08', words: 'The presidents spoke by telephone on Thursday.' }
const readings = file('readings.jsonl', [
  reading({ id: 'a', url: 'http://kremlin.ru/1', reports: [CALL], statements: [{ speaker: PUTIN, topics: ['economic'] }] }),
  reading({ id: 'b', language: 'zh', url: 'https://www.fmprc.gov.cn/1', reports: [CALL], statements: [{ speaker: XI, topics: ['territory'] }] }),
  reading({ id: 'c', published: '2023-03-20', reports: [{ mode: 'visit', actors: [XI], recipients: [state('RUS')], date: '2023-03-20' }, { type: 'ACCUSE', actors: [state('USA')], recipients: [state('CHN')], date: '2023-03-20' }] }),
].map((item) => JSON.stringify(item)).join('\n'))

describe('chronology', () => {
  test('of a pair, by codes or by names in another language', () => {
    for (const pair of [['RUS', 'CHN'], ['Россия', 'Chine']]) {
      const { status, stdout } = readout('chronology', ...pair, readings)
      expect(status).toBe(0)
      expect(stdout).toContain('events: 2, articles: 3')
      expect(stdout.indexOf('20 March 2023')).toBeLessThan(stdout.indexOf('8 February 2024'))
      expect(stdout).not.toContain('United States')
    }
  }, 60_000)
  test('of one person, from a day on, as JSON', () => {
    const { status, stdout } = readout('chronology', 'Xi Jinping', readings, '--from', '2024', '--json')
    expect(status).toBe(0)
    const { schema, events } = JSON.parse(stdout)
    expect(schema).toBe(1)
    expect(events.map(({ firstDay, members }: { firstDay: string; members: unknown[] }) => [firstDay, members.length])).toEqual([['2024-02-08', 2]])
  }, 60_000)
  test('what a person decided is kept to', () => {
    const judgements = file('judgements.jsonl', JSON.stringify({ kind: 'not-same', report: 'a:0', other: 'b:0', by: { kind: 'person', name: 'ana' }, why: 'two calls' }))
    const { stdout } = readout('chronology', 'RUS', 'CHN', readings, '--judgements', judgements, '--types', 'consult', '--from', '2024', '--format', 'csv')
    expect(stdout.trim().split('\r\n')).toHaveLength(3)
  }, 60_000)
  test.each<[string, string[], RegExp]>([
    ['nobody known', ['Atlantis', readings], /'Atlantis' names no state/u], ['nothing to read', ['RUS', 'CHN'], /name the files/u], ['a day that is none', ['RUS', readings, '--from', 'yesterday'], /--from takes a day/u],
    ['a type that is none', ['RUS', readings, '--types', 'MEET'], /no type 'MEET'/u], ['a status that is none', ['RUS', readings, '--status', 'done'], /no status 'done'/u], ['a number that is none', ['RUS', readings, '--min-confidence', 'high'], /number from 0 to 1/u],
    ['a file that is not there', ['RUS', join(folder, 'none.txt')], /there is no file/u], ['a language that is not there', ['RUS', readings, '--lang', 'xx'], /'xx'; known: ar/u],
  ])('%s is told in one line', (_, args, message) => {
    const { status, stderr } = readout('chronology', ...args)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /u)
  }, 60_000)
  test('a line that is no reading is named, the rest is read, and the exit code says so', () => {
    const bad = file('bad.jsonl', '{"article":{}}\n')
    const { status, stdout, stderr } = readout('chronology', 'RUS', 'CHN', bad, readings)
    expect(stderr).toMatch(/bad\.jsonl:1 is no reading/u)
    expect(stdout).toContain('events: 2')
    expect(status).toBe(1)
  }, 60_000)
})

describe('compare', () => {
  test('takes the event its sides tell most, and tells their accounts apart', () => {
    const { status, stdout } = readout('compare', readings, '--sides', 'RUS,CHN', '--lang', 'fr')
    expect(status).toBe(0)
    expect(stdout).toMatch(/Dit seulement par Russie\n.*économie/u)
    expect(stdout).toMatch(/Dit seulement par Chine\n.*territoire/u)
  }, 60_000)
  test('lists what can be compared, and takes one by its id', () => {
    const id = readout('compare', readings, '--list').stdout.slice(0, 14)
    expect(id).toMatch(/^[0-9a-f]{14}$/u)
    const { event, accounts, comparison } = JSON.parse(readout('compare', id, readings, '--json').stdout)
    expect(event.id).toBe(id)
    expect(accounts.map(({ side, official }: { side: string; official: boolean }) => `${side} ${official}`)).toEqual(['CHN true', 'RUS true'])
    expect(comparison.both).toEqual([])
  }, 60_000)
  test.each<[string, string[], RegExp]>([
    ['an event that is not there', ['0123456789abcd', readings], /no event 0123456789abcd/u], ['one side', [readings, '--sides', 'RUS'], /takes two/u], ['a side nobody knows', [readings, '--sides', 'RUS,Atlantis'], /'Atlantis'/u],
  ])('%s is told in one line', (_, args, message) => {
    const { status, stderr } = readout('compare', ...args)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
  }, 60_000)
})
