/** The engines a suite runs on: always the embedded one; PostgreSQL where one is found, in a database of its own that is dropped afterwards. */
import { randomBytes } from 'node:crypto'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { openStore, type Store } from '../../src/store/index.ts'

const LOCAL = 'postgres://postgres@127.0.0.1:5432/postgres'

export interface TestEngine {
  readonly name: string
  /** A new, empty store. */
  readonly fresh: () => Promise<TestStore>
}

export interface TestStore {
  readonly store: Store
  readonly options: { readonly dir: string } | { readonly url: string }
  /** Closes it and takes its files or its database away. */
  readonly drop: () => Promise<void>
}

export function tempFolder(): string {
  return mkdtempSync(join(tmpdir(), 'readout-store-'))
}

let made: string | null = null

/** A folder with an empty record, made once a process and copied: that is four times faster than making each. */
async function emptyRecord(): Promise<string> {
  if (made !== null) return made
  const folder = tempFolder()
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  await (await openStore({ dir: folder })).close()
  made = folder
  return folder
}

async function embedded(): Promise<TestStore> {
  const dir = tempFolder()
  cpSync(await emptyRecord(), dir, { recursive: true })
  const store = await openStore({ dir })
  return { store, options: { dir }, drop: async () => {
    await store.close()
    rmSync(dir, { recursive: true, force: true })
  } }
}

async function onServer<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

async function onPostgres(server: string): Promise<TestStore> {
  const name = `readout_test_${process.pid}_${randomBytes(4).toString('hex')}`
  await onServer(server, (client) => client.query(`create database ${name} encoding 'UTF8' template template0`))
  const address = new URL(server)
  address.pathname = `/${name}`
  const store = await openStore({ url: address.href })
  return { store, options: { url: address.href }, drop: async () => {
    await store.close()
    await onServer(server, (client) => client.query(`drop database if exists ${name} with (force)`))
  } }
}

/** The address of a PostgreSQL to test on; null, said aloud, when there is none. */
export async function findServer(): Promise<string | null> {
  const url = process.env.READOUT_TEST_DATABASE_URL ?? LOCAL
  try {
    await onServer(url, (client) => client.query('select 1'))
    return url
  } catch (error) {
    if (process.env.READOUT_TEST_DATABASE_URL !== undefined) throw error
    process.stderr.write('\n*** NO POSTGRESQL FOUND: the store is tested on the embedded engine only. Set READOUT_TEST_DATABASE_URL or start one on 127.0.0.1:5432. ***\n')
    return null
  }
}

export async function engines(): Promise<TestEngine[]> {
  const server = await findServer()
  return [{ name: 'embedded', fresh: embedded }, ...(server === null ? [] : [{ name: 'postgres', fresh: () => onPostgres(server) }])]
}
