/** Are two reports told of one event? A sum of reasons for and against, each in words. */
import { edtfDay } from '../text/dates/calendar.ts'
import { familyOf, modeFit, stageOf } from './families.ts'
import type { Telling } from './telling.ts'
import { isFine, reach } from './window.ts'

export interface Reason {
  /** Says in words what was compared. */
  readonly words: string
  /** Above zero speaks for one event, below zero for two. */
  readonly weight: number
}

export interface Verdict {
  /** Between 0 and 1: how likely the two tell one event. */
  readonly score: number
  readonly reasons: readonly Reason[]
  /** What makes them two whatever else agrees; null when nothing does. */
  readonly bar: string | null
}

/** From this score on two reports are held to be of one event. */
export const JOIN = 0.5
/** Pairs below JOIN but not below this are put on record as judged not the same. */
export const NEAR = 0.2

const barred = (bar: string): Verdict => ({ score: 0, reasons: [], bar })

/** Compares two tellings of one family that share a party. */
export function compare(a: Telling, b: Telling): Verdict {
  const family = familyOf(a.report.type)
  if (!family.types.includes(b.report.type) && a.report.type !== b.report.type) return barred('different kinds of event')
  const [stageA, stageB] = [stageOf(a.report.status), stageOf(b.report.status)]
  if (stageA !== stageB) return barred(`one is ${a.report.status}, the other ${b.report.status}`)
  const fit = modeFit(a.report.mode, b.report.mode)
  if (a.report.type === b.report.type && fit === 'other') return barred(`different modes: ${a.report.mode} and ${b.report.mode}`)
  if (a.article.id === b.article.id && a.report.type !== b.report.type) return barred(`${a.report.type} and ${b.report.type} told apart in one article`)
  const shared = a.parties.filter((party) => b.parties.includes(party))
  if (shared.length === 0) return barred('no party in common')
  if (family.directed && reversed(a, b)) return barred('who acts and who undergoes it are the other way round')
  const who = comparePersons(a, b, shared, family.directed)
  if (typeof who === 'string') return barred(who)
  const when = compareDates(a, b, family.slack)
  if (typeof when === 'string') return barred(when)
  const reasons = [
    { words: `reports of ${family.name}`, weight: family.base }, ...compareTypes(a, b, fit), ...compareParties(a, b, shared), ...who, when, ...comparePlaces(a, b), ...compareNamed(a, b), ...compareContexts(a, b), ...compareFigures(a, b), ...compareStories(a, b),
  ]
  const sum = reasons.reduce((total, { weight }) => total + weight, 0)
  return { score: Math.round(1000 / (1 + Math.exp(-sum))) / 1000, reasons, bar: null }
}

/** The reasons that weighed most, in words. */
export function inWords({ reasons, bar }: Verdict): string {
  if (bar !== null) return bar
  return reasons.slice(1).filter(({ weight }) => Math.abs(weight) >= 0.3).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map(({ words, weight }) => (weight < 0 ? `against: ${words}` : words)).join('; ')
}

function reversed(a: Telling, b: Telling): boolean {
  if (a.givers.size === 0 || a.takers.size === 0 || b.givers.size === 0 || b.takers.size === 0) return false
  const crosses = [...a.givers].some((party) => b.takers.has(party)) && [...a.takers].some((party) => b.givers.has(party))
  return crosses && ![...a.givers].some((party) => b.givers.has(party))
}

function compareTypes(a: Telling, b: Telling, fit: string): Reason[] {
  if (a.report.type !== b.report.type) return [{ words: `${a.report.type} and ${b.report.type}`, weight: -1.5 }]
  const name = `${a.report.type}${a.report.mode === null ? '' : ` ${a.report.mode}`}`
  if (fit === 'same') return [{ words: `both ${name}`, weight: 1 }]
  // A visit holds many meetings.
  const stay = a.report.mode === 'visit' || b.report.mode === 'visit'
  return [{ words: stay ? 'a visit, and a contact that may be a part of it' : `both ${a.report.type}, one more closely told`, weight: stay ? -1.5 : 0.2 }]
}

