import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { loadKnowledge } from '../knowledge/index.ts'
import { readTable } from '../knowledge/tables.ts'
import { type Actor, type Figure, type Report, STATUSES, type Statement } from '../model/index.ts'
import { PACKAGE_ROOT } from '../reader.ts'
import { createLineWriter, type LineWriter } from './lines.ts'
import { usualNames } from './names.ts'

const knowledge = loadKnowledge(PACKAGE_ROOT)
const LANGUAGES = knowledge.languages.filter((code) => knowledge.templates(code) !== null)
const writers = new Map<string, LineWriter>()
function writerOf(language: string): LineWriter {
  const templates = knowledge.templates(language)
  if (!templates) throw new Error(`no templates for ${language}`)
  const names = usualNames(knowledge.names(language))
  const writer = writers.get(language) ?? createLineWriter(templates, (id) => names.get(id) ?? null)
  writers.set(language, writer)
  return writer
}
const plain = (line: string): string => line.replace(/[\u2068\u2069]/gu, '')

const actor = (id: string, name: string, country: string | null, more: Partial<Actor> = {}): Actor => ({ id, name, country, sector: 'GOV', office: null, span: [0, 1], text: name, ...more })
const XI = actor('person:xi-jinping', 'Xi Jinping', 'CHN')
const PUTIN = actor('person:vladimir-putin', 'Vladimir Putin', 'RUS')
const CHINA = actor('state:CHN', 'China', 'CHN')
const ISRAEL = actor('state:ISR', 'Israel', 'ISR')
const IRAN = actor('state:IRN', 'Iran', 'IRN')
const report = (type: string, mode: string | null, more: Partial<Report> = {}): Report => ({
  id: 'r', type, mode, contexts: [], actors: [CHINA], recipients: [ISRAEL], date: null, place: null, status: 'occurred', historical: false,
  attribution: { kind: 'outlet', span: null }, evidence: [], cameo: null, intensity: 0, quadClass: '', confidence: 1, rule: 'test', ...more,
})
const statement = (stance: string, more: Partial<Statement> = {}): Statement => ({ id: 's', speaker: XI, quoted: false, span: [0, 1], text: 'words', date: null, stance, topics: [], countries: [], ...more })
const figure = (measure: string, value: number, more: Partial<Figure> = {}): Figure => ({ measure, value, unit: null, comparator: '=', period: null, parties: [], span: [0, 1], ...more })

const ids = (table: string): string[] => readTable(join(PACKAGE_ROOT, 'ontology', table), ['id']).map((row) => row.get('id')).sort()
const MEASURES = ids('measures.tsv')
const SECTORS = ids('sectors.tsv')
const MODES = Object.entries(knowledge.ontology.types).flatMap(([type, { modes }]) => [null, ...Object.keys(modes)].map((mode) => [type, mode] as const))
const SIDES = { directed: [[CHINA], [ISRAEL]], lone: [[CHINA], []], mutual: [[XI, PUTIN], []], passive: [[], [ISRAEL]], many: [[CHINA, IRAN], [ISRAEL, PUTIN, XI]] } as const
/** As English has them: no language is behind. */
const RULE_LINES = Object.keys(knowledge.templates('en')?.types ?? {}).filter((key) => key.includes(':') && !key.includes('/')).sort()
/** What a line must never show: slots, brackets of optional parts, ids, doubled spaces, a line that ends in the middle. */
const BROKEN = /[{}[\]]|undefined|null|\b[A-Z]{4,}(?:\.|\b)|(?:state|person):| {2}|[\s,،、→–—:：]$|^\s/u

test('all seven languages write records', () => {
  expect(LANGUAGES).toEqual(expect.arrayContaining(['ar', 'en', 'es', 'fr', 'ru', 'vi', 'zh']))
})

