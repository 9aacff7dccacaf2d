/** Learned weights: a language's own where its folder has them, else the neutral ones of the ontology. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { type LinearModel, unpackModel } from '../text/linear/model.ts'
import { KnowledgeError } from './tables.ts'

/** `relation`: what one span does to another; `belief`: how likely a report is right; `telling`: how a sentence tells news of a type. */
export type WeightsName = 'relation' | 'belief' | 'telling'

/** The weights of the first of these folders that has some, null when none has. Throws KnowledgeError for a file that holds something else. */
export function loadWeights(name: WeightsName, ...folders: readonly string[]): LinearModel | null {
  for (const file of folders.map((folder) => join(folder, `${name}.bin.gz`))) {
    if (!existsSync(file)) continue
    try {
      return unpackModel(gunzipSync(readFileSync(file)))
    } catch (error) {
      throw new KnowledgeError(file, 0, error instanceof Error ? error.message : String(error))
    }
  }
  return null
}
