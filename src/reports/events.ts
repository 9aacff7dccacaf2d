/** From frames to reports of one sentence: the rules of the ontology over concepts, roles and status. */
import type { Effect, EventRule, MatrixRow, Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { Actor, Attribution, DateValue, Evidence, PlaceValue, Span, Status } from '../model/index.ts'
import type { MarkerValue } from '../text/lexicon.ts'
import type { PhraseMatch } from '../text/phrases.ts'
import { confidenceOf } from './confidence.ts'
import type { Frame, FrameRole } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { hasPronounObject } from './syntax.ts'
import { passiveSource } from './passives.ts'
import { applyScheme, type Filled } from './schemes.ts'
import { eachSide } from './journeys.ts'
import { evidenceOf, spanOf, tokensSpan } from './spans.ts'
import { findStatus } from './status.ts'
import type { Dating } from './dating.ts'
import { actorsOf, fromAfar, together, isAtHome, isTown, crowdOf, sourceBehind, objectBefore, scene, underArms, forceBeside, isOwnSubject, userOf, statesBehind, doerOfNoun, doerOfObject, heading, INCIDENTS, isAnybody, isGuessed, isMedium, located, mutualRule, nextNamed, officialOrNamed, ownState, passiveWithoutDoer, placeCountry, standsAlone, takesForce, ofBody, undergone, withoutOwner, withoutSpokenOf, denialAbove, doneFor, isDenied, missionsHere, isScene, victimsOf } from './sides.ts'
import { isFuture, isHistorical } from './time.ts'
import { isAgreedOn, isAim, isAverted, isMutualBlame, isPurpose, isRejected, isTalkedOf, isVotedOn } from './undone.ts'
import { isInDenial, upshot } from './upshot.ts'
import { ownVoice } from './voices.ts'

/** A report before it is merged with others of the article and given its id. */
export interface DraftReport {
  readonly type: string
  readonly mode: string | null
  readonly cameo: string | null
  readonly rule: string
  readonly contexts: readonly string[]
  readonly actors: readonly Actor[]
  readonly recipients: readonly Actor[]
  readonly date: DateValue | null
  readonly dated: boolean
  readonly place: PlaceValue | null
  readonly status: Status
  readonly historical: boolean
  readonly attribution: Attribution
  readonly evidence: readonly Evidence[]
  readonly sentence: number
  readonly predicate: Predicate
  /** What is known of how it was found, for confidence. */
  readonly signs: Signs
  /** Probability that it is right. */
  readonly confidence: number
}

export interface Signs {
  readonly nominal: boolean
  readonly inherited: boolean
  readonly embedded: boolean
  readonly matrix: boolean
  readonly agent: boolean
  readonly recipient: boolean
  readonly pronoun: boolean
  readonly distance: number
  readonly future: boolean
  /** Who it is done to was taken from what stands next, without a mark or a place in the tree that says so. */
  readonly loose: boolean
}

export interface EventContext {
  readonly text: string
  readonly ontology: Ontology
  readonly roles: RoleSettings
  readonly dating: Dating
  readonly anchor: string | null
  /** Told why each predicate gave a report or none. */
  readonly trace: ((entry: TraceEntry) => void) | null
}

export interface TraceEntry {
  readonly sentence: number
  readonly span: Span
  readonly concept: string
  readonly rule: string | null
  readonly outcome: string
}

const THREAT: Status = 'future'

/** Applies the rules to all frames of a sentence. */
export function readEvents(scan: Scan, frames: readonly Frame[], context: EventContext): DraftReport[] {
  const byPredicate = new Map(frames.map((frame) => [frame.predicate, frame]))
  const out: DraftReport[] = []
  for (const mask of scan.masks) context.trace?.({ sentence: scan.index, span: spanOf(scan, mask.words), concept: mask.value, rule: null, outcome: 'a set phrase that only looks like an act' })
  for (const frame of frames) {
    if (frame.predicate.kind === 'matrix') out.push(...readMatrix(scan, frame, byPredicate, context))
    else if (frame.predicate.kind === 'act') out.push(...readAct(scan, frame, byPredicate, context))
  }
  return out.filter((draft) => !isNamedTwice(draft, out, context.ontology))
}

/* "signed, after two years of talks, an agreement": what is signed is named by a noun, and is no second agreement of the same parties. */
function isNamedTwice(draft: DraftReport, all: readonly DraftReport[], ontology: Ontology): boolean {
  if (!draft.predicate.nominal) return false
  const parties = (one: DraftReport): string => [...one.actors, ...one.recipients].map(({ id, country }) => country ?? id).sort().join(' ')
  return all.some((other) => other !== draft && !other.predicate.nominal && ontology.ruleOf.get(other.predicate.concept)?.object === draft.type && parties(other) === parties(draft))
}

function note(context: EventContext, scan: Scan, frame: Frame, rule: string | null, outcome: string): never[] {
  context.trace?.({ sentence: scan.index, span: spanOf(scan, frame.predicate.words), concept: frame.predicate.concept, rule, outcome })
  return []
}

/* ---- acts ---- */

function readAct(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, context: EventContext): DraftReport[] {
  const rule = context.ontology.ruleOf.get(betweenOfficials(frame, context.ontology) ?? byStates(frame, context.ontology) ?? frame.predicate.concept)
  if (!rule) return note(context, scan, frame, null, 'no rule for this concept')
  const governor = frame.governor
  let forced: { row: MatrixRow; governor: Frame } | null = null
  if (governor?.kind === 'matrix') {
    const governing = frames.get(governor)
    const effect = context.ontology.concepts[governor.concept]?.effect
    const row = effect ? pickRow(context.ontology, effect, rule.type) : null
    if (!row?.keep || !governing) return note(context, scan, frame, rule.id, `content of '${governor.concept}'`)
    forced = { row, governor: governing }
    // "agreed to begin talks": what governs the one that lets the act stand may not.
    const outer = governing.governor
    const outerEffect = outer?.kind === 'matrix' ? context.ontology.concepts[outer.concept]?.effect : undefined
    if (outer && outerEffect && pickRow(context.ontology, outerEffect, rule.type)?.keep !== true) return note(context, scan, frame, rule.id, `content of '${outer.concept}'`)
  }
  // What nobody comments on is told by nobody.
  if (governor?.kind === 'speech' && context.ontology.concepts[governor.concept]?.stance === 'not-mentioned') return note(context, scan, frame, rule.id, `content of '${governor.concept}'`)
  if (context.ontology.concepts[frame.predicate.concept]?.undergone === true && !forceBeside(scan, frame, context.ontology)) return note(context, scan, frame, rule.id, 'nothing says that force was used')
  if (rule.verbal && frame.predicate.nominal) return note(context, scan, frame, rule.id, 'the noun tells a state of affairs')
  if ((isPurpose(scan, frame) || isAim(scan, frame, rule, context.roles)) && !forced) return note(context, scan, frame, rule.id, 'an aim, not an act')
  const denial = frame.predicate.kind === 'act' ? denialAbove(scan, frame.predicate, context.ontology, context.roles) : null
  if (denial && denial.concept !== frame.predicate.concept) return note(context, scan, frame, rule.id, 'what is denied')
  if (rule.type !== 'THREATEN' && isAverted(scan, frame, context.ontology)) return note(context, scan, frame, rule.id, 'what is warned of')
  if (!forced && isAgreedOn(scan, frame, context.ontology)) return note(context, scan, frame, rule.id, 'what is agreed on')
  if (!forced && isRejected(scan, frame, context.ontology)) return note(context, scan, frame, rule.id, 'what is rejected')
  if (isVotedOn(scan, frame, frames, context.ontology)) return note(context, scan, frame, rule.id, 'what is voted on')
  if (isTalkedOf(scan, frame, frames, rule, context.ontology)) return note(context, scan, frame, rule.id, 'what is talked about')
  if (rule.type === 'MOBILIZE' && doneFor(scan, frame, frames, context.ontology).length > 0) return note(context, scan, frame, rule.id, 'help somebody is thanked for')
  if (isMutualBlame(scan, frame, context.ontology)) return note(context, scan, frame, rule.id, 'what two say of each other')
  const filled = fill(objectOfWording(scan, pitted(scan, passiveSource(scan, frame, rule), rule), rule), forced?.governor)
  let sides = applyScheme(rule.roles, rule.type === 'REQUEST' && filled.addressee && !filled.patient ? { ...filled, target: [] } : filled, (a, b) => a.id === b.id)
  // "died in a clash with X": whoever it was with did it.
  if (rule.undergoer && context.roles.commaClauses && rule.type === 'ASSAULT' && sides.actors.length === 0) sides = { ...sides, actors: actorsOf(frame.roles.partner).filter((actor) => !sides.recipients.some((other) => other.id === actor.id)) }
  // "… arrived and met X": of those who act together one was named with the verb before.
  if (rule.roles === 'mutual' && sides.actors.length === 1 && frame.carried.length > 0 && !frame.inherited) sides = { actors: [...actorsOf(frame.carried).filter((actor) => actor.id !== sides.actors[0]?.id), ...sides.actors], recipients: [] }
  if (frame.predicate.nominal && mutualRule(rule) && rule.roles !== 'host' && sides.actors.length + sides.recipients.length < 2) sides = { actors: together(scan, frame, frames, sides.actors), recipients: [] }
  const found = findStatus(scan, frame, context.roles)
  const outer = forced ? findStatus(scan, forced.governor, context.roles) : null
  let status: Status = found.status
  if (outer && outer.status !== 'occurred') status = outer.status
  // Not to have done what is denied is to have done it; what is only tried or thought of and not done is not done.
  if (forced?.row.status) status = found.status !== 'negated' ? forced.row.status : forced.row.status === 'negated' ? 'occurred' : 'negated'
  return eachSide(scan, sides, rule, frame).flatMap((one) => finish(scan, frame, rule.type, rule.mode ?? null, rule.cameo, rule.id, rule, one, status, found.marker ?? outer?.marker ?? null, forced !== null, frames, context))
}

/* "X protested against the visit": what crowds do in the street a state does in words. */
function byStates({ predicate, roles: { agent = [] } }: Frame, ontology: Ontology): string | undefined {
  const speaks = agent.length > 0 && !predicate.nominal && agent.every(({ use, actors }) => use === 'full' && actors.every(({ id, sector, office }) => sector === 'GOV' && (id.startsWith('state:') || office !== null || id.startsWith('noun:'))))
  return speaks ? ontology.concepts[predicate.concept]?.['by-states'] : undefined
}

/* "the president attacked the chancellor": what one in civil office does to another by this word, they do in words. */
function betweenOfficials({ predicate, roles }: Frame, ontology: Ontology): string | undefined {
  const other = ontology.concepts[predicate.concept]?.['between-officials']
  const sides = [roles.agent ?? [], [...(roles.patient ?? []), ...(roles.target ?? [])]]
  return other !== undefined && sides.every((side) => side.length > 0 && side.every((mention) => mention.actors.every(isCivilOfficial))) ? other : undefined
}
const isGoverning = (actor: Actor): boolean => actor.sector === 'GOV' && actor.office !== null && /^(?:person|office|name):/u.test(actor.id)
const CIVIL = new Set(['GOV', 'LEG', 'JUD', 'OPP', 'PTY', 'EUR', 'IGO', 'UNO'])
const isCivilOfficial = (actor: Actor): boolean => CIVIL.has(actor.sector ?? '') && (actor.office !== null || /^(?:person|name):/u.test(actor.id))

/* ---- acts about acts ---- */

function readMatrix(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, context: EventContext): DraftReport[] {
  const { ontology } = context
  const effect = ontology.concepts[frame.predicate.concept]?.effect
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
  const found = findStatus(scan, frame, context.roles)
  // "promised that X will not attack": no threat.
  if (rowType === 'THREATEN' && effect !== 'threaten' && embedded && findStatus(scan, embedded, context.roles).status === 'negated') return note(context, scan, frame, ruleId, 'what is promised is not to do it')
  if (isPurpose(scan, frame)) return note(context, scan, frame, ruleId, 'an aim, not an act')
  const asks = ontology.concepts[frame.predicate.concept]?.asks !== undefined
  const named = asks ? saidBy(scan, frame, frames) : actorsOf(frame.roles.agent)
  // "The meeting of X and Y was cancelled": where nobody is said to have done it, it is told of both.
  const both = embedded && named.length === 0 && ontology.ruleOf.get(embedded.predicate.concept)?.roles.startsWith('mutual') && (embedded.predicate.last <= frame.predicate.first || frame.predicate.passive) ? actorsOf([...(embedded.roles.agent ?? []), ...(embedded.roles.partner ?? []), ...(embedded.roles.patient ?? []), ...(embedded.roles.owner ?? []), ...(embedded.roles.of ?? [])]) : []
  const agent = both.length > 1 ? both : named.length === 0 && effect === 'stop' && frame.predicate.passive && embedded ? ownDoers(embedded) : named
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
  const effect = ontology.concepts[frame.predicate.concept]?.effect
  if (!effect) return null
  const inner = frame.content.map((predicate) => frames.get(predicate)).find((other) => other !== undefined)
  const row = pickRow(ontology, effect, inner && inner.predicate.kind === 'act' ? (ontology.ruleOf.get(inner.predicate.concept)?.type ?? null) : null)
  return row?.type ?? (row?.keep && inner ? (ontology.ruleOf.get(inner.predicate.concept)?.type ?? null) : null)
}

function pickRow(ontology: Ontology, effect: Effect, type: string | null): MatrixRow | null {
  for (const row of ontology.matrix[effect] ?? []) {
    for (const want of row.embedded) {
      if (type === null ? want === 'none' : want === 'any' || want === type || ontology.types[type]?.quad === want) return row
    }
  }
  return null
}

/* ---- common ---- */

/* A sea, a strait, a region of several states: nobody acts there in its name, and nothing is done to it. */
const isNowhere = (actor: Actor): boolean => actor.id.startsWith('place:') && actor.country === null

/* "clashes pitted X against Y": where the subject stands in the wording itself, those who fight are the objects of its verb. */
function pitted(scan: Scan, frame: Frame, rule: EventRule): Frame {
  const { agent = [], patient = [], addressee = [], target = [], partner = [], ...rest } = frame.roles
  if (rule.roles !== 'mutual-directed' || agent.length > 0 || patient.length === 0 || !isOwnSubject(scan, frame.predicate)) return frame
  const others = [...addressee, ...target, ...partner]
  return others.length > 0 ? { ...frame, roles: { ...rest, agent: patient, patient: others } } : frame
}

/* "set free [from] X", "will travel to X": behind a preposition of the wording itself stands whoever the act is done to or with. */
function objectOfWording(scan: Scan, frame: Frame, rule: EventRule): Frame {
  const role = rule.roles === 'directed' ? 'source' : rule.roles === 'mutual' && !frame.roles.partner && actorsOf(frame.roles.agent).some((actor) => actor.country !== null) ? 'place' : null
  const mentions = role === null ? [] : (frame.roles[role] ?? [])
  // Whoever a call comes from takes part in it, wherever the words stand.
  const caller = frame.roles.source ?? []
  if (rule.mode === 'phone' && !frame.roles.partner && caller.length > 0 && actorsOf(frame.roles.agent).some((actor) => actor.country !== null)) return { ...frame, roles: { ...frame.roles, source: [], partner: caller } }
  const own = role !== null && scan.markers.some((marker) => marker.value.role === role && marker.end === mentions[0]?.first && frame.predicate.words.includes(marker.start))
  return own ? { ...frame, roles: { ...frame.roles, [role]: [], [role === 'source' ? 'patient' : 'partner']: mentions } } : frame
}

function fill(frame: Frame, governor?: Frame): Filled<Actor> {
  const out: Partial<Record<FrameRole, readonly Actor[]>> = {}
  for (const [role, mentions] of Object.entries(frame.roles)) out[role as FrameRole] = actorsOf(mentions)
  if (governor && (out.agent ?? []).length === 0) out.agent = actorsOf(governor.roles.agent)
  return out
}

function finish(
  scan: Scan, frame: Frame, type: string, mode: string | null, cameo: string | null, ruleId: string, rule: EventRule | null,
  sides: { actors: readonly Actor[]; recipients: readonly Actor[]; complete?: boolean; /** Who is named next but takes no part. */ spared?: readonly Actor[] }, status: Status, marker: PhraseMatch<MarkerValue> | null, embedded: boolean,
  frames: ReadonlyMap<Predicate, Frame>, context: EventContext,
): DraftReport[] {
  const { ontology } = context
  const { predicate } = frame
  // What an act is done to may itself be an act: whoever does that one is meant ("criticised the attacks by X").
  let { actors, recipients } = sides
  recipients = recipients.flatMap((actor) => ofBody(scan, actor) ?? [actor])
  const victims = rule ? [...victimsOf(scan, frame, frames, ontology)] : []
  // What states say is not said against their own missions.
  if (ontology.types[type]?.quad === 'verbal-conflict') victims.push(...actorsOf(scan.actors.filter((mention) => mention.mission && mention.actors.every(({ country }) => actors.some((actor) => actor.country === country)) && !mention.actors.some(({ id }) => actors.some((actor) => actor.id === id)))))
  recipients = recipients.filter((actor) => !victims.some((other) => other.span[0] === actor.span[0]))
  if (rule && rule.denies !== true && !(rule.undergoer && predicate.passive) && (rule.roles === 'directed' || rule.roles === 'giving')) recipients = doerOfObject(scan, frame, frames, actors, recipients)
  if (actors.length === 0 && rule) actors = doerOfNoun(scan, frame, frames, rule, ontology)
  actors = actors.filter((actor) => (!isMedium(actor) || type === 'COERCE') && !isNowhere(actor))
  let loose = false
  if (recipients.length === 0 && hasPronounObject(scan, predicate)) recipients = objectBefore(scan, frame, frames, actors)
  else if (recipients.length === 0 && !predicate.nominal && actors.length > 0 && !mutualRule(rule) && sides.complete !== true) {
    recipients = nextNamed(scan, frame, frames, [...actors, ...(sides.spared ?? []), ...victims], context.roles, type === 'REJECT' && rule?.averts === true)
    loose = recipients.length > 0
  }
  if (recipients.length === 0 && rule && context.roles.commaClauses) recipients = upshot(scan, frame, frames, rule)
  recipients = recipients.filter((actor) => !isNowhere(actor) && !actors.some((other) => other.id === actor.id || (rule?.abroad && other.country === actor.country)))
  // "will withdraw its troops from X", "the sale of jets by X to Y": those who leave, or what is given, are the doer's own.
  const isOwn = (actor: Actor): boolean => actors.some(({ country }) => country === actor.country)
  const given = rule !== null && COOPERATION.has(ontology.types[type]?.quad ?? '') && recipients.every((actor) => (isGuessed(scan, actor) && isOwn(actor)) || (actor.country === null && actor.id.startsWith('noun:')))
  if (recipients.length > 0 && actors.length > 0 && (given || (rule?.roles === 'leaving' && recipients.every(isOwn)))) {
    const others = actorsOf([...(frame.roles.source ?? []), ...(frame.roles.target ?? []), ...(frame.roles.addressee ?? []), ...(frame.roles.beneficiary ?? []), ...(frame.roles.place ?? [])]).filter((actor) => actor.country !== null && !isOwn(actor))
    if (others.length > 0 || recipients.every(isOwn)) recipients = others
  }
  // "X's minister warned that X will act": nobody speaks to their own state by its name.
  if (context.roles.commaClauses && predicate.worded) recipients = recipients.filter((actor) => !(actor.id.startsWith('state:') || (actor.id.startsWith('noun:') && (actor.sector === 'MIL' || actor.sector === 'CIV'))) || !actors.some((other) => other.country === actor.country))
  // "confirmed a strike on the X port of Y": the place struck strikes nobody.
  if (type === 'ASSAULT' && recipients.length > 0 && !predicate.passive) actors = actors.filter((actor) => !scan.actors.some((mention) => isScene(mention) && mention.span[0] === actor.span[0] && mention.first >= predicate.last && recipients.every((other) => other.country === actor.country)))
  actors = withoutOwner(mutualRule(rule) ? withoutSpokenOf(actors) : actors)
  recipients = withoutOwner(recipients)
  if (rule?.denies) recipients = recipients.filter((actor) => !isDenied(scan, frame, frames, actor))
  // "sent troops to X's border": forces without a state are the doer's own, a means and no recipient.
  const means = rule?.roles === 'lone' || (rule === null && type === 'THREATEN') ? recipients.filter((actor) => actor.sector === 'MIL' && actor.id.startsWith('noun:') && (actor.country === null || isGuessed(scan, actor))) : []
  if (means.length > 0) {
    recipients = recipients.filter((actor) => !means.includes(actor))
    if (recipients.length === 0) recipients = nextNamed(scan, frame, frames, [...actors, ...means], context.roles)
  }
  // "sent peacekeepers to X": who is sent stands in the wording itself and is given; given to is where they go.
  const sent = rule?.roles === 'giving' ? recipients.filter((actor) => actor.id.startsWith('noun:') && (isGuessed(scan, actor) || (actor.country === null && actor.sector !== 'MIL')) && predicate.words.some((word) => scan.actorAt.get(word)?.span[0] === actor.span[0])) : []
  if (sent.length > 0) {
    recipients = recipients.filter((actor) => !sent.includes(actor))
    if (recipients.length === 0) recipients = actorsOf([...(frame.roles.place ?? []), ...(frame.roles.target ?? [])]).filter((actor) => actor.country !== null && actor.country !== ownState(actors, type))
    if (recipients.length === 0) recipients = doneFor(scan, frame, frames, ontology)
  }
  // A protest is not against the town it is held in; one outside a mission is against its state.
  if (type === 'PROTEST') {
    recipients = recipients.filter((actor) => !frame.roles.place?.some((mention) => mention.span[0] === actor.span[0]) && !scan.actors.some((mention) => isTown(mention) && mention.span[0] === actor.span[0] && !frame.roles.target?.includes(mention)))
    if (rule && recipients.length === 0) recipients = actorsOf(missionsHere(scan, frame))
  }
  // Those who govern hold rallies of their followers; no protest is theirs.
  if (type === 'PROTEST' && rule?.type === 'PROTEST' && actors.length > 0 && actors.every(isGoverning)) return note(context, scan, frame, ruleId, 'held by one who governs')
  const alone = rule !== null && type === 'ASSAULT' && actors.length === 0 && isOwnSubject(scan, predicate)
  const armed = rule !== null && type === 'ASSAULT' && (alone || underArms(scan, frame, context.ontology))
  if (armed && actors.length === 0 && predicate.nominal) actors = userOf(scan, frame, context.roles, recipients, frames, ontology).filter((actor) => !recipients.some((other) => other.id === actor.id))
  if (armed && actors.length === 0 && recipients.length === 0) recipients = scene(scan, frame)
  const crowd = type === 'PROTEST' && rule !== null && (frame.roles.agent ?? []).every(isScene) && (frame.roles.owner ?? []).every(isScene) ? crowdOf(scan, frame, context.text) : null
  if (crowd) actors = [crowd]
  // Police of no state who shoot at somebody fight a crime.
  const open = crowd !== null || armed && !(actors.length > 0 && actors.every(({ sector, country }) => sector === 'COP' && country === null)) && [...actors, ...recipients].some((actor) => scan.actors.some((mention) => mention.span[0] === actor.span[0] && (mention.use !== 'adjective' || (alone && actor.country !== null))))
  if (rule && !open && !officialOrNamed(type, frame, actors, recipients)) return note(context, scan, frame, ruleId, 'nobody whose state is named takes part')
  if ((rule === null || !INCIDENTS.has(type)) && actors.length > 0 && actors.every(isAnybody)) return note(context, scan, frame, ruleId, 'done by people who speak for no state')
  const where = placeCountry(scan, frame)
  // "a plane arrived in X": only force and crowds are of the place where they are told of.
  // Nor are warplanes, whose state is not told, of the state they strike.
  const remote = mode !== null && REMOTE.has(mode)
  if (!rule || INCIDENTS.has(type)) actors = actors.map((actor) => (remote && actor.sector === 'MIL' ? fromAfar(scan, actor, recipients) : located(actor, where)))
  recipients = recipients.flatMap((actor) => {
    const states = statesBehind(scan, actor)
    // Where a clause of its own tells what came of it, those it came to need not be the doer's own people.
    const home = type === 'SUPPORT' || (context.roles.commaClauses && (frame.inherited ? type === 'ASSAULT' : type === 'ACCUSE')) ? null : ownState(actors, type)
    return states.length > 1 ? states.map((state) => located(actor, state)) : [located(actor, states[0] ?? where ?? home)]
  })
  // "demanded the release of its citizens", "denied the presence of its troops": own people are spoken of, not to.
  if (type === 'REQUEST' || type === 'REJECT') recipients = recipients.filter(({ id, sector, country }) => !(id.startsWith('noun:') && (sector === 'CVL' || sector === 'MIL') && country !== null && country === ownState(actors, type)))
  // "The meeting between X and Y was called off": by whom is not said.
  if (type === 'REJECT' && mode === 'meet' && actors.length === 0 && new Set(recipients.map(({ country }) => country)).size > 1) [actors, recipients] = [recipients, []]
  if (rule && type === 'ASSAULT' && predicate.nominal && actors.length > 0 && recipients.length === 0) recipients = heading(scan).filter((actor) => actors.every(({ country }) => country !== null && country !== actor.country))
  const needsRecipient = ontology.types[type]?.recipient === 'required' || rule?.needs === 'recipient'
  if (actors.length === 0 && recipients.length === 0) return note(context, scan, frame, ruleId, 'nobody takes part')
  if (![...actors, ...recipients].some((actor) => actor.country !== null || takesForce(type, actor) || (open && actor.id.startsWith('noun:')))) return note(context, scan, frame, ruleId, 'no state or organisation takes part')
  if (actors.length === 0 && !open && !passiveWithoutDoer(scan, type, frame, recipients, context.roles, rule) && !undergone(type, frame, rule, recipients)) return note(context, scan, frame, ruleId, 'nobody does it')
  if (needsRecipient && recipients.length === 0 && (actors.length < 2 || rule?.roles === 'visit')) return note(context, scan, frame, ruleId, 'nobody it is done to')
  if (rule?.type === 'CONSULT' && isAtHome(actors, recipients)) return note(context, scan, frame, ruleId, 'nobody visits their own state')
  if ((rule?.roles === 'mutual' || rule?.roles === 'mutual-with') && recipients.length === 0 && actors.length < 2 && rule.type === 'CONSULT') return note(context, scan, frame, ruleId, 'only one takes part')
  // "X went on stockpiling weapons": a noun its verb only carries is told as that verb is.
  const carried = frame.governor?.carries === true && (frame.roles.agent ?? []).length > 0
  if (predicate.nominal && rule && !open && !carried && actors.length + recipients.length < 2 && !undergone(type, frame, rule, recipients)) return note(context, scan, frame, ruleId, 'a noun with one participant only')
  let finalType = type
  let finalMode = mode
  let finalCameo = cameo
  let finalRule = ruleId
  let finalStatus = status
  // A plan told in a form of the past names the day it was made.
  const time = timeOf(scan, frame, context, status === 'future' || (rule?.ahead === true && predicate.label !== 'past'))
  if (finalStatus === 'occurred' && time.date && predicate.label !== 'past' && isFuture(time.date.value, context.anchor)) finalStatus = 'future'
  if (finalStatus === 'future' && rule) {
    const row = pickRow(ontology, 'plan', type)
    if (row?.type) {
      finalType = row.type
      finalMode = row['mode-from'] === 'embedded' ? (ontology.threatModes[type] ?? null) : (row.mode ?? null)
      finalCameo = row.cameo ?? null
      finalRule = `${ruleId}>plan.${type}`
    }
  }
  if (finalStatus === 'hypothetical' && actors.length === 0) return note(context, scan, frame, ruleId, 'only supposed, and nobody does it')
  if (recipients.length === 0 && actors.length === 1 && !open && !standsAlone(scan, frame, type)) return note(context, scan, frame, ruleId, 'one takes part, and is not named as one who could do it alone')
  const evidence: Evidence[] = [evidenceOf(context.text, 'type', spanOf(scan, predicate.words))]
  for (const actor of actors) evidence.push({ field: 'actor', span: actor.span, text: actor.text })
  for (const actor of recipients) evidence.push({ field: 'recipient', span: actor.span, text: actor.text })
  if (time.date?.span) evidence.push(evidenceOf(context.text, 'date', time.date.span))
  const place = placeOf(frame, recipients)
  if (place) evidence.push(evidenceOf(context.text, 'place', place.span))
  if (marker) evidence.push(evidenceOf(context.text, 'status', tokensSpan(scan, marker.start, marker.end)))
  const attribution = attributionOf(scan, frame, frames, ontology)
  if (attribution.span) evidence.push(evidenceOf(context.text, 'attribution', attribution.span))
  note(context, scan, frame, finalRule, `${finalType}${finalMode ? `-${finalMode}` : ''} (${finalStatus})`)
  const taking = [...(frame.roles.agent ?? []), ...(frame.roles.patient ?? [])]
  const signs: Signs = {
    nominal: predicate.nominal, inherited: frame.inherited, embedded, matrix: rule === null, agent: actors.length > 0, recipient: recipients.length > 0 || actors.length > 1,
    pronoun: taking.some((mention) => mention.use === 'pronoun' || mention.use === 'collective'), future: finalStatus === 'future', loose,
    distance: Math.max(0, ...taking.map((mention) => (mention.first >= predicate.last ? mention.first - predicate.last : predicate.first - mention.last))),
  }
  return [{
    type: finalType, mode: finalMode, cameo: finalCameo, rule: finalRule, contexts: contextsOf(scan, frame), actors, recipients, date: time.date, dated: time.own, place: place?.place ?? null,
    status: finalStatus, historical: time.historical, attribution, evidence, sentence: scan.index, predicate, signs, confidence: confidenceOf(signs),
  }]
}

const COOPERATION = new Set(['verbal-cooperation', 'material-cooperation'])

/** Force used from afar. */
const REMOTE = new Set(['aerial', 'drone', 'heavy-weapons'])

/* Of what is yet to come a weekday is the next one, whichever word of the sentence says so. */
function timeOf(scan: Scan, frame: Frame, context: EventContext, ahead: boolean): { date: DateValue | null; own: boolean; historical: boolean } {
  const own = context.dating.own.get(frame.predicate)
  if (own) {
    const date = (ahead ? own.ahead : null) ?? own.date
    return { date, own: true, historical: isHistorical(date.value, context.anchor) }
  }
  const shared = context.dating.shared.get(frame.predicate)
  if (shared) {
    const { value } = (ahead ? shared.ahead : null) ?? shared.date
    return { date: { value, basis: 'inferred', span: null }, own: true, historical: isHistorical(value, context.anchor) }
  }
  // "weeks before …", "in the past": when is not said, but that it was before is.
  if (scan.markers.some((marker) => marker.value.kind === 'background' && marker.start >= frame.clause[0] && marker.end <= frame.clause[1]) || relativeToPast(scan, frame, context)) return { date: null, own: false, historical: true }
  return { date: context.anchor === null ? null : { value: context.anchor, basis: 'inferred', span: null }, own: false, historical: false }
}

/* Told beside acts of the past in one sentence, and tied to them by "before" or "after" and no date of its own. */
function relativeToPast(scan: Scan, frame: Frame, context: EventContext): boolean {
  const dated = [...context.dating.own.values()]
  if (dated.length === 0 || !dated.every((hit) => isHistorical(hit.date.value, context.anchor))) return false
  for (let i = frame.predicate.first - 1; i >= 0 && frame.predicate.first - i <= 8; i--) if (scan.boundaries.get(i) === 'subordinate') return true
  return false
}

function placeOf(frame: Frame, recipients: readonly Actor[]): { place: PlaceValue; span: Span } | null {
  const mention = frame.roles.place?.find((candidate) => candidate.use !== 'adjective' && candidate.actors.every((actor) => actor.id.startsWith('state:') || actor.id.startsWith('place:')))
  const actor = mention?.actors[0]
  if (!mention || !actor || recipients.some((other) => other.span[0] === actor.span[0])) return null
  return { place: { id: actor.id, name: mention.capital && actor.id.startsWith('state:') ? mention.text : actor.name, country: actor.country }, span: mention.span }
}

function attributionOf(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): Attribution {
  let governor = ownVoice(scan, frame, ontology) === null ? frame.governor : null
  for (let hops = 0; governor && hops < 4; hops++) {
    if (governor.kind === 'speech') {
      const mention = frames.get(governor)?.roles.agent?.[0]
      const speaker = mention?.actors[0]
      if (speaker) return isMedium(speaker) ? { kind: 'outlet', outlet: speaker.name, span: mention.span } : { kind: 'named', speaker, span: mention.span }
      return { kind: 'unnamed', span: spanOf(scan, governor.words) }
    }
    governor = frames.get(governor)?.governor ?? null
  }
  const source = scan.markers.find((marker) => marker.value.kind === 'source')
  if (source) {
    const mention = sourceBehind(scan, source.end)
    const speaker = mention?.actors[0]
    if (mention && speaker) return isMedium(speaker) ? { kind: 'outlet', outlet: speaker.name, span: mention.span } : { kind: 'named', speaker, span: mention.span }
  }
  const unnamed = scan.markers.find((marker) => marker.value.kind === 'unnamed')
  if (unnamed) return { kind: 'unnamed', span: tokensSpan(scan, unnamed.start, unnamed.end) }
  return { kind: 'outlet', span: null }
}

function contextsOf(scan: Scan, frame: Frame): string[] {
  const out = new Set<string>()
  for (const match of scan.contexts) if (match.start >= frame.clause[0] && match.end <= frame.clause[1]) out.add(match.value)
  return [...out].sort()
}
