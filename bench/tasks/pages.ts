/** The page stage: saved pages with gold text, read as HTML and as bare text, and re-encoded pages. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { TextDecoder as StandardDecoder } from '@exodus/bytes/encoding.js'
import { BENCH, ROOT } from '../data.ts'
import type { Row } from '../table.ts'
import { loadPageKnowledge, type PageKnowledge } from '../../src/knowledge/page.ts'
import type { Article, PageInput } from '../../src/model/index.ts'
import { decodeBytes } from '../../src/page/bytes.ts'
import { readPage } from '../../src/page/page.ts'
import { scanPage } from '../../src/page/scan.ts'

interface Gold {
  readonly id: string; readonly set: string; readonly lang: string; readonly url?: string; readonly file: string; readonly encoding: string
  readonly text?: string; readonly title?: string; readonly author?: readonly string[]; readonly date?: string
  readonly with?: readonly string[]; readonly without?: readonly string[]; readonly captions?: readonly string[]; readonly prefix?: string; readonly first_words?: string
}
interface Prediction { readonly id: string; readonly text: string; readonly whole: string; readonly title: string | null; readonly author: string | null; readonly date: string | null; readonly language: string; readonly ms: number; readonly captions: readonly string[] }

/** Languages with fewer pages than this get no row of their own. */
const FEW = 3
const UNSPACED = '\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\u0e00-\\u0e7f\\u1000-\\u109f'
const WORDS = /[\p{L}\p{N}_]+/gu
const MIXED = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}_])+`, 'gu')

function shingles(text: string, pattern: RegExp): Map<string, number> {
  const words = text.match(pattern) ?? []
  const out = new Map<string, number>()
  for (let at = 0; at < Math.max(1, words.length - 3); at++) {
    const gram = words.slice(at, at + 4).join('\u0001')
    if (gram) out.set(gram, (out.get(gram) ?? 0) + 1)
  }
  return out
}
interface Match { readonly tp: number; readonly fp: number; readonly fn: number }
function match(gold: string, text: string, pattern: RegExp): Match {
  const a = shingles(gold, pattern)
  const b = shingles(text, pattern)
  let tp = 0
  let na = 0
  let nb = 0
  for (const [gram, n] of a) { na += n; tp += Math.min(n, b.get(gram) ?? 0) }
  for (const n of b.values()) nb += n
  return { tp, fp: nb - tp, fn: na - tp }
}
const mean = (list: readonly number[]): number => (list.length === 0 ? 0 : list.reduce((sum, value) => sum + value, 0) / list.length)
function f1(list: readonly Match[]): { f: number; p: number; r: number } {
  const p = mean(list.filter((m) => m.tp + m.fp > 0).map((m) => m.tp / (m.tp + m.fp)))
  const r = mean(list.filter((m) => m.tp + m.fn > 0).map((m) => m.tp / (m.tp + m.fn)))
  return { f: p + r > 0 ? (2 * p * r) / (p + r) : 0, p, r }
}
const spaces = (text: string): string => text.replace(/\s+/gu, ' ').trim()
const levelled = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[“”„«»"'’‘`´]/gu, '').replace(/[–—−]/gu, '-').replace(/\s+/gu, ' ').replace(/^[\s.|-]+|[\s.|-]+$/gu, '')
const dayOf = (text: string | null | undefined): number | null => {
  const found = /(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})/u.exec(text ?? '')
  return found ? Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3])) : null
}

type Targets = Readonly<Record<string, Pick<Row, 'target' | 'atMost' | 'anchor'>>>

