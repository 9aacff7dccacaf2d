/** Relationships: every pair of states as a list and a matrix; of one state also as a map. */
import { loadRelations, type Relation } from '../api/relations.ts'
import type { RelationsQuery } from '../api/schemas.ts'
import { attributes, between, html, type Html } from './html.ts'
import { contactMap } from './map.ts'
import { at, dateField, keep, link, nameOf, number, type Page, pairPath, select, shade, type View } from './view.ts'

/** States shown in the matrix, and offered by name. */
const MATRIX = 16
const LISTED = 400

/** What stands between two names in a search. */
const AND = /\s*(?:[,;/&+\u2013\u2014\u060c\u3001\uff0c]|\s-\s)\s*/u

/** The states a search names: one or two; null when one of the names is none. */
function statesOf(view: View, wanted: string, given: string | undefined): readonly string[] | null {
  const { names, knowledge } = view.desk
  const one = (text: string): string | undefined => names.find(text).find(({ kind }) => kind === 'state')?.key
  if (given !== undefined) return knowledge.gazetteer.states.has(given.toUpperCase()) ? [given.toUpperCase()] : null
  if (wanted.trim() === '') return []
  const whole = one(wanted)
  if (whole !== undefined) return [whole]
  const parts = wanted.split(AND).filter((part) => part !== '').slice(0, 2).map(one)
  return parts.length === 2 && parts.every((part) => part !== undefined) ? parts : null
}

export async function relationshipsPage(view: View, query: RelationsQuery, wanted: string): Promise<Page> {
  const { w, desk } = view
  const states = statesOf(view, wanted, query.state)
  const [state, second] = states ?? []
  const { from, to } = query
  const { relations: all } = await loadRelations(desk, { from, to, limit: 5000 })
  const newest = view.query['order'] === 'last'
  const found = all.filter(({ pair }) => (state === undefined || pair.includes(state)) && (second === undefined || pair.includes(second)))
  const listed = newest ? [...found].sort((a, b) => (b.lastDay ?? '').localeCompare(a.lastDay ?? '') || b.events - a.events) : found
  const leading = heaviest(all, MATRIX)
  const asked = { from, to, order: newest ? 'last' : null }
  const body = html`<form class="filters" action="${view.base}/"><label class="grow"><span>${w['find-state']}</span><input name="q" type="search" dir="auto"${attributes({ value: wanted === '' && state !== undefined ? nameOf(view, state) : wanted, maxlength: 100 })}></label>${dateField('from', w.from, from)}${dateField('to', w.to, to)}${select('order', w.order, [['', w['most-events']], ['last', w.newest]], newest ? 'last' : '')}${keep(view)}<button>${w.show}</button></form>
${states === null || (found.length === 0 && all.length > 0) ? html`<p class="none">${w['no-match']}</p>` : all.length === 0 ? html`<p class="none">${w.empty} ${link(view, '/add', w.begin)}</p>` : html`
<p class="states"><span class="small">${w['one-state']}:</span> ${between(leading.map((code) => html`<a${attributes({ href: at(view, '/', { state: code, ...asked }), 'aria-current': code === state && second === undefined ? 'true' : null })}>${nameOf(view, code)}</a>`), ' ')}</p>${state === undefined ? '' : html`<p class="states">${link(view, '/', w['all-pairs'], asked)} ${second === undefined ? link(view, `/relations/${state}`, w.events) : ''}</p>`}
${state === undefined || second !== undefined ? '' : contactMap(view, state, found)}
<div class="beside">${table(view, listed)}${matrix(view, all, state === undefined ? leading : [state, ...heaviest(found, MATRIX).filter((code) => code !== state)])}</div>`}`
  return {
    title: state === undefined ? w.relationships : `${w.relationships}: ${(states ?? []).map((code) => nameOf(view, code)).join(' – ')}`, lead: w['relationships-lead'], body, wide: true,
    data: [{ name: 'JSON', href: at(view, '/api/relations', { state, from, to }) }, { name: 'CSV', href: at(view, '/api/relations', { state, from, to, format: 'csv' }) }],
  }
}

/** The states with most events in these relationships. */
function heaviest(relations: readonly Relation[], most: number): string[] {
  const weight = new Map<string, number>()
  for (const { pair, events } of relations) for (const state of pair) weight.set(state, (weight.get(state) ?? 0) + events)
  return [...weight].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([state]) => state)
}

function table(view: View, relations: readonly Relation[]): Html {
  const { w, writers } = view
  return html`<section><h2>${w.list}</h2><div class="scroll" tabindex="0" role="region" aria-label="${w.list}"><table class="relations"><thead><tr><th scope="col">${w.pair}</th><th scope="col" class="n">${w.events}</th><th scope="col" class="n">${w.cooperation}</th><th scope="col" class="n">${w.conflict}</th><th scope="col" class="n" title="${w['balance-note']}">${w.balance}</th><th scope="col">${w.last}</th></tr></thead>
<tbody>${relations.slice(0, LISTED).map((relation) => html`<tr><th scope="row">${link(view, pairPath(relation), html`${nameOf(view, relation.pair[0])} – ${nameOf(view, relation.pair[1])}`)}</th><td class="n">${number(view, relation.events)}</td><td class="n">${number(view, relation.cooperation)}</td><td class="n">${number(view, relation.conflict)}</td><td class="n"><span class="shade ${shade(relation.balance)}" dir="ltr">${number(view, relation.balance, 1)}</span></td><td>${relation.lastDay === null ? '' : writers.lines.edtf(relation.lastDay)}</td></tr>`)}</tbody></table></div></section>`
}

function matrix(view: View, relations: readonly Relation[], states: readonly string[]): Html {
  const { w } = view
  const of = new Map(relations.map((relation) => [relation.pair.join('|'), relation]))
  const cell = (a: string, b: string): Html => {
    const relation = of.get(a < b ? `${a}|${b}` : `${b}|${a}`)
    if (a === b) return html`<td class="self"></td>`
    if (!relation) return html`<td></td>`
    const names = `${nameOf(view, a)} – ${nameOf(view, b)}`
    return html`<td class="shade ${shade(relation.balance)}"><a href="${at(view, pairPath(relation))}" title="${names}"><span class="hidden">${names}: </span>${number(view, relation.events)}</a></td>`
  }
  return html`<section><h2>${w.matrix}</h2><p class="small">${w['matrix-lead']}</p><div class="scroll" tabindex="0" role="region" aria-label="${w.matrix}"><table class="matrix"><thead><tr><td></td>${states.map((state) => html`<th scope="col"><abbr title="${nameOf(view, state)}" dir="ltr">${state}</abbr></th>`)}</tr></thead>
<tbody>${states.map((a) => html`<tr><th scope="row">${nameOf(view, a)}</th>${states.map((b) => cell(a, b))}</tr>`)}</tbody></table></div>
<p class="small legend"><span class="shade m2">−</span> ${w.conflict} <span class="shade m1"></span><span class="shade z"></span><span class="shade p1"></span> ${w.cooperation} <span class="shade p2">+</span></p></section>`
}
