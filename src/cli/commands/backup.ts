/** `readout backup`: the whole record in one file. */
import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { backup } from '../../store/index.ts'
import { onStore, type PlaceFlags, ticker, withPlace } from '../place.ts'
import { print, UserError } from '../terminal.ts'

export const backupCommand = withPlace(new Command('backup'))
  .description('write the whole record to one file, to be restored on either engine')
  .argument('<file>', 'file to write')
  .option('--force', 'replace a file that is there')
  .addHelpText('after', '\nExample:\n  readout backup record-2024-02-08.readout')
  .action(async (file: string, flags: PlaceFlags & { force?: boolean }) => {
    if (existsSync(file) && !flags.force) throw new UserError(`'${file}' is there already; give another name, or --force`)
    await onStore(flags, async (store) => {
      const bar = ticker('rows', () => null)
      const { rows } = await backup(store, file, (step) => bar.tick(step.rows, `, ${step.table}`))
      bar.stop()
      await print(`${rows} rows in ${file}\n`)
    })
  })
