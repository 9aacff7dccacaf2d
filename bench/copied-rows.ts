/** Rows of the record copied by the database itself, under ids of their own: a made record grows to millions of rows in minutes. */
import { type RawBuilder, sql } from 'kysely'
import type { Db, Store } from '../src/store/index.ts'

/** The end of every id and address of the first copy. */
export const MARK = '~00'
const markOf = (copy: number): string => `~${String(copy).padStart(2, '0')}`

/** How far copying is. */
export interface Copied {
  /** Tables that are whole. */
  readonly tables: number
  /** Statements that put keys and indexes back, until they are back. */
  readonly back: readonly string[]
}

/** Tables in the order they are written, and the column by whose mark a row is known to be of the first copy. */
const TABLES = [
  ['pages', 'hash'], ['articles', 'id'], ['article_bands', 'article'], ['article_texts', 'article'], ['mentions', 'article'], ['reports', 'id'], ['report_keys', 'report'],
  ['statements', 'id'], ['figures', 'article'], ['events', 'id'], ['event_keys', 'event'], ['event_reports', 'report'], ['accounts', 'event'], ['judgements', 'id'],
] as const
/** The share of the copies that is there. */
export const shareOf = ({ tables }: Copied): number => tables / TABLES.length

interface Column { readonly name: string; readonly type: string }

async function columnsOf(db: Db, table: string): Promise<Column[]> {
  return (await sql<Column>`select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(db)).rows
}

/** Takes all keys and indexes from the tables and returns the statements that put them back: for so many rows they are made several times as fast at the end, in one go. */
async function strip(tx: Db): Promise<string[]> {
  // References go before the keys they stand on, and come back after them.
  const { rows } = await sql<{ away: string; back: string }>`
    with tables as (select name::regclass as id from unnest(${TABLES.map(([table]) => table)}::text[]) as name)
    select format('alter table %s drop constraint %I', conrelid::regclass, conname) as away, format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as back, contype::text as kind
      from pg_constraint where conrelid in (select id from tables) and contype in ('f', 'p', 'u')
    union all
    select format('drop index %s', indexrelid::regclass), replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON '), 'i'
      from pg_index where indrelid in (select id from tables) and not exists (select 1 from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
    order by kind`.execute(tx)
  for (const { away } of rows) await sql.raw(away).execute(tx)
  return rows.map(({ back }) => back).reverse()
}

/** A row's values as a copy has them. */
function valuesOf(table: string, columns: readonly Column[], mark: RawBuilder<string>): RawBuilder<unknown> {
  return sql.join(columns.map(({ name, type }) => {
    const column = sql.ref(name)
    // The hash of a page is that of its bytes and bears no mark; a judgement's is that of what it says.
    if ((table === 'pages' && name === 'hash') || (table === 'articles' && name === 'page') || (table === 'judgements' && name === 'id')) return sql`${column} || ${mark}`
    if (type === 'json') return sql`replace(${column}::text, ${sql.lit(MARK)}, ${mark})::json`
    return type === 'text' ? sql`replace(${column}, ${sql.lit(MARK)}, ${mark})` : column
  }))
}

/** Copies all rows of the first copy so many times less one. `save` notes how far it is, in the transaction that did it. */
export async function copyRows(store: Store, copies: number, from: Copied | null, save: (tx: Db, copied: Copied) => Promise<void>): Promise<void> {
  const step = (work: (tx: Db) => Promise<Copied>): Promise<Copied> => store.transaction(async (tx) => {
    const copied = await work(tx)
    await save(tx, copied)
    return copied
  })
  let copied = from ?? await step(async (tx) => ({ tables: 0, back: await strip(tx) }))
  for (const [table, id] of TABLES.slice(copied.tables)) {
    const { tables, back } = copied
    copied = await step(async (tx) => {
      const columns = await columnsOf(tx, table)
      const first = table === 'pages' || table === 'judgements' ? sql`${sql.ref(id)} not like '%~%'` : sql`${sql.ref(id)} like ${sql.lit(`%${MARK}`)}`
      // Set aside, because without indexes they would be looked for among all copies.
      await sql`create temporary table first_copy on commit drop as select * from ${sql.table(table)} where ${first}`.execute(tx)
      for (let copy = 1; copy < copies; copy++) {
        await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))}) select ${valuesOf(table, columns, sql.lit(markOf(copy)))} from first_copy`.execute(tx)
      }
      return { tables: tables + 1, back }
    })
  }
  if (copied.back.length > 0) {
    const { tables, back } = copied
    await step(async (tx) => {
      for (const statement of back) await sql.raw(statement).execute(tx)
      return { tables, back: [] }
    })
  }
}
