/** Many rows in one statement: they travel as one JSON text, which both engines unpack faster than thousands of parameters. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Tables } from './schema.ts'

/** Statements stay below this many characters, so that memory stays bounded whatever the documents hold. */
const CHUNK = 4_000_000

const UNSTORABLE = /\\u(?:0000|d[89a-f])/u
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]|\u0000/g

/** What PostgreSQL's text cannot hold (NUL, half a surrogate pair) as U+FFFD, of the same length, so that every offset stays right. */
export function storable(text: string): string {
  return text.replace(LONE, '\ufffd')
}

/** A value with every text in it made storable. */
export function storableDeep<T>(value: T): T {
  return JSON.parse(toJson(value)) as T
}

/** JSON that PostgreSQL accepts. */
export function toJson(value: unknown): string {
  const json = JSON.stringify(value)
  return UNSTORABLE.test(json) ? JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? storable(item) : item)) : json
}

type Columns<T extends keyof Tables> = { readonly [column in keyof Tables[T]]?: unknown }

/** A JSON array text per chunk. */
function chunks(rows: readonly object[]): string[] {
  const out: string[] = []
  let open: string[] = []
  let size = 0
  for (const row of rows) {
    const json = toJson(row)
    if (size + json.length > CHUNK && open.length > 0) {
      out.push(`[${open.join(',')}]`)
      open = []
      size = 0
    }
    open.push(json)
    size += json.length
  }
  if (open.length > 0) out.push(`[${open.join(',')}]`)
  return out
}

/** Inserts the rows; those whose key is there already are left as they are. All rows must have the same columns. Returns the values of `key` of those inserted. */
export async function insertNew<T extends keyof Tables & string>(db: Db, table: T, rows: readonly Columns<T>[], key: keyof Tables[T] & string): Promise<Set<string>> {
  const inserted = new Set<string>()
  for (const statement of statements(table, rows)) {
    const { rows: done } = await sql<{ key: string }>`${statement} returning ${sql.ref(key)} as key`.execute(db)
    for (const row of done) inserted.add(row.key)
  }
  return inserted
}

/** As `insertNew`, when nobody asks which rows were new. */
export async function insertRows<T extends keyof Tables & string>(db: Db, table: T, rows: readonly Columns<T>[]): Promise<void> {
  for (const statement of statements(table, rows)) await statement.execute(db)
}

function* statements<T extends keyof Tables & string>(table: T, rows: readonly Columns<T>[]): Generator<RawBuilder<unknown>> {
  const first = rows[0]
  if (!first) return
  const columns: RawBuilder<unknown> = sql.join(Object.keys(first).map((name) => sql.ref(name)))
  // As bytes, because the embedded engine's protocol measures every string sign by sign, twice.
  for (const json of chunks(rows)) yield sql`insert into ${sql.table(table)} (${columns}) select ${columns} from json_populate_recordset(null::${sql.table(table)}, ${Buffer.from(json)}::json) on conflict do nothing`
}
