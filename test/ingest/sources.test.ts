import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, deflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { WARCRecord, WARCSerializer } from 'warcio'
import { type Given, isMissing } from '../../src/ingest/document.ts'
import { backOff, createFetcher, type FetcherOptions } from '../../src/ingest/fetcher.ts'
import { listedDay } from '../../src/ingest/lists.ts'
import { documentsOf, type SourceInput, type SourceOptions } from '../../src/ingest/sources.ts'
import { sniffKind } from '../../src/ingest/sniff.ts'
import { getAddress, openStore, type Store } from '../../src/store/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-sources-'))
let store: Store
let server: Server
let base = ''
let hits: string[] = []
const pages = new Map<string, (request: IncomingMessage, response: ServerResponse) => void>()
const serve = (path: string, body: string | Buffer, headers: Record<string, string> = {}, status = 200): void => {
  pages.set(path, (_, response) => {
    response.writeHead(status, headers)
    response.end(body)
  })
}

beforeAll(async () => {
  store = await openStore({ dir: join(folder, 'record') })
  server = createServer((request, response) => {
    hits.push(request.url ?? '')
    const page = pages.get(request.url ?? '')
    if (page) page(request, response)
    else {
      response.writeHead(404)
      response.end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}, 60_000)
afterAll(async () => {
  server.close()
  await store.close()
  rmSync(folder, { recursive: true, force: true })
}, 60_000)
beforeEach(() => {
  hits = []
  pages.clear()
})

const file = (name: string, bytes: string | Uint8Array): SourceInput => {
  writeFileSync(join(folder, name), bytes)
  return { kind: 'file', path: join(folder, name) }
}
const all = async (inputs: readonly SourceInput[], options: Partial<SourceOptions> = {}, fetching: FetcherOptions = {}): Promise<Given[]> => {
  const out: Given[] = []
  const fetcher = createFetcher(store, { pauseMs: 1, fetch: { allow: ['127.0.0.1'] }, ...fetching })
  for await (const given of documentsOf(inputs, { fetcher, ...options })) out.push(given)
  return out
}
const shown = (given: readonly Given[]): string[] => given.map((item) => (isMissing(item) ? `${item.problem.code} ${item.name}` : `${item.url ?? item.name} ${Buffer.from(item.bytes).toString('utf8').trim()}`).replaceAll(base, '').replaceAll(folder, ''))

const zip = (name: string, text: string): Buffer => {
  const body = deflateRawSync(Buffer.from(text))
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(8, 8)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name), body])
}

describe('files', () => {
  it('of one page are given whole, with their media type', async () => {
    const [page] = await all([file('a.html', '<p>x</p>')])
    expect(page).toMatchObject({ mediaType: 'text/html', name: join(folder, 'a.html') })
    expect(shown(await all([file('b.txt.gz', gzipSync('packed'))]))).toEqual(['/b.txt.gz packed'])
  })

  it('of JSON Lines give one document a line, packed or not, the last line without its end too', async () => {
    expect(shown(await all([file('l.jsonl', '{"text":"1"}\n\n{"text":"2"}\r\n{"text":"3"}'), file('m.jsonl.gz', gzipSync('{"text":"4"}\n'))]))).toEqual(['/l.jsonl:1 {"text":"1"}', '/l.jsonl:3 {"text":"2"}', '/l.jsonl:4 {"text":"3"}', '/m.jsonl.gz:1 {"text":"4"}'])
  })

  it('of mail boxes give the letters, quoted lines as they were', async () => {
    const box = 'From a@b Thu Feb  8 10:00:00 2024\nSubject: one\n\nBody\n>From here on\n\nFrom c@d Fri Feb  9 10:00:00 2024\nSubject: two\n\nSaid so.\nFrom my window\n'
    const found = await all([file('m.mbox', box)])
    expect(found).toHaveLength(2)
    expect(shown(found)[0]).toContain('Body\nFrom here on')
    expect(shown(found)[1]).toContain('From my window')
    expect(found[0]).toMatchObject({ mediaType: 'message/rfc822' })
  })

  it('of crawls give the successful responses that may hold a story', async () => {
    const record = async (url: string, head: string, body: string): Promise<Uint8Array> => {
      const made = await WARCRecord.create({ url, date: '2024-02-08T10:00:00Z', type: 'response', httpHeaders: { 'Content-Type': head }, statusline: url.endsWith('gone') ? 'HTTP/1.1 404 Not Found' : 'HTTP/1.1 200 OK' }, (async function* () { yield new TextEncoder().encode(body) })())
      return WARCSerializer.serialize(made, { gzip: true })
    }
    const warc = Buffer.concat([await record('https://w.example/1', 'text/html; charset=utf-8', '<p>\u0645\u0631\u062d\u0628\u0627</p>'), await record('https://w.example/gone', 'text/html', 'no'), await record('https://w.example/p.png', 'image/png', 'no'), await record('https://w.example/2', 'text/plain', 'two')])
    const found = await all([file('c.warc.gz', warc)])
    expect(shown(found)).toEqual(['https://w.example/1 <p>\u0645\u0631\u062d\u0628\u0627</p>', 'https://w.example/2 two'])
    expect(found[0]).toMatchObject({ mediaType: 'text/html', charset: 'utf-8', fetched: { at: '2024-02-08T10:00:00.000Z', status: 200 } })
    const cut = await all([file('cut.warc.gz', warc.subarray(0, warc.length - 60)), file('after.txt', 'after')])
    expect(shown(cut)[0]).toContain('https://w.example/1')
    expect(shown(cut).at(-1)).toBe('/after.txt after')
  })

  it('that cannot be read are given as missing, and nothing stops', async () => {
    expect(shown(await all([{ kind: 'file', path: join(folder, 'none.txt') }, file('bad.jsonl.gz', gzipSync('x'.repeat(100_000)).subarray(0, 60)), file('z.txt', 'z')]))).toEqual(['unreadable /none.txt', 'unreadable /bad.jsonl.gz', '/z.txt z'])
  })
})

