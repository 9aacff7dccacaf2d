/** Cutting paragraphs into sentences with a language's terminators, abbreviations and quotation marks. Linear in the length. */
import type { Span } from '../model/index.ts'

export interface SentenceSettings {
  readonly terminators: string
  readonly abbreviations: readonly string[]
  /** Abbreviations that may end a sentence. */
  readonly soft: readonly string[]
  /** Words that begin sentences far more often than names: after a soft abbreviation only they open a new one, where there are any. */
  readonly starters: readonly string[]
  readonly quotes: readonly (readonly [string, string])[]
  readonly spaced: boolean
  /** In a headline a space parts two statements. */
  readonly gaps: boolean
}

/** A sentence without an end is cut at this many characters, at the last space, so that no cost can run away. */
const LONGEST = 2400
const CLOSERS = /[”’»"'）)\]」』】]/u

/** Makes the sentence splitter of a language: `split(text, span)` gives the spans of the sentences of one paragraph, in order. */
export function createSplitter(settings: SentenceSettings): (text: string, span: Span) => Span[] {
  const ends = new Set(settings.terminators)
  const hard = new Set(settings.abbreviations.map((word) => word.toLowerCase().replace(/\.$/u, '')))
  const soft = new Set(settings.soft.map((word) => word.toLowerCase().replace(/\.$/u, '')))
  const starters = new Set(settings.starters)
  return (text, [from, to]) => {
    const out: Span[] = []
    let start = from
    const cut = (end: number): void => {
      let a = start
      let b = end
      while (a < b && /\s/u.test(text[a] ?? '')) a++
      while (b > a && /\s/u.test(text[b - 1] ?? '')) b--
      if (b > a) out.push([a, b])
      start = end
    }
    const parts = settings.gaps && from === 0 ? partsOf(text, to) : null
    for (let i = from; i < to; i++) {
      if (parts?.has(i)) cut(i)
      if (i - start >= LONGEST) {
        const space = text.lastIndexOf(' ', i)
        cut(space > start ? space : i)
      }
      const character = text[i] ?? ''
      if (character === '\n') {
        if (text[i + 1] === '\n') cut(i)
        continue
      }
      if (!ends.has(character)) continue
      let end = i + 1
      while (end < to && (ends.has(text[end] ?? '') || CLOSERS.test(text[end] ?? ''))) end++
      if (isSentenceEnd(text, from, to, i, end, settings, { hard, soft, starters })) cut(end)
      i = end - 1
    }
    cut(to)
    return out
  }
}

/** Fewer letters than this on one side of a space are no statement. */
const STATEMENT = 4

/* Where a headline, which has no full stop, is parted by spaces between letters of a script that writes none. */
function partsOf(text: string, to: number): Set<number> {
  const out = new Set<number>()
  const headline = text.slice(0, to)
  if (/[。；;]/u.test(headline) || headline.length > HEADLINE) return out
  for (const { index } of headline.matchAll(/(?<=\p{Lo})\s+(?=\p{Lo})/gu)) {
    const before = /[^\s]*$/u.exec(headline.slice(0, index))?.[0] ?? ''
    const after = /^[^\s]*/u.exec(headline.slice(index).trimStart())?.[0] ?? ''
    if (before.length >= STATEMENT && after.length >= STATEMENT) out.add(index)
  }
  return out
}
/** A longer paragraph is no headline. */
const HEADLINE = 80

const OPENERS = /^[\s“‘«"'（([「『【—–-]+/u

interface Words { readonly hard: ReadonlySet<string>; readonly soft: ReadonlySet<string>; readonly starters: ReadonlySet<string> }

function isSentenceEnd(text: string, from: number, to: number, at: number, end: number, settings: SentenceSettings, words: Words): boolean {
  const { hard, soft, starters } = words
  if (end >= to) return true
  if (!settings.spaced || /[。！？؟۔]/u.test(text[at] ?? '')) return true
  const next = text.slice(end, Math.min(to, end + 24))
  if (!/^\s/u.test(next)) return false
  const first = next.replace(OPENERS, '')[0] ?? ''
  const startsLow = first !== '' && first !== first.toUpperCase()
  if (text[at] !== '.') return !startsLow
  const before = /[\p{L}\p{M}\p{N}.]{1,24}$/u.exec(text.slice(Math.max(from, at - 24), at))?.[0] ?? ''
  const word = before.toLowerCase()
  if (hard.has(word)) return false
  const initial = /(?:^|\.)\p{Lu}$/u.test(before) && before.length <= 3
  if (soft.has(word) || (initial && before.includes('.'))) {
    if (startsLow || first === first.toLowerCase()) return false
    const opener = /^\p{L}+/u.exec(next.replace(OPENERS, ''))?.[0].toLowerCase() ?? ''
    return starters.size === 0 || starters.has(opener)
  }
  if (initial) return false
  if (/^\p{N}{1,2}$/u.test(before) && startsLow) return false
  return !startsLow
}
