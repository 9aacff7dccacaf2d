/** One event: what happened, what each side said of it, where the reports differ, all reports, and why they are one event. */
import { loadEvent, type EventAnswer } from '../api/events.ts'
import { loadJudgements } from '../api/review.ts'
import type { EventQuery } from '../api/schemas.ts'
import { partiesOf } from '../events/index.ts'
import type { ComparedTopic, Difference, Quote } from '../model/index.ts'
import { sourcesOf } from '../render/chronology.ts'
import { pairLinks, statusBadge, wordsAt } from './events-list.ts'
import { attributes, between, foreign, html, type Html, type Part } from './html.ts'
import type { Judgement } from '../store/index.ts'
import { decidePart } from './review-page.ts'
import { decideButton, defaultButton, doneNotice, history, kindWords, ruleWords } from './review-parts.ts'
import { at, code, isolated, link, nameOf, number, type Page, typeName, type View } from './view.ts'

const QUOTES = 2
/** Topics shown at once of those told by neither side. */
const NEITHER = 12

export async function eventPage(view: View, id: string, query: EventQuery): Promise<Page | null> {
  const { desk, w, writers } = view
  const answer = await loadEvent(desk, id, { ...query, lang: view.language })
  if (!answer) return null
  const { event } = answer
  const { labels } = writers.templates
  const outlets = sourcesOf(event.members).length
  const facts: [string, Part][] = [
    [labels.date, html`<time${attributes({ datetime: event.firstDay })}>${writers.events.date(event)}</time>`],
    ...(event.place ? [[labels.place, writers.lines.name(event.place.id, event.place.name)] as [string, Part]] : []),
    [w.kind, html`${typeName(view, event.type)} ${code(event)}`], [w.status, html`${view.ui.statuses[event.status]}${event.historical ? html` · ${labels.background}` : ''}`],
    ...(event.contexts.length > 0 ? [[w.contexts, between(event.contexts.map((context) => writers.events.topic({ kind: 'context', key: context })), writers.templates.comma)] as [string, Part]] : []),
    [labels.confidence, number(view, event.confidence, 2)], [w['score-word'], html`<span dir="ltr">${number(view, event.intensity, 1)}</span>`], [w.reports, `${number(view, event.members.length)}`],
  ]
  const decided = (await loadJudgements(desk, id, { lang: view.language }))?.judgements ?? []
  const body = html`${view.mayReview ? defaultButton() : ''}${doneNotice(view, view.mayReview)}<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
${event.notes.map((note) => html`<p class="notice">${foreign(note)}</p>`)}
${answer.linked.length === 0 ? '' : html`<section><h2>${w.linked}</h2><ul class="plain">${answer.linked.map((other) => { const own = event.links.find((one) => one.event === other.id); return html`<li>${own ? writers.events.fill(labelsOf(view)[own.kind], { line: '' }).replace(/[\s:\uff1a]+$/u, '') : ''}: ${link(view, `/events/${other.id}`, other.line)} <span class="day">${writers.events.date(other)}</span>${own ? html` <span class="small">${ruleWords({ why: own.why ?? '', reasons: own.reason ? [own.reason] : null })}</span>` : ''}</li>` })}</ul></section>`}
${comparison(view, answer)}
${versions(view, answer)}
${reports(view, answer)}
${decidePart(view, event)}
${judgements(view, answer, decided)}`
  return {
    title: event.line, kicker: html`${pairLinks(view, partiesOf(event))}`, heading: html`${event.line} ${statusBadge(view, event.status)}`, lead: html`${writers.events.fill(labelsOf(view).counts, { events: '1', articles: String(outlets) }).split(writers.templates.comma).at(-1) ?? ''}`,
    body, wide: true, data: [{ name: 'JSON', href: at(view, `/api/events/${id}`, { sides: query.sides?.join(','), lang: view.language }) }],
  }
}

const labelsOf = (view: View): View['writers']['templates']['events']['labels'] => view.writers.templates.events.labels

function quotes(view: View, all: readonly Quote[], most = QUOTES): Html {
  const shown = all.slice(0, most)
  return html`${shown.map((quote) => html`<blockquote class="quote"><a href="${wordsAt(view, quote)}">${foreign(quote.text, quote.language)}</a><footer>${between([quote.speaker === null ? null : foreign(quote.speaker), quote.outlet === null ? null : foreign(quote.outlet), html`<span class="tag" dir="ltr">${quote.language}</span>`], ' · ')}</footer></blockquote>`)}`
}

