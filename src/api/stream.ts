/** Answers that go on: large lists a line an item, and what is new as it comes. Neither is packed or hashed, which would hold it back. */
import type { Context, MiddlewareHandler } from 'hono'
import { stream, streamSSE } from 'hono/streaming'
import { type Db, getEvents, lastNews, newsAfter, StoreError, type StoredEvent } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { tellIn, worldOf } from './events.ts'
import { checkQuery, HttpProblem } from './problem.ts'
import { ROUTES, type Route } from './routes.ts'
import { STREAM_QUERY, type StreamQuery } from './schemas.ts'

/** A list as lines of JSON, or what comes to be as it does. */
export const NDJSON = 'application/x-ndjson'
export const STREAM_PATH = '/api/stream'

const PAGE = 200
const LOOK_MS = 1000
/** Something is said at least so often, so that nobody in between takes the connection for dead. */
const BEAT_MS = 15_000
/** Who follows at once. */
const MOST_FOLLOWERS = 200
const NEWS_AT_ONCE = 100

/** A list, page after page, an item a line; `limit` is how many lines at most. */
async function lines(c: Context, desk: Desk, route: Route, list: string): Promise<Response> {
  const given = c.req.query()
  const most = given['limit'] === undefined || given['limit'] === '' ? Number.POSITIVE_INFINITY : Number(given['limit'])
  if (!(most === Number.POSITIVE_INFINITY || (Number.isInteger(most) && most > 0))) throw new HttpProblem(400, 'Cannot be understood', 'limit: how many lines at most')
  const { limit: _, format: __, ...asked } = given
  const load = async (cursor: string | undefined, limit: number): Promise<{ readonly items: readonly unknown[]; readonly next: string | null }> => {
    const query = route.query === null ? {} : checkQuery(route.query, { ...asked, ...(cursor === undefined ? {} : { cursor }), limit: String(limit) })
    const answer = (await route.load(desk, '', query)) as Readonly<Record<string, unknown>>
    return { items: (answer[list] as readonly unknown[] | undefined) ?? [], next: typeof answer['next'] === 'string' ? answer['next'] : null }
  }
  // Counted at once where a list has no pages.
  const paged = route.query !== null && 'cursor' in route.query.shape
  const first = await load(given['cursor'], paged ? Math.min(PAGE, most) : Math.min(5000, most))
  c.header('content-type', `${NDJSON}; charset=utf-8`)
  return stream(c, async (out) => {
    let left = most
    for (let page = first; ; ) {
      const items = page.items.slice(0, left)
      await out.write(items.map((item) => `${JSON.stringify(item)}\n`).join(''))
      left -= items.length
      if (page.next === null || left <= 0 || out.aborted) return
      page = await load(page.next, Math.min(PAGE, left))
    }
  }, async (error, out) => {
    // What was sent cannot be taken back: the last line says that it is not all.
    await out.write(`${JSON.stringify({ problem: error instanceof StoreError ? error.message : 'Something went wrong' })}\n`)
  })
}

/** Wakes all who follow when there is news; the record is asked by one, however many follow. */
interface Wire { join(wake: () => void): () => void; readonly size: number }

function createWire(db: Db): Wire {
  const all = new Set<() => void>()
  const state = { looking: false, last: -1 }
  const later = (): void => { setTimeout(() => void look(), LOOK_MS).unref() }
  const look = async (): Promise<void> => {
    const now = await lastNews(db).catch(() => state.last)
    if (now !== state.last) for (const wake of all) wake()
    state.last = now
    state.looking = all.size > 0
    if (state.looking) later()
  }
  return {
    join(wake) {
      all.add(wake)
      if (!state.looking) later()
      state.looking = true
      return () => { all.delete(wake) }
    },
    get size() { return all.size },
  }
}

function isAsked({ keys, types }: StreamQuery, stored: StoredEvent): boolean {
  const event = worldOf(stored)
  const parties = new Set([...event.actors, ...event.recipients].flatMap(({ id, country }) => (country === null ? [id] : [id, country])))
  const has = (key: string): boolean => key.split('|').every((part) => parties.has(part))
  return (keys === undefined || keys.length === 0 || keys.some(has)) && (types === undefined || types.length === 0 || types.map((type) => type.toUpperCase()).includes(event.type))
}

function follow(c: Context, desk: Desk, wire: Wire, stopping: AbortSignal | undefined): Response {
  const query = checkQuery(STREAM_QUERY, c.req.query())
  const from = c.req.header('last-event-id') ?? (query.after === undefined ? undefined : String(query.after))
  if (from !== undefined && !/^\d{1,15}$/u.test(from)) throw new HttpProblem(400, 'Cannot be understood', 'last-event-id: a number this stream gave')
  if (wire.size >= MOST_FOLLOWERS) throw new HttpProblem(503, 'Too many follow', 'Come back later.')
  return streamSSE(c, async (out) => {
    let wake: () => void = () => undefined
    let woken = false
    const ring = (): void => { woken = true; wake() }
    const leave = wire.join(ring)
    out.onAbort(ring)
    stopping?.addEventListener('abort', ring)
    try {
      let at = from === undefined ? await lastNews(desk.db) : Number(from)
      await out.writeSSE({ event: 'ready', id: String(at), data: '{}' })
      while (!out.aborted && stopping?.aborted !== true) {
        const news = await newsAfter(desk.db, at, NEWS_AT_ONCE)
        const events = await getEvents(desk.db, news.filter(({ kind }) => kind !== 'gone').map(({ event }) => event))
        for (const { seq, at: when, kind, event: id } of news) {
          at = seq
          const stored = events.get(id)
          // What is no more is said to everybody: nobody can tell of whom it was.
          if (kind !== 'gone' && (stored === undefined || !isAsked(query, stored))) continue
          await out.writeSSE({ event: kind, id: String(seq), data: JSON.stringify({ id, at: when, ...(stored === undefined ? {} : { event: tellIn(desk, query.lang, worldOf(stored)) }) }) })
        }
        if (news.length === NEWS_AT_ONCE) continue
        if (!woken) {
          const beat = await new Promise<boolean>((resolve) => {
            const timer = setTimeout(() => resolve(true), BEAT_MS)
            wake = () => { clearTimeout(timer); resolve(false) }
          })
          if (beat && !out.aborted) await out.writeSSE({ event: 'beat', id: String(at), data: '{}' })
        }
        woken = false
      }
    } finally {
      leave()
      stopping?.removeEventListener('abort', ring)
    }
  })
}

/** Answers what is asked for as lines, and the stream of what is new; lets everything else pass. */
export function streamed(desk: Desk, stopping: AbortSignal | undefined): MiddlewareHandler {
  const wire = createWire(desk.db)
  return async (c, next) => {
    if (c.req.method !== 'GET' || !c.req.path.startsWith('/api/')) return next()
    if (c.req.path === STREAM_PATH) return follow(c, desk, wire, stopping)
    if (!(c.req.header('accept') ?? '').startsWith(NDJSON)) return next()
    const route = ROUTES.find(({ path, list }) => path === c.req.path && list !== undefined)
    if (route?.list === undefined) throw new HttpProblem(400, 'Cannot be understood', `only lists are given as ${NDJSON}`)
    return lines(c, desk, route, route.list)
  }
}
