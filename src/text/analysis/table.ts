/** Weight tables and their file: sparse int8 weights, written as four streams so that they compress well. */

/** Weights of one decision: a row of `classes` numbers for each hashed feature. */
export interface Table<W extends Int8Array | Float32Array = Int8Array> {
  readonly bits: number
  readonly classes: number
  readonly weights: W
}

/** The same weights with only those that are not zero: of the rows with many classes hardly any has more than a few. */
export interface SparseTable {
  readonly bits: number
  readonly classes: number
  /** Where the weights of each row begin in `entries`, and at the end where the last row ends. */
  readonly starts: Int32Array
  /** Class in the upper byte, weight in the lower: side by side, because each is another trip to memory. */
  readonly entries: Uint16Array
  /** A bit for each row that holds something: most do not, and these bits stay in the processor's nearest memory where `starts` does not. */
  readonly filled: Int32Array
}

/**
 * The weights of a decision between three, a number a row: how far the second is ahead of the first in the upper half, the third in the lower.
 * Rows are added as they are, one trip to memory each; up to 128 of them do not run over.
 */
export interface LeadTable { readonly bits: number; readonly leads: Int32Array }

/** All that has been learned of a language. Without `moves` and `relations` words are tagged but not linked. */
export interface Weights {
  /** Names of the tags: UPOS, then `:form` of verbs, then `|case`. */
  readonly tags: readonly string[]
  readonly relations: readonly string[]
  /** Classes of frequent words: see `WordFacts.kind`. */
  readonly words: Table
  readonly tag: Table
  readonly moves: Table | null
  readonly relation: Table | null
}

/** Weights as they are used. */
export interface ReadWeights extends Omit<Weights, 'tag' | 'moves' | 'relation'> {
  readonly tag: SparseTable
  readonly moves: LeadTable | null
  readonly relation: SparseTable | null
}

interface Stored { readonly bits: number; readonly classes: number; readonly streams: readonly number[] }
interface Header { readonly tags: readonly string[]; readonly relations: readonly string[]; readonly tables: readonly Stored[] }

const MAGIC = 0x52445731

/** The bytes of a weights file, before compression. */
export function encodeWeights(weights: Weights): Uint8Array {
  const tables = [weights.words, weights.tag, weights.moves, weights.relation].filter((table) => table !== null)
  const streams = tables.map(encodeTable)
  const header: Header = {
    tags: weights.tags, relations: weights.relations,
    tables: tables.map((table, index) => ({ bits: table.bits, classes: table.classes, streams: (streams[index] ?? []).map((stream) => stream.length) })),
  }
  const text = new TextEncoder().encode(JSON.stringify(header))
  const all = [new Uint8Array(8), text, ...streams.flat()]
  const out = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of all) {
    out.set(part, at)
    at += part.length
  }
  const view = new DataView(out.buffer)
  view.setUint32(0, MAGIC)
  view.setUint32(4, text.length)
  return out
}

/** Reads what `encodeWeights` wrote; throws when the bytes are something else. */
export function decodeWeights(bytes: Uint8Array): ReadWeights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8 || view.getUint32(0) !== MAGIC) throw new Error('these are not word analysis weights')
  const end = 8 + view.getUint32(4)
  const header: Header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, end)))
  let at = end
  const tables = header.tables.map((stored) => {
    const [gaps, counts, which, values] = stored.streams.map((length) => {
      at += length
      return bytes.subarray(at - length, at)
    })
    if (!gaps || !counts || !which || !values || at > bytes.length) throw new Error('the word analysis weights are cut short')
    return { ...stored, gaps, counts, which, values }
  })
  const [words, tag, moves, relation] = tables
  if (!words || !tag || at !== bytes.length) throw new Error('the word analysis weights are cut short')
  return { tags: header.tags, relations: header.relations, words: readDense(words), tag: readSparse(tag), moves: moves ? readLeads(moves) : null, relation: relation ? readSparse(relation) : null }
}

