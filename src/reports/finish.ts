/** From the sides of an act to its report: who takes part in the end, when, where, by whose word. */
import type { EventRule, Ontology } from '../knowledge/ontology.ts'
import type { Actor, ActorMention, Attribution, DateValue, Evidence, PlaceValue, Span, Status } from '../model/index.ts'
import type { MarkerValue } from '../text/lexicon.ts'
import type { PhraseMatch } from '../text/phrases.ts'
import { confidenceOf } from './confidence.ts'
import { type DraftReport, type EventContext, note, pickRow, type Signs } from './draft.ts'
import type { Frame } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { actorsOf, crowdOf, deedAhead, doerOfNoun, doerOfObject, doerOfTold, doneFor, forceBehind, fromAfar, heading, INCIDENTS, isAnybody, isAtHome, isDenied, isGuessed, isMedium, isOwnSubject, isScene, isSource, isTown, located, missionsHere, mutualRule, nextNamed, objectBefore, ofBody, officialOrNamed, ownState, passiveWithoutDoer, placeCountry, scene, sourceBehind, standsAlone, statesBehind, takesForce, underArms, undergone, userOf, victimsOf, withoutOwner, withoutScene, withoutSpokenOf } from './sides.ts'
import { evidenceOf, spanOf, tokensSpan } from './spans.ts'
import { hasPronounObject } from './syntax.ts'
import { isFuture, isHistorical } from './time.ts'
import { upshot } from './upshot.ts'
import { ownVoice } from './voices.ts'

const isGoverning = (actor: Actor): boolean => actor.sector === 'GOV' && actor.office !== null && /^(?:person|office|name):/u.test(actor.id)

/* A sea, a strait, a region of several states: nobody acts there in its name, and nothing is done to it. */
const isNowhere = (actor: Actor): boolean => actor.id.startsWith('place:') && actor.country === null

