/** The readable record of one reading: head, what happened in order, background, who said what, figures, what was left unsaid, notices; each line with its quote. */
import type { LABELS, Templates } from '../knowledge/templates.ts'
import type { Reading, Report, Span, Statement } from '../model/index.ts'
import { directed, isolateIn } from './bidi.ts'
import type { LineWriter } from './lines.ts'

export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly accent: (text: string) => string
}

type Label = (typeof LABELS)[number]

/** Writes a reading as lines of text in the language of the writer and templates. */
export function renderRecord(reading: Reading, writer: LineWriter, templates: Templates, paint: Paint): string {
  const { article } = reading
  const isolate = (text: string): string => isolateIn(writer.direction, text)
  const label = (name: Label): string => templates.labels[name]
  const out: string[] = []
  out.push(paint.bold(isolate(article.title ?? article.lead?.slice(0, 120) ?? article.text.slice(0, 120))))
  const head = [
    isolate(article.language), article.publisher && isolate(article.publisher), article.published && `${label('published')}: ${writer.edtf(article.published)}`, article.byline && `${label('byline')}: ${isolate(article.byline)}`,
    article.agencies.length > 0 && `${label('agencies')}: ${article.agencies.map(isolate).join(templates.comma)}`, article.url && isolate(article.url),
  ]
  out.push(paint.dim(head.filter((part): part is string => typeof part === 'string' && part !== '').join(' · ')))
  const quoteOf = (span: Span): string => paint.dim(`    ⟪ ${isolate(around(article.text, span))} ⟫`)
  const section = (name: Label, lines: readonly string[]): void => {
    if (lines.length > 0) out.push('', paint.accent(label(name)), ...lines)
  }
  const reportLines = (reports: readonly Report[]): string[] => reports.flatMap((report) => {
    const { speaker, outlet } = report.attribution
    const source = speaker ? writer.actor(speaker) : outlet ? isolate(outlet) : null
    const date = `${writer.date(report.date)}${report.date?.basis === 'inferred' ? ` (${label('inferred')})` : ''}`
    const line = [writer.report(report), report.place && `${label('place')}: ${writer.name(report.place.id, report.place.name)}`, source && `${label('according-to')} ${source}`].filter((part): part is string => typeof part === 'string').join(' — ')
    const code = isolate(`[${report.type}${report.mode === null ? '' : `-${report.mode}`} ${report.confidence}]`)
    const first = report.evidence[0]
    return [`  ${paint.bold(date)}  ${line}  ${paint.dim(code)}`, ...(first ? [quoteOf(first.span)] : [])]
  })
  const inOrder = [...reading.reports].sort((a, b) => (a.date?.value ?? '').localeCompare(b.date?.value ?? '') || (a.evidence[0]?.span[0] ?? 0) - (b.evidence[0]?.span[0] ?? 0))
  const told = (statements: readonly Statement[]): string[] => statements.map((statement) => `  ${writer.statement(statement)}`)
  section('happened', reportLines(inOrder.filter((report) => !report.historical)))
  section('background', reportLines(inOrder.filter((report) => report.historical)))
  section('said', told(reading.statements.filter((statement) => statement.stance !== 'not-mentioned')))
  section('figures', reading.figures.flatMap((figure) => [`  ${writer.figure(figure)}`, quoteOf(figure.span)]))
  section('unsaid', told(reading.statements.filter((statement) => statement.stance === 'not-mentioned')))
  if (reading.reports.length + reading.statements.length + reading.figures.length === 0) out.push('', `  ${label('none')}`)
  section('notices', reading.notices.map((notice) => `  ${isolate(`${notice.code}: ${notice.message}`)}`))
  return out.map((line) => directed(writer.direction, line)).join('\n')
}

/** The words around a span, up to the ends of its paragraph, at most 160 characters and never half a surrogate pair. */
function around(text: string, [start, end]: Span): string {
  const lineStart = text.lastIndexOf('\n', start) + 1
  const newline = text.indexOf('\n', end)
  const lineEnd = newline < 0 ? text.length : newline
  const from = whole(text, Math.max(lineStart, start - 70))
  const to = whole(text, Math.min(lineEnd, end + 90))
  return `${from > lineStart ? '…' : ''}${text.slice(from, to).trim()}${to < lineEnd ? '…' : ''}`
}

/* Moves an offset that would cut a surrogate pair to its front. */
const whole = (text: string, at: number): number => (/^[\udc00-\udfff]/.test(text.slice(at, at + 1)) && /[\ud800-\udbff]$/.test(text.slice(Math.max(0, at - 1), at)) ? at - 1 : at)
