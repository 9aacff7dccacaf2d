/** The word list of a language: frequent words, classed by the tags they take. */
import { describeWord, placeInList, WORD_LIST_BITS } from '../../src/text/analysis/words.ts'
import type { Example } from './treebank.ts'

/** A word is listed when it was seen this often. */
const SEEN = 3
/** A tag belongs to a word when it makes up this share of its uses. */
const SHARE = 0.05

/** Numbers the commonest classes from 1 to 127 and writes them at the places of their words. */
export function listWords(examples: readonly Example[]): Int8Array {
  const counts = new Map<string, Map<string, number>>()
  for (const example of examples) {
    example.words.forEach((written, index) => {
      const tags = counts.get(written) ?? new Map<string, number>()
      const tag = example.tags[index] ?? ''
      tags.set(tag, (tags.get(tag) ?? 0) + 1)
      counts.set(written, tags)
    })
  }
  const none = new Int8Array(0)
  const byPlace = new Map<number, Map<string, number>>()
  for (const [written, tags] of counts) {
    const place = placeInList(describeWord(written, 8, none).word)
    const sum = byPlace.get(place) ?? new Map<string, number>()
    for (const [tag, count] of tags) sum.set(tag, (sum.get(tag) ?? 0) + count)
    byPlace.set(place, sum)
  }
  const classOf = new Map<number, string>()
  const uses = new Map<string, number>()
  for (const [place, tags] of byPlace) {
    const total = [...tags.values()].reduce((sum, count) => sum + count, 0)
    if (total < SEEN) continue
    const name = [...tags].filter(([, count]) => count >= total * SHARE).sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([tag]) => tag).join(' ')
    classOf.set(place, name)
    uses.set(name, (uses.get(name) ?? 0) + total)
  }
  const numbers = new Map([...uses].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, 127).map(([name], index) => [name, index + 1]))
  const list = new Int8Array(2 ** WORD_LIST_BITS)
  for (const [place, name] of classOf) list[place] = numbers.get(name) ?? 0
  return list
}
