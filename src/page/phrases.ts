/** Tells lines of page furniture, credits, bylines and date stamps from lines of story, by the phrases of all languages and by shape. */
import type { FurnitureTable, PageKnowledge } from '../knowledge/page.ts'
import type { FurnitureKind } from '../model/index.ts'

/** Longest line that can be furniture by its phrase. */
export const SHORT = 160
const LABEL_REST = 220

interface Phrases { readonly byFirst: ReadonlyMap<string, readonly { readonly phrase: string; readonly kind: FurnitureKind }[]> }

export interface PhraseBook {
  readonly lines: ReadonlyMap<string, FurnitureKind>
  readonly labels: Phrases
  readonly begins: Phrases
  readonly contains: readonly { readonly phrase: string; readonly kind: FurnitureKind }[]
  readonly credits: readonly string[]
  readonly creditedTo: readonly string[]
  readonly creditEnds: readonly string[]
  readonly pointers: ReadonlySet<string>
  readonly bylines: readonly string[]
  readonly staff: readonly string[]
  readonly according: readonly string[]
  readonly stamps: ReadonlySet<string>
  readonly prefixes: readonly string[]
  readonly months: ReadonlyMap<string, readonly number[]>
  readonly solarHijri: ReadonlyMap<string, number>
  /** A date that begins with the year, parted by strokes or by the languages' words for year, month and day. */
  readonly yearFirst: RegExp
}

