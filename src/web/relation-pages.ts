/** Relationships: all of them at a glance, and one of them. */
import { figuresBetween, loadChronology, loadRelations, openPlans, speakersOf, type Relation } from '../api/relations.ts'
import type { ChronologyAsked, RelationsQuery } from '../api/schemas.ts'
import { bars } from './bars.ts'
import { overTime } from './chart.ts'
import { eventFilters, eventList } from './events-list.ts'
import { attributes, between, foreign, html, type Html } from './html.ts'
import { at, keep, link, listData, nameOf, number, type Page, pager, typeName, type View } from './view.ts'

/** States shown in the matrix. */
const MATRIX = 16
const LISTED = 400

/** A class for a balance from conflict to cooperation. */
const shade = (balance: number): string => (balance <= -4 ? 'm2' : balance < -0.5 ? 'm1' : balance <= 0.5 ? 'z' : balance < 4 ? 'p1' : 'p2')

const pairPath = ({ pair: [a, b] }: Pick<Relation, 'pair'>): string => `/relations/${a}-${b}`

export async function relationshipsPage(view: View, query: RelationsQuery, wanted: string): Promise<Page> {
  const { w, desk } = view
  const actors = wanted === '' ? [] : desk.names.find(wanted).filter(({ kind }) => kind === 'state')
  const found = actors[0]?.key
  const { relations } = await loadRelations(desk, { ...query, ...(found === undefined ? {} : { state: found }) })
  const body = html`<form class="filters" action="/"><label class="grow"><span>${w['find-state']}</span><input name="q" type="search" dir="auto"${attributes({ value: wanted, maxlength: 100 })}></label>${keep(view)}<button>${w.show}</button></form>
${wanted !== '' && found === undefined ? html`<p class="none">${w['no-match']}</p>` : relations.length === 0 ? html`<p class="none">${w.empty} ${link(view, '/add', w.begin)}</p>` : html`<div class="beside">${table(view, relations)}${matrix(view, relations)}</div>`}`
  return { title: w.relationships, lead: w['relationships-lead'], body, wide: true, data: [{ name: 'JSON', href: at(view, '/api/relations', { state: found }) }, { name: 'CSV', href: at(view, '/api/relations', { state: found, format: 'csv' }) }] }
}

function table(view: View, relations: readonly Relation[]): Html {
  const { w, writers } = view
  return html`<section><h2>${w.list}</h2><div class="scroll" tabindex="0" role="region" aria-label="${w.list}"><table class="relations"><thead><tr><th scope="col">${w.pair}</th><th scope="col" class="n">${w.events}</th><th scope="col" class="n">${w.cooperation}</th><th scope="col" class="n">${w.conflict}</th><th scope="col" class="n" title="${w['balance-note']}">${w.balance}</th><th scope="col">${w.last}</th></tr></thead>
<tbody>${relations.slice(0, LISTED).map((relation) => html`<tr><th scope="row">${link(view, pairPath(relation), html`${nameOf(view, relation.pair[0])} – ${nameOf(view, relation.pair[1])}`)}</th><td class="n">${number(view, relation.events)}</td><td class="n">${number(view, relation.cooperation)}</td><td class="n">${number(view, relation.conflict)}</td><td class="n"><span class="shade ${shade(relation.balance)}" dir="ltr">${number(view, relation.balance, 1)}</span></td><td>${relation.lastDay === null ? '' : writers.lines.edtf(relation.lastDay)}</td></tr>`)}</tbody></table></div></section>`
}

