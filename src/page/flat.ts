/** Text that came without markup: the story kept whole when nearly every line is story, else cut out of the page around it. */
import type { PageKnowledge } from '../knowledge/page.ts'
import type { Furniture, FurnitureKind } from '../model/index.ts'
import { agenciesAround, bylineOf, captionIn, reporterAround, TERMINAL } from './credits.ts'
import { dateInLine, isDateLine } from './dates.ts'
import type { Draft, Known } from './draft.ts'
import { bare, furnitureKind, level, type PhraseBook, phraseBook } from './phrases.ts'
import { isProse, sift, width } from './sift.ts'
import { refrainsOf } from './story.ts'
import { storyWindow, type WindowLine } from './window.ts'

const WRAP_WIDTH = 100
const TITLE_WIDTH = 220
const INSIDE = new Set<FurnitureKind>(['advertisement', 'share', 'source-link'])

export interface FlatLine { readonly text: string; readonly links?: number }

/** Lines of a text; lines that were wrapped at a fixed width are joined again. */
export function linesOf(text: string): string[] {
  const raw = text.split(/\r\n|[\n\r\u2028\u2029\f\v]/u).map((line) => line.replace(/[\t\u00a0\u3000 ]+/gu, ' ').trim())
  const filled = raw.filter((line) => line !== '')
  const long = filled.filter((line) => line.length > 40 && line.length <= WRAP_WIDTH)
  const open = long.filter((line) => !TERMINAL.test(line))
  // Wrapped text: nearly all lines are of one width and most stop inside a sentence.
  if (filled.length < 6 || long.length < filled.length * 0.6 || open.length < long.length * 0.6 || filled.some((line) => line.length > WRAP_WIDTH * 1.3)) return filled
  const out: string[] = []
  let paragraph = ''
  const widest = Math.max(...filled.map((line) => line.length))
  for (const line of raw) {
    if (line === '') { if (paragraph) out.push(paragraph); paragraph = ''; continue }
    paragraph = paragraph === '' ? line : `${paragraph}${/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(paragraph) ? '' : ' '}${line}`
    if (line.length < widest * 0.6) { out.push(paragraph); paragraph = '' }
  }
  if (paragraph) out.push(paragraph)
  return out
}

/** True when a line reads as a headline: no sentence of the body. */
function isHeadline(line: string, next: string | undefined): boolean {
  return next !== undefined && width(line) <= TITLE_WIDTH && width(line) >= 8 && !/[.。।…۔:：,،]["”»]?$/u.test(line.trim())
}

function furnitureOf(lines: readonly string[], book: PhraseBook): Furniture[] {
  const seen = new Set<string>()
  const out: Furniture[] = []
  for (const text of lines) {
    const kind = furnitureKind(text, book)
    if (!kind || seen.has(text) || out.length >= 300) continue
    seen.add(text)
    out.push({ kind, text })
  }
  return out
}

const words = (text: string): Set<string> => new Set(level(text).match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]{2}|[\p{L}\p{N}]{3,}/gu) ?? [])

/** Advertisements, share bars and single links to other stories stand between paragraphs; the rest stands around the story. */
const outOf = (kind: FurnitureKind | null): WindowLine['out'] => (kind === null ? null : INSIDE.has(kind) ? 'inside' : 'outside')

/** The line before the story that shares most words with its beginning. */
function headlineAbove(lines: readonly string[], start: number, story: readonly string[], book: PhraseBook): number {
  const body = words(story.slice(0, 8).join(' '))
  let best = -1
  let most = 0.34
  for (let index = start - 1; index >= Math.max(0, start - 40); index--) {
    const line = lines[index] ?? ''
    if (width(line) < 16 || width(line) > TITLE_WIDTH || furnitureKind(line, book) !== null || captionIn(line, book, []) !== null) continue
    const own = words(line)
    if (own.size < 2) continue
    const shared = [...own].filter((word) => body.has(word)).length
    // A line close above the story needs less proof than one far off.
    const value = shared / own.size + (own.size >= 4 ? 0.05 : 0) - (start - index) * 0.008
    if (shared >= 2 && value > most) { most = value; best = index }
  }
  return best
}

export interface FlatOptions {
  readonly known: Known
  /** The lines are a story by their source (a mail, a data field): nothing is cut off but furniture. */
  readonly story: boolean
  readonly monthFirst: boolean
}

