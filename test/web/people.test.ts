/** Logging in, roles, keys, the log of changes; and what is tried against them. */
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { noteCommand } from '../../src/api/deeds.ts'
import { changePerson, makeKey, makePerson } from '../../src/api/people.ts'
import { hashPassword, isPassword, passwordFault } from '../../src/api/passwords.ts'
import { perMinute } from '../../src/api/limits.ts'
import { placeOf } from '../../src/web/people-pages.ts'
import { listDeeds, listUsers } from '../../src/store/index.ts'
import type { Running } from '../../src/web/server.ts'
import { openTestDesk, tokenFrom, type TestDesk } from './desk.ts'

const WORDS = { ana: 'correct horse battery', bo: 'a quiet grey harbour', cy: 'seven small lanterns' } as const
// Passwords are hashed slowly on purpose, on a busy machine very slowly.
vi.setConfig({ testTimeout: 300_000 })

let test: TestDesk
let desk: Running
beforeAll(async () => {
  test = await openTestDesk((name) => name.startsWith('saudi-iran'))
  await makePerson(test.desk.record.store, 'ana', 'admin', WORDS.ana, noteCommand)
  await makePerson(test.desk.record.store, 'bo', 'reviewer', WORDS.bo, noteCommand)
  await makePerson(test.desk.record.store, 'cy', 'reader', WORDS.cy, noteCommand)
  desk = await test.open({ login: { asked: true } })
}, 900_000)
afterAll(async () => {
  await desk?.stop()
  await test?.close()
}, 60_000)

const jar = (response: Response): string => response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '').filter((pair) => !pair.endsWith('=')).join('; ')
const ask = (path: string, headers: Record<string, string> = {}, url = desk.url): Promise<Response> => fetch(new URL(path, url), { headers: { accept: 'text/html', ...headers }, redirect: 'manual' })
async function logIn(name: string, password: string, { cookie = '', url = desk.url }: { cookie?: string; url?: string } = {}): Promise<Response> {
  const page = await tokenFrom(await ask('/login', cookie === '' ? {} : { cookie }, url))
  return fetch(new URL('/login?lang=en', url), { method: 'POST', body: new URLSearchParams({ name, password, token: page.token, next: '/events' }), headers: { cookie: [cookie, page.cookie].filter((part) => part !== '').join('; ') }, redirect: 'manual' })
}
const sessionOf = async (name: keyof typeof WORDS): Promise<string> => jar(await logIn(name, WORDS[name]))
/** Sends a form of a page the session was given. */
async function send(cookie: string, page: string, path: string, fields: Record<string, string>): Promise<Response> {
  const { token } = await tokenFrom(await ask(page, { cookie }))
  return fetch(new URL(path, desk.url), { method: 'POST', body: new URLSearchParams({ token, ...fields }), headers: { cookie, accept: 'text/html' }, redirect: 'manual' })
}
const eventId = async (cookie: string): Promise<string> => ((await (await ask('/api/events?limit=1', { cookie })).json()) as { events: { id: string }[] }).events[0]?.id ?? ''

