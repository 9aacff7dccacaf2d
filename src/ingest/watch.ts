/** Keeping feeds up to date: what is due is fetched politely, what is new is read and kept; all state is in the store, so that a stop or a kill costs nothing. */
import { pause } from '../pause.ts'
import { FetchError } from '../fetch.ts'
import { claimAddress, claimAddresses, type Feed, getDueFeed, listFeeds, nextDue, noteAddress, noteFeed, putAddresses, type Store, StoreError } from '../store/index.ts'
import { type Given, isMissing, type Link, reasonOf } from './document.ts'
import { backOff, type FetchedList, type Fetcher } from './fetcher.ts'
import { headOf, packingOf } from './files.ts'
import { type ListKind, readList } from './lists.ts'
import { sniffKind } from './sniff.ts'
import { decodeText } from './text.ts'

export interface WatchOptions {
  /** Puts documents into the record. */
  readonly add: (documents: readonly Given[]) => Promise<{ readonly added: number; readonly failed: number }>
  readonly fetcher: Fetcher
  /** Seconds after which a page is looked at once more, for corrections; 0 for never. */
  readonly revisitSeconds?: number
  readonly signal?: AbortSignal
  readonly say?: (line: string) => void
}

/** What one round did. */
export interface Round { readonly feeds: number; readonly found: number; readonly fetched: number; readonly added: number; readonly failed: number }

const CLAIM_MS = 5 * 60_000
const AT_ONCE = 8
const DEPTH = 2
const LONGEST_SLEEP_MS = 30_000

const later = (now: Date, ms: number): string => new Date(now.getTime() + ms).toISOString()

async function linksOf(fetcher: Fetcher, answer: FetchedList, depth: number): Promise<Link[]> {
  const { gunzipSync } = await import('node:zlib')
  const kind = sniffKind(headOf(answer.bytes), answer.url, answer.mediaType)
  if (kind !== 'feed' && kind !== 'sitemap' && kind !== 'gdelt' && kind !== 'opml') throw new Error(`${answer.url} is no feed and no sitemap`)
  const bytes = packingOf(answer.bytes) === 'gzip' ? gunzipSync(answer.bytes, { maxOutputLength: 64 * 1024 * 1024 }) : answer.bytes
  const { links, lists } = await readList(kind satisfies ListKind, decodeText(bytes), answer.url)
  const out = [...links]
  if (depth < DEPTH) {
    for (const url of lists) {
      const more = await fetcher.list(url)
      if (more) out.push(...(await linksOf(fetcher, more, depth + 1)))
    }
  }
  return out
}

/** Looks at one feed that is due. Returns the number of addresses that are new. */
async function lookAt(store: Store, listed: Feed, { fetcher, say }: WatchOptions): Promise<number> {
  const now = fetcher.now()
  if (!(await claimAddress(store.db, listed.url, fetcher.name, later(now, CLAIM_MS), now))) return 0
  let feed = listed
  try {
    // Between the list of what is due and the claim, another watcher may have looked at it already.
    const due = await getDueFeed(store.db, listed.url, now.toISOString())
    if (due === null) return 0
    feed = due
    const next = later(now, feed.everySeconds * 1000)
    const answer = await fetcher.list(feed.url, feed)
    if (answer === null) {
      await noteFeed(store.db, feed.url, { status: 304, nextDue: next, ok: true }, now)
      return 0
    }
    const links = await linksOf(fetcher, answer, 0)
    // The new addresses and what the server said of the feed are noted together: a kill in between looks at it again.
    const added = await store.transaction(async (tx) => {
      const fresh = await putAddresses(tx, links.filter(({ url }) => URL.canParse(url)).map(({ url, listed = null }) => ({ url, listed, source: feed.source })), now.toISOString())
      await noteFeed(tx, feed.url, { status: answer.status, etag: answer.etag, lastModified: answer.lastModified, nextDue: next, ok: true }, now)
      return fresh
    })
    if (added > 0) say?.(`${feed.url}: ${added} new`)
    return added
  } catch (error) {
    const status = error instanceof FetchError ? error.status : null
    if (error instanceof StoreError) throw error
    await noteFeed(store.db, feed.url, { status, error: reasonOf(error), nextDue: backOff(feed.failures, now), ok: false }, now)
    say?.(`${feed.url}: ${reasonOf(error)}`)
    return 0
  } finally {
    await noteAddress(store.db, feed.url, { status: null, nextDue: null, ok: true }, now)
  }
}

/** Fetches what is due once, one address per host at a time, until nothing is due. */
async function fetchDue(store: Store, options: WatchOptions): Promise<{ readonly fetched: number; readonly added: number; readonly failed: number }> {
  const { fetcher, revisitSeconds = 0, signal } = options
  const sum = { fetched: 0, added: 0, failed: 0 }
  while (signal?.aborted !== true) {
    const now = fetcher.now()
    const claimed = await claimAddresses(store.db, fetcher.name, later(now, CLAIM_MS), AT_ONCE, now)
    if (claimed.length === 0) break
    const results = await Promise.all(claimed.map((address) => fetcher.page({ url: address.url, listed: address.listed }, { claimed: address })))
    const given = results.flatMap((result, at): Given[] => {
      if (result.kind === 'unchanged') return []
      if (result.kind === 'missing') return [result.missing]
      const { address, ...document } = result.document
      const due = address?.first === true && revisitSeconds > 0 ? later(now, revisitSeconds * 1000) : null
      return [{ ...document, source: claimed[at]?.source ?? null, ...(address ? { address: { ...address, nextDue: due } } : {}) }]
    })
    sum.fetched += given.filter((item) => !isMissing(item)).length
    if (given.length > 0) {
      const { added, failed } = await options.add(given)
      sum.added += added
      sum.failed += failed
    }
  }
  return sum
}

/** One round: the feeds that are due, then the pages that are due. */
export async function watchOnce(store: Store, options: WatchOptions): Promise<Round> {
  const due = await listFeeds(store.db, options.fetcher.now().toISOString())
  let found = 0
  for (const feed of due) {
    if (options.signal?.aborted === true) break
    found += await lookAt(store, feed, options)
  }
  return { feeds: due.length, found, ...(await fetchDue(store, options)) }
}

/** Goes round until it is stopped. */
export async function watch(store: Store, options: WatchOptions, round: (done: Round) => void = () => undefined): Promise<void> {
  while (!isStopped(options.signal)) {
    round(await watchOnce(store, options))
    if (isStopped(options.signal)) return
    const due = await nextDue(store.db)
    const wait = due === null ? LONGEST_SLEEP_MS : Date.parse(due) - options.fetcher.now().getTime()
    await pause(Math.min(Math.max(wait, 200), LONGEST_SLEEP_MS), options.signal)
  }
}

const isStopped = (signal: AbortSignal | undefined): boolean => signal?.aborted === true
