/** The typed client against a real server: every address, lists without an end, what is new as it comes. */
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CHANGES } from '../src/api/changes.ts'
import { ROUTES } from '../src/api/routes.ts'
import { type Client, createClient, type Lists, PATHS, ReadoutError, type Routes, type Told } from '../src/client/index.ts'
import { openTestDesk, type TestDesk } from './web/desk.ts'

let test: TestDesk
let client: Client
beforeAll(async () => {
  test = await openTestDesk((name) => name.startsWith('call-'))
  client = createClient({ url: test.url })
}, 600_000)
afterAll(async () => { await test?.close() }, 60_000)

it('knows every address the server answers', () => {
  expect(PATHS).toEqual(Object.fromEntries(ROUTES.map(({ name, path }) => [name, path])))
  expect(CHANGES.map(({ name }) => name).filter((name) => !(name in client))).toEqual([])
})

it('needs nothing but fetch', () => {
  const source = readFileSync(new URL('../src/client/index.ts', import.meta.url), 'utf8')
  expect([...source.matchAll(/^(?:import|export) (?!type)[^\n]* from '/gmu)]).toEqual([])
})

it('asks, and is answered what its types say', async () => {
  const { relations } = await client.get('relations', { state: 'RUS' })
  expect(relations[0]?.pair).toContain('RUS')
  const { events } = await client.get('chronology', { parties: ['RUS', 'CHN'], types: ['CONSULT'], lang: 'fr' })
  const { event, accounts } = await client.event(events[0]?.id ?? '', { sides: ['RUS', 'CHN'] })
  expect(accounts.length).toBeGreaterThan(0)
  expect(event.type).toBe('CONSULT')
  const { reading } = await client.article(event.members[0]?.article ?? '')
  expect(reading.article.text.length).toBeGreaterThan(0)
  expect((await client.judgements(event.id)).judgements).toBeInstanceOf(Array)
  expect((await client.get('search', { q: '普京' })).actors[0]?.id).toBe('person:vladimir-putin')
  const query: Partial<Record<keyof Routes, object>> = { chronology: { parties: ['RUS'] }, search: { q: 'Xi' }, changes: { parties: ['RUS'], since: '2020-01-01T00:00:00Z' } }
  for (const { name, query: schema, answer, path } of ROUTES) {
    if (path.includes('{id}')) continue
    const found = await client.get(name as 'relations', (query[name as keyof Routes] ?? {}) as object)
    expect(answer.safeParse(found).error?.issues ?? [], `${name} ${schema === null}`).toEqual([])
  }
}, 240_000)

it('says what went wrong', async () => {
  const missing = await client.event('none').catch((error: unknown) => error)
  expect(missing).toBeInstanceOf(ReadoutError)
  expect(missing).toMatchObject({ status: 404, title: 'Not found' })
  await expect(client.get('events', { limit: 100_000 })).rejects.toMatchObject({ status: 400 })
  await expect(client.addAddress('http://127.0.0.1/')).rejects.toMatchObject({ status: 400 })
})

it('walks lists whole, and as far as is asked', async () => {
  const all = async <N extends keyof Lists>(name: N, query: Routes[N]['query']): Promise<Lists[N][]> => {
    const out: Lists[N][] = []
    for await (const item of (client.each as (name: N, query: Routes[N]['query']) => AsyncGenerator<Lists[N]>)(name, query)) out.push(item)
    return out
  }
  const paged = (await client.get('events', { limit: 200 })).events.map(({ id }) => id)
  expect((await all('events', {} as Routes['events']['query'])).map(({ id }) => id)).toEqual(paged)
  expect(await all('events', { limit: 3 } as Routes['events']['query'])).toHaveLength(3)
  expect((await all('relations', {} as Routes['relations']['query'])).length).toBe((await client.get('relations')).relations.length)
  const lines = await test.get('/api/events?limit=5', { accept: 'application/x-ndjson' })
  expect(lines.headers.get('content-type')).toMatch(/^application\/x-ndjson/u)
  expect(lines.headers.get('content-security-policy')).not.toBeNull()
  expect((await lines.text()).trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(paged.slice(0, 5))
  for (const path of ['/api/quality', '/api/events?limit=none', '/api/events?from=yesterday']) expect((await test.get(path, { accept: 'application/x-ndjson' })).status, path).toBe(400)
  // More than one page of the server's own.
  const texts = Array.from({ length: 45 }, (_, at) => ['France', 'Spain', 'Italy', 'Norway', 'Poland'].map((state) => `${state} condemned Chile on 1 ${['March', 'April', 'May', 'June', 'July'][at % 5]} ${1950 + at}.`).join(' '))
  await test.desk.record.add(texts.map((body, at) => ({ name: `made ${at}`, bytes: new TextEncoder().encode(body), mediaType: 'text/plain', language: 'en' })))
  const many = (await all('events', { keys: ['CHL'] } as Routes['events']['query'])).map(({ id }) => id)
  expect(many.length).toBeGreaterThan(200)
  expect(new Set(many).size).toBe(many.length)
}, 120_000)

it('keeps searches with alerts, lists them, and takes them away', async () => {
  const name = 'Beijing / Moscow: talks?'
  const first = await client.saveSearch(name, { path: '/relations/CHN-RUS?types=CONSULT&lang=fr', alert: { tells: ['event', 'denial'], target: 'https://example.org/hook', secret: 'a key of sixteen or more' } })
  expect(first).toMatchObject({ search: expect.any(String), alert: expect.any(String), secret: 'a key of sixteen or more' })
  const again = await client.saveSearch(name, { path: '/relations/CHN-RUS', alert: { tells: ['event'], target: 'desk@example.org', by: 'China', language: 'ru', anyAge: true } })
  expect(again).toMatchObject({ search: first.search, secret: null })
  const { searches } = await client.get('alerts')
  expect(JSON.stringify(searches)).not.toContain('a key of sixteen')
  expect(searches.find((search) => search.name === name)).toMatchObject({ id: first.search, path: '/relations/CHN-RUS', alerts: expect.arrayContaining([
    expect.objectContaining({ id: first.alert, channel: 'webhook', tells: ['event', 'denial'], language: 'en', maxAge: 30, sent: 0, waiting: 0, failed: 0 }),
    expect.objectContaining({ id: again.alert, channel: 'email', target: 'desk@example.org', by: 'CHN', language: 'ru', maxAge: null }),
  ]) })
  expect(await client.retryAlerts()).toEqual({ retried: 0 })
  expect(await client.deleteAlert(first.alert ?? '')).toEqual({ deleted: first.alert })
  await expect(client.deleteAlert(first.alert ?? '')).rejects.toMatchObject({ status: 404 })
  expect((await client.get('alerts')).searches.find((search) => search.name === name)?.alerts.map(({ id }) => id)).toEqual([again.alert])
  expect(await client.deleteSearch(name)).toEqual({ deleted: name })
  await expect(client.deleteSearch(name)).rejects.toMatchObject({ status: 404 })
  expect((await client.get('alerts')).searches).toEqual([])
  const deeds = (await client.get('audit', { limit: 4 })).entries
  expect(deeds.map(({ act, subject }) => [act, subject])).toEqual([['search deleted', name], ['alert deleted', first.alert], ['search saved', name], ['search saved', name]])
  expect(JSON.stringify(deeds)).not.toContain('a key of sixteen')
  for (const body of [{ path: '/problems' }, { path: '/events', alert: { tells: [], target: 'desk@example.org' } }, { path: '/events', alert: { tells: ['event'], target: 'http://127.0.0.1/' } }, { path: '/events', alert: { tells: ['event'], target: 'nobody' } }, { path: '/events', more: 1 }])
    await expect(client.saveSearch('x', body as Parameters<Client['saveSearch']>[1]), JSON.stringify(body)).rejects.toMatchObject({ status: 400 })
})

it('is told what is new, from where it was, and of what it asks for', async () => {
  const stop = new AbortController()
  const seen: Told[] = []
  const other: Told[] = []
  const listen = async (to: Told[], query: Parameters<Client['follow']>[0]): Promise<void> => { for await (const told of client.follow(query, stop.signal)) to.push(told) }
  const listening = [listen(seen, { keys: ['BLR|CAN'], types: ['accuse'], lang: 'en' }), listen(other, { keys: ['JPN'] })]
  await new Promise((resolve) => { setTimeout(resolve, 1500) })
  expect(await client.add({ body: 'Canada condemned Belarus on Monday.', published: '2024-05-08', url: 'https://example.org/x' })).toMatchObject({ added: 1 })
  for (let waited = 0; waited < 100 && seen.length === 0; waited++) await new Promise((resolve) => { setTimeout(resolve, 100) })
  expect(seen).toMatchObject([{ kind: 'new', event: { type: 'ACCUSE', line: expect.stringContaining('Canada') } }])
  expect(other).toEqual([])
  stop.abort()
  await Promise.all(listening)
  // Later, from the number it had.
  const again = new AbortController()
  for await (const told of client.follow({ after: (seen[0]?.seq ?? 1) - 1, keys: ['CAN'] }, again.signal)) {
    expect(told.id).toBe(seen[0]?.id)
    break
  }
  expect((await test.get('/api/stream', { 'last-event-id': 'x' })).status).toBe(400)
}, 60_000)

it('ends streams when the server stops', async () => {
  const stopping = new AbortController()
  const running = await test.open({ stopping: stopping.signal })
  const response = await fetch(new URL('/api/stream', running.url))
  expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/u)
  setTimeout(() => stopping.abort(), 300)
  expect(await response.text()).toContain('event: ready')
  await running.stop()
}, 30_000)
