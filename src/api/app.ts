/** The API over HTTP: the table of routes, problem+json, ETag, CSV, and what every answer of the desk carries. */
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { compress } from 'hono/compress'
import { etag } from 'hono/etag'
import { FetchError } from '../fetch.ts'
import { StoreError } from '../store/index.ts'
import { ReviewError } from '../review.ts'
import { addDocuments, MOST_BYTES } from './add.ts'
import { type Change, CHANGES } from './changes.ts'
import type { Desk } from './desk.ts'
import { FEED_FORMATS, FEED_TYPES, type FeedFormat, writeFeed } from './feeds.ts'
import { type Observer, observing, routeOf } from './observe.ts'
import { openApi } from './openapi.ts'
import { createLogin, type Login, type LoginOptions } from './login.ts'
import { BusyError } from './passwords.ts'
import { checkQuery, HttpProblem } from './problem.ts'
import { noteOf } from './deeds.ts'
import { ROUTES, type Route } from './routes.ts'
import { streamed } from './stream.ts'
import { baseOf, whoOf } from './who.ts'

export interface AppOptions {
  readonly version: string
  /** Whether documents may be added. */
  readonly mayAdd: boolean
  /** Aborted when the server is told to stop: answers without an end are ended then. */
  readonly stopping?: AbortSignal
  /** Names under which the server may be asked; any when left out. Keeps other sites from reaching it under a name of theirs. */
  readonly hosts?: ReadonlySet<string>
  /** Who must log in; nobody when left out: then whoever reaches the server may do everything. */
  readonly login?: LoginOptions
  /** IP addresses outside the public internet that webhooks of alerts may be sent to. */
  readonly webhookAllow?: readonly string[]
  /** Told of every request. */
  readonly observer?: Observer
}

/** What changes nothing of the record: asking the tools (the one that adds is not there where nothing may be added), coming and going. */
const ALWAYS = new Set(['/mcp', '/login', '/logout', '/account'])

const POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; trusted-types desk; require-trusted-types-for 'script'"

/** Headers of every answer. */
const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()', 'x-frame-options': 'DENY', 'cache-control': 'private, no-cache',
}

/** What an error means to the one who asked. */
export function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error
  if (error instanceof StoreError) return error.code === 'bad-row' ? new HttpProblem(400, 'Cannot be understood', `${error.what}. ${error.todo}`) : new HttpProblem(503, 'The record cannot be reached', `${error.what}. ${error.todo}`)
  if (error instanceof ReviewError) return new HttpProblem(400, 'Cannot be decided', error.message)
  if (error instanceof BusyError) return new HttpProblem(503, 'Busy', error.message)
  if (error instanceof FetchError) return new HttpProblem(400, 'The address could not be had', error.message)
  return new HttpProblem(500, 'Something went wrong')
}

/** What an error means to the one who asked; what is not his fault is told to the observer. */
export function faultToo(c: Context, error: unknown, observer: Observer | undefined): HttpProblem {
  const problem = problemOf(error)
  if (problem.status >= 500) observer?.fault(error, routeOf(c))
  return problem
}

export function problemJson(c: Context, { status, title, message }: HttpProblem): Response {
  if (status === 401) c.header('www-authenticate', 'Bearer realm="Readout"')
  if (status === 429) c.header('retry-after', '60')
  return c.body(JSON.stringify({ type: 'about:blank', title, status, ...(message === '' ? {} : { detail: message }) }), status, { 'content-type': 'application/problem+json' })
}

/** A change must come from a page of this desk, or from a program: browsers say where a form was. */
export function fromHere(c: Context): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin' || site === 'none'
  const origin = c.req.header('origin')
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === c.req.header('host'))
}

export { checkQuery, HttpProblem } from './problem.ts'

/** The form of a feed that is asked for, by name or by what the asker takes first. */
function feedAsked(format: string | undefined, accept = ''): FeedFormat | null {
  return FEED_FORMATS.find((name) => (format === undefined ? accept.startsWith(FEED_TYPES[name].split(';')[0] ?? '') : format === name)) ?? null
}

async function answer(c: Context, desk: Desk, route: Route): Promise<Response> {
  const given = c.req.query()
  const query = route.query === null ? {} : checkQuery(route.query, given)
  const found = await route.load(desk, c.req.param('id') ?? '', query)
  if (found === null) throw new HttpProblem(404, 'Not found', 'There is nothing of that id.')
  const feed = route.feed === undefined ? null : feedAsked(given['format'], c.req.header('accept'))
  if (feed !== null && route.feed) {
    const url = new URL(c.req.url)
    const language = given['lang'] ?? ''
    return c.body(writeFeed(desk, feed, language, route.feed(desk, found, language, query), { origin: `${url.origin}${baseOf(c)}`, self: `${url.pathname}${url.search}` }), 200, { 'content-type': FEED_TYPES[feed] })
  }
  const wantsCsv = given['format'] === 'csv' || (given['format'] === undefined && /^text\/csv\b/u.test(c.req.header('accept') ?? ''))
  if (!wantsCsv || !route.csv) return c.json(found)
  return c.body(route.csv(desk, found, given['lang'] ?? ''), 200, { 'content-type': 'text/csv; charset=utf-8; header=present', 'content-disposition': `attachment; filename="${route.name}.csv"` })
}

