/** Subjects where commas part clauses and no tree tells who does what. */
import type { ActorMention } from '../model/index.ts'
import { type Finder, isVerb, NOBODY, type Subject, usable } from './finder.ts'
import type { Mark } from './marks.ts'
import type { Predicate, Scan } from './scan.ts'
import { isTown } from './sides.ts'
import { commasBetween } from './syntax.ts'

/* Beyond a comma, or inside words that describe the subject ("the X that borders on Y said"): somebody with a mark takes no part in this verb. */
export function isApart({ scan }: Finder, predicate: Predicate, actor: ActorMention, mark: Mark, subject: Subject): boolean {
  if (commasBetween(scan, actor.last, predicate.first) > 0 && mark !== 'target' && mark !== 'topic') return true
  const first = subject.inherited ? undefined : subject.actors[0]
  return first !== undefined && first.first >= actor.last && ofBetween(scan, actor.last, first.first) && commasBetween(scan, actor.last, first.first) === 0
}

const ofBetween = (scan: Scan, from: number, to: number): boolean => scan.markers.some((marker) => marker.value.kind === 'post' && marker.value.role === 'of' && marker.start >= from && marker.end <= to)

/* Where commas part clauses and no tree tells: the first phrase of its own clause; else whoever the clauses before tell of. */
export function subjectOfClause(finder: Finder, predicate: Predicate, clause: readonly [number, number], governed: () => Subject): Subject {
  const { scan, marks, governors, subjects } = finder
  let from = predicate.first
  while (from > clause[0] && !(scan.boundaries.has(from - 1) && scan.tokens[from - 1]?.norm !== LISTING)) from--
  const governor = governors.get(predicate)
  const openings = openingsOf(scan)
  const isMarked = (other: Predicate): boolean => openings.has(other.first)
  const inside = (other: Predicate): boolean => isVerb(other) && other !== predicate && !isMarked(other) && other.first >= from && other.last <= predicate.first
  const previous = scan.predicates.findLast(inside)
  if (governor && isVerb(governor) && governor.kind === 'matrix' && governor.last <= predicate.first) return governed()
  const behind = previous ? previous.last : from
  // "[took steps] against the X that entered Y": right behind a mark a verb describes whoever comes after it.
  if (isMarked(predicate)) {
    const described = scan.actors.find((actor) => actor.first >= predicate.last && actor.first < clause[1] && scan.markers.some((marker) => marker.value.kind === 'post' && marker.value.role === 'of' && marker.start >= predicate.last && marker.end === actor.first))
    return described ? { actors: marks.group(described), inherited: false } : { actors: [], inherited: false, closed: true }
  }
  const candidates = scan.actors.filter((actor) => actor.first >= behind && actor.last <= predicate.first && usable(finder, actor))
  // "about X seizing a ship, …": a mark that opens the clause may take all of it.
  const opening = previous || candidates.length > 0 ? undefined : scan.actors.find((actor) => actor.first >= from && actor.last <= predicate.first)
  if (opening && !marks.possessive(opening) && opening.first - from <= QUICK) {
    const closed = scan.markers.some((marker) => marker.value.kind === 'closer' && marker.start >= predicate.last && commasBetween(scan, predicate.last, marker.start) === 0)
    // "while X was striking Y, Z …": what a closing word ends may be all of a phrase of time.
    if (marks.of(opening) === 'topic' || (marks.of(opening) === 'place' && closed && !isTown(opening))) {
      if (marks.of(opening) === 'topic') finder.topical.add(predicate)
      return { actors: marks.group(opening), inherited: false }
    }
  }
  // "the talks held", "those who carry out attacks": a verb right before the mark of what is described does not tell what its clause is about.
  const describing = candidates.length === 0 && !predicate.light && scan.markers.some((marker) => marker.value.kind === 'post' && marker.value.role === 'of' && marker.start === predicate.last)
  if (describing) {
    const described = scan.actors.find((actor) => actor.first === predicate.last + 1)
    return described ? { actors: marks.group(described), inherited: false } : { actors: [], inherited: false, closed: true }
  }
  // "condemned X and expelled", not "condemned X expelling".
  const resumes = scan.markers.some((marker) => (marker.value.kind === 'resumer' || (marker.value.kind === 'joiner' && predicate.first - marker.end <= JOINED)) && marker.start >= behind && marker.end <= predicate.first)
  const opens = (actor: ActorMention): boolean => {
    if (!previous || previous.kind === 'speech' || (previous.kind === 'act' && previous.worded && !resumes)) return true
    const first = marks.group(actor)[0] ?? actor
    return scan.markers.some((marker) => (marker.value.kind === 'closer' || (marker.value.kind === 'post' && marker.value.role === 'of' && marker.end === first.first)) && marker.start >= behind && marker.end <= first.first)
  }
  // "X [launched] at Y's Z an attack": what stands behind a possessor inside a marked phrase is part of that.
  const within = (actor: ActorMention): boolean => scan.actors.some((other) => other.last <= actor.first && actor.first - other.last <= PHRASE && OPENS_PHRASE.has(marks.of(other) ?? '') && ofBetween(scan, other.last, actor.first) && commasBetween(scan, other.last, actor.first) === 0 && candidates.some((one) => one.last <= other.first))
  const open = candidates.filter((actor) => opens(actor) && !within(actor))
  // Behind words that describe it stands the subject; of several that nothing parts the last that is not but a town.
  const last = open.at(-1)
  if (last) {
    const near = open.filter((actor) => !ofBetween(scan, actor.last, last.first) || marks.group(actor).includes(last))
    const passing = (actor: ActorMention): boolean => actor !== near[0] && scan.markers.some((marker) => marker.value.kind === 'via' && marker.end === (marks.group(actor)[0] ?? actor).first)
    const chosen = near.findLast((actor) => !isTown(actor) && !passing(actor)) ?? near.findLast((actor) => !passing(actor)) ?? last
    if (previous?.kind === 'act' && previous.worded && !resumes) finder.contents.add(predicate)
    return { actors: marks.group(chosen), inherited: false }
  }
  if (predicate.passive) return NOBODY
  const earlier = scan.predicates.filter((other) => isVerb(other) && other !== predicate && other.last <= predicate.first)
  const hard = Math.max(-1, ...[...scan.boundaries].filter(([at, boundary]) => boundary === 'hard' && at < predicate.first).map(([at]) => at))
  const since = earlier.filter((other) => other.first > hard && !isMarked(other) && !finder.contents.has(other) && !finder.topical.has(other) && (subjects.get(other)?.actors.length ?? 0) > 0)
  // "over X announcing a release [Y] lodged a protest": the verb behind such a clause is not X's.
  const own = previous && !(finder.topical.has(previous) && predicate.worded) ? subjects.get(previous) : undefined
  if (previous?.kind === 'act' && previous.worded && !resumes) return { actors: [], inherited: false, closed: true }
  // "this envoy refused": somebody told of by a noun nobody knows.
  if (isStranger(scan, from, predicate.first) || (previous?.kind === 'speech' && isStranger(scan, previous.last, predicate.first))) return { actors: [], inherited: false, closed: true }
  if (own && (own.actors.length > 0 || own.closed)) {
    if (previous && finder.topical.has(previous)) finder.topical.add(predicate)
    return { ...own, inherited: true }
  }
  // Whoever spoke last is not known: nor is who goes on.
  const spoke = predicate.worded ? earlier.findLast((other) => other.first > hard && other.kind === 'speech' && !isMarked(other)) : undefined
  if (spoke && (subjects.get(spoke)?.actors.length ?? 0) === 0 && !since.some((other) => other.worded && other.first > spoke.first)) return { actors: [], inherited: false, closed: true }
  const voice = predicate.worded ? since.findLast((other) => other.worded && !governors.has(other)) ?? since.findLast((other) => other.worded) : undefined
  if (!voice) {
    // The clause before may name who does it without a verb that is known.
    const nearest = earlier.at(-1)
    const named = scan.actors.filter((actor) => actor.first >= (nearest?.last ?? hard + 1) && actor.last <= from && usable(finder, actor) && !isTown(actor) && (!nearest || nearest.kind === 'speech' || commasBetween(scan, nearest.last, actor.first) > 0))
    const final = named.at(-1)
    const bare = named.find((actor) => final !== undefined && commasBetween(scan, actor.last, final.first) === 0)
    if (bare) return { actors: marks.group(bare), inherited: true }
  }
  const before = since.at(-1)
  // "X warned that if Y attacks, [it] will strike": what follows is done by whoever sets the condition.
  const setter = !voice && before && isSupposed(scan, before) && commasBetween(scan, before.last, predicate.first) > 0 ? since.findLast((other) => other.kind !== 'act' && other.worded && other.last <= before.first) ?? since.findLast((other) => other.kind === 'act' && other.worded && other.last <= before.first) : undefined
  const shared = subjects.get(voice ?? setter ?? before ?? predicate)
  return shared && shared.actors.length > 0 ? { actors: shared.actors, inherited: true } : NOBODY
}

