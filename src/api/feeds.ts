/** Lists as feeds (Atom, JSON Feed) and as calendars: what a list of the desk shows, for programs that look again. */
import { generateAtomFeed, generateJsonFeed } from 'feedsmith'
import { calendarOf } from '../render/calendar.ts'
import { sourcesOf } from '../render/chronology.ts'
import { escapeHtml, webAddress } from '../render/formats.ts'
import type { ArticleEntry } from '../store/index.ts'
import { contentId } from '../text/hash.ts'
import type { Desk, Writers } from './desk.ts'
import type { ToldEvent } from './events.ts'

/** What a list holds, before it is written in one of the forms. */
export interface FeedContent {
  /** What the list is of; said after the name of the program. */
  readonly about: readonly string[]
  /** The view of the same on the desk. */
  readonly page: string
  readonly events?: readonly ToldEvent[]
  readonly articles?: readonly { readonly article: ArticleEntry; readonly snippet?: string }[]
}

export const FEED_FORMATS = ['atom', 'jsonfeed', 'ics'] as const
export type FeedFormat = (typeof FEED_FORMATS)[number]

export const FEED_TYPES: Readonly<Record<FeedFormat, string>> = { atom: 'application/atom+xml; charset=utf-8', jsonfeed: 'application/feed+json; charset=utf-8', ics: 'text/calendar; charset=utf-8' }

/** Sources quoted with an entry. */
const QUOTED = 3
/** Marks and control characters of no use in a title, some of which XML does not allow. */
const HIDDEN = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu
const NEVER = '1970-01-01'

/** Text as XML and feed readers take it. */
export const feedText = (text: string): string => text.replace(HIDDEN, (mark) => (/\s/u.test(mark) ? ' ' : '')).trim()

interface Item { readonly id: string; readonly path: string; readonly title: string; readonly html: string; readonly day: string; readonly language?: string; readonly tags: readonly string[]; readonly original: string | null; readonly by: string | null }

/** The last day on which something of it was published: a feed reader is told again only when there is more. */
function lastTold(event: ToldEvent): string {
  const days = event.members.flatMap(({ published }) => (published !== null && /^\d{4}-\d{2}-\d{2}/u.test(published) ? [published.slice(0, 10)] : [])).sort()
  return days.at(-1) ?? event.firstDay ?? NEVER
}

function eventItem(event: ToldEvent, { events: writer }: Writers): Item {
  const sources = sourcesOf(event.members)
  const quotes = sources.slice(0, QUOTED).map(({ quote, language, outlet, url }) => {
    const address = webAddress(url)
    const name = escapeHtml(feedText(outlet ?? address ?? ''))
    return `<blockquote lang="${escapeHtml(language)}" dir="auto"><p>${escapeHtml(feedText(quote))}</p><footer>${address === null ? name : `<a href="${escapeHtml(feedText(address))}">${name}</a>`}</footer></blockquote>`
  })
  return {
    id: `urn:readout:event:${event.id}`, path: `/events/${event.id}`, title: feedText(event.line), day: lastTold(event), tags: [event.type, event.status], original: sources.map(({ url }) => webAddress(url)).find((url) => url !== null) ?? null, by: null,
    html: `<p><time>${escapeHtml(feedText(writer.date(event)))}</time> <code>${event.type}${event.mode === null ? '' : `-${event.mode}`} ${event.confidence}</code></p>${quotes.join('')}`,
  }
}

const articleItem = ({ article, snippet }: NonNullable<FeedContent['articles']>[number]): Item => ({
  id: `urn:readout:article:${article.id}`, path: `/articles/${article.id}`, title: feedText(article.title ?? article.url ?? article.id), day: /^\d{4}-\d{2}-\d{2}/u.exec(article.published ?? '')?.[0] ?? article.firstSeen.slice(0, 10), language: article.language,
  tags: [article.language], original: webAddress(article.url), by: article.publisher === null ? null : feedText(article.publisher), html: snippet === undefined ? '' : `<p dir="auto" lang="${escapeHtml(article.language)}">${escapeHtml(feedText(snippet))}</p>`,
})

/** Days that are none of the calendar would break a feed. */
function instant(day: string): Date {
  const at = new Date(`${day}T00:00:00Z`)
  return Number.isNaN(at.getTime()) ? new Date(0) : at
}

export interface FeedAddress {
  /** Scheme, host and port this server is asked under, and the path its desk is under. */
  readonly origin: string
  /** Path and query of the feed itself. */
  readonly self: string
}

/** Writes a list in a form. The same list gives the same bytes: no clock is asked. */
export function writeFeed(desk: Desk, format: FeedFormat, language: string, { about, page, events = [], articles = [] }: FeedContent, { origin, self }: FeedAddress): string {
  const writers = desk.writers(language)
  const title = feedText(['Readout', ...about].join(' · '))
  if (format === 'ics') return calendarOf(title, events, writers.events)
  const items = [...articles.map(articleItem), ...events.map((event) => eventItem(event, writers))]
  const at = (path: string): string => new URL(`${origin}${path}`).href
  // The language asked for is part of what an entry says, not of which entry it is.
  const id = `urn:readout:feed:${contentId(self.replace(/([?&])(?:lang|format|limit)=[^&]*/gu, '$1').replace(/[?&]+$/u, ''))}`
  if (format === 'jsonfeed') {
    return JSON.stringify(generateJsonFeed({
      title, home_page_url: at(page), feed_url: at(self), language: writers.language,
      items: items.map((item) => ({
        id: item.id, url: at(item.path), ...(item.original === null ? {} : { external_url: item.original }), title: item.title, content_html: item.html === '' ? escapeHtml(item.title) : item.html, date_published: instant(item.day), tags: [...item.tags],
        ...(item.language === undefined ? {} : { language: item.language }), ...(item.by === null ? {} : { authors: [{ name: item.by }] }),
      })),
    }))
  }
  const updated = items.map(({ day }) => day).sort().at(-1) ?? NEVER
  return generateAtomFeed({
    id, title: { value: title, type: 'text' }, updated: instant(updated), generator: { text: 'Readout' }, authors: [{ name: 'Readout' }],
    links: [{ href: at(self), rel: 'self', type: 'application/atom+xml' }, { href: at(page), rel: 'alternate', type: 'text/html' }],
    entries: items.map((item) => ({
      id: item.id, title: { value: item.title, type: 'text' }, updated: instant(item.day), published: instant(item.day), categories: item.tags.map((term) => ({ term })), ...(item.by === null ? {} : { authors: [{ name: item.by }] }),
      links: [{ href: at(item.path), rel: 'alternate', type: 'text/html' }, ...(item.original === null ? [] : [{ href: item.original, rel: 'related' }])], ...(item.html === '' ? {} : { content: { type: 'html', value: item.html } }),
    })),
  })
}

/** A state, body or person by key, as the writers of a language call it. */
export function nameIn(desk: Desk, { lines }: Writers, key: string): string {
  return /^[A-Z]{3}$/u.test(key) ? lines.name(`state:${key}`, desk.knowledge.gazetteer.states.get(key)?.name ?? key) : lines.name(key, desk.names.get(key)?.name ?? key.slice(key.indexOf(':') + 1))
}
