/** A predicate with those who take part in it, and how sure that is. */
import type { Role } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import type { Predicate } from './scan.ts'

/** `owner` and `of`: whose act a noun of action is, by possession or adjacency, or by an of-phrase; settled by the ontology (see `settle.ts`). */
export type FrameRole = 'agent' | 'patient' | 'owner' | 'of' | Exclude<Role, 'of' | 'between' | 'as' | 'after' | 'before'>

export interface Frame {
  readonly predicate: Predicate
  readonly roles: Partial<Record<FrameRole, readonly ActorMention[]>>
  /** The agent was taken over from another clause. */
  readonly inherited: boolean
  /** Whoever did what was told before in the sentence; [] where subjects are always said. */
  readonly carried: readonly ActorMention[]
  /** Predicates that are the content of this one (what is refused, promised, said). */
  readonly content: readonly Predicate[]
  /** The predicate this one is the content of. */
  readonly governor: Predicate | null
  /** Where its clause begins and ends, in tokens. */
  readonly clause: readonly [number, number]
}

/** The roles without the mentions that `drop` names; a role that is left empty is left out. */
export function withoutMentions(roles: Frame['roles'], drop: (mention: ActorMention) => boolean): Frame['roles'] {
  return Object.fromEntries(Object.entries(roles).map(([role, mentions]) => [role, mentions.filter((mention) => !drop(mention))]).filter(([, mentions]) => (mentions?.length ?? 0) > 0)) as Frame['roles']
}

/** The roles without one of them. */
export function withoutRole(roles: Frame['roles'], role: FrameRole): Frame['roles'] {
  const { [role]: _, ...rest } = roles
  return rest
}