function score(golds: readonly Gold[], predictions: ReadonlyMap<string, Prediction>, name: string, targets: Targets): Row[] {
  const full: { gold: Gold; m: Match }[] = []
  const whole: Match[] = []
  const title: number[] = []
  const author: number[] = []
  const date: number[] = []
  const language: number[] = []
  let leaked = 0
  let captions = 0
  let found = 0
  const seg = { tp: 0, fp: 0, fn: 0 }
  for (const gold of golds) {
    const p = predictions.get(gold.id)
    const text = p?.text ?? ''
    const pattern = gold.set === 'sh' ? WORDS : MIXED
    if (gold.text) {
      full.push({ gold, m: match(gold.text, text, pattern) })
      whole.push(match(gold.text, p?.whole ?? '', pattern))
      language.push(p?.language === gold.lang ? 1 : 0)
      for (const caption of gold.captions ?? []) {
        if (spaces(gold.text).includes(spaces(caption))) continue
        captions++
        if (spaces(text).includes(spaces(caption))) leaked++
        if (p?.captions.some((own) => levelled(own).includes(levelled(caption).slice(0, 60)) || (own.length > 20 && levelled(caption).includes(levelled(own))))) found++
      }
    }
    if (gold.set === 'tr') {
      const own = spaces(text)
      const hit = (gold.with ?? []).filter((part) => own.includes(spaces(part))).length
      seg.tp += hit
      seg.fn += (gold.with ?? []).length - hit
      seg.fp += (gold.without ?? []).filter((part) => own.includes(spaces(part))).length
    }
    if (gold.title) title.push(levelled(p?.title ?? '') === levelled(gold.title) ? 1 : 0)
    if (gold.author) {
      const own = levelled(p?.author ?? '')
      author.push(gold.author.every((one) => own.includes(levelled(one))) && own.length <= gold.author.join('').length + 20 * gold.author.length ? 1 : 0)
    }
    if (dayOf(gold.date) !== null) date.push(dayOf(p?.date) === dayOf(gold.date) ? 1 : 0)
  }
  const rows: Row[] = []
  const add = (measure: string, value: number, n: number): void => { if (n > 0) rows.push({ set: `pages, ${name}`, measure, n, value, ...targets[measure] }) }
  const all = f1(full.map((row) => row.m))
  add('text F1', all.f, full.length)
  add('text precision', all.p, full.length)
  add('text recall', all.r, full.length)
  add('text F1 with the headline', f1(whole).f, full.length)
  const other = full.filter((row) => row.gold.lang !== 'en' && row.gold.lang !== 'de')
  add('text F1 not en/de', f1(other.map((row) => row.m)).f, other.length)
  for (const key of ['set', 'lang'] as const) {
    for (const value of [...new Set(full.map((row) => row.gold[key]))].sort()) {
      const part = full.filter((row) => row.gold[key] === value)
      if (key === 'lang' && part.length < FEW) continue
      add(`text F1 ${key} ${value}`, f1(part.map((row) => row.m)).f, part.length)
    }
  }
  add('segments F', (2 * seg.tp) / (2 * seg.tp + seg.fp + seg.fn || 1), seg.tp + seg.fn)
  add('captions left in the text', leaked, captions)
  add('captions found', found / (captions || 1), captions)
  add('title exact', mean(title), title.length)
  add('author all', mean(author), author.length)
  add('date same day', mean(date), date.length)
  add('language', mean(language), language.length)
  const times = golds.map((gold) => predictions.get(gold.id)?.ms ?? 0).sort((a, b) => a - b)
  add('processor ms a page, median', times[Math.floor(times.length / 2)] ?? 0, times.length)
  add('processor ms a page, most', times[times.length - 1] ?? 0, times.length)
  return rows
}

function prediction(id: string, article: Article, headline: readonly [number, number] | null, ms: number): Prediction {
  const text = headline ? article.text.slice(headline[1]).trim() : article.text
  return { id, text, whole: article.text, title: article.title, author: article.byline, date: article.published, language: article.language, ms, captions: article.captions.map((caption) => caption.text) }
}

function encodings(folder: string): Row {
  const cases = lines<{ file: string; encoding: string }>(join(folder, 'encodings.jsonl'))
  const right = cases.filter((one) => {
    const bytes = gunzipSync(readFileSync(join(folder, one.file)))
    return decodeBytes(bytes, null).text === new StandardDecoder(one.encoding).decode(bytes)
  })
  return { set: 'pages, re-encoded', measure: 'share read rightly', value: right.length / cases.length, n: cases.length }
}

