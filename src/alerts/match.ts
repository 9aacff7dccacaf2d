/** What an alert is told of: an event that matches its search is new, something in it is denied, a side words it otherwise than before. */
import type { Account, Quote, Status, WorldEvent } from '../model/index.ts'

/** A saved search as events are matched with it. What is left out does not count. */
export interface Match {
  /** One of these takes part: a state, a pair (`CHN|RUS`), a body or person by id. */
  readonly keys?: readonly string[]
  readonly types?: readonly string[]
  readonly statuses?: readonly Status[]
  readonly minConfidence?: number
  /** An article in this language tells it. */
  readonly language?: string
  /** An article that tells it holds all words of one of these lists. */
  readonly words?: readonly (readonly string[])[]
}

/** Whether an event is one of those searched for, its words left aside. `keys` are those the event is found by. */
export function matches(match: Match, event: WorldEvent, keys: readonly string[], { anyStatus = false } = {}): boolean {
  return (match.keys === undefined || match.keys.some((key) => keys.includes(key)))
    && (match.types === undefined || match.types.includes(event.type))
    && (anyStatus || match.statuses === undefined || match.statuses.includes(event.status))
    && (match.minConfidence === undefined || event.confidence >= match.minConfidence - 1e-6)
    && (match.language === undefined || event.members.some(({ language }) => language === match.language))
}

/** Whether a state, body or person is among those who do it. */
export const isBy = (by: string, { actors }: WorldEvent): boolean => actors.some(({ id, country }) => id === by || country === by)

/** A side's account of an event, before and now. */
export interface Retelling { readonly side: string; readonly before: Account | null; readonly now: Account }

/** Somebody denies what was not denied before. */
export interface Denial { readonly side: string; readonly quote: Quote }

/** Words as they are compared: without case, marks of writing and spaces. */
const textOf = ({ text }: Quote): string => text.normalize('NFKC').toLowerCase().replace(/[\s\p{P}]+/gu, ' ').trim()

/** Denials that a side's account did not hold before. */
export function denialsIn({ side, before, now }: Retelling): Denial[] {
  const denied = (account: Account | null): Quote[] => (account?.topics ?? []).filter(({ kind, key }) => kind === 'stance' && (key === 'denied' || key.startsWith('denied '))).flatMap(({ quotes }) => quotes)
  const known = new Set(denied(before).map(textOf))
  return unique(denied(now)).filter((quote) => !known.has(textOf(quote))).map((quote) => ({ side, quote }))
}

/** A topic on which a side now has other words than it had. */
export interface Rewording { readonly side: string; readonly topic: string; readonly before: Quote; readonly now: Quote }

/** Topics a side speaks of in its own publications in other words than in those before, in one language. `own` tells whether an article is the side's. */
export function rewordingsIn({ side, before, now }: Retelling, own: (article: string, side: string) => boolean): Rewording[] {
  if (before === null) return []
  const told = new Set(before.topics.flatMap(({ quotes }) => quotes.map(({ article }) => article)))
  const earlier = new Map(before.topics.map(({ kind, key, quotes }) => [`${kind} ${key}`, quotes.filter(({ article }) => own(article, side))]))
  return now.topics.flatMap(({ kind, key, quotes }): Rewording[] => {
    const topic = `${kind} ${key}`
    const was = earlier.get(topic) ?? []
    const known = new Set(was.map(textOf))
    const fresh = quotes.find((quote) => own(quote.article, side) && !told.has(quote.article) && !known.has(textOf(quote)) && was.some(({ language }) => language === quote.language))
    const old = fresh && was.find(({ language }) => language === fresh.language)
    return fresh && old ? [{ side, topic, before: old, now: fresh }] : []
  })
}

function unique(quotes: readonly Quote[]): Quote[] {
  const seen = new Set<string>()
  return quotes.filter((quote) => !seen.has(textOf(quote)) && seen.add(textOf(quote)))
}
