/** Events of known days as an iCalendar file (RFC 5545). */
import { dayAfter, icsFold, icsText } from '../text/ics.ts'
import { compactDay, plain } from './cells.ts'
import { type Coding, dayFor, distinct, firstTold } from './coding.ts'
import { title } from './jsonld.ts'

const text = (value: string): string => icsText(plain(value))
const lines = (all: readonly string[]): string => all.map((line) => `${icsFold(line)}\r\n`).join('')

export const icsStart = (about: string): string => lines(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Readout//Export//EN', 'CALSCALE:GREGORIAN', `X-READOUT-MANIFEST:${text(about)}`])
export const icsEnd = lines(['END:VCALENDAR'])

/** An event as an entry of the day; nothing when it has no day, did not happen or only might. `line` tells it in the reader's language. */
export function icsEntry(coding: Coding, line: ((coding: Coding) => string) | null): string | null {
  const day = dayFor(coding)
  if (day === null || coding.status === 'negated' || coding.status === 'hypothetical') return null
  const url = coding.sources.find((source) => source.url !== null && /^https?:\/\//iu.test(source.url))?.url ?? null
  const sources = distinct(coding.sources.map((source) => text([source.outlet, source.url, source.quote].filter((part) => part !== null).join(' ')))).slice(0, 5).join('\\n')
  return lines([
    'BEGIN:VEVENT', `UID:${plain(coding.id).replace(/\s/gu, '-')}@${coding.coder}`, `DTSTAMP:${compactDay(firstTold(coding) ?? day)}T000000Z`, `DTSTART;VALUE=DATE:${compactDay(day)}`, `DTEND;VALUE=DATE:${compactDay(dayAfter(coding.lastDay ?? day))}`,
    `SUMMARY:${text(line?.(coding) ?? title(coding))}`, `DESCRIPTION:${sources}`, `CATEGORIES:${text([coding.type, coding.mode].filter((part) => part !== null).join(' '))}`, `STATUS:${coding.status === 'future' ? 'TENTATIVE' : 'CONFIRMED'}`, 'TRANSP:TRANSPARENT',
    ...(coding.place ? [`LOCATION:${text(coding.place.name)}`] : []), ...(url === null ? [] : [`URL:${plain(url).replace(/ /gu, '%20')}`]), 'END:VEVENT',
  ])
}
