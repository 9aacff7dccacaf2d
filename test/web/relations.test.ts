/** Relationships: finding states, the map and its twin, what changed since a moment. */
import { join } from 'node:path'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ChangesAnswer } from '../../src/api/since.ts'
import type { Relation } from '../../src/api/relations.ts'
import { loadKnowledge } from '../../src/knowledge/index.ts'
import { loadWorld } from '../../src/web/world.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

const root = join(import.meta.dirname, '..', '..')

describe('the world', () => {
  const world = loadWorld(root)
  it('has a place for every state but the one without an outline', () => {
    expect([...loadKnowledge(root).gazetteer.states.keys()].filter((state) => !world.points.has(state))).toEqual(['TUV'])
    expect(world.shapes.size).toBeGreaterThan(160)
  })
  it('puts states where they are', () => {
    const at = (state: string): readonly [number, number] => world.points.get(state) ?? [0, 0]
    expect(at('USA')[0]).toBeLessThan(at('FRA')[0])
    expect(at('FRA')[0]).toBeLessThan(at('IND')[0])
    expect(at('IND')[0]).toBeLessThan(at('JPN')[0])
    expect(at('NOR')[1]).toBeLessThan(at('FRA')[1])
    expect(at('FRA')[1]).toBeLessThan(at('ZAF')[1])
    // The middle of the largest part: not drawn away by islands and lands overseas.
    expect(Math.abs(at('FRA')[0] - at('BEL')[0])).toBeLessThan(12)
  })
})

describe('relationships', () => {
  let test: TestDesk
  beforeAll(async () => { test = await openTestDesk((name) => /^(?:call-2024.*(?:en|zh)|saudi)/u.test(name)) }, 600_000)
  afterAll(async () => { await test?.close() }, 60_000)
  type Document = ReturnType<typeof parseHTML>['document']
  const page = async (path: string): Promise<Document> => parseHTML(await (await test.get(path)).text()).document
  const pairs = (document: Document): string[] => [...document.querySelectorAll('.relations tbody a')].map((link) => (link.getAttribute('href') ?? '').replace(/^.*\/|\?.*$/gu, ''))

  it('are found by the name of a state, or of two, in any language', async () => {
    for (const name of ['Russia', 'روسيا', '俄罗斯', 'RUS']) {
      const found = pairs(await page(`/?lang=en&q=${encodeURIComponent(name)}`))
      expect(found.length, name).toBeGreaterThan(0)
      expect(found.every((pair) => pair.includes('RUS')), name).toBe(true)
    }
    expect(pairs(await page(`/?q=${encodeURIComponent('Россия – Китай')}`))).toEqual(['CHN-RUS'])
    for (const wrong of ['q=Atlantis', 'q=Russia%2C+Atlantis', 'state=XYZ']) expect((await page(`/?lang=en&${wrong}`)).querySelector('main')?.textContent, wrong).toContain('Nothing on record matches this.')
  })

  it('of one state are a map, and the list says the same', async () => {
    const document = await page('/?lang=en&state=IRN')
    const drawn = [...new Set([...document.querySelectorAll('.map svg a')].map((link) => (link.getAttribute('href') ?? '').replace(/^.*\/|\?.*$/gu, '')))]
    expect(drawn.sort()).toEqual(pairs(document).sort())
    expect(document.querySelectorAll('.map .own').length).toBeGreaterThan(0)
    expect((await page('/?lang=en')).querySelector('.map')).toBeNull()
    // In order of the last event.
    const { relations } = await (await test.get('/api/relations')).json() as { relations: Relation[] }
    expect(pairs(await page('/?order=last'))).toEqual([...relations].sort((x, y) => (y.lastDay ?? '').localeCompare(x.lastDay ?? '') || y.events - x.events).map(({ pair }) => pair.join('-')))
  })

  it('tell what changed since a moment', async () => {
    const changes = async (since: string): Promise<ChangesAnswer> => await (await test.get(`/api/changes?parties=IRN,SAU&since=${since}`)).json() as ChangesAnswer
    expect((await changes('2020-01-01T00:00:00Z')).count).toBeGreaterThan(3)
    const now = new Date().toISOString()
    expect(await changes(now)).toMatchObject({ count: 0, events: [] })
    const added = await fetch(new URL('/api/articles?published=2024-05-07', test.url), { method: 'POST', body: 'RIYADH, 7 May 2024 - The foreign minister of Saudi Arabia held talks with the foreign minister of Iran in Riyadh on Tuesday.', headers: { 'content-type': 'text/plain' } })
    expect(added.status).toBe(200)
    const after = await changes(now)
    expect(after.count).toBeGreaterThan(0)
    expect(after.events.every((event) => event.members.some(({ published }) => published === '2024-05-07'))).toBe(true)
    expect((await page(`/relations/IRN-SAU?lang=en&since=${now}`)).querySelector('.changes')?.textContent).toContain('talks')
    expect((await test.get('/api/changes?parties=IRN,SAU&since=yesterday')).status).toBe(400)
    expect((await page('/relations/IRN-SAU?lang=en&since=yesterday')).querySelector('.changes')).toBeNull()
  }, 120_000)
})
