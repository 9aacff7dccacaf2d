/** What a sentence shows of the relation between two spans, as names of features in groups; neutral as to the language. */
import type { Ontology } from '../../knowledge/ontology.ts'
import type { Report, Span, Token } from '../../model/index.ts'
import type { Lexicon } from '../../text/lexicon.ts'
import type { FeatureGroups } from '../../text/linear/vector.ts'
import { findHits, type Hit } from './hits.ts'

export interface RelationInput {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly source: Span | null
  readonly target: Span | null
  /** What the rules read out of the text. */
  readonly reports: readonly Report[]
}

/** Where a token stands: in the source, in the target, before, between or after them. */
type Zone = 'S' | 'T' | 'before' | 'between' | 'after'

interface Frame {
  readonly input: RelationInput
  readonly zones: readonly Zone[]
  /** `st`: source first; `ts`: target first; `s`, `t`: only one of them is in the sentence. */
  readonly order: string
  readonly hits: readonly Hit[]
  /** Index of the hit that covers a token. */
  readonly hitAt: ReadonlyMap<number, Hit>
}

/** Extracts the features of one pair of spans in a sentence. Cost is linear in the number of tokens. */
export function relationFeatures(input: RelationInput, lexicon: Lexicon, ontology: Ontology): FeatureGroups {
  const zones = zonesOf(input)
  const hits = findHits(input.tokens, lexicon, ontology)
  const hitAt = new Map<number, Hit>()
  for (const hit of hits) for (const word of hit.words) hitAt.set(word, hit)
  const frame: Frame = { input, zones, order: orderOf(input), hits, hitAt }
  const words = symbols(frame, 'word')
  const shapes = symbols(frame, 'concept')
  const forms = symbols(frame, 'form')
  return {
    words: [...grams(words, 3), ...zoned(frame)],
    near: near(words),
    characters: characters(frame),
    concepts: conceptFeatures(frame),
    shapes: [...grams(shapes, 4), ...near(shapes)],
    forms: [...grams(forms, 4), ...near(forms)],
    order: [frame.order],
    reports: reportFeatures(input),
  }
}

const inside = (token: Token, span: Span | null): boolean => span !== null && token.start < span[1] && token.end > span[0]

/* What the rules say: each report's type with who of the pair takes which side in it. */
function reportFeatures({ reports, source, target }: RelationInput): string[] {
  const touches = (span: Span, edge: Span | null): boolean => edge !== null && span[0] < edge[1] && edge[0] < span[1]
  const out: string[] = []
  for (const report of reports) {
    const side = (actors: Report['actors'], edge: Span | null, letter: string): string => (actors.some((actor) => touches(actor.span, edge)) ? letter : '')
    const who = `${side(report.actors, source, 's')}${side(report.actors, target, 't')}>${side(report.recipients, source, 's')}${side(report.recipients, target, 't')}`
    out.push(`r:${report.type}`, `r:${report.type}/${report.status}`, `w:${report.type}/${who}`, `w:${report.type}/${report.mode}/${who}`, `s:${report.type}/${report.status}/${who}`)
  }
  if (reports.length === 0) out.push('r:none')
  return out
}

function orderOf(input: RelationInput): string {
  if (input.source && input.target) return input.source[0] <= input.target[0] ? 'st' : 'ts'
  return input.source ? 's' : 't'
}

function zonesOf(input: RelationInput): Zone[] {
  const { source, target } = input
  const spans = [source, target].filter((span) => span !== null).sort((a, b) => a[0] - b[0])
  const firstEnd = spans[0]?.[1] ?? 0
  const lastStart = spans.length > 1 ? (spans[1]?.[0] ?? 0) : Number.POSITIVE_INFINITY
  return input.tokens.map((token) => {
    if (inside(token, source)) return 'S'
    if (inside(token, target)) return 'T'
    if (token.end <= (spans[0]?.[0] ?? 0)) return 'before'
    return token.start >= firstEnd && token.end <= lastStart ? 'between' : 'after'
  })
}

/* Names say who, not what: any word with a capital that is no wording of a concept is one symbol, and so is a number; a form has no words at all. */
function symbols(frame: Frame, kind: 'word' | 'concept' | 'form'): string[] {
  const out: string[] = []
  const { tokens, text } = frame.input
  tokens.forEach((token, i) => {
    const zone = frame.zones[i]
    const hit = frame.hitAt.get(i)
    let symbol = token.norm
    if (zone === 'S' || zone === 'T') symbol = `<${zone}>`
    else if (token.kind === 'number') symbol = '<#>'
    else if (kind !== 'word' && hit) symbol = `<${hit.modality}${hit.type ?? hit.concept}>`
    else if (kind === 'form') return
    else if (!hit && i > 0 && isName(token, text)) symbol = '<N>'
    if (out.at(-1) !== symbol || !symbol.startsWith('<')) out.push(symbol)
  })
  return out
}

