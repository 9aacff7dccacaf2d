/** Whether what a predicate means happened: negation, future, possibility, as the language marks them. */
import type { RoleSettings } from '../knowledge/roles.ts'
import type { Status } from '../model/index.ts'
import type { MarkerValue } from '../text/lexicon.ts'
import type { PhraseMatch } from '../text/phrases.ts'
import { supposes } from './agree.ts'
import type { Frame } from './frame.ts'
import { isParted } from './parted.ts'
import { nounDescribed } from './participles.ts'
import type { Predicate, Scan } from './scan.ts'

export interface StatusFound {
  readonly status: Status
  /** The marker that says so, null when nothing does. */
  readonly marker: PhraseMatch<MarkerValue> | null
}

/* "Had X attacked, Y would have answered.": a verb that opens its sentence, when that is no question. */
const isConditionalOpener = ({ tokens, story }: Scan, { start, value }: PhraseMatch<MarkerValue>): boolean => value.kind === 'conditional-opener' && start === story && !/^[?؟？]$/u.test(tokens.at(-1)?.norm ?? '')

/** How many tokens before a predicate a negation may stand. */
const NEGATION_REACH = 4

/** How many tokens before a predicate what makes it unreal may stand. */
const UNREAL_REACH = 2

/** Longest opener of a clause, in tokens. */
const OPENER = 3

/** "X to host Y": what a headline announces of whoever opens it. */
export function announcedAhead({ tokens, markers, actors, story }: Scan, predicate: Predicate): PhraseMatch<MarkerValue> | undefined {
  if (predicate.nominal || tokens.at(-1)?.kind === 'punct') return undefined
  return markers.find(({ value, start, end }) => value.kind === 'headline-future' && end === predicate.first && actors.some(({ first, last }) => first === story && last === start))
}

/** Tells the status of one frame from the markers of its own clause. */
export function findStatus(scan: Scan, frame: Frame, roles: RoleSettings): StatusFound {
  const { predicate, clause } = frame
  // What stands inside the wording, behind the word that leads it, says nothing about the whole ("vowed it would retaliate").
  // "would hand back bronzes looted in 1897": what stands before the noun that a participle only describes says nothing of it.
  const from = Math.max(clause[0], nounDescribed(scan.tokens, predicate.head))
  const here = scan.markers.filter((marker) => !inName(scan, marker) && !isLeftOpen(scan, predicate, marker) && marker.start >= from && marker.end <= clause[1] && !(marker.start > predicate.head && marker.end <= predicate.last))
  const before = (kind: MarkerValue['kind'], reach: number): PhraseMatch<MarkerValue> | undefined =>
    here.find((marker) => marker.value.kind === kind && marker.start < predicate.head && !predicate.words.includes(marker.start) && predicate.first - marker.end <= reach && !actorBetween(scan, marker.end, predicate.first, reach))
  // The word that opens a conditional clause stands before it; what is only supposed is not denied either ("if X does not open").
  const conditional = scan.markers.find((marker) => (marker.value.kind === 'conditional' || isConditionalOpener(scan, marker)) && !inName(scan, marker) && marker.end <= predicate.first && marker.end >= clause[0] && (marker.start >= clause[0] - OPENER || marker.end === clause[0]))
  if (conditional) return { status: 'hypothetical', marker: conditional }
  // "allegedly struck", "would have struck": what is only thought of, whatever the tense, right beside the verb.
  const unreal = scan.markers.find((marker) => marker.value.kind === 'unreal' && !inName(scan, marker) && marker.end >= clause[0] && marker.end <= clause[1] && predicate.first - marker.end <= UNREAL_REACH && marker.start - predicate.head <= 1 && !isParted(scan, marker.end, predicate.first))
  if (unreal) return { status: 'hypothetical', marker: unreal }
  const negation = before('negation', NEGATION_REACH) ?? (roles.commaClauses ? farNegation(scan, predicate, here) : undefined)
  const only = negation ? limit(scan, negation) : undefined
  if (only && scan.markers.some(({ value, start }) => value.kind === 'conditional' && start === only.end)) return { status: 'hypothetical', marker: only }
  if (negation && !only && !isOfDescription(scan, frame, negation) && !isSameNegation(scan, frame, negation) && !verbBetween(scan, negation.end, predicate.first)) return { status: 'negated', marker: negation }
  const absence = here.find((marker) => marker.value.kind === 'absence' && marker.start <= predicate.head && predicate.head - marker.end <= 8 && !predicate.words.includes(marker.start))
  if (absence) return { status: 'negated', marker: absence }
  if (roles.futureCuts.some((cut) => predicate.cut === cut)) return { status: 'future', marker: null }
  if (predicate.label === 'fut') return { status: 'future', marker: null }
  const announced = announcedAhead(scan, predicate)
  if (announced) return { status: 'future', marker: announced }
  // "after X (should have) expelled": some openers ask for the form of what is only thought of, and tell a fact.
  const factual = predicate.label === 'subj' && scan.markers.some((marker) => marker.value.kind === 'factual' && marker.end <= predicate.first && marker.start >= clause[0] - OPENER)
  // "said it would": what somebody said was to come.
  const reported = frame.governor?.kind === 'speech' && !frame.governor.nominal
  if (predicate.label === 'cond' && reported) return { status: 'future', marker: null }
  if (predicate.label === 'cond' || (predicate.label === 'subj' && !factual)) return { status: 'hypothetical', marker: null }
  // What may be a noun as well is one behind another verb: "may renew the ban".
  const past = predicate.label === 'past' && !predicate.ambiguous
  if (!past) {
    const supposed = before('hypothetical', 5)
    const hypothetical = supposed && supposes(scan, roles, supposed.start) ? supposed : undefined
    const toCome = reported ? before('reported-future', 5) : undefined
    if (hypothetical && toCome?.start === hypothetical.start && toCome.end === hypothetical.end) return { status: 'future', marker: toCome }
    if (hypothetical && (predicate.label !== 'past' || hypothetical.end < predicate.first)) return { status: 'hypothetical', marker: hypothetical }
    // Right before a name the mark of the future is the one of an object ("had him put under arrest").
    const future = predicate.label === 'past' ? undefined : here.find((marker) => marker.value.kind === 'future' && !goesItself(scan, marker) && Math.abs(marker.start - predicate.first) <= 12 && !predicate.words.includes(marker.start) && !frame.content.some(({ words }) => words.includes(marker.start)) && !isOfNext(scan, frame, marker) && !(roles.commaClauses && isBeforeName(scan, marker.end)) && !(roles.commaClauses && isElsewhere(scan, predicate, marker)))
    if (future) return { status: 'future', marker: future }
  }
  const shared = roles.commaClauses && !predicate.worded && !past ? futureBefore(scan, predicate) : undefined
  if (shared) return { status: 'future', marker: shared }
  const ongoing = before('ongoing', 3)
  if (ongoing) return { status: 'ongoing', marker: ongoing }
  return { status: 'occurred', marker: null }
}

