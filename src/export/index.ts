/**
 * Export: events to the files others work with. Pure: records in, pieces of files out; who calls writes them.
 *
 *   const exporter = createExporter('gdelt', { codes, about, version })
 *   for (const record of records) for (const piece of exporter.add(record)) write(piece)
 *   for (const piece of exporter.end()) write(piece)
 */
import type { Codes } from '../knowledge/codes.ts'
import type { Status } from '../model/index.ts'
import { jsonLine, tabLine } from './cells.ts'
import { type Coding, dayFor, type ExportRecord } from './coding.ts'
import { COLUMNS, csvLine, tableLines } from './columns.ts'
import { ftmLines } from './ftm.ts'
import { gdeltEventLines, gdeltMentionLines } from './gdelt.ts'
import { createGraph, graphmlEnd, graphmlStart } from './graphml.ts'
import { icsEnd, icsEntry, icsStart } from './ics.ts'
import { ICEWS, icewsLines } from './icews.ts'
import { CONTEXT, jsonldNodes } from './jsonld.ts'
import { createParquet } from './parquet.ts'
import { phoenixLines } from './phoenix.ts'
import { ploverLine } from './plover.ts'
import { POLECAT, polecatLines } from './polecat.ts'

export { codingOf, dyadsOf, type Coding, type CodedPlace, type ExportKnowledge, type ExportRecord, type Party, type Source, type Told } from './coding.ts'

export const FORMATS = ['gdelt', 'gdelt-mentions', 'polecat', 'icews', 'phoenix', 'plover', 'csv', 'parquet', 'jsonld', 'ftm', 'ics', 'graphml'] as const
export type Format = (typeof FORMATS)[number]

/** What a file follows, and what it cannot say. */
export interface FormatFacts { readonly standard: string; readonly encoding: 'utf-8' | 'iso-8859-1' | 'binary'; readonly media: string; readonly ending: string; readonly status: boolean; readonly tables: readonly string[] }

const CAMEO = 'ontology/crosswalk/cameo.tsv'
const STATES = 'gazetteer/codes.tsv'
const SECTORS = 'ontology/crosswalk/sectors.tsv'
const TYPES = 'ontology/types.yaml'

export const FACTS: Readonly<Record<Format, FormatFacts>> = {
  gdelt: { standard: 'GDELT 2.0 events, 61 columns, no header', encoding: 'utf-8', media: 'text/tab-separated-values', ending: '.export.CSV', status: false, tables: [`${CAMEO} (GoldsteinScale: CAMEO.SCALE)`, `${STATES} (actors: CAMEO; Geo: FIPS 10-4)`, SECTORS] },
  'gdelt-mentions': { standard: 'GDELT 2.0 mentions, 16 columns, no header', encoding: 'utf-8', media: 'text/tab-separated-values', ending: '.mentions.CSV', status: false, tables: [] },
  polecat: { standard: 'POLECAT, 40 columns with header', encoding: 'iso-8859-1', media: 'text/tab-separated-values', ending: '.txt', status: false, tables: [`${TYPES} (Intensity: PLOVER 2.0)`, `${STATES} (Correlates of War)`] },
  icews: { standard: 'ICEWS coded event data, 20 columns with header', encoding: 'utf-8', media: 'text/tab-separated-values', ending: '.tab', status: false, tables: [`${CAMEO} (Intensity: ICEWS)`, STATES, SECTORS] },
  phoenix: { standard: 'Phoenix, 26 columns, no header', encoding: 'utf-8', media: 'text/tab-separated-values', ending: '.txt', status: false, tables: [`${CAMEO} (GoldsteinScore: CAMEO.SCALE)`, STATES, SECTORS] },
  plover: { standard: 'PLOVER 2.0 records, one JSON object a line', encoding: 'utf-8', media: 'application/x-ndjson', ending: '.jsonl', status: true, tables: [TYPES] },
  csv: { standard: 'CSV (RFC 4180), one line for each actor and recipient', encoding: 'utf-8', media: 'text/csv', ending: '.csv', status: true, tables: [TYPES, `${CAMEO} (goldstein: CAMEO.SCALE)`] },
  parquet: { standard: 'Parquet, one file for each month, one row for each actor and recipient', encoding: 'binary', media: 'application/vnd.apache.parquet', ending: '', status: true, tables: [TYPES, `${CAMEO} (goldstein: CAMEO.SCALE)`] },
  jsonld: { standard: 'JSON-LD 1.1: schema.org Event and Claim, W3C Web Annotation', encoding: 'utf-8', media: 'application/ld+json', ending: '.jsonld', status: true, tables: [TYPES] },
  ftm: { standard: 'FollowTheMoney entities, one JSON object a line', encoding: 'utf-8', media: 'application/x-ndjson', ending: '.ftm.json', status: true, tables: [`${STATES} (ISO 3166-1 alpha-2)`] },
  ics: { standard: 'iCalendar (RFC 5545)', encoding: 'utf-8', media: 'text/calendar', ending: '.ics', status: true, tables: [] },
  graphml: { standard: 'GraphML, parties as nodes, events as edges', encoding: 'utf-8', media: 'application/graphml+xml', ending: '.graphml', status: true, tables: [] },
}

