/** `tsx scripts/train-belief.ts`: trains the weights that say how likely a report is right, on what the development data says of the reports the rules find in it, and of how sentences tell news. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { trainBelief, trainTelling, validateBelief, vectorsFor, WITH_WORDS } from '../bench/beliefs.ts'
import { haveBench, ROOT } from '../bench/data.ts'
import { labelledReports } from '../bench/labelled.ts'

if (haveBench('train-belief')) {
  const all = labelledReports()
  for (const language of [null, ...WITH_WORDS]) {
    const vectors = vectorsFor(all, language)
    const { slope, offset, floors, blends } = validateBelief(vectors)
    const folder = language === null ? 'ontology' : join('languages', language)
    const keep = (name: string, weights: Uint8Array, learned: string): void => {
      const bytes = gzipSync(weights, { level: 9 })
      writeFileSync(join(ROOT, folder, name), bytes)
      console.log(`${folder}/${name}: ${learned}, ${bytes.length} bytes`)
    }
    keep('belief.bin.gz', trainBelief(vectors, null, { slope, offset, floors }), `${all.length} reports`)
    const telling = trainTelling(vectors.sentences, null, blends)
    if (telling) keep('telling.bin.gz', telling, `${vectors.sentences.length} sentences`)
  }
}
