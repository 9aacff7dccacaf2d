/** Days as numbers, EDTF strings as ranges of days, and the Islamic calendar. */
import type { Span } from '../../model/index.ts'

export const DAY = 86_400_000

/** Day number (days since 1970-01-01). */
export function dayNumber(year: number, month: number, day: number): number {
  return Math.round(Date.UTC(year, month - 1, day) / DAY)
}

/** Year, month and day of a day number. */
export function dayParts(day: number): readonly [year: number, month: number, day: number] {
  const date = new Date(day * DAY)
  return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]
}

/** 1 Monday … 7 Sunday. */
export function weekdayOf(day: number): number {
  return ((day + 3) % 7 + 7) % 7 + 1
}

const two = (value: number): string => String(value).padStart(2, '0')

/** EDTF of a year, month or day; a missing year is written XXXX. */
export function edtf(year: number | undefined, month?: number, day?: number): string {
  const y = year === undefined ? 'XXXX' : String(year).padStart(4, '0')
  return month === undefined ? y : day === undefined ? `${y}-${two(month)}` : `${y}-${two(month)}-${two(day)}`
}

/** EDTF of a day number. */
export function edtfDay(day: number): string {
  return edtf(...dayParts(day))
}

export interface Base { readonly year: number; readonly month: number | null; readonly day: number | null }

/** Reads year, month and day from an EDTF date or date-time; null when it has no whole year. */
export function readBase(value: string | null): Base | null {
  const match = value === null ? null : /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/u.exec(value)
  if (!match) return null
  const month = match[2] === undefined ? null : Number(match[2])
  if (month !== null && (month < 1 || month > 12)) return { year: Number(match[1]), month: null, day: null }
  return { year: Number(match[1]), month, day: month === null || match[3] === undefined ? null : Number(match[3]) }
}

/** Number of days of a month. */
export function daysIn(year: number, month: number): number {
  return dayParts(dayNumber(year, month + 1, 0))[2]
}

let islamic: Intl.DateTimeFormat | null = null
function islamicParts(day: number): readonly [number, number, number] {
  islamic ??= new Intl.DateTimeFormat('en-u-ca-islamic-umalqura-nu-latn', { year: 'numeric', month: 'numeric', day: 'numeric', timeZone: 'UTC' })
  const parts: Record<string, number> = {}
  for (const { type, value } of islamic.formatToParts(new Date(day * DAY))) parts[type] = Number.parseInt(value, 10)
  return [parts.year ?? 0, parts.month ?? 0, parts.day ?? 0]
}

const ISLAMIC_EPOCH = dayNumber(622, 7, 19)
const ISLAMIC_YEAR = 354.367
const ISLAMIC_MONTH = 29.53

/** Day numbers [first, last] of an Islamic (Umm al-Qura) month or day; null outside the calendar's tables. */
export function fromIslamic(year: number, month: number, day?: number): Span | null {
  if (year < 1300 || year > 1600) return null
  let at = Math.round(ISLAMIC_EPOCH + (year - 1) * ISLAMIC_YEAR + (month - 1) * ISLAMIC_MONTH)
  for (let steps = 0; steps < 40; steps++) {
    const [y, m, d] = islamicParts(at)
    if (y === year && m === month && d === 1) break
    const months = (year - y) * 12 + month - m
    at += months === 0 ? 1 - d : Math.round(months * ISLAMIC_MONTH) || Math.sign(months)
  }
  if (islamicParts(at)[0] !== year || islamicParts(at)[1] !== month) return null
  const length = islamicParts(at + 29)[2] === 30 ? 30 : 29
  if (day === undefined) return [at, at + length - 1]
  return day > length ? null : [at + day - 1, at + day - 1]
}

/** Year and month in the Islamic calendar of a day. */
export function islamicYear(day: number): number {
  return islamicParts(day)[0]
}