export interface ExportFilter {
  /** First and last day, both included. */
  readonly from?: string
  readonly to?: string
  readonly types?: readonly string[]
  readonly statuses?: readonly Status[]
  readonly minConfidence?: number
}

/** Whether an event is wanted. What no confidence is known of passes only when none is asked for. */
export function wanted(coding: Coding, { from, to, types = [], statuses = [], minConfidence = 0 }: ExportFilter): boolean {
  if (types.length > 0 && !types.includes(coding.type ?? '')) return false
  if (statuses.length > 0 && !statuses.includes(coding.status)) return false
  if ((from !== undefined || to !== undefined) && (coding.firstDay === null || coding.lastDay === null)) return false
  if (from !== undefined && (coding.lastDay ?? '') < from) return false
  if (to !== undefined && (coding.firstDay ?? '') > to) return false
  return minConfidence <= 0 || (coding.confidence ?? -1) >= minConfidence
}

/** Statuses a file can hold without saying what is not so: a data set that knows no status takes what happened. */
export const statusesFor = (format: Format, asked: readonly Status[]): readonly Status[] => (asked.length > 0 || FACTS[format].status ? asked : ['occurred', 'ongoing'])

export interface Piece {
  /** Name inside the folder of the export; '' where the export is one file. */
  readonly file: string
  readonly bytes: Uint8Array
  readonly rows?: number
}

export interface ExportContext {
  readonly codes: Codes
  /** What made the export, in one line, for formats with room for it. */
  readonly about: string
  readonly version: string
  /** An event in the reader's language, for calendars. */
  readonly line?: (coding: Coding) => string
}

export interface Exporter {
  add(record: ExportRecord): Piece[]
  end(): Piece[]
  /** What went in, came out, and was left out because the format wants what is not known. */
  readonly counts: { readonly events: number; readonly rows: number; readonly withoutDay: number; readonly withoutCode: number }
}

type Lines = (record: ExportRecord) => readonly string[]

const TAB = (lines: (coding: Coding, codes: Codes) => string[][], codes: Codes): Lines => ({ coding }) => lines(coding, codes).map(tabLine)
const tabHeader = (names: readonly string[]): string => tabLine(names)

/** Starts an export. */
export function createExporter(format: Format, context: ExportContext): Exporter {
  const { codes, about, line = null } = context
  const counts = { events: 0, rows: 0, withoutDay: 0, withoutCode: 0 }
  const encode = FACTS[format].encoding === 'iso-8859-1' ? (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0)) : (text: string): Uint8Array => new TextEncoder().encode(text)
  const daily = format === 'ics' || !FACTS[format].status
  const tally = ({ coding }: ExportRecord, rows: number): void => {
    counts.events++
    counts.rows += rows
    if (rows > 0 || !daily) return
    if (dayFor(coding) === null) counts.withoutDay++
    else counts.withoutCode++
  }
  if (format === 'parquet') {
    const parquet = createParquet(codes, about, context.version)
    return { counts, add: (record) => { tally(record, parquet.add(record.coding)); return [] }, end: () => parquet.files() }
  }
  const { head = '', tail = '', lines } = textFormat(format)
  let begun = false
  const piece = (text: string): Piece[] => {
    const whole = begun ? text : `${head}${text}`
    begun = true
    return whole === '' ? [] : [{ file: '', bytes: encode(whole) }]
  }
  return {
    counts,
    add(record) {
      const made = lines(record)
      tally(record, made.length)
      return piece(made.join(''))
    },
    end: () => piece(tail),
  }

  function textFormat(name: Exclude<Format, 'parquet'>): { readonly head?: string; readonly tail?: string; readonly lines: Lines } {
    switch (name) {
      case 'gdelt': return { lines: TAB(gdeltEventLines, codes) }
      case 'gdelt-mentions': return { lines: TAB(gdeltMentionLines, codes) }
      case 'polecat': return { head: tabHeader(POLECAT), lines: TAB(polecatLines, codes) }
      case 'icews': return { head: tabHeader(ICEWS), lines: TAB(icewsLines, codes) }
      case 'phoenix': return { lines: TAB(phoenixLines, codes) }
      case 'plover': return { lines: ({ coding }) => [ploverLine(coding)] }
      case 'csv': return { head: csvLine(COLUMNS.map((column) => column.name)), lines: ({ coding }) => tableLines(coding, codes).map(csvLine) }
      case 'ftm': return { lines: ({ coding }) => ftmLines(coding, codes) }
      case 'ics': return { head: icsStart(about), tail: icsEnd, lines: ({ coding }) => { const entry = icsEntry(coding, line); return entry === null ? [] : [entry] } }
      case 'jsonld': return {
        head: `{"@context":${JSON.stringify(CONTEXT)},\n"@graph":[\n${JSON.stringify({ '@type': 'Dataset', '@id': 'urn:readout:export', name: 'Readout', description: about })}`, tail: '\n]}\n',
        lines: (record) => [jsonldNodes(record).map((node) => `,\n${jsonLine(node)}`).join('')],
      }
      case 'graphml': {
        const graph = createGraph()
        return { head: graphmlStart(about), tail: graphmlEnd, lines: ({ coding }) => { const { text, edges } = graph(coding); return edges === 0 ? [] : [text, ...Array.from({ length: edges - 1 }, () => '')] } }
      }
    }
  }
}