const LETTER = /[\p{L}\p{M}\p{N}]/u
/** Scripts that write words without spaces need no edge after a phrase. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u

/** Levels a line for matching: case, compatibility forms, Arabic vowel marks, quotes and spaces. */
export function level(line: string): string {
  return line.normalize('NFKC').toLowerCase().replace(/[\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, '').replace(/[’‘`´]/gu, "'").replace(/[\u0622\u0623\u0625]/gu, '\u0627').replace(/\s+/gu, ' ').trim()
}

/** Levels a line for matching without changing its length, so that places in it stay true; null where that cannot be done. */
export function levelInPlace(line: string): string | null {
  const out = line.toLowerCase().replace(/[\u0622\u0623\u0625]/gu, '\u0627').replace(/[’‘`´]/gu, "'")
  return out.length === line.length ? out : null
}

/** The letters and digits of a text alone, by which two texts are told to say the same. */
export const key = (text: string): string => level(text).replace(/[^\p{L}\p{N}]+/gu, '')

/** A levelled line without digits, counts, brackets and outer punctuation: what is left of "[Ad 2]" is "ad". */
export function bare(levelled: string): string {
  return levelled.replace(/\p{N}[\p{N}.,٫٬]*\s?[km]?(?!(?!\p{Script=Han})[\p{L}\p{M}])/gu, ' ').replace(/[()[\]{}<>«»"“”„|•·*_=~#+→←›‹»▶►▼▲…※【】「」『』（）［］〔〕:：]/gu, ' ').replace(/\s+/gu, ' ').replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
}

const books = new WeakMap<PageKnowledge, PhraseBook>()

/** The phrases of all languages in one book; compiled once per knowledge. */
export function phraseBook(knowledge: PageKnowledge): PhraseBook {
  const known = books.get(knowledge)
  if (known) return known
  const tables = Object.values(knowledge.furniture)
  const lines = new Map<string, FurnitureKind>()
  const labels = new Map<string, { phrase: string; kind: FurnitureKind }[]>()
  const begins = new Map<string, { phrase: string; kind: FurnitureKind }[]>()
  const contains: { phrase: string; kind: FurnitureKind }[] = []
  const months = new Map<string, number[]>()
  const solar = new Map<string, number>()
  const put = (map: Map<string, { phrase: string; kind: FurnitureKind }[]>, phrase: string, kind: FurnitureKind): void => {
    const key = phrase.slice(0, 2)
    const list = map.get(key)
    if (list) list.push({ phrase, kind })
    else map.set(key, [{ phrase, kind }])
  }
  const entries = (group: FurnitureTable['lines']): [FurnitureKind, string[]][] => Object.entries(group) as [FurnitureKind, string[]][]
  for (const table of tables) {
    for (const [kind, list] of entries(table.lines)) for (const phrase of list) lines.set(bare(level(phrase)), kind)
    for (const [kind, list] of entries(table.labels)) for (const phrase of list) { lines.set(bare(level(phrase)), kind); put(labels, level(phrase), kind) }
    for (const [kind, list] of entries(table.begins)) for (const phrase of list) put(begins, level(phrase), kind)
    for (const [kind, list] of entries(table.contains)) for (const phrase of list) contains.push({ phrase: level(phrase), kind })
    for (const [number, names] of Object.entries(table.months)) for (const name of names) months.set(level(name), [...new Set([...(months.get(level(name)) ?? []), Number(number)])])
    for (const [number, names] of Object.entries(table.solarHijri)) for (const name of names) solar.set(level(name), Number(number))
  }
  const all = (pick: (table: FurnitureTable) => readonly string[]): string[] => [...new Set(tables.flatMap((table) => pick(table).map(level)))].sort((a, b) => b.length - a.length)
  const units = (pick: 'year' | 'month' | 'day'): string => tables.flatMap((table) => table.dateUnits[pick]).map((unit) => unit.normalize('NFKC')).join('')
  const book: PhraseBook = {
    yearFirst: new RegExp(`(?<!\\d)((?:19|20)\\d{2})\\s?[-/.${units('year')}]\\s?(\\d{1,2})\\s?[-/.${units('month')}]\\s?(\\d{1,2})(?!\\d)[${units('day')}]?\\.?`, 'u'),
    lines, labels: { byFirst: labels }, begins: { byFirst: begins }, contains, months, solarHijri: solar,
    credits: all((table) => table.credits), creditedTo: all((table) => table.creditedTo), creditEnds: all((table) => table.creditEnds), bylines: all((table) => table.bylines), staff: all((table) => table.staff),
    according: all((table) => table.according), prefixes: all((table) => table.prefixes),
    pointers: new Set(all((table) => table.pointers)), stamps: new Set(all((table) => table.stamps)),
  }
  books.set(knowledge, book)
  return book
}

/** True when a word can end before this position of the text. */
export function edgeAt(text: string, at: number, phrase: string): boolean {
  return at >= text.length || UNSPACED.test(phrase) || !LETTER.test(text.charAt(at))
}

/** Where `phrase` stands in `text` with word edges on both sides; -1 when it does not. */
export function findPhrase(text: string, phrase: string, from = 0): number {
  for (let at = text.indexOf(phrase, from); at >= 0; at = text.indexOf(phrase, at + 1)) {
    const before = at === 0 || UNSPACED.test(phrase) || !LETTER.test(text.charAt(at - 1))
    if (before && edgeAt(text, at + phrase.length, phrase)) return at
  }
  return -1
}

/** The first of `phrases` (longest first) that `text` begins with; null when none does. */
export function beginsWith(text: string, phrases: readonly string[]): string | null {
  for (const phrase of phrases) if (text.startsWith(phrase) && edgeAt(text, phrase.length, phrase)) return phrase
  return null
}

const URL_LINE = /^[<([]?(?:https?:\/\/|www\.)\S+[>)\]]?$/iu
const TAG_LINE = /^(?:[#＃][\p{L}\p{N}_]+[\s,،、]*)+$/u
const COPYRIGHT = /^(?:©|\(c\)\s|copyright\b)/iu
const CRUMBS = /^[^.!?。:：,،>›»|]{1,40}(?:\s*[>›»|]\s*[^.!?。:：,،>›»|]{1,40}){2,}$/u

/** The kind of furniture a line is, or null for anything else. */
export function furnitureKind(line: string, book: PhraseBook): FurnitureKind | null {
  if (line.length > LABEL_REST) return URL_LINE.test(line) ? 'source-link' : null
  const levelled = level(line)
  if (levelled === '') return null
  if (URL_LINE.test(levelled)) return 'source-link'
  if (TAG_LINE.test(levelled)) return 'tags'
  const core = bare(levelled)
  const whole = book.lines.get(core)
  if (whole) return whole
  // The mark of a picture that was left out: "[Image]".
  if (/^[[(（［【]/u.test(levelled) && book.credits.includes(core)) return 'navigation'
  const text = levelled.replace(/^[^\p{L}\p{N}©@]+/u, '')
  const key = text.slice(0, 2)
  for (const { phrase, kind } of book.labels.byFirst.get(key) ?? []) {
    if (text.startsWith(phrase) && /^\s*(?:[:：|>›»]|\s[-–—]\s|\s*\(\s*\p{N})/u.test(text.slice(phrase.length))) return kind
  }
  if (COPYRIGHT.test(text)) return 'legal'
  if (line.length > SHORT) return null
  for (const { phrase, kind } of book.begins.byFirst.get(key) ?? []) if (text.startsWith(phrase) && edgeAt(text, phrase.length, phrase)) return kind
  for (const { phrase, kind } of book.contains) if (findPhrase(levelled, phrase) >= 0) return kind
  if (CRUMBS.test(line.trim()) && !/\p{N}/u.test(core)) return 'navigation'
  return null
}
