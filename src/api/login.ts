/** Logging in, and the gate every request passes: who asks, may that one, was the form given to this browser, is it too much. */
import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { addSession, dropSession, findKey, findSession, getUser, noteDeed, noteRight, noteWrong, touchKey, touchSession } from '../store/index.ts'
import { noteOf } from './deeds.ts'
import type { Desk } from './desk.ts'
import { type Limit, perMinute } from './limits.ts'
import { digestOf, isPassword, newSecret, sameText, tokenOf } from './passwords.ts'
import { HttpProblem } from './problem.ts'
import { HERE, NOBODY, type Scope, SCOPES, SCOPES_OF, scopeFor, type Who, whoOf } from './who.ts'

export interface LoginOptions {
  /** Whether people must log in. Without it whoever reaches the server may do everything. */
  readonly asked: boolean
  /** The desk is reached over TLS: its cookies are kept from anything else. */
  readonly secure?: boolean
  /** A proxy of ours stands in front and says whose request it is. */
  readonly proxied?: boolean
  /** The login of the desk this one is a project of: people log in there, and are members here by the same name. Whoever is none is told that there is nothing. */
  readonly within?: Login
  /** Nobody is a member, whoever asks: what is answered of projects there are none of. */
  readonly closed?: boolean
  /** The clock the counts within a minute go by, in milliseconds. */
  readonly now?: () => number
}

/** The same words as of an address there is nothing at. */
const nothing = (): HttpProblem => new HttpProblem(404, 'Not found', '')

/** Wrong passwords of one account until it is shut, and for how long. */
export const MOST_WRONG = 10
const SHUT_MS = 15 * 60_000
/** Wrong passwords or keys from one address within a minute. */
const WRONG_A_MINUTE = 20
const CHANGES_A_MINUTE = 240
const REQUESTS_A_MINUTE = 3000
const IDLE_MS = 12 * 3_600_000
const LONGEST_MS = 7 * 86_400_000
const TOUCH_MS = 60_000
/** Name, dot, secret. */
const KEY = /^Bearer rk_([\w-]{12})\.([\w-]{43})$/u

/** Counts within a minute; those of a desk and its projects are the same, so that they tell nothing of which there are. */
interface Limits { readonly wrong: Limit; readonly changes: Limit; readonly requests: Limit }

export interface Login {
  readonly limits: Limits
  /** Who holds the session of this browser; null when nobody has logged in. */
  person(c: Context): Promise<Who | null>
  readonly gate: MiddlewareHandler
  /** Checks that the form of a change was given to this browser; after the body is known not to be too large. */
  readonly forms: MiddlewareHandler
  /** Begins a session; what was wrong instead: `wrong`, or `shut` for now. */
  logIn(c: Context, name: string, password: string): Promise<'in' | 'wrong' | 'shut'>
  logOut(c: Context): Promise<void>
  /** What forms on the page carry. */
  token(c: Context): string
}

