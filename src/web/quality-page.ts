/** Quality: what this installation can and cannot read, how well, what the record covers, and where it is silent. */
import { type BenchPart, loadQuality, type QualityAnswer } from '../api/quality.ts'
import type { QualityQuery } from '../api/schemas.ts'
import { bars } from './bars.ts'
import { ends } from './chart.ts'
import { between, foreign, html, type Html, plain } from './html.ts'
import { at, languageName, link, nameOf, number, type Page, type View } from './view.ts'

export async function qualityPage(view: View, query: QualityQuery): Promise<Page> {
  const { w } = view
  const answer = await loadQuality(view.desk, { ...query, lang: view.language })
  const body = html`${languages(view, answer)}${scores(view, answer)}${coverage(view, answer)}${silences(view, answer)}`
  return { title: w.quality, lead: w['quality-lead'], body, data: [{ name: 'JSON', href: at(view, '/api/quality', { lang: view.language }) }, { name: 'CSV', href: at(view, '/api/quality', { format: 'csv' }) }] }
}

const mark = (view: View, yes: boolean): Html => html`<span class="mark-${yes ? 'yes' : 'no'}">${yes ? view.w.yes : view.w.no}</span>`
const english = (text: string): Html => html`<bdi lang="en" dir="ltr">${plain(text)}</bdi>`
const scroll = (label: string, content: Html): Html => html`<div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div>`

function languages(view: View, answer: QualityAnswer): Html {
  const { w } = view
  const unread = answer.coverage.languages.filter(({ read }) => !read)
  return html`<section><h2>${w['can-read']}</h2>${scroll(w['can-read'], html`<table class="quality stack"><thead><tr><th scope="col">${w.language}</th><th scope="col">${w.events}</th><th scope="col" class="n">${w.concepts}</th><th scope="col" class="n">${w.wordings}</th><th scope="col">${w['word-analysis']}</th><th scope="col">${w['record-lines']}</th></tr></thead>
<tbody>${answer.languages.map((language) => html`<tr><th scope="row">${languageName(view, language.code)} <span class="tag" dir="ltr">${language.code}</span></th><td data-name="${w.events}">${mark(view, language.events)}</td><td class="n" data-name="${w.concepts}">${number(view, language.concepts)} / ${number(view, language.of)}</td><td class="n" data-name="${w.wordings}">${number(view, language.wordings)}</td><td data-name="${w['word-analysis']}">${mark(view, language.learned)}</td><td data-name="${w['record-lines']}">${mark(view, language.templates)}</td></tr>`)}</tbody></table>`)}
<p class="small">${w['other-languages']}</p>
${unread.length === 0 ? '' : html`<p class="notice">${w.unread}: ${between(unread.map(({ language, articles }) => html`${languageName(view, language)} ${number(view, articles)}`), view.writers.templates.comma)}</p>`}</section>`
}

type Row = BenchPart['rows'][number]
const reached = ({ value, target, atMost }: Row): boolean | null => (value === null || target === null ? null : atMost ? value <= target : value >= target)
const figure = (view: View, value: number | null): string => (value === null ? '–' : number(view, value, Number.isInteger(value) ? 0 : 3))
const cell = (view: View, row: Row): Html => html`<span class="${reached(row) === false ? 'missed' : ''}" title="n = ${number(view, row.n)}">${figure(view, row.value)}${reached(row) === false ? html`<span class="hidden"> (${view.w['not-reached']})</span>` : ''}</span>`

