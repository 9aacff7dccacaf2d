/** Learned word analysis: what an engine made from a language's weights does. */
import type { Sentence } from '../../model/index.ts'

export interface Analyser {
  /** Sets `tag`, `form`, `head` and `relation` of the tokens of one sentence. */
  analyse(text: string, sentence: Sentence): void
}
