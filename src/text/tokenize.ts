/** Cutting a stretch of text into words. Linear in its length; every token is a span of the text. */
import type { Token } from '../model/index.ts'
import { bitsOf } from './bits.ts'
import { createFolder, type Folder, type FoldSettings } from './fold.ts'

export interface TokenSettings {
  readonly tokens: 'words' | 'characters'
  readonly fold: FoldSettings
  readonly enclitics: readonly string[]
  readonly proclitics: readonly string[]
  readonly clitics: { readonly layers: readonly (readonly string[])[]; readonly contracted: Readonly<Record<string, string>>; readonly tails: readonly string[]; readonly beforeTail: Readonly<Record<string, string>>; readonly minStem: number } | null
  readonly endings: { readonly list: readonly string[]; readonly minStem: number } | null
  /** Words written otherwise before some sounds, and how the tables write them. */
  readonly alike: Readonly<Record<string, string>>
}

export interface Tokenizer {
  readonly fold: Folder
  tokenize(text: string, start: number, end: number): Token[]
}

interface Variants { readonly norm: string; readonly alternatives: readonly string[]; readonly cuts: readonly string[]; readonly bits: number }

/** A token of a piece: where it stands in the piece, and the forms it is matched by. */
interface Part { readonly start: number; readonly end: number; readonly kind: Token['kind']; readonly forms: Variants }

