/** Review: what people decide on events and reports, kept as judgements, in force at once; and the queue of what is most worth deciding. */
import { sql } from 'kysely'
import { anchorOf, JOIN } from './events/index.ts'
import { joinArticles } from './joining.ts'
import { anchorsOf, loadHeld } from './joining-load.ts'
import type { Knowledge } from './knowledge/index.ts'
import { type Actor, type Reason, type ReportAnchor, STATUSES, type WorldEvent } from './model/index.ts'
import { appendJudgements, type Db, edtfDays, eventsOfReports, getEvents, getReports, type Judgement, type NewJudgement, type Store, withdrawJudgement } from './store/index.ts'

/** A decision that cannot be made: what is wrong and what to do. */
export class ReviewError extends Error {
  override readonly name = 'ReviewError'
}

/** What a person decides. Each part is on the event or the report named; on an event it holds for all its reports. */
export interface Decision {
  readonly on: string
  readonly confirm?: boolean
  readonly reject?: boolean
  /** An event or a report that tells the same. */
  readonly same?: string
  readonly notSame?: string
  readonly correct?: readonly { readonly field: string; readonly value: unknown }[]
  readonly note?: string
  readonly by: string
  readonly why: string
}

export interface Decided {
  readonly judgements: readonly string[]
  /** Events that hold the reports now. */
  readonly events: readonly WorldEvent[]
}

type VoiceOf = Parameters<typeof joinArticles>[1]
interface Target { readonly reports: readonly string[]; readonly event: string | null }

/** Judgements on pairs made at once; larger events are told by their first reports. */
const MOST_PAIRS = 400

async function targetOf(db: Store['db'], id: string): Promise<Target> {
  const event = (await getEvents(db, [id])).get(id)
  if (event) return { event: id, reports: (event.body as WorldEvent).members.map(({ report }) => report) }
  if ((await getReports(db, [id])).has(id)) return { event: (await eventsOfReports(db, [id])).get(id) ?? null, reports: [id] }
  throw new ReviewError(`the record holds no event or report '${id}'; readout review lists those to decide on, readout chronology --json gives the ids`)
}

/** Makes a decision: all its judgements and all that follows from them, in one transaction, with what `also` does when they are made. */
export async function decide(store: Store, voiceOf: VoiceOf, decision: Decision, also?: (tx: Db, judgements: readonly string[]) => Promise<void>): Promise<Decided> {
  const { on, confirm, reject, same, notSame, correct = [], note, by: name, why } = decision
  if (name.trim() === '') throw new ReviewError('say who decides')
  if (why.trim() === '' && note === undefined) throw new ReviewError('say why')
  if (confirm && reject) throw new ReviewError('confirm or reject, not both')
  return store.transaction(async (tx) => {
    const target = await targetOf(tx, on)
    const others = await Promise.all([same, notSame].map(async (id) => (id === undefined ? [] : (await targetOf(tx, id)).reports)))
    const named = [...new Set([...target.reports, ...others.flat()])]
    const places = await getReports(tx, named)
    const articles = [...new Set([...places.values()].map(({ article }) => article.id))]
    const anchors = new Map([...(await loadHeld(tx, articles)).values()].flatMap(({ tellings }) => tellings.map((telling) => [telling.report.id, anchorOf(telling)] as const)))
    const by = { kind: 'person' as const, name }
    const single = (kind: NewJudgement['kind'], report: string, more: Partial<NewJudgement> = {}): NewJudgement => ({ kind, report, event: target.event, anchors: { report: anchors.get(report) }, by, why, ...more })
    const judgements: NewJudgement[] = []
    if (confirm) judgements.push(...target.reports.map((report) => single('confirm', report)))
    if (reject) judgements.push(...target.reports.map((report) => single('reject', report)))
    for (const { field, value } of correct) judgements.push(...target.reports.map((report) => single('field-correction', report, { field, value })))
    if (note !== undefined) judgements.push(...target.reports.slice(0, 1).map((report) => single('annotate', report, { why: note })))
    for (const [kind, reports] of [['same-event', others[0] ?? []], ['not-same', others[1] ?? []]] as const) {
      for (const [a, b] of pairsOf(kind, target.reports, reports)) judgements.push(single(kind, a, { other: b, anchors: { report: anchors.get(a), other: anchors.get(b) } }))
    }
    if (judgements.length === 0) throw new ReviewError('nothing is decided: confirm, reject, say what is the same or not the same, correct a field or add a note')
    const ids = await appendJudgements(tx, judgements)
    await joinArticles(tx, voiceOf, articles)
    await also?.(tx, ids)
    return { judgements: ids, events: await eventsNow(tx, named) }
  })
}

