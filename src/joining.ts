/**
 * Joining in the record: what came in is joined with what is there, and with that alone. The events it can touch are taken apart and made anew
 * together with all that may belong to them, so that the record is what joining the whole would give. What is not joined is known by having no event:
 * a join that fails leaves the documents as they are, and the next one does it.
 */
import { isDeepStrictEqual } from 'node:util'
import { sql } from 'kysely'
import { type EventChange, retellingsOf, type SavedQuery, tellChanges } from './alerts/evaluate.ts'
import { accountsOf, inLinkOrder, joinTellings, linksOf, mayEndPlan, neighbours, planDays, type Telling, type VoiceOf } from './events/index.ts'
import { isState } from './events/telling.ts'
import { type AtHand, candidatesOf, findReports, type Held, loadHeld, loadPeople, type People, type Shelf, viewOf } from './joining-load.ts'
import type { Account, Actor, EventJudgement, EventParty, WorldEvent } from './model/index.ts'
import { type AccountRecord, appendJudgements, type Db, deleteEvents, type EventRecord, eventsOfReports, getEvents, listAlerts, lockKeys, pairKey, partyKeys, putAccounts, putEvents, type Store, tidy } from './store/index.ts'
import { storableDeep } from './store/rows.ts'

export interface JoinOptions {
  /** Articles to join anew besides those that have reports without an event. */
  readonly articles?: readonly string[]
  /** Look through the whole record for reports without an event; otherwise only `articles` are joined. */
  readonly pending?: boolean
  /** What of the articles' readings is at hand. */
  readonly atHand?: AtHand
  /** Readings in hand from one joining to the next. */
  readonly shelf?: Shelf
  readonly progress?: (done: number, total: number) => void
  readonly signal?: AbortSignal
}

export interface JoinSummary {
  readonly articles: number
  /** Events written, new or changed. */
  readonly events: number
  /** Events that are no more. */
  readonly gone: number
}

/** Articles joined in one transaction. */
const TOGETHER = 96
/** Reports beyond which the circle of neighbours grows no further; events are always taken whole. */
const WIDEST = 4000
/** All joining goes through one gate: two processes that meet one event make one. */
const GATE = 'joining'
/** After so many articles the planner's figures are brought up to date. */
const TIDY_AFTER = 1000

/** Joins what is not joined yet. Doing it again changes nothing. */
export async function joinRecord(store: Store, voiceOf: VoiceOf, options: JoinOptions = {}): Promise<JoinSummary> {
  const forced = [...new Set(options.articles ?? [])]
  const waiting = options.pending === false ? forced : [...new Set([...forced, ...(await pendingArticles(store.db))])]
  const { shelf = new Map() } = options
  let [done, events, gone, untidy] = [0, 0, 0, 0]
  for (let from = 0; from < waiting.length && options.signal?.aborted !== true; from += TOGETHER) {
    const some = waiting.slice(from, from + TOGETHER)
    const result = await store.transaction((tx) => joinArticles(tx, voiceOf, some, shelf, options.atHand), GATE)
    done += some.length
    events += result.events
    gone += result.gone
    untidy += some.length
    if (untidy >= TIDY_AFTER) {
      untidy = 0
      await tidy(store)
    }
    options.progress?.(done, waiting.length)
  }
  return { articles: done, events, gone }
}

/** Articles with reports that are in no event, though nobody took them out. */
export async function pendingArticles(db: Db): Promise<string[]> {
  const { rejected } = await loadPeople(db)
  const { rows } = await sql<{ article: string }>`select distinct article from reports r where not exists (select 1 from event_reports e where e.report = r.id) and r.id <> all(${[...rejected]}::text[]) order by 1`.execute(db)
  return rows.map(({ article }) => article)
}

/** Readings by article, as one transaction sees them. */
interface Hand { readonly held: Map<string, Held>; readonly shelf: Shelf }

/** Joins all reports of these articles with what is in the record, in the transaction given. */
export async function joinArticles(tx: Db, voiceOf: VoiceOf, articles: readonly string[], shelf: Shelf = new Map(), atHand: AtHand | null = null): Promise<{ readonly events: number; readonly gone: number }> {
  await lockKeys(tx, [GATE])
  const people = await loadPeople(tx)
  const hand: Hand = { held: new Map(), shelf }
  await fill(tx, hand, articles, atHand)
  const seeds = articles.flatMap((id) => hand.held.get(id)?.tellings ?? [])
  const circle = await circleOf(tx, seeds, people, hand)
  return write(tx, voiceOf, circle, people, hand)
}

