/** The worker behind `read-pool.ts`: reads the documents it is sent, in their order. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadKnowledge } from './knowledge/index.ts'
import { KnowledgeError } from './knowledge/tables.ts'
import { readingHere, type ReadTask } from './read-document.ts'

const read = readingHere(loadKnowledge((workerData as { root: string }).root))
// The tables of pages are loaded now, so that no page is blamed for the time it takes.
let last: Promise<unknown> = read({ page: { text: '<html><body><p>.</p></body></html>', mediaType: 'text/html' } }).catch(() => undefined)

parentPort?.on('message', ({ id, task }: { id: number; task: ReadTask }) => {
  last = last.then(async () => {
    parentPort?.postMessage({ id, started: true })
    try {
      parentPort?.postMessage({ id, document: await read(task) })
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error), broken: error instanceof KnowledgeError })
    }
  })
})
