/** What joining a part of the record needs of the rest: readings by the batch, people's decisions found again, and the reports that may tell the same events. */
import { type RawBuilder, sql } from 'kysely'
import { dayRange, tell, type Telling } from './events/index.ts'
import { familyOf, stageOf } from './events/families.ts'
import { corrected } from './events/human.ts'
import { partyOf } from './events/telling.ts'
import { windowOf } from './events/window.ts'
import type { Actor, EventJudgement, Figure, Mention, Notice, Reading, Report, ReportAnchor, Statement } from './model/index.ts'
import { STATUSES } from './model/index.ts'
import { type ArticlePlace, type Db, getPlaces, listJudgements, pairKey } from './store/index.ts'
import { storableDeep } from './store/rows.ts'
import type { ArticleBody, StoredMention } from './store/schema.ts'
import { dayNumber, edtfDay, readBase } from './text/dates/calendar.ts'

/** A reading with the partition its rows are in, and the mark its article had. */
export interface Held { readonly reading: Reading; readonly month: string; readonly mark: string; readonly tellings: readonly Telling[] }

/**
 * Readings that joining had in hand not long ago, the latest asked for last: what comes in now is compared with much the same as what came in before.
 * One is used only while its article stands as it did; what goes over the measure is let go.
 */
export type Shelf = Map<string, Held>

/** Characters of text on a shelf; with what was found in it a reading takes about thirty bytes a character. */
const SHELF_TEXT = 2_000_000

function keepOn(shelf: Shelf, some: Iterable<Held>): void {
  for (const held of some) {
    const { id } = held.reading.article
    shelf.delete(id)
    shelf.set(id, held)
  }
  let length = 0
  for (const { reading } of shelf.values()) length += reading.article.text.length
  for (const [id, { reading }] of shelf) {
    if (length <= SHELF_TEXT) break
    shelf.delete(id)
    length -= reading.article.text.length
  }
}

/** Readings this process has just kept: they need not be read back, unless another run has put others in their place meanwhile. */
export interface AtHand { readonly run: string; readonly readings: ReadonlyMap<string, Reading> }

const AT_ONCE = 64

/** Whole readings of articles, many a statement; those not in the record are left out. What is loaded is put on the shelf. */
export async function loadHeld(db: Db, ids: readonly string[], atHand: AtHand | null = null, shelf: Shelf = new Map()): Promise<Map<string, Held>> {
  const out = new Map<string, Held>()
  for (let from = 0; from < ids.length; from += AT_ONCE) for (const held of await loadSome(db, ids.slice(from, from + AT_ONCE), atHand, shelf)) out.set(held.reading.article.id, held)
  keepOn(shelf, out.values())
  return out
}

async function loadSome(db: Db, ids: readonly string[], atHand: AtHand | null, shelf: Shelf): Promise<Held[]> {
  const kept: Held[] = []
  const entries = new Map<string, ArticlePlace>()
  for (const [id, entry] of await getPlaces(db, ids)) {
    const known = shelf.get(id)
    const reading = entry.run === atHand?.run ? atHand.readings.get(id) : undefined
    if (known?.mark === entry.mark) kept.push(known)
    else if (reading === undefined) entries.set(id, entry)
    else kept.push(heldOf(storableDeep(reading), entry))
  }
  return [...kept, ...(await loadRows(db, entries))]
}

const heldOf = (reading: Reading, { month, mark }: ArticlePlace): Held => ({ reading, month, mark, tellings: tell(reading) })

