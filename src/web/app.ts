/** The desk: the API, and the pages beside it. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Context, Hono } from 'hono'
import { type AppOptions, checkQuery, createApi, faultToo, HttpProblem, problemJson } from '../api/app.ts'
import { createLogin, type Login } from '../api/login.ts'
import { noteOf } from '../api/deeds.ts'
import type { Reading } from '../api/add.ts'
import type { Desk } from '../api/desk.ts'
import { subscribe, unsubscribe } from '../api/watched.ts'
import { mountMcp } from '../mcp/http.ts'
import { ARTICLES_QUERY, CHRONOLOGY_QUERY, EVENT_QUERY, EVENTS_QUERY, PROBLEMS_QUERY, QUALITY_QUERY, RELATIONS_QUERY, SEARCH_QUERY } from '../api/schemas.ts'
import { stream } from 'hono/streaming'
import { NDJSON } from '../api/stream.ts'
import { type AddForm, addFromForm, addPage } from './add-page.ts'
import { alertsFromForm, alertsPage } from './alerts-page.ts'
import { apiPage } from './api-page.ts'
import { articlePage } from './article-page.ts'
import { eventPage } from './event-page.ts'
import { html } from './html.ts'
import { getCookie, setCookie } from 'hono/cookie'
import { baseOf, whoOf } from '../api/who.ts'
import { accountPage, auditPage, changeOwn, changePeople, loginPage, peoplePage, placeOf } from './people-pages.ts'
import { decideFromForm, reviewPage } from './review-page.ts'
import { chooseLanguage, loadInterfaces } from './interface.ts'
import { actorPage, articlesPage, eventsPage, problemsPage, searchPage } from './list-pages.ts'
import { qualityPage } from './quality-page.ts'
import { relationPage } from './relation-pages.ts'
import { relationshipsPage } from './relationships-page.ts'
import { docsPage } from './docs-page.ts'
import { createManual, type Manual } from './docs/manual.ts'
import { ICON } from './icon.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'
import { type ProjectEntry, projectsPage, UNDER } from './projects-page.ts'
import { at, type Page, type Project, render, type View } from './view.ts'

/** Cookie of the name decisions are made under, where nobody logs in. */
const REVIEWER = 'readout_reviewer'
const YEAR_S = 365 * 86_400

export interface DeskOptions extends AppOptions {
  /** Language of the pages where the browser asks for none there is. */
  readonly language: string
  /** The documentation with what only the command line can tell of itself; without that when left out. */
  readonly manual?: () => Promise<Manual>
  /** What this desk is a project of, where it is one. */
  readonly project?: Project
  /** The projects beside this desk, as they are now. */
  readonly projects?: () => readonly ProjectEntry[]
}

/** The texts of a form; files left out. */
async function fieldsOf(c: Context): Promise<Record<string, string>> {
  const form: Record<string, string> = {}
  for (const [name, value] of await c.req.formData()) if (typeof value === 'string') form[name] = value
  return form
}

