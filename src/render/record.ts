/** The readable record of one reading: head, what happened in order, background, who said what, figures, what was left unsaid, notices; each line with its quote. */
import type { Templates } from '../knowledge/templates.ts'
import type { Reading, Report } from '../model/index.ts'
import type { LineWriter } from './lines.ts'

export interface Paint {
  readonly bold: (text: string) => string
  readonly dim: (text: string) => string
  readonly accent: (text: string) => string
}

/** Isolates text of another direction, so that terminals and readers keep each line in order. */
const isolate = (text: string): string => `\u2068${text}\u2069`

/** Writes a reading as lines of text in the language of the writer and templates. */
export function renderRecord(reading: Reading, writer: LineWriter, templates: Templates, paint: Paint): string {
  const { article } = reading
  const label = (name: string): string => templates.labels[name] ?? name
  const out: string[] = []
  out.push(paint.bold(article.title ?? article.lead?.slice(0, 120) ?? article.text.slice(0, 120)))
  const head = [article.language, article.publisher, article.published && `${label('published')}: ${article.published}`, article.byline && `${label('byline')}: ${article.byline}`,
    article.agencies.length > 0 && `${label('agencies')}: ${article.agencies.join(', ')}`, article.url].filter((part): part is string => typeof part === 'string' && part !== '')
  out.push(paint.dim(head.map(isolate).join(' · ')))
  const quoteOf = (start: number, end: number): string => paint.dim(`    ⟪ ${isolate(sentenceAround(article.text, start, end))} ⟫`)
  const section = (name: string, lines: readonly string[]): void => {
    if (lines.length === 0) return
    out.push('', paint.accent(label(name)))
    out.push(...lines)
  }
  const reportLines = (reports: readonly Report[]): string[] => reports.flatMap((report) => {
    const inferred = report.date?.basis === 'inferred' ? ` (${label('inferred')})` : ''
    const by = report.attribution.speaker ? ` — ${label('according-to')} ${writer.actor(report.attribution.speaker)}` : report.attribution.outlet ? ` — ${label('according-to')} ${report.attribution.outlet}` : ''
    const first = report.evidence[0]
    return [`  ${paint.bold(`${writer.date(report.date)}${inferred}`)}  ${writer.report(report)}${by}  ${paint.dim(`[${report.type}${report.mode === null ? '' : `-${report.mode}`} ${report.confidence}]`)}`,
      ...(first ? [quoteOf(first.span[0], first.span[1])] : [])]
  })
  const inOrder = [...reading.reports].sort((a, b) => (a.date?.value ?? '').localeCompare(b.date?.value ?? '') || (a.evidence[0]?.span[0] ?? 0) - (b.evidence[0]?.span[0] ?? 0))
  section('happened', reportLines(inOrder.filter((report) => !report.historical)))
  section('background', reportLines(inOrder.filter((report) => report.historical)))
  section('said', reading.statements.filter((statement) => statement.stance !== 'not-mentioned').map((statement) => `  ${writer.statement(statement)}`))
  section('figures', reading.figures.flatMap((figure) => [`  ${writer.figure(figure)}`, quoteOf(figure.span[0], figure.span[1])]))
  section('unsaid', reading.statements.filter((statement) => statement.stance === 'not-mentioned').flatMap((statement) => [`  ${writer.statement(statement)}`]))
  if (reading.reports.length + reading.statements.length + reading.figures.length === 0) out.push('', `  ${label('none')}`)
  section('notices', reading.notices.map((notice) => `  ${notice.code}: ${notice.message}`))
  return out.join('\n')
}

/** The words around a span, up to the ends of its line, at most 160 characters. */
function sentenceAround(text: string, start: number, end: number): string {
  const from = Math.max(text.lastIndexOf('\n', start) + 1, start - 70)
  const lineEnd = text.indexOf('\n', end)
  const to = Math.min(lineEnd < 0 ? text.length : lineEnd, end + 90)
  return `${from > 0 && text[from - 1] !== '\n' ? '…' : ''}${text.slice(from, to).trim()}${to < text.length && text[to] !== '\n' ? '…' : ''}`
}
