/** A made record of any size, and how fast it answers: the store's own questions, and every view of the desk. */
import { loadavg } from 'node:os'
import { sql } from 'kysely'
import { createDesk } from '../../src/api/desk.ts'
import { loadKnowledge } from '../../src/knowledge/index.ts'
import { PACKAGE_ROOT } from '../../src/reader.ts'
import { openRecord } from '../../src/record.ts'
import { listArticles, listEvents, openStore, putRun, searchArticles, type Store, storeStats, type StoreOptions } from '../../src/store/index.ts'
import { createVoiceOf } from '../../src/voices.ts'
import { createDeskApp } from '../../src/web/app.ts'
import { searchWords } from '../../src/words.ts'
import { createRandom } from '../../scripts/train/perceptron.ts'
import { fillRecord, someWords, statesOf, writings } from '../made-record.ts'
import type { Row } from '../table.ts'
import { peakMemory, workedBy } from './child.ts'

/** Fills a store with so many made reports, or goes on where an earlier run stopped. */
export async function fill({ place, reports }: { readonly place: StoreOptions; readonly reports: number }): Promise<void> {
  const knowledge = loadKnowledge(PACKAGE_ROOT)
  const store = await openStore(place)
  try {
    const run = await putRun(store.db, { code: 'made', knowledge: 'made' })
    let last = performance.now()
    await fillRecord(store, { reports, run, knowledge, words: searchWords(knowledge), voiceOf: createVoiceOf(knowledge), progress: (done, of) => {
      if (performance.now() - last < 30_000) return
      last = performance.now()
      process.stderr.write(`made record: ${done} of ${of} articles\n`)
    } })
  } finally {
    await store.close()
  }
}

interface Times { readonly p50: number; readonly p95: number; readonly most: number; readonly n: number }
/** Besides the time on the wall, what this process itself and, on the mean, the server worked: on a machine that others use too, that says more. */
interface Worked extends Times { readonly own95: number; readonly server: number }

const round = (value: number): number => Math.round(value * 10) / 10

export function timesOf(all: readonly number[]): Times {
  const sorted = [...all].sort((a, b) => a - b)
  const at = (share: number): number => round(sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? 0)
  return { p50: at(0.5), p95: at(0.95), most: at(1), n: sorted.length }
}

/** The processor time of the server's processes that work for this record; none where the engine is embedded. */
async function serverWork({ db, engine }: Store): Promise<ReadonlyMap<number, number>> {
  if (engine === 'embedded') return new Map()
  return workedBy((await sql<{ pid: number }>`select pid from pg_stat_activity where datname = current_database()`.execute(db)).rows.map(({ pid }) => pid))
}

async function timed(store: Store, count: number, work: (at: number) => Promise<unknown>): Promise<Worked> {
  const times: number[] = []
  const own: number[] = []
  const before = await serverWork(store)
  for (let at = 0; at < count; at++) {
    const start = performance.now()
    const used = process.cpuUsage()
    await work(at)
    const { user, system } = process.cpuUsage(used)
    own.push((user + system) / 1000)
    times.push(performance.now() - start)
  }
  // Connections that were idle are closed, and others opened.
  const server = [...await serverWork(store)].reduce((sum, [pid, worked]) => sum + worked - (before.get(pid) ?? 0), 0)
  return { ...timesOf(times), own95: timesOf(own).p95, server: round(server / count) }
}

const one = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T

/** Asks a record what people ask, and says how long it took. */
export async function measure({ place, quick, times }: { readonly place: StoreOptions; readonly quick: boolean; readonly times?: number | undefined }): Promise<Row[]> {
  const engine = 'dir' in place && place.dir !== undefined ? 'embedded' : 'PostgreSQL'
  const rows: Row[] = []
  const put = (measure: string, { p50, p95, most, n, own95, server }: Worked, target?: number): void => {
    rows.push({ set: engine, measure: `${measure}: p95 (half within ${p50}, all within ${most}; processor of this process p95 ${own95}${engine === 'embedded' ? '' : `, of the server on the mean ${server}`})`, n, value: p95, ...(target === undefined ? {} : { target, atMost: true }) })
  }
  const opened = performance.now()
  const record = await openRecord({ ...place, threads: 1 })
  try {
    const open = performance.now() - opened
    const { db } = record.store
    const random = createRandom(11)
    const count = times ?? (quick ? 20 : 200)
    const states = statesOf(record.knowledge)
    const pair = (most: number): [string, string] => { const a = Math.floor(random() * most); const b = (a + 1 + Math.floor(random() * (most - 1))) % most; return [states[a] ?? 'RUS', states[b] ?? 'CHN'] }

    // The relationships written of most first: they are what is slow.
    put('chronology of a pair, newest 50', await timed(record.store, count, (at) => listEvents(db, { pair: at % 4 === 0 ? ['RUS', 'CHN'] : pair(at % 2 === 0 ? 6 : 60), order: 'newest', limit: 50 })), 50)
    put('chronology of a pair within a year, one type', await timed(record.store, count, (at) => listEvents(db, { pair: at % 4 === 0 ? ['RUS', 'CHN'] : pair(6), from: '2023-01-01', to: '2023-12-31', types: ['CONSULT'], order: 'oldest', limit: 50 })), 50)
    const words = searchWords(record.knowledge)
    for (const writing of writings()) {
      // The tables of a language are loaded when it is first asked for.
      for (const _ of words('', writing.language)) break
      const query = (): string[] => [...new Set([...words(someWords(random, writing, 1 + Math.floor(random() * 3)), writing.language)].filter((word) => word !== ''))]
      put(`search, ${writing.language}: all of one to three words`, await timed(record.store, count, () => searchArticles(db, { words: query(), match: 'all', limit: 20 })), 150)
    }
    rows.push({ set: engine, measure: 'peak memory of the process in MB, with the tables of five languages, before the desk is opened', n: 1, value: peakMemory() })
    rows.push(...(await views(record, count, random, pair, put)))
    const memory = peakMemory()
    const stats = await storeStats(record.store)
    rows.push({ set: engine, measure: 'load of the machine while it was measured (2 is all of two cores)', n: 1, value: round(loadavg()[1] ?? 0) })
    rows.push({ set: engine, measure: 'seconds to open', n: 1, value: round(open / 1000) })
    rows.push({ set: engine, measure: 'peak memory of the process in MB, with the tables and the words of all languages', n: 1, value: memory, ...(engine === 'embedded' ? { target: 600, atMost: true } : {}) })
    rows.push({ set: engine, measure: 'reports', n: 1, value: stats.rows['reports'] ?? 0 }, { set: engine, measure: 'articles', n: 1, value: stats.rows['articles'] ?? 0 }, { set: engine, measure: 'events', n: 1, value: stats.rows['events'] ?? 0 })
    rows.push({ set: engine, measure: 'GB on the disk', n: 1, value: Math.round(stats.bytes / 1e7) / 100 })
    return rows
  } finally {
    await record.close()
  }
}

