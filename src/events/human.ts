/** What people decided, applied before rules decide: corrected fields, reports left out, pairs that are or are not one event. */
import type { EventJudgement, Report, ReportAnchor } from '../model/index.ts'
import type { Telling } from './telling.ts'
import { windowOf } from './window.ts'

export interface Decisions {
  /** Field corrections, latest last. */
  readonly corrections: ReadonlyMap<string, readonly EventJudgement[]>
  readonly rejected: ReadonlySet<string>
  readonly confirmed: ReadonlySet<string>
  readonly notes: ReadonlyMap<string, readonly string[]>
  readonly same: readonly (readonly [string, string])[]
  readonly notSame: ReadonlySet<string>
}

export const pairOf = (a: string, b: string): string => (a < b ? `${a}|${b}` : `${b}|${a}`)

/** The anchor that finds a report again when a later reading gives it another id. */
export function anchorOf({ report, article }: Telling): ReportAnchor {
  const evidence = report.evidence[0]
  return { article: article.id, type: report.type, span: evidence?.span ?? [0, 0], text: evidence?.text ?? '' }
}

/** Sorts people's judgements by what they do. Those on reports that are not here any more are found by their anchors, or rest. */
export function decisionsOf(judgements: readonly EventJudgement[], tellings: readonly Telling[]): Decisions {
  const byId = new Map(tellings.map((telling) => [telling.report.id, telling]))
  const byArticle = new Map<string, Telling[]>()
  for (const telling of tellings) byArticle.set(telling.article.id, [...(byArticle.get(telling.article.id) ?? []), telling])
  const find = (id: string | null | undefined, anchor: ReportAnchor | undefined): string | null => {
    if (id !== null && id !== undefined && byId.has(id)) return id
    if (!anchor) return null
    const close = (byArticle.get(anchor.article) ?? []).filter(({ report }) => report.type === anchor.type && report.evidence.some(({ span, text }) => (span[0] < anchor.span[1] && anchor.span[0] < span[1]) || text === anchor.text))
    return close[0]?.report.id ?? null
  }
  const corrections = new Map<string, EventJudgement[]>()
  const rejected = new Set<string>()
  const confirmed = new Set<string>()
  const notes = new Map<string, string[]>()
  const pairs = new Map<string, { pair: readonly [string, string]; same: boolean }>()
  const inOrder = judgements.filter(({ by, withdrawn }) => by.kind === 'person' && (withdrawn === undefined || withdrawn === null)).map((judgement, index) => ({ judgement, index }))
    .sort((a, b) => (a.judgement.at ?? '').localeCompare(b.judgement.at ?? '') || a.index - b.index)
  for (const { judgement } of inOrder) {
    const anchors = (judgement.anchors ?? {}) as { report?: ReportAnchor; other?: ReportAnchor }
    const report = find(judgement.report, anchors.report)
    if (report === null) continue
    if (judgement.kind === 'same-event' || judgement.kind === 'not-same') {
      const other = find(judgement.other, anchors.other)
      if (other !== null && other !== report) pairs.set(pairOf(report, other), { pair: report < other ? [report, other] : [other, report], same: judgement.kind === 'same-event' })
    } else if (judgement.kind === 'field-correction') corrections.set(report, [...(corrections.get(report) ?? []), judgement])
    else if (judgement.kind === 'annotate') notes.set(report, [...(notes.get(report) ?? []), judgement.why])
    else if (judgement.kind === 'reject') {
      rejected.add(report)
      confirmed.delete(report)
    } else {
      confirmed.add(report)
      rejected.delete(report)
    }
  }
  const decided = [...pairs.values()]
  return { corrections, rejected, confirmed, notes, same: decided.filter(({ same }) => same).map(({ pair }) => pair), notSame: new Set(decided.filter(({ same }) => !same).map(({ pair }) => pairOf(...pair))) }
}

const CORRECTABLE = new Set(['type', 'mode', 'contexts', 'actors', 'recipients', 'date', 'place', 'status', 'historical'])

/** The report as people corrected it. Fields that cannot be corrected, and values that cannot be theirs, change nothing. */
export function corrected(report: Report, corrections: readonly EventJudgement[]): Report {
  let out = report
  for (const { field, value } of corrections) {
    if (field === null || field === undefined || !CORRECTABLE.has(field)) continue
    if (field === 'date') {
      const edtf = typeof value === 'string' ? value : (value as { value?: unknown } | null)?.value
      const date = value === null ? null : typeof edtf === 'string' ? { value: edtf, basis: 'stated' as const, span: report.date?.span ?? null } : undefined
      if (date === null || (date && windowOf(date).precision !== 'none')) out = { ...out, date }
    } else if (fits(field, value, report)) out = { ...out, [field]: value }
  }
  return out
}

function fits(field: string, value: unknown, report: Report): boolean {
  if (value === null) return field === 'mode' || field === 'place'
  const now = report[field as keyof Report]
  if (Array.isArray(now)) return Array.isArray(value)
  return field === 'place' ? typeof value === 'object' && 'id' in value : field === 'mode' ? typeof value === 'string' : typeof value === typeof now
}
