/** Folding of words for matching: case, marks and variant letters levelled. The text itself is never changed. */

export interface FoldSettings {
  readonly drop: string
  readonly map: Readonly<Record<string, string>>
  readonly diacritics: boolean
}

export type Folder = (word: string) => string

const COMBINING = /[\u0300-\u036f]/gu
const MEMORY = 50_000

/** Makes the folding function of a language. Results are remembered, up to a bound, because words repeat. */
export function createFolder(settings: FoldSettings): Folder {
  const drop = new Set(settings.drop)
  const map = new Map(Object.entries(settings.map))
  const memory = new Map<string, string>()
  return (word) => {
    const known = memory.get(word)
    if (known !== undefined) return known
    let folded = word.toLowerCase()
    if (settings.diacritics) folded = folded.normalize('NFD').replace(COMBINING, '').normalize('NFC')
    let out = ''
    for (const character of folded) {
      if (drop.has(character)) continue
      out += map.get(character) ?? character
    }
    if (memory.size >= MEMORY) memory.clear()
    memory.set(word, out)
    return out
  }
}
