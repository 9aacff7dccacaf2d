/** Review: one question at a time, the text beside the fields; the rest of the queue; who reviewed and how far they agree. */
import { recentDecisions, ReviewError } from '../review.ts'
import { eventsOfReports } from '../store/index.ts'
import { loadEvent } from '../api/events.ts'
import { loadJudgements, loadReview, loadReviewers, makeDecision, takeBack, type DecidedAnswer, type ToldQuestion } from '../api/review.ts'
import type { DecisionAsked } from '../api/schemas.ts'
import { sourcesOf } from '../render/chronology.ts'
import { statusBadge } from './events-list.ts'
import { between, foreign, html, type Html, type Part } from './html.ts'
import { count, decideButton, decideForm, defaultButton, doneNotice, eventLink, evidence, fieldInputs, fieldWord, history, isValue, kindWords, presentIn, reasonFields, ruleWords, CORRECTED, type valuesOf } from './review-parts.ts'
import { at, code, isolated, link, number, type Page, type View } from './view.ts'

const QUEUE = 50
const LISTED = 20
/** Judgements looked at for the latest decisions. */
const RECENT = 60
/** Articles whose words are shown for one question. */
const SHOWN = 3

export async function reviewPage(view: View): Promise<Page> {
  const { ui: { review } } = view
  const { questions } = await loadReview(view.desk, { limit: QUEUE, lang: view.language })
  const wanted = view.query['at']
  const passed = questions.findIndex(({ key }) => key === view.query['after'])
  const index = wanted === undefined ? (passed + 1) % (questions.length || 1) : Math.max(0, questions.findIndex(({ key }) => key === wanted))
  const question = questions[index]
  const people = await loadReviewers(view.desk)
  const others = questions.filter((other) => other !== question)
  const recent = await recentDecisions({ db: view.desk.db }, RECENT)
  const body = html`${view.mayReview ? defaultButton() : ''}${doneNotice(view, view.mayReview)}
${question ? await questionPart(view, question) : html`<p class="none">${review['nothing-open']}</p>${view.mayReview ? decideForm(view, '/review', reasonFields(view)) : ''}`}
${others.length === 0 ? '' : html`<section class="queue"><h2>${review.queue} ${count(view, others.length)}</h2><ol class="plain">${others.slice(0, LISTED).map((other) => html`<li><span class="small">${questionWords(view, other)}</span> ${link(view, '/review', other.event.line, { at: other.key })} <span class="day">${view.writers.events.date(other.event)}</span></li>`)}</ol></section>`}
${recent.length === 0 ? '' : html`<section><h2>${review.history}</h2>${history(view, recent, view.mayReview, true)}</section>`}
${await agreement(view, people)}`
  return { title: review.title, lead: review.lead, body, wide: true, data: [{ name: 'JSON', href: at(view, '/api/review', { lang: view.language }) }, { name: review.agreement, href: at(view, '/api/review/agreement') }] }
}

const questionWords = (view: View, { kind }: ToldQuestion): string => view.ui.review[kind === 'same-or-not' ? 'same-question' : kind === 'which-version' ? 'version-question' : 'right-question']

