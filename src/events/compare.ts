/** Are two reports told of one event? A sum of reasons for and against. */
import type { Reason, ReasonCode, ReasonValues } from '../model/index.ts'
import { edtfDay } from '../text/dates/calendar.ts'
import { familyOf, modeFit, stageOf } from './families.ts'
import type { Telling } from './telling.ts'
import { isFine, reach } from './window.ts'

/** What was compared, and what it counts. */
export interface Weighed {
  readonly code: ReasonCode
  readonly about: ReasonValues
  /** Above zero speaks for one event, below zero for two. */
  readonly weight: number
}

/** What makes two reports two events whatever else agrees. */
export type Bar = 'kinds' | 'stages' | 'manners' | 'one-article' | 'parties' | 'direction' | 'persons' | 'days' | 'times'

export interface Verdict {
  /** Between 0 and 1: how likely the two tell one event. */
  readonly score: number
  readonly reasons: readonly Weighed[]
  readonly bar: Bar | null
}

/** From this score on two reports are held to be of one event. */
export const JOIN = 0.5
/** Pairs below JOIN but not below this are put on record as judged not the same. */
export const NEAR = 0.2

/** So many of the things named in both are kept. */
const NAMED = 4
/** What weighs less is not worth a reader's time. */
const WORTH = 0.3

const barred = (bar: Bar): Verdict => ({ score: 0, reasons: [], bar })

/** Compares two tellings of one family that share a party. */
export function compare(a: Telling, b: Telling): Verdict {
  const family = familyOf(a.report.type)
  if (!family.types.includes(b.report.type) && a.report.type !== b.report.type) return barred('kinds')
  if (stageOf(a.report.status) !== stageOf(b.report.status)) return barred('stages')
  const fit = modeFit(a.report.mode, b.report.mode)
  if (a.report.type === b.report.type && fit === 'other') return barred('manners')
  if (a.article.id === b.article.id && a.report.type !== b.report.type) return barred('one-article')
  const shared = a.parties.filter((party) => b.parties.includes(party))
  if (shared.length === 0) return barred('parties')
  if (family.directed && reversed(a, b)) return barred('direction')
  const who = comparePersons(a, b, shared, family.directed)
  if (typeof who === 'string') return barred(who)
  const when = compareDates(a, b, family.slack)
  if (typeof when === 'string') return barred(when)
  const reasons = [...compareTypes(a, b, fit), ...compareParties(a, b, shared), ...who, ...when, ...comparePlaces(a, b), ...compareNamed(a, b), ...compareContexts(a, b), ...compareFigures(a, b), ...compareStories(a, b)]
  const sum = reasons.reduce((total, { weight }) => total + weight, family.base)
  return { score: Math.round(1000 / (1 + Math.exp(-sum))) / 1000, reasons, bar: null }
}

/** The reasons that weighed most, as they are kept. */
export function weightiest({ reasons }: Verdict): Reason[] {
  return reasons.filter(({ weight }) => Math.abs(weight) >= WORTH).sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map(({ code, about, weight }) => ({ code, about, against: weight < 0 }))
}

function reversed(a: Telling, b: Telling): boolean {
  if (a.givers.size === 0 || a.takers.size === 0 || b.givers.size === 0 || b.takers.size === 0) return false
  const crosses = [...a.givers].some((party) => b.takers.has(party)) && [...a.takers].some((party) => b.givers.has(party))
  return crosses && ![...a.givers].some((party) => b.givers.has(party))
}

const kindOf = ({ type, mode }: Telling['report']): string => (mode === null ? type : `${type}.${mode}`)

function compareTypes(a: Telling, b: Telling, fit: string): Weighed[] {
  if (a.report.type !== b.report.type) return [{ code: 'types-unlike', about: { kindA: a.report.type, kindB: b.report.type }, weight: -1.5 }]
  if (fit === 'same') return [{ code: 'same-kind', about: { kind: kindOf(a.report) }, weight: 1 }]
  // A visit holds many meetings.
  const stay = a.report.mode === 'visit' || b.report.mode === 'visit'
  return [stay ? { code: 'visit-part', about: {}, weight: -1.5 } : { code: 'closer-kind', about: { kind: a.report.type }, weight: 0.2 }]
}

