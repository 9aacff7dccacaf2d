/** The relation of two given spans: five-fold cross-validation of the model that is committed, folds by near-duplicate group. */
import { classify, packModel, unpackModel } from '../../src/text/linear/model.ts'
import { trainLinear } from '../../src/text/linear/train.ts'
import { vectorOf } from '../../src/text/linear/vector.ts'
import { scorer } from '../data.ts'
import { duplicateGroups, type LabelledPair, labelledPairs, type PairItem } from '../relations.ts'
import type { Row } from '../table.ts'

/** How the committed weights are trained; found by cross-validation on the development half. */
export const SETTINGS = { size: 2 ** 15, cost: 0.5, epochs: 30, balance: 0.3, slope: 2.2 } as const
export const SURFACE = { words: 1, near: 1, characters: 0.8, concepts: 1.2, shapes: 0.8, order: 0.3, reports: 1 } as const
/** Groups that hold no word of a language: they carry over to languages without labelled pairs. */
export const NEUTRAL = { concepts: 1.2, forms: 0.8, order: 0.3, reports: 1 } as const
const FOLDS = 5

interface Classified { readonly macroF1: number; readonly accuracy: number }

/** Trains a model on labelled pairs and packs it, as the file that is committed. */
export function trainModel(pairs: readonly LabelledPair[], scale: Readonly<Record<string, number>>): Uint8Array {
  const classes = [...new Set(pairs.map((pair) => pair.item.gold_root))].sort()
  const training = pairs.map((pair) => ({ ...vectorOf(pair.groups, scale, SETTINGS.size), label: classes.indexOf(pair.item.gold_root), weight: 1 }))
  const weights = trainLinear(training, { size: SETTINGS.size, classes: classes.length, cost: SETTINGS.cost, epochs: SETTINGS.epochs, balance: SETTINGS.balance })
  return packModel({ classes, scale, size: SETTINGS.size, slope: SETTINGS.slope }, weights)
}

/** Predictions for all pairs, each by a model that saw no text like it. */
export function crossValidate(pairs: readonly LabelledPair[], scale: Readonly<Record<string, number>>): { id: string; root: string; confidence: number }[] {
  const groups = duplicateGroups(pairs.map((pair) => pair.item.text))
  const order = [...new Set(groups)]
  const fold = new Map(order.map((group, i) => [group, i % FOLDS]))
  const out: { id: string; root: string; confidence: number }[] = []
  for (let k = 0; k < FOLDS; k++) {
    const model = unpackModel(trainModel(pairs.filter((_, i) => fold.get(groups[i] ?? -1) !== k), scale))
    pairs.forEach((pair, i) => {
      if (fold.get(groups[i] ?? -1) !== k) return
      const best = classify(pair.groups, model)[0]
      out.push({ id: pair.item.id, root: best?.label ?? '', confidence: best?.confidence ?? 0 })
    })
  }
  return out
}

/** `plv` by cross-validation, with all features and with the neutral ones only. */
export async function measureRelation(quick: boolean): Promise<Row[]> {
  const score = await scorer()
  const all = labelledPairs<PairItem>('plv.jsonl')
  const pairs = quick ? all.slice(0, 400) : all
  const gold = pairs.map((pair) => pair.item)
  const out: Row[] = []
  for (const [name, scale] of [['all features', SURFACE], ['neutral features only', NEUTRAL]] as const) {
    const predictions = crossValidate(pairs, scale)
    const result = score('plv', gold, predictions) as { root: Classified; penta: Classified }
    const own = name === 'all features' && !quick
    out.push({ set: 'plv', measure: `15 roots, macro-F1, ${name}`, n: pairs.length, value: result.root.macroF1, ...(own ? { target: 0.78 } : {}), anchor: 'SVM 0.716, ZSP 0.824, ConfliBERT 0.867, GPT-4 0.615, Universal PETRARCH 0.463' })
    out.push({ set: 'plv', measure: `accuracy, ${name}`, n: pairs.length, value: result.root.accuracy, anchor: 'ZSP 0.838' })
    out.push({ set: 'plv', measure: `4 classes, macro-F1, ${name}`, n: pairs.length, value: result.penta.macroF1, anchor: 'SVM 0.858, ZSP 0.896' })
    const sure = predictions.filter((prediction) => prediction.confidence >= 0.8)
    const byId = new Map(gold.map((item) => [item.id, item.gold_root]))
    out.push({ set: 'plv', measure: `right where confidence ≥ 0.8, ${name}`, n: sure.length, value: sure.length === 0 ? null : sure.filter((prediction) => byId.get(prediction.id) === prediction.root).length / sure.length, target: 0.8 })
  }
  return out
}
