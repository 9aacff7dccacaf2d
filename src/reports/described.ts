/** "X, against which Y imposed sanctions, …", "X, whom Y accuses, …": whoever a clause describes undergoes what it tells, and goes on with the verb behind it. */
import type { ActorMention } from '../model/index.ts'
import { type Frame, type FrameRole, withoutMentions, withoutRole } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { commasBetween } from './syntax.ts'

/** How many words may stand between whoever is described and the word that opens the clause, and between that and its verb. */
const BEFORE = 2
const WITHIN = 6

interface Described { readonly frame: Frame; readonly whom: readonly ActorMention[]; readonly wrong: readonly ActorMention[]; readonly predicate: Predicate }

/** Puts whoever such clauses describe in their places, in the clause and behind the comma that closes it. */
export function describedBy(scan: Scan, frames: readonly Frame[]): Frame[] {
  const found: Described[] = []
  const mended = frames.map((frame) => {
    const one = described(scan, frame, frames)
    if (one) found.push(one)
    return one?.frame ?? frame
  })
  return mended.map((given) => {
    const frame = withDescribed(scan, given)
    const { predicate, roles } = frame
    const before = predicate.nominal ? undefined : found.findLast((one) => one.predicate.last <= predicate.first)
    const agent = roles.agent ?? []
    // Beyond the comma that closes the clause the verb is of whoever it described.
    if (!before || agent.length === 0 || commasBetween(scan, before.predicate.last, predicate.first) !== 1) return frame
    if (agent.every((mention) => before.wrong.includes(mention))) return { ...frame, roles: { ...roles, agent: before.whom } }
    // ", …, accuses Z": whoever stands right behind such a verb is its object.
    const behind = agent.every((mention) => mention.first > predicate.head) && !roles.patient && !roles.addressee && scan.boundaries.get(predicate.first - 1) === 'comma'
    return behind ? { ...frame, roles: { ...roles, agent: before.whom, patient: agent } } : frame
  })
}

/* "X, to which Y lays claim, bought arms": a clause whose verb nobody knows has its own subject, which does nothing behind it. */
function withDescribed(scan: Scan, frame: Frame): Frame {
  const { predicate, roles } = frame
  const agent = roles.agent ?? []
  const [first] = agent
  if (predicate.nominal || !first || !agent.every((mention) => mention.last <= predicate.first)) return frame
  const opener = scan.markers.findLast(({ value, end }) => value.kind === 'relative' && end <= first.first && first.first - end <= WITHIN)
  const last = agent.at(-1)?.last ?? 0
  const closing = opener ? Array.from({ length: predicate.first - last }, (_, i) => last + i).filter((at) => scan.boundaries.has(at)) : []
  if (!opener || closing.length !== 1 || scan.boundaries.get(closing[0] ?? -1) !== 'comma' || predicate.first - (closing[0] ?? 0) > BEFORE) return frame
  if (scan.tokens.slice(first.first, first.last).some(({ relation, head = -1 }) => relation?.startsWith('nsubj') === true && predicate.words.includes(head))) return frame
  const whom = scan.actors.findLast((mention) => mention.last <= opener.start)
  if (!whom || whom.use === 'adjective' || opener.start - whom.last > BEFORE || scan.boundaries.get(whom.last) !== 'comma') return frame
  return { ...frame, roles: { ...roles, agent: [whom] } }
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
    const rest = withoutMentions(withoutRole(roles, 'agent'), (mention) => mention === whom || doers.includes(mention))
    return { predicate, whom: [whom], wrong: [whom, ...doers], frame: { ...frame, roles: { ...rest, ...(doers.length > 0 ? { agent: doers } : {}), [role]: [whom, ...(rest[role] ?? [])] } } }
  }
  // Where the tree has seen that itself, whoever acts behind the comma is still to be told.
  const seen = [...(roles.patient ?? []), ...(roles.target ?? []), ...(roles.addressee ?? [])].includes(whom) && agent.length > 0 ? { frame, predicate, whom: [whom], wrong: agent } : null
  // "X, whose territory Y-behind shelled": a thing of theirs right behind the word shells nobody, where somebody stands behind the verb.
  const thing = scan.tokens[opener.end]
  const behind = (roles.patient ?? []).filter((mention) => mention.first >= predicate.last && mention.first - predicate.last <= 1 && mention.use === 'full')
  if (!mark && opener.value.kind === 'relative' && thing?.tag === 'NOUN' && thing.relation?.startsWith('nsubj') === true && !scan.actorAt.has(opener.end) && !scan.predicates.some((other) => other.words.includes(opener.end)) && predicate.first === opener.end + 1 && agent.length === 1 && agent[0] === whom && behind.length === 1 && bare.length === 0) return place('patient', behind)
  if (mark?.value.role && opener.value.kind === 'relative') {
    if (!agent.includes(whom)) return seen
    const role = mark.value.role
    if (role === 'between' || role === 'as' || role === 'after' || role === 'before' || role === 'agent') return null
    if (bare.length === 0 && role !== 'addressee') return null
    const subject = bare.length > 0 ? bare : agent.filter((mention) => mention.first >= opener.end)
    // Where nobody is named in the clause, whoever acted before it does.
    const main = subject.length > 0 ? undefined : frames.findLast((other) => !other.predicate.nominal && other.predicate.first < whom.first && (other.roles.agent ?? []).length > 0)
    return place(role === 'addressee' ? 'patient' : role, subject.length > 0 ? subject : (main?.roles.agent ?? []))
  }
  if (mark || bare.length === 0) return null
  if (seen) return seen
  // "X, whose forces attacked Y": a body of theirs acts for them.
  if (opener.value.kind === 'relative' && bare.some(({ actors }) => actors.some(({ id }) => id.startsWith('noun:')))) return null
  // "praised the decision of X, which Y condemned", where nothing said governs the clause.
  if (!agent.includes(whom)) return scan.boundaries.get(whom.last) === 'comma' && opener.start === whom.last + 1 && opener.value.kind === 'that' && agent.length > 0 && agent.every((mention) => bare.includes(mention)) && frame.governor === null && !roles.patient && !roles.target && !roles.addressee && !scan.predicates.some((other) => other.kind === 'speech' && other.last <= from) ? place('patient', bare) : null
  // Without a comma, "the rebels that X bombed": right behind them.
  return scan.boundaries.get(whom.last) === 'comma' ? (bare.some((mention) => agent.includes(mention)) ? place('patient', bare) : null) : (bare.length === 1 && whom.last === opener.start && agent.length === 1 && opener.value.kind === 'that' ? place('patient', bare) : null)
}
