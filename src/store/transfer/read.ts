/** Lines of a backup into an empty store: all of them, or nothing. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { StoreError } from '../errors.ts'
import type { Store } from '../open.ts'
import { ensureMonths } from '../readings.ts'
import type { Db } from '../schema.ts'
import { type Column, isJson, KEPT, type KeptTable, tableShape } from './columns.ts'
import { type BackupHead, FORMAT, type Progress } from './write.ts'

const BATCH = 2_000_000
/** The migration that gave keys of events what older backups have not. */
const SUMS = 5

function bad(what: string): StoreError {
  return new StoreError('bad-backup', what, 'restore', 'Nothing was restored. Use another copy of the backup.')
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw bad('The backup is damaged: a line is not whole')
  }
}

function readHead(line: string | undefined, known: number, where: string): BackupHead {
  const head = line === undefined ? null : (parse(line) as Partial<BackupHead> | null)
  if (head?.$ !== 'readout-backup' || !Array.isArray(head.tables) || !Array.isArray(head.months) || !Array.isArray(head.migrations)) throw bad('That is not a backup of a record')
  if (head.version !== FORMAT || head.migrations.some(({ number }) => number > known)) throw new StoreError('newer-store', 'The backup was made by a newer version', where, 'Update this program first.')
  return head as BackupHead
}

async function mustBeEmpty(tx: Db, where: string): Promise<void> {
  for (const table of KEPT) {
    const { rows } = await sql<{ there: boolean }>`select exists (select 1 from ${sql.table(table)}) as there`.execute(tx)
    if (rows[0]?.there === true) throw new StoreError('not-empty', `The store already holds data (${table})`, where, 'Restore into a new folder or a new database.')
  }
}

async function insertLines(tx: Db, table: string, columns: readonly Column[], lines: readonly string[]): Promise<void> {
  const names = sql.join(columns.map(({ name }) => sql.ref(name)))
  const values = sql.join(columns.map(({ name, type }) => (type === 'bytea' ? sql`decode(${sql.ref(name)}, 'base64')` : isJson(type) ? sql`${sql.ref(name)}::${sql.raw(type)}` : sql.ref(name))))
  const shape = sql.join(columns.map(({ name, type }) => sql`${sql.ref(name)} ${sql.raw(type === 'bytea' || isJson(type) ? 'text' : type)}`))
  await sql`insert into ${sql.table(table)} (${names}) select ${values} from json_to_recordset(${`[${lines.join(',')}]`}::json) as r(${shape})`.execute(tx)
}

/** Reads a record written by `writeRecord`. Returns the number of rows. */
export async function readRecord(store: Store, lines: AsyncIterable<string>, progress?: (step: Progress) => void): Promise<number> {
  return store.transaction(async (tx) => {
    await mustBeEmpty(tx, store.where)
    const known = (await tx.selectFrom('migrations').select('number').orderBy('number', 'desc').executeTakeFirst())?.number ?? 0
    const hash = createHash('sha256')
    let head: BackupHead | null = null
    let table: string | null = null
    let columns: readonly Column[] = []
    let batch: string[] = []
    let size = 0
    let rows = 0
    let ended = false
    const flush = async (): Promise<void> => {
      if (table !== null && batch.length > 0) {
        await insertLines(tx, table, columns, batch)
        progress?.({ table, rows })
      }
      batch = []
      size = 0
    }
    for await (const line of lines) {
      if (ended) throw bad('The backup is damaged: it goes on after its end')
      if (head === null) {
        head = readHead(line, known, store.where)
        await ensureMonths(tx, head.months)
      } else if (line.startsWith('{"$":')) {
        await flush()
        const mark = parse(line) as { $?: unknown; name?: unknown; rows?: unknown; sha256?: unknown }
        if (mark.$ === 'end') {
          if (mark.rows !== rows || mark.sha256 !== hash.digest('hex')) throw bad('The backup is damaged: its checksum does not fit')
          ended = true
          continue
        }
        table = typeof mark.name === 'string' ? mark.name : ''
        columns = await columnsOf(tx, table, head)
      } else {
        if (table === null) throw bad('The backup is damaged: rows without a table')
        batch.push(line)
        size += line.length
        rows += 1
        if (size > BATCH) await flush()
      }
      hash.update(line)
      hash.update('\n')
    }
    if (ended && head !== null && !(head as BackupHead).migrations.some(({ number }) => number >= SUMS)) await sql`select derive_event_keys()`.execute(tx)
    if (!ended) throw bad(head === null ? 'That is not a backup of a record' : 'The backup is cut short')
    return rows
  })
}

/** The columns the backup has, with the types they have here; a column added since keeps its default. */
async function columnsOf(tx: Db, table: string, head: BackupHead): Promise<readonly Column[]> {
  const name = KEPT.find((kept): kept is KeptTable => kept === table)
  const said = head.tables.find((entry) => entry.name === table)
  if (name === undefined || !said) throw bad(`The backup holds a table '${table}' that is unknown`)
  const shape = await tableShape(tx, name)
  return said.columns.map((wanted) => {
    const column = shape.columns.find((here) => here.name === wanted)
    if (!column) throw bad(`The backup holds a column '${table}.${wanted}' that is unknown`)
    return column
  })
}