describe('lists', () => {
  it('of every format give their pages in order, each once, with the day they say', async () => {
    for (const at of [1, 2, 3, 4, 5, 6, 7, 8, 9]) serve(`/${at}`, `page ${at}`, { 'content-type': 'text/plain' })
    serve('/feed', `<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>A & B</title><link>${base}/1</link><pubDate>Thu, 08 Feb 2024 23:30:00 +0300</pubDate></item><item><link>${base}/2#top</link></item><item><link>${base}/1</link></item></channel></rss>`)
    serve('/atom', '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title><entry><title>e</title><link rel="alternate" href="/3"/><published>2024-02-07T10:00:00Z</published></entry></feed>')
    serve('/json', JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'j', items: [{ id: '1', url: `${base}/4`, date_published: '2024-02-06T10:00:00Z' }] }))
    serve('/rdf', `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><item rdf:about="${base}/5"><title>r</title><link>${base}/5</link><dc:date>2024-02-05</dc:date></item></rdf:RDF>`)
    serve('/opml', `<opml version="2.0"><body><outline text="g"><outline type="rss" text="a" xmlUrl="${base}/feed"/></outline></body></opml>`)
    serve('/map.xml', `<?xml version="1.0"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>${base}/map1.xml.gz</loc></sitemap></sitemapindex>`)
    serve('/map1.xml.gz', gzipSync(`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>${base}/6</loc><news:news><news:publication_date>2024-02-04T01:00+08:00</news:publication_date><news:title>N &amp; M</news:title></news:news></url></urlset>`))
    const urls = ['/atom', '/json', '/rdf', '/opml', '/map.xml'].map((path) => ({ kind: 'url', url: `${base}${path}` }) as const)
    const found = await all(urls)
    expect(shown(found)).toEqual(['/3 page 3', '/4 page 4', '/5 page 5', '/1 page 1', '/2 page 2', '/6 page 6'])
    expect(found.map((given) => (isMissing(given) ? null : given.listed))).toEqual(['2024-02-07', '2024-02-06', '2024-02-05', '2024-02-08', null, '2024-02-04'])
  })

  it('of GDELT give the web pages of their tables and answers', async () => {
    for (const at of ['g1', 'g2', 'g3', 'g4']) serve(`/${at}`, at, { 'content-type': 'text/plain' })
    const row = (width: number, cells: Record<number, string>): string => Array.from({ length: width }, (_, at) => cells[at] ?? '').join('\t')
    const mentions = row(16, { 0: '1150000001', 3: '1', 5: `${base}/g1` })
    const gkg = `${row(27, { 0: '20240208120000-1', 2: '1', 4: `${base}/g2` })}\n${row(27, { 0: '20240208120000-2', 2: '2', 4: 'a citation' })}\n`
    const events = row(61, { 0: '1150000001', 60: `${base}/g3` })
    const doc = JSON.stringify({ articles: [{ url: `${base}/g4`, title: 'x', seendate: '20240208T120000Z' }] })
    expect(shown(await all([file('a.mentions.CSV', mentions), file('b.gkg.csv.zip', zip('b.csv', gkg)), file('c.export.CSV', events), file('doc.json', doc)]))).toEqual(['/g1 g1', '/g2 g2', '/g3 g3', '/g4 g4'])
  })

  it('are told from pages by how they begin', () => {
    expect(sniffKind('<?xml version="1.0"?><!-- c --><rss version="2.0">', 'x')).toBe('feed')
    expect(sniffKind('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', 'x.xml')).toBe('page')
    expect(sniffKind('<html><body><rss ', 'x')).toBe('page')
    expect(sniffKind('{"text":"a"}', 'x.json')).toBe('page')
    expect(listedDay('Thu, 8 Feb 2024 23:30:00 +0300')).toBe('2024-02-08')
    expect(listedDay('20240208T120000Z')).toBe('2024-02-08')
    expect(listedDay('yesterday')).toBe(null)
  })
})

