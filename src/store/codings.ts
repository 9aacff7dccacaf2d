/** What other coders say, line by line, and the files it came from. Kept apart: nothing here is joined with what was read. */
import { sql } from 'kysely'
import { contentId } from '../text/hash.ts'
import { type Paged, pageOf, readCursor } from './cursor.ts'
import { lockKeys } from './events.ts'
import { insertNew, storable } from './rows.ts'
import type { Db } from './schema.ts'

/** A line of a coder, as the store looks at it; `body` is all it says. */
export interface CodedLine<T = unknown> {
  readonly coder: string
  readonly type: string | null
  readonly status: string
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly countries: readonly string[]
  readonly body: T
}

export interface CodedFile {
  readonly id: string
  /** The name given; null where the lines name their coder. */
  readonly coder: string | null
  readonly name: string
  readonly format: string
  readonly sha256: string
  readonly lines: number
  readonly bad: number
  readonly code: string
  readonly knowledge: string
  readonly at: string
}

export interface Coder {
  readonly coder: string
  readonly lines: number
  readonly firstDay: string | null
  readonly lastDay: string | null
}

export interface CodingFilter {
  readonly coder: string
  /** One of them takes part. */
  readonly countries?: readonly string[]
  readonly from?: string
  readonly to?: string
  readonly limit?: number
  readonly cursor?: string | null
}

/** Whoever keeps lines does so under this lock: numbers then stand in the order of the files. */
const GATE = 'codings'

/** Twice the usual width: there may be very many lines. */
const lineId = (json: string): string => `${contentId('coding', json)}${contentId('line', json)}`

/** The id of a file: of its bytes, what it was read as, and the name given to its coder. */
export const codedFileId = (sha256: string, format: string, coder: string | null): string => contentId('coded-file', sha256, format, coder ?? '')

/** Keeps lines, in their order; returns how many were not there yet. In a transaction. */
export async function putCodings(tx: Db, lines: readonly CodedLine[]): Promise<number> {
  if (lines.length === 0) return 0
  await lockKeys(tx, [GATE])
  const { rows: [last] } = await sql<{ last: number | null }>`select max(seq) as last from codings`.execute(tx)
  const start = Number(last?.last ?? 0)
  const rows = lines.map(({ coder, type, status, firstDay, lastDay, countries, body: said }, index) => {
    const body = JSON.stringify(said)
    return { seq: start + 1 + index, id: lineId(`${coder}\u0000${body}`), coder, type, status, first_day: firstDay, last_day: lastDay, countries, body }
  })
  return (await insertNew(tx, 'codings', rows, 'id')).size
}

/** Lines of a coder in the order they came in. */
export async function listCodings<T = unknown>(db: Db, filter: CodingFilter): Promise<Paged<T>> {
  const limit = filter.limit ?? 1000
  const place = readCursor(filter.cursor, 1)
  let query = db.selectFrom('codings').select(['seq', 'body']).where('coder', '=', filter.coder)
  const { countries, from, to } = filter
  if (countries && countries.length > 0) query = query.where(sql<boolean>`countries && ${countries}::text[]`)
  if (from !== undefined) query = query.where('last_day', '>=', from)
  if (to !== undefined) query = query.where('first_day', '<=', to)
  if (place) query = query.where(sql<boolean>`seq > ${place[0]}::bigint`)
  const rows = await query.orderBy('seq').limit(limit + 1).execute()
  return pageOf(rows, limit, ({ body }) => JSON.parse(body) as T, ({ seq }) => [String(seq)])
}

/** Who has lines here, how many, and of which days. */
export async function listCoders(db: Db): Promise<Coder[]> {
  const { rows } = await sql<Coder>`select coder, count(*)::integer as lines, min(first_day) as "firstDay", max(last_day) as "lastDay" from codings group by coder order by coder`.execute(db)
  return rows
}

const fileOf = ({ id, coder, name, format, sha256, lines, bad, code, knowledge, at }: CodedFile): CodedFile => ({ id, coder, name, format, sha256, lines, bad, code, knowledge, at })

/** A file that was taken in; null when it was not. */
export async function getCodedFile(db: Db, id: string): Promise<CodedFile | null> {
  const row = await db.selectFrom('coded_files').selectAll().where('id', '=', id).executeTakeFirst()
  return row ? fileOf(row) : null
}

/** Notes that a file was taken in whole. */
export async function putCodedFile(db: Db, file: Omit<CodedFile, 'at'>, now = new Date()): Promise<void> {
  await db.insertInto('coded_files').values({ ...file, name: storable(file.name), at: now.toISOString() }).onConflict((conflict) => conflict.column('id').doNothing()).execute()
}

/** Files that were taken in, oldest first. */
export async function listCodedFiles(db: Db): Promise<CodedFile[]> {
  return (await db.selectFrom('coded_files').selectAll().orderBy('at').orderBy('id').execute()).map(fileOf)
}

/** Takes out all a coder says; files are then taken in again when they come again. Returns how many lines went. In a transaction. */
export async function dropCoder(tx: Db, coder: string): Promise<number> {
  await lockKeys(tx, [GATE])
  const gone = await tx.deleteFrom('codings').where('coder', '=', coder).executeTakeFirst()
  // Where the lines of a file name their coder, it may have been one of several.
  await tx.deleteFrom('coded_files').where((is) => is.or([is('coder', '=', coder), is('coder', 'is', null)])).execute()
  return Number(gone.numDeletedRows)
}