/* A number with its separators, a dotted abbreviation, a word, or one other character. Ideographs stand alone only where the language says so. */
const PIECES = /(?:\p{L}\.){2,}(?:\p{L}(?!\p{L}))?|\p{N}+(?:[.,٫٬:]\p{N}+)*|[\p{L}\p{M}\p{N}_]+(?:['’ʼ`´](?=\p{L})[\p{L}\p{M}\p{N}]+)*|\S/gu
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const NUMBER = /^\p{N}/u
const LETTER = /\p{L}/u
const WORD = /^[\p{L}\p{M}_]/u
const APOSTROPHES = /[’ʼ`´]/gu
const MEMORY = 50_000
const NONE: readonly string[] = []

const plain = (norm: string): Variants => ({ norm, alternatives: NONE, cuts: NONE, bits: bitsOf(norm, NONE) })

/** Makes the tokenizer of a language from its script facts. */
export function createTokenizer(settings: TokenSettings): Tokenizer {
  const fold = createFolder(settings.fold)
  const memory = new Map<string, Variants>()
  const variants = (word: string): Variants => {
    const known = memory.get(word)
    if (known) return known
    const made = makeVariants(fold(word), word, settings)
    if (memory.size >= MEMORY) memory.clear()
    memory.set(word, made)
    return made
  }
  const formsOf = (word: string, kind: Token['kind']): Variants => (kind === 'word' ? variants(word) : plain(kind === 'number' ? fold(word) : word))
  // Pieces repeat as words do: how one is cut is remembered. Runs of ideographs are as long as clauses, and hardly any comes twice.
  const pieces = new Map<string, readonly Part[]>()
  const partsOf = (piece: string): readonly Part[] | null => {
    const known = pieces.get(piece)
    if (known) return known
    const made: Part[] = []
    const add: Add = (start, end, kind) => { made.push({ start, end, kind, forms: formsOf(piece.slice(start, end), kind) }) }
    if (NUMBER.test(piece) && !IDEOGRAPH.test(piece) && !LETTER.test(piece)) add(0, piece.length, 'number')
    else if (!WORD.test(piece) && !LETTER.test(piece)) add(0, piece.length, 'punct')
    else if (IDEOGRAPH.test(piece)) return null
    else addWord(piece, settings, add)
    if (pieces.size >= MEMORY) pieces.clear()
    pieces.set(piece, made)
    return made
  }
  return {
    fold,
    tokenize(text, start, end) {
      const out: Token[] = []
      const push = (from: number, to: number, kind: Token['kind'], { norm, alternatives, cuts, bits }: Variants): void => {
        // With room for what the analysis adds: tokens that grow are slow to make and to read.
        out.push({ start: from, end: to, kind, norm, alternatives, cuts, bits, tag: undefined, form: undefined, head: undefined, relation: undefined })
      }
      for (const match of text.slice(start, end).matchAll(PIECES)) {
        const from = start + match.index
        const [piece] = match
        const parts = partsOf(piece)
        if (parts) for (const part of parts) push(from + part.start, from + part.end, part.kind, part.forms)
        else addMixed(piece, settings.tokens === 'characters', (first, last, kind) => push(from + first, from + last, kind, formsOf(piece.slice(first, last), kind)))
      }
      return out
    },
  }
}

const MARKS = /\p{M}/gu

/** Takes a token of a piece: where it begins and ends in it. */
type Add = (start: number, end: number, kind: Token['kind']) => void

/* Ideographs one by one, runs of anything else as one word. */
function addMixed(piece: string, apart: boolean, add: Add): void {
  if (!apart) {
    add(0, piece.length, 'word')
    return
  }
  let run = 0
  const flush = (to: number): void => {
    if (to > run) add(run, to, NUMBER.test(piece.slice(run, to)) ? 'number' : 'word')
  }
  for (let i = 0; i < piece.length;) {
    const size = (piece.codePointAt(i) ?? 0) > 0xffff ? 2 : 1
    if (IDEOGRAPH.test(piece.slice(i, i + size))) {
      flush(i)
      add(i, i + size, 'word')
      run = i + size
    }
    i += size
  }
  flush(piece.length)
}

function addWord(piece: string, settings: TokenSettings, add: Add): void {
  const lower = piece.toLowerCase().replace(APOSTROPHES, "'")
  let from = 0
  let to = piece.length
  for (const proclitic of settings.proclitics) {
    if (lower.length > proclitic.length && lower.startsWith(proclitic)) {
      add(from, from + proclitic.length, 'word')
      from += proclitic.length
      break
    }
  }
  let tail = ''
  for (const enclitic of settings.enclitics) {
    if (to - from > enclitic.length && lower.endsWith(enclitic)) { tail = enclitic; break }
  }
  if (tail) to -= tail.length
  add(from, to, 'word')
  if (tail) add(to, piece.length, 'word')
}

/** The forms a folded word is matched by: itself, with clitics cut off, with a pronoun cut off its tail (marked `^`), with endings cut off (marked `~`). */
function makeVariants(norm: string, word: string, settings: TokenSettings): Variants {
  const forms = new Map<string, string>()
  const add = (form: string, cut: string): void => { if (form !== norm && form.length > 0 && !forms.has(form)) forms.set(form, cut) }
  if (settings.clitics) addCliticForms(norm, word, settings.clitics, add)
  if (settings.endings && norm.length > settings.endings.minStem && !(word.length <= 5 && word === word.toUpperCase())) {
    for (const ending of settings.endings.list) {
      if (norm.endsWith(ending) && norm.length - ending.length >= settings.endings.minStem) add(`${norm.slice(0, norm.length - ending.length)}~`, '')
    }
    add(`${norm}~`, '')
  }
  const alike = settings.alike[norm]
  if (alike !== undefined) add(alike, '')
  const alternatives = [...forms.keys()]
  return { norm, alternatives, cuts: [...forms.values()], bits: bitsOf(norm, alternatives) }
}

/** The marked forms under which an inflected word of a table is to be found as well: see `makeVariants`. */
export function lookupForms(norm: string, settings: TokenSettings): string[] {
  const out: string[] = []
  if (settings.clitics && settings.clitics.tails.length > 0) {
    out.push(`${norm}^`)
    for (const [written, changed] of Object.entries(settings.clitics.beforeTail)) if (norm.endsWith(written)) out.push(`${norm.slice(0, -written.length)}${changed}^`)
  }
  if (settings.endings && norm.length >= settings.endings.minStem) {
    out.push(`${norm}~`)
    const { list, minStem } = settings.endings
    let longest = ''
    for (const ending of list) if (norm.endsWith(ending) && norm.length - ending.length >= minStem && ending.length > longest.length) longest = ending
    if (longest !== '') out.push(`${norm.slice(0, -longest.length)}~`)
  }
  return out
}

function addCliticForms(norm: string, word: string, clitics: NonNullable<TokenSettings['clitics']>, add: (form: string, cut: string) => void): void {
  let bases: { form: string; cut: string }[] = [{ form: norm, cut: '' }]
  for (const layer of clitics.layers) {
    const next: { form: string; cut: string }[] = []
    for (const base of bases) {
      for (const clitic of layer) {
        if (base.form.startsWith(clitic) && base.form.length - clitic.length >= clitics.minStem) next.push({ form: base.form.slice(clitic.length), cut: base.cut + clitic })
      }
      for (const [written, meant] of Object.entries(clitics.contracted)) {
        if (!base.form.startsWith(written) || base.form.length - written.length < clitics.minStem) continue
        const rest = base.form.slice(written.length)
        next.push({ form: rest, cut: base.cut + meant })
        // The contraction undone in part: the outer clitic cut, the inner one given back to the word.
        const outer = layer.find((clitic) => meant.startsWith(clitic) && meant.length > clitic.length)
        if (outer !== undefined) next.push({ form: meant.slice(outer.length) + rest, cut: base.cut + outer })
      }
    }
    bases = [...bases, ...next]
  }
  for (const base of bases) add(base.form, base.cut)
  // An ending that is only levelled to look like a pronoun is none.
  const written = word.replace(MARKS, '')
  for (const base of bases) {
    for (const tail of clitics.tails) {
      if (!written.endsWith(tail)) continue
      if (base.form.endsWith(tail) && base.form.length - tail.length >= clitics.minStem + 1) add(`${base.form.slice(0, -tail.length)}^`, base.cut)
    }
  }
}
