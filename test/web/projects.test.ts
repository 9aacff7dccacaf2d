/** Private projects: each for its members alone, and nobody else can tell that there is one. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { createDesk, type Desk } from '../../src/api/desk.ts'
import { noteCommand } from '../../src/api/deeds.ts'
import { changePerson, makeKey, makeMember, makePerson } from '../../src/api/people.ts'
import { createProjects, projectsIn } from '../../src/cli/projects.ts'
import { openRecord } from '../../src/record.ts'
import { PACKAGE_ROOT } from '../../src/reader.ts'
import { listDeeds, listUsers } from '../../src/store/index.ts'
import { createProjectsApp } from '../../src/web/projects.ts'
import { listen, LOOPBACK, type Running } from '../../src/web/server.ts'
import { engines } from '../store/engines.ts'
import { tokenFrom } from './desk.ts'

// Passwords are hashed slowly on purpose, on a busy machine very slowly.
vi.setConfig({ testTimeout: 300_000 })

const dir = mkdtempSync(join(tmpdir(), 'readout-projects-'))
const folder = join(dir, 'projects')
const WORDS = { ana: 'correct horse battery', bo: 'a quiet grey harbour', cy: 'seven small lanterns' } as const
const projects = new Map<string, Desk>()
/** The clock that attempts within a minute are counted by. */
const clock = { at: 0, step: 30_000 }
let main: Desk
let served: Running
let open: Running

const readout = (...args: string[]) => spawnSync(process.execPath, ['--import', 'tsx', join(PACKAGE_ROOT, 'src', 'cli', 'main.ts'), ...args], { encoding: 'utf8', timeout: 200_000 })

beforeAll(async () => {
  for (const [name, admin] of [['embargo', 'ana'], ['arctic', 'bo']] as const) {
    const { status, stderr } = readout('project', 'add', name, '--admin', admin, '--projects', folder)
    expect(status, stderr).toBe(0)
  }
  const record = await openRecord({ dir: join(dir, 'main'), threads: 1 })
  main = createDesk(record)
  for (const [name, role] of [['ana', 'reader'], ['bo', 'admin'], ['cy', 'reader']] as const) await makePerson(main.record.store, name, role, WORDS[name], noteCommand)
  for (const [name, place] of projectsIn(folder)) projects.set(name, createDesk(await openRecord({ ...place, beside: record })))
  const options = { version: '0', mayAdd: true, language: 'en', hosts: LOOPBACK }
  served = await listen(createProjectsApp(main, projects, { ...options, login: { asked: true, now: () => (clock.at += clock.step) } }), { host: '127.0.0.1', port: 0 })
  open = await listen(createProjectsApp(main, projects, options), { host: '127.0.0.1', port: 0 })
}, 600_000)
afterAll(async () => {
  await served?.stop()
  await open?.stop()
  for (const { record } of projects.values()) await record.close()
  await main?.record.close()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)

const desk = (name: string): Desk => projects.get(name) as Desk
const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}, url = served.url): Promise<Response> => fetch(new URL(path, url), { redirect: 'manual', ...init, headers: { accept: 'text/html', ...headers } })
async function sessionOf(name: keyof typeof WORDS): Promise<string> {
  const page = await tokenFrom(await ask('/login'))
  const response = await ask('/login', { cookie: page.cookie }, { method: 'POST', body: new URLSearchParams({ name, password: WORDS[name], token: page.token, next: '/projects/embargo/events' }) })
  expect(response.headers.get('location')).toBe('/projects/embargo/events')
  return response.headers.getSetCookie().map((line) => line.split(';')[0] ?? '').filter((pair) => !pair.endsWith('=')).join('; ')
}
/** All that an answer tells, but for its name and the time. */
async function toldBy(response: Response, name: string): Promise<unknown> {
  const headers = [...response.headers].filter(([key]) => !['date', 'set-cookie', 'etag'].includes(key)).map(([key, value]) => [key, value.replaceAll(name, 'NAME')])
  return { status: response.status, headers: headers.filter(([key]) => key !== 'content-length'), body: (await response.text()).replaceAll(name, 'NAME') }
}

