/** Wordings with words left out that reach too far: into what another verb or noun tells. */
import type { Ontology } from '../knowledge/ontology.ts'
import type { ActorMention, Token } from '../model/index.ts'
import type { Lexicon } from '../text/lexicon.ts'
import type { PhraseMatch } from '../text/phrases.ts'

/** "announced that it would impose sanctions": a wording with words left out does not reach into the clause of another verb. */
export function overThat({ words, start, end }: PhraseMatch<string>, tokens: readonly Token[], lexicon: Lexicon): boolean {
  if (end - start === words.length) return false
  for (let i = start + 1; i < end; i++) {
    if (words.includes(i) || !lexicon.markers.matchesAt(tokens, i, () => true).some((marker) => marker.value.kind === 'that' && marker.end <= end)) continue
    for (let at = i + 1; at < end; at++) if (!words.includes(at) && tokens[at]?.tag === 'VERB') return true
  }
  return false
}

/** Words between the mark of whose it is and the noun of a deed. */
const DEED = 4

/** "condemned X's attack on Y": a wording of what is said of a deed leaves the noun of that deed to tell it. */
export function overNoun({ value, words, start, end }: PhraseMatch<string>, tokens: readonly Token[], lexicon: Lexicon, ontology: Ontology, actorAt: ReadonlyMap<number, ActorMention>): boolean {
  if ((ontology.concepts[value]?.deed ?? ontology.concepts[value]?.gives) !== true || lexicon.roles?.qualifier !== 'before') return false
  const from = words.findLast((word, i) => words[i - 1] !== word - 1) ?? start
  const gap = words.findIndex((word, i) => words[i + 1] !== word + 1) + 1
  if (from === start || words[gap] !== from) return false
  for (let at = from - 1; at >= (words[gap - 1] ?? start) + 1 && from - at <= DEED && !actorAt.has(at); at--)
    if (lexicon.markers.matchesAt(tokens, at, () => false).some((marker) => marker.value.kind === 'post' && marker.value.role === 'of' && marker.end <= from)) return lexicon.concepts.matchesAt(tokens, from, () => false).some((other) => other.end === end && ontology.types[ontology.ruleOf.get(other.value)?.type ?? '']?.quad === 'material-conflict')
  return false
}

/** "has asked for consultations" is no "has consultations": an auxiliary leads no wording that leaves out its own verb. */
export function overParticiple({ words, start, end }: PhraseMatch<string>, tokens: readonly Token[]): boolean {
  const { tag, relation, head = -1 } = tokens[start] ?? {}
  return tag === 'AUX' && relation === 'aux' && head > start && head < end && !words.includes(head) && tokens[head]?.tag === 'VERB'
}
