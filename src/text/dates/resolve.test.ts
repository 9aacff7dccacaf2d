import { describe, expect, test } from 'vitest'
import { resolveDate, yearsStated, type DateHit } from '../dates.ts'
import { fromIslamic, weekdayOf, dayNumber, edtfDay } from './calendar.ts'
import { finderOf } from '../../../test/support/date-table.ts'

const hit = (value: DateHit['value'], relation: DateHit['relation'] = 'at'): DateHit => ({ span: [0, 1], value, relation })
const at = (value: DateHit['value'], published: string | null, anchor: string | null = null, yearHint: number | null = null): string | null => {
  const date = resolveDate(hit(value), { published, anchor, yearHint })
  return date && `${date.value} ${date.basis}`
}

describe('a missing year', () => {
  test.each([
    [{ month: 2, day: 8 }, '2024-02-14', '2024-02-08 inferred'],
    [{ month: 2, day: 15 }, '2024-02-14', '2024-02-15 inferred'],
    [{ month: 11, day: 3 }, '2024-02-14', '2023-11-03 inferred'],
    [{ month: 3, day: 1 }, '2024-02-14', '2024-03-01 inferred'],
    [{ month: 11, day: 3, direction: 'future' }, '2024-02-14', '2024-11-03 inferred'],
    [{ month: 2 }, '2024-02-14', '2024-02 inferred'],
    [{ month: 2, direction: 'past' }, '2024-02-14', '2023-02 inferred'],
    [{ month: 12, direction: 'past' }, '2024-02-14', '2023-12 inferred'],
    [{ season: 22 }, '2024-02-14', '2023-22 inferred'],
    [{ month: 2, day: 8 }, '2024-02', '2024-02-08 inferred'],
    [{ month: 2, day: 8 }, null, 'XXXX-02-08 stated'],
    [{ month: 2, day: 8, year: 2023 }, null, '2023-02-08 stated'],
  ] as const)('%j published %s is %s', (parts, published, expected) => {
    expect(at(parts, published)).toBe(expected)
  })
  test('comes from the hint when nothing was published', () => {
    expect(at({ month: 2, day: 8 }, null, null, 2024)).toBe('2024-02-08 inferred')
  })
  test('comes from the day of publication before the hint', () => {
    expect(at({ month: 2, day: 8 }, '2021-05-01', null, 2024)).toBe('2021-02-08 inferred')
  })
})

describe('relative dates', () => {
  test.each([
    [{ unit: 'day', offset: -1 }, '2024-03-01', '2024-02-29 inferred'],
    [{ unit: 'week', offset: 0 }, '2024-02-14', '2024-02-12/2024-02-18 inferred'],
    [{ unit: 'month', offset: -2 }, '2024-01-14', '2023-11 inferred'],
    [{ unit: 'year', offset: -1 }, '2024', '2023 inferred'],
    [{ unit: 'quarter', offset: -1 }, '2024-02-14', '2023-36 inferred'],
    [{ unit: 'decade', offset: 0 }, '2024-02-14', '202X inferred'],
    [{ weekday: 4 }, '2024-02-14', '2024-02-08 inferred'],
    [{ weekday: 3 }, '2024-02-14', '2024-02-14 inferred'],
    [{ weekday: 3, direction: 'past' }, '2024-02-14', '2024-02-07 inferred'],
    [{ weekday: 3, direction: 'future' }, '2024-02-14', '2024-02-21 inferred'],
    [{ weekday: 4, weekOffset: -1 }, '2024-02-14', '2024-02-08 inferred'],
  ] as const)('%j from %s is %s', (parts, published, expected) => {
    expect(at(parts, published)).toBe(expected)
  })
  test.each([[{ unit: 'day', offset: -1 }], [{ weekday: 4 }], [{ day: 8 }], [{ unit: 'week', count: 2 }], [{ month: 3, yearOffset: -1 }]] as const)('%j from nothing is nothing', (parts) => {
    expect(at(parts, null)).toBeNull()
  })
  test('a day is not worked out from a bare year', () => {
    expect(at({ unit: 'day', offset: -1 }, '2024')).toBeNull()
  })
  test('the anchor comes before the day of publication', () => {
    expect(at({ unit: 'day', offset: -1 }, '2024-02-14', '2024-02-10')).toBe('2024-02-09 inferred')
  })
})

describe('calendar', () => {
  test('Umm al-Qura: 27 Rajab 1445 was 8 February 2024', () => {
    const days = fromIslamic(1445, 7, 27)
    expect(days && edtfDay(days[0])).toBe('2024-02-08')
  })
  test('Ramadan 1445 began on 11 March 2024', () => {
    const days = fromIslamic(1445, 9)
    expect(days && edtfDay(days[0])).toBe('2024-03-11')
  })
  test('years outside the tables give nothing', () => {
    expect(fromIslamic(900, 1, 1)).toBeNull()
  })
  test('8 February 2024 was a Thursday', () => {
    expect(weekdayOf(dayNumber(2024, 2, 8))).toBe(4)
  })
})

describe('the year of an article', () => {
  const year = (text: string): number | null => yearsStated(finderOf('en').find(text, [0, text.length]))
  test.each([
    ['Trade grew in 2023 and should double by 2030.', 2023],
    ['The plan runs until 2035.', null],
    ['Signed in 2014, renewed in March 2021.', 2021],
    ['The summit will be held in June 2026; the last was in 2022.', 2022],
    ['Nothing is dated here.', null],
  ])('%s → %s', (text, expected) => {
    expect(year(text)).toBe(expected)
  })
})
