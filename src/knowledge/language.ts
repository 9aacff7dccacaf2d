/** What a language says of its script, words and sentences: `languages/<code>/language.yaml`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readSettings } from './settings.ts'
import { readTable } from './tables.ts'

const form = z.tuple([z.number().int().min(0), z.string(), z.string()])

export const languageSchema = z.strictObject({
  name: z.string(),
  /** The language's own name, for screens. */
  autonym: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  /** `words`: written with spaces; `characters`: one token per ideograph. */
  tokens: z.enum(['words', 'characters']),
  case: z.boolean(),
  /** Head of a noun phrase comes `first` (of-phrases follow) or `last`. */
  fold: z.strictObject({
    /** Characters dropped from words before matching. */
    drop: z.string().default(''),
    /** Characters levelled before matching, `from: to`. */
    map: z.record(z.string(), z.string()).default({}),
    /** Latin, Greek and Cyrillic diacritics are dropped for matching. */
    diacritics: z.boolean().default(false),
  }),
  /** Endings cut off the end of a word as a token of their own ('s). */
  enclitics: z.array(z.string()).default([]),
  /** Beginnings cut off as a token of their own (l', d'). */
  proclitics: z.array(z.string()).default([]),
  /** Letters written on to the front of a word, in layers from the outside in. */
  clitics: z.strictObject({
    layers: z.array(z.array(z.string())),
    /** Contractions: written form of a layer sequence -> what the cut counts as. */
    contracted: z.record(z.string(), z.string()).default({}),
    tails: z.array(z.string()).default([]),
    /** Last letters that change before a tail: written -> changed. */
    beforeTail: z.record(z.string(), z.string()).default({}),
    minStem: z.number().int().default(2),
  }).nullable().default(null),
  /** Words written otherwise before some sounds (a preposition before two consonants): what stands behind the colon is what tables say. */
  alike: z.record(z.string(), z.string()).default({}),
  /** Inflectional endings, cut for matching names and exact words; longest first. */
  endings: z.strictObject({ list: z.array(z.string()), minStem: z.number().int().default(3) }).nullable().default(null),
  /** Inflection classes used by patterns (`word~class`): first rule whose `ending` fits gives the forms [strip, add, label]. */
  classes: z.record(z.string(), z.array(z.strictObject({ ending: z.string().default(''), forms: z.array(form) }))).default({}),
  /** Form of a verb told from its surface, first that fits: regular expression on the folded word. */
  surfaceForms: z.array(z.strictObject({ match: z.string(), form: z.string() })).default([]),
  /** Names no table knows, standing after an office: how many words they have at the most, words that belong to names and do not count, and words (regular expression on the text's own spelling) that are no part of a name. */
  unknownNames: z.strictObject({ most: z.number().int().min(1), particles: z.array(z.string()).default([]), not: z.string().default(''), ends: z.string().default('') }).default({ most: 6, particles: [], not: '', ends: '' }),
  sentences: z.strictObject({
    terminators: z.string(),
    abbreviations: z.array(z.string()).default([]),
    /** Abbreviations after which a sentence may well end (Inc., U.S.). */
    soft: z.array(z.string()).default([]),
    /** In a headline a space parts two statements (scripts that put none between words). */
    gaps: z.boolean().default(false),
    /** Words that begin sentences far more often than names do. */
    starters: z.array(z.string()).default([]),
  }),
  quotes: z.array(z.tuple([z.string(), z.string()])),
})

export type LanguageSettings = z.infer<typeof languageSchema>

export interface IrregularVerb { readonly base: string; readonly past: readonly string[]; readonly participle: readonly string[] }

/** Reads `language.yaml` and `irregular.tsv` of one language folder; throws KnowledgeError naming file and place. */
export function loadLanguage(folder: string): { settings: LanguageSettings; irregular: readonly IrregularVerb[] } {
  const irregularFile = join(folder, 'irregular.tsv')
  const irregular = !existsSync(irregularFile) ? [] : readTable(irregularFile, ['base', 'past', 'participle']).map((row) => ({
    base: row.get('base'), past: row.list('past'), participle: row.list('participle'),
  }))
  return { settings: readSettings(join(folder, 'language.yaml'), languageSchema), irregular }
}

/** How a language's letters are folded and whether its words are parted by spaces; throws as `loadLanguage` does. */
export function scriptOf(folder: string): { fold: LanguageSettings['fold']; spaced: boolean } {
  const { fold, tokens } = readSettings(join(folder, 'language.yaml'), languageSchema)
  return { fold, spaced: tokens === 'words' }
}
