/**
 * `npm run bench:record`: the record at size. How fast documents come in, and how fast a record of a million reports answers, on both engines.
 * Printed and written to docs/benchmarks.md. `--quick` is small, `--only=ingest|size`, `--engine=embedded|postgres`, `--reports=N`, `--times=N` (how often each question is asked); `--at=FOLDER` keeps the made embedded record there and uses it again,
 * `--db=ADDRESS` does so with a database (else one is made on READOUT_TEST_DATABASE_URL and dropped).
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { StoreOptions } from '../src/store/index.ts'
import { measureIngest } from './tasks/ingest.ts'
import { writeSection } from './report.ts'
import { runChild } from './tasks/child.ts'
import { markdown, type Row } from './table.ts'

const argument = (name: string): string | undefined => process.argv.find((value) => value.startsWith(`--${name}=`))?.slice(name.length + 3)
const quick = process.argv.includes('--quick')
const reports = Number(argument('reports') ?? (quick ? 2000 : 1_000_000))
const only = argument('only')
const engine = argument('engine')
const SERVER = process.env['READOUT_TEST_DATABASE_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

async function onServer(work: (client: pg.Client) => Promise<unknown>): Promise<boolean> {
  const client = new pg.Client({ connectionString: SERVER, connectionTimeoutMillis: 3000 })
  try {
    await client.connect()
    await work(client)
    return true
  } catch (error) {
    console.error(`bench:record: PostgreSQL is left out: ${error instanceof Error ? error.message : String(error)}`)
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Runs work on a database of its own; null where there is no server. */
async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T | null> {
  const name = `readout_bench_${process.pid}_${randomBytes(3).toString('hex')}`
  if (!(await onServer((client) => client.query(`create database ${name} encoding 'UTF8' template template0`)))) return null
  const address = new URL(SERVER)
  address.pathname = `/${name}`
  try {
    return await work(address.href)
  } finally {
    await onServer((client) => client.query(`drop database if exists ${name} with (force)`))
  }
}

/** Fills the place where it is not full yet, and measures it in a process of its own. */
async function atSize(place: StoreOptions): Promise<Row[]> {
  await runChild('fill', { place, reports })
  return (await runChild('measure', { place, quick, times: argument('times') === undefined ? undefined : Number(argument('times')) })) as Row[]
}

const scratch = mkdtempSync(join(tmpdir(), 'readout-record-bench-'))
try {
  const rows: Row[] = []
  if (only !== 'size') {
    rows.push(...(await measureIngest({ dir: join(scratch, 'ingest') }, 'embedded', quick, scratch)))
    rows.push(...((await withDatabase((url) => measureIngest({ url }, 'PostgreSQL', quick, scratch))) ?? []))
  }
  if (only !== 'ingest') {
    if (engine !== 'postgres') {
      const dir = argument('at') ?? join(scratch, 'million')
      mkdirSync(dir, { recursive: true })
      rows.push(...(await atSize({ dir })))
    }
    const db = argument('db')
    if (engine !== 'embedded') rows.push(...(db === undefined ? (await withDatabase((url) => atSize({ url }))) ?? [] : await atSize({ url: db })))
  }
  const table = `### The record at size\n\nOn ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}. Figures of ${reports.toLocaleString('en')} reports are of a record made by rule (\`bench/made-record.ts\`); times in milliseconds unless said otherwise.\n\n${markdown(rows)}\n`
  console.log(table)
  if (!quick && only === undefined && engine === undefined) writeSection('record', table)
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
