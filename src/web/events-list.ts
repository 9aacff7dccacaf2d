/** Events as entries of a chronology: day, line, code, the first words that say it. */
import { foreign, html, type Html, attributes, between } from './html.ts'
import type { ToldEvent } from '../api/events.ts'
import type { EventMember } from '../model/index.ts'
import { sourcesOf } from '../render/chronology.ts'
import { at, code, link, nameOf, number, select, dateField, keep, toneOf, typeName, type View } from './view.ts'
import { STATUSES } from '../model/index.ts'
import type { EventsQuery } from '../api/schemas.ts'

/** Where a member's words stand. */
export const wordsAt = (view: View, member: Pick<EventMember, 'article' | 'span'>): string => at(view, `/articles/${member.article}`, {}, `w${member.span[0]}-${member.span[1]}`)

/** A status as a badge; what simply happened needs none. */
export const statusBadge = (view: View, status: ToldEvent['status'], historical = false): Html =>
  html`${status === 'occurred' ? '' : html`<span class="badge ${status}">${view.ui.statuses[status]}</span>`}${historical ? html`<span class="badge">${view.writers.templates.labels.background}</span>` : ''}`

/** A list of events under the years or months they happened in. */
export function eventList(view: View, events: readonly ToldEvent[]): Html {
  if (events.length === 0) return html`<p class="none">${view.w['no-match']}</p>`
  const groups: { year: string; events: ToldEvent[] }[] = []
  for (const event of events) {
    const year = event.firstDay?.slice(0, 4) ?? view.writers.templates.labels.undated
    const last = groups.at(-1)
    if (last?.year === year) last.events.push(event)
    else groups.push({ year, events: [event] })
  }
  return html`${groups.map(({ year, events: own }) => html`<section class="year"><h3>${/^\d+$/u.test(year) ? view.writers.lines.edtf(year) : year}</h3><ol class="chronology">${own.map((event) => entry(view, event))}</ol></section>`)}`
}

function entry(view: View, event: ToldEvent): Html {
  const { events: writer } = view.writers
  const sources = sourcesOf(event.members)
  const [first] = sources
  return html`<li class="entry ${toneOf(event.quadClass)}">
<p class="day"><time${attributes({ datetime: event.firstDay })}>${writer.date(event)}</time></p>
<div class="what"><p class="line">${link(view, `/events/${event.id}`, event.line)} ${statusBadge(view, event.status, event.historical)}</p>
${first ? html`<blockquote class="quote"><a href="${wordsAt(view, first)}">${foreign(first.quote, first.language)}</a></blockquote>` : ''}
<p class="sources">${between([...sources.slice(0, 3).map((member) => html`<span class="source">${foreign(member.outlet ?? member.title ?? member.article)} <span class="tag" dir="ltr">${member.language}</span></span>`), sources.length > 3 ? `+${number(view, sources.length - 3)}` : null], ' · ')}</p></div>
<p class="kind" title="${typeName(view, event.type)}">${code(event)}<span class="confidence" title="${view.writers.templates.labels.confidence}">${number(view, event.confidence, 2)}</span></p>
</li>`
}

/** The filters of a list of events. */
export function eventFilters(view: View, path: string, query: Partial<EventsQuery>): Html {
  const { w, ui } = view
  return html`<form class="filters" action="${view.base}${path}">
${dateField('from', w.from, query.from)}${dateField('to', w.to, query.to)}
${select('types', w.kind, [['', w.all], ...Object.entries(ui.types).map(([type, words]) => [type, words] as const)], query.types?.[0])}
${select('statuses', w.status, [['', w.all], ...STATUSES.map((status) => [status, ui.statuses[status]] as const)], query.statuses?.[0])}
${select('minConfidence', w['confidence-from'], [['', w.all], ...['0.3', '0.5', '0.8'].map((value) => [value, number(view, Number(value), 1)] as const)], query.minConfidence === undefined ? '' : String(query.minConfidence))}
${select('order', w.order, [['', w.newest], ['oldest', w.oldest]], query.order === 'oldest' ? 'oldest' : '')}
${keep(view)}<button>${w.show}</button></form>`
}

/** The parties of an event as links to their relationship. */
export function pairLinks(view: View, parties: readonly string[]): Html {
  const states = parties.filter((party) => /^[A-Z]{3}$/u.test(party))
  const pairs = states.flatMap((a, index) => states.slice(index + 1).map((b) => [a, b] as const)).slice(0, 6)
  return between(pairs.map(([a, b]) => link(view, `/relations/${a}-${b}`, html`${nameOf(view, a)} – ${nameOf(view, b)}`)), ' · ')
}
