/** `readout import`: files of event data sets into the record, kept apart as what another coder says; or printed as codings or readings. */
import { Command, Option } from 'commander'
import { noteCommand } from '../../api/deeds.ts'
import { type Coding, type ExportRecord, createExporter } from '../../export/index.ts'
import { type ImportFormat, IMPORTS } from '../../import/index.ts'
import { readingOf } from '../../import/reading.ts'
import { loadKnowledge } from '../../knowledge/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { dropCoder, listCodedFiles, listCoders, type Store } from '../../store/index.ts'
import { codeVersion } from '../../version.ts'
import { type CoderFile, coderName, codersThere, intoStory, keepFile, type Kept, named } from '../coders.ts'
import { codingsIn, exportKnowledge, onRecordThere, sniffCodings } from '../codings.ts'
import { onStore, type PlaceFlags, ticker, withPlace } from '../place.ts'
import { paint, print, say, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags { format?: ImportFormat; coder?: string; as?: 'plover' | 'readings'; list?: boolean; remove?: string; json?: boolean }

/** The format of a file as asked or as its first line says. Throws UserError. */
export function formatFor(path: string, asked: ImportFormat | undefined): ImportFormat {
  const format = asked ?? sniffCodings(path)
  if (format === null) throw new UserError(`'${path}' is not there or is none of ${IMPORTS.join(', ')}; say with --format which it is`)
  return format
}

/** Bad lines told one by one up to here. */
const TOLD = 20

/** Tells bad lines on stderr: the first of them in full, the number at the end. */
export function tellProblems(): { readonly tell: (problem: { file: string; line: number; message: string }) => void; readonly end: () => void } {
  let count = 0
  return {
    tell: ({ file, line, message }) => { if (++count <= TOLD) say(`readout: ${file}:${line}: ${message}`) },
    end: () => {
      if (count > TOLD) say(`readout: ${count} lines could not be read, of which ${TOLD} are told above`)
      if (count > 0) process.exitCode = 1
    },
  }
}

export const importCommand = withPlace(new Command('import'))
  .description('take files of GDELT, POLECAT, ICEWS, Phoenix or PLOVER (or our own CSV and Parquet) into the record, as what another coder says')
  .argument('[file...]', 'files, also packed as .zip or .gz')
  .addOption(new Option('--format <format>', 'what they are; told from the first line when left out').choices([...IMPORTS]))
  .option('--coder <name>', 'name of the coder; that of the data set, or the one the lines give, when left out')
  .addOption(new Option('--as <form>', 'keep nothing, print: PLOVER records that keep every column, or readings that chronology and compare take').choices(['plover', 'readings']))
  .option('--list', 'list the coders and files the record holds')
  .option('--remove <coder>', 'take all a coder says out of the record')
  .option('--json', 'print what was done as JSON')
  .addHelpText('after', `
What other coders say stays apart: it is never joined with what was read. readout agreement compares it with the record, readout export --coder
writes it out again, readout chronology --coder shows it. A line that is kept already is not kept twice, a file that came before changes nothing.
A line that cannot be read is told on stderr with its number, and the others go on; the exit code is then 1.

Examples:
  readout import 20240208120000.export.CSV.zip --store my-record
  readout import --format icews --coder icews-2014 events.2014.tab
  readout import --list
  readout import polecat-2022-week-30.txt --as plover | head`)
  .action(async (files: string[], flags: Flags) => {
    const asked = [flags.list === true, flags.remove !== undefined, flags.as !== undefined].filter(Boolean).length
    if (asked > 1) throw new UserError('give one of --list, --remove and --as')
    if (flags.list || flags.remove !== undefined) {
      if (files.length > 0) throw new UserError('--list and --remove take no files')
      return onRecordThere(flags, (store) => (flags.remove === undefined ? list(store, flags) : remove(store, flags.remove, flags)))
    }
    if (files.length === 0) throw new UserError('name the files to import, or --list')
    const coder = coderName(flags.coder)
    const given = files.map((file): CoderFile => ({ file, format: formatFor(file, flags.format), coder }))
    if (flags.as === undefined) return keep(given, flags)
    if (flags.store !== undefined || flags.db !== undefined) throw new UserError('--as prints and keeps nothing; leave --store and --db out')
    return printed(given, flags.as)
  })

async function list(store: Store, { json }: Flags): Promise<void> {
  const [coders, files] = [await listCoders(store.db), await listCodedFiles(store.db)]
  if (json) return print(`${JSON.stringify({ schema: 1, coders, files })}\n`)
  if (coders.length === 0) await print('the record holds nothing of other coders\n')
  for (const { coder, lines, firstDay, lastDay } of coders) await print(`${paint.bold(coder)}  ${lines} lines${firstDay === null ? '' : `, ${firstDay} to ${lastDay}`}\n`)
  for (const { name, format, coder, lines, bad, at } of files) await print(`  ${at.slice(0, 10)}  ${name}  ${format}${coder === null ? '' : `, ${coder}`}: ${lines} lines${bad === 0 ? '' : `, ${bad} could not be read`}\n`)
}

async function remove(store: Store, coder: string, { json }: Flags): Promise<void> {
  await codersThere(store, coder)
  const gone = await store.transaction(async (tx) => {
    const lines = await dropCoder(tx, coder)
    await noteCommand(tx, { act: 'coder removed', subject: coder, detail: { lines } })
    return lines
  })
  await print(json ? `${JSON.stringify({ schema: 1, coder, removed: gone })}\n` : `${gone} lines of ${coder} removed\n`)
}

async function keep(given: readonly CoderFile[], flags: Flags): Promise<void> {
  const { back } = exportKnowledge(loadKnowledge(PACKAGE_ROOT))
  const problems = tellProblems()
  await onStore(flags, async (store) => {
    const done: Kept[] = []
    for (const one of given) {
      const bar = ticker('lines', () => null)
      const kept = await keepFile(store, one, back, problems.tell, (lines) => bar.tick(lines, `, ${one.file}`)).finally(bar.stop)
      done.push(kept)
      if (!flags.json) await print(kept.same ? `${kept.file}: taken in before, ${kept.known} lines\n` : `${kept.file}: ${kept.added} lines kept${kept.known === 0 ? '' : `, ${kept.known} known already`}${kept.bad === 0 ? '' : `, ${kept.bad} could not be read`}\n`)
    }
    if (flags.json) await print(`${JSON.stringify({ schema: 1, files: done })}\n`)
  })
  problems.end()
}

async function printed(given: readonly CoderFile[], as: 'plover' | 'readings'): Promise<void> {
  const { codes, back } = exportKnowledge(loadKnowledge(PACKAGE_ROOT))
  const problems = tellProblems()
  const exporter = createExporter('plover', { codes, about: '', version: codeVersion() })
  const stories = new Map<string, Coding[]>()
  let waiting = ''
  const put = async (text: string): Promise<void> => {
    waiting += text
    if (waiting.length < 65_536) return
    await print(waiting)
    waiting = ''
  }
  for (const { file, format, coder } of given) {
    for await (const read of codingsIn(file, format, back, problems.tell)) {
      const coding = named(read, coder)
      if (as === 'plover') for (const { bytes } of exporter.add({ coding, told: [] } satisfies ExportRecord)) await put(new TextDecoder().decode(bytes))
      else intoStory(stories, coding)
    }
  }
  for (const codings of stories.values()) {
    const reading = readingOf(codings)
    if (reading) await put(`${JSON.stringify(reading)}\n`)
  }
  await print(waiting)
  problems.end()
}
