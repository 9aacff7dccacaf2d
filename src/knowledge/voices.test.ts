import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../reader.ts'
import { createVoiceOf } from '../voices.ts'
import type { Article } from '../model/index.ts'
import { loadKnowledge } from './index.ts'
import { loadVoices } from './voices.ts'
import { KnowledgeError, readTable } from './tables.ts'

const knowledge = loadKnowledge(PACKAGE_ROOT)
const voiceOf = createVoiceOf(knowledge)
const article = (more: Partial<Article>): Article => ({ id: 'a', url: null, language: 'en', direction: 'ltr', title: null, lead: null, byline: null, agencies: [], publisher: null, published: null, text: '', captions: [], furniture: [], ...more })

describe('whose voice an article is', () => {
  test.each([
    ['http://en.kremlin.ru/events/president/news/1', 'RUS'], ['https://www.fmprc.gov.cn/x', 'CHN'], ['https://www.mofa.go.jp/press', 'JPN'], ['https://www.whitehouse.gov/x', 'USA'], ['https://www.gov.uk/government/news', 'GBR'],
    ['https://mfa.gov.ua/', 'UKR'], ['https://www.exteriores.gob.es/', 'ESP'], ['https://mofa.gov.example.gov.sg/', 'SGP'], ['https://www.presidencia.gob.bo/x', 'BOL'], ['https://tass.com/politics/1', 'RUS'], ['http://www.xinhuanet.com/1.htm', 'CHN'],
    ['https://www.elysee.fr/', 'FRA'], ['https://KREMLIN.ru./', 'RUS'],
  ])('%s speaks for %s', (url, country) => expect(voiceOf(article({ url }))).toBe(country))
  test.each(['https://notkremlin.ru/', 'https://kremlin.ru.example.org/', 'https://www.bbc.co.uk/', 'https://gov.example.com/', 'not an address', 'https://reuters.com/gov.cn'])('%s speaks for nobody', (url) => expect(voiceOf(article({ url }))).toBeNull())
  test('state media by name, in any language; independent ones not', () => {
    expect(voiceOf(article({ publisher: 'Xinhua' }))).toBe('CHN')
    expect(voiceOf(article({ publisher: '新华社' }))).toBe('CHN')
    expect(voiceOf(article({ publisher: 'BBC' }))).toBeNull()
    expect(voiceOf(article({ publisher: 'The Village Gazette' }))).toBeNull()
  })
  test('a text taken from one agency alone is that agency\'s; an independent outlet stays its own', () => {
    expect(voiceOf(article({ agencies: ['TASS'] }))).toBe('RUS')
    expect(voiceOf(article({ agencies: ['TASS', 'Reuters'] }))).toBeNull()
    expect(voiceOf(article({ publisher: 'BBC', agencies: ['TASS'] }))).toBeNull()
  })
})

describe('the table of sites', () => {
  test('is sorted, without doubles, of hosts alone', () => {
    const hosts = readTable(join(PACKAGE_ROOT, 'gazetteer', 'sites.tsv'), ['host', 'country']).map((row) => row.get('host'))
    expect(hosts).toEqual([...new Set(hosts)].sort())
    for (const host of hosts) expect(host).toMatch(/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/u)
  })
  test('an unknown state is told with file and line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'voices-'))
    mkdirSync(join(folder, 'x'))
    writeFileSync(join(folder, 'media.tsv'), 'id\tname\tcountry\tkind\tstate\n')
    writeFileSync(join(folder, 'sites.tsv'), '# sites\nhost\tcountry\nmfa.example\tXYZ\n')
    expect(() => loadVoices(folder, [], new Map([['FR', 'FRA']]))).toThrow(KnowledgeError)
    expect(() => loadVoices(folder, [], new Map([['FR', 'FRA']]))).toThrow(/sites\.tsv:3: no state 'XYZ'/u)
  })
})
