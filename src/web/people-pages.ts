/** Logging in, one's own account, and for an admin: people, keys, the log of changes. */
import { accountName, auditSchema, changeOwnPassword, cannot, changePerson, endKey, loadAudit, makeKey, makeMember, makePerson } from '../api/people.ts'
import { noteOf } from '../api/deeds.ts'
import { SHORTEST_PASSWORD } from '../api/passwords.ts'
import { SCOPES } from '../api/who.ts'
import type { Act } from '../model/index.ts'
import { type ApiKey, listKeys, listUsers, ROLES, type User } from '../store/index.ts'
import { attributes, between, foreign, html, type Html, plain } from './html.ts'
import { at, number, pager, type Page, posting, select, type View } from './view.ts'

/** A place on this desk to go to after logging in; the start page for anything else. */
export const placeOf = (asked: string | undefined): string => (asked !== undefined && /^\/(?![/\\])[^\s\\]*$/u.test(asked) ? asked : '/')

const moment = (text: string | null): Html => (text === null ? html`–` : html`<time dir="ltr" datetime="${text}">${text.slice(0, 16).replace('T', ' ')}</time>`)
const password = (name: string, label: string, auto: 'current-password' | 'new-password'): Html =>
  html`<label><span>${label}</span><input${attributes({ name, type: 'password', dir: 'ltr', required: true, autocomplete: auto, maxlength: 200, minlength: auto === 'new-password' ? SHORTEST_PASSWORD : null })}></label>`

export function loginPage(view: View, said: 'wrong' | 'shut' | null, name = ''): Page {
  const { ui: { people } } = view
  return {
    title: people.login, lead: people['login-lead'],
    body: html`${said === null ? '' : html`<p class="notice" role="alert">${people[said]}</p>`}<form class="add short" method="post" action="${at(view, '/login')}"><input type="hidden" name="next" value="${placeOf(view.query['next'])}">
<label><span>${people.name}</span><input name="name" required autocomplete="username" dir="auto" maxlength="100"${attributes({ value: name })}></label>${password('password', people.password, 'current-password')}${posting(view)}<button>${people.login}</button></form>`,
  }
}

export function accountPage(view: View): Page {
  const { ui: { people }, who } = view
  return {
    title: people.account, lead: html`${foreign(who.name ?? '')}${who.role === null ? '' : html` · ${people[who.role]}`}`,
    body: html`${view.query['done'] === undefined ? '' : html`<p class="notice done" role="status">${people.changed}</p>`}${who.role === null ? '' : html`<section><h2>${people['change-password']}</h2><form class="add short" method="post" action="${at(view, '/account')}">${password('old', people['old-password'], 'current-password')}${password('password', people['new-password'], 'new-password')}<p class="small">${people['password-rule']}</p>${posting(view)}<button>${people['change-password']}</button></form></section>
<section><form class="row" method="post" action="${at(view, '/logout')}">${posting(view)}<button class="quiet">${people.logout}</button></form></section>`}`,
  }
}

/** A form about people and keys was done; `key` is shown once. */
export interface PeopleDone { readonly key?: string }

