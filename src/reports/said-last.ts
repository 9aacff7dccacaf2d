/** Who says, in the end of a sentence, what it tells: "…, X announced". */
import type { ActorMention } from '../model/index.ts'
import type { Roles } from './finder.ts'
import type { Frame } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'

/** The subject of a verb of saying right before it, where a comma or a quotation mark stands before that. */
export function voiceOf(scan: Scan, predicate: Predicate, agent: readonly ActorMention[] | undefined): readonly ActorMention[] {
  const [first, last] = [agent?.[0], agent?.at(-1)]
  if (predicate.kind !== 'speech' || predicate.nominal || !first || !last || last.last > predicate.first || predicate.first - last.last > 1) return []
  return [1, 2].some((back) => /^(?:comma|quote)$/u.test(scan.boundaries.get(first.first - back) ?? '')) ? (agent ?? []) : []
}

/** Whoever says in the end what a sentence tells takes no part in what is told before the comma. */
export function withoutVoices(scan: Scan, frames: readonly Frame[]): Frame[] {
  const voices = frames.flatMap((frame) => voiceOf(scan, frame.predicate, frame.roles.agent))
  if (voices.length === 0) return [...frames]
  return frames.map((frame) => {
    const gone = voices.filter((mention) => mention.first >= frame.predicate.last)
    if (gone.length === 0 || frame.predicate.kind === 'speech' || !Object.values(frame.roles).some((list) => list.some((mention) => gone.includes(mention)))) return frame
    return { ...frame, roles: Object.fromEntries(Object.entries(frame.roles).map(([role, list]) => [role, list.filter((mention) => !gone.includes(mention))]).filter(([, list]) => (list?.length ?? 0) > 0)) as Roles }
  })
}
