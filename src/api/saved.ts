/** Saved searches and the alerts on them: a view of the desk by its address, and whom to tell when something new fits it. */
import { randomBytes } from 'node:crypto'
import type { SavedQuery } from '../alerts/evaluate.ts'
import type { Match } from '../alerts/match.ts'
import { checkAddress } from '../fetch.ts'
import type { WorldEvent } from '../model/index.ts'
import { type Alert, type Channel, CHANNELS, countDeliveries, deleteAlert, deleteSearch, listAlerts, listEvents, listSearches, pairKey, putAlert, retryDeliveries, type SavedSearch, saveSearch, TELLS, type Tells } from '../store/index.ts'
import { wordsIn } from './articles.ts'
import type { Note } from './deeds.ts'
import type { Desk } from './desk.ts'
import { worldOf } from './events.ts'
import { checkQuery, HttpProblem } from './problem.ts'
import { EVENTS_QUERY, SEARCH_QUERY } from './schemas.ts'

/** A saved search as it is kept. */
export interface Saved extends SavedQuery {
  /** Path and query of the view. */
  readonly path: string
}

const MOST_NAME = 120
/** Of a name in a search so many bearers count. */
const BEARERS = 3

const wrong = (detail: string): HttpProblem => new HttpProblem(400, 'Cannot be understood', detail)

/** What a view of the desk searches for. Throws HttpProblem where it is none that can be saved. */
export function savedOf(desk: Desk, address: string): Saved {
  const url = URL.canParse(address, 'http://desk') ? new URL(address, 'http://desk') : null
  const [, part = '', id = ''] = url?.pathname.split('/') ?? []
  if (url === null || !address.startsWith('/') || url.host !== 'desk') throw wrong('path: the address of a view on this desk, such as /relations/CHN-RUS?types=CONSULT')
  for (const name of ['lang', 'cursor', 'limit', 'format', 'order', 'from', 'to']) url.searchParams.delete(name)
  const query = Object.fromEntries(url.searchParams)
  const path = `${url.pathname}${url.search}`
  if (part === 'search') {
    const { q, language } = checkQuery(SEARCH_QUERY, { q: '', ...query })
    if (q.trim() === '') throw wrong('path: a search needs words')
    const keys = [...new Set(desk.names.find(q).slice(0, BEARERS).map(({ key }) => key))]
    const match: Match = { ...(keys.length > 0 ? { keys } : { words: wordsIn(desk, q, language) }), ...(language === undefined ? {} : { language }) }
    return { path, match }
  }
  const { keys, types, statuses, minConfidence } = checkQuery(EVENTS_QUERY, query)
  const match: Match = {
    ...(keys === undefined || keys.length === 0 ? {} : { keys }), ...(types === undefined || types.length === 0 ? {} : { types: types.map((type) => type.toUpperCase()) }), ...(statuses === undefined || statuses.length === 0 ? {} : { statuses }), ...(minConfidence === undefined ? {} : { minConfidence }),
  }
  if (part === 'events' && id === '') return { path, match }
  if (part === 'actors') {
    const actor = desk.names.get(decodeURIComponent(id))
    if (actor) return { path, match: { ...match, keys: [actor.key] } }
  }
  if (part === 'relations') {
    const parties = id.toUpperCase().split('-')
    const [a, b] = parties
    if (a !== undefined && parties.length <= 2 && parties.every((code) => desk.knowledge.gazetteer.states.has(code))) return { path, match: { ...match, keys: [b === undefined ? a : pairKey(a, b)] } }
  }
  throw wrong('path: only lists of events, relationships, actors and searches can be saved')
}

export interface SaveRequest {
  readonly name: string
  readonly path: string
  readonly alert?: AlertRequest
}

export interface AlertRequest {
  readonly tells: readonly string[]
  readonly by?: string | undefined
  /** A webhook where the target is an address of the web, else a mailbox, unless said. */
  readonly channel?: string | undefined
  readonly target: string
  /** Language of the messages; the desk's own unless said. */
  readonly language?: string | undefined
  readonly anyAge?: boolean | undefined
  /** Key the webhook is signed with; made when left out. */
  readonly secret?: string | undefined
}

/** Days an article may be old when it comes in, unless any age will do. */
const MAX_AGE = 30
const MAILBOX = /^[^\s<>@,;:"()[\]\\]{1,64}@[^\s<>@,;:"()[\]\\]{1,255}$/u

/** Keeps a search under a name, with an alert on it where one is asked for. Gives the key of a webhook that was made for it. */
export async function saveView(desk: Desk, { name, path, alert }: SaveRequest, allow: readonly string[], note: Note): Promise<{ readonly search: string; readonly alert: string | null; readonly secret: string | null }> {
  const called = name.replace(/\s+/gu, ' ').trim()
  if (called === '' || called.length > MOST_NAME) throw wrong(`name: 1 to ${MOST_NAME} characters`)
  const saved = savedOf(desk, path)
  const checked = alert === undefined ? null : checkAlert(desk, alert, allow)
  return desk.record.store.transaction(async (tx) => {
    const search = await saveSearch(tx, called, saved)
    const made = checked === null ? null : await putAlert(tx, { ...checked, search })
    // The key of a webhook is no matter for the log.
    await note(tx, { act: 'search saved', subject: called, detail: { path: saved.path, ...(checked === null ? {} : { alert: { id: made, ...checked, secret: undefined } }) } })
    return { search, alert: made, secret: checked?.secret ?? null }
  })
}

