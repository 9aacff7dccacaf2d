/** The labelled pairs of the development data as training rows: for the cross-validation and for the weights that are committed. */
import { readArticle } from '../src/read.ts'
import { pairFeatures } from '../src/relate.ts'
import type { Span } from '../src/model/index.ts'
import type { FeatureGroups } from '../src/text/linear/vector.ts'
import { knowledge } from './coder.ts'
import { rows } from './data.ts'

export interface PairItem { readonly id: string; readonly text: string; readonly source: Edge; readonly target: Edge; readonly gold_root: string; readonly gold_penta: number }
interface Edge { readonly start?: number | null; readonly end?: number | null }
export interface LabelledPair { readonly item: PairItem; readonly groups: FeatureGroups }

const spanOf = (edge: Edge): Span | null => (typeof edge.start === 'number' && typeof edge.end === 'number' && edge.end > edge.start ? [edge.start, edge.end] : null)

/** Features of all pairs of a set, as `readout code` sees them. */
export function labelledPairs<T extends PairItem>(file: string): { readonly item: T; readonly groups: FeatureGroups }[] {
  return rows<T>(file).flatMap((item) => {
    const { text } = item
    const article = { id: '', url: null, language: 'en', direction: 'ltr', title: null, lead: null, byline: null, agencies: [], publisher: null, published: null, text, captions: [], furniture: [] } as const
    const reading = readArticle(article, [[0, text.length]], [], knowledge)
    const groups = pairFeatures(text, spanOf(item.source), spanOf(item.target), 'en', reading, knowledge)
    return groups ? [{ item, groups }] : []
  })
}

/** Numbers of the near-duplicate groups of texts: token Jaccard of 0.6 or more joins two. */
export function duplicateGroups(texts: readonly string[]): number[] {
  const sets = texts.map((text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []))
  const parent = texts.map((_, i) => i)
  const find = (i: number): number => {
    let at = i
    while (parent[at] !== at) at = parent[at] as number
    return at
  }
  for (let i = 0; i < sets.length; i++) {
    for (let j = i + 1; j < sets.length; j++) {
      const a = sets[i] as Set<string>
      const b = sets[j] as Set<string>
      if (Math.min(a.size, b.size) < 0.6 * Math.max(a.size, b.size)) continue
      let both = 0
      for (const word of a) if (b.has(word)) both++
      if (both >= 0.6 * (a.size + b.size - both)) parent[find(j)] = find(i)
    }
  }
  return texts.map((_, i) => find(i))
}
