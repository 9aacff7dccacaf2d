/** How a language words the concepts: `languages/<code>/concepts.tsv`, and the topics of contexts: `contexts.tsv`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { KnowledgeError, readTable } from './tables.ts'

export interface Wording { readonly concept: string; readonly pattern: string; readonly place: string }

/** Reads `concepts.tsv`; several patterns may stand in one cell, parted by ` ; `. Throws KnowledgeError for unknown concepts. */
export function loadWordings(folder: string, known: (concept: string) => boolean): Wording[] {
  const file = join(folder, 'concepts.tsv')
  if (!existsSync(file)) return []
  const out: Wording[] = []
  for (const row of readTable(file, ['concept', 'pattern'])) {
    const concept = row.get('concept')
    if (!known(concept)) throw new KnowledgeError(file, row.line, `unknown concept '${concept}'`)
    for (const pattern of row.get('pattern').split(/\s;\s/u)) out.push({ concept, pattern: pattern.trim(), place: `${file}:${row.line}` })
  }
  return out
}

/** Reads `contexts.tsv`: PLOVER context -> patterns. */
export function loadContexts(folder: string): Wording[] {
  const file = join(folder, 'contexts.tsv')
  if (!existsSync(file)) return []
  return readTable(file, ['context', 'words']).flatMap((row) => row.list('words').map((pattern) => ({ concept: row.get('context'), pattern, place: `${file}:${row.line}` })))
}
