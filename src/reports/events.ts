/** From frames to reports of one sentence: the rules of the ontology over concepts, roles and status. */
import type { EventRule, MatrixRow, Ontology } from '../knowledge/ontology.ts'
import type { ActorMention, Status } from '../model/index.ts'
import { type DraftReport, type EventContext, fill, note, pickRow } from './draft.ts'
import { finish } from './finish.ts'
import type { Frame } from './frame.ts'
import { eachSide } from './journeys.ts'
import { readMatrix } from './matrix.ts'
import { effectOf, onOrder } from './orders.ts'
import { forceAhead, passiveSource } from './passives.ts'
import { actMeant, isPerson } from './recast.ts'
import type { Predicate, Scan } from './scan.ts'
import { applyScheme } from './schemes.ts'
import { actorsOf, denialAbove, doneFor, forceBeside, isGuessed, isOwnSubject, mutualRule, together, withDoerBefore, withSubject } from './sides.ts'
import { spanOf } from './spans.ts'
import { findStatus } from './status.ts'
import { GOES_ON, goesOn, isAim, isPurpose, whyUndone } from './undone.ts'

/** Applies the rules to all frames of a sentence. */
export function readEvents(scan: Scan, frames: readonly Frame[], context: EventContext): DraftReport[] {
  const byPredicate = new Map(frames.map((frame) => [frame.predicate, frame]))
  const out: DraftReport[] = []
  for (const mask of scan.masks) context.trace?.({ sentence: scan.index, span: spanOf(scan, mask.words), concept: mask.value, rule: null, outcome: 'a set phrase that only looks like an act' })
  for (const frame of frames) {
    if (frame.predicate.kind === 'matrix') out.push(...readMatrix(scan, frame, byPredicate, context))
    else if (frame.predicate.kind === 'act') out.push(...readAct(scan, frame, byPredicate, context))
  }
  const told = out.map((draft) => withParties(draft, out, context.ontology))
  return told.filter((draft) => !isNamedTwice(draft, told, context.ontology))
}

/* "ratified an agreement with X": the parties of what one signs, as its noun names them. */
function withParties(draft: DraftReport, all: readonly DraftReport[], ontology: Ontology): DraftReport {
  const object = draft.predicate.nominal || draft.actors.length !== 1 || draft.recipients.length > 0 ? undefined : ontology.ruleOf.get(draft.predicate.concept)?.object
  const named = object && all.find(({ type, predicate, actors }) => type === object && predicate.nominal && predicate.first >= draft.predicate.last && actors.length > 1 && actors.some(({ country }) => country !== null && country === draft.actors[0]?.country))
  const own = named ? named.actors.filter(({ country }) => country !== draft.actors[0]?.country) : []
  return named ? { ...draft, actors: [...draft.actors, ...own], evidence: [...draft.evidence, ...named.evidence.filter(({ field, span }) => field === 'actor' && own.some((actor) => actor.span[0] === span[0]))] } : draft
}

/* "signed, after two years of talks, an agreement": what is signed is named by a noun, and is no second agreement of the same parties. */
function isNamedTwice(draft: DraftReport, all: readonly DraftReport[], ontology: Ontology): boolean {
  if (!draft.predicate.nominal) return false
  const parties = (one: DraftReport): string => [...one.actors, ...one.recipients].map(({ id, country }) => country ?? id).sort().join(' ')
  return all.some((other) => other !== draft && !other.predicate.nominal && ontology.ruleOf.get(other.predicate.concept)?.object === draft.type && parties(other) === parties(draft))
}

