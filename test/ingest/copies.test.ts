import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alike, bandsOf, shinglesOf } from '../../src/ingest/copies.ts'
import { changesBetween } from '../../src/ingest/versions.ts'
import { numbers } from '../store/fixtures.ts'

const random = numbers(11)
const WORDS = Array.from({ length: 3000 }, (_, at) => `w${at.toString(36)}`)
const makeText = (words: number, from = random): string[] => Array.from({ length: words }, () => WORDS[Math.floor(from() ** 2 * WORDS.length)] ?? '')
const shared = (a: string, b: string): number => {
  const bands = new Set(bandsOf(shinglesOf(a)))
  return bandsOf(shinglesOf(b)).filter((band) => bands.has(band)).length
}

describe('near copies', () => {
  it('are found by their bands and proven by their runs of words: one word in twenty changed', () => {
    let found = 0
    for (let round = 0; round < 100; round++) {
      const words = makeText(200)
      const edited = words.map((word) => (random() < 0.05 ? `${word}x` : word))
      const [a, b] = [words.join(' '), edited.join(' ')]
      if (shared(a, b) > 0 && alike(shinglesOf(a), shinglesOf(b)) > 0) found++
    }
    expect(found).toBeGreaterThanOrEqual(99)
  })

  it('cut to their first half are copies, others of the same stock of words are not', () => {
    let cut = 0
    let others = 0
    for (let round = 0; round < 100; round++) {
      const words = makeText(240)
      const whole = words.join(' ')
      const half = words.slice(0, 120).join(' ')
      if (shared(whole, half) > 0 && alike(shinglesOf(whole), shinglesOf(half)) > 0) cut++
      if (alike(shinglesOf(whole), shinglesOf(makeText(240).join(' '))) > 0) others++
    }
    expect(cut).toBeGreaterThanOrEqual(90)
    expect(others).toBe(0)
  })

  it('do not depend on case, marks of the encoding or order of candidates, and short texts are never compared', () => {
    const text = makeText(100).join(' ')
    expect(bandsOf(shinglesOf(text.toUpperCase()))).toEqual(bandsOf(shinglesOf(text)))
    expect(bandsOf(shinglesOf('A headline of six words only'))).toEqual([])
    expect(alike(shinglesOf('one two three'), shinglesOf('one two three'))).toBe(0)
  })
})

describe('what changed between versions', () => {
  it('is told by paragraphs, and by words where a paragraph is worded otherwise', () => {
    const before = 'Title\n\nTrade reached 240 billion dollars last year, officials said.\n\nThis part goes out.\n\nThe end.'
    const after = 'Title\n\nTrade reached 242 billion dollars last year, officials said.\n\nThe end.\n\nCorrection: an earlier version gave another figure.'
    expect(changesBetween(before, after)).toEqual([
      { kind: 'changed', before: 'Trade reached 240 billion dollars last year, officials said.', after: 'Trade reached 242 billion dollars last year, officials said.', words: [{ before: '240', after: '242' }] },
      { kind: 'removed', before: 'This part goes out.', after: null, words: [] },
      { kind: 'added', before: null, after: 'Correction: an earlier version gave another figure.', words: [] },
    ])
    expect(changesBetween('习近平8日下午同普京通电话。', '习近平8日晚同普京通电话。')[0]?.words).toEqual([{ before: '下午', after: '晚' }])
  })

  it('is nothing between equal texts, and otherwise leads from the one to the other', () => {
    const texts = fc.array(fc.constantFrom('one two three four', 'five six', 'one two three five', 'seven eight nine'), { maxLength: 8 })
    fc.assert(fc.property(texts, texts, (a, b) => {
      const changes = changesBetween(a.join('\n\n'), b.join('\n\n'))
      if (a.join() === b.join()) expect(changes).toEqual([])
      const count = (list: readonly (string | null)[]): Map<string, number> => {
        const out = new Map<string, number>()
        for (const item of list) if (item !== null) out.set(item, (out.get(item) ?? 0) + 1)
        return out
      }
      const [out, into] = [count(changes.map(({ before }) => before)), count(changes.map(({ after }) => after))]
      const [first, last] = [count(a), count(b)]
      for (const text of new Set([...a, ...b])) expect((first.get(text) ?? 0) - (out.get(text) ?? 0) + (into.get(text) ?? 0)).toBe(last.get(text) ?? 0)
    }))
  })
})
