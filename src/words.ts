/** The words a text, or a query, is found by: folded and cut as its language's tables say; the same for both. */
import type { Knowledge } from './knowledge/index.ts'
import type { Tokenizer } from './text/tokenize.ts'

const SIGN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u
const PLAIN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}])[\p{L}\p{M}\p{N}_])+/gu
const COMBINING = /[\u0300-\u036f]/gu

/** Makes the function the store wants as `words`. */
export function searchWords(knowledge: Knowledge): (text: string, language: string) => Iterable<string> {
  return function* words(text, language) {
    const tokenizer = knowledge.tokenizer(language)
    let before = ''
    for (const word of tokenizer ? tokenizedWords(text, tokenizer) : plainWords(text)) {
      yield word
      // Scripts without spaces: single signs, and each with the next.
      const sign = SIGN.test(word)
      if (sign && before !== '') yield before + word
      before = sign ? word : ''
    }
  }
}

function* tokenizedWords(text: string, tokenizer: Tokenizer): Generator<string> {
  for (const { kind, norm, alternatives } of tokenizer.tokenize(text, 0, text.length)) {
    if (kind === 'punct') {
      // Ends a run of signs.
      yield ''
      continue
    }
    let word = norm
    // With what is written onto a word cut off: the shortest form that is whole.
    for (const form of alternatives) if (form.length < word.length && !/[~^]$/u.test(form)) word = form
    yield word
  }
}

function* plainWords(text: string): Generator<string> {
  for (const [word] of text.toLowerCase().normalize('NFD').replace(COMBINING, '').normalize('NFC').matchAll(PLAIN)) yield word
}
