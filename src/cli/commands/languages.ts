/** `readout languages`: which languages can be read and written, and how far. */
import { Command } from 'commander'
import { reachOf } from '../../knowledge/reach.ts'
import { createReader } from '../../reader.ts'
import { print } from '../terminal.ts'

export const languagesCommand = new Command('languages')
  .description('list the languages that can be read, with what is known of each')
  .option('--json', 'print JSON')
  .addHelpText('after', '\nExample:\n  readout languages --json')
  .action(async (flags: { json?: boolean }) => {
    const list = reachOf(createReader().knowledge)
    if (flags.json) {
      await print(`${JSON.stringify({ languages: list }, null, 2)}\n`)
      return
    }
    for (const row of list) {
      await print(`${row.code}  ${row.name.padEnd(11)} ${String(row.concepts).padStart(3)} of ${row.of} concepts in ${String(row.wordings).padStart(5)} wordings${row.learned ? ', learned word analysis' : ''}${row.templates ? ', record lines' : ''}\n`)
    }
  })
