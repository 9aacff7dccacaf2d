/** A chronology as text, Markdown, HTML, CSV and calendar. */
import type { Templates } from '../knowledge/templates.ts'
import type { EventMember, Figure, WorldEvent } from '../model/index.ts'
import { directed, isolateIn } from './bidi.ts'
import type { EventWriter } from './events.ts'
import { csvLine, escapeHtml, escapeMarkdown, page, webAddress } from './formats.ts'
import type { LineWriter } from './lines.ts'

export interface Chronology {
  /** Whose it is, in the reader's language. */
  readonly title: string
  readonly language: string
  readonly events: readonly WorldEvent[]
  readonly figures: readonly { readonly figure: Figure; readonly day: string | null; readonly sources: readonly { readonly outlet: string | null; readonly url: string | null; readonly quote: string; readonly language: string }[] }[]
  /** Every event there is, for what links point at. */
  readonly all: ReadonlyMap<string, WorldEvent>
}

/** After every day: where the undated stand. */
const LAST = '9999-99-99'
/** So many sources are shown with each entry; the rest are counted. */
const SOURCES = 3

interface Entry {
  readonly day: string | null
  readonly date: string
  readonly line: string
  readonly code: string
  /** What the reports differ on, links, notes. */
  readonly remarks: readonly string[]
  readonly sources: readonly { readonly name: string; readonly url: string | null; readonly quote: string; readonly language: string }[]
  readonly more: number
}

/** One source an article, those telling it as news before those telling it as background. */
export function sourcesOf(members: readonly EventMember[]): EventMember[] {
  const seen = new Set<string>()
  return [...members].sort((a, b) => Number(a.background) - Number(b.background) || b.confidence - a.confidence).filter(({ article }) => !seen.has(article) && seen.add(article))
}

function entriesOf(chronology: Chronology, writer: EventWriter, lines: LineWriter, templates: Templates): Entry[] {
  const { labels } = templates.events
  const events = chronology.events.map((event): Entry => {
    const versions = new Map<string, WorldEvent['versions'][number][]>()
    for (const version of event.versions) versions.set(version.field, [...(versions.get(version.field) ?? []), version])
    const outlets = (reports: readonly string[]): string => [...new Set(event.members.filter(({ report }) => reports.includes(report)).map((member) => member.outlet ?? member.title ?? member.article))].slice(0, SOURCES).map((name) => isolateIn(lines.direction, name)).join(templates.comma)
    const remarks = [
      ...(event.historical ? [templates.labels.background] : []), ...(event.place ? [`${templates.labels.place}: ${lines.name(event.place.id, event.place.name)}`] : []),
      ...[...versions.values()].flatMap((list) => { const first = list[0]; return first ? [`${writer.fill(labels.differ, { field: writer.field(first) })}: ${list.map((version) => `${isolateIn(lines.direction, writer.version(version, event))} (${outlets(version.reports)})`).join(templates.comma)}`] : [] }),
      ...event.links.flatMap(({ kind, event: id }) => { const other = chronology.all.get(id); return other ? [writer.fill(labels[kind], { line: `${writer.line(other)}${templates.comma}${writer.date(other)}` })] : [] }),
      ...event.notes.map((note) => isolateIn(lines.direction, note)),
    ]
    const sources = sourcesOf(event.members)
    return {
      day: event.firstDay, date: writer.date(event), line: writer.line(event), code: `${event.type}${event.mode === null ? '' : `-${event.mode}`} ${event.confidence}`, remarks,
      sources: sources.slice(0, SOURCES).map(({ outlet, title, article, url, quote, language, published }) => ({ name: [outlet ?? title ?? article, language, published].filter((part) => part !== null).join(' · '), url, quote, language })), more: Math.max(0, sources.length - SOURCES),
    }
  })
  const figures = chronology.figures.map(({ figure, day, sources }): Entry => ({
    day, date: figure.period === null ? templates.labels.undated : lines.edtf(figure.period), line: lines.figure(figure), code: figure.measure, remarks: [],
    sources: sources.slice(0, SOURCES).map(({ outlet, url, quote, language }) => ({ name: [outlet, language].filter((part) => part !== null).join(' · '), url, quote, language })), more: Math.max(0, sources.length - SOURCES),
  }))
  return [...events, ...figures].map((entry, index) => ({ entry, index })).sort((a, b) => (a.entry.day ?? LAST).localeCompare(b.entry.day ?? LAST) || a.index - b.index).map(({ entry }) => entry)
}

const countsOf = ({ events }: Chronology, writer: EventWriter, templates: Templates): string =>
  writer.fill(templates.events.labels.counts, { events: String(events.length), articles: String(new Set(events.flatMap(({ members }) => members.map(({ article }) => article))).size) })

