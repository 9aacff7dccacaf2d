/**
 * A day at the desk in a real browser, by the keyboard alone, in English and in Arabic: a page added by paste and another as a file, the article,
 * a finding and its words, the event and its comparison, a field corrected, taken back, corrected again, and there after a rebuild.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventsAnswer } from '../../src/api/events.ts'
import { noteCommand } from '../../src/api/deeds.ts'
import { makePerson } from '../../src/api/people.ts'
import { rebuild } from '../../src/rebuild.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
const SAMPLES = new URL('../../examples/articles/', import.meta.url).pathname
if (CHROMIUM === undefined) console.warn('SKIPPED: the way through the desk was not gone in a browser, because Chromium is not installed (apt-get install chromium)')

describe.skipIf(CHROMIUM === undefined)('through the desk by keys alone', () => {
  let browser: Browser
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  const [pasted = '', file = '', ...more] = readdirSync(SAMPLES).filter((name) => /^call/u.test(name)).sort()
  beforeAll(async () => {
    const { chromium } = await import('playwright-core')
    browser = await chromium.launch({ ...(CHROMIUM === undefined ? {} : { executablePath: CHROMIUM }), args: ['--no-sandbox'] })
  }, 120_000)
  afterAll(async () => { await browser?.close() }, 60_000)

  /** Presses Tab until what has the focus is of this kind. */
  async function tabTo(page: Page, selector: string, most = 400): Promise<void> {
    for (let turn = 0; turn < most; turn++) {
      if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return
      await page.keyboard.press('Tab')
    }
    throw new Error(`no ${selector} within ${most} steps at ${page.url()}`)
  }
  /** From the top of the page to it, and in. */
  async function follow(page: Page, selector: string): Promise<void> {
    await tabTo(page, selector)
    const there = page.waitForLoadState('load')
    await page.keyboard.press('Enter')
    await there
  }
  async function check(page: Page, name: string): Promise<void> {
    const violations = await page.evaluate(`(async () => { ${axe}; const found = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }); return found.violations.map(({ id, nodes }) => id + ': ' + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(' | ')) })()`)
    expect(violations, name).toEqual([])
  }
  const chronology = async (test: TestDesk): Promise<EventsAnswer['events']> => ((await (await test.get('/api/chronology?parties=RUS,CHN&limit=200')).json()) as EventsAnswer).events

  it.each(['en', 'ar'])('adds, reads, compares, corrects, takes back: %s', async (language) => {
    const test = await openTestDesk((name) => more.includes(name))
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      await page.goto(new URL(`/?lang=${language}`, test.url).href)
      await follow(page, 'nav a[href^="/add"]')
      await page.waitForURL(/\/add/u)
      await tabTo(page, 'textarea[name=text]')
      await page.keyboard.insertText(readFileSync(join(SAMPLES, pasted), 'utf8'))
      await tabTo(page, 'form.add button')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/articles\/\w+/u)
      expect(await page.evaluate('document.documentElement.dir')).toBe(language === 'ar' ? 'rtl' : 'ltr')
      expect(await page.locator('.finding.report').count()).toBeGreaterThan(0)
      await check(page, 'article')
      // A finding leads to its words, the words to their field.
      await tabTo(page, '.record .field a.to')
      const words = await page.evaluate('document.activeElement.textContent') as string
      await page.keyboard.press('Enter')
      await page.waitForURL(/#w\d+-\d+$/u)
      expect(((await page.locator('mark:target').first().textContent()) ?? '').replace(/\s+/gu, ' ').trim()).toBe(words.trim())

      await page.goto(new URL(`/add?lang=${language}`, test.url).href)
      await tabTo(page, 'input[type=file]')
      // The browser is told to hand the chooser over only when somebody waits for it; the key must come after that.
      const chooser = page.waitForEvent('filechooser')
      await page.evaluate('document.activeElement.type')
      await page.keyboard.press('Space')
      await (await chooser).setFiles(join(SAMPLES, file))
      await tabTo(page, 'form.add button')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/articles\/\w+/u)

      const [call] = (await chronology(test)).filter(({ type }) => type === 'CONSULT').sort((a, b) => b.members.length - a.members.length)
      await page.goto(new URL(`/relations/CHN-RUS?lang=${language}`, test.url).href)
      await follow(page, `.entry a[href*="${call?.id}"]`)
      await page.waitForURL(/\/events\//u)
      expect(await page.locator('.compare tbody tr').count()).toBeGreaterThan(2)
      await check(page, 'event')
      await tabTo(page, 'input[name=by]')
      await page.keyboard.type('ana')
      await tabTo(page, '#correct > summary')
      await page.keyboard.press('Enter')
      await tabTo(page, '#field-date')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('2024-02-09')
      await page.keyboard.press('Enter')
      await page.waitForURL(/done=/u)
      expect((await chronology(test)).some(({ firstDay }) => firstDay === '2024-02-09')).toBe(true)
      await check(page, 'event after a correction')
      // One key takes it back.
      await page.keyboard.press('u')
      await page.waitForURL(/undone=/u)
      expect((await chronology(test)).some(({ firstDay }) => firstDay === '2024-02-09')).toBe(false)
      await page.keyboard.press('e')
      await tabTo(page, '#field-date')
      await page.keyboard.press('Control+A')
      await page.keyboard.type('2024-02-09')
      await page.keyboard.press('Enter')
      await page.waitForURL(/[?&]done=/u)
      await rebuild(test.desk.record, { all: true })
      test.desk.sums.clear()
      await page.goto(new URL(`/relations/CHN-RUS?lang=${language}&from=2024-02-09&to=2024-02-09`, test.url).href)
      expect(await page.locator('.entry time[datetime="2024-02-09"]').count()).toBeGreaterThan(0)

      await page.goto(new URL(`/review?lang=${language}`, test.url).href)
      await check(page, 'review')
      const asked = await page.locator('input[name=question]').inputValue()
      await page.keyboard.press('n')
      await page.waitForURL(/after=/u)
      expect(await page.locator('input[name=question]').inputValue()).not.toBe(asked)
    } finally {
      await context.close()
      await test.close()
    }
  }, 600_000)

  it('shows how far it is while much is read, and stays on the page', async () => {
    const test = await openTestDesk(() => false)
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      page.on('console', (message) => { if (message.type() === 'error') faults.push(message.text()) })
      await page.goto(new URL('/add?lang=en', test.url).href)
      await page.evaluate(`window.seen = []; new MutationObserver(() => seen.push(document.querySelector('.live p')?.textContent)).observe(document.querySelector('.live p'), { childList: true, characterData: true, subtree: true })`)
      const states = ['Norway', 'Spain', 'Poland', 'Italy', 'Chile', 'Peru', 'Brazil', 'Canada', 'Sweden', 'Latvia', 'Kenya', 'Ghana']
      await page.locator('input[type=file]').setInputFiles([...states.map((state) => ({ name: `${state}.txt`, mimeType: 'text/plain', buffer: Buffer.from(`${state} condemned Fiji on 2 April 2024.`) })), { name: 'noise.bin', mimeType: 'application/octet-stream', buffer: Buffer.from([0, 1, 2, 3, 255]) }])
      await tabTo(page, 'form.add button')
      await page.keyboard.press('Enter')
      await page.locator('.outcome').waitFor()
      const seen = await page.evaluate('seen') as string[]
      expect(seen.some((text) => /^13 of 13 read · .* · Set aside 1$/u.test(text)), seen.join('\n')).toBe(true)
      expect(await page.locator('.outcome').textContent()).toContain('noise.bin')
      expect(await page.locator('.outcome a').count()).toBe(12)
      expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN')
      await check(page, 'what became of it')
      // The form that came with the answer does the same again, and a file that is dropped on it counts.
      await page.evaluate(`(() => { const data = new DataTransfer(); data.items.add(new File(['Fiji condemned Norway on 3 April 2024.'], 'dropped.txt', { type: 'text/plain' })); document.querySelector('form.giving').dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true })) })()`)
      await tabTo(page, 'form.add button')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/articles\/\w+/u)
      expect(faults).toEqual([])
    } finally {
      await context.close()
      await test.close()
    }
  }, 300_000)

  it('has its keys of one letter switched off, and remembers it', async () => {
    const test = await openTestDesk((name) => name === pasted)
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    try {
      const page = await context.newPage()
      page.setDefaultTimeout(60_000)
      const goes = async (): Promise<boolean> => {
        await page.locator('.keys').waitFor()
        await page.evaluate('document.activeElement.blur()')
        await page.keyboard.press('/')
        return await page.evaluate('document.activeElement.type') === 'search'
      }
      await page.goto(new URL('/events?lang=en', test.url).href)
      expect(await goes()).toBe(true)
      await tabTo(page, '.keys summary')
      await page.keyboard.press('Enter')
      await page.locator('[data-keys]').waitFor()
      await check(page, 'keys')
      await tabTo(page, '[data-keys]')
      await page.keyboard.press('Space')
      expect(await goes()).toBe(false)
      await page.goto(new URL('/review?lang=en', test.url).href)
      expect(await goes()).toBe(false)
      expect(await page.locator('kbd').first().isVisible()).toBe(false)
      await page.keyboard.press('c')
      await page.keyboard.press('n')
      expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/review?lang=en')
      await page.locator('.keys summary').click()
      await page.locator('[data-keys]').check()
      expect(await goes()).toBe(true)
      expect(await page.locator('kbd').first().isVisible()).toBe(true)
    } finally {
      await context.close()
      await test.close()
    }
  }, 300_000)

  it('logs in, and is readable without scripts', async () => {
    const test = await openTestDesk((name) => name === pasted)
    await makePerson(test.desk.record.store, 'ana', 'admin', 'correct horse battery', noteCommand)
    const running = await test.open({ login: { asked: true } })
    const context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false })
    try {
      const page = await context.newPage()
      await page.goto(new URL('/people?lang=ar', running.url).href)
      await page.waitForURL(/\/login/u)
      await page.locator('input[name=name]').fill('ana')
      await page.locator('input[name=password]').fill('correct horse battery')
      await page.keyboard.press('Enter')
      await page.waitForURL(/\/people/u)
      expect(await page.locator('table').first().textContent()).toContain('ana')
      for (const path of ['/', '/events', '/articles', '/review', '/add', '/account', '/audit']) {
        await page.goto(new URL(`${path}?lang=fr`, running.url).href)
        expect(((await page.locator('main').textContent()) ?? '').length, path).toBeGreaterThan(20)
        expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth').catch(() => 0), path).toBe(0)
      }
    } finally {
      await context.close()
      await running.stop()
      await test.close()
    }
  }, 300_000)

  it('shows people, keys, the log and the login without a violation of WCAG 2.2 AA', async () => {
    const test = await openTestDesk((name) => name === pasted)
    await makePerson(test.desk.record.store, 'ana', 'admin', 'correct horse battery', noteCommand)
    const running = await test.open({ login: { asked: true } })
    try {
      for (const [language, width, colorScheme] of [['en', 1440, 'light'], ['ar', 390, 'dark']] as const) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
        const page = await context.newPage()
        const shot = async (name: string): Promise<void> => {
          if (process.env['READOUT_SCREENS'] !== undefined) await page.screenshot({ path: join(process.env['READOUT_SCREENS'], `${name}-${language}-${width}-${colorScheme}.png`) })
          await check(page, `${name} ${language}`)
          expect(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'), name).toBe(0)
        }
        await page.goto(new URL(`/login?lang=${language}`, running.url).href)
        await shot('login')
        await page.locator('input[name=name]').fill('ana')
        await page.locator('input[name=password]').fill('correct horse battery')
        await page.keyboard.press('Enter')
        await page.waitForURL((url) => url.pathname === '/')
        for (const name of ['people', 'audit', 'account']) {
          await page.goto(new URL(`/${name}?lang=${language}`, running.url).href)
          await shot(name)
        }
        await context.close()
      }
    } finally {
      await running.stop()
      await test.close()
    }
  }, 300_000)
})
