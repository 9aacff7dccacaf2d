/** Attacks on the desk: what each is, and that nothing comes of it. docs/security.md tells of them in words. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestDesk, type TestDesk } from './desk.ts'

let test: TestDesk
let inside: Server
const asked: string[] = []
beforeAll(async () => {
  test = await openTestDesk((name) => name.startsWith('saudi-iran'))
  inside = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.end('<html><body><article><h1>Secret</h1><p>The inside of the house.</p></article></body></html>')
  })
  await new Promise<void>((resolve) => { inside.listen(0, '127.0.0.1', resolve) })
}, 900_000)
afterAll(async () => {
  inside?.close()
  await test?.close()
}, 300_000)

/** Writes bytes to the server as no browser would, and gives what it answers. */
function raw(text: string, wait = 5000): Promise<string> {
  const { hostname, port } = new URL(test.url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let out = ''
    const end = (): void => { socket.destroy(); resolve(out) }
    socket.setTimeout(wait, end)
    socket.on('data', (chunk) => { out += chunk.toString('latin1') }).on('close', end).on('error', reject)
    socket.write(text)
  })
}
const get = (path: string, headers = ''): Promise<string> => raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n${headers}\r\n`, 60_000)
const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3})/u.exec(answer)?.[1] ?? 0)
const alive = async (): Promise<void> => expect((await test.get('/health')).status).toBe(200)
const add = (body: string | Uint8Array<ArrayBuffer>, type: string, query = ''): Promise<Response> => fetch(new URL(`/api/articles${query}`, test.url), { method: 'POST', body, headers: { 'content-type': type, connection: 'close' } })
const eventId = async (): Promise<string> => ((await (await test.get('/api/events?limit=1')).json()) as { events: { id: string }[] }).events[0]?.id ?? ''

describe('paths', () => {
  it('lead out of the desk in no spelling', async () => {
    for (const path of ['/../package.json', '/docs/images/../../package.json', '/docs/images/..%2f..%2fpackage.json', '/docs/..%2f..%2fpackage.json', '/docs/%2e%2e/%2e%2e/package.json', '/articles/..%2f..%2fetc%2fpasswd', '/desk.css/../../etc/passwd', '/%2e%2e%2f%2e%2e%2fetc/passwd', '/..\\..\\package.json', '/api/events/../../../etc/passwd', '/docs/images/%00package.json']) {
      const answer = await get(path)
      expect(statusOf(answer), path).toBeGreaterThanOrEqual(300)
      expect(answer, path).not.toMatch(/root:|"name": "readout"/u)
    }
    await alive()
  }, 300_000)

  it('with odd signs are no fault of the server', async () => {
    for (const path of ['/events/%00', '/events/%FF', '/articles/%E0%A4%A', '/actors/%2525', '/search?q=%00%ed%a0%80', '/events?cursor=%00', '/review?done=%3Cscript%3E', '/relations/__proto__', '/api/events?keys=constructor', `/search?q=${'a'.repeat(9000)}`]) {
      const status = statusOf(await get(path))
      expect(status, path).toBeGreaterThanOrEqual(200)
      expect(status, path).toBeLessThan(500)
    }
    await alive()
  }, 300_000)
})

describe('headers', () => {
  it('do not make it answer under another name', async () => {
    for (const [head, status] of [
      ['GET / HTTP/1.1\r\nHost: evil.example', 421], ['GET / HTTP/1.1\r\nHost: localhost.evil.example', 421], ['GET / HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost', 421], ['GET http://evil.example/ HTTP/1.1\r\nHost: evil.example', 421],
      ['GET / HTTP/1.1', 400], ['GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example', 421],
    ] as const) expect(statusOf(await raw(`${head}\r\nConnection: close\r\n\r\n`, 30_000)), head).toBe(status)
  }, 300_000)

  it('of two minds about where a request ends are refused', async () => {
    for (const lengths of ['Content-Length: 5\r\nTransfer-Encoding: chunked', 'Content-Length: 5\r\nContent-Length: 6', 'Transfer-Encoding: chunked, identity', 'Content-Length: -1', 'Content-Length: 5x']) {
      const answer = await raw(`POST /api/articles HTTP/1.1\r\nHost: localhost\r\n${lengths}\r\nConnection: close\r\n\r\n0\r\n\r\nGET /health HTTP/1.1\r\nHost: localhost\r\n\r\n`, 10_000)
      expect(statusOf(answer), lengths).toBe(400)
      expect(answer.match(/HTTP\/1\.1 /gu), lengths).toHaveLength(1)
    }
    await alive()
  }, 300_000)

  it('of an answer hold no line that was asked for', async () => {
    for (const path of ['/login?next=/%0d%0aset-cookie:%20a=b', '/events?lang=en%0d%0aset-cookie:%20a=b', '/review?after=%0d%0aset-cookie:%20a=b', '/api/events?format=csv&lang=%0d%0aset-cookie:%20a=b']) expect(await get(path), path).not.toMatch(/^set-cookie: a=b/imu)
  }, 300_000)

  it('too long, and addresses too long, are refused', async () => {
    expect(statusOf(await raw(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`))).toBe(431)
    expect(statusOf(await raw(`GET /?${'x'.repeat(100_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n`))).toBeGreaterThanOrEqual(400)
    await alive()
  }, 300_000)
})

