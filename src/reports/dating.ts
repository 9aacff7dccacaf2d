/** Which date belongs to which predicate of a sentence: by the tree where there is one, else by clauses and nearness. */
import type { Frame } from './frame.ts'
import { isParted } from './parted.ts'
import type { Predicate, Scan } from './scan.ts'
import type { TimedHit } from './time.ts'

/** The date of each predicate that has one of its own, and of those that share another's. */
export interface Dating {
  /** The predicate's own date. */
  readonly own: ReadonlyMap<Predicate, TimedHit>
  /** Taken over from the predicate whose clause this one stands in or hangs on. */
  readonly shared: ReadonlyMap<Predicate, TimedHit>
}

const DAY = /^\d{4}-\d{2}-\d{2}$/u
/** A date may hang on a noun of its clause instead of the verb: words between it and the predicate. */
const MOST_STEPS = 12

/** Assigns the dates of a sentence. Every date has one owner at most; a predicate keeps its nearest. */
export function assignDates(scan: Scan, frames: readonly Frame[], dates: readonly TimedHit[]): Dating {
  const own = new Map<Predicate, TimedHit>()
  const distance = new Map<Predicate, number>()
  const wordOf = new Map<number, Predicate>()
  for (const predicate of scan.predicates) for (const word of predicate.words) wordOf.set(word, predicate)
  for (const hit of dates) {
    if (hit.relation !== 'at') continue
    const first = scan.tokens.findIndex((token) => token.end > hit.start)
    if (first < 0 || isTermOfOffice(scan, hit, first)) continue
    let last = first
    while (last + 1 < scan.tokens.length && (scan.tokens[last + 1]?.start ?? Number.POSITIVE_INFINITY) < hit.end) last++
    const byTree = ownerByTree(scan, wordOf, first, last, hit)
    const owner = byTree === null || (byTree !== 'none' && isAcross(scan, byTree, first, last)) ? ownerByPlace(scan, frames, first, last) : byTree
    if (!owner || owner === 'none') continue
    const gap = Math.abs(owner.head - first)
    if ((distance.get(owner) ?? Number.POSITIVE_INFINITY) <= gap) continue
    own.set(owner, hit)
    distance.set(owner, gap)
  }
  return { own, shared: share(scan, frames, own, fronted(scan, dates), dates) }
}

/* "X, prime minister between 2007 and 2012", "president of Y (1999–2004)": years right behind whoever held an office are their term. */
function isTermOfOffice(scan: Scan, hit: TimedHit, first: number): boolean {
  if (!/^\d{4}\/\d{4}$/u.test(hit.date.value)) return false
  const before = scan.actors.findLast((mention) => mention.last <= first)
  return before !== undefined && first - before.last <= 2 && scan.actors.some((mention) => mention.last <= first && first - mention.last <= 4 && mention.actors.some((actor) => actor.office !== null))
}

/* Up the tree from the date to the first predicate. A date that hangs on a noun which is no predicate dates that noun, unless it is a bare day. */
function ownerByTree(scan: Scan, wordOf: ReadonlyMap<number, Predicate>, first: number, last: number, hit: TimedHit): Predicate | 'none' | null {
  let at = first
  for (let i = first; i <= last; i++) {
    const head = scan.tokens[i]?.head
    if (head === undefined) return null
    if (head < first || head > last) at = i
  }
  let nouns = 0
  for (let steps = 0; steps < MOST_STEPS; steps++) {
    const inside = wordOf.get(at)
    if (inside) return inside
    const token = scan.tokens[at]
    const head = token?.head ?? -1
    if (!token || head < 0) return null
    // "lift the restrictions imposed in June": the clause that qualifies a noun has the date, though nothing is read out of it.
    if (token.relation?.startsWith('acl') && token.tag !== 'NOUN') return 'none'
    // A name has no date: what seems to hang on a town belongs to what happened there.
    if (steps > 0 && token.tag === 'NOUN') nouns++
    if (nouns > (DAY.test(hit.date.value) ? 1 : 0)) return 'none'
    at = head
  }
  return null
}

/* "… controls in July after the court ordered …": a date that follows a verb is not that of a clause opened behind it, whatever the tree makes of it. */
function isAcross(scan: Scan, owner: Predicate, first: number, last: number): boolean {
  if (owner.first <= last || !scan.predicates.some((other) => other.last <= first)) return false
  for (let i = last + 1; i < owner.first; i++) if (scan.boundaries.get(i) === 'subordinate') return true
  return false
}

