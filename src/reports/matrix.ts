/** Acts about acts: what is refused, promised, threatened, planned or called off, and of whom. */
import type { Ontology } from '../knowledge/ontology.ts'
import type { Actor, Status } from '../model/index.ts'
import { type DraftReport, type EventContext, fill, note, pickRow } from './draft.ts'
import { finish } from './finish.ts'
import type { Frame, FrameRole } from './frame.ts'
import { eachSide, journeyOf } from './journeys.ts'
import type { Predicate, Scan } from './scan.ts'
import { applyScheme } from './schemes.ts'
import { actorsOf, isGuessed, isMedium } from './sides.ts'
import { effectOf } from './orders.ts'
import { findStatus } from './status.ts'
import { goesOn, isPurpose } from './undone.ts'
import { isInDenial } from './upshot.ts'

const THREAT: Status = 'future'

/** Reads an act about an act, by what becomes of the act it is about. */
export function readMatrix(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, context: EventContext): DraftReport[] {
  const { ontology } = context
  const effect = effectOf(frame, frames, ontology)
  if (!effect) return []
  const governor = frame.governor
  if (governor?.kind === 'matrix') return note(context, scan, frame, null, `content of '${governor.concept}'`)
  if (context.roles.commaClauses && isInDenial(scan, frame.predicate, ontology)) return note(context, scan, frame, null, 'what is denied')
  const embedded = frame.content.map((predicate) => frames.get(predicate)).find((other) => other !== undefined && other.predicate.kind !== 'speech')
  const type = embedded ? typeOf(embedded, ontology, frames) : null
  const row = pickRow(ontology, effect, type)
  if (!row || row.keep) return note(context, scan, frame, null, row?.keep ? `its content '${embedded?.predicate.concept ?? ''}' is read by itself` : 'nothing follows from it')
  const rowType = row.type
  if (!rowType) return []
  const ruleId = `${effect}.${type ?? 'none'}`
  if (embedded && goesOn(scan, frame, embedded, ontology, context.roles)) return note(context, scan, frame, ruleId, 'what does not stop goes on')
  const found = findStatus(scan, frame, context.roles)
  // "promised that X will not attack": no threat.
  if (rowType === 'THREATEN' && effect !== 'threaten' && embedded && findStatus(scan, embedded, context.roles).status === 'negated') return note(context, scan, frame, ruleId, 'what is promised is not to do it')
  if (isPurpose(scan, frame)) return note(context, scan, frame, ruleId, 'an aim, not an act')
  const asks = ontology.concepts[frame.predicate.concept]?.asks !== undefined
  const named = asks ? saidBy(scan, frame, frames) : actorsOf(frame.roles.agent)
  // "The meeting of X and Y was cancelled": where nobody is said to have done it, it is told of both.
  const parties = embedded && named.length === 0 && ontology.ruleOf.get(embedded.predicate.concept)?.roles.startsWith('mutual') && (embedded.predicate.last <= frame.predicate.first || frame.predicate.passive) ? actorsOf([...(embedded.roles.agent ?? []), ...(embedded.roles.partner ?? []), ...(embedded.roles.patient ?? []), ...(embedded.roles.owner ?? []), ...(embedded.roles.of ?? [])]) : []
  // "X said that talks with Y would be held": X's.
  const both = parties.length === 1 && (embedded?.roles.partner ?? []).length > 0 ? [...saidBy(scan, frame, frames).filter(({ country }) => parties.every((other) => other.country !== country)), ...parties] : parties
  // "The visit of X to Y was put off": so is a journey, of whoever travels to whoever is visited.
  const journey = embedded && named.length === 0 && frame.predicate.passive ? journeyOf(embedded, ontology) : null
  const agent = both.length > 1 ? both : journey ? journey.actors : named.length === 0 && effect === 'stop' && frame.predicate.passive && embedded ? ownDoers(embedded) : named
  if (asks && agent.length === 0) return note(context, scan, frame, ruleId, 'nobody says it')
  const own = applyScheme('directed', { ...fill(frame), agent, place: [] }, (a, b) => a.id === b.id)
  // "refused any expulsion of X": whoever would suffer what is refused is refused nothing.
  const spared = effect === 'refuse' && embedded?.predicate.nominal && type !== null && ontology.types[type]?.quad === 'material-conflict' ? sufferers(embedded) : []
  const isSpared = (actor: Actor): boolean => spared.some((other) => other.span[0] === actor.span[0])
  // "asked of X to press Y": whoever stands with "from" before what is asked is asked.
  const asked = effect === 'request' ? actorsOf(frame.roles.source?.filter((mention) => mention.first >= frame.predicate.last && !(context.roles.commaClauses && frame.roles.patient?.some((other) => other.first >= frame.predicate.last && other.last <= mention.first)) && mention.last <= (frame.content[0]?.first ?? scan.tokens.length))) : []
  // Where the wording itself marks whoever must ("it is upon X to"), that one is asked.
  const bound = (frame.roles.target ?? []).filter((mention) => mention.first > frame.predicate.first && mention.last <= frame.predicate.last)
  const told = actorsOf(bound.length > 0 ? bound : frame.roles.agent)
  if (asks && (told.length === 0 || told.every(({ country }) => agent.some((actor) => actor.country === country)))) return note(context, scan, frame, ruleId, 'nobody else is asked')
  // "demanded that X withdraw its troops": whoever is to act is asked.
  const asking = effect === 'request' && embedded && !embedded.inherited && !embedded.predicate.nominal ? actorsOf(embedded.roles.agent).filter((actor) => actor.country !== null && !agent.some((other) => other.country === actor.country)) : []
  let recipients: readonly Actor[] = asks ? told : asking.length > 0 && asked.length === 0 ? asking : (asked.length > 0 ? asked : own.recipients).filter((actor) => !isSpared(actor))
  if (journey) recipients = journey.recipients
  if (recipients.length === 0 && embedded) recipients = otherSide(embedded, agent, frames).filter((actor) => !isGuessed(scan, actor) && !isSpared(actor))
  const mode = row['mode-from'] === 'embedded' ? (type ? (ontology.threatModes[type] ?? null) : null) : (row.mode ?? null)
  const mutual = rowType === 'AGREE' && embedded !== undefined && ontology.ruleOf.get(embedded.predicate.concept)?.roles.startsWith('mutual') === true
  // "the two ministers are to meet in X": where both sides are there, what else is named is where.
  const complete = mutual && new Set(agent.map((actor) => actor.country)).size > 1
  const sides = mutual && recipients.length > 0 ? { actors: [...agent, ...recipients], recipients: [], complete } : { actors: agent, recipients, complete, spared }
  // What is called off is no journey.
  const going = embedded && effect !== 'stop' ? (ontology.ruleOf.get(embedded.predicate.concept) ?? null) : null
  return eachSide(scan, sides, going, frame).flatMap((one) => finish(scan, frame, rowType, mode, row.cameo ?? null, ruleId, null, { ...sides, ...one }, row.status === 'future' && found.status === 'occurred' ? THREAT : found.status, found.marker, true, frames, context))
}

