/** Fetching pages from the open web, and from nowhere else: no private, loopback, link-local or metadata address by any spelling, redirect or DNS answer. */
import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent, request } from 'undici'
import type { PageInput } from './model/index.ts'

/** An address that could not be had: what went wrong, in words. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly code: 'address' | 'private' | 'timeout' | 'size' | 'redirects' | 'status' | 'network' | 'encoding'
  /** HTTP status where there was an answer. */
  readonly status: number | null
  constructor(code: FetchError['code'], message: string, status: number | null = null) {
    super(message)
    this.code = code
    this.status = status
  }
}

export interface FetchOptions {
  /** Milliseconds for the whole exchange, redirects included. */
  readonly timeoutMs?: number
  /** Most bytes after decompression. */
  readonly maxBytes?: number
  readonly maxRedirects?: number
  /** Addresses that may be reached although they are not public: for tests against a server of one's own. */
  readonly allow?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

export interface Fetched {
  readonly url: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly bytes: Uint8Array
}

const DEFAULTS = { timeoutMs: 20_000, maxBytes: 20 * 1024 * 1024, maxRedirects: 8 } as const
const AGENT = 'Readout/0.1 (news reader; +https://www.rfc-editor.org/rfc/rfc9309)'

const blocked = makeBlockList()

function makeBlockList(): BlockList {
  const list = new BlockList()
  // IANA special-purpose registries for IPv4 and IPv6.
  for (const [address, prefix] of [
    ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24],
    ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 4], ['240.0.0.0', 4],
  ] as const) list.addSubnet(address, prefix, 'ipv4')
  for (const [address, prefix] of [
    ['::', 128], ['::1', 128], ['64:ff9b::', 96], ['64:ff9b:1::', 48], ['100::', 64], ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20], ['5f00::', 16], ['fc00::', 7], ['fe80::', 10], ['fec0::', 10], ['ff00::', 8],
  ] as const) list.addSubnet(address, prefix, 'ipv6')
  return list
}

/** Whether an IP address lies outside the public internet. IPv4 written inside IPv6 is judged as IPv4. */
export function isPrivateAddress(address: string): boolean {
  const plain = address.replace(/^\[|\]$/gu, '').replace(/%.*$/u, '')
  const family = isIP(plain)
  if (family === 0) return true
  if (family === 4) return blocked.check(plain, 'ipv4')
  const inner = mappedIPv4(plain)
  return inner === null ? blocked.check(plain, 'ipv6') : blocked.check(inner, 'ipv4')
}

/* ::ffff:a.b.c.d and ::a.b.c.d in any spelling: the URL parser brings them to one form. */
function mappedIPv4(address: string): string | null {
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1)
  const match = /^::(?:ffff:(?:0:)?)?([0-9a-f]{1,4}):([0-9a-f]{1,4})$/u.exec(canonical)
  if (!match) return null
  const high = Number.parseInt(match[1] ?? '0', 16)
  const low = Number.parseInt(match[2] ?? '0', 16)
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

/** Every answer of the name server must be public; the connection goes to an address that was checked. */
function guardedLookup(allow: ReadonlySet<string>): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, '', 4)
      const bad = addresses.find(({ address }) => isPrivateAddress(address) && !allow.has(address))
      if (bad) return callback(new FetchError('private', `${hostname} leads to ${bad.address}, which is not a public address`), '', 4)
      if (options.all) return callback(null, addresses)
      const first = addresses[0]
      return first ? callback(null, first.address, first.family) : callback(new FetchError('network', `${hostname} has no address`), '', 4)
    })
  }
}

/** Checks an address before it is asked for. Returns the parsed address; throws FetchError for anything but public http(s). */
export function checkAddress(text: string, allow: readonly string[] = []): URL {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    throw new FetchError('address', `'${text}' is not an address; give one such as https://example.org/news`)
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new FetchError('address', `only http and https are fetched, not '${url.protocol}'`)
  if (url.username !== '' || url.password !== '') throw new FetchError('address', 'addresses with a user name or password are not fetched')
  const host = url.hostname.replace(/^\[|\]$/gu, '').replace(/\.$/u, '')
  if (isIP(host) !== 0 && isPrivateAddress(host) && !allow.includes(host)) throw new FetchError('private', `${host} is not a public address`)
  if (/(?:^|\.)localhost$/iu.test(host) && !allow.includes('127.0.0.1')) throw new FetchError('private', `${host} is not a public address`)
  return url
}

const agentFor = (allow: readonly string[], timeoutMs: number): Agent =>
  new Agent({ connect: { lookup: guardedLookup(new Set(allow)), timeout: Math.min(timeoutMs, 10_000) }, maxHeaderSize: 64 * 1024, headersTimeout: timeoutMs, bodyTimeout: timeoutMs })