async function fill(tx: Db, { held, shelf }: Hand, articles: readonly string[], atHand: AtHand | null = null): Promise<void> {
  for (const [id, one] of await loadHeld(tx, [...new Set(articles)].filter((id) => !held.has(id)), atHand, shelf)) held.set(id, one)
}

/** The seeds with all that may be joined with them: their events whole, what people named with them, their neighbours, and so on until nothing is added. */
async function circleOf(tx: Db, seeds: readonly Telling[], people: People, hand: Hand): Promise<Map<string, Telling>> {
  const circle = new Map<string, Telling>()
  const views = new Map<string, Telling>()
  const viewed = (telling: Telling): Telling => {
    const known = views.get(telling.report.id) ?? viewOf(telling, people)
    views.set(telling.report.id, known)
    return known
  }
  const tellingsAt = async (places: readonly { readonly report: string; readonly article: string }[]): Promise<Telling[]> => {
    await fill(tx, hand, places.map(({ article }) => article))
    return places.flatMap(({ report, article }) => hand.held.get(article)?.tellings.find((telling) => telling.report.id === report) ?? [])
  }
  let frontier = [...seeds]
  while (frontier.length > 0) {
    for (const telling of frontier) circle.set(telling.report.id, telling)
    const ids = frontier.map(({ report }) => report.id)
    const next = new Map<string, Telling>()
    const take = (tellings: readonly Telling[]): void => { for (const telling of tellings) if (!circle.has(telling.report.id)) next.set(telling.report.id, telling) }

    const events = [...new Set((await eventsOfReports(tx, ids)).values())]
    take(await tellingsAt(await membersOf(tx, events, circle)))
    const named = ids.flatMap((id) => people.partners.get(id) ?? []).flatMap((id) => people.reports.get(id) ?? [])
    take(await tellingsAt(named.map(({ id, article }) => ({ report: id, article }))))
    if (circle.size < WIDEST) {
      const of = frontier.filter(({ report }) => !people.rejected.has(report.id)).map(viewed)
      const found = await tellingsAt((await candidatesOf(tx, of, people, new Set(circle.keys()))).map(({ id, article }) => ({ report: id, article })))
      // Reports without a day are told by one article only.
      const beside = of.filter(({ window }) => window.precision === 'none').flatMap(({ article }) => hand.held.get(article.id)?.tellings ?? [])
      const candidates = [...new Map([...found, ...beside].filter(({ report }) => !circle.has(report.id) && !people.rejected.has(report.id)).map((telling) => [telling.report.id, telling])).values()]
      take(neighbours(of, candidates.map(viewed)).flatMap(({ report }) => candidates.find((telling) => telling.report.id === report.id) ?? []))
    }
    frontier = [...next.values()]
  }
  return circle
}

async function membersOf(tx: Db, events: readonly string[], circle: ReadonlyMap<string, Telling>): Promise<{ report: string; article: string }[]> {
  if (events.length === 0) return []
  const { rows } = await sql<{ report: string; month: string }>`select report, month from event_reports where event = any(${events}::text[]) order by report`.execute(tx)
  return (await findReports(tx, rows.filter(({ report }) => !circle.has(report)))).map(({ id, article }) => ({ report: id, article }))
}

