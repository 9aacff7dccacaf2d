import { describe, expect, test } from 'vitest'
import type { Token } from '../model/index.ts'
import { mendRelatives } from './relatives.ts'

/** `word tag head relation` per line. */
function sentence(lines: string): Token[] {
  return lines.trim().split('\n').map((line) => {
    const [norm = '', tag = '', head = '', relation = '', form = ''] = line.trim().split(/\s+/u)
    return { start: 0, end: 0, norm, alternatives: [], cuts: [], kind: tag === 'PUNCT' ? 'punct' : 'word', tag, head: Number(head), relation, form }
  })
}
const heads = (tokens: readonly Token[]): string[] => tokens.map(({ norm, head, relation }) => `${norm}>${head === undefined || head < 0 ? '' : (tokens[head]?.norm ?? '')}:${relation ?? ''}`)

const WHICH = `
  peru PROPN 3 nsubj
  , PUNCT 3 punct
  which PRON 3 nsubj
  mines VERB -1 root fin-pres
  copper NOUN 3 obj
  , PUNCT 6 punct
  sued VERB 4 acl fin-past
  chile PROPN 6 obj`

describe('a clause between commas that was taken for the main one', () => {
  test('hangs on its noun, and the noun is the subject of the verb behind it', () => {
    const tokens = sentence(WHICH)
    mendRelatives(tokens)
    expect(heads(tokens)).toEqual(['peru>sued:nsubj', ',>mines:punct', 'which>mines:nsubj', 'mines>peru:acl', 'copper>mines:obj', ',>sued:punct', 'sued>:root', 'chile>sued:obj'])
  })
  test('stays a tree where the clause hung on the verb behind it', () => {
    const tokens = sentence(WHICH.replace('mines VERB -1 root', 'mines VERB 6 advcl').replace('sued VERB 4 acl', 'sued VERB -1 root'))
    mendRelatives(tokens)
    expect(heads(tokens)).toContain('sued>:root')
    expect(heads(tokens)).toContain('peru>sued:nsubj')
    expect(heads(tokens)).toContain('mines>peru:acl')
  })
  test('is left behind by a participle that has an object', () => {
    const tokens = sentence(WHICH.replace('fin-past', 'part'))
    mendRelatives(tokens)
    expect(heads(tokens)).toContain('peru>sued:nsubj')
  })
  test.each([
    ['no comma before the pronoun', WHICH.replace(', PUNCT 3 punct', 'and CCONJ 3 cc')],
    ['the verb behind has a subject', WHICH.replace('sued VERB 4 acl fin-past', 'lima PROPN 7 nsubj\n  sued VERB 4 acl fin-past')],
    ['a participle goes on', WHICH.replace('sued VERB 4 acl fin-past', 'suing VERB 4 acl ger')],
    ['one subject', WHICH.replace('which PRON 3 nsubj', 'which PRON 3 obj')],
  ])('is left alone: %s', (_, lines) => {
    const tokens = sentence(lines)
    const before = heads(tokens)
    mendRelatives(tokens)
    expect(heads(tokens)).toEqual(before)
  })
})
