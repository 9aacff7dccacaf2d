/** The accounts of one event side by side: as text, Markdown and HTML. */
import type { Templates } from '../knowledge/templates.ts'
import type { Account, ComparedTopic, Comparison, Difference, Quote, WorldEvent } from '../model/index.ts'
import { directed, isolateIn } from './bidi.ts'
import type { EventWriter } from './events.ts'
import { escapeHtml, escapeMarkdown, page } from './formats.ts'
import type { LineWriter } from './lines.ts'

export interface ComparedEvent {
  readonly event: WorldEvent
  readonly comparison: Comparison
  readonly accounts: readonly Account[]
  readonly language: string
}

interface Section { readonly title: string; readonly rows: readonly { readonly topic: string; readonly cells: readonly { readonly side: string; readonly quotes: readonly Quote[] }[] }[] }
interface Parts { readonly title: string; readonly date: string; readonly heads: readonly string[]; readonly sections: readonly Section[]; readonly differences: readonly string[] }

/** Quotes shown for each side of a topic. */
const QUOTES = 2

function partsOf({ event, comparison, accounts }: ComparedEvent, writer: EventWriter, lines: LineWriter, templates: Templates): Parts {
  const { labels } = templates.events
  const { a, b } = comparison
  const [sideA, sideB] = [writer.side(a), writer.side(b)]
  const heads = [a, b, 'others'].flatMap((side) => {
    const account = accounts.find((candidate) => candidate.side === side)
    if (!account) return side === 'others' ? [] : [writer.fill(labels.nothing, { side: writer.side(side) })]
    return [writer.fill(labels.account, { side: writer.side(side), how: account.official ? labels.own : labels.quoted, articles: String(account.articles.length), characters: String(account.characters) })]
  })
  const rows = (topics: readonly ComparedTopic[]): Section['rows'] => topics.map((topic) => ({
    topic: `${templates.events.topics[topic.kind]}: ${writer.topic(topic)}`,
    cells: [{ side: sideA, quotes: topic.a.slice(0, QUOTES) }, { side: sideB, quotes: topic.b.slice(0, QUOTES) }, { side: labels.others, quotes: topic.a.length + topic.b.length > 0 ? [] : topic.others.slice(0, QUOTES) }].filter(({ quotes }) => quotes.length > 0),
  }))
  const unsaid = [[a, sideA], [b, sideB]].flatMap(([id, side]) => {
    const quotes = comparison.unsaid.filter((item) => item.side === id).map(({ quote }) => quote)
    return quotes.length === 0 || side === undefined ? [] : [{ title: writer.fill(labels['left-out'], { side }), rows: quotes.map((quote) => ({ topic: quote.text, cells: [] })) }]
  })
  const sections = [
    { title: labels.both, rows: rows(comparison.both) }, { title: writer.fill(labels.only, { side: sideA }), rows: rows(comparison.onlyA) }, { title: writer.fill(labels.only, { side: sideB }), rows: rows(comparison.onlyB) },
    ...unsaid, { title: labels.neither, rows: rows(comparison.neither) },
  ].filter((section) => section.rows.length > 0)
  return { title: writer.fill(labels.accounts, { line: writer.line(event) }), date: writer.date(event), heads, sections, differences: comparison.differences.map((difference) => differenceLine(difference, sideA, sideB, writer, lines, templates)) }
}

function differenceLine({ kind, topic, a, b }: Difference, sideA: string, sideB: string, writer: EventWriter, lines: LineWriter, templates: Templates): string {
  const [topicKind = '', ...rest] = (topic ?? '').split(' ')
  const name = topic === null ? '' : writer.topic({ kind: topicKind as ComparedTopic['kind'], key: rest.join(' ') })
  const say = (value: string): string => {
    if (kind === 'stance') return writer.stance(value)
    return isolateIn(lines.direction, kind === 'wording' ? writer.fill(templates.quote, { words: value }) : value)
  }
  return writer.fill(templates.events.differences[kind], { topic: name, a: sideA, b: sideB, x: say(a), y: say(b) })
}

