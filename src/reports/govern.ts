/** Which predicate is the content of which: "refused to condemn", "called for talks", "said that … attacked". The content stands after its governor, but for the subject of a passive. */
import type { RoleSettings } from '../knowledge/roles.ts'
import type { Predicate, Scan } from './scan.ts'
import { commasBetween } from './syntax.ts'

/** Maps each predicate to the one that governs it, if any: of several the nearest ("said it considered imposing"). */
export function govern(scan: Scan, roles: RoleSettings): Map<Predicate, Predicate> {
  const out = new Map<Predicate, Predicate>()
  const finite = new Set(roles.finiteLabels)
  const { predicates } = scan
  predicates.forEach((governor, at) => {
    if (governor.kind === 'act') return
    // Where what is said of a noun stands before it, no noun governs what comes after.
    if (roles.commaClauses && governor.nominal && roles.qualifier === 'before') return
    // "on allowing X, lodged a protest": what a mark takes in governs nothing said in words of its own.
    const marked = roles.commaClauses && scan.markers.some((marker) => marker.value.kind === 'role' && marker.end === governor.first)
    const reducedFor = governor.kind === 'matrix' ? verbBehind(scan, governor.head) : null
    let crossedThat = false
    let covered = false
    for (let j = at + 1; j < predicates.length; j++) {
      const content = predicates[j]
      const before = predicates[j - 1]
      if (!content || !before || content.first < governor.last) continue
      if (reducedFor !== null && content.words.includes(reducedFor)) continue
      // "X, which Y demands, bought arms": a verb that describes the subject of another does not govern that one.
      if (!governor.nominal && describesSubject(scan, governor, content)) break
      // "voted to recognise the killings as …": what stands inside the wording of an act is that one's.
      if (governor.kind === 'matrix' && content.nominal && before.kind === 'act' && content.first >= before.first && content.last < before.last) continue
      const crossing = crossed(scan, j === at + 1 ? governor.last : before.last, content.first)
      if (crossing.has('hard') || crossing.has('clause') || crossing.has('relative') || (crossing.has('subordinate') && !crossing.has('that'))) break
      if (marked && content.worded) break
      if (crossing.has('that')) crossedThat = true
      if (governor.kind === 'matrix') {
        // Where commas part clauses, only what is asked for or blamed goes on behind one, and only words that ask or open the clause right before it.
        if (roles.commaClauses && commasBetween(scan, j === at + 1 ? governor.last : before.last, content.first) > 0 && !commaRightBehind(scan, governor) && (!governor.asking || content.kind !== 'act' || content.worded)) break
        // A finite verb of its own, after a comma or a joiner, is no longer content.
        const ownVerb = !content.nominal && !content.ambiguous && finite.has(content.label) && finite.has(governor.label) && !crossing.has('that') && scan.tokens[content.first]?.tag !== 'NOUN'
        if (ownVerb && (crossing.has('comma') || covered || joinerBetween(scan, before.last, content.first))) break
        if (crossing.has('comma') && !content.nominal && !crossedThat && covered && !(roles.commaClauses && governor.asking && goesOn(scan, before.last, content.first))) break
        // "the plan of the command in X, that …": what is said behind other words is no content of a noun.
        if (governor.nominal && crossing.has('that') && thatAfter(scan, governor) > 1) break
        // A noun's content hangs on it; a verb with a subject of its own begins something new.
        if (governor.nominal && !content.nominal && finite.has(content.label) && !crossedThat) break
        // "The accusations of X were rejected": nor is a noun's content the verb it is the subject of.
        if (finite.size > 0 && governor.nominal && !content.nominal && !crossedThat && scan.tokens[governor.head]?.relation?.startsWith('nsubj') === true && content.words.includes(scan.tokens[governor.head]?.head ?? -1)) break
        out.set(content, governor)
        covered = true
        if (content.kind === 'matrix' && !(roles.commaClauses && content.nominal)) break
      } else {
        if (!crossedThat && crossing.has('comma') && !crossing.has('quote')) break
        out.set(content, governor)
      }
    }
  })
  for (const governor of predicates) {
    if (governor.kind !== 'matrix' || governor.nominal) continue
    for (const content of predicates) if (content.kind === 'act' && (out.get(content)?.kind ?? 'speech') === 'speech' && content.last <= governor.first && undergoes(scan, content, governor)) out.set(content, governor)
  }
  return out
}

