import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { joinReports } from '../events/index.ts'
import { compareAccounts } from '../events/comparison.ts'
import { loadKnowledge } from '../knowledge/index.ts'
import type { Reading, WorldEvent } from '../model/index.ts'
import { PACKAGE_ROOT } from '../reader.ts'
import { actor, PUTIN, reading, state, XI } from '../../test/readings.ts'
import { calendarOf } from './calendar.ts'
import { type Chronology, chronologyCsv, chronologyHtml, chronologyMarkdown, chronologyText } from './chronology.ts'
import { comparisonHtml, comparisonMarkdown, comparisonText } from './comparison.ts'
import { createEventWriter } from './events.ts'
import { createLineWriter } from './lines.ts'
import { usualNames } from './names.ts'

const knowledge = loadKnowledge(PACKAGE_ROOT)
const LANGUAGES = knowledge.languages.filter((code) => knowledge.templates(code) !== null)
function writersOf(language: string) {
  const templates = knowledge.templates(language)
  if (!templates) throw new Error(`no templates for ${language}`)
  const names = usualNames(knowledge.names(language))
  const lines = createLineWriter(templates, (id) => names.get(id) ?? null)
  return { templates, lines, writer: createEventWriter(lines, templates) }
}
const CONTEXTS = Object.keys(parseYaml(readFileSync(join(PACKAGE_ROOT, 'ontology', 'contexts.yaml'), 'utf8')) as object).sort()
const paint = { bold: String, dim: String, accent: String }