/** Makes the whole server out of a desk. Throws KnowledgeError when the words of a language's pages are not complete. */
export function createDeskApp(desk: Desk, options: DeskOptions, login: Login = createLogin(desk, options.login ?? { asked: false })): Hono {
  const app = createApi(desk, options, login)
  mountMcp(app, desk, options)
  const interfaces = loadInterfaces(desk.knowledge)
  const codes = [...interfaces.keys()]
  const languages = codes.map((code) => ({ code, name: interfaces.get(code)?.words['own-name'] ?? code, direction: desk.writers(code).lines.direction }))

  const viewOf = (c: Context): View => {
    const query = c.req.query()
    const who = whoOf(c)
    const language = chooseLanguage(codes, query['lang'], c.req.header('accept-language'), options.language)
    const ui = interfaces.get(language)
    if (!ui) throw new HttpProblem(500, 'No language', 'No language has the words of the pages.')
    const writers = desk.writers(language)
    return { desk, base: baseOf(c), project: (who.scopes.has('read') ? options.project : undefined) ?? null, projects: options.projects !== undefined || options.project !== undefined, language, chosen: query['lang'] === language, direction: writers.lines.direction, writers, ui, w: ui.words, languages, mayAdd: options.mayAdd && who.scopes.has('ingest'), who, mayReview: options.mayAdd && who.scopes.has('review'), reviewer: getCookie(c, REVIEWER) ?? '', token: () => login.token(c), path: c.req.path, query }
  }
  const send = (c: Context, view: View, page: Page, status: 200 | 400 | 401 | 403 | 404 | 413 | 429 | 500 | 503 = 200): Response => {
    c.header('vary', 'accept-language', { append: true })
    c.header('content-language', view.language)
    return c.html(render(view, page), status)
  }
  const page = (path: string, make: (view: View, c: Context) => Promise<Page | null>): void => {
    app.get(path, async (c) => {
      const view = viewOf(c)
      const made = await make(view, c)
      if (made === null) throw new HttpProblem(404, 'Not found', '')
      return send(c, view, made)
    })
  }

  page('/', (view, c) => relationshipsPage(view, checkQuery(RELATIONS_QUERY, c.req.query()), c.req.query('q') ?? ''))
  page('/relations/:pair', (view, c) => {
    const parties = (c.req.param('pair') ?? '').split('-').map((code) => code.toUpperCase())
    if (parties.length > 2 || !parties.every((code) => /^[A-Z]{3}$/u.test(code))) return Promise.resolve(null)
    return relationPage(view, checkQuery(CHRONOLOGY_QUERY, { ...c.req.query(), parties: parties.join(',') }))
  })
  page('/events', (view, c) => eventsPage(view, checkQuery(EVENTS_QUERY, c.req.query())))
  page('/events/:id', (view, c) => eventPage(view, c.req.param('id') ?? '', checkQuery(EVENT_QUERY, c.req.query())))
  page('/articles', (view, c) => articlesPage(view, checkQuery(ARTICLES_QUERY, c.req.query())))
  page('/articles/:id', (view, c) => articlePage(view, c.req.param('id') ?? ''))
  page('/actors/:id', (view, c) => actorPage(view, c.req.param('id') ?? '', checkQuery(EVENTS_QUERY, c.req.query())))
  page('/search', (view, c) => searchPage(view, checkQuery(SEARCH_QUERY, { q: '', ...c.req.query() })))
  page('/problems', (view, c) => problemsPage(view, checkQuery(PROBLEMS_QUERY, c.req.query())))
  let manual: Promise<Manual> | null = null
  const loadManual = (): Promise<Manual> => (manual ??= options.manual?.() ?? Promise.resolve(createManual(desk.knowledge, options.version)))
  page('/docs', async (view) => docsPage(view, await loadManual(), 'tutorial'))
  page('/docs/:id', async (view, c) => docsPage(view, await loadManual(), c.req.param('id') ?? ''))
  app.get('/docs/images/:name', (c) => {
    const name = c.req.param('name')
    const file = join(desk.knowledge.root, 'docs', 'images', name)
    if (!/^[\w-]+\.(?:png|webp)$/u.test(name) || !existsSync(file)) throw new HttpProblem(404, 'Not found', '')
    return c.body(new Uint8Array(readFileSync(file)), 200, { 'content-type': name.endsWith('.png') ? 'image/png' : 'image/webp', 'cache-control': 'private, max-age=300' })
  })
  page('/quality', (view, c) => qualityPage(view, checkQuery(QUALITY_QUERY, c.req.query())))
  page('/review', (view) => reviewPage(view))
  app.post('/review', async (c) => {
    const form = await fieldsOf(c)
    const next = await decideFromForm(viewOf(c), form)
    if (form['by'] !== undefined && form['by'].trim() !== '') setCookie(c, REVIEWER, form['by'].trim(), { httpOnly: true, sameSite: 'Strict', path: '/', maxAge: YEAR_S })
    return c.redirect(next, 303)
  })
  page('/alerts', (view, c) => alertsPage(view, c.req.query('path') ?? ''))
  app.post('/alerts', async (c) => {
    const view = viewOf(c)
    const made = await alertsFromForm(view, await c.req.formData(), options.webhookAllow ?? [])
    return made === null ? c.redirect(at(view, '/alerts'), 303) : send(c, view, await alertsPage(view, '', made))
  })
  page('/api', (view) => Promise.resolve(apiPage(view, options.version)))
  app.post('/add/feeds', async (c) => {
    const view = viewOf(c)
    const data = await c.req.formData()
    const address = String(data.get('address') ?? '').trim()
    const note = noteOf(view.who)
    if (data.get('action') === 'delete') await unsubscribe(desk.record.store, address, note)
    else await subscribe(desk.record.store, address, note)
    return c.redirect(at(view, '/add'), 303)
  })
  page('/add', (view) => addPage(view))
  app.post('/add', async (c) => {
    const data = await c.req.formData()
    const field = (name: string): string => { const value = data.get(name); return typeof value === 'string' ? value : '' }
    // The language stands in the address of the form.
    const view = viewOf(c)
    const form: AddForm = { text: field('text'), address: field('address').trim(), published: field('published'), files: data.getAll('files').filter((value): value is File => typeof value !== 'string') }
    if (form.published !== '' && !/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(form.published)) throw new HttpProblem(400, 'Cannot be understood', 'published: a day such as 2024-02-08')
    const give = async (reading?: (so: Reading) => void): Promise<{ readonly to: string } | { readonly page: Page }> => {
      const done = await addFromForm(view, form, reading)
      if (done === null) return { to: at(view, '/add') }
      const [only, more] = [...done.articles, ...done.there]
      return only !== undefined && more === undefined && done.failed === 0 ? { to: at(view, `/articles/${only}`) } : { page: await addPage(view, form, done) }
    }
    if (!(c.req.header('accept') ?? '').startsWith(NDJSON)) {
      const done = await give()
      return 'to' in done ? c.redirect(done.to, 303) : send(c, view, done.page)
    }
    // For the page's script: how far it is, line by line; the last says where to go, or is the page.
    c.header('content-type', `${NDJSON}; charset=utf-8`)
    c.header('cache-control', 'no-store, no-transform')
    return stream(c, async (out) => {
      const say = async (line: object): Promise<void> => { await out.write(`${JSON.stringify(line)}\n`) }
      try {
        const done = await give((so) => void say(so))
        await say('to' in done ? done : { page: render(view, done.page) })
      } catch (error) {
        await say({ problem: faultToo(c, error, options.observer).message })
      }
    })
  })

  // Where nobody logs in there is nothing to log into.
  if (options.login?.asked !== true || options.login.within) for (const path of ['/login', '/logout', '/account']) app.all(path, (c) => c.notFound())
  app.get('/login', (c) => send(c, viewOf(c), loginPage(viewOf(c), null)))
  app.post('/login', async (c) => {
    const form = await fieldsOf(c)
    const done = await login.logIn(c, (form['name'] ?? '').trim().normalize('NFC'), form['password'] ?? '')
    if (done === 'in') return c.redirect(placeOf(form['next']), 303)
    const view = viewOf(c)
    return send(c, { ...view, query: { ...view.query, next: form['next'] ?? '' } }, loginPage(view, done, form['name'] ?? ''), done === 'wrong' ? 401 : 429)
  })
  app.post('/logout', async (c) => {
    await login.logOut(c)
    return c.redirect(at(viewOf(c), '/login'), 303)
  })
  page('/account', (view) => Promise.resolve(accountPage(view)))
  app.post('/account', async (c) => {
    const view = viewOf(c)
    const form = await fieldsOf(c)
    await changeOwn(view, form)
    // All sessions ended; this one begins anew under another id.
    if ((await login.logIn(c, view.who.name ?? '', form['password'] ?? '')) !== 'in') return c.redirect(at(view, '/login'), 303)
    return c.redirect(at(view, '/account', { done: '1' }), 303)
  })
  page('/people', (view) => peoplePage(view))
  app.post('/people', async (c) => {
    const view = viewOf(c)
    const done = await changePeople(view, await fieldsOf(c))
    c.header('cache-control', 'no-store')
    return send(c, view, await peoplePage(view, done))
  })
  const { projects } = options
  if (projects) page(UNDER, (view) => projectsPage(view, projects()))
  page('/audit', (view, c) => auditPage(view, c.req.query('cursor')))

  const asset = (path: string, type: string, body: string): void => { app.get(path, (c) => c.body(body, 200, { 'content-type': type, 'cache-control': 'private, max-age=300' })) }
  asset('/desk.css', 'text/css; charset=utf-8', STYLE)
  asset('/desk.js', 'text/javascript; charset=utf-8', SCRIPT)
  asset('/icon.svg', 'image/svg+xml', ICON)

  const fail = (c: Context, problem: HttpProblem): Response => {
    if (c.req.path.startsWith('/api/') || !/\btext\/html\b|\*\/\*/u.test(c.req.header('accept') ?? 'text/html')) return problemJson(c, problem)
    const view = viewOf(c)
    const { w } = view
    // Whoever follows a link is led on to it once logged in.
    if (problem.status === 401 && c.req.method === 'GET') return c.redirect(at({ ...view, base: '' }, '/login', { next: `${view.base}${c.req.path}${new URL(c.req.url).search}` }), 303)
    const words = problem.status === 401 || problem.status === 403 ? view.ui.people.forbidden : problem.status === 404 ? w['not-found'] : problem.status >= 500 ? w.fault : w['bad-request']
    return send(c, view, { title: words, body: html`<p class="none"><bdi lang="en" dir="ltr">${problem.message}</bdi></p><p><a href="${at(view, '/')}">${w.relationships}</a></p>` }, problem.status === 421 || problem.status === 405 || problem.status === 415 ? 400 : problem.status)
  }
  app.onError((error, c) => fail(c, faultToo(c, error, options.observer)))
  app.notFound((c) => fail(c, new HttpProblem(404, 'Not found', '')))
  return app
}