describe('bodies', () => {
  it('too large are refused, told or not told how large', async () => {
    const big = new Uint8Array(21 * 1024 * 1024)
    expect((await add(big, 'text/plain')).status).toBe(413)
    const stream = new ReadableStream({ start(controller) { for (let at = 0; at < 21; at++) controller.enqueue(new Uint8Array(1024 * 1024)); controller.close() } })
    const answer = await fetch(new URL('/api/articles', test.url), { method: 'POST', body: stream, duplex: 'half', headers: { connection: 'close' } } as RequestInit).then(({ status }) => status, () => 413)
    expect(answer).toBe(413)
    await alive()
  }, 300_000)

  it('that are no JSON, or more than was asked for, do nothing', async () => {
    const on = await eventId()
    const before = await test.desk.db.selectFrom('judgements').select('id').where('by_kind', '=', 'person').execute()
    for (const body of ['', '[]', 'null', '"x"', '{"on":', '{"__proto__":{"scopes":["admin"]},"on":"x"}', JSON.stringify({ on, by: 'a', why: 'b', confirm: 'yes' }), JSON.stringify({ on, by: 'a', why: 'b', confirm: true, role: 'admin' }), `${'['.repeat(100_000)}${']'.repeat(100_000)}`, JSON.stringify({ on: ['a'], by: {} })]) {
      expect((await fetch(new URL('/api/judgements', test.url), { method: 'POST', body, headers: { 'content-type': 'application/json', connection: 'close' } })).status, body.slice(0, 60)).toBe(400)
    }
    expect(await test.desk.db.selectFrom('judgements').select('id').where('by_kind', '=', 'person').execute()).toEqual(before)
    expect(({} as { scopes?: unknown }).scopes).toBeUndefined()
  }, 300_000)

  it('that come slowly hold nobody else up', async () => {
    const { hostname, port } = new URL(test.url)
    const sockets = Array.from({ length: 200 }, (_, at) => {
      const socket = connect(Number(port), hostname)
      socket.on('error', () => undefined)
      socket.write(at % 2 === 0 ? 'GET / HTTP/1.1\r\nHost: loc' : 'POST /api/articles HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nslow')
      return socket
    })
    try {
      await alive()
      expect((await test.get('/events')).status).toBe(200)
    } finally {
      for (const socket of sockets) socket.destroy()
    }
  }, 300_000)
})

describe('addresses to fetch', () => {
  it('inside the house are reached in no spelling', async () => {
    const { port } = inside.address() as AddressInfo
    const hosts = ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f000001', '0177.0.0.1', '0.0.0.0', '[::1]', '[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '127.0.0.1.', 'user@127.0.0.1', 'LOCALHOST', '169.254.169.254']
    for (const address of [...hosts.map((host) => `http://${host}:${port}/secret`), 'file:///etc/passwd', 'ftp://127.0.0.1/', 'gopher://127.0.0.1/', 'http:///etc/passwd', 'data:text/html,hello', 'javascript:alert(1)']) {
      const response = await fetch(new URL(`/api/articles?url=${encodeURIComponent(address)}`, test.url), { method: 'POST' })
      expect(response.status, address).toBe(400)
    }
    expect(asked).toEqual([])
  }, 300_000)

  it('in feeds that were given are not reached either', async () => {
    const { port } = inside.address() as AddressInfo
    const item = (link: string): string => `<item><title>x</title><link>${link}</link></item>`
    const feed = `<?xml version="1.0"?><rss version="2.0"><channel><title>f</title>${item(`http://127.0.0.1:${port}/a`)}${item(`http://localhost:${port}/b`)}${item('file:///etc/passwd')}${item('javascript:alert(1)')}</channel></rss>`
    expect((await add(feed, 'application/rss+xml')).status).toBeLessThan(500)
    expect(asked).toEqual([])
    await alive()
  }, 300_000)
})