function checkAlert(desk: Desk, { tells, by, target: given, channel = /^\s*https?:/iu.test(given) ? 'webhook' : 'email', language = desk.language, anyAge, secret }: AlertRequest, allow: readonly string[]) {
  const target = given.trim()
  const wanted = [...new Set(tells)].filter((kind): kind is Tells => (TELLS as readonly string[]).includes(kind))
  if (wanted.length === 0 || wanted.length !== new Set(tells).size) throw wrong(`tells: some of ${TELLS.join(', ')}`)
  if (!(CHANNELS as readonly string[]).includes(channel)) throw wrong(`channel: ${CHANNELS.join(' or ')}`)
  if (!desk.languages.includes(language)) throw wrong(`language: one of ${desk.languages.join(', ')}`)
  const who = by === undefined || by.trim() === '' ? null : [desk.names.get(by.trim()), desk.names.get(`state:${by.trim().toUpperCase()}`), ...desk.names.find(by)].find((actor) => actor !== null)
  if (who === undefined) throw wrong(`by: nobody is known as '${by}'`)
  if (channel === 'email' && !MAILBOX.test(target)) throw wrong('target: the address of a mailbox, such as desk@example.org')
  if (channel === 'webhook') checkAddress(target, allow)
  return { tells: wanted, by: who?.key ?? null, channel: channel as Channel, target, secret: channel === 'webhook' ? (secret ?? randomBytes(24).toString('base64url')) : null, language, maxAge: anyAge === true ? null : MAX_AGE }
}

/** Saved searches by name. */
async function savedSearches(desk: Desk): Promise<(Omit<SavedSearch, 'query'> & { readonly query: Saved })[]> {
  return (await listSearches(desk.db)).map((search) => ({ ...search, query: search.query as Saved }))
}

/** An alert as it is shown: the key of a webhook is never shown again. */
export interface ShownAlert extends Omit<Alert, 'name' | 'query' | 'secret'> { readonly sent: number; readonly waiting: number; readonly failed: number; readonly lastError: string | null }
export interface AlertsAnswer { readonly searches: readonly { readonly id: string; readonly name: string; readonly path: string; readonly createdAt: string; readonly alerts: readonly ShownAlert[] }[] }

/** Saved searches by name, each with its alerts and what became of them. */
export async function loadAlerts(desk: Desk): Promise<AlertsAnswer> {
  const [searches, alerts, counts] = [await savedSearches(desk), await listAlerts<Saved>(desk.db), await countDeliveries(desk.db)]
  return {
    searches: searches.map(({ id, name, query: { path }, createdAt }) => ({
      id, name, path, createdAt,
      alerts: alerts.filter((alert) => alert.name === name).map(({ query: _, secret: __, name: ___, ...alert }) => ({ ...alert, ...(counts.get(alert.id) ?? { sent: 0, waiting: 0, failed: 0, lastError: null }) })),
    })),
  }
}

/** Forgets a search with its alerts; false when there is none of that name. */
export const forgetSearch = ({ record: { store } }: Desk, name: string, note: Note): Promise<boolean> => store.transaction(async (tx) => {
  const done = await deleteSearch(tx, name)
  if (done) await note(tx, { act: 'search deleted', subject: name })
  return done
})

/** Takes an alert away with what it has not told yet; false when there is none of that id. */
export const forgetAlert = ({ record: { store } }: Desk, id: string, note: Note): Promise<boolean> => store.transaction(async (tx) => {
  const done = await deleteAlert(tx, id)
  if (done) await note(tx, { act: 'alert deleted', subject: id })
  return done
})

/** Tries again at once what was given up. Returns how many messages. */
export const retryAlerts = ({ record: { store } }: Desk, note: Note): Promise<number> => store.transaction(async (tx) => {
  const retried = await retryDeliveries(tx)
  if (retried > 0) await note(tx, { act: 'alerts retried', subject: null, detail: { retried } })
  return retried
})

/** The newest event on record that a saved search by keys finds; null when there is none. */
export async function sampleEvent(desk: Desk, { match: { keys, types, statuses, minConfidence } }: SavedQuery): Promise<WorldEvent | null> {
  const { items } = await listEvents(desk.db, { order: 'newest', limit: 1, ...(keys ? { keys } : {}), ...(types ? { types } : {}), ...(statuses ? { statuses } : {}), ...(minConfidence === undefined ? {} : { minConfidence }) })
  return items[0] ? worldOf(items[0]) : null
}
