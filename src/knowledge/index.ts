/** All knowledge: the three data folders, checked. A language is found by listing `languages/`; folders that begin with `_` are shared tables. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Analyser } from '../text/analysis/analyser.ts'
import { compileLexicon, type Lexicon } from '../text/lexicon.ts'
import type { LinearModel } from '../text/linear/model.ts'
import { createTokenizer, type Tokenizer } from '../text/tokenize.ts'
import type { TimeEngines } from '../text/times.ts'
import { loadAnalyserFile } from './analysis.ts'
import { loadGazetteer, type Gazetteer } from './gazetteer.ts'
import { loadLanguage } from './language.ts'
import { loadNames, type NameEntry } from './names.ts'
import { loadOntology, type Ontology } from './ontology.ts'
import { loadPageKnowledge, type PageKnowledge } from './page.ts'
import { loadRoles } from './roles.ts'
import { KnowledgeError } from './tables.ts'
import { loadTemplates, type Templates } from './templates.ts'
import { loadTimes } from './times.ts'
import { loadWeights } from './weights.ts'
import { loadContexts, loadWordings } from './wordings.ts'

export interface Knowledge {
  readonly root: string
  readonly languages: readonly string[]
  readonly ontology: Ontology
  readonly gazetteer: Gazetteer
  /** What is known of pages, loaded at first use. */
  readonly page: PageKnowledge
  /** What a language calls those in the gazetteer; none when there is no folder for it. */
  names(language: string): readonly NameEntry[]
  /** Cuts a language's texts into words, null when there is no folder for it: all that a search needs of a language, and a small part of its tables. */
  tokenizer(language: string): Tokenizer | null
  /** The compiled tables of a language, null when there is no folder for it. Compiled at first use. */
  lexicon(language: string): Lexicon | null
  /** Learned word analysis of a language, null when it has no weights. */
  analyser(language: string): Analyser | null
  /** Date and quantity engines of a language with a folder. */
  times(language: string): TimeEngines
  /** Learned weights of the relation of two spans, null when there are none. */
  relation(language: string): LinearModel | null
  /** Learned weights that say how likely a report is right, null when there are none. */
  belief(language: string): LinearModel | null
  /** Learned weights of how the language's press tells news of a type, null when it has none. */
  telling(language: string): LinearModel | null
  /** Templates of the record lines, null when the language has none. */
  templates(language: string): Templates | null
  /** Folder of a language. */
  folder(language: string): string
}

/** Opens the data folders below `root`. Throws KnowledgeError naming file and line of the first mistake. */
export function loadKnowledge(root: string): Knowledge {
  const languagesFolder = join(root, 'languages')
  if (!existsSync(languagesFolder)) throw new KnowledgeError(languagesFolder, 0, 'this folder is missing; the installation is not complete')
  const languages = readdirSync(languagesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('_') && existsSync(join(languagesFolder, entry.name, 'language.yaml')))
    .map((entry) => entry.name).sort()
  const ontologyFolder = join(root, 'ontology')
  const ontology = loadOntology(ontologyFolder)
  const gazetteer = once(() => loadGazetteer(join(root, 'gazetteer'), ontologyFolder))
  const page = once(() => loadPageKnowledge(root))
  const folder = (language: string): string => join(languagesFolder, language)
  const script = perLanguage((language) => (languages.includes(language) ? loadLanguage(folder(language)) : null))
  const names = perLanguage((language) => (languages.includes(language) ? loadNames(folder(language)) : []))
  const tokenizer = perLanguage((language) => {
    const own = script(language)
    return own === null ? null : createTokenizer(own.settings)
  })
  const known = (concept: string): boolean => ontology.concepts[concept] !== undefined
  return {
    root, languages, ontology, folder, names, tokenizer,
    get gazetteer() { return gazetteer() },
    get page() { return page() },
    lexicon: perLanguage((language) => {
      const [own, words] = [script(language), tokenizer(language)]
      if (own === null || words === null) return null
      const path = folder(language)
      return compileLexicon({ code: language, ...own, tokenizer: words, names: names(language), roles: loadRoles(path), wordings: loadWordings(path, known), contexts: loadContexts(path) })
    }),
    analyser: perLanguage((language) => (languages.includes(language) ? loadAnalyserFile(folder(language)) : null)),
    times: perLanguage((language) => (languages.includes(language) ? loadTimes(folder(language), ontologyFolder) : { dates: null, quantities: null })),
    relation: perLanguage((language) => (languages.includes(language) ? loadWeights('relation', folder(language), ontologyFolder) : null)),
    belief: perLanguage((language) => (languages.includes(language) ? loadWeights('belief', folder(language), ontologyFolder) : null)),
    telling: perLanguage((language) => (languages.includes(language) ? loadWeights('telling', folder(language)) : null)),
    templates: perLanguage((language) => (languages.includes(language) ? loadTemplates(folder(language)) : null)),
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function perLanguage<T>(make: (language: string) => T): (language: string) => T {
  const made = new Map<string, T>()
  return (language) => {
    const known = made.get(language)
    if (known !== undefined) return known
    const value = make(language)
    made.set(language, value)
    return value
  }
}
