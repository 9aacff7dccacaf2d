/** Text in the cells of tables: whatever was read, a line stays one line and a cell one cell. */
import { contentId } from '../text/hash.ts'
import type { Coding, Dyad } from './coding.ts'

/** Characters that would leave the cell, the line or their place in it. */
const BREAKS = /[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]+/gu
const HIDDEN = /[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufff9-\ufffb]/gu
const HALVES = /\p{Surrogate}/gu

/** Text on one line, without marks that turn its direction, and well formed. */
export const plain = (text: string): string => text.replace(HIDDEN, '').replace(HALVES, '\ufffd').replace(BREAKS, ' ').trim()

/** A cell of a table parted by tabs that knows no quoting: quotation marks would make some readers swallow what follows. */
export const tabCell = (value: string | number | null | undefined): string => (value === null || value === undefined ? '' : typeof value === 'number' ? String(value) : plain(value).replace(/"/gu, '\''))

/** A value among others in one cell. */
export const listCell = (values: readonly string[], mark: RegExp, separator: string): string => values.map((value) => tabCell(value).replace(mark, ',')).filter((value) => value !== '').join(separator)

/** An address as it may stand in a cell: no blanks, no quotes, no breaks. */
export const addressCell = (url: string | null): string => (url === null ? '' : url.replace(HIDDEN, '').replace(HALVES, '').replace(BREAKS, '%20').replace(/["<>|;]/gu, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`))

export const tabLine = (cells: readonly string[]): string => `${cells.join('\t')}\n`

/** A whole number from content, for files that want numbers for ids. */
export const numberId = (...parts: readonly string[]): string => String(Number.parseInt(contentId(...parts), 16))

/** The id of a line: what its own format called it, else a number from what it is of. */
export function lineId(coding: Coding, dyad: Dyad, format: string): string {
  return coding.format === format ? coding.id : numberId('line', coding.coder, coding.id, dyad.actor?.id ?? '', dyad.recipient?.id ?? '')
}

/** `2024-02-08` as `20240208`. */
export const compactDay = (day: string): string => day.replace(/-/gu, '')

/** `20240208` as `2024-02-08`; null for anything else. */
export function wholeDay(value: string): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})/u.exec(value)
  return match ? `${match[1]}-${match[2]}-${match[3]}` : null
}

/** The cells of a line with those that its own format had otherwise. */
export function withOwn(names: readonly string[], cells: readonly string[], coding: Coding, format: string): string[] {
  if (coding.format !== format || coding.columns === undefined) return [...cells]
  const own = coding.columns
  return cells.map((cell, at) => own[names[at] ?? ''] ?? cell)
}

/** What of a line its coding does not give back. */
export function rest(names: readonly string[], stood: readonly string[], given: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name, at) => ((stood[at] ?? '') === (given[at] ?? '') ? [] : [[name, stood[at] ?? '']])))
}

/** Well formed text: halves of characters are no text in most programs. */
export const whole = (text: string): string => text.replace(HALVES, '\ufffd')

/** A value as one line of JSON: no half characters, and nothing that some reader takes for the end of a line. */
export const jsonLine = (value: unknown): string =>
  JSON.stringify(value, (_, item: unknown) => (typeof item === 'string' ? whole(item) : item)).replace(/[\u007f-\u009f\u2028\u2029]/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
