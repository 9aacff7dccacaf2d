/** Fetching politely: robots.txt, one request at a time per host with a pause, one fetcher per address, back-off that the store remembers. */
import { randomBytes } from 'node:crypto'
import { checkAddress, fetchBytes, FetchError, type FetchOptions } from '../fetch.ts'
import { type Address, claimAddress, getAddress, noteAddress, type Store } from '../store/index.ts'
import { contentType } from './warc.ts'
import type { Document, Link, Missing } from './document.ts'

export interface FetcherOptions {
  /** Milliseconds between two requests to one host; robots.txt may ask for more. */
  readonly pauseMs?: number
  /** Hosts asked at the same time. */
  readonly hosts?: number
  /** An address fetched well so recently (milliseconds) is not fetched again. */
  readonly freshMs?: number
  readonly fetch?: FetchOptions
  /** The clock, for tests. */
  readonly now?: () => Date
  /** Skips robots.txt: for one's own sites and for tests. */
  readonly ignoreRobots?: boolean
}

/** What a fetch gave: a document, nothing new, or the reason why not. */
export type FetchResult = { readonly kind: 'document'; readonly document: Document } | { readonly kind: 'unchanged' } | { readonly kind: 'missing'; readonly missing: Missing; readonly retryAt: string | null }

export interface Fetcher {
  readonly name: string
  /** Fetches a page. With `claimed` the caller holds its claim already; with `fresh` it is asked for however recently it was fetched. */
  page(link: Link, how?: { readonly claimed?: Address; readonly fresh?: boolean }): Promise<FetchResult>
  /** Gives an address back that turned out to be a list. */
  release(url: string): Promise<void>
  /** Fetches a list (feed, sitemap …) as bytes; null when it has not changed since. */
  list(url: string, validators?: { readonly etag: string | null; readonly lastModified: string | null }): Promise<FetchedList | null>
  now(): Date
}

export interface FetchedList { readonly url: string; readonly bytes: Uint8Array; readonly mediaType: string | null; readonly charset: string | null; readonly status: number; readonly etag: string | null; readonly lastModified: string | null }

const CLAIM_MS = 5 * 60_000
const FIRST_WAIT_MS = 5 * 60_000
const LONGEST_WAIT_MS = 24 * 3600_000
/** After so many failures in a row an address is given up. */
const GIVE_UP = 8
const LONGEST_PAUSE_MS = 30_000
const ROBOTS_MS = 24 * 3600_000
const ROBOTS_FAILED_MS = 10 * 60_000
const AGENT = 'Readout'
/** Answers that will not change by asking again. */
const FINAL = new Set([400, 401, 402, 403, 404, 405, 406, 410, 414, 451])

/** When to come again after so many failures in a row: 5 minutes, doubled each time, a day at most. */
export function backOff(failures: number, now: Date, retryAfter: string | null = null): string {
  const asked = retryAfter === null ? 0 : /^\d+$/u.test(retryAfter.trim()) ? Number(retryAfter) * 1000 : Math.max(0, Date.parse(retryAfter) - now.getTime()) || 0
  const wait = Math.max(Math.min(asked, LONGEST_WAIT_MS), Math.min(FIRST_WAIT_MS * 2 ** Math.min(failures, 12), LONGEST_WAIT_MS))
  return new Date(now.getTime() + wait).toISOString()
}

interface Robots { readonly allowed: (url: string) => boolean; readonly pauseMs: number; readonly until: number; readonly failed: boolean }

/** One after another for each host, with a pause between. */
class Turns {
  readonly #last = new Map<string, Promise<unknown>>()

