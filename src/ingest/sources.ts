/** From what people name (a file, an address, standard input) to documents, in order, whatever kind of source it is. */
import { gunzipSync } from 'node:zlib'
import { type Document, type Given, type Link, type Missing, reasonOf } from './document.ts'
import type { Fetcher } from './fetcher.ts'
import { fileBytes, fileHead, fileReason, fileStream, headOf, linesOf, mediaOf, MOST_BYTES, type Packing, packingOf } from './files.ts'
import { type ListKind, readList, unzipFirst } from './lists.ts'
import { mboxLetters } from './mbox.ts'
import { isList, sniffKind, type SourceKind } from './sniff.ts'
import { decodeText } from './text.ts'
import { warcDocuments } from './warc.ts'

export type SourceInput = { readonly kind: 'file'; readonly path: string } | { readonly kind: 'url'; readonly url: string } | { readonly kind: 'bytes'; readonly name: string; readonly bytes: Uint8Array }

export interface SourceOptions {
  /** What the inputs are, when their beginnings do not tell. */
  readonly as?: SourceKind
  readonly fetcher: Fetcher
  /** Told of each address that has not changed since it was fetched last. */
  readonly unchanged?: (url: string) => void
  /** Pages fetched ahead. */
  readonly ahead?: number
}

/** An address with what it may turn out to be. */
interface Target extends Link { readonly mayList: boolean }
type Item = Given | { readonly target: Target }

const DEPTH = 3
const AHEAD = 12

const unreadable = (name: string, error: unknown, code = 'unreadable'): Missing => ({ name, problem: { stage: 'source', code, message: `cannot read '${name}': ${fileReason(error).split('\n', 1)[0]}` } })

/** Bytes out of their packing, within bounds. */
export function unpacked(bytes: Uint8Array, packing: Packing): Uint8Array {
  return packing === 'gzip' ? gunzipSync(bytes, { maxOutputLength: 4 * MOST_BYTES }) : packing === 'zip' ? unzipFirst(bytes) : bytes
}

/** The addresses of a list, as targets. */
async function* targetsOf(kind: ListKind, bytes: Uint8Array, base: string | null): AsyncGenerator<Item> {
  const { links, lists } = await readList(kind, decodeText(bytes), base)
  for (const url of lists) yield { target: { url, mayList: true } }
  for (const link of links) yield { target: { ...link, mayList: false } }
}

