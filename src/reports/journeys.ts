/** Several of one kind told in one breath: a journey to several states is a visit to each, and what two do to each other is done twice. */
import type { EventRule, Ontology } from '../knowledge/ontology.ts'
import type { Actor } from '../model/index.ts'
import type { Frame } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { applyScheme, type Sides } from './schemes.ts'
import { fill } from './draft.ts'
import { actorsOf } from './sides.ts'

/* Someone who travels, and where to: a state or a place named for itself. */
const isTraveller = ({ id }: Actor): boolean => /^(?:person|name|office):/u.test(id)
const isDestination = ({ id, country }: Actor): boolean => country !== null && /^(?:state|place):/u.test(id)

/** The sides of each visit a wording tells of; the sides as they are where it tells of one. */
export function eachSide(scan: Scan, sides: Sides<Actor>, rule: EventRule | null, frame: Frame): readonly Sides<Actor>[] {
  const both = rule === null || rule.roles === 'directed' ? eachOther(scan, sides, frame) : null
  if (both) return both
  if (rule?.roles === 'visit') {
    if (!frame.predicate.nominal && (frame.roles.agent ?? []).length === 0 && sides.actors.length > 1) return []
    const stops = byState(sides.recipients)
    return stops.length > 1 && sides.actors.length > 0 && sides.recipients.every(isDestination) ? stops.map((recipients) => ({ actors: sides.actors, recipients })) : [sides]
  }
  // "will travel to X and Y": X and Y do not meet each other. Those marked as partners may.
  if (rule?.roles !== 'mutual' || rule.ahead !== true || sides.recipients.length > 0 || frame.predicate.nominal) return [sides]
  const travellers = sides.actors.filter(isTraveller)
  const rest = sides.actors.filter((actor) => !travellers.includes(actor))
  // "the choir will visit X and Y": nobody of a state travels.
  const subject = actorsOf(frame.roles.agent).filter(({ country }) => country !== null)
  if (subject.length === 0 && rest.every((actor) => isDestination(actor) || actor.country === null)) return []
  const own = new Set(travellers.map(({ country }) => country))
  const stops = byState(rest.filter(({ country }) => !own.has(country)))
  const partners = new Set((frame.roles.partner ?? []).map(({ span }) => span[0]))
  if (travellers.length === 0 || own.size !== 1 || stops.length === 0 || !rest.every((actor) => isDestination(actor) && !partners.has(actor.span[0]))) return [sides]
  return stops.map((hosts) => ({ actors: [...travellers, ...hosts], recipients: [] }))
}

/** How far from its verb such a word may stand. */
const NEAR = 4

/** The word near a predicate that says that two do it to each other. */
export function reciprocalOf(scan: Scan, { first, last }: Predicate): number | null {
  // Behind another verb it is that one's.
  const taken = (at: number): boolean => at < first && scan.predicates.some((other) => !other.nominal && other.kind !== 'speech' && other.last <= at && at - other.last <= NEAR && !Array.from({ length: at - other.last }, (_, i) => scan.boundaries.get(other.last + i)).includes('comma'))
  return scan.markers.find((marker) => marker.value.kind === 'reciprocal' && marker.end >= first - NEAR && marker.start <= last + NEAR && !taken(marker.start))?.end ?? null
}

/* "X and Y accused each other": X accused Y, and Y accused X. */
function eachOther(scan: Scan, { actors, recipients }: Sides<Actor>, { predicate }: Frame): readonly Sides<Actor>[] | null {
  const each = reciprocalOf(scan, predicate)
  if (each === null) return null
  // "The parties N and M blame each other": a subject of a name nobody knows is not those who were named before.
  if (actors.length === 0 && hasUnknownName(scan, predicate)) return []
  // Whoever is named behind such a word takes part in something else ("accused each other of arming X").
  const behind = scan.tokens[each - 1]?.end ?? 0
  if (actors.length > 0 && recipients.some(({ span }) => span[0] < behind && !actors.some((actor) => actor.country === null || scan.actors.some((mention) => mention.span[0] === span[0] && mention.actors.some(({ country }) => country === actor.country))))) return null
  const [one, other, ...more] = actors.length > 0 ? actors : recipients
  if (!one || !other || more.length > 0) return null
  return [{ actors: [one], recipients: [other] }, { actors: [other], recipients: [one] }]
}

/* Whether the tree gives a verb a subject with a proper name that is no known actor's. */
function hasUnknownName({ tokens, actorAt }: Scan, { words }: Predicate): boolean {
  const isName = (i: number): boolean => tokens[i]?.tag === 'PROPN' && !actorAt.has(i)
  return tokens.some(({ relation, head }, i) => relation === 'nsubj' && head !== undefined && words.includes(head) && !actorAt.has(i) && (isName(i) || tokens.some((token, at) => token.head === i && isName(at))))
}

function byState(actors: readonly Actor[]): Actor[][] {
  const out = new Map<string | null, Actor[]>()
  for (const actor of actors) out.set(actor.country, [...(out.get(actor.country) ?? []), actor])
  return [...out.values()]
}

/** Who visits whom by an act told of in other words, where both are named. */
export function journeyOf(embedded: Frame, ontology: Ontology): Sides<Actor> | null {
  const sides = ontology.ruleOf.get(embedded.predicate.concept)?.roles === 'visit' ? applyScheme('visit', fill(embedded), (a, b) => a.id === b.id) : null
  return sides && sides.actors.length > 0 && sides.recipients.length > 0 ? sides : null
}
