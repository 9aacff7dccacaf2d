/** PLOVER records, one JSON object a line, as codings: ours whole, others' by the fields of the manual. */
import { STATUSES, type Status } from '../model/index.ts'
import type { CodedPlace, Coding, Party, Source } from '../export/coding.ts'
import { BadLine } from './lines.ts'
import type { Back } from './parties.ts'

type Json = Record<string, unknown>
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const number = (value: unknown): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null)
const many = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === null || value === undefined || value === '' ? [] : [value])
const strings = (value: unknown): string[] => many(value).filter((item): item is string => typeof item === 'string')
/** The first of these fields that is text. */
const anyOf = (value: Json, names: readonly string[]): string | null => { for (const name of names) { const found = text(value[name]); if (found !== null) return found } return null }

function party(value: unknown): Party[] {
  if (typeof value === 'string') return [{ id: `name:${value}`, name: value, country: null, sector: null, office: null }]
  if (!isObject(value)) return []
  const raw = text(value['raw_text'])
  const name = anyOf(value, ['name', 'entity_name', 'entity_text', 'raw_text'])
  const country = anyOf(value, ['country', 'country_code', 'code'])
  if (name === null && country === null) return []
  const own = 'name' in value
  return [{ id: text(value['id']) ?? `name:${name ?? country}`, name: name ?? '', country, sector: anyOf(value, ['sector', 'sector_code']), office: anyOf(value, ['office', 'title']), ...(own && raw !== null ? { raw } : {}) }]
}

const span = (value: unknown): Source['span'] => (Array.isArray(value) && typeof value[0] === 'number' && typeof value[1] === 'number' ? [value[0], value[1]] : null)

/** Articles that tell an event, as our JSON has them. */
export function sourcesOf(value: unknown): Source[] {
  return many(value).filter(isObject).map((source) => ({
    article: text(source['article']) ?? '', report: text(source['report']), url: text(source['url']), outlet: text(source['outlet']), published: text(source['published']), language: text(source['language']) ?? 'und', title: text(source['title']),
    span: span(source['span']), quote: text(source['quote']), confidence: number(source['confidence']),
  }))
}

function place(value: unknown): CodedPlace | null {
  if (!isObject(value)) return null
  const name = anyOf(value, ['name', 'placename'])
  const [latitude, longitude] = [text(value['latitude']), text(value['longitude'])]
  return name === null ? null : { id: text(value['id']) ?? `name:${name}`, name, country: text(value['country']), ...(latitude === null ? {} : { latitude }), ...(longitude === null ? {} : { longitude }) }
}

export const statusOf = (value: unknown): Status => STATUSES.find((status) => status === value) ?? 'occurred'

/** One line of a file. Throws BadLine. */
export function readPlover(line: string, back: Back): Coding {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    throw new BadLine('it is no JSON')
  }
  if (!isObject(value) || !('event' in value) || !('actor' in value)) throw new BadLine('it is no PLOVER record: event and actor are wanted')
  const cite = isObject(value['cite_info']) ? value['cite_info'] : {}
  const type = text(value['event'])
  const [first, last] = [text(value['date']), text(value['enddate'])]
  const edtf = text(value['date_edtf'])
  const day = first !== null && /^\d{4}-\d{2}-\d{2}$/u.test(first) ? first : null
  const auxiliary = strings(value['auxiliary_modes'])
  const format = text(value['format'])
  const basis = text(value['date_basis'])
  const own = sourcesOf(value['sources'])
  const cited: Source = { article: text(cite['citation']) ?? '', report: null, url: text(cite['url']), outlet: text(cite['publication']), published: null, language: text(cite['language']) ?? 'und', title: text(cite['title']), span: null, quote: text(value['event_text']), confidence: null }
  return {
    coder: text(value['coder']) ?? 'plover', version: text(cite['version']) ?? '', format, id: String(value['id'] ?? ''), type, mode: strings(value['mode'])[0] ?? null, contexts: strings(value['context']),
    actors: many(value['actor']).flatMap(party), recipients: many(value['recipient']).flatMap(party), mutual: value['mutual'] === true, date: 'date_edtf' in value ? edtf : first, basis: basis === 'stated' || basis === 'inferred' ? basis : null,
    firstDay: day, lastDay: 'enddate' in value ? last : day, place: place(value['event_loc']), status: statusOf(value['event_status'] ?? (auxiliary.includes('negation') ? 'negated' : auxiliary[0])), historical: auxiliary.includes('historical'),
    confidence: number(value['confidence']), cameo: text(value['cameo']), intensity: number(value['event_scale']), quadClass: text(value['quad_code']) ?? back.quadOf(type), sources: 'sources' in value ? own : [cited],
    ...(isObject(value['columns']) ? (Object.keys(value['columns']).length > 0 ? { columns: value['columns'] as Record<string, string> } : {}) : {}),
  }
}
