/** Adds made documents to a record and says what is kept, until it is done or killed. Arguments: the place as JSON, the number of documents, the folder of the knowledge. */
import { openRecord } from '../../src/record.ts'
import { madeDocuments } from './made.ts'

const [place = '{}', count = '0', root = ''] = process.argv.slice(2)
const record = await openRecord({ ...JSON.parse(place), threads: 1, root })
process.stdout.write('ready\n')
const sum = await record.add(madeDocuments(Number(count)), { job: { kind: 'add', spec: 'made', total: Number(count) }, progress: ({ done }) => process.stdout.write(`kept ${done}\n`) })
await record.close()
process.stdout.write(`done ${sum.done}\n`)
