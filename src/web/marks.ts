/** The text of an article with every finding marked in place: each span one element with an address of its own, its words a link to the field they say. */
import type { Reading, Report, Span } from '../model/index.ts'
import { attributes, html, type Html, plain } from './html.ts'

/** A stretch of words and the field they are the evidence of. */
interface Finding {
  readonly span: Span
  readonly kind: 'report' | 'statement' | 'figure'
  /** Anchor of the field. */
  readonly target: string
}

export const wordsId = ([start, end]: Span): string => `w${start}-${end}`
export const reportId = (report: Pick<Report, 'id'>): string => `r-${report.id}`
export const fieldId = (report: Pick<Report, 'id'>, index: number): string => `f-${report.id}-${index}`
export const statementId = (id: string): string => `s-${id}`
export const figureId = (index: number): string => `q-${index}`

function findingsOf({ reports, statements, figures }: Reading): Finding[] {
  return [
    ...reports.flatMap((report) => report.evidence.map(({ span }, index): Finding => ({ span, kind: 'report', target: fieldId(report, index) }))),
    ...statements.map(({ id, span }): Finding => ({ span, kind: 'statement', target: statementId(id) })), ...figures.map(({ span }, index): Finding => ({ span, kind: 'figure', target: figureId(index) })),
  ]
}

/** Findings of one stretch, those that nest inside it within. */
interface Node { readonly span: Span; readonly findings: Finding[]; readonly id: boolean; readonly children: Node[] }

/** Cuts spans that cross one another, so that all nest; the first piece of each keeps its address. */
function nest(findings: readonly Finding[], [from, to]: Span): Node[] {
  const pieces = new Map<string, { span: Span; findings: Finding[]; id: boolean }>()
  const add = (span: Span, finding: Finding, first: boolean): void => {
    const known = pieces.get(`${span[0]} ${span[1]}`)
    if (known) {
      known.findings.push(finding)
      known.id ||= first
    } else pieces.set(`${span[0]} ${span[1]}`, { span, findings: [finding], id: first })
  }
  const queue = findings.flatMap((finding) => {
    const span: Span = [Math.max(finding.span[0], from), Math.min(finding.span[1], to)]
    return span[0] < span[1] ? [{ span, finding, first: finding.span[0] >= from }] : []
  }).sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])
  const open: Span[] = []
  for (const item of queue) {
    let { span } = item
    while (open.length > 0 && (open.at(-1)?.[1] ?? 0) <= span[0]) open.pop()
    const around = open.find(([, end]) => end < span[1] && end > span[0])
    if (around) {
      // What reaches beyond the piece it begins in is cut there and goes on behind it.
      const rest = { span: [around[1], span[1]] as Span, finding: item.finding, first: false }
      const place = queue.findIndex((other, index) => index > queue.indexOf(item) && (other.span[0] > rest.span[0] || (other.span[0] === rest.span[0] && other.span[1] < rest.span[1])))
      queue.splice(place < 0 ? queue.length : place, 0, rest)
      span = [span[0], around[1]]
    }
    add(span, item.finding, item.first)
    open.push(span)
  }
  const sorted = [...pieces.values()].sort((a, b) => a.span[0] - b.span[0] || b.span[1] - a.span[1])
  const roots: Node[] = []
  const stack: Node[] = []
  for (const piece of sorted) {
    const node: Node = { ...piece, children: [] }
    while (stack.length > 0 && (stack.at(-1)?.span[1] ?? 0) <= piece.span[0]) stack.pop()
    const parent = stack.at(-1)
    if (parent) parent.children.push(node)
    else roots.push(node)
    stack.push(node)
  }
  return roots
}

function words(text: string, node: Node | null): Html {
  const shown = plain(text)
  if (shown === '') return html``
  const target = node?.findings[0]?.target
  return target === undefined || !/[\p{L}\p{N}]/u.test(shown) ? html`${shown}` : html`<a href="#${target}">${shown}</a>`
}

function inside(text: string, [from, to]: Span, nodes: readonly Node[], around: Node | null, done: Set<string>): Html {
  const parts: Html[] = []
  let last = from
  for (const node of nodes) {
    parts.push(words(text.slice(last, node.span[0]), around))
    // One address a span, whatever pieces it was cut into.
    const ids = node.id ? [...new Set(node.findings.map(({ span }) => wordsId(span)))].filter((id) => !done.has(id)) : []
    for (const id of ids) done.add(id)
    const [first, ...more] = ids
    parts.push(html`${more.map((id) => html`<span id="${id}"></span>`)}<mark${attributes({ id: first, class: [...new Set(node.findings.map(({ kind }) => kind))].join(' '), 'data-to': [...new Set(node.findings.map(({ target }) => target))].join(' ') })}>${inside(text, node.span, node.children, node, done)}</mark>`)
    last = node.span[1]
  }
  parts.push(words(text.slice(last, to), around))
  return html`${parts}`
}

/** The paragraphs of an article; the first is a heading when it is the headline. */
export function markedText(reading: Reading): Html {
  const { article } = reading
  const findings = findingsOf(reading)
  const done = new Set<string>()
  const out: Html[] = []
  let start = 0
  for (const paragraph of article.text.split('\n\n')) {
    const span: Span = [start, start + paragraph.length]
    const own = findings.filter((finding) => finding.span[0] < span[1] && finding.span[1] > span[0])
    const body = inside(article.text, span, nest(own, span), null, done)
    out.push(start === 0 && paragraph === article.title ? html`<p class="headline">${body}</p>` : html`<p>${body}</p>`)
    start += paragraph.length + 2
  }
  return html`${out}`
}
