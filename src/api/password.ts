/** The one password beyond loopback: compared in constant time, and shut for a while to who guesses. */
import { createHash, timingSafeEqual } from 'node:crypto'
import { getConnInfo } from '@hono/node-server/conninfo'
import type { MiddlewareHandler } from 'hono'

const WRONG = 10
const WINDOW_MS = 60_000
/** Addresses remembered at most. */
const REMEMBERED = 10_000

export const SHORTEST_PASSWORD = 12

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Lets nobody through without the password (HTTP Basic, any user name). The health check stays open. */
export function passwordGate(password: string, now: () => number = () => performance.now()): MiddlewareHandler {
  const wanted = digest(password)
  const wrong = new Map<string, { count: number; since: number }>()
  return async (c, next) => {
    if (c.req.path === '/health') return next()
    const from = getConnInfo(c).remote.address ?? ''
    const before = wrong.get(from)
    const recent = before !== undefined && now() - before.since < WINDOW_MS ? before : null
    if (recent !== null && recent.count >= WRONG) return c.text('Too many wrong passwords; wait a minute.', 429, { 'retry-after': '60' })
    const given = /^Basic ([A-Za-z0-9+/=]+)$/u.exec(c.req.header('authorization') ?? '')?.[1]
    if (given !== undefined) {
      const pair = Buffer.from(given, 'base64').toString('utf8')
      if (timingSafeEqual(digest(pair.slice(pair.indexOf(':') + 1)), wanted)) return next()
      if (wrong.size >= REMEMBERED) wrong.clear()
      wrong.set(from, recent === null ? { count: 1, since: now() } : { count: recent.count + 1, since: recent.since })
    }
    return c.text('A password is needed.', 401, { 'www-authenticate': 'Basic realm="Readout", charset="UTF-8"' })
  }
}