const HOSTILE = '=HYPERLINK("http://x.example") <script>alert(1)</script> | *bold* [link](javascript:x) "quoted", end'
const READINGS: Reading[] = [
  reading({ id: 'plan', publisher: 'Gazette', url: 'https://gazette.example/1', published: '2024-05-01', reports: [{ type: 'AGREE', status: 'future', cameo: '036', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16' }] }),
  reading({ id: 'visit', publisher: 'Wire', published: '2024-05-16', reports: [{ mode: 'visit', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16*', words: HOSTILE }, { type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], place: { id: 'place:kharkiv', name: 'Kharkiv', country: 'UKR' }, date: '2024-05-17', figures: [{ value: 5 }] }] }),
  reading({ id: 'javascript', publisher: 'Trap', url: 'javascript:alert(1)', published: '2024-05-18', reports: [{ type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], place: { id: 'place:kharkiv', name: 'Kharkiv', country: 'UKR' }, date: '2024-05-17', figures: [{ value: 7 }] }] }),
  reading({ id: 'month', published: '2024-05-18', reports: [{ mode: 'visit', actors: [XI], recipients: [state('RUS')], date: '2023-03', historical: true }, { actors: [actor('person:xi-jinping', 'CHN'), PUTIN], status: 'negated' }, { date: null }] }),
]
const { events, accounts } = joinReports(READINGS, [], ({ id }) => (id === 'visit' ? 'RUS' : null))
const chronologyIn = (language: string, list: readonly WorldEvent[] = events): Chronology => ({
  title: 'A & B', language, events: list, all: new Map(events.map((event) => [event.id, event])),
  figures: [{ figure: { measure: 'trade', value: 2.4e11, unit: 'USD', comparator: '>', period: '2023', parties: ['CHN', 'RUS'], span: [0, 1] }, day: '2023-01-01', sources: [{ outlet: 'Wire', url: null, quote: 'over 240 billion', language: 'en' }] }],
})
const BROKEN = /[{}]|undefined|\bnull\b|\[object/u

describe.each(LANGUAGES)('%s', (language) => {
  const { templates, lines, writer } = writersOf(language)
  test('every form is whole, and names every event', () => {
    const all = chronologyIn(language)
    const written = [chronologyText(all, writer, lines, templates, paint), chronologyMarkdown(all, writer, lines, templates)]
    for (const text of written) {
      expect(text).not.toMatch(BROKEN)
      for (const event of events) expect(text.replace(/\\(.)/gu, '$1')).toContain(writer.line(event))
    }
    expect(chronologyHtml(all, writer, lines, templates)).toContain(`<html lang="${language}" dir="${language === 'ar' ? 'rtl' : 'ltr'}">`)
  })
  test('a plan says what became of it, and reports that differ say on what', () => {
    const text = chronologyText(chronologyIn(language), writer, lines, templates, paint)
    const visit = events.find(({ links }) => links.some(({ kind }) => kind === 'planned-as'))
    const date = lines.edtf('2024-05-16')
    expect(visit && text).toContain(writer.fill(templates.events.labels['came-of'], { line: `${visit && writer.line(visit)}${templates.comma}${date} (${templates.labels.inferred})` }))
    expect(text).toContain(writer.fill(templates.events.labels.differ, { field: templates.measures['killed'] ?? '' }))
  })
  test('has a word for every context, stance and kind of topic', () => {
    expect(Object.keys(templates.events.contexts).sort()).toEqual(CONTEXTS)
    expect(Object.keys(templates.events.stances).sort()).toEqual(Object.keys(templates.stances).sort())
    for (const topic of [{ kind: 'context', key: 'economic' }, { kind: 'state', key: 'UKR' }, { kind: 'figure', key: 'trade' }, { kind: 'stance', key: 'warned UKR+POL' }, { kind: 'act', key: 'ACCUSE occurred CHN+RUS>USA' }] as const) {
      expect(writer.topic(topic)).not.toMatch(/UKR|CHN|economic|warned|trade(?!\b)|ACCUSE/u)
      expect(writer.topic(topic)).not.toMatch(BROKEN)
    }
  })
  test('a comparison is whole in every form', () => {
    const event = events.find(({ links }) => links.some(({ kind }) => kind === 'planned-as'))
    if (!event) throw new Error('the visit is missing')
    const compared = { event, accounts: accounts.filter((account) => account.event === event.id), comparison: { ...compareAccounts(event.id, accounts.filter((account) => account.event === event.id), 'RUS', 'CHN'), differences: (['order', 'length', 'wording', 'figure', 'stance'] as const).map((kind) => ({ kind, topic: kind === 'length' ? null : 'state UKR', a: kind === 'stance' ? 'warned' : '11', b: kind === 'stance' ? 'praised' : '22' })) }, language }
    for (const text of [comparisonText(compared, writer, lines, templates, paint), comparisonMarkdown(compared, writer, lines, templates)]) {
      expect(text).not.toMatch(BROKEN)
      expect(text).toContain(writer.fill(templates.events.labels.nothing, { side: writer.side('CHN') }))
      expect(text).toContain(templates.events.labels.differences)
    }
    expect(comparisonHtml(compared, writer, lines, templates)).not.toContain('<script>')
  })
})

describe('foreign text', () => {
  const { templates, lines, writer } = writersOf('en')
  test('cannot become markup, a script, a link or a formula', () => {
    const html = chronologyHtml(chronologyIn('en'), writer, lines, templates)
    expect(html).not.toContain('<script>')
    expect(html).toContain('&lt;script&gt;')
    expect(html).not.toContain('href="javascript:')
    const markdown = chronologyMarkdown(chronologyIn('en'), writer, lines, templates)
    expect(markdown).not.toMatch(/(?<!\\)<script/u)
    expect(markdown).not.toContain('[link](javascript')
    expect(markdown).not.toContain('(<javascript:')
    const rows = parse(chronologyCsv(chronologyIn('en'), writer), { columns: true }) as Record<string, string>[]
    expect(rows).toHaveLength(events.length)
    expect(rows.find(({ mode, first_day }) => mode === 'visit' && first_day === '2024-05-16')?.quote).toMatch(/^'=HYPERLINK/u)
  })
  test('a row of the table says what the event says', () => {
    const rows = parse(chronologyCsv(chronologyIn('en'), writer), { columns: true }) as Record<string, string>[]
    const strike = rows.find(({ type }) => type === 'ASSAULT')
    expect(strike).toMatchObject({ first_day: '2024-05-17', countries: 'RUS UKR', place: 'Kharkiv', reports: '2', articles: '2', outlets: 'Wire; Trap' })
  })
})

describe('calendar', () => {
  const { writer } = writersOf('ar')
  const calendar = calendarOf('A, B; C', events, writer)
  test('has the events of known days that happened or are planned', () => {
    const unfolded = calendar.replace(/\r\n /gu, '')
    const starts = [...unfolded.matchAll(/^DTSTART;VALUE=DATE:(\d+)$/gmu)].map(([, day]) => day)
    expect(starts.sort()).toEqual(['20240516', '20240516', '20240517'])
    expect(unfolded).toContain('DTEND;VALUE=DATE:20240518')
    expect(unfolded.match(/STATUS:TENTATIVE/gu)).toHaveLength(1)
    expect(unfolded).toContain('X-WR-CALNAME:A\\, B\\; C')
  })
  test('no line is longer than 75 octets, and each ends as the standard says', () => {
    for (const line of calendar.split('\r\n')) {
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75)
      expect(line).not.toMatch(/[\r\n]/u)
    }
    expect(calendar.endsWith('END:VCALENDAR\r\n')).toBe(true)
  })
})
