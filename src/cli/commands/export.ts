/** `readout export`: events as the files others work with, with a manifest that says what made them. */
import { createHash, type Hash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { Command, Option } from 'commander'
import { type Coding, createExporter, type Exporter, type ExportFilter, type ExportRecord, FACTS, type Format, FORMATS, type Piece, statusesFor, wanted } from '../../export/index.ts'
import { loadKnowledge } from '../../knowledge/index.ts'
import { STATUSES, type Status, type WorldEvent } from '../../model/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { codeVersion, knowledgeVersion } from '../../version.ts'
import { coderName, coderRecords, codersThere } from '../coders.ts'
import { codingsIn, exportKnowledge, onRecordThere, recordsOf, recordsOfStore, sniffCodings } from '../codings.ts'
import { reason } from '../inputs.ts'
import { dayOf, joinInputs, writersIn } from '../joined.ts'
import { type PlaceFlags, withPlace } from '../place.ts'
import { say, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags {
  format: Format; from?: string; to?: string; types?: string; status?: string; minConfidence?: string; level: 'events' | 'reports'; out?: string; overwrite?: boolean; manifest?: string; lang: string
  coder?: string; language?: string; published?: string; fast?: boolean; judgements?: string
}

const listOf = (value: string | undefined): string[] => (value ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')

/** The filters the flags ask for. Throws UserError. */
export function filterOf(flags: Pick<Flags, 'format' | 'from' | 'to' | 'types' | 'status' | 'minConfidence'>, knownTypes: readonly string[]): ExportFilter {
  const minConfidence = flags.minConfidence === undefined ? 0 : Number(flags.minConfidence)
  if (!(minConfidence >= 0 && minConfidence <= 1)) throw new UserError(`--min-confidence takes a number from 0 to 1, not '${flags.minConfidence}'`)
  const types = listOf(flags.types).map((type) => type.toUpperCase())
  const unknown = types.find((type) => !knownTypes.includes(type))
  if (unknown !== undefined) throw new UserError(`there is no type '${unknown}'; known: ${knownTypes.join(', ')}`)
  const asked = listOf(flags.status)
  const odd = asked.find((status) => !(STATUSES as readonly string[]).includes(status))
  if (odd !== undefined) throw new UserError(`there is no status '${odd}'; known: ${STATUSES.join(', ')}`)
  const [from, to] = [dayOf(flags.from, 'first', '--from'), dayOf(flags.to, 'last', '--to')]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), types, statuses: statusesFor(flags.format, asked as Status[]), minConfidence }
}

interface Written { readonly name: string; readonly bytes: number; readonly sha256: string; readonly rows?: number }

/** Where an export goes: a file that is there whole or not at all, a folder, or standard output. */
interface Sink { put(piece: Piece): Promise<void>; done(): Promise<Written[]>; fail(): Promise<void> }

function toStandardOutput(): Sink {
  return {
    put: async ({ bytes }) => { await new Promise<void>((resolve) => { if (process.stdout.write(bytes)) resolve(); else process.stdout.once('drain', () => resolve()) }) },
    done: () => Promise.resolve([]), fail: () => Promise.resolve(),
  }
}

async function toFile(path: string): Promise<Sink> {
  if (existsSync(path) && statSync(path).isDirectory()) throw new UserError(`'${path}' is a folder; give the name of a file`)
  mkdirSync(dirname(path), { recursive: true })
  const part = `${path}.part`
  const file: FileHandle = await open(part, 'w')
  const hash: Hash = createHash('sha256')
  let size = 0
  return {
    async put({ bytes }) {
      await file.writeFile(bytes)
      hash.update(bytes)
      size += bytes.length
    },
    async done() {
      await file.close()
      renameSync(part, path)
      return [{ name: basename(path), bytes: size, sha256: hash.digest('hex') }]
    },
    async fail() {
      await file.close().catch(() => undefined)
      rmSync(part, { force: true })
    },
  }
}

function toFolder(path: string, overwrite: boolean): Sink {
  if (existsSync(path) && !statSync(path).isDirectory()) throw new UserError(`'${path}' is a file; this format writes a folder`)
  const there = existsSync(path) ? readdirSync(path) : []
  if (there.length > 0 && !overwrite) throw new UserError(`the folder '${path}' is not empty; give another name, or --overwrite to replace an export in it`)
  for (const name of there) if (name.startsWith('month=') || name === '_manifest.json') rmSync(join(path, name), { recursive: true, force: true })
  mkdirSync(path, { recursive: true })
  const written: Written[] = []
  return {
    put({ file, bytes, rows }) {
      mkdirSync(dirname(join(path, file)), { recursive: true })
      writeFileSync(join(path, file), bytes)
      written.push({ name: file, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), ...(rows === undefined ? {} : { rows }) })
      return Promise.resolve()
    },
    done: () => Promise.resolve(written), fail: () => Promise.resolve(),
  }
}