/** Pairs of one side with the other, each in the order of its ids, as judgements are kept. */
function pairsOf(kind: 'same-event' | 'not-same', mine: readonly string[], theirs: readonly string[]): [string, string][] {
  const rest = mine.length === 1 ? theirs.filter((id) => id !== mine[0]) : theirs.filter((id) => !mine.includes(id))
  if (theirs.length > 0 && rest.length === 0) throw new ReviewError('the two are one event already; name a report of it to part it from the others')
  const [first = '', other = ''] = [mine[0], rest[0]]
  // Two events are one when each report of either is held with the first of the other; they are two when no report of one is with any of the other.
  const pairs = kind === 'not-same' && mine.length * rest.length <= MOST_PAIRS ? mine.flatMap((a) => rest.map((b): [string, string] => [a, b])) : [...rest.map((b): [string, string] => [first, b]), ...mine.slice(1).map((a): [string, string] => [a, other])]
  return other === '' ? [] : pairs.map(([a, b]) => (a < b ? [a, b] : [b, a]))
}

async function eventsNow(db: Store['db'], reports: readonly string[]): Promise<WorldEvent[]> {
  const ids = [...new Set((await eventsOfReports(db, reports)).values())].sort()
  const found = await getEvents(db, ids)
  return ids.flatMap((id) => (found.get(id)?.body as WorldEvent | undefined) ?? [])
}

/** Takes back the decision a judgement belongs to: all that one person said at that moment for that reason; `also` is done in the same transaction. */
export async function undo(store: Store, voiceOf: VoiceOf, id: string, by: string, why: string, also?: (tx: Db, judgements: readonly string[]) => Promise<void>): Promise<Decided> {
  if (by.trim() === '' || why.trim() === '') throw new ReviewError('say who takes it back, and why')
  return store.transaction(async (tx) => {
    const { rows: [row] } = await sql<{ kind: string; name: string; at: string; withdrawn: string | null }>`select by_kind as kind, by_name as name, at::text as at, withdrawn_at::text as withdrawn from judgements where id = ${id}`.execute(tx)
    if (!row) throw new ReviewError(`there is no judgement '${id}'; readout review EVENT lists those on an event`)
    if (row.kind === 'rule') throw new ReviewError('that judgement is the rules\' own, which make it again; overrule it with --same or --not-same')
    if (row.withdrawn !== null) throw new ReviewError(`judgement '${id}' was taken back before`)
    const { rows: together } = await sql<{ id: string; report: string | null; other: string | null; anchors: unknown }>`select id, report, other, anchors from judgements
      where by_kind = 'person' and at = ${row.at}::timestamptz and by_name = ${row.name} and withdrawn_at is null order by id`.execute(tx)
    const named = [...new Set(together.flatMap(({ report, other }) => [report, other].filter((one) => one !== null)))]
    const articles = new Set([...(await getReports(tx, named)).values()].map(({ article }) => article.id))
    for (const judgement of together) for (const anchor of Object.values(anchorsOf(judgement)) as (ReportAnchor | undefined)[]) if (anchor) articles.add(anchor.article)
    for (const judgement of together) await withdrawJudgement(tx, judgement.id, by, why)
    await joinArticles(tx, voiceOf, [...articles])
    await also?.(tx, together.map((judgement) => judgement.id))
    return { judgements: together.map((judgement) => judgement.id), events: await eventsNow(tx, named) }
  })
}

/** One question for a person, and how much the answer would change. */
export interface Question {
  readonly kind: 'same-or-not' | 'which-version' | 'right-or-not'
  /** Reports whose event the answer can change, times how open the answer is. */
  readonly weight: number
  readonly event: WorldEvent
  /** For `same-or-not`: the other event, the pair of reports the rules compared, their score and reasons. */
  readonly other?: WorldEvent
  readonly reports?: readonly [string, string]
  readonly score?: number
  readonly reasons?: readonly Reason[]
  /** The sentence of a judgement made before reasons were kept as codes. */
  readonly why?: string
  /** For `which-version`: the field, and its values with their weight. */
  readonly field?: string
  readonly values?: readonly { readonly value: string; readonly weight: number }[]
}

/** Pairs and events looked at; those beyond are less open than all that are listed. */
const LOOKED_AT = 400
/** How far from the line between one event and two a score is still a question. */
const OPEN = 0.2