/** "X condemned Y, demanded …": where verbs have no forms, whoever stands before the comma right before a verb of words is the object of the one before it, whose subject goes on; a town there does nothing. */
export function goesOnBehindComma({ scan, roles, subjects, governors }: Finder, predicate: Predicate, agent: readonly ActorMention[]): readonly ActorMention[] {
  const last = agent.at(-1)
  // "X visited Y, Z announced exercises": what is announced is done by whoever announces it.
  const above = governors.get(predicate)
  const theirs = roles.order === 'svo' && roles.finiteLabels.length === 0 && above && isVerb(above) && above.last <= predicate.first ? (subjects.get(above)?.actors ?? []) : []
  if (!predicate.nominal && theirs[0] && agent.every((mention) => theirs[0] && mention.last <= theirs[0].first)) return theirs
  if (roles.order !== 'svo' || roles.finiteLabels.length > 0 || predicate.nominal || !last || last.last >= predicate.first || !/^(?:comma|clause)$/u.test(scan.boundaries.get(predicate.first - 1) ?? '')) return agent
  const before = scan.predicates.findLast((other) => isVerb(other) && other.last <= predicate.first && ((predicate.worded && other.worded) || (last.last === predicate.first - 1 && isTown(last))) && (subjects.get(other)?.actors.length ?? 0) > 0)
  if (!before || before.last > last.first) return agent
  for (let i = before.last; i < predicate.first - 1; i++) if (scan.boundaries.has(i) && scan.boundaries.get(i) !== 'quote') return agent
  return subjects.get(before)?.actors ?? agent
}

