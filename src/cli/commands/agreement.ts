/** `readout agreement`: how far two coders agree on who did what to whom on which day. */
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { type Agreement, compareTallies, createTally, type Share, type Tally, tallyOf } from '../../export/agreement.ts'
import { loadKnowledge } from '../../knowledge/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { coderName, codersThere, codingsOfStore } from '../coders.ts'
import { codingsIn, exportKnowledge, onRecordThere, recordsOf, recordsOfStore, sniffCodings } from '../codings.ts'
import { joinInputs } from '../joined.ts'
import { type PlaceFlags, wholeNumber, withPlace } from '../place.ts'
import { paint, print, UserError } from '../terminal.ts'
import { tellProblems } from './import.ts'

interface Flags extends PlaceFlags { coder?: string; directed?: boolean; slack: string; allDays?: boolean; json?: boolean; language?: string; published?: string; fast?: boolean }

/** The lasting record, where no file has that name. */
const RECORD = 'record'

export const agreementCommand = withPlace(new Command('agreement'))
  .description('compare two coders: the share of (pair of states, day, type) that both found, by type and by quad class')
  .argument('[a]', 'a file of GDELT, POLECAT, ICEWS, Phoenix or PLOVER, an export of ours, pages and readings, or the word record; alone it is compared with the record')
  .argument('[b]', 'another; without both, the record is compared with what it holds of other coders (readout import)')
  .option('--coder <name>', 'take this coder of the record as B')
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
  readout agreement --store my-record
  readout agreement --coder icews-2014 --slack 1
  readout agreement 20240208.export.CSV.zip
  readout agreement pages/ polecat-2022.txt --slack 1 --json`)
  .action(async (a: string | undefined, b: string | undefined, flags: Flags) => {
    const options = { slack: wholeNumber('--slack', flags.slack, 0, 366), allDays: flags.allDays === true }
    const coder = coderName(flags.coder)
    if (coder !== null && b !== undefined) throw new UserError('--coder takes the place of the second coder; name one input at most')
    const directed = flags.directed === true
    const compared = a === undefined || coder !== null ? await withKept(a ?? RECORD, coder, flags, options)
      : [await withGiven(b === undefined ? RECORD : a, b ?? a, flags, options)]
    const told = compared.map((one) => ({ a: one.a, b: one.b, directed, slack: options.slack, ...one.found }))
    // One comparison is told as such; all coders of the record are a list.
    if (flags.json) await print(`${JSON.stringify(a === undefined && coder === null ? { schema: 1, comparisons: told } : { schema: 1, ...told[0] }, null, 1)}\n`)
    else await print(compared.map(({ a: left, b: right, found }) => table(found, left, right)).join('\n'))
  })

interface Compared { readonly a: string; readonly b: string; readonly found: Agreement }
type Options = Parameters<typeof compareTallies>[2]

async function withGiven(a: string, b: string, flags: Flags, options: Options): Promise<Compared> {
  const [left, right] = [await load(a, flags), await load(b, flags)]
  return { a, b, found: compareTallies(left, right, options) }
}

/** Compares with the coders the record holds, or with the one named. */
async function withKept(a: string, coder: string | null, flags: Flags, options: Options): Promise<Compared[]> {
  const coders = await onRecordThere(flags, (store) => codersThere(store, coder))
  const left = await load(a, flags)
  return onRecordThere(flags, async (store) => {
    const out: Compared[] = []
    for (const b of coders) {
      const right = createTally(flags.directed === true)
      for await (const coding of codingsOfStore(store, b)) right.add(coding)
      out.push({ a, b, found: compareTallies(left, right, options) })
    }
    return out
  })
}

async function load(input: string, flags: Flags): Promise<Tally> {
  const more = exportKnowledge(loadKnowledge(PACKAGE_ROOT))
  const directed = flags.directed === true
  const tally = createTally(directed)
  if (input === RECORD && !existsSync(input)) {
    await onRecordThere(flags, async (store) => { for await (const { coding } of recordsOfStore(store, more)) tally.add(coding) })
    return tally
  }
  const format = sniffCodings(input)
  if (format !== null) {
    const problems = tellProblems()
    for await (const coding of codingsIn(input, format, more.back, problems.tell)) tally.add(coding)
    problems.end()
    return tally
  }
  const { readings, events, failed } = await joinInputs([input], flags)
  if (failed > 0) process.exitCode = 1
  return tallyOf([...recordsOf(readings, events, more)].map(({ coding }) => coding), directed)
}

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${(100 * part / whole).toFixed(1)} %`)

function table({ days, types, quads, all, leftOut }: Agreement, a: string, b: string): string {
  const width = Math.max(12, ...[...types, ...quads].map(({ key }) => key.length))
  const line = (cells: readonly string[]): string => `${(cells[0] ?? '').padEnd(width)}${cells.slice(1).map((cell) => cell.padStart(11)).join('')}\n`
  const row = ({ key, a: ours, b: theirs, aInB, bInA, share }: Share): string => line([key === '' ? 'all' : key, String(ours), String(theirs), percent(aInB, ours), percent(bInA, theirs), share === null ? '–' : `${(100 * share).toFixed(1)} %`])
  const head = paint.bold(line(['', 'A', 'B', 'A in B', 'B in A', 'both']))
  return `A ${a}\nB ${b}\n${days === null ? 'no days in common' : `${days.from} to ${days.to}`}\n\n${head}${types.map(row).join('')}${row(all)}\n${head}${quads.map(row).join('')}\n${paint.dim(`not compared: ${leftOut.a} of A, ${leftOut.b} of B`)}\n`
}
