import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../knowledge/index.ts'
import type { Actor, Reading, Report, Statement } from '../model/index.ts'
import { PACKAGE_ROOT } from '../reader.ts'
import { createLineWriter } from './lines.ts'
import { type Paint, renderRecord } from './record.ts'

const knowledge = loadKnowledge(PACKAGE_ROOT)
const PLAIN: Paint = { bold: (text) => text, dim: (text) => text, accent: (text) => text }
const TEXT = 'China praised Russia on Thursday. Officials named no other state.'

const actor = (id: string, name: string, country: string): Actor => ({ id, name, country, sector: 'GOV', office: null, span: [0, 5], text: name })
const CHINA = actor('state:CHN', 'China', 'CHN')
const report: Report = {
  id: 'r', type: 'SUPPORT', mode: null, contexts: [], actors: [CHINA], recipients: [actor('state:RUS', 'Russia', 'RUS')], date: { value: '2024-02-08', basis: 'inferred', span: [24, 32] }, place: null, status: 'occurred',
  historical: false, attribution: { kind: 'outlet', span: null }, evidence: [{ field: 'type', span: [6, 13], text: 'praised' }], cameo: '051', intensity: 5, quadClass: 'verbal-cooperation', confidence: 0.9, rule: 'praise',
}
const unsaid: Statement = { id: 's', speaker: CHINA, quoted: false, span: [34, 64], text: 'no other state', date: null, stance: 'not-mentioned', topics: [], countries: [] }
const reading = (more: Partial<Reading> = {}, article: Partial<Reading['article']> = {}): Reading => ({
  article: { id: 'a', url: null, language: 'en', direction: 'ltr', title: 'A title', lead: null, byline: null, agencies: [], publisher: null, published: null, text: TEXT, captions: [], furniture: [], ...article },
  mentions: [], reports: [report], statements: [unsaid], figures: [], notices: [], ...more,
})
function record(language: string, value: Reading, paint = PLAIN): string {
  const templates = knowledge.templates(language)
  if (!templates) throw new Error(`no templates for ${language}`)
  return renderRecord(value, createLineWriter(templates, () => null), templates, paint)
}

describe('the record', () => {
  test('has head, events with their quotes, and what was left unsaid, in this order', () => {
    const lines = record('en', reading()).split('\n')
    expect(lines[0]).toBe('A title')
    expect(lines.indexOf('What happened')).toBeLessThan(lines.indexOf('Left unsaid'))
    expect(lines.join('\n')).toContain('8 February 2024 (inferred)  China expressed support for Russia  [SUPPORT 0.9]\n    ⟪ China praised Russia on Thursday. Officials named no other state. ⟫')
  })
  test('leaves out what there is not', () => {
    const text = record('en', reading())
    for (const absent of ['Background', 'Figures', 'Notices', 'Who said what', 'published', 'null', 'undefined']) expect(text).not.toContain(absent)
  })
  test('keeps what is told again apart, in order of time', () => {
    const old = { ...report, historical: true }
    const lines = record('en', reading({ reports: [{ ...old, date: { value: '2023-03', basis: 'stated', span: null } }, { ...old, date: { value: '2022-02', basis: 'stated', span: null } }] })).split('\n')
    expect(lines).not.toContain('What happened')
    expect(lines.findIndex((line) => line.includes('February 2022'))).toBeLessThan(lines.findIndex((line) => line.includes('March 2023')))
  })
  test('says so when nothing was found', () => expect(record('fr', reading({ reports: [], statements: [] }))).toContain('Rien n’a été trouvé'))
  test('names who says it, and the place', () => {
    const told = record('en', reading({ reports: [{ ...report, place: { id: 'place:beijing', name: 'Beijing', country: 'CHN' }, attribution: { kind: 'named', speaker: actor('state:RUS', 'Russia', 'RUS'), span: null } }] }))
    expect(told).toContain('place: Beijing — according to Russia')
  })
  test('cuts a long paragraph around the quote and never in the middle of a character', () => {
    const text = `${'😀'.repeat(60)}praised${'😀'.repeat(60)}`
    const told = record('en', reading({ reports: [{ ...report, evidence: [{ field: 'type', span: [120, 127], text: 'praised' }] }] }, { text }))
    expect(told).toMatch(/⟪ …😀+praised😀+… ⟫/u)
    expect(told).not.toMatch(/[\ud800-\udfff]/u)
  })
})

describe('on a terminal', () => {
  test('colours come only from the paint: without it there is no escape, whatever the article holds', () => {
    const hostile = '\u001b[31mred\u001b]0;title\u0007 \u009b2J'
    const told = record('en', reading({ statements: [{ ...unsaid, stance: 'said', text: hostile }], notices: [{ code: 'x', stage: 'page', message: hostile }] }, { title: hostile, publisher: hostile, byline: hostile, url: hostile, text: hostile.padEnd(100) }))
    expect(told).toContain('red')
    expect([...told].filter((character) => character !== '\n' && /\p{Cc}/u.test(character))).toEqual([])
  })
  test('paints when asked', () => expect(record('en', reading(), { ...PLAIN, bold: (text) => `<b>${text}</b>` })).toContain('<b>A title</b>'))
  test('every line of an Arabic record lies right to left, none of an English one', () => {
    const lines = record('ar', reading()).split('\n').filter((line) => line !== '')
    expect(lines.filter((line) => !line.startsWith('\u200f'))).toEqual([])
    expect(record('en', reading())).not.toContain('\u200f')
  })
  test('words of another direction are isolated, in pairs', () => {
    const told = record('en', reading({}, { title: 'عنوان', text: 'أشادت الصين بروسيا يوم الخميس' }))
    expect(told.startsWith('\u2068عنوان\u2069')).toBe(true)
    expect(told.split('\u2068').length).toBe(told.split('\u2069').length)
    expect(record('ar', reading({}, { title: 'عنوان' }))).toContain('\u2068[SUPPORT 0.9]\u2069')
  })
})
