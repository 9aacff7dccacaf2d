/** Mending a tree where a clause set between commas was taken for the main one: "X, which has a treaty with Y, said …". */
import type { Token } from '../model/index.ts'

const SUBJECTS = new Set(['nsubj', 'nsubj:pass'])
const NAMES = new Set(['NOUN', 'PROPN'])
const COMMA = /^[,،，]$/u
/** How far behind the clause its sentence may go on, in words. */
const REACH = 40

/**
 * Mends the heads of one sentence in place. A verb with two subjects of which the second is a pronoun right behind a comma stands in a clause
 * of its own; the first subject is that of the finite verb right behind the comma that ends the clause, where that one has none.
 */
export function mendRelatives(tokens: readonly Token[]): void {
  const subjects = new Map<number, number[]>()
  tokens.forEach((token, at) => {
    if (token.head !== undefined && token.head >= 0 && SUBJECTS.has(token.relation ?? '')) subjects.set(token.head, [...(subjects.get(token.head) ?? []), at])
  })
  for (const [inner, [first, second]] of subjects) {
    if (first === undefined || second === undefined || second > inner || tokens[second]?.tag !== 'PRON' || !NAMES.has(tokens[first]?.tag ?? '') || !COMMA.test(tokens[second - 1]?.norm ?? '')) continue
    const outer = verbBehind(tokens, inner, subjects)
    if (outer !== null) rehang(tokens, first, inner, outer)
  }
}

/* The verb right behind the comma that ends a clause: finite, and without a subject of its own. */
function verbBehind(tokens: readonly Token[], inner: number, subjects: ReadonlyMap<number, readonly number[]>): number | null {
  for (let at = inner + 1; at < Math.min(tokens.length - 1, inner + REACH); at++) {
    if (!COMMA.test(tokens[at]?.norm ?? '')) continue
    let next = at + 1
    if (tokens[next]?.tag === 'ADV') next++
    const token = tokens[next]
    const head = token?.tag === 'AUX' && token.head !== undefined && token.head > next ? token.head : next
    const verb = tokens[head]
    if (verb === undefined || (token?.tag !== 'AUX' && token?.tag !== 'VERB') || subjects.has(head)) continue
    // A participle that has an object is one in name only: endings of the past are often those of the participle.
    const finite = token.tag === 'AUX' || verb.form === undefined || verb.form === '' || verb.form.startsWith('fin')
    if (finite || (verb.form === 'part' && tokens.some((other) => other.head === head && other.relation === 'obj'))) return head
  }
  return null
}

function rehang(tokens: readonly Token[], subject: number, inner: number, outer: number): void {
  const [noun, clause, verb] = [tokens[subject], tokens[inner], tokens[outer]]
  if (!noun || !clause || !verb) return
  // The outer verb takes the place of the clause, unless the clause hung on it or on something below it.
  if (!hangsOn(tokens, clause.head ?? -1, outer)) {
    verb.head = clause.head ?? -1
    verb.relation = clause.relation ?? 'root'
  }
  noun.head = outer
  clause.head = subject
  clause.relation = 'acl'
}

function hangsOn(tokens: readonly Token[], from: number, above: number): boolean {
  for (let at = from, steps = 0; at >= 0 && steps < tokens.length; steps++) {
    if (at === above) return true
    at = tokens[at]?.head ?? -1
  }
  return false
}