/** Words of time and of the passive between a verb and whoever suffers it. */
const VERB_GROUP = 3

/** "X was shot, the gunman [was] caught": where verbs have no forms, a bare phrase between the comma and a passive is whoever suffers that. */
export function nearestSufferer({ scan, roles, marks }: Finder, predicate: Predicate, patient: readonly ActorMention[]): readonly ActorMention[] {
  if (roles.finiteLabels.length > 0 || predicate.nominal || !patient.every((mention) => mention.last <= predicate.first)) return patient
  const own = scan.actors.findLast((mention) => mention.last <= predicate.first && marks.of(mention) === null && !isTown(mention))
  let from = (own && marks.group(own)[0])?.first ?? 0
  while (scan.tokens[from - 1]?.tag === 'NUM' || scan.tokens[from - 1]?.kind === 'number') from--
  if (!own || patient.includes(own) || predicate.first - own.last > VERB_GROUP || scan.boundaries.get(from - 1) !== 'comma') return patient
  return commasBetween(scan, own.last, predicate.first) === 0 && patient.every((mention) => mention.last < own.first) ? marks.group(own) : patient
}

/** "X's to-Y visit": where qualifiers come first, whoever a noun of action is towards owns nothing; whoever stands right before the mark does. */
export function ownerBeyond({ scan, marks, roles }: Finder, towards: ActorMention): ActorMention | undefined {
  const mark = roles.commaClauses && marks.of(towards) === 'target' ? scan.markers.find(({ value, end }) => value.role === 'target' && end === (marks.group(towards)[0] ?? towards).first) : undefined
  return mark && scan.actors.find((actor) => actor.last === mark.start)
}

