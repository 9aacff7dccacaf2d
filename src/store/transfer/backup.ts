/** Backup and restore to one file, and moving a record from one engine to the other. */
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
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
    // Awaited below; until then a failure shows in the channel, which is closed with it.
    writing.catch(() => undefined)
    lines.on('error', () => undefined)
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

/** Lines of UTF-8 bytes. */
async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let open: string[] = []
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      yield open.length > 0 ? open.join('') + part : part
      open = []
    }
    if (last !== '') open.push(last)
  }
  const rest = open.join('') + decoder.decode()
  if (rest !== '') yield rest
}

/** What the unpacking itself says of a file that is no backup. */
const PACKING = new Set(['Z_DATA_ERROR', 'Z_BUF_ERROR', 'Z_STREAM_ERROR', 'Z_NEED_DICT', 'ERR_STREAM_PREMATURE_CLOSE'])

/** Reads a backup into an empty store of either engine: all of it, or nothing. */
export async function restore(store: Store, file: string, progress?: (step: Progress) => void): Promise<{ readonly rows: number }> {
  // The pipeline hands an error of the file or of the unpacking to the reader, whose transaction then keeps nothing.
  // An error of the reader it hides behind the file that was not read to its end, and does not wait for the rollback.
  let reading: Promise<number> | null = null
  const read = (chunks: AsyncIterable<Uint8Array>): Promise<number> => (reading = readRecord(store, linesOf(chunks), progress))
  try {
    return { rows: await pipeline(createReadStream(file), createGunzip(), read) }
  } catch (thrown) {
    const error = await Promise.resolve(reading).then(() => thrown, (refused: unknown) => refused)
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (PACKING.has(code)) throw new StoreError('bad-backup', 'The backup is damaged: it cannot be unpacked', file, 'Nothing was restored. Use another copy of the backup.')
    throw toStoreError(error, file)
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
