/** Saved searches and the alerts on them: what is kept, whom it is told to, what became of it. */
import { noteOf } from '../api/deeds.ts'
import { forgetAlert, forgetSearch, loadAlerts, retryAlerts, saveView, type ShownAlert } from '../api/saved.ts'
import { HttpProblem } from '../api/app.ts'
import { TELLS } from '../store/index.ts'
import { attributes, between, foreign, html, type Html, plain } from './html.ts'
import { at, link, nameOf, number, type Page, posting, type View } from './view.ts'

/** What is shown once after an alert was made. */
export interface AlertMade { readonly secret: string | null }

/** The address of the page that saves the view shown now. */
export const saveLink = (view: View): Html => link(view, '/alerts', view.w['save-search'], { path: viewPath(view) })

function viewPath({ path, query }: View): string {
  const { lang: _, cursor: __, ...asked } = query
  const search = new URLSearchParams(Object.entries(asked).filter(([, value]) => value !== ''))
  return search.size === 0 ? path : `${path}?${search}`
}

export async function alertsPage(view: View, path: string, made: AlertMade | null = null): Promise<Page> {
  const { w, desk } = view
  const { searches } = await loadAlerts(desk)
  const tells = { event: w['alert-event'], denial: w['alert-denial'], wording: w['alert-wording'] }
  const button = (action: string, what: string, words: string, about: string): Html => (view.mayAdd ? html`<form class="inline" action="${at(view, '/alerts')}" method="post"><input type="hidden" name="action" value="${action}"><input type="hidden" name="what" value="${what}">${posting(view)}<button aria-label="${words}: ${plain(about)}">${words}</button></form>` : html``)
  const row = ({ id, tells: kinds, by, target, language, sent, waiting, failed, lastError }: ShownAlert): Html => html`<li>${between(kinds.map((kind) => tells[kind]), view.writers.templates.comma)}${by === null ? '' : html` (${nameOf(view, by)})`} → ${foreign(target)} <span class="tag" dir="ltr">${language}</span> <span class="small">${w.sent} ${number(view, sent)} · ${w.waiting} ${number(view, waiting)}${failed === 0 ? '' : html` · <strong>${w['given-up']} ${number(view, failed)}</strong>`}${lastError === null || sent + waiting === 0 && failed === 0 ? '' : html` · <bdi lang="en" dir="ltr">${plain(lastError)}</bdi>`}</span> ${button('delete-alert', id, w.delete, target)}</li>`
  const list = searches.length === 0 ? html`<p class="none">${w['no-alerts']}</p>` : html`<ul class="plain searches">${searches.map(({ name, path: kept, alerts }) => html`<li><p class="line"><a href="${savedLink(view, kept)}">${foreign(name)}</a> ${button('delete-search', name, w.delete, name)}</p>${alerts.length === 0 ? '' : html`<ul class="plain">${alerts.map(row)}</ul>`}</li>`)}</ul>`
  const form = !view.mayAdd ? html`<p class="notice">${w['read-only']}</p>` : html`<section><h2>${w['save-search']}</h2><form class="add" action="${at(view, '/alerts')}" method="post"><input type="hidden" name="action" value="save">
<label><span>${w['saved-name']}</span><input name="name" required maxlength="120" dir="auto"></label>
<label><span>${w['saved-view']}</span><input name="path" required maxlength="2000" dir="ltr"${attributes({ value: path, placeholder: '/relations/CHN-RUS' })}></label>
<fieldset><legend>${w['tell-of']}</legend>${TELLS.map((kind) => html`<label class="check"><input type="checkbox" name="tells" value="${kind}"${attributes({ checked: kind === 'event' })}> <span>${tells[kind]}</span></label>`)}</fieldset>
<label><span>${w['by-whom']}</span><input name="by" maxlength="100" dir="auto"></label>
<label><span>${w['send-to']} <small>${w['mailbox-or-webhook']}</small></span><input name="target" maxlength="2000" dir="ltr"></label>
<label class="check"><input type="checkbox" name="anyAge" value="1"> <span>${w['any-age']}</span></label>
${posting(view)}<button>${w.save}</button></form></section>`
  return {
    title: w.alerts, lead: w['alerts-lead'],
    body: html`${made?.secret ? html`<p class="notice" role="status">${w['secret-once']} <code dir="ltr">${made.secret}</code></p>` : ''}${list}${form}`,
  }
}

/** A saved address as a link in the reader's language. */
function savedLink(view: View, path: string): string {
  const url = new URL(path, 'http://desk')
  return at(view, url.pathname, Object.fromEntries(url.searchParams))
}

/** Does what a form of the page asked for. Null where there is nothing to show but the page itself. */
export async function alertsFromForm(view: View, data: FormData, allow: readonly string[]): Promise<AlertMade | null> {
  const field = (name: string): string => { const value = data.get(name); return typeof value === 'string' ? value.trim() : '' }
  const { desk } = view
  if (!view.mayAdd) throw new HttpProblem(403, 'Not allowed', 'Searches are saved by those who may add.')
  const [action, note] = [field('action'), noteOf(view.who)]
  if (action === 'delete-search') await forgetSearch(desk, field('what'), note)
  else if (action === 'delete-alert') await forgetAlert(desk, field('what'), note)
  else if (action === 'retry') await retryAlerts(desk, note)
  else if (action === 'save') {
    const target = field('target')
    const alert = target === '' ? {} : { alert: { tells: data.getAll('tells').map(String), target, language: view.language, anyAge: field('anyAge') !== '', ...(field('by') === '' ? {} : { by: field('by') }) } }
    const { secret } = await saveView(desk, { name: field('name'), path: field('path'), ...alert }, allow, note)
    return secret === null ? null : { secret }
  } else throw new HttpProblem(400, 'Cannot be understood', 'action: save, delete-search, delete-alert or retry')
  return null
}
