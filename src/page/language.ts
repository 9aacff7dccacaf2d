/** Which language a text is in: by its script and letters first, by statistics where a script has many languages. */
import type { DetectionTable } from '../knowledge/page.ts'

const SAMPLE = 6000
const STATISTICS = 1500
/** Below this many letters the page's own declaration decides between languages of one script. */
const SHORT = 40

const SCRIPTS = ['Latin', 'Cyrillic', 'Arabic', 'Han', 'Hangul', 'Hebrew', 'Greek', 'Thai', 'Devanagari', 'Bengali', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Gujarati', 'Georgian', 'Armenian', 'Ethiopic', 'Khmer', 'Lao', 'Myanmar', 'Sinhala', 'Gurmukhi', 'Tibetan'] as const
const TESTS: readonly (readonly [string, RegExp])[] = [['Kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/u], ...SCRIPTS.map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const)]

interface Detector { detect(text: string): { language: string; isReliable(): boolean; getScores(): Record<string, number> } }
let detector: Promise<Detector> | null = null

async function statistics(table: DetectionTable): Promise<Detector> {
  detector ??= import('eld/extrasmall').then(({ eld }) => {
    const own = eld.newInstance()
    own.setLanguageSubset(table.subset)
    return own as unknown as Detector
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
  const code = table.aliases[found.language] ?? found.language
  if (code === '' || (!found.isReliable() && total < SHORT)) return prior ?? (code !== '' && total >= 12 ? code : only)
  if (!found.isReliable() && prior !== null) return prior
  return code
}

/** Direction a language is written in. */
export function directionOf(language: string, table: DetectionTable): 'ltr' | 'rtl' {
  return table.rightToLeft.includes(language) ? 'rtl' : 'ltr'
}
