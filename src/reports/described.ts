/** "X, against which Y imposed sanctions, …", "X, whom Y accuses, …": whoever a clause describes undergoes what it tells, and goes on with the verb behind it. */
import type { ActorMention } from '../model/index.ts'
import { type Frame, type FrameRole, withoutRole } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { commasBetween } from './syntax.ts'

/** How many words may stand between whoever is described and the word that opens the clause, and between that and its verb. */
const BEFORE = 2
const WITHIN = 6

interface Described { readonly frame: Frame; readonly whom: readonly ActorMention[]; readonly wrong: readonly ActorMention[]; readonly predicate: Predicate }

/** Puts whoever such clauses describe in their places. Only for sentences whose clauses commas part. */
export function describedBy(scan: Scan, frames: readonly Frame[]): Frame[] {
  const found: Described[] = []
  const mended = frames.map((frame) => {
    const one = described(scan, frame, frames)
    if (one) found.push(one)
    return one?.frame ?? frame
  })
  if (found.length === 0) return mended
  return mended.map((frame) => {
    const { predicate, roles } = frame
    const before = predicate.nominal ? undefined : found.findLast((one) => one.predicate.last <= predicate.first)
    const agent = roles.agent ?? []
    // Beyond the comma that closes the clause the verb is of whoever it described.
    if (!before || agent.length === 0 || commasBetween(scan, before.predicate.last, predicate.first) !== 1 || !agent.every((mention) => before.wrong.includes(mention))) return frame
    return { ...frame, roles: { ...roles, agent: before.whom } }
  })
}

function described(scan: Scan, frame: Frame, frames: readonly Frame[]): Described | null {
  const { predicate, roles } = frame
  const agent = roles.agent ?? []
  if (predicate.nominal || predicate.passive) return null
  const opener = scan.markers.findLast(({ value, start, end }) => (value.kind === 'relative' || value.kind === 'that') && end <= predicate.first && predicate.first - end <= WITHIN && scan.boundaries.has(start))
  if (!opener || scan.predicates.some((other) => !other.nominal && other !== predicate && other.first >= opener.end && other.last <= predicate.first)) return null
  // "against which", "to whom": the preposition is a part of the word, or stands before it.
  const mark = scan.markers.find(({ value, start, end }) => value.kind === 'role' && value.role !== null && value.role !== 'of' && ((start === opener.start && end < opener.end) || end === opener.start))
  const from = Math.min(opener.start, mark?.start ?? opener.start)
  const whom = scan.actors.findLast((mention) => mention.last <= from)
  if (!whom || whom.use === 'adjective' || from - whom.last > BEFORE || scan.tokens.slice(whom.last, from).some(({ kind }) => kind !== 'punct')) return null
  const bare = scan.actors.filter((mention) => mention.first >= opener.end && mention.last <= predicate.first && mention.use !== 'adjective' && !scan.markers.some(({ value, end }) => value.kind === 'role' && end === mention.first))
  const place = (role: FrameRole, doers: readonly ActorMention[]): Described => {
    const rest = Object.fromEntries(Object.entries(withoutRole(roles, 'agent')).map(([name, list]) => [name, list.filter((mention) => mention !== whom && !doers.includes(mention))]).filter(([, list]) => (list?.length ?? 0) > 0)) as Frame['roles']
    return { predicate, whom: [whom], wrong: [whom, ...doers], frame: { ...frame, roles: { ...rest, ...(doers.length > 0 ? { agent: doers } : {}), [role]: [whom, ...(rest[role] ?? [])] } } }
  }
  if (mark?.value.role && opener.value.kind === 'relative') {
    if (!agent.includes(whom)) return null
    const role = mark.value.role
    if (role === 'between' || role === 'as' || role === 'after' || role === 'before' || role === 'agent') return null
    if (bare.length === 0 && role !== 'addressee') return null
    const subject = bare.length > 0 ? bare : agent.filter((mention) => mention.first >= opener.end)
    // Where nobody is named in the clause, whoever acted before it does.
    const main = subject.length > 0 ? undefined : frames.findLast((other) => !other.predicate.nominal && other.predicate.first < whom.first && (other.roles.agent ?? []).length > 0)
    return place(role === 'addressee' ? 'patient' : role, subject.length > 0 ? subject : (main?.roles.agent ?? []))
  }
  return !mark && bare.length > 0 && agent.includes(whom) && bare.some((mention) => agent.includes(mention)) && scan.boundaries.get(whom.last) === 'comma' ? place('patient', bare) : null
}
