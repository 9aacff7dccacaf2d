/** Running tables of sentences with the quantities and figures they should give. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadQuantityTables } from '../../src/knowledge/numbers.ts'
import { finderOf, root } from './date-table.ts'
import { compileQuantities, type QuantityFinder } from '../../src/text/quantities.ts'

/** The quantity finder of a language, from its folder. */
export function quantitiesOf(code: string): QuantityFinder {
  const tables = loadQuantityTables(join(root, 'languages', code), join(root, 'ontology'))
  if (!tables) throw new Error(`no numbers for ${code}`)
  return compileQuantities(tables)
}

/** Each row: a sentence, then its quantities as `comparator value unit measure [period]` (`=` and missing parts are left out). A row of one holds none. */
export function quantityTable(code: string, rows: readonly (readonly string[])[]): void {
  const dates = finderOf(code)
  const finder = quantitiesOf(code)
  test.each(rows.map((row) => [row[0] ?? '', row.slice(1)] as const))('%s', (text, expected) => {
    const span = [0, text.length] as const
    const hits = dates.find(text, span)
    const { quantities, figures } = finder.find(text, span, hits)
    const found = quantities.map((quantity) => {
      const figure = figures.find((other) => other.span[0] === quantity.span[0])
      const period = figure?.period
      return [quantity.comparator === '=' ? '' : quantity.comparator, String(quantity.value), quantity.unit ?? '', quantity.noun ?? '', period ? `[${text.slice(period.span[0], period.span[1])}]` : ''].filter((part) => part !== '').join(' ')
    })
    expect(found).toEqual(expected)
  })
}
