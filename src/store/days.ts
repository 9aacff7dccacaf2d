/** EDTF dates as ranges of days, which is what can be ordered and searched. */
import { DAY, dayNumber, daysIn, edtfDay, readBase } from '../text/dates/calendar.ts'

export interface DayRange { readonly first: string; readonly last: string }

function oneRange(value: string): DayRange | null {
  const base = readBase(value)
  if (base === null || base.year < 1) return null
  const from = dayNumber(base.year, base.month ?? 1, base.day ?? 1)
  const to = base.month === null ? dayNumber(base.year, 12, 31) : base.day === null ? dayNumber(base.year, base.month, daysIn(base.year, base.month)) : from
  return { first: edtfDay(from), last: edtfDay(to) }
}

/** First and last day an EDTF value can mean; null when it has no year (`XXXX-02-08`) or cannot be read. */
export function edtfDays(value: string | null | undefined): DayRange | null {
  if (value === null || value === undefined) return null
  const [from, to] = value.split('/', 2)
  const first = oneRange(from ?? '')
  if (to === undefined) return first
  const last = oneRange(to)
  if (first === null || last === null) return first ?? last
  return first.first <= last.last ? { first: first.first, last: last.last } : first
}

/** Where the undated stand: before everything else. */
export const UNDATED = '0001-01-01'

/** The partition of a day: the first of its month. */
export function monthOf(day: string | null): string {
  return day === null ? UNDATED : `${day.slice(0, 7)}-01`
}

/** The day so many days later (earlier when negative). */
export function shiftDay(day: string, days: number): string {
  return edtfDay(Math.round(Date.parse(`${day}T00:00:00Z`) / DAY) + days)
}
