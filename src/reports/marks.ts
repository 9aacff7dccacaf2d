/** The role that a marker, a clitic or a case ending gives to an actor phrase. */
import type { Role, RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention, Token } from '../model/index.ts'
import { agreesAlone } from './agree.ts'
import type { FrameRole } from './frame.ts'
import type { Scan } from './scan.ts'

export type Mark = Exclude<FrameRole, 'owner'> | 'between' | 'as' | 'other'

export interface Marks {
  /** null: the phrase carries no mark (a subject or an object). */
  readonly of: (actor: ActorMention) => Mark | null
  /** Whether two neighbouring phrases are joined ("X and Y", "X, Y and Z"). */
  readonly joined: (left: ActorMention, right: ActorMention) => boolean
  /** The phrase and all joined with it, in order. */
  readonly group: (actor: ActorMention) => readonly ActorMention[]
  /** The phrase has a possessive mark after it, or stands before a noun it qualifies. */
  readonly possessive: (actor: ActorMention) => boolean
}

const COMMA = /^[,،，、]$/u
const COLON = /^[:：]$/u
/** The comma that only parts what is listed. */
const LISTING = '、'

/* One-letter names of states are written together. */
const isShort = (mention: ActorMention): boolean => mention.text.length === 1 && mention.actors[0]?.id.startsWith('state:') === true

const asMark = (role: Role): Mark => (role === 'after' || role === 'before' ? 'other' : role)

interface CaseRule { readonly match: RegExp; readonly role: Role }
const caseRules = new WeakMap<RoleSettings, readonly CaseRule[]>()

/* Compiled once for a language, not for each of its sentences. */
function caseRulesOf(roles: RoleSettings): readonly CaseRule[] {
  const known = caseRules.get(roles)
  if (known) return known
  const made = roles.caseMarkers.map((rule) => ({ match: new RegExp(rule.match, 'u'), role: rule.role }))
  caseRules.set(roles, made)
  return made
}

/** How far before its phrase the verb of the clause may stand, and how many words may lead a verb behind its subject. */
const CLAUSE_REACH = 16
const LEADING_REACH = 3

const hasFiniteForm = (token: Token | undefined): boolean => (token?.tag === 'VERB' || token?.tag === 'AUX') && token.form?.startsWith('fin-') === true

/* "left the town of X and Y struck Z": where a clause has its verb already, the phrase behind "and" and right before another verb is the subject of that one. */
function beginsNext({ tokens, predicates, boundaries, actorAt }: Scan, left: ActorMention, right: ActorMention): boolean {
  let at = right.last
  while (at - right.last < LEADING_REACH && !hasFiniteForm(tokens[at]) && /^(?:ADV|PRON|PART)$/u.test(tokens[at]?.tag ?? '') && !boundaries.has(at)) at++
  if (!hasFiniteForm(tokens[at]) || boundaries.has(at)) return false
  for (let i = left.first - 1; i >= 0 && left.first - i <= CLAUSE_REACH; i--) {
    const boundary = boundaries.get(i)
    if (boundary !== undefined) return false
    if (hasFiniteForm(tokens[i]) && !actorAt.has(i)) return !predicates.some((other) => other.kind === 'speech' && other.words.includes(i))
  }
  return false
}

/* "X, Y sign pact": in a headline a comma alone joins two who do something right behind it. */
function opensHeadline({ tokens, predicates, story }: Scan, left: ActorMention, right: ActorMention): boolean {
  const isParty = ({ use, actors, capital }: ActorMention): boolean => use === 'full' && !capital && actors.every(({ country }) => country !== null)
  return tokens.at(-1)?.kind !== 'punct' && left.first === story && right.first === left.last + 1 && isParty(left) && isParty(right) && left.actors[0]?.country !== right.actors[0]?.country
    && predicates.some((predicate) => !predicate.nominal && predicate.first === right.last)
}

/** How far before its phrase, words that describe it between, a mark may stand. */
const DESCRIBED_REACH = 12

