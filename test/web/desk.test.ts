/** The desk over HTTP: a real server on an embedded record made from the sample articles. */
import { request } from 'node:http'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHANGES } from '../../src/api/changes.ts'
import { createDesk, type Desk } from '../../src/api/desk.ts'
import { ROUTES } from '../../src/api/routes.ts'
import type { ArticlesAnswer, ArticleAnswer, SearchAnswer } from '../../src/api/articles.ts'
import type { EventsAnswer } from '../../src/api/events.ts'
import { createDeskApp } from '../../src/web/app.ts'
import { listen } from '../../src/web/server.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

let test: TestDesk
beforeAll(async () => { test = await openTestDesk() }, 900_000)
afterAll(async () => { await test?.close() }, 60_000)

const json = async <T>(path: string, headers?: Record<string, string>): Promise<T> => {
  const response = await test.get(path, headers)
  expect(response.status, path).toBe(200)
  return await response.json() as T
}
const text = async (path: string): Promise<string> => {
  const response = await test.get(path)
  expect(response.status, path).toBe(200)
  return response.text()
}
const articlesOf = async (query = ''): Promise<ArticlesAnswer['articles']> => (await json<ArticlesAnswer>(`/api/articles${query}`)).articles
const phoneCall = async (): Promise<EventsAnswer['events'][number]> => {
  const { events } = await json<EventsAnswer>('/api/chronology?parties=RUS,CHN&types=CONSULT&limit=200')
  const [most] = [...events].sort((a, b) => b.members.length - a.members.length)
  if (!most) throw new Error('the samples hold a call of Russia and China')
  return most
}
/** All views of the desk. */
async function views(): Promise<string[]> {
  const [article] = await articlesOf()
  const [arabic] = await articlesOf('?language=ar')
  return ['/', '/?q=Iran', '/relations/CHN-RUS', '/relations/IRN-SAU', '/events', `/events/${(await phoneCall()).id}`, '/articles', `/articles/${article?.id}`, `/articles/${arabic?.id}`, '/search', '/search?q=Putin', '/actors/person:xi-jinping', '/review', '/alerts?path=/events', '/api', '/add', '/problems']
}

