/** Judgements: decisions of rules and people. Appended, withdrawn, never changed; events are a function of reports and of these. */
import { type Selectable, sql } from 'kysely'
import type { Reason } from '../model/index.ts'
import { contentId } from '../text/hash.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import { StoreError } from './errors.ts'
import { insertNew, storableDeep, toJson } from './rows.ts'
import type { Db, JudgementKind, Tables } from './schema.ts'

export interface Judgement {
  readonly id: string
  readonly kind: JudgementKind
  readonly report: string | null
  /** The other report, for `same-event` and `not-same`. */
  readonly other: string | null
  readonly event: string | null
  /** For a correction: the field and its right value. */
  readonly field: string | null
  readonly value: unknown
  /** What identifies the reports when a later run gives them other ids: article, spans, words. */
  readonly anchors: unknown
  readonly by: { readonly kind: 'rule' | 'person'; readonly name: string }
  readonly at: string
  /** What a person wrote. Empty where rules decided; records made before reasons were kept as codes have their English sentence here until they are joined anew. */
  readonly why: string
  /** Why rules decided so, what weighed most first; null for people, and in such older records. */
  readonly reasons: readonly Reason[] | null
  readonly score: number | null
  readonly withdrawn: { readonly at: string; readonly by: string; readonly why: string } | null
}

export interface NewJudgement {
  readonly kind: JudgementKind
  readonly report?: string | null
  readonly other?: string | null
  readonly event?: string | null
  readonly field?: string | null
  readonly value?: unknown
  readonly anchors?: unknown
  readonly by: Judgement['by']
  readonly why: string
  readonly reasons?: readonly Reason[] | null
  readonly score?: number | null
}

const judgementOf = (row: Selectable<Tables['judgements']>): Judgement => ({
  id: row.id, kind: row.kind, report: row.report, other: row.other, event: row.event, field: row.field, value: row.value, anchors: row.anchors, by: { kind: row.by_kind, name: row.by_name }, at: row.at, why: row.why, reasons: row.reasons,
  score: row.score, withdrawn: row.withdrawn_at === null ? null : { at: row.withdrawn_at, by: row.withdrawn_by ?? '', why: row.withdrawn_why ?? '' },
})

/** The id of a judgement: a rule that decides the same again gives the same one; a person's counts each time it is made. */
function judgementId(judgement: NewJudgement, at: string): string {
  return contentId('judgement', judgement.kind, judgement.report ?? '', judgement.other ?? '', judgement.event ?? '', judgement.field ?? '', toJson(judgement.value ?? null), judgement.by.kind, judgement.by.name, judgement.reasons ? toJson(judgement.reasons) : judgement.why,
    String(judgement.score ?? ''), judgement.by.kind === 'person' ? at : '')
}

/** Appends judgements, all or none; returns their ids. The two reports of a pair are put in order, so that either way round is one judgement. */
export async function appendJudgements(db: Db, judgements: readonly NewJudgement[], now = new Date()): Promise<string[]> {
  const at = now.toISOString()
  const rows = rowsOf(judgements.map((judgement) => ({ ...judgement, at })))
  await insertNew(db, 'judgements', rows, 'id')
  return rows.map(({ id }) => id)
}

/** Appends judgements made elsewhere, at the moments they were made; returns the ids of those that were not there, taken back or not. */
export async function importJudgements(db: Db, judgements: readonly (NewJudgement & { readonly at: string })[]): Promise<ReadonlySet<string>> {
  return insertNew(db, 'judgements', rowsOf(judgements), 'id')
}

function rowsOf(judgements: readonly (NewJudgement & { readonly at: string })[]) {
  return storableDeep(judgements).map((given) => {
    const pair = given.report !== undefined && given.report !== null && given.other !== undefined && given.other !== null && given.other < given.report
    const anchors = (given.anchors ?? null) as { report?: unknown; other?: unknown } | null
    const judgement = pair ? { ...given, report: given.other, other: given.report, anchors: anchors === null ? null : { ...anchors, report: anchors.other, other: anchors.report } } : given
    return {
      id: judgementId(judgement, judgement.at), kind: judgement.kind, report: judgement.report ?? null, other: judgement.other ?? null, event: judgement.event ?? null, field: judgement.field ?? null,
      value: judgement.value ?? null, anchors: judgement.anchors ?? null, by_kind: judgement.by.kind, by_name: judgement.by.name, at: judgement.at, why: judgement.why, reasons: judgement.reasons ?? null, score: judgement.score ?? null,
    }
  })
}

/** Withdraws a judgement; it stays on record. Throws when there is none of that id that still counts. */
export async function withdrawJudgement(db: Db, id: string, by: string, why: string, now = new Date()): Promise<void> {
  const done = await db.updateTable('judgements').set({ withdrawn_at: now.toISOString(), withdrawn_by: by, withdrawn_why: why }).where('id', '=', id).where('withdrawn_at', 'is', null).executeTakeFirst()
  if (done.numUpdatedRows === 0n) throw new StoreError('kept', `There is no judgement ${id} that still counts`, 'judgements', 'List the judgements to see their ids.')
}

/** Takes out what rules decided about these reports before they decide again. People's judgements stay. Returns how many went. */
export async function dropRuleJudgements(db: Db, reports: readonly string[]): Promise<number> {
  const done = await sql`delete from judgements where by_kind = 'rule' and (report = any(${reports}::text[]) or other = any(${reports}::text[]))`.execute(db)
  return Number(done.numAffectedRows ?? 0)
}

export interface JudgementFilter {
  readonly reports?: readonly string[]
  readonly event?: string
  readonly kinds?: readonly JudgementKind[]
  readonly by?: 'rule' | 'person'
  /** Withdrawn ones too; they are left out unless asked for. */
  readonly withdrawn?: boolean
  readonly limit?: number
  readonly cursor?: string | null
}

/** Judgements, oldest first. */
export async function listJudgements(db: Db, filter: JudgementFilter = {}): Promise<Paged<Judgement>> {
  const limit = filter.limit ?? 1000
  const place = readCursor(filter.cursor, 2)
  let query = db.selectFrom('judgements').selectAll()
  const { reports, kinds } = filter
  if (reports) query = query.where(sql<boolean>`(report = any(${reports}::text[]) or other = any(${reports}::text[]))`)
  if (filter.event !== undefined) query = query.where('event', '=', filter.event)
  if (kinds && kinds.length > 0) query = query.where('kind', 'in', [...kinds])
  if (filter.by !== undefined) query = query.where('by_kind', '=', filter.by)
  if (filter.withdrawn !== true) query = query.where('withdrawn_at', 'is', null)
  if (place) query = query.where(sql<boolean>`(at, id) > (${place[0]}::timestamptz, ${place[1]})`)
  const rows = await query.orderBy('at').orderBy('id').limit(limit + 1).execute()
  return pageOf(rows, limit, judgementOf, (row) => [row.at, row.id])
}

/** Number of judgements by people that still count, on reports that are not in the record now. */
export async function lostJudgements(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from judgements j where by_kind = 'person' and withdrawn_at is null
    and ((report is not null and not exists (select 1 from reports r where r.id = j.report)) or (other is not null and not exists (select 1 from reports r where r.id = j.other)))`.execute(db)
  return rows[0]?.count ?? 0
}
