/** The log of changes made over the network: each that succeeded, by whom. */
import { userInfo } from 'node:os'
import type { Context, MiddlewareHandler } from 'hono'
import { type Deed, noteDeed } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { whoOf } from './who.ts'

export interface Told extends Pick<Deed, 'act' | 'subject' | 'detail'> {
  /** Who it was, where nobody logs in but the form says it. */
  readonly by?: string
}

/** Says what a change was, for the log; told by whoever made it. */
export const setDeed = (c: Context, told: Told): void => c.set('deed', told)

/** Coming and going is noted where it happens; asking tools changes nothing, unless one says so. */
const QUIET = new Set(['/login', '/mcp'])

/** The name of whoever sits at the machine. */
export const nameHere = (): string => {
  try {
    return userInfo().username
  } catch {
    return 'unknown'
  }
}

/** Notes every change that succeeded. */
export function noteDeeds(desk: Desk): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const { method, path } = c.req
    if (method === 'GET' || method === 'HEAD' || c.res.status >= 400) return
    const told = c.get('deed') as Told | undefined
    if (told === undefined && QUIET.has(path)) return
    const who = whoOf(c)
    const { by, act, subject, detail } = told ?? { by: undefined, act: `${method.toLowerCase()} ${path}`, subject: null, detail: null }
    await noteDeed(desk.db, { who: who.name ?? (by?.trim() || nameHere()), via: who.via, act, subject: subject ?? null, detail: detail ?? null })
  }
}
