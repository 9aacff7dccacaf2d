/** Lists as feeds and calendars: read back by a reader of feeds, the same ids every time, told again only when there is more. */
import { parseAtomFeed, parseFeed, parseJsonFeed } from 'feedsmith'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { EventsAnswer } from '../../src/api/events.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

let test: TestDesk
beforeAll(async () => { test = await openTestDesk((name) => name.startsWith('call-')) }, 600_000)
afterAll(async () => { await test?.close() }, 60_000)

const LISTS = ['/api/chronology?parties=RUS,CHN', '/api/events?keys=person:xi-jinping', '/api/events', '/api/search?q=Putin', '/api/articles']
const asked = (list: string, format: string): string => `${list}${list.includes('?') ? '&' : '?'}format=${format}`

it.each(LISTS)('%s is a feed in both forms, with the same entries', async (list) => {
  const atom = await test.get(asked(list, 'atom'))
  expect(atom.headers.get('content-type')).toMatch(/^application\/atom\+xml/u)
  const source = await atom.text()
  expect(parseFeed(source).format).toBe('atom')
  const feed = parseAtomFeed(source)
  expect(feed.id).toMatch(/^urn:readout:feed:/u)
  expect(feed.title?.value).toContain('Readout')
  expect(feed.links?.find(({ rel }) => rel === 'self')?.href).toBe(new URL(asked(list, 'atom'), test.url).href)
  const entries = feed.entries ?? []
  expect(entries.length).toBeGreaterThan(0)
  const ids = entries.map(({ id }) => id ?? '')
  expect(new Set(ids).size).toBe(ids.length)
  for (const entry of entries) {
    expect(entry.title?.value).not.toBe('')
    expect(Number.isNaN(Date.parse(String(entry.updated)))).toBe(false)
    const page = await fetch(entry.links?.find(({ rel }) => rel === 'alternate')?.href ?? '')
    expect(page.status).toBe(200)
    await page.arrayBuffer()
  }
  const json = await test.get(list, { accept: 'application/feed+json' })
  expect(json.headers.get('content-type')).toMatch(/^application\/feed\+json/u)
  expect(parseJsonFeed(await json.text()).items?.map(({ id }) => id)).toEqual(ids)
})

it('keeps the ids of feed and entries in another language, and for whom asks for less', async () => {
  const read = async (more: string) => parseAtomFeed(await (await test.get(asked(`${LISTS[0]}${more}`, 'atom'))).text())
  const [plain, russian, short] = [await read(''), await read('&lang=ru'), await read('&limit=2')]
  expect(russian.entries?.map(({ id }) => id)).toEqual(plain.entries?.map(({ id }) => id))
  expect(russian.entries?.[0]?.title?.value).not.toBe(plain.entries?.[0]?.title?.value)
  expect(russian.title?.value).toContain('Россия')
  expect([russian.id, short.id]).toEqual([plain.id, plain.id])
  expect(short.entries).toHaveLength(2)
})

it('says not modified until something comes in', async () => {
  const path = asked('/api/events', 'atom')
  const first = await test.get(path)
  const tag = first.headers.get('etag') ?? ''
  expect(tag).not.toBe('')
  const again = await test.get(path, { 'if-none-match': tag })
  expect(again.status).toBe(304)
  const before = parseAtomFeed(await first.text())
  const hostile = await fetch(new URL('/api/articles?published=2024-05-07', test.url), { method: 'POST', body: 'Canada condemned Belarus on Monday, ]]> <script>alert(1)</script> & said so.', headers: { 'content-type': 'text/plain' } })
  expect(hostile.status).toBe(200)
  const later = await test.get(path, { 'if-none-match': tag })
  expect(later.status).toBe(200)
  const after = parseAtomFeed(await later.text())
  const old = new Set(before.entries?.map(({ id }) => id))
  const fresh = (after.entries ?? []).filter(({ id }) => !old.has(id))
  expect(fresh.length).toBe((after.entries?.length ?? 0) - old.size)
  expect(fresh.length).toBeGreaterThan(0)
  expect(JSON.stringify(after)).not.toContain('<script>')
})

it('gives the events of known days as a calendar', async () => {
  const answer = await test.get(asked('/api/chronology?parties=RUS,CHN', 'ics'))
  expect(answer.headers.get('content-type')).toMatch(/^text\/calendar/u)
  const calendar = await answer.text()
  const events = ((await (await test.get('/api/chronology?parties=RUS,CHN')).json()) as EventsAnswer).events
  const uids = [...calendar.matchAll(/^UID:(\w+)@readout\r$/gmu)].map((match) => match[1])
  expect(uids.length).toBeGreaterThan(0)
  expect(events.map(({ id }) => id)).toEqual(expect.arrayContaining(uids))
  expect((await test.get('/api/articles?format=ics')).status).toBe(400)
})

it('is linked from the foot and the head of every list', async () => {
  for (const page of ['/relations/CHN-RUS', '/actors/person:xi-jinping', '/search?q=Putin', '/events', '/articles']) {
    const source = await (await test.get(page)).text()
    const links = [...source.matchAll(/<a href="([^"]+)"[^>]*>(Atom|JSON Feed|ICS)<\/a>/gu)].map((match) => [match[2], (match[1] ?? '').replaceAll('&amp;', '&')] as const)
    expect(links.map(([name]) => name), page).toEqual(['Atom', 'JSON Feed', ...(page === '/articles' ? [] : ['ICS'])])
    for (const [, href] of links) expect((await test.get(href)).status, href).toBe(200)
    expect(source).toMatch(/<link rel="alternate" type="application\/atom\+xml"/u)
  }
})