describe('the API', () => {
  it('answers every route as its schema says', async () => {
    const [article] = await articlesOf()
    const ids: Record<string, string> = { '/api/articles/{id}': article?.id ?? '', '/api/events/{id}': (await phoneCall()).id, '/api/events/{id}/judgements': (await phoneCall()).id }
    const query: Record<string, string> = { chronology: '?parties=RUS,CHN', search: '?q=Putin', changes: '?parties=RUS,CHN&since=2024-01-01T00:00:00Z' }
    for (const route of ROUTES) {
      const answer = await json(`${route.path.replace('{id}', ids[route.path] ?? '')}${query[route.name] ?? ''}`)
      const parsed = route.answer.safeParse(answer)
      expect(parsed.error?.issues ?? [], route.path).toEqual([])
    }
  })

  it('gives the same as CSV where it gives a list', async () => {
    for (const path of ['/api/relations', '/api/chronology?parties=RUS,CHN', '/api/events', '/api/articles', '/api/search?q=Putin', '/api/problems']) {
      const response = await test.get(`${path}${path.includes('?') ? '&' : '?'}format=csv`)
      expect(response.headers.get('content-type'), path).toMatch(/^text\/csv/u)
      expect((await response.text()).split('\r\n')[0], path).toMatch(/^[a-z_]+(?:,[a-z_]+)+$/u)
    }
    expect((await test.get('/api/relations', { accept: 'text/csv' })).headers.get('content-type')).toMatch(/^text\/csv/u)
  })

  it('writes in the desk\'s own language where none is asked for that there is', async () => {
    const lineIn = (lines: Desk, events: readonly { line: string }[]): string => lines.writers(lines.language).events.line(events[0] as never)
    const french = createDesk(test.desk.record, 'fr')
    const running = await listen(createDeskApp(french, { version: '0.0.0', mayAdd: false, language: 'fr' }), { host: '127.0.0.1', port: 0 })
    const first = async (url: string, query: string): Promise<{ line: string }[]> => ((await (await fetch(new URL(`/api/events?limit=1${query}`, url))).json()) as { events: { line: string }[] }).events
    const [english] = await first(test.url, '')
    expect(english?.line).toBe(lineIn(test.desk, english ? [english] : []))
    expect(english?.line).toBe((await first(test.url, '&lang=en'))[0]?.line)
    for (const query of ['', '&lang=fr', '&lang=tlh']) expect((await first(running.url, query))[0]?.line, query).toBe(lineIn(french, english ? [english] : []))
    expect((await first(running.url, '&lang=en'))[0]?.line).toBe(english?.line)
    const csv = await (await fetch(new URL('/api/events?limit=1&format=csv', test.url))).text()
    expect(csv).toBe(await (await fetch(new URL('/api/events?limit=1&format=csv&lang=en', test.url))).text())
    expect(createDesk(test.desk.record, 'tlh').language).toBe('en')
    await running.stop()
  })

  it('walks a list by cursors, every item once', async () => {
    const all = (await json<EventsAnswer>('/api/events?limit=200')).events.map(({ id }) => id)
    const walked: string[] = []
    for (let cursor: string | null = '', pages = 0; cursor !== null && pages < 200; pages++) {
      const page: EventsAnswer = await json<EventsAnswer>(`/api/events?limit=7&cursor=${cursor}`)
      walked.push(...page.events.map(({ id }) => id))
      cursor = page.next
    }
    expect(walked.slice(0, all.length)).toEqual(all)
    expect(new Set(walked).size).toBe(walked.length)
  })

  it('says not modified to who has the answer already', async () => {
    for (const path of ['/api/relations', '/', '/desk.css']) {
      const first = await test.get(path)
      const tag = first.headers.get('etag') ?? ''
      expect(tag, path).not.toBe('')
      const again = await test.get(path, { 'if-none-match': tag })
      expect(again.status, path).toBe(304)
      expect(await again.text()).toBe('')
    }
  })

  it('describes itself in OpenAPI 3.1, all references found', async () => {
    const document = await json<{ openapi: string; paths: Record<string, unknown>; components: { schemas: Record<string, unknown> } }>('/api/openapi.json')
    expect(document.openapi).toBe('3.1.0')
    expect(Object.keys(document.paths).sort()).toEqual([...new Set([...ROUTES, ...CHANGES].map(({ path }) => path))].sort())
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]*)"/gu)].map(([, name]) => name ?? '')
    expect(references.length).toBeGreaterThan(10)
    expect(references.filter((name) => document.components.schemas[name] === undefined)).toEqual([])
  })

  it('tells what is wrong as problem+json', async () => {
    for (const [path, status] of [['/api/events/nothing', 404], ['/api/articles/nothing', 404], ['/api/nothing', 404], ['/api/events?limit=0', 400], ['/api/events?from=tomorrow', 400], ['/api/events?cursor=x', 400], ['/api/chronology', 400]] as const) {
      const response = await test.get(path)
      expect(response.status, path).toBe(status)
      expect(response.headers.get('content-type'), path).toBe('application/problem+json')
      expect(await response.json(), path).toMatchObject({ status, type: 'about:blank' })
    }
  })

  it('finds one man by his name in every script', async () => {
    const found = await Promise.all(['Putin', 'Путин', 'بوتين', '普京'].map(async (name) => new Set((await json<SearchAnswer>(`/api/search?q=${encodeURIComponent(name)}`)).articles.map(({ article }) => article.id))))
    const [latin] = found
    expect(latin?.size).toBeGreaterThanOrEqual(4)
    for (const other of found) expect([...(latin ?? [])].filter((id) => !other.has(id))).toEqual([])
    const languages = new Set((await json<SearchAnswer>('/api/search?q=Putin')).articles.map(({ article }) => article.language))
    expect(languages.size).toBeGreaterThanOrEqual(3)
  })

  it('brings together what four languages tell of one call', async () => {
    const call = await phoneCall()
    expect(new Set(call.members.map(({ language }) => language)).size).toBeGreaterThanOrEqual(3)
    const answer = await json<{ comparison: { a: string; b: string } | null; judgements: unknown[] }>(`/api/events/${call.id}?sides=RUS,CHN`)
    expect(answer.comparison).toMatchObject({ a: 'RUS', b: 'CHN' })
    expect(answer.judgements.length).toBeGreaterThan(0)
  })
})

