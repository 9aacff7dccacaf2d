/** What a predicate names without its being done: an aim, what is warned of, talked about, agreed on, or blamed on each other. */
import type { EventRule, MatrixRow, Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import type { Frame } from './frame.ts'
import { reciprocalOf } from './journeys.ts'
import { isParted } from './parted.ts'
import type { Predicate, Scan } from './scan.ts'
import { announcedAhead, findStatus } from './status.ts'

/* An infinitive that no matrix verb governs says what something was for. */
export function isPurpose(scan: Scan, frame: Frame): boolean {
  const { predicate } = frame
  if (predicate.nominal || !(predicate.label === 'inf' || predicate.label === 'base')) return false
  if (announcedAhead(scan, predicate)) return false
  // "is expected to meet", "could [to] meet": the infinitive belongs to the words that say it is to come or may be.
  const leads = ({ start, end }: { start: number; end: number }): boolean => end - start > 1 || scan.tokens[start]?.relation === 'aux'
  if (scan.markers.some((marker) => (marker.value.kind === 'future' || marker.value.kind === 'hypothetical') && marker.end === predicate.first && leads(marker))) return false
  return scan.markers.some((marker) => marker.value.kind === 'to' && marker.end === predicate.first) || predicate.label === 'inf'
}

/* "went there to strike X": a noun of action written with a preposition of purpose that nothing governs. Talks somebody came for are held all the same. */
export function isAim(scan: Scan, { predicate, governor }: Frame, rule: EventRule, roles: RoleSettings): boolean {
  if (!predicate.nominal || governor !== null || rule.type === 'CONSULT' || !roles.purposeCuts.includes(predicate.cut)) return false
  return !scan.markers.some((marker) => marker.value.kind === 'not-purpose' && marker.end === predicate.first)
}

/* "warned X against sending troops", "abstained on a resolution condemning X": a noun of action, a gerund or a participle behind the verb, with no clause opened between. */
function isAverted(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): boolean {
  const { predicate } = frame
  const verb = scan.predicates.findLast((other) => !other.nominal && other.last <= predicate.first)
  const rule = verb ? ontology.ruleOf.get(verb.concept) : undefined
  if (!verb || !(rule?.averts === true || (rule?.type === 'REJECT' && rule.denies !== true && isOwnDeed(frame, frames.get(verb))))) return false
  // "a resolution demanding a ceasefire": no form may tell it, but what it hangs on.
  const bare = rule.type === 'REJECT' && /^(?:acl$|compound|nmod|amod)/u.test(scan.tokens[rootOf(scan, predicate)]?.relation ?? '')
  const formless = predicate.label === '' && !isParted(scan, verb.last, predicate.first)
  if (!predicate.nominal && !bare && !formless && !/^(?:ger|part)$/u.test(predicate.label) && scan.tokens[rootOf(scan, predicate)]?.form !== 'part') return false
  for (let i = verb.last; i < predicate.first; i++) if (scan.boundaries.has(i) && (bare || scan.boundaries.get(i) !== 'comma')) return false
  return true
}

/** The states of those mentioned, those of no state by themselves. */
const partiesOf = (mentions: readonly ActorMention[] = []): string[] => mentions.flatMap(({ actors }) => actors.map(({ country, id }) => country ?? id))

/* "opposes expelling X", not "opposes Y's attack on X": what is turned down would be done by whoever turns it down. */
function isOwnDeed({ predicate, roles }: Frame, turned: Frame | undefined): boolean {
  const own = partiesOf(turned?.roles.agent)
  const named = partiesOf([...(roles.agent ?? []), ...(roles.owner ?? [])])
  return (predicate.nominal || predicate.label === 'ger') && named.every((doer) => own.includes(doer))
}

/* "X ruled out breaking with Y": a hostile deed that somebody will not do turns nobody down. */
function rulesOutForce(scan: Scan, { predicate }: Frame, ontology: Ontology): boolean {
  if (predicate.nominal || predicate.passive) return false
  const deed = scan.predicates.find((other) => other.kind === 'act' && other.first >= predicate.last)
  const quad = deed ? ontology.types[ontology.ruleOf.get(deed.concept)?.type ?? '']?.quad : undefined
  return deed !== undefined && quad === 'material-conflict' && deed.label === 'inf' && deed.first - predicate.last <= 1 && !isParted(scan, predicate.last, deed.first)
}

/** The word of a wording that hangs on none of the others. */
function rootOf(scan: Scan, { words, head }: Predicate): number {
  return words.find((word) => !words.includes(scan.tokens[word]?.head ?? -1)) ?? head
}

/* "agreed to withdraw", where the verb that says what is agreed on has no form of its own for that. */
function isAgreedOn(scan: Scan, { predicate }: Frame, ontology: Ontology): boolean {
  const root = scan.tokens[rootOf(scan, predicate)]
  return scan.predicates.some((other) => {
    if (other === predicate || ontology.ruleOf.get(other.concept)?.type !== 'AGREE') return false
    return (predicate.label === '' && !other.nominal && predicate.first === other.last) || (root?.relation === 'xcomp' && root.head !== undefined && other.words.includes(root.head))
  })
}

/* "does not support X joining Y", where verbs have no form of their own for what another verb is about: whoever rejects a thing that is good for somebody does not tell that it was done. */
function isRejected(scan: Scan, { predicate }: Frame, ontology: Ontology): boolean {
  const quad = ontology.types[ontology.ruleOf.get(predicate.concept)?.type ?? '']?.quad
  // "opposes the accession of X to Y": a tie that is turned down right behind the verb is not made.
  const rule = ontology.ruleOf.get(predicate.concept)
  const tie = predicate.nominal && rule?.type === 'SUPPORT' && rule.roles === 'mutual'
  if ((!tie && (predicate.label !== '' || predicate.nominal)) || !quad?.endsWith('cooperation')) return false
  return scan.predicates.some((other) => {
    if (other.nominal || other.last > predicate.first || ontology.ruleOf.get(other.concept)?.type !== 'REJECT' || ontology.ruleOf.get(other.concept)?.denies) return false
    return !isParted(scan, other.last, predicate.first) && !scan.predicates.some((between) => between !== other && between !== predicate && !between.nominal && between.first >= other.last && between.last <= predicate.first)
  })
}

/* "abstained on a resolution that condemns X": what the text voted on says is not said by whoever abstains. */
function isVotedOn(scan: Scan, { predicate, roles }: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): boolean {
  return scan.predicates.some((other) => {
    if (other === predicate || ontology.concepts[other.concept]?.effect !== 'abstain') return false
    for (let i = Math.min(other.last, predicate.last); i < Math.max(other.first, predicate.first); i++) if (/^(?:hard|clause)$/u.test(scan.boundaries.get(i) ?? '')) return false
    const abstaining = partiesOf(frames.get(other)?.roles.agent)
    return partiesOf(roles.agent).every((country) => abstaining.includes(country))
  })
}

/* "discussed extraditing X", "sued X for killing Y", where verbs have no form of their own for what another verb is about: what is talked of or alleged is not told as done. */
function isBroughtUp(scan: Scan, { predicate }: Frame, ontology: Ontology): boolean {
  if (predicate.label !== '') return false
  return scan.predicates.some((other) => {
    const rule = other.kind === 'act' && !other.nominal ? ontology.ruleOf.get(other.concept) : undefined
    if (rule?.alleges !== true || other.last > predicate.first || isParted(scan, other.last, predicate.first, opensFor(scan, other.last, predicate.first) ? 'subordinate' : null)) return false
    return !scan.markers.some(({ value: { kind }, start, end }) => (kind === 'joiner' || kind === 'resumer') && start >= other.last && end <= predicate.first)
  })
}

/* "[approved] the protocol of X's [joining]", where verbs have no form of their own for what describes a noun: an act told inside the words of another one. */
function isInside(scan: Scan, { predicate }: Frame): boolean {
  return predicate.label === '' && scan.predicates.some((other) => other !== predicate && other.kind === 'act' && other.first < predicate.first && other.last > predicate.last)
}

/* "sued X for killing Y": whether a word of what somebody is blamed for stands between. */
const opensFor = (scan: Scan, from: number, to: number): boolean => scan.markers.some(({ value, start }) => value.role === 'beneficiary' && start >= from && start < to && scan.boundaries.get(start) === 'subordinate')

/** Types talked about because they were seen. */
const SEEN = new Set(['ASSAULT', 'PROTEST', 'COERCE'])
/** Words that may stand between a preposition and its noun ("on a lasting ceasefire"). */
const TOPIC_GAP = 2

/* "held talks on a ceasefire": what is talked about, where nobody of its own takes part in it, is not done by those who talk. */
function isTalkedOf(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, rule: EventRule, ontology: Ontology): boolean {
  const { predicate } = frame
  if (rule.type === 'CONSULT' || SEEN.has(rule.type)) return false
  const behind = scan.markers.find(({ value, end }) => value.role !== null && end <= predicate.first && predicate.first - end <= TOPIC_GAP)
  if (!behind || !(predicate.nominal || behind.value.role === 'topic' || scan.tokens[rootOf(scan, predicate)]?.tag === 'NOUN')) return false
  const taking = Object.values(frame.roles).flat()
  return [...frames.values()].some((talks) => {
    const { predicate: of } = talks
    if (of.kind !== 'act' || ontology.ruleOf.get(of.concept)?.type !== 'CONSULT') return false
    const [from, to] = of.last <= behind.start ? [of.last, predicate.first] : [predicate.last, of.first]
    if (of.first >= predicate.last ? behind.value.role !== 'topic' : of.last > behind.start) return false
    const parties = Object.values(talks.roles).flat()
    return !isParted(scan, from, to) && taking.every((mention) => parties.includes(mention))
  })
}

/* "blamed each other for breaking the truce": neither is told to have done it. */
function isMutualBlame(scan: Scan, { predicate }: Frame, ontology: Ontology): boolean {
  const blame = scan.predicates.findLast((other) => other !== predicate && !other.nominal && other.last <= predicate.first && ontology.ruleOf.get(other.concept)?.type === 'ACCUSE')
  const each = blame ? reciprocalOf(scan, blame) : null
  if (!blame || each === null || each > predicate.first || blame.kind !== 'act') return false
  for (let i = blame.last; i < predicate.first; i++) if (/^(?:hard|clause|subordinate)$/u.test(scan.boundaries.get(i) ?? '')) return false
  return true
}

/** Not stopped, an act goes on. */
export const GOES_ON: MatrixRow = { embedded: [], keep: true, status: 'ongoing', reason: 'what does not stop goes on' }

/** "has not ceased to support X": told by a verb of its own, what does not stop goes on; a visit that was not put off is another thing. */
export function goesOn(scan: Scan, governing: Frame, { predicate }: Frame, ontology: Ontology, roles: RoleSettings): boolean {
  return ontology.concepts[governing.predicate.concept]?.effect === 'stop' && !predicate.nominal && governing.predicate.last <= predicate.first && findStatus(scan, governing, roles).status === 'negated'
}

/** Why what a sentence tells of was not done, beside its own status; null where nothing says so. `kept` = whatever governs it lets it stand. */
export function whyUndone(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, rule: EventRule, kept: boolean, ontology: Ontology): string | null {
  if (rule.type !== 'THREATEN' && isAverted(scan, frame, frames, ontology)) return 'what is warned of'
  if (rule.type === 'REJECT' && rulesOutForce(scan, frame, ontology)) return 'a hostile deed of its own is ruled out'
  if (!kept && isAgreedOn(scan, frame, ontology)) return 'what is agreed on'
  if (!kept && isRejected(scan, frame, ontology)) return 'what is rejected'
  if (!kept && (isBroughtUp(scan, frame, ontology) || isInside(scan, frame))) return 'what is spoken of'
  if (isVotedOn(scan, frame, frames, ontology)) return 'what is voted on'
  if (isTalkedOf(scan, frame, frames, rule, ontology)) return 'what is talked about'
  return isMutualBlame(scan, frame, ontology) ? 'what two say of each other' : null
}
