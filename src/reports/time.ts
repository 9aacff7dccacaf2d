/** When: which date of the text belongs to which predicate, and what counts as background. */
import type { DateValue } from '../model/index.ts'

/** A date found in the text and already resolved. */
export interface TimedHit {
  readonly date: DateValue
  readonly start: number
  readonly end: number
  /** The date gives the time of another event relative to this one ("weeks before …"). */
  readonly relation: 'at' | 'before' | 'after' | 'since' | 'until'
  /** The day the same words name for what is yet to come, where that is another. */
  readonly ahead?: DateValue | null
}

const DAY = 86_400_000

/** First and last day (as milliseconds) an EDTF date can mean; null when it has no year. */
export function edtfRange(value: string): readonly [number, number] | null {
  const [from = '', to = from] = value.split('/')
  const a = bounds(from)
  const b = bounds(to)
  return a && b ? [a[0], b[1]] : null
}

function bounds(value: string): readonly [number, number] | null {
  const match = /^(\d{4}|\d{3}X)(?:-(\d{2}))?(?:-(\d{2}))?/u.exec(value)
  if (!match) return null
  const [, year = '', month, day] = match
  if (year.endsWith('X')) return [Date.UTC(Number(year.slice(0, 3)) * 10, 0, 1), Date.UTC(Number(year.slice(0, 3)) * 10 + 9, 11, 31)]
  const y = Number(year)
  if (month === undefined) return [Date.UTC(y, 0, 1), Date.UTC(y, 11, 31)]
  const m = Number(month)
  if (m > 20) {
    const start = m <= 24 ? ((m - 21) * 3 + 2) : ((m - 33) * 3)
    return [Date.UTC(y, Math.max(0, start), 1), Date.UTC(y, start + 3, 0)]
  }
  if (day === undefined) return [Date.UTC(y, m - 1, 1), Date.UTC(y, m, 0)]
  const d = Date.UTC(y, m - 1, Number(day))
  return [d, d]
}

/** Whether a date lies so far before the day an article speaks from that its event is told as background. */
export function isHistorical(date: string, anchor: string | null): boolean {
  const then = edtfRange(date)
  const now = anchor === null ? null : edtfRange(anchor)
  if (!then || !now) return false
  return now[1] - then[1] > 31 * DAY
}

/** Whether a date lies after the day an article speaks from. */
export function isFuture(date: string, anchor: string | null): boolean {
  const then = edtfRange(date)
  const now = anchor === null ? null : edtfRange(anchor)
  return then !== null && now !== null && then[0] > now[1]
}

/** The date that belongs to a stretch of text: inside its clause the nearest, else the only one of the sentence. */
export function dateFor(hits: readonly TimedHit[], clause: readonly [number, number], at: number, sentence: readonly [number, number]): TimedHit | null {
  const usable = hits.filter((hit) => hit.relation === 'at')
  const inside = usable.filter((hit) => hit.start >= clause[0] && hit.end <= clause[1])
  const nearest = [...inside].sort((a, b) => Math.abs(a.start - at) - Math.abs(b.start - at))[0]
  if (nearest) return nearest
  const here = usable.filter((hit) => hit.start >= sentence[0] && hit.end <= sentence[1])
  return here.length === 1 ? (here[0] ?? null) : null
}
