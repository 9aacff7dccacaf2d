/** Stage 2: words to analysed words, where the language has learned weights. */
import type { Sentence } from '../model/index.ts'
import type { Analyser, AnalyserOptions } from '../text/analysis/analyser.ts'

export type { Analyser, AnalyserOptions } from '../text/analysis/analyser.ts'
export { loadAnalyser } from '../text/analysis/analyser.ts'

/** Analyses the sentences in place; without an analyser they stay as they are. */
export function tagSentences(text: string, sentences: readonly Sentence[], analyser: Analyser | null, options?: AnalyserOptions): void {
  if (!analyser) return
  for (const sentence of sentences) analyser.analyse(text, sentence, options)
}
