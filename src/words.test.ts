/** The words of a search need a small part of a language's tables. */
import { expect, test } from 'vitest'
import { loadKnowledge } from './knowledge/index.ts'
import { PACKAGE_ROOT } from './reader.ts'
import { searchWords } from './words.ts'

const knowledge = loadKnowledge(PACKAGE_ROOT)

test('words are cut and folded as a language says without its phrases being compiled', () => {
  const bare = Object.create(knowledge, { lexicon: { value: () => { throw new Error('all tables were loaded') } } }) as typeof knowledge
  const words = searchWords(bare)
  expect([...words("The minister's visit", 'en')]).toEqual(['the', 'minister', "'s", 'visit'])
  expect([...words('会谈', 'zh')]).toEqual(['会', '谈', '会谈'])
  expect([...words('Ægir Ñandú', 'und')]).toEqual(['ægir', 'nandu'])
})

test('texts are read with the same tokenizer', () => {
  expect(knowledge.tokenizer('en')).toBe(knowledge.lexicon('en')?.tokenizer)
  expect([knowledge.tokenizer('und'), knowledge.names('und')]).toEqual([null, []])
  expect(knowledge.names('fr').some(({ kind, text }) => kind === 'state' && text === 'France')).toBe(true)
})
