/** Words that close their clause without an object: what they are about was told just before. */
import type { EventRule, Ontology } from '../knowledge/ontology.ts'
import type { Actor } from '../model/index.ts'
import type { Frame } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { actorsOf } from './sides.ts'

/* "denied reports that X had demanded Y": told inside the words of a denial. */
export const isInDenial = (scan: Scan, predicate: Predicate, ontology: Ontology): boolean => scan.predicates.some((other) => other !== predicate && ontology.ruleOf.get(other.concept)?.denies === true && other.first < predicate.first && other.last > predicate.first)

/** What is said of an act told just before. */
const ANSWERS = new Set(['ACCUSE', 'REJECT', 'SUPPORT'])

/* "X signed with Y, and Z objected": words that close their clause without an object are about the act before, and meant for those who did it. */
export function upshot(scan: Scan, { predicate, inherited }: Frame, frames: ReadonlyMap<Predicate, Frame>, rule: EventRule): Actor[] {
  const closes = predicate.last >= scan.tokens.length || scan.boundaries.has(predicate.last) || scan.tokens[predicate.last]?.kind === 'punct'
  if (!closes || inherited || predicate.nominal || !predicate.worded || rule.roles !== 'directed' || !ANSWERS.has(rule.type)) return []
  const before = scan.predicates.findLast((other) => !other.nominal && other.last <= predicate.first)
  const told = before && before.kind !== 'speech' && ![...scan.boundaries].some(([at, kind]) => kind === 'hard' && at >= before.last && at < predicate.first) ? frames.get(before)?.roles : undefined
  return told ? actorsOf([...(told.agent ?? []), ...(told.partner ?? [])]).filter(({ country }) => country !== null) : []
}
