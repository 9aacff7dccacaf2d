/**
 * The table of the statistical detector as one string. The detector's own form, a million characters of nested object literals, takes longer to
 * compile than a short article to read, so `scripts/prepare.mjs` writes the built program's copy of this file with the table in it; beside the
 * sources there is none, and the detector loads its own.
 */
export const packed: PackedNgrams | null = null

export interface PackedNgrams { readonly type: string; readonly languages: Readonly<Record<string, string>>; readonly table: string }

/** N-gram -> number of a language -> score. */
export type Ngrams = Readonly<Record<string, Readonly<Record<string, number>>>>

/** Writes n-grams as sorted lines: the n-gram, a tab, `language:score` parted by commas. Throws where an n-gram could not be told from its line. */
export function packNgrams(ngrams: Ngrams): string {
  const lines = Object.keys(ngrams).sort().map((ngram) => {
    if (/[\t\n]/u.test(ngram)) throw new Error(`the n-gram '${ngram}' holds a tab or an end of line`)
    return `${ngram}\t${Object.entries(ngrams[ngram] ?? {}).map(([language, score]) => `${language}:${score}`).join(',')}\n`
  })
  return lines.join('')
}

/** N-grams looked up in the lines of `packNgrams` as they are asked for. */
export function unpackNgrams(table: string): Ngrams {
  const met = new Map<string, Readonly<Record<string, number>> | undefined>()
  const find = (ngram: string): Readonly<Record<string, number>> | undefined => {
    let from = 0
    let to = table.length
    while (from < to) {
      const start = table.lastIndexOf('\n', ((from + to) >> 1) - 1) + 1
      const tab = table.indexOf('\t', start)
      const here = table.slice(start, tab)
      if (here === ngram) return Object.fromEntries(table.slice(tab + 1, table.indexOf('\n', tab)).split(',').map((entry) => entry.split(':')).map(([language = '', score]) => [language, Number(score)]))
      if (here < ngram) from = table.indexOf('\n', tab) + 1
      else to = start
    }
    return undefined
  }
  return new Proxy({}, {
    get(_, ngram) {
      if (typeof ngram !== 'string') return undefined
      if (!met.has(ngram)) met.set(ngram, find(ngram))
      return met.get(ngram)
    },
  })
}
