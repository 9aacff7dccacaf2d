/** Weight tables and their file: sparse int8 weights, written as four streams so that they compress well. */

/** Weights of one decision: a row of `classes` numbers for each hashed feature. */
export interface Table<W extends Int8Array | Float32Array = Int8Array> {
  readonly bits: number
  readonly classes: number
  readonly weights: W
}

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
export function decodeWeights(bytes: Uint8Array): Weights {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 8 || view.getUint32(0) !== MAGIC) throw new Error('these are not word analysis weights')
  const end = 8 + view.getUint32(4)
  const header: Header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, end)))
  let at = end
  const tables = header.tables.map((stored) => {
    const streams = stored.streams.map((length) => {
      at += length
      return bytes.subarray(at - length, at)
    })
    return decodeTable(stored, streams)
  })
  const [words, tag, moves = null, relation = null] = tables
  if (!words || !tag || at !== bytes.length) throw new Error('the word analysis weights are cut short')
  return { tags: header.tags, relations: header.relations, words, tag, moves, relation }
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

function decodeTable({ bits, classes }: Stored, streams: readonly Uint8Array[]): Table {
  const [gaps, counts, which, values] = streams
  if (!gaps || !counts || !which || !values) throw new Error('the word analysis weights are cut short')
  const weights = new Int8Array(classes * 2 ** bits)
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
    const count = counts[index] ?? 0
    for (let i = 0; i < count; i++) {
      weights[row * classes + (which[next] ?? 0)] = values[next] ?? 0
      next++
    }
  }
  return { bits, classes, weights }
}
