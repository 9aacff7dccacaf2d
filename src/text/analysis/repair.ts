/** Links the greedy parser gets wrong again and again, made right where the words leave no doubt. */
import type { Token } from '../../model/index.ts'

/** Words between a subject and its verb: adverbs, pronouns, particles. */
const LEADING = /^(?:ADV|PRON|PART)$/u
const LEADING_REACH = 3
const MAX_CLIMB = 8

/** Writes better heads and relations into the tokens of a parsed sentence. */
export function repair(tokens: readonly Token[]): void {
  tokens.forEach((token, index) => {
    if (token.relation === 'conj' && isNominal(token)) beginsNext(tokens, index)
  })
}

const isNominal = (token: Token | undefined): boolean => token?.tag === 'NOUN' || token?.tag === 'PROPN'
const hasFiniteForm = (token: Token | undefined): boolean => token?.form?.startsWith('fin-') === true

/* "left the town of X and Y struck Z": Y is no second X where a verb of its own follows that has no other subject. */
function beginsNext(tokens: readonly Token[], index: number): void {
  const token = tokens[index]
  const first = token?.head ?? -1
  if (!token || first < 0 || first >= index || !isNominal(tokens[first])) return
  const joiner = tokens.findIndex(({ relation, head }, i) => relation === 'cc' && head === index && i > first && i < index)
  // A comma may stand right before the word that joins.
  if (joiner < 0 || tokens.slice(first, index).some(({ kind }, i) => kind === 'punct' && first + i !== joiner - 1)) return
  const verb = verbBehind(tokens, lastOf(tokens, index) + 1)
  if (verb < 0 || tokens.some(({ head }, i) => head === verb && i <= joiner)) return
  if (tokens.some(({ head, relation }, i) => head === verb && i < verb && relation?.startsWith('nsubj') === true)) return
  const main = verbAbove(tokens, first)
  if (main < 0 || main === verb || main > first) return
  token.head = verb
  token.relation = tokens.some(({ head, relation }) => head === verb && relation === 'aux:pass') ? 'nsubj:pass' : 'nsubj'
  for (const other of tokens) {
    if (other === tokens[joiner]) other.head = verb
    // What the parser took for its subject, behind it, for want of another.
    else if (other.head === verb && other !== token && other.relation === 'nsubj') other.relation = 'obj'
  }
  const next = tokens[verb]
  if (next && next.head !== -1) {
    next.head = main
    next.relation = 'conj'
  }
}

/* The last word of a phrase. */
function lastOf(tokens: readonly Token[], index: number): number {
  let last = index
  for (let i = index + 1; i < tokens.length; i++) {
    let at = i
    for (let hops = 0; at > index && hops < MAX_CLIMB; hops++) at = tokens[at]?.head ?? -1
    if (at !== index) break
    last = i
  }
  return last
}

/* The verb that follows right behind, with its auxiliary where it has one. */
function verbBehind(tokens: readonly Token[], from: number): number {
  let at = from
  while (at - from < LEADING_REACH && LEADING.test(tokens[at]?.tag ?? '')) at++
  const token = tokens[at]
  if (!hasFiniteForm(token)) return -1
  if (token?.tag === 'VERB') return at
  const verb = token?.relation?.startsWith('aux') === true ? (token.head ?? -1) : -1
  return verb > at && tokens[verb]?.tag === 'VERB' ? verb : -1
}

/* The finite verb on which a phrase hangs that is not its subject. */
function verbAbove(tokens: readonly Token[], index: number): number {
  let at = index
  for (let hops = 0; hops < MAX_CLIMB; hops++) {
    const token = tokens[at]
    if (token?.relation?.startsWith('nsubj') === true) return -1
    at = token?.head ?? -1
    if (at < 0) return -1
    if (tokens[at]?.tag === 'VERB') return hasFiniteForm(tokens[at]) || tokens.some((other) => other.head === at && other.tag === 'AUX' && hasFiniteForm(other)) ? at : -1
  }
  return -1
}
