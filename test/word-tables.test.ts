/** Tables of word analysis: what is written is read again, with and without its zeros. */
import { expect, test } from 'vitest'
import { decodeWeights, encodeWeights, sparseTable, type Table } from '../src/text/analysis/table.ts'

/** A table with a few weights; `at` are places in its weights. */
function tableOf(bits: number, classes: number, at: Readonly<Record<number, number>>): Table {
  const weights = new Int8Array(classes * 2 ** bits)
  for (const [place, value] of Object.entries(at)) weights[Number(place)] = value
  return { bits, classes, weights }
}

const words = tableOf(4, 1, { 3: 2, 15: 1 })
const tag = tableOf(9, 5, { 0: -3, 4: 127, 7: -127, 1500: 9, 2559: 1 })
const moves = tableOf(3, 3, { 23: -1 })
const relation = tableOf(8, 7, { 70: 5, 71: 6, 76: -7 })

test('weights come back from the file as they were written', () => {
  const read = decodeWeights(encodeWeights({ tags: ['NOUN', 'VERB:past'], relations: ['root'], words, tag, moves, relation }))
  expect(read).toEqual({ tags: ['NOUN', 'VERB:past'], relations: ['root'], words, moves: { bits: 3, leads: Int32Array.of(0, 0, 0, 0, 0, 0, 0, -1) }, tag: sparseTable(tag), relation: sparseTable(relation) })
})

test('a table without its zeros holds each row where it stood', () => {
  const { starts, entries } = sparseTable(tag)
  const back = new Int8Array(tag.weights.length)
  for (let row = 0; row < 2 ** tag.bits; row++) for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i++) back[row * tag.classes + ((entries[i] ?? 0) >> 8)] = (entries[i] ?? 0) & 255
  expect([back, entries.length, starts.at(-1)]).toEqual([tag.weights, 5, 5])
})

test('tables that are cut short or of another kind are refused', () => {
  const bytes = encodeWeights({ tags: ['X'], relations: [], words, tag, moves: null, relation: null })
  expect(() => decodeWeights(bytes.subarray(0, bytes.length - 1))).toThrow(/cut short/u)
  expect(() => decodeWeights(Uint8Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9]))).toThrow(/not word analysis/u)
  expect(decodeWeights(bytes)).toMatchObject({ moves: null, relation: null })
})