function isName(token: Token, text: string): boolean {
  const first = text.slice(token.start, token.start + 1)
  return token.kind === 'word' && first !== first.toLowerCase()
}

function grams(sequence: readonly string[], longest: number): string[] {
  const out: string[] = []
  for (let i = 0; i < sequence.length; i++) {
    let gram = ''
    for (let n = 0; n < longest && i + n < sequence.length; n++) {
      gram = n === 0 ? (sequence[i] ?? '') : `${gram} ${sequence[i + n] ?? ''}`
      out.push(`${n}:${gram}`)
    }
  }
  return out
}

/* What stands within a few symbols of each span, on which side. */
function near(sequence: readonly string[]): string[] {
  const out: string[] = []
  sequence.forEach((symbol, i) => {
    if (symbol !== '<S>' && symbol !== '<T>') return
    for (let d = 1; d <= 5; d++) {
      const after = sequence[i + d]
      const before = sequence[i - d]
      if (after !== undefined) out.push(`${symbol}+${d <= 2 ? d : 'n'}:${after}`)
      if (before !== undefined && d <= 4) out.push(`${symbol}-${d <= 2 ? d : 'n'}:${before}`)
    }
  })
  return out
}

function zoned(frame: Frame): string[] {
  const out: string[] = []
  frame.input.tokens.forEach((token, i) => {
    if (token.kind !== 'word') return
    const zone = frame.zones[i] ?? 'after'
    if (zone !== 'S' && zone !== 'T' && isName(token, frame.input.text) && !frame.hitAt.has(i)) return
    out.push(`${zone}/${token.norm}`)
    if (token.norm.length > 5) out.push(`${zone}/${token.norm.slice(0, 5)}*`)
  })
  return out
}

function characters(frame: Frame): string[] {
  const out: string[] = []
  frame.input.tokens.forEach((token, i) => {
    const zone = frame.zones[i]
    if (token.kind !== 'word' || zone === 'S' || zone === 'T') return
    if (isName(token, frame.input.text) && !frame.hitAt.has(i) && i > 0) return
    const word = `^${token.norm}$`
    for (let n = 3; n <= 5; n++) for (let at = 0; at + n <= word.length; at++) out.push(word.slice(at, at + n))
  })
  return out
}

function conceptFeatures(frame: Frame): string[] {
  const { hits, zones, order } = frame
  const out: string[] = []
  const zone = (hit: Hit): Zone => zones[hit.head] ?? 'after'
  const counts = { before: 0, between: 0, after: 0, S: 0, T: 0 }
  hits.forEach((hit, i) => {
    const place = zone(hit)
    const nth = Math.min(counts[place]++, 2)
    const sort = hit.type ?? hit.effect ?? 'speech'
    const voice = `${hit.passive ? 'passive' : ''}${hit.nominal ? 'noun' : ''}`
    out.push(`c:${hit.concept}`, `c:${hit.concept}@${place}`, `t:${sort}`, `t:${sort}@${place}`, `t:${sort}@${place}${nth}`)
    out.push(`m:${hit.modality}${hit.concept}`, `m:${hit.modality}${sort}@${place}`, `v:${voice}${hit.concept}`, `o:${order}${voice}${sort}@${place}`)
    out.push(`g:${hit.guess ?? '-'}`, `g:${hit.guess ?? '-'}@${place}`, `g:${hit.modality}${hit.guess ?? '-'}@${place}${nth}`)
    const next = hits[i + 1]
    if (next) out.push(`n:${sort}>${next.type ?? next.effect ?? 'speech'}`, `n:${hit.concept}>${next.concept}`, `n:${hit.modality}${hit.effect ?? sort}>${next.type ?? next.effect ?? 'speech'}@${place}`)
  })
  const acts = hits.filter((hit) => hit.guess !== null && zone(hit) !== 'S')
  const after = acts.filter((hit) => zone(hit) !== 'before')
  const between = acts.filter((hit) => zone(hit) === 'between')
  out.push(`first:${after[0]?.guess ?? '-'}`, `first:${after[0]?.concept ?? '-'}/${after[0]?.modality ?? ''}`, `last:${between.at(-1)?.guess ?? '-'}`, `last:${between.at(-1)?.concept ?? '-'}`)
  out.push(`only:${[...new Set(acts.map((hit) => hit.guess))].sort().join('+')}`, `chain:${between.slice(0, 3).map((hit) => hit.guess).join('>')}`)
  return out
}