/** Leaves the zeros out of a table. */
export function sparseTable({ bits, classes, weights }: Table): SparseTable {
  const starts = new Int32Array(2 ** bits + 1)
  const filled = new Int32Array(Math.ceil(2 ** bits / 32))
  const entries: number[] = []
  for (let at = 0; at < weights.length; at++) {
    const value = weights[at] ?? 0
    const row = Math.floor(at / classes)
    if (at % classes === 0) starts[row] = entries.length
    if (value === 0) continue
    entries.push(((at % classes) << 8) | (value & 255))
    filled[row >> 5] = (filled[row >> 5] ?? 0) | (1 << (row & 31))
  }
  starts[2 ** bits] = entries.length
  return { bits, classes, starts, entries: Uint16Array.from(entries), filled }
}

/* Streams: gaps between the rows that hold something, how many weights each holds, their classes, their values. */
function encodeTable({ classes, weights }: Table): Uint8Array[] {
  const gaps: number[] = []
  const counts: number[] = []
  const which: number[] = []
  const values: number[] = []
  let last = 0
  for (let row = 0; row * classes < weights.length; row++) {
    let count = 0
    for (let label = 0; label < classes; label++) {
      const value = weights[row * classes + label] ?? 0
      if (value === 0) continue
      which.push(label)
      values.push(value & 255)
      count++
    }
    if (count === 0) continue
    let gap = row - last
    for (; gap >= 128; gap >>>= 7) gaps.push((gap & 127) | 128)
    gaps.push(gap)
    counts.push(count)
    last = row
  }
  return [gaps, counts, which, values].map((stream) => Uint8Array.from(stream))
}

interface Streams extends Stored { readonly gaps: Uint8Array; readonly counts: Uint8Array; readonly which: Uint8Array; readonly values: Uint8Array }

function readDense({ bits, classes, gaps, counts, which, values }: Streams): Table {
  const weights = new Int8Array(classes * 2 ** bits)
  eachRow(gaps, counts, (row, from, to) => {
    for (let i = from; i < to; i++) weights[row * classes + (which[i] ?? 0)] = values[i] ?? 0
  })
  return { bits, classes, weights }
}

function readLeads({ bits, classes, gaps, counts, which, values }: Streams): LeadTable {
  if (classes !== 3) throw new Error('the word analysis weights know other moves')
  const leads = new Int32Array(2 ** bits)
  eachRow(gaps, counts, (row, from, to) => {
    let lead = 0
    for (let i = from; i < to; i++) {
      const label = which[i] ?? 0
      const weight = ((values[i] ?? 0) << 24) >> 24
      lead += label === 0 ? -weight * 0x10001 : label === 1 ? weight * 0x10000 : weight
    }
    leads[row] = lead
  })
  return { bits, leads }
}

function readSparse({ bits, classes, gaps, counts, which, values }: Streams): SparseTable {
  const starts = new Int32Array(2 ** bits + 1)
  const filled = new Int32Array(Math.ceil(2 ** bits / 32))
  let begun = 0
  eachRow(gaps, counts, (row, from) => {
    for (; begun <= row; begun++) starts[begun] = from
    filled[row >> 5] = (filled[row >> 5] ?? 0) | (1 << (row & 31))
  })
  starts.fill(values.length, begun)
  const entries = new Uint16Array(values.length)
  for (let i = 0; i < entries.length; i++) entries[i] = ((which[i] ?? 0) << 8) | (values[i] ?? 0)
  return { bits, classes, starts, entries, filled }
}

/* Gives each row that holds something with the part of the streams that holds it. */
function eachRow(gaps: Uint8Array, counts: Uint8Array, take: (row: number, from: number, to: number) => void): void {
  let at = 0
  let row = 0
  let next = 0
  for (let index = 0; index < counts.length; index++) {
    let gap = 0
    let shift = 0
    for (;;) {
      const byte = gaps[at] ?? 0
      at++
      gap |= (byte & 127) << shift
      shift += 7
      if (byte < 128) break
    }
    row += gap
    const from = next
    next += counts[index] ?? 0
    take(row, from, next)
  }
}