async function loadRows(db: Db, entries: ReadonlyMap<string, ArticlePlace>): Promise<Held[]> {
  if (entries.size === 0) return []
  const ids = [...entries.keys()]
  const months = [...new Set([...entries.values()].map(({ month }) => month))]
  const rows = async <T>(columns: string, table: string, order: string): Promise<T[]> =>
    (await sql<T>`select ${sql.raw(columns)} from ${sql.table(table)} where article = any(${ids}::text[]) and ${inMonths(months)} order by ${sql.raw(order)}`.execute(db)).rows
  const grouped = <T extends { article: string }>(all: readonly T[]): Map<string, T[]> => {
    const groups = new Map<string, T[]>()
    for (const row of all) groups.set(row.article, [...(groups.get(row.article) ?? []), row])
    return groups
  }
  const texts = await rows<{ article: string; text: string; body: ArticleBody; notices: readonly Notice[] }>('article, text, body, notices', 'article_texts', 'article')
  const mentions = grouped(await rows<{ article: string; items: readonly StoredMention[] }>('article, items', 'mentions', 'article'))
  const bodies = async <T>(table: string): Promise<(article: string) => T[]> => {
    const found = grouped(await rows<{ article: string; body: T }>('article, body', table, 'article, ordinal'))
    return (article) => (found.get(article) ?? []).map(({ body }) => body)
  }
  const [reports, statements, figures] = [await bodies<Report>('reports'), await bodies<Statement>('statements'), await bodies<Figure>('figures')]
  return texts.flatMap(({ article: id, text, body, notices }) => {
    const entry = entries.get(id)
    if (!entry) return []
    const { captions, furniture, ...head } = body
    const own: Mention[] = (mentions.get(id) ?? []).flatMap(({ items }) => items).sort((a, b) => a.at - b.at).map(({ mention }) => mention)
    const reading: Reading = { article: { ...head, text, captions, furniture }, mentions: own, reports: reports(id), statements: statements(id), figures: figures(id), notices }
    return heldOf(reading, entry)
  })
}

/** Named one by one, so that the database plans for these partitions only. */
const inMonths = (months: readonly string[]): RawBuilder<boolean> => sql<boolean>`month in (${sql.join(months.map((month) => sql`${sql.lit(month)}::date`))})`

/** Which reports, and where. */
export interface Found { readonly id: string; readonly article: string; readonly month: string; readonly body: Report }

/** Days as the store writes them, both included. */
interface Days { readonly from: string; readonly to: string }

/** Reports by id and month; with `days` only those whose own days touch one of these. */
export async function findReports(db: Db, places: readonly { readonly report: string; readonly month: string }[], days: readonly Days[] | null = null): Promise<Found[]> {
  const near = days === null ? sql`` : sql` and exists (select from json_to_recordset(${JSON.stringify(days)}::json) as d("from" date, "to" date) where last_day >= d."from" and first_day <= d."to")`
  const out: Found[] = []
  for (let from = 0; from < places.length; from += 2000) {
    const months = new Map<string, string[]>()
    for (const { report, month } of places.slice(from, from + 2000)) months.set(month, [...(months.get(month) ?? []), report])
    // Each id is looked for in its own partition alone; all ids in all the months would be their product.
    const parts = [...months].map(([month, ids]) => sql`select id, article, month, body from reports where month = ${sql.lit(month)}::date and id = any(${ids}::text[])${near}`)
    out.push(...(await sql<Found>`${sql.join(parts, sql` union all `)}`.execute(db)).rows)
  }
  return out
}

/** What people decided, by the reports the record holds now. */
export interface People {
  readonly judgements: readonly EventJudgement[]
  readonly corrections: ReadonlyMap<string, readonly EventJudgement[]>
  readonly rejected: ReadonlySet<string>
  /** Reports a person named together with this one. */
  readonly partners: ReadonlyMap<string, readonly string[]>
  /** Reports people decided on, as they are corrected. */
  readonly reports: ReadonlyMap<string, Found>
}

export const anchorsOf = (judgement: Pick<EventJudgement, 'anchors'>): { readonly report?: ReportAnchor; readonly other?: ReportAnchor } => (judgement.anchors ?? {}) as { report?: ReportAnchor; other?: ReportAnchor }

