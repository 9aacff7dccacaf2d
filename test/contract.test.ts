/** Random text of all scripts, and the contract of `read` held against it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeJsonLine } from '../src/code.ts'
import { createReader } from '../src/reader.ts'
import { checkReading } from './support/invariants.ts'

const reader = createReader()

/** Words of news in many scripts beside noise, so that the finders have something to find. */
const WORDS = [
  'Xi', 'Putin', 'said', 'condemned', 'the', 'president', 'Russia', 'China', 'not', 'will', '2024', '8 February', '200 billion dollars', 'killed', 'between', 'and', 'U.S.', '"', '«', '»', '(', ')', '.', '!', '…',
  'قال', 'الرئيس', 'الصيني', 'روسيا', 'لم', 'أدان', 'و', 'في', '8 فبراير/شباط', 'البلدين', '،', '؟', '中国', '外交部', '谴责', '习近平', '会谈', '。', '，', 'Путин', 'встретился', 'с', 'президентом', 'США', 'Pháp', 'Trung Quốc', 'gặp', 'l’Élysée', 'a condamné',
  'España', 'rechazó', '\ud800', '\udfff', '\u202e', '\u2066', '\u0000', '\u200f', '🙂', '한국', 'ประเทศ', 'हिन्दी', '\n', '\n\n', '\t', '[إعلان 2]', 'Comments (0)', 'https://example.org/x',
]
const newsText = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...WORDS) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) }), { maxLength: 80 }).map((words) => words.join(' '))

describe('read keeps its contract', () => {
  test('on random text', async () => {
    await fc.assert(fc.asyncProperty(newsText, fc.constantFrom(null, 'en', 'ar', 'zh', 'ru', 'vi', 'fr', 'es', 'xx'), async (text, language) => {
      checkReading(await reader.read({ text, language }))
    }), { numRuns: 250, seed: 20240208 })
  })
  test('on random bytes', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      checkReading(await reader.read({ bytes }))
    }), { numRuns: 150, seed: 7 })
  })
  test('twice the same', async () => {
    await fc.assert(fc.asyncProperty(newsText, async (text) => {
      expect(JSON.stringify(await reader.read({ text }))).toBe(JSON.stringify(await createReader().read({ text })))
    }), { numRuns: 4, seed: 3 })
  })
})

describe('code answers every line', () => {
  test.each([
    ['', /not JSON/], ['{', /not JSON/], ['[]', /not a line to code/], ['{"id":1}', /text/], ['{"id":1,"text":5}', /text/], ['{"id":1,"text":"a","pair":{"source":[5,9],"target":[0,1]}}', /outside the text/], ['{"id":1,"text":"a","pair":{"source":[1,0],"target":[0,1]}}', /outside the text/],
  ])('%s gives an error', async (line, reason) => {
    expect((await codeJsonLine(line, reader.knowledge)).error).toMatch(reason)
  })
  test('spans point into the text as it was given', async () => {
    const text = '  Advertisement\n\nChinese President Xi Jinping met Russian President Vladimir Putin in Moscow on 21 March 2023.\n\nComments (0)'
    const coded = await codeJsonLine(JSON.stringify({ id: 'x', text }), reader.knowledge)
    expect(coded.reports.length).toBeGreaterThan(0)
    for (const report of coded.reports) for (const evidence of report.evidence) expect(text.slice(evidence.span[0], evidence.span[1])).toBe(evidence.text)
  })
})
