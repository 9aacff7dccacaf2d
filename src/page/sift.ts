/** Parts lines of story from captions, bylines, date lines and furniture. Used for extracted blocks and for flat text alike. */
import type { Agency } from '../knowledge/page.ts'
import type { Caption, Furniture, FurnitureKind } from '../model/index.ts'
import { agenciesIn, bylineIn, captionIn, looksLikeName, TERMINAL } from './credits.ts'
import { dateInLine, isDateLine, sentDay } from './dates.ts'
import { bare, furnitureKind, key, level, type PhraseBook } from './phrases.ts'

const PROSE = 60
const TOP = 8
/** How wide a line above the story may be whose date is the story's. */
const DATED = 120
const END = 6
/** Furniture whose heading stands over a list of links. */
const LISTS = new Set<FurnitureKind>(['related', 'navigation', 'tags'])

export interface Sifted {
  readonly paragraphs: readonly string[]
  readonly captions: readonly Caption[]
  readonly furniture: readonly Furniture[]
  readonly bylines: readonly string[]
  readonly agencies: readonly string[]
  /** Day on a date line near the top. */
  readonly day: string | null
}

export interface SiftOptions {
  readonly book: PhraseBook
  readonly agencies: readonly Agency[]
  readonly monthFirst: boolean
  /** Headline known beforehand; a line that repeats it is left out. */
  readonly title: string | null
  /** Writers known beforehand; a line that only names them is left out. */
  readonly authors: readonly string[]
  /** Captions known beforehand. */
  readonly captions: readonly Caption[]
  /** Text that came without markup: a heading over a list of links takes the list along. */
  readonly flat: boolean
}

/** Width of a line in Latin letters: an ideograph says as much as two. */
export function width(line: string): number {
  return line.length + (line.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0)
}

/** Scripts in which sentences are written without marks. */
const UNMARKED = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u
/** Words written into one another in a line: the items of a list whose gaps were lost. */
const GLUED = 6

/** True for a long line of names without any mark of a sentence, or of words written into one another: a menu whose items came as one line. */
export function isRow(line: string): boolean {
  if (UNMARKED.test(line)) return false
  return (line.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0) >= GLUED || !/[.,;:!?…،؛؟۔、。，；：！？।]/u.test(line)
}

/** True for a line that reads as prose: long enough, or ended like a sentence. */
export function isProse(line: string): boolean {
  return width(line) >= PROSE && TERMINAL.test(line) ? true : width(line) >= 2 * PROSE && !isRow(line)
}

export function sift(lines: readonly string[], options: SiftOptions): Sifted {
  const { book, agencies } = options
  const paragraphs: string[] = []
  const captions: Caption[] = [...options.captions]
  const furniture: Furniture[] = []
  const bylines: string[] = []
  const credited: string[] = []
  const known = new Set(options.captions.map((caption) => key(caption.text)))
  const title = options.title === null ? null : key(options.title)
  const authors = options.authors.map(key).filter((author) => author !== '')
  let day: string | null = null
  let list: FurnitureKind | null = null
  const lastProse = lines.findLastIndex((line) => isProse(line))
  const firstProse = lines.findIndex((line) => isProse(line))
  lines.forEach((line, index) => {
    const own = key(line)
    if (own === '') return
    const edge = index > lastProse || index >= lines.length - END ? 'end' : index < Math.max(TOP, firstProse + 1) ? 'top' : null
    const prose = isProse(line)
    // A line above the story that says whose it is or where it stands may say when, too.
    const stamped = (): void => { if (!prose && index < firstProse && width(line) <= DATED) day ??= dateInLine(line, book, options.monthFirst)?.day ?? null }
    const kind = index === 0 && width(line) > 30 && options.flat ? (TERMINAL.test(line) || width(line) > PROSE ? null : furnitureKind(line, book)) : furnitureKind(line, book)
    if (kind) {
      furniture.push({ kind, text: line })
      if (kind === 'source-link' || kind === 'navigation') stamped()
      if (kind === 'source-link') for (const name of agenciesIn(line, agencies, book.prefixes)) if (!credited.includes(name)) credited.push(name)
      list = options.flat && LISTS.has(kind) && book.lines.has(bare(level(line))) ? kind : null
      return
    }
    if (title !== null && own === title && paragraphs.length < 4) return
    if (known.has(own)) return
    if (!prose && edge === 'end' && lastProse >= 0 && bylineIn(line, book, agencies, edge)) {
      bylines.push(line)
      for (const name of agenciesIn(line, agencies, book.prefixes)) if (!credited.includes(name)) credited.push(name)
      return
    }
    const caption = captionIn(line, book, agencies)
    if (caption && !(index === 0 && options.flat)) {
      const last = paragraphs[paragraphs.length - 1]
      if (caption.text === line && caption.credit !== null && options.flat && paragraphs.length > 1 && last !== undefined && last.length < 300 && !TERMINAL.test(last)) {
        paragraphs.pop()
        captions.push({ text: last, credit: caption.credit })
      } else if (!known.has(key(caption.text))) captions.push(caption)
      known.add(own)
      list = null
      return
    }
    if (prose) list = null
    if (edge !== null && !prose) {
      const stamp = isDateLine(line, book, options.monthFirst)
      if (stamp !== null) {
        if (index <= Math.max(TOP, firstProse)) day ??= stamp
        const more = agenciesIn(line, agencies, book.prefixes)
        for (const name of more) if (!credited.includes(name)) credited.push(name)
        return
      }
    }
    if (!(prose && width(line) > 200) && bylineIn(line, book, agencies, edge)) {
      bylines.push(line)
      stamped()
      for (const name of agenciesIn(line, agencies, book.prefixes)) if (!credited.includes(name)) credited.push(name)
      return
    }
    if (edge !== null && own.length < 80 && authors.some((author) => own === author || (author.length > 5 && own.startsWith(author) && own.length < author.length + 25 && !prose))) {
      bylines.push(line)
      return
    }
    if (list && !prose && index < lines.length) {
      furniture.push({ kind: list, text: line })
      return
    }
    const afterStory = index > lastProse && lastProse >= 0
    const underTitle = options.flat && paragraphs.length === 1 && index <= 3 && firstProse > index
    if ((afterStory || underTitle) && looksLikeName(line) && (afterStory || line.trim().split(/\s+/u).length <= 3) && bylines.length === 0) {
      bylines.push(line)
      return
    }
    paragraphs.push(line)
  })
  day ??= sentDay(paragraphs[0] ?? '', book, options.monthFirst, (text) => agenciesIn(text, agencies, book.prefixes).length > 0)
  return { paragraphs, captions, furniture, bylines, agencies: credited, day }
}
