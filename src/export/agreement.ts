/** How far two coders agree: which pairs of states they have doing what, on which day. */
import type { Coding } from './coding.ts'
import { dayFor, dyadsOf } from './coding.ts'

export interface AgreementOptions {
  /** Who does it to whom counts; else a pair is a pair. */
  readonly directed?: boolean
  /** Days apart that still count as the same. */
  readonly slack?: number
  /** Only days both coders cover count, unless said. */
  readonly allDays?: boolean
}

export interface Share {
  /** Type or quad class. */
  readonly key: string
  readonly a: number
  readonly b: number
  /** Of A's, those B has, and the other way round. */
  readonly aInB: number
  readonly bInA: number
  /** Found by both, of all that either found. Null when neither found any. */
  readonly share: number | null
}

export interface Agreement {
  readonly days: { readonly from: string; readonly to: string } | null
  readonly types: readonly Share[]
  readonly quads: readonly Share[]
  readonly all: Share
  /** Lines that cannot be compared: no two states, no day, no type, or outside the days both cover. */
  readonly leftOut: { readonly a: number; readonly b: number }
}

const DAY = 86_400_000
const STATE = /^[A-Z]{3}$/u
const HAPPENED = new Set(['occurred', 'ongoing'])

interface Fact { readonly pair: string; readonly day: number; readonly type: string; readonly quad: string }

function factsOf(codings: Iterable<Coding>, directed: boolean): { facts: Fact[]; leftOut: number } {
  const facts: Fact[] = []
  let leftOut = 0
  for (const coding of codings) {
    const day = dayFor(coding)
    const { type, quadClass } = coding
    const pairs = new Set(dyadsOf(coding).flatMap(({ actor, recipient }) => {
      const [from, to] = [actor?.country, recipient?.country]
      if (!from || !to || from === to || !STATE.test(from) || !STATE.test(to)) return []
      return [directed || from < to ? `${from} ${to}` : `${to} ${from}`]
    }))
    if (day === null || type === null || pairs.size === 0 || !HAPPENED.has(coding.status)) leftOut++
    else for (const pair of pairs) facts.push({ pair, day: Math.round(Date.parse(day) / DAY), type, quad: quadClass ?? '' })
  }
  return { facts, leftOut }
}

const isoDay = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

function shareOf(key: string, a: ReadonlySet<string>, b: ReadonlySet<string>, slack: number): Share {
  const near = (own: string, others: ReadonlySet<string>): boolean => {
    const cut = own.lastIndexOf(' ')
    const day = Number(own.slice(cut + 1))
    for (let away = 0; away <= slack; away++) if (others.has(`${own.slice(0, cut)} ${day + away}`) || others.has(`${own.slice(0, cut)} ${day - away}`)) return true
    return false
  }
  const aInB = [...a].filter((own) => near(own, b)).length
  const bInA = [...b].filter((own) => near(own, a)).length
  const both = Math.min(aInB, bInA)
  const either = a.size + b.size - both
  return { key, a: a.size, b: b.size, aInB, bInA, share: either === 0 ? null : both / either }
}

/** Compares two coders. Each (pair, day, type) counts once for a coder, however many lines say it. */
export function agreementOf(a: Iterable<Coding>, b: Iterable<Coding>, { directed = false, slack = 0, allDays = false }: AgreementOptions = {}): Agreement {
  const [one, two] = [factsOf(a, directed), factsOf(b, directed)]
  const spanOf = (facts: readonly Fact[]): [number, number] => facts.reduce(([from, to], { day }) => [Math.min(from, day), Math.max(to, day)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  const [[a1, a2], [b1, b2]] = [spanOf(one.facts), spanOf(two.facts)]
  const [from, to] = allDays ? [Math.min(a1, b1), Math.max(a2, b2)] : [Math.max(a1, b1), Math.min(a2, b2)]
  const inside = ({ day }: Fact): boolean => day >= from && day <= to
  const [left, right] = [one.facts.filter(inside), two.facts.filter(inside)]
  const compare = (pick: (fact: Fact) => string): Share[] => {
    const group = (facts: readonly Fact[]): Map<string, Set<string>> => {
      const out = new Map<string, Set<string>>()
      for (const fact of facts) out.set(pick(fact), (out.get(pick(fact)) ?? new Set()).add(`${fact.pair} ${fact.day}`))
      return out
    }
    const [mine, theirs] = [group(left), group(right)]
    return [...new Set([...mine.keys(), ...theirs.keys()])].filter((key) => key !== '').sort().map((key) => shareOf(key, mine.get(key) ?? new Set(), theirs.get(key) ?? new Set(), slack))
  }
  const types = compare(({ type }) => type)
  const all = (facts: readonly Fact[]): Set<string> => new Set(facts.map(({ type, pair, day }) => `${type} ${pair} ${day}`))
  return {
    days: from <= to ? { from: isoDay(from), to: isoDay(to) } : null, types, quads: compare(({ quad }) => quad), all: shareOf('', all(left), all(right), slack),
    leftOut: { a: one.leftOut + one.facts.length - left.length, b: two.leftOut + two.facts.length - right.length },
  }
}