describe.each(LANGUAGES)('%s', (language) => {
  const writer = writerOf(language)
  const name = (who: Actor): string => plain(writer.actor(who))

  test('writes every type and mode in every status, for every number of actors', () => {
    const broken: string[] = []
    for (const [type, mode] of MODES) {
      for (const status of STATUSES) {
        for (const [sides, [actors, recipients]] of Object.entries(SIDES)) {
          const line = plain(writer.report(report(type, mode, { status, actors, recipients })))
          const all = [...actors, ...recipients].every((one) => line.includes(name(one)))
          if (!all || BROKEN.test(line)) broken.push(`${type}-${mode ?? ''} ${status} ${sides}: ${line}`)
        }
      }
    }
    expect(broken).toEqual([])
  })
  test('has a line of its own for what these rules tell more exactly than their type', () => {
    const types = knowledge.templates(language)?.types ?? {}
    const own = Object.keys(types).filter((key) => key.includes(':') && !key.includes('/')).map((key) => key.split(':') as [string, string])
    expect(own.map((key) => key.join(':')).sort()).toEqual(RULE_LINES)
    const broken: string[] = []
    for (const [coded, rule] of own) {
      const [type = '', mode = null] = coded.split('.')
      const { ontology } = knowledge
      const known = ontology.rules.find(({ id }) => id === rule)
      // The line of a rule that gives another type, or of none, would never be seen.
      if (known ? known.type !== type || (known.mode ?? null) !== mode : !ontology.matrix[(rule.split('.')[0] ?? '') as keyof typeof ontology.matrix]?.some((row) => row.type === type)) broken.push(`${coded}:${rule} is of no rule`)
      for (const status of STATUSES) {
        for (const [actors, recipients] of Object.values(SIDES)) {
          const line = plain(writer.report(report(type, mode, { rule: `inner.rule>${rule}`, status, actors, recipients })))
          if (![...actors, ...recipients].every((one) => line.includes(name(one))) || BROKEN.test(line)) broken.push(`${rule} ${status}: ${line}`)
          if (line === plain(writer.report(report(type, mode, { status, actors, recipients })))) broken.push(`${rule} ${status}: no other than without the rule: ${line}`)
        }
      }
      // A type that people corrected is told by its own line.
      expect(writer.report(report('ASSAULT', 'drone', { rule }))).toBe(writer.report(report('ASSAULT', 'drone')))
    }
    expect(broken).toEqual([])
  })
  test('tells modes apart: no two of one type share a line', () => {
    for (const [type, { modes }] of Object.entries(knowledge.ontology.types)) {
      const lines = [null, ...Object.keys(modes)].map((mode) => writer.report(report(type, mode)))
      expect(new Set(lines).size, `${type}: ${lines.join(' | ')}`).toBe(lines.length)
    }
  })
  test('names people who are expelled, held or hurt, not people of people', () => {
    const soldiers = actor('noun:UKR/MIL', 'Ukrainian soldiers', 'UKR', { sector: 'MIL' })
    for (const key of Object.keys(knowledge.templates(language)?.types ?? {}).filter((key) => key.endsWith('/people'))) {
      const [coded = '', rule = 'test'] = key.replace('/people', '').split(':')
      const [type = '', mode = null] = coded.split('.')
      for (const status of STATUSES) {
        const line = (recipients: Actor[]): string => plain(writer.report(report(type, mode, { rule, status, recipients })))
        for (const one of [XI, soldiers]) {
          expect(line([one])).not.toMatch(BROKEN)
          expect(line([one])).toContain(name(one))
        }
        expect(line([ISRAEL, soldiers]).length).toBeGreaterThan(line([soldiers]).length)
      }
    }
  })
  test('tells statuses apart', () => {
    for (const [type, mode] of MODES) {
      const lines = STATUSES.map((status) => writer.report(report(type, mode, { status })))
      expect(new Set(lines).size, lines.join(' | ')).toBe(STATUSES.length)
    }
  })
  test('has a line for every stance that can be read', () => {
    const spoken = Object.values(knowledge.ontology.concepts).flatMap(({ stance }) => (stance === undefined ? [] : [stance]))
    const stances = [...new Set([...spoken, 'not-mentioned', 'denied', 'praised', 'criticised', 'promised', 'demanded', 'warned', 'refused', 'conceded', 'accused'])]
    const lines = stances.map((stance) => plain(writer.statement(statement(stance))))
    for (const line of lines) expect(line).toContain(name(XI))
    expect(new Set(lines).size, lines.join(' | ')).toBe(stances.length)
  })
  test('has a word for every measure, sector and international code', () => {
    const templates = knowledge.templates(language)
    expect(Object.keys(templates?.measures ?? {}).sort()).toEqual(MEASURES)
    expect(Object.keys(templates?.sectors ?? {}).sort()).toEqual(SECTORS)
  })
  test('names states and people in its own tables and says where people are from', () => {
    const names = usualNames(knowledge.names(language))
    expect(plain(writer.actor(CHINA))).toBe(names.get('state:CHN'))
    expect(plain(writer.actor(XI))).toContain(names.get('person:xi-jinping'))
    expect(plain(writer.actor(XI))).toContain(names.get('state:CHN'))
  })
  test('writes offices, nouns and unknown names without their ids', () => {
    const people = [
      actor('office:RUS/adviser', 'Russia, adviser', 'RUS', { office: 'adviser' }), actor('office:vladimir-putin/spokesperson', 'spokesman', 'RUS', { office: 'spokesperson' }),
      actor('noun:RUS/MIL', 'Russian army', 'RUS', { sector: 'MIL' }), actor('noun:MIL/army', 'army', null, { sector: 'MIL' }), actor('name:jane doe', 'Jane Doe', 'USA', { office: 'envoy' }), actor('organisation:nowhere', 'Nowhere Pact', 'IGO'),
    ]
    for (const one of people) expect(plain(writer.actor(one))).not.toMatch(/office:|noun:|name:|organisation:|\/|MIL|USA|RUS|IGO/u)
  })
  test('writes dates at their precision and leaves what it does not know as it stands', () => {
    for (const [edtf, parts] of [['2024-02-08', ['2024', '8']], ['2023-03', ['2023']], ['2023', ['2023']], ['XXXX-02-08', ['8']], ['199X', ['1990']], ['2024-21', ['2024']], ['2022-02/2022-03', ['2022']], ['2023/..', ['2023']], ['../2023', ['2023']], ['2024-33', ['2024']], ['XXXX-02-29', ['29']]] as const) {
      const line = writer.edtf(edtf)
      for (const part of parts) expect(line, edtf).toContain(part)
      expect(line, edtf).not.toMatch(/X|\/|\d{4}-\d{2}|[{}[\]]/u)
    }
    expect(writer.edtf('XXXX-02-08')).not.toMatch(/\d{4}/u)
    for (const unknown of ['2024-99', '2024-13-40', 'someday']) expect(writer.edtf(unknown)).toBe(unknown)
  })
  test('marks an undated report', () => {
    expect(writer.date(null)).not.toBe('')
    expect(writer.date({ value: '2024', basis: 'stated', span: null })).toContain('2024')
  })
})

