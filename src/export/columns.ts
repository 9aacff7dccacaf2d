/** The table of CSV and Parquet exports: one line for each actor and recipient of an event, in columns with types. */
import type { Codes } from '../knowledge/codes.ts'
import { plain } from './cells.ts'
import { type Coding, distinct, type Dyad, dyadsOf, type Party } from './coding.ts'

export type ColumnType = 'text' | 'whole' | 'number' | 'truth' | 'day'
export type Value = string | number | boolean | null

export interface Column {
  readonly name: string
  readonly type: ColumnType
  readonly get: (coding: Coding, dyad: Dyad, codes: Codes) => Value
}

const text = (value: string | null | undefined): string | null => (value === null || value === undefined ? null : plain(value))
const words = (values: readonly string[]): string => values.map((value) => plain(value).replace(/;/gu, ',')).join(';')

const partyColumns = (side: 'actor' | 'recipient'): Column[] => {
  const field = (name: string, pick: (party: Party) => string | null | undefined): Column => ({ name: `${side}${name}`, type: 'text', get: (_, dyad) => { const party = dyad[side]; return party ? text(pick(party)) : null } })
  return [field('_id', ({ id }) => id), field('', ({ name }) => name), field('_country', ({ country }) => country), field('_sector', ({ sector }) => sector), field('_office', ({ office }) => office), field('_raw', ({ raw }) => raw)]
}

/** An article that tells the event, as one value: for reading back, and for those who want them all. */
const sourcesText = ({ sources }: Coding): string => JSON.stringify(sources.map(({ article, report, url, outlet, published, language, title, span, quote, confidence }) => ({ article: text(article), report: text(report), url: text(url), outlet: text(outlet), published, language, title: text(title), span, quote: text(quote), confidence })))

/** `contexts`, `languages`, `outlets`: values parted by semicolons; `sources`: JSON. */
export const COLUMNS: readonly Column[] = [
  { name: 'event', type: 'text', get: ({ id }) => text(id) }, { name: 'coder', type: 'text', get: ({ coder }) => text(coder) }, { name: 'version', type: 'text', get: ({ version }) => text(version) },
  { name: 'date', type: 'text', get: ({ date }) => date }, { name: 'date_basis', type: 'text', get: ({ basis }) => basis }, { name: 'first_day', type: 'day', get: ({ firstDay }) => firstDay }, { name: 'last_day', type: 'day', get: ({ lastDay }) => lastDay },
  { name: 'type', type: 'text', get: ({ type }) => text(type) }, { name: 'mode', type: 'text', get: ({ mode }) => text(mode) }, { name: 'status', type: 'text', get: ({ status }) => status }, { name: 'historical', type: 'truth', get: ({ historical }) => historical },
  { name: 'contexts', type: 'text', get: ({ contexts }) => words(contexts) }, ...partyColumns('actor'), ...partyColumns('recipient'), { name: 'mutual', type: 'truth', get: ({ mutual }) => mutual },
  { name: 'place_id', type: 'text', get: ({ place }) => text(place?.id) }, { name: 'place', type: 'text', get: ({ place }) => text(place?.name) }, { name: 'place_country', type: 'text', get: ({ place }) => text(place?.country) },
  { name: 'latitude', type: 'text', get: ({ place }) => text(place?.latitude) }, { name: 'longitude', type: 'text', get: ({ place }) => text(place?.longitude) },
  { name: 'confidence', type: 'number', get: ({ confidence }) => confidence }, { name: 'cameo', type: 'text', get: ({ cameo }) => text(cameo) }, { name: 'intensity', type: 'number', get: ({ intensity }) => intensity },
  { name: 'goldstein', type: 'number', get: ({ cameo }, _, codes) => (cameo === null ? null : (codes.cameo(cameo)?.goldstein ?? null)) }, { name: 'quad_class', type: 'text', get: ({ quadClass }) => text(quadClass) },
  { name: 'articles', type: 'whole', get: ({ sources }) => distinct(sources.map(({ article }) => article)).length }, { name: 'outlets', type: 'text', get: ({ sources }) => words(distinct(sources.map(({ outlet }) => outlet))) },
  { name: 'languages', type: 'text', get: ({ sources }) => words(distinct(sources.map(({ language }) => language))) }, { name: 'url', type: 'text', get: ({ sources }) => text(sources.find(({ url }) => url !== null)?.url) },
  { name: 'quote', type: 'text', get: ({ sources }) => text(sources[0]?.quote) }, { name: 'sources', type: 'text', get: sourcesText },
]

export const tableLines = (coding: Coding, codes: Codes): Value[][] => dyadsOf(coding).map((dyad) => COLUMNS.map(({ get }) => get(coding, dyad, codes)))

/** One line of RFC 4180, ended by carriage return and line feed. Text that a spreadsheet would run as a formula is led by an apostrophe. */
export function csvLine(cells: readonly Value[]): string {
  return `${cells.map((cell) => {
    if (cell === null) return ''
    const value = typeof cell === 'string' && /^[=+\-@\t\r]/u.test(cell) ? `'${cell}` : String(cell)
    return value === '' || /[",\r\n]/u.test(value) ? `"${value.replace(/"/gu, '""')}"` : value
  }).join(',')}\r\n`
}
