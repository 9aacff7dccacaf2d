/** A book of phrases over words, looked up in one pass: names, concepts, markers. */
import type { Token } from '../model/index.ts'
import { ALL_BITS, bitOf } from './bits.ts'
import type { Step } from './patterns.ts'

export interface PhraseMatch<T> {
  readonly value: T
  /** Indexes of the first and one past the last token. */
  readonly start: number
  readonly end: number
  /** Indexes of the tokens that matched words (gaps left out). */
  readonly words: readonly number[]
  /** Index of the inflected head word (first word when none is inflected), with its form label and class. */
  readonly head: number
  readonly label: string
  readonly cls: string
  /** Clitics cut off the first token to make the match. */
  readonly cut: string
  /** How many of the words were matched only with a clitic or an ending cut off. */
  readonly loose: number
}

/* Most nodes have one way on or none, so what holds ways on is made when there is one. */
interface Node<T> {
  exact: Map<string, readonly Edge<T>[]> | null
  prefix: Map<string, readonly Edge<T>[]> | null
  prefixLengths: readonly number[]
  /** The bits of the words that lead on. */
  bits: number
  gaps: { max: number; node: Node<T> }[]
  values: T[]
  /** Step identity -> node, so that equal beginnings share nodes. */
  children: Map<string, Node<T>> | null
}
interface Edge<T> { readonly node: Node<T>; readonly label: string; readonly cls: string }
/** A way into the book: the edges one form of a word leads to, and what was cut off it. */
interface Entry<T> { readonly edges: readonly Edge<T>[]; readonly cut: string; readonly loose: 0 | 1 }

const NONE: never[] = []
const newNode = <T>(): Node<T> => ({ exact: null, prefix: null, prefixLengths: NONE, bits: 0, gaps: NONE, values: NONE, children: null })

/** Labels of the forms of nouns and of what only qualifies them, in every language's tables. */
const NOUN = 'noun'
const QUALIFYING = new Set([NOUN, 'adj'])

export class PhraseBook<T> {
  readonly #root = newNode<T>()
  /** The ways in from words met before, by their forms: the tokenizer gives equal words the same list. What waits for a word has been added when it gets here. */
  readonly #entries = new WeakMap<readonly string[], readonly Entry<T>[]>()
  /** First word -> numbers of phrases not yet taken apart: most names never occur in a text. */
  readonly #waiting = new Map<string, number | number[]>()
  readonly #make: ((number: number) => { readonly steps: readonly Step[]; readonly value: T } | null) | null

  /** `make` gives what `addLater` announced: each phrase once, null when it is asked for again. */
  constructor(make: ((number: number) => { readonly steps: readonly Step[]; readonly value: T } | null) | null = null) {
    this.#make = make
  }

  /** Adds the phrase of this number when one of the words it can begin with is first looked up. */
  addLater(first: readonly string[], number: number): void {
    for (const word of first) {
      const waiting = this.#waiting.get(word)
      if (waiting === undefined) this.#waiting.set(word, number)
      else if (typeof waiting === 'number') this.#waiting.set(word, [waiting, number])
      else waiting.push(number)
    }
  }