/* "recognises no more than X", where the negation has two words and "only" stands instead of the second: it denies nothing. */
function limit({ markers, boundaries }: Scan, negation: PhraseMatch<MarkerValue>): PhraseMatch<MarkerValue> | undefined {
  const only = markers.find(({ value, start }) => value.kind === 'exceptive' && start === negation.start)
  if (!only || markers.some(({ value, start, end }) => value.kind === 'negation' && start >= negation.end && end <= only.end)) return undefined
  for (let i = negation.end; i < only.end - 1; i++) if (boundaries.has(i)) return undefined
  return only
}

/* "will go to X, and visit Y": a verb that goes on behind a comma shares the future of the one before, when nobody speaks or is named anew between. */
function futureBefore(scan: Scan, predicate: Predicate): PhraseMatch<MarkerValue> | undefined {
  let comma = predicate.first - 1
  while (comma >= 0 && !scan.boundaries.has(comma)) comma--
  if (comma < 0 || scan.boundaries.get(comma) !== 'comma' || !scan.markers.some((marker) => marker.value.kind === 'resumer' && marker.start === comma + 1 && marker.end <= predicate.first)) return undefined
  const mark = scan.markers.findLast((marker) => marker.value.kind === 'future' && marker.end <= comma)
  if (!mark || !scan.predicates.some((other) => !other.nominal && other.first >= mark.end && other.first - mark.end <= NEGATION_REACH)) return undefined
  for (let i = mark.end; i < comma; i++) if (scan.boundaries.has(i) && scan.boundaries.get(i) !== 'quote') return undefined
  return scan.predicates.some((other) => other.kind === 'speech' && other.first >= mark.end && other.last <= predicate.first) ? undefined : mark
}

/** How far a negation may stand where commas part clauses and nothing else that is known stands between, in tokens. */
const FAR = 8

