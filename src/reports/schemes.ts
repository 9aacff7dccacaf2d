/** Role schemes of rules: from the roles of a frame to PLOVER's actors and recipients. */
import type { Scheme } from '../knowledge/ontology.ts'
import type { FrameRole } from './frame.ts'

export type Filled<T> = Partial<Record<FrameRole, readonly T[]>>
export interface Sides<T> { readonly actors: readonly T[]; readonly recipients: readonly T[] }

/** Order in which roles are looked at for a recipient, by scheme. */
const RECIPIENT_ORDER: Readonly<Record<Scheme, readonly FrameRole[]>> = {
  mutual: [],
  'mutual-with': [],
  'mutual-directed': ['partner', 'patient', 'target', 'addressee', 'source', 'beneficiary', 'topic', 'place'],
  visit: ['patient', 'addressee', 'place', 'target', 'partner', 'topic'],
  host: [],
  directed: ['patient', 'target', 'addressee', 'beneficiary', 'partner', 'source', 'topic', 'place'],
  giving: ['beneficiary', 'addressee', 'patient', 'target', 'partner', 'source', 'topic', 'place'],
  leaving: ['source', 'patient', 'target', 'place', 'topic'],
  lone: ['target', 'addressee', 'source'],
}

/**
 * Applies a scheme to the filled roles of a frame; whoever is on both sides stays only an actor.
 * Returns empty lists where nobody fits.
 */
export function applyScheme<T>(scheme: Scheme, roles: Filled<T>, same: (a: T, b: T) => boolean): Sides<T> {
  const agent = roles.agent ?? []
  const without = (list: readonly T[], others: readonly T[]): T[] => list.filter((item) => !others.some((other) => same(item, other)))
  if (scheme === 'mutual' || scheme === 'mutual-with') {
    const others = [...(roles.partner ?? []), ...(scheme === 'mutual' ? (roles.patient ?? []) : []), ...(agent.length > 0 || roles.partner ? (roles.addressee ?? []) : [])]
    return { actors: distinct([...agent, ...others], same), recipients: [] }
  }
  if (scheme === 'host') {
    const guests = roles.patient ?? roles.partner ?? roles.source ?? []
    return { actors: guests, recipients: without(agent, guests) }
  }
  for (const role of RECIPIENT_ORDER[scheme]) {
    const recipients = without(roles[role] ?? [], agent)
    if (recipients.length > 0) {
      // A visit told without a visitor, of two to each other: both are actors.
      if (scheme === 'visit' && agent.length === 0 && recipients.length > 1) return { actors: recipients, recipients: [] }
      return { actors: agent, recipients }
    }
  }
  return { actors: agent, recipients: [] }
}

function distinct<T>(list: readonly T[], same: (a: T, b: T) => boolean): T[] {
  return list.filter((item, index) => !list.slice(0, index).some((other) => same(item, other)))
}
