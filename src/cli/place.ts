/** Where the record is: a folder, or a PostgreSQL database. What every command on it shares. */
import type { Command } from 'commander'
import { openRecord, type LastingRecord } from '../record.ts'
import { openStore, type Store, type StoreOptions } from '../store/index.ts'
import { UserError } from './terminal.ts'

export interface PlaceFlags { readonly store?: string; readonly db?: string }

const FOLDER = 'readout-record'

/** Adds the options that say where the record is. */
export function withPlace(command: Command): Command {
  return command.option('--store <folder>', `folder of the record (default: READOUT_STORE, else ./${FOLDER})`).option('--db <address>', 'PostgreSQL database instead, postgres://… (default: READOUT_DATABASE_URL)')
}

/** The place the flags or the environment name. */
export function placeOf({ store, db }: PlaceFlags): StoreOptions {
  if (store !== undefined && db !== undefined) throw new UserError('give --store or --db, not both')
  if (store !== undefined) return { dir: store }
  const url = db ?? process.env['READOUT_DATABASE_URL']
  if (url !== undefined && url !== '') {
    if (!/^postgres(?:ql)?:\/\//u.test(url)) throw new UserError('--db takes an address such as postgres://user:password@host:5432/name')
    return { url }
  }
  return { dir: process.env['READOUT_STORE'] || FOLDER }
}

/** Runs work on the store and closes it whatever happens. */
export async function onStore<T>(flags: PlaceFlags, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(placeOf(flags))
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Runs work on the record and closes it whatever happens. */
export async function onRecord<T>(flags: PlaceFlags & { readonly workers?: string; readonly fast?: boolean }, work: (record: LastingRecord) => Promise<T>): Promise<T> {
  const workers = flags.workers ?? (process.env['READOUT_WORKERS'] || undefined)
  const threads = workers === undefined ? undefined : wholeNumber('--workers', workers, 1, 64)
  const record = await openRecord({ ...placeOf(flags), ...(threads === undefined ? {} : { threads }), ...(flags.fast ? { fast: true } : {}) })
  try {
    return await work(record)
  } finally {
    await record.close()
  }
}

/** A whole number given to a flag. Throws UserError. */
export function wholeNumber(flag: string, value: string, least: number, most: number): number {
  const number = Number(value)
  if (!Number.isInteger(number) || number < least || number > most) throw new UserError(`${flag} takes a whole number from ${least} to ${most}, not '${value}'`)
  return number
}

/** Stops gently at the first Ctrl-C, at once at the second. */
export function stopSignal(): { readonly signal: AbortSignal; readonly off: () => void } {
  const stop = new AbortController()
  const ask = (): void => {
    if (stop.signal.aborted) process.exit(130)
    process.stderr.write('readout: stopping after what is under way; once more to stop at once\n')
    stop.abort()
  }
  process.on('SIGINT', ask)
  process.on('SIGTERM', ask)
  return { signal: stop.signal, off: () => {
    process.off('SIGINT', ask)
    process.off('SIGTERM', ask)
  } }
}

/** A line of progress on stderr with rate and time left: kept in place on a terminal, every ten seconds elsewhere. */
export function ticker(what: string, total: () => number | null): { readonly tick: (done: number, more: string) => void; readonly stop: () => void } {
  const start = performance.now()
  const tty = process.stderr.isTTY
  let last = start
  return {
    tick(done, more) {
      const now = performance.now()
      if (now - last < (tty ? 200 : 10_000)) return
      last = now
      const rate = done / ((now - start) / 1000)
      const all = total()
      const left = all !== null && all > done && rate > 0 ? `, ${duration((all - done) / rate)} left` : ''
      const line = `${what} ${done}${all === null ? '' : `/${Math.max(all, done)}`}, ${rate.toFixed(rate < 10 ? 1 : 0)} a second${left}${more}`
      process.stderr.write(tty ? `\r\u001b[2K${line}` : `${line}\n`)
    },
    stop() {
      if (tty) process.stderr.write('\r\u001b[2K')
    },
  }
}

/** Seconds in words. */
export function duration(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
