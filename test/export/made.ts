/** Events made by hand for tests of exports, plain and hostile. */
import { createExporter, codingOf, type Coding, type ExportRecord, type Format, type Told } from '../../src/export/index.ts'
import { exportKnowledge } from '../../src/cli/codings.ts'
import { loadKnowledge } from '../../src/knowledge/index.ts'
import type { EventMember, EventParty, Report, WorldEvent } from '../../src/model/index.ts'
import { PACKAGE_ROOT } from '../../src/reader.ts'

export const knowledge = exportKnowledge(loadKnowledge(PACKAGE_ROOT))

export const state = (id: string, name: string): EventParty => ({ id: `state:${id}`, name, country: id, sector: 'GOV', office: null })
export const PUTIN: EventParty = { id: 'person:vladimir-putin', name: 'Vladimir Putin', country: 'RUS', sector: 'GOV', office: 'head-of-state' }
export const XI: EventParty = { id: 'person:xi-jinping', name: 'Xi Jinping', country: 'CHN', sector: 'GOV', office: 'head-of-state' }
export const UN: EventParty = { id: 'organisation:un', name: 'United Nations', country: 'UNO', sector: 'UNO', office: null }

export const member = (report: string, more: Partial<EventMember> = {}): EventMember => ({
  report, article: `article-${report}`, language: 'en', outlet: 'Wire', url: `https://wire.example/${report}`, published: '2024-02-09', title: 'Talks', side: null, background: false, according: null, span: [0, 4], quote: 'They spoke by telephone.', confidence: 0.9, ...more,
})

let made = 0
export function event(more: Partial<WorldEvent> = {}): WorldEvent {
  const id = more.id ?? `ab${String(++made).padStart(12, '0')}`
  return {
    id, type: 'CONSULT', mode: 'phone', contexts: ['diplomatic', 'economic'], actors: [PUTIN, XI], recipients: [], date: { value: '2024-02-08', basis: 'stated' }, firstDay: '2024-02-08', lastDay: '2024-02-08', place: null, status: 'occurred', historical: false,
    confidence: 0.9, cameo: '041', rule: 'consult.phone', intensity: 1.5, quadClass: 'verbal-cooperation', figures: [], members: [member(id)], versions: [], links: [], notes: [], ...more,
  }
}

/** Everything that breaks tables: tabs, lines, quotes, separators, formulas, marks that turn text, halves of characters, NUL, other scripts. */
export const HOSTILE = [
  'tab\there', 'line\nbreak', 'cr\rhere', 'crlf\r\nend', '"quoted" and \'single\'', '"', 'semi;colon|bar,comma', '=HYPERLINK("http://x","y")', '@cmd', '-1+1', '\u202egnp.exe\u202c', '\u2066isolated\u2069', 'nul\u0000byte', 'half \ud83d surrogate',
  '\u2028separator\u2029', '\u0085next', 'Ã©tÃ©', 'São Tomé \u0153uvre Łódź', 'Путин', '习近平', 'بوتين', '😀', '<script>alert("x")</script>&amp;', ']]>', '\\N \\t', '{"json": true}', 'None', '  padded  ', '\ufeffbom', '\ufffe',
]

/** An event with one hostile text in every field that text can get into. */
export const hostile = (text: string, at: number): WorldEvent => {
  const party: EventParty = { id: `name:${text}${at}`, name: text, country: 'RUS', sector: 'CVL', office: text }
  const other: EventParty = { id: `name:other ${text}${at}`, name: `x${text}`, country: text, sector: text, office: null }
  return event({
    id: `e${at}${text}`, actors: [party], recipients: [other], place: { id: `place:${text}`, name: text, country: 'CHN' }, contexts: [text, 'military'], mode: text,
    members: [member(`r${at}`, { article: `a${text}`, outlet: text, url: `https://x.example/${text}`, title: text, quote: text }), member(`s${at}`, { outlet: text, url: null, published: null, language: 'ru' })],
  })
}

/** What tests export: pairs, lone acts, directions, places, bodies above states, the undated, what did not happen. */
export const EVENTS: readonly WorldEvent[] = [
  event(), event({ actors: [XI], recipients: [state('RUS', 'Russia')], mode: 'visit', cameo: '043', rule: 'consult.host', place: { id: 'place:moscow', name: 'Moscow', country: 'RUS' }, members: [member('m1'), member('m2', { outlet: 'Post', language: 'ru' })] }),
  event({ type: 'PROTEST', mode: 'demo', actors: [{ id: 'noun:protesters', name: 'protesters', country: 'FRA', sector: 'CVL', office: null }], cameo: '141', rule: 'protest.demo', intensity: -5, quadClass: 'material-conflict', place: { id: 'state:FRA', name: 'France', country: 'FRA' } }),
  event({ type: 'ACCUSE', mode: null, actors: [UN, state('ROU', 'Romania')], recipients: [state('PRK', 'North Korea')], cameo: null, rule: 'accuse.x', intensity: -3, quadClass: 'verbal-conflict', historical: true }),
  event({ type: 'SANCTION', mode: 'discontinue', actors: [state('CIV', 'Ivory Coast')], recipients: [{ id: 'organisation:eu', name: 'European Union', country: 'EUR', sector: 'EUR', office: null }], cameo: '163', rule: 'sanction.x', intensity: -6, quadClass: 'material-conflict' }),
  event({ date: { value: '2023', basis: 'stated' }, firstDay: '2023-01-01', lastDay: '2023-12-31' }), event({ date: null, firstDay: null, lastDay: null }), event({ status: 'negated' }), event({ status: 'future', firstDay: '2024-03-01', lastDay: '2024-03-02', date: { value: '2024-03-01/2024-03-02', basis: 'inferred' } }),
]

export const codings = (events: readonly WorldEvent[]): Coding[] => events.map((item) => codingOf(item, [], knowledge))

/** Bytes of the files of an export, by name. */
export function exported(format: Format, given: readonly (Coding | ExportRecord)[]): Map<string, Uint8Array> {
  const exporter = createExporter(format, { codes: knowledge.codes, about: '{"readout":"test"}', version: 'test' })
  const files = new Map<string, Uint8Array>()
  for (const { file, bytes } of [...given.flatMap((item) => exporter.add('coding' in item ? item : { coding: item, told: [] })), ...exporter.end()]) files.set(file, Buffer.concat([files.get(file) ?? Buffer.alloc(0), bytes]))
  return files
}

export const bytesOf = (format: Format, given: readonly (Coding | ExportRecord)[]): Buffer => Buffer.from(exported(format, given).get('') ?? new Uint8Array())
export const textOf = (format: Format, given: readonly (Coding | ExportRecord)[]): string => bytesOf(format, given).toString(format === 'polecat' ? 'latin1' : 'utf8')

/** A report with its article, the evidence standing after a character of two units. */
export function told(id: string): Told {
  const text = '😀 On Thursday Vladimir Putin telephoned Xi Jinping.'
  const at = text.indexOf('telephoned')
  const report: Report = {
    id, type: 'CONSULT', mode: 'phone', contexts: [], actors: [{ ...PUTIN, span: [15, 29], text: 'Vladimir Putin' }], recipients: [], date: null, place: null, status: 'occurred', historical: false, attribution: { kind: 'outlet', span: null },
    evidence: [{ field: 'type', span: [at, at + 10], text: 'telephoned' }], cameo: '041', intensity: 1.5, quadClass: 'verbal-cooperation', confidence: 0.9, rule: 'consult.phone',
  }
  return { report, article: { id: `article-${id}`, text } }
}
