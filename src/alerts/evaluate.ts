/** Alerts judged where events are written, in the same transaction: what is to be told stands in the outbox exactly when the event stands in the record. */
import { sql } from 'kysely'
import type { Account, WorldEvent } from '../model/index.ts'
import { type Alert, appendNews, type Db, getEntries, type NewDelivery, type NewsKind, putDeliveries, UNDATED, wasTold, wordQuery } from '../store/index.ts'
import { contentId } from '../text/hash.ts'
import { type Denial, denialsIn, isBy, type Match, matches, type Retelling, type Rewording, rewordingsIn } from './match.ts'

/** An event as it was and as it is now. */
export interface EventChange {
  /** Null when the event is no more. */
  readonly now: WorldEvent | null
  /** The event its reports were in before; null when they were in none. */
  readonly before: WorldEvent | null
  /** Keys the event is found by. */
  readonly keys: readonly string[]
  readonly retellings: readonly Retelling[]
}

/** What is kept to write a message from. */
export interface DeliveryBody {
  readonly event: WorldEvent
  readonly denials?: readonly Denial[]
  readonly rewordings?: readonly Rewording[]
}

/** Saved searches as alerts read them. */
export interface SavedQuery { readonly match: Match }

const OTHERS = 'others'
/** Sources that travel with a message. */
const MOST_MEMBERS = 8
const MOST_CHANGES = 10

interface Seen { readonly firstSeen: number; readonly age: number | null }

/** Writes the news of a transaction, and what the alerts have to say of it into the outbox. `own` tells whether an article is a publication of a side. */
export async function tellChanges(tx: Db, alerts: readonly Alert<SavedQuery>[], changes: readonly EventChange[], own: (article: string, side: string) => boolean, now: Date): Promise<void> {
  await appendNews(tx, changes.map(newsOf), now)
  const there = changes.flatMap((change) => (change.now === null ? [] : [{ ...change, now: change.now }]))
  if (alerts.length === 0 || there.length === 0) return
  const seen = await whenSeen(tx, there.flatMap(({ now: event }) => event.members.map(({ article }) => article)))
  for (const alert of alerts) {
    const { match } = alert.query
    // What came in before the alert was made, or is older than it wants, is no news to it.
    const fresh = (article: string): boolean => {
      const entry = seen.get(article)
      return entry !== undefined && entry.firstSeen >= Date.parse(alert.createdAt) && (alert.maxAge === null || entry.age === null || entry.age <= alert.maxAge)
    }
    const near = there.filter(({ now: event, keys }) => event.members.some(({ article }) => fresh(article)) && matches(match, event, keys, { anyStatus: true }))
    const worded = match.words === undefined ? null : await articlesWith(tx, match.words, near.flatMap(({ now: event }) => event.members.map(({ article }) => article)))
    const messages: Message[] = []
    for (const change of near) if (worded === null || change.now.members.some(({ article }) => worded.has(article))) messages.push(...(await messagesOf(tx, alert, change, fresh, own)))
    await putDeliveries(tx, withoutEchoes(messages), now)
  }
}

type Message = NewDelivery & { readonly body: DeliveryBody }

/** One sentence that denies may stand in the account of one event and be an event of its own that did not happen: it is told once, with its quote. */
function withoutEchoes(messages: readonly Message[]): Message[] {
  const quotes = messages.flatMap(({ body }) => body.denials ?? []).map(({ quote }) => quote)
  const isQuoted = ({ article, span }: WorldEvent['members'][number]): boolean => quotes.some((quote) => quote.article === article && quote.span[0] < span[1] && span[0] < quote.span[1])
  return messages.filter(({ tells, body }) => tells !== 'denial' || body.denials !== undefined || !body.event.members.some(isQuoted))
}

const newsOf = ({ now, before }: EventChange): { kind: NewsKind; event: string; day: string | null } => ({ kind: now === null ? 'gone' : before === null ? 'new' : 'changed', event: (now ?? before)?.id ?? '', day: (now ?? before)?.firstDay ?? null })

