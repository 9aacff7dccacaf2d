/** EDTF dates of reports as windows of days: when the event can have been, and how closely that is known. */
import type { DateValue } from '../model/index.ts'
import { dayNumber, daysIn, edtfDay, readBase } from '../text/dates/calendar.ts'

export type Precision = 'day' | 'span' | 'month' | 'year' | 'none'

export interface Window {
  /** First and last day number the date means. */
  readonly first: number
  readonly last: number
  readonly precision: Precision
  /** Nothing in the text says the date: it is the day of the article. */
  readonly anchored: boolean
}

/** More days than this are no exact date. */
const FINE = 4
const MONTH = 62

function days(value: string): readonly [number, number] | null {
  const base = readBase(value)
  if (base === null || base.year < 1) return null
  const first = dayNumber(base.year, base.month ?? 1, base.day ?? 1)
  const last = base.month === null ? dayNumber(base.year, 12, 31) : base.day === null ? dayNumber(base.year, base.month, daysIn(base.year, base.month)) : first
  return [first, last]
}

const UNDATED: Window = { first: 0, last: -1, precision: 'none', anchored: true }

/** The window of a date; of precision `none` when it says no year. */
export function windowOf(date: DateValue | null): Window {
  if (date === null) return UNDATED
  const [from = '', to] = date.value.split('/', 2)
  const first = days(from)
  const last = to === undefined ? first : days(to)
  const range = first && last && first[0] <= last[1] ? ([first[0], last[1]] as const) : (first ?? last)
  if (!range) return UNDATED
  const length = range[1] - range[0] + 1
  return { first: range[0], last: range[1], precision: length === 1 ? 'day' : length <= FINE ? 'span' : length <= MONTH ? 'month' : 'year', anchored: date.basis === 'inferred' && date.span === null }
}

export const isFine = ({ precision }: Window): boolean => precision === 'day' || precision === 'span'

/**
 * Days the event can really have been on: news of the day of its article may be up to two days old, or a time zone ahead.
 * `slack` days more on either side for acts on whose day reports disagree, of those with a day of their own.
 */
export function reach(window: Window, slack: number): readonly [number, number] {
  if (window.precision !== 'day') return [window.first, window.last]
  return window.anchored ? [window.first - 2, window.last + 1] : [window.first - slack, window.last + slack]
}

/** First and last day as EDTF; null without a year. */
export function dayRange(date: DateValue | null): { readonly first: string; readonly last: string } | null {
  const window = windowOf(date)
  return window.precision === 'none' ? null : { first: edtfDay(window.first), last: edtfDay(window.last) }
}
