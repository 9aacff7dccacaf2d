/** The documentation on the desk: every page, every link in it, and every address of the desk that it names. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import pino from 'pino'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createObserver } from '../../src/cli/log.ts'
import { loadManual } from '../../src/cli/reference.ts'
import { SETTINGS, variableOf } from '../../src/cli/settings.ts'
import { markdownToHtml } from '../../src/web/docs/markdown.ts'
import { createProjectsApp } from '../../src/web/projects.ts'
import { listen, LOOPBACK, type Running } from '../../src/web/server.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

const root = join(import.meta.dirname, '..', '..')

describe('the documentation', () => {
  let test: TestDesk
  let running: Running
  beforeAll(async () => {
    test = await openTestDesk((name) => name.startsWith('call-2024'))
    // Served with a project, called as the documentation calls it.
    const app = createProjectsApp(test.desk, new Map([['NAME', test.desk]]), { version: '0', mayAdd: true, language: 'en', hosts: LOOPBACK, manual: () => loadManual(test.desk.knowledge), observer: createObserver(pino({ level: 'silent' }), test.desk, '0', {}) })
    running = await listen(app, { host: '127.0.0.1', port: 0 })
  }, 600_000)
  afterAll(async () => { await running?.stop(); await test?.close() }, 60_000)
  const get = (path: string): Promise<Response> => fetch(new URL(path, running.url), { headers: { accept: 'text/html' } })

  it('is whole: every page it lists, and every link to another', async () => {
    const manual = await loadManual(test.desk.knowledge)
    expect(manual.pages.map(({ id }) => id)).toEqual(expect.arrayContaining(['tutorial', 'analysts', 'researchers', 'developers', 'operations', 'method', 'benchmarks', 'commands', 'settings', 'api', 'ontology', 'record']))
    const ids = new Map<string, Set<string>>()
    const links: [string, string][] = []
    for (const { id } of manual.pages) {
      const response = await get(`/docs/${id}`)
      expect(response.status, id).toBe(200)
      const { document } = parseHTML(await response.text())
      expect(document.querySelector('h1')?.textContent?.length, id).toBeGreaterThan(2)
      expect(document.querySelectorAll('main script, main iframe').length, id).toBe(0)
      ids.set(`/docs/${id}`, new Set([...document.querySelectorAll('[id]')].map((element) => element.id)))
      for (const link of document.querySelectorAll('main a[href]')) links.push([`/docs/${id}`, link.getAttribute('href') ?? ''])
    }
    const broken = links.filter(([from, href]) => {
      if (/^https?:/u.test(href)) return false
      const { pathname, hash } = new URL(href, new URL(from, running.url))
      return !ids.get(pathname) || (hash !== '' && !ids.get(pathname)?.has(decodeURIComponent(hash.slice(1))))
    })
    expect(broken).toEqual([])
    expect((await get('/docs/nothing')).status).toBe(404)
    expect((await get('/docs/images/..%2f..%2fpackage.json')).status).toBe(404)
  }, 120_000)

  it('names addresses that answer', async () => {
    const wrong: string[] = []
    for (const page of ['tutorial', 'analysts', 'researchers', 'developers', 'operations', 'desk', 'mcp']) {
      const source = readFileSync(join(root, 'docs', `${page}.md`), 'utf8')
      for (const [, address = ''] of source.matchAll(/`(\/[a-z?][^`\s]*|\/)`/gu)) {
        // A place in a file, an id to be filled in, or an address that is posted to.
        if (/[\u2026{]|\bID\b|\bCODE\b|^\/data|^\/mcp|^\/api\/judgements/u.test(address)) continue
        const { status } = await get(address)
        if (status !== 200) wrong.push(`${page}: ${address} ${status}`)
      }
    }
    expect(wrong).toEqual([])
  }, 120_000)

  it('tells every setting, command and answer of the API', async () => {
    const settings = await (await get('/docs/settings')).text()
    for (const setting of SETTINGS) expect(settings).toContain(variableOf(setting))
    const commands = await (await get('/docs/commands')).text()
    for (const name of ['read', 'add', 'serve', 'backup', 'docs']) expect(commands).toContain(`<h2 id="${name}">${name}</h2>`)
    expect(commands).toContain('readout-record')
    expect(await (await get('/docs/api')).text()).toContain('/api/chronology')
    expect(await (await get('/docs/ontology')).text()).toContain('accuse.summon')
  })
})

describe('Markdown', () => {
  const write = (source: string): string => markdownToHtml(source, () => null).body.text
  it('shows raw HTML as words, and drops links that lead nowhere', () => {
    expect(write('A <script>alert(1)</script> b')).not.toContain('<script>')
    expect(write('[x](javascript:alert(1)) [y](../nowhere.md)')).not.toContain('<a ')
    expect(write('<!-- mark -->\n\n## Part\n\n## Part')).toContain('id="part-1"')
  })
})
