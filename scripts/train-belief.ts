/** `tsx scripts/train-belief.ts`: trains the weights that say how likely a report is right, on what the development data says of the reports the rules find in it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { labelledReports, trainBelief, validateBelief, vectorsFor, WITH_WORDS } from '../bench/beliefs.ts'
import { haveBench, ROOT } from '../bench/data.ts'

if (haveBench('train-belief')) {
  const all = labelledReports()
  for (const language of [null, ...WITH_WORDS]) {
    const vectors = vectorsFor(all, language)
    const { slope, offset, floors } = validateBelief(vectors)
    const bytes = gzipSync(trainBelief(vectors, null, { slope, offset, floors }), { level: 9 })
    const folder = language === null ? 'ontology' : join('languages', language)
    writeFileSync(join(ROOT, folder, 'belief.bin.gz'), bytes)
    console.log(`${folder}/belief.bin.gz: ${all.length} reports, ${bytes.length} bytes`)
  }
}