it('are for their members, each with the role they have there', async () => {
  const ana = await sessionOf('ana')
  const page = parseHTML(await (await ask('/projects/embargo/people', { cookie: ana })).text()).document
  expect(page.querySelector('.project')?.textContent).toBe('embargo')
  expect(page.querySelector('input[type=password]')).toBeNull()
  const own = [...page.querySelectorAll('a[href^="/"], form[action^="/"]')].map((one) => one.getAttribute('href') ?? one.getAttribute('action') ?? '')
  expect(own.filter((href) => !href.startsWith('/projects/embargo/'))).toEqual(['/account', '/projects'])
  const { token } = await tokenFrom(await ask('/projects/embargo/people', { cookie: ana }))
  const send = (fields: Record<string, string>): Promise<Response> => ask('/projects/embargo/people', { cookie: ana }, { method: 'POST', body: new URLSearchParams({ token, ...fields }) })
  expect((await send({ do: 'add', name: 'nobody', role: 'reader' })).status).toBe(400)
  expect((await send({ do: 'password', person: 'ana', password: 'a password of some length' })).status).toBe(400)
  const cy = await sessionOf('cy')
  expect((await ask('/projects/embargo/', { cookie: cy })).status).toBe(404)
  expect(await (await ask('/projects', { cookie: cy })).text()).not.toMatch(/embargo|arctic/u)
  expect((await send({ do: 'add', name: 'cy', role: 'reader' })).status).toBe(200)
  expect((await ask('/projects/embargo/', { cookie: cy })).status).toBe(200)
  const list = await (await ask('/projects', { cookie: cy })).text()
  expect(list).toContain('href="/projects/embargo/"')
  expect(list).not.toContain('arctic')
  // A reader of the desk may be the admin of a project; a reader there does not change it.
  const add = (cookie: string, given: string): Promise<Response> => ask('/projects/embargo/api/articles?published=2024-05-08', { cookie, 'x-readout-token': given, accept: 'application/json', 'content-type': 'text/plain' }, { method: 'POST', body: 'Canada condemned Belarus on Monday.' })
  expect((await add(ana, token)).status).toBe(200)
  expect((await add(cy, (await tokenFrom(await ask('/projects/embargo/search', { cookie: cy }))).token || token)).status).toBe(403)
  expect((await ask('/projects/embargo/people', { cookie: cy })).status).toBe(403)
  // What is in one is in no other, and noted in its own log.
  const lines = async (path: string, cookie: string): Promise<number> => ((await (await ask(path, { cookie, accept: 'application/json' })).json()) as { events: unknown[] }).events.length
  expect(await lines('/projects/embargo/api/events', cy)).toBe(1)
  expect(await lines('/api/events', cy)).toBe(0)
  expect(await lines('/projects/arctic/api/events', await sessionOf('bo'))).toBe(0)
  expect((await listDeeds(desk('embargo').db)).items.map(({ act, who }) => [act, who]).slice(0, 2)).toEqual([['add', 'ana'], ['member added', 'ana']])
  const feed = await (await ask('/projects/embargo/api/events?format=atom', { cookie: cy })).text()
  expect(feed).toContain(`${served.url}projects/embargo/events/`)
  for (const path of ['/projects/embargo/events', '/projects/embargo/api', '/projects/embargo/docs', '/projects/embargo/review', '/projects/embargo/add', '/projects/embargo/alerts?path=/events', '/projects/embargo/quality']) {
    const { document } = parseHTML(await (await ask(path, { cookie: ana })).text())
    const out = [...document.querySelectorAll('a[href^="/"], form[action^="/"], img[src^="/"]')].map((one) => one.getAttribute('href') ?? one.getAttribute('action') ?? one.getAttribute('src') ?? '')
    expect(out.filter((href) => !href.startsWith('/projects/embargo/')), path).toEqual(['/account', '/projects'])
  }
  await changePerson(desk('embargo').record.store, 'cy', { disabled: true }, noteCommand)
  expect((await ask('/projects/embargo/', { cookie: cy })).status).toBe(404)
})

