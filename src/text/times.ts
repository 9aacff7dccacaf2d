/** When and how much: the dates of an article resolved against the day it speaks from, its quantities and figures. */
import type { DateValue, Notice, Sentence } from '../model/index.ts'
import { type DateContext, type DateFinder, type DateHit, type Relation, resolveDate, yearsStated } from './dates.ts'
import type { FigureHit, QuantityFinder, QuantityHit } from './quantities.ts'

/** The date and quantity engines of a language; null where its folder has no tables for them. */
export interface TimeEngines {
  readonly dates: DateFinder | null
  readonly quantities: QuantityFinder | null
}

/** A date found and resolved. `relation` says how what is told stands to it. */
export interface ResolvedHit {
  readonly date: DateValue
  readonly start: number
  readonly end: number
  readonly relation: Relation
  /** What the same words name for what is yet to come: a weekday, a day or a month that no word says the year or the direction of, when the one before is meant otherwise. */
  readonly ahead: DateValue | null
}

export interface ResolvedFigure extends Omit<FigureHit, 'period'> {
  /** EDTF, null when not said. */
  readonly period: string | null
}

export interface Times {
  /** EDTF date the article speaks from: its date of publication, else what its own dates tell, else null. */
  readonly anchor: string | null
  readonly dates: readonly ResolvedHit[]
  readonly quantities: readonly QuantityHit[]
  readonly figures: readonly ResolvedFigure[]
  readonly notices: readonly Notice[]
}

/** Finds the dates, quantities and figures of an article's sentences. `published` is an EDTF date or null. */
export function readTimes(text: string, sentences: readonly Sentence[], engines: TimeEngines, published: string | null): Times {
  const { dates, quantities } = engines
  // Sentence by sentence, so that both engines look at one view of it.
  const bySentence = sentences.map(({ span }) => {
    const own = dates?.find(text, span) ?? []
    return { own, counted: quantities?.find(text, span, own) ?? null }
  })
  const hits = bySentence.flatMap(({ own }) => own)
  const yearHint = yearsStated(hits)
  const anchor = published ?? anchorOf(hits, yearHint, sentences[OPENING]?.span[0] ?? text.length)
  const context: DateContext = { published, anchor, yearHint }
  const resolved = hits.flatMap((hit) => {
    const date = resolveDate(hit, context)
    return date === null ? [] : [{ date, start: hit.span[0], end: hit.span[1], relation: hit.relation, ahead: aheadOf(hit, date, context) }]
  })
  const found = bySentence.flatMap(({ counted }) => counted?.quantities ?? [])
  const figures = bySentence.flatMap(({ counted }) => counted?.figures ?? []).map((figure): ResolvedFigure => ({ ...figure, period: figure.period ? (resolveDate(figure.period, context)?.value ?? null) : null }))
  return { anchor, dates: resolved, quantities: found, figures, notices: published === null ? noticesFor(anchor, yearHint, hits) : [] }
}

function aheadOf(hit: DateHit, date: DateValue, context: DateContext): DateValue | null {
  const { weekday, day, month, season, half, direction, year, yearOffset, weekOffset, monthOffset, unit } = hit.value
  if (direction !== undefined || year !== undefined || yearOffset !== undefined || weekOffset !== undefined || monthOffset !== undefined || unit !== undefined) return null
  if ((weekday ?? day ?? month ?? season ?? half) === undefined || context.anchor === null || date.value >= context.anchor) return null
  const ahead = resolveDate({ ...hit, value: { ...hit.value, direction: 'future' } }, context)
  return ahead !== null && ahead.value > context.anchor && dayOf(ahead.value) - dayOf(context.anchor) <= FAR_AHEAD ? ahead : null
}

/** What lies farther ahead than this, in days, has just passed. */
const FAR_AHEAD = 300
/* The first day of an EDTF date, counted in days. */
const dayOf = (value: string): number => Date.parse(/^\d{4}(?:-(?:0\d|1[0-2])(?:-\d\d)?)?/u.exec(value)?.[0] ?? '') / 86_400_000

/** Sentences in which a story says its own day with the year; further down such a day is one of the past. */
const OPENING = 3

/* A story tells its own day most often; of days told equally often the one told first. Deadlines and days to come do not count. */
function anchorOf(hits: readonly DateHit[], yearHint: number | null, opening: number): string | null {
  const days = new Map<string, { count: number; stated: boolean; early: boolean }>()
  const months: string[] = []
  let latest = ''
  for (const hit of hits) {
    if (hit.relation !== 'at' || hit.value.direction === 'future' || hit.value.count !== undefined) continue
    const date = resolveDate(hit, { published: null, anchor: null, yearHint })?.value ?? ''
    if (yearHint !== null && !date.startsWith(String(yearHint))) continue
    const stated = hit.value.year !== undefined
    const early = hit.span[0] < opening
    if (stated && date.length >= 7 && date > latest) latest = date
    if (/^\d{4}-\d{2}-\d{2}$/u.test(date)) {
      const known = days.get(date)
      days.set(date, { count: (known?.count ?? 0) + 1, stated: stated || known?.stated === true, early: early || known?.early === true })
    } else if (/^\d{4}-(?:0\d|1[0-2])$/u.test(date) && (!stated || early)) months.push(date)
  }
  let best: { day: string; count: number; stated: boolean } | null = null
  for (const [day, told] of days) if ((!told.stated || told.early || told.count > 1) && (best === null || told.count > best.count)) best = { day, ...told }
  // "June 18 … in October 2024": a year is said where it is not the story's own, so the day without one lies after.
  if (best && !best.stated && yearHint !== null && latest.slice(0, 7) > best.day.slice(0, 7)) return `${yearHint + 1}${best.day.slice(4)}`
  return best?.day ?? months.sort().at(-1) ?? (yearHint === null ? null : String(yearHint))
}

function noticesFor(anchor: string | null, yearHint: number | null, hits: readonly DateHit[]): Notice[] {
  if (hits.length === 0) return []
  if (anchor === null) return [{ code: 'undated', stage: 'times', message: 'the article does not say when it was published and states no year: its dates stay without one' }]
  return [{ code: 'date-inferred', stage: 'times', message: `the article does not say when it was published; it is read as speaking from ${anchor}${yearHint === null ? '' : `, ${yearHint} being the latest year it states`}` }]
}