/* "will not use the opening of the ports to attack": in one clause, with nobody and nothing that describes a noun between. */
function farNegation(scan: Scan, predicate: Predicate, here: readonly PhraseMatch<MarkerValue>[]): PhraseMatch<MarkerValue> | undefined {
  const found = here.findLast((marker) => marker.value.kind === 'negation' && marker.end <= predicate.first && predicate.first - marker.end <= FAR)
  if (!found) return undefined
  for (let i = found.end; i < predicate.first; i++) if (scan.boundaries.has(i) || scan.actorAt.has(i) || scan.markers.some((marker) => marker.value.kind === 'post' && marker.start === i)) return undefined
  return found
}

/* "goes to X", "went against": a verb that marks the future of another does not without an infinitive. */
function goesItself({ tokens }: Scan, { start, end }: PhraseMatch<MarkerValue>): boolean {
  return end - start === 1 && tokens[start]?.tag === 'VERB' && tokens[start].form?.startsWith('fin-') === true && tokens[end]?.form !== 'inf' && tokens[end + 1]?.form !== 'inf'
}

/* "condemned it and will strike back": behind a predicate a mark of the future right before another verb belongs to that one. */
function isOfNext(scan: Scan, { predicate }: Frame, marker: PhraseMatch<MarkerValue>): boolean {
  return marker.start >= predicate.last && scan.predicates.some((other) => !other.nominal && (other.words.includes(marker.start) || (other.first >= marker.end && other.first - marker.end <= NEXT)))
}

/* Where commas part clauses, a mark of the future beyond one says nothing of a verb before it, nor of words said behind it. */
function isElsewhere(scan: Scan, predicate: Predicate, marker: PhraseMatch<MarkerValue>): boolean {
  const [from, to] = marker.start >= predicate.last ? [predicate.last, marker.start] : [marker.end, predicate.first]
  return (marker.start >= predicate.last || predicate.worded) && Array.from({ length: Math.max(0, to - from) }, (_, i) => scan.boundaries.get(from + i)).some((boundary) => boundary === 'comma' || boundary === 'quote')
}

/** How many words may stand between the mark of the future and its verb. */
const NEXT = 1

/* Whether a name or a pronoun stands at a place. */
const isBeforeName = ({ actorAt, markers }: Scan, at: number): boolean => actorAt.get(at)?.first === at || markers.some(({ value, start }) => value.kind === 'pronoun' && start === at)

/* "does not rule out sending": a negation that is part of such a wording says nothing of what is left open. */
function isLeftOpen({ predicates }: Scan, predicate: Predicate, { value, start }: PhraseMatch<MarkerValue>): boolean {
  return (value.kind === 'negation' || value.kind === 'absence') && predicates.some((other) => other !== predicate && other.weighs && other.words.includes(start))
}

/* "Li met him": a surname that is spelt like a particle, or a character of a state's name, says nothing. */
function inName(scan: Scan, marker: PhraseMatch<MarkerValue>): boolean {
  const actor = scan.actorAt.get(marker.start)
  return actor !== undefined && (marker.value.kind === 'conditional' || marker.value.kind === 'negation') && marker.end <= actor.last
}

/* "an aircraft not manned struck": before a word that only describes a noun the negation is of that word. */
function isOfDescription({ tokens }: Scan, { predicate }: Frame, { start, end }: PhraseMatch<MarkerValue>): boolean {
  const next = tokens[end]
  if (next === undefined || predicate.words.includes(end) || tokens[start]?.relation !== 'advmod' || tokens[start]?.head !== end) return false
  return next.tag === 'NOUN' || next.tag === 'ADJ' || (next.tag === 'VERB' && (next.relation === 'amod' || next.relation === 'acl') && next.head !== undefined && next.head < start)
}

/* The first of two words of a negation the second of which stands in the wording itself. */
function isSameNegation(scan: Scan, { predicate }: Frame, negation: PhraseMatch<MarkerValue>): boolean {
  return scan.markers.some((marker) => marker.value.kind === 'negation' && marker.start > negation.start && predicate.words.includes(marker.start) && marker.start < predicate.head + 1)
}

function verbBetween(scan: Scan, from: number, to: number): boolean {
  return scan.predicates.some((other) => !other.nominal && other.first >= from && other.last <= to)
}

function actorBetween(scan: Scan, from: number, to: number, reach: number): boolean {
  if (reach > NEGATION_REACH + 1) return false
  let count = 0
  for (let i = from; i < to; i++) if (scan.actorAt.has(i)) count++
  return count > 6
}