async function write(tx: Db, voiceOf: VoiceOf, circle: ReadonlyMap<string, Telling>, people: People, { held }: Hand): Promise<{ events: number; gone: number }> {
  if (circle.size === 0) return { events: 0, gone: 0 }
  const joined = joinTellings([...circle.values()], people.judgements, ({ article }) => voiceOf(article))
  const ids = [...circle.keys()]
  const before = await getEvents(tx, [...new Set((await eventsOfReports(tx, ids)).values())])
  const fresh = joined.events.map((event): WorldEvent => ({ ...event, links: [] }))
  const there = new Set(fresh.map(({ id }) => id))
  const gone = [...before.keys()].filter((id) => !there.has(id))
  const alerts = await listAlerts<SavedQuery>(tx, { active: true })
  // What the sides said so far goes with the events; only alerts ask for it.
  const said = alerts.length === 0 ? new Map<string, Account[]>() : await accountsOfEvents(tx, [...before.keys()])
  const changed = fresh.filter((event) => !isDeepStrictEqual(storableDeep(event), bare(before.get(event.id)?.body)))
  await deleteEvents(tx, gone)
  const old = [...gone, ...changed.map(({ id }) => id)].flatMap((id) => { const stored = before.get(id); return stored ? [stored.body as WorldEvent] : [] })
  const linked = await relink(tx, old, new Map(changed.map((event) => [event.id, event])))
  const months = (event: WorldEvent): EventRecord['reports'] => event.members.map(({ report, article }) => ({ report, month: held.get(article)?.month ?? '' }))
  await putEvents(tx, changed.map((event) => recordOf({ ...event, links: linked.get(event.id) ?? [] }, months(event))))
  const changes: EventChange[] = gone.map((id) => ({ now: null, before: before.get(id)?.body as WorldEvent, keys: [], retellings: [] }))
  const earlier = earlierOf([...before.values()].map(({ body }) => body as WorldEvent))
  const written: AccountRecord[] = []
  for (const event of changed) {
    const told = [...new Set(event.members.map(({ article }) => article))].flatMap((id) => held.get(id)?.reading ?? [])
    const accounts = accountsOf(event, told, voiceOf)
    written.push(...accounts.map((account) => ({ event: event.id, side: account.side, body: account })))
    const was = earlier(event)
    changes.push({ now: { ...event, links: linked.get(event.id) ?? [] }, before: was, keys: recordOf(event, []).keys, retellings: retellingsOf(was === null ? [] : (said.get(was.id) ?? []), accounts) })
  }
  await putAccounts(tx, written)
  const isOwn = (article: string, side: string): boolean => { const own = held.get(article); return own !== undefined && voiceOf(own.reading.article) === side }
  await tellChanges(tx, alerts, changes, isOwn, new Date())
  await putRuleJudgements(tx, ids, joined.judgements)
  return { events: changed.length, gone: gone.length }
}

/** Finds the event that held most of an event's reports before, whatever its id was. */
function earlierOf(before: readonly WorldEvent[]): (event: WorldEvent) => WorldEvent | null {
  const holders = new Map(before.flatMap((event) => event.members.map(({ report }) => [report, event] as const)))
  return ({ members }) => {
    const counts = new Map<WorldEvent, number>()
    for (const { report } of members) {
      const holder = holders.get(report)
      if (holder) counts.set(holder, (counts.get(holder) ?? 0) + 1)
    }
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0].id < b[0].id ? -1 : 1))[0]?.[0] ?? null
  }
}

async function accountsOfEvents(tx: Db, events: readonly string[]): Promise<Map<string, Account[]>> {
  const out = new Map<string, Account[]>()
  if (events.length === 0) return out
  const { rows } = await sql<{ event: string; body: Account }>`select event, body from accounts where event = any(${events}::text[]) order by event, side`.execute(tx)
  for (const { event, body } of rows) out.set(event, [...(out.get(event) ?? []), body])
  return out
}

const bare = (body: unknown): unknown => (body === undefined ? undefined : { ...(body as WorldEvent), links: [] })

/** Rules that decide the same again leave their judgement as it stands; what they do not decide any more goes. */
async function putRuleJudgements(tx: Db, reports: readonly string[], judgements: readonly EventJudgement[]): Promise<void> {
  const kept = await appendJudgements(tx, judgements)
  await sql`delete from judgements where by_kind = 'rule' and (report = any(${reports}::text[]) or other = any(${reports}::text[])) and id <> all(${kept}::text[])`.execute(tx)
}

/** Types of which plans, contacts and refusals are. */
const LINKED = ['CONSULT', 'AGREE', 'REJECT']

/** Parties of an event as links compare them. */
const linkPartiesOf = ({ actors, recipients }: WorldEvent): string[] => [...new Set([...actors, ...recipients].map(({ country, id }) => (isState(country) ? country : id)))].sort()

/** The key under which the store finds the events of these parties; null for one party alone, which has no links. */
function linkKeyOf(event: WorldEvent): string | null {
  const parties = linkPartiesOf(event)
  if (parties.length < 2 || !LINKED.includes(event.type)) return null
  return parties.find((party) => party.includes(':')) ?? pairKey(parties[0] ?? '', parties[1] ?? '')
}

interface Days { readonly key: string; readonly from: string; readonly to: string }

