/** What the dependency tree hangs a phrase on, where its place in the sentence alone would mislead. */
import type { ActorMention } from '../model/index.ts'
import type { Frame } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { nounAbove } from './syntax.ts'

/** Whether the tree gives a predicate a subject. */
export const hasSubject = ({ tokens }: Scan, { words }: Predicate): boolean => tokens.some(({ relation, head }) => relation?.startsWith('nsubj') === true && head !== undefined && words.includes(head))

/** "the condemnation of the tariffs by X": whether a mention behind a noun of action hangs on another one before it. */
export function hangsBefore(scan: Scan, predicate: Predicate, mention: ActorMention): boolean {
  const above = mention.first >= predicate.last ? nounAbove(scan, mention) : null
  return above !== null && above !== predicate && above.last <= predicate.first
}

/** Whether a mention hangs on a noun of action that stands between it and this one. */
export function hangsBehind(scan: Scan, predicate: Predicate, mention: ActorMention): boolean {
  const above = nounAbove(scan, mention)
  return above !== null && above !== predicate && above.first >= predicate.last && above.last <= mention.first
}

/** "The supplies by X to Y were condemned by Z": whether a mention before a verb hangs on the noun of action that is its subject. */
export function isOfSubject(scan: Scan, predicate: Predicate, mention: ActorMention): boolean {
  if (mention.last > predicate.first) return false
  const head = scan.tokens[mention.last - 1]?.head ?? -1
  const noun = scan.tokens[head]
  return noun?.tag === 'NOUN' && head < mention.first && noun.relation?.startsWith('nsubj') === true && noun.head !== undefined && predicate.words.includes(noun.head) && !scan.actorAt.has(head)
}

/** How far up the tree a phrase is followed. */
const CLIMB = 6

/** Whether a finite verb stands between a noun of action and a phrase, and the phrase hangs below that verb in the tree. */
export function isBeyondVerb({ tokens, boundaries }: Scan, predicate: Predicate, actor: ActorMention): boolean {
  let at = tokens[actor.last - 1]?.head ?? -1
  for (let hops = 0; hops < CLIMB && at >= predicate.last; hops++) {
    if ((tokens[at]?.tag === 'VERB' || tokens[at]?.tag === 'AUX') && at < actor.first && tokens[at]?.relation === 'root' && !boundaries.has(at)) return true
    at = tokens[at]?.head ?? -1
  }
  return false
}

/** "the strikes launched by X on Y": whoever carries out what a noun of action names, in the clause that hangs on it. */
export function carriedOut(scan: Scan, frame: Frame, frames: readonly Frame[]): Frame {
  const { predicate, roles } = frame
  if (!predicate.nominal || predicate.kind !== 'act' || roles.agent || roles.owner || roles.of) return frame
  const verb = frames.find(({ predicate: other }) => {
    const token = scan.tokens[other.head]
    return other.carries && other.first >= predicate.last && token?.relation?.startsWith('acl') === true && predicate.words.includes(token.head ?? -1)
  })
  const doers = (verb?.roles.agent ?? []).filter((mention) => mention.first >= predicate.last)
  if (!verb || doers.length === 0) return frame
  const { target = roles.target } = verb.roles
  return { ...frame, roles: { ...roles, agent: doers, ...(target ? { target } : {}) } }
}