  take<T>(host: string, pause: () => number, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(host) ?? Promise.resolve()
    const done = before.then(work)
    const rested = done.then(() => undefined, () => undefined).then(() => new Promise((resolve) => {
      setTimeout(resolve, pause())
    }))
    this.#last.set(host, rested)
    void rested.then(() => {
      if (this.#last.get(host) === rested) this.#last.delete(host)
    })
    return done
  }
}

/** Makes a fetcher over a store. */
export function createFetcher(store: Store, options: FetcherOptions = {}): Fetcher {
  const { pauseMs = 1000, freshMs = 0, now = () => new Date(), ignoreRobots = false } = options
  const name = `fetcher-${process.pid}-${randomBytes(4).toString('hex')}`
  const robots = new Map<string, Promise<Robots>>()
  const turns = new Turns()
  const allow = options.fetch?.allow ?? []

  const fetchRobots = async (origin: string): Promise<Robots> => {
    const rules = (allowed: (url: string) => boolean, pause = pauseMs, ms = ROBOTS_MS): Robots => ({ allowed, pauseMs: Math.min(Math.max(pause, pauseMs), LONGEST_PAUSE_MS), until: now().getTime() + ms, failed: ms === ROBOTS_FAILED_MS })
    try {
      const { status, bytes } = await fetchBytes(`${origin}/robots.txt`, { ...options.fetch, maxBytes: 512 * 1024 })
      if (status >= 400 && status < 500) return rules(() => true)
      if (status < 200 || status >= 300) return rules(() => false, pauseMs, ROBOTS_FAILED_MS)
      const { default: parse } = await import('robots-parser')
      const parsed = (parse as unknown as typeof import('robots-parser').default)(`${origin}/robots.txt`, Buffer.from(bytes).toString('utf8'))
      return rules((url) => parsed.isAllowed(url, AGENT) !== false, (parsed.getCrawlDelay(AGENT) ?? 0) * 1000)
    } catch (error) {
      // A site that cannot be asked cannot have allowed anything; a file too large to be read is no rule.
      const open = error instanceof FetchError && (error.code === 'size' || error.code === 'encoding')
      return rules(() => open, pauseMs, ROBOTS_FAILED_MS)
    }
  }
  const robotsOf = async (url: URL): Promise<Robots> => {
    if (ignoreRobots) return { allowed: () => true, pauseMs, until: Number.POSITIVE_INFINITY, failed: false }
    const known = await robots.get(url.origin)
    if (known && known.until > now().getTime()) return known
    const asked = fetchRobots(url.origin)
    robots.set(url.origin, asked)
    return asked
  }

  const get = async (address: string, headers: Readonly<Record<string, string>>) => {
    const url = checkAddress(address, allow)
    let pause = pauseMs
    return turns.take(url.host, () => pause, async () => {
      const rules = await robotsOf(url)
      pause = rules.pauseMs
      if (!rules.allowed(url.href) && rules.failed) throw new FetchError('network', `${url.host} does not say what may be fetched: its robots.txt cannot be had now`)
      if (!rules.allowed(url.href)) throw new FetchError('address', `${url.host} does not want ${url.pathname} fetched by programs (robots.txt)`, null)
      return fetchBytes(url.href, { ...options.fetch, headers: { ...options.fetch?.headers, ...headers } })
    })
  }

  const validatorsOf = (known: { readonly etag: string | null; readonly lastModified: string | null } | null | undefined): Record<string, string> => ({
    ...(known?.etag ? { 'if-none-match': known.etag } : {}), ...(known?.lastModified ? { 'if-modified-since': known.lastModified } : {}),
  })

  const page = async (link: Link, { claimed, fresh = false }: { readonly claimed?: Address; readonly fresh?: boolean } = {}): Promise<FetchResult> => {
    const missing = (code: string, message: string, retryAt: string | null = null): FetchResult => ({ kind: 'missing', missing: { name: link.url, problem: { stage: 'fetch', code, message } }, retryAt })
    try {
      checkAddress(link.url, allow)
    } catch (error) {
      return missing(error instanceof FetchError ? error.code : 'address', error instanceof Error ? error.message : String(error))
    }
    const before = claimed ?? (await getAddress(store.db, link.url))
    const at = now()
    if (claimed === undefined) {
      if (!fresh && freshMs > 0 && before?.lastFetched && before.failures === 0 && at.getTime() - Date.parse(before.lastFetched) < freshMs) return { kind: 'unchanged' }
      if (!(await claimAddress(store.db, link.url, name, new Date(at.getTime() + CLAIM_MS).toISOString(), at))) return missing('claimed', `${link.url} is being fetched by another process`)
    }
    const fail = async (code: string, message: string, status: number | null, retryAfter: string | null): Promise<FetchResult> => {
      const failures = before?.failures ?? 0
      const final = (status !== null && FINAL.has(status)) || code === 'address' || code === 'private' || failures + 1 >= GIVE_UP
      const retryAt = final ? null : backOff(failures, now(), retryAfter)
      await noteAddress(store.db, link.url, { status, error: message, nextDue: retryAt, ok: false }, now())
      return missing(code, message, retryAt)
    }
    try {
      const answer = await get(link.url, validatorsOf(before))
      if (answer.status === 304) {
        await noteAddress(store.db, link.url, { status: 304, nextDue: null, ok: true }, now())
        return { kind: 'unchanged' }
      }
      if (answer.status < 200 || answer.status >= 300) return await fail('status', `${link.url} answered ${answer.status}`, answer.status, answer.headers['retry-after'] ?? null)
      const { mediaType, charset } = contentType(answer.headers['content-type'])
      const fetchedAt = now().toISOString()
      // What the server said is noted together with what is read out of the page: a kill in between fetches it again.
      return { kind: 'document', document: {
        name: link.url, bytes: answer.bytes, url: answer.url, mediaType, charset, listed: link.listed ?? null, fetched: { at: fetchedAt, status: answer.status },
        address: { url: link.url, status: answer.status, etag: answer.headers['etag'] ?? null, lastModified: answer.headers['last-modified'] ?? null, first: before?.lastFetched == null },
      } }
    } catch (error) {
      if (!(error instanceof FetchError)) throw error
      return fail(error.code, error.message, error.status, null)
    }
  }

  return {
    name, page, now,
    release: (url) => noteAddress(store.db, url, { status: 200, nextDue: null, ok: true }, now()),
    async list(url, validators) {
      const answer = await get(url, validatorsOf(validators))
      if (answer.status === 304) return null
      if (answer.status < 200 || answer.status >= 300) throw new FetchError('status', `${url} answered ${answer.status}`, answer.status)
      return { url: answer.url, bytes: answer.bytes, ...contentType(answer.headers['content-type']), status: answer.status, etag: answer.headers['etag'] ?? null, lastModified: answer.headers['last-modified'] ?? null }
    },
  }
}