describe('lines as a reader sees them', () => {
  const call = report('CONSULT', 'phone', { actors: [XI], recipients: [PUTIN] })
  test.each([
    ['en', 'Xi Jinping (China) spoke by telephone with Vladimir Putin (Russia)'],
    ['es', 'conversación telefónica de Xi Jinping (China) con Vladímir Putin (Rusia)'],
    ['fr', 'entretien téléphonique : Xi Jinping (Chine) – Vladimir Poutine (Russie)'],
    ['ru', 'телефонный разговор: Си Цзиньпин (Китай) — Владимир Путин (Россия)'],
    ['vi', 'Tập Cận Bình (Trung Quốc) điện đàm với Vladimir Putin (Nga)'],
    ['zh', '习近平（中国）与弗拉基米尔·普京（俄罗斯）通电话'],
    ['ar', 'مكالمة هاتفية بين شي جين بينغ (الصين) وفلاديمير بوتين (روسيا)'],
  ])('%s: a call', (language, line) => expect(plain(writerOf(language).report(call))).toBe(line))
  test('what is planned or negated is told by nouns where sentences are in the past', () => {
    const en = writerOf('en')
    expect(en.report(report('CONSULT', 'visit', { status: 'negated', actors: [PUTIN], recipients: [CHINA] }))).toBe('no visit by Vladimir Putin (Russia) to China')
    expect(en.report(report('AID', null, { status: 'future' }))).toBe('planned: aid from China to Israel')
  })
  test('words change where sounds meet', () => {
    expect(writerOf('es').report(report('AGREE', null, { actors: [CHINA, IRAN], recipients: [] }))).toBe('acuerdo de China e Irán')
    expect(writerOf('es').report(report('AGREE', null, { actors: [IRAN, CHINA], recipients: [] }))).toBe('acuerdo de Irán y China')
    expect(writerOf('fr').report(report('AID', null, { status: 'negated' }))).toMatch(/^pas d’aide/u)
    expect(writerOf('fr').report(report('REJECT', null, { status: 'negated' }))).toMatch(/^pas de refus/u)
  })
  test.each([
    ['en', 'trade: more than 200 billion US dollars (2023, Russia and China)'], ['es', 'comercio: más de 200 mil millones de dólares estadounidenses (2023, Rusia y China)'],
    ['fr', 'commerce : plus de 200 milliards de dollars des États-Unis (2023, Russie et Chine)'], ['ru', 'товарооборот: больше чем 200 миллиардов долларов США (2023, Россия и Китай)'], ['zh', '贸易额：超过2000亿美元（2023年、俄罗斯和中国）'],
  ])('%s: a figure', (language, line) => {
    expect(plain(writerOf(language).figure(figure('trade', 2e11, { unit: 'USD', comparator: '>', period: '2023', parties: ['RUS', 'CHN'] }))).replace(/[\u00a0\u202f]/gu, ' ')).toBe(line)
  })
  test('a number with many digits is not rounded', () => {
    expect(writerOf('en').figure(figure('troops', 1_234_567))).toBe('troops: 1,234,567')
    expect(writerOf('en').figure(figure('oil-volume', 12.25, { unit: 'bbl', comparator: '~' }))).toBe('oil: about 12.25 bbl')
  })
  test('an unknown type is shown by its code, never dropped', () => {
    expect(writerOf('en').report(report('ODD', null))).toBe('China: ODD (Israel)')
  })
  test('quoted words are kept to the letter', () => {
    const said = 'Israel y Irán: 2 millones euros [sic] {words}'
    expect(writerOf('es').statement(statement('said', { quoted: true, text: said }))).toContain(`«${said}»`)
  })
})

describe('direction', () => {
  test('Latin names are isolated in Arabic lines, Arabic ones are not', () => {
    const ar = writerOf('ar')
    const unknown = actor('name:jane doe', 'Jane Doe', null)
    expect(ar.report(report('AID', null, { actors: [unknown], recipients: [CHINA] }))).toContain('\u2068Jane Doe\u2069')
    expect(ar.report(report('AID', null))).not.toContain('\u2068')
  })
  test('Arabic words are isolated in English lines, English ones are not', () => {
    const en = writerOf('en')
    expect(en.statement(statement('said', { text: 'تصريح' }))).toContain('\u2068تصريح\u2069')
    expect(en.statement(statement('said', { text: 'a statement' }))).not.toContain('\u2068')
  })
  test('words cannot bring direction controls of their own', () => {
    const line = writerOf('en').statement(statement('said', { text: 'abc\u202edef\u2066\u200f' }))
    expect(line).not.toMatch(/[\u202e\u2066\u200f]/u)
    expect(line).toContain('abcdef')
  })
})
