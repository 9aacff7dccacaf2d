/** What the pages of review and of an event share: the one form of decisions, the words a decision is about, what was decided before. */
import { fieldValue, type Present } from '../review.ts'
import type { Actor, EventMember, EventParty, Reason, ReportAnchor, WorldEvent } from '../model/index.ts'
import { STATUSES } from '../model/index.ts'
import { getTexts, type Judgement } from '../store/index.ts'
import { wordsAt } from './events-list.ts'
import { attributes, between, foreign, foreignBlock, html, type Html, type Part, plain } from './html.ts'
import { at, link, number, posting, type View } from './view.ts'
import { directionOf } from '../render/bidi.ts'

/** The id of the form: buttons anywhere on the page belong to it. */
export const FORM = 'decide'

/** Fields that are corrected in the form, in the order they are shown. */
export const CORRECTED = ['date', 'type', 'mode', 'status', 'actors', 'recipients', 'place'] as const
type Corrected = (typeof CORRECTED)[number]

const PARAGRAPH = 1200
/** The language in which rules gave their reasons before these were kept as codes. */
const KEPT_SENTENCES = 'en'
/** The word a field is called by on the pages. */
export const fieldWord = (view: View, field: string): string => view.ui.fields[NAME_OF_FIELD[field as Corrected] ?? (field === 'historical' ? 'status' : 'context')]
const NAME_OF_FIELD: Readonly<Record<Corrected, 'date' | 'type' | 'mode' | 'status' | 'actor' | 'recipient' | 'place'>> = { date: 'date', type: 'type', mode: 'mode', status: 'status', actors: 'actor', recipients: 'recipient', place: 'place' }

/** What parts the names of a list, as people may write it. */
const PARTERS = /\s*[,;\u060c\u061b\u3001\uff0c\uff1b]\s*/gu

/** A party's name that can stand in a list: who has no name of their own is told as in the lines. */
function partyName(view: View, party: EventParty): string {
  const name = plain(view.writers.lines.name(party.id, party.name))
  return name.search(PARTERS) < 0 ? name : plain(view.writers.lines.actor({ ...party, span: [0, 0], text: party.name })).replace(PARTERS, ' ')
}

/** The values of an event as people are shown them, and write them. */
export function valuesOf(view: View, event: WorldEvent): Readonly<Record<Corrected, string>> {
  const names = (parties: readonly EventParty[]): string => parties.map((party) => partyName(view, party)).join(view.writers.templates.comma)
  return { date: event.date?.value ?? '', type: event.type, mode: event.mode ?? '', status: event.status, actors: names(event.actors), recipients: names(event.recipients), place: event.place ? plain(view.writers.lines.name(event.place.id, event.place.name)) : '' }
}

/** Those who take part, by the names they are shown under. */
export function presentIn(view: View, event: WorldEvent): Present {
  const out = new Map<string, Actor>()
  for (const party of [...event.actors, ...event.recipients]) out.set(partyName(view, party), { ...party, span: [0, 0], text: party.name })
  return out
}

/** Who decides, where nobody logs in, and why. */
export function reasonFields(view: View): Html {
  const { review } = view.ui
  return html`${view.who.name === null ? html`<label><span>${review['your-name']}</span><input name="by" required autocomplete="name" dir="auto"${attributes({ value: view.reviewer, maxlength: 200 })}></label>` : ''}<label class="grow"><span>${review.reason}</span><input name="why" dir="auto"${attributes({ placeholder: review['default-reason'], maxlength: 2000 })}></label>`
}

/** The form all decisions of a page go through. */
export function decideForm(view: View, back: string, inner: Part): Html {
  return html`<form class="decide" id="${FORM}" method="post" action="${at(view, '/review')}"><input type="hidden" name="back" value="${back}">${posting(view)}${inner}</form>`
}

/** A button of the form, wherever it stands. `key` presses it. */
export const decideButton = (name: string, value: string, words: Part, key: string | null = null, quiet = false): Html =>
  html`<button${attributes({ form: FORM, name, value, 'data-key': key, class: quiet ? 'quiet' : null })}>${words}${key === null ? '' : html` <kbd aria-hidden="true">${key}</kbd>`}</button>`

/** What Enter in a field presses: the first button of the form on the page, which must not be one that takes back or parts. */
export const defaultButton = (): Html => html`<button class="hidden" tabindex="-1" aria-hidden="true"${attributes({ form: FORM, name: 'do', value: 'save' })}></button>`

