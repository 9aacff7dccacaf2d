/** Adding: paste a text, name an address, give files; and what became of it. */
import { addDocuments, type AddAnswer, type Reading } from '../api/add.ts'
import { noteOf } from '../api/deeds.ts'
import { getEntries } from '../store/index.ts'
import { articleName } from './article-page.ts'
import { attributes, foreign, html, type Html, plain } from './html.ts'
import { watchedPart } from './watched.ts'
import { at, number, posting, type Page, type View } from './view.ts'

export interface AddForm {
  readonly text: string
  readonly address: string
  readonly published: string
  readonly files: readonly File[]
}

const EMPTY: AddForm = { text: '', address: '', published: '', files: [] }
const LISTED = 50

/** The form, and above it what became of what was given last. */
export async function addPage(view: View, form: AddForm = EMPTY, done: AddAnswer | null = null): Promise<Page> {
  const { w } = view
  const body = html`${done === null ? '' : await outcome(view, done)}
${view.mayAdd ? html`<form class="add giving" action="${at(view, '/add')}" method="post" enctype="multipart/form-data">
<label><span>${w.paste}</span><textarea name="text" rows="10" dir="auto">${done === null || done.failed > 0 ? plain(form.text) : ''}</textarea></label>
<label><span>${w.address}</span><input name="address" type="url" dir="ltr" placeholder="https://"${attributes({ value: done === null || done.failed > 0 ? form.address : '' })}></label>
<label><span>${w.files}</span><input name="files" type="file" multiple></label>
<label><span>${w['published-day']}</span><input name="published" type="date"${attributes({ value: form.published })}></label>
${posting(view)}<button>${w['read-and-keep']}</button></form>
${live(view)}` : html`<p class="notice">${w['read-only']}</p>`}
${await watchedPart(view)}`
  return { title: w.add, lead: w['add-lead'], body }
}

/** How far the reading is, for browsers with scripts; the words are filled with figures there. */
const live = ({ w }: View): Html => html`<section class="live" tabindex="-1" hidden aria-labelledby="live"><h2 id="live">${w['being-read']}</h2><progress aria-labelledby="live"></progress><p class="n"${attributes({ 'data-read': w['so-many-read'], 'data-rate': w['so-many-a-second'], 'data-left': w['time-left'], 'data-refused': w.failed })}></p></section>`

async function outcome(view: View, done: AddAnswer): Promise<Html> {
  const { w } = view
  const entries = await getEntries(view.desk.db, [...done.articles, ...done.there].slice(0, LISTED))
  const counts = [[w.added, done.added], [w.events, done.events], [w.known, done.known], [w['new-versions'], done.versions], [w.copies, done.copies], [w.failed, done.failed]] as const
  return html`<section class="outcome" role="status"><h2>${w.result}</h2><dl class="facts">${counts.map(([name, count]) => html`<div><dt>${name}</dt><dd>${number(view, count)}</dd></div>`)}</dl>
${done.unjoined === null ? '' : html`<p class="notice">${w['not-joined']} <bdi lang="en" dir="ltr">${plain(done.unjoined)}</bdi></p>`}
${entries.size === 0 ? '' : html`<ul class="plain">${[...entries.values()].map((entry) => html`<li>${articleName(view, entry, entry.language)}</li>`)}</ul>`}
${done.problems.length === 0 ? '' : html`<ul class="plain">${done.problems.map(({ subject, code, message }) => html`<li>${foreign(subject)}: <code dir="ltr">${code}</code> <bdi lang="en" dir="ltr">${plain(message)}</bdi></li>`)}</ul>`}</section>`
}

/** Reads what the form gave; `reading` is told how far it is. Null when it gave nothing. */
export async function addFromForm(view: View, form: AddForm, reading?: (so: Reading) => void): Promise<AddAnswer | null> {
  const encoder = new TextEncoder()
  const inputs = [
    ...(form.text.trim() === '' ? [] : [{ kind: 'bytes' as const, name: form.address === '' ? 'pasted text' : form.address, bytes: encoder.encode(form.text) }]),
    // An address beside a text says where the text is from.
    ...(form.text.trim() === '' && form.address !== '' ? [{ kind: 'url' as const, url: form.address }] : []),
    ...(await Promise.all(form.files.filter(({ size }) => size > 0).map(async (file) => ({ kind: 'bytes' as const, name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })))),
  ]
  if (inputs.length === 0) return null
  const alone = inputs.length === 1 && form.text.trim() !== '' && form.address !== ''
  return addDocuments(view.desk, { inputs, ...(form.published === '' ? {} : { published: form.published }), ...(alone ? { url: form.address } : {}) }, noteOf(view.who), reading)
}
