/** Backup and restore to one file, and moving a record from one engine to the other. */
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { StoreError, toStoreError } from '../errors.ts'
import type { Store } from '../open.ts'
import { readRecord } from './read.ts'
import { type Progress, writeRecord } from './write.ts'

/** Until the stream takes more, or is gone. */
async function drained(stream: PassThrough): Promise<void> {
  const stop = new AbortController()
  try {
    await Promise.race([once(stream, 'drain', { signal: stop.signal }), once(stream, 'close', { signal: stop.signal })])
  } finally {
    stop.abort()
  }
}

/** Lines flow through here only as fast as they are taken. */
function channel(stream: PassThrough): (line: string) => Promise<void> {
  return async (line) => {
    if (stream.destroyed) throw stream.errored ?? new Error('the receiving end has stopped')
    if (!stream.write(stream.writableObjectMode ? line : `${line}\n`)) await drained(stream)
  }
}

/** Writes the whole record to one compressed file. The file appears under its name only when it is whole and on the disk. */
export async function backup(store: Store, file: string, progress?: (step: Progress) => void): Promise<{ readonly rows: number }> {
  const fresh = `${file}.${process.pid}.part`
  const lines = new PassThrough({ highWaterMark: 1 << 20 })
  try {
    const writing = pipeline(lines, createGzip({ level: 6 }), createWriteStream(fresh))
    writing.catch((error: Error) => lines.destroy(error))
    const rows = await writeRecord(store, channel(lines), progress)
    lines.end()
    await writing
    const handle = await open(fresh, 'r+')
    await handle.sync()
    await handle.close()
    await rename(fresh, file)
    return { rows }
  } catch (error) {
    lines.destroy()
    await rm(fresh, { force: true }).catch(() => undefined)
    throw toStoreError(error, file)
  }
}

/** Reads a backup into an empty store of either engine: all of it, or nothing. */
export async function restore(store: Store, file: string, progress?: (step: Progress) => void): Promise<{ readonly rows: number }> {
  const source = createReadStream(file)
  const unzip = createGunzip()
  const unzipping = pipeline(source, unzip)
  let failed: unknown = null
  // A damaged file ends the lines early; what the unpacking said is the better reason.
  unzipping.catch((error: unknown) => {
    failed = error
  })
  const lines = createInterface({ input: unzip, crlfDelay: Number.POSITIVE_INFINITY })
  unzip.on('error', () => lines.close())
  try {
    return { rows: await readRecord(store, lines, progress) }
  } catch (error) {
    await new Promise((resolve) => setImmediate(resolve))
    if (failed !== null) {
      const known = toStoreError(failed, file)
      throw known.code === 'failed' || known.code === 'corrupt' ? new StoreError('bad-backup', `The backup cannot be read: ${known.what}`, file, 'Nothing was restored. Use another copy of the backup.') : known
    }
    throw toStoreError(error, file)
  } finally {
    lines.close()
    source.destroy()
    unzip.destroy()
  }
}

/** Copies a whole record into another, empty store (embedded to PostgreSQL, or back). */
export async function copyStore(from: Store, to: Store, progress?: (step: Progress) => void): Promise<{ readonly rows: number }> {
  const lines = new PassThrough({ objectMode: true, highWaterMark: 500 })
  // Whichever side stops first knows why; the other only sees the channel close.
  let stopped: { readonly reason: unknown; readonly where: string } | null = null
  const reading = readRecord(to, lines as AsyncIterable<string>, progress).catch((reason: unknown) => {
    stopped ??= { reason, where: to.where }
    lines.destroy()
    return 0
  })
  const writing = writeRecord(from, channel(lines)).then(() => lines.end(), (reason: unknown) => {
    stopped ??= { reason, where: from.where }
    lines.destroy()
  })
  const [rows] = await Promise.all([reading, writing])
  const why = stopped as { readonly reason: unknown; readonly where: string } | null
  if (why) throw toStoreError(why.reason, why.where)
  return { rows }
}
