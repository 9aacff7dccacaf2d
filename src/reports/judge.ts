/** How likely a report is right: the learned weights over what the rules saw and, where a language has them, over how its press words what it tells as news. */
import type { ReadSentence } from '../model/index.ts'
import { blended, type LinearModel, logistic, marginOf, marginOfClass } from '../text/linear/model.ts'
import { type FeatureGroups, type SparseVector, vectorOf } from '../text/linear/vector.ts'
import type { DraftReport } from './draft.ts'
import { tellingFeatures } from './telling.ts'

/** Gives a report its probability, and the least at which it is kept. */
export interface Judge {
  /** Whether it looks at the words around a report. */
  readonly words: boolean
  probability(features: FeatureGroups, draft: DraftReport, sentence: ReadSentence): number
  floor(draft: DraftReport): number
}

/** What is told as having come about, and not of a past long over. */
export const isNews = (draft: DraftReport): boolean => (draft.status === 'occurred' || draft.status === 'ongoing') && !draft.historical

/** A judge by weights of belief, null where there are none, with those of telling where a language has any: these know news of the day alone, and judge nothing else. */
export function judgeBy(belief: LinearModel | null, telling: LinearModel | null): Judge | null {
  if (belief === null) return null
  // One for all reports of a sentence.
  const told = new WeakMap<ReadSentence, SparseVector>()
  const vectorOfTelling = (sentence: ReadSentence, model: LinearModel): SparseVector => {
    const known = told.get(sentence)
    if (known) return known
    const made = vectorOf({ sentence: tellingFeatures(sentence) }, model.scale, model.size)
    told.set(sentence, made)
    return made
  }
  return {
    words: belief.scale['words'] !== undefined,
    probability(features, draft, sentence) {
      const margin = belief.slope * marginOf(vectorOf(features, belief.scale, belief.size), belief) + (belief.offset ?? 0)
      const blend = isNews(draft) ? telling?.blends?.[draft.type] : undefined
      if (!telling || !blend) return logistic(margin)
      return blended(blend, margin, marginOfClass(vectorOfTelling(sentence, telling), telling, draft.type))
    },
    // The floor of a type was learned from what the press tells as news of the day; what did not happen is another matter.
    floor: (draft) => (isNews(draft) ? belief.floors?.[draft.type] : undefined) ?? belief.floor ?? 0,
  }
}
