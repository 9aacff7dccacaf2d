/** Workers on one database, as processes of their own: killed ones lose nothing, and what two meet at once is one. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFetcher } from '../../src/ingest/fetcher.ts'
import { isMissing } from '../../src/ingest/document.ts'
import { enqueue, type FetchJob } from '../../src/ingest/enqueue.ts'
import { openRecord } from '../../src/record.ts'
import { listArticles, listProblems, openQueue, openStore, type Store, storeStats } from '../../src/store/index.ts'
import { work } from '../../src/worker.ts'
import { madeDocument, madeDocuments } from '../ingest/made.ts'
import { engines, type TestStore } from '../store/engines.ts'
import { numbers } from '../store/fixtures.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const server = (await engines()).find(({ name }) => name === 'postgres')
const COUNT = Number(process.env['READOUT_KILL_DOCUMENTS'] ?? 120)
const KILLS = Number(process.env['READOUT_KILLS'] ?? 3)
const GIVE_BACK = 4

const readout = (...args: readonly string[]): ChildProcess => spawn(process.execPath, ['--import', 'tsx', MAIN, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
const ended = (child: ChildProcess): Promise<{ readonly code: number | null; readonly out: string }> => {
  let out = ''
  child.stdout?.on('data', (chunk: Buffer) => { out += chunk.toString() })
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out })))
}

/** What the record holds, but for when and in which order: events hang on reports, and each is there once. */
async function contents(store: Store): Promise<string[]> {
  const out: string[] = []
  for (const [table, without, order] of [
    ['documents', ['added_at'], 'id'], ['articles', ['first_seen', 'telling'], 'id'], ['reports', [], 'id'], ['report_keys', [], 'key, day, report'], ['statements', [], 'id'], ['events', [], 'id'], ['event_keys', [], 'key, day, event'],
    ['event_reports', [], 'report'], ['event_sums', [], 'key, month, type, mode, status'], ['pair_sums', [], 'key'],
  ] as const) {
    const { rows } = await sql<{ line: string }>`select ${sql.lit(table)} || (to_jsonb(t) - ${[...without]}::text[])::text as line from ${sql.table(table)} t order by ${sql.raw(order)}`.execute(store.db)
    out.push(...rows.map(({ line }) => line))
  }
  return out
}

/** Which articles tell one text, whatever that is called. */
async function tellings(store: Store): Promise<string[]> {
  const { rows } = await sql<{ line: string }>`select string_agg(id, ' ' order by id) as line from articles where telling is not null group by telling order by 1`.execute(store.db)
  return rows.map(({ line }) => line)
}

