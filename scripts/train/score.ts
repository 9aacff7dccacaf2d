/** Measuring weights on held-out sentences, through the same analyser that runs in the product. */
import type { Sentence, Token } from '../../src/model/index.ts'
import { loadAnalyser } from '../../src/text/analysis/analyser.ts'
import type { Example } from './treebank.ts'

/** One line of scores in per cent, all tokens counted: tags, tags with verb form, heads, heads with relation (subtypes not counted), and words a second. */
export function score(bytes: Uint8Array, examples: readonly Example[]): string {
  const analyser = loadAnalyser(bytes)
  let words = 0
  let tags = 0
  let forms = 0
  let heads = 0
  let relations = 0
  const ready = examples.map((example) => layOut(example))
  for (const { text, sentence } of ready) analyser.analyse(text, sentence)
  const started = performance.now()
  for (const { text, sentence } of ready) analyser.analyse(text, sentence)
  const seconds = (performance.now() - started) / 1000
  examples.forEach((example, index) => {
    ready[index]?.sentence.tokens.forEach((token, at) => {
      const [tag = '', form = ''] = (example.tags[at] ?? '').split('|')[0]?.split(':') ?? []
      words++
      if (token.tag === tag) tags++
      if (token.tag === tag && token.form === form) forms++
      if (token.head !== example.heads[at]) return
      heads++
      if (base(token.relation) === base(example.relations[at])) relations++
    })
  })
  const share = (count: number): string => ((100 * count) / words).toFixed(1)
  return `UPOS ${share(tags)}  with form ${share(forms)}  UAS ${share(heads)}  LAS ${share(relations)}  (${words} tokens, ${Math.round(words / seconds)} words/s)`
}

const base = (relation: string | undefined): string => relation?.split(':')[0] ?? ''

function layOut(example: Example): { text: string; sentence: Sentence } {
  const text = example.words.join(' ')
  let at = 0
  const tokens = example.words.map((word): Token => {
    const start = at
    at += word.length + 1
    return { start, end: start + word.length, norm: word, alternatives: [], cuts: [], kind: 'word' }
  })
  return { text, sentence: { index: 0, paragraph: 0, span: [0, text.length], tokens } }
}
