/** Where verbs come before their subjects: who is whose subject, by what stands around the verb. */
import type { ActorMention } from '../model/index.ts'
import { agreesAlone, disagrees, subjectUnknown } from './agree.ts'
import { type Finder, isParticiple, isVerb, NOBODY, REACH, type Roles, type Subject, usable } from './finder.ts'
import type { Predicate, Scan } from './scan.ts'

/** "met X, who leads the union, Y": where verbs come first, whoever stands right behind the comma that closes a relative clause belongs to the verb before it. */
export function behindRelative({ scan, roles, marks }: Finder, predicate: Predicate, end: number): ActorMention[] {
  if (roles.order !== 'vso' || scan.boundaries.get(end) !== 'relative' || scan.boundaries.get(end - 1) !== 'comma') return []
  let close = end
  while (close < scan.tokens.length && close - end < REACH && !/^(?:comma|hard)$/u.test(scan.boundaries.get(close) ?? '')) close++
  if (scan.boundaries.get(close) !== 'comma') return []
  const next = scan.actors.find((actor) => actor.first > close)
  const from = next && marks.of(next) !== null ? close + 2 : close + 1
  if (!next || next.first > from || marks.group(next)[0] !== next || scan.predicates.some((other) => isVerb(other) && other !== predicate && other.first <= next.last && other.first >= close)) return []
  return [...marks.group(next)]
}

/** "denouncing …, X calls": the subject of a participle is that of whoever speaks in its sentence, or of the verb nearest before it. */
export function subjectBefore({ scan, roles, subjects }: Finder, predicate: Predicate): Subject {
  const before = scan.predicates.filter((other) => isVerb(other) && other.last <= predicate.first && (subjects.get(other)?.actors.length ?? 0) > 0 && !scan.tokens.slice(other.last, predicate.first).some((_, i) => scan.boundaries.get(other.last + i) === 'hard'))
  const speaking = before.find((other) => other.kind === 'speech' && !isParticiple(other))
  for (const other of [speaking, ...before.toReversed()]) {
    const actors = other ? (subjects.get(other)?.actors ?? []) : []
    if (actors[0] && !disagrees(scan, roles, predicate, actors[0])) return { actors, inherited: true }
  }
  return NOBODY
}

/** "a strike hit the town": a noun of action right before a verb without an object written on to it is the subject of that verb. */
export function nounBefore({ scan, roles }: Finder, predicate: Predicate): Predicate | null {
  if (predicate.cut !== '' || predicate.tailed || predicate.resumptive || !roles.finiteLabels.includes(predicate.label) || predicate.passive) return null
  const noun = scan.predicates.findLast((other) => other.nominal && other.kind === 'act' && other.last <= predicate.first)
  if (!noun || predicate.first - noun.last > 1) return null
  return predicate.first === noun.last || scan.actorAt.get(noun.last)?.use === 'adjective' ? noun : null
}

/** "X called for talks and invited his counterpart": a verb joined on, whose subject is known from before, has the other by his office for its object. */
export function isCounterpartOf({ scan }: Finder, predicate: Predicate, mention: ActorMention): boolean {
  return predicate.cut !== '' && predicate.kind !== 'speech' && scan.markers.some((marker) => marker.value.kind === 'counterpart' && marker.start === mention.first)
}

/** Words such a noun and what describes it may have. */
const UNKNOWN = 4

/** "urged the alliance [unknown] X to do": a noun nobody knows stands where the subject does, and somebody without a mark behind it. */
export function hasUnknownSubject(finder: Finder, predicate: Predicate, right: readonly ActorMention[]): boolean {
  const { scan, roles, marks } = finder
  if (roles.order !== 'vso' || predicate.passive || isParticiple(predicate)) return false
  const first = right.find((actor) => usable(finder, actor) || (actor.use === 'adjective' && marks.of(actor) === null))
  if (!first || first.use === 'adjective' || first.first - predicate.head - 1 > UNKNOWN) return false
  for (let i = predicate.head + 1; i < first.first; i++) if (scan.boundaries.has(i) || scan.markers.some((marker) => marker.value.role !== null && marker.start === i)) return false
  return subjectUnknown(scan, roles, predicate, first)
}

/** "stressed the need for X's …": somebody behind the noun a wording ends with belongs to that noun. */
export function isBehindNoun({ scan }: Finder, predicate: Predicate): boolean {
  return !predicate.light && scan.markers.some((marker) => marker.value.kind === 'role' && marker.start > predicate.head && marker.end < predicate.last && predicate.words.includes(marker.start))
}

/** "withdrew its forces": the pronoun written on to a noun of the wording is the doer's. */
export const isOwned = (scan: Scan, mention: ActorMention): boolean => mention.inferred && mention.last - mention.first === 1 && scan.tokens[mention.first]?.alternatives.some((form) => form.endsWith('^')) === true

/** "X cuts supplies and Y protests": a phrase joined on by its first word, right before a verb that agrees with it alone, is the subject of that one. */
export function opensClause({ scan, roles, marks }: Finder, actor: ActorMention): boolean {
  if (roles.order !== 'vso' || actor.cut === '' || marks.group(actor)[0] !== actor || marks.of(actor) !== null) return false
  return scan.predicates.some((predicate) => predicate.first === actor.last && predicate.cut === '' && agreesAlone(scan, roles, predicate, actor))
}

/** "X, which it accused of": where the verb, with its object written on to it, does not agree with the noun described, the subject before does it to that one. */
export function objectDescribed({ scan, roles, subjects }: Finder, predicate: Predicate, antecedent: ActorMention): Subject | null {
  if (roles.order !== 'vso' || !predicate.objectPronoun || !disagrees(scan, roles, predicate, antecedent)) return null
  const main = scan.predicates.findLast((other) => isVerb(other) && other.last <= antecedent.first)
  return { actors: main ? (subjects.get(main)?.actors ?? []) : [], inherited: true, settled: true }
}

/** "X was accused by Y", where the passive is written like the active: whoever stands between the verb and the mark of the doer undergoes it. */
export function undergoneBy({ roles: settings }: Finder, predicate: Predicate, subject: Subject, roles: Roles): Roles | null {
  if (!settings.hiddenPassive || settings.order !== 'vso' || subject.inherited || subject.actors.length === 0 || roles.patient) return null
  const doers = (roles.agent ?? []).filter((actor) => actor.first >= predicate.last && subject.actors.every((mention) => mention.first >= predicate.head && mention.last <= actor.first))
  return doers.length > 0 ? { ...roles, agent: doers, patient: subject.actors } : null
}

/** "was killed in a strike by X", where X is an adjective behind the noun: it only says whose the noun behind the preposition is. */
export const describesMarked = ({ scan, roles }: Finder, actor: ActorMention): boolean => roles.order === 'vso' && scan.predicates.some((noun) => noun.nominal && noun.kind === 'act' && noun.last <= actor.first && actor.first - noun.last <= 1 && scan.markers.some(({ value, end }) => value.role === 'place' && end === noun.first))