export async function peoplePage(view: View, done: PeopleDone | null = null): Promise<Page> {
  const { desk, ui: { people, review }, w } = view
  const [users, keys] = [await listUsers(desk.db), await listKeys(desk.db)]
  const act = (name: string, words: string, value: string): Html => html`<button${attributes({ class: 'quiet', name, value })}>${words}</button>`
  const form = (inner: Html, kind = 'row'): Html => html`<form class="${kind}" method="post" action="${at(view, '/people')}">${inner}${posting(view)}</form>`
  const person = (user: User): Html => html`<tr><th scope="row">${foreign(user.name)}</th><td data-name="${people.role}">${form(html`<input type="hidden" name="person" value="${user.name}"><select name="role" aria-label="${people.role}: ${user.name}">${ROLES.map((role) => html`<option${attributes({ value: role, selected: role === user.role })}>${people[role]}</option>`)}</select>${act('do', people.change, 'role')}`)}</td>
<td data-name="${w.status}">${user.disabledAt !== null ? people.disabled : user.lockedUntil !== null && Date.parse(user.lockedUntil) > Date.now() ? people.shut : ''}</td><td data-name="${people.access}">${form(html`<input type="hidden" name="person" value="${user.name}">${user.disabledAt === null ? act('do', people.disable, 'disable') : act('do', people.enable, 'enable')}`)}</td>
${view.project ? '' : html`<td data-name="${people.password}">${form(html`<input type="hidden" name="person" value="${user.name}"><input name="password" type="password" dir="ltr" autocomplete="new-password" required minlength="${SHORTEST_PASSWORD}" maxlength="200" aria-label="${people['new-password']}: ${user.name}">${act('do', people['change-password'], 'password')}`)}</td>`}</tr>`
  const key = (one: ApiKey): Html => html`<tr><th scope="row">${foreign(one.label)} <code dir="ltr">${one.id}</code></th><td data-name="${people.scopes}">${one.scopes.map((scope) => html`<span class="tag" dir="ltr">${scope}</span> `)}</td><td data-name="${people['made-by']}">${foreign(one.madeBy)}</td><td data-name="${people['last-used']}">${moment(one.usedAt)}</td><td data-name="${people.expires}">${moment(one.expiresAt)}</td><td data-name="${people.access}">${one.revokedAt === null ? form(html`<input type="hidden" name="key" value="${one.id}">${act('do', people.revoke, 'revoke')}`) : html`${people.revoked} ${moment(one.revokedAt)}`}</td></tr>`
  const scroll = (label: string, inner: Html): Html => html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="stack">${inner}</table></div>`
  const body = html`${done === null ? '' : html`<p class="notice done" role="status">${people.changed}${done.key === undefined ? '' : html` ${people['key-shown']} <code class="secret" dir="ltr">${done.key}</code>`}</p>`}
<section><h2>${people.people} <span class="n">${number(view, users.length)}</span></h2>${users.length === 0 ? html`<p class="small">${people['no-people']}</p>` : scroll(people.people, html`<thead><tr><th scope="col">${people.name}</th><th scope="col">${people.role}</th><th scope="col">${w.status}</th><th scope="col">${people.access}</th>${view.project ? '' : html`<th scope="col">${people.password}</th>`}</tr></thead><tbody>${users.map(person)}</tbody>`)}
<h3>${people['add-person']}</h3>${form(html`<label><span>${people.name}</span><input name="name" required dir="auto" autocomplete="off" maxlength="100"></label>${select('role', people.role, ROLES.map((role) => [role, people[role]] as const), 'reviewer')}${view.project ? '' : password('password', people.password, 'new-password')}<button name="do" value="add">${people['add-person']}</button>`)}<p class="small">${view.project ? people['member-rule'] : people['password-rule']}</p></section>
<section><h2>${people.keys} <span class="n">${number(view, keys.length)}</span></h2><p class="small">${people['keys-lead']}</p>${keys.length === 0 ? '' : scroll(people.keys, html`<thead><tr><th scope="col">${people.name}</th><th scope="col">${people.scopes}</th><th scope="col">${people['made-by']}</th><th scope="col">${people['last-used']}</th><th scope="col">${people.expires}</th><th scope="col">${people.access}</th></tr></thead><tbody>${keys.map(key)}</tbody>`)}
<h3>${people['add-key']}</h3>${form(html`<label><span>${people.name}</span><input name="name" required dir="auto" autocomplete="off" maxlength="100"></label><fieldset><legend>${people.scopes}</legend>${SCOPES.map((scope) => html`<label class="tick"><input type="checkbox" name="scope-${scope}"${attributes({ checked: scope === 'read' })}> <span dir="ltr">${scope}</span></label> `)}</fieldset><label><span>${people.days}</span><input name="days" type="number" min="1" max="3650" value="90"></label><button name="do" value="key">${people['add-key']}</button>`)}</section>
<p><a href="${at(view, '/audit')}">${people.audit}</a> · <a href="${at(view, '/review')}">${review.reviewers}</a></p>`
  return { title: people.title, lead: people['people-lead'], body, wide: true }
}

/** Does what a form of that page says. */
export async function changePeople(view: View, form: Readonly<Record<string, string>>): Promise<PeopleDone> {
  const { desk: { record: { store } }, who, project } = view
  const given = (name: string): string => form[name] ?? ''
  const [person, note] = [given('person'), noteOf(who)]
  switch (given('do')) {
    case 'add':
      if (project) {
        const name = accountName(given('name'))
        if (!(await project.hasAccount(name))) throw cannot(`nobody on this desk is called '${name}'`)
        await makeMember(store, name, given('role'), note)
      } else await makePerson(store, given('name'), given('role'), given('password'), note)
      return {}
    case 'role':
      await changePerson(store, person, { role: given('role') }, note)
      return {}
    case 'password':
      if (project) throw cannot('passwords belong to the accounts of the desk, not to a project')
      await changePerson(store, person, { password: given('password') }, note)
      return {}
    case 'enable': case 'disable':
      await changePerson(store, person, { disabled: given('do') === 'disable' }, note)
      return {}
    case 'key': {
      const scopes = SCOPES.filter((scope) => form[`scope-${scope}`] !== undefined)
      return { key: (await makeKey(store, given('name'), scopes, given('days').trim() === '' ? null : Number(given('days')), who.name ?? 'here', note)).text }
    }
    default:
      await endKey(store, given('key'), note)
      return {}
  }
}

export const changeOwn = (view: View, form: Readonly<Record<string, string>>): Promise<void> => changeOwnPassword(view.desk.record.store, view.who.name ?? '', form['old'] ?? '', form['password'] ?? '', noteOf(view.who))

export async function auditPage(view: View, cursor: string | undefined): Promise<Page> {
  const { ui: { people, acts }, w } = view
  const { entries, next } = auditSchema.parse(await loadAudit(view.desk, { cursor: cursor ?? null }))
  const told = (detail: unknown): string => (detail === null || detail === undefined ? '' : plain(JSON.stringify(detail)).slice(0, 400))
  const body = html`${entries.length === 0 ? html`<p class="none">${w['no-match']}</p>` : html`<div class="scroll" tabindex="0" role="region" aria-label="${people.audit}"><table class="reports"><thead><tr><th scope="col">${w.when}</th><th scope="col">${people.name}</th><th scope="col">${people.act}</th><th scope="col">${people.subject}</th></tr></thead><tbody>${entries.map((entry) => html`<tr><td class="day">${moment(entry.at)}</td><td>${foreign(entry.who)} <span class="tag" dir="ltr">${entry.via}</span></td><td>${acts[entry.act as Act] ?? plain(entry.act)}</td><td>${between([entry.subject === null ? null : foreign(entry.subject), told(entry.detail) === '' ? null : html`<code dir="ltr">${told(entry.detail)}</code>`], ' ')}</td></tr>`)}</tbody></table></div>`}${pager(view, '/audit', { cursor }, next)}`
  return { title: people.audit, lead: people['audit-lead'], body, wide: true, data: [{ name: 'JSON', href: at(view, '/api/audit') }] }
}
