/** From what a date's words say to an EDTF value, with what is known of the article. */
import type { DateValue } from '../../model/index.ts'
import { type Base, dayNumber, dayParts, daysIn, edtf, edtfDay, fromIslamic, islamicYear, readBase, weekdayOf } from './calendar.ts'
import type { DateHit, DateParts } from './types.ts'

export interface DateContext {
  /** EDTF date of publication, null when unknown. */
  readonly published: string | null
  /** EDTF day the article speaks from, null when it is the day of publication. */
  readonly anchor: string | null
  /** Year to assume for dates without one when nothing else tells. */
  readonly yearHint: number | null
}

type Value = Pick<DateValue, 'value' | 'basis'>

/** How far back a month or day without a year is looked for before a near one ahead is preferred. */
const PAST_REACH = 335
/** Clocks differ across the world: a day may be "past" one day early. */
const SLACK = 1

/** Works out a hit. Null when it is relative and there is nothing to resolve it against, or to another event. */
export function resolveDate(hit: DateHit, context: DateContext): DateValue | null {
  const value = resolve(hit.value, context)
  return value === null ? null : { ...value, span: hit.span }
}

const inferred = (value: string): Value => ({ value, basis: 'inferred' })
const stated = (value: string): Value => ({ value, basis: 'stated' })

function resolve(parts: DateParts, context: DateContext): Value | null {
  if (parts.count !== undefined) return null
  const base = readBase(context.anchor) ?? readBase(context.published)
  if (parts.hijri) return resolveIslamic(parts, base)
  if (parts.unit !== undefined && parts.offset !== undefined) return base && fromOffset(parts.unit, parts.offset, base)
  if (parts.decade !== undefined) return stated(`${parts.decade}X`)
  if (parts.yearOffset !== undefined && parts.year === undefined) {
    return base && inferred(write(parts, base.year + parts.yearOffset))
  }
  if (parts.month === undefined && parts.season === undefined && parts.half === undefined && parts.year === undefined) return fromDay(parts, base)
  if (parts.year !== undefined) return stated(write(parts, parts.year))
  const reference = readBase(context.published) ?? readBase(context.anchor)
  if (reference) return inferred(write(parts, nearestYear(parts, reference)))
  if (context.yearHint !== null) return inferred(write(parts, context.yearHint))
  return parts.half !== undefined ? null : stated(write(parts, undefined))
}

/* Year, month, day, season, half or range at the precision said. */
function write(parts: DateParts, year: number | undefined): string {
  const { month, day, monthTo, dayTo, yearTo, season, half } = parts
  if (half !== undefined) return half === 1 ? `${edtf(year, 1)}/${edtf(year, 6)}` : `${edtf(year, 7)}/${edtf(year, 12)}`
  if (season !== undefined) return edtf(year, season)
  if (monthTo !== undefined || dayTo !== undefined || yearTo !== undefined) {
    const last = monthTo ?? month
    const wraps = yearTo === undefined && year !== undefined && month !== undefined && last !== undefined && last < month
    // "November and January 2024": the year said is the last one.
    return `${edtf(wraps ? year - 1 : year, month, day)}/${edtf(yearTo ?? year, last, dayTo)}`
  }
  return edtf(year, month, day)
}

function nearestYear(parts: DateParts, reference: Base): number {
  const month = parts.month ?? (parts.season === undefined ? (parts.half === 2 ? 7 : 1) : parts.season <= 24 ? ((parts.season - 21) * 3 + 3) : ((parts.season - 33) * 3 + 1))
  const now = dayNumber(reference.year, reference.month ?? 12, reference.day ?? daysIn(reference.year, reference.month ?? 12))
  const start = (year: number): number => dayNumber(year, Math.min(month, 12), parts.day ?? 1)
  const end = (year: number): number => dayNumber(year, Math.min(month, 12), parts.day ?? 28)
  let past = reference.year
  while (start(past) > now + SLACK) past--
  let ahead = reference.year
  while (end(ahead) < now) ahead++
  if (parts.direction === 'past') return parts.day === undefined && parts.month === reference.month && past === reference.year ? past - 1 : past
  if (parts.direction === 'future') return ahead
  return now - start(past) > PAST_REACH && start(ahead) > now ? ahead : past
}

/* A weekday, or a day of this or another month. */
function fromDay(parts: DateParts, base: Base | null): Value | null {
  if (!base || base.month === null) return null
  if (parts.day !== undefined) {
    const shifted = dayParts(dayNumber(base.year, base.month + (parts.monthOffset ?? 0), 1))
    let [year, month] = shifted
    if (parts.monthOffset === undefined && base.day !== null && parts.day > base.day + SLACK && parts.direction !== 'future') [year, month] = dayParts(dayNumber(year, month - 1, 1))
    if (parts.day > daysIn(year, month)) return null
    const value = edtf(year, month, parts.day)
    return parts.dayTo === undefined ? inferred(value) : parts.dayTo > daysIn(year, month) ? null : inferred(`${value}/${edtf(year, month, parts.dayTo)}`)
  }
  if (parts.weekday === undefined || base.day === null) return null
  const today = dayNumber(base.year, base.month, base.day)
  if (parts.weekOffset !== undefined) return inferred(edtfDay(today - weekdayOf(today) + parts.weekday + parts.weekOffset * 7))
  const back = (weekdayOf(today) - parts.weekday + 7) % 7
  if (parts.direction === 'future') return inferred(edtfDay(today + (back === 0 ? 7 : 7 - back)))
  return inferred(edtfDay(today - (back === 0 && parts.direction === 'past' ? 7 : back)))
}

function fromOffset(unit: NonNullable<DateParts['unit']>, offset: number, base: Base): Value | null {
  if (unit === 'year') return inferred(edtf(base.year + offset))
  if (unit === 'decade') return inferred(`${Math.floor(base.year / 10) + offset}X`)
  if (base.month === null) return null
  if (unit === 'month') {
    const [year, month] = dayParts(dayNumber(base.year, base.month + offset, 1))
    return inferred(edtf(year, month))
  }
  if (unit === 'quarter') {
    const quarter = Math.floor((base.month - 1) / 3) + offset
    return inferred(edtf(base.year + Math.floor(quarter / 4), 33 + ((quarter % 4) + 4) % 4))
  }
  if (base.day === null) return null
  const today = dayNumber(base.year, base.month, base.day)
  if (unit === 'day') return inferred(edtfDay(today + offset))
  const monday = today - weekdayOf(today) + 1 + offset * 7
  return inferred(`${edtfDay(monday)}/${edtfDay(monday + 6)}`)
}

function resolveIslamic(parts: DateParts, base: Base | null): Value | null {
  if (parts.month === undefined) return null
  let year = parts.year
  if (year === undefined) {
    if (!base) return null
    const now = dayNumber(base.year, base.month ?? 12, base.day ?? 28)
    year = islamicYear(now)
    const days = fromIslamic(year, parts.month, parts.day)
    if (days && days[0] > now && parts.direction !== 'future') year--
  }
  const days = fromIslamic(year, parts.month, parts.day)
  if (!days) return null
  const value = days[0] === days[1] ? edtfDay(days[0]) : `${edtfDay(days[0])}/${edtfDay(days[1])}`
  return { value, basis: parts.year === undefined ? 'inferred' : 'stated' }
}
