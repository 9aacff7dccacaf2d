/** Which language a text is in: by its script and letters first, by statistics where a script has many languages. */
import { type DetectionTable, loadVocabulary } from '../knowledge/page.ts'
import { type Detector, newDetector } from './detector.ts'

const SAMPLE = 6000
const STATISTICS = 1500
/** Below this many letters the page's own declaration decides between languages of one script. */
const SHORT = 40
/** Below this many letters the statistics need the help of words; below the second, when they are not sure of themselves. */
const WORDS_HELP = 60
const UNSURE_HELP = 200
/** Fewer letters than this say nothing at all. */
const LEAST = 12
/** What it is worth against a score of the statistics, at most 1, that all words of a text are known in a language. */
const WORTH = 0.1
const WORTH_UNSURE = 1.0
/** Letters by which an inflected word may differ from its stem. */
const ENDING = 4
const CUT = 2
const LEAST_STEM = 4

const SCRIPTS = ['Latin', 'Cyrillic', 'Arabic', 'Han', 'Hangul', 'Hebrew', 'Greek', 'Thai', 'Devanagari', 'Bengali', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Gujarati', 'Georgian', 'Armenian', 'Ethiopic', 'Khmer', 'Lao', 'Myanmar', 'Sinhala', 'Gurmukhi', 'Tibetan'] as const
const TESTS: readonly (readonly [string, RegExp])[] = [['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u], ...SCRIPTS.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const)]

let detector: Promise<Detector> | null = null

async function statistics(table: DetectionTable): Promise<Detector> {
  detector ??= newDetector().then((own) => {
    own.setLanguageSubset(table.subset)
    return own
  })
  return detector
}

function countScripts(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const char of text) {
    if (char < 'A') continue
    for (const [name, test] of TESTS) {
      if (!test.test(char)) continue
      counts.set(name, (counts.get(name) ?? 0) + 1)
      break
    }
  }
  return counts
}

const primary = (tag: string | null): string | null => {
  const code = /^([a-z]{2,3})(?:$|[-_])/iu.exec(tag?.trim() ?? '')?.[1]?.toLowerCase()
  return code ?? null
}

/** Languages that could be written in a script, as far as the table knows. */
function scriptOf(language: string, table: DetectionTable): string | null {
  for (const [script, byLanguage] of Object.entries(table.letters)) if (language in byLanguage && script !== 'Latin') return script
  for (const [script, code] of Object.entries(table.scripts)) if (code === language) return script
  return null
}

interface Words { readonly words: ReadonlySet<string>; readonly stems: ReadonlyMap<string, readonly string[]> }
const compiled = new WeakMap<DetectionTable, Map<string, Words>>()

/** The words of a language, compiled when they are first asked for. */
function wordsOf(language: string, table: DetectionTable): Words {
  const known = compiled.get(table) ?? new Map<string, Words>()
  compiled.set(table, known)
  const before = known.get(language)
  if (before) return before
  const folder: string | undefined = table.folders[language]
  const own = folder === undefined ? null : loadVocabulary(folder)
  const { words, stems } = own && own.words.length > 0 ? own : { words: table.words[language] ?? [], stems: [] }
  const byHead = new Map<string, string[]>()
  for (const stem of stems) {
    if (stem.length < LEAST_STEM) continue
    const head = stem.slice(0, LEAST_STEM)
    const list = byHead.get(head)
    if (list) list.push(stem)
    else byHead.set(head, [stem])
  }
  const made = { words: new Set(words), stems: byHead }
  known.set(language, made)
  return made
}

/** How many letters of a word a language knows: all of them, or those of a stem; 0 when it is no word of its tables. */
function known({ words, stems }: Words, word: string): number {
  if (words.has(word)) return word.length
  let most = 0
  for (const stem of stems.get(word.slice(0, LEAST_STEM)) ?? []) {
    let shared = 0
    while (shared < stem.length && stem.charAt(shared) === word.charAt(shared)) shared++
    if (shared > most && shared >= stem.length - CUT && word.length - shared <= ENDING) most = shared
  }
  return most
}

/** The scores of the statistics with what the words say added: a word counts for the languages that know most of it, the less the more they are. */
function weighed(text: string, scores: Readonly<Record<string, number>>, script: string, table: DetectionTable, worth: number): string | null {
  const words = text.toLowerCase().replace(/’/gu, "'").match(/[\p{L}\p{M}']+/gu) ?? []
  const sums = new Map<string, number>()
  for (const [code, score] of Object.entries(scores)) {
    const language = table.aliases[code] ?? code
    sums.set(language, Math.max(sums.get(language) ?? 0, score))
  }
  const languages = new Set([...Object.keys(table.words), ...Object.keys(table.folders)])
  const able = [...languages].filter((language) => (script === 'Latin' ? scriptOf(language, table) === null || Object.hasOwn(table.letters['Latin'] ?? {}, language) : scriptOf(language, table) === script)).map((language) => [language, wordsOf(language, table)] as const)
  for (const word of words) {
    const letters = able.map(([language, own]) => [language, known(own, word)] as const)
    const most = Math.max(1, ...letters.map(([, count]) => count))
    const hits = letters.filter(([, count]) => count === most)
    for (const [language] of hits) sums.set(language, (sums.get(language) ?? 0) + worth / hits.length / words.length)
  }
  return [...sums].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? null
}

/** Tells the language of a text as an ISO 639-1 code; `und` when it cannot be told. `declared` is what the page says of itself. */
export async function detectLanguage(text: string, declared: string | null, table: DetectionTable): Promise<string> {
  const sample = text.slice(0, SAMPLE)
  const counts = countScripts(sample)
  const hint = primary(declared)
  const kana = counts.get('Kana') ?? 0
  const han = counts.get('Han') ?? 0
  counts.delete('Kana')
  // Names in Latin letters are common in every script, so another script needs less to win.
  const ranked = [...counts].map(([name, count]) => [name, name === 'Latin' ? count * 0.25 : name === 'Han' || name === 'Hangul' ? count * 2 : count] as const).sort((a, b) => b[1] - a[1])
  const script = ranked[0]?.[0]
  if (kana > 0 && kana * 20 >= han && (script === 'Han' || script === undefined || kana > (counts.get('Latin') ?? 0) * 0.25)) return table.scripts['Kana'] ?? 'und'
  if (script === undefined) return 'und'
  const only = table.scripts[script] ?? 'und'
  const letters = table.letters[script]
  const total = counts.get(script) ?? 0
  if (letters) {
    const telling = Object.entries(letters).map(([language, set]) => {
      const members = new Set(set)
      let count = 0
      for (const char of sample.toLowerCase()) if (members.has(char)) count++
      return { language, count }
    }).sort((a, b) => b.count - a.count)
    const first = telling[0]
    const second = telling[1]
    if (first && first.count > 0 && (table.lettersOnly.includes(script) || first.count >= total * 0.04) && first.count > (second?.count ?? 0) * (script === 'Latin' ? 1 : 1.2)) return first.language
    if (table.lettersOnly.includes(script)) return hint !== null && hint in letters ? hint : only
  } else if (script !== 'Latin') return only
  const prior = hint !== null && (script === 'Latin' ? scriptOf(hint, table) === null : scriptOf(hint, table) === script) ? hint : null
  if (total < SHORT && prior !== null) return prior
  const { detect } = await statistics(table)
  const found = detect(sample.slice(0, STATISTICS))
  const sure = found.isReliable()
  const plain = table.aliases[found.language] ?? found.language
  const helped = total < WORDS_HELP || (!sure && total < UNSURE_HELP && prior === null)
  const code = (helped && total >= LEAST ? weighed(sample, found.getScores(), script, table, sure ? WORTH : WORTH_UNSURE) : null) ?? plain
  if (code === '' || (!sure && total < SHORT)) return prior ?? (code !== '' && total >= LEAST ? code : only)
  if (!sure && prior !== null) return prior
  return code
}

/** Direction a language is written in. */
export function directionOf(language: string, table: DetectionTable): 'ltr' | 'rtl' {
  return table.rightToLeft.includes(language) ? 'rtl' : 'ltr'
}