/** Measures that were taken in several languages, side by side; all others below. */
function scores(view: View, { figures, languages: known }: QualityAnswer): Html {
  const { w } = view
  if (figures === null) return html`<section><h2>${w.scores}</h2><p class="notice">${w['no-scores']}</p></section>`
  const codes = known.map(({ code }) => code)
  const groups = figures.flatMap(({ rows }) => {
    const measures = new Map<string, Row[]>()
    for (const row of rows) if (row.language !== null && codes.includes(row.language)) measures.set(`${row.set}: ${row.measure}`, [...(measures.get(`${row.set}: ${row.measure}`) ?? []), row])
    return [...measures.values()].filter((own) => own.length > 1)
  })
  const target = (row: Row | undefined): string => (row === undefined || row.target === null ? '' : `${row.atMost ? '≤' : '≥'} ${number(view, row.target, 2)}`)
  return html`<section><h2>${w.scores}</h2><p class="small">${w['scores-lead']}</p>${scroll(w.scores, html`<table class="quality"><thead><tr><th scope="col">${w.measure}</th>${codes.map((code) => html`<th scope="col" class="n"><abbr title="${languageName(view, code)}" dir="ltr">${code}</abbr></th>`)}<th scope="col" class="n">${w.asked}</th></tr></thead>
<tbody>${groups.map((rows) => html`<tr><th scope="row">${english(rows[0]?.measure ?? '')} <span class="tag" dir="ltr">${rows[0]?.set}</span></th>${codes.map((code) => { const row = rows.find(({ language }) => language === code); return html`<td class="n">${row ? cell(view, row) : html`<span class="small">–</span>`}</td>` })}<td class="n small"><bdi dir="ltr">${target(rows.find((row) => row.target !== null))}</bdi></td></tr>`)}</tbody></table>`)}
<details><summary>${w['all-measures']}</summary>${figures.map(({ title, rows }) => html`<h3>${english(title)}</h3>${scroll(title, html`<table class="quality"><thead><tr><th scope="col">${w.measure}</th><th scope="col" class="n">${w.items}</th><th scope="col" class="n">${w.value}</th><th scope="col" class="n">${w.asked}</th><th scope="col">${w.others}</th></tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${row.language === null ? '' : html`<span class="tag" dir="ltr">${row.language}</span> `}${english(row.measure)} <span class="tag" dir="ltr">${row.set}</span></th><td class="n">${number(view, row.n)}</td><td class="n">${cell(view, row)}</td><td class="n"><bdi dir="ltr">${target(row)}</bdi></td><td>${row.anchor === null ? '' : english(row.anchor)}</td></tr>`)}</tbody></table>`)}`)}</details></section>`
}

function coverage(view: View, { coverage: { articles, reports, firstMonth, lastMonth, languages: spoken, outlets, outletCount, months, gaps } }: QualityAnswer): Html {
  const { w, writers } = view
  const month = (text: string | null): string => (text === null ? '' : writers.lines.edtf(text))
  const fact = (name: string, value: Html | string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`
  return html`<section><h2>${w.coverage}</h2>${articles === 0 ? html`<p class="none">${w.empty} ${link(view, '/add', w.begin)}</p>` : html`<dl class="facts">${fact(w.articles, number(view, articles))}${fact(w.reports, number(view, reports))}${fact(w.outlets, number(view, outletCount))}${firstMonth === null ? '' : fact(w.months, html`${month(firstMonth)} – ${month(lastMonth)}`)}</dl>
<div class="halves"><section><h3>${w.languages}</h3>${bars(view, spoken.map(({ language, articles: count, read }) => ({ name: html`${link(view, '/articles', languageName(view, language), { language })}${read ? '' : html` <span class="badge">${w['not-read']}</span>`}`, count, more: html`${w.reports} ${number(view, spoken.find((one) => one.language === language)?.reports ?? 0)}` })))}</section>
<section><h3>${w.outlets}</h3>${bars(view, outlets.map(({ outlet, articles: count, languages: own }) => ({ name: link(view, '/articles', foreign(outlet), { publisher: outlet }), count, more: html`${own.map((code) => html`<span class="tag" dir="ltr">${code}</span> `)}` })))}${outletCount > outlets.length ? html`<p class="small">+${number(view, outletCount - outlets.length)}</p>` : ''}</section></div>
<details><summary>${w['by-month']}</summary>${bars(view, months.map((one) => ({ name: html`${link(view, '/articles', month(one.month), { from: ends(one.month)[0], to: ends(one.month)[1] })}`, count: one.articles, more: html`${w.reports} ${number(view, one.reports)}` })))}</details>
<h3>${w.gaps}</h3><p class="small">${gaps.length === 0 ? w['no-gaps'] : w['gaps-lead']}</p>${gaps.length === 0 ? '' : html`<p class="gaps">${between(ranges(gaps).map(([from, to]) => (from === to ? month(from) : html`${month(from)} – ${month(to)}`)), ' · ')}</p>`}`}</section>`
}

/** Months that follow one another as one stretch. */
function ranges(months: readonly string[]): readonly (readonly [string, string])[] {
  const at = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7))
  const out: [string, string][] = []
  for (const month of months) {
    const last = out.at(-1)
    if (last && at(month) === at(last[1]) + 1) last[1] = month
    else out.push([month, month])
  }
  return out
}

function silences(view: View, { silences: found }: QualityAnswer): Html {
  const { w, writers } = view
  const names = (states: readonly string[]): Html => between(states.map((state) => html`<bdi>${nameOf(view, state)}</bdi>`), writers.templates.comma)
  return html`<section><h2>${w.silence}</h2><p class="small">${w['silence-lead']}</p>${found.length === 0 ? html`<p class="none">${w['no-silence']}</p>` : html`<ol class="chronology">${found.map(({ event, told, silent, quoted }) => html`<li class="entry"><p class="day">${writers.events.date(event)}</p><div class="what"><p class="line">${link(view, `/events/${event.id}`, event.line)}</p><p class="small"><span class="said yes">${w['told-by']}: ${names(told)}</span> <span class="said no">${w['no-report-from']}: ${names(silent)}</span>${quoted.length === 0 ? '' : html` (${w['quoted-elsewhere']}: ${names(quoted)})`}</p></div></li>`)}</ol>`}</section>`
}
