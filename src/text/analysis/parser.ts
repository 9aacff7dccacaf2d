/** The parser: greedy moves by a linear model, and a relation for each link as it is made. */
import { moveRows, PARSE_ROWS, relationRows } from './features.ts'
import { LEFT, ParseState, RIGHT, SHIFT } from './state.ts'
import type { SparseTable, Table } from './table.ts'
import { addRows, best } from './tagger.ts'
import type { WordForm } from './words.ts'

/** Parses a tagged sentence; the state it gives holds heads (root: the number of words) and relations until the next call. */
export type Parser = (words: readonly WordForm[], tags: Int32Array, count: number) => ParseState

/** Makes a parser from the tables of moves and relations. */
export function createParser(moves: Table, relations: SparseTable): Parser {
  const state = new ParseState()
  const rows = new Int32Array(PARSE_ROWS)
  const scores = new Int32Array(relations.classes)
  return (words, tags, count) => {
    state.start(words, tags, count)
    while (!state.done) {
      const move = chooseMove(state, moves, rows)
      if (move === SHIFT) state.shift()
      else state.link(move, chooseRelation(state, move, relations, rows, scores))
    }
    return state
  }
}

function chooseMove(state: ParseState, { bits, weights }: Table, rows: Int32Array): number {
  const mayLeft = state.allows(LEFT)
  const mayRight = state.allows(RIGHT)
  const mayShift = state.allows(SHIFT)
  if (mayShift && !mayLeft && !mayRight) return SHIFT
  if (!mayShift && mayLeft !== mayRight) return mayLeft ? LEFT : RIGHT
  const n = moveRows(state, bits, rows)
  let shift = 0
  let left = 0
  let right = 0
  for (let k = 0; k < n; k++) {
    const base = (rows[k] ?? 0) * 3
    shift += weights[base] ?? 0
    left += weights[base + 1] ?? 0
    right += weights[base + 2] ?? 0
  }
  if (mayShift && (!mayLeft || shift >= left) && (!mayRight || shift >= right)) return SHIFT
  return mayLeft && (!mayRight || left >= right) ? LEFT : RIGHT
}

function chooseRelation(state: ParseState, move: number, relations: SparseTable, rows: Int32Array, scores: Int32Array): number {
  const n = relationRows(state, state.linkHead(move), state.onStack(0), relations.bits, rows)
  scores.fill(0)
  addRows(scores, relations, rows, n)
  return best(scores)
}