/** Reads people's judgements and finds their reports again, by id or by anchor. What is about reports that are not told now rests. */
export async function loadPeople(db: Db): Promise<People> {
  const all: EventJudgement[] = []
  for (let cursor: string | null = null; ;) {
    const page = await listJudgements(db, { by: 'person', cursor })
    all.push(...page.items)
    cursor = page.next
    if (cursor === null) break
  }
  const articles = [...new Set(all.flatMap((judgement) => { const { report, other } = anchorsOf(judgement); return [report?.article, other?.article].filter((id) => id !== undefined) }))]
  const ids = [...new Set(all.flatMap(({ report, other }) => [report, other].filter((id) => typeof id === 'string')))]
  const both = all.length === 0 ? [] : (await sql<Found>`select id, article, month, body from reports where article = any(${articles}::text[]) union all
    select id, article, month, body from reports where (id, month) in (select report, month from report_keys where report = any(${ids}::text[])) order by id`.execute(db)).rows
  const byId = new Map(both.map((row) => [row.id, row]))
  const rows = [...byId.values()]
  const find = (id: string | null | undefined, anchor: ReportAnchor | undefined): string | null => {
    if (typeof id === 'string' && byId.has(id)) return id
    if (!anchor) return null
    const close = rows.filter(({ article, body }) => article === anchor.article && body.type === anchor.type && body.evidence.some(({ span, text }) => (span[0] < anchor.span[1] && anchor.span[0] < span[1]) || text === anchor.text))
    // The very words before words that overlap, whatever order the rows come in.
    return (close.find(({ body }) => body.evidence.some(({ text }) => text === anchor.text)) ?? close[0])?.id ?? null
  }
  const corrections = new Map<string, EventJudgement[]>()
  const rejected = new Set<string>()
  const partners = new Map<string, string[]>()
  const judgements = all.flatMap((judgement): EventJudgement[] => {
    const anchors = anchorsOf(judgement)
    const report = find(judgement.report, anchors.report)
    if (report === null) return []
    const paired = judgement.kind === 'same-event' || judgement.kind === 'not-same'
    const other = paired ? find(judgement.other, anchors.other) : null
    if (paired && (other === null || other === report)) return []
    if (other !== null) {
      partners.set(report, [...(partners.get(report) ?? []), other])
      partners.set(other, [...(partners.get(other) ?? []), report])
    } else if (judgement.kind === 'field-correction') corrections.set(report, [...(corrections.get(report) ?? []), judgement])
    else if (judgement.kind === 'reject') rejected.add(report)
    else if (judgement.kind === 'confirm') rejected.delete(report)
    // Found already: an anchor would only let it stray to another report of the article.
    return [{ ...judgement, report, other, anchors: null }]
  })
  const reports = new Map(rows.map((row) => [row.id, { ...row, body: corrected(row.body, corrections.get(row.id) ?? []) }]))
  return { judgements, corrections, rejected, partners, reports }
}

/** A telling as people corrected it: what it is compared by. */
export function viewOf(telling: Telling, { corrections }: People): Telling {
  const own = corrections.get(telling.report.id)
  if (!own) return telling
  const report = corrected(telling.report, own)
  const [again] = tell({ article: telling.article, reports: [report], mentions: [], statements: [], figures: [], notices: [] })
  return again ? { ...again, ordinal: telling.ordinal, figures: telling.figures, named: telling.named, story: telling.story, quote: telling.quote } : telling
}

/** Reports of dates so many days apart are looked at: more than any two reports of one event are. */
const MARGIN = 8
/** Longest span of days that is found by its first day alone. */
const LONG = 70
/** Periods longer than that begin on the first of a month, and are no longer than so many years. */
const YEARS = 2
const MOST_PARTIES = 8

interface Parties { readonly names: readonly string[]; readonly keysOf: ReadonlyMap<string, ReadonlySet<string>> }

function partiesOf({ actors, recipients }: Pick<Report, 'actors' | 'recipients'>): Parties {
  const keys = new Map<string, Set<string>>()
  const add = (actor: Actor): void => {
    const party = partyOf(actor)
    if (party !== null) keys.set(party, (keys.get(party) ?? new Set()).add(actor.country ?? actor.id))
  }
  for (const actor of [...actors, ...recipients]) add(actor)
  return { names: [...keys.keys()].sort(), keysOf: keys }
}

/** Pairs of parties as joining compares them, each with the keys the store finds them by. */
function pairsOf(report: Pick<Report, 'actors' | 'recipients'>): { readonly pair: string; readonly keys: readonly string[] }[] {
  const { names, keysOf } = partiesOf(report)
  const own = (party: string): string[] => [...(keysOf.get(party) ?? [])]
  if (names.length < 2) return names.map((party) => ({ pair: `${party}|`, keys: own(party) }))
  const few = names.slice(0, MOST_PARTIES)
  return few.flatMap((a, at) => few.slice(at + 1).map((b) => ({
    pair: `${a}|${b}`,
    keys: [...new Set(own(a).flatMap((x) => own(b).map((y) => (x === y || x.includes(':') ? x : y.includes(':') ? y : pairKey(x, y)))))],
  })))
}

