/** "Y-acc. condemned X-nom.": where forms of words tell the object from the subject, an object before its verb is none, and whoever stands behind the verb acts. */
import type { RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import { type Frame, withoutMentions, withoutRole } from './frame.ts'
import { isParted } from './parted.ts'
import type { Scan } from './scan.ts'
import { commasBetween } from './syntax.ts'

type Rules = NonNullable<RoleSettings['inverted']>
interface Compiled { readonly objects: RegExp; readonly heads: RegExp; readonly disagree: readonly { readonly verb: RegExp; readonly noun: RegExp }[] }

const cache = new WeakMap<Rules, Compiled>()

/* Compiled once for a language, not for each of its sentences. */
function compiled(rules: Rules): Compiled {
  const known = cache.get(rules)
  if (known) return known
  const made = { objects: new RegExp(rules.objects, 'u'), heads: new RegExp(rules.heads, 'u'), disagree: rules.disagree.map(({ verb, noun }) => ({ verb: new RegExp(verb, 'u'), noun: new RegExp(noun, 'u') })) }
  cache.set(rules, made)
  return made
}

/** How far behind its verb the subject may stand, in tokens. */
const BEHIND = 4

/** Puts such objects and subjects in their places. Languages whose forms do not tell have no `inverted`. */
export function turned(scan: Scan, frames: readonly Frame[], { inverted }: RoleSettings): Frame[] {
  if (!inverted) return [...frames]
  const rules = compiled(inverted)
  return frames.map((frame) => {
    const { predicate, roles } = frame
    if (predicate.nominal || predicate.passive) return frame
    const opening = openingObject(scan, frame, rules)
    if (opening) return { ...frame, roles: { ...roles, patient: [opening] } }
    const group = openingGroup(scan, frame, rules)
    if (group.length > 0) return { ...frame, roles: { ...roles, patient: group } }
    if (frame.inherited || (roles.agent ?? []).some((mention) => mention.last > predicate.first)) return frame
    const ahead = objectAhead(scan, frame, frames, rules)
    if (!ahead) return frame
    const { whom, sure } = ahead
    const second = secondSubject(scan, frame)
    const doers = second ? [second] : doersBehind(scan, frame, rules)
    // A noun that names no deed is an object only where somebody else is there to act.
    if (doers.length === 0 && !sure) return frame
    const object = whom.filter((mention) => !doers.includes(mention))
    const rest = withoutMentions(withoutRole(withoutRole(roles, 'agent'), 'patient'), (mention) => doers.includes(mention) || whom.includes(mention))
    return { ...frame, roles: { ...rest, ...(doers.length > 0 ? { agent: doers } : {}), ...(object.length > 0 ? { [object.every(({ mission }) => mission === true) ? 'target' : 'patient']: object } : {}) } }
  })
}

/* Whom the object before the verb names: itself, or whoever does what it names; undefined where it may be the subject. */
function objectAhead(scan: Scan, { predicate, roles }: Frame, frames: readonly Frame[], rules: Compiled): { readonly whom: readonly ActorMention[]; readonly sure: boolean } | undefined {
  const { tokens } = scan
  const named = roles.agent ?? []
  const own = (head: number | undefined): boolean => head !== undefined && predicate.words.includes(head)
  // The tree may have lost its way over a word that opens the clause right before the verb.
  const opens = (mention: ActorMention): boolean => mention.last === predicate.first && (mention.first === scan.story || scan.boundaries.has(mention.first - 1))
  if (named.some((mention) => opens(mention) || tokens.slice(mention.first, mention.last).some(({ head }) => own(head))) && named.every((mention) => isName(mention) || isOfficer(mention)) && named.some((mention) => inForm(scan, mention, rules))) return { whom: named, sure: true }
  const at = tokens.findIndex(({ relation, head, tag }, i) => /^(?:nsubj|i?obj)$/u.test(relation ?? '') && i < predicate.first && own(head) && (tag !== 'PRON' || scan.boundaries.has(i)))
  const noun = tokens[at]
  if (!noun || tokens.some(({ relation, head }, i) => relation === 'conj' && head === at && i < predicate.first)) return undefined
  const verb = tokens[predicate.light ? predicate.first : predicate.head]?.norm ?? ''
  const act = frames.find(({ predicate: other }) => other.nominal && other !== predicate && other.words.includes(at))
  const covering = scan.actorAt.get(at)
  const pronoun = noun.tag === 'PRON'
  if (!act && !pronoun && covering?.mission !== true && (covering !== undefined || noun.tag !== 'NOUN')) return undefined
  // "The sanctions of X condemned Y and Z": no act condemns, where the tree finds another subject as well.
  const other = act !== undefined && predicate.gives && tokens.some(({ relation, head }, i) => relation === 'nsubj' && i >= predicate.last && own(head) && scan.actorAt.has(i))
  if (!other && !rules.disagree.some((rule) => rule.verb.test(verb) && rule.noun.test(noun.norm))) return undefined
  // "the ship which X seized": the pronoun stands for whoever is right before it.
  if (pronoun) return { whom: scan.actors.filter((mention) => at - mention.last <= 1 && mention.last <= at && mention.use !== 'adjective').slice(-1), sure: false }
  return { whom: act?.roles.agent ?? named, sure: act !== undefined || covering !== undefined }
}

/* "Y-acc., which blocked aid, condemned X-nom.": the object opens the sentence, a clause of its own stands between. */
function openingObject(scan: Scan, { predicate, roles }: Frame, rules: Compiled): ActorMention | undefined {
  const [first] = scan.actors
  if (!first || first.first !== scan.story || !(isName(first) || isOfficer(first)) || !inForm(scan, first, rules) || commasBetween(scan, first.last, predicate.first) !== 2 || scan.boundaries.get(first.last) !== 'comma') return undefined
  if ((roles.agent ?? []).length === 0 || !(roles.agent ?? []).every((mention) => mention.first >= predicate.last) || roles.patient || roles.target || roles.addressee) return undefined
  return scan.boundaries.get(predicate.first - 1) === 'comma' ? first : undefined
}

/* "Y-acc. and Z-acc. X-nom. accused": objects open the sentence, right before the subject. */
function openingGroup(scan: Scan, { predicate, roles }: Frame, rules: Compiled): readonly ActorMention[] {
  const [subject, more] = roles.agent ?? []
  if (!subject || more || predicate.first - subject.last > 1 || subject.last > predicate.first || inForm(scan, subject, rules) || roles.patient || roles.target || roles.addressee) return []
  const ahead = scan.actors.filter((mention) => mention.last <= subject.first)
  const isJoined = (mention: ActorMention, i: number): boolean => (i === 0 ? mention.first === scan.story : scan.markers.some(({ value, start, end }) => value.kind === 'joiner' && start === ahead[i - 1]?.last && end === mention.first))
  return ahead.at(-1)?.last === subject.first && ahead.every((mention, i) => isJoined(mention, i) && (isName(mention) || isOfficer(mention))) && ahead.some((mention) => inForm(scan, mention, rules)) ? ahead : []
}

const isName = (mention: ActorMention): boolean => mention.use !== 'adjective' && mention.actors.every(({ id, office }) => /^(?:state|place):/u.test(id) && office === null)

const isOfficer = (mention: ActorMention): boolean => mention.use === 'full' && mention.actors.every(({ office }) => office !== null)

/* Whether a name, or the office somebody is named by, stands in a form no subject has. */
function inForm({ tokens }: Scan, mention: ActorMention, { objects, heads }: Compiled): boolean {
  return isName(mention) ? objects.test(tokens[mention.last - 1]?.norm ?? '') : heads.test(tokens[mention.first]?.norm ?? '')
}

/* "The sanctions against Y X called unlawful": of two subjects before the verb the one beside it acts. */
function secondSubject(scan: Scan, { predicate, roles }: Frame): ActorMention | undefined {
  const isOwn = (i: number): boolean => scan.tokens[i]?.relation === 'nsubj' && predicate.words.includes(scan.tokens[i]?.head ?? -1)
  const first = scan.tokens.findIndex((_, i) => isOwn(i))
  return (roles.agent ?? []).find((mention) => mention.last <= predicate.first && mention.first > first && predicate.first - mention.last <= 1 && !scan.markers.some(({ value, end }) => value.kind === 'role' && end === mention.first) && scan.tokens.slice(mention.first, mention.last).some((_, i) => isOwn(mention.first + i)))
}

/* Whoever stands bare right behind the verb, in a form that may be the subject's, with those joined to it. */
function doersBehind(scan: Scan, { predicate }: Frame, rules: Compiled): readonly ActorMention[] {
  const [first, ...next] = scan.actors.filter((other) => other.first >= predicate.last)
  if (!first || first.first - predicate.last > BEHIND || first.use === 'adjective' || isParted(scan, predicate.last, first.first)) return []
  if (inForm(scan, first, rules)) return []
  if (scan.markers.some(({ value, end }) => value.kind === 'role' && end === first.first)) return []
  const doers = [first]
  for (const mention of next) {
    const last = doers.at(-1)?.last ?? 0
    if (mention.first - last !== 1 || !scan.markers.some(({ value, start, end }) => value.kind === 'joiner' && start === last && end === mention.first)) break
    doers.push(mention)
  }
  return doers
}
