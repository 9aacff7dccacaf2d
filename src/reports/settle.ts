/** Whose part a possessor takes in a noun of action: "Israel's attack" does it, "the killing of civilians" undergoes it. */
import type { EventRule, Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import { type Frame, withoutMentions, withoutRole } from './frame.ts'
import { isParted } from './parted.ts'
import { isTown, thanksFor } from './sides.ts'
import type { Predicate, Scan } from './scan.ts'

/** Schemes whose noun names with an of-phrase whoever it is done to; in the others the of-phrase names who does it. */
const DONE_TO = new Set(['directed', 'giving', 'lone'])
/* "the aid of X", "the proposal of X" is X's, "the extradition of X" is done to X. */
const isDoneTo = ({ roles, type }: EventRule): boolean => DONE_TO.has(roles) && type !== 'AID' && type !== 'AGREE'

/** Turns `owner` and `of` into agent or patient, by the rule of each frame's concept. */
export function settle(scan: Scan, frames: readonly Frame[], ontology: Ontology, roles: RoleSettings): Frame[] {
  const settled = withOwners(scan, frames.map((frame) => ofThanked(scan, frame, frames, ontology)), ontology, roles).map((frame, _, all) => withThanked(scan, frame, all, ontology))
  return mediated(scan, settled, ontology).map((frame) => {
    const sayer = sayerOf(scan, frame, settled, ontology)
    return sayer.length === 0 ? frame : { ...frame, inherited: true, roles: { ...frame.roles, agent: sayer } }
  })
}

/** Whoever a verb of thanks is said to. */
const thankedBy = (thanks: Frame | undefined): readonly ActorMention[] => [...(thanks?.roles.patient ?? []), ...(thanks?.roles.addressee ?? [])]

/* "thanked for the support of X": where nobody is told to be thanked, it is whoever the deed is of. */
function ofThanked(scan: Scan, frame: Frame, frames: readonly Frame[], ontology: Ontology): Frame {
  const { predicate, roles: { of = [], owner, agent } } = frame
  if (!predicate.nominal || predicate.kind !== 'act' || of.length === 0 || owner || agent) return frame
  const thanks = frames.find((other) => other.predicate === thanksFor(scan, predicate, ontology))
  return thanks && thankedBy(thanks).every((mention) => of.includes(mention)) ? { ...frame, roles: { ...withoutRole(frame.roles, 'of'), agent: of } } : frame
}

/* "thanked X for the doctors sent": a deed that somebody is thanked for is theirs, and not the one's who thanks. */
function withThanked(scan: Scan, frame: Frame, frames: readonly Frame[], ontology: Ontology): Frame {
  const { predicate, roles: { agent = [] } } = frame
  const thanks = frames.find((other) => other.predicate === thanksFor(scan, predicate, ontology))
  const doers = thankedBy(thanks).filter((mention) => mention.last <= predicate.first && mention.actors.every(({ country }) => country !== null))
  if (!thanks || predicate.kind !== 'act' || agent.length === 0 || doers.length === 0 || !agent.every((mention) => thanks.roles.agent?.includes(mention) === true)) return frame
  return { ...frame, inherited: true, roles: { ...withoutMentions(frame.roles, (mention) => doers.includes(mention)), agent: doers } }
}

/* "X and Y, mediated by Z, agreed": what a third party does for others is done to those who act in its clause, and it takes no part in what they do. */
function mediated(scan: Scan, frames: readonly Frame[], ontology: Ontology): readonly Frame[] {
  const third = frames.find(({ predicate: { nominal, concept }, roles: { agent = [] } }) => nominal && ontology.concepts[concept]?.['of-third'] === true && agent.length > 0)
  const doers = third?.roles.agent ?? []
  const acting = frames.find(({ predicate: { nominal, kind }, roles: { agent = [] } }) => !nominal && kind === 'act' && agent.length > 1 && !agent.some((mention) => doers.includes(mention)))
  if (!third || !acting || isParted(scan, Math.min(third.predicate.last, acting.predicate.last), Math.max(third.predicate.first, acting.predicate.first), 'comma')) return frames
  const parties = acting.roles.agent ?? []
  return frames.map((frame) => {
    if (frame === third) return (frame.roles.patient ?? frame.roles.target ?? []).length > 0 ? frame : { ...frame, inherited: true, roles: { ...frame.roles, patient: parties } }
    return { ...frame, roles: withoutMentions(frame.roles, (mention) => doers.includes(mention)) }
  })
}

/** Types of which it is told as well by whoever suffers or sees them. */
const TOLD_BY_ANYBODY = new Set(['ASSAULT', 'PROTEST'])

/* "announced the expulsion of two diplomats": an act named by a noun nobody owns is done by whoever announces it. */
function sayerOf(scan: Scan, { predicate, governor, roles }: Frame, frames: readonly Frame[], ontology: Ontology): readonly ActorMention[] {
  const rule = predicate.kind === 'act' ? ontology.ruleOf.get(predicate.concept) : undefined
  if (!predicate.nominal || !rule || TOLD_BY_ANYBODY.has(rule.type) || governor === null || governor.nominal || ontology.concepts[governor.concept]?.performs !== true || (roles.agent ?? []).length > 0) return []
  if (isParted(scan, governor.last, predicate.first)) return []
  if (scan.predicates.some((other) => other !== governor && other !== predicate && other.first >= governor.last && other.last <= predicate.first)) return []
  const taking = Object.values(roles).flat()
  return (frames.find((frame) => frame.predicate === governor)?.roles.agent ?? []).filter((mention) => !mention.medium && !taking.includes(mention))
}

function withOwners(scan: Scan, given: readonly Frame[], ontology: Ontology, roles: RoleSettings): Frame[] {
  const frames = given.map((frame) => withDoerAbove(frame, given, ontology))
  return frames.map((frame) => {
    if (roles.hiddenPassive && suffered(scan, frame, ontology)) return { ...frame, roles: { ...withoutRole(frame.roles, 'agent'), patient: frame.roles.agent ?? [] } }
    if (comesFrom(frame, ontology)) return { ...frame, inherited: false, roles: { ...withoutRole(withoutRole(frame.roles, 'source'), 'of'), agent: frame.roles.source ?? [], patient: [...(frame.roles.patient ?? []), ...(frame.roles.of ?? [])] } }
    const { owner = [], of = [], ...rest } = frame.roles
    if (owner.length === 0 && of.length === 0) return frame
    const rule = frame.predicate.kind === 'act' ? ontology.ruleOf.get(frame.predicate.concept) : undefined
    const agent: ActorMention[] = [...(rest.agent ?? [])]
    const patient: ActorMention[] = [...(rest.patient ?? [])]
    // "the attack of [that is, in] <a town>": where verbs come first, a town without a target beside it is where it was.
    if (rule?.undergoer || (roles.order === 'vso' && rule?.type === 'ASSAULT' && (rest.target ?? []).length === 0 && owner.length > 0 && owner.every(isTown))) patient.push(...owner)
    else if (agent.length === 0) agent.push(...owner)
    else patient.push(...owner)
    // "the attack of X on Y": where it is said against whom, the of-phrase names the doer.
    if (rule && !rule.undergoer && agent.length === 0 && (rest.target ?? []).length > 0) agent.push(...of)
    else if (rule && (rule.undergoer || isDoneTo(rule)) && !(agent.length === 0 && owner.length === 0 && rule.roles === 'lone')) patient.push(...of)
    else if (agent.length === 0) agent.push(...of)
    else patient.push(...of)
    return { ...frame, roles: { ...rest, ...(agent.length > 0 ? { agent } : {}), ...(patient.length > 0 ? { patient } : {}) } }
  })
}

/** What is said to be done by whoever does it, of the acts about acts. */
const OWN: ReadonlySet<string> = new Set(['transparent', 'plan', 'promise', 'threaten', 'attempt', 'stop', 'conclude', 'deny'])

/* "X carried out the seizure of Y", "X announced the expulsion of Y": the noun is the object of a verb whose subject does it; whoever is named behind it undergoes it, unless that is said of somebody else. */
function withDoerAbove(frame: Frame, frames: readonly Frame[], ontology: Ontology): Frame {
  const { predicate, roles, governor } = frame
  const { owner = [], agent = [] } = roles
  const rule = predicate.kind === 'act' ? ontology.ruleOf.get(predicate.concept) : undefined
  const above = governor && !governor.nominal ? ontology.concepts[governor.concept] : undefined
  if (!governor || !above || !rule || !predicate.nominal || predicate.possessed || (rule.roles !== 'directed' && rule.roles !== 'giving')) return frame
  const told = above.performs === true
  if (!(told ? !rule.undergoer || rule.type !== 'ASSAULT' : OWN.has(above.effect ?? ''))) return frame
  const doers = (frames.find((other) => other.predicate === governor)?.roles.agent ?? []).filter((mention) => mention.last <= predicate.first && mention.first >= governor.first)
  const others = [...(roles.patient ?? []), ...(roles.target ?? []), ...(roles.beneficiary ?? []), ...(roles.addressee ?? [])]
  if (doers.length === 0 || agent.length > 0 && !agent.every((mention) => doers.includes(mention)) || owner.some((mention) => mention.first < predicate.first) || (owner.length > 0 && others.length > 0) || owner.length + others.length + (roles.of ?? []).length === 0) return frame
  if ((owner.length > 0 ? owner : others).every((mention) => mention.actors.every(({ country }) => country === null || doers.some((doer) => doer.actors.some((other) => other.country === country))))) return frame
  return { ...frame, inherited: true, roles: { ...withoutRole(roles, 'owner'), agent: doers, ...(owner.length > 0 ? { patient: owner } : {}) } }
}

/** Types whose noun says with "from" who does it. */
const SENT = new Set(['ACCUSE', 'SUPPORT', 'AID', 'REQUEST', 'REJECT', 'THREATEN', 'ASSAULT'])

/* "threats from X", "criticism from X of Y": the noun's source does it, when nobody owns the noun. */
function comesFrom({ predicate, roles }: Frame, ontology: Ontology): boolean {
  if (!predicate.nominal || (roles.source ?? []).length === 0 || (roles.owner ?? []).length > 0 || predicate.kind === 'speech') return false
  const rule = ontology.ruleOf.get(predicate.concept)
  return rule === undefined ? predicate.kind === 'matrix' : SENT.has(rule.type) && !rule.undergoer
}

/* "killed two soldiers" without a doer, where the passive looks like the active. */
function suffered(scan: Scan, frame: Frame, ontology: Ontology): boolean {
  const { predicate, roles, inherited } = frame
  if (predicate.nominal || predicate.kind !== 'act' || inherited || !ontology.ruleOf.get(predicate.concept)?.undergoer) return false
  return (roles.agent ?? []).length > 0 && (roles.patient ?? []).length === 0 && (roles.agent ?? []).every((mention) => (mention.first >= predicate.last || (mention.first > predicate.head && predicate.words.includes(mention.first)) || (!predicate.tailed && predicate.first - mention.last <= 1 && endsBehind(scan, predicate))) && !isBody(mention))
}

/* "three of them were killed, …": with nothing behind the verb that could be its object. */
const endsBehind = (scan: Scan, { last }: Predicate): boolean => scan.tokens[last] === undefined || scan.tokens[last]?.kind === 'punct' || scan.tokens[last]?.tag === 'ADP' || scan.markers.some((marker) => marker.start === last && marker.value.kind === 'role')

/* A state, a group: nobody that could be killed or taken. */
const isBody = (mention: ActorMention): boolean => mention.use === 'full' && mention.actors.every((actor) => /^(?:state|group|organisation):/u.test(actor.id))