describe('logging in', () => {
  it('is asked of everybody: pages lead to it, the API says 401', async () => {
    const page = await ask('/events?from=2024-01-01')
    expect(page.status).toBe(303)
    expect(page.headers.get('location')).toBe(`/login?next=${encodeURIComponent('/events?from=2024-01-01')}`)
    for (const path of ['/api/events', '/api/articles', '/api/audit', '/api/openapi.json']) {
      const response = await ask(path, { accept: 'application/json' })
      expect(response.status, path).toBe(401)
      expect(response.headers.get('www-authenticate'), path).toMatch(/^Bearer/u)
      expect(response.headers.get('content-type'), path).toBe('application/problem+json')
    }
    for (const path of ['/health', '/ready', '/login', '/desk.css']) expect((await ask(path)).status, path).toBe(200)
    const form = parseHTML(await (await ask('/login?next=//evil.example')).text()).document
    expect(form.querySelector('input[name=next]')?.getAttribute('value')).toBe('/')
    expect(form.querySelector('nav[aria-label] a[href^="/events"]')).toBeNull()
  })

  it('takes the right password, leads on, and keeps the session in a cookie no script and no other site can use', async () => {
    const response = await logIn('bo', WORDS.bo)
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toBe('/events')
    expect(response.headers.getSetCookie().find((line) => line.startsWith('readout='))).toMatch(/HttpOnly.*SameSite=Lax/u)
    const cookie = jar(response)
    expect((await ask('/events', { cookie })).status).toBe(200)
    expect(await (await ask('/account', { cookie })).text()).toContain('bo')
    // What the store keeps is no cookie.
    const { rows } = { rows: await test.desk.db.selectFrom('sessions').selectAll().execute() }
    expect(rows.some(({ id }) => cookie.includes(id))).toBe(false)
  })

  it('says the same of a wrong name and a wrong password', async () => {
    const [wrong, nobody] = [await logIn('bo', 'not the password'), await logIn('nobody', 'not the password')]
    expect([wrong.status, nobody.status]).toEqual([401, 401])
    const words = async (response: Response): Promise<string> => parseHTML(await response.text()).document.querySelector('[role=alert]')?.textContent ?? ''
    expect(await words(wrong)).toBe(await words(nobody))
  })

  it('gives a new session at every login, never the one the browser came with', async () => {
    const planted = 'readout=planted-by-somebody-else'
    const fixed = jar(await logIn('bo', WORDS.bo, { cookie: planted }))
    expect(fixed).toMatch(/readout=/u)
    expect(fixed).not.toContain('planted')
    expect((await ask('/events', { cookie: planted })).status).toBe(303)
    const again = jar(await logIn('bo', WORDS.bo, { cookie: fixed }))
    expect(again).not.toBe(fixed)
    // The one before is over.
    expect((await ask('/events', { cookie: fixed })).status).toBe(303)
    expect((await ask('/events', { cookie: again })).status).toBe(200)
  })

  it('ends with logging out, with a new password and with being shut out', async () => {
    const cookie = await sessionOf('bo')
    expect((await send(cookie, '/account', '/logout', {})).status).toBe(303)
    expect((await ask('/events', { cookie })).status).toBe(303)
    const [mine, other] = [await sessionOf('bo'), await sessionOf('bo')]
    const changed = await send(mine, '/account', '/account', { old: WORDS.bo, password: 'another quiet harbour' })
    expect(changed.status).toBe(303)
    expect((await ask('/events', { cookie: other })).status).toBe(303)
    expect((await ask('/events', { cookie: mine })).status).toBe(303)
    expect((await ask('/events', { cookie: jar(changed) })).status).toBe(200)
    expect((await send(jar(changed), '/account', '/account', { old: 'wrong', password: 'yet another harbour' })).status).toBe(403)
    await changePerson(test.desk.record.store, 'bo', { disabled: true }, noteCommand)
    expect((await ask('/events', { cookie: jar(changed) })).status).toBe(303)
    expect((await logIn('bo', 'another quiet harbour')).status).toBe(401)
    await changePerson(test.desk.record.store, 'bo', { disabled: false, password: WORDS.bo }, noteCommand)
  })

  it('shuts an account after ten wrong passwords, a name nobody has too, and an address that tries many', async () => {
    const alone = await test.open({ login: { asked: true, proxied: true, now: () => 0 } })
    try {
      await makePerson(test.desk.record.store, 'dee', 'reader', 'a password of some length', noteCommand)
      const from = async (address: string, name: string, password: string): Promise<number> => {
        const page = await tokenFrom(await ask('/login', {}, alone.url))
        return (await fetch(new URL('/login', alone.url), { method: 'POST', body: new URLSearchParams({ name, password, token: page.token }), headers: { cookie: page.cookie, 'x-forwarded-for': `6.6.6.6, ${address}` }, redirect: 'manual' })).status
      }
      for (const name of ['dee', 'ghost']) {
        for (let turn = 0; turn < 10; turn++) expect(await from(`10.0.${turn}.${name.length}`, name, `guess ${turn}`), `${name} ${turn}`).toBe(401)
        expect(await from('10.9.9.9', name, 'a password of some length'), name).toBe(429)
      }
      // One address against many names.
      const said: number[] = []
      for (let turn = 0; turn < 22; turn++) said.push(await from('10.1.1.1', `name${turn}`, 'guess'))
      expect(said.slice(0, 20).every((status) => status === 401)).toBe(true)
      expect(said.slice(20)).toEqual([429, 429])
      expect(await from('10.1.1.2', 'cy', WORDS.cy)).toBe(303)
    } finally {
      await alone.stop()
    }
  })
})