const lines = <T>(file: string): T[] => readFileSync(file, 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T)

export interface PagesOptions {
  /** Every so many pages, 1 for all. */
  readonly every?: number
  readonly fast?: boolean
  /** Only the measures of bare text, or only those of HTML. */
  readonly only?: 'html' | 'flat'
  /** File prefix to write the predictions to, for the benchmark's own scorer. */
  readonly out?: string
  readonly filter?: (id: string) => boolean
}

/** Milliseconds the processor worked since; the clock would measure what else the machine does. */
const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since)
  return Math.round((user + system) / 1000)
}

const HTML: Targets = {
  'text F1': { target: 0.955, anchor: 'Readability 0.946, Defuddle 0.909' }, 'text F1 not en/de': { target: 0.94 }, 'date same day': { target: 0.86, anchor: 'htmldate 0.86–0.90 on its own set' },
  'captions left in the text': { target: 10, atMost: true, anchor: 'Readability 33, Defuddle 51' }, 'processor ms a page, most': { target: 10_000, atMost: true }, 'pages that crash': { target: 0, atMost: true },
}
const FLAT: Targets = { 'text F1': { target: 0.9 }, 'text F1 lang ar': { target: 0.88 }, 'processor ms a page, most': { target: 10_000, atMost: true }, 'pages that crash': { target: 0, atMost: true } }

/** Reads pages of the development set and scores what came out. */
export async function scorePages(options: PagesOptions = {}): Promise<Row[]> {
  const folder = join(BENCH, 'pages')
  if (!existsSync(join(folder, 'index.jsonl'))) return []
  const knowledge: PageKnowledge = loadPageKnowledge(ROOT)
  const every = options.every ?? 1
  const golds = lines<Gold>(join(folder, 'index.jsonl')).filter((gold, index) => index % every === 0 && (options.filter?.(gold.id) ?? true))
  const html = new Map<string, Prediction>()
  const flat = new Map<string, Prediction>()
  const crashed = { html: 0, flat: 0 }
  const predict = async (kind: 'html' | 'flat', id: string, input: PageInput): Promise<void> => {
    const began = process.cpuUsage()
    try {
      const { article, headline } = await readPage(input, knowledge, { fast: options.fast === true && kind === 'html' })
      ;(kind === 'html' ? html : flat).set(id, prediction(id, article, headline, spent(began)))
    } catch (error) {
      crashed[kind]++
      console.error(`${id} (${kind}): ${String(error)}`)
    }
  }
  for (const gold of golds) {
    const bytes = gunzipSync(readFileSync(join(folder, gold.file)))
    if (options.only !== 'flat') await predict('html', gold.id, { bytes, url: gold.url ?? null, mediaType: 'text/html' })
    if (options.only !== 'html' && gold.text) await predict('flat', gold.id, { text: scanPage(decodeBytes(bytes, null).text).blocks.map((block) => block.text).join('\n'), mediaType: 'text/plain' })
  }
  for (const [name, map] of [['html', html], ['flat', flat]] as const) {
    if (options.out && map.size > 0) writeFileSync(`${options.out}.${name}.jsonl`, [...map.values()].map((row) => JSON.stringify(row)).join('\n'))
  }
  const rows: Row[] = []
  const whole = golds.filter((gold) => gold.text)
  if (html.size > 0) rows.push(...score(golds, html, 'HTML', HTML), { set: 'pages, HTML', measure: 'pages that crash', n: golds.length, value: crashed.html, ...HTML['pages that crash'] })
  if (flat.size > 0) rows.push(...score(whole, flat, 'bare text', FLAT), { set: 'pages, bare text', measure: 'pages that crash', n: whole.length, value: crashed.flat, ...FLAT['pages that crash'] })
  rows.push(encodings(folder))
  return rows
}

/** All page figures; quick takes every eighth page. */
export const measurePages = (quick: boolean): Promise<Row[]> => scorePages({ every: quick ? 8 : 1 })