/** Fetches an address, following redirects. Bounded in time, size after decompression, and hops; every hop is checked anew. */
export async function fetchBytes(address: string, options: FetchOptions = {}): Promise<Fetched> {
  const { timeoutMs, maxBytes, maxRedirects } = { ...DEFAULTS, ...options }
  const allow = options.allow ?? []
  const dispatcher = agentFor(allow, timeoutMs)
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    let url = checkAddress(address, allow)
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const answer = await request(url, { dispatcher, signal, headers: { 'user-agent': AGENT, accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5', 'accept-encoding': 'gzip, deflate, br', ...options.headers } })
      const headers = Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]))
      const next = headers['location']
      if (answer.statusCode >= 300 && answer.statusCode < 400 && answer.statusCode !== 304 && next !== undefined) {
        await answer.body.dump({ limit: 64 * 1024, signal })
        url = checkAddress(new URL(next, url).href, allow)
        continue
      }
      const bytes = answer.statusCode === 304 ? new Uint8Array() : await readBody(answer.body, headers['content-encoding'] ?? '', maxBytes)
      return { url: url.href, status: answer.statusCode, headers, bytes }
    }
    throw new FetchError('redirects', `${address} redirects more than ${maxRedirects} times`)
  } catch (error) {
    throw asFetchError(error, address, timeoutMs, signal.aborted)
  } finally {
    await dispatcher.destroy()
  }
}

/** Sends a body to an address, under the same guard. Redirects are not followed: what is signed is meant for one place. */
export async function postBytes(address: string, body: string, options: FetchOptions = {}): Promise<{ readonly status: number; readonly retryAfter: string | null }> {
  const { timeoutMs } = { ...DEFAULTS, ...options }
  const allow = options.allow ?? []
  const dispatcher = agentFor(allow, timeoutMs)
  const signal = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await request(checkAddress(address, allow), { method: 'POST', dispatcher, signal, headers: { 'user-agent': AGENT, ...options.headers }, body })
    await answer.body.dump({ limit: 64 * 1024, signal })
    const after = answer.headers['retry-after']
    return { status: answer.statusCode, retryAfter: typeof after === 'string' ? after : null }
  } catch (error) {
    throw asFetchError(error, address, timeoutMs, signal.aborted)
  } finally {
    await dispatcher.destroy()
  }
}

async function readBody(body: AsyncIterable<Uint8Array>, encoding: string, maxBytes: number): Promise<Uint8Array> {
  const { createBrotliDecompress, createGunzip, createInflate } = await import('node:zlib')
  const { Readable } = await import('node:stream')
  const encodings = encoding.split(',').map((part) => part.trim().toLowerCase()).filter((part) => part !== '' && part !== 'identity')
  if (encodings.length > 2) throw new FetchError('encoding', 'the answer is packed more than twice')
  let stream: AsyncIterable<Uint8Array> = body
  for (const name of encodings.reverse()) {
    const unpack = name === 'br' ? createBrotliDecompress() : name === 'gzip' || name === 'x-gzip' ? createGunzip() : name === 'deflate' ? createInflate() : null
    if (!unpack) throw new FetchError('encoding', `the answer is packed as '${name}', which was not asked for`)
    const source = Readable.from(stream)
    source.on('error', (error) => unpack.destroy(error))
    stream = source.pipe(unpack)
  }
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of stream) {
    size += part.byteLength
    if (size > maxBytes) throw new FetchError('size', `the answer has more than ${maxBytes} bytes`)
    parts.push(part)
  }
  return Buffer.concat(parts)
}

function asFetchError(error: unknown, address: string, timeoutMs: number, timedOut: boolean): FetchError {
  for (let cause: unknown = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) if (cause instanceof FetchError) return cause
  if (timedOut || (error instanceof Error && /Timeout/u.test(error.name))) return new FetchError('timeout', `${address} did not answer within ${timeoutMs} ms`)
  return new FetchError('network', `${address} could not be fetched: ${error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error)}`)
}

/** Fetches an address as a page for `read`. Throws FetchError for answers that are no success. */
export async function fetchPage(address: string, options: FetchOptions = {}): Promise<PageInput> {
  const { url, status, headers, bytes } = await fetchBytes(address, options)
  if (status < 200 || status >= 300) throw new FetchError('status', `${address} answered ${status}`, status)
  const type = headers['content-type'] ?? ''
  return { bytes, url, mediaType: type.split(';')[0]?.trim().toLowerCase() || null, charset: /charset\s*=\s*"?([^";\s]+)/iu.exec(type)?.[1] ?? null }
}
