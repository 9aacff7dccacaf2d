/** Learning the parser: a dynamic oracle says which moves still reach the best tree, also after mistakes. */
import { moveRows, PARSE_ROWS, relationRows } from '../../src/text/analysis/features.ts'
import { LEFT, MOVES, ParseState, RIGHT, SHIFT } from '../../src/text/analysis/state.ts'
import { best } from '../../src/text/analysis/tagger.ts'
import type { WordFacts } from '../../src/text/analysis/words.ts'
import { createRandom, dropRows, Perceptron, shuffled } from './perceptron.ts'

/** A sentence ready to be parsed: words padded by two, tags as the tagger gives them, true heads (root: the number of words) and relations. */
export interface ParseExample {
  readonly words: readonly WordFacts[]
  readonly tags: Int32Array
  readonly heads: readonly number[]
  readonly relations: readonly number[]
}

export interface ParseTraining { readonly relations: number; readonly moveBits: number; readonly relationBits: number; readonly epochs: number; readonly drop: number }

/** Trains the tables of moves and relations; deterministic. */
export function trainParser(examples: readonly ParseExample[], settings: ParseTraining, log: (line: string) => void): { moves: Perceptron; relation: Perceptron } {
  const moves = new Perceptron(settings.moveBits, MOVES)
  const relation = new Perceptron(settings.relationBits, settings.relations)
  const state = new ParseState()
  const rows = new Int32Array(PARSE_ROWS)
  const moveScores = new Float64Array(MOVES)
  const scores = new Float64Array(settings.relations)
  const random = createRandom(17)
  const keep = (count: number): number => dropRows(rows, count, settings.drop, random)
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    let wrong = 0
    let steps = 0
    for (const index of shuffled(examples.length, random)) {
      const example = examples[index]
      if (!example) continue
      const truth = new Truth(example)
      state.start(example.words, example.tags, example.heads.length)
      while (!state.done) {
        const costs = truth.costs(state)
        const count = keep(moveRows(state, settings.moveBits, rows))
        moveScores.fill(0)
        moves.add(moveScores, rows, count)
        const guess = choose(state, moveScores, null)
        const least = Math.min(...costs)
        const right = choose(state, moveScores, (move) => costs[move] === least)
        steps++
        if ((costs[guess] ?? 0) > least) {
          wrong++
          moves.update(rows, count, right, guess)
        }
        moves.tick()
        const move = epoch > 0 && random() < 0.9 ? guess : right
        if (move === SHIFT) state.shift()
        else state.link(move, learnRelation(state, move, example, relation, rows, scores, keep))
      }
    }
    log(`epoch ${epoch + 1}: ${((100 * wrong) / Math.max(1, steps)).toFixed(2)} % of moves wrong`)
  }
  return { moves, relation }
}

function choose(state: ParseState, scores: Float64Array, among: ((move: number) => boolean) | null): number {
  let at = -1
  for (let move = 0; move < MOVES; move++) {
    if (!state.allows(move) || (among && !among(move))) continue
    if (at < 0 || (scores[move] ?? 0) > (scores[at] ?? 0)) at = move
  }
  return at
}

function learnRelation(state: ParseState, move: number, example: ParseExample, model: Perceptron, rows: Int32Array, scores: Float64Array, keep: (count: number) => number): number {
  const child = state.onStack(0)
  const head = state.linkHead(move)
  const count = keep(relationRows(state, head, child, model.bits, rows))
  scores.fill(0)
  model.add(scores, rows, count)
  const guess = best(scores)
  const gold = example.relations[child] ?? 0
  if (example.heads[child] !== head) return guess
  if (guess !== gold) model.update(rows, count, gold, guess)
  model.tick()
  return guess
}

const NEVER = 1_000_000

/** The true tree of a sentence, and how many of its links each move would put out of reach (Goldberg and Nivre's arc-hybrid costs). */
export class Truth {
  private readonly heads: readonly number[]
  private readonly children: readonly (readonly number[])[]

  constructor(example: { readonly heads: readonly number[] }) {
    this.heads = example.heads
    const children: number[][] = Array.from({ length: example.heads.length + 1 }, () => [])
    example.heads.forEach((head, child) => { children[head]?.push(child) })
    this.children = children
  }

  /** Costs of SHIFT, LEFT and RIGHT; moves that are not allowed cost more than any other. */
  costs(state: ParseState): readonly [number, number, number] {
    const top = state.onStack(0)
    const front = state.front
    const head = this.heads[top] ?? -1
    const waiting = (this.children[top] ?? []).reduce((sum, child) => sum + (child >= front ? 1 : 0), 0)
    const onStack = (word: number): boolean => this.depthOf(state, word) >= 0
    let shift = NEVER
    if (state.allows(SHIFT)) {
      const own = this.heads[front] ?? -1
      shift = own < front && own !== top && onStack(own) ? 1 : 0
      for (const child of this.children[front] ?? []) if (child < front && onStack(child)) shift++
    }
    const left = state.allows(LEFT) ? waiting + (head > front || (head >= 0 && head === state.onStack(1)) ? 1 : 0) : NEVER
    const right = state.allows(RIGHT) ? waiting + (head >= front ? 1 : 0) : NEVER
    return [shift, left, right]
  }

  private depthOf(state: ParseState, word: number): number {
    for (let down = 0; down < state.depth; down++) if (state.onStack(down) === word) return down
    return -1
  }
}