it('are not there for anybody else: the answers are those of a project there is not', async () => {
  const cy = await sessionOf('cy')
  const bo = await sessionOf('bo')
  const main = await makeKey(desk('arctic').record.store, 'nightly', ['read'], null, 'bo', noteCommand)
  const visitors: Record<string, Record<string, string>> = { stranger: {}, member: { cookie: cy }, admin: { cookie: bo }, program: { authorization: `Bearer rk_${'x'.repeat(12)}.${'y'.repeat(43)}` }, keyOfAnother: { authorization: `Bearer ${main.text}` } }
  for (const [who, headers] of Object.entries(visitors)) {
    for (const [method, path] of [['GET', ''], ['GET', '/'], ['GET', '/events?lang=ar'], ['GET', '/api/events'], ['GET', '/health'], ['GET', '/metrics'], ['GET', '/desk.css'], ['GET', '/login'], ['GET', '/people'], ['GET', '/nothing'], ['GET', '/%2e%2e/people'], ['POST', '/api/judgements'], ['POST', '/add'], ['DELETE', '/api/alerts/x'], ['POST', '/mcp'], ['POST', '/logout']] as const) {
      for (const accept of ['text/html', 'application/json']) {
        const answers = await Promise.all(['embargo', 'unknown'].map(async (name) => toldBy(await ask(`/projects/${name}${path}`, { ...headers, accept }, method === 'POST' ? { method, body: '{}' } : { method }), name)))
        expect(answers[0], `${who} ${method} ${path} ${accept}`).toEqual(answers[1])
        expect((answers[0] as { status: number }).status, `${who} ${method} ${path}`).not.toBe(200)
      }
    }
  }
  // Who has tried too often is told so alike, and no more than that.
  clock.step = 0
  const wrong = { authorization: `Bearer rk_${'x'.repeat(12)}.${'y'.repeat(43)}` }
  for (let turn = 0; turn < 25; turn++) await ask('/projects/unknown/api/events', wrong)
  for (const accept of ['text/html', 'application/json']) {
    const [first, second] = await Promise.all(['embargo', 'unknown'].map(async (name) => toldBy(await ask(`/projects/${name}/add`, { ...wrong, accept }), name)))
    expect(first).toEqual(second)
    expect(first).toMatchObject({ status: 429 })
  }
  clock.step = 30_000
  expect((await ask('/projects/embargo/events', {})).headers.get('location')).toBe(`/login?next=${encodeURIComponent('/projects/embargo/events')}`)
  for (const path of ['/projects/../embargo/', '/projects/EMBARGO/', '/projects/embargo%2f/', '/projects/%65mbargo/']) expect((await ask(path, { cookie: cy })).status, path).toBe(404)
})

it('take keys of their own, and are open where nobody logs in', async () => {
  const key = await makeKey(desk('arctic').record.store, 'reads', ['read'], null, 'bo', noteCommand)
  const headers = { authorization: `Bearer ${key.text}`, accept: 'application/json' }
  expect((await ask('/projects/arctic/api/events', headers)).status).toBe(200)
  for (const path of ['/projects/embargo/api/events', '/api/events']) expect((await ask(path, headers)).status, path).toBe(401)
  expect((await ask('/projects/embargo/events', {}, {}, open.url)).status).toBe(200)
  expect((await ask('/projects/unknown/events', {}, {}, open.url)).status).toBe(404)
})

