/** What a written word tells by itself: its folded form, its ends and its shape, as hashes. */
import { hashText, mix } from './mix.ts'

/** What a written word looks like, whatever its neighbours. */
export interface WordForm {
  /** The word in lower case, digits levelled. */
  readonly word: number
  /** Its last three characters. */
  readonly suffix: number
  /** Its pattern of capitals, small letters, digits and marks. */
  readonly shape: number
  /** Its class in the language's word list: words that take the same tags; 0 unknown. */
  readonly kind: number
  /** Begins with a capital. */
  readonly capital: boolean
}

export interface WordFacts extends WordForm {
  /** Rows of the tag table it contributes as the word itself, as left, right, second left and second right neighbour. */
  readonly rows: readonly Int32Array[]
}

/** Beyond the ends of a sentence stand these two. */
export const BEFORE = '\u0002'
export const AFTER = '\u0003'

const APOSTROPHES = /[’ʼ`´]/gu
const DIGITS = /\p{N}/gu

/** The word list is a table of this size with a class in each place. */
export const WORD_LIST_BITS = 17

/** The place of a word in the word list. */
export function placeInList(word: number): number {
  return mix(900, word, 0, 0) >>> (32 - WORD_LIST_BITS)
}

/** Describes a word for tag tables with 2^`bits` rows and the word list that goes with them. */
export function describeWord(written: string, bits: number, list: Int8Array): WordFacts {
  const levelled = written.normalize('NFC').toLowerCase().replace(APOSTROPHES, "'").replace(DIGITS, '0')
  const length = levelled.length
  const word = hashText(levelled, 0, length)
  const tail = (size: number): number => hashText(levelled, Math.max(0, length - size), length)
  const front = (size: number): number => hashText(levelled, 0, Math.min(size, length))
  const suffix = tail(3)
  const shape = shapeOf(written)
  const kind = list[placeInList(word)] ?? 0
  const shift = 32 - bits
  const row = (seed: number, a: number, b = 0): number => mix(seed, a, b, 0) >>> shift
  const own = [row(1, 0), row(2, word), row(3, shape), row(4, word, shape), row(5, suffix, shape), row(6, front(1)), row(7, front(2)), row(8, front(3)), row(9, front(4)), row(10, Math.min(length, 12)), row(17, kind), row(18, kind, shape), row(19, kind, suffix)]
  for (let size = 1; size <= 6; size++) if (size <= length) own.push(row(10 + size, tail(size)))
  const near = (seed: number): number[] => [row(seed, word), row(seed + 1, tail(2)), row(seed + 2, suffix), row(seed + 3, shape), row(seed + 4, tail(4), shape), row(seed + 5, kind), row(seed + 6, kind, suffix)]
  const far = (seed: number): number[] => [row(seed, word), row(seed + 1, suffix), row(seed + 2, kind)]
  return { word, suffix, shape, kind, capital: written !== '' && /^\p{Lu}/u.test(written), rows: [own, near(20), near(30), far(40), far(50)].map((rows) => Int32Array.from(rows)) }
}

/* Runs of one class of character count once; at most eight runs. */
function shapeOf(written: string): number {
  let last = 0
  let runs = 0
  let h = 7
  for (const character of written) {
    const sort = sortOf(character)
    if (sort === last) continue
    last = sort
    h = Math.imul(h ^ sort, 0x01000193)
    runs++
    if (runs === 8) break
  }
  return h
}

function sortOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code >= 97 && code <= 122) return 1
  if (code >= 65 && code <= 90) return 2
  if (code >= 48 && code <= 57) return 3
  if (code < 128) return code + 16
  if (/\p{Lu}/u.test(character)) return 2
  if (/\p{Ll}/u.test(character)) return 1
  if (/\p{N}/u.test(character)) return 3
  return /\p{L}/u.test(character) ? 4 : 5
}