function comparison(view: View, { comparison: compared, accounts, event }: EventAnswer): Html {
  const { w, writers } = view
  if (!compared) return html``
  const { a, b } = compared
  const labels = labelsOf(view)
  const sides = [a, b].map((side) => writers.events.side(side))
  const [sideA = '', sideB = ''] = sides
  const heads = [a, b].map((side) => {
    const account = accounts.find((candidate) => candidate.side === side)
    return account ? html`${account.official ? labels.own : labels.quoted} · ${w.articles} ${number(view, account.articles.length)}` : html`–`
  })
  const mark = (said: boolean): Html => html`<span class="said ${said ? 'yes' : 'no'}">${said ? w.said : w['not-said']}</span>`
  const row = (topic: ComparedTopic): Html => html`<tr><th scope="row"><span class="small">${writers.templates.events.topics[topic.kind]}</span> ${writers.events.topic(topic)}</th>
<td data-side="${sideA}">${mark(topic.a.length > 0)}${quotes(view, topic.a)}</td><td data-side="${sideB}">${mark(topic.b.length > 0)}${quotes(view, topic.b)}</td><td data-side="${labels.others}">${quotes(view, topic.others, topic.a.length + topic.b.length > 0 ? 1 : QUOTES)}</td></tr>`
  const groups = [
    { id: 'both', title: labels.both, topics: compared.both }, { id: 'only-a', title: writers.events.fill(labels.only, { side: sideA }), topics: compared.onlyA },
    { id: 'only-b', title: writers.events.fill(labels.only, { side: sideB }), topics: compared.onlyB }, { id: 'neither', title: labels.neither, topics: compared.neither, most: NEITHER },
  ].filter(({ topics }) => topics.length > 0)
  const group = ({ id, title, topics, most }: { readonly id: string; readonly title: string; readonly topics: readonly ComparedTopic[]; readonly most?: number }): Html => html`<tbody id="${id}"><tr class="group"><th colspan="4" scope="rowgroup">${title} <span class="n">${number(view, topics.length)}</span></th></tr>${topics.slice(0, most).map(row)}</tbody>`
  const unsaid = [a, b].flatMap((side) => {
    const own = compared.unsaid.filter((item) => item.side === side).map(({ quote }) => quote)
    return own.length === 0 ? [] : [html`<p class="unsaid"><strong>${writers.events.fill(labels['left-out'], { side: writers.events.side(side) })}</strong></p>${quotes(view, own, 6)}`]
  })
  const parties = partiesOf(event)
  return html`<section class="comparison" id="comparison"><h2>${w.comparison}</h2><p class="small">${w['comparison-lead']}</p>
${parties.length > 2 ? html`<p class="small sides">${parties.flatMap((x, index) => parties.slice(index + 1).map((y) => [x, y] as const)).slice(0, 10).map(([x, y]) => html`<a${attributes({ href: at(view, `/events/${event.id}`, { sides: `${x},${y}` }), 'aria-current': (x === a && y === b) || (x === b && y === a) ? 'true' : null })}>${nameOf(view, x)} / ${nameOf(view, y)}</a> `)}</p>` : ''}
${unsaid}
${groups.length === 0 ? '' : html`<ul class="glance">${groups.map(({ id, title, topics }) => html`<li><a href="#${id}">${title} <strong class="n">${number(view, topics.length)}</strong></a></li>`)}</ul>`}
<div class="scroll" tabindex="0" role="region" aria-label="${w.comparison}"><table class="compare"><thead><tr><th scope="col">${w.topic}</th><th scope="col">${sideA}<span class="small">${heads[0]}</span></th><th scope="col">${sideB}<span class="small">${heads[1]}</span></th><th scope="col">${labels.others}</th></tr></thead>
${groups.map(group)}</table></div>
${compared.differences.length === 0 ? '' : html`<h3>${labels.differences}</h3><ul class="plain differences">${compared.differences.map((difference) => html`<li>${differenceLine(view, difference, sideA, sideB)}</li>`)}</ul>`}</section>`
}

function differenceLine(view: View, { kind, topic, a, b }: Difference, sideA: string, sideB: string): string {
  const { writers } = view
  const [topicKind = '', ...rest] = (topic ?? '').split(' ')
  const name = topic === null ? '' : writers.events.topic({ kind: topicKind as ComparedTopic['kind'], key: rest.join(' ') })
  const say = (value: string): string => (kind === 'stance' ? writers.events.stance(value) : isolated(view, kind === 'wording' ? writers.events.fill(writers.templates.quote, { words: value }) : value))
  return writers.events.fill(writers.templates.events.differences[kind], { topic: name, a: sideA, b: sideB, x: say(a), y: say(b) })
}