async function questionPart(view: View, question: ToldQuestion): Promise<Html> {
  const { ui: { review }, writers, w } = view
  const { event, other, reports } = question
  const own = reports ? event.members.filter(({ report }) => reports.includes(report)) : sourcesOf(event.members).slice(0, SHOWN)
  const theirs = other ? other.members.filter(({ report }) => reports?.includes(report) ?? true).slice(0, SHOWN) : []
  const judged = (await loadJudgements(view.desk, event.id, { lang: view.language }))?.judgements ?? []
  const heading = (one: ToldQuestion['event']): Html => html`<h3>${eventLink(view, one)} ${statusBadge(view, one.status, one.historical)}</h3><p class="small">${between([writers.events.date(one), code(one), html`${writers.templates.labels.confidence} ${number(view, one.confidence, 2)}`, html`${w.reports} ${number(view, one.members.length)}`], ' · ')}</p>`
  const answers: Part = question.kind === 'same-or-not' ? html`${decideButton('do', 'same', review['is-same'], 's')} ${decideButton('do', 'not-same', review['is-not-same'], 'd')}`
    : question.kind === 'which-version' ? html`${(question.values ?? []).slice(0, 9).filter(({ value }) => isValue(view, question.field ?? '', value)).map(({ value }, place) => html`${decideButton('pick', value, isolated(view, writers.events.version({ field: question.field ?? '', value, weight: 0, reports: [] }, event)), String(place + 1))} `)}`
    : ''
  const asked = question.kind === 'which-version' ? html`${questionWords(view, question)} <span class="dash">${writers.events.field({ field: question.field ?? '', value: '', weight: 0, reports: [] })}</span>` : questionWords(view, question)
  return html`<section class="question"><h2>${asked}</h2>
<div class="reading"><section class="text"${html` aria-label="${w.text}"`}>${heading(event)}${await evidence(view, own)}${other ? html`${heading(other)}${await evidence(view, theirs)}` : ''}${question.why === undefined ? '' : html`<p class="small">${w['by-rule']}: ${ruleWords(question)} (${w.score} <span dir="ltr">${number(view, question.score ?? 0, 1)}</span>)</p>`}</section>
<section class="record" aria-label="${w.record}">${view.mayReview ? decideForm(view, '/review', html`<input type="hidden" name="on" value="${event.id}"><input type="hidden" name="question" value="${question.key}">${other ? html`<input type="hidden" name="other-event" value="${other.id}">` : ''}${reports ? html`<input type="hidden" name="pair" value="${reports.join(' ')}">` : ''}${question.field === undefined ? '' : html`<input type="hidden" name="pick-field" value="${question.field}">`}
${fieldInputs(view, event)}<div class="row">${reasonFields(view)}</div>
<div class="row answers">${decideButton('do', 'save', review.save, null)} ${answers} ${question.kind === 'same-or-not' ? '' : html`${decideButton('do', 'confirm', review.confirm, 'c')} ${decideButton('do', 'reject', review.reject, 'x')}`} <a class="skip-question" data-key="n" href="${at(view, '/review', { after: question.key })}">${review.skip} <kbd aria-hidden="true">n</kbd></a></div>`) : html`<p class="notice">${w['read-only']}</p>`}
<h3>${review.history}</h3>${history(view, judged, view.mayReview)}</section></div></section>`
}

async function agreement(view: View, { people, pairs, disputed }: Awaited<ReturnType<typeof loadReviewers>>): Promise<Html> {
  const { ui: { review }, w } = view
  if (people.length === 0) return html``
  const where = await eventsOfReports(view.desk.db, disputed.slice(0, LISTED).map(({ report }) => report))
  return html`<section><h2>${review.agreement}</h2><p class="small">${review['agreement-lead']}</p>
<div class="scroll" tabindex="0" role="region" aria-label="${review.reviewers}"><table class="narrow stack"><thead><tr><th scope="col">${review.reviewers}</th><th scope="col" class="n">${review.decisions}</th><th scope="col" class="n">${review['taken-back']}</th><th scope="col">${w.last}</th></tr></thead><tbody>${people.map((person) => html`<tr><th scope="row">${foreign(person.name)}</th><td class="n" data-name="${review.decisions}">${number(view, person.decisions)}</td><td class="n" data-name="${review['taken-back']}">${number(view, person.withdrawn)}</td><td class="day" data-name="${w.last}">${view.writers.lines.edtf(person.last.slice(0, 10))}</td></tr>`)}</tbody></table></div>
${pairs.length === 0 ? html`<p class="small">${review['no-agreement']}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label="${review.agreement}"><table class="narrow stack"><thead><tr><th scope="col">${review.reviewers}</th><th scope="col" class="n">${review.together}</th><th scope="col" class="n">${review.agreed}</th><th scope="col" class="n">${review.kappa}</th></tr></thead><tbody>${pairs.map((pair) => html`<tr><th scope="row">${foreign(pair.a)} – ${foreign(pair.b)}</th><td class="n" data-name="${review.together}">${number(view, pair.together)}</td><td class="n" data-name="${review.agreed}">${number(view, pair.agreed)}</td><td class="n" data-name="${review.kappa}">${pair.kappa === null ? '–' : number(view, pair.kappa, 2)}</td></tr>`)}</tbody></table></div>`}
${disputed.length === 0 ? '' : html`<h3>${review.disputed} ${count(view, disputed.length)}</h3><ul class="plain">${disputed.slice(0, LISTED).map(({ report, field, said }) => html`<li>${where.has(report) ? link(view, `/events/${where.get(report)}`, html`<code dir="ltr">${report.slice(0, 10)}</code>`) : html`<code dir="ltr">${report.slice(0, 10)}</code>`}${field === null ? '' : ` ${fieldWord(view, field)}`}: ${between(said.map(({ by, what }) => html`${foreign(by)} <strong>${field === null ? kindWords(view, what) : foreign(what)}</strong>`), ' · ')}</li>`)}</ul>`}</section>`
}

