/** The day a page was published: from its data, its address, or the date line near its headline. */
import type { PhraseBook } from './phrases.ts'
import { level } from './phrases.ts'

const DIGIT_ZEROS = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0e50]

/** Turns Arabic-Indic, Persian, Devanagari, Bengali and Thai digits into Latin ones. */
export function latinDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]/gu, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = DIGIT_ZEROS.find((start) => code >= start && code < start + 10) ?? code
    return String(code - zero)
  })
}

/** A calendar day as `YYYY-MM-DD`, null when there is no such day or it lies outside the age of the web page. */
export function dayOf(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2100 || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

/** Days before the first of each month of the Solar Hijri year. */
const solarDays = (month: number): number => (month <= 7 ? (month - 1) * 31 : 186 + (month - 7) * 30)
const solarLeap = (year: number): boolean => (25 * year + 11) % 33 < 8

function fromSolarHijri(year: number, month: number, day: number): string | null {
  if (year < 1300 || year > 1450 || day > (month <= 6 ? 31 : 30)) return null
  let days = 0
  for (let y = Math.min(year, 1399); y < Math.max(year, 1399); y++) days += solarLeap(y) ? 366 : 365
  if (year < 1399) days = -days
  // 1 Farvardin 1399 was 20 March 2020.
  const date = new Date(Date.UTC(2020, 2, 20) + (days + solarDays(month) + day - 1) * 86_400_000)
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())
}

