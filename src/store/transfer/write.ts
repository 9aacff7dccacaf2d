/** The whole record as lines of text, the same for both engines: a head, the rows of each table, an end with a checksum. */
import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { StoreError } from '../errors.ts'
import type { Store } from '../open.ts'
import type { Db } from '../schema.ts'
import { BY_MONTH, isJson, KEPT, tableShape, type TableShape } from './columns.ts'

/** Version of the format. */
export const FORMAT = 1

export interface BackupHead {
  readonly $: 'readout-backup'
  readonly version: number
  readonly migrations: readonly { readonly number: number; readonly name: string }[]
  /** Months that need partitions. */
  readonly months: readonly string[]
  readonly tables: readonly { readonly name: string; readonly columns: readonly string[] }[]
}

export interface BackupEnd { readonly $: 'end'; readonly rows: number; readonly sha256: string }

export interface Progress { readonly table: string; readonly rows: number }

const FETCH = 400

/** Hands every line to `sink`, from one moment of the record. Returns the number of rows. */
export async function writeRecord(store: Store, sink: (line: string) => Promise<void> | void, progress?: (step: Progress) => void): Promise<number> {
  return store.db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(async (tx) => {
    await sql`set local timezone to 'UTC'`.execute(tx)
    const hash = createHash('sha256')
    const put = async (line: string): Promise<void> => {
      hash.update(line)
      hash.update('\n')
      await sink(line)
    }
    const shapes: TableShape[] = []
    for (const name of KEPT) shapes.push(await tableShape(tx, name))
    const months = (await sql<{ month: string }>`select distinct month from articles order by 1`.execute(tx)).rows.map(({ month }) => month)
    const migrations = await tx.selectFrom('migrations').select(['number', 'name']).orderBy('number').execute()
    const head: BackupHead = { $: 'readout-backup', version: FORMAT, migrations, months, tables: shapes.map(({ name, columns }) => ({ name, columns: columns.map((column) => column.name) })) }
    await put(JSON.stringify(head))
    let rows = 0
    for (const shape of shapes) {
      await put(JSON.stringify({ $: 'table', name: shape.name }))
      for (const month of BY_MONTH.has(shape.name) ? months : [null]) {
        rows += await writeTable(tx, shape, month, put)
        progress?.({ table: shape.name, rows })
      }
    }
    const end: BackupEnd = { $: 'end', rows, sha256: hash.digest('hex') }
    await sink(JSON.stringify(end))
    return rows
  })
}

async function writeTable(tx: Db, shape: TableShape, month: string | null, put: (line: string) => Promise<void>): Promise<number> {
  if (shape.key.length === 0) throw new StoreError('failed', `The table ${shape.name} has no primary key`, 'backup', 'Report this as a fault.')
  const columns = sql.join(shape.columns.map(({ name, type }) => (type === 'bytea' ? sql`translate(encode(${sql.ref(name)}, 'base64'), chr(10), '') as ${sql.ref(name)}`
    : isJson(type) ? sql`${sql.ref(name)}::text as ${sql.ref(name)}` : sql.ref(name))))
  const order = sql.join(shape.key.map((name) => sql.ref(name)))
  const only = month === null ? sql`` : sql`where month = ${sql.lit(month)}::date`
  await sql`declare backup no scroll cursor for select row_to_json(r)::text as line from (select ${columns} from ${sql.table(shape.name)} ${only} order by ${order}) r`.execute(tx)
  let count = 0
  for (;;) {
    // Pages may be large: few at a time keep the memory bounded.
    const { rows } = await sql<{ line: string }>`fetch forward ${sql.lit(shape.name === 'pages' ? 50 : FETCH)} from backup`.execute(tx)
    for (const { line } of rows) await put(line)
    count += rows.length
    if (rows.length === 0) break
  }
  await sql`close backup`.execute(tx)
  return count
}
