/** The worker behind `readout code --workers N`: codes the batches of lines it is sent. */
import { parentPort, workerData } from 'node:worker_threads'
import { codeJob, type CodeJob } from './code.ts'
import { loadKnowledge } from './knowledge/index.ts'

const knowledge = loadKnowledge((workerData as { root: string }).root)

parentPort?.on('message', async ({ id, jobs }: { id: number; jobs: readonly CodeJob[] }) => {
  const lines: string[] = []
  for (const job of jobs) lines.push(await codeJob(job, knowledge))
  parentPort?.postMessage({ id, lines })
})