function compareParties(a: Telling, b: Telling, shared: readonly string[]): Weighed[] {
  const all = new Set([...a.parties, ...b.parties]).size
  const about = { parties: shared }
  if (shared.length === all) return [shared.length === 1 ? { code: 'only-party', about, weight: -0.5 } : { code: 'same-parties', about, weight: 1.5 }]
  if (shared.length >= 2 || shared.length === Math.min(a.parties.length, b.parties.length)) return [{ code: 'some-parties', about, weight: shared.length >= 2 ? 0.3 - (all - shared.length) / all : -1 }]
  return [{ code: 'few-parties', about, weight: -2 }]
}

function comparePersons(a: Telling, b: Telling, shared: readonly string[], directed: boolean): Weighed[] | Bar {
  const out: Weighed[] = []
  const same: string[] = []
  for (const party of shared) {
    const [x, y] = [a.persons.get(party), b.persons.get(party)]
    if (!x || !y) continue
    const common = x.filter((id) => y.includes(id))
    if (common.length > 0) same.push(...common)
    // A name no table knows may be the same one spelt otherwise.
    else if ([...x, ...y].some((id) => id.startsWith('name:')) && a.article.language !== b.article.language) out.push({ code: 'names-unknown', about: { party }, weight: -0.3 })
    else if (!directed) return 'persons'
    else out.push({ code: 'persons-differ', about: { party, personsA: x, personsB: y }, weight: -2.5 })
  }
  if (!directed) {
    for (const party of shared) {
      const [x, y] = [a.sectors.get(party), b.sectors.get(party)]
      if (x && y && ![...x].some((sector) => y.has(sector))) out.push({ code: 'circles-differ', about: { party, sectorsA: [...x], sectorsB: [...y] }, weight: -3 })
    }
    if ((a.report.recipients.length === 0) !== (b.report.recipients.length === 0) && a.report.mode !== 'visit' && b.report.mode !== 'visit') out.push({ code: 'sides-unlike', about: {}, weight: -0.7 })
  }
  if (same.length > 0) out.push({ code: 'same-persons', about: { persons: same }, weight: same.length > 1 ? 2.5 : 1.5 })
  return out
}

function compareDates(a: Telling, b: Telling, slack: number): Weighed[] | Bar {
  const [x, y] = [a.window, b.window]
  if (x.precision === 'none' || y.precision === 'none') return a.article.id === b.article.id ? [] : [{ code: 'one-undated', about: {}, weight: -4 }]
  const fine = [isFine(x), isFine(y)]
  if (fine[0] && fine[1]) {
    const apart = x.first > y.last ? x.first - y.last : y.first > x.last ? y.first - x.last : 0
    if (apart === 0) return [{ code: x.anchored || y.anchored ? 'same-published-day' : 'same-day', about: { day: edtfDay(Math.max(x.first, y.first)) }, weight: x.anchored && y.anchored ? 1.8 : 2.2 }]
    const [reachX, reachY] = [reach(x, slack), reach(y, slack)]
    // Both stated: no more than one may be off.
    if (!x.anchored && !y.anchored && apart > slack) return 'days'
    if (reachX[0] > reachY[1] || reachY[0] > reachX[1]) return 'days'
    // One article dates its own stories by one clock.
    if (a.article.id === b.article.id) return 'days'
    if (!x.anchored && !y.anchored) return [{ code: 'days-apart', about: { days: apart }, weight: -1 }]
    // Who publishes the news of the day on two days has two pieces of news.
    if (x.anchored && y.anchored && a.article.publisher !== null && a.article.publisher === b.article.publisher) return [{ code: 'two-news', about: { outlet: a.article.publisher }, weight: -5 }]
    return [x.anchored && y.anchored ? { code: 'published-apart', about: { days: apart }, weight: -2.5 * apart } : { code: 'one-published-apart', about: { days: apart }, weight: apart === 1 ? 0.8 : -1.5 }]
  }
  if (x.first > y.last || y.first > x.last) return 'times'
  const coarse = x.precision === 'year' || y.precision === 'year'
  const [one, other] = [a.report.date?.value ?? '', b.report.date?.value ?? '']
  if (x.first === y.first && x.last === y.last) return [{ code: 'same-time', about: { day: one }, weight: coarse ? 0.3 : 1.5 }]
  return [{ code: 'times-fit', about: { dayA: one, dayB: other }, weight: coarse ? -1 : 0.3 }]
}