function versions(view: View, { event }: EventAnswer): Html {
  const { w, writers } = view
  if (event.versions.length === 0) return html``
  const outlet = (report: string): Html => { const member = event.members.find((candidate) => candidate.report === report); return member ? html`<a href="${wordsAt(view, member)}">${foreign(member.outlet ?? member.title ?? member.article)}</a>` : html`` }
  return html`<section><h2>${w.versions}</h2><p class="small">${w['versions-lead']}</p><div class="scroll" tabindex="0" role="region" aria-label="${w.versions}"><table><tbody>${event.versions.map((version) => html`<tr><th scope="row">${writers.events.field(version)}</th><td>${isolated(view, writers.events.version(version, event))}</td><td class="small">${between(version.reports.slice(0, 6).map(outlet), ' · ')}</td></tr>`)}</tbody></table></div></section>`
}

function reports(view: View, { event }: EventAnswer): Html {
  const { w, writers } = view
  const { labels } = writers.templates
  const inOrder = [...event.members].sort((a, b) => (a.published ?? '9').localeCompare(b.published ?? '9') || (a.report < b.report ? -1 : 1))
  return html`<section><h2>${w.reports} <span class="n">${number(view, event.members.length)}</span></h2><div class="scroll" tabindex="0" role="region" aria-label="${w.reports}"><table class="reports"><thead><tr><th scope="col">${labels.published}</th><th scope="col">${w.outlet}</th><th scope="col">${w.side}</th><th scope="col">${w.words}</th><th scope="col" class="n">${labels.confidence}</th></tr></thead>
<tbody>${inOrder.map((member) => html`<tr><td class="day">${member.published === null ? '–' : writers.lines.edtf(member.published.slice(0, 10))}</td><td>${link(view, `/articles/${member.article}`, foreign(member.outlet ?? member.title ?? member.article))} <span class="tag" dir="ltr">${member.language}</span>${member.background ? html` <span class="badge">${labels.background}</span>` : ''}</td><td>${member.side === null ? '' : nameOf(view, member.side)}</td><td><blockquote class="quote"><a href="${wordsAt(view, member)}">${foreign(member.quote, member.language)}</a>${member.according === null ? '' : html`<footer>${labels['according-to']} ${foreign(member.according)}</footer>`}</blockquote></td><td class="n">${number(view, member.confidence, 2)}${view.mayReview && event.members.length > 1 ? html`<br>${decideButton('part', member.report, view.ui.review.part, null, true)}` : ''}</td></tr>`)}</tbody></table></div></section>`
}

function judgements(view: View, { event }: EventAnswer, decided: readonly Judgement[]): Html {
  const { w, ui: { review } } = view
  const all = decided.filter(({ by }) => by.kind === 'rule')
  const name = (report: string | null): Html => {
    const member = event.members.find((candidate) => candidate.report === report)
    return member ? html`<a href="${wordsAt(view, member)}">${foreign(member.outlet ?? member.title ?? member.article)}</a>` : html`<code dir="ltr">${(report ?? '').slice(0, 10)}</code>`
  }
  const inside = new Set(event.members.map(({ report }) => report))
  return html`<section id="decisions"><h2>${review.history}</h2>${history(view, decided, view.mayReview)}</section>
${all.length === 0 ? '' : html`<section><h2>${w['why-joined']}</h2><details open><summary>${number(view, all.length)}</summary><ul class="plain judgements">${all.slice(0, 60).map((judgement) => html`<li>${name(judgement.report)}${judgement.other === null ? '' : html` ↔ ${name(judgement.other)}`}: <strong>${kindWords(view, judgement.kind)}</strong><span class="small"> · ${w['by-rule']}${judgement.score === null ? '' : html` · ${w.score} <span dir="ltr">${number(view, judgement.score, 1)}</span>`}</span>${view.mayReview && judgement.kind === 'same-event' && inside.has(judgement.report ?? '') && inside.has(judgement.other ?? '') ? html` ${decideButton('overrule', `${judgement.report} ${judgement.other}`, review['is-not-same'], null, true)}` : ''}<p class="small">${ruleWords(judgement)}</p></li>`)}</ul></details></section>`}`
}
