/** Who asks, and what that one may do. */
import type { Context } from 'hono'

export const SCOPES = ['read', 'review', 'ingest', 'admin'] as const
export type Scope = (typeof SCOPES)[number]

export interface Who {
  /** Null for whoever sits at this machine, where nobody is asked to log in: then what is done says who does it. */
  readonly name: string | null
  readonly scopes: ReadonlySet<Scope>
}

/** Whoever sits at the machine. */
export const HERE: Who = { name: null, scopes: new Set(SCOPES) }

/** Who asks this request. */
export const whoOf = (c: Context): Who => (c.get('who') as Who | undefined) ?? HERE