export const exportCommand = withPlace(new Command('export'))
  .description('write events as GDELT, POLECAT, ICEWS, Phoenix, PLOVER, CSV, Parquet, JSON-LD, FollowTheMoney, calendar or GraphML files')
  .argument('[input...]', 'files, folders, patterns, addresses, .jsonl files of readings, or files of event data sets; without any the record is exported')
  .addOption(new Option('--format <format>', 'which').choices([...FORMATS]).makeOptionMandatory())
  .option('-o, --out <path>', 'file to write (a folder for parquet); standard output when left out')
  .option('--from <date>', 'from this day, month or year on')
  .option('--to <date>', 'up to this day, month or year')
  .option('--types <list>', 'only these PLOVER types, parted by commas')
  .option('--status <list>', `only these: ${STATUSES.join(', ')} (formats that know no status: occurred and ongoing unless said)`)
  .option('--min-confidence <number>', 'only events at least this sure, 0 to 1')
  .addOption(new Option('--level <level>', 'a line for each event, or for each report of it').choices(['events', 'reports']).default('events'))
  .option('--coder <name>', 'not our events but what another coder says (readout import), line by line as it came')
  .option('--overwrite', 'replace an export in a folder that is there')
  .option('--manifest <file>', 'where to write what made the export (default: beside it)')
  .option('--lang <code>', 'language of the entries of a calendar', 'en')
  .option('--language <code>', 'language of the pages, where it is known (ISO 639-1)')
  .option('--published <date>', 'day of publication where the page does not say it')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .option('--judgements <file>', 'what people decided on reports, one JSON value a line')
  .addHelpText('after', `
Every export has a manifest: version, tables, filters, counts, what was left out and why, and the SHA-256 of each file.
docs/formats.md tells column by column what stands where.

Examples:
  readout export --format gdelt -o events.export.CSV examples/articles
  readout export --format parquet -o events/ --db postgres://localhost/readout --from 2022
  readout export --format polecat --min-confidence 0.8 -o polecat.txt readings.jsonl
  readout export --format gdelt --coder gdelt -o theirs.CSV
  readout export --format csv 20240208.export.CSV.zip > gdelt.csv`)
  .action(async (inputs: string[], flags: Flags) => {
    const knowledge = loadKnowledge(PACKAGE_ROOT)
    const more = exportKnowledge(knowledge)
    const filter = filterOf(flags, Object.keys(knowledge.ontology.types))
    const { format } = flags
    if (inputs.length > 0 && (flags.store !== undefined || flags.db !== undefined)) throw new UserError('give a record (--store, --db) or inputs, not both')
    const coder = coderName(flags.coder)
    if (coder !== null && inputs.length > 0) throw new UserError('--coder takes from the record; leave the inputs out')
    if (coder !== null && flags.level === 'reports') throw new UserError('a coder has lines, not events with reports; leave --level out')
    const facts = FACTS[format]
    if (facts.encoding === 'binary' && flags.out === undefined) throw new UserError(`${format} writes a folder; name it with -o`)
    const made = { readout: codeVersion(), knowledge: knowledgeVersion(PACKAGE_ROOT), format, standard: facts.standard, encoding: facts.encoding, tables: facts.tables, level: flags.level, filters: filter, source: inputs.length === 0 ? 'record' : 'files', ...(coder === null ? {} : { coder }) }
    const { writer } = writersIn(knowledge, flags.lang)
    const events = new Map<string, WorldEvent>()
    const exporter = createExporter(format, { codes: more.codes, about: JSON.stringify(made), version: codeVersion(), ...(format === 'ics' ? { line: (coding: Coding) => { const event = events.get(coding.id); return event ? writer.line(event) : lineOf(coding) } } : {}) })
    let sink: Sink | null = null
    try {
      // Before anything is written.
      if (coder !== null) await onRecordThere(flags, (store) => codersThere(store, coder))
      sink = flags.out === undefined ? toStandardOutput() : facts.encoding === 'binary' ? toFolder(flags.out, flags.overwrite === true) : await toFile(flags.out)
      const into = sink
      if (inputs.length === 0) await onRecordThere(flags, (store) => run(coder === null ? recordsOfStore(store, more, flags.level) : coderRecords(store, coder, filter), exporter, filter, into))
      else await run(recordsOfInputs(inputs, flags, more, events), exporter, filter, sink)
      for (const piece of exporter.end()) await sink.put(piece)
      const manifest = { ...made, counts: exporter.counts, files: await sink.done() }
      writeManifest(manifest, flags, facts.encoding === 'binary')
    } catch (error) {
      await sink?.fail()
      throw /^E[A-Z]+$/u.test((error as NodeJS.ErrnoException).code ?? '') ? new UserError(`cannot write '${flags.out ?? 'standard output'}': ${reason(error)}`) : error
    }
  })

const lineOf = ({ actors, recipients, type, cameo }: Coding): string => [actors.map(({ name }) => name).join(', '), type ?? cameo ?? '', recipients.map(({ name }) => name).join(', ')].filter((part) => part !== '').join(' ')

async function run(records: AsyncIterable<ExportRecord>, exporter: Exporter, filter: ExportFilter, sink: Sink): Promise<void> {
  for await (const record of records) {
    if (!wanted(record.coding, filter)) continue
    for (const piece of exporter.add(record)) await sink.put(piece)
  }
}

async function* recordsOfInputs(inputs: readonly string[], flags: Flags, more: ReturnType<typeof exportKnowledge>, byId: Map<string, WorldEvent>): AsyncGenerator<ExportRecord> {
  const sorted = inputs.map((input) => ({ input, coded: sniffCodings(input) }))
  for (const { input, coded } of sorted) {
    if (coded === null) continue
    for await (const coding of codingsIn(input, coded, more.back, ({ file, line, message }) => { say(`readout: ${file}:${line}: ${message}`); process.exitCode = 1 })) yield { coding, told: [] }
  }
  const pages = sorted.filter(({ coded }) => coded === null).map(({ input }) => input)
  if (pages.length === 0) return
  const { readings, events, failed } = await joinInputs(pages, flags)
  if (failed > 0) process.exitCode = 1
  if (flags.level === 'events') for (const event of events) byId.set(event.id, event)
  yield* recordsOf(readings, events, more, flags.level)
}

function writeManifest(manifest: object, flags: Flags, folder: boolean): void {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  const path = flags.manifest ?? (flags.out === undefined ? null : folder ? join(flags.out, '_manifest.json') : `${flags.out}.manifest.json`)
  if (path === null) say(JSON.stringify(manifest))
  else writeFileSync(path, text)
}

