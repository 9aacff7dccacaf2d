/** Running tables of sentences with the dates they should give. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadDateTables } from '../../src/knowledge/dates.ts'
import { compileDates, resolveDate, type DateFinder } from '../../src/text/dates.ts'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** The date finder of a language, from its folder. */
export function finderOf(code: string): DateFinder {
  const tables = loadDateTables(join(root, 'languages', code))
  if (!tables) throw new Error(`no dates for ${code}`)
  return compileDates(tables)
}

/** Wednesday. */
export const PUBLISHED = '2024-02-14'

/** Each row: a sentence, then what it should give, `quoted words = EDTF`, with ` (relation)` where it is not `at`; `null` for dates that cannot be resolved. A row of one is a sentence without dates. */
export function dateTable(code: string, rows: readonly (readonly string[])[]): void {
  const finder = finderOf(code)
  test.each(rows.map((row) => [row[0] ?? '', row.slice(1)] as const))('%s', (text, expected) => {
    const found = finder.find(text, [0, text.length]).map((hit) => {
      const value = resolveDate(hit, { published: PUBLISHED, anchor: null, yearHint: null })
      return `${text.slice(hit.span[0], hit.span[1])} = ${value?.value ?? 'null'}${hit.relation === 'at' ? '' : ` (${hit.relation})`}`
    })
    expect(found).toEqual(expected)
  })
}
