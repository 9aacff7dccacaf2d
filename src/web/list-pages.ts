/** Lists: events, articles, what a search finds, documents set aside; and who somebody is. */
import { loadArticles, loadProblems, loadSearch } from '../api/articles.ts'
import { loadEvents } from '../api/events.ts'
import type { KnownActor } from '../api/names.ts'
import type { ArticlesQuery, EventsQuery, ProblemsQuery, SearchAsked } from '../api/schemas.ts'
import { directionOf } from '../render/bidi.ts'
import { type ArticleEntry, listStatements } from '../store/index.ts'
import { saveLink } from './alerts-page.ts'
import { articleName } from './article-page.ts'
import { eventFilters, eventList } from './events-list.ts'
import { attributes, between, foreign, html, type Html, plain } from './html.ts'
import { at, dateField, keep, languageName, link, listData, nameOf, number, type Page, pager, select, type View } from './view.ts'

export async function eventsPage(view: View, query: EventsQuery): Promise<Page> {
  const { w } = view
  const answer = await loadEvents(view.desk, { ...query, lang: view.language })
  const asked = { keys: query.keys?.join(','), from: query.from, to: query.to, types: query.types?.join(','), statuses: query.statuses?.join(','), minConfidence: query.minConfidence, order: query.order }
  return {
    title: w.events, ...(query.keys && query.keys.length > 0 ? { lead: html`${between(query.keys.map((key) => nameOf(view, key)), ' · ')}` } : {}),
    body: html`${eventFilters(view, '/events', query)}${eventList(view, answer.events)}${pager(view, '/events', { ...asked, cursor: query.cursor }, answer.next)}`,
    save: saveLink(view), data: listData(view, '/api/events', asked),
  }
}

function languageField(view: View, chosen: string | undefined): Html {
  return select('language', view.w['text-language'], [['', view.w.all], ...view.desk.knowledge.languages.map((language) => [language, languageName(view, language)] as const)], chosen)
}

function articleRow(view: View, entry: ArticleEntry, snippet: Html | null = null): Html {
  const { writers, w } = view
  return html`<li class="entry"><p class="day">${entry.published === null ? writers.templates.labels.undated : html`<time>${writers.lines.edtf(entry.published.slice(0, 10))}</time>`}</p><div class="what"><p class="line">${articleName(view, entry, entry.language)}</p>${snippet ?? ''}<p class="sources">${between([entry.publisher === null ? null : foreign(entry.publisher), html`<span class="tag" dir="ltr">${entry.language}</span>`, html`${w.reports} ${number(view, entry.reports)}`], ' · ')}</p></div></li>`
}

export async function articlesPage(view: View, query: ArticlesQuery): Promise<Page> {
  const { w } = view
  const answer = await loadArticles(view.desk, query)
  const { limit: _, format: __, cursor, ...asked } = query
  const body = html`<form class="filters" action="${view.base}/articles">${dateField('from', w.from, query.from)}${dateField('to', w.to, query.to)}${languageField(view, query.language)}${keep(view)}<button>${w.show}</button></form>
${answer.articles.length === 0 ? html`<p class="none">${w['no-match']}</p>` : html`<ol class="chronology articles">${answer.articles.map((entry) => articleRow(view, entry))}</ol>`}${pager(view, '/articles', { ...asked, cursor }, answer.next)}`
  return { title: w.articles, body, data: listData(view, '/api/articles', asked, { calendar: false }) }
}

export async function searchPage(view: View, query: SearchAsked): Promise<Page> {
  const { w } = view
  const answer = query.q.trim() === '' ? null : await loadSearch(view.desk, { ...query, lang: view.language })
  const { limit: _, format: __, cursor, lang: ___, ...asked } = query
  const body = html`<form class="filters" action="${view.base}/search"><label class="grow"><span>${w['search-words']}</span><input name="q" type="search" dir="auto"${attributes({ value: query.q, maxlength: 500, autofocus: query.q === '' })}></label>${dateField('from', w.from, query.from)}${dateField('to', w.to, query.to)}${languageField(view, query.language)}${keep(view)}<button>${w.search}</button></form>
${answer === null ? '' : html`
${answer.actors.length === 0 ? '' : html`<section><h2>${w.called}</h2><ul class="people">${answer.actors.map((actor) => html`<li>${link(view, `/actors/${actor.id}`, nameOf(view, actor.id))} <span class="small">${spellings(actor, 5)}</span></li>`)}</ul></section>`}
${answer.events.length + answer.articles.length === 0 ? html`<p class="none">${w['no-match']}</p>` : ''}
${answer.articles.length === 0 ? '' : html`<section><h2>${w['found-articles']}</h2><ol class="chronology articles">${answer.articles.map(({ article, snippet }) => articleRow(view, article, html`<p class="snippet"${attributes({ lang: article.language, dir: directionOf(snippet) ?? 'auto' })}>${plain(snippet)}</p>`))}</ol>${pager(view, '/search', { ...asked, cursor }, answer.next)}</section>`}
${answer.events.length === 0 ? '' : html`<section><h2>${w['found-events']}</h2>${eventList(view, answer.events)}</section>`}`}`
  return {
    title: query.q === '' ? w.search : `${w.search}: ${plain(query.q)}`, heading: w.search, lead: w['search-lead'], body,
    ...(query.q === '' ? {} : { save: saveLink(view), data: listData(view, '/api/search', asked) }),
  }
}

