/** What people decided in one record, carried to another and written as test cases; by the command line too. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { applyCorrections, casesOf, exportCorrections, parseCorrections, type TestCase } from '../src/corrections.ts'
import type { WorldEvent } from '../src/model/index.ts'
import { createReader, PACKAGE_ROOT } from '../src/reader.ts'
import { type LastingRecord, openRecord } from '../src/record.ts'
import { decide, undo } from '../src/review.ts'
import { listEvents } from '../src/store/index.ts'

const TEXTS = ['Germany expelled two Russian diplomats on Monday.\n\nTurkey summoned the Swedish ambassador.', 'Germany expelled two diplomats of Russia on Monday, Berlin said.']
const dir = mkdtempSync(join(tmpdir(), 'readout-corrections-'))
const open = async (name: string, texts: readonly string[]): Promise<LastingRecord> => {
  const record = await openRecord({ dir: join(dir, name), threads: 1 })
  await record.add(texts.map((text, at) => ({ name: `${at}.txt`, bytes: new TextEncoder().encode(text), mediaType: 'text/plain', published: '2024-03-05' })))
  return record
}
let first: LastingRecord
let second: LastingRecord
beforeAll(async () => {
  first = await open('first', TEXTS)
  second = await open('second', [...TEXTS, 'France thanked Italy for its help.'])
}, 120_000)
afterAll(async () => {
  await first?.close()
  await second?.close()
  rmSync(dir, { recursive: true, force: true })
})

const events = async ({ store }: LastingRecord): Promise<WorldEvent[]> => (await listEvents(store.db, { limit: 100 })).items.map(({ body }) => body as WorldEvent)
const find = async (record: LastingRecord, type: string, by: string): Promise<WorldEvent | undefined> => (await events(record)).find((event) => event.type === type && event.actors.some(({ country }) => country === by))
const exported = async ({ store }: LastingRecord): Promise<string[]> => {
  const lines: string[] = []
  for await (const line of exportCorrections(store)) lines.push(line)
  return lines
}

it('carries decisions to another record, once, with who, when and why', async () => {
  const [expulsion, summons] = [await find(first, 'SANCTION', 'DEU'), await find(first, 'ACCUSE', 'TUR')]
  await decide(first.store, first.voiceOf, { on: expulsion?.id ?? '', by: 'ana', why: 'the ministry', correct: [{ field: 'date', value: '2024-03-01' }] })
  await decide(first.store, first.voiceOf, { on: summons?.id ?? '', by: 'ana', why: 'not so', reject: true })
  const { judgements } = await decide(first.store, first.voiceOf, { on: expulsion?.members[0]?.report ?? '', by: 'ana', why: 'a slip', confirm: true })
  await undo(first.store, first.voiceOf, judgements[0] ?? '', 'ana', 'a slip')
  const lines = await exported(first)
  const corrections = parseCorrections(lines.join('\n'))
  expect(corrections.map(({ kind }) => kind)).not.toContain('confirm')
  expect(await applyCorrections(second.store, second.voiceOf, corrections)).toEqual({ applied: corrections.length, known: 0, missing: 0 })
  expect(await find(second, 'SANCTION', 'DEU')).toMatchObject({ firstDay: '2024-03-01' })
  expect(await find(second, 'ACCUSE', 'TUR')).toBeUndefined()
  expect(await applyCorrections(second.store, second.voiceOf, corrections)).toEqual({ applied: 0, known: corrections.length, missing: 0 })
  // The very same file comes out of the other record.
  expect(await exported(second)).toEqual(lines)
})

it('leaves out what the other record does not hold, and refuses a file that is none', async () => {
  const third = await open('third', [TEXTS[1] ?? ''])
  try {
    const corrections = parseCorrections((await exported(first)).join('\n'))
    const { applied, missing } = await applyCorrections(third.store, third.voiceOf, corrections)
    expect(applied).toBeGreaterThan(0)
    expect(missing).toBe(corrections.length - applied)
    expect(missing).toBeGreaterThan(0)
  } finally {
    await third.close()
  }
  for (const text of ['', 'hello', '{"readout":"corrections","version":2}', '{"readout":"corrections","version":1}\n{"kind":"guess"}', '{"readout":"corrections","version":1}\n[1']) expect(() => parseCorrections(text), text).toThrow(/line|no file of corrections/u)
}, 60_000)

it('writes sentences decided on as cases that the reader can be held to', async () => {
  for (const event of await events(second)) await decide(second.store, second.voiceOf, { on: event.id, by: 'bo', why: 'right', confirm: true })
  const { byLanguage } = await casesOf(second.store, second.knowledge)
  const cases = byLanguage.get('en') ?? []
  expect(cases.find(({ text }) => text.startsWith('Turkey summoned'))).toMatchObject({ published: '2024-03-05', events: [] })
  expect(cases.find(({ text }) => text.startsWith('Germany expelled two Russian'))?.events).toMatchObject([{ type: 'SANCTION', actors: ['DEU'], recipients: ['RUS'], status: 'occurred' }])
  const reader = createReader()
  for (const { text, published, events: wanted } of cases.filter(({ events: [one] }) => one !== undefined)) {
    const { reports } = await reader.read({ text, language: 'en', published: published ?? null })
    expect(reports.map(({ type }) => type).sort(), text).toEqual(wanted.map(({ type }) => type).sort())
  }
  await reader.close()
}, 60_000)

it('does all that from the command line', async () => {
  await first.close()
  await second.close()
  const run = (...args: string[]) => spawnSync(process.execPath, ['--import', 'tsx', join(PACKAGE_ROOT, 'src', 'cli', 'main.ts'), 'review', ...args], { encoding: 'utf8', timeout: 100_000 })
  const file = join(dir, 'decisions.jsonl')
  expect(run('--store', join(dir, 'first'), '--export', file).stdout).toMatch(/^\d judgements written to/u)
  expect(run('--store', join(dir, 'second'), '--apply', file).stdout).toMatch(/^applied 0, known already \d, /u)
  expect(run('--store', join(dir, 'second'), '--cases', join(dir, 'cases')).stdout).toMatch(/^en \d/u)
  expect(readdirSync(join(dir, 'cases'))).toEqual(['en.yaml'])
  const written = parse(readFileSync(join(dir, 'cases', 'en.yaml'), 'utf8')) as TestCase[]
  expect(written.length).toBeGreaterThan(1)
  expect(written.every(({ text, events: list }) => typeof text === 'string' && Array.isArray(list))).toBe(true)
  writeFileSync(file, 'nonsense')
  for (const args of [['--apply', file], ['--apply', join(dir, 'none')], ['--apply', file, '--export', file]]) {
    const { status, stderr } = run('--store', join(dir, 'first'), ...args)
    expect(status, args.join(' ')).toBe(2)
    expect(stderr).not.toMatch(/\n\s+at /u)
  }
}, 300_000)
