/** Articles: listed, whole, found by words and names; documents set aside. */
import { versionsOf } from '../ingest/versions.ts'
import type { Reading } from '../model/index.ts'
import { directionOf } from '../render/bidi.ts'
import {
  type ArticleEntry, eventsOfReports, getEntries, getReading, getTexts, listArticles, listEvents, listProblems, naming, type Problem, searchArticles,
} from '../store/index.ts'
import type { Desk } from './desk.ts'
import { tellIn, type ToldEvent, worldOf } from './events.ts'
import type { KnownActor } from './names.ts'
import type { ArticlesQuery, ProblemsQuery, SearchAsked } from './schemas.ts'

export interface ArticlesAnswer { readonly articles: readonly ArticleEntry[]; readonly next: string | null }
export interface ArticleAnswer {
  readonly entry: ArticleEntry
  readonly reading: Reading
  readonly events: Readonly<Record<string, string>>
  readonly versions: readonly { readonly id: string; readonly firstSeen: string; readonly title: string | null; readonly changes: Awaited<ReturnType<typeof versionsOf>>[number]['changes'] }[]
  readonly copies: readonly ArticleEntry[]
}
export interface SearchAnswer {
  /** Whom the query names. */
  readonly actors: readonly KnownActor[]
  readonly events: readonly ToldEvent[]
  readonly articles: readonly { readonly article: ArticleEntry; readonly snippet: string; readonly direction: 'ltr' | 'rtl' }[]
  readonly next: string | null
}

const EVENTS = 20
const NAMED = 40
const BEFORE = 60
const SNIPPET = 220

/** A page of articles, newest first. */
export async function loadArticles(desk: Desk, query: ArticlesQuery): Promise<ArticlesAnswer> {
  const { language, publisher, source, telling, from, to, limit, cursor } = query
  const page = await listArticles(desk.db, {
    ...(language === undefined ? {} : { language }), ...(publisher === undefined ? {} : { publisher }), ...(source === undefined ? {} : { source }), ...(telling === undefined ? {} : { telling }),
    ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), limit: limit ?? 50, cursor: cursor ?? null,
  })
  return { articles: page.items, next: page.next }
}

/** One article with everything read out of it; null when there is none of that id. */
export async function loadArticle(desk: Desk, id: string): Promise<ArticleAnswer | null> {
  const entry = (await getEntries(desk.db, [id])).get(id)
  const reading = entry ? await getReading(desk.db, id) : null
  if (!entry || !reading) return null
  const events = await eventsOfReports(desk.db, reading.reports.map((report) => report.id))
  const versions = entry.url === null ? [] : await versionsOf(desk.db, entry.url)
  const copies = entry.telling === null ? [] : (await listArticles(desk.db, { telling: entry.telling, limit: 20 })).items.filter((other) => other.id !== id)
  return {
    entry, reading, events: Object.fromEntries(events), copies,
    versions: versions.length < 2 ? [] : versions.map((version) => ({ id: version.entry.id, firstSeen: version.entry.firstSeen, title: version.entry.title, changes: version.changes })),
  }
}

/** Articles and events by words or by whom they name, in all scripts: a name in one finds what tells of its bearer in every other. */
export async function loadSearch(desk: Desk, query: SearchAsked): Promise<SearchAnswer> {
  const { q, language, from, to, limit = 20, cursor = null, lang } = query
  const actors = desk.names.find(q)
  const keys = [...new Set(actors.slice(0, 3).map(({ key }) => key))]
  const events = keys.length === 0 ? [] : (await listEvents(desk.db, { keys, order: 'newest', limit: EVENTS, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) })).items
  const days = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(language === undefined ? {} : { language }) }
  const ways = wordsIn(desk, q, language)
  const pages = await Promise.all(ways.map((words) => searchArticles(desk.db, { words, limit, cursor: ways.length === 1 ? cursor : null, ...days })))
  const entries = [...new Map(pages.flatMap(({ items }) => items).map((entry) => [entry.id, entry])).values()]
  // Of a query that languages cut differently the first page is all there is.
  const next = pages.length === 1 ? (pages[0]?.next ?? null) : null
  if (cursor === null && actors.length > 0) {
    const named = (await Promise.all(actors.slice(0, 3).map(({ id }) => naming(desk.db, id, NAMED)))).flat().map(({ article }) => article)
    const there = new Set(entries.map(({ id }) => id))
    for (const entry of (await getEntries(desk.db, [...new Set(named)].filter((id) => !there.has(id)).slice(0, NAMED))).values()) if (inDays(entry, from, to) && (language === undefined || entry.language === language)) entries.push(entry)
  }
  entries.sort((a, b) => (b.published ?? '').localeCompare(a.published ?? '') || (a.id < b.id ? -1 : 1))
  const texts = await getTexts(desk.db, entries.map(({ id }) => id))
  return {
    actors, events: events.map((stored) => tellIn(desk, lang, worldOf(stored))), next,
    articles: entries.map((article) => {
      const text = texts.get(article.id)?.text ?? ''
      return { article, snippet: snippetOf(text, [q, ...actors.slice(0, 3).flatMap(({ names }) => names[article.language] ?? []), ...q.split(/\s+/u)]), direction: directionOf(text) ?? 'ltr' }
    }),
  }
}

function inDays({ published }: ArticleEntry, from: string | undefined, to: string | undefined): boolean {
  if (from === undefined && to === undefined) return true
  return published !== null && (from === undefined || published >= from) && (to === undefined || published.slice(0, 10) <= to)
}

/** The words of a query in each way the languages cut it; mostly there is one. */
export function wordsIn(desk: Desk, q: string, language: string | undefined): string[][] {
  const ways = new Map<string, string[]>()
  for (const tables of language === undefined ? ['und', ...desk.knowledge.languages] : [language]) {
    const words = [...new Set([...desk.words(q, tables)].filter((word) => word !== ''))].sort()
    if (words.length > 0) ways.set(words.join(' '), words)
  }
  return [...ways.values()]
}

/** The words around the first place where one of these stands. */
function snippetOf(text: string, wanted: readonly string[]): string {
  const plain = text.replace(/\s+/gu, ' ')
  const folded = plain.toLowerCase()
  const at = wanted.filter((word) => word.length > 1).map((word) => folded.indexOf(word.toLowerCase())).find((place) => place >= 0) ?? 0
  const from = at <= BEFORE ? 0 : plain.indexOf(' ', at - BEFORE) + 1 || at - BEFORE
  const start = Math.min(from, at)
  return `${start > 0 ? '…' : ''}${plain.slice(start, start + SNIPPET).replace(/[\ud800-\udbff]$/u, '')}${start + SNIPPET < plain.length ? '…' : ''}`
}

/** Documents set aside, with their reasons. */
export async function loadProblems(desk: Desk, query: ProblemsQuery): Promise<{ readonly problems: readonly Problem[]; readonly next: string | null }> {
  const page = await listProblems(desk.db, { limit: query.limit ?? 50, cursor: query.cursor ?? null })
  return { problems: page.items, next: page.next }
}

