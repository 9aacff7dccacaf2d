/** Two accounts of one event side by side: said by both, by one, by neither though others report it, and how they differ. */
import type { Account, ComparedTopic, Comparison, Difference, Quote, Topic } from '../model/index.ts'
import { OTHERS, TELLING_STANCES } from './accounts.ts'

/** A topic counts as told much earlier when this many places lie between. */
const PLACES = 3
/** One account counts as longer when it has this many times the words. */
const LONGER = 1.3
const MOST_DIFFERENCES = 12

const nameOf = ({ kind, key }: Pick<Topic, 'kind' | 'key'>): string => `${kind} ${key}`

/** Compares the accounts of sides `a` and `b`. A side without an account has said nothing that is on record. */
export function compareAccounts(event: string, accounts: readonly Account[], a: string, b: string): Comparison {
  const find = (side: string): Account | undefined => accounts.find((account) => account.side === side)
  const topicsOf = (account: Account | undefined): Map<string, Topic> => new Map((account?.topics ?? []).map((topic) => [nameOf(topic), topic]))
  const [of, by, rest] = [topicsOf(find(a)), topicsOf(find(b)), topicsOf(find(OTHERS))]
  const all = [...new Set([...of.keys(), ...by.keys(), ...rest.keys()])]
  const compared = all.map((name): { name: string; topic: ComparedTopic } => {
    const topic = of.get(name) ?? by.get(name) ?? rest.get(name)
    return { name, topic: { kind: topic?.kind ?? 'context', key: topic?.key ?? name, a: of.get(name)?.quotes ?? [], b: by.get(name)?.quotes ?? [], others: rest.get(name)?.quotes ?? [] } }
  })
  const pick = (fits: (inA: boolean, inB: boolean) => boolean): ComparedTopic[] => compared.filter(({ name }) => fits(of.has(name), by.has(name))).map(({ topic }) => topic)
  return {
    event, a, b,
    both: pick((inA, inB) => inA && inB), onlyA: pick((inA, inB) => inA && !inB), onlyB: pick((inA, inB) => !inA && inB), neither: pick((inA, inB) => !inA && !inB),
    unsaid: [a, b].flatMap((side) => (find(side)?.unsaid ?? []).map((quote) => ({ side, quote }))),
    differences: differencesOf(find(a), find(b)),
  }
}

function differencesOf(a: Account | undefined, b: Account | undefined): Difference[] {
  if (!a || !b) return []
  const out: Difference[] = []
  const [long, short] = a.characters >= b.characters ? [a, b] : [b, a]
  // Characters of two scripts are no measure for one another.
  const languages = new Set([a, b].flatMap(({ topics }) => topics.flatMap(({ quotes }) => quotes.map(({ language }) => language))))
  if (languages.size === 1 && short.characters > 0 && long.characters >= LONGER * short.characters) out.push({ kind: 'length', topic: null, a: String(a.characters), b: String(b.characters) })
  const shared = a.topics.flatMap((topic) => { const other = b.topics.find((candidate) => nameOf(candidate) === nameOf(topic)); return other ? [{ topic, other }] : [] })
  // Places among the topics both have, so that what only one tells does not count as order.
  const place = (list: readonly Topic[], topic: Topic): number => shared.map((pair) => list.find((candidate) => nameOf(candidate) === nameOf(pair.topic))?.order ?? 0).filter((order) => order < topic.order).length
  for (const { topic, other } of shared) {
    const [x, y] = [place(a.topics, topic), place(b.topics, other)]
    if (Math.abs(x - y) >= PLACES) out.push({ kind: 'order', topic: nameOf(topic), a: String(x + 1), b: String(y + 1) })
    if (topic.kind === 'figure' && topic.value !== undefined && other.value !== undefined && topic.value !== other.value) out.push({ kind: 'figure', topic: nameOf(topic), a: topic.value, b: other.value })
    const [p, q] = [stances(topic.quotes), stances(other.quotes)]
    if (topic.kind !== 'stance' && p !== '' && q !== '' && p !== q) out.push({ kind: 'stance', topic: nameOf(topic), a: p, b: q })
    const words = spoken(topic.quotes, other.quotes)
    if (words && words[0].text !== words[1].text) out.push({ kind: 'wording', topic: nameOf(topic), a: words[0].text, b: words[1].text })
  }
  const weight: Readonly<Record<Difference['kind'], number>> = { length: 0, figure: 1, stance: 2, order: 3, wording: 4 }
  return out.sort((x, y) => weight[x.kind] - weight[y.kind]).slice(0, MOST_DIFFERENCES)
}

const stances = (quotes: readonly Quote[]): string => [...new Set(quotes.map(({ stance }) => stance).filter((stance): stance is string => stance !== null && TELLING_STANCES.has(stance)))].sort().join(', ')

/** Spoken words of both sides in one language: wordings of two languages cannot be held against each other. */
function spoken(a: readonly Quote[], b: readonly Quote[]): readonly [Quote, Quote] | null {
  for (const left of a) {
    const right = left.speaker === null ? undefined : b.find(({ speaker, language }) => speaker !== null && language === left.language)
    if (right) return [left, right]
  }
  return null
}
