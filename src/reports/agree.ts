/** Agreement of a verb with its subject, where the language's forms tell it: which of two phrases a verb can belong to. */
import type { RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import type { Predicate, Scan } from './scan.ts'

type Gender = 'm' | 'f' | null
type Rules = NonNullable<RoleSettings['agreement']>
interface Compiled { readonly verbs: ReadonlyMap<string, RegExp>; readonly several: RegExp; readonly ownThat: RegExp; readonly beforeNouns: RegExp; readonly tails: RegExp; readonly may: RegExp; readonly mayBefore: RegExp; readonly masculine: RegExp; readonly feminine: RegExp; readonly unsure: RegExp; readonly owned: RegExp; readonly objects: RegExp; readonly definite: RegExp }

const cache = new WeakMap<Rules, Compiled>()

/* Compiled once for a language, not for each of its sentences. */
function compiled(rules: Rules): Compiled {
  const known = cache.get(rules)
  if (known) return known
  const made = { verbs: new Map(Object.entries(rules.feminineVerbs).map(([label, match]) => [label, new RegExp(match, 'u')])), several: new RegExp(rules.severalVerbs, 'u'), ownThat: new RegExp(rules.ownThat, 'u'), beforeNouns: new RegExp(rules.beforeNouns, 'u'), tails: new RegExp(rules.tails, 'u'), may: new RegExp(rules.may, 'u'), mayBefore: new RegExp(rules.mayBefore, 'u'), masculine: new RegExp(rules.masculine, 'u'), feminine: new RegExp(rules.feminine, 'u'), unsure: new RegExp(rules.unsure, 'u'), owned: new RegExp(rules.owned, 'u'), objects: new RegExp(rules.objects, 'u'), definite: new RegExp(rules.definite, 'u') }
  cache.set(rules, made)
  return made
}

/** The gender a verb shows; null where its form shows none. */
function genderOfVerb(scan: Scan, { agreement }: RoleSettings, predicate: Predicate): Gender {
  const match = agreement ? compiled(agreement).verbs.get(predicate.label) : undefined
  const word = scan.tokens[predicate.light ? predicate.first : predicate.head]
  if (!match || !word || predicate.nominal || predicate.passive) return null
  return match.test(word.norm) ? 'f' : 'm'
}

/** The gender of a phrase, by its first word; states and towns are feminine where nothing else is said. */
function genderOfPhrase(scan: Scan, { agreement }: RoleSettings, mention: ActorMention): Gender {
  if (!agreement || mention.use === 'adjective' || mention.use === 'pronoun' || mention.use === 'collective') return null
  const { masculine, feminine, unsure, owned } = compiled(agreement)
  const norm = scan.tokens[mention.first]?.norm ?? ''
  const word = mention.cut !== '' && norm.startsWith(mention.cut) ? norm.slice(mention.cut.length) : norm
  // A state of several words may be either, whatever the first of them is ("South Sudan").
  const states = mention.use === 'full' && mention.actors.every(({ id, office }) => id.startsWith('state:') && office === null)
  if (states && mention.last - mention.first > 1 && masculine.test(word)) return null
  if (unsure.test(word) || (mention.last - mention.first === 1 && !mention.actors.some(({ id }) => id.startsWith('state:')) && owned.test(word))) return null
  if (masculine.test(word)) return 'm'
  return feminine.test(word) || states ? 'f' : null
}

/** Whether the forms say that a phrase is not the subject of a verb. */
export function disagrees(scan: Scan, roles: RoleSettings, predicate: Predicate, mention: ActorMention): boolean {
  const [verb, phrase] = [genderOfVerb(scan, roles, predicate), genderOfPhrase(scan, roles, mention)]
  // Right behind the verb that opens its sentence stands its subject: papers take any state for feminine.
  if (verb === 'f' && predicate.first === scan.story && mention.first === predicate.head + 1 && mention.actors.every(({ id }) => id.startsWith('state:'))) return false
  return verb !== null && phrase !== null && verb !== phrase
}

/** Whether the pronoun written on to a verb is not for a phrase. */
export function pronounDisagrees(scan: Scan, roles: RoleSettings, predicate: Predicate, mention: ActorMention): boolean {
  if (!roles.agreement) return false
  const match = compiled(roles.agreement).tails.exec(scan.tokens[predicate.light ? predicate.first : predicate.head]?.norm ?? '')
  const phrase = genderOfPhrase(scan, roles, mention)
  return match !== null && phrase !== null && (match[1] === undefined ? 'm' : 'f') !== phrase
}

/** Whether a word that may mean "may" does: before a verb in the present, not before one in the past. */
export function supposes(scan: Scan, { agreement, finiteLabels }: RoleSettings, at: number): boolean {
  if (!agreement || !compiled(agreement).may.test(scan.tokens[at]?.norm ?? '')) return true
  const told = scan.predicates.some((other) => !other.nominal && other.first === at + 1 && finiteLabels.includes(other.label) && other.label !== 'pres')
  return !told && compiled(agreement).mayBefore.test(scan.tokens[at + 1]?.norm ?? '') && !scan.markers.some((marker) => marker.value.kind === 'past' && marker.start === at && marker.end > at + 1)
}

/** Whether a phrase of people has the form of an object, or of what a number counts. */
export const hasObjectForm = (scan: Scan, { agreement }: RoleSettings, mention: ActorMention): boolean => agreement !== undefined && mention.actors.every(({ id }) => id.startsWith('noun:')) && compiled(agreement).objects.test(scan.tokens[mention.first]?.norm ?? '')

/** Whether a phrase right behind a verb has the form of its object ("[urged] both sides"). */
export function isObjectForm(scan: Scan, { agreement }: RoleSettings, predicate: Predicate, mention: ActorMention): boolean {
  if (!agreement || mention.first !== predicate.head + 1 || mention.actors.some(({ id }) => !id.startsWith('noun:')) && mention.use !== 'collective' && mention.use !== 'people') return false
  return compiled(agreement).objects.test(scan.tokens[mention.first]?.norm ?? '')
}

/** Whether a noun nobody knows stands right behind the verb, where its subject does: whoever comes after that is not it. */
export function subjectUnknown(scan: Scan, { agreement }: RoleSettings, predicate: Predicate, mention: ActorMention): boolean {
  const at = predicate.head + 1
  const token = scan.tokens[at]
  if (!agreement || !token || at >= mention.first || predicate.light || predicate.words.includes(at) || !compiled(agreement).definite.test(token.norm)) return false
  return !scan.markers.some((marker) => marker.start <= at && marker.end > at) && !scan.masks.some((mask) => mask.words.includes(at)) && !scan.dates.some((date) => date.start <= token.start && date.end > token.start) && !scan.predicates.some((other) => other.words.includes(at))
}

/** Whether no verb can follow a word ("after [the] killing of"). */
export const precedesNoun = ({ agreement }: RoleSettings, word: string): boolean => agreement !== undefined && compiled(agreement).beforeNouns.test(word)

/** Whether a word has no article, where articles are written on to their nouns. */
export const isBareNoun = ({ agreement }: RoleSettings, word: string): boolean => agreement !== undefined && word.length > 2 && !compiled(agreement).definite.test(word)

/** Whether the word that opens a clause carries its subject as a pronoun ("that it"). */
export function opensForItself(scan: Scan, { agreement }: RoleSettings, at: number): boolean {
  return agreement !== undefined && compiled(agreement).ownThat.test(scan.tokens[at]?.norm ?? '')
}

/** Whether the forms say that a phrase is the subject of a verb in the singular. */
export function agreesAlone(scan: Scan, roles: RoleSettings, predicate: Predicate, mention: ActorMention): boolean {
  const verb = genderOfVerb(scan, roles, predicate)
  if (!roles.agreement || verb === null || compiled(roles.agreement).several.test(scan.tokens[predicate.head]?.norm ?? '')) return false
  return !disagrees(scan, roles, predicate, mention)
}
