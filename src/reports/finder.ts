/** What is looked at to find who takes part in the predicates of a sentence. */
import type { RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import type { FrameRole } from './frame.ts'
import type { Mark, Marks } from './marks.ts'
import type { Predicate, Scan } from './scan.ts'
import type { Tree } from './syntax.ts'

export type Roles = Partial<Record<FrameRole, readonly ActorMention[]>>

/** How far an argument may stand from its predicate, in tokens: cost stays linear in the sentence. */
export const REACH = 40

export interface Finder {
  readonly scan: Scan
  readonly roles: RoleSettings
  readonly marks: Marks
  readonly governors: ReadonlyMap<Predicate, Predicate>
  readonly subjects: Map<Predicate, Subject>
  /** The roles of the verbs found so far. */
  readonly found: Map<Predicate, Roles>
  /** Verbs that tell what the words of somebody are about ("thanked X for supporting"). */
  readonly contents: Set<Predicate>
  /** Verbs of a clause that a mark of the topic takes in. */
  readonly topical: Set<Predicate>
  /** The dependency tree, where the language's words have heads. */
  readonly tree: Tree | null
}
export interface Subject {
  readonly actors: readonly ActorMention[]
  readonly inherited: boolean
  /** Somebody nobody knows does it. */
  readonly closed?: boolean
  /** Whoever stands elsewhere is not it. */
  readonly settled?: boolean
}

export const NOBODY: Subject = { actors: [], inherited: false }

export const isVerb = (predicate: Predicate): boolean => !predicate.nominal

/** Can stand as subject or object by itself: no mark, not the possessor of another noun, not inside a set phrase. */
export function usable({ marks, scan }: Finder, actor: ActorMention): boolean {
  return !scan.masks.some((mask) => actor.first >= mask.start && actor.last <= mask.end) && marks.of(actor) === null && !marks.possessive(actor) && actor.use !== 'place' && !(actor.use === 'adjective') && !leads(scan, actor)
}

/* "the government [of] X": right behind a body, whoever leads it only says which one. */
function leads(scan: Scan, actor: ActorMention): boolean {
  const body = scan.actorAt.get(actor.first - 1)
  return body?.last === actor.first && actor.cut === '' && body.use === 'full' && body.actors.every(({ id }) => id.startsWith('noun:')) && actor.actors.every(({ id, country }) => /^(?:person|office):/u.test(id) && country !== null && body.actors.some((other) => other.country === country))
}
export const isParticiple = (predicate: Predicate): boolean => predicate.label === 'ger' || predicate.label === 'part'

/** A state named for itself ("[called off his] visit to X", where X stands in the wording). */
export const isState = (mention: ActorMention): boolean => mention.use === 'full' && mention.actors.every(({ id }) => id.startsWith('state:'))

/** Puts actors into the role their mark gives them; marks that give none are left out. */
export function putMarked(put: (role: FrameRole, actors: readonly ActorMention[]) => void, mark: Mark, actors: readonly ActorMention[]): void {
  if (mark === 'of') put('topic', actors)
  else if (mark === 'between') put('partner', actors)
  else if (mark !== 'as' && mark !== 'other') put(mark, actors)
}
