/** Training and cross-validation of the weights that say how likely a report is right: of belief, and of telling where a language has them. */
import { type Blend, blended, type LinearModel, logistic, marginOf, marginOfClass, packModel, unpackModel } from '../src/text/linear/model.ts'
import { trainLinear } from '../src/text/linear/train.ts'
import { type SparseVector, vectorOf } from '../src/text/linear/vector.ts'
import { FOLDS, foldOf, isMeasure, type Labelled, type LabelledSentence, labelledSentences, RETOLD } from './labelled.ts'

export const SETTINGS = { size: 2 ** 16, cost: 0.3, epochs: 12, floor: 0.1 } as const
/** Groups without a word of a language: for all languages. */
export const NEUTRAL = { rule: 1, who: 0.7, pair: 0.7, around: 0.7 } as const
/** With the words of one language, where enough labelled sentences of the press are there. */
export const SURFACE = { ...NEUTRAL, words: 1 } as const
export const WITH_WORDS: readonly string[] = ['ar', 'en']
/** How much the reports of other languages count for the weights of one. */
const FOREIGN: Readonly<Record<string, number>> = { ar: 0.1 }
/** Weights of telling: hashed words and parts of words of a sentence. */
const WORDING = { size: 2 ** 15, cost: 0.5, epochs: 20, balance: 1, scale: { sentence: 1 } } as const
/** A type told again and again in passing may have a floor of its own: the labelled reports that takes, and the floors it is chosen from. */
const ENOUGH = 100
const CANDIDATES = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5] as const

interface Vectors { readonly all: readonly Labelled[]; readonly vectors: readonly SparseVector[]; readonly scale: Readonly<Record<string, number>>; readonly language: string | null; /** What its weights of telling are trained on. */ readonly sentences: readonly LabelledSentence[] }

/** All labelled reports as vectors, and the labelled sentences, for the weights of a language, null for the neutral ones: only its own reports show their words. */
export function vectorsFor(all: readonly Labelled[], language: string | null): Vectors {
  const scale = language === null ? NEUTRAL : SURFACE
  const foreign = language === null ? 1 : (FOREIGN[language] ?? 1)
  return { all: foreign === 1 ? all : all.map((one) => (one.language === language ? one : { ...one, weight: one.weight * foreign })), scale, language, sentences: language === null ? [] : labelledSentences(language), vectors: all.map((one) => vectorOf(one.language === language ? one.features : { ...one.features, words: [] }, scale, SETTINGS.size)) }
}

/** Trains on the reports outside fold `without` (all for null) and packs the weights. */
export function trainBelief({ all, vectors, scale }: Vectors, without: number | null, calibration: { slope: number; offset: number; floors?: Readonly<Record<string, number>> }): Uint8Array {
  const rows = all.flatMap((one, i) => (without !== null && foldOf(one.group) === without ? [] : [{ ...(vectors[i] as SparseVector), label: one.right ? 0 : 1, weight: one.weight }]))
  const weights = trainLinear(rows, { size: SETTINGS.size, classes: 2, cost: SETTINGS.cost, epochs: SETTINGS.epochs, balance: 0 })
  return packModel({ classes: ['right', 'wrong'], scale, size: SETTINGS.size, slope: calibration.slope, offset: calibration.offset, floor: SETTINGS.floor, ...(calibration.floors ? { floors: calibration.floors } : {}) }, weights)
}

/** Trains a class for each type of which the language has labelled sentences, on those outside fold `without` (all for null), and packs the weights. Null where there are none. */
export function trainTelling(sentences: readonly LabelledSentence[], without: number | null, blends: Readonly<Record<string, Blend>>): Uint8Array | null {
  const classes = [...new Set(sentences.map((one) => one.type))].sort()
  if (classes.length === 0) return null
  const { size, cost, epochs, balance, scale } = WORDING
  const weights = new Float32Array(classes.length * (size + 1))
  classes.forEach((type, index) => {
    const rows = sentences.filter((one) => one.type === type && (without === null || foldOf(one.group) !== without)).map((one) => ({ ...vectorOf(one.features, scale, size), label: one.yes ? 0 : 1, weight: one.weight }))
    weights.set(trainLinear(rows, { size, classes: 2, cost, epochs, balance }).subarray(0, size + 1), index * (size + 1))
  })
  return packModel({ classes, scale, size, slope: 1, blends }, weights)
}

export interface Validated {
  /** Weights of belief, a fold each, with the calibration found on all of them. */
  readonly models: readonly LinearModel[]
  /** Weights of telling, a fold each; none where the language has no labelled sentences. */
  readonly telling: readonly LinearModel[]
  readonly slope: number
  readonly offset: number
  readonly floors: Readonly<Record<string, number>>
  readonly blends: Readonly<Record<string, Blend>>
  /** Probability of each labelled report by weights that never saw it. */
  readonly probabilities: Float64Array
}

