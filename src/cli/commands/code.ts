/** `readout code`: bulk coding for researchers, one line of JSON out for each line in, in order. */
import { availableParallelism } from 'node:os'
import { Command, Option } from 'commander'
import { codeAll } from '../../code-pool.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { BULK_KINDS, type BulkKind, bulkJobs } from '../jobs.ts'
import { print, UserError } from '../terminal.ts'

const ENDINGS: Readonly<Record<string, BulkKind>> = { '.csv': 'csv', '.txt': 'txt', '.warc': 'warc', '.gz': 'warc', '.parquet': 'parquet' }

export const codeCommand = new Command('code')
  .description('code texts in bulk: one line of JSON out for each text in, in order')
  .argument('[file]', 'file to read, - for standard input', '-')
  .addOption(new Option('--in <kind>', 'kind of the file; told from its name when left out').choices([...BULK_KINDS]))
  .option('--workers <n>', 'threads to code on', String(availableParallelism()))
  .addHelpText('after', `
Lines are { "id", "text", "published"?, "language"?, "url"?, "pair"?: { "source": [s, e], "target": [s, e] } }; CSV and Parquet have these names as columns.
A line that cannot be coded gets an answer with an "error"; the others go on.
Examples:
  readout code texts.jsonl --workers 2 > events.jsonl
  readout code crawl.warc.gz --in warc
  cat lines.txt | readout code - --in txt`)
  .action(async (file: string, flags: { in?: BulkKind; workers: string }) => {
    const threads = Number(flags.workers)
    if (!Number.isInteger(threads) || threads < 1 || threads > 256) throw new UserError(`--workers takes a whole number from 1 to 256, not '${flags.workers}'`)
    const kind = flags.in ?? Object.entries(ENDINGS).find(([ending]) => file.endsWith(ending))?.[1] ?? 'jsonl'
    let waiting = ''
    for await (const line of codeAll(bulkJobs(file, kind), PACKAGE_ROOT, threads)) {
      waiting += `${line}\n`
      if (waiting.length < 65_536) continue
      await print(waiting)
      waiting = ''
    }
    await print(waiting)
  })
