import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '../../src/reader.ts'
import { openRecord } from '../../src/record.ts'
import { countDocuments, openStore, type Store, type StoreOptions, storeStats } from '../../src/store/index.ts'
import { engines, type TestStore } from '../store/engines.ts'
import { numbers } from '../store/fixtures.ts'
import { madeDocuments } from './made.ts'

/** `READOUT_KILLS=50 READOUT_KILL_DOCUMENTS=5000` is the long form. */
const KILLS = Number(process.env['READOUT_KILLS'] ?? 4)
const COUNT = Number(process.env['READOUT_KILL_DOCUMENTS'] ?? 400)
const SEED = Number(process.env['READOUT_KILL_SEED'] ?? Date.now() % 100_000)
const LONG = 3_600_000

/** Knowledge that nobody changes while the test runs. */
const root = mkdtempSync(join(tmpdir(), 'readout-root-'))
for (const folder of ['languages', 'ontology', 'gazetteer']) cpSync(join(PACKAGE_ROOT, folder), join(root, folder), { recursive: true })
afterAll(() => rmSync(root, { recursive: true, force: true }))

function start(place: StoreOptions): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('child.ts', import.meta.url)), JSON.stringify(place), String(COUNT), root], { stdio: ['ignore', 'pipe', 'inherit'] })
}

interface Lived { readonly kept: number; readonly done: boolean }

/** Lets a child live for so many milliseconds (from its start, or from when it has opened the record); says what it acknowledged. */
async function live(place: StoreOptions, from: 'start' | 'ready', ms: number): Promise<Lived> {
  const child = start(place)
  let out = ''
  let timer: NodeJS.Timeout | undefined
  const arm = (): void => {
    timer ??= setTimeout(() => child.kill('SIGKILL'), ms)
  }
  if (from === 'start') arm()
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString()
    if (out.includes('ready')) arm()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  clearTimeout(timer)
  if (code !== null && code !== 0) throw new Error(`the child failed: ${out}`)
  return { kept: Number(/kept (\d+)\n(?!.*kept \d+\n)/su.exec(out)?.[1] ?? 0), done: /done/u.test(out) }
}

/** Everything in the record but the times at which things were done. */
async function exported(store: Store): Promise<string[]> {
  const out: string[] = []
  const list = async (query: ReturnType<typeof sql<{ line: string }>>): Promise<void> => {
    for (const { line } of (await query.execute(store.db)).rows) out.push(line)
  }
  for (const [table, without, order] of [
    ['pages', ['first_seen', 'bytes'], 'hash'], ['documents', ['added_at'], 'id'], ['articles', ['first_seen'], 'id'], ['article_texts', [], 'article'], ['article_bands', [], 'band, article'], ['mentions', [], 'article, kind, key'],
    ['reports', [], 'id'], ['report_keys', [], 'key, day, report'], ['events', [], 'id'], ['event_keys', [], 'key, day, event'], ['event_reports', [], 'report'], ['accounts', [], 'event, side'], ['judgements', ['at'], 'id'],
    ['event_sums', [], 'key, month, type, mode, status'], ['pair_sums', [], 'key'], ['statements', [], 'id'], ['figures', [], 'article, ordinal'], ['problems', ['at', 'attempts'], 'id'], ['runs', ['started_at'], 'id'],
  ] as const) await list(sql<{ line: string }>`select ${sql.lit(table)} || (to_jsonb(t) - ${[...without]}::text[])::text as line from ${sql.table(table)} t order by ${sql.raw(order)}`)
  return out
}

const drop = async (made: TestStore): Promise<void> => {
  if ('dir' in made.options) rmSync(made.options.dir, { recursive: true, force: true })
  else await made.drop()
}

describe.each(await engines())('an ingest on the $name engine that is killed', ({ name, fresh }) => {
  it(`${KILLS} times at random moments (seed ${SEED}) ends as one that is not`, async () => {
    const [whole, broken] = [await fresh(), await fresh()]
    await whole.store.close()
    await broken.store.close()
    const calm = await openRecord({ ...whole.options, threads: 1, root })
    const began = performance.now()
    await calm.add(madeDocuments(COUNT))
    const took = performance.now() - began
    const want = await exported(calm.store)
    await calm.close()

    const random = numbers(SEED)
    let acknowledged = 0
    let kills = 0
    for (; kills < KILLS; kills++) {
      const early = random() < 0.2
      const lived = await live(broken.options, early ? 'start' : 'ready', early ? random() * 3000 : random() * Math.max(1500, (took / KILLS) * 2))
      const store = await openStore(broken.options)
      const count = await countDocuments(store.db)
      const stats = await storeStats(store)
      await store.close()
      // Missing documents leave no row: one in seventeen.
      expect(count).toBeGreaterThanOrEqual(Math.floor(lived.kept * (15 / 17)) - 1)
      expect(count).toBeGreaterThanOrEqual(acknowledged)
      expect(stats.torn).toBe(0)
      acknowledged = count
      if (lived.done) break
    }
    expect(await live(broken.options, 'ready', LONG)).toMatchObject({ kept: COUNT, done: true })
    const store = await openStore(broken.options)
    const got = await exported(store)
    await store.close()
    const [wanted, gotten] = [new Set(want), new Set(got)]
    const odd = [...got.filter((line) => !wanted.has(line)), ...want.filter((line) => !gotten.has(line))]
    expect(odd.slice(0, 3)).toEqual([])
    expect(got.length).toBe(want.length)
    console.log(`${name}: killed ${kills} times`)
    await drop(whole)
    await drop(broken)
  }, LONG)
})