async function messagesOf(tx: Db, alert: Alert<SavedQuery>, { now: event, before, keys, retellings }: EventChange & { readonly now: WorldEvent }, fresh: (article: string) => boolean, own: (article: string, side: string) => boolean): Promise<Message[]> {
  const { by, tells } = alert
  const base = { alert: alert.id, event: event.id, type: event.type, status: event.status, day: event.firstDay ?? UNDATED, articles: [...new Set(event.members.map(({ article }) => article))] }
  const message = (kind: NewDelivery['tells'], detail: string, more: Omit<DeliveryBody, 'event'> = {}): Message => {
    // Sources that are new to the one who is told come first.
    const members = [...event.members].sort((a, b) => Number(fresh(b.article)) - Number(fresh(a.article))).slice(0, MOST_MEMBERS)
    return { ...base, id: contentId('delivery', alert.id, kind, detail), tells: kind, body: { event: { ...event, members }, ...more } }
  }
  const out: Message[] = []
  if (tells.includes('event') && matches(alert.query.match, event, keys) && (by === null || isBy(by, event)) && !(before !== null && matches(alert.query.match, before, keys) && (by === null || isBy(by, before)))) {
    const told = message('event', event.id)
    if (!(await wasTold(tx, told))) out.push(told)
  }
  const sides = retellings.filter(({ side }) => side !== OTHERS && (by === null || side === by))
  if (tells.includes('denial')) {
    const denials = sides.flatMap(denialsIn).filter(({ quote }) => fresh(quote.article)).slice(0, MOST_CHANGES)
    // "Moscow denied having asked" is told as an asking that did not happen.
    if (event.status === 'negated' && before?.status !== 'negated' && (by === null || isBy(by, event) || event.members.some(({ side }) => side === by))) {
      const told = message('denial', event.id)
      if (!(await wasTold(tx, told))) out.push(told)
    } else if (denials.length > 0) out.push(message('denial', denials.map(({ side, quote }) => `${side} ${quote.article} ${quote.text}`).join('\n'), { denials }))
  }
  if (tells.includes('wording')) {
    const rewordings = sides.flatMap((retelling) => rewordingsIn(retelling, own)).filter(({ now: quote }) => fresh(quote.article)).slice(0, MOST_CHANGES)
    if (rewordings.length > 0) out.push(message('wording', rewordings.map(({ side, topic, now: quote }) => `${side} ${topic} ${quote.article} ${quote.text}`).join('\n'), { rewordings }))
  }
  return out
}

const DAY = 86_400_000

async function whenSeen(tx: Db, articles: readonly string[]): Promise<ReadonlyMap<string, Seen>> {
  const entries = await getEntries(tx, [...new Set(articles)])
  return new Map([...entries.values()].map(({ id, firstSeen, published }) => {
    const at = Date.parse(firstSeen)
    const told = Date.parse(published ?? '')
    return [id, { firstSeen: at, age: Number.isNaN(told) ? null : (at - told) / DAY }]
  }))
}

/** Those of the articles that hold all words of one of these lists. */
async function articlesWith(tx: Db, ways: readonly (readonly string[])[], articles: readonly string[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const words of ways) {
    const terms = wordQuery(words)
    if (terms === null || articles.length === 0) continue
    const { rows } = await sql<{ article: string }>`select article from article_texts where article = any(${[...new Set(articles)]}::text[]) and month in (select month from articles where id = any(${[...new Set(articles)]}::text[])) and search @@ ${terms}::tsquery`.execute(tx)
    for (const { article } of rows) found.add(article)
  }
  return found
}

/** Accounts by side, before and now, paired. */
export function retellingsOf(before: readonly Account[], now: readonly Account[]): Retelling[] {
  return now.map((account) => ({ side: account.side, before: before.find(({ side }) => side === account.side) ?? null, now: account }))
}
