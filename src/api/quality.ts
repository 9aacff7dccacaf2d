/** What this installation can and cannot read, how well that was measured, and what the record covers. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { z } from 'zod'
import { partiesOf } from '../events/index.ts'
import { type Reach, reachOf } from '../knowledge/reach.ts'
import { checkSettings } from '../knowledge/settings.ts'
import { type Db, listEvents, UNDATED } from '../store/index.ts'
import type { Desk } from './desk.ts'
import { tellIn, type ToldEvent, worldOf } from './events.ts'
import { type benchPartSchema, benchSchema, type QualityQuery } from './schemas.ts'

export type BenchPart = z.infer<typeof benchPartSchema>
export interface Covered { readonly articles: number; readonly reports: number }
export interface Silence {
  readonly event: ToldEvent
  /** States whose own publications tell it. */
  readonly told: readonly string[]
  /** States that took part, and of whose own publications none tells it. */
  readonly silent: readonly string[]
  /** Those of them whose officials are quoted on it by others. */
  readonly quoted: readonly string[]
}
export interface QualityAnswer {
  readonly languages: readonly Reach[]
  /** Figures as measured by `npm run bench:quality`; null where the file that holds them is missing. */
  readonly figures: readonly BenchPart[] | null
  readonly coverage: {
    readonly articles: number
    readonly reports: number
    readonly firstMonth: string | null
    readonly lastMonth: string | null
    readonly languages: readonly (Covered & { readonly language: string; readonly read: boolean })[]
    readonly outlets: readonly (Covered & { readonly outlet: string; readonly languages: readonly string[]; readonly firstMonth: string | null; readonly lastMonth: string | null })[]
    /** Outlets in all. */
    readonly outletCount: number
    readonly months: readonly (Covered & { readonly month: string })[]
    /** Months between the first and the last of which no article is on record. */
    readonly gaps: readonly string[]
  }
  /** Newest events that one side's publications tell and another's do not. */
  readonly silences: readonly Silence[]
}

const OUTLETS = 40
/** Newest events looked at for silence, and shown. */
const LOOKED_AT = 400
const SILENCES = 30

/** The figures that lie beside docs/benchmarks.md. */
function figuresIn(root: string): readonly BenchPart[] | null {
  const file = join(root, 'docs', 'benchmarks.json')
  return existsSync(file) ? checkSettings(JSON.parse(readFileSync(file, 'utf8')), benchSchema, file).parts : null
}

/** Tables and figures do not change while the program runs. */
const known = new WeakMap<object, { readonly languages: readonly Reach[]; readonly figures: readonly BenchPart[] | null }>()

export async function loadQuality(desk: Desk, query: QualityQuery): Promise<QualityAnswer> {
  const { knowledge } = desk
  const fixed = known.get(knowledge) ?? { languages: reachOf(knowledge), figures: figuresIn(knowledge.root) }
  known.set(knowledge, fixed)
  const coverage = await desk.sums.get('coverage', () => coverageOf(desk.db, new Set(fixed.languages.filter(({ events }) => events).map(({ code }) => code))))
  const silences = await desk.sums.get(`silences ${query.lang ?? ''}`, () => silencesOf(desk, query.lang))
  return { ...fixed, coverage, silences }
}

const monthOf = (at: number): string => `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`
const numberOf = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1

async function coverageOf(db: Db, read: ReadonlySet<string>): Promise<QualityAnswer['coverage']> {
  const undated = UNDATED.slice(0, 7)
  const months = (await sql<{ month: string; articles: number; reports: number }>`
    select coalesce(to_char(published_day, 'YYYY-MM'), ${undated}::text) as month, count(*) as articles, coalesce(sum(reports), 0)::bigint as reports from articles group by 1 order by 1`.execute(db)).rows
  const languages = (await sql<{ language: string; articles: number; reports: number }>`select language, count(*) as articles, coalesce(sum(reports), 0)::bigint as reports from articles group by 1 order by 2 desc, 1`.execute(db)).rows
  const outlets = (await sql<{ outlet: string; articles: number; reports: number; languages: string[]; first: string | null; last: string | null; all: number }>`
    select publisher as outlet, count(*) as articles, coalesce(sum(reports), 0)::bigint as reports, array_agg(distinct language) as languages, to_char(min(published_day), 'YYYY-MM') as first, to_char(max(published_day), 'YYYY-MM') as last, count(*) over () as all
    from articles where publisher is not null group by 1 order by 2 desc, 1 limit ${OUTLETS}`.execute(db)).rows
  const dated = months.filter(({ month }) => month !== undated)
  const there = new Set(dated.map(({ month }) => month))
  const [first, last] = [dated[0]?.month ?? null, dated.at(-1)?.month ?? null]
  const gaps: string[] = []
  if (first !== null && last !== null) for (let at = numberOf(first); at <= numberOf(last); at++) if (!there.has(monthOf(at))) gaps.push(monthOf(at))
  return {
    articles: months.reduce((sum, { articles }) => sum + articles, 0), reports: months.reduce((sum, { reports }) => sum + Number(reports), 0), firstMonth: first, lastMonth: last,
    languages: languages.map(({ language, articles, reports }) => ({ language, articles, reports: Number(reports), read: read.has(language) })),
    outlets: outlets.map(({ outlet, articles, reports, languages: spoken, first: from, last: to }) => ({ outlet, articles, reports: Number(reports), languages: spoken, firstMonth: from, lastMonth: to })), outletCount: outlets[0]?.all ?? 0,
    months: dated.map(({ month, articles, reports }) => ({ month, articles, reports: Number(reports) })), gaps,
  }
}

/** Events told by the publications of one party, and not by those of another that took part. */
async function silencesOf(desk: Desk, language: string | undefined): Promise<Silence[]> {
  const { items } = await listEvents(desk.db, { historical: false, statuses: ['occurred', 'ongoing'], order: 'newest', limit: LOOKED_AT })
  const found = items.flatMap((stored) => {
    const event = worldOf(stored)
    const states = partiesOf(event).filter((party) => desk.knowledge.gazetteer.states.has(party))
    const voices = new Set(event.members.filter(({ background }) => !background).map(({ side }) => side))
    const [told, silent] = [states.filter((state) => voices.has(state)), states.filter((state) => !voices.has(state))]
    return states.length < 2 || told.length === 0 || silent.length === 0 ? [] : [{ event, told, silent }]
  }).slice(0, SILENCES)
  const { rows } = found.length === 0 ? { rows: [] } : await sql<{ event: string; side: string }>`select event, side from accounts where event = any(${found.map(({ event }) => event.id)}::text[])`.execute(desk.db)
  const accounts = new Set(rows.map(({ event, side }) => `${event} ${side}`))
  return found.map(({ event, told, silent }) => ({ event: tellIn(desk, language, event), told, silent, quoted: silent.filter((state) => accounts.has(`${event.id} ${state}`)) }))
}