function comparePlaces(a: Telling, b: Telling): Weighed[] {
  const [x, y] = [a.report.place, b.report.place]
  if (!x || !y) return []
  const [placeA, placeB] = [{ id: x.id, name: x.name }, { id: y.id, name: y.name }]
  if (x.id === y.id) return [{ code: 'same-place', about: { place: placeA }, weight: 1 }]
  // A state and a place in it agree.
  if (x.country !== null && x.country === y.country && (x.id.startsWith('state:') || y.id.startsWith('state:'))) return [{ code: 'place-within', about: { party: x.country }, weight: 0.3 }]
  return [{ code: 'places-differ', about: { placeA, placeB }, weight: x.country === y.country ? -1 : -1.5 }]
}

function compareNamed(a: Telling, b: Telling): Weighed[] {
  if (a.named.size === 0 || b.named.size === 0) return []
  const shared = [...a.named].filter((key) => b.named.has(key)).sort()
  if (shared.length === 0) return [{ code: 'nothing-named', about: {}, weight: a.named.size > 1 && b.named.size > 1 ? -0.8 : -0.3 }]
  return [{ code: 'named-both', about: { named: shared.slice(0, NAMED) }, weight: Math.min(2.4, 0.8 * shared.length) }]
}

function compareContexts(a: Telling, b: Telling): Weighed[] {
  const [x, y] = [a.report.contexts, b.report.contexts]
  if (x.length === 0 || y.length === 0) return []
  const shared = x.filter((context) => y.includes(context))
  return [shared.length === 0 ? { code: 'subjects-differ', about: {}, weight: -0.5 } : { code: 'same-subjects', about: { contexts: shared }, weight: 0.4 + 0.3 * (shared.length / Math.max(x.length, y.length)) }]
}

function compareFigures(a: Telling, b: Telling): Weighed[] {
  const out: Weighed[] = []
  for (const { measure, value, unit } of a.figures) {
    const other = b.figures.filter((figure) => figure.measure === measure && figure.unit === unit)
    if (other.length === 0) continue
    out.push(other.some((figure) => figure.value === value) ? { code: 'same-figure', about: { figure: { measure, value, unit } }, weight: 1.2 } : { code: 'figures-differ', about: { measure }, weight: -0.3 })
  }
  return out.slice(0, 3)
}

/** So far apart at most two places down their articles are one: a sentence or two, which languages make longer or shorter. */
const PLACE = 0.05

/* One text in two languages tells its events in one order: of reports at one place six of seven are of one event, of others two of seven. */
function compareDepths(a: Telling, b: Telling): Weighed[] {
  return a.article.language !== b.article.language && Math.abs(a.depth - b.depth) <= PLACE ? [{ code: 'same-depth', about: {}, weight: 1.4 }] : []
}

function compareStories(a: Telling, b: Telling): Weighed[] {
  if (a.article.id === b.article.id) return [{ code: 'one-article', about: {}, weight: -1.5 }]
  const [small, large] = a.story.size <= b.story.size ? [a.story, b.story] : [b.story, a.story]
  if (small.size < 4) return []
  let shared = 0
  for (const key of small) if (large.has(key)) shared++
  // The parties themselves are shared by every pair that is compared.
  const rest = Math.max(0, shared - a.parties.length) / Math.max(1, small.size - a.parties.length)
  if (rest >= 0.5) return [{ code: 'stories-alike', about: {}, weight: 1 + 1.5 * (rest - 0.5) }, ...compareDepths(a, b)]
  return rest < 0.15 ? [{ code: 'stories-unlike', about: {}, weight: -0.5 }] : []
}
