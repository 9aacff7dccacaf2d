/** Who asks, and what that one may do. */
import type { Context } from 'hono'
import type { Deed, Role } from '../store/index.ts'

export const SCOPES = ['read', 'review', 'ingest', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

export interface Who {
  /** Null for whoever sits at this machine, where nobody is asked to log in: then what is done says who does it. */
  readonly name: string | null
  readonly scopes: ReadonlySet<Scope>
  readonly via: Deed['via']
  readonly role: Role | null
}

/** What each role may do. */
export const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = { reader: ['read'], reviewer: ['read', 'review', 'ingest'], admin: SCOPES }

/** Whoever sits at the machine. */
export const HERE: Who = { name: null, scopes: new Set(SCOPES), via: 'here', role: null }
/** Somebody who has not logged in. */
export const NOBODY: Who = { name: null, scopes: new Set(), via: 'login', role: null }

/** Who asks this request. */
export const whoOf = (c: Context): Who => (c.get('who') as Who | undefined) ?? HERE

/** Under what path the desk is reached: none, or that of a project (`/projects/NAME`). Set by whoever hands requests on. */
export const baseOf = (c: Context): string => (c.env as { readonly base?: string } | undefined)?.base ?? ''

/** What a change needs, by its path; what is not listed only an admin may do. The first that fits counts. */
const NEEDS: readonly (readonly [RegExp, Scope | null])[] = [
  [/^\/login$/u, null], [/^\/(?:logout|account)$/u, 'read'], [/^\/mcp$/u, 'read'], [/^\/(?:review|alerts|api\/(?:judgements|alerts|searches)(?:\/.*)?)$/u, 'review'], [/^\/(?:add|add\/feeds|api\/articles)$/u, 'ingest'],
]

/** Pages and answers only an admin sees. */
const ADMIN_ONLY = /^\/(?:people|audit|api\/audit)$/u
/** What everybody is shown. */
const OPEN = new Set(['/health', '/ready', '/login', '/desk.css', '/desk.js', '/icon.svg'])

/** What a request needs; null when anybody may make it. */
export function scopeFor(method: string, path: string): Scope | null {
  if (method === 'GET' || method === 'HEAD') return OPEN.has(path) ? null : ADMIN_ONLY.test(path) ? 'admin' : 'read'
  const found = NEEDS.find(([pattern]) => pattern.test(path))
  return found ? found[1] : 'admin'
}
