/** The quality page and its data: what can be read, what was measured, what the record covers and where it is silent. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { figureOf } from '../../bench/report.ts'
import type { QualityAnswer } from '../../src/api/quality.ts'
import { qualitySchema } from '../../src/api/schemas.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

const root = join(import.meta.dirname, '..', '..')
const { parts } = JSON.parse(readFileSync(join(root, 'docs', 'benchmarks.json'), 'utf8')) as { parts: { title: string; rows: { set: string; measure: string; n: number; value: number | null }[] }[] }

describe('docs/benchmarks.json', () => {
  it('holds the rows of docs/benchmarks.md', () => {
    const text = readFileSync(join(root, 'docs', 'benchmarks.md'), 'utf8')
    const body = text.slice(text.indexOf('<!-- quality -->'), text.indexOf('<!-- /quality -->'))
    const told = body.split(/^### /mu).slice(1).flatMap((part) => [...part.matchAll(/^\| (?!set |---)([^|]+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|/gmu)].map(([, set = '', measure = '', n, value]) => {
      const { set: bare, measure: of, language } = figureOf({ set, measure, n: Number(n), value: null })
      return `${String(bare)} ${String(of)} ${String(language)} ${n} ${value?.trim() === '–' ? 'null' : Number(value)}`
    }))
    expect(told.length).toBeGreaterThan(100)
    expect(parts.flatMap(({ rows }) => rows.map((row) => `${row.set} ${row.measure} ${String((row as { language?: string }).language ?? null)} ${row.n} ${row.value}`))).toEqual(told)
  })
  it('says which language a row is of', () => {
    const of = (set: string, measure: string): unknown => figureOf({ set, measure, n: 1, value: 0.12345 })
    expect(of('parallel', 'ar: who, agreement with English')).toMatchObject({ measure: 'who, agreement with English', language: 'ar', value: 0.123 })
    expect(of('names', 'leaders known by name, zh')).toMatchObject({ measure: 'leaders known by name', language: 'zh' })
    expect(of('readouts ru', 'contact between the right states')).toMatchObject({ set: 'readouts', language: 'ru' })
    expect(of('pages, HTML', 'text F1 lang de')).toMatchObject({ measure: 'text F1', language: 'de' })
    expect(of('plv', 'accuracy, all features')).toMatchObject({ language: null })
  })
})

describe('the quality page', () => {
  let test: TestDesk
  beforeAll(async () => { test = await openTestDesk((name) => name.startsWith('call-2024')) }, 600_000)
  afterAll(async () => { await test?.close() }, 60_000)
  const quality = async (): Promise<QualityAnswer> => await (await test.get('/api/quality')).json() as QualityAnswer

  it('counts what the record covers, and shows every language that was measured', async () => {
    const answer = await quality()
    expect(qualitySchema.safeParse(answer).success).toBe(true)
    expect(answer.coverage.articles).toBe(4)
    expect(answer.coverage.languages.map(({ language }) => language).sort()).toEqual(['en', 'ru', 'vi', 'zh'])
    expect(answer.coverage.gaps).toEqual([])
    expect(answer.languages.find(({ code }) => code === 'zh')).toMatchObject({ events: true, templates: true })
    const { document } = parseHTML(await (await test.get('/quality?lang=en')).text())
    const shown = document.querySelector('main')?.textContent ?? ''
    for (const { name } of answer.languages) expect(shown).toContain(name)
    expect(shown).toContain('who, agreement with English')
    const csv = await (await test.get('/api/quality?format=csv')).text()
    expect(csv.split('\n').length).toBe(parts.reduce((sum, { rows }) => sum + rows.length, 0) + 2)
  })

  it('names a side that is silent on what the other tells', async () => {
    expect((await quality()).silences).toEqual([])
    const add = (url: string, text: string): Promise<Response> => fetch(new URL(`/api/articles?url=${encodeURIComponent(url)}&published=2024-03-04`, test.url), { method: 'POST', body: text, headers: { 'content-type': 'text/plain' } })
    expect((await add('https://www.mfa.gov.cn/eng/1.html', 'BEIJING, 4 March 2024 - The foreign minister of China held talks with the foreign minister of Pakistan in Beijing on Monday.\n\nThe two ministers discussed trade between their countries.')).status).toBe(200)
    const [silence] = (await quality()).silences
    expect(silence).toMatchObject({ told: ['CHN'], silent: ['PAK'], quoted: [] })
    expect(parseHTML(await (await test.get('/quality?lang=en')).text()).document.querySelector('main')?.textContent).toMatch(/no report from:\s*Pakistan/u)
    // Once the other side tells it too, nobody is silent.
    expect((await add('https://mofa.gov.pk/press/1', 'ISLAMABAD, 4 March 2024 - The foreign minister of Pakistan held talks with the foreign minister of China in Beijing on Monday, the ministry said.\n\nThey spoke about trade.')).status).toBe(200)
    expect((await quality()).silences.filter(({ event }) => event.type === 'CONSULT')).toEqual([])
  }, 120_000)
})
