/** Books of phrases: what waits is found as if it had been there from the start, gaps and heads are told. */
import { expect, test } from 'vitest'
import type { Token } from '../src/model/index.ts'
import { compilePattern, type PatternSettings, plainStep, type Step, wordStep } from '../src/text/patterns.ts'
import { longestMatches, PhraseBook } from '../src/text/phrases.ts'

const words = (text: string, forms: Readonly<Record<string, readonly string[]>> = {}): Token[] => text.split(' ').map((norm, i) => ({ start: i, end: i + 1, kind: 'word', norm, alternatives: forms[norm] ?? [], cuts: (forms[norm] ?? []).map(() => '-') }))
const steps = (text: string): Step[] => text.split(' ').map((word) => (word === '..' ? { kind: 'gap', max: 2, id: '..' } : plainStep(word, [])))
const never = (): boolean => false

test('a phrase that waits is added once, when a word it can begin with is met', () => {
  const made: number[] = []
  const phrases = ['blue moon', 'blue', 'moon rise']
  const book = new PhraseBook<string>((number) => {
    if (made.includes(number)) return null
    made.push(number)
    const text = phrases[number] ?? ''
    return { steps: steps(text), value: text }
  })
  phrases.forEach((text, number) => { book.addLater([text.split(' ')[0] ?? '', `${text.split(' ')[0]}~`], number) })
  const tokens = words('a blues moon rise', { blues: ['blue~', 'blue'] })
  const found = tokens.map((_, at) => book.matchesAt(tokens, at, never).map(({ value, start, end, loose, cut }) => ({ value, start, end, loose, cut })))
  expect(found).toEqual([[], [{ value: 'blue', start: 1, end: 2, loose: 1, cut: '-' }, { value: 'blue moon', start: 1, end: 3, loose: 1, cut: '-' }], [{ value: 'moon rise', start: 2, end: 4, loose: 0, cut: '' }], []])
  expect(made).toEqual([0, 1, 2])
  expect([book.beginsAt(tokens, 0, never), book.beginsAt(tokens, 1, never)]).toEqual([false, true])
})

test('a gap is as long as it may be and stops where it must; the inflected word leads', () => {
  const book = new PhraseBook<string>()
  book.add([plainStep('in', []), { kind: 'gap', max: 2, id: '..' }, wordStep([{ word: 'ran', prefix: false, label: 'past', cls: 'v' }, { word: 'run', prefix: true, label: '', cls: '' }])], 'run')
  const at = (text: string, stop: (index: number) => boolean = never): unknown => book.matchesAt(words(text), 0, stop).map(({ words: own, head, label, cls }) => [own, head, label, cls])
  expect(at('in the end ran')).toEqual([[[0, 3], 3, 'past', 'v']])
  expect(at('in runners')).toEqual([[[0, 1], 0, '', '']])
  expect(at('in the very end ran')).toEqual([])
  expect(at('in the end ran', (index) => index === 1)).toEqual([])
})

test('of matches that overlap the one with most words stays', () => {
  const book = new PhraseBook<string>()
  for (const text of ['red', 'red sea', 'sea']) book.add(steps(text), text)
  const tokens = words('red sea red')
  expect(longestMatches(tokens.flatMap((_, at) => book.matchesAt(tokens, at, never))).map((match) => match.value)).toEqual(['red sea', 'red'])
})

test('a pattern branches where choices have several words, each time it is compiled', () => {
  const settings: PatternSettings = { fold: (word) => word, classes: {}, irregular: new Map(), variants: () => [], words: (text) => text.split('-'), parts: new Map(), groups: new Map() }
  const compiled = (): string[] => compilePattern('held .. (talks|a meeting|calls) in-with (them|the others)', settings).map((list) => list.map(({ id }) => id.replace(/\/\//gu, '')).join(' ')).sort()
  const expected = ['held .. a meeting in with the others', 'held .. a meeting in with them', 'held .. talks|calls in with the others', 'held .. talks|calls in with them']
  expect(compiled()).toEqual(expected)
  expect(compiled()).toEqual(expected)
  expect(() => compilePattern('held ..', settings)).toThrow('begins and ends with a word')
})