describe('fetching', () => {
  it('keeps to robots.txt and to its pause', async () => {
    serve('/robots.txt', 'User-agent: *\nDisallow: /no\nCrawl-delay: 1\n')
    serve('/yes', 'yes', { 'content-type': 'text/plain' })
    serve('/yes2', 'yes2', { 'content-type': 'text/plain' })
    const start = Date.now()
    expect(shown(await all([{ kind: 'url', url: `${base}/no` }, { kind: 'url', url: `${base}/yes` }, { kind: 'url', url: `${base}/yes2` }]))).toEqual(['address /no', '/yes yes', '/yes2 yes2'])
    expect(Date.now() - start).toBeGreaterThan(1800)
    expect(hits.filter((url) => url === '/robots.txt')).toHaveLength(1)
    expect(hits).not.toContain('/no')
  })

  it('asks nothing of a site whose robots.txt fails', async () => {
    serve('/robots.txt', '', {}, 503)
    serve('/x', 'x')
    expect(shown(await all([{ kind: 'url', url: `${base}/x` }]))).toEqual(['network /x'])
    expect(hits).toEqual(['/robots.txt'])
  })

  it('asks one host once at a time', async () => {
    let open = 0
    let most = 0
    for (let at = 0; at < 6; at++) pages.set(`/s${at}`, (_, response) => {
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        response.end('s')
      }, 20)
    })
    await all(Array.from({ length: 6 }, (_, at) => ({ kind: 'url', url: `${base}/s${at}` }) as const))
    expect(most).toBe(1)
    expect(hits.filter((url) => url.startsWith('/s'))).toHaveLength(6)
  })

  it('remembers failures and comes back later each time', async () => {
    serve('/busy', '', { 'retry-after': '7200' }, 503)
    const now = new Date('2026-01-01T00:00:00Z')
    expect(shown(await all([{ kind: 'url', url: `${base}/busy` }], {}, { now: () => now }))).toEqual(['status /busy'])
    const noted = await getAddress(store.db, `${base}/busy`)
    expect(noted).toMatchObject({ failures: 1, lastStatus: 503 })
    const row = await store.db.selectFrom('addresses').select(['next_due', 'claimed_by']).where('url', '=', `${base}/busy`).executeTakeFirstOrThrow()
    expect(row).toEqual({ next_due: '2026-01-01T02:00:00.000Z', claimed_by: null })
    expect([0, 1, 2, 20].map((failures) => backOff(failures, now))).toEqual(['2026-01-01T00:05:00.000Z', '2026-01-01T00:10:00.000Z', '2026-01-01T00:20:00.000Z', '2026-01-02T00:00:00.000Z'])
  })

  it('never reaches a private address', async () => {
    expect(shown(await all([{ kind: 'url', url: 'http://169.254.169.254/latest' }, { kind: 'url', url: 'http://[::1]:80/' }, { kind: 'url', url: `${base}/p` }], {}, { fetch: {} }))).toEqual(['private http://169.254.169.254/latest', 'private http://[::1]:80/', 'private /p'])
    expect(hits).toEqual([])
  })

  it('leaves an address to the process that is at it', async () => {
    serve('/c', 'c')
    const one = createFetcher(store, { pauseMs: 1, fetch: { allow: ['127.0.0.1'] } })
    const two = createFetcher(store, { pauseMs: 1, fetch: { allow: ['127.0.0.1'] } })
    const results = await Promise.all([one.page({ url: `${base}/c` }), two.page({ url: `${base}/c` })])
    expect(results.map(({ kind }) => kind).sort()).toEqual(['document', 'missing'])
    expect(hits.filter((url) => url === '/c')).toHaveLength(1)
  })
})
