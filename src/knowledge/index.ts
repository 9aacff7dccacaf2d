/** All knowledge: the three data folders, checked. A language is found by listing `languages/`; folders that begin with `_` are shared tables. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { compileLexicon, type Lexicon } from '../text/lexicon.ts'
import { loadGazetteer, type Gazetteer } from './gazetteer.ts'
import { loadLanguage } from './language.ts'
import { loadNames } from './names.ts'
import { loadOntology, type Ontology } from './ontology.ts'
import { loadRoles } from './roles.ts'
import { loadContexts, loadWordings } from './wordings.ts'

export interface Knowledge {
  readonly root: string
  readonly languages: readonly string[]
  readonly ontology: Ontology
  readonly gazetteer: Gazetteer
  /** The compiled tables of a language, null when there is no folder for it. Compiled at first use. */
  lexicon(language: string): Lexicon | null
  /** Folder of a language. */
  folder(language: string): string
}

/** Opens the data folders below `root`. Throws KnowledgeError naming file and line of the first mistake. */
export function loadKnowledge(root: string): Knowledge {
  const languagesFolder = join(root, 'languages')
  const languages = readdirSync(languagesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_') && existsSync(join(languagesFolder, entry.name, 'language.yaml')))
    .map((entry) => entry.name).sort()
  const ontology = loadOntology(join(root, 'ontology'))
  const gazetteer = loadGazetteer(join(root, 'gazetteer'), join(root, 'ontology'))
  const lexicons = new Map<string, Lexicon>()
  const folder = (language: string): string => join(languagesFolder, language)
  return {
    root, languages, ontology, gazetteer, folder,
    lexicon(language) {
      if (!languages.includes(language)) return null
      let lexicon = lexicons.get(language)
      if (!lexicon) {
        const path = folder(language)
        lexicon = compileLexicon({
          code: language, ...loadLanguage(path), names: loadNames(path), roles: loadRoles(path),
          wordings: loadWordings(path, (concept) => ontology.concepts[concept] !== undefined), contexts: loadContexts(path),
        })
        lexicons.set(language, lexicon)
      }
      return lexicon
    },
  }
}
