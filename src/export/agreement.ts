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

/** What one coder has: each pair, day and type with how many lines say it, so that memory grows with what is found and not with the lines. */
export interface Tally {
  add(coding: Coding): void
  readonly facts: ReadonlyMap<string, { readonly fact: Fact; readonly lines: number }>
  /** Lines that cannot be compared. */
  readonly leftOut: number
}

/** Begins to count what a coder has. `directed`: who does it to whom counts. */
export function createTally(directed = false): Tally {
  const facts = new Map<string, { fact: Fact; lines: number }>()
  let leftOut = 0
  return {
    facts,
    get leftOut() { return leftOut },
    add(coding) {
      const day = dayFor(coding)
      const { type, quadClass } = coding
      const pairs = new Set(dyadsOf(coding).flatMap(({ actor, recipient }) => {
        const [from, to] = [actor?.country, recipient?.country]
        if (!from || !to || from === to || !STATE.test(from) || !STATE.test(to)) return []
        return [directed || from < to ? `${from} ${to}` : `${to} ${from}`]
      }))
      if (day === null || type === null || pairs.size === 0 || !HAPPENED.has(coding.status)) {
        leftOut++
        return
      }
      for (const pair of pairs) {
        const fact = { pair, day: Math.round(Date.parse(day) / DAY), type, quad: quadClass ?? '' }
        const key = `${type} ${fact.quad} ${pair} ${fact.day}`
        const known = facts.get(key)
        if (known) known.lines++
        else facts.set(key, { fact, lines: 1 })
      }
    },
  }
}

/** The tally of codings at hand. */
export function tallyOf(codings: Iterable<Coding>, directed = false): Tally {
  const tally = createTally(directed)
  for (const coding of codings) tally.add(coding)
  return tally
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
export function agreementOf(a: Iterable<Coding>, b: Iterable<Coding>, { directed = false, ...options }: AgreementOptions = {}): Agreement {
  return compareTallies(tallyOf(a, directed), tallyOf(b, directed), options)
}

/** Compares what was counted of two coders, both with directions or both without. */
export function compareTallies(a: Tally, b: Tally, { slack = 0, allDays = false }: Omit<AgreementOptions, 'directed'> = {}): Agreement {
  const [one, two] = [a, b].map(({ facts }) => [...facts.values()].map(({ fact }) => fact)) as [Fact[], Fact[]]
  const spanOf = (facts: readonly Fact[]): [number, number] => facts.reduce(([from, to], { day }) => [Math.min(from, day), Math.max(to, day)], [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])
  const [[a1, a2], [b1, b2]] = [spanOf(one), spanOf(two)]
  const [from, to] = allDays ? [Math.min(a1, b1), Math.max(a2, b2)] : [Math.max(a1, b1), Math.min(a2, b2)]
  const inside = ({ day }: Fact): boolean => day >= from && day <= to
  const [left, right] = [one.filter(inside), two.filter(inside)]
  const outside = ({ facts, leftOut }: Tally): number => [...facts.values()].reduce((sum, { fact, lines }) => sum + (inside(fact) ? 0 : lines), leftOut)
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
    leftOut: { a: outside(a), b: outside(b) },
  }
}