  #meet(form: string): void {
    const waiting = this.#waiting.get(form)
    if (waiting === undefined) return
    this.#waiting.delete(form)
    for (const number of typeof waiting === 'number' ? [waiting] : waiting) {
      const made = this.#make?.(number)
      if (made) this.add(made.steps, made.value)
    }
  }

  add(steps: readonly Step[], value: T): void {
    let node = this.#root
    for (const step of steps) node = this.#child(node, step)
    if (node.values === NONE) node.values = [value]
    else node.values.push(value)
  }

  #child(node: Node<T>, step: Step): Node<T> {
    const known = node.children?.get(step.id)
    if (known) return known
    const child = newNode<T>()
    node.children ??= new Map()
    node.children.set(step.id, child)
    if (step.kind === 'gap') node.gaps = [...node.gaps, { max: step.max, node: child }]
    else {
      // Forms of a word lead to the same edge, most of them to no other: they share one list of it, which stays as it is.
      let single: readonly Edge<T>[] = NONE
      for (const word of step.words) {
        const map: Map<string, readonly Edge<T>[]> = (word.prefix ? node.prefix : node.exact) ?? new Map()
        if (word.prefix) node.prefix = map
        else node.exact = map
        node.bits |= word.prefix ? ALL_BITS : bitOf(word.word)
        const edges = map.get(word.word)
        const [last] = single
        const edge = last?.label === word.label && last.cls === word.cls ? last : { node: child, label: word.label, cls: word.cls }
        if (edge !== last) single = [edge]
        map.set(word.word, edges ? [...edges, edge] : single)
        if (word.prefix && !node.prefixLengths.includes(word.word.length)) node.prefixLengths = [...node.prefixLengths, word.word.length].sort((a, b) => b - a)
      }
    }
    return child
  }

  /** Says that nothing is added any more: what steps were told apart by is forgotten. */
  seal(): void {
    const open = [this.#root]
    for (let node = open.pop(); node; node = open.pop()) {
      if (node.children) open.push(...node.children.values())
      node.children = null
    }
  }

  /** Whether any match begins at token `at`. */
  beginsAt(tokens: readonly Token[], at: number, stop: (index: number) => boolean): boolean {
    return this.matchesAt(tokens, at, stop, 1).length > 0
  }

  /** The matches that begin at token `at`, in no order, `most` of them at most. `stop(i)` says that a gap may not run over token i. */
  matchesAt(tokens: readonly Token[], at: number, stop: (index: number) => boolean, most = Number.POSITIVE_INFINITY): readonly PhraseMatch<T>[] {
    const first = tokens[at]
    if (!first) return NONE
    const entries = this.#entriesOf(first)
    if (entries.length === 0) return NONE
    const search: Search<T> = { tokens, at, stop, most, out: [], budget: BUDGET, words: [] }
    for (const { edges, cut, loose } of entries) follow(search, edges, cut, loose, at, -1, '', '', '')
    return search.out
  }

  #entriesOf(token: Token): readonly Entry<T>[] {
    if (token.kind !== 'word') return this.#enter(token)
    const known = this.#entries.get(token.alternatives)
    if (known) return known
    const made = this.#enter(token)
    this.#entries.set(token.alternatives, made.length === 0 ? NONE : made)
    return made
  }

  #enter({ norm, alternatives, cuts }: Token): readonly Entry<T>[] {
    if (this.#waiting.size > 0) {
      this.#meet(norm)
      for (const form of alternatives) this.#meet(form)
    }
    const out: Entry<T>[] = []
    for (const edges of edgesOf(this.#root, norm)) out.push({ edges, cut: '', loose: 0 })
    for (const [i, form] of alternatives.entries()) for (const edges of edgesOf(this.#root, form)) out.push({ edges, cut: cuts[i] ?? '', loose: 1 })
    return out
  }
}

/** How many nodes one search may visit. */
const BUDGET = 2000

/** A search under way. `words` are the tokens matched on the way to the node that is visited. */
interface Search<T> {
  readonly tokens: readonly Token[]
  readonly at: number
  readonly stop: (index: number) => boolean
  readonly most: number
  readonly out: PhraseMatch<T>[]
  budget: number
  readonly words: number[]
}

/* The edges a form leads to: those of the word itself, then those of its beginnings. */
function edgesOf<T>({ exact, prefix, prefixLengths }: Node<T>, form: string): (readonly Edge<T>[])[] {
  const beginnings = prefixLengths.filter((length) => length <= form.length).map((length) => prefix?.get(form.slice(0, length)))
  return [exact?.get(form), ...beginnings].filter((edges) => edges !== undefined)
}

function visit<T>(search: Search<T>, node: Node<T>, index: number, head: number, label: string, cls: string, cut: string, loose: number): void {
  const { tokens, words } = search
  if (--search.budget < 0 || search.out.length >= search.most) return
  for (const value of node.values) search.out.push({ value, start: search.at, end: index, words: words.slice(), head, label, cls, cut, loose })
  const token = tokens[index]
  if (token && (node.bits & (token.bits ?? ALL_BITS)) !== 0) {
    lookUp(search, node, token.norm, '', loose, index, head, label, cls, cut)
    const { alternatives, cuts } = token
    for (let i = 0; i < alternatives.length; i++) lookUp(search, node, alternatives[i] ?? '', cuts[i] ?? '', loose + 1, index, head, label, cls, cut)
  }
  for (const gap of node.gaps) {
    for (let skip = 0; skip <= gap.max && index + skip < tokens.length; skip++) {
      if (skip > 0 && search.stop(index + skip - 1)) break
      visit(search, gap.node, index + skip, head, label, cls, cut, loose)
    }
  }
}

function lookUp<T>(search: Search<T>, node: Node<T>, form: string, taken: string, loose: number, index: number, head: number, label: string, cls: string, cut: string): void {
  const edges = node.exact?.get(form)
  if (edges) follow(search, edges, taken, loose, index, head, label, cls, cut)
  for (const length of node.prefixLengths) {
    const some = length <= form.length ? node.prefix?.get(form.slice(0, length)) : undefined
    if (some) follow(search, some, taken, loose, index, head, label, cls, cut)
  }
}

function follow<T>(search: Search<T>, edges: readonly Edge<T>[], taken: string, loose: number, index: number, head: number, label: string, cls: string, cut: string): void {
  const { words } = search
  const cutHere = words.length === 0 ? taken : cut
  for (const edge of edges) {
    // The first inflected word leads, but a verb leads before a noun ("soldiers were killed").
    const isHead = edge.cls !== '' && (cls === '' || (label === NOUN && !QUALIFYING.has(edge.label)))
    words.push(index)
    visit(search, edge.node, index + 1, isHead || head < 0 ? index : head, isHead ? edge.label : label, isHead ? edge.cls : cls, cutHere, loose)
    words.pop()
  }
}

/** Of overlapping matches keeps the ones with most words, then the closer together, the more exactly written, the earlier; one match per stretch of words. */
export function longestMatches<T>(matches: readonly PhraseMatch<T>[]): PhraseMatch<T>[] {
  if (matches.length < 2) return [...matches]
  const order = [...matches].sort((a, b) => b.words.length - a.words.length || (a.end - a.start) - (b.end - b.start) || a.loose - b.loose || a.start - b.start)
  const taken = new Set<number>()
  const kept: PhraseMatch<T>[] = []
  for (const match of order) {
    if (match.words.some((word) => taken.has(word))) continue
    for (const word of match.words) taken.add(word)
    kept.push(match)
  }
  return kept.sort((a, b) => a.start - b.start || a.end - b.end)
}