/* Whether a conditional word opens the clause of a verb. */
const isSupposed = (scan: Scan, predicate: Predicate): boolean => scan.markers.some(({ value, start }) => value.kind === 'conditional' && start < predicate.first && commasBetween(scan, start, predicate.first) === 0)

const openingsCache = new WeakMap<Scan, ReadonlySet<number>>()

/* Where a mark that may take a whole clause ends; worked out once for a sentence, not for each pair of its verbs. */
function openingsOf(scan: Scan): ReadonlySet<number> {
  const known = openingsCache.get(scan)
  if (known) return known
  const made = new Set(scan.markers.filter((marker) => OPENS_PHRASE.has(marker.value.role ?? '')).map(({ end }) => end))
  openingsCache.set(scan, made)
  return made
}

/** How long a phrase between its mark and its noun may be. */
const PHRASE = 10

/** Words that may stand between "and" and the verb it joins. */
const JOINED = 2

/** How near the opening of its clause something stands that opens it, in tokens. */
const QUICK = 3

/* "this envoy …", "three soldiers …": words of quantity or a determiner that open a clause, with a noun nobody knows behind them. */
function isStranger(scan: Scan, from: number, to: number): boolean {
  const opener = scan.markers.find((marker) => (marker.value.kind === 'determiner' || marker.value.kind === 'quantifier') && marker.start >= from && marker.start - from <= QUICK && marker.end < to)
  if (scan.markers.some((marker) => marker.value.kind === 'thing' && marker.start === from && marker.end <= to)) return true
  return opener !== undefined && !scan.actorAt.has(opener.end) && !scan.predicates.some((other) => other.nominal && other.first >= opener.end && other.last <= to) && !scan.markers.some((marker) => marker.value.kind === 'role' && marker.end <= opener.start && opener.start - marker.end <= 1 && marker.start >= from - 1)
}

/** Marks that may stand before a whole clause used as a noun ("on deepening ties"). */
const OPENS_PHRASE: ReadonlySet<string> = new Set(['target', 'topic', 'addressee', 'beneficiary'])

/** The comma that only parts what is listed. */
const LISTING = '、'

/** Words that may stand before a verb whose subject is left out, besides marks and dates. */
const ADVERBS = 2

/* Whether next to nothing stands before a verb that opens its sentence: only then is its subject the one of the sentence before. */
export function opensBare(scan: Scan, predicate: Predicate): boolean {
  // "thousands protested": the wording itself holds who does it.
  if (scan.markers.some((marker) => (marker.value.kind === 'quantifier' || marker.value.kind === 'determiner') && marker.start === predicate.first)) return false
  if (scan.markers.some((marker) => marker.value.kind === 'thing' && marker.start === scan.story && marker.end <= predicate.first)) return false
  let strange = 0
  for (let i = scan.story; i < predicate.first; i++) {
    const token = scan.tokens[i]
    if (!token || token.kind === 'punct' || scan.actorAt.has(i) || scan.dates.some((date) => date.start <= token.start && date.end > token.start) || scan.markers.some((marker) => marker.start <= i && marker.end > i)) continue
    if (++strange > ADVERBS) return false
  }
  return true
}

/* "After visiting X, Y flew on": a clause of time without a subject, ended by a word that closes it, is told of whoever the next clause begins with. */
export function subjectAhead(finder: Finder, predicate: Predicate): readonly ActorMention[] | undefined {
  const { scan, marks } = finder
  let comma = predicate.last
  while (comma < scan.tokens.length && !(scan.boundaries.has(comma) && scan.tokens[comma]?.norm !== LISTING)) comma++
  if (scan.boundaries.get(comma) !== 'comma' || !scan.markers.some((marker) => marker.value.kind === 'closer' && marker.start >= predicate.last && marker.end === comma)) return undefined
  if (scan.actors.some((actor) => actor.last <= predicate.first && usable(finder, actor))) return undefined
  const next = scan.actors.find((actor) => actor.first > comma)
  return next && next.first === comma + 1 && usable(finder, next) && !isTown(next) ? marks.group(next) : undefined
}