/* Whether a verb stands in a clause that hangs on the subject of another, or of that one's verb. */
function describesSubject({ tokens }: Scan, { head }: Predicate, content: Predicate): boolean {
  const noun = tokens[head]?.relation?.startsWith('acl') === true ? (tokens[head]?.head ?? -1) : -1
  return noun >= 0 && noun < head && tokens[noun]?.relation?.startsWith('nsubj') === true && content.words.includes(tokens[noun]?.head ?? -1)
}

/** The mark of the passive may stand between the two. */
const BEFORE_PASSIVE = 1

/* "the meeting of X and Y was cancelled": what the subject of a passive names is its content. */
function undergoes(scan: Scan, content: Predicate, governor: Predicate): boolean {
  const { tokens } = scan
  if (governor.passive && isOpenBetween(scan, content, governor)) return true
  // Where the words have no tree: right before it.
  if (tokens[governor.head]?.relation === undefined) return governor.passive && governor.first - content.last <= BEFORE_PASSIVE
  // Not every parser tells the subject of a passive from another. "The talks will resume": what begins is its own subject.
  const subject = (relation = ''): boolean => relation === 'nsubj:pass' || (relation === 'nsubj' && (governor.passive || governor.carries))
  // "The meeting of X and Y, put off": a headline without a verb.
  const verb = tokens[governor.head]
  if (verb && (verb.form === 'part' || governor.label.includes('part')) && /^(?:amod|acl)$/u.test(verb.relation ?? '') && content.words.includes(verb.head ?? -1) && tokens[verb.head ?? -1]?.relation === 'root') return true
  return content.words.some((word) => {
    const { tag, relation, head = -1 } = tokens[nounOf(scan, word)] ?? {}
    return tag === 'NOUN' && subject(relation) && governor.words.includes(verbBehind(scan, head) ?? head)
  })
}

/* The noun that a word is a part of ("the [talk]s"), where the wording leaves it out. */
function nounOf({ tokens }: Scan, word: number): number {
  let at = word
  while (/^(?:compound|flat)/u.test(tokens[at]?.relation ?? '')) at = tokens[at]?.head ?? -1
  return at
}

/* "a meeting planned for Tuesday was put off": the verb of the sentence, where the tree hangs the subject on a participle before it. */
function verbBehind({ tokens }: Scan, participle: number): number | null {
  if (tokens[participle]?.form !== 'part' || tokens.some(({ head, relation }) => head === participle && relation?.startsWith('aux') === true)) return null
  const found = tokens.findIndex((token, at) => at > participle && token.tag === 'VERB' && (token.head === participle || tokens[participle]?.head === at)
    && tokens.some(({ head, relation }, i) => head === at && i > participle && relation?.startsWith('aux') === true) && !tokens.some(({ head, relation }) => head === at && relation?.startsWith('nsubj') === true))
  return found < 0 ? null : found
}

/* "the meeting between X and Y was called off": a noun of action and its participants, nothing else before the verb, whatever the tree makes of it. */
function isOpenBetween(scan: Scan, content: Predicate, governor: Predicate): boolean {
  if (!content.nominal || scan.tokens[content.first - 1]?.tag === 'ADP' || crossed(scan, content.last, governor.first).size > 0) return false
  return !scan.predicates.some((other) => other !== content && other !== governor && other.first >= content.last && other.last <= governor.first)
}

/* "accused X of shelling a town, killing three": beyond the comma nobody is named anew, and nothing is joined on. */
function goesOn(scan: Scan, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (scan.actorAt.has(i) && commasBetween(scan, from, i) > 0) return false
  return !scan.markers.some(({ value: { kind }, start, end }) => (kind === 'resumer' || kind === 'joiner') && start >= from && end <= to)
}

const commaRightBehind = (scan: Scan, predicate: Predicate): boolean => scan.boundaries.get(predicate.last) === 'comma'

/* How many words stand between a predicate and the next "that". */
function thatAfter(scan: Scan, predicate: Predicate): number {
  let at = predicate.last
  while (at < scan.tokens.length && scan.boundaries.get(at) !== 'that') at++
  return at - predicate.last
}

function crossed(scan: Scan, from: number, to: number): Set<string> {
  const out = new Set<string>()
  for (let i = from; i < to; i++) {
    const boundary = scan.boundaries.get(i)
    if (boundary) out.add(boundary)
  }
  return out
}

function joinerBetween(scan: Scan, from: number, to: number): boolean {
  return scan.markers.some((marker) => (marker.value.kind === 'joiner' || marker.value.kind === 'clause') && marker.start >= from && marker.end <= to)
}
