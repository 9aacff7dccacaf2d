/** Which measure a number is of: the nearest fitting word of its sentence, things that part clauses counting as distance. */
import { isWordUnit } from '../numbers/view.ts'
import { WordList } from '../numbers/wordlist.ts'
import type { Measure, MeasureWords, QuantityTables, UnitKind } from '../numbers/types.ts'

export interface Placed { readonly start: number; readonly end: number; readonly kind: UnitKind | 'count' | 'ordinal' }

interface Mention { readonly start: number; readonly end: number; readonly entries: readonly { measure: Measure; where: MeasureWords['where'] }[] }

const REACH = { spaced: 95, unspaced: 34 } as const
const COMMA = 26
const JOINER = 22
const OTHER = 45
/** An outcome is looked for this much farther than the thing it befalls. */
const OUTCOME_LEAD = 40
const NOUN_NEXT = 3
/** How far the noun that is counted may stand behind its number: a few qualifying words. */
const NOUN_REACH = { spaced: 26, unspaced: 6 } as const
const OUTCOME_REACH = { spaced: 62, unspaced: 24 } as const

/** Compiles the measure words of a language; the result tells the measure of each quantity of a view. */
export function compileMeasures(tables: QuantityTables, level: (text: string) => string): (view: string, quantities: readonly Placed[]) => (Measure | null)[] {
  const { spaced } = tables.numbers
  const reach = spaced ? REACH.spaced : REACH.unspaced
  const scale = spaced ? 1 : 0.4
  const known = new Map(tables.measures.map((measure) => [measure.id, measure]))
  const byWord = new Map<string, { measure: Measure; where: MeasureWords['where'] }[]>()
  for (const { measure: id, words, where } of tables.measureWords) {
    const measure = known.get(id)
    if (!measure) continue
    for (const written of words) {
      const word = written.endsWith('*') ? `${level(written.slice(0, -1))}*` : level(written)
      const list = byWord.get(word)
      if (list) list.push({ measure, where })
      else byWord.set(word, [{ measure, where }])
    }
  }
  const words = new WordList(byWord, level, spaced)
  const breaks = new WordList(tables.numbers.breaks.map((word) => [word, true] as const), level, spaced)
  const ends = new WordList([...tables.numbers.breaks, ...tables.numbers.ends].map((word) => [word, true] as const), level, spaced)
  const clitics = tables.numbers.clitics.map(level).sort((a, b) => b.length - a.length)

  const mentionsIn = (view: string, from: number, to: number): Mention[] => {
    const out: Mention[] = []
    for (let i = from; i < to; i++) {
      const edge = !spaced || i === 0 || !isWordUnit(view.charCodeAt(i - 1))
      if (!edge || !isWordUnit(view.charCodeAt(i))) continue
      let hit = words.match(view, i)
      let start = i
      for (const clitic of clitics) {
        if (!view.startsWith(clitic, i)) continue
        const cut = words.match(view, i + clitic.length)
        if (cut && (!hit || cut.end > hit.end)) {
          hit = cut
          start = i + clitic.length
        }
      }
      if (!hit) continue
      out.push({ start, end: hit.end, entries: hit.value })
      i = hit.end - 1
    }
    return out
  }

  const cost = (view: string, quantity: Placed, mention: Mention, quantities: readonly Placed[], index: number): number => {
    const after = mention.start >= quantity.end
    const from = after ? quantity.end : mention.end
    const to = after ? mention.start : quantity.start
    if (to < from) return mention.start >= quantity.start && mention.end <= quantity.end ? 0 : Number.POSITIVE_INFINITY
    const gap = view.slice(from, to)
    if (/[.!?;\n\u061f\u061b\u3002\uff1b](?:\s|$)|\n|[\u3002\uff1b]/u.test(gap)) return Number.POSITIVE_INFINITY
    let sum = gap.length
    for (const character of gap) if (character === ',' || character === '\u060c' || character === '\u3001' || character === ':' || character === '(') sum += COMMA * scale
    for (let i = from; i < to; i++) if ((!spaced || i === 0 || !isWordUnit(view.charCodeAt(i - 1))) && breaks.match(view, i)) sum += JOINER * scale
    const neighbour = after ? quantities[index + 1] : quantities[index - 1]
    if (neighbour && (after ? neighbour.start < mention.start : neighbour.end > mention.end)) sum += OTHER * scale
    return after && gap.trim().length <= NOUN_NEXT ? sum - NOUN_NEXT : sum
  }

  /* Counts and ordinals belong to the noun that follows; one that stands before them needs nothing counted to follow. */
  const counts = (view: string, quantity: Placed, mention: Mention, measure: Measure): boolean => {
    const inside = mention.start < quantity.end && mention.end > quantity.start
    if (inside || (quantity.kind !== 'count' && quantity.kind !== 'ordinal' && !measure.kinds.includes('ordinal'))) return true
    const after = mention.start >= quantity.end
    const gap = after ? view.slice(quantity.end, mention.start) : view.slice(mention.end, quantity.start)
    if (measure.outcome) return gap.length <= OUTCOME_REACH[spaced ? 'spaced' : 'unspaced']
    if (gap.length > NOUN_REACH[spaced ? 'spaced' : 'unspaced'] || /[,;:\u060c\u3001]/u.test(gap)) return false
    const from = after ? quantity.end : mention.end
    for (let i = from; i < from + gap.length; i++) if ((!spaced || !isWordUnit(view.charCodeAt(i - 1))) && ends.match(view, i)) return false
    return after || measure.kinds.includes('ordinal') || bareAfter(view, quantity.end)
  }
  const bareAfter = (view: string, end: number): boolean => /^ ?(?:$|[.,;:!?)\n\u060c\u061b\u3002\uff1b])/u.test(view.slice(end, end + 2)) || breaks.match(view, end + 1) !== null || ends.match(view, end + 1) !== null

  return (view, quantities) => {
    if (quantities.length === 0) return []
    const mentions = windows(quantities, reach, view.length).flatMap(([from, to]) => mentionsIn(view, from, to))
    let first = 0
    return quantities.map((quantity, index) => {
      while (first < mentions.length && (mentions[first]?.end ?? 0) < quantity.start - reach) first++
      let best: { measure: Measure; cost: number } | null = null
      for (let m = first; m < mentions.length; m++) {
        const mention = mentions[m]
        if (!mention || mention.start > quantity.end + reach) break
        const fitting = mention.entries.filter(({ measure, where }) => measure.kinds.includes(quantity.kind) && (where === 'any' || (where === 'after') === (mention.start >= quantity.end)))
        if (fitting.length === 0) continue
        const distance = cost(view, quantity, mention, quantities, index)
        if (distance > reach) continue
        for (const { measure } of fitting) {
          if (!counts(view, quantity, mention, measure)) continue
          const next = Math.max(mention.start - quantity.end, quantity.start - mention.end)
          if (next > NOUN_NEXT && quantity.kind === 'count' && measure.kinds.includes('ordinal')) continue
          // "20 missiles killed" is twenty missiles; "20 soldiers killed" is twenty killed.
          const counted = measure.thing && mention.start >= quantity.end && next <= NOUN_NEXT
          const weighed = distance - (measure.outcome ? OUTCOME_LEAD * scale : counted ? OUTCOME_LEAD + NOUN_NEXT : 0)
          if (!best || weighed < best.cost) best = { measure, cost: weighed }
        }
      }
      return best?.measure ?? null
    })
  }
}

/* The stretches around the quantities, overlapping ones joined. */
function windows(quantities: readonly Placed[], reach: number, length: number): [number, number][] {
  const out: [number, number][] = []
  for (const { start, end } of quantities) {
    const from = Math.max(0, start - reach - 20)
    const to = Math.min(length, end + reach)
    const last = out.at(-1)
    if (last && from <= last[1]) last[1] = Math.max(last[1], to)
    else out.push([from, to])
  }
  return out
}
