/** `readout import`: files of event data sets as codings, or as readings by another coder. */
import { Command, Option } from 'commander'
import { type Coding, type ExportRecord, createExporter } from '../../export/index.ts'
import { type ImportFormat, IMPORTS } from '../../import/index.ts'
import { readingOf } from '../../import/reading.ts'
import { loadKnowledge } from '../../knowledge/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { codeVersion } from '../../version.ts'
import { codingsIn, exportKnowledge, sniffCodings } from '../codings.ts'
import { print, say, UserError } from '../terminal.ts'

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

export const importCommand = new Command('import')
  .description('read files of GDELT, POLECAT, ICEWS, Phoenix or PLOVER (or our own CSV and Parquet) as what another coder says')
  .argument('<file...>', 'files, also packed as .zip or .gz')
  .addOption(new Option('--format <format>', 'what they are; told from the first line when left out').choices([...IMPORTS]))
  .addOption(new Option('--as <form>', 'PLOVER records that keep every column, or readings that chronology and compare take').choices(['plover', 'readings']).default('plover'))
  .addHelpText('after', `
What is printed, one JSON value a line, goes into readout export and readout agreement; readings go into readout chronology.
A line that cannot be read is told on stderr, and the others go on.

Examples:
  readout import 20240208120000.export.CSV.zip > gdelt.jsonl
  readout import --format icews events.2014.tab --as readings > icews.jsonl
  readout import polecat-2022-week-30.txt | head`)
  .action(async (files: string[], flags: { format?: ImportFormat; as: 'plover' | 'readings' }) => {
    const { codes, back } = exportKnowledge(loadKnowledge(PACKAGE_ROOT))
    const formats = files.map((file) => ({ file, format: formatFor(file, flags.format) }))
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
    for (const { file, format } of formats) {
      for await (const coding of codingsIn(file, format, back, problems.tell)) {
        if (flags.as === 'plover') for (const { bytes } of exporter.add({ coding, told: [] } satisfies ExportRecord)) await put(new TextDecoder().decode(bytes))
        else {
          const story = `${coding.coder} ${coding.sources[0]?.article ?? coding.id}`
          stories.set(story, [...(stories.get(story) ?? []), coding])
        }
      }
    }
    for (const codings of stories.values()) {
      const reading = readingOf(codings)
      if (reading) await put(`${JSON.stringify(reading)}\n`)
    }
    await print(waiting)
    problems.end()
  })