async function views(record: Awaited<ReturnType<typeof openRecord>>, count: number, random: () => number, pair: (most: number) => [string, string], put: (measure: string, times: Worked, target?: number) => void): Promise<Row[]> {
  const desk = createDesk(record)
  const app = createDeskApp(desk, { version: 'bench', mayAdd: false, language: 'en' })
  await desk.warm()
  const get = async (path: string): Promise<string> => {
    const answer = await app.request(path, { headers: { 'accept-language': one(random, ['en', 'ar', 'zh', 'ru']) } })
    const body = await answer.text()
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${body.slice(0, 300)}`)
    return body
  }
  const { db } = record.store
  const events = (await Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((at) => listEvents(db, { pair: pair(20), order: 'newest', limit: 25, from: `202${2 + (at % 3)}-01-01` })))).flatMap(({ items }) => items.map(({ id }) => id))
  const articles = (await Promise.all(['2022-03-01', '2023-05-01', '2024-09-01'].map((to) => listArticles(db, { to, limit: 40 })))).flatMap(({ items }) => items.map(({ id }) => id))
  const people = desk.knowledge.gazetteer.people
  const persons = [...people.values()].filter(({ country }) => country !== null && ['RUS', 'CHN', 'USA', 'UKR', 'FRA'].includes(country)).slice(0, 40).map(({ id }) => `person:${id}`)
  const texts = writings()
  const few = Math.max(5, Math.floor(count / 10))
  const asked: readonly (readonly [string, number, (at: number) => string, boolean?])[] = [
    ['relationships, nothing in mind', few, () => '/', true],
    ['relationships', count, () => '/'],
    ['relationships of one state', count, () => `/?q=${one(random, ['russia', 'china', 'france', 'egypt'])}`],
    ['relationship, nothing in mind', few, (at) => (at % 4 === 0 ? '/relations/RUS-CHN' : `/relations/${pair(8).join('-')}`), true],
    ['relationship', count, (at) => (at % 3 === 0 ? '/relations/RUS-CHN' : `/relations/${pair(at % 2 === 0 ? 8 : 60).join('-')}`)],
    ['one state, nothing in mind', few, () => `/relations/${one(random, ['RUS', 'CHN', 'FRA', 'EGY'])}`, true],
    ['relationship, filtered', few, () => `/relations/${pair(8).join('-')}?from=2023-03-01&to=2023-09-30&types=CONSULT&minConfidence=0.5`],
    ['events', few, () => '/events'],
    ['events of a type', few, () => '/events?types=SANCTION&order=oldest'],
    ['event', count, () => `/events/${one(random, events)}`],
    ['articles', few, () => '/articles'],
    ['articles of a language in a month', few, () => `/articles?language=${one(random, ['ar', 'zh', 'ru'])}&from=2023-02-01&to=2023-02-28`],
    ['article', count, () => `/articles/${one(random, articles)}`],
    ['search', count, () => { const writing = one(random, texts); return `/search?q=${encodeURIComponent(someWords(random, writing, 1 + Math.floor(random() * 2)))}` }],
    ['search for a name', few, () => `/search?q=${encodeURIComponent(one(random, ['Putin', 'Путин', '普京', 'بوتين', 'China', 'Macron']))}`],
    ['person', few, () => `/actors/${one(random, persons)}`],
    ['state', few, () => `/actors/state:${one(random, ['RUS', 'CHN', 'FRA', 'EGY', 'VNM'])}`],
    ['problems', few, () => '/problems'],
    ['API: chronology', count, () => `/api/chronology?parties=${pair(8).join(',')}&limit=50`],
  ]
  const failed: Row[] = []
  for (const [name, times, path, cold] of asked) {
    try {
      put(`desk, ${name}`, await timed(record.store, times, (at) => {
        if (cold === true) desk.sums.clear()
        return get(path(at))
      }), 150)
    } catch (error) {
      // A view that fails is a result too, and the others are measured all the same.
      process.stderr.write(`${name}: ${error instanceof Error ? error.message : String(error)}\n`)
      failed.push({ set: record.store.engine, measure: `desk, ${name}: failed`, n: times, value: null, target: 150, atMost: true })
      process.exitCode = 1
    }
  }
  return failed
}
