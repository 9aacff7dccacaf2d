/** The statistical detector of languages. */
import type { PackedNgrams } from './ngrams.ts'

export interface Detector {
  detect(text: string): { language: string; isReliable(): boolean; getScores(): Record<string, number> }
  setLanguageSubset(languages: readonly string[]): unknown
}

/** Makes a detector, from the table of the built program where there is one. It is loaded here: most processes tell no language by statistics. */
export async function newDetector(given?: PackedNgrams | null): Promise<Detector> {
  const { packed, unpackNgrams } = await import('./ngrams.ts')
  const from = given === undefined ? packed : given
  if (from === null) return (await import('eld/extrasmall')).eld.newInstance() as unknown as Detector
  // The package exports its detector only together with its tables.
  const { createEld } = (await import(new URL('../languageDetector.js', import.meta.resolve('eld')).href)) as { createEld(): { instance: Detector; loadData(data: unknown): void } }
  const { instance, loadData } = createEld()
  loadData({ type: from.type, languages: from.languages, ngrams: unpackNgrams(from.table) })
  return instance
}