export function createLogin(desk: Desk, { asked, secure = false, proxied = false, within, closed = false, now = () => performance.now() }: LoginOptions): Login {
  const { db } = desk
  const limits: Limits = within?.limits ?? { wrong: perMinute(WRONG_A_MINUTE, now), changes: perMinute(CHANGES_A_MINUTE, now), requests: perMinute(REQUESTS_A_MINUTE, now) }
  const { wrong, changes, requests } = limits
  /** Names nobody has are shut as those are that somebody has, so that trying tells nothing. */
  const strangers = perMinute(MOST_WRONG, now)
  // A cookie of that name cannot be set by another host or over plain HTTP.
  const [SESSION, FORM] = secure ? ['__Host-readout', '__Host-readout-form'] as const : ['readout', 'readout-form'] as const
  const cookie = { httpOnly: true, sameSite: 'Lax', path: '/', secure } as const

  const addressOf = (c: Context): string => {
    // Only what our own proxy wrote, which is the last.
    const told = proxied ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
    return told ?? getConnInfo(c).remote.address ?? ''
  }

  async function byKey(c: Context, given: string): Promise<Who | null> {
    const [, id = '', secret = ''] = KEY.exec(given) ?? []
    // What nobody is a member of asks too, so that an answer takes as long as elsewhere.
    const key = id === '' ? null : await findKey(db, id)
    if (closed || key === null || !sameText(digestOf(secret), key.secret)) {
      wrong.take(addressOf(c))
      return null
    }
    if (key.usedAt === null || Date.now() - Date.parse(key.usedAt) > TOUCH_MS) await touchKey(db, id)
    return { name: `key ${key.label}`, scopes: new Set(key.scopes.filter((scope): scope is Scope => (SCOPES as readonly string[]).includes(scope))), via: 'key', role: null }
  }

  /** Somebody who logged in at the desk around this one, as a member here. */
  async function memberOf({ name }: Who): Promise<Who | null> {
    const user = name === null ? null : await getUser(db, name)
    return closed || user === null || user.disabledAt !== null ? null : { name, scopes: new Set(SCOPES_OF[user.role]), via: 'login', role: user.role }
  }

  async function bySession(c: Context): Promise<Who | null> {
    const held = getCookie(c, SESSION)
    if (held === undefined || held === '') return null
    const id = digestOf(held)
    const found = await findSession(db, id, new Date(Date.now() - IDLE_MS))
    if (found === null) return null
    if (Date.now() - Date.parse(found.seenAt) > TOUCH_MS) await touchSession(db, id)
    return { name: found.name, scopes: new Set(SCOPES_OF[found.role]), via: 'login', role: found.role }
  }

  const gate: MiddlewareHandler = async (c, next) => {
    const { method, path } = c.req
    const isChange = method !== 'GET' && method !== 'HEAD'
    if (!asked) {
      if (closed) throw nothing()
      c.set('who', HERE)
      return next()
    }
    // Nobody, until it is known who: what goes wrong before is told as to a stranger.
    c.set('who', NOBODY)
    const bearer = c.req.header('authorization')
    const address = addressOf(c)
    if (bearer !== undefined && wrong.spent(address)) throw new HttpProblem(429, 'Too many attempts', 'Wait a minute.')
    const person = bearer === undefined ? await (within?.person(c) ?? bySession(c)) : null
    const who = bearer !== undefined ? await byKey(c, bearer) : within && person ? await memberOf(person) : person
    c.set('who', who ?? NOBODY)
    const key = who?.name ?? person?.name ?? address
    if (!requests.take(key) || (isChange && !changes.take(key))) throw new HttpProblem(429, 'Too many requests', 'Wait a minute.')
    const scope = scopeFor(method, path)
    if (within && person && who === null) throw nothing()
    if (scope === null && !within) return next()
    if (who === null) throw new HttpProblem(401, 'Not logged in', 'Log in, or give a key: Authorization: Bearer …')
    if (scope !== null && !who.scopes.has(scope)) throw new HttpProblem(403, 'Not allowed', `This needs the right to ${scope}.`)
    return next()
  }

  const tokenFor = (c: Context): string | null => {
    const session = whoOf(c).name === null ? undefined : getCookie(c, SESSION)
    const held = session ?? getCookie(c, FORM)
    return held === undefined || held === '' ? null : tokenOf(held)
  }

  const forms: MiddlewareHandler = async (c, next) => {
    const who = whoOf(c)
    const { method, path } = c.req
    if (method === 'GET' || method === 'HEAD' || who.via === 'key') return next()
    // Programs at this machine have no page to take a token from; browsers are known by what they say of themselves.
    if (!asked && /^\/(?:api\/|mcp$)/u.test(path)) return next()
    const wanted = tokenFor(c)
    const header = c.req.header('x-readout-token')
    const isForm = /^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/iu.test(c.req.header('content-type') ?? '')
    const given = header ?? (isForm ? (await c.req.formData().catch(() => null))?.get('token') : undefined)
    if (wanted === null || typeof given !== 'string' || !sameText(given, wanted)) throw new HttpProblem(403, 'This form is too old', 'Load the page again, and send it from there; cookies must be allowed.')
    return next()
  }

  return {
    gate, forms, limits, person: bySession,
    async logIn(c, name, password) {
      const address = addressOf(c)
      if (wrong.spent(address) || strangers.spent(name)) return 'shut'
      const user = await getUser(db, name)
      if (user?.lockedUntil && Date.parse(user.lockedUntil) > Date.now()) return 'shut'
      const right = await isPassword(password, user?.password ?? null)
      if (!right || user === null || user.disabledAt !== null) {
        wrong.take(address)
        if (user === null) strangers.take(name)
        await desk.record.store.transaction(async (tx) => {
          if (user !== null) await noteWrong(tx, name, MOST_WRONG, new Date(Date.now() + SHUT_MS))
          await noteDeed(tx, { who: name.slice(0, 100), via: 'login', act: 'login refused', subject: address })
        })
        return 'wrong'
      }
      const before = getCookie(c, SESSION)
      const held = newSecret()
      await desk.record.store.transaction(async (tx) => {
        await noteRight(tx, name)
        // What the browser held before is never taken over: nobody can put a session of theirs under another's login.
        if (before !== undefined) await dropSession(tx, digestOf(before))
        await addSession(tx, digestOf(held), user.name, new Date(Date.now() + LONGEST_MS))
        await noteDeed(tx, { who: user.name, via: 'login', act: 'login', subject: address })
      })
      setCookie(c, SESSION, held, { ...cookie, maxAge: LONGEST_MS / 1000 })
      deleteCookie(c, FORM, { path: '/', secure })
      return 'in'
    },
    async logOut(c) {
      const held = getCookie(c, SESSION)
      if (held !== undefined) await desk.record.store.transaction(async (tx) => {
        await dropSession(tx, digestOf(held))
        await noteOf(whoOf(c))(tx, { act: 'logout', subject: null })
      })
      deleteCookie(c, SESSION, { path: '/', secure })
    },
    token(c) {
      const known = tokenFor(c)
      if (known !== null) return known
      const fresh = (c.get('form-secret') as string | undefined) ?? newSecret()
      c.set('form-secret', fresh)
      setCookie(c, FORM, fresh, { ...cookie, sameSite: 'Strict' })
      return tokenOf(fresh)
    },
  }
}
