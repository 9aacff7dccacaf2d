/** `readout audit`: the log of changes. */
import { Command } from 'commander'
import { listDeeds } from '../../store/index.ts'
import { onStore, type PlaceFlags, wholeNumber, withPlace } from '../place.ts'
import { print } from '../terminal.ts'

interface Flags extends PlaceFlags { limit: string; who?: string; json?: boolean }

export const auditCommand = withPlace(new Command('audit'))
  .description('list what was changed over the network and by commands about people: who, when, what; newest first')
  .option('--limit <n>', 'how many', '50')
  .option('--who <name>', 'only by this person or key')
  .option('--json', 'print JSON')
  .addHelpText('after', `
Examples:
  readout audit
  readout audit --who ana --json`)
  .action(async (flags: Flags) => {
    const limit = wholeNumber('--limit', flags.limit, 1, 100_000)
    const { items } = await onStore(flags, ({ db }) => listDeeds(db, { limit, ...(flags.who === undefined ? {} : { who: flags.who }) }))
    if (flags.json) await print(`${JSON.stringify({ entries: items }, null, 2)}\n`)
    else if (items.length === 0) await print('nothing was changed\n')
    else for (const { at, who, via, act, subject, detail } of items) await print(`${at.slice(0, 19).replace('T', ' ')}  ${who} (${via})  ${act}${subject === null ? '' : `  ${subject}`}${detail === null ? '' : `  ${JSON.stringify(detail)}`}\n`)
  })