describe('the pages', () => {
  it('are whole in every language and direction', async () => {
    for (const language of test.desk.languages) {
      for (const view of await views()) {
        const path = `${view}${view.includes('?') ? '&' : '?'}lang=${language}`
        const source = await text(path)
        const { document } = parseHTML(source)
        expect(document.documentElement.getAttribute('lang'), path).toBe(language)
        expect(document.documentElement.getAttribute('dir'), path).toBe(test.desk.writers(language).lines.direction)
        expect(document.querySelectorAll('h1').length, path).toBe(1)
        expect(document.querySelector('h1')?.textContent?.trim(), path).not.toBe('')
        expect(source, path).not.toMatch(/undefined|\[object|NaN|\{(?:line|side|articles|parties)\}/u)
        // The policy forbids them, so they would be lost in silence.
        expect(source, path).not.toMatch(/\sstyle=|\son\w+=|javascript:/u)
        const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
        expect(ids.length, path).toBe(new Set(ids).size)
        for (const link of document.querySelectorAll('a[href^="/"]')) if (!link.getAttribute('href')?.startsWith('/api/')) expect(link.getAttribute('href'), path).toContain('lang=')
      }
    }
  }, 300_000)

  it('lead only to what is there', async () => {
    const seen = new Set<string>()
    for (const view of await views()) {
      for (const link of parseHTML(await text(view)).document.querySelectorAll('a[href^="/"], link[href], script[src]')) seen.add((link.getAttribute('href') ?? link.getAttribute('src') ?? '').replace(/#.*$/u, ''))
    }
    expect(seen.size).toBeGreaterThan(40)
    const broken: string[] = []
    for (const path of [...seen].slice(0, 160)) if ((await test.get(path)).status !== 200) broken.push(path)
    expect(broken).toEqual([])
  }, 300_000)

  it('choose the language by address, then by browser', async () => {
    const language = async (path: string, accept: string): Promise<string | null> => (await test.get(path, { 'accept-language': accept })).headers.get('content-language')
    expect(await language('/', 'pt, ar;q=0.8, fr;q=0.9')).toBe('fr')
    expect(await language('/?lang=zh', 'fr')).toBe('zh')
    expect(await language('/?lang=xx', 'pt')).toBe('en')
  })

  it('show an article word for word, with every field leading to its words and back', async () => {
    for (const { id } of await articlesOf()) {
      const { reading } = await json<ArticleAnswer>(`/api/articles/${id}`)
      const { document } = parseHTML(await text(`/articles/${id}`))
      const shown = [...document.querySelectorAll('.story > p')].map((paragraph) => paragraph.textContent).join('\n\n')
      expect(shown).toBe(reading.article.text)
      const ids = new Set([...document.querySelectorAll('[id]')].map((element) => element.id))
      for (const link of document.querySelectorAll('a[href^="#"]')) expect(ids, link.getAttribute('href') ?? '').toContain((link.getAttribute('href') ?? '').slice(1))
      for (const { evidence } of reading.reports) {
        for (const { span, text: words } of evidence) {
          const mark = document.getElementById(`w${span[0]}-${span[1]}`)
          expect(mark, `${id} ${words}`).not.toBeNull()
          if (mark?.tagName === 'MARK') expect(words.startsWith(mark.textContent ?? '?')).toBe(true)
        }
      }
      expect(document.querySelector('.story')?.getAttribute('dir')).toBe(reading.article.direction)
    }
  }, 120_000)

  it('have the picture of a relationship as a table too', async () => {
    const { document } = parseHTML(await text('/relations/CHN-RUS'))
    const drawn = [...document.querySelectorAll('.chart a g')].length
    expect(drawn).toBeGreaterThan(2)
    expect(document.querySelectorAll('.chart tbody tr').length).toBe(drawn)
  })

  it('say in words what went wrong, in the reader\'s language', async () => {
    const response = await test.get('/events/nothing?lang=fr', { accept: 'text/html' })
    expect(response.status).toBe(404)
    expect(await response.text()).toContain('Il n&#39;y a rien')
    for (const path of ['/relations/..%2f..%2fetc', '/relations/CHN-RUS-USA', '/nothing', '/%00', '/articles/%E0%A4%A']) expect((await test.get(path)).status, path).toBeLessThan(500)
  })
})

describe('adding', () => {
  const form = (fields: Record<string, string | File>): FormData => {
    const data = new FormData()
    for (const [name, value] of Object.entries(fields)) data.append(name, value)
    return data
  }
  /** As a program posts to the API, and as a browser posts a form of a page it was given. */
  const post = async (path: string, body: string | FormData, headers: Record<string, string> = {}): Promise<Response> => {
    const given = typeof body === 'string' ? {} : await test.fill(body)
    return fetch(new URL(path, test.url), { method: 'POST', body, headers: { ...given, ...headers }, redirect: 'manual' })
  }
  const STORY = 'OSLO, 4 March 2024 - The foreign ministers of Norway and Japan met in Oslo on Monday and signed an agreement on shipping.\n\nThe Norwegian minister thanked Japan for its help.'

  it('takes a pasted text to its article, and knows it the second time', async () => {
    const response = await post('/add?lang=fr', form({ text: STORY, address: 'https://example.org/oslo', published: '2024-03-04' }))
    expect(response.status).toBe(303)
    const place = response.headers.get('location') ?? ''
    expect(place).toMatch(/^\/articles\/\w+\?lang=fr$/u)
    expect(await text(place)).toContain('Oslo')
    expect((await json<ArticleAnswer>(`/api${place.replace(/\?.*$/u, '')}`)).entry).toMatchObject({ url: 'https://example.org/oslo', published: '2024-03-04' })
    const again = await post('/add', form({ text: STORY, address: 'https://example.org/oslo', published: '2024-03-04' }))
    expect(again.status).toBe(303)
    expect(again.headers.get('location')).toBe(place.replace(/\?.*$/u, ''))
    // Its events are there at once.
    const { events } = await json<EventsAnswer>('/api/chronology?parties=NOR,JPN')
    expect(events.length).toBeGreaterThan(0)
  }, 120_000)

  it('tells line by line how far it is, where the page\'s script asks', async () => {
    const many = form({})
    for (const state of ['Norway', 'Spain', 'Poland']) many.append('files', new File([`${state} condemned Chile on 2 April 2024.`], `${state}.txt`, { type: 'text/plain' }))
    many.append('files', new File([new Uint8Array([0, 7, 7, 3, 255, 254])], 'noise.bin'))
    const { cookie } = await test.fill(many)
    const give = async (body: FormData): Promise<Record<string, unknown>[]> => {
      const response = await fetch(new URL('/add?lang=fr', test.url), { method: 'POST', body, headers: { cookie, accept: 'application/x-ndjson' } })
      expect(response.headers.get('content-type')).toMatch(/^application\/x-ndjson/u)
      expect(response.headers.get('content-encoding')).toBeNull()
      return (await response.text()).trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>)
    }
    const lines = await give(many)
    expect(lines.slice(0, -1).map(({ read }) => read)).toEqual([1, 2, 3, 4])
    expect(lines.at(-2)).toEqual({ read: 4, of: 4, refused: 1 })
    const { document } = parseHTML(String(lines.at(-1)?.['page']))
    expect(document.documentElement.getAttribute('lang')).toBe('fr')
    expect(document.querySelector('.outcome')?.textContent).toContain('noise.bin')
    const one = form({ text: STORY, address: 'https://example.org/oslo', published: '2024-03-04' })
    one.set('token', String(many.get('token')))
    expect((await give(one)).at(-1)).toEqual({ to: expect.stringMatching(/^\/articles\/\w+\?lang=fr$/u) })
    const none = form({ address: 'http://127.0.0.1:9/x' })
    none.set('token', String(many.get('token')))
    expect((await give(none)).at(-1)).toHaveProperty('page')
  }, 120_000)

  it('takes files, and sets aside with the reason what is none', async () => {
    const response = await post('/add', form({ files: new File([new Uint8Array([0, 1, 2, 3, 255, 254])], 'picture.bin') }))
    const page = await response.text()
    expect(response.status, page.slice(0, 300)).toBe(200)
    expect(page).toContain('picture.bin')
    expect(await text('/problems')).toContain('picture.bin')
  }, 120_000)

  it('says what is missing', async () => {
    expect((await post('/add', form({ text: '  ' }))).status).toBe(303)
    expect((await post('/api/articles', '')).status).toBe(400)
    expect((await post('/api/articles?url=http://127.0.0.1:9/x', '')).status).toBe(400)
    expect((await post('/add', form({ text: STORY, published: 'soon' }))).status).toBe(400)
  })

  it('is refused to other sites, to desks that only read, and beyond bounds', async () => {
    expect((await post('/api/articles', STORY, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post('/add', form({ text: STORY }), { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post('/api/articles', 'x'.repeat(21 * 1024 * 1024))).status).toBe(413)
    const closed = await test.open({ mayAdd: false })
    try {
      expect((await fetch(new URL('/api/articles', closed.url), { method: 'POST', body: STORY })).status).toBe(403)
      expect(await (await fetch(new URL('/add', closed.url))).text()).not.toContain('<textarea')
    } finally {
      await closed.stop()
    }
  }, 60_000)

  it('shows whatever an article carries as words', async () => {
    const evil = '<script>alert(1)</script>'
    const quoted = '"><img src=x onerror=alert(2)>'
    const coded = (value: string): string => value.replace(/&/gu, '&amp;').replace(/</gu, '&lt;').replace(/"/gu, '&quot;')
    const html = `<html lang="en"><head><title>${coded(evil)} Iran</title><meta property="og:site_name" content="${coded(quoted)}"><meta name="author" content="${coded(evil)}"><link rel="canonical" href="javascript:alert(3)"></head>
<body><article><h1>Iran ${coded(evil)} condemns Iraq ${coded(quoted)}</h1><p>TEHRAN, 5 May 2024 - Iran's foreign minister ${coded(evil)} condemned Iraq on Sunday, saying "${coded(quoted)} is \u202e not acceptable \u2069\u2069".</p><p>Iran's president met the president of Iraq in Baghdad. ${coded(evil)}</p><figure><img alt=""><figcaption>${coded(evil)}</figcaption></figure><p>Share ${coded(evil)}</p></article></body></html>`
    const added = await post(`/api/articles?url=${encodeURIComponent(`https://example.org/${quoted}`)}`, html, { 'content-type': 'text/html' })
    expect(added.status).toBe(200)
    const [id] = (await added.json() as { articles: string[] }).articles
    const { events } = await json<EventsAnswer>('/api/chronology?parties=IRN,IRQ&limit=200')
    const event = events.find(({ members }) => members.some(({ article }) => article === id))
    expect(event).toBeDefined()
    for (const path of [`/articles/${id}`, '/articles', '/events', `/events/${event?.id}`, '/relations/IRN-IRQ', `/search?q=${encodeURIComponent(quoted)}`, `/search?q=${encodeURIComponent(evil)}`, `/?q=${encodeURIComponent(quoted)}`, `/events?cursor=&types=${encodeURIComponent(quoted)}`]) {
      const response = await test.get(path)
      const source = await response.text()
      const { document } = parseHTML(source)
      expect([...document.querySelectorAll('script')].map((script) => script.getAttribute('src')), path).toEqual(['/desk.js'])
      expect(document.querySelectorAll('img, iframe, object, [onerror], a[href^="javascript:"]').length, path).toBe(0)
      expect(source, path).not.toMatch(/[\u202a-\u202e]/u)
      expect(response.headers.get('content-security-policy'), path).toContain("default-src 'none'")
    }
    // The words themselves are shown, not lost.
    expect(await text(`/articles/${id}`)).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(await text('/articles')).toContain('&gt;&lt;img src=x onerror=alert(2)&gt;')
  }, 120_000)
})

describe('the server', () => {
  const ask = (headers: Record<string, string>): Promise<number> => new Promise((resolve, reject) => {
    request(new URL('/api/relations', test.url), { headers }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    }).once('error', reject).end()
  })

  it('is alive, ready, and careful with its headers', async () => {
    expect(await text('/health')).toBe('ok')
    expect(await text('/ready')).toBe('ready')
    for (const path of ['/', '/api/relations', '/desk.css', '/nothing']) {
      const { headers } = await test.get(path)
      expect(headers.get('x-content-type-options'), path).toBe('nosniff')
      expect(headers.get('content-security-policy'), path).toMatch(/script-src 'self'.*frame-ancestors 'none'/u)
    }
  })

  it('answers only to its own names', async () => {
    expect(await ask({ host: 'localhost' })).toBe(200)
    expect(await ask({ host: 'evil.example' })).toBe(421)
  })

  it('packs its answers small', async () => {
    const response = await test.get('/desk.css', { 'accept-encoding': 'gzip' })
    expect(response.headers.get('content-encoding')).toBe('gzip')
  })

  it('ends what is under way when it stops', async () => {
    const other = await test.open({})
    // The server says when it has the head of the request: then it is under way.
    const pending = request(new URL('/api/articles', other.url), { method: 'POST', headers: { expect: '100-continue' } })
    const begun = new Promise((resolve) => { pending.once('continue', resolve) })
    const answered = new Promise<number | undefined>((resolve, reject) => { pending.once('response', (response) => { response.resume(); resolve(response.statusCode) }).once('error', reject) })
    pending.flushHeaders()
    await begun
    const stopped = other.stop()
    pending.end()
    // It holds nothing to read.
    expect(await answered).toBe(400)
    await stopped
    await expect(fetch(new URL('/health', other.url))).rejects.toThrow()
  })
})
