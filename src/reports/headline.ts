/** Sentences in which the analysis finds no verb though the tables know one behind whoever opens them: "X bombs Y", "X, a member of the bloc, imposed …". */
import type { ActorMention, Token } from '../model/index.ts'
import type { Lexicon } from '../text/lexicon.ts'

/** Words of an apposition between two commas. */
const APPOSED = 8
/** Words that may stand before who the object names. */
const BEFORE_OBJECT = 2

/**
 * The tokens of a sentence, its verb put at the root of the tree where the analysis took it for a noun or an adjective: right behind the name or phrase that
 * opens the sentence, or behind the apposition to it, a form of a verb whose object follows. The same tokens where there is a verb already.
 */
export function withVerb(tokens: readonly Token[], actors: readonly ActorMention[], lexicon: Lexicon, stop: (index: number) => boolean): readonly Token[] {
  const [subject] = actors
  if (!subject || tokens[0]?.tag === undefined || subject.first > 1 || subject.use !== 'full' || tokens.some(isFiniteVerb)) return tokens
  const at = behindApposition(tokens, subject.last)
  const match = lexicon.concepts.matchesAt(tokens, at, stop).find(({ start, head, cls, label, cut }) => start === at && head === at && cls === 'v' && cut === '' && label.split('/').some((form) => FINITE.has(form)))
  if (!match || actors.some(({ first, last }) => first <= at && last > at)) return tokens
  const object = actors.some(({ first, last }) => last > match.end && first - match.end <= BEFORE_OBJECT && !tokens.slice(match.end, first).some(({ tag }) => tag === 'ADP' || tag === 'PUNCT'))
  if (match.words.length === 1 && !object && tokens[match.end]?.form !== 'ger') return tokens
  const inside = (index: number): boolean => index >= subject.first && index < subject.last
  const past = match.label.split('/').includes('past')
  let found = false
  return tokens.map((token, i) => {
    if (i === at) return { ...token, tag: 'VERB', form: past ? 'fin-past' : 'fin-pres', head: -1, relation: 'root' }
    const head = token.head ?? -1
    if (inside(i)) return inside(head) ? token : { ...token, head: at, relation: 'nsubj' }
    // The first noun behind it that hung on nothing, on the subject or on the verb itself is its object.
    if (i > at && !found && (head === -1 || head === at || inside(head)) && (token.tag === 'NOUN' || token.tag === 'PROPN')) {
      found = true
      return { ...token, head: at, relation: 'obj' }
    }
    return head === -1 ? { ...token, head: at, relation: token.tag === 'PUNCT' ? 'punct' : token.tag === 'VERB' ? 'xcomp' : 'dep' } : token
  })
}
const FINITE = new Set(['past', 'pres'])
const isFiniteVerb = ({ tag, form }: Token): boolean => tag === 'AUX' || (tag === 'VERB' && form !== 'ger' && form !== 'part')

/* Where an apposition between two commas ends; the place itself where there is none. */
function behindApposition(tokens: readonly Token[], from: number): number {
  if (tokens[from]?.norm !== ',') return from
  const close = tokens.findIndex(({ norm }, i) => i > from && norm === ',')
  return close > 0 && close - from <= APPOSED ? close + 1 : from
}
