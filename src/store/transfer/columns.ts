/** The tables of a backup with their columns, as the database knows them. */
import { sql } from 'kysely'
import type { Db } from '../schema.ts'

/** Every table of the record, those referred to before those that refer. A test compares the list with the database. */
export const KEPT = [
  'meta', 'sources', 'runs', 'pages', 'addresses', 'fetches', 'documents', 'articles', 'article_bands', 'article_texts', 'mentions', 'reports', 'statements', 'figures', 'report_keys',
  'events', 'event_keys', 'event_reports', 'accounts', 'judgements', 'problems', 'feeds', 'jobs', 'searches',
  'news', 'alerts', 'deliveries',
  'codings', 'coded_files',
  'users', 'api_keys', 'audit',
] as const
/** What a backup leaves out: who is logged in just now. */
export const NOT_KEPT = ['sessions'] as const
export type KeptTable = (typeof KEPT)[number]

/** Counts the database keeps of other tables, and makes again when those are filled. */
export const COUNTED = ['event_sums', 'pair_sums'] as const

/** Those cut by month, which are read month by month. */
export const BY_MONTH: ReadonlySet<string> = new Set<KeptTable>(['article_texts', 'mentions', 'reports', 'statements', 'figures'])

/** JSON travels as its text: a JSON null stays apart from no value, and not a character changes. */
export const isJson = (type: string): boolean => type === 'json' || type === 'jsonb'

export interface Column { readonly name: string; readonly type: string }
export interface TableShape { readonly name: KeptTable; readonly columns: readonly Column[]; readonly key: readonly string[] }

/** Columns in their order and the columns of the primary key. */
export async function tableShape(db: Db, name: KeptTable): Promise<TableShape> {
  const columns = (await sql<Column>`select attname as name, format_type(atttypid, atttypmod) as type from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped order by attnum`.execute(db)).rows
  const key = (await sql<{ name: string }>`select a.attname as name from pg_index i cross join lateral unnest(i.indkey) with ordinality as k(attnum, at) join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = ${name}::regclass and i.indisprimary order by k.at`.execute(db)).rows
  return { name, columns, key: key.map((row) => row.name) }
}
