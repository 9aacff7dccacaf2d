/** Import: files of event data sets as codings by another coder. Pure: lines in, codings out; what is wrong with a line is said, and the others go on. */
import type { Coding } from '../export/coding.ts'
import { GDELT_EVENTS } from '../export/gdelt.ts'
import { ICEWS } from '../export/icews.ts'
import { PHOENIX } from '../export/phoenix.ts'
import { POLECAT } from '../export/polecat.ts'
import { readGdelt } from './gdelt.ts'
import { createIcews } from './icews.ts'
import { BadLine } from './lines.ts'
import type { Back } from './parties.ts'
import { readPhoenix } from './phoenix.ts'
import { readPlover } from './plover.ts'
import { createPolecat } from './polecat.ts'

export { createBack, type Back } from './parties.ts'
export { BadLine } from './lines.ts'
export { fromCsv, isTable, readTable, type TableRow } from './table.ts'

export const LINE_FORMATS = ['gdelt', 'polecat', 'icews', 'phoenix', 'plover'] as const
export const IMPORTS = [...LINE_FORMATS, 'csv', 'parquet'] as const
export type LineFormat = (typeof LINE_FORMATS)[number]
export type ImportFormat = (typeof IMPORTS)[number]

export interface Problem { readonly line: number; readonly message: string }

/** Encoding of a format's files where the bytes do not say. */
export const encodingOf = (format: ImportFormat): 'utf-8' | 'iso-8859-1' => (format === 'polecat' ? 'iso-8859-1' : 'utf-8')

/** What a file is, by its first line; null when it is none of those known. */
export function formatOf(firstLine: string): ImportFormat | null {
  const line = firstLine.replace(/^\ufeff/u, '').replace(/\r$/u, '')
  const cells = line.split('\t')
  const bare = cells.map((cell) => cell.replace(/^"(.*)"$/u, '$1').trim())
  if (bare.includes(POLECAT[0] ?? '') && bare.includes('Event Type')) return 'polecat'
  if (bare.includes(ICEWS[0] ?? '') && bare.includes('CAMEO Code')) return 'icews'
  if (/^\d+$/u.test(cells[0] ?? '') && [GDELT_EVENTS.length, 58, 57].includes(cells.length)) return 'gdelt'
  if (cells.length === PHOENIX.length && /^\d{8}$/u.test(cells[1] ?? '')) return 'phoenix'
  if (line.startsWith('event,coder,version,')) return 'csv'
  if (!line.startsWith('{')) return null
  return /"(?:event)"\s*:/u.test(line) && /"actor"\s*:/u.test(line) ? 'plover' : null
}

export interface LineReader {
  /** The coding of a line; null for a header or an empty line. What is wrong goes to `problem`. */
  read(line: string): Coding | null
}

/** Reads the lines of one file, in order. */
export function createLineReader(format: LineFormat, back: Back, problem: (problem: Problem) => void): LineReader {
  let at = 0
  let withHeader: ((cells: readonly string[]) => Coding) | null = null
  const make = (line: string): Coding | null => {
    if (format === 'plover') return readPlover(line, back)
    const cells = line.split('\t')
    if (format === 'gdelt') return readGdelt(cells, back)
    if (format === 'phoenix') return readPhoenix(cells, back)
    if (withHeader !== null) return withHeader(cells)
    withHeader = format === 'polecat' ? createPolecat(cells, back) : createIcews(cells, back)
    return null
  }
  return {
    read(given) {
      at++
      const line = (at === 1 ? given.replace(/^\ufeff/u, '') : given).replace(/\r$/u, '')
      if (line.trim() === '') return null
      try {
        return make(line)
      } catch (error) {
        if (!(error instanceof BadLine)) throw error
        problem({ line: at, message: error.message })
        return null
      }
    },
  }
}
