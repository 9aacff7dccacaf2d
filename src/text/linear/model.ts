/** Linear models: classes and hashed weights, packed into a small file, and their use. */
import { type FeatureGroups, type SparseVector, vectorOf } from './vector.ts'

export interface LinearModel {
  readonly classes: readonly string[]
  /** Feature groups the model was trained on, with their weights; a model for all languages has only neutral ones. */
  readonly scale: Readonly<Record<string, number>>
  /** Cells of a class (a power of two). */
  readonly size: number
  /** Weights, class after class, each with its bias behind. */
  readonly weights: Int8Array
  /** What one step of a class's weights is worth. */
  readonly steps: Float32Array
  /** Slope of the probability over the margin. */
  readonly slope: number
  /** Added to the margin times the slope; 0 where left out. */
  readonly offset?: number
  /** Probability below which what the model judges is left out; 0 where left out. */
  readonly floor?: number
  /** Floors of single kinds of what is judged, where another serves better. */
  readonly floors?: Readonly<Record<string, number>>
  /** How the margin of a class goes together with that of the weights of belief (see `reports/judge.ts`). */
  readonly blends?: Readonly<Record<string, Blend>>
}

/** Logistic of two margins: what each counts, and what is added. */
export interface Blend { readonly belief: number; readonly telling: number; readonly offset: number }

/** Probability of a log-odds. */
export const logistic = (odds: number): number => 1 / (1 + Math.exp(-odds))

/** Probability by the calibrated margin of belief and the margin of telling. */
export const blended = (blend: Blend, belief: number, telling: number): number => logistic(blend.belief * belief + blend.telling * telling + blend.offset)

export interface Scored { readonly label: string; readonly score: number; readonly confidence: number }

const MAGIC = 'RDRL1\n'

/** Packs trained weights (see `train.ts`) into bytes: a line of JSON, the steps, the weights as int8. */
export function packModel(head: Pick<LinearModel, 'classes' | 'scale' | 'size' | 'slope' | 'offset' | 'floor' | 'floors' | 'blends'>, weights: Float32Array): Uint8Array {
  const row = head.size + 1
  const steps = new Float32Array(head.classes.length)
  const packed = new Int8Array(weights.length)
  head.classes.forEach((_, label) => {
    const own = weights.subarray(label * row, (label + 1) * row)
    let most = 1e-9
    for (const weight of own) most = Math.max(most, Math.abs(weight))
    steps[label] = most / 127
    for (let i = 0; i < row; i++) packed[label * row + i] = Math.round((own[i] ?? 0) / (most / 127))
  })
  const text = new TextEncoder().encode(`${MAGIC}${JSON.stringify(head)}\n`)
  const out = new Uint8Array(text.length + steps.byteLength + packed.byteLength)
  out.set(text)
  out.set(new Uint8Array(steps.buffer), text.length)
  out.set(new Uint8Array(packed.buffer), text.length + steps.byteLength)
  return out
}

/** Reads what `packModel` wrote. Throws Error when the bytes are something else. */
export function unpackModel(bytes: Uint8Array): LinearModel {
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, MAGIC.length))
  if (magic !== MAGIC) throw new Error('not a packed linear model')
  const end = bytes.indexOf(10, MAGIC.length)
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(MAGIC.length, end))) as Pick<LinearModel, 'classes' | 'scale' | 'size' | 'slope' | 'offset' | 'floor' | 'floors' | 'blends'>
  // A copy of its own: a Buffer would share its memory.
  const rest = Uint8Array.from(bytes.subarray(end + 1))
  const steps = new Float32Array(rest.buffer, 0, head.classes.length)
  const weights = new Int8Array(rest.buffer, steps.byteLength)
  if (weights.length !== head.classes.length * (head.size + 1)) throw new Error('the packed linear model is cut short')
  return { ...head, steps, weights }
}

/** Classes of a pair, best first. Confidence is the logistic of the margin over the next class. */
export function classify(groups: FeatureGroups, model: LinearModel): Scored[] {
  return classifyVector(vectorOf(groups, model.scale, model.size), model)
}

export function classifyVector(vector: SparseVector, model: LinearModel): Scored[] {
  const scored = model.classes.map((label, index) => ({ label, score: scoreOf(vector, model, index) })).sort((a, b) => b.score - a.score)
  return scored.map((item, rank) => {
    const other = scored[rank === 0 ? 1 : 0]
    const margin = item.score - (other?.score ?? 0)
    return { ...item, confidence: logistic(model.slope * margin + (model.offset ?? 0)) }
  })
}

/* Score of a class, by its place among the classes. */
const scoreOf = (vector: SparseVector, model: LinearModel, index: number): number => {
  const from = index * (model.size + 1)
  let sum = model.weights[from + model.size] ?? 0
  for (let k = 0; k < vector.indexes.length; k++) sum += (model.weights[from + (vector.indexes[k] ?? 0)] ?? 0) * (vector.values[k] ?? 0)
  return sum * (model.steps[index] ?? 0)
}

/** Margin of the first class over the second, of a model with two. */
export const marginOf = (vector: SparseVector, model: LinearModel): number => scoreOf(vector, model, 0) - scoreOf(vector, model, 1)

/** Margin of a class against whatever is not of it, of a model whose classes were trained each for itself. Throws Error for a class it does not have. */
export function marginOfClass(vector: SparseVector, model: LinearModel, label: string): number {
  const index = model.classes.indexOf(label)
  if (index < 0) throw new Error(`the weights know no class ${label}`)
  return scoreOf(vector, model, index)
}
