/** The worker behind `read-pool.ts`: reads the documents it is sent, in their order. */
import { parentPort, workerData } from 'node:worker_threads'
import { loadKnowledge } from './knowledge/index.ts'
import { KnowledgeError } from './knowledge/tables.ts'
import { readHere, type ReadTask } from './read-document.ts'

const knowledge = loadKnowledge((workerData as { root: string }).root)
// The tables of pages are loaded now, so that no page is blamed for the time it takes.
let last: Promise<unknown> = readHere({ page: { text: '<html><body><p>.</p></body></html>', mediaType: 'text/html' } }, knowledge).catch(() => undefined)

parentPort?.on('message', ({ id, task }: { id: number; task: ReadTask }) => {
  last = last.then(async () => {
    parentPort?.postMessage({ id, started: true })
    try {
      parentPort?.postMessage({ id, reading: await readHere(task, knowledge) })
    } catch (error) {
      parentPort?.postMessage({ id, error: error instanceof Error ? error.message : String(error), broken: error instanceof KnowledgeError })
    }
  })
})
