/** Numerals and number words of a language, in one scan. */
import type { Span } from '../../model/index.ts'
import { type NumberWord, Sum } from './compose.ts'
import { readNumeral } from './digits.ts'
import type { Comparator, NumberFinder, NumberHit, NumberTables } from './types.ts'
import { createViewer, isDigitUnit, isWordUnit, originalSpan } from './view.ts'
import { byFirst, WordList } from './wordlist.ts'

/** A number as it stands in a view (offsets into the view). */
export interface FoundNumber {
  readonly start: number
  readonly end: number
  readonly value: number
  readonly ordinal: boolean
  readonly form: NumberHit['form']
  readonly comparator: Comparator
  /** A plain run of four digits that could be a year. */
  readonly yearLike: boolean
}

/** Finds numbers in a levelled view; shared by the number and the quantity finder. */
export type NumberScan = (view: string) => FoundNumber[]

type Entry = readonly [string, number]
const entries = (words: Readonly<Record<string, readonly string[]>>): Entry[] => Object.entries(words).flatMap(([value, forms]) => forms.map((form) => [form, Number(value)] as const))

/** Compiles the scan. `level` folds the tables' words the way the text is folded. */
export function compileScan(tables: NumberTables, level: (text: string) => string): NumberScan {
  const { spaced } = tables
  const multipliers = new Map(entries(tables.multipliers))
  const duals = new Map(entries(tables.words))
  const words = new WordList<NumberWord>([
    ...entries(tables.words).filter(([form]) => !multipliers.has(form)).map(([form, value]) => [form, { kind: 'value', value } as const] as const),
    ...entries(tables.ordinals).map(([form, value]) => [form, { kind: 'ordinal', value } as const] as const),
    ...[...multipliers].map(([form, value]) => [form, { kind: 'multiplier', value, ...(duals.has(form) ? { alone: duals.get(form) ?? value } : {}) } as const] as const),
    ...tables.articles.map((form) => [form, { kind: 'article', value: 1 } as const] as const),
  ], level, spaced)
  const suffixes = new WordList(entries(tables.suffixes), level, true)
  const list = (forms: readonly string[]): WordList<true> => new WordList(forms.map((form) => [form, true] as const), level, spaced)
  const joiners = list(tables.joiners)
  const half = list(tables.half)
  const vague = list(tables.vague)
  const notFirst = new Set(tables.notFirst.map(level))
  const classifiers = list(tables.classifiers)
  const labels = list(tables.labels.flatMap((label) => ['', ...tables.clitics].map((clitic) => clitic + label)))
  const units = list(Object.values(tables.units).flatMap((unit) => unit.words))
  const ordinalPrefixes = list(tables.ordinalPrefixes)
  const ordinalSuffixes = new WordList(tables.ordinalSuffixes.map((form) => [form, true] as const), level, true)
  const inside = new WordList<Comparator>((['>', '<', '~'] as const).flatMap((sign) => tables.comparators[sign].inside.map((form) => [form, sign] as const)), level, false)
  const guarded = new Set(tables.guarded.map(level))
  const allGuarded = guarded.has('*')
  const group = new Set(tables.group.map((sign) => (sign === '\u00a0' ? ' ' : sign)))
  const cliticsAt = byFirst(tables.clitics.map(level).sort((a, b) => b.length - a.length))

  const kept = tables.keptClitics.map(level)

  const atWord = (view: string, at: number): boolean => {
    const code = view.charCodeAt(at)
    if (!isWordUnit(code)) return false
    if (at === 0 || !isWordUnit(view.charCodeAt(at - 1))) return true
    return !spaced && !(isDigitUnit(code) && isDigitUnit(view.charCodeAt(at - 1)))
  }

  /* A number word at a place, past any clitics; `bare` is where the word itself begins, `from` where its article does. */
  const wordAt = (view: string, at: number): { from: number; bare: number; end: number; word: NumberWord; clitic: boolean } | null => {
    const plain = words.match(view, at)
    if (plain) return { from: at, bare: at, end: plain.end, word: plain.value, clitic: false }
    for (const clitic of cliticsAt(view, at)) {
      const hit = words.match(view, at + clitic.length)
      if (hit) return { from: at + clitic.length - (kept.find((form) => clitic.endsWith(form))?.length ?? 0), bare: at + clitic.length, end: hit.end, word: hit.value, clitic: true }
    }
    return null
  }

  const skipBlanks = (view: string, at: number): number => {
    let i = at
    while (i < view.length && i - at < 3 && view[i] === ' ') i++
    return i
  }

  /* Goes on with words after what is already in the sum; returns the end. */
  const goOn = (view: string, sum: Sum, from: number): { end: number; comparator: Comparator; words: boolean } => {
    let end = from
    let comparator: Comparator = '='
    let some = false
    for (let count = 0; count < 24; count++) {
      const mark = inside.match(view, end)
      let next = mark ? mark.end : end
      const gap = skipBlanks(view, next)
      if (spaced && gap === next && view[next] !== '-') break
      next = view[next] === '-' ? next + 1 : gap
      const joiner = joiners.match(view, next)
      const after = joiner ? skipBlanks(view, joiner.end) : next
      const halved = half.match(view, next)
      if (halved && (sum.addHalf() || (wordAt(view, skipBlanks(view, halved.end))?.word.kind === 'multiplier' && sum.addPart()))) {
        end = halved.end
        some = true
        continue
      }
      const hit = wordAt(view, after)
      if (hit && sum.add(hit.word, joiner !== null || hit.clitic)) {
        if (mark) comparator = mark.value
        end = hit.end
        some = true
        continue
      }
      const digits = isDigitUnit(view.charCodeAt(after)) ? readNumeral(view, after, group, tables.decimal) : null
      const pure = digits && !isWordUnit(view.charCodeAt(digits.end)) && ((!joiner && !spaced) || joiner !== null || digits.grouped)
      if (digits && (pure || !spaced) && after - end <= 4 && !mark && sum.lastMultiplier > 0 && nextIsMultiplierOrEnd(view, digits.end, sum.lastMultiplier) && sum.addDigits(digits.value)) {
        end = digits.end
        some = true
        continue
      }
      break
    }
    return { end, comparator, words: some }
  }

  /* "2 billion 500 million": the digits belong on when a smaller multiplier follows. */
  const nextIsMultiplierOrEnd = (view: string, at: number, below: number): boolean => {
    const hit = wordAt(view, skipBlanks(view, at))
    return hit?.word.kind === 'multiplier' ? hit.word.value < below : !spaced
  }

  const guardedDigits = (view: string, start: number, end: number): boolean => {
    const previous = view[start - 1] ?? ''
    if (previous !== '' && '/:#№_@'.includes(previous)) return false
    if (start >= 2 && ((previous === '-' && isWordUnit(view.charCodeAt(start - 2))) || ((previous === '.' || previous === ',') && isDigitUnit(view.charCodeAt(start - 2))))) return false
    const next = view[end] ?? ''
    return !(next !== '' && '/:'.includes(next) && isDigitUnit(view.charCodeAt(end + 1)))
  }

  const digitsAt = (view: string, start: number): { found: FoundNumber | null; end: number } => {
    const numeral = readNumeral(view, start, group, tables.decimal)
    let stop = start
    while (stop < view.length && isDigitUnit(view.charCodeAt(stop))) stop++
    if (!numeral) return { found: null, end: skipRun(view, stop) }
    let { end, value } = numeral
    if (!guardedDigits(view, start, end)) return { found: null, end }
    let comparator: Comparator = '='
    const dash = /^-(\d+(?:[.,]\d+)?)/u.exec(view.slice(end, end + 16))
    if (dash) {
      const upper = readNumeral(view, end + 1, group, tables.decimal)
      if (!upper || upper.value <= value || view[upper.end] === '-' || (upper.value < 20 && !spacedMultiplier(view, upper.end))) return { found: null, end: end + dash[0].length }
      end = upper.end
      comparator = '>'
    }
    if (ordinalPrefixes.matchBefore(view, start, 6)) return { found: { start, end, value, ordinal: true, form: 'digits', comparator, yearLike: false }, end }
    const ordinal = ordinalSuffixes.match(view, end)
    if (ordinal) return { found: { start, end: ordinal.end, value, ordinal: true, form: 'digits', comparator, yearLike: false }, end: ordinal.end }
    const suffix = suffixes.match(view, end)
    if (suffix) return { found: { start, end: suffix.end, value: Number((value * suffix.value).toPrecision(12)), ordinal: false, form: 'mixed', comparator, yearLike: false }, end: suffix.end }
    const sum = new Sum(tables.unitsFirst)
    sum.start(value)
    // "4x", "3D": letters written on that are no unit make it a name.
    if (spaced && isWordUnit(view.charCodeAt(end)) && !units.match(view, end)) return { found: null, end }
    const yearLike = end - start === 4 && value >= 1900 && value <= 2100
    const tail = goOn(view, sum, end)
    if (tail.words) return { found: { start, end: tail.end, value: dash ? Number((value * (sum.value / value)).toPrecision(12)) : sum.value, ordinal: sum.ordinal, form: 'mixed', comparator: tail.comparator === '=' ? comparator : tail.comparator, yearLike: false }, end: tail.end }
    const mark = inside.match(view, end)
    if (mark && !spaced) return { found: { start, end: mark.end, value, ordinal: false, form: 'digits', comparator: mark.value, yearLike: false }, end: mark.end }
    return { found: { start, end, value, ordinal: false, form: 'digits', comparator, yearLike }, end }
  }

  const spacedMultiplier = (view: string, at: number): boolean => view[at] === '%' || wordAt(view, skipBlanks(view, at))?.word.kind === 'multiplier' || suffixes.match(view, at) !== null || /^ %/u.test(view.slice(at, at + 2))

  const wordsAt = (view: string, at: number): { found: FoundNumber | null; end: number } | null => {
    const first = wordAt(view, at)
    if (!first) return null
    const sum = new Sum(tables.unitsFirst)
    let end = first.end
    let rest: ReturnType<typeof goOn>
    if (first.word.kind === 'article') {
      const next = wordAt(view, skipBlanks(view, first.end))
      if (next?.word.kind !== 'multiplier' || !sum.add(next.word, false)) return null
      end = next.end
      rest = goOn(view, sum, end)
    } else {
      const word: NumberWord = first.word.kind === 'multiplier' && first.word.alone !== undefined ? { kind: 'value', value: first.word.alone } : first.word
      if (!sum.add(word, false)) return null
      rest = goOn(view, sum, end)
    }
    end = Math.max(end, rest.end)
    const text = view.slice(first.bare, end)
    if (first.word.kind === 'multiplier' && (notFirst.has(view.slice(first.bare, first.end)) || vague.matchBefore(view, trimBlanks(view, at)))) return { found: null, end }
    let comparator = rest.comparator
    if (allGuarded || guarded.has(text)) {
      const mark = inside.match(view, end)
      if (mark && !spaced) {
        end = mark.end
        comparator = mark.value
      }
      if (!classifiers.match(view, spaced ? skipBlanks(view, end) : end) && !(sum.ordinal && ordinalPrefixes.matchBefore(view, first.from, 6))) return null
    }
    const ordinal = sum.ordinal || ordinalPrefixes.matchBefore(view, first.from, 6) !== null
    return { found: { start: first.from, end, value: sum.value, ordinal, form: 'words', comparator, yearLike: false }, end }
  }

  return (view) => {
    const out: FoundNumber[] = []
    let i = 0
    while (i < view.length) {
      if (!atWord(view, i)) {
        i++
        continue
      }
      const clitic = isDigitUnit(view.charCodeAt(i)) ? '' : (cliticsAt(view, i).find((form) => isDigitUnit(view.charCodeAt(i + form.length))) ?? '')
      const at = i + clitic.length
      const hit = isDigitUnit(view.charCodeAt(at)) ? digitsAt(view, at) : wordsAt(view, i)
      if (!hit) {
        i++
        continue
      }
      const { found } = hit
      if (found && !(found.form !== 'words' && labels.matchBefore(view, trimBlanks(view, found.start)))) out.push(found)
      i = Math.max(hit.end, i + 1)
    }
    return out
  }
}

function trimBlanks(view: string, end: number): number {
  let i = end
  while (i > 0 && (view[i - 1] === ' ' || view[i - 1] === '(')) i--
  return i
}

/* Past the rest of a run of digits and signs that is no number. */
function skipRun(view: string, from: number): number {
  let i = from
  while (i < view.length && (isDigitUnit(view.charCodeAt(i)) || ('.,'.includes(view[i] ?? ' ') && isDigitUnit(view.charCodeAt(i + 1))))) i++
  return i
}

/** Compiles the number tables of a language once. */
export function compileNumbers(tables: NumberTables): NumberFinder {
  const viewer = createViewer(tables.fold)
  const scan = compileScan(tables, (text) => viewer(text, [0, text.length]).text)
  return {
    find(text, span): NumberHit[] {
      const view = viewer(text, span)
      return scan(view.text).map((hit) => ({ span: originalSpan(view, hit.start, hit.end) as Span, value: hit.value, ordinal: hit.ordinal, form: hit.form, comparator: hit.comparator }))
    },
  }
}
