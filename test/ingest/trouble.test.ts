import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { PACKAGE_ROOT } from '../../src/reader.ts'
import { openRecord } from '../../src/record.ts'
import { countDocuments, listJobs, openStore, StoreError, storeStats } from '../../src/store/index.ts'
import { engines } from '../store/engines.ts'
import { madeDocuments } from './made.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-trouble-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const found = await engines()
const server = found.find(({ name }) => name === 'postgres')
const code = (want: string) => (error: unknown): boolean => error instanceof StoreError && error.code === want && error.todo.length > 10

async function ready(child: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => { if (chunk.toString().includes('ready')) resolve() })
    child.on('close', () => reject(new Error('the child ended early')))
  })
}

describe('two processes on one embedded record', () => {
  it('the second is told which process holds it, and gets it when that one is killed', async () => {
    const dir = join(folder, 'two')
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('child.ts', import.meta.url)), JSON.stringify({ dir }), '100000', PACKAGE_ROOT], { stdio: ['ignore', 'pipe', 'inherit'] })
    await ready(child)
    await expect(openStore({ dir })).rejects.toSatisfy((error) => code('held')(error) && String(error).includes(`process ${child.pid} `) && String(error).includes('child.ts'))
    const closed = new Promise((resolve) => child.on('close', resolve))
    child.kill('SIGKILL')
    await closed
    const store = await openStore({ dir })
    expect((await storeStats(store)).torn).toBe(0)
    await store.close()
  }, 240_000)
})

describe.skipIf(server === undefined)('a database that goes away in the middle', () => {
  it('ends the ingest with a clear error, and nothing kept is lost', async () => {
    const made = await (server ?? expect.fail('no server')).fresh()
    await made.store.close()
    if (!('url' in made.options)) throw new Error('no address')
    const { url } = made.options
    const record = await openRecord({ url, threads: 1 })
    let kept = 0
    const name = new URL(url).pathname.slice(1)
    const admin = async (...statements: readonly string[]): Promise<void> => {
      const client = new pg.Client({ connectionString: url.replace(/\/[^/]*$/u, '/postgres') })
      await client.connect()
      for (const statement of statements) await client.query(statement)
      await client.end()
    }
    // Gone for good: those connected are cut off, and nobody is let in any more.
    const away = (): Promise<void> => admin(`alter database ${name} allow_connections false`, `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`)
    let going: Promise<void> | null = null
    await expect(record.add(madeDocuments(400), { job: { kind: 'add', spec: 'gone' }, progress: ({ done }) => {
      kept = done
      going ??= away()
    } })).rejects.toSatisfy((error) => error instanceof StoreError && ['unreachable', 'failed'].includes(error.code))
    await record.close()
    await going
    await admin(`alter database ${name} allow_connections true`)
    const again = await openRecord({ url, threads: 1 })
    expect(await countDocuments(again.store.db)).toBeGreaterThanOrEqual(Math.floor(kept * (15 / 17)) - 1)
    const sum = await again.add(madeDocuments(400), { job: { kind: 'add', spec: 'gone' } })
    expect(sum.known).toBeGreaterThan(0)
    expect((await listJobs(again.store.db))[0]).toMatchObject({ state: 'done' })
    expect((await storeStats(again.store)).torn).toBe(0)
    await again.close()
    await made.drop()
  }, 240_000)
})

describe('damaged and full places', () => {
  it('a store whose files are cut is said to be corrupt and left as it is', async () => {
    const dir = join(folder, 'cut')
    await (await openStore({ dir })).close()
    truncateSync(join(dir, 'pg', 'global', 'pg_control'), 100)
    await expect(openStore({ dir })).rejects.toSatisfy(code('corrupt'))
    expect(statSync(join(dir, 'pg', 'global', 'pg_control')).size).toBe(100)
  }, 60_000)

  it('a folder of something else is not written into', async () => {
    await expect(openStore({ dir: fileURLToPath(new URL('.', import.meta.url)) })).rejects.toSatisfy(code('not-a-store'))
    expect(readdirSync(new URL('.', import.meta.url))).not.toContain('pg')
  }, 60_000)

  it('a disk that fills up ends the ingest with a clear error, and what was kept is there', async (context) => {
    const place = join(folder, 'small')
    mkdirSync(place)
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=80m', 'tmpfs', place], { stdio: 'ignore' })
    } catch {
      context.skip('a small file system cannot be mounted here')
    }
    try {
      const dir = join(place, 'record')
      const record = await openRecord({ dir, threads: 1 })
      let kept = 0
      const big = function* () {
        for (let at = 0; at < 4000; at++) {
          // Bytes that cannot be packed: the disk is full soon.
          const noise = randomBytes(300_000).toString('base64')
          yield { name: `b${at}`, bytes: new TextEncoder().encode(`<html><body><p>The presidents of France and Germany met in Paris on 5 March 2024, number ${at}, their offices said in a statement.</p><script>${noise}</script></body></html>`), mediaType: 'text/html' }
        }
      }
      await expect(record.add(big(), { progress: ({ done }) => { kept = done } })).rejects.toSatisfy((error) => error instanceof StoreError && ['disk-full', 'crashed'].includes(error.code))
      await record.close()
      expect(kept).toBeGreaterThan(0)
      // With room again, all that was acknowledged is there and it goes on.
      execFileSync('mount', ['-o', 'remount,size=400m', place], { stdio: 'ignore' })
      const again = await openRecord({ dir, threads: 1 })
      const before = await countDocuments(again.store.db)
      expect(before).toBeGreaterThanOrEqual(kept)
      expect((await storeStats(again.store)).torn).toBe(0)
      expect(await again.add([{ name: 'after', bytes: new TextEncoder().encode('The presidents of France and Germany met in Paris on 6 March 2024.'), mediaType: 'text/plain' }])).toMatchObject({ added: 1, failed: 0 })
      await again.close()
      // Where nothing can be written any more, that is said, and nothing is lost either.
      execFileSync('mount', ['-o', 'remount,ro', place], { stdio: 'ignore' })
      await expect(openStore({ dir })).rejects.toSatisfy(code('read-only'))
      await expect(openStore({ dir: join(place, 'new') })).rejects.toSatisfy(code('read-only'))
      execFileSync('mount', ['-o', 'remount,rw', place], { stdio: 'ignore' })
      const last = await openStore({ dir })
      expect(await countDocuments(last.db)).toBe(before + 1)
      await last.close()
    } finally {
      execFileSync('umount', ['-l', place], { stdio: 'ignore' })
    }
  }, 480_000)
})
