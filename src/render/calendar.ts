/** Events of known days as an iCalendar file (RFC 5545). */
import type { WorldEvent } from '../model/index.ts'
import { DAY } from '../text/dates/calendar.ts'
import { dayAfter, icsFold, icsText } from '../text/ics.ts'
import type { EventWriter } from './events.ts'
import { webAddress } from './formats.ts'

/** Longer than this an event has no day to stand on. */
const MOST_DAYS = 4

const compact = (day: string): string => day.replace(/-/gu, '')
const text = (value: string): string => icsText(value.replace(/[\u2066-\u2069\u200e\u200f]/gu, '')).replace(/\r?\n/gu, '\\n')

/** The calendar of a chronology: what happened and what is planned; what did not happen or only might is left out. */
export function calendarOf(title: string, events: readonly WorldEvent[], writer: EventWriter): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Readout//Chronology//EN', 'CALSCALE:GREGORIAN', `X-WR-CALNAME:${text(title)}`]
  for (const event of events) {
    if (event.firstDay === null || event.lastDay === null || event.status === 'negated' || event.status === 'hypothetical') continue
    if ((Date.parse(event.lastDay) - Date.parse(event.firstDay)) / DAY >= MOST_DAYS) continue
    const told = event.members.map(({ published }) => published?.slice(0, 10)).filter((day): day is string => day !== undefined && day.length === 10).sort()
    const sources = [...new Set(event.members.map(({ outlet, url, quote }) => [outlet, url, quote].filter((part) => part !== null).join(' ')))].slice(0, 5)
    const url = event.members.map((member) => webAddress(member.url)).find((address) => address !== null)
    lines.push(
      'BEGIN:VEVENT', `UID:${event.id}@readout`, `DTSTAMP:${compact(told.at(-1) ?? event.firstDay)}T000000Z`, `DTSTART;VALUE=DATE:${compact(event.firstDay)}`, `DTEND;VALUE=DATE:${compact(dayAfter(event.lastDay))}`,
      `SUMMARY:${text(writer.line(event))}`, `DESCRIPTION:${text(sources.join('\n'))}`, `CATEGORIES:${text(event.type)}`, `STATUS:${event.status === 'future' ? 'TENTATIVE' : 'CONFIRMED'}`, 'TRANSP:TRANSPARENT',
      ...(event.place ? [`LOCATION:${text(event.place.name)}`] : []), ...(url ? [`URL:${url}`] : []), 'END:VEVENT',
    )
  }
  lines.push('END:VCALENDAR')
  return `${lines.map(icsFold).join('\r\n')}\r\n`
}
