/** Places in a list, as opaque text: the next page begins right after them, whatever was added meanwhile. */
import { StoreError } from './errors.ts'

export interface Paged<T> {
  readonly items: readonly T[]
  /** Give it back to get the next page; null at the end. */
  readonly next: string | null
}

export function writeCursor(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** Reads a cursor of so many parts; null for none. Throws on one that was not made here. */
export function readCursor(cursor: string | null | undefined, parts: number): readonly string[] | null {
  if (cursor === null || cursor === undefined || cursor === '') return null
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
    if (Array.isArray(value) && value.length === parts && value.every((part) => typeof part === 'string')) return value
  } catch {
    // Said below.
  }
  throw new StoreError('bad-row', 'That is not a place in this list', 'cursor', 'Start again without it.')
}

/** Cuts the one row too many that tells whether there is a next page. */
export function pageOf<R, T>(rows: readonly R[], limit: number, make: (row: R) => T, place: (row: R) => readonly string[]): Paged<T> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { items: kept.map(make), next: rows.length > limit && last !== undefined ? writeCursor(...place(last)) : null }
}
