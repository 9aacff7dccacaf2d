/** The tagger: one tag a word from left to right, by a linear model over the word, its neighbours and the tags before it. */
import type { SparseTable } from './table.ts'
import { roomFor, rowsOf, templatesOf } from './templates.ts'
import { AFTER, BEFORE, describeWord, type WordForm } from './words.ts'

/** Rows that depend on more than one word: at most this many. */
export const CONTEXT_ROWS = 24

/* Facts are named by word and kind: `own`, those to its left and right; `tag` and `tag2` are the tags of the two before it. */
const CONTEXT_FACTS = ['tag', 'tag2', 'word', 'suffix', 'shape', 'kind', 'leftWord', 'leftShape', 'rightWord', 'rightSuffix', 'rightShape', 'rightKind', 'right2Kind', 'caps', 'begins'] as const

const CONTEXT_TEMPLATES = templatesOf(CONTEXT_FACTS, [
  [60, 'tag'], [61, 'tag2'], [62, 'tag', 'tag2'], [63, 'tag', 'word'], [64, 'tag', 'suffix'], [65, 'tag', 'rightWord'], [66, 'tag', 'rightSuffix', 'suffix'],
  [67, 'leftWord', 'word'], [68, 'word', 'rightWord'], [69, 'leftWord', 'rightWord'], [70, 'shape', 'caps', 'begins'], [71, 'shape', 'leftShape', 'rightShape'],
  [72, 'shape', 'tag', 'rightShape'], [73, 'suffix', 'rightSuffix'], [74, 'word', 'tag', 'tag2'], [75, 'tag', 'kind', 'rightKind'], [76, 'tag', 'suffix', 'rightKind'],
  [77, 'word', 'rightKind'], [78, 'tag', 'tag2', 'kind'], [79, 'kind', 'rightKind', 'right2Kind'], [80, 'tag', 'shape', 'rightKind'],
])

const contextFacts = roomFor(CONTEXT_FACTS)

/**
 * Writes to `out` the rows of the features that join a word with its neighbours and the tags before it; gives how many.
 * `words` are padded by two at both ends, so the word itself is `words[at]`; `before` and `before2` are the tags of the words left of it (-1 none).
 */
export function contextRows(words: readonly WordForm[], at: number, before: number, before2: number, caps: number, bits: number, out: Int32Array): number {
  const own = words[at]
  const left = words[at - 1]
  const right = words[at + 1]
  if (!own || !left || !right) return 0
  // In the order of their names above.
  let n = 0
  contextFacts[n++] = before
  contextFacts[n++] = before2
  contextFacts[n++] = own.word
  contextFacts[n++] = own.suffix
  contextFacts[n++] = own.shape
  contextFacts[n++] = own.kind
  contextFacts[n++] = left.word
  contextFacts[n++] = left.shape
  contextFacts[n++] = right.word
  contextFacts[n++] = right.suffix
  contextFacts[n++] = right.shape
  contextFacts[n++] = right.kind
  contextFacts[n++] = words[at + 2]?.kind ?? 0
  contextFacts[n++] = caps
  contextFacts[n++] = at === 2 ? 1 : 0
  return rowsOf(CONTEXT_TEMPLATES, contextFacts, bits, out)
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
  const rows = new Int32Array(CONTEXT_ROWS)
  const scores = new Int32Array(classes)
  const know = (written: string): Known => {
    const known = memory.get(written)
    if (known) return known
    const { rows: parts, word, suffix, shape, kind, capital } = describeWord(written, bits, list)
    const sums = new Int16Array(parts.length * classes)
    for (const [place, own] of parts.entries()) {
      scores.fill(0)
      addRows(scores, table, own, own.length)
      sums.set(scores, place * classes)
    }
    // Each field by name: objects put together from others are slow to read.
    const made = { word, suffix, shape, kind, capital, sums }
    if (memory.size >= MEMORY) memory.clear()
    memory.set(written, made)
    return made
  }
  const before = know(BEFORE)
  const after = know(AFTER)
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

/* Where the entries of each row gathered begin and end. */
const begins = new Int32Array(256)
const ends = new Int32Array(256)

/**
 * Adds the weights of the first `count` rows (256 at the most) to the scores. Which rows hold something, and how much, cannot be foreseen, and a branch
 * that cannot be foreseen keeps the processor from asking memory for the next row. So rows are gathered first, then their places, each without a branch.
 */
export function addRows(scores: Int32Array, { starts, entries, filled }: SparseTable, rows: Int32Array, count: number): void {
  let held = 0
  for (let k = 0; k < count; k++) {
    const row = rows[k] ?? 0
    rows[held] = row
    held += ((filled[row >> 5] ?? 0) >>> (row & 31)) & 1
  }
  for (let k = 0; k < held; k++) {
    const row = rows[k] ?? 0
    begins[k] = starts[row] ?? 0
    ends[k] = starts[row + 1] ?? 0
  }
  // A row that holds something has a first entry.
  for (let k = 0; k < held; k++) {
    const entry = entries[begins[k] ?? 0] ?? 0
    const at = entry >> 8
    scores[at] = (scores[at] ?? 0) + ((entry << 24) >> 24)
  }
  for (let k = 0; k < held; k++) {
    const end = ends[k] ?? 0
    for (let i = (begins[k] ?? 0) + 1; i < end; i++) {
      const entry = entries[i] ?? 0
      const at = entry >> 8
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