function matrix(view: View, relations: readonly Relation[]): Html {
  const { w } = view
  const weight = new Map<string, number>()
  for (const { pair, events } of relations) for (const state of pair) weight.set(state, (weight.get(state) ?? 0) + events)
  const states = [...weight].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, MATRIX).map(([state]) => state)
  const of = new Map(relations.map((relation) => [relation.pair.join('|'), relation]))
  const cell = (a: string, b: string): Html => {
    const relation = of.get(a < b ? `${a}|${b}` : `${b}|${a}`)
    if (a === b) return html`<td class="self"></td>`
    if (!relation) return html`<td></td>`
    return html`<td class="shade ${shade(relation.balance)}"><a href="${at(view, pairPath(relation))}" title="${nameOf(view, a)} – ${nameOf(view, b)}"><span class="hidden">${nameOf(view, a)} – ${nameOf(view, b)}: </span>${number(view, relation.events)}</a></td>`
  }
  return html`<section><h2>${w.matrix}</h2><p class="small">${w['matrix-lead']}</p><div class="scroll" tabindex="0" role="region" aria-label="${w.matrix}"><table class="matrix"><thead><tr><td></td>${states.map((state) => html`<th scope="col"><abbr title="${nameOf(view, state)}" dir="ltr">${state}</abbr></th>`)}</tr></thead>
<tbody>${states.map((a) => html`<tr><th scope="row">${nameOf(view, a)}</th>${states.map((b) => cell(a, b))}</tr>`)}</tbody></table></div>
<p class="small legend"><span class="shade m2">−</span> ${w.conflict} <span class="shade m1"></span><span class="shade z"></span><span class="shade p1"></span> ${w.cooperation} <span class="shade p2">+</span></p></section>`
}

export async function relationPage(view: View, query: ChronologyAsked): Promise<Page> {
  const { w, writers, desk } = view
  const { parties } = query
  const path = `/relations/${parties.join('-')}`
  const answer = await loadChronology(desk, { ...query, lang: view.language })
  const plans = await openPlans(desk, parties, view.language)
  const figures = parties.length === 2 ? await figuresBetween(desk, parties, answer.events) : []
  const articles = [...new Set(answer.events.flatMap(({ members }) => members.map(({ article }) => article)))]
  const speakers = await speakersOf(desk.db, articles, parties)
  const asked = { from: query.from, to: query.to, types: query.types?.join(','), statuses: query.statuses?.join(','), minConfidence: query.minConfidence, order: query.order }
  const names = parties.map((party) => nameOf(view, party))
  const total = answer.kinds.reduce((sum, { events }) => sum + events, 0)
  const body = html`${overTime(view, answer.months, (from, to) => at(view, path, { ...asked, from, to, cursor: null }))}
<div class="aside">
<section class="main"><h2>${writers.templates.events.labels.chronology.replace(/\{parties\}/u, '').replace(/[\s:\uff1a\u060c-]+$/u, '')}</h2>${eventFilters(view, path, query)}${eventList(view, answer.events)}${pager(view, path, { ...asked, cursor: query.cursor }, answer.next)}</section>
<aside>
<section><h2>${w['by-kind']}</h2>${bars(view, answer.kinds.slice(0, 14).map(({ type, mode, events }) => ({ name: html`${link(view, path, typeName(view, type), { types: type })}${mode === null ? '' : html` <span class="tag" dir="ltr">${mode}</span>`}`, count: events, kind: desk.knowledge.ontology.types[type]?.quad.endsWith('cooperation') ? 'cooperation' as const : 'conflict' as const })))}<p class="small">${w.events}: ${number(view, total)}</p></section>
${plans.length === 0 ? '' : html`<section><h2>${w['open-plans']}</h2><ul class="plain">${plans.map((event) => html`<li><span class="day">${writers.events.date(event)}</span> ${link(view, `/events/${event.id}`, event.line)}</li>`)}</ul></section>`}
${figures.length === 0 ? '' : html`<section><h2>${writers.templates.labels.figures}</h2><ul class="plain">${figures.slice(0, 12).map(({ figure, sources }) => html`<li>${writers.lines.figure(figure)}${sources[0] ? html`<blockquote class="quote">${foreign(sources[0].quote, sources[0].language)}</blockquote>` : ''}</li>`)}</ul></section>`}
${speakers.length === 0 ? '' : html`<section><h2>${w['quoted-people']}</h2><ul class="plain">${speakers.map(({ speaker, times }) => html`<li>${link(view, `/actors/${speaker}`, nameOf(view, speaker))} <span class="n">${number(view, times)}</span></li>`)}</ul></section>`}
</aside></div>`
  return {
    title: names.join(' – '), kicker: html`${link(view, '/', w.relationships)}`, heading: between(names.map((name) => html`<bdi>${name}</bdi>`), html` <span class="dash">–</span> `), body, wide: true,
    data: listData(view, '/api/chronology', { parties: parties.join(','), ...asked }),
  }
}
