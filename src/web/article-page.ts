/** One article: its text with the findings marked in place, and the record beside it. */
import { loadArticle, type ArticleAnswer } from '../api/articles.ts'
import type { Report, Span } from '../model/index.ts'
import { webAddress } from '../render/formats.ts'
import { statusBadge } from './events-list.ts'
import { attributes, between, foreign, foreignBlock, html, type Html, plain } from './html.ts'
import { fieldId, figureId, markedText, reportId, statementId, wordsId } from './marks.ts'
import { at, code, link, number, type Page, toneOf, type View } from './view.ts'

export async function articlePage(view: View, id: string): Promise<Page | null> {
  const answer = await loadArticle(view.desk, id)
  if (!answer) return null
  const { w, writers } = view
  const { article } = answer.reading
  const { labels } = writers.templates
  const original = webAddress(article.url)
  const title = plain(article.title ?? article.lead?.slice(0, 120) ?? article.text.slice(0, 120))
  const head = between([
    article.publisher === null ? null : foreign(article.publisher), article.published === null ? null : html`${labels.published} <time>${writers.lines.edtf(article.published.slice(0, 10))}</time>`, article.byline === null ? null : html`${labels.byline} ${foreign(article.byline)}`,
    article.agencies.length === 0 ? null : html`${labels.agencies}: ${between(article.agencies.map((agency) => foreign(agency)), writers.templates.comma)}`, html`${w.language} <span class="tag" dir="ltr">${article.language}</span>`,
    original === null ? null : html`<a href="${original}" rel="noreferrer external">${w.original}</a>`,
  ], ' · ')
  const body = html`<div class="reading">
<section class="text"${html` aria-label="${w.text}"`}><article${foreignBlock(article.language, article.direction)} class="story">${markedText(answer.reading)}</article>${folded(view, answer)}</section>
<section class="record" aria-label="${w.record}">${record(view, answer)}</section></div>`
  return { title, heading: foreign(title, article.language), hideHeading: article.title !== null && article.text.startsWith(article.title), kicker: html`${link(view, '/articles', w.articles)}`, lead: head, body, wide: true, data: [{ name: 'JSON', href: at(view, `/api/articles/${id}`) }] }
}

/** What is not the story, folded away; versions and copies. */
function folded(view: View, { reading: { article, notices }, versions, copies }: ArticleAnswer): Html {
  const { w, writers } = view
  return html`
${article.captions.length === 0 ? '' : html`<details><summary>${w.captions} <span class="n">${number(view, article.captions.length)}</span></summary><ul class="plain">${article.captions.map(({ text, credit }) => html`<li>${foreign(text, article.language)}${credit === null ? '' : html` <span class="small">(${foreign(credit)})</span>`}</li>`)}</ul></details>`}
${article.furniture.length === 0 ? '' : html`<details><summary>${w['left-out']} <span class="n">${number(view, article.furniture.length)}</span></summary><ul class="plain furniture">${article.furniture.map(({ kind, text }) => html`<li><code dir="ltr">${kind}</code> ${foreign(text, article.language)}</li>`)}</ul></details>`}
${notices.length === 0 ? '' : html`<details><summary>${writers.templates.labels.notices} <span class="n">${number(view, notices.length)}</span></summary><ul class="plain">${notices.map((notice) => html`<li><code dir="ltr">${notice.code}</code> <bdi lang="en" dir="ltr">${plain(notice.message)}</bdi></li>`)}</ul></details>`}
${versions.length === 0 ? '' : html`<details open><summary>${w['article-versions']} <span class="n">${number(view, versions.length)}</span></summary><ol class="plain">${versions.map((version) => html`<li>${link(view, `/articles/${version.id}`, foreign(version.title ?? version.id))} <time class="small" dir="ltr">${version.firstSeen.slice(0, 16).replace('T', ' ')}</time>
<ul class="plain">${version.changes.slice(0, 20).map((change) => html`<li><span class="small">${change.kind === 'added' ? w['added-part'] : change.kind === 'removed' ? w['removed-part'] : w.changed}</span> ${change.kind === 'changed' ? change.words.slice(0, 8).map(({ before, after }) => html`${before === '' ? '' : html`<del>${foreign(before)}</del> `}${after === '' ? '' : html`<ins>${foreign(after)}</ins> `}`) : html`<span class="quote">${foreign((change.after ?? change.before ?? '').slice(0, 300))}</span>`}</li>`)}</ul></li>`)}</ol></details>`}
${copies.length === 0 ? '' : html`<details><summary>${w.copies} <span class="n">${number(view, copies.length)}</span></summary><ul class="plain">${copies.map((copy) => html`<li>${link(view, `/articles/${copy.id}`, foreign(copy.publisher ?? copy.title ?? copy.id))} <span class="tag" dir="ltr">${copy.language}</span></li>`)}</ul></details>`}`
}

