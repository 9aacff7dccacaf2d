/** `tsx scripts/train-relation.ts`: trains the relation weights on the labelled pairs of the development data: English with its words, and neutral ones for all other languages. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { haveBench, ROOT } from '../bench/data.ts'
import { labelledPairs, type PairItem } from '../bench/relations.ts'
import { NEUTRAL, SURFACE, trainModel } from '../bench/tasks/relation.ts'

if (haveBench('train-relation')) {
  const pairs = labelledPairs<PairItem>('plv.jsonl')
  for (const [folder, scale] of [['languages/en', SURFACE], ['ontology', NEUTRAL]] as const) {
    const bytes = gzipSync(trainModel(pairs, scale), { level: 9 })
    writeFileSync(join(ROOT, folder, 'relation.bin.gz'), bytes)
    console.log(`${folder}/relation.bin.gz: ${pairs.length} pairs, ${bytes.length} bytes`)
  }
}
