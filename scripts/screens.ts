/** `npm run screens`: a picture of every view of the desk, in both directions, light and dark, on a phone and a wide screen, into the folder named (screens/ unless said); of the views named after it alone, where some are. Needs Chromium. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { noteCommand } from '../src/api/deeds.ts'
import { createDesk } from '../src/api/desk.ts'
import { makePerson } from '../src/api/people.ts'
import { loadManual } from '../src/cli/reference.ts'
import { openRecord } from '../src/record.ts'
import { createDeskApp } from '../src/web/app.ts'
import { listen, LOOPBACK } from '../src/web/server.ts'

const samples = fileURLToPath(new URL('../examples/articles/', import.meta.url))
const [out = 'screens', ...wanted] = process.argv.slice(2)
const executablePath = process.env['READOUT_CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))
if (executablePath === undefined) {
  console.error('screens: no Chromium is installed (apt-get install chromium), or name it in READOUT_CHROMIUM')
  process.exit(2)
}

const dir = mkdtempSync(join(tmpdir(), 'readout-screens-'))
const record = await openRecord({ dir: join(dir, 'record') })
await record.add(readdirSync(samples).sort().map((name) => ({ name, bytes: readFileSync(join(samples, name)), mediaType: name.endsWith('.html') ? 'text/html' : 'text/plain' })))
const desk = createDesk(record)
const open = (asked: boolean) => listen(createDeskApp(desk, { version: '0', mayAdd: true, language: 'en', hosts: LOOPBACK, manual: () => loadManual(record.knowledge), login: { asked } }), { host: '127.0.0.1', port: 0 })
const server = await open(false)
/** The same record where people log in. */
const guarded = await open(true)
const ACCOUNT = { name: 'ana', password: 'correct horse battery' }
await makePerson(record.store, ACCOUNT.name, 'admin', ACCOUNT.password, noteCommand)
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
try {
  mkdirSync(out, { recursive: true })
  const ask = async <T>(path: string): Promise<T> => (await (await fetch(new URL(path, server.url))).json()) as T
  const { events } = await ask<{ events: { id: string; members: { article: string }[] }[] }>('/api/chronology?parties=RUS,CHN&types=CONSULT')
  const [call] = [...events].sort((a, b) => b.members.length - a.members.length)
  const { articles } = await ask<{ articles: { id: string }[] }>('/api/articles?language=ar')
  const views: Readonly<Record<string, string>> = {
    relationships: '/', map: '/?state=CHN', relationship: '/relations/CHN-RUS', event: `/events/${call?.id}`, comparison: `/events/${call?.id}#comparison`, article: `/articles/${call?.members[0]?.article}`, arabic: `/articles/${articles[0]?.id}`, events: '/events', articles: '/articles', search: '/search?q=Putin',
    actor: '/actors/person:xi-jinping', review: '/review', add: '/add', problems: '/problems', quality: '/quality', docs: '/docs', reference: '/docs/commands',
  }
  const inside: Readonly<Record<string, string>> = { account: '/account', people: '/people', audit: '/audit' }
  const is = (name: string): boolean => wanted.length === 0 || wanted.includes(name)
  let taken = 0
  for (const language of ['en', 'ar']) {
    for (const width of [1440, 390]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme })
        const page = await context.newPage()
        const shoot = async (name: string): Promise<void> => {
          await page.screenshot({ path: join(out, `${name}-${language}-${width}-${colorScheme}.png`) })
          taken++
        }
        const go = async (path: string, desk = server): Promise<void> => {
          const address = new URL(path, desk.url)
          address.searchParams.set('lang', language)
          await page.goto(address.href)
        }
        for (const [name, path] of Object.entries(views).filter(([one]) => is(one))) {
          await go(path)
          await shoot(name)
        }
        await go('/login', guarded)
        if (is('login')) await shoot('login')
        if (Object.keys(inside).some(is)) {
          for (const [name, value] of Object.entries(ACCOUNT)) await page.locator(`input[name=${name}]`).fill(value)
          await page.keyboard.press('Enter')
          await page.waitForURL(({ pathname }) => pathname === '/')
          for (const [name, path] of Object.entries(inside).filter(([one]) => is(one))) {
            await go(path, guarded)
            await shoot(name)
          }
        }
        await context.close()
      }
    }
  }
  console.log(`${taken} pictures in ${out}`)
} finally {
  await browser.close()
  await server.stop()
  await guarded.stop()
  await record.close()
  rmSync(dir, { recursive: true, force: true })
}