/** The fields of an event, each to be written over. */
export function fieldInputs(view: View, event: WorldEvent): Html {
  const { review, fields, statuses, types } = view.ui
  const values = valuesOf(view, event)
  const { ontology } = view.desk.knowledge
  const hint: Partial<Record<Corrected, string>> = { date: review['date-hint'], actors: review['names-hint'], recipients: review['names-hint'] }
  const modes = [...new Set(Object.values(ontology.types).flatMap((type) => Object.keys(type.modes)))].sort()
  // Some modes belong to several types: told as of the event's own where it is one of them.
  const typeWith = (mode: string): string => [event.type, ...Object.keys(ontology.types)].find((type) => mode in (ontology.types[type]?.modes ?? {})) ?? ''
  const options: Partial<Record<Corrected, readonly (readonly [string, string])[]>> = {
    type: Object.keys(ontology.types).map((type) => [type, `${(types as Readonly<Record<string, string>>)[type] ?? type} (${type})`] as const), mode: ['', ...modes].map((mode) => [mode, mode === '' ? '–' : `${view.writers.events.act(`${typeWith(mode)}.${mode}`)} (${mode})`] as const), status: STATUSES.map((status) => [status, statuses[status]] as const),
  }
  return html`<div class="correct">${CORRECTED.map((field) => {
    const choices = options[field]
    const own = values[field]
    const named = `field-${field}`
    const control = choices ? html`<select${attributes({ id: named, name: named })}>${choices.map(([value, words]) => html`<option${attributes({ value, selected: value === own })}>${words}</option>`)}</select>`
      : html`<input${attributes({ id: named, name: named, value: own, dir: field === 'date' ? 'ltr' : 'auto', maxlength: 2000, 'aria-describedby': hint[field] ? `${named}-hint` : null })}>`
    return html`<div><label for="${named}">${fields[NAME_OF_FIELD[field]]}</label><div>${control}<input type="hidden"${attributes({ name: `was-${field}`, value: own })}>${hint[field] ? html`<span class="small" id="${named}-hint">${hint[field]}</span>` : ''}</div></div>`
  })}</div>`
}

/** The paragraphs a decision rests on, the words of the evidence marked. */
export async function evidence(view: View, members: readonly EventMember[]): Promise<Html> {
  const texts = await getTexts(view.desk.db, [...new Set(members.map(({ article }) => article))])
  return html`${members.map((member) => {
    const text = texts.get(member.article)?.text ?? ''
    const [from, to] = member.span
    const before = text.lastIndexOf('\n\n', Math.max(0, from - 1))
    const after = text.indexOf('\n\n', to)
    const start = Math.max(before < 0 ? 0 : before + 2, from - PARAGRAPH)
    const end = Math.min(after < 0 ? text.length : after, to + PARAGRAPH)
    const paragraph = to <= text.length && from < to ? html`${plain(text.slice(start, from))}<mark class="report">${plain(text.slice(from, to))}</mark>${plain(text.slice(to, end))}` : html`${plain(member.quote)}`
    return html`<figure class="witness"><blockquote class="story"${foreignBlock(member.language, directionOf(text.slice(start, end)) ?? 'ltr')}><p>${paragraph}</p></blockquote>
<figcaption>${between([foreign(member.outlet ?? member.title ?? member.article), html`<span class="tag" dir="ltr">${member.language}</span>`, member.published === null ? null : view.writers.lines.edtf(member.published.slice(0, 10)), html`<a href="${wordsAt(view, member)}">${view.w.text}</a>`], ' · ')}</figcaption></figure>`
  })}`
}

const KINDS = { 'same-event': 'same', 'not-same': 'not-same', 'field-correction': 'corrected', confirm: 'confirmed', reject: 'rejected', annotate: 'noted' } as const

/** A kind of judgement in words. */
export function kindWords(view: View, kind: string): string {
  const name = KINDS[kind as keyof typeof KINDS] as (typeof KINDS)[keyof typeof KINDS] | undefined
  if (name === undefined) return kind
  return name === 'same' || name === 'not-same' ? view.w[name] : view.ui.review[name]
}