describe('roles', () => {
  it('let a reader look, a reviewer decide, an admin see to people', async () => {
    const [ana, bo, cy] = [await sessionOf('ana'), await sessionOf('bo'), await sessionOf('cy')]
    const on = await eventId(cy)
    expect(await (await ask(`/events/${on}`, { cookie: cy })).text()).not.toContain('id="decide"')
    expect((await send(cy, '/account', '/review', { on, do: 'confirm' })).status).toBe(403)
    expect((await send(cy, '/account', '/add', { text: 'x' })).status).toBe(403)
    for (const path of ['/people', '/audit', '/api/audit']) {
      expect((await ask(path, { cookie: cy })).status, path).toBe(403)
      expect((await ask(path, { cookie: bo })).status, path).toBe(403)
      expect((await ask(path, { cookie: ana })).status, path).toBe(200)
    }
    // Another spelling of the path opens nothing.
    for (const path of ['/people/', '/%70eople', '/PEOPLE', '/api/audit/', '/api/%61udit']) expect((await ask(path, { cookie: cy })).status, path).toBeGreaterThanOrEqual(303)
    expect((await send(bo, '/account', '/people', { do: 'role', person: 'bo', role: 'admin' })).status).toBe(403)
    expect((await listUsers(test.desk.db)).find(({ name }) => name === 'bo')?.role).toBe('reviewer')
    const decided = await send(bo, `/events/${on}`, '/review', { on, do: 'confirm', by: 'somebody else', back: `/events/${on}` })
    expect(decided.status).toBe(303)
    const { judgements } = await (await ask(`/api/events/${on}/judgements`, { cookie: bo })).json() as { judgements: { by: { kind: string; name: string } }[] }
    expect(judgements.filter(({ by }) => by.kind === 'person').map(({ by }) => by.name)).toEqual(expect.arrayContaining(['bo']))
    expect(judgements.some(({ by }) => by.name === 'somebody else')).toBe(false)
  })

  it('leave an admin at all times', async () => {
    const ana = await sessionOf('ana')
    for (const fields of [{ do: 'role', person: 'ana', role: 'reader' }, { do: 'disable', person: 'ana', role: '' }]) expect((await send(ana, '/people', '/people', fields)).status).toBe(400)
    expect((await ask('/people', { cookie: ana })).status).toBe(200)
  })

  it('are given on the page of people, names shown as words', async () => {
    const ana = await sessionOf('ana')
    expect((await send(ana, '/people', '/people', { do: 'add', name: '<b>eve</b>', role: 'reader', password: 'a long enough one' })).status).toBe(400)
    expect((await send(ana, '/people', '/people', { do: 'add', name: 'eve', role: 'emperor', password: 'a long enough one' })).status).toBe(400)
    expect((await send(ana, '/people', '/people', { do: 'add', name: 'eve', role: 'reader', password: 'short' })).status).toBe(400)
    expect((await send(ana, '/people', '/people', { do: 'add', name: 'Ève Ngô', role: 'reader', password: 'a long enough one' })).status).toBe(200)
    expect((await logIn('Ève Ngô', 'a long enough one')).status).toBe(303)
  })
})