/** Completes a report whose sides are known; [] where what is left is no event. */
export function finish(
  scan: Scan, frame: Frame, type: string, mode: string | null, cameo: string | null, ruleId: string, rule: EventRule | null,
  sides: { actors: readonly Actor[]; recipients: readonly Actor[]; complete?: boolean; /** Who is named next but takes no part. */ spared?: readonly Actor[] }, status: Status, marker: PhraseMatch<MarkerValue> | null, embedded: boolean,
  frames: ReadonlyMap<Predicate, Frame>, context: EventContext,
): DraftReport[] {
  const { ontology } = context
  const { predicate } = frame
  // What an act is done to may itself be an act: whoever does that one is meant ("criticised the attacks by X").
  let { actors, recipients } = sides
  recipients = recipients.filter((actor) => !(isMedium(actor) && scan.actors.some((mention) => mention.span[0] === actor.span[0] && isSource(scan, mention))))
  recipients = recipients.flatMap((actor) => ofBody(scan, actor) ?? [actor]).filter((actor) => !(rule?.abroad && actors.some((other) => other.country !== null && other.country === actor.country)))
  const victims = rule ? [...victimsOf(scan, frame, frames, ontology)] : []
  const deed = rule ? deedAhead(scan, frame, frames, ontology) : null
  victims.push(...(deed?.others ?? []))
  // What states say is not said against their own missions.
  if (ontology.types[type]?.quad === 'verbal-conflict') victims.push(...actorsOf(scan.actors.filter((mention) => mention.mission && mention.actors.every(({ country }) => actors.some((actor) => actor.country === country)) && !mention.actors.some(({ id }) => actors.some((actor) => actor.id === id)))))
  recipients = recipients.filter((actor) => !victims.some((other) => other.span[0] === actor.span[0]))
  if (deed && recipients.length === 0) recipients = deed.doers.filter((actor) => !actors.some((other) => other.country === actor.country))
  if (rule && rule.denies !== true && !(rule.undergoer && predicate.passive) && (rule.roles === 'directed' || (rule.roles === 'giving' && !isMeetingNext(scan, predicate, ontology)))) recipients = doerOfObject(scan, frame, frames, actors, recipients, ontology)
  const beside = actors.length === 0 && rule ? doerOfNoun(scan, frame, frames, rule, ontology) : null
  if (beside) [actors, recipients] = [beside, recipients.map((actor) => fromAfar(scan, actor, beside))]
  actors = actors.filter((actor) => (!isMedium(actor) || type === 'COERCE') && !isNowhere(actor))
  let loose = false
  const told = recipients.length === 0 && !predicate.nominal && ontology.types[type]?.quad.startsWith('verbal') === true && rule?.roles === 'directed' ? doerOfTold(scan, frame, frames, actors) : []
  if (told.length > 0) recipients = told
  else if (recipients.length === 0 && hasPronounObject(scan, predicate)) recipients = objectBefore(scan, frame, frames, actors)
  else if (recipients.length === 0 && !predicate.nominal && actors.length > 0 && !mutualRule(rule) && sides.complete !== true) {
    recipients = nextNamed(scan, frame, frames, [...actors, ...(sides.spared ?? []), ...victims], context.roles, type === 'REJECT' && rule?.averts === true)
    loose = recipients.length > 0
  }
  if (recipients.length === 0 && rule && context.roles.commaClauses) recipients = upshot(scan, frame, frames, rule)
  recipients = recipients.filter((actor) => !isNowhere(actor) && !actors.some((other) => other.id === actor.id))
  // "will withdraw its troops from X", "the sale of jets by X to Y": those who leave, or what is given, are the doer's own.
  const isOwn = (actor: Actor): boolean => actors.some(({ country }) => country === actor.country)
  const given = rule !== null && COOPERATION.has(ontology.types[type]?.quad ?? '') && recipients.every((actor) => (isGuessed(scan, actor) && isOwn(actor)) || (actor.country === null && actor.id.startsWith('noun:')))
  if (recipients.length > 0 && actors.length > 0 && (given || ((rule?.roles === 'leaving' || rule?.roles === 'visit') && recipients.every(isOwn)))) {
    const others = actorsOf([...(frame.roles.source ?? []), ...(frame.roles.target ?? []), ...(frame.roles.addressee ?? []), ...(frame.roles.beneficiary ?? []), ...(frame.roles.place ?? [])]).filter((actor) => actor.country !== null && !isOwn(actor))
    if (others.length > 0 || recipients.every(isOwn)) recipients = others
  }
  // "X's minister warned that X will act": nobody speaks to their own state by its name.
  if (context.roles.commaClauses && predicate.worded) recipients = recipients.filter((actor) => !(actor.id.startsWith('state:') || (actor.id.startsWith('noun:') && (actor.sector === 'MIL' || actor.sector === 'CIV'))) || !actors.some((other) => other.country === actor.country))
  // "confirmed a strike on the X port of Y": the place struck strikes nobody.
  if (type === 'ASSAULT' && recipients.length > 0 && !predicate.passive) actors = actors.filter((actor) => !scan.actors.some((mention) => isScene(mention) && mention.span[0] === actor.span[0] && mention.first >= predicate.last && recipients.every((other) => other.country === actor.country)))
  if (type === 'COERCE' || type === 'ASSAULT') recipients = withoutScene(scan, frame, actors, recipients)
  // "X and Y clashed, killing two soldiers": of those who fought each other nobody knows whose they were.
  if (type === 'ASSAULT' && new Set(actors.map(({ country }) => country)).size > 1) recipients = recipients.filter((actor) => !(isGuessed(scan, actor) && isOwn(actor)))
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
  const sent = rule?.roles === 'giving' ? recipients.filter((actor) => actor.id.startsWith('noun:') && (isGuessed(scan, actor) || (actor.country === null && actor.sector !== 'MIL') || (actor.sector === 'MIL' && actor.country !== null && /^(?:UNO|IGO|EUR)$/u.test(actor.country))) && predicate.words.some((word) => scan.actorAt.get(word)?.span[0] === actor.span[0])) : []
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
  if (rule?.undergoer && type === 'ASSAULT' && predicate.nominal && actors.length === 0) actors = forceBehind(scan, frame, recipients, frames, ontology)
  if (armed && actors.length === 0 && predicate.nominal) actors = userOf(scan, frame, context.roles, recipients, frames, ontology).filter((actor) => !recipients.some((other) => other.id === actor.id))
  if (armed && actors.length === 0 && recipients.length === 0) recipients = scene(scan, frame)
  const crowd = type === 'PROTEST' && rule !== null && (frame.roles.agent ?? []).every(isScene) && (frame.roles.owner ?? []).every(isScene) ? crowdOf(scan, frame, context.text) : null
  if (crowd) actors = [crowd]
  // Police of no state who shoot at somebody fight a crime.
  const open = crowd !== null || armed && !(actors.length > 0 && actors.every(({ sector, country }) => sector === 'COP' && country === null)) && [...actors, ...recipients].some((actor) => scan.actors.some((mention) => mention.span[0] === actor.span[0] && (mention.use !== 'adjective' || (alone && actor.country !== null))))
  if (rule && !open && !officialOrNamed(type, frame, actors, recipients)) return note(context, scan, frame, ruleId, 'nobody whose state is named takes part')
  // "evacuated its citizens from X": whoever fetches their own people helps nobody else.
  const fetched = rule !== null && type === 'AID' && !predicate.nominal ? (frame.roles.patient ?? []).filter((mention) => mention.actors.every(({ id, sector }) => id.startsWith('noun:') && sector === 'CVL') && (mention.inferred || scan.tokens[mention.first - 1]?.relation === 'nmod:poss' || hasTail(scan, mention))) : []
  if (fetched.length > 0 && !frame.roles.beneficiary && !frame.roles.addressee) return note(context, scan, frame, ruleId, 'own people are fetched')
  // "the passengers left the plane": ordinary people who help themselves give no aid.
  const ordinary = type === 'AID' && actors.every(({ sector }) => sector === 'CVL' || sector === null)
  if ((rule === null || ordinary || !INCIDENTS.has(type)) && actors.length > 0 && actors.every(isAnybody)) return note(context, scan, frame, ruleId, 'done by people who speak for no state')
  const where = placeCountry(scan, frame)
  // "a plane arrived in X": only force and crowds are of the place where they are told of.
  // Nor are warplanes, whose state is not told, of the state they strike, nor troops of the one they come into.
  const remote = (mode !== null && REMOTE.has(mode)) || ontology.concepts[predicate.concept]?.['from-abroad'] === true
  if (!rule || INCIDENTS.has(type)) actors = actors.map((actor) => (remote && actor.sector === 'MIL' ? fromAfar(scan, actor, recipients) : located(actor, where)))
  recipients = recipients.flatMap((actor) => {
    const states = statesBehind(scan, actor, type === 'SANCTION' && actor.sector !== 'MIL')
    // Where a clause of its own tells what came of it, those it came to need not be the doer's own people.
    const home = type === 'SUPPORT' || (type === 'AID' && GUESTS.has(actor.sector ?? '')) || type === 'AGREE' || (context.roles.commaClauses && (frame.inherited ? type === 'ASSAULT' : type === 'ACCUSE')) || rule?.abroad === true ? null : ownState(actors, type)
    return states.length > 1 ? states.map((state) => located({ ...actor, country: null }, state)) : [located(states[0] ? { ...actor, country: null } : actor, states[0] ?? where ?? home)]
  })
  // "demanded the release of its citizens", "denied the presence of its troops": own people are spoken of, not to.
  if (type === 'REQUEST' || type === 'REJECT') recipients = recipients.filter(({ id, sector, country }) => !(id.startsWith('noun:') && (sector === 'CVL' || sector === 'MIL' || sector === 'JRN') && country !== null && country === ownState(actors, type)))
  // "The meeting between X and Y was called off": by whom is not said.
  if (type === 'REJECT' && mode === 'meet' && actors.length === 0 && new Set(recipients.map(({ country }) => country)).size > 1) [actors, recipients] = [recipients, []]
  if (rule && type === 'ASSAULT' && predicate.nominal && actors.length > 0 && recipients.length === 0) recipients = heading(scan).filter((actor) => actors.every(({ country }) => country !== null && country !== actor.country))
  // "Y says X bombed its troops": nobody uses force on their own forces; those of whoever says so are meant.
  if (rule && ontology.types[type]?.quad === 'material-conflict' && actors.length > 0 && !predicate.nominal) recipients = recipients.map((actor) => (isGuessed(scan, actor) && FORCES.has(actor.sector ?? '') && actors.some(({ country }) => country === actor.country) ? ofSpeaker(actor, frame, frames) : actor))
  const needsRecipient = ontology.types[type]?.recipient === 'required' || rule?.needs === 'recipient'
  if (actors.length === 0 && recipients.length === 0) return note(context, scan, frame, ruleId, 'nobody takes part')
  if (![...actors, ...recipients].some((actor) => actor.country !== null || takesForce(type, actor) || (open && actor.id.startsWith('noun:')))) return note(context, scan, frame, ruleId, 'no state or organisation takes part')
  if (actors.length === 0 && !open && !passiveWithoutDoer(scan, type, frame, recipients, context.roles, rule) && !undergone(type, frame, rule, recipients)) return note(context, scan, frame, ruleId, 'nobody does it')
  if (needsRecipient && recipients.length === 0 && (actors.length < 2 || rule?.roles === 'visit')) return note(context, scan, frame, ruleId, 'nobody it is done to')
  // "Russian aid arrived in X": what came is a thing, of which no more is told than whose it was.
  if (rule?.roles === 'visit' && !predicate.nominal && !predicate.passive && (frame.roles.agent ?? []).length > 0 && frame.roles.agent?.every((mention) => mention.use === 'adjective')) return note(context, scan, frame, ruleId, 'a thing of theirs came')
  if (rule?.type === 'CONSULT' && isAtHome(actors, recipients)) return note(context, scan, frame, ruleId, 'nobody visits their own state')
  // "a firm signed a contract with ten dealers in X": whoever is named behind the verb alone signs nothing with nobody.
  if (rule?.roles === 'mutual' && rule.type === 'SUPPORT' && !predicate.nominal && recipients.length === 0 && actors.length === 1 && frame.roles.partner?.some((mention) => mention.span[0] === actors[0]?.span[0])) return note(context, scan, frame, ruleId, 'whoever it is done with is not known')
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
  // "will not attend": who says so refuses now.
  if (finalStatus === 'future' && rule?.type === 'REJECT' && scan.markers.some(({ value, start }) => value.kind === 'negation' && predicate.words.includes(start))) finalStatus = 'occurred'
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
  // "police said a suspect was arrested": what police tell of somebody whose state nobody names is a crime at home.
  const unnamed = (actor: Actor): boolean => (actor.sector === 'CVL' || actor.sector === 'CRM') && scan.actors.some((mention) => mention.span[0] === actor.span[0] && (mention.inferred || mention.actors.every(({ country }) => country === null)))
  if (type === 'COERCE' && actors.length === 0 && attribution.kind === 'named' && attribution.speaker?.sector === 'COP' && recipients.every(unnamed)) return note(context, scan, frame, ruleId, 'a crime at home')
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

/* "promised aid at the meeting of X": who meets is not who something is given to. */
function isMeetingNext(scan: Scan, { last }: Predicate, ontology: Ontology): boolean {
  const next = scan.predicates.find((other) => other.nominal && other.first >= last)
  return next !== undefined && ontology.ruleOf.get(next.concept)?.type === 'CONSULT'
}

const COOPERATION = new Set(['verbal-cooperation', 'material-cooperation'])

/** Whom states take in from abroad. */
const GUESTS = new Set(['REF', 'ELI', 'OPP'])

/* A pronoun is written on to the last word of a phrase (the mark of a cut ending). */
const hasTail = (scan: Scan, mention: ActorMention): boolean => scan.tokens[mention.last - 1]?.alternatives.some((form) => form.endsWith('^')) === true

/** Bodies that a state does not use force on, nor sends away. */
const FORCES = new Set(['MIL', 'GOV'])

/* People told of in somebody's words, as those of the one who speaks. */
function ofSpeaker(actor: Actor, { governor }: Frame, frames: ReadonlyMap<Predicate, Frame>): Actor {
  const [speaker] = governor ? (frames.get(governor)?.roles.agent ?? []).flatMap(({ actors }) => actors) : []
  return speaker?.country != null && speaker.country !== actor.country ? { ...actor, id: `noun:${speaker.country}/${actor.sector ?? ''}`, country: speaker.country } : actor
}

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