/** The day in a machine-readable date; null when it names none. */
export function isoDay(value: string | null): string | null {
  if (value === null) return null
  const text = latinDigits(value.trim())
  const match = /(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/u.exec(text) ?? /^(\d{4})(\d{2})(\d{2})(?:T|\d{4,6}|$)/u.exec(text)
  if (match) return dayOf(Number(match[1]), Number(match[2]), Number(match[3]))
  return null
}

/** The day written into an address. */
export function urlDay(url: string | null): string | null {
  if (url === null) return null
  const path = url.replace(/^[a-z]+:\/\/[^/]+/iu, '')
  const match = /(?:^|[/_-])((?:19|20)\d{2})[/_-](\d{1,2})[/_-](\d{1,2})(?=$|[/_.?-])/u.exec(path) ?? /[/_-](20\d{2})[/_-]?(\d{2})[/_-]?(\d{2})(?=$|[/_.?-]|\d{6}(?!\d))/u.exec(path) ?? /[/_](20\d{2})-?(\d{2})[/-](\d{2})\//u.exec(path)
  return match ? dayOf(Number(match[1]), Number(match[2]), Number(match[3])) : null
}

export interface DateHit { readonly day: string; readonly rest: string }

/** Finds the first full date written in a line, in digits or with a month's name. */
export function dateInLine(line: string, book: PhraseBook, monthFirst: boolean): DateHit | null {
  const text = latinDigits(level(line))
  const hit = (match: RegExpExecArray, day: string | null): DateHit | null => (day === null ? null : { day, rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}` })
  const ymd = book.yearFirst.exec(text)
  if (ymd) return hit(ymd, dayOf(Number(ymd[1]), Number(ymd[2]), Number(ymd[3])))
  const numeric = /(?<![\d.,/-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?((?:19|20)\d{2}|\d{2})(?![\d/-])/u.exec(text)
  if (numeric && (numeric[4]?.length === 4 || numeric[2] === '.')) {
    const a = Number(numeric[1])
    const b = Number(numeric[3])
    const year = Number(numeric[4]) + (numeric[4]?.length === 2 ? 2000 : 0)
    const swap = b > 12 || (monthFirst && a <= 12 && numeric[2] === '/')
    const found = swap ? dayOf(year, a, b) : dayOf(year, b, a)
    if (found) return hit(numeric, found)
  }
  const solarNumeric = /(?<!\d)(1[34]\d{2})\s?[-/]\s?(\d{1,2})\s?[-/]\s?(\d{1,2})(?!\d)/u.exec(text)
  if (solarNumeric && book.solarHijri.size > 0) return hit(solarNumeric, fromSolarHijri(Number(solarNumeric[1]), Number(solarNumeric[2]), Number(solarNumeric[3])))
  return namedMonth(text, book, hit)
}

/** The words around a month's name: the name itself may be of several words or carry a second one after a stroke. */
const DAY_FIRST = /(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|[.ºª°])?\s*[-,/]?\s*(?:[\p{L}]{1,3}\s+)?([\p{L}\p{M}]+(?:\s[\p{L}\p{M}]+|\s\d{1,2})?)(?:\s?\/\s?[\p{L}\p{M}]+(?:\s[\p{L}\p{M}]+)?)?\.?\s*,?\s*(?:[\p{L}]{1,3}\.?\s+)?(\d{4})(?!\d)/gu
const MONTH_FIRST = /(?<![\p{L}\p{M}])([\p{L}\p{M}]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?\s*,?\s+(?:[\p{L}]{1,3}\s+)?(\d{4})(?!\d)/gu

function namedMonth(text: string, book: PhraseBook, hit: (match: RegExpExecArray, day: string | null) => DateHit | null): DateHit | null {
  if (text.length > 2000) return null
  for (const [pattern, dayAt, monthAt] of [[DAY_FIRST, 1, 2], [MONTH_FIRST, 2, 1]] as const) {
    pattern.lastIndex = 0
    for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
      const day = Number(match[dayAt])
      const year = Number(match[3])
      const word = match[monthAt] ?? ''
      for (const name of [word, word.split(' ')[0] ?? '', word.split(' ').slice(1).join(' ')]) {
        const solar = book.solarHijri.get(name)
        if (solar !== undefined && year >= 1300 && year < 1450) return hit(match, fromSolarHijri(year, solar, day))
        const months = book.months.get(name) ?? book.months.get(name.replace(/\.$/u, ''))
        if (months?.length === 1) {
          const found = dayOf(year, months[0] ?? 0, day)
          if (found) return hit(match, found)
        }
      }
      pattern.lastIndex = match.index + 1
    }
  }
  return null
}

/** True when a line is little more than a date: at most a clock time, a weekday and a word like "published". */
export function isDateLine(line: string, book: PhraseBook, monthFirst: boolean): string | null {
  if (line.length > 120) return null
  const hit = dateInLine(line, book, monthFirst)
  if (!hit) return null
  let rest = hit.rest.replace(/[\d\s:.,|/()•·–—+-]+/gu, ' ').trim()
  const words = rest.split(' ').filter((word) => word !== '')
  rest = words.filter((word) => !book.stamps.has(word) && word.length > 1).join(' ')
  for (const stamp of book.stamps) if (stamp.length > 3 && rest.includes(stamp)) rest = rest.replace(stamp, '').trim()
  // A sentence with a full stop tells something of that day.
  const most = /[.!?。！？؟۔…]['"”»]?$/u.test(line.trim()) ? 10 : 24
  return rest.replace(/[^\p{L}]+/gu, '').length <= most ? hit.day : null
}

/** How many words besides the date such an opening may hold. */
const SENT_WORDS = 6

/** The day in the opening of a story ("Lima, 12 March 2019 (Agency) - …"), null where it opens otherwise. `named` tells whether a text names an agency. */
export function sentDay(paragraph: string, book: PhraseBook, monthFirst: boolean, named: (text: string) => boolean): string | null {
  const opening = paragraph.slice(0, 110)
  const closed = /^.{4,100}?(?:[)）]\s?(?:\.?\s?[-–—]{1,2}\s|[:：]\s)?|\s[-–—]{1,2}\s|\.[-–—]\s?)/u.exec(opening)?.[0]
  if (closed === undefined) return null
  const brackets = /[(（]([^()（）]+)[)）]/u.exec(closed)?.[1]
  if (brackets === undefined ? !/[-–—]\s?$/u.test(closed) : !named(brackets)) return null
  const hit = dateInLine(closed, book, monthFirst)
  if (!hit) return null
  const words = hit.rest.replace(/[(（][^()（）]*[)）]/u, ' ').split(/[^\p{L}\p{M}]+/u).filter((word) => word.length > 2 && !book.stamps.has(word))
  return words.length <= SENT_WORDS ? hit.day : null
}
