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

/* A number with its separators, a dotted abbreviation, a word, or one other character. Ideographs stand alone only where the language says so. */
const PIECES = /(?:\p{L}\.){2,}(?:\p{L}(?!\p{L}))?|\p{N}+(?:[.,٫٬:]\p{N}+)*|[\p{L}\p{M}\p{N}_]+(?:['’ʼ`´](?=\p{L})[\p{L}\p{M}\p{N}]+)*|\S/gu
const IDEOGRAPH = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u
const NUMBER = /^\p{N}/u
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
  const push = (out: Token[], text: string, start: number, end: number, kind: Token['kind']): void => {
    const word = text.slice(start, end)
    const { norm, alternatives, cuts, bits } = kind === 'word' ? variants(word) : plain(kind === 'number' ? fold(word) : word)
    // With room for what the analysis adds: tokens that grow are slow to make and to read.
    out.push({ start, end, kind, norm, alternatives, cuts, bits, tag: undefined, form: undefined, head: undefined, relation: undefined })
  }
  return {
    fold,
    tokenize(text, start, end) {
      const out: Token[] = []
      const slice = text.slice(start, end)
      for (const match of slice.matchAll(PIECES)) {
        const from = start + match.index
        const piece = match[0]
        const to = from + piece.length
        if (NUMBER.test(piece) && !IDEOGRAPH.test(piece) && !/\p{L}/u.test(piece)) push(out, text, from, to, 'number')
        else if (!WORD.test(piece) && !/\p{L}/u.test(piece)) push(out, text, from, to, 'punct')
        else if (IDEOGRAPH.test(piece)) pushMixed(out, text, from, to, settings.tokens === 'characters', push)
        else pushWord(out, text, from, to, settings, push)
      }
      return out
    },
  }
}

const MARKS = /\p{M}/gu

type Push = (out: Token[], text: string, start: number, end: number, kind: Token['kind']) => void

/* Ideographs one by one, runs of anything else as one word. */
function pushMixed(out: Token[], text: string, start: number, end: number, apart: boolean, push: Push): void {
  if (!apart) {
    push(out, text, start, end, 'word')
    return
  }
  let run = start
  const flush = (to: number): void => {
    if (to > run) push(out, text, run, to, NUMBER.test(text.slice(run, to)) ? 'number' : 'word')
  }
  for (let i = start; i < end;) {
    const size = (text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1
    if (IDEOGRAPH.test(text.slice(i, i + size))) {
      flush(i)
      push(out, text, i, i + size, 'word')
      run = i + size
    }
    i += size
  }
  flush(end)
}

function pushWord(out: Token[], text: string, start: number, end: number, settings: TokenSettings, push: Push): void {
  const lower = text.slice(start, end).toLowerCase().replace(APOSTROPHES, "'")
  let from = start
  let to = end
  for (const proclitic of settings.proclitics) {
    if (lower.length > proclitic.length && lower.startsWith(proclitic)) {
      push(out, text, from, from + proclitic.length, 'word')
      from += proclitic.length
      break
    }
  }
  let tail = ''
  for (const enclitic of settings.enclitics) {
    if (to - from > enclitic.length && lower.endsWith(enclitic)) { tail = enclitic; break }
  }
  if (tail) to -= tail.length
  push(out, text, from, to, 'word')
  if (tail) push(out, text, to, end, 'word')
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
