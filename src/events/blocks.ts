/** Which reports are worth comparing: one family, one stage, a pair of parties in common, days that can be one. */
import { dayParts } from '../text/dates/calendar.ts'
import { familyOf, stageOf } from './families.ts'
import type { Telling } from './telling.ts'
import { isFine, reach } from './window.ts'

/** Days in one block; a report lies in those its date can reach. */
const BLOCK_DAYS = 4
/** More parties than this are a roll call; their pairs are made from the first ones. */
const MOST_PARTIES = 8
/** Beyond this many reports a block is compared only where something particular is shared. */
const LARGE = 64
/** So many neighbours each report is compared with where even that is not enough. */
const NEIGHBOURS = 24
/** Time spans that touch more months or years than this find nothing. */
const MOST_PERIODS = 3

function partyKeysOf({ parties }: Telling): string[] {
  if (parties.length < 2) return parties.map((party) => `${party}|`)
  const few = parties.slice(0, MOST_PARTIES)
  return few.flatMap((a, index) => few.slice(index + 1).map((b) => `${a}|${b}`))
}

const yearOf = (day: number): number => dayParts(day)[0]
const monthOf = (day: number): number => yearOf(day) * 12 + dayParts(day)[1] - 1

function range(from: number, to: number): number[] {
  return to - from >= MOST_PERIODS ? [] : Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

/** Blocks a report lies in. `M` and `Y` blocks are where those without a day look for those with one. */
function keysOf(telling: Telling): string[] {
  const { window } = telling
  const head = `${familyOf(telling.report.type).name}|${stageOf(telling.report.status)}`
  if (window.precision === 'none') return partyKeysOf(telling).map((pair) => `${head}|${pair}|A${telling.article.id}`)
  const periods: string[] = []
  if (isFine(window)) {
    const [first, last] = reach(window, familyOf(telling.report.type).slack)
    for (let block = Math.floor(first / BLOCK_DAYS); block <= Math.floor(last / BLOCK_DAYS); block++) periods.push(`D${block}`)
  }
  periods.push(...range(monthOf(window.first), monthOf(window.last)).map((month) => `M${month}`))
  periods.push(...range(yearOf(window.first), yearOf(window.last)).map((year) => `Y${year}`))
  return partyKeysOf(telling).flatMap((pair) => periods.map((period) => `${head}|${pair}|${period}`))
}

/* In blocks of months only pairs with a date no closer than a month are compared, in blocks of years those no closer than a year. */
function belongs(kind: string, a: Telling, b: Telling): boolean {
  const [x, y] = [a.window.precision, b.window.precision]
  return kind === 'M' ? (x === 'month' || y === 'month') && x !== 'year' && y !== 'year' : kind === 'Y' ? x === 'year' || y === 'year' : true
}

/** What tells one report from others of the same parties and days. */
function particulars(telling: Telling): string[] {
  const { report } = telling
  return [...[...telling.persons.values()].flat(), ...(report.place ? [report.place.id] : []), ...telling.named, ...telling.figures.map(({ measure, value }) => `${measure}=${value}`), ...(report.mode === null ? [] : [`mode:${report.mode}`])]
}

/** Calls back once for each pair worth comparing, by their indexes, the smaller first. The order depends on the set of tellings only. */
export function eachPair(tellings: readonly Telling[], visit: (a: number, b: number) => void): void {
  const blocks = new Map<string, number[]>()
  tellings.forEach((telling, index) => {
    for (const key of keysOf(telling)) push(blocks, key, index)
  })
  const seen = new Set<number>()
  const meet = (kind: string, a: number, b: number): void => {
    const [low, high] = a < b ? [a, b] : [b, a]
    const [x, y] = [tellings[low], tellings[high]]
    if (low === high || !x || !y || !belongs(kind, x, y)) return
    const pair = low * tellings.length + high
    if (seen.has(pair)) return
    seen.add(pair)
    visit(low, high)
  }
  for (const [key, members] of blocks) {
    if (members.length < 2) continue
    const kind = key.slice(key.lastIndexOf('|') + 1, key.lastIndexOf('|') + 2)
    if (members.length <= LARGE) everyPair(members, (a, b) => meet(kind, a, b))
    else largeBlock(tellings, members, (a, b) => meet(kind, a, b))
  }
}

function largeBlock(tellings: readonly Telling[], members: readonly number[], meet: (a: number, b: number) => void): void {
  const lists = new Map<string, number[]>()
  for (const index of members) {
    const telling = tellings[index]
    if (telling) for (const particular of [...particulars(telling), '']) push(lists, particular, index)
  }
  for (const list of lists.values()) {
    if (list.length <= LARGE) {
      everyPair(list, meet)
      continue
    }
    const inOrder = [...list].sort((a, b) => (tellings[a]?.window.first ?? 0) - (tellings[b]?.window.first ?? 0) || a - b)
    inOrder.forEach((a, at) => {
      for (const b of inOrder.slice(at + 1, at + 1 + NEIGHBOURS)) meet(a, b)
    })
  }
}

function everyPair(list: readonly number[], meet: (a: number, b: number) => void): void {
  list.forEach((a, at) => {
    for (const b of list.slice(at + 1)) meet(a, b)
  })
}

function push(map: Map<string, number[]>, key: string, index: number): void {
  const list = map.get(key)
  if (list) list.push(index)
  else map.set(key, [index])
}
