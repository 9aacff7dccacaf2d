/** Whose voice an article is: by its address, its publisher, or the one agency it is taken from. */
import { join } from 'node:path'
import type { Knowledge } from './knowledge/index.ts'
import { loadVoices } from './knowledge/voices.ts'
import type { Article } from './model/index.ts'

/** Makes the function that says which state's official or state-run voice an article is; null for third parties. */
export function createVoiceOf(knowledge: Knowledge): (article: Article) => string | null {
  const iso2 = new Map([...knowledge.gazetteer.states.values()].filter((state) => state.iso2 !== '').map((state) => [state.iso2, state.id]))
  const voices = loadVoices(join(knowledge.root, 'gazetteer'), knowledge.languages.map((language) => knowledge.folder(language)), iso2)
  return ({ url, publisher, agencies }) => {
    const host = voices.ofHost(url)
    if (host !== null) return host
    // A known outlet speaks for itself, whatever agency it prints.
    if (publisher !== null) return voices.knows(publisher) || agencies.length !== 1 ? voices.ofMedium(publisher) : voices.ofMedium(agencies[0] ?? null)
    return agencies.length === 1 ? voices.ofMedium(agencies[0] ?? null) : null
  }
}
