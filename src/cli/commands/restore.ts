/** `readout restore`: a backup into an empty place. */
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { restore } from '../../store/index.ts'
import { onStore, type PlaceFlags, ticker, withPlace } from '../place.ts'
import { print, UserError } from '../terminal.ts'

export const restoreCommand = withPlace(new Command('restore'))
  .description('read a backup into an empty record: all of it, or nothing')
  .argument('<file>', 'file that `readout backup` wrote')
  .addHelpText('after', `
Examples:
  readout restore record-2024-02-08.readout --store new-record
  readout restore record-2024-02-08.readout --db postgres://localhost/readout`)
  .action(async (file: string, flags: PlaceFlags) => {
    if (!existsSync(file)) throw new UserError(`there is no file '${file}'`)
    await onStore(flags, async (store) => {
      const bar = ticker('rows', () => null)
      const { rows } = await restore(store, file, (step) => bar.tick(step.rows, `, ${step.table}`))
      bar.stop()
      await print(`${rows} rows restored into ${store.where}\n`)
    })
  })
