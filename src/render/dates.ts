/** EDTF dates in a reader's language: day, month, year, season, quarter, decade, without a year, and ranges of these. */
import type { Templates } from '../knowledge/templates.ts'
import type { Fill } from './fill.ts'

/** Makes the writer of EDTF values. What it does not know is given as it stands. */
export function createDateWriter(templates: Templates, fill: Fill): (edtf: string) => string {
  const format = (options: Intl.DateTimeFormatOptions): ((iso: string) => string) => {
    const formatter = new Intl.DateTimeFormat(templates.locale, { ...options, timeZone: 'UTC' })
    return (iso) => formatter.format(new Date(`${iso}T00:00:00Z`))
  }
  const day = format({ day: 'numeric', month: 'long', year: 'numeric' })
  const month = format({ month: 'long', year: 'numeric' })
  const year = format({ year: 'numeric' })
  const dayOfYear = format({ day: 'numeric', month: 'long' })
  const monthName = format({ month: 'long' })
  // A leap year stands in for the missing one, so that 29 February can be written.
  const someYear = '2000'

  const single = (value: string): string => {
    const plain = value.replace(/[?~%]$/u, '')
    const parts = /^(\d{4}|XXXX)(?:-(\d{2})(?:-(\d{2}))?)?$/u.exec(plain)
    if (!parts) {
      const decade = /^(\d{3})X$/u.exec(plain)
      return decade ? fill(templates.decade, { year: `${decade[1]}0` }) : value
    }
    const [, y = '', m, d] = parts
    const known = y !== 'XXXX'
    if (m === undefined) return known ? year(`${y}-01-01`) : value
    const season = templates.seasons[m as keyof Templates['seasons']]
    if (season !== undefined) return known ? fill(templates['season-year'], { season, year: year(`${y}-01-01`) }) : season
    const iso = `${known ? y : someYear}-${m}-${d ?? '01'}`
    if (Number.isNaN(Date.parse(iso))) return value
    return d === undefined ? (known ? month : monthName)(iso) : (known ? day : dayOfYear)(iso)
  }

  return (edtf) => {
    const [from = '', to] = edtf.split('/')
    const open = (end: string): boolean => end === '' || end === '..'
    const line = to === undefined ? single(from)
      : open(to) ? fill(templates.since, { from: single(from) })
      : open(from) ? fill(templates.until, { to: single(to) })
      : fill(templates.range, { from: single(from), to: single(to) })
    return fill(line, {})
  }
}
