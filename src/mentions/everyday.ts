/** Names of states that are everyday words as well: at the head of a sentence, where everything has a capital, they are told apart by what the article names elsewhere. */
import type { Sentence, Token } from '../model/index.ts'
import type { SentenceUnits, Unit } from './units.ts'

/** Words that may stand between a name and the next one it is listed with ("X, Y", "X and Y"). */
const LISTED = 1

const isCapital = (text: string, { start }: Token): boolean => (text[start] ?? '') !== (text[start] ?? '').toLowerCase()
const isState = (unit: Unit | undefined): boolean => unit?.entries[0]?.kind === 'state'

/* A word that opens its sentence and is the name of a state only as a weak one ("Anh": Britain, or "he"). */
function opening(sentence: Sentence, unit: Unit | undefined): unit is Unit {
  if (!unit || unit.last - unit.first !== 1 || !unit.entries.some((entry) => entry.kind === 'state' && entry.weak)) return false
  return sentence.tokens.slice(0, unit.first).every((token) => token.kind === 'punct')
}

/**
 * Leaves out such words where nothing says that the state is meant: before a name nobody knows ("Mr Tuan"), and behind the first sentence, where
 * a pronoun has somebody to stand for, unless the state is named elsewhere or listed with another.
 */
export function withoutEverydayWords(text: string, sentences: readonly Sentence[], found: readonly SentenceUnits[]): void {
  const openings = sentences.map((sentence, index) => (opening(sentence, found[index]?.units[0]) ? found[index]?.units[0] : undefined))
  if (openings.every((unit) => unit === undefined)) return
  const named = new Set<string>()
  found.forEach(({ units }, index) => {
    for (const unit of units) if (unit !== openings[index] || index === 0) for (const entry of unit.entries.slice(0, 1)) if (entry.kind === 'state') named.add(entry.id)
  })
  openings.forEach((unit, index) => {
    const [tokens, units] = [sentences[index]?.tokens ?? [], found[index]?.units]
    if (!unit || !units) return
    const [next, other] = [tokens[unit.last], units[1]]
    const isTitle = next?.kind === 'word' && isCapital(text, next) && other?.first !== unit.last
    const listed = isState(other) && other !== undefined && other.first - unit.last <= LISTED && other.first > unit.last
    if (isTitle || (index > 0 && !listed && !unit.entries.some(({ id }) => named.has(id)))) units.splice(0, 1)
  })
}