async function* streamItems(kind: 'warc' | 'mbox' | 'jsonl', name: string, chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Document> {
  if (kind === 'warc') {
    const { Readable } = await import('node:stream')
    yield* warcDocuments(Readable.from(chunks))
    return
  }
  let at = 0
  if (kind === 'mbox') for await (const bytes of mboxLetters(chunks)) yield { name: `${name}:${++at}`, bytes, mediaType: 'message/rfc822' }
  else {
    const encoder = new TextEncoder()
    for await (const line of linesOf(chunks)) {
      at++
      if (line.trim() !== '') yield { name: `${name}:${at}`, bytes: encoder.encode(line), mediaType: 'application/json' }
    }
  }
}

async function* bytesItems(name: string, bytes: Uint8Array, kind: SourceKind, base: string | null, mediaType: string | null): AsyncGenerator<Item> {
  const packing = packingOf(bytes)
  if (isList(kind)) yield* targetsOf(kind, unpacked(bytes, packing), base)
  else if (kind === 'page') yield { name, bytes: packing === 'gzip' ? unpacked(bytes, packing) : bytes, mediaType }
  else yield* streamItems(kind, name, once(kind === 'warc' ? bytes : unpacked(bytes, packing)))
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

const headText = (bytes: Uint8Array): string => {
  if (packingOf(bytes) !== 'zip') return headOf(bytes)
  try {
    return Buffer.from(unzipFirst(bytes).subarray(0, 4096)).toString('utf8')
  } catch {
    return ''
  }
}

async function* itemsOf(input: SourceInput, as: SourceKind | undefined): AsyncGenerator<Item> {
  if (input.kind === 'url') {
    yield { target: { url: input.url, mayList: as === undefined || isList(as) } }
    return
  }
  const name = input.kind === 'file' ? input.path : input.name
  try {
    if (input.kind === 'bytes') yield* bytesItems(name, input.bytes, as ?? sniffKind(headText(input.bytes), name), null, null)
    else {
      const start = await fileHead(input.path)
      const packing = packingOf(start)
      const kind = as ?? sniffKind(packing === 'zip' ? headText(await fileBytes(input.path)) : headOf(start), name)
      if (kind === 'warc' || ((kind === 'mbox' || kind === 'jsonl') && packing !== 'zip')) yield* streamItems(kind, name, fileStream(input.path, kind === 'warc' ? 'none' : packing))
      else yield* bytesItems(name, await fileBytes(input.path), kind, null, mediaOf(input.path))
    }
  } catch (error) {
    yield unreadable(name, error)
  }
}

async function* allItems(inputs: AsyncIterable<SourceInput> | Iterable<SourceInput>, as: SourceKind | undefined): AsyncGenerator<Item> {
  for await (const input of inputs) yield* itemsOf(input, as)
}

type Waiting = { readonly given: Given } | { readonly target: Target; readonly result: ReturnType<Fetcher['page']> }

/** Fetches the targets of a stream, several at once, and keeps its order. */
async function* resolved(items: AsyncIterable<Item>, options: SourceOptions, depth: number): AsyncGenerator<Given> {
  const waiting: Waiting[] = []
  const seen = new Set<string>()
  const first = async function* (): AsyncGenerator<Given> {
    const next = waiting.shift()
    if (!next) return
    if ('given' in next) yield next.given
    else yield* arrived(next.target, await next.result, options, depth)
  }
  for await (const item of items) {
    if ('target' in item) {
      if (seen.has(item.target.url)) continue
      seen.add(item.target.url)
      const result = options.fetcher.page(item.target, { fresh: item.target.mayList })
      result.catch(() => undefined)
      waiting.push({ target: item.target, result })
    } else waiting.push({ given: item })
    while (waiting.length >= (options.ahead ?? AHEAD)) yield* first()
    // Nothing is fetched: nothing is gained by waiting.
    while (waiting[0] && 'given' in waiting[0]) yield* first()
  }
  while (waiting.length > 0) yield* first()
}

async function* arrived(target: Target, result: Awaited<ReturnType<Fetcher['page']>>, options: SourceOptions, depth: number): AsyncGenerator<Given> {
  if (result.kind === 'unchanged') {
    options.unchanged?.(target.url)
    return
  }
  if (result.kind === 'missing') {
    yield result.missing
    return
  }
  const { document } = result
  const base = document.url ?? target.url
  const kind = target.mayList ? (options.as ?? sniffKind(headText(document.bytes), base, document.mediaType ?? null)) : 'page'
  if (kind === 'page') {
    yield document
    return
  }
  await options.fetcher.release(target.url)
  if (depth >= DEPTH) {
    yield { name: target.url, problem: { stage: 'source', code: 'too-deep', message: `${target.url} is a list in a list in a list; it is not followed` } }
    return
  }
  try {
    yield* resolved(bytesItems(target.url, document.bytes, kind, base, document.mediaType ?? null), options, depth + 1)
  } catch (error) {
    yield unreadable(target.url, new Error(reasonOf(error)))
  }
}

/** Documents of all inputs, in order. What cannot be had is given as missing, with the reason; nothing stops the rest. */
export async function* documentsOf(inputs: AsyncIterable<SourceInput> | Iterable<SourceInput>, options: SourceOptions): AsyncGenerator<Given> {
  yield* resolved(allItems(inputs, options.as), options, 0)
}
