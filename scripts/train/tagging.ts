/** Learning the tagger. */
import { AFTER, BEFORE, describeWord, type WordFacts } from '../../src/text/analysis/words.ts'
import { best, capitals, contextRows, CONTEXT_ROWS, createTagger } from '../../src/text/analysis/tagger.ts'
import { sparseTable } from '../../src/text/analysis/table.ts'
import { createRandom, dropRows, Perceptron, shuffled } from './perceptron.ts'
import type { Example } from './treebank.ts'
import { listWords } from './word-list.ts'

export interface TaggerTraining { readonly tagBits: number; readonly tagEpochs: number; readonly tagDrop: number }

/** Trains a tagger for the tags named, with its word list; deterministic. */
export function trainTagger(examples: readonly Example[], tags: readonly string[], { tagBits: bits, tagEpochs: epochs, tagDrop }: TaggerTraining): { model: Perceptron; list: Int8Array } {
  const list = listWords(examples)
  const model = new Perceptron(bits, tags.length)
  const numbers = new Map(tags.map((tag, index) => [tag, index]))
  const memory = new Map<string, WordFacts>()
  const know = (word: string): WordFacts => {
    const known = memory.get(word)
    if (known) return known
    const made = describeWord(word, bits, list)
    memory.set(word, made)
    return made
  }
  const ready = examples.map((example) => ({
    words: [BEFORE, BEFORE, ...example.words, AFTER, AFTER].map(know),
    gold: example.tags.map((tag) => numbers.get(tag) ?? 0),
  }))
  const random = createRandom(11)
  const scores = new Float64Array(tags.length)
  const rows = new Int32Array(160)
  const context = new Int32Array(CONTEXT_ROWS)
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const index of shuffled(ready.length, random)) {
      const item = ready[index]
      if (!item) continue
      const caps = capitals(item.words, item.gold.length)
      let last = -1
      let last2 = -1
      item.gold.forEach((gold, at) => {
        let count = 0
        for (const [role, offset] of OFFSETS.entries()) {
          for (const row of item.words[at + 2 + offset]?.rows[role] ?? []) rows[count++] = row
        }
        const more = contextRows(item.words, at + 2, last, last2, caps, bits, context)
        for (let k = 0; k < more; k++) rows[count++] = context[k] ?? 0
        count = dropRows(rows, count, tagDrop, random)
        scores.fill(0)
        model.add(scores, rows, count)
        const guess = best(scores)
        if (guess !== gold) model.update(rows, count, gold, guess)
        model.tick()
        last2 = last
        last = guess
      })
    }
  }
  return { model, list }
}

/** Where a word stands for each of the lists in `WordFacts.rows`. */
const OFFSETS = [0, -1, 1, -2, 2]

/** Tags sentences with a tagger that has not seen them: each part of the text by a tagger trained on the other parts. */
export function tagUnseen(examples: readonly Example[], tags: readonly string[], training: TaggerTraining, parts: number): Int32Array[] {
  const out: Int32Array[] = examples.map((example) => new Int32Array(example.words.length))
  for (let part = 0; part < parts; part++) {
    const { model, list } = trainTagger(examples.filter((_, index) => index % parts !== part), tags, training)
    const tagger = createTagger(sparseTable(model.finish(Number.MAX_SAFE_INTEGER)), list)
    examples.forEach((example, index) => {
      const into = out[index]
      if (index % parts === part && into) tagger(example.words, into)
    })
  }
  return out
}
