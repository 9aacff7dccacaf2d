/** Lines of our own tables (CSV and Parquet) as codings. */
import type { CodedPlace, Coding, Party } from '../export/coding.ts'
import { COLUMNS, type Value } from '../export/columns.ts'
import { BadLine } from './lines.ts'
import { sourcesOf, statusOf } from './plover.ts'

export type TableRow = Readonly<Record<string, Value>>

/** Whether these are the columns of our tables. */
export const isTable = (columns: readonly string[]): boolean => COLUMNS.every(({ name }) => columns.includes(name))

/** A line of CSV with the types of its columns: what was not quoted and is empty is nothing. */
export function fromCsv(cells: Readonly<Record<string, string | null>>): TableRow {
  return Object.fromEntries(COLUMNS.map(({ name, type }): [string, Value] => {
    const cell = cells[name] ?? null
    if (cell === null) return [name, null]
    if (type === 'truth') return [name, cell === 'true']
    if (type === 'number' || type === 'whole') return [name, Number(cell)]
    return [name, cell.replace(/^'(?=[=+\-@\t\r])/u, '')]
  }))
}

/** One line. Throws BadLine. */
export function readTable(row: TableRow): Coding {
  const text = (name: string): string | null => { const value = row[name]; return typeof value === 'string' ? value : null }
  const number = (name: string): number | null => { const value = row[name]; return typeof value === 'number' && Number.isFinite(value) ? value : null }
  const id = text('event')
  if (id === null) throw new BadLine('it has no event')
  const party = (side: string): Party[] => {
    const [name, own] = [text(side), text(`${side}_id`)]
    if (name === null && own === null) return []
    const raw = text(`${side}_raw`)
    return [{ id: own ?? '', name: name ?? '', country: text(`${side}_country`), sector: text(`${side}_sector`), office: text(`${side}_office`), ...(raw === null ? {} : { raw }) }]
  }
  const [placeId, place, latitude, longitude] = [text('place_id'), text('place'), text('latitude'), text('longitude')]
  const where: CodedPlace | null = placeId === null && place === null ? null : { id: placeId ?? '', name: place ?? '', country: text('place_country'), ...(latitude === null ? {} : { latitude }), ...(longitude === null ? {} : { longitude }) }
  const basis = text('date_basis')
  let sources: unknown = []
  try {
    sources = JSON.parse(text('sources') ?? '[]')
  } catch {
    throw new BadLine('its sources are no JSON')
  }
  return {
    coder: text('coder') ?? 'readout', version: text('version') ?? '', format: null, id, type: text('type'), mode: text('mode'), contexts: (text('contexts') ?? '').split(';').filter((context) => context !== ''), actors: party('actor'), recipients: party('recipient'),
    mutual: row['mutual'] === true, date: text('date'), basis: basis === 'stated' || basis === 'inferred' ? basis : null, firstDay: text('first_day'), lastDay: text('last_day'), place: where, status: statusOf(text('status')), historical: row['historical'] === true,
    confidence: number('confidence'), cameo: text('cameo'), intensity: number('intensity'), quadClass: text('quad_class'), sources: sourcesOf(sources),
  }
}
