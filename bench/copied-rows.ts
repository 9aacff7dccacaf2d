/** Rows of the record copied by the database itself, under ids of their own: a made record grows to millions of rows in minutes. */
import { sql } from 'kysely'
import type { Db, Store } from '../src/store/index.ts'

/** The end of every id and address of the first copy. */
export const MARK = '~00'
const markOf = (copy: number): string => `~${String(copy).padStart(2, '0')}`

/** How far copying is: this copy is whole. */
export interface Copied { readonly copy: number }

/** Tables in the order they are written, and by what they are cut into parts that keep memory small. */
const TABLES: readonly (readonly [table: string, by: 'month' | 'day' | 'id', column: string])[] = [
  ['pages', 'id', 'hash'], ['articles', 'month', 'id'], ['article_bands', 'id', 'article'], ['article_texts', 'month', 'article'], ['mentions', 'month', 'article'], ['reports', 'month', 'id'], ['report_keys', 'month', 'report'],
  ['statements', 'month', 'id'], ['figures', 'month', 'article'], ['events', 'day', 'id'], ['event_keys', 'day', 'event'], ['event_reports', 'month', 'report'], ['accounts', 'id', 'event'], ['judgements', 'id', 'id'],
]
const DIGITS = [...'0123456789abcdefghijklmnopqrstuvwxyz']

interface Column { readonly name: string; readonly type: string }

async function columnsOf(db: Db, table: string): Promise<Column[]> {
  return (await sql<Column>`select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = ${table}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(db)).rows
}

/** Copies all rows of the first copy so many times less one. */
export async function copyRows(store: Store, copies: number, from: Copied | null, progress: (copied: Copied) => Promise<void>): Promise<void> {
  const { db } = store
  const months = (await sql<{ month: string }>`select distinct month from articles order by 1`.execute(db)).rows.map(({ month }) => month)
  for (let copy = (from?.copy ?? 0) + 1; copy < copies; copy++) {
    const mark = sql.lit(markOf(copy))
    for (const [table, by, id] of TABLES) {
      const columns = await columnsOf(db, table)
      const values = sql.join(columns.map(({ name, type }) => {
        const column = sql.ref(name)
        // The hash of a page is that of its bytes and bears no mark; a judgement's is that of what it says.
        if ((table === 'pages' && name === 'hash') || (table === 'articles' && name === 'page') || (table === 'judgements' && name === 'id')) return sql`${column} || ${mark}`
        if (type === 'json') return sql`replace(${column}::text, ${sql.lit(MARK)}, ${mark})::json`
        return type === 'text' ? sql`replace(${column}, ${sql.lit(MARK)}, ${mark})` : column
      }))
      const first = table === 'pages' || table === 'judgements' ? sql`${sql.ref(id)} not like '%~%'` : sql`${sql.ref(id)} like ${sql.lit(`%${MARK}`)}`
      const parts = by === 'month' ? months.map((month) => sql`month = ${sql.lit(month)}::date`)
        : by === 'day' ? months.map((month) => sql`day >= ${sql.lit(month)}::date - 3 and day < ${sql.lit(month)}::date + interval '1 month'`) : DIGITS.map((digit) => sql`${sql.ref(id)} like ${sql.lit(`${digit}%`)}`)
      for (const part of parts) await sql`insert into ${sql.table(table)} (${sql.join(columns.map(({ name }) => sql.ref(name)))}) select ${values} from ${sql.table(table)} where ${part} and ${first} on conflict do nothing`.execute(db)
    }
    await progress({ copy })
  }
}
