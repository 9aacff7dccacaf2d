/** The worker behind `guard.ts`: reads the pages it is sent, one at a time. */
import { parentPort, workerData } from 'node:worker_threads'
import type { PageKnowledge } from './knowledge/page.ts'
import type { PageInput } from './model/index.ts'
import { type PageOptions, readPage } from './page/page.ts'

parentPort?.on('message', async ({ id, input, options }: { id: number; input: PageInput; options: PageOptions }) => {
  try {
    parentPort?.postMessage({ id, reading: await readPage(input, workerData as PageKnowledge, options) })
  } catch {
    parentPort?.postMessage({ id, reading: null })
  }
})
