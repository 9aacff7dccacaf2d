/** Averaged perceptron over hashed rows, and its rounding to the sparse int8 table that is kept. */
import type { Table } from '../../src/text/analysis/table.ts'

/** Weights in the making. */
export class Perceptron {
  readonly bits: number
  readonly classes: number
  readonly weights: Float32Array
  private readonly drift: Float64Array
  private readonly touched: Uint8Array
  private step = 1

  constructor(bits: number, classes: number) {
    this.bits = bits
    this.classes = classes
    this.weights = new Float32Array(classes * 2 ** bits)
    this.drift = new Float64Array(classes * 2 ** bits)
    this.touched = new Uint8Array(2 ** bits)
  }

  /** Adds the weights of the rows to the scores. */
  add(scores: Float64Array, rows: Int32Array, count: number): void {
    const { classes, weights } = this
    for (let k = 0; k < count; k++) {
      const base = (rows[k] ?? 0) * classes
      for (let label = 0; label < classes; label++) scores[label] = (scores[label] ?? 0) + (weights[base + label] ?? 0)
    }
  }

  /** Strengthens `right` and weakens `wrong` for these rows. */
  update(rows: Int32Array, count: number, right: number, wrong: number): void {
    for (let k = 0; k < count; k++) {
      const row = rows[k] ?? 0
      this.change(row * this.classes + right, 1)
      this.change(row * this.classes + wrong, -1)
      this.touched[row] = Math.min(255, (this.touched[row] ?? 0) + 1)
    }
  }

  /** One decision has been taken. */
  tick(): void {
    this.step++
  }

  private change(at: number, by: number): void {
    this.weights[at] = (this.weights[at] ?? 0) + by
    this.drift[at] = (this.drift[at] ?? 0) + by * this.step
  }

  /** The averaged weights as int8, at most `keep` of them: the greatest; rows that were changed only once are dropped. */
  finish(keep: number): Table {
    const { bits, classes, weights, drift, step, touched } = this
    const average = (at: number): number => ((touched[Math.floor(at / classes)] ?? 0) < 2 ? 0 : (weights[at] ?? 0) - (drift[at] ?? 0) / step)
    const sizes: number[] = []
    for (let at = 0; at < weights.length; at++) {
      const size = Math.abs(average(at))
      if (size > 0) sizes.push(size)
    }
    const sorted = Float64Array.from(sizes).sort()
    const least = sorted[Math.max(0, sorted.length - keep)] ?? 0
    const scale = 127 / (sorted[Math.floor(sorted.length * 0.9998)] ?? 1)
    const out = new Int8Array(weights.length)
    for (let at = 0; at < out.length; at++) {
      const value = average(at)
      if (Math.abs(value) >= least) out[at] = Math.max(-127, Math.min(127, Math.round(value * scale)))
    }
    return { bits, classes, weights: out }
  }
}

/** Leaves out each row by chance, so that no feature learns to rely on another; gives how many stay. */
export function dropRows(rows: Int32Array, count: number, share: number, random: () => number): number {
  let kept = 0
  for (let i = 0; i < count; i++) if (random() >= share) rows[kept++] = rows[i] ?? 0
  return kept
}

/** A small seeded generator, so that training twice gives the same weights. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The numbers below `count` in random order. */
export function shuffled(count: number, random: () => number): number[] {
  const order = Array.from({ length: count }, (_, index) => index)
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1))
    const kept = order[i] ?? 0
    order[i] = order[j] ?? 0
    order[j] = kept
  }
  return order
}
