/** `readout read`: pages to their sourced record. */
import { Command } from 'commander'
import type { PageInput, Reading } from '../../model/index.ts'
import { createReader, type Reader } from '../../reader.ts'
import { type Input, listInputs, loadInput, nameOf } from '../inputs.ts'
import { recordWriter } from '../record.ts'
import { paint, print, progress, say, UserError } from '../terminal.ts'

interface Flags { json?: boolean; jsonl?: boolean; lang: string; language?: string; published?: string; fast?: boolean }

export const readCommand = new Command('read')
  .description('read pages and print what states say and do to each other in them, each line with its quote')
  .argument('<input...>', 'files, folders, patterns, http(s) addresses, or - for standard input')
  .option('--json', 'print one JSON value: { schema, readings }')
  .option('--jsonl', 'print one reading a line')
  .option('--lang <code>', 'language of the record lines', 'en')
  .option('--language <code>', 'language of the pages, where it is known (ISO 639-1)')
  .option('--published <date>', 'day of publication where the page does not say it (EDTF: 2024-02-08, 2024-02, 2024)')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .addHelpText('after', `
Examples:
  readout read page.html
  readout read examples/articles --lang fr
  readout read https://example.org/news/1.html --json
  cat article.txt | readout read - --published 2024-02-08 --jsonl`)
  .action(async (names: string[], flags: Flags) => {
    if (flags.json && flags.jsonl) throw new UserError('give --json or --jsonl, not both')
    if (flags.published !== undefined && !/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(flags.published)) throw new UserError(`--published takes a day, month or year such as 2024-02-08, not '${flags.published}'`)
    const inputs = await listInputs(names)
    const reader = createReader()
    const write = flags.json || flags.jsonl ? null : recordWriter(reader.knowledge, flags.lang)
    const bar = progress(inputs.length, 'reading')
    let failed = 0
    let count = 0
    if (flags.json) await print('{"schema":1,"readings":[')
    for (const input of inputs) {
      const reading = await readOne(reader, input, flags)
      bar.step()
      if (!reading) {
        failed++
        continue
      }
      if (flags.json) await print(`${count > 0 ? ',' : ''}\n${JSON.stringify(reading)}`)
      else if (flags.jsonl) await print(`${JSON.stringify(reading)}\n`)
      else if (write) await print(`${count > 0 ? '\n\n' : ''}${inputs.length > 1 ? `${paint.dim(nameOf(input))}\n` : ''}${write(reading)}\n`)
      count++
    }
    if (flags.json) await print('\n]}\n')
    bar.stop()
    await reader.close()
    if (failed > 0) process.exitCode = 2
  })

async function readOne(reader: Reader, input: Input, flags: Flags): Promise<Reading | null> {
  let page: PageInput
  try {
    page = await loadInput(input)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    say(`readout: ${error.message}`)
    return null
  }
  return reader.read({ ...page, language: flags.language ?? page.language ?? null, published: flags.published ?? page.published ?? null }, flags.fast ? { fast: true } : {})
}
