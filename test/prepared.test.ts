/** What `npm run build` works out ahead says the same as what it was made from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { loadSettings, preparedName } from '../src/knowledge/settings.ts'
import { decodeBytes } from '../src/page/bytes.ts'
import { newDetector } from '../src/page/detector.ts'
import { type Ngrams, packNgrams, unpackNgrams } from '../src/page/ngrams.ts'
import { plainText } from '../src/page/plain.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-prepared-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('settings are taken from what was prepared only while the file has the bytes it was made from', () => {
  const file = join(folder, 'settings.yaml')
  const text = Buffer.from('count: 1\n')
  writeFileSync(file, text)
  expect(loadSettings(file, folder)).toEqual({ count: 1 })
  writeFileSync(join(folder, preparedName(text)), '{"count":1,"prepared":true}')
  expect(loadSettings(file, folder)).toEqual({ count: 1, prepared: true })
  writeFileSync(file, 'count: 2\n')
  expect(loadSettings(file, folder)).toEqual({ count: 2 })
})

test('n-grams are found in their lines, and nothing else is', () => {
  const ngrams = unpackNgrams(packNgrams({ ' ab': { 0: 3 }, b: { 1: 10, 12: 7 }, ba: { 2: 1 }, 'é ': { 5: 9 } }))
  expect(['', ' ', ' ab', ' abc', 'a', 'b', 'ba', 'bb', 'é ', 'z'].map((ngram) => ngrams[ngram])).toEqual([undefined, undefined, { 0: 3 }, undefined, undefined, { 1: 10, 12: 7 }, { 2: 1 }, undefined, { 5: 9 }, undefined])
  expect(() => packNgrams({ 'a\tb': { 0: 1 } })).toThrow(/tab/u)
})

test('the detector says the same from the packed table as from its own', async () => {
  const eld = fileURLToPath(new URL('../node_modules/eld/src/ngrams/extrasmall.js', import.meta.url))
  const { ngramsData } = (await import(pathToFileURL(eld).href)) as { ngramsData: { type: string; languages: Record<string, string>; ngrams: Ngrams } }
  const packed = await newDetector({ type: ngramsData.type, languages: ngramsData.languages, table: packNgrams(ngramsData.ngrams) })
  const own = await newDetector(null)
  const texts = ['The minister left for Vienna before dawn.', 'Le ministre est parti pour Vienne avant l’aube.', 'El ministro salió hacia Viena antes del alba.', 'Bộ trưởng đã đi Viên trước bình minh.', 'Министр уехал в Вену до рассвета.', 'وصل الوزير إلى فيينا قبل الفجر', '部长天亮前动身去维也纳。', 'Der Minister reiste vor Tagesanbruch ab.', '', '12 34', 'Vienna']
  for (const text of texts) {
    const [a, b] = [packed.detect(text), own.detect(text)]
    expect([text, a.language, a.isReliable(), a.getScores()]).toEqual([text, b.language, b.isReliable(), b.getScores()])
  }
})

test('bytes taken as plain text are read the same by the rule for all bytes, and those it has to look at are left to it', () => {
  for (const text of ['', 'plain', 'Zürich — 中文', 'a\tb\r\nc']) {
    const bytes = new TextEncoder().encode(text)
    expect(plainText(bytes)).toBe(text)
    expect(decodeBytes(bytes, null)).toEqual({ text, encoding: 'utf-8', basis: 'valid' })
  }
  for (const bytes of [[0xef, 0xbb, 0xbf, 0x61], [0xff, 0xfe, 0x61, 0], [0x61, 0], [0x1b, 0x24, 0x42, 0x30], [0x61, 0xe9, 0x62]]) expect(plainText(Uint8Array.from(bytes))).toBeNull()
})
