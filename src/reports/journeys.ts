/** Several of one kind told in one breath: a journey to several states is a visit to each. */
import type { EventRule } from '../knowledge/ontology.ts'
import type { Actor } from '../model/index.ts'
import type { Frame } from './frame.ts'
import type { Sides } from './schemes.ts'

/* Someone who travels, and where to: a state or a place named for itself. */
const isTraveller = ({ id }: Actor): boolean => /^(?:person|name|office):/u.test(id)
const isDestination = ({ id, country }: Actor): boolean => country !== null && /^(?:state|place):/u.test(id)

/** The sides of each visit a wording tells of; the sides as they are where it tells of one. */
export function eachSide(sides: Sides<Actor>, rule: EventRule | null, frame: Frame): readonly Sides<Actor>[] {
  if (rule?.roles === 'visit') {
    const stops = byState(sides.recipients)
    return stops.length > 1 && sides.actors.length > 0 && sides.recipients.every(isDestination) ? stops.map((recipients) => ({ actors: sides.actors, recipients })) : [sides]
  }
  // "will travel to X and Y": X and Y do not meet each other. Those marked as partners may.
  if (rule?.roles !== 'mutual' || rule.ahead !== true || sides.recipients.length > 0 || frame.predicate.nominal) return [sides]
  const travellers = sides.actors.filter(isTraveller)
  const rest = sides.actors.filter((actor) => !travellers.includes(actor))
  const own = new Set(travellers.map(({ country }) => country))
  const stops = byState(rest.filter(({ country }) => !own.has(country)))
  const partners = new Set((frame.roles.partner ?? []).map(({ span }) => span[0]))
  if (travellers.length === 0 || own.size !== 1 || stops.length === 0 || !rest.every((actor) => isDestination(actor) && !partners.has(actor.span[0]))) return [sides]
  return stops.map((hosts) => ({ actors: [...travellers, ...hosts], recipients: [] }))
}

function byState(actors: readonly Actor[]): Actor[][] {
  const out = new Map<string | null, Actor[]>()
  for (const actor of actors) out.set(actor.country, [...(out.get(actor.country) ?? []), actor])
  return [...out.values()]
}
