/** Loads the weights of a language's word analysis. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { loadAnalyser, type Analyser } from '../text/analysis/analyser.ts'
import { KnowledgeError } from './tables.ts'

/** The analyser of a language folder; null when it has no weights. Throws KnowledgeError when the file cannot be used. */
export function loadAnalyserFile(folder: string): Analyser | null {
  const file = join(folder, 'parser.bin.gz')
  if (!existsSync(file)) return null
  try {
    return loadAnalyser(gunzipSync(readFileSync(file)))
  } catch (error) {
    throw new KnowledgeError(file, 0, error instanceof Error ? error.message : String(error))
  }
}