describe('documents', () => {
  it('made to burst take neither memory nor time', async () => {
    const lol = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">${'bcdefghij'.split('').map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghi'[at]};`.repeat(10)}">`).join('')}]><rss version="2.0"><channel><title>&j;</title><item><link>https://example.org/&j;</link></item></channel></rss>`
    const outside = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&e;</title></channel></rss>'
    const record = `WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://127.0.0.1/inside\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 999999999999\r\n\r\nHTTP/1.1 200 OK\r\n\r\nshort`
    const bomb = gzipSync(new Uint8Array(60 * 1024 * 1024))
    const started = performance.now()
    const before = process.memoryUsage().rss
    for (const [body, type] of [[lol, 'application/rss+xml'], [outside, 'application/rss+xml'], [record, 'application/warc'], [new Uint8Array(gzipSync(record)), 'application/warc'], [new Uint8Array(bomb), 'application/gzip'], [`{"a":${'['.repeat(50_000)}`, 'application/json'], ['From a\nSubject: x\n'.repeat(2000), 'application/mbox']] as const) {
      const response = await add(body, type)
      expect(response.status, type).toBeLessThan(500)
      expect(await response.text(), type).not.toContain('root:')
    }
    expect(performance.now() - started).toBeLessThan(250_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(900 * 1024 * 1024)
    await alive()
  }, 300_000)
})

describe('what people write', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=alert(2)>\u202e'

  it('is shown as words on every page, and runs in no spreadsheet', async () => {
    const on = await eventId()
    const body = { on, by: `=cmd ${evil}`, why: `=1+1 ${evil}`, note: evil }
    const made = await fetch(new URL('/api/judgements', test.url), { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
    expect(made.status).toBe(200)
    for (const path of [`/events/${on}`, '/review', '/audit', '/people', `/review?at=${encodeURIComponent(evil)}`, `/review?done=${encodeURIComponent(evil)}`, `/audit?cursor=${encodeURIComponent(evil)}`, `/events?lang=${encodeURIComponent(evil)}`]) {
      const page = await (await test.get(path, { accept: 'text/html' })).text()
      const { document } = parseHTML(page)
      expect([...document.querySelectorAll('script')].map((script) => script.getAttribute('src')), path).toEqual(['/desk.js'])
      expect(document.querySelectorAll('img[src=x], [onerror], iframe, object').length, path).toBe(0)
      expect(page, path).not.toContain('\u202e')
    }
    expect(await (await test.get(`/events/${on}`)).text()).toContain('&lt;script&gt;alert(1)')
    expect(await (await test.get('/api/audit?format=csv')).text()).not.toMatch(/(?:^|,)"?=cmd/mu)
  }, 300_000)

  it('sends nobody away', async () => {
    const on = await eventId()
    const form = new URLSearchParams({ on, do: 'confirm', by: 'ana', back: 'https://evil.example/', why: '//evil.example' })
    const { cookie } = await test.fill(form)
    const response = await fetch(new URL('/review', test.url), { method: 'POST', body: form, headers: { cookie }, redirect: 'manual' })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toMatch(/^\/(?:events|review)/u)
  }, 300_000)

  it('comes from no other page: forms without their token, and requests of other sites, do nothing', async () => {
    const on = await eventId()
    const post = (path: string, headers: Record<string, string>, body: string | URLSearchParams = new URLSearchParams({ on, do: 'reject', by: 'ana' })): Promise<Response> => fetch(new URL(path, test.url), { method: 'POST', body, headers, redirect: 'manual' })
    expect((await post('/review', {})).status).toBe(403)
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'null' }, { origin: 'https://evil.example' }] as Record<string, string>[]) {
      expect((await post('/api/judgements', headers, JSON.stringify({ on, reject: true, by: 'x', why: 'y' }))).status, JSON.stringify(headers)).toBe(403)
      expect((await post('/people', headers)).status, JSON.stringify(headers)).toBe(403)
    }
    expect((await test.get(`/api/events/${on}`)).status).toBe(200)
    // No page of another site may read an answer.
    const { headers } = await test.get('/api/events', { origin: 'https://evil.example' })
    expect(headers.get('access-control-allow-origin')).toBeNull()
  }, 300_000)
})
