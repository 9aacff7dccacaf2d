import { describe, expect, test } from 'vitest'
import { finderOf } from '../../../../test/support/date-table.ts'
import type { Sentence } from '../../../model/index.ts'
import { readTimes } from '../../times.ts'

const anchor = (...said: readonly string[]): string | null => {
  const text = said.join(' ')
  let at = 0
  const sentences: Sentence[] = said.map((sentence, index) => {
    const span: [number, number] = [at, at + sentence.length]
    at += sentence.length + 1
    return { index, paragraph: index, span, tokens: [] }
  })
  return readTimes(text, sentences, { dates: finderOf('en'), quantities: null }, null).anchor
}

describe('the day a story without a date of publication speaks from', () => {
  test('its own day, said first', () => {
    expect(anchor('The ministers met on 4 May 2019 in Oslo.', 'They had last met in 2017.')).toBe('2019-05-04')
  })
  test('a year is said where it is not the story’s own', () => {
    expect(anchor('On June 18 the minister said the talks had failed.', 'Two diplomats were expelled in October 2024.')).toBe('2025-06-18')
    expect(anchor('On November 18 the minister said the talks had failed.', 'Two diplomats were expelled in October 2024.')).toBe('2024-11-18')
  })
  test('a day told once far down is one of the past', () => {
    expect(anchor('The talks failed.', 'Nobody was surprised.', 'The sides blame each other.', 'The war began.', 'It had begun on 7 July 1998 with a raid.')).toBe('1998')
  })
})
