/** How sure a report is, from the signs of how it was found. The weights are fitted by `bench:quality` (docs/benchmarks.md, table of calibration). */
import type { Signs } from './draft.ts'

const WEIGHTS = { base: 1.1, nominal: -0.7, inherited: -0.5, embedded: -0.15, agent: 0.5, recipient: 0.5, pronoun: -0.4, far: -0.5, future: -0.2, loose: -0.9 } as const

/** Probability between 0.05 and 0.98, two decimals. */
export function confidenceOf(signs: Signs): number {
  let score: number = WEIGHTS.base
  if (signs.nominal) score += WEIGHTS.nominal
  if (signs.inherited) score += WEIGHTS.inherited
  if (signs.embedded) score += WEIGHTS.embedded
  score += signs.agent ? WEIGHTS.agent : -WEIGHTS.agent
  score += signs.recipient ? WEIGHTS.recipient : -WEIGHTS.recipient
  if (signs.pronoun) score += WEIGHTS.pronoun
  if (signs.distance > 8) score += WEIGHTS.far
  if (signs.future) score += WEIGHTS.future
  if (signs.loose) score += WEIGHTS.loose
  const probability = 1 / (1 + Math.exp(-score))
  return Math.round(Math.min(0.98, Math.max(0.05, probability)) * 100) / 100
}
