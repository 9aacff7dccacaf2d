/** What participles do: describe the noun before them, tell of an object, or look like a past tense. */
import type { Token } from '../model/index.ts'

/** The noun before a participle that only describes it ("bronzes looted in 1897"); -1 for other verbs, or without a tree. */
export function nounDescribed(tokens: readonly Token[], at: number): number {
  const { relation, form, head = -1 } = tokens[at] ?? {}
  return relation === 'acl' && form === 'part' && head >= 0 && head < at && !tokens.some((other) => other.head === at && other.relation?.startsWith('aux') === true) ? head : -1
}

/** "fishermen detained last month": right behind its noun, with no object. */
export const isDescribing = (tokens: readonly Token[], at: number): boolean => at > 0 && nounDescribed(tokens, at) === at - 1 && !tokens.some((other) => other.head === at && other.relation?.startsWith('obj') === true)

/** "released three fishermen detained last month": a participle right behind the object of another verb, which the tree hangs on that verb, tells of the object. */
export function isOfObject(tokens: readonly Token[], at: number): boolean {
  const [noun, participle] = [tokens[at - 1], tokens[at]]
  return participle?.form === 'part' && participle.relation === 'advcl' && noun?.tag === 'NOUN' && noun.relation === 'obj' && noun.head === participle.head
}

/** "soldiers detained in X were released": a past tense that is written like the participle is one where another verb of the clause has no subject of its own. */
export function isReduced(tokens: readonly Token[], at: number): boolean {
  if (!tokens.some((token) => token.head === at && token.relation?.startsWith('nsubj') === true) || tokens.some((token) => token.head === at && token.relation === 'obj')) return false
  for (let i = at + 1; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || token.kind === 'punct' || token.relation === 'mark' || /^(?:CCONJ|SCONJ)$/u.test(token.tag ?? '')) return false
    if (token.form?.startsWith('fin-') !== true) continue
    const verb = token.tag === 'AUX' ? (token.head ?? i) : i
    return !tokens.some((other, k) => k > at && other.head === verb && other.relation?.startsWith('nsubj') === true)
  }
  return false
}
