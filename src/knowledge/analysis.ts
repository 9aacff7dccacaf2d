/** Loads the weights of a language's word analysis. */
import type { Analyser } from '../text/analysis/analyser.ts'

/** The analyser of a language folder; null when it has no weights. */
export function loadAnalyserFile(_folder: string): Analyser | null {
  return null
}
