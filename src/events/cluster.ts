/** Bringing reports together: best pairs first, and never against what the whole group already says. */
import type { Reason, ReasonCode, ReasonValues } from '../model/index.ts'
import { edtfDay } from '../text/dates/calendar.ts'
import { compare, JOIN, NEAR, weightiest } from './compare.ts'
import { eachPair } from './blocks.ts'
import { familyOf, modeFit } from './families.ts'
import { type Decisions, pairOf } from './human.ts'
import type { Telling } from './telling.ts'
import { isFine, reach } from './window.ts'

/** A decision of the rules on two reports. */
export interface PairDecision {
  readonly a: Telling
  readonly b: Telling
  readonly same: boolean
  readonly score: number
  readonly reasons: readonly Reason[]
}

export interface Clusters {
  readonly groups: readonly (readonly Telling[])[]
  readonly decisions: readonly PairDecision[]
}

interface Edge { readonly a: number; readonly b: number; readonly score: number }

interface Group {
  readonly members: number[]
  /** Days all members can have been on. */
  first: number
  last: number
  dated: boolean
  /** A person joined reports of days that cannot be one. */
  held: boolean
  readonly persons: Map<string, Set<string>>
  readonly modes: Set<string>
}

/** An event with no day joins one of those it could be only when that one is clearly likelier than the next. */
const CLEARLY = 0.15

/** So many likeliest of the reports it was not joined with are put on record for each report. */
const REFUSALS = 3

/** Groups tellings into events. A function of the set of tellings and of people's decisions alone. */
export function cluster(given: readonly Telling[], human: Pick<Decisions, 'same' | 'notSame'>): Clusters {
  const tellings = [...given].sort((a, b) => (a.report.id < b.report.id ? -1 : a.report.id > b.report.id ? 1 : 0))
  const at = new Map(tellings.map(({ report }, index) => [report.id, index]))
  const groupOf = tellings.map((telling, index) => groupWith(telling, index))
  const decisions: PairDecision[] = []
  const refused = new Map<number, number>()
  const decide = (edge: Edge, same: boolean, before: Reason | null = null): void => {
    const [a, b] = [tellings[edge.a], tellings[edge.b]]
    const [timesA, timesB] = [refused.get(edge.a) ?? 0, refused.get(edge.b) ?? 0]
    if (!a || !b || (!same && (timesA >= REFUSALS || timesB >= REFUSALS))) return
    if (!same) refused.set(edge.a, timesA + 1).set(edge.b, timesB + 1)
    // Only what goes on record is compared once more for its reasons.
    decisions.push({ a, b, same, score: edge.score, reasons: [...(before === null ? [] : [before]), ...weightiest(compare(a, b))] })
  }
  const unite = (a: Group, b: Group): void => {
    const [into, from] = a.members.length >= b.members.length ? [a, b] : [b, a]
    absorb(into, from)
    for (const index of from.members) groupOf[index] = into
  }
  const apart = (a: Group, b: Group): Reason | null => conflict(a, b, tellings, human.notSame)

  for (const [one, other] of human.same) {
    const [a, b] = [groupOf[at.get(one) ?? -1], groupOf[at.get(other) ?? -1]]
    if (a && b && a !== b) unite(a, b)
  }
  const { edges, near } = edgesBetween(tellings, human.notSame)

  const hasDay = (index: number): boolean => { const telling = tellings[index]; return telling !== undefined && isFine(telling.window) }
  const join = (edge: Edge): void => {
    const [a, b] = [groupOf[edge.a], groupOf[edge.b]]
    if (!a || !b || a === b) return
    const reason = apart(a, b)
    if (reason === null) unite(a, b)
    decide(edge, reason === null, reason)
  }
  for (const edge of edges) if (hasDay(edge.a) === hasDay(edge.b)) join(edge)

  // What is told without a day joins the one event it can be.
  const offers = new Map<Group, Map<Group, Edge>>()
  for (const edge of edges) {
    if (hasDay(edge.a) === hasDay(edge.b)) continue
    const [vague, clear] = hasDay(edge.a) ? [edge.b, edge.a] : [edge.a, edge.b]
    const [from, to] = [groupOf[vague], groupOf[clear]]
    if (!from || !to || from === to) continue
    const list = offers.get(from) ?? new Map<Group, Edge>()
    if (!list.has(to)) list.set(to, edge)
    offers.set(from, list)
  }
  for (const offer of offers.values()) {
    const [best, next] = [...offer.values()]
    if (!best) continue
    if (next && best.score - next.score < CLEARLY) decide(best, false, against('any-of', { events: offer.size }))
    else join(best)
  }
  for (const edge of near) if (groupOf[edge.a] !== groupOf[edge.b]) decide(edge, false)
  const groups = [...new Set(groupOf)].map(({ members }) => members.sort((a, b) => a - b).map((index) => tellings[index]).filter((telling) => telling !== undefined))
  return { groups, decisions }
}