/**
 * The links of these events, told by what `fresh` holds (`old`: how they stood before, and what is gone). Links are made by plans: those that what changed
 * may be the end of are looked at again, each with all that may be its end, and no others. What stands in the store is brought up to date there.
 */
async function relink(tx: Db, old: readonly WorldEvent[], fresh: ReadonlyMap<string, WorldEvent>): Promise<ReadonlyMap<string, WorldEvent['links']>> {
  const touched = [...fresh.values(), ...old].filter((event) => linkKeyOf(event) !== null)
  if (touched.length === 0) return new Map()
  const relations = new Set(touched.map((event) => linkPartiesOf(event).join('|')))
  const stored = new Map<string, WorldEvent>()
  const take = (rows: readonly { readonly id: string; readonly body: WorldEvent }[]): void => { for (const { id, body } of rows) if (!fresh.has(id) && relations.has(linkPartiesOf(body).join('|'))) stored.set(id, body) }

  const ends = touched.filter(mayEndPlan).flatMap((event): Days[] => (event.firstDay === null ? [] : [{ key: linkKeyOf(event) ?? '', from: event.firstDay, to: event.firstDay }]))
  take((await sql<{ id: string; body: WorldEvent }>`select id, body from events where id in (select k.event from json_to_recordset(${JSON.stringify(ends)}::json) as w(key text, "from" date, "to" date)
    join event_keys k on k.key = w.key and k.plan_to >= w."from" and k.plan_from <= w."to" where k.plan_to is not null)`.execute(tx)).rows)
  const waitsOf = (event: WorldEvent): Days[] => { const days = planDays(event); return days === null ? [] : [{ key: linkKeyOf(event) ?? '', ...days }] }
  const plans = [...stored.values(), ...[...fresh.values()].filter((event) => linkKeyOf(event) !== null && planDays(event) !== null)]
  take((await sql<{ id: string; body: WorldEvent }>`select id, body from events where type = any(${LINKED}::text[]) and id in (select k.event from json_to_recordset(${JSON.stringify(plans.flatMap(waitsOf))}::json) as w(key text, "from" date, "to" date)
    join event_keys k on k.key = w.key and k.day between w."from" and w."to" where k.type = any(${LINKED}::text[]) and (k.status <> 'future' and (k.type = 'CONSULT' or (k.type = 'REJECT' and k.mode = 'meet'))))`.execute(tx)).rows.filter(({ body }) => mayEndPlan(body)))
  // Plans that were linked with others before, or are no more.
  const looked = new Set([...plans, ...old].map(({ id }) => id))
  const before = [...plans, ...old].flatMap(({ links }) => links).map(({ event }) => event).filter((id) => !stored.has(id) && !fresh.has(id))
  take([...(await getEvents(tx, before))].map(([id, { body }]) => ({ id, body: body as WorldEvent })))

  const links = linksOf([...plans, ...[...stored.values(), ...fresh.values()].filter(mayEndPlan)])
  for (const [id, body] of stored) {
    const own = looked.has(id) ? (links.get(id) ?? []) : inLinkOrder([...body.links.filter(({ event }) => !looked.has(event)), ...(links.get(id) ?? [])])
    if (!isDeepStrictEqual(own, body.links)) await tx.updateTable('events').set({ body: JSON.stringify(storableDeep({ ...body, links: own })) }).where('id', '=', id).execute()
  }
  return links
}

const actorOf = (party: EventParty): Actor => ({ ...party, span: [0, 0], text: party.name })

/** An event as the store keeps it. */
export function recordOf(event: WorldEvent, reports: EventRecord['reports']): EventRecord<WorldEvent> {
  const { id, type, mode, status, historical, confidence, firstDay, lastDay } = event
  return { id, type, mode, status, historical, confidence, firstDay, lastDay, keys: partyKeys(event.actors.map(actorOf), event.recipients.map(actorOf)), reports, plan: planDays(event), body: event }
}

/** Takes apart the events that hold these reports, so that all their reports wait to be joined anew. */
export async function dissolve(tx: Db, reports: readonly string[]): Promise<void> {
  await deleteEvents(tx, [...new Set((await eventsOfReports(tx, reports)).values())])
  await sql`delete from judgements where by_kind = 'rule' and (report = any(${reports}::text[]) or other = any(${reports}::text[]))`.execute(tx)
}