/* "[fired] at the who-protested crowd": where qualifiers come first, a mark stands before the words that describe its phrase. */
function markBeyond({ tokens, markers, boundaries, actorAt }: Scan, actor: ActorMention): Mark | null {
  const of = markers.find(({ value, end }) => value.kind === 'post' && value.role === 'of' && end === actor.first)
  for (let at = of?.start ?? 0; of && at > 0 && of.start - at < DESCRIBED_REACH && !boundaries.has(at - 1) && tokens[at - 1]?.kind !== 'punct'; at--) {
    if (markers.some(({ value, end }) => value.kind === 'post' && value.role === 'of' && end === at)) return null
    const mark = markers.find(({ value, end }) => value.kind === 'role' && end === at)?.value.role
    if (mark) return (mark === 'target' || mark === 'addressee') && !actorAt.has(at) && at < of.start ? mark : null
  }
  return null
}

/** Works out the marks of all actor phrases of a sentence. `joinCuts` are clitics that mean "and". */
export function findMarks(scan: Scan, roles: RoleSettings, joinCuts: readonly string[]): Marks {
  const { actors, tokens, markers } = scan
  const endings = caseRulesOf(roles)
  // A verb that is written like a preposition marks nothing ("expressed", "via").
  const verbs = new Set(roles.order === 'vso' ? scan.predicates.filter((predicate) => !predicate.nominal).map((predicate) => predicate.words[0]) : [])
  const before = (at: number): typeof markers => markers.filter((marker) => marker.end === at && !(marker.value.kind === 'role' && verbs.has(marker.start)))
  const cutJoins = (cut: string): boolean => cut !== '' && roles.cutMarkers[cut] === undefined && joinCuts.some((join) => cut.startsWith(join))

  // "X cuts supplies and Y protests": a verb of one right behind the phrase opens a clause with it; "between X and Y" stays together.
  const opens = (left: ActorMention, right: ActorMention): boolean => roles.order === 'vso' && cutJoins(right.cut) && own(left) !== 'between'
    && scan.predicates.some((predicate) => predicate.first === right.last && predicate.cut === '' && agreesAlone(scan, roles, predicate, right))

  // "the ministers of X, of Y and of Z": the word that says whose may stand again before each state.
  const again = new Set<ActorMention>()
  const repeatsOf = (left: ActorMention, right: ActorMention): boolean => roles.qualifier === 'after' && right.actors.every(({ id }) => id.startsWith('state:')) && (again.has(left) || left.actors.some(({ id, office }) => office !== null && id.startsWith('office:')))

  const joined = (left: ActorMention, right: ActorMention): boolean => {
    if (opens(left, right)) return false
    // "visited X, and the two countries raised …": who stands for both begins anew.
    if ((left.use === 'collective') !== (right.use === 'collective')) return false
    let at = left.last
    let sawComma = false
    let sawJoiner = cutJoins(right.cut)
    while (at < right.first) {
      const marker = markers.find((candidate) => candidate.start === at && (candidate.value.kind === 'joiner' || candidate.value.kind === 'article'))
      if (marker) {
        if (marker.value.kind === 'joiner') sawJoiner = true
        at = marker.end
      } else if ((sawComma || sawJoiner) && repeatsOf(left, right) && before(right.first).some(({ value, start }) => value.role === 'of' && start === at)) {
        at = right.first
      } else if (COMMA.test(tokens[at]?.norm ?? '') && !sawComma) {
        sawComma = true
        if (tokens[at]?.norm === LISTING) sawJoiner = true
        at++
      } else return false
    }
    if (sawJoiner) return !beginsNext(scan, left, right)
    // "X, Y and Z": a comma joins when a joiner follows the next phrase.
    if (!sawComma) return left.last === right.first && ((left.use === 'adjective' && right.use === 'adjective') || (isShort(left) && isShort(right)))
    if (opensHeadline(scan, left, right)) return true
    const next = actors.find((candidate) => candidate.first >= right.last)
    return next !== undefined && next.first - right.last <= 3 && (cutJoins(next.cut) || markers.some((marker) => marker.value.kind === 'joiner' && marker.start >= right.last && marker.end <= next.first))
  }

  const own = (actor: ActorMention): Mark | null => {
    // "Nine killed in clashes: ministry": whoever closes a headline behind a colon says so.
    if (COLON.test(tokens[actor.first - 1]?.norm ?? '') && tokens.slice(actor.last).every((token) => token.kind === 'punct')) return 'other'
    // Whoever words are taken from takes no part in what they tell.
    if (markers.some((marker) => marker.value.kind === 'source' && marker.end <= actor.first && actor.first - marker.end <= (actor.use === 'adjective' ? 0 : 1))) return 'other'
    const byCut = actor.cut === '' ? undefined : roles.cutMarkers[actor.cut]
    if (byCut) return asMark(byCut)
    let at = actor.first
    for (let hops = 0; hops < 3; hops++) {
      const here = before(at)
      // "about twenty": what else marks a role is a quantity before a number.
      const quantifier = here.find((marker) => marker.value.kind === 'quantifier')
      const role = here.filter((marker) => marker.value.kind === 'role' && (!quantifier || (at === actor.first && marker.cut.length <= quantifier.cut.length))).sort((a, b) => a.start - b.start)[0]
      if (role?.value.role) return asMark(role.value.role)
      const inside = quantifier ?? here.find((marker) => marker.value.kind === 'article')
      const cut = quantifier && roles.cutMarkers[quantifier.cut]
      if (cut) return asMark(cut)
      // "by ten gunmen": a number stands between as well.
      if (!inside && tokens[at - 1]?.kind !== 'number') break
      at = inside?.start ?? at - 1
    }
    const beyond = roles.commaClauses && roles.qualifier === 'before' ? markBeyond(scan, actor) : null
    if (beyond) return beyond
    const last = tokens[actor.last - 1]?.norm ?? ''
    for (const rule of endings) if (rule.match.test(last)) return asMark(rule.role)
    return null
  }

  const previousOf = new Map<ActorMention, ActorMention>()
  actors.forEach((actor, i) => {
    const left = actors[i - 1]
    if (!left || !joined(left, actor)) return
    previousOf.set(actor, left)
    if (repeatsOf(left, actor)) again.add(actor)
  })
  const closedBy = (actor: ActorMention): boolean => markers.some((marker) => marker.value.kind === 'post' && marker.value.role === 'between' && marker.start === actor.last)
  // "[at] X with Y between": what closes the pair stands behind the second.
  actors.forEach((actor, i) => {
    const left = actors[i - 1]
    if (left && closedBy(actor) && !previousOf.has(actor) && markers.some((marker) => marker.value.role === 'partner' && marker.start === left.last && marker.end === actor.first)) previousOf.set(actor, left)
  })
  const marks = new Map<ActorMention, Mark | null>()
  for (const actor of actors) {
    const mark = again.has(actor) ? null : own(actor)
    const left = previousOf.get(actor)
    marks.set(actor, mark ?? (left ? (marks.get(left) ?? null) : null))
  }
  const group = (actor: ActorMention): ActorMention[] => {
    const out = [actor]
    let left = previousOf.get(actor)
    while (left) {
      out.unshift(left)
      left = previousOf.get(left)
    }
    for (let i = actors.indexOf(actor) + 1; i < actors.length; i++) {
      const right = actors[i]
      if (!right || previousOf.get(right) !== out.at(-1)) break
      out.push(right)
    }
    return out
  }
  for (const actor of actors) if (closedBy(actor) && previousOf.has(actor)) for (const one of group(actor)) marks.set(one, 'between')
  const possessive = (actor: ActorMention): boolean => markers.some((marker) => marker.value.kind === 'post' && marker.value.role === 'of' && marker.start === actor.last)
  return { of: (actor) => marks.get(actor) ?? null, joined, group, possessive }
}