/** Of these candidates, those that a first set of tellings may have to be joined with: what to load before joining again. */
export function neighbours(of: readonly Telling[], candidates: readonly Telling[]): Telling[] {
  const known = new Set(of.map(({ report }) => report.id))
  const all = [...of, ...candidates.filter(({ report }) => !known.has(report.id))]
  const found = new Set<Telling>()
  eachPair(all, (a, b) => {
    const [x, y] = [all[a], all[b]]
    if (!x || !y || known.has(x.report.id) === known.has(y.report.id)) return
    if (compare(x, y).score >= NEAR) found.add(known.has(x.report.id) ? y : x)
  })
  return [...found]
}

function edgesBetween(tellings: readonly Telling[], notSame: ReadonlySet<string>): { edges: Edge[]; near: Edge[] } {
  const edges: Edge[] = []
  const near: Edge[] = []
  eachPair(tellings, (a, b) => {
    const [x, y] = [tellings[a], tellings[b]]
    if (!x || !y || notSame.has(pairOf(x.report.id, y.report.id))) return
    const verdict = compare(x, y)
    if (verdict.score < NEAR) return
    const into = verdict.score >= JOIN ? edges : near
    into.push({ a, b, score: verdict.score })
  })
  const inOrder = (a: Edge, b: Edge): number => b.score - a.score || a.a - b.a || a.b - b.b
  return { edges: edges.sort(inOrder), near: near.sort(inOrder) }
}

function groupWith(telling: Telling, index: number): Group {
  const dated = telling.window.precision !== 'none'
  const [first, last] = dated ? reach(telling.window, familyOf(telling.report.type).slack) : [0, 0]
  return { members: [index], first, last, dated, held: false, persons: new Map([...telling.persons].map(([party, ids]) => [party, new Set(ids)])), modes: new Set(telling.report.mode === null ? [] : [telling.report.mode]) }
}

function absorb(into: Group, from: Group): void {
  into.members.push(...from.members)
  if (from.dated) {
    const [first, last] = into.dated ? [Math.max(into.first, from.first), Math.min(into.last, from.last)] : [from.first, from.last]
    if (first > last) {
      // Only people join what lies on different days: then all days between will do, and no further report narrows or widens them.
      [into.first, into.last, into.held] = [Math.min(into.first, from.first), Math.max(into.last, from.last), true]
    } else if (from.held && !into.held) [into.first, into.last, into.held] = [from.first, from.last, true]
    else if (!into.held) [into.first, into.last] = [first, last]
    into.dated = true
  }
  for (const [party, ids] of from.persons) into.persons.set(party, new Set([...(into.persons.get(party) ?? []), ...ids]))
  for (const mode of from.modes) into.modes.add(mode)
}

const against = (code: ReasonCode, about: ReasonValues = {}): Reason => ({ code, about, against: true })

/** Why two groups cannot be one event; null when they can. */
function conflict(a: Group, b: Group, tellings: readonly Telling[], notSame: ReadonlySet<string>): Reason | null {
  if (a.dated && b.dated && (a.first > b.last || b.first > a.last)) return against('group-days', { dayA: edtfDay(a.first), dayB: edtfDay(b.first) })
  const first = tellings[a.members[0] ?? -1]
  if (first && !familyOf(first.report.type).directed) {
    for (const [party, ids] of a.persons) {
      const others = b.persons.get(party)
      if (others && ids.size > 0 && others.size > 0 && ![...ids].some((id) => others.has(id)) && [...ids, ...others].every((id) => id.startsWith('person:'))) return against('group-persons', { party })
    }
  }
  const told = toldApart(a, b, tellings)
  if (told !== null) return told
  const kind = (group: Group, mode: string): string => `${group.members.map((index) => tellings[index]?.report).find((report) => report?.mode === mode)?.type ?? ''}.${mode}`
  for (const x of a.modes) for (const y of b.modes) if (modeFit(x, y) === 'other') return against('group-kinds', { kindA: kind(a, x), kindB: kind(b, y) })
  if (notSame.size > 0) {
    for (const x of a.members) for (const y of b.members) if (notSame.has(pairOf(tellings[x]?.report.id ?? '', tellings[y]?.report.id ?? ''))) return against('person-parted')
  }
  return null
}

/** What one article tells as two stays two, whatever others make of it: a visit and the meetings in it. */
function toldApart(a: Group, b: Group, tellings: readonly Telling[]): Reason | null {
  const [small, large] = a.members.length <= b.members.length ? [a, b] : [b, a]
  const own = new Map<string, Telling[]>()
  for (const index of small.members) {
    const telling = tellings[index]
    if (telling) own.set(telling.article.id, [...(own.get(telling.article.id) ?? []), telling])
  }
  for (const index of large.members) {
    const other = tellings[index]
    for (const telling of (other && own.get(other.article.id)) ?? []) {
      if (other && (telling.report.mode === 'visit') !== (other.report.mode === 'visit')) return against('told-apart', { outlet: other.article.publisher })
    }
  }
  return null
}