/** The questions worth a person's time, those first whose answer would change most. What a person decided is not asked again. */
export async function reviewQueue({ db }: Pick<Store, 'db'>, limit = 20): Promise<Question[]> {
  const { rows: pairs } = await sql<{ report: string; other: string; score: number; why: string; reasons: readonly Reason[] | null }>`select report, other, score, why, reasons from judgements j where by_kind = 'rule' and score between ${JOIN - OPEN} and ${JOIN + OPEN}
    and not exists (select 1 from judgements p where p.by_kind = 'person' and p.withdrawn_at is null and p.report = j.report and p.other = j.other) order by abs(score - ${JOIN}), id limit ${LOOKED_AT}`.execute(db)
  const { rows: doubtful } = await sql<{ body: WorldEvent }>`select body from events e where confidence < 0.99 and not exists (select 1 from judgements p join event_reports r on r.report = p.report
    where r.event = e.id and p.by_kind = 'person' and p.withdrawn_at is null and p.kind in ('confirm', 'reject')) order by reports * (1 - confidence) desc, id limit ${LOOKED_AT}`.execute(db)
  const { rows: disputed } = await sql<{ body: WorldEvent }>`select body from events where reports > 1 and json_array_length(body::json -> 'versions') > 0 order by reports desc, id limit ${LOOKED_AT}`.execute(db)
  const at = await eventsOfReports(db, pairs.flatMap(({ report, other }) => [report, other]))
  const events = await getEvents(db, [...new Set(at.values())])
  const eventAt = (report: string): WorldEvent | undefined => events.get(at.get(report) ?? '')?.body as WorldEvent | undefined
  const corrected = new Set((await sql<{ report: string; field: string }>`select distinct report, field from judgements where by_kind = 'person' and kind = 'field-correction' and withdrawn_at is null`.execute(db)).rows.map(({ report, field }) => `${report} ${field}`))
  const questions: Question[] = []
  for (const { report, other, score, why, reasons } of pairs) {
    const [a, b] = [eventAt(report), eventAt(other)]
    if (!a || !b) continue
    const moved = a.id === b.id ? a.members.length / 2 : Math.min(a.members.length, b.members.length)
    questions.push({ kind: 'same-or-not', weight: round(moved * (1 - Math.abs(score - JOIN) / 0.5) * 2), event: a, ...(a.id === b.id ? {} : { other: b }), reports: [report, other], score, ...(reasons === null ? { why } : { reasons }) })
  }
  for (const { body: event } of disputed) {
    for (const field of new Set(event.versions.map((version) => version.field))) {
      const values = event.versions.filter((version) => version.field === field)
      if (values.some(({ reports }) => reports.some((report) => corrected.has(`${report} ${field}`)))) continue
      const [first, second] = values.map(({ weight }) => weight).sort((x, y) => y - x)
      questions.push({ kind: 'which-version', weight: round(event.members.length * ((second ?? 0) / (first || 1))), event, field, values: values.map(({ value, weight }) => ({ value, weight })) })
    }
  }
  for (const { body: event } of doubtful) questions.push({ kind: 'right-or-not', weight: round(event.members.length * (1 - event.confidence)), event })
  // One question on one pair of events is enough: the most open one.
  const asked = new Set<string>()
  return questions.sort((a, b) => b.weight - a.weight || (a.event.id < b.event.id ? -1 : a.event.id > b.event.id ? 1 : a.kind < b.kind ? -1 : 1)).filter(({ kind, event, other, field }) => {
    const key = `${kind} ${[event.id, other?.id ?? ''].sort().join(' ')} ${field ?? ''}`
    return asked.has(key) ? false : asked.add(key)
  }).slice(0, limit)
}

const round = (value: number): number => Math.round(value * 100) / 100

/** A judgement as the store gives it. */
const COLUMNS = sql.raw(`id, kind, report, other, event, field, value, anchors, json_build_object('kind', by_kind, 'name', by_name) as by, at, why, reasons, score,
    case when withdrawn_at is null then null else json_build_object('at', withdrawn_at, 'by', withdrawn_by, 'why', withdrawn_why) end as withdrawn`)

