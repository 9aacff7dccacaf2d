/** `readout agreement`: how far two coders agree on who did what to whom on which day. */
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { type Agreement, agreementOf, type Share } from '../../export/agreement.ts'
import type { Coding } from '../../export/index.ts'
import { loadKnowledge } from '../../knowledge/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { codingsIn, exportKnowledge, onRecordThere, recordsOf, recordsOfStore, sniffCodings } from '../codings.ts'
import { joinInputs } from '../joined.ts'
import { type PlaceFlags, wholeNumber, withPlace } from '../place.ts'
import { paint, print } from '../terminal.ts'
import { tellProblems } from './import.ts'

interface Flags extends PlaceFlags { directed?: boolean; slack: string; allDays?: boolean; json?: boolean; language?: string; published?: string; fast?: boolean }

/** The lasting record, where no file has that name. */
const RECORD = 'record'

export const agreementCommand = withPlace(new Command('agreement'))
  .description('compare two coders: the share of (pair of states, day, type) that both found, by type and by quad class')
  .argument('<a>', 'a file of GDELT, POLECAT, ICEWS, Phoenix or PLOVER, an export of ours, pages and readings, or the word record')
  .argument('<b>', 'another')
  .option('--directed', 'who does it to whom counts')
  .option('--slack <days>', 'days apart that still count as the same', '0')
  .option('--all-days', 'also days that only one of the two covers')
  .option('--json', 'print it as JSON')
  .option('--language <code>', 'language of the pages, where it is known (ISO 639-1)')
  .option('--published <date>', 'day of publication where the page does not say it')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .addHelpText('after', `
Codes of CAMEO are compared as PLOVER types (ontology/crosswalk/cameo.tsv); 01 and 02 have none and are left out.
A line counts once for each pair, day and type, however many lines say it. What is planned, denied or only possible does not count.

Examples:
  readout agreement ours.jsonl 20240208.export.CSV.zip
  readout agreement pages/ polecat-2022.txt --slack 1 --json
  readout agreement record icews.tab --store my-record`)
  .action(async (a: string, b: string, flags: Flags) => {
    const slack = wholeNumber('--slack', flags.slack, 0, 366)
    const [left, right] = [await load(a, flags), await load(b, flags)]
    const found = agreementOf(left, right, { directed: flags.directed === true, slack, allDays: flags.allDays === true })
    await print(flags.json ? `${JSON.stringify({ schema: 1, a, b, directed: flags.directed === true, slack, ...found }, null, 1)}\n` : table(found, a, b))
  })

async function load(input: string, flags: Flags): Promise<Coding[]> {
  const knowledge = loadKnowledge(PACKAGE_ROOT)
  const more = exportKnowledge(knowledge)
  if (input === RECORD && !existsSync(input)) {
    return onRecordThere(flags, async (store) => {
      const out: Coding[] = []
      for await (const { coding } of recordsOfStore(store, more)) out.push(coding)
      return out
    })
  }
  const format = sniffCodings(input)
  if (format !== null) {
    const out: Coding[] = []
    const problems = tellProblems()
    for await (const coding of codingsIn(input, format, more.back, problems.tell)) out.push(coding)
    problems.end()
    return out
  }
  const { readings, events, failed } = await joinInputs([input], flags)
  if (failed > 0) process.exitCode = 1
  return [...recordsOf(readings, events, more)].map(({ coding }) => coding)
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${(100 * part / whole).toFixed(1)} %`)

function table({ days, types, quads, all, leftOut }: Agreement, a: string, b: string): string {
  const width = Math.max(12, ...[...types, ...quads].map(({ key }) => key.length))
  const line = (cells: readonly string[]): string => `${(cells[0] ?? '').padEnd(width)}${cells.slice(1).map((cell) => cell.padStart(11)).join('')}\n`
  const row = ({ key, a: ours, b: theirs, aInB, bInA, share }: Share): string => line([key === '' ? 'all' : key, String(ours), String(theirs), percent(aInB, ours), percent(bInA, theirs), share === null ? '–' : `${(100 * share).toFixed(1)} %`])
  const head = paint.bold(line(['', 'A', 'B', 'A in B', 'B in A', 'both']))
  return `A ${a}\nB ${b}\n${days === null ? 'no days in common' : `${days.from} to ${days.to}`}\n\n${head}${types.map(row).join('')}${row(all)}\n${head}${quads.map(row).join('')}\n${paint.dim(`not compared: ${leftOut.a} of A, ${leftOut.b} of B`)}\n`
}
