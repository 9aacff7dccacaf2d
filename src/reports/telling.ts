/** How the press of a language words what it tells as news: names of features of a whole sentence, for the learned weights of `telling.bin.gz`. */
import type { ReadSentence } from '../model/index.ts'

/** Lengths of the parts of words. */
const PARTS = [3, 4] as const

/**
 * Words of a sentence, pairs of neighbours, and parts of words. Who is known by name stands for its kind alone (a state, a person), so that the weights
 * learn how attacks are told and not who used to be at war. Cost is linear in the sentence.
 */
export function tellingFeatures({ sentence, actors }: ReadSentence): string[] {
  const known = new Map<number, string>()
  for (const { first, last, actors: [actor] } of actors) {
    const kind = actor?.id.slice(0, actor.id.indexOf(':'))
    if (kind !== undefined && kind !== 'noun' && kind !== 'office') for (let i = first; i < last; i++) known.set(i, `#${kind}`)
  }
  const out: string[] = []
  let before: string | null = null
  sentence.tokens.forEach((token, i) => {
    const kind = known.get(i)
    if (token.kind !== 'word' && kind === undefined) return
    const word = kind ?? token.norm
    out.push(word)
    if (before !== null) out.push(`${before} ${word}`)
    before = word
    if (kind !== undefined) return
    const whole = `_${word}_`
    for (const length of PARTS) for (let from = 0; from + length <= whole.length; from++) out.push(`*${whole.slice(from, from + length)}`)
  })
  return out
}