/** For the terminal: one line an entry, and its first quote. */
export function chronologyText(chronology: Chronology, writer: EventWriter, lines: LineWriter, templates: Templates, paint: { readonly bold: (text: string) => string; readonly dim: (text: string) => string }): string {
  const out = [paint.bold(chronology.title), paint.dim(countsOf(chronology, writer, templates)), '']
  for (const entry of entriesOf(chronology, writer, lines, templates)) {
    out.push(`${paint.bold(entry.date)}  ${entry.line}  ${paint.dim(isolateIn(lines.direction, `[${entry.code}]`))}`)
    for (const remark of entry.remarks) out.push(`    ${remark}`)
    for (const { name, quote } of entry.sources.slice(0, 1)) out.push(paint.dim(`    ⟪ ${isolateIn(lines.direction, quote)} ⟫ ${isolateIn(lines.direction, name)}${entry.sources.length + entry.more > 1 ? ` +${entry.sources.length + entry.more - 1}` : ''}`))
  }
  return out.map((line) => directed(lines.direction, line)).join('\n')
}

export function chronologyMarkdown(chronology: Chronology, writer: EventWriter, lines: LineWriter, templates: Templates): string {
  const out = [`# ${escapeMarkdown(chronology.title)}`, '', countsOf(chronology, writer, templates)]
  let year: string | null = null
  for (const { day, date, line, code, remarks, sources, more } of entriesOf(chronology, writer, lines, templates)) {
    const now = day?.slice(0, 4) ?? templates.labels.undated
    if (now !== year) out.push('', `## ${now}`, '')
    year = now
    out.push(`- **${date}**: ${escapeMarkdown(line)} \`${code}\``)
    for (const remark of remarks) out.push(`  - ${escapeMarkdown(remark)}`)
    for (const { name, url, quote } of sources) out.push(`  - ${webAddress(url) === null ? escapeMarkdown(name) : `[${escapeMarkdown(name)}](<${webAddress(url)}>)`}: ${escapeMarkdown(quote)}`)
    if (more > 0) out.push(`  - +${more}`)
  }
  return `${out.join('\n')}\n`
}

function linked(name: string, url: string | null): string {
  const address = webAddress(url)
  return address === null ? escapeHtml(name) : `<a href="${escapeHtml(address)}" rel="noreferrer">${escapeHtml(name)}</a>`
}

export function chronologyHtml(chronology: Chronology, writer: EventWriter, lines: LineWriter, templates: Templates): string {
  const body = entriesOf(chronology, writer, lines, templates).map(({ day, date, line, code, remarks, sources, more }) => [
    '<li>', `<p><time${day === null ? '' : ` datetime="${day}"`}>${escapeHtml(date)}</time> <strong>${escapeHtml(line)}</strong> <code>${escapeHtml(code)}</code></p>`,
    ...remarks.map((remark) => `<p class="remark">${escapeHtml(remark)}</p>`),
    ...sources.map(({ name, url, quote, language }) => `<blockquote lang="${escapeHtml(language)}" dir="auto"><p>${escapeHtml(quote)}</p><footer dir="auto">${linked(name, url)}</footer></blockquote>`),
    ...(more > 0 ? [`<p class="remark">+${more}</p>`] : []), '</li>',
  ].join('\n')).join('\n')
  return page(chronology.title, chronology.language, lines.direction, `<p>${escapeHtml(countsOf(chronology, writer, templates))}</p>\n<ol class="chronology">\n${body}\n</ol>`)
}

const COLUMNS = ['id', 'date', 'first_day', 'last_day', 'basis', 'type', 'mode', 'status', 'historical', 'actors', 'recipients', 'countries', 'place', 'contexts', 'confidence', 'cameo', 'intensity', 'quad_class', 'reports', 'articles', 'outlets', 'languages', 'line', 'quote', 'url'] as const

/** One row an event, RFC 4180. */
export function chronologyCsv(chronology: Chronology, writer: EventWriter): string {
  const rows = chronology.events.map((event) => {
    const [first] = sourcesOf(event.members)
    const names = (parties: WorldEvent['actors']): string => parties.map(({ name }) => name).join('; ')
    const countries = [...new Set([...event.actors, ...event.recipients].map(({ country }) => country).filter((country) => country !== null))].sort().join(' ')
    const of = (pick: (member: EventMember) => string | null): string[] => [...new Set(event.members.map(pick).filter((value): value is string => value !== null))]
    return [
      event.id, event.date?.value, event.firstDay, event.lastDay, event.date?.basis, event.type, event.mode, event.status, event.historical, names(event.actors), names(event.recipients), countries, event.place?.name, event.contexts.join(' '), event.confidence,
      event.cameo, event.intensity, event.quadClass, event.members.length, of(({ article }) => article).length, of(({ outlet }) => outlet).join('; '), of(({ language }) => language).join(' '), writer.line(event).replace(/[\u2066-\u2069\u200e\u200f]/gu, ''), first?.quote, first?.url,
    ]
  })
  return [COLUMNS, ...rows].map(csvLine).join('')
}
