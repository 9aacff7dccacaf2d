import { expect, it } from 'vitest'
import type { Account, Quote, Topic } from '../model/index.ts'
import { denialsIn, rewordingsIn } from './match.ts'

const quote = (article: string, text: string, language = 'en'): Quote => ({ article, language, outlet: null, span: [0, text.length], text, speaker: null, stance: null })
const topic = (kind: Topic['kind'], key: string, ...quotes: Quote[]): Topic => ({ kind, key, order: 0, share: 0, quotes })
const account = (...topics: Topic[]): Account => ({ event: 'e', side: 'RUS', official: true, articles: [], characters: 100, topics, unsaid: [] })
const own = (article: string): boolean => article.startsWith('own')

it('tells denials that were not there before, each once', () => {
  const before = account(topic('stance', 'denied', quote('a', 'It never happened.')))
  const now = account(topic('stance', 'denied', quote('b', 'it never happened'), quote('b', 'We were not there.')), topic('stance', 'denied UKR', quote('c', 'We were not there!')), topic('stance', 'warned', quote('b', 'Beware.')))
  expect(denialsIn({ side: 'RUS', before, now }).map((denial) => denial.quote.text)).toEqual(['We were not there.'])
  expect(denialsIn({ side: 'RUS', before: null, now: before })).toHaveLength(1)
})

it('tells other words of a side only on the same topic, in the same language, in its own later publications', () => {
  const before = account(topic('context', 'economic', quote('own1', 'Trade grows fast.')), topic('state', 'JPN', quote('other1', 'Japan was named.')))
  const changed = (...topics: Topic[]): string[] => rewordingsIn({ side: 'RUS', before, now: account(...topics) }, own).map(({ before: was, now }) => `${was.text} > ${now.text}`)
  expect(changed(topic('context', 'economic', quote('own1', 'Trade grows fast.'), quote('own2', 'Trade grows.')))).toEqual(['Trade grows fast. > Trade grows.'])
  expect(changed(topic('context', 'economic', quote('own2', 'trade grows, fast')))).toEqual([])
  expect(changed(topic('context', 'economic', quote('own2', 'Le commerce progresse.', 'fr')))).toEqual([])
  expect(changed(topic('context', 'economic', quote('other2', 'Trade shrinks.')))).toEqual([])
  expect(changed(topic('context', 'military', quote('own2', 'Ships came.')))).toEqual([])
  expect(changed(topic('state', 'JPN', quote('own2', 'Japan was not named.')))).toEqual([])
  expect(changed(topic('context', 'economic', quote('own1', 'Another place in the first text.')))).toEqual([])
  expect(rewordingsIn({ side: 'RUS', before: null, now: before }, own)).toEqual([])
})
