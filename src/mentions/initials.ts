/** Initials before a surname: they belong to the name, and say whose it is. Only for scripts that tell names by capitals. */
import type { Token } from '../model/index.ts'
import type { Lexicon } from '../text/lexicon.ts'
import type { Unit } from './units.ts'

/** One or more initials; written together with the name they may be of two letters that stand for one sound: "S.V.", "Dzh.". */
const INITIALS = /^(?:\p{Lu}\p{Ll}?\.)+$/u
const SINGLE = /^(?:\p{Lu}\.)+$/u
/** A first name, that of the father, and a particle written so, each with its full stop apart. */
const REACH = 6

/* Where the initials right before a token begin; the token itself where there are none. */
function initialsBefore(text: string, tokens: readonly Token[], at: number): number {
  const end = tokens[at]?.start ?? 0
  let first = at
  for (let i = at - 1; i >= 0 && at - i <= REACH; i--) {
    const [token, next] = [tokens[i], tokens[i + 1]]
    // A space may part initials from each other and from the name, nothing else.
    if (!token || !next || next.start - token.end > 1) break
    const words = text.slice(token.start, end)
    if ((/\s/u.test(words) ? SINGLE : INITIALS).test(words.replace(/\s/gu, ''))) first = i
    else if (!(token.kind === 'punct' && token.norm === '.')) break
  }
  return first
}

/**
 * Takes initials into the names they stand before. Of those who bear a surname they leave whose names begin so; a bare surname
 * that only one of them bears names that one in full. What the language uses as a title ("M. X") says nothing where nobody's name
 * begins so.
 */
export function withInitials(text: string, tokens: readonly Token[], units: Unit[] | undefined, lexicon: Lexicon): void {
  const titles = new Set(lexicon.roles?.articles.map(lexicon.tokenizer.fold) ?? [])
  for (let i = (units?.length ?? 0) - 1; units && i >= 0; i--) {
    const unit = units[i]
    if (unit?.entries[0]?.kind !== 'person') continue
    const first = initialsBefore(text, tokens, unit.first)
    if (first === unit.first || units.some((other) => other.first < unit.first && other.last > first)) continue
    const start = tokens[first]?.start ?? 0
    const { fold } = lexicon.tokenizer
    // Any of them: the first may be one the tables leave out.
    const initials = text.slice(start, tokens[unit.first]?.start).match(/\p{L}+/gu)?.map(fold) ?? []
    const fitting = unit.entries.filter((entry) => {
      const own = fold(entry.text).split(/[\s-]+/u)
      return entry.kind !== 'person' || lexicon.wordsOf(entry.id).some((word) => !own.includes(word) && initials.some((initial) => word.startsWith(initial)))
    })
    const people = new Set(fitting.filter(({ kind }) => kind === 'person').map(({ id }) => id))
    if (people.size === 0) {
      if (!/\s/u.test(text.slice(start, tokens[unit.first]?.start)) || !titles.has(fold(text.slice(start, tokens[unit.first]?.start).trim()))) units.splice(i, 1)
    } else units[i] = { ...unit, first, entries: people.size === 1 ? fitting.map((entry) => (entry.kind === 'person' ? { ...entry, weak: false } : entry)) : fitting }
  }
}
