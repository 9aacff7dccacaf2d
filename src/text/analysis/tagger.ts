/** The tagger: one tag a word from left to right, by a linear model over the word, its neighbours and the tags before it. */
import { mix } from './mix.ts'
import type { SparseTable } from './table.ts'
import { AFTER, BEFORE, describeWord, type WordForm } from './words.ts'

/** Rows that depend on more than one word: at most this many. */
export const CONTEXT_ROWS = 24

/**
 * Writes to `out` the rows of the features that join a word with its neighbours and the tags before it; gives how many.
 * `words` are padded by two at both ends, so the word itself is `words[at]`; `before` and `before2` are the tags of the words left of it (-1 none).
 */
export function contextRows(words: readonly WordForm[], at: number, before: number, before2: number, caps: number, bits: number, out: Int32Array): number {
  const own = words[at]
  const left = words[at - 1]
  const right = words[at + 1]
  if (!own || !left || !right) return 0
  const shift = 32 - bits
  let n = 0
  out[n++] = mix(60, before, 0, 0) >>> shift
  out[n++] = mix(61, before2, 0, 0) >>> shift
  out[n++] = mix(62, before, before2, 0) >>> shift
  out[n++] = mix(63, before, own.word, 0) >>> shift
  out[n++] = mix(64, before, own.suffix, 0) >>> shift
  out[n++] = mix(65, before, right.word, 0) >>> shift
  out[n++] = mix(66, before, right.suffix, own.suffix) >>> shift
  out[n++] = mix(67, left.word, own.word, 0) >>> shift
  out[n++] = mix(68, own.word, right.word, 0) >>> shift
  out[n++] = mix(69, left.word, right.word, 0) >>> shift
  out[n++] = mix(70, own.shape, caps, at === 2 ? 1 : 0) >>> shift
  out[n++] = mix(71, own.shape, left.shape, right.shape) >>> shift
  out[n++] = mix(72, own.shape, before, right.shape) >>> shift
  out[n++] = mix(73, own.suffix, right.suffix, 0) >>> shift
  out[n++] = mix(74, own.word, before, before2) >>> shift
  out[n++] = mix(75, before, own.kind, right.kind) >>> shift
  out[n++] = mix(76, before, own.suffix, right.kind) >>> shift
  out[n++] = mix(77, own.word, right.kind, 0) >>> shift
  out[n++] = mix(78, before, before2, own.kind) >>> shift
  out[n++] = mix(79, own.kind, right.kind, words[at + 2]?.kind ?? 0) >>> shift
  out[n++] = mix(80, before, own.shape, right.kind) >>> shift
  return n
}

/** How much of a sentence is written with capitals, in three steps: headlines in capitals say nothing about names. */
export function capitals(words: readonly WordForm[], count: number): number {
  let big = 0
  for (let i = 2; i < count + 2; i++) if (words[i]?.capital) big++
  return count < 3 || big * 3 < count ? 0 : big * 3 < count * 2 ? 1 : 2
}

/** Tags the words of a sentence; the numbers of the tags go to `out`. */
export type Tagger = (written: readonly string[], out: Int32Array) => readonly WordForm[]

/** A word with the sums of its own rows, those of each of `WordFacts.rows` behind one another. */
interface Known extends WordForm { readonly sums: Int16Array }

const MEMORY = 30_000

/** Makes a tagger from its table and word list. What a word contributes by itself is summed once and remembered. */
export function createTagger(table: SparseTable, list: Int8Array): Tagger {
  const { bits, classes } = table
  const memory = new Map<string, Known>()
  const know = (written: string): Known => {
    const known = memory.get(written)
    if (known) return known
    const { rows, ...form } = describeWord(written, bits, list)
    const sums = new Int16Array(rows.length * classes)
    for (const [place, own] of rows.entries()) addRows(sums, table, own, own.length, place * classes)
    const made = { ...form, sums }
    if (memory.size >= MEMORY) memory.clear()
    memory.set(written, made)
    return made
  }
  const before = know(BEFORE)
  const after = know(AFTER)
  const rows = new Int32Array(CONTEXT_ROWS)
  const scores = new Int32Array(classes)
  return (written, out) => {
    const count = written.length
    const words: Known[] = [before, before]
    for (const word of written) words.push(know(word))
    words.push(after, after)
    const caps = capitals(words, count)
    let last = -1
    let last2 = -1
    for (let i = 0; i < count; i++) {
      const own = words[i + 2]?.sums ?? before.sums
      const left = words[i + 1]?.sums ?? before.sums
      const right = words[i + 3]?.sums ?? after.sums
      const farLeft = words[i]?.sums ?? before.sums
      const farRight = words[i + 4]?.sums ?? after.sums
      for (let label = 0; label < classes; label++) {
        scores[label] = (own[label] ?? 0) + (left[classes + label] ?? 0) + (right[2 * classes + label] ?? 0) + (farLeft[3 * classes + label] ?? 0) + (farRight[4 * classes + label] ?? 0)
      }
      const n = contextRows(words, i + 2, last, last2, caps, bits, rows)
      addRows(scores, table, rows, n)
      last2 = last
      last = best(scores)
      out[i] = last
    }
    return words
  }
}

/** Adds the weights of the first `count` rows to the scores that begin at `place`. */
export function addRows(scores: Int32Array | Int16Array, { starts, entries, filled }: SparseTable, rows: Int32Array, count: number, place = 0): void {
  for (let k = 0; k < count; k++) {
    const row = rows[k] ?? 0
    if (((filled[row >> 5] ?? 0) & (1 << (row & 31))) === 0) continue
    const end = starts[row + 1] ?? 0
    for (let i = starts[row] ?? 0; i < end; i++) {
      const entry = entries[i] ?? 0
      const at = place + (entry >> 8)
      scores[at] = (scores[at] ?? 0) + ((entry << 24) >> 24)
    }
  }
}

/** The place of the greatest number, the first of equals. */
export function best(scores: Int32Array | Float64Array): number {
  let at = 0
  for (let i = 1; i < scores.length; i++) if ((scores[i] ?? 0) > (scores[at] ?? 0)) at = i
  return at
}
