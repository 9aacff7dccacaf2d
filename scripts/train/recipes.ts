/** What each language is trained on and measured on, and how much of it is kept. */
export interface Recipe {
  readonly train: readonly string[]
  readonly test: readonly string[]
  readonly tagBits: number
  readonly tagEpochs: number
  /** Share of the features left out by chance at each decision in training. */
  readonly tagDrop: number
  /** Heads and relations too. */
  readonly parse: boolean
  readonly moveBits: number
  readonly relationBits: number
  readonly parseEpochs: number
  readonly parseDrop: number
  /** The most weights kept in each table. */
  readonly keep: { readonly tag: number; readonly moves: number; readonly relation: number }
}

const usual = { tagBits: 18, tagEpochs: 10, tagDrop: 0.3, parse: true, moveBits: 20, relationBits: 18, parseEpochs: 8, parseDrop: 0.2, keep: { tag: 250_000, moves: 400_000, relation: 250_000 } } as const

export const RECIPES: Readonly<Record<string, Recipe>> = {
  en: { ...usual, train: ['en_ewt-ud-train', 'en_ewt-ud-dev', 'en_gumopen-ud-train', 'en_gumopen-ud-dev'], test: ['en_ewt-ud-test', 'en_gumopen-ud-test'] },
  fr: { ...usual, train: ['fr_sequoia-ud-train', 'fr_sequoia-ud-dev', 'fr_gsd-ud-dev'], test: ['fr_sequoia-ud-test', 'fr_gsd-ud-test'] },
  es: { ...usual, train: ['es_ancora-ud-dev', 'es_ancora-ud-test', 'es_gsd-ud-dev'], test: ['es_gsd-ud-test'] },
  ru: { ...usual, train: ['ru_taiga-ud-train', 'ru_taiga-ud-dev', 'ru_taiga-ud-test', 'ru_gsd-ud-dev'], test: ['ru_gsd-ud-test'] },
  vi: { ...usual, train: ['vi_vtb-ud-train', 'vi_vtb-ud-dev'], test: ['vi_vtb-ud-test'] },
}
