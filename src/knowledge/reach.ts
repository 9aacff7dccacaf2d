/** How far each language is known: what can be read in it, and what can be written. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Knowledge } from './index.ts'
import { loadLanguage } from './language.ts'
import { loadWordings } from './wordings.ts'

export interface Reach {
  readonly code: string
  readonly name: string
  /** Events are read, not only names, dates and figures. */
  readonly events: boolean
  /** Concepts that are worded, of all there are. */
  readonly concepts: number
  readonly of: number
  readonly wordings: number
  readonly nameTables: number
  /** Record lines can be written in it. */
  readonly templates: boolean
  /** It has a learned word analysis. */
  readonly learned: boolean
}

/** What is known of every language; reads all their wordings. */
export function reachOf(knowledge: Knowledge): Reach[] {
  const { concepts } = knowledge.ontology
  return knowledge.languages.map((code) => {
    const folder = knowledge.folder(code)
    const wordings = loadWordings(folder, (concept) => concepts[concept] !== undefined)
    const names = join(folder, 'names')
    return {
      code, name: loadLanguage(folder).settings.name, events: existsSync(join(folder, 'roles.yaml')) && wordings.length > 0, concepts: new Set(wordings.map(({ concept }) => concept)).size, of: Object.keys(concepts).length, wordings: wordings.length,
      nameTables: existsSync(names) ? readdirSync(names).length : 0, templates: knowledge.templates(code) !== null, learned: existsSync(join(folder, 'parser.bin.gz')),
    }
  })
}
