/** A book of phrases over words, looked up in one pass: names, concepts, markers. */
import type { Token } from '../model/index.ts'
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

interface Node<T> {
  readonly exact: Map<string, Edge<T>[]>
  readonly prefix: Map<string, Edge<T>[]>
  prefixLengths: number[]
  readonly gaps: { max: number; node: Node<T> }[]
  readonly values: T[]
}
interface Edge<T> { readonly node: Node<T>; readonly label: string; readonly cls: string }

const newNode = <T>(): Node<T> => ({ exact: new Map(), prefix: new Map(), prefixLengths: [], gaps: [], values: [] })

/** Labels of the forms of nouns and of what only qualifies them, in every language's tables. */
const NOUN = 'noun'
const QUALIFYING = new Set([NOUN, 'adj'])

export class PhraseBook<T> {
  readonly #root = newNode<T>()
  /** Step identity -> node, so that equal beginnings share nodes. */
  readonly #ids = new Map<Node<T>, Map<string, Node<T>>>()

  /** First word -> phrases not yet taken apart: most names never occur in a text. */
  readonly #waiting = new Map<string, (() => void)[]>()

  /** Adds a phrase when one of the words it can begin with is first looked up; `make` gives its steps. */
  addLater(first: readonly string[], make: () => readonly Step[], value: T): void {
    let done = false
    const now = (): void => {
      if (done) return
      done = true
      this.add(make(), value)
    }
    for (const word of first) {
      const waiting = this.#waiting.get(word)
      if (waiting) waiting.push(now)
      else this.#waiting.set(word, [now])
    }
  }

  #meet(form: string): void {
    const waiting = this.#waiting.get(form)
    if (!waiting) return
    this.#waiting.delete(form)
    for (const now of waiting) now()
  }

  add(steps: readonly Step[], value: T): void {
    let node = this.#root
    for (const step of steps) node = this.#child(node, step)
    node.values.push(value)
  }

  #child(node: Node<T>, step: Step): Node<T> {
    let children = this.#ids.get(node)
    if (!children) {
      children = new Map()
      this.#ids.set(node, children)
    }
    const id = step.kind === 'gap' ? `..${step.max}` : step.words.map((word) => `${word.word}${word.prefix ? '*' : ''}/${word.label}/${word.cls}`).join('|')
    const known = children.get(id)
    if (known) return known
    const child = newNode<T>()
    children.set(id, child)
    if (step.kind === 'gap') node.gaps.push({ max: step.max, node: child })
    else {
      for (const word of step.words) {
        const map = word.prefix ? node.prefix : node.exact
        const edges = map.get(word.word)
        const edge = { node: child, label: word.label, cls: word.cls }
        if (edges) edges.push(edge)
        else map.set(word.word, [edge])
        if (word.prefix && !node.prefixLengths.includes(word.word.length)) node.prefixLengths = [...node.prefixLengths, word.word.length].sort((a, b) => b - a)
      }
    }
    return child
  }

  /** Whether any match begins at token `at`. */
  beginsAt(tokens: readonly Token[], at: number, stop: (index: number) => boolean): boolean {
    return this.matchesAt(tokens, at, stop, 1).length > 0
  }

  /** The matches that begin at token `at`, in no order, `most` of them at most. `stop(i)` says that a gap may not run over token i. */
  matchesAt(tokens: readonly Token[], at: number, stop: (index: number) => boolean, most = Number.POSITIVE_INFINITY): PhraseMatch<T>[] {
    const out: PhraseMatch<T>[] = []
    let budget = 2000
    const visit = (node: Node<T>, index: number, words: readonly number[], head: number, label: string, cls: string, cut: string, loose: number): void => {
      if (--budget < 0 || out.length >= most) return
      if (words.length > 0) for (const value of node.values) out.push({ value, start: at, end: index, words, head, label, cls, cut, loose })
      const token = tokens[index]
      if (token) {
        const take = (edges: readonly Edge<T>[] | undefined, taken: string, whole: boolean): void => {
          for (const edge of edges ?? []) {
            // The first inflected word leads, but a verb leads before a noun ("soldiers were killed").
            const isHead = edge.cls !== '' && (cls === '' || (label === NOUN && !QUALIFYING.has(edge.label)))
            visit(edge.node, index + 1, [...words, index], isHead || head < 0 ? index : head, isHead ? edge.label : label, isHead ? edge.cls : cls, words.length === 0 ? taken : cut, whole ? loose : loose + 1)
          }
        }
        const lookup = (form: string, taken: string, whole: boolean): void => {
          take(node.exact.get(form), taken, whole)
          for (const length of node.prefixLengths) if (length <= form.length) take(node.prefix.get(form.slice(0, length)), taken, whole)
        }
        lookup(token.norm, '', true)
        for (let i = 0; i < token.alternatives.length; i++) lookup(token.alternatives[i] ?? '', token.cuts[i] ?? '', false)
      }
      for (const gap of node.gaps) {
        for (let skip = 0; skip <= gap.max && index + skip < tokens.length; skip++) {
          if (skip > 0 && stop(index + skip - 1)) break
          visit(gap.node, index + skip, words, head, label, cls, cut, loose)
        }
      }
    }
    const first = tokens[at]
    if (first && this.#waiting.size > 0) {
      this.#meet(first.norm)
      for (const form of first.alternatives) this.#meet(form)
    }
    if (first && this.#canBegin(first)) visit(this.#root, at, [], -1, '', '', '', 0)
    return out
  }

  #canBegin(token: Token): boolean {
    const root = this.#root
    const fits = (form: string): boolean => root.exact.has(form) || root.prefixLengths.some((length) => length <= form.length && root.prefix.has(form.slice(0, length)))
    return fits(token.norm) || token.alternatives.some(fits)
  }
}

/** Of overlapping matches keeps the ones with most words, then the closer together, the more exactly written, the earlier; one match per stretch of words. */
export function longestMatches<T>(matches: readonly PhraseMatch<T>[]): PhraseMatch<T>[] {
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