function valueWords(view: View, field: string, value: unknown): string {
  if (value === null) return '–'
  if (Array.isArray(value)) return value.map((one) => valueWords(view, field, one)).join(', ')
  if (typeof value === 'object') {
    const { id, name, value: inner } = value as { id?: unknown; name?: unknown; value?: unknown }
    return typeof name === 'string' ? view.writers.lines.name(typeof id === 'string' ? id : '', name) : String(inner ?? '')
  }
  const text = String(value)
  return field === 'type' ? ((view.ui.types as Readonly<Record<string, string>>)[text] ?? text) : field === 'status' ? ((view.ui.statuses as Readonly<Record<string, string>>)[text] ?? text) : text
}

/** What people decided, a decision a line, with who, when and why, and the way back. */
export function history(view: View, judgements: readonly Judgement[], mayUndo: boolean, placed = false): Html {
  const { review } = view.ui
  const people = judgements.filter(({ by }) => by.kind === 'person')
  if (people.length === 0) return html`<p class="small">${review['no-history']}</p>`
  // One decision is all that one person said at one moment.
  const decisions = new Map<string, Judgement[]>()
  for (const judgement of people) decisions.set(`${judgement.at} ${judgement.by.name}`, [...(decisions.get(`${judgement.at} ${judgement.by.name}`) ?? []), judgement])
  return html`<ol class="plain history">${[...decisions.values()].reverse().map((own) => {
    const [first] = own
    if (!first) return ''
    const said = [...new Map(own.map((judgement) => [`${judgement.kind} ${judgement.field ?? ''}`, judgement])).values()]
    const words = said.map(({ kind, field, value, why }) => html`<strong>${kindWords(view, kind)}</strong>${field === null ? '' : html` ${fieldWord(view, field)} → ${foreign(valueWords(view, field, value))}`}${kind === 'annotate' ? html`: ${foreign(why)}` : ''}`)
    const place = placed ? (first.anchors as { report?: ReportAnchor } | null)?.report : undefined
    const reason = own.find(({ kind }) => kind !== 'annotate')?.why ?? ''
    return html`<li class="${first.withdrawn ? 'withdrawn' : 'counts'}">${between(words, ' · ')} ${place ? html`<a href="${wordsAt(view, { article: place.article, span: place.span })}">${foreign(place.text.slice(0, 80))}</a> ` : ''}<span class="small">${foreign(first.by.name)} · <time dir="ltr" datetime="${first.at}">${first.at.slice(0, 16).replace('T', ' ')}</time>${reason === '' ? '' : html` · ${foreign(reason)}`}</span>
${first.withdrawn ? html`<span class="small">${review['taken-back']}: ${foreign(first.withdrawn.by)}${first.withdrawn.why === '' ? '' : html` · ${foreign(first.withdrawn.why)}`}</span>` : mayUndo ? decideButton('undo', first.id, review.undo, null, true) : ''}</li>`
  })}</ol>`
}

/** What was just decided or taken back, and the way back. */
export function doneNotice(view: View, mayUndo: boolean): Html {
  const { review } = view.ui
  const id = view.query['done'] ?? ''
  if (view.query['undone'] !== undefined) return html`<p class="notice done" role="status">${review.undone}</p>`
  if (!/^[\w-]{1,64}$/u.test(id)) return html``
  return html`<p class="notice done" role="status">${review.decided} ${mayUndo ? decideButton('undo', id, review.undo, 'u', true) : ''}</p>`
}

/** Whether this value can be read in this field; for the versions a question offers. */
export function isValue(view: View, field: string, value: string): boolean {
  if (!(CORRECTED as readonly string[]).includes(field)) return false
  try {
    fieldValue(view.desk.knowledge, field, value, () => null)
    return true
  } catch {
    return false
  }
}

/** A count of reports as a small figure after a heading. */
export const count = (view: View, value: number): Html => html`<span class="n">${number(view, value)}</span>`

/** A link to an event by its line. */
export const eventLink = (view: View, event: WorldEvent & { readonly line: string }): Html => link(view, `/events/${event.id}`, event.line)

/** Why rules decided so: in the reader's language, or, in records made before reasons were kept as codes, the English sentence they have. */
export const ruleWords = ({ why, reasons }: { readonly why?: string; readonly reasons?: readonly Reason[] | null }): Html => (reasons ? html`<bdi>${why ?? ''}</bdi>` : foreign(why ?? '', KEPT_SENTENCES))
