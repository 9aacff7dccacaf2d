/** Parquet files, one for each month of the events, named as Hive, Spark and DuckDB expect their partitions. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { Codes } from '../knowledge/codes.ts'
import type { Coding } from './coding.ts'
import { COLUMNS, type ColumnType, tableLines, type Value } from './columns.ts'

const DAY = 86_400_000
/** Lines held before they are packed into a row group. */
const GROUP = 20_000

const TYPES = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, whole: { type: 'INT32' }, number: { type: 'DOUBLE' }, truth: { type: 'BOOLEAN' }, day: { type: 'INT32', converted_type: 'DATE' },
} as const satisfies Record<ColumnType, object>

type Schema = ConstructorParameters<typeof ParquetWriter>[0]['schema']

const SCHEMA: Schema = [{ name: 'readout', num_children: COLUMNS.length }, ...COLUMNS.map(({ name, type }) => ({ name, ...TYPES[type], repetition_type: 'OPTIONAL' as const }))]

/** The partition of an event. */
export const monthFolder = ({ firstDay }: Coding): string => `month=${firstDay?.slice(0, 7) ?? '__HIVE_DEFAULT_PARTITION__'}`

const packed = (value: Value, type: ColumnType): unknown => (value === null ? null : type === 'day' ? new Date(Math.round(Date.parse(`${value}T00:00:00Z`) / DAY) * DAY) : value)

interface Month { readonly bytes: ByteWriter; readonly writer: ParquetWriter; lines: Value[][]; rows: number }

export interface ParquetExport {
  add(coding: Coding): number
  /** The finished files, by name. */
  files(): { readonly file: string; readonly bytes: Uint8Array; readonly rows: number }[]
}

/** `about` goes into each file's own metadata. */
export function createParquet(codes: Codes, about: string, version: string): ParquetExport {
  const months = new Map<string, Month>()
  const flush = (month: Month): void => {
    if (month.lines.length === 0) return
    const { lines } = month
    month.writer.write({ columnData: COLUMNS.map(({ name, type }, at) => ({ name, data: lines.map((line) => packed(line[at] ?? null, type)) })), rowGroupSize: GROUP })
    month.lines = []
  }
  const open = (): Month => {
    const bytes = new ByteWriter()
    return { bytes, writer: new ParquetWriter({ writer: bytes, schema: SCHEMA, kvMetadata: [{ key: 'readout', value: about }], createdBy: `readout ${version}` }), lines: [], rows: 0 }
  }
  return {
    add(coding) {
      const folder = monthFolder(coding)
      const month = months.get(folder) ?? open()
      months.set(folder, month)
      const lines = tableLines(coding, codes)
      month.lines.push(...lines)
      month.rows += lines.length
      if (month.lines.length >= GROUP) flush(month)
      return lines.length
    },
    files: () => [...months].sort(([a], [b]) => (a < b ? -1 : 1)).map(([folder, month]) => {
      flush(month)
      month.writer.finish()
      return { file: `${folder}/events.parquet`, bytes: new Uint8Array(month.bytes.getBuffer()), rows: month.rows }
    }),
  }
}
