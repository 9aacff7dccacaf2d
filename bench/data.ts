/** Where the development data lies, and reading it. All benches are skipped with a clear word where it is absent. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')
export const SHARED = process.env['READOUT_SHARED'] ?? join(ROOT, '..', 'shared')
export const BENCH = join(SHARED, 'bench')

/** Whether the development data is here; says so on stderr when it is not. */
export function haveBench(what: string): boolean {
  if (existsSync(BENCH)) return true
  console.error(`${what}: skipped, the development data is not at ${BENCH} (set READOUT_SHARED to its folder).`)
  return false
}

/** Reads a JSON Lines file of the development data. */
export function rows<T>(...path: string[]): T[] {
  return readFileSync(join(BENCH, ...path), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as T)
}

export type Scores = (task: string, gold: readonly unknown[], predictions: readonly unknown[]) => Record<string, unknown>

/** The scorer that comes with the data. */
export async function scorer(): Promise<Scores> {
  const module = (await import(join(BENCH, 'score.mjs'))) as { score: Scores }
  return module.score
}
