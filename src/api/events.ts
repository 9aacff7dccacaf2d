/** Events, one by one and in order, with what each side tells of them. */
import { compareAccounts, OTHERS, partiesOf } from '../events/index.ts'
import type { Account, Comparison, WorldEvent } from '../model/index.ts'
import { linksInWords, whyOf } from '../render/reasons.ts'
import { type EventFilter, getEvents, type Judgement, listAccounts, listEvents, listJudgements, type StoredEvent } from '../store/index.ts'
import type { Desk } from './desk.ts'
import type { EventQuery, EventsQuery } from './schemas.ts'

export type ToldEvent = WorldEvent & { readonly line: string }
export interface EventsAnswer { readonly events: readonly ToldEvent[]; readonly next: string | null }
export interface EventAnswer {
  readonly event: ToldEvent
  readonly accounts: readonly Account[]
  readonly comparison: Comparison | null
  /** What was decided about its reports, by rules and by people. */
  readonly judgements: readonly Judgement[]
  readonly linked: readonly ToldEvent[]
}

/** Judgements shown with an event. */
const MOST_JUDGEMENTS = 200

/** Adds the line in a language, and says in it why events are linked. */
export function tellIn(desk: Desk, language: string | undefined, event: WorldEvent): ToldEvent {
  const { events } = desk.writers(language ?? '')
  return { ...linksInWords(event, events), line: events.line(event) }
}

/** Judgements with the reasons of rules put into words. */
export function judgementsIn(desk: Desk, language: string | undefined, judgements: readonly Judgement[]): Judgement[] {
  const { events } = desk.writers(language ?? '')
  return judgements.map((judgement) => ({ ...judgement, why: whyOf(judgement, judgement.kind === 'same-event', events) }))
}

export const worldOf = (stored: StoredEvent): WorldEvent => stored.body as WorldEvent

/** What a query says in the store's terms; what was not said is left out. */
export function filterOf(query: Pick<EventsQuery, 'from' | 'to' | 'types' | 'statuses' | 'minConfidence' | 'order' | 'limit' | 'cursor'>): EventFilter {
  const { from, to, types, statuses, minConfidence, order, limit, cursor } = query
  return {
    ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }), ...(types === undefined ? {} : { types: types.map((type) => type.toUpperCase()) }), ...(statuses === undefined ? {} : { statuses }),
    ...(minConfidence === undefined ? {} : { minConfidence }), order: order ?? 'newest', limit: limit ?? 50, cursor: cursor ?? null,
  }
}

/** A page of events. */
export async function loadEvents(desk: Desk, query: EventsQuery): Promise<EventsAnswer> {
  const page = await listEvents(desk.db, { ...filterOf(query), ...(query.keys && query.keys.length > 0 ? { keys: query.keys } : {}) })
  return { events: page.items.map((stored) => tellIn(desk, query.lang, worldOf(stored))), next: page.next }
}

/** One event with its accounts compared; null when there is none of that id. */
export async function loadEvent(desk: Desk, id: string, query: EventQuery): Promise<EventAnswer | null> {
  const stored = (await getEvents(desk.db, [id])).get(id)
  if (!stored) return null
  const event = worldOf(stored)
  const accounts = (await listAccounts(desk.db, id)).map(({ body }) => body as Account)
  const judgements = await listJudgements(desk.db, { reports: event.members.map(({ report }) => report), limit: MOST_JUDGEMENTS })
  const linked = await getEvents(desk.db, event.links.map((link) => link.event))
  const sides = query.sides?.length === 2 ? query.sides : sidesOf(event, accounts)
  const [a, b] = sides
  return {
    event: tellIn(desk, query.lang, event), accounts, comparison: a === undefined || b === undefined || accounts.length === 0 ? null : compareAccounts(id, accounts, a, b),
    judgements: judgementsIn(desk, query.lang, judgements.items), linked: [...linked.values()].map((other) => tellIn(desk, query.lang, worldOf(other))),
  }
}

/** The two parties that say most; those without an account after those with one. */
export function sidesOf(event: WorldEvent, accounts: readonly Account[]): string[] {
  const weight = (side: string): number => {
    const account = accounts.find((candidate) => candidate.side === side && side !== OTHERS)
    return account ? account.topics.length + (account.official ? 100 : 0) : -1
  }
  return partiesOf(event).sort((x, y) => weight(y) - weight(x) || (x < y ? -1 : 1)).slice(0, 2)
}