function record(view: View, answer: ArticleAnswer): Html {
  const { labels } = view.writers.templates
  const { reports, statements, figures } = answer.reading
  const inOrder = [...reports].sort((a, b) => (a.evidence[0]?.span[0] ?? 0) - (b.evidence[0]?.span[0] ?? 0))
  const section = (title: string, parts: readonly Html[]): Html => (parts.length === 0 ? html`` : html`<section><h2>${title} <span class="n">${number(view, parts.length)}</span></h2>${parts}</section>`)
  const said = (unsaid: boolean): Html[] => statements.filter(({ stance }) => (stance === 'not-mentioned') === unsaid).map((statement) => html`<div class="finding statement" id="${statementId(statement.id)}"><p><a class="to" href="#${wordsId(statement.span)}">${view.writers.lines.statement(statement)}</a></p></div>`)
  if (reports.length + statements.length + figures.length === 0) return html`<p class="none">${labels.none}</p>`
  return html`${section(labels.happened, inOrder.filter(({ historical }) => !historical).map((report) => card(view, answer, report)))}
${section(labels.background, inOrder.filter(({ historical }) => historical).map((report) => card(view, answer, report)))}
${section(labels.said, said(false))}
${section(labels.figures, figures.map((figure, index) => html`<div class="finding figure" id="${figureId(index)}"><p>${words(answer, figure.span, view.writers.lines.figure(figure))}</p></div>`))}
${section(labels.unsaid, said(true))}`
}

const words = ({ reading: { article } }: ArticleAnswer, span: Span, line: string | null = null): Html =>
  html`<a class="to" href="#${wordsId(span)}">${line === null ? foreign(article.text.slice(span[0], span[1]).replace(/\s+/gu, ' '), article.language) : line}</a>`

function card(view: View, answer: ArticleAnswer, report: Report): Html {
  const { w, ui, writers } = view
  const { labels } = writers.templates
  const { speaker, outlet } = report.attribution
  const event = answer.events[report.id]
  const values: Readonly<Record<string, string>> = {
    type: `${report.type}${report.mode === null ? '' : `-${report.mode}`}`, actor: report.actors.map((actor) => writers.lines.actor(actor)).join(writers.templates.comma), recipient: report.recipients.map((actor) => writers.lines.actor(actor)).join(writers.templates.comma),
    date: `${writers.lines.date(report.date)}${report.date?.basis === 'inferred' ? ` (${labels.inferred})` : ''}`, place: report.place ? writers.lines.name(report.place.id, report.place.name) : '', status: ui.statuses[report.status],
    attribution: speaker ? writers.lines.actor(speaker) : (outlet ?? ''),
  }
  const named = (field: string): string => (ui.fields as Readonly<Record<string, string>>)[field] ?? field
  // One row a field, with all the words that say it.
  const order = [...new Set([...Object.keys(values), ...report.evidence.map(({ field }) => field)])]
  const rows = order.flatMap((field) => {
    const own = report.evidence.flatMap((evidence, index) => (evidence.field === field ? [html`<span class="field" id="${fieldId(report, index)}">${words(answer, evidence.span)}</span>`] : []))
    const value = values[field] ?? ''
    if (own.length === 0 && (value === '' || field === 'status')) return []
    return [html`<tr><th scope="row">${named(field)}</th><td>${value}</td><td>${between(own, ' · ')}</td></tr>`]
  })
  return html`<article class="finding report ${toneOf(report.quadClass)}" id="${reportId(report)}">
<h3>${writers.lines.report(report)} ${statusBadge(view, report.status)}</h3>
<p class="small">${writers.lines.date(report.date)} · ${code(report)} · ${labels.confidence} ${number(view, report.confidence, 2)}${event === undefined ? '' : html` · ${link(view, `/events/${event}`, w['to-event'])}`}</p>
<details${attributes({ open: !report.historical })}><summary>${w.words}</summary><table class="fields"><tbody>${rows}</tbody></table><p class="small">${w.rule}: <code dir="ltr">${report.rule}</code></p></details></article>`
}

/** The title under which lists name an article. */
export const articleName = (view: View, { title, publisher, id }: { readonly title: string | null; readonly publisher: string | null; readonly id: string }, language: string): Html =>
  link(view, `/articles/${id}`, foreign(title ?? publisher ?? id, language))

