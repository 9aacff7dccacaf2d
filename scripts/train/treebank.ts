/** Treebank sentences on our own tokens: CoNLL-U words are laid over the text and brought together or apart as our tokenizer cuts it. */
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Tokenizer } from '../../src/text/tokenize.ts'

/** A training sentence; the arrays run over its tokens. */
export interface Example {
  readonly words: readonly string[]
  readonly tags: readonly string[]
  readonly heads: readonly number[]
  readonly relations: readonly string[]
}

interface Word { readonly form: string; readonly tag: string; readonly head: number; readonly relation: string; start: number; end: number }

/** Subtypes of relations that change who does what; all others are dropped. */
const SUBTYPES = new Set(['pass', 'agent', 'relcl', 'poss'])

/** Reads a gzipped CoNLL-U file. Sentences whose words cannot be found in their text, or whose heads make no tree on our tokens, are left out. */
export function readTreebank(file: string, tokenizer: Tokenizer): { examples: Example[]; left: number } {
  const examples: Example[] = []
  let left = 0
  for (const block of gunzipSync(readFileSync(file)).toString('utf8').split(/\n\s*\n/u)) {
    const lines = block.split('\n')
    const text = lines.find((line) => line.startsWith('# text = '))?.slice(9).normalize('NFC')
    if (text === undefined) continue
    const words = readWords(lines, text)
    const example = words ? project(text, words, tokenizer) : null
    if (example) examples.push(example)
    else left++
  }
  return { examples, left }
}

function readWords(lines: readonly string[], text: string): Word[] | null {
  const words: Word[] = []
  let at = 0
  let group: { last: number; start: number; end: number; form: string } | null = null
  for (const line of lines) {
    if (line.startsWith('#')) continue
    const [id = '', form = '', , upos = 'X', , feats = '_', head = '0', relation = 'dep'] = line.split('\t')
    const surface = form.normalize('NFC')
    if (id.includes('-')) {
      const start = find(text, surface, at)
      if (start < 0) return null
      group = { last: Number(id.split('-')[1]), start, end: start + surface.length, form: surface }
      at = group.end
      continue
    }
    if (!/^\d+$/u.test(id)) continue
    const inside = group !== null && Number(id) <= group.last
    const start = inside && group ? group.start : find(text, surface, at)
    if (start < 0) return null
    const end = inside && group ? group.end : start + surface.length
    if (!inside) at = end
    words.push({ form: surface, tag: tagName(upos, feats), head: Number(head) - 1, relation: relationName(relation), start, end })
    if (group && Number(id) === group.last) part(words, group)
  }
  return words.length > 0 ? words : null
}

/* The words of a multi-word token get their own letters where they are simply written together, else all of them. */
function part(words: Word[], group: { start: number; end: number; form: string }): void {
  const inside = words.filter((word) => word.start === group.start && word.end === group.end)
  if (inside.map((word) => word.form).join('').toLowerCase() !== group.form.toLowerCase()) return
  let at = group.start
  for (const word of inside) {
    word.start = at
    at += word.form.length
    word.end = at
  }
}

function find(text: string, form: string, from: number): number {
  const at = text.indexOf(form, from)
  return at >= 0 && text.slice(from, at).trim() === '' ? at : -1
}

/** The tag to learn: UPOS, the form of a verb, the case. */
export function tagName(upos: string, feats: string): string {
  const features = new Map(feats.split('|').map((pair) => [pair.split('=')[0] ?? '', pair.split('=')[1] ?? '']))
  const grammaticalCase = features.get('Case')?.split(',')[0] ?? ''
  const form = upos === 'VERB' || upos === 'AUX' ? formName(features.get('VerbForm') ?? '', features.get('Tense') ?? '', grammaticalCase) : ''
  return `${upos}${form === '' ? '' : `:${form}`}${grammaticalCase === '' ? '' : `|${grammaticalCase}`}`
}

function formName(form: string, tense: string, grammaticalCase: string): string {
  if (form === 'Inf') return 'inf'
  if (form === 'Ger' || form === 'Conv' || (form === 'Part' && tense === 'Pres' && grammaticalCase === '')) return 'ger'
  if (form === 'Part') return 'part'
  if (form !== 'Fin') return ''
  return tense === 'Past' || tense === 'Imp' || tense === 'Pqp' ? 'fin-past' : 'fin-pres'
}

function relationName(relation: string): string {
  const [base = 'dep', subtype = ''] = relation.split(':')
  return SUBTYPES.has(subtype) ? `${base}:${subtype}` : base
}

interface Piece { readonly start: number; readonly end: number; readonly kind: string }

/* Words to tokens: each word belongs to one token (its head piece), each token speaks for one word. */
function project(text: string, words: readonly Word[], tokenizer: Tokenizer): Example | null {
  const pieces: readonly Piece[] = tokenizer.tokenize(text, 0, text.length)
  const over = pieces.map((piece) => words.flatMap((word, index) => (word.start < piece.end && word.end > piece.start ? [index] : [])))
  const tokenOf = words.map((word, index) => {
    let best = -1
    pieces.forEach((piece, token) => {
      if (!over[token]?.includes(index)) return
      if (best < 0 || weight(piece, word) > weight(pieces[best] ?? piece, word)) best = token
    })
    return best
  })
  if (tokenOf.includes(-1)) return null
  const speaks = pieces.map((_, token) => {
    const own = words.flatMap((_word, index) => (tokenOf[index] === token ? [index] : []))
    return own.find((index) => !own.includes(words[index]?.head ?? -1)) ?? -1
  })
  const heads: number[] = []
  const relations: string[] = []
  const tags: string[] = []
  for (const [token, piece] of pieces.entries()) {
    const spoken = speaks[token] ?? -1
    const word = words[spoken >= 0 ? spoken : (over[token]?.[0] ?? -1)]
    if (!word) return null
    if (spoken >= 0) {
      heads.push(word.head < 0 ? -1 : (tokenOf[word.head] ?? -1))
      relations.push(word.relation)
      tags.push(word.tag)
      continue
    }
    // A piece that only goes with a word cut further by us.
    const main = tokenOf[over[token]?.[0] ?? -1] ?? -1
    const mark = piece.kind === 'punct' && word.tag === 'PUNCT'
    heads.push(mark && word.head >= 0 ? (tokenOf[word.head] ?? -1) : main)
    relations.push(piece.kind === 'punct' ? 'punct' : 'flat')
    tags.push(piece.kind === 'punct' ? 'PUNCT' : word.tag)
  }
  return isTree(heads) ? { words: pieces.map((piece) => text.slice(piece.start, piece.end)), tags, heads, relations } : null
}

/* Of the pieces of a word the longest with letters stands for it. */
function weight(piece: Piece, word: Word): number {
  return Math.min(piece.end, word.end) - Math.max(piece.start, word.start) + (piece.kind === 'punct' ? 0 : 1000)
}

/** One root, and every way up ends there. */
export function isTree(heads: readonly number[]): boolean {
  if (heads.filter((head) => head < 0).length !== 1) return false
  return heads.every((_, index) => {
    let at = index
    for (let steps = 0; steps <= heads.length; steps++) {
      if (at < 0) return true
      at = heads[at] ?? -1
    }
    return false
  })
}