function compareParties(a: Telling, b: Telling, shared: readonly string[]): Reason[] {
  const all = new Set([...a.parties, ...b.parties]).size
  if (shared.length === all) return shared.length === 1 ? [{ words: `only ${shared[0]} named`, weight: -0.5 }] : [{ words: `the same parties ${shared.join(', ')}`, weight: 1.5 }]
  if (shared.length >= 2 || shared.length === Math.min(a.parties.length, b.parties.length)) return [{ words: `parties ${shared.join(', ')} in common, others only in one`, weight: shared.length >= 2 ? 0.3 - (all - shared.length) / all : -1 }]
  return [{ words: `only ${shared.join(', ')} in common`, weight: -2 }]
}

function comparePersons(a: Telling, b: Telling, shared: readonly string[], directed: boolean): Reason[] | string {
  const out: Reason[] = []
  const same: string[] = []
  for (const party of shared) {
    const [x, y] = [a.persons.get(party), b.persons.get(party)]
    if (!x || !y) continue
    const common = x.filter((id) => y.includes(id))
    if (common.length > 0) same.push(...common)
    // A name no table knows may be the same one spelt otherwise.
    else if ([...x, ...y].some((id) => id.startsWith('name:')) && a.article.language !== b.article.language) out.push({ words: `unknown names of ${party}`, weight: -0.3 })
    else if (!directed) return `different persons of ${party}: ${bare(x)} and ${bare(y)}`
    else out.push({ words: `different persons of ${party}: ${bare(x)} and ${bare(y)}`, weight: -2.5 })
  }
  if (!directed) {
    for (const party of shared) {
      const [x, y] = [a.sectors.get(party), b.sectors.get(party)]
      if (x && y && ![...x].some((sector) => y.has(sector))) out.push({ words: `different circles of ${party}: ${[...x].join(', ')} and ${[...y].join(', ')}`, weight: -3 })
    }
    if ((a.report.recipients.length === 0) !== (b.report.recipients.length === 0) && a.report.mode !== 'visit' && b.report.mode !== 'visit') out.push({ words: 'told as of both sides, and as of one towards the other', weight: -0.7 })
  }
  if (same.length > 0) out.push({ words: `the same persons ${bare(same)}`, weight: same.length > 1 ? 2.5 : 1.5 })
  return out
}

const bare = (ids: readonly string[]): string => ids.map((id) => id.slice(id.indexOf(':') + 1)).join(', ')

function compareDates(a: Telling, b: Telling, slack: number): Reason | string {
  const [x, y] = [a.window, b.window]
  if (x.precision === 'none' || y.precision === 'none') return a.article.id === b.article.id ? { words: 'undated in one article', weight: 0 } : { words: 'one is undated', weight: -4 }
  const fine = [isFine(x), isFine(y)]
  if (fine[0] && fine[1]) {
    const apart = x.first > y.last ? x.first - y.last : y.first > x.last ? y.first - x.last : 0
    if (apart === 0) return { words: `the same day ${edtfDay(Math.max(x.first, y.first))}${x.anchored || y.anchored ? ' (of publication)' : ''}`, weight: x.anchored && y.anchored ? 1.8 : 2.2 }
    const [reachX, reachY] = [reach(x, slack), reach(y, slack)]
    // Both stated: no more than one may be off.
    if (!x.anchored && !y.anchored && apart > slack) return `different days: ${edtfDay(x.first)} and ${edtfDay(y.first)}`
    if (reachX[0] > reachY[1] || reachY[0] > reachX[1]) return `different days: ${edtfDay(x.first)} and ${edtfDay(y.first)}`
    // One article dates its own stories by one clock.
    if (a.article.id === b.article.id) return `different days in one article: ${edtfDay(x.first)} and ${edtfDay(y.first)}`
    if (!x.anchored && !y.anchored) return { words: `stated ${apart} day apart`, weight: -1 }
    // Who publishes the news of the day on two days has two pieces of news.
    if (x.anchored && y.anchored && a.article.publisher !== null && a.article.publisher === b.article.publisher) return { words: `${a.article.publisher} told them as the news of two days`, weight: -5 }
    return { words: `${apart} day${apart > 1 ? 's' : ''} apart, ${x.anchored && y.anchored ? 'both' : 'one'} by publication`, weight: x.anchored && y.anchored ? -2.5 * apart : apart === 1 ? 0.8 : -1.5 }
  }
  if (x.first > y.last || y.first > x.last) return `different times: ${a.report.date?.value} and ${b.report.date?.value}`
  const coarse = x.precision === 'year' || y.precision === 'year'
  if (x.first === y.first && x.last === y.last) return { words: `the same time ${a.report.date?.value}`, weight: coarse ? 0.3 : 1.5 }
  return { words: `${a.report.date?.value} and ${b.report.date?.value} can be one`, weight: coarse ? -1 : 0.3 }
}