/** Cross-validation: a model a fold, the calibration fitted to their margins (Platt 1999; of two margins where the sentence's wording counts too), and what they say of the reports they never saw. */
export function validateBelief(input: Vectors): Validated {
  const { all, vectors, language, sentences } = input
  const folds = Array.from({ length: FOLDS }, (_, fold) => fold)
  const raw = folds.map((fold) => unpackModel(trainBelief(input, fold, { slope: 1, offset: 0 })))
  const margins = Float64Array.from(all, (one, i) => marginOf(vectors[i] as SparseVector, raw[foldOf(one.group)] as LinearModel))
  const [slope = 1, offset = 0] = fitLogistic(all.flatMap((one, i) => (isMeasure(one) ? [{ given: [margins[i] ?? 0], right: one.right, weight: one.weight }] : [])))
  const belief = margins.map((margin) => slope * margin + offset)
  const wording = sentences.length === 0 ? [] : folds.map((fold) => unpackModel(trainTelling(sentences, fold, {}) as Uint8Array))
  const told = all.map((one) => {
    const model = one.language === language && one.told ? wording[foldOf(one.group)] : undefined
    return model && one.told ? { type: one.told.type, margin: marginOfClass(vectorOf(one.told.features, model.scale, model.size), model, one.told.type) } : null
  })
  const blends: Record<string, Blend> = {}
  for (const type of wording[0]?.classes ?? []) {
    const [own = 1, telling = 0, rest = 0] = fitLogistic(all.flatMap((one, i) => (isMeasure(one) && told[i]?.type === type ? [{ given: [belief[i] ?? 0, told[i]?.margin ?? 0], right: one.right, weight: one.weight }] : [])))
    blends[type] = { belief: own, telling, offset: rest }
  }
  const probabilities = belief.map((margin, i) => {
    const wording = told[i]
    const blend = wording ? blends[wording.type] : undefined
    return wording && blend ? blended(blend, margin, wording.margin) : logistic(margin)
  })
  const floors = floorsOf(input, probabilities)
  return { models: raw.map((model) => ({ ...model, slope, offset, floors })), telling: wording.map((model) => ({ ...model, blends })), slope, offset, floors, blends, probabilities }
}

/* Where most reports the rules find of a type are wrong, as of attacks in a press that tells of little else, they are left out below the floor that finds the right ones best (F1 of items, each by its surest report). */
function floorsOf({ all, language }: Vectors, probabilities: Float64Array): Record<string, number> {
  const types = new Map<string, Map<string, { p: number; right: boolean }>>()
  all.forEach((one, i) => {
    const type = one.features['rule']?.find((name) => name.startsWith('type:'))?.slice(5)
    if (language === null || one.language !== language || type === undefined || !isMeasure(one)) return
    const items = types.get(type) ?? new Map<string, { p: number; right: boolean }>()
    types.set(type, items)
    const known = items.get(one.group)
    const p = probabilities[i] ?? 0
    if (!known || p > known.p) items.set(one.group, { p, right: one.right })
  })
  const out: Record<string, number> = {}
  for (const [type, found] of types) {
    const items = [...found.values()]
    const right = items.filter((item) => item.right).length
    if (!RETOLD.has(type) || items.length < ENOUGH || right * 2 >= items.length) continue
    const score = (floor: number): number => (2 * items.filter((item) => item.right && item.p >= floor).length) / (right + items.filter((item) => item.p >= floor).length)
    out[type] = CANDIDATES.reduce<number>((best, floor) => (score(floor) > score(best) ? floor : best), SETTINGS.floor)
  }
  return out
}

interface Seen { readonly given: readonly number[]; readonly right: boolean; readonly weight: number }

/* Newton's method on the weighted logistic loss: what each of the given numbers counts, and last what is added. */
function fitLogistic(rows: readonly Seen[]): number[] {
  const width = (rows[0]?.given.length ?? 0) + 1
  const out = new Array<number>(width).fill(0)
  for (let step = 0; step < 50; step++) {
    // The gradient stands behind the curvature, so that both are solved at once; a little is added to the diagonal, which keeps it solvable.
    const matrix = Array.from({ length: width }, (_, i) => Array.from({ length: width + 1 }, (_, j): number => (i === j ? 1e-6 : 0)))
    for (const { given, right, weight } of rows) {
      const x = [...given, 1]
      const p = logistic(x.reduce((sum, value, i) => sum + value * (out[i] ?? 0), 0))
      matrix.forEach((line, i) => {
        for (let j = 0; j < width; j++) line[j] = (line[j] ?? 0) + weight * p * (1 - p) * (x[i] ?? 0) * (x[j] ?? 0)
        line[width] = (line[width] ?? 0) + weight * ((right ? 1 : 0) - p) * (x[i] ?? 0)
      })
    }
    solved(matrix).forEach((change, i) => { out[i] = (out[i] ?? 0) + change })
  }
  return out
}

/* Gauss and Jordan on a small symmetric positive matrix with its right side behind it. */
function solved(matrix: number[][]): number[] {
  matrix.forEach((line, i) => {
    const pivot = line[i] ?? 1
    for (let k = 0; k < line.length; k++) line[k] = (line[k] ?? 0) / pivot
    matrix.forEach((other, j) => {
      const factor = other[i] ?? 0
      if (i !== j) line.forEach((value, k) => { other[k] = (other[k] ?? 0) - factor * value })
    })
  })
  return matrix.map((line) => line[line.length - 1] ?? 0)
}
