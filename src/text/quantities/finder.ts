/** Quantities: a number with its unit, its comparison and the measure that the words around it tell. */
import type { Span } from '../../model/index.ts'
import type { DateHit } from '../dates/types.ts'
import { compileScan, type FoundNumber } from '../numbers/finder.ts'
import type { Comparator, Measure, QuantityHit, QuantityTables, UnitKind } from '../numbers/types.ts'
import { createViewer, originalSpan } from '../numbers/view.ts'
import { WordList } from '../numbers/wordlist.ts'
import { compileMeasures, type Placed } from './measures.ts'

/** A quantity whose meaning is told. The parties are filled in by whoever knows the actors. */
export interface FigureHit {
  readonly measure: string
  readonly value: number
  readonly unit: string | null
  readonly comparator: Comparator
  readonly span: Span
  readonly period: DateHit | null
  /** The measure holds between two states (trade) rather than of one. */
  readonly relational: boolean
}

export interface QuantityFinder {
  /** Quantities inside the span, in order, and those whose measure is told, with the period they are for. Numbers inside the dates of the span are left out. */
  find(text: string, span: Span, dates?: readonly DateHit[]): { readonly quantities: QuantityHit[]; readonly figures: FigureHit[] }
}

interface Quantity extends Placed { readonly value: number; readonly unit: string | null; readonly comparator: Comparator; readonly number: FoundNumber; readonly measure: Measure | null }

const FAR_REACH = 70
const CLAUSE = /[;:.!?\n\u061b\u061f\u3002\uff1b]/u
const BREAK = /[;:.!?,\n\u060c\u061b\u061f\u3002\uff1b\u3001]/u
/** Small numbers in words ("the two leaders") point at things more often than they count them. */
const NAMED_LEAST = 10

