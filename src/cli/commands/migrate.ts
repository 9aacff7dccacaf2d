/** `readout migrate`: brings a record to this version, or moves it to another place. */
import { Command } from 'commander'
import { copyStore, openStore } from '../../store/index.ts'
import { onStore, placeOf, type PlaceFlags, ticker, withPlace } from '../place.ts'
import { print } from '../terminal.ts'

interface Flags extends PlaceFlags { to?: string; toStore?: string }

export const migrateCommand = withPlace(new Command('migrate'))
  .description('bring the record to this version; with --to, copy it whole into an empty database or folder')
  .option('--to <address>', 'PostgreSQL database to copy it to')
  .option('--to-store <folder>', 'folder to copy it to')
  .addHelpText('after', `
The record it is copied from stays as it is.

Examples:
  readout migrate
  readout migrate --store readout-record --to postgres://localhost/readout`)
  .action(async (flags: Flags) => {
    await onStore(flags, async (from) => {
      if (flags.to === undefined && flags.toStore === undefined) {
        const names = await from.db.selectFrom('migrations').select('name').orderBy('number').execute()
        await print(`${from.where} is at ${names.at(-1)?.name ?? 'no version'}\n`)
        return
      }
      const to = await openStore(placeOf({ ...(flags.to === undefined ? {} : { db: flags.to }), ...(flags.toStore === undefined ? {} : { store: flags.toStore }) }))
      const bar = ticker('rows', () => null)
      try {
        const { rows } = await copyStore(from, to, (step) => bar.tick(step.rows, `, ${step.table}`))
        bar.stop()
        await print(`${rows} rows copied from ${from.where} to ${to.where}\n`)
      } finally {
        await to.close()
      }
    })
  })
