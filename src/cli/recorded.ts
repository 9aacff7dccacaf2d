/** Commands that read events from the record when they are given no inputs. */
import { existsSync } from 'node:fs'
import type { Store } from '../store/index.ts'
import { onStore, type PlaceFlags, placeOf } from './place.ts'
import { UserError } from './terminal.ts'

/** Whether a command without inputs means the record: one was named, or the usual one is there. Throws UserError when a folder was named that is none. */
export function meansRecord(flags: PlaceFlags, inputs: readonly string[]): boolean {
  const named = flags.store !== undefined || flags.db !== undefined
  if (inputs.length > 0) {
    if (named) throw new UserError('give a record (--store, --db) or inputs, not both')
    return false
  }
  const place = placeOf(flags)
  const there = place.dir === undefined || existsSync(place.dir)
  if (!there && (named || process.env['READOUT_STORE'])) throw new UserError(`there is no record in '${place.dir}'; readout add makes one`)
  return there
}

/** Runs work on a record that is there; none is made. */
export async function onExisting<T>(flags: PlaceFlags, work: (store: Store) => Promise<T>): Promise<T> {
  const place = placeOf(flags)
  if (place.dir !== undefined && !existsSync(place.dir)) throw new UserError(`there is no record in '${place.dir}'; readout add makes one`)
  return onStore(flags, work)
}
