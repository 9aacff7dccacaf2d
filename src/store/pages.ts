/** Pages: bytes as fetched, compressed, once per content. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import { sql } from 'kysely'
import type { Page } from '../model/index.ts'
import { StoreError } from './errors.ts'
import type { Db } from './schema.ts'

const compress = promisify(brotliCompress)
const decompress = promisify(brotliDecompress)
/** Quality 4: a seventh of the time of the default for a tenth more bytes. */
const QUALITY = 4
/** Below this the header costs more than is won. */
const SMALL = 200

export interface PageInput { readonly bytes: Uint8Array; readonly mediaType?: string | null; readonly charset?: string | null }

/** The name of some bytes: SHA-256 in hex. */
export function pageHash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

interface PackedPage { readonly hash: string; readonly encoding: 'none' | 'brotli'; readonly size: number; readonly media_type: string | null; readonly charset: string | null; readonly bytes: Buffer }

/** Compresses a page for the store; safe to do outside a transaction. */
export async function packPage(page: PageInput): Promise<PackedPage> {
  const base = { hash: pageHash(page.bytes), size: page.bytes.length, media_type: page.mediaType ?? null, charset: page.charset ?? null }
  if (page.bytes.length >= SMALL) {
    const packed = await compress(page.bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: page.bytes.length } })
    if (packed.length < page.bytes.length) return { ...base, encoding: 'brotli', bytes: packed }
  }
  return { ...base, encoding: 'none', bytes: Buffer.from(page.bytes) }
}

/** Writes packed pages; those already there are left as they are. */
export async function insertPages(db: Db, pages: readonly PackedPage[], firstSeen: string): Promise<void> {
  const unique = [...new Map(pages.map((page) => [page.hash, page])).values()].sort((a, b) => (a.hash < b.hash ? -1 : 1))
  for (let at = 0; at < unique.length; at += 50) {
    await db.insertInto('pages').values(unique.slice(at, at + 50).map((page) => ({ ...page, first_seen: firstSeen }))).onConflict((conflict) => conflict.doNothing()).execute()
  }
}

/** Keeps a page; returns its hash. Keeping it again changes nothing. */
export async function putPage(db: Db, page: PageInput, now = new Date()): Promise<string> {
  const packed = await packPage(page)
  await insertPages(db, [packed], now.toISOString())
  return packed.hash
}

/** Which of these pages are kept. */
export async function knownPages(db: Db, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom('pages').select('hash').where(sql<boolean>`hash = any(${hashes}::text[])`).execute()
  return new Set(rows.map(({ hash }) => hash))
}

/** The bytes of a page as they came, checked against their hash; null when it is not kept. */
export async function getPage(db: Db, hash: string): Promise<Page | null> {
  const row = await db.selectFrom('pages').selectAll().where('hash', '=', hash).executeTakeFirst()
  if (!row) return null
  const bytes = await unpack(row).catch(() => null)
  if (bytes === null || pageHash(bytes) !== hash) throw new StoreError('corrupt', `The bytes of page ${hash.slice(0, 12)} are damaged`, 'pages', 'Fetch or add the page again, or restore a backup.')
  return { bytes, url: null, mediaType: row.media_type, charset: row.charset }
}

async function unpack(row: { readonly encoding: string; readonly size: number; readonly bytes: Buffer }): Promise<Buffer> {
  return row.encoding === 'brotli' ? decompress(row.bytes, { maxOutputLength: Math.max(row.size, 1) }) : row.bytes
}
