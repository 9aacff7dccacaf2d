/** Subscribing to feeds on the page for adding, saving searches on the page of alerts, and the page of the API. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROUTES } from '../../src/api/routes.ts'
import { listAlerts, listFeeds } from '../../src/store/index.ts'
import { openTestDesk, type TestDesk, tokenFrom } from './desk.ts'

let test: TestDesk
beforeAll(async () => { test = await openTestDesk((name) => name.startsWith('call-2024-02-08.en')) }, 600_000)
afterAll(async () => { await test?.close() }, 60_000)

/** Sends a form as a page of the desk does. */
const post = async (path: string, fields: Readonly<Record<string, string>>): Promise<Response> => {
  const { token, cookie } = await tokenFrom(await test.get('/add'))
  return fetch(new URL(path, test.url), { method: 'POST', body: new URLSearchParams({ ...fields, token }), headers: { cookie }, redirect: 'manual' })
}
const text = async (path: string): Promise<string> => (await test.get(path, { 'accept-language': 'en' })).text()

it('subscribes to a feed and lets it go again', async () => {
  expect((await post('/add/feeds', { action: 'subscribe', address: 'https://news.example/feed.xml#x' })).status).toBe(303)
  expect((await listFeeds(test.desk.db)).map(({ url }) => url)).toEqual(['https://news.example/feed.xml'])
  expect(await text('/add')).toContain('https://news.example/feed.xml')
  for (const address of ['http://127.0.0.1/feed', 'http://[::ffff:7f00:1]/', 'file:///etc/passwd', 'nothing']) expect((await post('/add/feeds', { action: 'subscribe', address })).status, address).toBe(400)
  expect((await post('/add/feeds', { action: 'delete', address: 'https://news.example/feed.xml' })).status).toBe(303)
  expect(await listFeeds(test.desk.db)).toEqual([])
})

it('saves a search with an alert, shows its key once, and forgets both', async () => {
  const page = await text('/relations/CHN-RUS?types=CONSULT')
  const link = /<a href="(\/alerts\?path=[^"]+)"/u.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
  expect(await text(link)).toContain('value="/relations/CHN-RUS?types=CONSULT"')
  const saved = await post('/alerts', { action: 'save', name: 'They <b>speak</b>', path: '/relations/CHN-RUS?types=CONSULT', tells: 'event', target: 'https://hook.example/x' })
  expect(saved.status).toBe(200)
  const [alert] = await listAlerts(test.desk.db)
  expect(await saved.text()).toContain(alert?.secret)
  const after = await text('/alerts')
  expect(after).not.toContain(alert?.secret)
  expect(after).toContain('They &lt;b&gt;speak&lt;/b&gt;')
  for (const more of [{ target: 'http://10.0.0.1/' }, { path: 'https://evil.example/' }, { name: '' }, { by: 'Atlantis' }, { action: 'all' }] as Record<string, string>[]) expect((await post('/alerts', { action: 'save', name: 'x', path: '/events', tells: 'event', target: 'https://hook.example/x', ...more })).status, JSON.stringify(more)).toBe(400)
  expect((await post('/alerts', { action: 'delete-search', what: 'They <b>speak</b>' })).status).toBe(303)
  expect(await listAlerts(test.desk.db)).toEqual([])
})

it('tells every address of the API on a page of its own', async () => {
  const page = await text('/api')
  for (const { name, path } of ROUTES) {
    expect(page, name).toContain(`id="${name}"`)
    expect(page, path).toContain(path)
  }
  expect([...page.matchAll(/(?:src|href)="(https?:[^"]*)"/gu)]).toEqual([])
})

it('changes nothing where nothing may be added', async () => {
  const reader = await test.open({ mayAdd: false })
  for (const path of ['/add/feeds', '/alerts']) expect((await fetch(new URL(path, reader.url), { method: 'POST', body: new URLSearchParams({ action: 'subscribe', address: 'https://news.example/' }) })).status, path).toBe(403)
  await reader.stop()
})