/** What people and rules decided on an event or a report, withdrawn decisions too. */
export async function historyOf({ db }: Pick<Store, 'db'>, id: string): Promise<Judgement[]> {
  const { reports } = await targetOf(db, id)
  const { rows } = await sql<Judgement>`select ${COLUMNS} from judgements where report = any(${reports}::text[]) or other = any(${reports}::text[]) order by at, id`.execute(db)
  // What people decided on reports that a later reading gave other ids is found by the words.
  const held = [...(await getReports(db, reports)).values()]
  const known = new Set(rows.map((row) => row.id))
  const { rows: older } = await sql<Judgement>`select ${COLUMNS} from judgements where by_kind = 'person' and (anchors -> 'report' ->> 'article' = any(${held.map(({ article }) => article.id)}::text[]) or anchors -> 'other' ->> 'article' = any(${held.map(({ article }) => article.id)}::text[])) order by at, id`.execute(db)
  const about = (judgement: Judgement): boolean => Object.values(anchorsOf(judgement)).some((anchor) => held.some(({ article, report }) => article.id === anchor.article && report.type === anchor.type && report.evidence.some(({ text }) => text === anchor.text)))
  return [...rows, ...older.filter((row) => !known.has(row.id) && about(row))].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1))
}

/** What people decided last, newest first; withdrawn decisions too. */
export async function recentDecisions({ db }: Pick<Store, 'db'>, limit: number): Promise<Judgement[]> {
  const { rows } = await sql<Judgement>`select ${COLUMNS} from judgements where by_kind = 'person' order by at desc, id limit ${limit}`.execute(db)
  return rows.reverse()
}

/** Who is told already, by the name a person was shown: those the gazetteer does not know can be kept in a list that is corrected. */
export type Present = ReadonlyMap<string, Actor>

/** The value of a field as a person writes it, as the value the report has. `idOf` says whom a word names. Throws ReviewError. */
export function fieldValue(knowledge: Knowledge, field: string, given: string, idOf: (word: string) => string | null, present: Present = new Map()): unknown {
  const { gazetteer, ontology } = knowledge
  const text = given.trim()
  const words = text.split(/[,;\u060c\u061b\u3001\uff0c\uff1b]/u).map((word) => word.trim()).filter((word) => word !== '')
  if (field === 'date') {
    if (text === '') return null
    if (edtfDays(text) === null) throw new ReviewError(`'${text}' is no date such as 2024-02-08, 2024-02, 2024 or 2024-02-08/2024-02-10`)
    return text
  }
  if (field === 'type') {
    const type = text.toUpperCase()
    if (ontology.types[type] === undefined) throw new ReviewError(`there is no type '${text}'; known: ${Object.keys(ontology.types).join(', ')}`)
    return type
  }
  if (field === 'status') {
    if (!(STATUSES as readonly string[]).includes(text)) throw new ReviewError(`there is no status '${text}'; known: ${STATUSES.join(', ')}`)
    return text
  }
  if (field === 'historical') {
    if (text !== 'true' && text !== 'false') throw new ReviewError(`historical is true or false, not '${text}'`)
    return text === 'true'
  }
  if (field === 'mode') {
    const modes = new Set(Object.values(ontology.types).flatMap((type) => Object.keys(type.modes)))
    if (text !== '' && !modes.has(text)) throw new ReviewError(`there is no mode '${text}'; known: ${[...modes].sort().join(', ')}`)
    return text === '' ? null : text
  }
  if (field === 'contexts') return words
  if (field === 'place') {
    if (text === '') return null
    const named = idOf(text)
    const place = gazetteer.places.get(text.replace(/^place:/u, '')) ?? gazetteer.states.get((named ?? text).replace(/^state:/u, '')) ?? [...gazetteer.places.values()].find(({ name }) => name.toLowerCase() === text.toLowerCase())
    if (!place) throw new ReviewError(`'${text}' is no place of the gazetteer; give its id, or the code of a state`)
    return { id: `${gazetteer.states.has(place.id) ? 'state' : 'place'}:${place.id}`, name: place.name, country: place.country }
  }
  if (field === 'actors' || field === 'recipients') return words.map((word) => present.get(word) ?? actorOf(knowledge, word, idOf(word)))
  throw new ReviewError(`'${field}' cannot be corrected; type, mode, contexts, actors, recipients, date, place, status and historical can`)
}

function actorOf({ gazetteer }: Knowledge, word: string, id: string | null): Actor {
  const bare = id === null ? '' : id.slice(id.indexOf(':') + 1)
  const [kind, found] = id === null ? ['', undefined] : id.startsWith('person:') ? ['person', gazetteer.people.get(bare)] : id.startsWith('organisation:') ? ['organisation', gazetteer.organisations.get(bare)] : id.startsWith('group:') ? ['group', gazetteer.groups.get(bare)] : ['state', gazetteer.states.get(bare)]
  if (!found) throw new ReviewError(`'${word}' names no state, body or person that is known`)
  return { id: `${kind}:${found.id}`, name: found.name, country: found.country, sector: 'sector' in found ? found.sector : 'GOV', office: null, span: [0, 0], text: found.name }
}
