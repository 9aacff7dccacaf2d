/** Pages out of WARC files, packed or not. */
import type { Readable } from 'node:stream'
import type { Document } from './document.ts'

const READABLE = /html|xml|plain|json|rfc822/u
/** A page with more bytes than this is no article. */
const MOST = 32 * 1024 * 1024

/** What a Content-Type header says. */
export function contentType(header: string | null | undefined): { readonly mediaType: string | null; readonly charset: string | null } {
  return { mediaType: header?.split(';')[0]?.trim().toLowerCase() || null, charset: /charset\s*=\s*"?([^";\s]+)/iu.exec(header ?? '')?.[1] ?? null }
}

/** Every successful response that may hold a story, in order. Throws when the file itself cannot be read on. */
export async function* warcDocuments(stream: Readable): AsyncGenerator<Document & { readonly url: string | null }> {
  const { WARCParser } = await import('warcio')
  for await (const record of new WARCParser(stream)) {
    const type = record.warcType
    if (type !== 'response' && type !== 'resource' && type !== 'conversion') {
      await pass(record)
      continue
    }
    const http = type === 'response' ? record.httpHeaders : null
    const header = http?.headers.get('content-type') ?? record.warcHeader('Content-Type') ?? null
    const { mediaType, charset } = type === 'response' && !http ? { mediaType: 'text/html', charset: null } : contentType(header)
    if (Number(http?.statusCode ?? 200) !== 200 || !READABLE.test(mediaType ?? 'text/html') || Number(record.warcHeader('Content-Length') ?? 0) > MOST) {
      await pass(record)
      continue
    }
    const bytes = await record.readFully(true)
    const url = record.warcTargetURI ?? null
    const at = record.warcDate ?? null
    yield {
      name: url ?? record.warcHeader('WARC-Record-ID') ?? '', bytes, url, mediaType, charset,
      ...(at !== null && !Number.isNaN(Date.parse(at)) ? { fetched: { at: new Date(at).toISOString(), status: Number(http?.statusCode ?? 200) } } : {}),
    }
  }
}

/** Reads past a record. The parser's own way of skipping never ends where the file is shorter than the record says. */
async function pass(record: AsyncIterable<Uint8Array>): Promise<void> {
  const chunks = record[Symbol.asyncIterator]()
  while ((await chunks.next()).done !== true);
}