function readAct(scan: Scan, given: Frame, frames: ReadonlyMap<Predicate, Frame>, context: EventContext): DraftReport[] {
  const governing = given.governor?.kind === 'matrix' ? frames.get(given.governor) : undefined
  const frame = governing ? onOrder(given, governing, frames, context.ontology) : given
  const rule = context.ontology.ruleOf.get(actMeant(scan, frame, frames, context.ontology))
  if (!rule) return note(context, scan, frame, null, 'no rule for this concept')
  const governor = frame.governor
  let forced: { row: MatrixRow; governor: Frame } | null = null
  if (governor?.kind === 'matrix') {
    const effect = governing && effectOf(governing, frames, context.ontology)
    const row = governing && goesOn(scan, governing, frame, context.ontology, context.roles) ? GOES_ON : effect ? pickRow(context.ontology, effect, rule.type) : null
    if (!row?.keep || !governing) return note(context, scan, frame, rule.id, `content of '${governor.concept}'`)
    forced = { row, governor: governing }
    // "agreed to begin talks": what governs the one that lets the act stand may not.
    const outer = governing.governor
    const above = outer?.kind === 'matrix' ? frames.get(outer) : undefined
    const outerEffect = above && effectOf(above, frames, context.ontology)
    const outerRow = outerEffect ? pickRow(context.ontology, outerEffect, rule.type) : null
    if (outer && outerEffect && outerRow?.keep !== true) return note(context, scan, frame, rule.id, `content of '${outer.concept}'`)
    // "denied wanting to send": what is denied of a wish is the act.
    if (outerRow?.status === 'negated' && row.status === 'hypothetical') forced = { row: { ...row, status: outerRow.status }, governor: governing }
  }
  // What nobody comments on is told by nobody.
  if (governor?.kind === 'speech' && context.ontology.concepts[governor.concept]?.stance === 'not-mentioned') return note(context, scan, frame, rule.id, `content of '${governor.concept}'`)
  // "has not confirmed the withdrawal": nor what a noun names that somebody did not say.
  const voice = governor?.kind === 'speech' && !governor.nominal && (frame.predicate.nominal || scan.tokens[frame.predicate.head]?.tag === 'NOUN') ? frames.get(governor) : undefined
  if (voice && findStatus(scan, voice, context.roles).status === 'negated') return note(context, scan, frame, rule.id, `not said by '${voice.predicate.concept}'`)
  if (context.ontology.concepts[frame.predicate.concept]?.undergone === true && !forceBeside(scan, frame, context.ontology)) return note(context, scan, frame, rule.id, 'nothing says that force was used')
  if (rule.verbal && frame.predicate.nominal) return note(context, scan, frame, rule.id, 'the noun tells a state of affairs')
  if ((isPurpose(scan, frame) || isAim(scan, frame, rule, context.roles)) && !forced) return note(context, scan, frame, rule.id, 'an aim, not an act')
  const denial = frame.predicate.kind === 'act' ? denialAbove(scan, frame.predicate, context.ontology, context.roles) : null
  if (denial && denial.concept !== frame.predicate.concept) return note(context, scan, frame, rule.id, 'what is denied')
  const undone = whyUndone(scan, frame, frames, rule, forced !== null, context.ontology)
  if (undone !== null) return note(context, scan, frame, rule.id, undone)
  if (rule.type === 'MOBILIZE' && doneFor(scan, frame, frames, context.ontology).length > 0) return note(context, scan, frame, rule.id, 'help somebody is thanked for')
  const filled = fill(objectOfWording(scan, pitted(scan, passiveSource(scan, forceAhead(scan, frame, frames, rule, context.ontology), rule), rule), rule), forced?.governor)
  let sides = applyScheme(rule.roles, rule.roles === 'giving' ? withGiven(filled) : rule.type === 'REQUEST' && filled.addressee && !filled.patient ? { ...filled, target: [] } : rule.type === 'ACCUSE' ? saidTo(scan, filled) : filled, (a, b) => a.id === b.id)
  // "died in a clash with X": whoever it was with did it.
  if (rule.undergoer && context.roles.commaClauses && rule.type === 'ASSAULT' && sides.actors.length === 0) sides = { ...sides, actors: actorsOf(frame.roles.partner).filter((actor) => !sides.recipients.some((other) => other.id === actor.id)) }
  // "… arrived and met X": of those who act together one was named with the verb before; not by whoever only wishes it of them.
  if (rule.roles === 'mutual' && sides.actors.length === 1 && frame.carried.length > 0 && !frame.inherited && !forced) sides = { actors: [...actorsOf(frame.carried).filter((actor) => actor.id !== sides.actors[0]?.id), ...sides.actors], recipients: [] }
  if (frame.predicate.nominal && mutualRule(rule) && rule.roles !== 'host' && sides.actors.length + sides.recipients.length < 2) sides = { actors: together(scan, frame, frames, sides.actors), recipients: [] }
  if (rule.roles === 'mutual' && sides.recipients.length === 0) sides = { actors: withDoerBefore(scan, frame, frames, withSubject(scan, frame, frames, sides.actors)), recipients: [] }
  const found = findStatus(scan, frame, context.roles)
  const outer = forced ? findStatus(scan, forced.governor, context.roles) : null
  let status: Status = found.status
  if (outer && outer.status !== 'occurred') status = outer.status
  // Not to have done what is denied is to have done it; what is only tried or thought of and not done is not done.
  if (forced?.row.status) status = found.status !== 'negated' ? forced.row.status : forced.row.status === 'negated' ? 'occurred' : 'negated'
  // "joined X's sanctions against Y": those of X are against Y too, and nobody's are against X.
  const joined = context.ontology.concepts[frame.predicate.concept]?.joins === true ? { actors: [...(filled.patient ?? []), ...(filled.topic ?? [])].filter(({ country }) => country !== null && ![...sides.actors, ...sides.recipients].some((other) => other.country === country)), recipients: sides.recipients } : null
  const every = [...eachSide(scan, sides, rule, frame), ...(joined && status === 'occurred' && joined.actors.length > 0 && joined.recipients.length > 0 ? [joined] : [])].map((one) => ({ ...one, complete: joined !== null }))
  return every.flatMap((one) => finish(scan, frame, rule.type, rule.mode ?? null, rule.cameo, rule.id, rule, one, status, found.marker ?? outer?.marker ?? null, forced !== null, frames, context))
}

