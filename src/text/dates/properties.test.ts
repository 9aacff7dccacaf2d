import { readdirSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadDateTables } from '../../knowledge/dates.ts'
import { loadNumberTables } from '../../knowledge/numbers.ts'
import { resolveDate } from '../dates.ts'
import { compileNumbers } from '../numbers.ts'
import { quantitiesOf } from '../../../test/support/quantity-table.ts'
import { finderOf, root } from '../../../test/support/date-table.ts'

const codes = readdirSync(join(root, 'languages')).filter((code) => existsSync(join(root, 'languages', code, 'dates.yaml')))
const EDTF = /^(?:(?:\d{4}|XXXX)(?:-\d{2}(?:-\d{2})?)?(?:\/(?:\d{4}|XXXX)(?:-\d{2}(?:-\d{2})?)?)?|\d{3}X)$/u

describe.each(codes)('%s', (code) => {
  const tables = loadDateTables(join(root, 'languages', code))
  const numberTables = loadNumberTables(join(root, 'languages', code))
  if (!tables || !numberTables) throw new Error(`no tables for ${code}`)
  const finder = finderOf(code)
  const quantities = quantitiesOf(code)
  const numbers = compileNumbers(numberTables)
  const vocabulary = [
    ...Object.values(tables.months).flat(), ...Object.values(tables.weekdays).flat(), ...Object.values(tables.units).flat(), ...tables.last, ...tables.next, ...tables.edges,
    ...Object.values(tables.leads).flat(), ...Object.values(numberTables.words).flat(), ...Object.values(numberTables.multipliers).flat(), ...Object.values(numberTables.units).flatMap((unit) => [...unit.words, ...unit.signs]),
    '2024', '8', '31', '12', '1990', '1,234.5', '8/2', '(', ')', ',', '.', '-', '–', ' ', '\n', '\u200f', 'َ', '\u0301', 'ـ', '٢٠٢٤', '年', '月', '日', '%', '$',
  ]
  const texts = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 120 }),
    fc.array(fc.constantFrom(...vocabulary), { maxLength: 25 }).chain((words) => fc.constantFrom('', ' ').map((gap) => words.join(gap))),
  )

  test('hits lie inside the span, in order, and quote the text', () => {
    fc.assert(fc.property(texts, fc.nat(), fc.nat(), (text, a, b) => {
      const ends = [a % (text.length + 1), b % (text.length + 1)].sort((x, y) => x - y)
      const span = [ends[0] ?? 0, ends[1] ?? 0] as const
      const dates = finder.find(text, span)
      const counted = quantities.find(text, span, dates)
      for (const hits of [dates, numbers.find(text, span), counted.quantities, counted.figures]) {
        let reach = span[0]
        for (const hit of hits) {
          expect(hit.span[0]).toBeGreaterThanOrEqual(reach)
          expect(hit.span[1]).toBeGreaterThan(hit.span[0])
          reach = hit.span[1]
        }
        expect(reach).toBeLessThanOrEqual(span[1])
      }
    }), { numRuns: 300 })
  })

  test('what a stretch gives does not depend on the text around it', () => {
    fc.assert(fc.property(texts, (text) => {
      const alone = finder.find(text, [0, text.length])
      const within = finder.find(`xx\n${text}\nxx`, [3, 3 + text.length])
      expect(within.map(({ span, ...rest }) => ({ ...rest, span: [span[0] - 3, span[1] - 3] }))).toEqual(alone.map(({ span, ...rest }) => ({ ...rest, span: [...span] })))
    }), { numRuns: 100 })
  })

  test('every value is EDTF or nothing', () => {
    fc.assert(fc.property(texts, fc.constantFrom('2024-02-14', '2024-02', '2024', null), (text, published) => {
      for (const hit of finder.find(text, [0, text.length])) {
        const date = resolveDate(hit, { published, anchor: null, yearHint: null })
        if (date) expect(date.value).toMatch(EDTF)
      }
    }), { numRuns: 300 })
  })

  test('numbers are finite and not negative', () => {
    fc.assert(fc.property(texts, (text) => {
      for (const { value } of numbers.find(text, [0, text.length])) expect(Number.isFinite(value) && value >= 0).toBe(true)
    }), { numRuns: 200 })
  })

  test('time grows with the length of the text, not faster', () => {
    const piece = `${vocabulary.slice(0, 60).join(' ')} 8 8 8 8 1,1,1 ${'1'.repeat(50)} ${'('.repeat(20)}`
    const cost = (times: number): number => {
      const text = piece.repeat(times)
      const start = performance.now()
      quantities.find(text, [0, text.length], finder.find(text, [0, text.length]))
      return performance.now() - start
    }
    cost(20)
    const [small, large] = [cost(20), cost(160)]
    expect(large).toBeLessThan(Math.max(small, 5) * 8 * 5)
  })
})
