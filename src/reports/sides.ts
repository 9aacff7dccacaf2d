/** Who takes part in an act, beyond what its frame says: the doer of an object, whoever is named next, and who can do an act at all. */
import type { EventRule, Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { Actor, ActorMention } from '../model/index.ts'
import type { Frame } from './frame.ts'
import { isParted } from './parted.ts'
import type { Predicate, Scan } from './scan.ts'
import { commasBetween, isBeyondComma, isSubjectOf, nounAbove, treeOf } from './syntax.ts'

/** The actors of some mentions, each once. */
export function actorsOf(mentions: readonly ActorMention[] | undefined): Actor[] {
  const out: Actor[] = []
  for (const mention of mentions ?? []) for (const actor of mention.actors) if (!out.some((other) => other.id === actor.id)) out.push(actor)
  return out
}

/* "X, whose troops …": a state beside a body of its own on one side is named as the owner only. */
export function withoutOwner(side: readonly Actor[]): readonly Actor[] {
  return side.filter((actor) => !(actor.id.startsWith('state:') && side.some((other) => other !== actor && other.country === actor.country && other.id.startsWith('noun:'))))
}

/** "The two leaders agreed on ties of X and Y": where leaders of several states act together, a state whose leader is among them is what is spoken of. */
export function withoutSpokenOf(side: readonly Actor[]): readonly Actor[] {
  const led = new Set(side.filter(({ id, country }) => country !== null && /^(?:person|office|name):/u.test(id)).map(({ country }) => country))
  const parties = new Set(side.flatMap(({ country }) => country ?? []))
  // "X and Y exchanged prisoners": people of no state are no third party.
  const named = parties.size < 2 ? side : side.filter(({ id, sector, country }) => !(id.startsWith('noun:') && country === null && PEOPLE.has(sector ?? '')))
  return led.size < 2 ? named : named.filter(({ id, country }) => !(id.startsWith('state:') && led.has(country)))
}

/** People of whom one speaks, and who sit at no table. */
const PEOPLE = new Set(['CVL', 'REF', 'ELI', 'CRM'])

/** Whether a phrase names a place, or a state by its capital only. */
export const isTown = (mention: ActorMention): boolean => mention.capital || mention.use === 'place'

/** Where something happens, not who does it: a town, or the adjective of a place named by a common noun ("Syrian cities"). */
export const isScene = (mention: ActorMention): boolean => isTown(mention) || mention.use === 'adjective'

/** Bodies whose acts on people without a state concern their own state's people. */
const DOMESTIC = new Set(['COP', 'JUD', 'GOV', 'LEG'])

/* "police arrested him in X": where police or a court act at home, the place is not who it is done to. */
export function withoutScene(scan: Scan, { roles }: Frame, actors: readonly Actor[], recipients: readonly Actor[]): readonly Actor[] {
  if (actors.length === 0 || !actors.every(({ id, sector }) => id.startsWith('noun:') && (sector === 'COP' || sector === 'JUD'))) return recipients
  const isPlace = ({ span }: Actor): boolean => roles.place?.some((mention) => mention.span[0] === span[0]) === true || scan.actors.some((mention) => isTown(mention) && mention.span[0] === span[0])
  return recipients.filter((actor) => !isPlace(actor) || !actors.some(({ country }) => country === actor.country))
}

/* "gunmen in X", "police detained 18 people": people no state is named for are of the place told, or of the state whose police or courts act. */
export function located(actor: Actor, state: string | null): Actor {
  if (state === null || actor.country !== null || !actor.id.startsWith('noun:')) return actor
  return { ...actor, id: `noun:${state}/${actor.sector ?? ''}`, country: state }
}

/** "two employees of X's embassy": people whose state was guessed are of the body of a state that hangs on their noun and stands right behind it. */
export function ofBody(scan: Scan, actor: Actor): readonly Actor[] | null {
  const noun = scan.actors.find((mention) => mention.span[0] === actor.span[0])
  if (!noun || !actor.id.startsWith('noun:') || (!noun.inferred && actor.country !== null)) return null
  const body = scan.actors.find((mention) => mention.first === noun.last)
  if (!body || !isMission(body)) return null
  const hangs = scan.tokens.slice(body.first, body.last).some(({ head, relation }) => relation?.startsWith('nmod') === true && head !== undefined && head >= noun.first && head < noun.last)
  return hangs ? body.actors : null
}

/* "firms in X and Y": the states named right behind a noun that has none of its own or one that was guessed, joined with one another; whoever is punished may also be from there. */
export function statesBehind(scan: Scan, actor: Actor, punished: boolean): string[] {
  if ((actor.country !== null && !(punished && isGuessed(scan, actor))) || !actor.id.startsWith('noun:')) return []
  const noun = scan.actors.find((mention) => mention.span[0] === actor.span[0])
  const out: string[] = []
  let at = noun?.last ?? scan.tokens.length
  for (const mention of scan.actors.filter((other) => other.first >= at)) {
    for (let i = at; i < mention.first; i++) if (!scan.markers.some((marker) => marker.start <= i && marker.end > i && (marker.value.kind === 'joiner' || marker.value.kind === 'article' || (out.length === 0 && (marker.value.role === 'place' || (punished && marker.value.role === 'source'))))) && !(out.length > 0 && LISTED.test(scan.tokens[i]?.norm ?? '')) && !(i === mention.first - 1 && i > at && scan.tokens[i]?.tag === 'ADJ')) return out
    const [state] = mention.actors.map((other) => other.country)
    if (!state || (!isTown(mention) && mention.actors[0]?.id !== `state:${state}`)) return out
    out.push(state)
    at = mention.last
  }
  return out
}
const LISTED = /^[,،，、]$/u

export function placeCountry(scan: Scan, frame: Frame): string | null {
  const named = frame.roles.place?.filter((mention) => mention.use !== 'adjective' && !isMission(mention)).flatMap((mention) => mention.actors.map((actor) => actor.country)).find((country) => country !== null)
  if (named) return named
  // Where no tree tells: a state marked as the place before the verb of the clause.
  const ahead = frame.predicate.passive && treeOf(scan) === null ? scan.actors.find((mention) => mention.first >= frame.clause[0] && mention.last <= frame.predicate.first && mention.use === 'full' && !isMission(mention) && commasBetween(scan, mention.last, frame.predicate.first) === 0 && scan.markers.some(({ value, end }) => value.role === 'place' && end === mention.first)) : undefined
  if (ahead?.actors[0]?.country) return ahead.actors[0].country
  const towns = scan.actors.filter((mention) => mention.capital && mention.first >= frame.clause[0] && mention.last <= frame.clause[1]).flatMap((mention) => mention.actors.map((actor) => actor.country))
  if (towns.length > 0) return new Set(towns).size === 1 ? (towns[0] ?? null) : null
  const anywhere = new Set(scan.actors.filter(isTown).flatMap((mention) => mention.actors.map((actor) => actor.country)))
  return anywhere.size === 1 ? ([...anywhere][0] ?? null) : null
}

/** "outside the embassy of X": a body of a state, which may stand in another. */
export const isMission = (mention: ActorMention): boolean => !isTown(mention) && mention.use === 'full' && mention.actors.some((actor) => actor.id.startsWith('noun:') && actor.sector === 'GOV' && actor.country !== null)

/** The missions a clause names as its place, wherever in it they stand. */
export function missionsHere(scan: Scan, frame: Frame): readonly ActorMention[] {
  const behind = (frame.roles.place ?? []).filter(isMission)
  return behind.length > 0 ? behind : scan.actors.filter((mention) => mention.mission && mention.first >= frame.clause[0] && mention.last <= frame.clause[1] && scan.markers.some((marker) => marker.value.role === 'place' && marker.end === startOf(scan, mention)))
}

/* "at [the town of] X the embassy of Y": where places stand before what is in them, the town belongs to the phrase. */
function startOf(scan: Scan, mention: ActorMention): number {
  const town = scan.actorAt.get(mention.first - 1)
  return town && isTown(town) ? town.first : mention.first
}

/** "Protests broke out in X": a noun of protest told with nobody but a place is the crowd of that place. */
export function crowdOf(scan: Scan, frame: Frame, text: string): Actor | null {
  const { words } = frame.predicate
  // "marched outside X": a preposition of the wording is nobody.
  const end = Math.max(...words.filter((word) => scan.tokens[word]?.tag !== 'ADP' && !scan.markers.some((marker) => marker.value.kind === 'role' && marker.end === word + 1)), Math.min(...words))
  const noun = scan.tokens[end]
  // Where words are not parted, the word is all that is written together with its last letter.
  let first = end
  while (words.includes(first - 1) && scan.tokens[first - 1]?.end === scan.tokens[first]?.start) first--
  const from = scan.tokens[first]?.start ?? 0
  // Marked as the place, or where the verb says that the place saw it: "X saw protests".
  // "took to the streets of X": the town may belong to a word of the wording.
  const street = frame.predicate.nominal ? [] : (frame.roles.patient ?? []).filter((mention) => mention.first === frame.predicate.last && mention.actors.every(({ id }) => /^(?:state|place):/u.test(id)))
  const scenes = [...(frame.roles.agent ?? []), ...(frame.roles.place ?? []), ...street]
  const mission = missionsHere(scan, frame).length > 0
  const country = mission ? null : scenes.some((mention) => mention.use !== 'adjective') ? (placeCountry(scan, frame) ?? street[0]?.actors[0]?.country ?? null) : (scenes[0]?.actors[0]?.country ?? null)
  if (!noun || (country === null && !mission)) return null
  const named = scan.actorAt.get(end)
  if (named?.actors[0] && takesForce('PROTEST', named.actors[0])) return located(named.actors[0], country)
  const word = text.slice(from, noun.end)
  return { id: country === null ? `noun:OPP/${word}` : `noun:${country}/OPP`, name: word, country, sector: 'OPP', office: null, span: [from, noun.end], text: word }
}

/** The state whose people those are whose state is not told: that of a body which acts at home. States as such use force abroad as well. */
export function ownState(actors: readonly Actor[], type: string): string | null {
  const [actor] = actors
  if (type === 'ASSAULT' && actor?.id.startsWith('state:')) return null
  return actors.length === 1 && actor && actor.country !== null && /^[A-Z]{3}$/u.test(actor.country) && DOMESTIC.has(actor.sector ?? '') ? actor.country : null
}

export const mutualRule = (rule: EventRule | null): boolean => rule !== null && (rule.roles === 'mutual' || rule.roles === 'mutual-with' || rule.roles === 'host')

/** The denial whose object tells of an act: "denied reports of a raid", "denied accusations that it sent troops". */
export function denialAbove(scan: Scan, predicate: Predicate, ontology: Ontology, roles: RoleSettings): Predicate | null {
  const denial = scan.predicates.findLast((other) => other.last <= predicate.first && ontology.ruleOf.get(other.concept)?.denies === true)
  if (!denial) return null
  let that = false
  for (let i = denial.last; i < predicate.first; i++) {
    const boundary = scan.boundaries.get(i)
    if (boundary === 'that' || boundary === 'relative') that = true
    else if (boundary === 'comma' ? !that && scan.boundaries.get(i + 1) !== 'that' : boundary !== undefined) return null
  }
  // A verb of its own stands beside the denial; one behind "that", or one that its form does not tell from a noun, is what is denied.
  const bare = predicate.nominal || roles.finiteLabels.length === 0
  const own = scan.predicates.some((other) => other !== denial && !other.nominal && other.kind !== 'act' && other.first >= denial.last && other.last <= predicate.first)
  return (bare || that) && !own ? denial : null
}

/** Whether somebody is named in what is denied, and not as the one whose words are: behind what these words are about, or in an act told there. */
export function isDenied(scan: Scan, { predicate }: Frame, frames: ReadonlyMap<Predicate, Frame>, actor: Actor): boolean {
  const mention = scan.actors.find((other) => other.span[0] === actor.span[0])
  if (!mention || mention.first < predicate.last) return false
  const behind = scan.predicates.filter((other) => other.first >= predicate.last && other.kind === 'act')
  if (behind.some((other) => other.first < mention.first || Object.values(frames.get(other)?.roles ?? {}).flat().includes(mention))) return true
  return mention.first - predicate.last > WHOSE || scan.markers.some((marker) => marker.value.role === 'topic' && marker.start >= predicate.last && marker.end <= mention.first)
}
/** How far behind the denial the one whose words are denied may be named. */
const WHOSE = 3

/* Whom such a pronoun means: whoever the act its clause hangs on was done to. */
export function objectBefore(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, actors: readonly Actor[]): readonly Actor[] {
  let at = scan.tokens[frame.predicate.head]?.head ?? -1
  for (let hops = 0; at >= 0 && hops < 4; hops++) {
    const above = scan.predicates.find((other) => other !== frame.predicate && other.words.includes(at))
    const roles = above ? frames.get(above)?.roles : undefined
    if (roles) return actorsOf([...(roles.target ?? []), ...(roles.patient ?? []), ...(roles.addressee ?? [])]).filter((actor) => !actors.some((other) => other.id === actor.id))
    at = scan.tokens[at]?.head ?? -1
  }
  return []
}

/** "…, a decision that X condemned": where the clause describes a noun that stands for what was told before, whoever did that. */
export function doerOfTold(scan: Scan, { predicate }: Frame, frames: ReadonlyMap<Predicate, Frame>, actors: readonly Actor[]): readonly Actor[] {
  const { tokens } = scan
  const verb = predicate.words.find((word) => tokens[word]?.relation?.startsWith('acl'))
  const at = verb === undefined ? -1 : (tokens[verb]?.head ?? -1)
  const noun = tokens[at]
  if (!noun || at >= predicate.first || !/^(?:NOUN|PRON)$/u.test(noun.tag ?? '') || scan.actorAt.has(at) || scan.predicates.some((other) => other.words.includes(at) && other.kind === 'act')) return []
  // "praised the decision of X, which Y condemned": whoever the noun is of.
  const whose = scan.actors.filter((mention) => mention.first > at && mention.last <= predicate.first && mention.first - at <= WHOSE && scan.tokens.slice(mention.first, mention.last).some(({ head, relation }) => head === at && relation?.startsWith('nmod') === true))
  if (whose.length > 0) return actorsOf(whose).filter((actor) => !actors.some((other) => other.country === actor.country))
  if (scan.boundaries.get(at - 1) !== 'comma') return []
  const told = [...frames.values()].findLast((other) => !other.predicate.nominal && other.predicate.last <= at)
  return actorsOf(told?.roles.agent).filter((actor) => !actors.some((other) => other.country === actor.country))
}

/* Whoever is named next in the clause of a verb, before another verb of its own standing: what is done most often concerns them. */
export function nextNamed(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, actors: readonly Actor[], roles: RoleSettings, /** Not those in what is rejected. */ short = false): readonly Actor[] {
  const { predicate, clause } = frame
  const stop = scan.predicates.find((other) => other !== predicate && !other.nominal && other.first >= predicate.last && (short || other.kind === 'speech' || frames.get(other)?.governor !== predicate))
  const end = Math.min(clause[1], stop?.first ?? clause[1])
  const bare = roles.order === 'svo' && treeOf(scan) === null
  // '"…", said X': whoever says all that is not who it is done to.
  const speakers = stop?.kind === 'speech' ? (frames.get(stop)?.roles.agent ?? []) : []
  for (const mention of scan.actors) {
    if (mention.first >= predicate.last && speakers.some(({ first }) => first === mention.first)) break
    if (bare && isBeyondComma(scan, predicate.last, mention)) break
    // "X cuts supplies and Y protests": whoever does the next act is not who this one is done to.
    if (stop && ((mention.last === stop.first && mention.cut !== '') || (roles.order === 'svo' && commasBetween(scan, predicate.last, mention.first) > 0)) && frames.get(stop)?.roles.agent?.includes(mention) === true) break
    if (mention.first < predicate.first || mention.first >= end || mention.medium || predicate.words.includes(mention.last - 1) || nounAbove(scan, mention) !== null || isSource(scan, mention) || isInReturn(scan, mention)) continue
    // "took part in the American invasion of X": whoever qualifies the noun behind a preposition of the wording does what it names.
    if (mention.use === 'adjective' && predicate.words.some((word) => word !== predicate.head && scan.tokens[word]?.relation?.startsWith('obl') === true && scan.tokens[mention.first]?.head === word)) continue
    // "the ambassador in X criticised …": a town right behind the doer is where that one sits.
    if (isTown(mention) && frame.roles.agent?.some((doer) => scan.markers.some((marker) => marker.value.role === 'place' && marker.start === doer.last && marker.end === mention.first))) continue
    const found = actorsOf([mention]).filter((actor) => actor.country !== null && !actors.some((other) => other.id === actor.id))
    if (found.length > 0) return found
  }
  return []
}

/* "released three in exchange for X's prisoners": what is left out, or given in return, is not who it is done to. */
const isInReturn = (scan: Scan, mention: ActorMention): boolean => scan.markers.some(({ value, end }) => value.role === 'before' && end <= mention.first && mention.first - end <= 2)

/** "…, according to X": whoever it is told by. */
export const isSource = (scan: Scan, mention: ActorMention): boolean => scan.markers.some((marker) => marker.value.kind === 'source' && marker.end <= mention.first && mention.first - marker.end <= 2)

/** Whoever is named right behind "according to", in the same breath. */
export function sourceBehind(scan: Scan, at: number): ActorMention | undefined {
  const mention = scan.actors.find((actor) => actor.first >= at && actor.first - at <= 3)
  return mention && scan.tokens.slice(at, mention.first).every((token) => token.kind !== 'punct' || /^["'«“‘]$/u.test(token.norm)) ? mention : undefined
}

/* An act with one side only counts when that side is named for itself: not by a pronoun, an adjective, a town that is not itself the subject, or a word whose state was guessed. */
export function standsAlone(scan: Scan, frame: Frame, type: string): boolean {
  return Object.values(frame.roles).flat().some((mention) => {
    if (mention.inferred || (mention.capital && !isSubjectOf(scan, mention, frame.predicate) && !(standsAsSubject(scan, frame, mention) && !INCIDENTS.has(type))) || mention.use === 'pronoun' || (mention.use === 'adjective' && !isSubjectOf(scan, mention, frame.predicate)) || (mention.use === 'people' && type !== 'PROTEST') || mention.use === 'place') return false
    return mention.actors.some((actor) => (actor.country !== null || takesForce(type, actor)) && (actor.id.startsWith('state:') || actor.office !== null || OFFICIAL.has(actor.sector ?? '') || takesForce(type, actor)))
  })
}

/* Where the words have no tree: unmarked and right beside the verb, or at the head of its clause. */
function standsAsSubject(scan: Scan, frame: Frame, mention: ActorMention): boolean {
  const { predicate, clause, roles, inherited } = frame
  if (predicate.nominal || inherited || treeOf(scan) !== null || roles.agent?.includes(mention) !== true) return false
  return mention.first === clause[0] || (mention.cut !== '' && mention.last === predicate.first) || (mention.first > predicate.first && mention.first - predicate.last <= 1)
}
const OFFICIAL = new Set(['GOV', 'MIL', 'LEG', 'IGO', 'UNO', 'EUR', 'REB', 'PRM', 'UAF', 'OPP', 'SPY'])

export const isMedium = (actor: Actor): boolean => actor.id.startsWith('medium:')

/** Who uses force or takes to the streets without a state's name: rebels and militias, soldiers, demonstrators. */
const FORCES: Readonly<Record<string, ReadonlySet<string>>> = {
  ASSAULT: new Set(['REB', 'PRM', 'UAF', 'MIL', 'IMG', 'OPP']), COERCE: new Set(['REB', 'PRM', 'IMG', 'OPP']), MOBILIZE: new Set(['REB', 'PRM', 'IMG']), RETREAT: new Set(['REB', 'PRM', 'IMG']),
  PROTEST: new Set(['OPP', 'EDU', 'LAB', 'REL', 'REF', 'SOC', 'CVL', 'PTY', 'AGR', 'MED']),
}

export const takesForce = (type: string, actor: Actor): boolean => actor.sector !== null && FORCES[type]?.has(actor.sector) === true

/* "Two soldiers were killed": force without a doer named is still force, when people suffer it; a town or an adjective is nobody. */
export function passiveWithoutDoer(scan: Scan, type: string, frame: Frame, recipients: readonly Actor[], roles: RoleSettings, rule: EventRule | null = null): boolean {
  const { predicate } = frame
  // People set free are, whoever did it; so are people sentenced.
  if ((type !== 'ASSAULT' && type !== 'COERCE' && !((type === 'RETREAT' || type === 'SANCTION') && rule?.undergoer === true)) || predicate.nominal || !(predicate.passive || roles.hiddenPassive)) return false
  const owner = (mention: ActorMention): boolean => type === 'RETREAT' && scan.markers.some(({ value, end }) => value.role === 'of' && mention.first - end >= 0 && mention.first - end <= 1)
  const people = [...(frame.roles.patient ?? []), ...(frame.roles.target ?? [])].filter((mention) => !owner(mention) && !isTown(mention) && mention.use !== 'adjective' && !(mention.use === 'pronoun' && mention.actors.every(({ office }) => office === null))).flatMap((mention) => mention.actors)
  return recipients.some((actor) => (actor.country !== null || takesForce(type, actor)) && people.some((other) => other.span[0] === actor.span[0]))
}

/* "arrived in X" told of X's own: a visit to one's own state is none. */
export function isAtHome(actors: readonly Actor[], recipients: readonly Actor[]): boolean {
  const [state] = actors.map((actor) => actor.country)
  return state != null && actors.every((actor) => actor.country === state) && recipients.length > 0 && [actors, recipients].some((side) => side.every((actor) => actor.country === state && /^(?:state|place):/u.test(actor.id))) && recipients.every((actor) => actor.country === state)
}

export const isGuessed = (scan: Scan, actor: Actor): boolean => scan.actors.some((mention) => mention.inferred && mention.span[0] === actor.span[0])

/* Police, courts and crowds whose state was only guessed from what stands around do nothing to other states. */
export function officialOrNamed(type: string, frame: Frame, actors: readonly Actor[], recipients: readonly Actor[]): boolean {
  // Only force is done to a place; elsewhere a town or a province beside the police is where it happened.
  const placed = (mention: ActorMention): boolean => mention.use === 'place' || (mention.capital && frame.roles.agent?.includes(mention) !== true)
  const guessed = new Set(Object.values(frame.roles).flat().filter((mention) => mention.inferred || (type !== 'ASSAULT' && type !== 'MOBILIZE' && placed(mention))).map((mention) => mention.span[0]))
  const stated = [...actors, ...recipients].filter((actor) => actor.country !== null)
  return stated.length === 0 || (type === 'PROTEST' && actors.some((actor) => actor.country === null && takesForce(type, actor))) || stated.some((actor) => !guessed.has(actor.span[0]) || LEADING.has(actor.sector ?? ''))
}
const LEADING = new Set(['GOV', 'MIL', 'LEG'])

/** Types that people without office do as well. */
export const INCIDENTS = new Set(['ASSAULT', 'COERCE', 'PROTEST', 'RETREAT', 'AID', 'MOBILIZE'])

/* "A player", "experts": a noun without a state and without office. */
export const isAnybody = (actor: Actor): boolean => actor.id.startsWith('noun:') && actor.country === null && !OFFICIAL.has(actor.sector ?? '') && actor.sector !== 'JUD' && actor.sector !== 'COP'

/* "X: 20 dead in raids by Y": the place that a headline opens with is where it happened; with an article or a verb behind it, X may be the one who says so. */
export function heading(scan: Scan): Actor[] {
  const mention = scan.sentFrom ?? scan.actors.find(({ first }) => first === 0)
  const [colon, next] = mention ? [scan.tokens[mention.last], scan.tokens[mention.last + 1]] : []
  if (!mention || !HEADING.test(colon?.norm ?? '') || !next || next.tag === 'DET' || mention.use === 'adjective') return []
  if (!mention.actors.every(({ id, office }) => office === null && /^(?:state|place):/u.test(id)) || scan.tokens.some(({ tag }, i) => i > mention.last && tag === 'AUX')) return []
  return actorsOf([mention]).filter((actor) => actor.country !== null)
}
const HEADING = /^[:：]$/u

/* "The killing of four people in X": the noun names force, and those who suffered it are of a state. */
export function undergone(type: string, frame: Frame, rule: EventRule | null, recipients: readonly Actor[]): boolean {
  return type === 'ASSAULT' && frame.predicate.nominal && rule?.undergoer === true && !frame.inherited && recipients.some((actor) => actor.country !== null && (frame.roles.patient ?? []).some((mention) => !isTown(mention) && mention.use !== 'adjective' && mention.actors.some((other) => other.span[0] === actor.span[0])))
}

/** Whether a relative clause is opened between two places of a sentence. */
export function relativeBetween(scan: Scan, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (scan.boundaries.get(i) === 'relative') return true
  return false
}

/** "died in a raid": the force told of beside it in its sentence. */
export function forceBeside(scan: Scan, { predicate }: Frame, ontology: Ontology): Predicate | undefined {
  return scan.predicates.find((other) => other !== predicate && ontology.ruleOf.get(other.concept)?.type === 'ASSAULT' && ontology.ruleOf.get(other.concept)?.undergoer !== true)
}

/** "an attack by X in which Y were killed": whoever does what the clause tells more of. */
export function doerOfNoun(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, rule: EventRule, ontology: Ontology): readonly Actor[] {
  const at = frame.predicate.head
  const verb = scan.tokens[at]
  if (frame.predicate.nominal || !verb) return []
  const beside = frame.predicate.passive && rule.undergoer ? forceBeside(scan, frame, ontology) : undefined
  // "X strikes kill 12": where no subject is found, the noun of force right before the verb is it.
  const before = rule.undergoer && !frame.predicate.passive ? scan.predicates.find((other) => (other.nominal || other.label === 'ger') && other.last === frame.predicate.first && ontology.ruleOf.get(other.concept)?.type === 'ASSAULT') : undefined
  // "killed by a strike of X": where the verb is no more than a passive, the noun has to hang on it.
  const force = beside && (ontology.concepts[frame.predicate.concept]?.undergone === true || (beside.nominal && (frame.predicate.words.includes(scan.tokens[beside.head]?.head ?? -1) || isPlacedIn(scan, frame.predicate, beside)))) ? beside : before
  const told = force ? frames.get(force) : undefined
  // "X accuses Y of a strike in which people died": whoever blames others for it did not do it.
  const blamed = (one: Frame | undefined): boolean => one?.inherited === true && one.governor !== null && ontology.concepts[one.governor.concept]?.effect === 'accuse'
  const used = blamed(told) ? undefined : told
  // "in a Russian strike": the noun may be told with whose it was.
  const owners = force?.nominal && ontology.ruleOf.get(force.concept)?.undergoer !== true ? (used?.roles.owner ?? []) : []
  if (used) return actorsOf([...(used.roles.agent ?? []), ...(used.roles.partner ?? []), ...owners]).filter((actor) => ![...actorsOf(frame.roles.patient).filter((other) => !isGuessed(scan, other)), ...actorsOf(frame.roles.place?.filter(({ use }) => use !== 'adjective'))].some((other) => other.id === actor.id || (actor.country !== null && other.country === actor.country)))
  // "was exposed to a Russian attack": whoever describes the noun that ends the wording.
  const described = scan.actorAt.get(frame.predicate.last)
  if (rule.type === 'ASSAULT' && frame.predicate.words.length > 1 && frame.predicate.head < frame.predicate.last - 1 && described?.use === 'adjective' && described.first === frame.predicate.last && scan.tokens[at]?.tag === undefined) return actorsOf([described])
  // The parser may hang the noun on the verb instead of the clause on the noun.
  const noun = scan.predicates.find((other) => other.nominal && ((verb.relation === 'acl:relcl' && other.words.includes(verb.head ?? -1)) || (other.last <= at && scan.tokens[other.head]?.head === at && relativeBetween(scan, other.last, at))))
  const inner = noun ? frames.get(noun) : undefined
  if (!noun || !inner || blamed(inner) || ontology.ruleOf.get(noun.concept)?.type !== rule.type) return []
  return actorsOf(inner.roles.agent).filter((actor) => !actorsOf(frame.roles.patient).some((other) => other.id === actor.id))
}

/* "were killed in a strike", where no tree tells what hangs on what: right behind a preposition of places, in the same breath. */
function isPlacedIn(scan: Scan, { last }: Predicate, noun: Predicate): boolean {
  return scan.tokens[noun.head]?.tag === undefined && noun.first >= last && scan.markers.some(({ value, end }) => value.role === 'place' && end === noun.first) && !isParted(scan, last, noun.first)
}

/** "condemned the storming of X's embassy in Y": whoever suffered the deed that is spoken of, and where it was done, are not who did it. */
export function victimsOf(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): readonly Actor[] {
  const { predicate, clause } = frame
  if (ontology.concepts[predicate.concept]?.deed !== true || predicate.nominal) return []
  const behind = scan.actors.filter((mention) => mention.first > predicate.first && mention.last <= clause[1])
  const mission = behind.find((mention) => mention.mission)
  const deed = scan.predicates.find((other) => other.nominal && other.first >= predicate.last && other.first - predicate.last <= 6 && ontology.types[ontology.ruleOf.get(other.concept)?.type ?? '']?.quad === 'material-conflict')
  const roles = deed ? frames.get(deed)?.roles : undefined
  const hurt = [...(roles?.patient ?? []), ...(roles?.target ?? []), ...(mission ? [mission, ...behind.filter((mention) => isTown(mention) || frame.roles.place?.includes(mention) === true || roles?.place?.includes(mention) === true)] : [])]
  // "condemned the violence against X": behind the verb this mark tells who suffers.
  return actorsOf([...hurt, ...(frame.roles.target ?? []).filter((mention) => mention.first > predicate.first)])
}

/** "X's sanctions on Y were condemned by Z": the deed that is the subject of what is said of it in the passive, whoever did it and whom it concerns. */
export function deedAhead(scan: Scan, { predicate, clause }: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): { readonly doers: readonly Actor[]; readonly others: readonly Actor[] } | null {
  const concept = ontology.concepts[predicate.concept]
  if (predicate.nominal || !predicate.passive || (concept?.deed ?? concept?.gives) !== true) return null
  const deed = scan.predicates.findLast((other) => other !== predicate && other.kind === 'act' && !other.passive && other.first >= clause[0] - 1 && other.last <= predicate.first)
  const rule = deed ? ontology.ruleOf.get(deed.concept) : undefined
  const roles = deed && rule && !isParted(scan, deed.last, predicate.first) ? frames.get(deed)?.roles : undefined
  if (!roles) return null
  const { agent, owner, of, patient = [], target = [], addressee = [], beneficiary = [] } = roles
  const own = [...(owner ?? []), ...(of ?? [])]
  const doers = agent ?? (rule?.undergoer === true ? [] : own)
  return { doers: actorsOf(doers), others: actorsOf([...patient, ...target, ...addressee, ...beneficiary, ...(rule?.undergoer === true ? own : [])].filter((mention) => !doers.includes(mention))) }
}

/** "thanked X for sending doctors": the verb before a deed, in the same breath, by which whoever it was done for speaks of it. */
export function thanksFor(scan: Scan, predicate: Predicate, ontology: Ontology): Predicate | undefined {
  const thanks = scan.predicates.findLast((other) => !other.nominal && other.last <= predicate.first && ontology.concepts[other.concept]?.['for-deeds'] === true)
  for (let i = thanks?.last ?? predicate.first; i < predicate.first; i++) if (/^(?:hard|clause|comma)$/u.test(scan.boundaries.get(i) ?? '')) return undefined
  return thanks
}

/** Those a deed was done for, as far as they say so themselves. */
export function doneFor(scan: Scan, { predicate, roles }: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): readonly Actor[] {
  const thanks = thanksFor(scan, predicate, ontology)
  const doers = actorsOf(roles.agent)
  return actorsOf(thanks && frames.get(thanks)?.roles.agent).filter(({ country }) => country !== null && !doers.some((actor) => actor.country === country))
}

/** How far behind its verb the noun of what was done may stand, in tokens. */
const OBJECT_REACH = 6

export function doerOfObject(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, actors: readonly Actor[], recipients: readonly Actor[], ontology: Ontology): readonly Actor[] {
  // "complained to the council about the strikes by X": a body that is told of it did not do it.
  const aside = recipients.length > 0 && recipients.every(({ id, span }) => id.startsWith('organisation:') && frame.roles.addressee?.some((mention) => mention.span[0] === span[0]) === true)
  const reach = aside ? OBJECT_REACH * 2 : OBJECT_REACH
  const object = scan.predicates.find((other) => other.nominal && other.first >= frame.predicate.last && other.first - frame.predicate.last <= reach && frames.get(other)?.governor !== frame.predicate && (!aside || ontology.types[ontology.ruleOf.get(other.concept)?.type ?? '']?.quad.endsWith('conflict') === true))
  const inner = object ? frames.get(object) : undefined
  if (!object || !inner || inner.inherited) return recipients
  const doers = actorsOf(inner.roles.agent).filter((actor) => !actors.some((other) => other.id === actor.id || other.country === actor.country))
  // Whoever stands behind the noun takes part in what it names: "condemned the attack by X on Y".
  const behind = recipients.every((actor) => actor.span[0] >= (scan.tokens[object.last - 1]?.end ?? 0))
  return (behind && (recipients.length === 0 || doers.length > 0)) || (aside && doers.length > 0) ? doers : recipients
}

/** How force is used when it is no mere crime or accident. */
const ARMS = new Set(['explosives', 'suicide-attack', 'aerial', 'drone', 'heavy-weapons', 'firearms', 'abduct'])

/** "Twelve people were killed when a car bomb exploded": force told twice in a sentence, once with its means, is political even where nobody's state is named. */
export function underArms(scan: Scan, frame: Frame, ontology: Ontology): boolean {
  const force = scan.predicates.flatMap((predicate) => {
    const rule = ontology.ruleOf.get(predicate.concept)
    return rule?.type === 'ASSAULT' ? [{ predicate, rule }] : []
  })
  const means = force.filter(({ rule }) => (rule.mode !== undefined ? ARMS.has(rule.mode) : !rule.undergoer && !rule.verbal))
  return means.length > 0 && force.some(({ predicate }) => predicate !== frame.predicate && predicate.concept !== frame.predicate.concept)
}

/** "Two missiles hit a hospital in X": the wording holds its own subject, a means of force of which nobody says who sent it. */
export function isOwnSubject({ tokens }: Scan, { words, nominal }: Predicate): boolean {
  return !nominal && words.some((word) => tokens[word]?.relation?.startsWith('nsubj') === true && tokens[word]?.tag === 'NOUN' && words.includes(tokens[word]?.head ?? -1))
}

/** "X killed a commander in a raid": the means of an act before it in its clause is used by whoever does that act. */
export function userOf(scan: Scan, frame: Frame, roles: RoleSettings, struck: readonly Actor[], frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): readonly Actor[] {
  const act = [...frames.values()].findLast((other) => !other.predicate.nominal && !other.predicate.passive && other.predicate.first >= frame.clause[0] && other.predicate.last <= frame.predicate.first && ontology.ruleOf.get(other.predicate.concept)?.type === 'ASSAULT')
  if (act || roles.order !== 'vso') return actorsOf(act?.roles.agent)
  // "the shelling by X led to the death of Y": where verbs come first, the noun before is what led to it.
  if (!scan.markers.some(({ value, end }) => /^(?:addressee|source)$/u.test(value.role ?? '') && end === frame.predicate.first)) return []
  const noun = [...frames.values()].findLast((other) => other.predicate.nominal && other !== frame && other.predicate.first >= frame.clause[0] && other.predicate.last <= frame.predicate.first && ontology.ruleOf.get(other.predicate.concept)?.type === 'ASSAULT' && ontology.ruleOf.get(other.predicate.concept)?.undergoer !== true)
  return actorsOf(noun?.roles.agent).filter(({ country }) => !struck.some((actor) => actor.country !== null && actor.country === country))
}

/** "The death of three soldiers in a strike by X": whoever the noun of force behind belongs to, of another state than those who suffered it. */
export function forceBehind(scan: Scan, { predicate, clause }: Frame, struck: readonly Actor[], frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): readonly Actor[] {
  const force = scan.predicates.find((other) => other.nominal && other.first >= predicate.last && other.last <= clause[1] && other.first - predicate.last <= OBJECT_REACH && ontology.ruleOf.get(other.concept)?.type === 'ASSAULT' && ontology.ruleOf.get(other.concept)?.undergoer !== true)
  if (force && isParted(scan, predicate.last, force.first)) return []
  return actorsOf(force ? frames.get(force)?.roles.agent : undefined).filter(({ country }) => country !== null && !struck.some((actor) => actor.country === country))
}

/** Where nobody is named whom force was used against, it was used where it happened. */
export function scene(scan: Scan, frame: Frame): Actor[] {
  const placed = frame.roles.place ?? []
  const here = scan.actors.filter((mention) => isTown(mention) && mention.first >= frame.clause[0] && mention.last <= frame.clause[1])
  return actorsOf((placed.length > 0 ? placed : here).slice(0, 1)).filter((actor) => actor.country !== null)
}

/* "X and Y agreed at talks in Z": a meeting told without its participants is that of those who act together in its sentence, when one side at most is named with it. */
export function together(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, named: readonly Actor[]): readonly Actor[] {
  const { predicate } = frame
  if (named.length === 1 && !(frame.roles.agent ?? []).concat(frame.roles.owner ?? [], frame.roles.place ?? []).every(isTown)) return named
  const verb = scan.predicates.findLast((other) => !other.nominal && other.last <= predicate.first && (frames.get(other)?.roles.agent ?? []).length > 0)
  const group = actorsOf(verb ? frames.get(verb)?.roles.agent : undefined)
  for (let i = verb?.last ?? 0; i < predicate.first; i++) if (scan.boundaries.get(i) === 'hard' || scan.boundaries.get(i) === 'that' || scan.boundaries.get(i) === 'relative') return named
  return new Set(group.map((actor) => actor.country)).size >= 2 && group.every((actor) => actor.country !== null) ? group : named
}

/** "X freed six citizens of Y after talks with Z": a meeting told in a clause of time behind its sentence's verb, with one party only, was held by whoever that verb tells of. */
export function withDoerBefore(scan: Scan, { predicate, roles, governor }: Frame, frames: ReadonlyMap<Predicate, Frame>, named: readonly Actor[]): readonly Actor[] {
  if (named.length !== 1 || !roles.partner || (roles.agent ?? []).length > 0 || (roles.owner ?? []).length > 0 || governor !== null || !predicate.nominal) return named
  const opener = scan.markers.findLast(({ value, end }) => value.kind === 'subordinate' && end <= predicate.first && predicate.first - end <= OPENED)
  const main = opener && scan.predicates.findLast((other) => !other.nominal && other.last <= opener.start && (frames.get(other)?.roles.agent ?? []).length > 0)
  if (!opener || !main || isParted(scan, main.last, opener.start) || isParted(scan, opener.end, predicate.first)) return named
  const doers = actorsOf(frames.get(main)?.roles.agent)
  const governs = doers.length === 1 && doers.every(({ id, country, sector, office }) => country !== null && country !== named[0]?.country && (id.startsWith('state:') || office !== null || sector === 'GOV'))
  return governs ? [...doers, ...named] : named
}
/** Words between what opens such a clause and its noun. */
const OPENED = 3

/** "Speaking after talks with X, Y said …": a meeting that opens its sentence, told with one party only, was held by the subject of the verb that follows. */
export function withSubject(scan: Scan, { predicate, roles }: Frame, frames: ReadonlyMap<Predicate, Frame>, named: readonly Actor[]): readonly Actor[] {
  const agentOf = (other: Predicate): readonly ActorMention[] => (other.nominal ? [] : (frames.get(other)?.roles.agent ?? []))
  const verb = scan.predicates.find((other) => other.first >= predicate.last && agentOf(other).length > 0)
  if (named.length !== 1 || !roles.partner || (roles.agent ?? []).length > 0 || !verb || scan.predicates.some((other) => other.last <= predicate.first && agentOf(other).length > 0)) return named
  const parted = [...scan.boundaries].filter(([at]) => at >= predicate.last && at < verb.first)
  const doers = agentOf(verb).every(({ first }) => first >= predicate.last) ? actorsOf(agentOf(verb)) : []
  if (parted.length > 1 || parted.some(([, kind]) => kind !== 'comma') || doers.length !== 1) return named
  return doers.every(({ country }) => country !== null && country !== named[0]?.country) ? [...doers, ...named] : named
}

/* Whose they are was guessed from where they struck: that is not known. */
export function fromAfar(scan: Scan, actor: Actor, struck: readonly Actor[]): Actor {
  return actor.id.startsWith('noun:') && isGuessed(scan, actor) && struck.some(({ country }) => country === actor.country) ? { ...actor, id: `noun:${actor.sector ?? ''}/${actor.name.toLowerCase()}`, country: null } : actor
}
