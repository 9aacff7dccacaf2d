/** The watch list: feeds and sitemaps that are looked at while the desk is open. */
import { checkAddress } from '../fetch.ts'
import { type Db, deleteFeed, type Feed, listFeeds, putFeed, putSource, type Store } from '../store/index.ts'
import type { Note } from './deeds.ts'

/** How often a feed is looked at that was subscribed to here. */
const EVERY_SECONDS = 15 * 60

export const watchedFeeds = ({ db }: { readonly db: Db }): Promise<Feed[]> => listFeeds(db)

/** Subscribes to a feed or a sitemap at a public address; what it holds is checked when it is looked at, and trouble stands in the list. */
export async function subscribe(store: Store, address: string, note: Note): Promise<string> {
  const url = checkAddress(address)
  url.hash = ''
  await watchFeed(store, url.href, EVERY_SECONDS, note)
  return url.href
}

/** Puts a feed on the watch list, to be looked at so often. */
export const watchFeed = (store: Store, address: string, everySeconds: number, note: Note): Promise<void> => store.transaction(async (tx) => {
  const { host, origin } = new URL(address)
  await putSource(tx, { id: host, kind: 'site', name: host, url: origin, country: null, settings: {} })
  await putFeed(tx, { url: address, kind: 'feed', source: host, everySeconds })
  await note(tx, { act: 'subscribe', subject: address, detail: { everySeconds } })
})

/** Takes a feed off the watch list; false when it is not on it. */
export const unsubscribe = (store: Store, address: string, note: Note): Promise<boolean> => store.transaction(async (tx) => {
  const done = await deleteFeed(tx, address)
  if (done) await note(tx, { act: 'unsubscribe', subject: address })
  return done
})