describe('forms', () => {
  it('are taken only with the token of the session that sends them', async () => {
    const [ana, bo] = [await sessionOf('ana'), await sessionOf('bo')]
    const theirs = (await tokenFrom(await ask('/account', { cookie: ana }))).token
    const post = (body: URLSearchParams, headers: Record<string, string>): Promise<Response> => fetch(new URL('/logout', desk.url), { method: 'POST', body, headers: { cookie: bo, ...headers }, redirect: 'manual' })
    for (const [body, headers] of [
      [new URLSearchParams(), {}], [new URLSearchParams({ token: '' }), {}], [new URLSearchParams({ token: theirs }), {}], [new URLSearchParams({ token: 'undefined' }), {}],
      // A cookie of forms planted by another host, with the token that belongs to it, does not help either.
      [new URLSearchParams({ token: (await tokenFrom(await ask('/login'))).token }), { cookie: `${bo}; readout-form=planted` }],
    ] as const) expect((await post(body, headers)).status).toBe(403)
    const own = (await tokenFrom(await ask('/account', { cookie: bo }))).token
    expect((await post(new URLSearchParams({ token: own }), { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post(new URLSearchParams({ token: own }), { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post(new URLSearchParams({ token: own }), {})).status).toBe(303)
  })

  it('of the API need it too where a browser is logged in', async () => {
    const bo = await sessionOf('bo')
    const on = await eventId(bo)
    const post = (headers: Record<string, string>): Promise<Response> => fetch(new URL('/api/judgements', desk.url), { method: 'POST', body: JSON.stringify({ on, note: 'x' }), headers: { cookie: bo, ...headers } })
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(403)
    expect((await post({ 'content-type': 'application/json', 'x-readout-token': (await tokenFrom(await ask('/account', { cookie: bo }))).token })).status).toBe(200)
  })

  it('of everybody on the desk carry one', async () => {
    const ana = await sessionOf('ana')
    for (const path of ['/add', '/review', '/people', '/account', `/events/${await eventId(ana)}`, '/login']) {
      const { document } = parseHTML(await (await ask(path, { cookie: ana })).text())
      const forms = [...document.querySelectorAll('form')].filter((form) => form.getAttribute('method') === 'post')
      expect(forms.length, path).toBeGreaterThan(0)
      for (const form of forms) expect(form.querySelector('input[name=token]')?.getAttribute('value'), path).toMatch(/^[\w-]{43}$/u)
    }
  })
})

describe('keys', () => {
  const add = (key: string, words = 'Norway condemned Japan on Monday.'): Promise<Response> => fetch(new URL('/api/articles?published=2024-03-05', desk.url), { method: 'POST', body: words, headers: { authorization: `Bearer ${key}`, 'content-type': 'text/plain' } })

  it('let programs do what they were made for, and end', async () => {
    const { id, text } = await makeKey(test.desk.record.store, 'nightly', ['ingest'], 1, 'ana', noteCommand)
    expect((await add(text)).status).toBe(200)
    expect((await ask('/api/events', { authorization: `Bearer ${text}`, accept: 'application/json' })).status).toBe(200)
    const on = ((await (await ask('/api/events?limit=1', { authorization: `Bearer ${text}` })).json()) as { events: { id: string }[] }).events[0]?.id
    expect((await fetch(new URL('/api/judgements', desk.url), { method: 'POST', body: JSON.stringify({ on, note: 'x' }), headers: { authorization: `Bearer ${text}` } })).status).toBe(403)
    expect((await ask('/audit', { authorization: `Bearer ${text}` })).status).toBe(403)
    const ana = await sessionOf('ana')
    expect((await send(ana, '/people', '/people', { do: 'revoke', key: id })).status).toBe(200)
    expect((await add(text)).status).toBe(401)
    await expect(makeKey(test.desk.record.store, 'x', ['everything'], null, 'ana', noteCommand)).rejects.toThrow(/scopes out of/u)
  })

  it('are shown once and kept as a digest', async () => {
    const ana = await sessionOf('ana')
    const page = await (await send(ana, '/people', '/people', { do: 'key', name: 'desk <i>', 'scope-read': 'on', 'scope-review': 'on', days: '' })).text()
    const key = parseHTML(page).document.querySelector('.secret')?.textContent ?? ''
    expect(key).toMatch(/^rk_[\w-]{12}\.[\w-]{43}$/u)
    expect(page).not.toContain('<i>')
    expect(await (await ask('/people', { cookie: ana })).text()).not.toContain(key.split('.')[1])
    const search = (method: string, authorization: string, body?: object): Promise<Response> => fetch(new URL('/api/searches/keyed', desk.url), { method, headers: { authorization, 'content-type': 'application/json' }, ...(body ? { body: JSON.stringify(body) } : {}) })
    const reads = await makeKey(test.desk.record.store, 'looks', ['read'], null, 'ana', noteCommand)
    expect((await ask('/api/alerts', { authorization: `Bearer ${reads.text}`, accept: 'application/json' })).status).toBe(200)
    for (const [method, body] of [['PUT', { path: '/events' }], ['DELETE', undefined]] as const) expect((await search(method, `Bearer ${reads.text}`, body)).status, method).toBe(403)
    for (const [method, body] of [['PUT', { path: '/events' }], ['DELETE', undefined]] as const) expect((await search(method, `Bearer ${key}`, body)).status, method).toBe(200)
    const [{ secret } = { secret: '' }] = await test.desk.db.selectFrom('api_keys').select('secret').where('label', '=', 'desk <i>').execute()
    expect(key).not.toContain(secret)
    for (const wrong of [`${key}x`, key.slice(0, -1), key.replace(/^rk_/u, 'rk-'), '', `${key} ${key}`]) expect((await ask('/api/events', { authorization: `Bearer ${wrong}`, accept: 'application/json' })).status, wrong).toBe(401)
  })
})

describe('the log of changes', () => {
  it('says who did what, with no password and no key in it, and is never changed', async () => {
    const { items } = await listDeeds(test.desk.db, { limit: 1000 })
    const acts = new Set(items.map(({ act }) => act))
    for (const act of ['login', 'login refused', 'logout', 'decide', 'add', 'person added', 'password changed', 'key made', 'key revoked']) expect(acts, act).toContain(act)
    expect(items.find(({ act }) => act === 'decide')).toMatchObject({ who: 'bo', via: 'login' })
    expect(items.find(({ act }) => act === 'add')).toMatchObject({ who: 'key nightly', via: 'key' })
    expect(JSON.stringify(items)).not.toMatch(/harbour|horse|lantern|rk_/u)
    await expect(test.desk.db.deleteFrom('audit').execute()).rejects.toThrow(/only added to/u)
    await expect(test.desk.db.updateTable('audit').set({ who: 'nobody' }).execute()).rejects.toThrow(/only added to/u)
    const ana = await sessionOf('ana')
    const page = await (await ask('/audit', { cookie: ana })).text()
    expect(page).toContain('key nightly')
    // In the reader's language, whatever the record calls them.
    expect(await (await ask('/audit?lang=fr', { cookie: ana })).text()).toContain('<td>clé révoquée</td>')
    expect(await (await ask('/audit?lang=ar', { cookie: ana })).text()).toContain('<td>ألغي مفتاح</td>')
    expect((await ask('/api/audit?format=csv', { cookie: ana })).headers.get('content-type')).toMatch(/csv/u)
  })
})

describe('the parts', () => {
  it('hash passwords slowly and each anew, and know bad ones', async () => {
    const [one, two] = [await hashPassword('correct horse battery'), await hashPassword('correct horse battery')]
    expect(one).not.toBe(two)
    expect(await isPassword('correct horse battery', one)).toBe(true)
    expect(await isPassword('correct horse batterz', one)).toBe(false)
    expect(await isPassword('', null)).toBe(false)
    expect(passwordFault('short', 'ana')).toMatch(/fewer than 12/u)
    expect(passwordFault('aaaaaaaaaaaaaaaa', 'ana')).toMatch(/repeats/u)
    expect(passwordFault('anabella-anabella', 'anabella')).toMatch(/the name/u)
    expect(passwordFault('correct horse battery', 'ana')).toBeNull()
  })

  it('count within a minute, in bounded memory', () => {
    let now = 0
    const limit = perMinute(2, () => now)
    expect([limit.take('a'), limit.take('a'), limit.take('a'), limit.take('b')]).toEqual([true, true, false, true])
    expect([limit.spent('a'), limit.spent('b')]).toEqual([true, false])
    now = 60_001
    expect([limit.spent('a'), limit.take('a')]).toEqual([false, true])
  })

  it('lead on only to this desk', () => {
    for (const bad of ['https://evil.example', '//evil.example', '/\\evil.example', '\\/evil', 'javascript:alert(1)', '/a b', undefined, '']) expect(placeOf(bad), String(bad)).toBe('/')
    expect(placeOf('/events?from=2024-01-01&lang=ar')).toBe('/events?from=2024-01-01&lang=ar')
  })
})
