/** Stage 2: words to analysed words, where the language has learned weights. */
import type { Sentence } from '../model/index.ts'
import type { Analyser, AnalyserOptions } from '../text/analysis/analyser.ts'
import { besideNumber } from '../text/datelines.ts'
import { mendRelatives } from './relatives.ts'

export type { Analyser, AnalyserOptions } from '../text/analysis/analyser.ts'
export { loadAnalyser } from '../text/analysis/analyser.ts'

/** Analyses the sentences in place; without an analyser they stay as they are. */
export function tagSentences(text: string, sentences: readonly Sentence[], analyser: Analyser | null, options?: AnalyserOptions): void {
  if (!analyser) return
  let paragraph = -1
  for (const sentence of sentences) {
    const from = sentence.paragraph === paragraph ? 0 : datelineLength(text, sentence)
    paragraph = sentence.paragraph
    if (from === 0) analyser.analyse(text, sentence, options)
    else analyseFrom(text, sentence, from, analyser, options)
    if (options?.tagOnly !== true) mendRelatives(sentence.tokens)
  }
}

const DASH = /^[-–—]$/u
const MOST = 14

/**
 * How many words a date line takes ("LIMA (AFP) -", "HANOI, March 3 —"): all in capitals, numbers or marks up to a free-standing dash, and
 * a bracket closed, a comma and a number, or a first word all in capitals. Its place is no subject of the sentence that follows; weights learned on plain prose take it for one.
 */
function datelineLength(text: string, { tokens }: Sentence): number {
  for (let i = 1; i < Math.min(tokens.length - 3, MOST); i++) {
    const token = tokens[i]
    if (!token) return 0
    const word = text.slice(token.start, token.end)
    if (DASH.test(word) && /\s/u.test(text[token.end] ?? '')) {
      const first = text.slice(tokens[0]?.start ?? 0, tokens[0]?.end ?? 0)
      const shouted = first.length > 2 && first === first.toUpperCase() && first !== first.toLowerCase()
      return shouted || (tokens[i - 1]?.kind === 'number' && tokens.slice(0, i).some(({ norm }) => norm === ',')) || text[token.start - 1] === ')' || (text[token.start - 1] === ' ' && text[token.start - 2] === ')') ? i + 1 : 0
    }
    if (token.kind === 'word' && word === word.toLowerCase() && word !== word.toUpperCase() && !besideNumber(tokens, i)) return 0
  }
  return 0
}

/* The words of the date line stand by themselves, those behind it are analysed as if they began the sentence. */
function analyseFrom(text: string, sentence: Sentence, from: number, analyser: Analyser, options: AnalyserOptions | undefined): void {
  const rest = sentence.tokens.slice(from)
  analyser.analyse(text, { ...sentence, tokens: rest }, options)
  for (const token of rest) if (token.head !== undefined && token.head >= 0) token.head += from
  for (const token of sentence.tokens.slice(0, from)) {
    token.tag = token.kind === 'word' ? 'PROPN' : token.kind === 'number' ? 'NUM' : 'PUNCT'
    token.form = ''
    if (options?.tagOnly) continue
    token.head = -1
    token.relation = 'dep'
  }
}
