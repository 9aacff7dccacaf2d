/** Who is who: descriptions to country and sector, and politicians' names in many scripts. */
import { rows, scorer } from '../data.ts'
import { knowledge } from '../coder.ts'
import { readArticle } from '../../src/read.ts'
import type { Actor } from '../../src/model/index.ts'
import type { Row } from '../table.ts'

interface Described { readonly id: string; readonly lang: string; readonly text: string; readonly date?: string }
interface Named { readonly id: string; readonly country: readonly string[]; readonly leader: unknown; readonly names: Readonly<Record<string, readonly string[]>> }

function actorsIn(text: string, language: string, published: string | null): readonly Actor[] {
  const article = { id: '', url: null, language, direction: 'ltr', title: null, lead: null, byline: null, agencies: [], publisher: null, published, text, captions: [], furniture: [] } as const
  const { mentions } = readArticle(article, [[0, text.length]], [], knowledge)
  return mentions.flatMap((mention) => (mention.actor ? [mention.actor] : []))
}

/** `actors`: a name or description, with a date, to country and PLOVER sector. */
export async function measureActors(): Promise<Row[]> {
  const gold = rows<Described>('actors.jsonl')
  const predictions = gold.map((item) => {
    const found = [...actorsIn(item.text, item.lang, item.date ?? null)].sort((a, b) => b.text.length - a.text.length)[0]
    return { id: item.id, country: found?.country ?? '', sector: found?.sector ?? '' }
  })
  const result = (await scorer())('actors', gold, predictions) as { country: { accuracy: number; n: number }; sector: { accuracy: number; n: number }; countryWhereGoldHasOne: { accuracy: number; n: number } }
  return [
    { set: 'actors', measure: 'country accuracy', n: result.country.n, value: result.country.accuracy, anchor: 'Phoenix dictionaries 0.507' },
    { set: 'actors', measure: 'country accuracy where there is one', n: result.countryWhereGoldHasOne.n, value: result.countryWhereGoldHasOne.accuracy, anchor: 'Phoenix dictionaries 0.400' },
    { set: 'actors', measure: 'sector accuracy', n: result.sector.n, value: result.sector.accuracy },
  ]
}

/** `names`: of the leaders, how many are known by the name a language gives them; one identity for all their names. */
export function measureNames(): Row[] {
  const leaders = rows<Named>('names.jsonl').filter((person) => person.leader !== null)
  const out: Row[] = []
  for (const language of knowledge.languages) {
    const lexicon = knowledge.lexicon(language)
    if (!lexicon) continue
    let named = 0
    let found = 0
    for (const person of leaders) {
      const name = person.names[language]?.[0]
      if (name === undefined || name.includes(',')) continue
      named++
      const iso = new Set(person.country)
      if (actorsIn(name, language, null).some((actor) => actor.id.startsWith('person:') && iso.has(knowledge.gazetteer.states.get(actor.country ?? '') ? iso2(actor.country ?? '') : ''))) found++
    }
    if (named > 0) out.push({ set: 'names', measure: `leaders known by name, ${language}`, n: named, value: found / named })
  }
  return out
}

const iso2 = (state: string): string => knowledge.gazetteer.states.get(state)?.iso2 ?? ''
