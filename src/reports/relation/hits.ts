/** Wordings of concepts in a sentence with what surrounds them: negation, time, voice, and what they say of the next act. */
import type { Effect, Ontology } from '../../knowledge/ontology.ts'
import type { Token } from '../../model/index.ts'
import type { Lexicon, MarkerKind, MarkerValue } from '../../text/lexicon.ts'
import { longestMatches, type PhraseMatch } from '../../text/phrases.ts'

export interface Hit {
  readonly concept: string
  readonly first: number
  readonly last: number
  readonly head: number
  readonly words: readonly number[]
  /** Event type of the concept by the ontology's rules, null when it has none of its own. */
  readonly type: string | null
  readonly effect: Effect | null
  /** Letters for the markers shortly before: n negation, f future, h possibility. */
  readonly modality: string
  readonly passive: boolean
  readonly nominal: boolean
  /** The type the ontology gives it, with an embedded act and the modality taken into account. */
  readonly guess: string | null
}

const MODALITIES: Partial<Record<MarkerKind, string>> = { negation: 'n', absence: 'n', future: 'f', hypothetical: 'h', conditional: 'h' }
const REACH = 4
/** A gap in a wording may not run over the end of a clause. */
const GAP_STOP = /^[;,.!?()؛،؟。，；！？（）]$/u
const EMBED = 8

/** Finds the wordings of concepts in a sentence, longest first, in the order of the text. */
export function findHits(tokens: readonly Token[], lexicon: Lexicon, ontology: Ontology): Hit[] {
  const stop = (index: number): boolean => GAP_STOP.test(tokens[index]?.norm ?? '')
  const found: PhraseMatch<string>[] = []
  const markers: PhraseMatch<MarkerValue>[] = []
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.kind === 'punct') continue
    found.push(...lexicon.concepts.matchesAt(tokens, i, stop))
    markers.push(...lexicon.markers.matchesAt(tokens, i, stop))
  }
  const hits = longestMatches(found).filter((match) => ontology.concepts[match.value] !== undefined)
    .map((match) => describe(match, markers, tokens, ontology, lexicon.roles?.passiveLabels ?? []))
  return hits.map((hit, i) => ({ ...hit, guess: guess(hit, hits.slice(i + 1, i + 4), ontology) }))
}

function describe(match: PhraseMatch<string>, markers: readonly PhraseMatch<MarkerValue>[], tokens: readonly Token[], ontology: Ontology, passiveLabels: readonly string[]): Hit {
  const letters = new Set<string>()
  let passive = match.label.split('/').some((label) => passiveLabels.includes(label))
  const participle = match.label.split('/').includes('part')
  for (const marker of markers) {
    const distance = match.start - marker.end
    if (distance < 0 || distance > REACH) continue
    if (tokens.slice(marker.end, match.start).some((token) => token.kind === 'punct')) continue
    const letter = MODALITIES[marker.value.kind]
    if (letter) letters.add(letter)
    if (participle && marker.value.kind === 'passive' && distance <= 2) passive = true
  }
  return {
    concept: match.value, first: match.start, last: match.end, head: match.head, words: match.words, type: ontology.ruleOf.get(match.value)?.type ?? null,
    effect: ontology.concepts[match.value]?.effect ?? null, modality: [...letters].sort().join(''), passive, nominal: match.label === 'noun', guess: null,
  }
}

/* An act under a verb such as "refuse to" or under a negated future counts as what that makes of it. */
function guess(hit: Hit, next: readonly Hit[], ontology: Ontology): string | null {
  const embedded = next.find((other) => other.type !== null)
  const near = embedded && embedded.first - hit.last <= EMBED ? embedded.type : null
  if (hit.effect && hit.effect !== 'transparent') {
    const rows = ontology.matrix[hit.effect] ?? []
    const row = rows.find((candidate) => candidate.embedded.some((name) => (near ? name === near || name === 'any' || name === ontology.types[near]?.quad : name === 'none')))
    return row?.type ?? near
  }
  if (hit.effect) return near
  return hit.type
}