it('are made by a command, with names that can stand in an address', async () => {
  for (const name of ['Embargo', '../x', 'a b', '', 'x'.repeat(41), 'embargo']) expect(readout('project', 'add', name, '--admin', 'ana', '--projects', folder).status, name).toBe(2)
  expect([...projectsIn(folder).keys()]).toEqual(['arctic', 'embargo'])
  expect(() => projectsIn(join(dir, 'none'))).toThrow(/readout project add/u)
  await makeMember(desk('arctic').record.store, 'ana', 'reader', noteCommand)
  await expect(makeMember(desk('arctic').record.store, 'ana', 'reader', noteCommand)).rejects.toThrow()
  await expect(makeMember(desk('arctic').record.store, 'cy', 'king', noteCommand)).rejects.toThrow(/no role/u)
})

it('are not there when their database cannot be reached, and their members are called as accounts are', async () => {
  expect(readout('project', 'add', 'far', '--admin', 'ana', '--projects', folder, '--database', 'postgres://127.0.0.1:1/none').status).toBe(1)
  expect([...projectsIn(folder).keys()]).toEqual(['arctic', 'embargo'])
  await makeMember(desk('arctic').record.store, ' Zoe\u0301 ', 'reader', noteCommand)
  expect((await listUsers(desk('arctic').db)).map(({ name }) => name)).toContain('Zo\u00e9')
})

it('are shown while the desk is open, in a folder or in a database', async () => {
  const later = join(dir, 'later')
  mkdirSync(later)
  const found = createProjects(later, async (place) => createDesk(await openRecord({ ...place, beside: main.record })))
  const server = await listen(createProjectsApp(main, found.desks, { version: '0', mayAdd: true, language: 'en', hosts: LOOPBACK, login: { asked: true, now: () => (clock.at += clock.step) } }), { host: '127.0.0.1', port: 0 })
  const database = await (await engines()).find(({ name }) => name === 'postgres')?.fresh()
  const url = database && 'url' in database.options ? database.options.url : null
  const stop = new AbortController()
  try {
    expect(await found.look()).toEqual([])
    const made = [['frost', []], ...(url === null ? [] : [['salt', ['--database', url]] as const])] as const
    for (const [name, options] of made) {
      const { status, stderr } = readout('project', 'add', name, '--admin', 'ana', '--projects', later, ...options)
      expect(status, stderr).toBe(0)
    }
    writeFileSync(join(later, 'broken.database'), 'postgres://127.0.0.1:1/none\n')
    const opened: string[] = []
    const told: unknown[] = []
    const attending = found.attend(stop.signal, (name) => opened.push(name), (error) => told.push(error))
    await vi.waitFor(() => expect(opened).toEqual(made.map(([name]) => name)), { timeout: 120_000, interval: 200 })
    const ana = await sessionOf('ana')
    for (const [name] of made) {
      expect((await ask(`/projects/${name}/`, {}, {}, server.url)).status).toBe(303)
      const page = await ask(`/projects/${name}/add`, { cookie: ana }, {}, server.url)
      expect(page.status).toBe(200)
      const { token } = await tokenFrom(page)
      const posted = await ask(`/projects/${name}/api/articles?published=2024-05-08`, { cookie: ana, 'x-readout-token': token, accept: 'application/json', 'content-type': 'text/plain' }, { method: 'POST', body: 'Canada condemned Belarus on Monday.' }, server.url)
      expect(posted.status).toBe(200)
      expect(((await (await ask(`/projects/${name}/api/events`, { cookie: ana, accept: 'application/json' }, {}, server.url)).json()) as { events: unknown[] }).events).toHaveLength(1)
    }
    const list = await (await ask('/projects', { cookie: ana }, {}, server.url)).text()
    for (const [name] of made) expect(list).toContain(`href="/projects/${name}/"`)
    // What cannot be opened is told once, and is no reason to look no more.
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 60_000 })
    await expect(found.look()).rejects.toThrow()
    stop.abort()
    await attending
    expect(readdirSync(later).sort()).toEqual(['broken.database', 'frost', ...(url === null ? [] : ['salt.database'])])
  } finally {
    stop.abort()
    await server.stop()
    await found.close()
    await database?.drop()
  }
})