/** Compiles the tables of a language once. */
export function compileQuantities(tables: QuantityTables): QuantityFinder {
  const { numbers } = tables
  const { spaced } = numbers
  const viewer = createViewer(numbers.fold)
  const level = (text: string): string => viewer(text, [0, text.length]).text
  const scan = compileScan(numbers, level)
  const units = new WordList<{ unit: string; kind: UnitKind }>(Object.entries(numbers.units).flatMap(([unit, { kind, words }]) => words.map((word) => [word, { unit, kind }] as const)), level, spaced)
  const signs = new WordList<{ unit: string; kind: UnitKind }>(Object.entries(numbers.units).flatMap(([unit, { kind, signs: before }]) => before.map((word) => [word, { unit, kind }] as const)), level, spaced)
  const of = new WordList(numbers.of.map((word) => [word, true] as const), level, spaced)
  const side = (where: 'before' | 'after' | 'far'): WordList<Comparator> => new WordList((['>', '<', '~'] as const).flatMap((sign) => numbers.comparators[sign][where].map((word) => [word, sign] as const)), level, spaced)
  const ages = new WordList(numbers.ages.map((word) => [word, true] as const), level, spaced)
  const before = side('before')
  const after = side('after')
  const far = side('far')
  const cliticsOnUnits = numbers.clitics.map(level)
  const measures = compileMeasures(tables, level)

  const blanks = (view: string, at: number): number => {
    let i = at
    while (i < view.length && i - at < 3 && view[i] === ' ') i++
    return i
  }
  const back = (view: string, at: number): number => {
    let i = at
    while (i > 0 && at - i < 3 && view[i - 1] === ' ') i--
    return i
  }

  const unitAfter = (view: string, at: number): { end: number; unit: string; kind: UnitKind } | null => {
    let from = blanks(view, at)
    if (view[from] === '-') from++
    for (let tries = 0; tries < 2; tries++) {
      const hit = units.match(view, from)
      if (hit) return { end: hit.end, ...hit.value }
      const clitic = cliticsOnUnits.find((form) => view.startsWith(form, from) && units.match(view, from + form.length))
      const cut = clitic === undefined ? null : units.match(view, from + clitic.length)
      if (cut) return { end: cut.end, ...cut.value }
      const link = of.match(view, from)
      if (!link) return null
      from = blanks(view, link.end)
    }
    return null
  }

  const comparison = (view: string, start: number, end: number, number: FoundNumber, from: number): Comparator => {
    if (number.comparator !== '=') return number.comparator
    const near = before.matchBefore(view, back(view, start))
    if (near) return near.value
    const trailing = after.match(view, blanks(view, end))
    if (trailing) return trailing.value
    const window = view.slice(Math.max(from, start - FAR_REACH), start)
    let at = window.length
    while (at > 0 && !CLAUSE.test(window[at - 1] ?? '')) at--
    for (let i = window.length - 1; i >= at; i--) {
      const hit = far.match(window, i)
      if (hit && wordStart(window, i)) return hit.value
    }
    return '='
  }
  const wordStart = (text: string, at: number): boolean => !spaced || at === 0 || !/[\p{L}\p{M}\p{N}]/u.test(text[at - 1] ?? '')

  /* "44-year-old", or an age set between commas after a name. */
  const isAge = (view: string, { start, end, form, value }: FoundNumber): boolean => {
    const from = blanks(view, end)
    if (ages.match(view, from) || (view[from] === '-' && ages.match(view, from + 1))) return true
    return form === 'digits' && value > 0 && value < 110 && spaced && /^[,\u060c]/u.test(view.slice(end, end + 1)) && /[\p{L}][,\u060c] ?$/u.test(view.slice(Math.max(0, start - 4), start))
  }
  /* The number of a paragraph or of an item in a list. */
  const isItem = (view: string, { start, end, form }: FoundNumber): boolean => form === 'digits' && /^(?:\.(?= |$)|\)| - )/u.test(view.slice(end, end + 3)) && (start === 0 || view[start - 1] === '\n')

  const collect = (view: string, barred: readonly Span[]): Quantity[] => {
    const found = scan(view)
    const bare: Quantity[] = []
    let reach = 0
    let bar = 0
    for (const number of found) {
      while (bar < barred.length && (barred[bar]?.[1] ?? 0) <= number.start) bar++
      const inDate = bar < barred.length && (barred[bar]?.[0] ?? 0) < number.end
      if (isAge(view, number) || isItem(view, number)) continue
      const tail = unitAfter(view, number.end)
      const ahead = signs.matchBefore(view, back(view, number.start), 5)
      // A unit that the number before it was counted in is no sign of this one.
      const sign = ahead && ahead.end >= reach ? ahead : null
      if (inDate && (!tail || tail.end <= (barred[bar]?.[1] ?? 0) || tail.kind === 'years' || tail.kind === 'time') && !sign) continue
      if (number.start < reach) continue
      const start = sign ? sign.end : number.start
      const end = tail ? tail.end : number.end
      const unit = tail?.kind === 'money' || !sign ? (tail ?? null) : sign.value
      bare.push({ start, end: unit === tail || !tail ? end : number.end, value: number.value, unit: unit?.unit ?? null, kind: number.ordinal ? 'ordinal' : (unit?.kind ?? 'count'), comparator: comparison(view, start, end, number, reach), number, measure: null })
      reach = end
    }
    const told = measures(view, bare)
    return bare.map((quantity, index) => {
      const measure = quantity.number.form === 'words' && quantity.value === 0 ? null : (told[index] ?? null)
      // The years of an anniversary are its number: no unit is left.
      return { ...quantity, measure, unit: measure?.kinds.includes('ordinal') ? null : quantity.unit }
    })
  }

  /* A bare year, a lone ordinal or "one" is no quantity unless the words nearby make it a figure. */
  const counts = ({ number, unit, measure }: Quantity): boolean => {
    if (number.form === 'words' && number.value === 0) return false
    if (measure) return true
    if (number.ordinal) return false
    if (unit !== null) return true
    return !number.yearLike && (number.form !== 'words' || number.value >= NAMED_LEAST)
  }

  const inView = (spans: readonly Span[], start: number, at: (i: number) => number, length: number): Span[] => {
    const out: Span[] = []
    for (const [from, to] of spans) if (to > start && from < at(length)) out.push([lower(at, length, from), lower(at, length, to)])
    return out.sort((a, b) => a[0] - b[0])
  }

  return {
    find(text, span, dates = []) {
      const view = viewer(text, span)
      const found = collect(view.text, inView(dates.map((date) => date.span), span[0], view.at, view.text.length))
      const quantities = found.filter(counts).map((hit) => ({ span: originalSpan(view, hit.start, hit.end), value: hit.value, unit: hit.unit, comparator: hit.comparator, noun: hit.measure?.id ?? null }))
      const figures = found.flatMap((hit) => (hit.measure === null ? [] : [{
        measure: hit.measure.id, value: hit.value, unit: hit.unit, comparator: hit.comparator, span: originalSpan(view, hit.start, hit.end),
        period: periodOf(text, originalSpan(view, hit.start, hit.end), dates), relational: hit.measure.relational,
      }]))
      return { quantities, figures }
    },
  }
}

const PERIOD_REACH = 120

/* The date nearest to a figure inside its clause; one after a comma counts only when there is no other. */
function periodOf(text: string, [start, end]: Span, dates: readonly DateHit[]): DateHit | null {
  let best: DateHit | null = null
  let least = Number.POSITIVE_INFINITY
  for (const date of dates) {
    const between = date.span[0] >= end ? [end, date.span[0]] as const : [date.span[1], start] as const
    const distance = between[1] - between[0]
    if (distance < 0 || distance > PERIOD_REACH) continue
    const gap = text.slice(between[0], between[1])
    if (CLAUSE.test(gap)) continue
    const cost = distance + (BREAK.test(gap) ? PERIOD_REACH : 0)
    if (cost < least) {
      least = cost
      best = date
    }
  }
  return best
}

/* First view offset whose original offset is not before `target`. */
function lower(at: (index: number) => number, length: number, target: number): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (at(middle) < target) low = middle + 1
    else high = middle
  }
  return low
}
