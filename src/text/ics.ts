/** What every iCalendar file (RFC 5545) needs: escaped text, folded lines, the day an entry ends before. */
import { DAY } from './dates/calendar.ts'

const LINE_OCTETS = 75

/** The day after a day, both as `2024-02-08`. */
export const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY).toISOString().slice(0, 10)

/** One line of text with what iCalendar reads as marks escaped; line breaks are the caller's. */
export const icsText = (value: string): string => value.replace(/\\/gu, '\\\\').replace(/[,;]/gu, '\\$&')

/** Folds a line: beyond 75 octets it goes on after a line break and a space, never inside a character. */
export function icsFold(line: string): string {
  const encoder = new TextEncoder()
  let out = ''
  let octets = 0
  for (const character of line) {
    const size = encoder.encode(character).length
    if (octets + size > LINE_OCTETS) {
      out += '\r\n '
      octets = 1
    }
    out += character
    octets += size
  }
  return out
}