interface Want { readonly key: string; readonly types: readonly string[]; readonly statuses: readonly string[] }
type Near = Want & Days
/** Reports of one of these days. */
type Long = Want & { readonly days: readonly string[] }

/** The first days of all months from the beginning of a year to a day. */
function firstDays(year: number, to: number): string[] {
  const out: string[] = []
  for (let month = 0; ; month++) {
    const day = dayNumber(year + Math.floor(month / 12), (month % 12) + 1, 1)
    if (day > to) return out
    out.push(edtfDay(day))
  }
}

/** Reports of the record that are worth comparing with these: of their families, stages, parties and days. */
export async function candidatesOf(db: Db, of: readonly Telling[], people: People, known: ReadonlySet<string>): Promise<Found[]> {
  const near = new Map<string, Near>()
  const long = new Map<string, Long>()
  const windows = new Map<string, [number, number][]>()
  const days = new Map<string, Days>()
  for (const { report, window } of of) {
    if (window.precision === 'none') continue
    const family = familyOf(report.type)
    const stage = stageOf(report.status)
    const statuses = STATUSES.filter((status) => stageOf(status) === stage)
    const types = family.types.length > 0 ? family.types : [report.type]
    const year = readBase(edtfDay(window.first))?.year ?? 1
    days.set(`${window.first}|${window.last}`, { from: edtfDay(window.first - MARGIN), to: edtfDay(window.last + MARGIN) })
    for (const { pair, keys } of pairsOf(report)) {
      const name = `${family.name}|${stage}|${pair}`
      const list = windows.get(name) ?? []
      list.push([window.first, window.last])
      windows.set(name, list)
      for (const key of keys) {
        const range: Near = { key, types, statuses, from: edtfDay(window.first - LONG), to: edtfDay(window.last + MARGIN) }
        near.set(JSON.stringify(range), range)
        const firsts: Long = { key, types, statuses, days: firstDays(Math.max(1, year - YEARS), window.first - LONG) }
        long.set(JSON.stringify(firsts), firsts)
      }
    }
  }
  if (near.size === 0) return []
  const fits = ({ body }: Pick<Found, 'body'>): boolean => {
    const window = windowOf(body.date)
    if (window.precision === 'none') return false
    const head = `${familyOf(body.type).name}|${stageOf(body.status)}`
    return pairsOf(body).some(({ pair }) => windows.get(`${head}|${pair}`)?.some(([first, last]) => window.first <= last + MARGIN && window.last >= first - MARGIN))
  }
  const { rows } = await sql<{ report: string; month: string }>`select k.report, k.month
    from json_to_recordset(${JSON.stringify([...near.values()])}::json) as w(key text, types text[], statuses text[], "from" date, "to" date)
    cross join lateral (select report, month from report_keys where key = w.key and day >= w."from" and day <= w."to" and type = any(w.types) and status = any(w.statuses)) as k
    union select k.report, k.month from json_to_recordset(${JSON.stringify([...long.values()])}::json) as w(key text, types text[], statuses text[], days date[])
    cross join lateral (select report, month from report_keys where key = w.key and day = any(w.days) and type = any(w.types) and status = any(w.statuses)) as k`.execute(db)
  // What people corrected is found by what is right; the rows hold what was read.
  const found = (await findReports(db, rows.filter(({ report }) => !known.has(report) && !people.corrections.has(report)), [...days.values()])).filter(fits)
  const fixed = [...people.corrections.keys()].flatMap((id) => people.reports.get(id) ?? []).filter((row) => !known.has(row.id) && fits(row))
  return [...found, ...fixed].filter(({ id }) => !people.rejected.has(id))
}

/** First day a date can mean, for ordering. */
export const firstDayOf = (report: Pick<Report, 'date'>): string => dayRange(report.date)?.first ?? ''
