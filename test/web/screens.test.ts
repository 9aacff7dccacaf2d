/**
 * The desk in a real browser, where Chromium is installed: nothing wider than the screen, nothing the policy forbids, no violation of
 * WCAG 2.2 AA that axe finds, in both directions, light and dark, on a phone and a desk. `READOUT_SCREENS=folder` keeps the pictures.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventsAnswer } from '../../src/api/events.ts'
import { noteCommand } from '../../src/api/deeds.ts'
import { makeKey, makePerson } from '../../src/api/people.ts'
import { putProblem } from '../../src/store/index.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const FOLDER = process.env['READOUT_SCREENS']
if (CHROMIUM === undefined) console.warn('SKIPPED: the desk was not looked at in a browser, because Chromium is not installed (apt-get install chromium)')

describe.skipIf(CHROMIUM === undefined)('in the browser', () => {
  let test: TestDesk
  let browser: Browser
  let paths: Record<string, string>
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

  beforeAll(async () => {
    const { chromium } = await import('playwright-core')
    test = await openTestDesk((name) => /^(?:call|saudi-iran)/u.test(name))
    browser = await chromium.launch({ ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }), args: ['--no-sandbox'] })
    const { events } = await (await test.get('/api/chronology?parties=RUS,CHN&types=CONSULT')).json() as EventsAnswer
    const [call] = [...events].sort((a, b) => b.members.length - a.members.length)
    const { articles } = await (await test.get('/api/articles?language=ar')).json() as { articles: { id: string }[] }
    paths = { relationships: '/', relationship: '/relations/CHN-RUS', event: `/events/${call?.id}`, article: `/articles/${call?.members[0]?.article}`, arabic: `/articles/${articles[0]?.id}`, events: '/events', articles: '/articles', search: '/search?q=Putin', actor: '/actors/person:xi-jinping', review: '/review', add: '/add', alerts: '/alerts?path=/events', api: '/api', problems: '/problems', people: '/people', audit: '/audit', quality: '/quality', map: '/?state=CHN', docs: '/docs', reference: '/docs/ontology', since: '/relations/CHN-RUS?since=2020-01-01T00:00Z&from=2023-01-01&to=2024-02-29' }
    await makePerson(test.desk.record.store, 'a-rather-long-name@ministry.example', 'reviewer', 'a few words in a row', noteCommand)
    await makeKey(test.desk.record.store, 'nightly import', ['read', 'ingest'], 90, 'ana', noteCommand)
    await putProblem(test.desk.db, { stage: 'page', code: 'no-story', message: `no story in https://news.example/${'a'.repeat(90)}`, subject: `https://news.example/${'a'.repeat(90)}` })
    if (FOLDER !== undefined) mkdirSync(FOLDER, { recursive: true })
  }, 900_000)
  afterAll(async () => {
    await browser?.close()
    await test?.close()
  }, 60_000)

  async function visit(path: string, look: { readonly width: number; readonly scheme: 'light' | 'dark'; readonly scripts?: boolean }, work: (page: Page, complaints: string[]) => Promise<void>): Promise<void> {
    const context = await browser.newContext({ viewport: { width: look.width, height: 900 }, colorScheme: look.scheme, javaScriptEnabled: look.scripts ?? true, bypassCSP: false })
    try {
      const page = await context.newPage()
      const complaints: string[] = []
      page.on('console', (message) => { if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text()) })
      page.on('pageerror', (error) => complaints.push(String(error)))
      page.on('request', (request) => { if (!request.url().startsWith(test.url)) complaints.push(`asked elsewhere: ${request.url()}`) })
      await page.goto(new URL(path, test.url).href)
      await work(page, complaints)
    } finally {
      await context.close()
    }
  }

  for (const [language, width, scheme] of [['en', 1440, 'light'], ['ar', 1440, 'dark'], ['en', 390, 'dark'], ['ar', 390, 'light'], ['fr', 820, 'light']] as const) {
    it(`fits and reads well: ${language}, ${width} pixels, ${scheme}`, async () => {
      const wrong: string[] = []
      for (const [name, path] of Object.entries(paths)) {
        await visit(`${path}${path.includes('?') ? '&' : '?'}lang=${language}`, { width, scheme }, async (page, complaints) => {
          if (FOLDER !== undefined) await page.screenshot({ path: join(FOLDER, `${name}-${language}-${width}-${scheme}.png`) })
          const wider = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
          if (wider !== 0) wrong.push(`${name}: ${String(wider)} pixels wider than its screen`)
          const sideways = await page.evaluate<string[]>('[...document.querySelectorAll(".scroll:has(.stack), .top nav")].filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.getAttribute("aria-label"))')
          if (sideways.length > 0) wrong.push(`${name}: ${sideways.join(', ')} must be pushed sideways`)
          wrong.push(...complaints.map((complaint) => `${name}: ${complaint}`))
          // Runs in the page's own world beside its policy.
          const violations = await page.evaluate(`(async () => { ${axe}; const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }); return found.violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html, failureSummary }) => html.slice(0, 160) + ' ' + failureSummary.slice(0, 240)).join(' | ')) })()`)
          wrong.push(...(violations as string[]).map((violation) => `${name}: ${violation}`))
        })
      }
      expect(wrong).toEqual([])
    }, 600_000)
  }

  it('leads from a field to its words and from words to their field, without scripts', async () => {
    await visit(`${paths['article']}?lang=en`, { width: 1440, scheme: 'light', scripts: false }, async (page) => {
      const field = page.locator('.report .field a.to').first()
      const words = (await field.textContent())?.trim() ?? ''
      await field.click()
      const target = page.locator('.story mark:target')
      expect((await target.textContent())?.replace(/\s+/gu, ' ').trim()).toBe(words)
      await target.locator('a').first().click()
      expect(await page.locator('.field:target, .finding:target').count()).toBe(1)
    })
  }, 120_000)

  it('goes by keys alone: to the search, down the list, into the text', async () => {
    await visit(`${paths['relationships']}?lang=ar`, { width: 1440, scheme: 'light' }, async (page) => {
      await page.keyboard.press('Tab')
      expect(await page.evaluate('document.activeElement.className')).toBe('skip')
      await page.keyboard.press('j')
      expect(await page.evaluate('document.activeElement.getAttribute("href")')).toMatch(/^\/relations\//u)
      await page.keyboard.press('/')
      expect(await page.evaluate('document.activeElement.tagName')).toBe('INPUT')
      await page.goto(new URL('/search?lang=ar', test.url).href)
      // The browser puts the keys there by itself, a moment after the page is there.
      await page.locator('input[name=q]:focus').waitFor()
      await page.keyboard.type('Putin')
      await page.keyboard.press('Enter')
      await page.waitForURL(/q=Putin/u)
      expect(await page.locator('.articles .entry').count()).toBeGreaterThan(2)
    })
  }, 120_000)

  it('chooses a time by dragging across the picture, and leads from the second visit on to what changed', async () => {
    await visit('/relations/CHN-RUS?lang=en', { width: 1440, scheme: 'light' }, async (page) => {
      expect(await page.locator('.since').isVisible()).toBe(false)
      const box = await page.locator('.chart svg').boundingBox()
      if (box === null) throw new Error('there is no picture')
      await page.mouse.move(box.x + 5, box.y + 20)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width / 2, box.y + 30, { steps: 4 })
      await page.mouse.up()
      await page.waitForURL(/from=\d{4}-\d{2}-01&to=\d{4}-\d{2}-\d{2}/u)
      expect(await page.locator('.chart .brushed').count()).toBe(1)
      await page.evaluate(`localStorage.setItem('readout visit ' + location.pathname, JSON.stringify({ last: Date.parse('2020-01-01T00:00:00Z') }))`)
      await page.reload()
      await page.locator('.since a').click()
      await page.waitForURL(/since=2020-01-01/u)
      expect(await page.locator('.changes li').count()).toBeGreaterThan(3)
    })
  }, 120_000)

  it('takes a pasted page to its article', async () => {
    await visit('/add?lang=en', { width: 1440, scheme: 'light' }, async (page) => {
      await page.locator('textarea').fill('CAIRO, 3 June 2024 - Egypt and Jordan signed a defence agreement in Cairo on Monday. Egypt thanked Jordan.')
      await page.locator('form.add button').first().click()
      await page.waitForURL(/\/articles\//u)
      expect(await page.locator('.story').textContent()).toContain('defence agreement')
      expect(await page.locator('.finding.report').count()).toBeGreaterThan(0)
    })
  }, 120_000)
})