const sourceOf = (quote: Quote): string => [quote.speaker, quote.outlet, quote.language].filter((part) => part !== null).join(' · ')

/** For the terminal. */
export function comparisonText(compared: ComparedEvent, writer: EventWriter, lines: LineWriter, templates: Templates, paint: { readonly bold: (text: string) => string; readonly dim: (text: string) => string; readonly accent: (text: string) => string }): string {
  const { title, date, heads, sections, differences } = partsOf(compared, writer, lines, templates)
  const out = [paint.bold(title), paint.dim(date), ...heads.map((head) => paint.dim(head))]
  for (const { title: head, rows } of sections) {
    out.push('', paint.accent(head))
    for (const { topic, cells } of rows) {
      out.push(`  ${paint.bold(isolateIn(lines.direction, topic))}`)
      for (const { side, quotes } of cells) for (const quote of quotes) out.push(`    ${side}: ⟪ ${isolateIn(lines.direction, quote.text)} ⟫ ${paint.dim(isolateIn(lines.direction, sourceOf(quote)))}`)
    }
  }
  if (differences.length > 0) out.push('', paint.accent(templates.events.labels.differences), ...differences.map((line) => `  ${line}`))
  return out.map((line) => directed(lines.direction, line)).join('\n')
}

export function comparisonMarkdown(compared: ComparedEvent, writer: EventWriter, lines: LineWriter, templates: Templates): string {
  const { title, date, heads, sections, differences } = partsOf(compared, writer, lines, templates)
  const out = [`# ${escapeMarkdown(title)}`, '', date, '', ...heads.map((head) => `- ${escapeMarkdown(head)}`)]
  for (const { title: head, rows } of sections) {
    out.push('', `## ${escapeMarkdown(head)}`, '')
    for (const { topic, cells } of rows) {
      out.push(`- **${escapeMarkdown(topic)}**`)
      for (const { side, quotes } of cells) for (const quote of quotes) out.push(`  - ${escapeMarkdown(side)}: ${escapeMarkdown(quote.text)} (${escapeMarkdown(sourceOf(quote))})`)
    }
  }
  if (differences.length > 0) out.push('', `## ${templates.events.labels.differences}`, '', ...differences.map((line) => `- ${escapeMarkdown(line)}`))
  return `${out.join('\n')}\n`
}

export function comparisonHtml(compared: ComparedEvent, writer: EventWriter, lines: LineWriter, templates: Templates): string {
  const { title, date, heads, sections, differences } = partsOf(compared, writer, lines, templates)
  const quoteHtml = (quote: Quote): string => `<blockquote lang="${escapeHtml(quote.language)}" dir="auto"><p>${escapeHtml(quote.text)}</p><footer dir="auto">${escapeHtml(sourceOf(quote))}</footer></blockquote>`
  const out = [`<p>${escapeHtml(date)}</p>`, '<ul>', ...heads.map((head) => `<li>${escapeHtml(head)}</li>`), '</ul>']
  for (const { title: head, rows } of sections) {
    out.push(`<h2>${escapeHtml(head)}</h2>`, '<table>')
    for (const { topic, cells } of rows) out.push(`<tr><th scope="row" dir="auto">${escapeHtml(topic)}</th>${cells.map(({ side, quotes }) => `<td><strong>${escapeHtml(side)}</strong>${quotes.map(quoteHtml).join('')}</td>`).join('')}</tr>`)
    out.push('</table>')
  }
  if (differences.length > 0) out.push(`<h2>${escapeHtml(templates.events.labels.differences)}</h2>`, '<ul>', ...differences.map((line) => `<li>${escapeHtml(line)}</li>`), '</ul>')
  return page(title, compared.language, lines.direction, out.join('\n'))
}
