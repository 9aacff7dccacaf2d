/** The weights of the relation model: a language's own where its folder has them, else the neutral ones of the ontology. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { KnowledgeError } from './tables.ts'

/** Bytes of the relation model to use for a language folder, null when there is none. Throws KnowledgeError for a file that is no gzip. */
export function loadRelationBytes(folder: string, ontology: string): Uint8Array | null {
  for (const file of [join(folder, 'relation.bin.gz'), join(ontology, 'relation.bin.gz')]) {
    if (!existsSync(file)) continue
    try {
      return gunzipSync(readFileSync(file))
    } catch (error) {
      throw new KnowledgeError(file, 0, error instanceof Error ? error.message : String(error))
    }
  }
  return null
}