function comparePlaces(a: Telling, b: Telling): Reason[] {
  const [x, y] = [a.report.place, b.report.place]
  if (!x || !y) return []
  if (x.id === y.id) return [{ words: `the same place ${x.name}`, weight: 1 }]
  // A state and a place in it agree.
  if (x.country === y.country && (x.id.startsWith('state:') || y.id.startsWith('state:'))) return [{ words: `places in ${x.country}`, weight: 0.3 }]
  return [{ words: `different places: ${x.name} and ${y.name}`, weight: x.country === y.country ? -1 : -1.5 }]
}

function compareNamed(a: Telling, b: Telling): Reason[] {
  if (a.named.size === 0 || b.named.size === 0) return []
  const shared = [...a.named].filter((key) => b.named.has(key)).sort()
  if (shared.length === 0) return [{ words: 'nothing else named beside it is the same', weight: a.named.size > 1 && b.named.size > 1 ? -0.8 : -0.3 }]
  return [{ words: `named beside it in both: ${shared.slice(0, 4).map((key) => key.replace(/^[a-z]+:|^[@#]/u, '')).join(', ')}`, weight: Math.min(2.4, 0.8 * shared.length) }]
}

function compareContexts(a: Telling, b: Telling): Reason[] {
  const [x, y] = [a.report.contexts, b.report.contexts]
  if (x.length === 0 || y.length === 0) return []
  const shared = x.filter((context) => y.includes(context))
  return shared.length === 0 ? [{ words: 'about different things', weight: -0.5 }] : [{ words: `both about ${shared.join(', ')}`, weight: 0.4 + 0.3 * (shared.length / Math.max(x.length, y.length)) }]
}

function compareFigures(a: Telling, b: Telling): Reason[] {
  const out: Reason[] = []
  for (const figure of a.figures) {
    const other = b.figures.filter(({ measure, unit }) => measure === figure.measure && unit === figure.unit)
    if (other.length === 0) continue
    if (other.some(({ value }) => value === figure.value)) out.push({ words: `the same ${figure.measure}: ${figure.value}`, weight: 1.2 })
    else out.push({ words: `${figure.measure} differs`, weight: -0.3 })
  }
  return out.slice(0, 3)
}

/** So far apart at most two places down their articles are one: a sentence or two, which languages make longer or shorter. */
const PLACE = 0.05

/* One text in two languages tells its events in one order: of reports at one place six of seven are of one event, of others two of seven. */
function compareDepths(a: Telling, b: Telling): Reason[] {
  return a.article.language !== b.article.language && Math.abs(a.depth - b.depth) <= PLACE ? [{ words: 'told at the same place of both', weight: 1.4 }] : []
}

function compareStories(a: Telling, b: Telling): Reason[] {
  if (a.article.id === b.article.id) return [{ words: 'told apart in one article', weight: -1.5 }]
  const [small, large] = a.story.size <= b.story.size ? [a.story, b.story] : [b.story, a.story]
  if (small.size < 4) return []
  let shared = 0
  for (const key of small) if (large.has(key)) shared++
  // The parties themselves are shared by every pair that is compared.
  const rest = Math.max(0, shared - a.parties.length) / Math.max(1, small.size - a.parties.length)
  if (rest >= 0.5) return [{ words: 'the two articles name the same', weight: 1 + 1.5 * (rest - 0.5) }, ...compareDepths(a, b)]
  return rest < 0.15 ? [{ words: 'the two articles name little in common', weight: -0.5 }] : []
}
