/** The watch list: feeds and sitemaps that are looked at while the desk is open. */
import { checkAddress } from '../fetch.ts'
import { deleteFeed, type Feed, listFeeds, putFeed, putSource } from '../store/index.ts'
import type { Desk } from './desk.ts'

/** How often a feed is looked at that was subscribed to here. */
const EVERY_SECONDS = 15 * 60

export const watchedFeeds = (desk: Desk): Promise<Feed[]> => listFeeds(desk.db)

/** Subscribes to a feed or a sitemap at a public address; what it holds is checked when it is looked at, and trouble stands in the list. */
export async function subscribe(desk: Desk, address: string): Promise<string> {
  const url = checkAddress(address)
  url.hash = ''
  await putSource(desk.db, { id: url.host, kind: 'site', name: url.host, url: url.origin, country: null, settings: {} })
  await putFeed(desk.db, { url: url.href, kind: 'feed', source: url.host, everySeconds: EVERY_SECONDS })
  return url.href
}

export const unsubscribe = (desk: Desk, address: string): Promise<boolean> => deleteFeed(desk.db, address)
