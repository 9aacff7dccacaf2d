/** Starting worker threads of our own modules, built or from source. */
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'

export interface ThreadOptions {
  /** Megabytes for what lives shortly; as the engine likes it when left out. */
  readonly youngMb?: number
}

/** Starts the worker module `name` of this folder (without ending). From source it first registers the loader the program itself runs with. */
export function startThread(name: string, workerData: unknown, { youngMb }: ThreadOptions = {}): Worker {
  const resourceLimits = youngMb === undefined ? {} : { maxYoungGenerationSizeMb: youngMb }
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL(`./${name}.js`, import.meta.url), { workerData, resourceLimits })
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx/esm/api').replace(/\.cjs$/u, '.mjs')).href
  const entry = new URL(`./${name}.ts`, import.meta.url).href
  const start = `import(${JSON.stringify(loader)}).then(({ register }) => { register(); return import(${JSON.stringify(entry)}) })`
  return new Worker(start, { eval: true, execArgv: [], workerData, resourceLimits })
}
