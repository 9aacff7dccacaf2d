/** "In Kyiv they condemned": where a plural verb without a subject tells what was said, those who sit in the place named said it. */
import type { Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import { type Frame, withoutMentions, withoutRole } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'

/** Words that may stand between a verb and the place behind it: a preposition, a day with its own. */
const BEHIND = 4
/** Words before the preposition that opens a sentence ("and", "but"). */
const OPENING = 1

/** Gives such verbs their seat as the one who acts. Languages without the construction have no `seatVerbs`. */
export function seatsActing(scan: Scan, frames: readonly Frame[], ontology: Ontology, roles: RoleSettings): Frame[] {
  if (roles.seatVerbs === '') return [...frames]
  const plural = compiled(roles.seatVerbs)
  const acting: { readonly predicate: Predicate; readonly seat: ActorMention }[] = []
  return frames.map((frame) => {
    const { predicate } = frame
    if (predicate.nominal || predicate.passive || !isSaid(predicate, ontology) || !plural.test(scan.tokens[predicate.head]?.norm ?? '') || opensWithSubject(scan, predicate) || hasSubject(scan, frame)) return frame
    const before = acting.at(-1)
    const joined = before !== undefined && scan.tokens[predicate.head]?.relation === 'conj' && scan.tokens[predicate.head]?.head === before.predicate.head
    const seat = seatOf(scan, predicate) ?? (joined ? before.seat : undefined)
    if (!seat) return frame
    acting.push({ predicate, seat })
    const kept = withoutMentions(withoutRole(frame.roles, 'agent'), (mention) => mention === seat)
    const owner = seat.last <= predicate.first && !kept.patient ? objectAhead(scan, seat.first - 1)?.owner : undefined
    return { ...frame, inherited: false, roles: { ...kept, ...(owner && owner !== seat ? { patient: [owner] } : {}), agent: [seat] } }
  })
}

const patterns = new Map<string, RegExp>()

/* Once for each language, not for each sentence. */
function compiled(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, 'u')
  patterns.set(source, known)
  return known
}

/* Words and acts done in words: killed and arrested people are where they are by no government's doing. */
function isSaid(predicate: Predicate, ontology: Ontology): boolean {
  if (predicate.kind !== 'act') return true
  const type = ontology.ruleOf.get(predicate.concept)?.type
  return type !== undefined && ontology.types[type]?.quad.startsWith('verbal') === true && type !== 'CONSULT'
}

/*
 * A subject of its own, known or not. Two are taken for one that are objects: a noun of action before its verb ("the accusations they
 * rejected"), and one party alone behind a plural verb ("they urged X").
 */
function hasSubject({ tokens, actorAt, predicates, markers }: Scan, { predicate }: Frame): boolean {
  return tokens.some((token, i) => {
    if (token.relation !== 'nsubj' || token.head === undefined || predicate.words.includes(i) || !predicate.words.includes(token.head)) return false
    const mention = actorAt.get(i)
    if (!mention) return !predicates.some((other) => other.nominal && other.words.includes(i))
    if (markers.some((marker) => marker.value.role === 'place' && marker.end === mention.first)) return false
    return i < predicate.first || mention.actors.length > 1 || mention.use === 'people' || tokens.some((other) => other.relation === 'conj' && other.head === i)
  })
}

/* "Talks will be held": the wording holds its subject before its verb. */
const opensWithSubject = ({ tokens }: Scan, { words, head }: Predicate): boolean => words.some((word) => word < head && tokens[word]?.relation?.startsWith('nsubj') === true)

/* "The accusations of X in Y they rejected": the object of the verb may open the sentence, a noun of action with whoever it is of. */
function objectAhead(scan: Scan, from: number): { readonly noun: Predicate; readonly owner: ActorMention | undefined } | undefined {
  const noun = scan.predicates.find((other) => other.nominal && other.first <= scan.story + OPENING && other.last <= from)
  const owner = noun ? scan.actors.find((mention) => mention.first >= noun.first && mention.last <= from && mention.last > noun.last - 1) : undefined
  return noun && (owner?.last ?? noun.last) === from ? { noun, owner } : undefined
}

function seatOf(scan: Scan, predicate: Predicate): ActorMention | undefined {
  const led = (mention: ActorMention): number | undefined => scan.markers.find((marker) => marker.value.role === 'place' && marker.end === mention.first)?.start
  const opens = (at: number): boolean => at <= scan.story + OPENING || [1, 2].some((back) => /^(?:comma|quote|hard|that)$/u.test(scan.boundaries.get(at - back) ?? ''))
  return scan.actors.find((mention) => {
    const from = led(mention)
    if (from === undefined || mention.use === 'adjective' || mention.use === 'people' || !mention.actors.some((actor) => actor.country !== null || actor.id.startsWith('organisation:'))) return false
    // Before the verb the place opens the clause; behind it the verb does.
    if (mention.last <= predicate.first) return (opens(from) || objectAhead(scan, from) !== undefined) && ![...scan.boundaries].some(([at, boundary]) => at >= mention.last && at < predicate.first && boundary !== 'comma')
    return opens(predicate.first) && mention.first >= predicate.last && mention.first - predicate.last <= BEHIND && !scan.actors.some((other) => other.first >= predicate.last && other.last <= from)
  })
}
