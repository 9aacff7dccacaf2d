/** The parser: greedy moves by a linear model, and a relation for each link as it is made. */
import { moveRows, PARSE_ROWS, relationRows } from './features.ts'
import { LEFT, ParseState, RIGHT, SHIFT } from './state.ts'
import type { LeadTable, SparseTable } from './table.ts'
import { addRows, best } from './tagger.ts'
import type { WordForm } from './words.ts'

/** Parses a tagged sentence; the state it gives holds heads (root: the number of words) and relations until the next call. */
export type Parser = (words: readonly WordForm[], tags: Int32Array, count: number) => ParseState

/** Makes a parser from the tables of moves and relations. */
export function createParser(moves: LeadTable, relations: SparseTable): Parser {
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

function chooseMove(state: ParseState, { bits, leads }: LeadTable, rows: Int32Array): number {
  const mayLeft = state.allows(LEFT)
  const mayRight = state.allows(RIGHT)
  const mayShift = state.allows(SHIFT)
  if (mayShift && !mayLeft && !mayRight) return SHIFT
  if (!mayShift && mayLeft !== mayRight) return mayLeft ? LEFT : RIGHT
  const n = moveRows(state, bits, rows)
  let sum = 0
  for (let k = 0; k < n; k++) sum = (sum + (leads[rows[k] ?? 0] ?? 0)) | 0
  // How far each is ahead of SHIFT.
  const right = (sum << 16) >> 16
  const left = (sum - right) >> 16
  if (mayShift && (!mayLeft || left <= 0) && (!mayRight || right <= 0)) return SHIFT
  return mayLeft && (!mayRight || left >= right) ? LEFT : RIGHT
}

function chooseRelation(state: ParseState, move: number, relations: SparseTable, rows: Int32Array, scores: Int32Array): number {
  const n = relationRows(state, state.linkHead(move), state.onStack(0), relations.bits, rows)
  scores.fill(0)
  addRows(scores, relations, rows, n)
  return best(scores)
}