/* "protested to X over the entry of ships": a state that words are said to is meant, not a noun behind of which nobody says whose it is. */
function saidTo(scan: Scan, filled: ReturnType<typeof fill>): ReturnType<typeof fill> {
  const { patient = [], addressee = [] } = filled
  const vague = patient.length > 0 && addressee.length > 0 && addressee.every(({ id }) => id.startsWith('state:')) && patient.every((actor) => actor.id.startsWith('noun:') && (actor.country === null || isGuessed(scan, actor)))
  return vague ? { ...filled, patient: [] } : filled
}

/* "handed over to X a suspect", where both stand behind one preposition: a state is given to, people are given. */
function withGiven(filled: ReturnType<typeof fill>): ReturnType<typeof fill> {
  const { patient = [], addressee = [] } = filled
  const swapped = patient.length > 0 && addressee.length > 0 && patient.every(({ id }) => id.startsWith('state:')) && addressee.every(({ id }) => /^(?:noun|person|name|office):/u.test(id))
  return swapped ? { ...filled, patient: addressee, addressee: patient } : filled
}

/* "clashes pitted X against Y": where the subject stands in the wording itself, those who fight are the objects of its verb. */
function pitted(scan: Scan, frame: Frame, rule: EventRule): Frame {
  const { agent = [], patient = [], addressee = [], target = [], partner = [], ...rest } = frame.roles
  if (rule.roles !== 'mutual-directed' || agent.length > 0 || patient.length === 0 || !isOwnSubject(scan, frame.predicate)) return frame
  const others = [...addressee, ...target, ...partner]
  return others.length > 0 ? { ...frame, roles: { ...rest, agent: patient, patient: others } } : frame
}

/* "set free [from] X", "will travel to X": behind a preposition of the wording itself stands whoever the act is done to or with. */
function objectOfWording(scan: Scan, frame: Frame, rule: EventRule): Frame {
  // "went to the court of X against Y": the body a wording names is not who it is against.
  const { patient = [], target = [] } = frame.roles
  const inside = (mention: ActorMention): boolean => frame.predicate.words.some((word) => word >= mention.first && word < mention.last)
  if (rule.type === 'ACCUSE' && patient.length > 0 && patient.every(inside) && target.some((mention) => mention.first >= frame.predicate.last)) return { ...frame, roles: { ...frame.roles, patient: [] } }
  const role = rule.roles === 'directed' ? 'source' : rule.roles === 'mutual' && !frame.roles.partner && actorsOf(frame.roles.agent).some((actor) => actor.country !== null) ? 'place' : null
  const mentions = role === null ? [] : (frame.roles[role] ?? [])
  // Whoever a call comes from takes part in it, wherever the words stand.
  const caller = frame.roles.source ?? []
  if (rule.mode === 'phone' && !frame.roles.partner && caller.length > 0 && actorsOf(frame.roles.agent).some((actor) => actor.country !== null)) return { ...frame, roles: { ...frame.roles, source: [], partner: caller } }
  const own = role !== null && scan.markers.some((marker) => marker.value.role === role && marker.end === mentions[0]?.first && frame.predicate.words.includes(marker.start))
  // Nobody is a place: the preposition of places that stands before a person is one of partners, whatever place is named behind them.
  const persons = role === 'place' ? mentions.filter(isPerson) : []
  const person = persons.length > 0
  // Whom a call is made to may stand behind a preposition of those something is done for.
  const called = rule.mode === 'phone' && !frame.roles.partner && !person ? (frame.roles.beneficiary ?? []).filter(isPerson) : []
  if (called.length > 0 && actorsOf(frame.roles.agent).length > 0) return { ...frame, roles: { ...frame.roles, partner: called } }
  // Nor is a guest, whichever preposition the verb takes.
  const guests = rule.roles === 'host' && !frame.roles.patient && !frame.roles.partner && !frame.roles.source ? [...(frame.roles.place ?? []), ...(frame.roles.addressee ?? [])].filter(isPerson) : []
  if (guests.length > 0) return { ...frame, roles: { ...frame.roles, patient: guests } }
  // "called X to discuss the Y crisis": whoever only describes what is talked of takes no part.
  const described = rule.roles === 'mutual' && (person || frame.roles.partner) && patient.length > 0 && patient.every(({ use }) => use === 'adjective') ? { patient: [] } : {}
  if (person && !own) return { ...frame, roles: { ...frame.roles, ...described, place: mentions.filter((mention) => !persons.includes(mention)), partner: persons } }
  return own ? { ...frame, roles: { ...frame.roles, ...described, [role]: [], [role === 'source' ? 'patient' : 'partner']: mentions } } : frame
}
