/** What an act about an act makes of it, where that hangs on whom it is told to. */
import type { Effect, Ontology } from '../knowledge/ontology.ts'
import type { Frame } from './frame.ts'
import type { Predicate } from './scan.ts'
import { actorsOf } from './sides.ts'

/** Bodies of a state that do what they are told. */
const SERVANTS = new Set(['GOV', 'MIL', 'COP', 'SPY', 'PRM'])

/** The effect of an act about acts; of orders to the giver's own servants another one ("the president ordered the army to move" tells that it moves). */
export function effectOf(frame: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): Effect | undefined {
  const concept = ontology.concepts[frame.predicate.concept]
  return concept?.within !== undefined && isWithin(frame, frames) ? concept.within : concept?.effect
}

/** What is done on such an order is told of whoever gave it. */
export function onOrder(frame: Frame, order: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): Frame {
  if (ontology.concepts[order.predicate.concept]?.within === undefined || !isWithin(order, frames)) return frame
  return { ...frame, inherited: true, roles: { ...frame.roles, agent: order.roles.agent ?? [] } }
}

function isWithin({ predicate, roles, content }: Frame, frames: ReadonlyMap<Predicate, Frame>): boolean {
  const givers = new Set(actorsOf(roles.agent).map(({ country }) => country))
  const next = content[0] ? frames.get(content[0]) : undefined
  // Between the order and what is ordered stands whoever is to do it.
  const told = actorsOf([...(roles.patient ?? []), ...(roles.addressee ?? []), ...(next && !next.inherited ? (next.roles.agent ?? []) : [])].filter((mention) => mention.first >= predicate.last && (!next || mention.last <= next.predicate.first)))
  // "the president ordered the recall of the ambassador": where nobody is told to, it is done by whoever governs.
  const governs = told.length === 0 && next?.inherited === true && next.predicate.kind === 'act' && next.roles.agent?.every((mention) => roles.agent?.includes(mention)) === true && actorsOf(roles.agent).every(({ sector, country }) => sector === 'GOV' && /^[A-Z]{3}$/u.test(country ?? ''))
  if (governs) return !givers.has(null)
  return !givers.has(null) && told.length > 0 && told.every(({ country, sector }) => givers.has(country) && SERVANTS.has(sector ?? ''))
}
