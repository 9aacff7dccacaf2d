/** `readout explain`: why each thing was found, rule by rule, and why a sentence gave nothing. */
import { Command } from 'commander'
import { createReader } from '../../reader.ts'
import type { TraceEntry } from '../../read.ts'
import { listInputs, loadInput, nameOf } from '../inputs.ts'
import { paint, print } from '../terminal.ts'

export const explainCommand = new Command('explain')
  .description('tell why each thing was found in a page, and why a sentence gave nothing')
  .argument('<input...>', 'files, folders, patterns, http(s) addresses, or - for standard input')
  .option('--json', 'print the trace as JSON, one entry a line')
  .option('--published <date>', 'day of publication where the page does not say it')
  .addHelpText('after', `
Examples:
  readout explain page.html
  echo "Xi called Putin on Thursday." | readout explain - --published 2024-02-08`)
  .action(async (names: string[], flags: { json?: boolean; published?: string }) => {
    const reader = createReader()
    for (const input of await listInputs(names)) {
      const page = await loadInput(input)
      const trace: TraceEntry[] = []
      const sentences: { index: number; start: number; end: number; actors: readonly string[] }[] = []
      const reading = await reader.read({ ...page, published: flags.published ?? page.published ?? null }, {
        trace: (entry) => trace.push(entry),
        sentence: (entry) => sentences.push(entry),
      })
      const { text } = reading.article
      if (flags.json) {
        for (const entry of trace) await print(`${JSON.stringify({ ...entry, text: text.slice(entry.span[0], entry.span[1]) })}\n`)
        continue
      }
      await print(`${paint.bold(nameOf(input))}  ${paint.dim(`${reading.article.language}, ${sentences.length} sentences`)}\n`)
      for (const sentence of sentences) {
        await print(`\n${text.slice(sentence.start, sentence.end)}\n`)
        const own = trace.filter((entry) => entry.sentence === sentence.index)
        await print(paint.dim(`  actors: ${sentence.actors.length === 0 ? 'none' : sentence.actors.join(' · ')}\n`))
        if (own.length === 0) await print(paint.dim('  nothing: no word here is a wording of a concept\n'))
        for (const entry of own) await print(`  ${text.slice(entry.span[0], entry.span[1])}  ${paint.accent(entry.concept)}${entry.rule === null ? '' : paint.dim(` by ${entry.rule}`)}  → ${entry.outcome}\n`)
      }
      for (const notice of reading.notices) await print(`\n${paint.dim(`${notice.stage}/${notice.code}: ${notice.message}`)}\n`)
    }
    await reader.close()
  })