describe.skipIf(server === undefined)('workers on one database', () => {
  const folder = mkdtempSync(join(tmpdir(), 'readout-worker-'))
  const open: TestStore[] = []
  const place = async (): Promise<string> => {
    const made = await (server ?? expect.fail('no server')).fresh()
    open.push(made)
    await made.store.close()
    return 'url' in made.options ? made.options.url : expect.fail('no address')
  }
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    for (const made of open) await made.drop()
  })

  it(`that are killed ${KILLS} times leave what one that is not killed leaves`, async () => {
    const [calm, rough] = [await place(), await place()]
    const whole = await openRecord({ url: calm, threads: 1 })
    await whole.add(madeDocuments(COUNT))
    const want = { contents: await contents(whole.store), tellings: await tellings(whole.store) }
    await whole.close()

    const store = await openStore({ url: rough })
    const queue = await openQueue(rough, { giveBackSeconds: GIVE_BACK, supervise: true })
    const documents = async function* () { for (const given of madeDocuments(COUNT)) yield given }
    expect(await enqueue(store, queue, 'none', documents())).toMatchObject({ queued: COUNT })
    const random = numbers(7)
    const start = (): ChildProcess => readout('worker', '--db', rough, '--workers', '1', '--drain', '--give-back', String(GIVE_BACK), '--json')
    for (let kills = 0; kills < KILLS; kills++) {
      const child = start()
      const over = ended(child)
      // Killed when it has begun to work, wherever it is then.
      const deadline = performance.now() + 120_000
      while (child.exitCode === null && performance.now() < deadline && !(await queue.states()).some(({ active }) => active > 0)) await new Promise((resolve) => { setTimeout(resolve, 50) })
      await new Promise((resolve) => { setTimeout(resolve, random() * 3000) })
      child.kill('SIGKILL')
      await over
      expect((await storeStats(store)).torn).toBe(0)
    }
    const [one, two] = await Promise.all([ended(start()), ended(start())])
    expect([one.code, two.code]).toEqual([0, 0])
    expect((await queue.states()).map(({ waiting, active }) => waiting + active)).toEqual([0, 0, 0, 0])
    expect(await contents(store)).toEqual(want.contents)
    expect(await tellings(store)).toEqual(want.tellings)
    await queue.close()
    await store.close()
  }, 900_000)

  it('that keep copies of one text and tell one event at the same moment make one telling and one event', async () => {
    const url = await place()
    const records = await Promise.all([0, 1, 2].map(() => openRecord({ url, threads: 1 })))
    const given = madeDocument(1)
    if (isMissing(given)) throw new Error('no document')
    for (let round = 0; round < 3; round++) {
      const text = new TextDecoder().decode(given.bytes).replace('2024', `202${round}`)
      const day = `202${round}${given.published?.slice(4)}`
      // Each outlet edits a word; all are added at once.
      await Promise.all(records.map((record, at) => record.add([{ ...given, name: `r${round}-${at}`, url: `https://outlet${at}.example/${round}`, published: day, bytes: new TextEncoder().encode(text.replace('minutes', `minutes${'!'.repeat(at)}`)) }])))
    }
    const [first] = records
    const { items } = await listArticles(first?.store.db ?? expect.fail('no record'), { limit: 50 })
    expect(items).toHaveLength(9)
    expect(new Set(items.map(({ telling }) => telling)).size).toBe(3)
    const { rows } = await sql<{ n: number; least: number }>`select count(*)::integer as n, min(reports)::integer as least from events`.execute(first?.store.db ?? expect.fail('no record'))
    expect(rows[0]?.n).toBeGreaterThanOrEqual(3)
    expect(rows[0]?.least).toBeGreaterThanOrEqual(3)
    for (const record of records) await record.close()
  }, 300_000)

  describe('with addresses', () => {
    let site: Server
    let base: string
    let open = 0
    let most = 0
    beforeAll(async () => {
      site = createServer((request, response) => {
        open++
        most = Math.max(most, open)
        response.on('close', () => { open-- })
        setTimeout(() => {
          const path = request.url ?? '/'
          if (path === '/feed.xml') response.setHeader('content-type', 'application/rss+xml').end(`<?xml version="1.0"?><rss version="2.0"><channel><title>t</title>${[1, 2, 3].map((at) => `<item><title>${at}</title><link>${base}/${at}.txt</link></item>`).join('')}<item><link>${base}/gone.txt</link></item></channel></rss>`)
          else if (path === '/gone.txt') response.writeHead(404).end()
          else if (path === '/robots.txt') response.writeHead(404).end()
          else {
            const made = madeDocument(Number(/\d+/u.exec(path)?.[0] ?? 0))
            response.setHeader('content-type', 'text/plain').end(isMissing(made) ? '' : made.bytes)
          }
        }, 30)
      })
      await new Promise<void>((resolve) => { site.listen(0, '127.0.0.1', resolve) })
      base = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
    })
    afterAll(() => { site.close() })

    it('follow a feed to its pages, one request at a time for all of them, and say what could not be had', async () => {
      const url = await place()
      const store = await openStore({ url })
      const queue = await openQueue(url, { giveBackSeconds: 30, supervise: true })
      await queue.send('fetch', [{ url: `${base}/feed.xml`, depth: 0, hints: {} } satisfies FetchJob])
      const records = await Promise.all([0, 1].map(() => openRecord({ url, threads: 1 })))
      const sums = await Promise.all(records.map((record) => work(record, { queue, drain: true, pauseMs: 10, fetcher: createFetcher(record.store, { pauseMs: 10, fetch: { allow: ['127.0.0.1'] } }) })))
      expect(sums.reduce((sum, { added }) => sum + added, 0)).toBe(3)
      expect((await listArticles(store.db)).items).toHaveLength(3)
      expect((await listProblems(store.db)).items.map(({ subject }) => subject)).toEqual([`${base}/gone.txt`])
      expect(most).toBe(1)
      for (const record of records) await record.close()
      await queue.close()
      await store.close()
    }, 300_000)
  })

  it('are asked for by the commands, which say what is wrong', async () => {
    const url = await place()
    const file = join(folder, 'a.txt')
    const made = madeDocument(3)
    writeFileSync(file, isMissing(made) ? '' : made.bytes)
    expect(await ended(readout('add', '--queue', file, '--db', url, '--json'))).toMatchObject({ code: 0, out: '{"queued":1,"known":0,"addresses":0}\n' })
    expect((await ended(readout('worker', '--status', '--db', url, '--json'))).out).toContain('"read":{"waiting":1,"active":0}')
    expect(JSON.parse((await ended(readout('worker', '--drain', '--db', url, '--json', '--workers', '1'))).out)).toMatchObject({ added: 1, joined: 1 })
    expect(await ended(readout('add', '--queue', file, '--db', url, '--json'))).toMatchObject({ code: 0, out: '{"queued":0,"known":1,"addresses":0}\n' })
    expect((await ended(readout('worker', '--store', folder))).code).toBe(2)
    expect((await ended(readout('worker', '--jobs', 'sleep', '--db', url))).code).toBe(2)
  }, 300_000)
})
