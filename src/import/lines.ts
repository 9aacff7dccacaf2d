/** What reading a line of an event data set shares, whatever the format. */
import type { Coding, Dyad } from '../export/coding.ts'
import { rest } from '../export/cells.ts'
import type { Back } from './parties.ts'

/** A line that does not say what its format promises. */
export class BadLine extends Error {
  override readonly name = 'BadLine'
}

type Base = Omit<Coding, 'coder' | 'version' | 'format' | 'actors' | 'recipients' | 'mutual' | 'columns' | 'historical' | 'confidence' | 'status' | 'lastDay' | 'date' | 'basis'>

/** A coding of one day by another coder. */
export function foreign(format: string, version: string, { actor, recipient }: Dyad, base: Base): Coding {
  return {
    ...base, coder: format, version, format, actors: actor ? [actor] : [], recipients: recipient ? [recipient] : [], mutual: false, date: base.firstDay, basis: base.firstDay === null ? null : 'stated', lastDay: base.firstDay,
    status: 'occurred', historical: false, confidence: null,
  }
}

/** The coding with what its line says beyond it, so that the line can be written again as it stood. Throws BadLine when it cannot be written at all. */
export function withRest(coding: Coding, names: readonly string[], stood: readonly string[], lines: (coding: Coding) => string[][]): Coding {
  const [given] = lines(coding)
  if (given === undefined) throw new BadLine('it has no day or no code')
  const columns = rest(names, stood, given)
  return Object.keys(columns).length === 0 ? coding : { ...coding, columns }
}

/** PLOVER type and mode of a CAMEO code. */
export function ploverOf(code: string, back: Back): Pick<Coding, 'type' | 'mode' | 'quadClass'> {
  const found = back.codes.cameo(code)
  return { type: found?.type ?? null, mode: found?.mode ?? null, quadClass: back.quadOf(found?.type ?? null) }
}

/** A day as some files write it: 2024-02-08, 20240208 or 2/8/2024 (month first). Null for what is no day. */
export function dayOf(value: string): string | null {
  const text = value.trim()
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/u.exec(text)
  const plain = /^(\d{4})-?(\d{2})-?(\d{2})$/u.exec(text)
  const [year = '', month = '', day = ''] = american ? [american[3], american[1]?.padStart(2, '0'), american[2]?.padStart(2, '0')] : plain ? [plain[1], plain[2], plain[3]] : []
  const found = `${year}-${month}-${day}`
  const time = Date.parse(`${found}T00:00:00Z`)
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== found ? null : found
}

/** Cells by the names of a header; columns that are not there are empty. */
export function byHeader(header: readonly string[], names: readonly string[], same: Readonly<Record<string, string>> = {}): (cells: readonly string[]) => string[] {
  const at = new Map(header.map((name, index) => [same[name.trim()] ?? name.trim(), index]))
  return (cells) => names.map((name) => cells[at.get(name) ?? -1] ?? '')
}
