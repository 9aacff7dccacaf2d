/**
 * The sample articles: `examples/expected/NAME.json` says what must be found in `examples/articles/NAME` and what must not.
 * What is not right yet is marked `open` with the reason, and fails when it has become right; `scripts/settle-examples.ts` drops such marks.
 */
import { readdirSync } from 'node:fs'
import { join, parse } from 'node:path'
import { afterAll, describe, expect, test, vi } from 'vitest'
import type { Reading } from '../src/model/index.ts'
import { createReader } from '../src/reader.ts'
import { articleNames, articlePage, EXAMPLES, judge, readExpected, reportLine } from './support/examples.ts'
import { checkReading } from './support/invariants.ts'

const names = articleNames()
// Time is not what is tested here: no page is given up on a busy machine.
const reader = createReader({ pageTimeoutMs: 120_000 })
vi.setConfig({ testTimeout: 120_000 })
afterAll(() => reader.close())

const readings = new Map<string, Promise<Reading>>()

/** Each article is read once. */
function readingOf(name: string): Promise<Reading> {
  const reading = readings.get(name) ?? reader.read(articlePage(name))
  readings.set(name, reading)
  return reading
}

test('every article has its expectations, and every expectation its article', () => {
  expect(readdirSync(join(EXAMPLES, 'expected')).sort()).toEqual(names.map((name) => `${name}.json`))
})

test('every language is there, as pages and as flat text', () => {
  for (const ending of ['.html', '.txt']) {
    const languages = names.filter((name) => name.endsWith(ending)).map((name) => parse(parse(name).name).ext.slice(1))
    expect([...new Set(languages)].sort()).toEqual(['ar', 'en', 'es', 'fr', 'ru', 'vi', 'zh'])
  }
})

describe.each(names)('%s', (name) => {
  const expected = readExpected(name)
  const said = [...expected.events, ...expected.not].map((entry) => entry.say)

  test('says nothing twice', () => expect(new Set(said).size).toBe(said.length))

  test('finds no more than there is to find', async () => {
    const { reports } = await readingOf(name)
    expect(reports.length, reports.map(reportLine).join('\n')).toBeLessThanOrEqual(expected.atMost)
  })

  test('what is right is right, and nothing else is', async () => {
    const reading = await readingOf(name)
    const verdicts = judge(expected, reading)
    const reports = reading.reports.map(reportLine).join('\n')
    expect(verdicts.filter((verdict) => !verdict.right && verdict.open === undefined).map(({ what, say }) => `${what}: ${say}`), `not right; the reports are\n${reports}`).toEqual([])
    expect(verdicts.filter((verdict) => verdict.right && verdict.open !== undefined).map(({ what, say }) => `${what}: ${say}`), 'right now; run scripts/settle-examples.ts, which drops "open" there').toEqual([])
  })
})

test('every reading keeps the contract', async () => {
  for (const reading of await Promise.all(names.map(readingOf))) checkReading(reading)
})
