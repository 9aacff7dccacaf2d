/** Codings from what the user names: files of event data sets, our own exports, pages and readings, or the record. */
import { createReadStream, existsSync, openSync, closeSync, readSync, readFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { createGunzip, gunzipSync, constants } from 'node:zlib'
import { dayRange } from '../events/index.ts'
import { type Coding, codingOf, type ExportKnowledge, type ExportRecord, type Told } from '../export/index.ts'
import { BadLine, type Back, createBack, createLineReader, encodingOf, formatOf, fromCsv, type ImportFormat, isTable, type LineFormat, readTable, type TableRow } from '../import/index.ts'
import { unzipFirst } from '../ingest/lists.ts'
import { loadCodes } from '../knowledge/codes.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Reading, WorldEvent } from '../model/index.ts'
import { getReports, getTexts, listEvents, type Store } from '../store/index.ts'
import { pendingArticles } from '../joining.ts'
import { codeVersion } from '../version.ts'
import { reason } from './inputs.ts'
import { onStore, type PlaceFlags, placeOf } from './place.ts'
import { say, UserError } from './terminal.ts'

/** What exports and imports look up. */
export function exportKnowledge(knowledge: Knowledge): ExportKnowledge & { readonly back: Back } {
  const codes = loadCodes(knowledge.root)
  const { types, rules } = knowledge.ontology
  const schemes = new Map(rules.map(({ id, roles }) => [id, roles]))
  const mutualTypes = new Set(rules.filter(({ roles }) => roles === 'mutual' || roles === 'mutual-with').map(({ type }) => type))
  return {
    codes, version: codeVersion(), cameoOfType: (type) => types[type]?.cameo ?? null, isMutual: (rule, type) => schemes.get(rule)?.startsWith('mutual') ?? mutualTypes.has(type),
    back: createBack(codes, (type) => (type === null ? null : (types[type]?.quad ?? null)), (type) => types[type]?.cameo ?? null),
  }
}

/** Events in the order of every export. */
export const inOrder = (events: readonly WorldEvent[]): WorldEvent[] => [...events].sort((a, b) => ((a.firstDay ?? '') < (b.firstDay ?? '') ? -1 : (a.firstDay ?? '') > (b.firstDay ?? '') ? 1 : a.id < b.id ? -1 : 1))

/** A record for each event, or for each report as it tells the event itself. */
export type Level = 'events' | 'reports'

function* leveled(event: WorldEvent, told: readonly Told[], level: Level, knowledge: ExportKnowledge): Generator<ExportRecord> {
  if (level === 'events') {
    yield { coding: codingOf(event, told, knowledge), told }
    return
  }
  for (const item of told) {
    const { id, type, mode, contexts, actors, recipients, date, place, status, historical, confidence, cameo, rule, intensity, quadClass } = item.report
    const days = dayRange(date)
    const own: WorldEvent = {
      ...event, id, type, mode, contexts, actors, recipients, date, firstDay: days?.first ?? null, lastDay: days?.last ?? null, place, status, historical, confidence, cameo, rule, intensity, quadClass,
      members: event.members.filter(({ report, article }) => report === id && article === item.article.id),
    }
    yield { coding: codingOf(own, [item], knowledge), told: [item] }
  }
}

/** Events joined from readings, with the reports behind them. */
export function* recordsOf(readings: readonly Reading[], events: readonly WorldEvent[], knowledge: ExportKnowledge, level: Level = 'events'): Generator<ExportRecord> {
  const reports = new Map(readings.flatMap(({ article, reports: own }) => own.map((report): [string, Told] => [`${article.id} ${report.id}`, { report, article: { id: article.id, text: article.text } }])))
  for (const event of inOrder(events)) {
    const told = event.members.flatMap(({ article, report }) => reports.get(`${article} ${report}`) ?? [])
    yield* leveled(event, told, level, knowledge)
  }
}

const PAGE = 200

/** The events of a record, page by page; articles that are not joined yet are told. */
export async function* recordsOfStore(store: Store, knowledge: ExportKnowledge, level: Level = 'events'): AsyncGenerator<ExportRecord> {
  const waiting = await pendingArticles(store.db)
  if (waiting.length > 0) say(`readout: ${waiting.length} articles of the record are in no event yet and are left out; readout add joins them`)
  for (let cursor: string | null = null; ;) {
    const page = await listEvents(store.db, { limit: PAGE, cursor })
    const events = page.items.map(({ body }) => body as WorldEvent)
    const reports = await getReports(store.db, [...new Set(events.flatMap(({ members }) => members.map(({ report }) => report)))])
    const texts = await getTexts(store.db, [...new Set(events.flatMap(({ members }) => members.map(({ article }) => article)))])
    for (const event of events) {
      const told = event.members.flatMap(({ report, article }): Told[] => { const found = reports.get(report); return found ? [{ report: found.report, article: { id: article, text: texts.get(article)?.text ?? null } }] : [] })
      yield* leveled(event, told, level, knowledge)
    }
    cursor = page.next
    if (cursor === null) return
  }
}

/** Runs work on a record that is there; none is made. */
export async function onRecordThere<T>(flags: PlaceFlags, work: (store: Store) => Promise<T>): Promise<T> {
  const place = placeOf(flags)
  if (place.dir !== undefined && !existsSync(place.dir)) throw new UserError(`there is no record in '${place.dir}'; name inputs, or make a record with readout add`)
  return onStore(flags, work)
}

type Packing = 'none' | 'gzip' | 'zip' | 'parquet'
const START = 65_536

function startOf(path: string): { readonly packing: Packing; readonly line: string } {
  const bytes = Buffer.alloc(START)
  const file = openSync(path, 'r')
  let size = 0
  try {
    size = readSync(file, bytes, 0, START, 0)
  } finally {
    closeSync(file)
  }
  const start = bytes.subarray(0, size)
  const packing: Packing = start[0] === 0x1f && start[1] === 0x8b ? 'gzip' : start.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004' ? 'zip' : start.subarray(0, 4).toString('latin1') === 'PAR1' ? 'parquet' : 'none'
  const text = packing === 'gzip' ? gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 4 * 1024 * 1024 }) : packing === 'zip' ? unzipFirst(readFileSync(path)).subarray(0, START) : start
  return { packing, line: Buffer.from(text).toString('utf8').split('\n', 1)[0] ?? '' }
}

