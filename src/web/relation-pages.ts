/** One relationship, or one state: its chronology, and what can be seen of it at a glance. */
import { loadChanges } from '../api/since.ts'
import type { ToldEvent } from '../api/events.ts'
import { figuresBetween, loadChronology, openPlans } from '../api/relations.ts'
import type { ChronologyAsked } from '../api/schemas.ts'
import { getEntries, speakersOf } from '../store/index.ts'
import { saveLink } from './alerts-page.ts'
import { bars } from './bars.ts'
import { overTime } from './chart.ts'
import { eventFilters, eventList } from './events-list.ts'
import { between, foreign, html, type Html } from './html.ts'
import { at, languageName, link, listData, nameOf, number, type Page, pager, typeName, type View } from './view.ts'

/** A moment as `?since=` gives it; null where it is none. */
const momentOf = (text: string | undefined): string | null => (text !== undefined && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z$/u.test(text) && !Number.isNaN(Date.parse(text)) ? new Date(text).toISOString() : null)

/** What came in since a moment, or the way there: a script fills in when the reader was here last. */
async function changes(view: View, path: string, parties: readonly string[]): Promise<Html> {
  const { w, writers } = view
  const since = momentOf(view.query['since'])
  if (since === null) return html`<p class="since" hidden data-path="${path}"><a href="${at(view, path, { since: 'SINCE' })}">${w['since-visit']}</a> <time class="small" dir="ltr"></time></p>`
  const { count, events } = await loadChanges(view.desk, { parties: [...parties], since, lang: view.language })
  return html`<section class="changes"><h2>${w['new-since']} <time dir="ltr" datetime="${since}">${since.slice(0, 16).replace('T', ' ')} UTC</time> <span class="n">${number(view, count)}</span></h2>${events.length === 0 ? html`<p class="small">${w['nothing-new']}</p>` : html`<ul class="plain">${events.map((event) => html`<li><span class="day">${writers.events.date(event)}</span> ${link(view, `/events/${event.id}`, event.line)}</li>`)}</ul>`}${count > events.length ? html`<p class="small">+${number(view, count - events.length)}</p>` : ''}</section>`
}

/** In which languages and by whom the events shown are told. */
function sources(view: View, events: readonly ToldEvent[]): Html {
  const { w } = view
  const members = new Map(events.flatMap((event) => event.members).map((member) => [member.article, member]))
  const count = (of: (member: ToldEvent['members'][number]) => string | null): [string, number][] => {
    const sums = new Map<string, number>()
    for (const member of members.values()) { const key = of(member); if (key !== null) sums.set(key, (sums.get(key) ?? 0) + 1) }
    return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  }
  if (members.size === 0) return html``
  return html`<section><h2>${w['languages-sources']}</h2><p class="small">${w['of-shown']}</p>${bars(view, count(({ language }) => language).map(([language, times]) => ({ name: languageName(view, language), count: times })))}${bars(view, count(({ outlet }) => outlet).slice(0, 8).map(([outlet, times]) => ({ name: link(view, '/articles', foreign(outlet), { publisher: outlet }), count: times })))}</section>`
}

export async function relationPage(view: View, query: ChronologyAsked): Promise<Page> {
  const { w, writers, desk } = view
  const { parties } = query
  const path = `/relations/${parties.join('-')}`
  const [answer, plans] = await Promise.all([loadChronology(desk, { ...query, lang: view.language }), openPlans(desk, parties, view.language)])
  const entries = [...(await getEntries(desk.db, [...new Set(answer.events.flatMap(({ members }) => members.map(({ article }) => article)))])).values()]
  const [figures, speakers] = await Promise.all([parties.length === 2 ? figuresBetween(desk, parties, entries) : [], speakersOf(desk.db, entries, parties)])
  const asked = { from: query.from, to: query.to, types: query.types?.join(','), statuses: query.statuses?.join(','), minConfidence: query.minConfidence, order: query.order }
  const names = parties.map((party) => nameOf(view, party))
  const total = answer.kinds.reduce((sum, { events }) => sum + events, 0)
  const body = html`${await changes(view, path, parties)}${overTime(view, answer.months, (from, to) => at(view, path, { ...asked, from, to, cursor: null }), { from: query.from, to: query.to })}
<div class="aside">
<section class="main"><h2>${writers.templates.events.labels.chronology.replace(/\{parties\}/u, '').replace(/[\s:\uff1a\u060c-]+$/u, '')}</h2>${eventFilters(view, path, query)}${eventList(view, answer.events)}${pager(view, path, { ...asked, cursor: query.cursor }, answer.next)}</section>
<aside>
<section><h2>${w['by-kind']}</h2>${bars(view, answer.kinds.slice(0, 14).map(({ type, mode, events }) => ({ name: html`${link(view, path, typeName(view, type), { types: type })}${mode === null ? '' : html` <span class="tag" dir="ltr">${mode}</span>`}`, count: events, kind: desk.knowledge.ontology.types[type]?.quad.endsWith('cooperation') ? 'cooperation' as const : 'conflict' as const })))}<p class="small">${w.events}: ${number(view, total)}</p></section>
${plans.length === 0 ? '' : html`<section><h2>${w['open-plans']}</h2><ul class="plain">${plans.map((event) => html`<li><span class="day">${writers.events.date(event)}</span> ${link(view, `/events/${event.id}`, event.line)}</li>`)}</ul></section>`}
${figures.length === 0 ? '' : html`<section><h2>${writers.templates.labels.figures}</h2><ul class="plain">${figures.slice(0, 12).map(({ figure, sources }) => html`<li>${writers.lines.figure(figure)}${sources[0] ? html`<blockquote class="quote">${foreign(sources[0].quote, sources[0].language)}</blockquote>` : ''}</li>`)}</ul></section>`}
${speakers.length === 0 ? '' : html`<section><h2>${w['quoted-people']}</h2><ul class="plain">${speakers.map(({ speaker, times }) => html`<li>${link(view, `/actors/${speaker}`, nameOf(view, speaker))} <span class="n">${number(view, times)}</span></li>`)}</ul></section>`}
${sources(view, answer.events)}
${parties.length === 1 ? html`<p>${link(view, '/', w.map, { state: parties[0] })}</p>` : ''}
</aside></div>`
  return {
    title: names.join(' – '), kicker: html`${link(view, '/', w.relationships)}`, heading: between(names.map((name) => html`<bdi>${name}</bdi>`), html` <span class="dash">–</span> `), body, wide: true,
    save: saveLink(view), data: listData(view, '/api/chronology', { parties: parties.join(','), ...asked }),
  }
}