/** What the form of decisions gave. */
export type DecisionForm = Readonly<Record<string, string>>

/** Does what the form says; the address to go to next. Throws ReviewError. */
export async function decideFromForm(view: View, form: DecisionForm): Promise<string> {
  const { desk, who, ui: { review } } = view
  const given = (name: string): string => (form[name] ?? '').trim()
  const by = who.name === null ? given('by') : undefined
  const said = { ...(by === undefined ? {} : { by }), why: given('why') || review['default-reason'], lang: view.language }
  const fromQueue = given('back') === '/review'
  const next = ({ judgements, events }: DecidedAnswer, name: 'done' | 'undone'): string => {
    const id = judgements[0] ?? ''
    const [event] = events
    return fromQueue || !event ? at(view, '/review', { [name]: id }) : at(view, `/events/${event.id}`, { [name]: id })
  }
  if (given('undo') !== '') return next(await takeBack(desk, given('undo'), said, who), 'undone')
  const on = given('on')
  if (given('part') !== '') return next(await makeDecision(desk, { ...said, on: given('part'), notSame: on }, who), 'done')
  if (given('overrule') !== '') {
    const [a = '', b = ''] = given('overrule').split(' ')
    return next(await makeDecision(desk, { ...said, on: a, notSame: b }, who), 'done')
  }
  const act = given('do')
  const [first = '', second = ''] = given('pair').split(' ')
  if (act === 'same' || act === 'not-same') {
    const other = given('other-event')
    const pair = other === '' ? { on: first, other: second } : { on, other }
    return next(await makeDecision(desk, { ...said, on: pair.on, ...(act === 'same' ? { same: pair.other } : { notSame: pair.other }) }, who), 'done')
  }
  const found = await loadEvent(desk, on, { lang: view.language })
  if (!found) throw new ReviewError(`the record holds no event '${on}' any more; it may have been joined or parted meanwhile`)
  const changed = CORRECTED.filter((field) => form[`field-${field}`] !== undefined && given(`field-${field}`) !== (form[`was-${field}`] ?? '').trim())
  const correct: NonNullable<DecisionAsked['correct']> = given('pick') !== '' ? { [given('pick-field')]: given('pick') } : Object.fromEntries(changed.map((field) => [field, given(`field-${field}`)]))
  const other = eventId(given('other'))
  const asked: DecisionAsked = {
    ...said, on, ...(act === 'confirm' ? { confirm: true } : {}), ...(act === 'reject' ? { reject: true } : {}), ...(Object.keys(correct).length === 0 ? {} : { correct }),
    ...(given('note') === '' ? {} : { note: given('note') }), ...(other === '' ? {} : { same: other }),
  }
  return next(await makeDecision(desk, asked, who, presentIn(view, found.event)), 'done')
}

/** An event by its id or by the address of its page. */
const eventId = (text: string): string => /\/events\/([\w-]+)/u.exec(text)?.[1] ?? text

/** The part of an event's page where it is decided on. */
export function decidePart(view: View, event: Parameters<typeof valuesOf>[1]): Html {
  const { ui: { review } } = view
  if (!view.mayReview) return html``
  return html`<section class="deciding" id="decision"><h2>${review.title}</h2>
${decideForm(view, `/events/${event.id}`, html`<input type="hidden" name="on" value="${event.id}"><div class="row">${reasonFields(view)}</div>
<div class="row answers">${decideButton('do', 'confirm', review.confirm, 'c')} ${decideButton('do', 'reject', review.reject, 'x')}</div>
<details id="correct"${view.query['correct'] === undefined ? '' : html` open`}><summary data-key="e">${review.correct} <kbd aria-hidden="true">e</kbd></summary><p class="small">${review['correct-lead']}</p>
${fieldInputs(view, event)}
<div class="row"><label class="grow"><span>${review.note}</span><input name="note" dir="auto" maxlength="5000"></label><label class="grow"><span>${review.join}: ${review['other-event']}</span><input name="other" dir="ltr" maxlength="500"></label></div>
<div class="row answers">${decideButton('do', 'save', review.save)}</div></details>`)}</section>`
}
