import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher } from '../../src/ingest/fetcher.ts'
import { type Round, watch, watchOnce } from '../../src/ingest/watch.ts'
import { type LastingRecord, openRecord } from '../../src/record.ts'
import { deleteFeed, getEntries, listFeeds, listProblems, listVersions, nextDue, putFeed, putSource } from '../../src/store/index.ts'
import { engines, type TestStore } from '../store/engines.ts'

const STORY = 'Russian President Vladimir Putin held a telephone call with Chinese President Xi Jinping on Thursday, the Kremlin said. They spoke of trade in national currencies and agreed to keep in close contact in the months to come. Both sides spoke against interference from outside in their domestic affairs, according to a statement.'

describe.each(await engines())('watching feeds on the $name engine', ({ fresh }) => {
  let made: TestStore
  let record: LastingRecord
  let server: Server
  let base = ''
  let hits: string[] = []
  let items: string[] = []
  let story = STORY
  let busy = true
  let clock = new Date('2026-01-01T00:00:00Z')
  const seen: Record<string, string | undefined>[] = []

  const go = async (): Promise<Round> => {
    hits = []
    const fetcher = createFetcher(record.store, { pauseMs: 1, fetch: { allow: ['127.0.0.1'] }, now: () => clock })
    return watchOnce(record.store, { fetcher, revisitSeconds: 86_400, add: (documents) => record.add(documents) })
  }
  beforeAll(async () => {
    made = await fresh()
    await made.store.close()
    record = await openRecord({ ...made.options, threads: 1 })
    server = createServer((request, response) => {
      hits.push(request.url ?? '')
      if (request.url === '/feed') {
        const tag = `"${items.length}"`
        seen.push({ tag: request.headers['if-none-match'] })
        if (request.headers['if-none-match'] === tag) response.writeHead(304).end()
        else response.writeHead(200, { etag: tag, 'content-type': 'application/rss+xml' }).end(`<rss version="2.0"><channel><title>T</title>${items.map((at) => `<item><link>${base}/${at}</link><pubDate>Thu, 08 Feb 2024 10:00:00 GMT</pubDate></item>`).join('')}</channel></rss>`)
      } else if (request.url === '/busy' && busy) response.writeHead(503).end()
      else if (request.url === '/broken') response.writeHead(200).end('this is no feed')
      else if (request.url === '/a') {
        const tag = `"${story.length}"`
        if (request.headers['if-none-match'] === tag) response.writeHead(304).end()
        else response.writeHead(200, { 'content-type': 'text/plain', etag: tag }).end(story)
      } else if (request.url === '/robots.txt') response.writeHead(404).end()
      else response.writeHead(200, { 'content-type': 'text/plain' }).end(`${request.url} ${STORY}`)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await putSource(record.store.db, { id: 's', kind: 'site', name: 'S', url: null, country: null, settings: {} })
    await putFeed(record.store.db, { url: `${base}/feed`, kind: 'feed', source: 's', everySeconds: 600 }, clock)
  }, 60_000)
  afterAll(async () => {
    server.close()
    await record.close()
    if ('dir' in made.options) rmSync(made.options.dir, { recursive: true, force: true })
    else await made.drop()
  }, 60_000)

  it('reads what is new, with the day of the feed and its source', async () => {
    items = ['a', 'busy']
    expect(await go()).toMatchObject({ feeds: 1, found: 2, fetched: 1, added: 1, failed: 1 })
    const [version] = await listVersions(record.store.db, `${base}/a`)
    expect(version).toMatchObject({ published: '2024-02-08', source: 's' })
    expect((await getEntries(record.store.db, [version?.id ?? ''])).size).toBe(1)
  }, 60_000)

  it('asks for nothing before it is due', async () => {
    clock = new Date('2026-01-01T00:04:00Z')
    expect(await go()).toEqual({ feeds: 0, found: 0, fetched: 0, added: 0, failed: 0 })
    expect(hits).toEqual([])
    expect(await nextDue(record.store.db)).toBe('2026-01-01T00:05:00.000Z')
  })

  it('comes back to what failed, later each time, after a restart too', async () => {
    await record.close()
    record = await openRecord({ ...made.options, threads: 1 })
    clock = new Date('2026-01-01T00:06:00Z')
    expect(await go()).toMatchObject({ failed: 1 })
    expect(hits.filter((url) => url !== '/robots.txt')).toEqual(['/busy'])
    clock = new Date('2026-01-01T00:08:00Z')
    expect(await go()).toMatchObject({ fetched: 0, failed: 0 })
    busy = false
    clock = new Date('2026-01-01T00:17:00Z')
    expect(await go()).toMatchObject({ feeds: 1, found: 0, fetched: 1, added: 1, failed: 0 })
    expect((await listProblems(record.store.db)).items).toEqual([])
    // The feed had not changed, and was asked so.
    expect(seen.at(-1)).toEqual({ tag: '"2"' })
  }, 60_000)

  it('looks at a page once more and keeps a corrected text as a version', async () => {
    story = STORY.replace('Thursday', 'Friday, as corrected,')
    clock = new Date('2026-01-02T00:01:00Z')
    expect(await go()).toMatchObject({ added: 1 })
    expect(await listVersions(record.store.db, `${base}/a`)).toHaveLength(2)
    expect(hits).toContain('/a')
    clock = new Date('2026-01-05T00:00:00Z')
    await go()
    expect(hits).not.toContain('/a')
  }, 60_000)

  it('puts a feed that fails off, and says why', async () => {
    await putFeed(record.store.db, { url: `${base}/broken`, kind: 'feed', source: 's', everySeconds: 600 }, clock)
    await go()
    const broken = (await listFeeds(record.store.db)).find(({ url }) => url.endsWith('/broken'))
    expect(broken).toMatchObject({ failures: 1, nextDue: new Date(clock.getTime() + 300_000).toISOString() })
    expect(broken?.lastError).toContain('is no feed')
    expect(await deleteFeed(record.store.db, `${base}/broken`)).toBe(true)
  }, 60_000)

  it('fetches each address once when two watch one record', async () => {
    items = ['a', 'busy', 'n1', 'n2', 'n3']
    clock = new Date('2026-01-06T00:00:00Z')
    hits = []
    const round = (): Promise<Round> => watchOnce(record.store, { fetcher: createFetcher(record.store, { pauseMs: 1, fetch: { allow: ['127.0.0.1'] }, now: () => clock }), add: (documents) => record.add(documents) })
    const [one, two] = await Promise.all([round(), round()])
    expect(one.added + two.added).toBeLessThanOrEqual(3)
    await round()
    for (const page of ['/n1', '/n2', '/n3', '/feed']) expect(hits.filter((url) => url === page)).toHaveLength(1)
  }, 60_000)

  it('goes round until it is stopped', async () => {
    const stop = new AbortController()
    items = [...items, 'last']
    clock = new Date('2026-01-07T00:00:00Z')
    await watch(record.store, { fetcher: createFetcher(record.store, { pauseMs: 1, fetch: { allow: ['127.0.0.1'] }, now: () => clock }), signal: stop.signal, add: (documents) => record.add(documents) }, (done) => {
      expect(done.added).toBe(1)
      stop.abort()
    })
  }, 60_000)
})