/* "the sanctions of X on Y were lifted": what is over was done, and is over, by whoever is told to have done it to another. */
function ownDoers({ roles }: Frame): Actor[] {
  return actorsOf(roles.agent ?? roles.owner ?? (roles.target ? roles.of : undefined))
}

/* Who says what a sentence tells: before it, or behind it and a comma. */
function saidBy(scan: Scan, { predicate, governor }: Frame, frames: ReadonlyMap<Predicate, Frame>): Actor[] {
  const before = governor?.kind === 'speech' ? frames.get(governor) : undefined
  const voice = before ?? [...frames.values()].find((other) => other.predicate.kind === 'speech' && !other.predicate.nominal && other.predicate.first >= predicate.last && [...scan.boundaries].some(([at, kind]) => at >= predicate.last && at < other.predicate.first && (kind === 'comma' || kind === 'quote')))
  return actorsOf(voice?.roles.agent).filter((actor) => !isMedium(actor))
}

/** Whom an act is done to, as far as its frame says. */
const sufferers = ({ roles }: Frame): Actor[] => actorsOf([...(roles.patient ?? []), ...(roles.target ?? []), ...(roles.beneficiary ?? []), ...(roles.source ?? []), ...(roles.place ?? []), ...(roles.topic ?? [])])

/** Whoever takes part in the embedded act besides the one who speaks of it, or whoever does what its object tells. */
function otherSide(embedded: Frame, agent: readonly Actor[], frames: ReadonlyMap<Predicate, Frame>): Actor[] {
  const order: readonly FrameRole[] = ['patient', 'target', 'addressee', 'beneficiary', 'partner', 'source', 'topic']
  const same = (actor: Actor): boolean => agent.some((other) => other.id === actor.id || (other.country !== null && other.country === actor.country))
  for (const role of order) {
    const found = actorsOf(embedded.roles[role]).filter((actor) => !same(actor))
    if (found.length > 0) return found
  }
  const own = actorsOf(embedded.roles.agent).filter((actor) => !same(actor))
  if (own.length > 0) return own
  for (const inner of embedded.content) {
    const frame = frames.get(inner)
    const found = frame ? actorsOf(frame.roles.agent).filter((actor) => !same(actor)) : []
    if (found.length > 0) return found
  }
  return []
}

function typeOf(frame: Frame, ontology: Ontology, frames: ReadonlyMap<Predicate, Frame>): string | null {
  if (frame.predicate.kind === 'act') return ontology.ruleOf.get(frame.predicate.concept)?.type ?? null
  const effect = effectOf(frame, frames, ontology)
  if (!effect) return null
  const inner = frame.content.map((predicate) => frames.get(predicate)).find((other) => other !== undefined)
  const row = pickRow(ontology, effect, inner && inner.predicate.kind === 'act' ? (ontology.ruleOf.get(inner.predicate.concept)?.type ?? null) : null)
  return row?.type ?? (row?.keep && inner ? (ontology.ruleOf.get(inner.predicate.concept)?.type ?? null) : null)
}