const OPENERS = new Set(['hard', 'that', 'relative', 'subordinate', 'clause'])

/* The nearest predicate with no opener of another clause between; a date before all predicates belongs to the first verb after it. */
function ownerByPlace(scan: Scan, frames: readonly Frame[], first: number, last: number): Predicate | null {
  let best: Predicate | null = null
  let least = Number.POSITIVE_INFINITY
  for (const { predicate } of frames) {
    const before = predicate.last <= first
    const [from, to] = before ? [predicate.last, first] : [last + 1, predicate.first]
    let cost = Math.max(0, to - from)
    for (let i = from; i < to; i++) if (OPENERS.has(scan.boundaries.get(i) ?? '')) cost += 12
    if (scan.boundaries.get(before ? first : predicate.first) === 'subordinate') cost += 12
    if (!before && predicate.nominal) cost += 6
    if (cost < least) {
      best = predicate
      least = cost
    }
  }
  return least <= 24 ? best : null
}

/* A date that opens the sentence, when it is the only one in it. */
function fronted(scan: Scan, dates: readonly TimedHit[]): TimedHit | null {
  const [only, other] = dates
  if (!only || other || only.relation !== 'at') return null
  const first = scan.tokens.findIndex((token) => token.end > only.start)
  return first >= 0 && first <= 1 ? only : null
}

/* "In 2013 X expelled the envoy and Y recalled its own": it holds for what is told after it in the past, up to a semicolon or a quotation. */
function isUnderFront(scan: Scan, predicate: Predicate, front: TimedHit): boolean {
  if ((scan.tokens[predicate.first]?.start ?? 0) < front.end || TODAY.has(predicate.label)) return false
  for (let i = 0; i < predicate.first; i++) {
    const boundary = scan.boundaries.get(i)
    if (boundary === 'hard' || boundary === 'quote') return false
  }
  return true
}

/* "In 2013 … X announced the expulsion": what is announced at once, with nothing between. */
function isAtOnce(scan: Scan, governor: Predicate, predicate: Predicate, front: TimedHit): boolean {
  if (isParted(scan, governor.last, predicate.first)) return false
  return (scan.tokens[governor.first]?.start ?? 0) >= front.end
}

const TODAY = new Set(['pres', 'fut', 'cond', 'subj', 'inf', 'base'])

/* A clause that says when ("when he visited"), a noun of action and what an act governs happen on the date of the act they hang on. */
function share(scan: Scan, frames: readonly Frame[], own: ReadonlyMap<Predicate, TimedHit>, front: TimedHit | null, dates: readonly TimedHit[]): Map<Predicate, TimedHit> {
  const out = new Map<Predicate, TimedHit>()
  for (const frame of frames) {
    const { predicate } = frame
    if (own.has(predicate)) continue
    const governed = frame.governor ? own.get(frame.governor) : undefined
    if (governed && frame.governor?.kind !== 'speech') {
      out.set(predicate, governed)
      continue
    }
    if (front && !predicate.nominal && governed === undefined && (frame.governor?.kind !== 'speech' || isAtOnce(scan, frame.governor, predicate, front)) && isUnderFront(scan, predicate, front)) {
      out.set(predicate, front)
      continue
    }
    const before = scan.predicates.findLast((other) => other.last <= predicate.first && own.has(other))
    const hit = before ? own.get(before) : undefined
    if (!before || !hit) continue
    let opener = false
    let other = false
    for (let i = before.last; i < predicate.first; i++) {
      const boundary = scan.boundaries.get(i)
      if (boundary === 'subordinate') opener = true
      else if (boundary === 'hard' || boundary === 'clause' || boundary === 'that') other = true
    }
    const between = scan.predicates.some((item) => item !== before && item !== predicate && !item.nominal && item.first >= before.last && item.last <= predicate.first)
    // "arrived in June and met X": what the same one did next, where no other date is given.
    const next = frame.inherited && !predicate.nominal && before.kind === 'act' && !TODAY.has(predicate.label) && frame.governor === null && !other && dates.length === 1
    if ((opener && !other && !between) || next) out.set(predicate, hit)
  }
  return out
}
