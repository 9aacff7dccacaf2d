/** Who does what a passive tells without a doer: those whom it is done from, at whose place, or whose own forces it is done with. */
import type { EventRule, Ontology } from '../knowledge/ontology.ts'
import type { ActorMention } from '../model/index.ts'
import { isState } from './finder.ts'
import { type Frame, withoutRole } from './frame.ts'
import { isParted } from './parted.ts'
import type { Predicate, Scan } from './scan.ts'
import { actorsOf } from './sides.ts'

/** "X says a strike by Y wounds 14": where the verb has only the speaker for a subject, the noun of force before it wounds. */
export function forceAhead(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, rule: EventRule, ontology: Ontology): Frame {
  const { predicate, governor, inherited, roles } = frame
  if (!inherited || rule.undergoer !== true || predicate.passive || governor?.kind !== 'speech') return frame
  const force = scan.predicates.findLast((other) => other.nominal && other.first >= governor.last && other.last <= predicate.first && ontology.ruleOf.get(other.concept)?.type === 'ASSAULT')
  if (force && isParted(scan, force.last, predicate.first)) return frame
  return force ? { ...frame, roles: { ...withoutRole(roles, 'agent'), agent: frames.get(force)?.roles.agent ?? [] } } : frame
}

/** Marks of the place an envoy is sent to. */
const SEATED = /^(?:place|addressee)$/u

const isOfficer = ({ actors }: ActorMention): boolean => actors.every(({ office }) => office !== null)

/* "two diplomats in X were declared unwelcome", "the envoy of X in Y was handed a note": the state whose capital envoys sit in, right behind them and before the verb. */
const seatsOf = (scan: Scan, { predicate }: Frame, envoys: readonly ActorMention[]): readonly ActorMention[] => scan.actors.filter((mention) => ((mention.capital && mention.use === 'full') || (isState(mention) && envoys.every(isOfficer))) && mention.first >= (envoys.at(-1)?.last ?? 0) && mention.last <= predicate.first && scan.markers.some(({ value, start, end }) => SEATED.test(value.role ?? '') && end === mention.first && start === envoys.at(-1)?.last))

/** "expelled from X", "summoned to the ministry of X": X does it. */
export function passiveSource(scan: Scan, frame: Frame, rule: EventRule): Frame {
  const { agent = [], source = [], patient = [], ...rest } = frame.roles
  // "X's army was put on alert": a state's own forces are made ready.
  const forces = rule.roles === 'lone' && frame.predicate.passive && agent.length === 0 ? patient.filter(({ actors }) => actors.every(({ sector, country }) => sector === 'MIL' && country !== null)) : []
  if (forces.length > 0) return { ...frame, roles: { ...rest, source, patient: patient.filter((mention) => !forces.includes(mention)), agent: forces } }
  const kind = rule['passive-agent']
  // "was called in the envoy of X": where the passive is written like the active, whoever the wording itself names undergoes it.
  if (kind === 'place' && patient.length === 0 && agent.length > 0 && agent.every((mention) => mention.first > frame.predicate.head && frame.predicate.words.includes(mention.first))) return passiveSource(scan, { ...frame, roles: { ...rest, source, patient: agent } }, rule)
  if (kind === undefined || agent.length > 0 || patient.length === 0) return frame
  if (kind === 'source') {
    // "deported from X", where one word says "of" and "from": right behind the verb.
    const inside = scan.actors.filter((mention) => !patient.includes(mention) && mention.first > frame.predicate.head && frame.predicate.words.some((word) => word >= mention.first && word < mention.last))
    const seat = frame.predicate.passive ? seatsOf(scan, frame, patient) : []
    const from = source.length > 0 ? source : inside.length > 0 ? inside : seat.length > 0 ? seat : patient.filter((mention) => patient.length > 1 && scan.markers.some(({ value, start, end }) => value.role === 'of' && start === frame.predicate.last && mention.first - end <= 1 && mention.first >= end))
    return from.length > 0 ? { ...frame, roles: { ...rest, patient: patient.filter((mention) => !from.includes(mention)), agent: from } } : frame
  }
  // The envoy stands before the verb; the ministry may be in the wording itself.
  const called = patient.filter((mention) => mention.first < frame.predicate.head || frame.predicate.words.includes(mention.first))
  const states = new Set(actorsOf(called).map(({ country }) => country))
  if (called.length === 0) return frame
  const isHost = (mention: ActorMention): boolean => mention.actors.length > 0 && mention.actors.every(({ country }) => country !== null && !states.has(country))
  const hosts = [...patient.filter((mention) => !called.includes(mention)), ...(rest.addressee ?? []), ...(rest.place ?? []), ...(rest.target ?? []), ...scan.actors.filter((mention) => frame.predicate.words.some((word) => word >= mention.first && word < mention.last))]
  const host = [...hosts, ...seatsOf(scan, frame, called)].find((mention) => mention.first > (called[0]?.first ?? 0) && isHost(mention))
  return host ? { ...frame, roles: { ...rest, patient: called, source, agent: [host] } } : frame
}

/** "the sanctions of X met with Y's protest": the mark of a passive behind a noun tells who does what its verb says. */
export function isOfPassive({ markers }: Scan, from: number, { first }: ActorMention): boolean {
  return markers.some(({ value, start, end }) => value.kind === 'passive' && start >= from && end <= first && markers.some((mark) => mark.value.role === 'agent' && mark.start === start && mark.end <= first))
}