/** Reads lines of bare text. */
export function readFlat(input: readonly FlatLine[], knowledge: PageKnowledge, options: FlatOptions): Draft {
  const book = phraseBook(knowledge)
  const lines = input.map((line) => line.text)
  const { agencies } = knowledge
  // A line that is nearly all links is a way to other pages.
  const kinds = input.map((line): FurnitureKind | null => furnitureKind(line.text, book) ?? ((line.links ?? 0) > 0.8 ? 'navigation' : null))
  const marked = input.map((line, index): WindowLine => ({ text: line.text, links: line.links ?? 0, out: outOf(kinds[index] ?? null) ?? (captionIn(line.text, book, agencies) !== null ? 'inside' : null) }))
  const wholeStory = options.story || lines.length <= 3 || isWholeStory(marked)
  let title = options.known.title
  let body = lines.filter((_, index) => (input[index]?.links ?? 0) <= 0.8)
  let away: string[] = []
  let day: string | null = null
  if (!wholeStory) {
    const chosen = storyWindow(marked)
    const start = chosen[0] ?? lines.length
    const end = chosen[chosen.length - 1] ?? -1
    const picked = chosen.map((index) => lines[index] ?? '')
    const at = title === null && chosen.length > 0 ? headlineAbove(lines, start, picked, book) : -1
    if (at >= 0) title = lines[at] ?? null
    const inside = new Set(chosen)
    // Captions and furniture between the story's lines are read where they stand.
    const repeated = refrainsOf(lines)
    body = lines.filter((line, index) => !repeated.has(line) && (inside.has(index) || (index > start && index < end && marked[index]?.out != null)))
    away = lines.filter((line, index) => !inside.has(index) && index !== at && !body.includes(line))
    day = dayNear(lines, at >= 0 ? at : start, start, book, options.monthFirst)
  } else if (title === null) {
    const first = lines.findIndex((_, index) => kinds[index] === null)
    const next = lines.slice(first + 1).find((line) => isProse(line))
    const line = lines[first]
    if (first >= 0 && first <= 3 && line !== undefined && isHeadline(line, next) && isDateLine(line, book, options.monthFirst) === null && !isStoryOpening(line)) {
      title = line
      body = body.slice(body.indexOf(line) + 1)
      away = lines.slice(0, first)
    }
  }
  const sifted = sift(body, { book, agencies, monthFirst: options.monthFirst, title, authors: options.known.authors, captions: [], flat: true })
  const around = agenciesAround(sifted.paragraphs, book, agencies)
  const credited = [...new Set([...sifted.agencies, ...around])]
  const byline = bylineOf(sifted.bylines, book) || options.known.authors.join(', ') || reporterAround(sifted.paragraphs, book)
  return {
    title, paragraphs: sifted.paragraphs, captions: sifted.captions,
    furniture: [...furnitureOf(away, book), ...sifted.furniture], byline: byline || null, agencies: credited,
    publisher: options.known.publisher, published: options.known.published ?? sifted.day ?? day, url: options.known.url, declared: options.known.declared, notices: [],
  }
}

/** Lines a menu is made of. */
const MENU_LINE = 30
const MENU_RUN = 8

/** True when a text is a story with at most a few strange lines, not a page around a story: no menus, and little that is known furniture. */
function isWholeStory(lines: readonly WindowLine[]): boolean {
  const prose = lines.filter((line) => line.out === null && isProse(line.text)).length
  const stray = lines.filter((line) => line.out === null && !isProse(line.text)).length
  const outside = lines.filter((line) => line.out === 'outside').length
  if (stray <= Math.max(4, prose * 0.8) && outside <= Math.max(8, prose)) return true
  if (outside > 4 + lines.length * 0.03) return false
  let run = 0
  let menus = 0
  for (const line of lines) {
    run = line.out === 'outside' || (width(line.text) < MENU_LINE && !TERMINAL.test(line.text) && !/\p{N}/u.test(line.text)) ? run + 1 : 0
    if (run === MENU_RUN) menus++
  }
  return menus === 0
}

/** A first line that opens with a dateline or a quotation mark of speech is the story itself. */
function isStoryOpening(line: string): boolean {
  return width(line) > 120 && /[.。!?]\s/u.test(line.slice(0, -1))
}

function dayNear(lines: readonly string[], at: number, start: number, book: PhraseBook, monthFirst: boolean): string | null {
  for (let index = at; index <= Math.min(lines.length - 1, Math.max(start, at + 8)); index++) {
    const line = lines[index] ?? ''
    const hit = index < start && line.length <= 120 ? dateInLine(line, book, monthFirst)?.day ?? null : isDateLine(line, book, monthFirst)
    if (hit) return hit
  }
  for (let index = at - 1; index >= Math.max(0, at - 4); index--) {
    const hit = isDateLine(lines[index] ?? '', book, monthFirst)
    if (hit) return hit
  }
  return null
}

/** True when two lines say the same apart from case, digits and punctuation. */
export const sameLine = (a: string, b: string): boolean => bare(level(a)) === bare(level(b))