async function change(c: Context, desk: Desk, { body, run }: Change, webhookAllow: readonly string[]): Promise<Response> {
  const asked = body === null ? {} : checkQuery(body, await c.req.json().catch(() => { throw new HttpProblem(400, 'Cannot be understood', 'the body is no JSON') }))
  const id = c.req.param('id') ?? ''
  return c.json(await run(desk, id, asked, { who: whoOf(c), webhookAllow }))
}

/** The server's frame with the API in it; pages are added to it by the web. */
export function createApi(desk: Desk, options: AppOptions, login: Login = createLogin(desk, options.login ?? { asked: false })): Hono {
  const app = new Hono()
  if (options.observer) app.use(observing(options.observer))
  app.use(async (c, next) => {
    const host = c.req.header('host')?.toLowerCase().replace(/:\d+$/u, '')
    const known = options.hosts === undefined || (host !== undefined && options.hosts.has(host))
    if (known) await next()
    else c.res = problemJson(c, new HttpProblem(421, 'Not known by this name', 'Ask under the name the server was started with.'))
    if (options.login?.secure) c.res.headers.set('strict-transport-security', 'max-age=31536000')
    for (const [name, value] of Object.entries(HEADERS)) if (!c.res.headers.has(name)) c.res.headers.set(name, value)
  })
  app.use(login.gate)
  app.use(streamed(desk, options.stopping))
  app.use(compress())
  app.use(etag())
  app.use(async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    if (!fromHere(c)) throw new HttpProblem(403, 'Not from here', 'Changes are made from the pages of this desk, or by programs that are no browser.')
    if (!options.mayAdd && !ALWAYS.has(c.req.path)) throw new HttpProblem(403, 'Read only', 'This desk was started without the right to add.')
    return next()
  })
  app.use(bodyLimit({ maxSize: MOST_BYTES, onError: () => { throw new HttpProblem(413, 'Too large', `At most ${MOST_BYTES} bytes are taken in one go.`) } }))
  app.use(login.forms)
  app.get('/health', (c) => c.text('ok'))
  app.get('/ready', async (c) => {
    await desk.db.selectFrom('meta').select('key').limit(1).execute()
    return c.text('ready')
  })
  app.get('/metrics', async (c) => {
    const figures = await options.observer?.metrics()
    if (!figures) throw new HttpProblem(404, 'Not found', 'No figures are kept here.')
    return c.body(figures.text, 200, { 'content-type': figures.type })
  })
  for (const route of ROUTES) app.get(route.path.replace('{id}', ':id'), (c) => answer(c, desk, route))
  for (const one of CHANGES) app.on(one.method, one.path.replace('{id}', ':id'), (c) => change(c, desk, one, options.webhookAllow ?? []))
  const document = openApi(options.version)
  app.get('/api/openapi.json', (c) => c.json(document))
  app.post('/api/articles', async (c) => {
    const { url, published } = c.req.query()
    if (published !== undefined && !/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(published)) throw new HttpProblem(400, 'Cannot be understood', 'published: a day, month or year such as 2024-02-08')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length === 0 && (url === undefined || url === '')) throw new HttpProblem(400, 'Nothing to read', 'Give the document as the body, or its address as ?url=')
    const mediaType = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
    const { problems, ...sum } = await addDocuments(desk, bytes.length === 0 ? { inputs: [{ kind: 'url', url: url ?? '' }], ...(published === undefined ? {} : { published }) } : {
      inputs: [{ kind: 'bytes', name: url ?? 'body', bytes }], ...(url === undefined ? {} : { url }), ...(published === undefined ? {} : { published }), ...(mediaType === undefined ? {} : { mediaType }),
    }, noteOf(whoOf(c)))
    if (problems[0] && sum.articles.length === 0) throw new HttpProblem(400, 'Could not be read', problems.map(({ code, message }) => `${code}: ${message}`).join('; '))
    return c.json(sum)
  })
  app.onError((error, c) => problemJson(c, faultToo(c, error, options.observer)))
  app.notFound((c) => problemJson(c, new HttpProblem(404, 'Not found', 'There is nothing at this address.')))
  return app
}
