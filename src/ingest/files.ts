/** Files as sources: their kinds, their beginnings, their lines. */
import { createReadStream } from 'node:fs'
import { open, readFile, stat } from 'node:fs/promises'
import { extname } from 'node:path'
import type { Readable } from 'node:stream'
import { constants, createGunzip, gunzipSync } from 'node:zlib'

/** Largest page or list read from a file, in bytes. */
export const MOST_BYTES = 64 * 1024 * 1024
const HEAD = 64 * 1024

/** Endings of files that hold one page, and their media types. */
export const PAGE_MEDIA: Readonly<Record<string, string>> = {
  '.html': 'text/html', '.htm': 'text/html', '.xhtml': 'application/xhtml+xml', '.txt': 'text/plain', '.md': 'text/markdown', '.json': 'application/json', '.eml': 'message/rfc822',
}

export const mediaOf = (path: string): string | null => PAGE_MEDIA[extname(path).toLowerCase()] ?? null

const CODES: Readonly<Record<string, string>> = { ENOENT: 'it is not there', EACCES: 'no permission', EPERM: 'no permission', EISDIR: 'it is a folder', EMFILE: 'too many open files' }

/** The reason a file could not be read, in words. */
export function fileReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const code = (error as NodeJS.ErrnoException).code
  return (code === undefined ? undefined : CODES[code]) ?? error.message
}

export type Packing = 'none' | 'gzip' | 'zip'

/** How bytes are packed, by how they begin. */
export function packingOf(bytes: Uint8Array): Packing {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return 'gzip'
  return bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4 ? 'zip' : 'none'
}

/** The beginning of bytes, unpacked where it is gzip. */
export function headOf(bytes: Uint8Array): string {
  const start = bytes.subarray(0, HEAD)
  if (packingOf(start) !== 'gzip') return Buffer.from(start).toString('utf8')
  try {
    return gunzipSync(start, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 4 * 1024 * 1024 }).toString('utf8')
  } catch {
    return ''
  }
}

/** The first bytes of a file. */
export async function fileHead(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** A whole file. Throws when it is too large. */
export async function fileBytes(path: string): Promise<Uint8Array> {
  const { size } = await stat(path)
  if (size > MOST_BYTES) throw new Error(`it has ${Math.round(size / 1e6)} MB; pages and lists of up to ${MOST_BYTES / 1024 / 1024} MiB are read`)
  return readFile(path)
}

/** A stream over a file, unpacked where it is gzip; errors of both arrive with whoever reads it. */
export function fileStream(path: string, packing: Packing): Readable {
  const source = createReadStream(path)
  if (packing !== 'gzip') return source
  const unpack = createGunzip()
  source.on('error', (error) => unpack.destroy(error))
  return source.pipe(unpack)
}

/** Lines of a stream of bytes, without their ends. A line beyond the bound is cut there. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>, most = MOST_BYTES): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let open = ''
  for await (const chunk of chunks) {
    const parts = decoder.decode(chunk, { stream: true }).split('\n')
    const last = parts.pop() ?? ''
    for (const part of parts) {
      yield (open + part).replace(/\r$/u, '')
      open = ''
    }
    if (open.length < most) open += last
  }
  const rest = open + decoder.decode()
  if (rest !== '') yield rest.replace(/\r$/u, '')
}