/** The format of a file of codings; null for pages, readings and whatever else. */
export function sniffCodings(path: string): ImportFormat | null {
  if (/^https?:/iu.test(path) || !existsSync(path)) return null
  try {
    const { packing, line } = startOf(path)
    return packing === 'parquet' ? 'parquet' : formatOf(line)
  } catch {
    return null
  }
}

export interface FileProblem { readonly file: string; readonly line: number; readonly message: string }

/** The codings of a file, in order; bad lines are told and passed over. Throws UserError when the file cannot be had. */
export async function* codingsIn(path: string, format: ImportFormat, back: Back, problem: (problem: FileProblem) => void): AsyncGenerator<Coding> {
  if (!existsSync(path)) throw new UserError(`there is no file '${path}'`)
  try {
    if (format === 'parquet') yield* fromParquet(path, problem)
    else if (format === 'csv') yield* fromCsvFile(path, problem)
    else yield* fromLines(path, format, back, problem)
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`cannot read '${path}' as ${format}: ${reason(error)}`)
  }
}

function open(path: string): Readable {
  const { packing } = startOf(path)
  if (packing === 'zip') return Readable.from([Buffer.from(unzipFirst(readFileSync(path)))])
  const file = createReadStream(path)
  if (packing !== 'gzip') return file
  const unpacked = createGunzip()
  file.on('error', (error) => unpacked.destroy(error))
  return file.pipe(unpacked)
}

async function* fromLines(path: string, format: LineFormat, back: Back, problem: (problem: FileProblem) => void): AsyncGenerator<Coding> {
  const reader = createLineReader(format, back, (found) => problem({ file: path, ...found }))
  const stream = open(path)
  for await (const line of linesOf(stream, encodingOf(format))) {
    const coding = reader.read(line)
    if (coding) yield coding
  }
}

/* Lines end with a line feed and nothing else: a carriage return inside a cell is no end of a line. */
async function* linesOf(stream: Readable, encoding: string): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding === 'iso-8859-1' ? 'utf-8' : encoding)
  let waiting = ''
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    // The label iso-8859-1 means windows-1252 to a TextDecoder.
    const parts = (waiting + (encoding === 'iso-8859-1' ? chunk.toString('latin1') : decoder.decode(chunk, { stream: true }))).split('\n')
    waiting = parts.pop() ?? ''
    yield* parts
  }
  waiting += decoder.decode()
  if (waiting !== '') yield waiting
}

function* rowOf(row: TableRow, path: string, line: number, problem: (problem: FileProblem) => void): Generator<Coding> {
  try {
    yield readTable(row)
  } catch (error) {
    if (!(error instanceof BadLine)) throw error
    problem({ file: path, line, message: error.message })
  }
}

async function* fromCsvFile(path: string, problem: (problem: FileProblem) => void): AsyncGenerator<Coding> {
  const { parse } = await import('csv-parse')
  const parser = parse({ columns: true, bom: true, cast: (value, { quoting, header }) => (!header && !quoting && value === '' ? null : value) as string })
  const stream = open(path)
  stream.on('error', (error) => parser.destroy(error))
  let line = 1
  for await (const cells of stream.pipe(parser) as AsyncIterable<Record<string, string | null>>) {
    if (++line === 2 && !isTable(Object.keys(cells))) throw new UserError(`'${path}' does not have the columns of 'readout export --format csv'`)
    yield* rowOf(fromCsv(cells), path, line, problem)
  }
}

async function* fromParquet(path: string, problem: (problem: FileProblem) => void): AsyncGenerator<Coding> {
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet')
  const file = await asyncBufferFromFile(path)
  const metadata = await parquetMetadataAsync(file)
  if (!isTable(metadata.schema.map(({ name }) => name))) throw new UserError(`'${path}' does not have the columns of 'readout export --format parquet'`)
  const rows = Number(metadata.num_rows)
  for (let start = 0; start < rows; start += 1000) {
    let line = start
    for (const row of await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: Math.min(rows, start + 1000) })) {
      yield* rowOf(Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value instanceof Date ? value.toISOString().slice(0, 10) : ((value as TableRow[string] | undefined) ?? null)])), path, ++line, problem)
    }
  }
}
