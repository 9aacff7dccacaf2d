/** Calibration: are reports told with a confidence right as often as it says? By five-fold cross-validation over the labelled reports. */
import { validateBelief, vectorsFor, WITH_WORDS } from '../beliefs.ts'
import { isMeasure, type Labelled, labelledReports } from '../labelled.ts'
import type { Row } from '../table.ts'

const BANDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const

/** Share of right reports by band of confidence; and of those at 0.8 or more, over all languages and for each. */
export function measureBelief(): Row[] {
  const all = labelledReports()
  const neutral = validateBelief(vectorsFor(all, null)).probabilities
  const own = new Map(WITH_WORDS.map((language) => [language, validateBelief(vectorsFor(all, language)).probabilities]))
  const judged = all.map((one, i) => ({ one, p: (own.get(one.language) ?? neutral)[i] ?? 0 })).filter(({ one }) => isMeasure(one))
  const share = (items: readonly { one: Labelled }[]): number | null => (items.length === 0 ? null : items.filter(({ one }) => one.right).length / items.length)
  const out: Row[] = BANDS.map((low) => {
    const items = judged.filter(({ p }) => p >= low && p < (low === 0.9 ? 2 : low + 0.1))
    return { set: 'calibration', measure: `right where confidence is ${low.toFixed(1)} to ${(low + 0.1).toFixed(1)}`, n: items.length, value: share(items) }
  })
  const sure = judged.filter(({ p }) => p >= 0.8)
  out.push({ set: 'calibration', measure: 'right where confidence ≥ 0.8', n: sure.length, value: share(sure), target: 0.8 })
  for (const language of [...new Set(all.map((one) => one.language))].sort()) {
    const items = sure.filter(({ one }) => one.language === language)
    if (items.length > 0) out.push({ set: 'calibration', measure: `right where confidence ≥ 0.8, ${language}`, n: items.length, value: share(items), target: 0.8 })
  }
  const left = judged.filter(({ p }) => p < 0.1)
  out.push({ set: 'calibration', measure: 'right among those left out', n: left.length, value: share(left) })
  return out
}
