/** Word analysis of a language: tags, verb forms, heads and relations from learned weights. */
import type { Sentence } from '../../model/index.ts'
import { decodeWeights } from './table.ts'
import { createParser } from './parser.ts'
import { repair } from './repair.ts'
import { createTagger } from './tagger.ts'

export interface AnalyserOptions {
  /** Tags and verb forms only, no heads: about three times as fast. */
  readonly tagOnly?: boolean
}

export interface Analyser {
  /** Writes tags, forms, heads and relations into the tokens of the sentence. */
  analyse(text: string, sentence: Sentence, options?: AnalyserOptions): void
}

interface TagName { readonly tag: string; readonly form: string }

/** Makes the analyser of a language from the (uncompressed) bytes of its weights. */
export function loadAnalyser(bytes: Uint8Array): Analyser {
  const weights = decodeWeights(bytes)
  const names = weights.tags.map(readTag)
  const tagger = createTagger(weights.tag, weights.words.weights)
  const parser = weights.moves && weights.relation ? createParser(weights.moves, weights.relation) : null
  let tags = new Int32Array(256)
  return {
    analyse(text, sentence, options) {
      const { tokens } = sentence
      if (tokens.length > tags.length) tags = new Int32Array(tokens.length * 2)
      if (tokens.length === 0) return
      const words = tagger(tokens.map((token) => text.slice(token.start, token.end)), tags)
      tokens.forEach((token, index) => {
        const name = names[tags[index] ?? 0]
        token.tag = name?.tag ?? 'X'
        token.form = name?.form ?? ''
      })
      if (!parser || options?.tagOnly) return
      const { head, relation } = parser(words, tags, tokens.length)
      tokens.forEach((token, index) => {
        const at = head[index] ?? -1
        token.head = at < tokens.length ? at : -1
        token.relation = weights.relations[relation[index] ?? 0] ?? 'dep'
      })
      repair(tokens)
    },
  }
}

function readTag(name: string): TagName {
  const [tag = 'X', form = ''] = (name.split('|')[0] ?? '').split(':')
  return { tag, form }
}