/** How somebody is called in each language, the usual spelling of each. */
function spellings({ names }: KnownActor, most: number): Html {
  return between(Object.entries(names).slice(0, most).map(([language, list]) => (list[0] === undefined ? null : foreign(list[0], language))), ' · ')
}

/** Names of one language, as its readers would list them: in its direction, parted by its comma. */
function namesIn({ desk }: View, language: string, names: readonly string[]): Html {
  const comma = desk.languages.includes(language) ? desk.writers(language).templates.comma : ', '
  return html`<bdi${attributes({ lang: language, dir: directionOf(names.join(' ')) ?? 'auto' })}>${between(names.map((name) => foreign(name)), comma)}</bdi>`
}

export async function actorPage(view: View, id: string, query: EventsQuery): Promise<Page | null> {
  const { w, desk, writers } = view
  const actor = desk.names.get(id)
  if (!actor) return null
  const answer = await loadEvents(desk, { ...query, keys: [actor.key], lang: view.language })
  const statements = (await listStatements(desk.db, { speaker: id, limit: 20 })).items
  const terms = desk.knowledge.gazetteer.termsOfPerson.get(id.slice(id.indexOf(':') + 1)) ?? []
  const path = `/actors/${id}`
  const asked = { from: query.from, to: query.to, types: query.types?.join(','), statuses: query.statuses?.join(','), minConfidence: query.minConfidence, order: query.order }
  const body = html`<div class="aside"><section class="main"><h2>${w.events}</h2>${eventFilters(view, path, query)}${eventList(view, answer.events)}${pager(view, path, { ...asked, cursor: query.cursor }, answer.next)}</section>
<aside>
<section><h2>${w.names}</h2><ul class="plain names">${Object.entries(actor.names).map(([language, list]) => html`<li><span class="tag" dir="ltr">${language}</span> ${namesIn(view, language, list.slice(0, 6))}</li>`)}</ul></section>
${terms.length === 0 ? '' : html`<section><h2>${w.terms}</h2><ul class="plain">${terms.map((term) => html`<li>${writers.lines.name(`office:${term.office}`, desk.knowledge.gazetteer.offices.get(term.office)?.name ?? term.office)} (${nameOf(view, term.country)}) <span class="day">${term.from === '' && term.to === '' ? '' : writers.lines.edtf(`${term.from || '..'}/${term.to || '..'}`)}</span></li>`)}</ul></section>`}
${statements.length === 0 ? '' : html`<section><h2>${writers.templates.labels.said}</h2><ul class="plain">${statements.map(({ statement, article, day }) => html`<li><span class="day">${writers.lines.edtf(day)}</span> ${writers.events.stance(statement.stance)}<blockquote class="quote"><a href="${at(view, `/articles/${article.id}`, {}, `w${statement.span[0]}-${statement.span[1]}`)}">${foreign(statement.text.replace(/\s+/gu, ' ').slice(0, 300), article.language)}</a></blockquote></li>`)}</ul></section>`}
</aside></div>`
  return { title: nameOf(view, id), body, wide: true, save: saveLink(view), data: listData(view, '/api/events', { keys: actor.key, ...asked }) }
}

export async function problemsPage(view: View, query: ProblemsQuery): Promise<Page> {
  const { w } = view
  const answer = await loadProblems(view.desk, query)
  const body = answer.problems.length === 0 ? html`<p class="none">${w['no-problems']}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label="${w.problems}"><table class="problems stack"><thead><tr><th scope="col">${w.when}</th><th scope="col">${w.document}</th><th scope="col">${w.reason}</th><th scope="col">${w.stage}</th><th scope="col" class="n">${w.attempts}</th></tr></thead>
<tbody>${answer.problems.map((problem) => html`<tr><td class="day"><time dir="ltr">${problem.at.slice(0, 16).replace('T', ' ')}</time></td><td>${foreign(problem.subject)}</td><td><code dir="ltr">${problem.code}</code> <bdi lang="en" dir="ltr">${plain(problem.message)}</bdi></td><td data-name="${w.stage}"><code dir="ltr">${problem.stage}</code></td><td class="n" data-name="${w.attempts}">${number(view, problem.attempts)}</td></tr>`)}</tbody></table></div>${pager(view, '/problems', { cursor: query.cursor }, answer.next)}`
  return { title: w.problems, lead: w['problems-lead'], body, data: [{ name: 'JSON', href: at(view, '/api/problems') }, { name: 'CSV', href: at(view, '/api/problems', { format: 'csv' }) }] }
}
