/** From bulk files to coding jobs: JSON Lines, plain lines, CSV, WARC, Parquet. */
import { createReadStream, existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { CodeJob } from '../code.ts'
import { warcDocuments } from '../ingest/warc.ts'
import { reason } from './inputs.ts'
import { UserError } from './terminal.ts'

export const BULK_KINDS = ['jsonl', 'txt', 'csv', 'warc', 'parquet'] as const
export type BulkKind = (typeof BULK_KINDS)[number]

/** Jobs of a file, or of standard input for `-`. Throws UserError when the file cannot be had. */
export function bulkJobs(name: string, kind: BulkKind): AsyncIterable<CodeJob> {
  if (name !== '-' && !existsSync(name)) throw new UserError(`there is no file '${name}'`)
  if (kind === 'parquet') return parquetJobs(name)
  const stream: Readable = name === '-' ? process.stdin : createReadStream(name)
  return kind === 'jsonl' ? lineJobs(stream, name, (line) => ({ json: line }))
    : kind === 'txt' ? lineJobs(stream, name, (line, at) => ({ json: JSON.stringify({ id: String(at), text: line }) }))
      : kind === 'csv' ? csvJobs(stream, name)
        : warcJobs(stream, name)
}

async function* lineJobs(stream: Readable, name: string, make: (line: string, at: number) => CodeJob): AsyncGenerator<CodeJob> {
  const failed = failure(stream, name)
  let at = 0
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    at++
    if (line.trim() !== '') yield make(line, at)
  }
  failed()
}

/* readline swallows the errors of its stream: they are kept and thrown when the lines are through. */
function failure(stream: Readable, name: string): () => void {
  let error: Error | null = null
  stream.on('error', (problem) => { error = problem })
  return () => {
    if (error) throw new UserError(`cannot read '${name}': ${reason(error)}`)
  }
}

async function* csvJobs(stream: Readable, name: string): AsyncGenerator<CodeJob> {
  const { parse } = await import('csv-parse')
  try {
    let first = true
    for await (const record of stream.pipe(parse({ columns: true, bom: true, relax_column_count: true, skip_empty_lines: true })) as AsyncIterable<Record<string, string>>) {
      if (first && record['text'] === undefined) throw new UserError(`'${name}' has no column 'text' (its columns are ${Object.keys(record).join(', ')})`)
      first = false
      const { id, text, published, language, url } = record
      yield { json: JSON.stringify({ id, text, published: published || null, language: language || null, url: url || null }) }
    }
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`cannot read '${name}' as CSV: ${reason(error)}`)
  }
}

async function* warcJobs(stream: Readable, name: string): AsyncGenerator<CodeJob> {
  try {
    for await (const { name: id, bytes, url, mediaType = null, charset = null } of warcDocuments(stream)) yield { id, page: { bytes, url, mediaType, charset } }
  } catch (error) {
    throw new UserError(`cannot read '${name}' as WARC: ${reason(error)}`)
  }
}

async function* parquetJobs(name: string): AsyncGenerator<CodeJob> {
  if (name === '-') throw new UserError('Parquet is read from a file, not from standard input: its index stands at its end')
  const { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } = await import('hyparquet')
  try {
    const file = await asyncBufferFromFile(name)
    const metadata = await parquetMetadataAsync(file)
    const rows = Number(metadata.num_rows)
    const columns = metadata.schema.map((column) => column.name)
    if (!columns.includes('text')) throw new UserError(`'${name}' has no column 'text' (its columns are ${columns.slice(1).join(', ')})`)
    for (let start = 0; start < rows; start += 1000) {
      for (const row of await parquetReadObjects({ file, metadata, rowStart: start, rowEnd: Math.min(rows, start + 1000), columns: ['id', 'text', 'published', 'language', 'url'].filter((column) => columns.includes(column)) })) {
        const { id, text, published, language, url } = row as Record<string, unknown>
        yield { json: JSON.stringify({ id: id === undefined || id === null ? null : String(id), text, published: published instanceof Date ? published.toISOString().slice(0, 10) : (published ?? null), language: language ?? null, url: url ?? null }) }
      }
    }
  } catch (error) {
    throw error instanceof UserError ? error : new UserError(`cannot read '${name}' as Parquet: ${reason(error)}`)
  }
}
