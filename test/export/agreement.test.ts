/** How far two coders agree: counted by hand. */
import { describe, expect, test } from 'vitest'
import { agreementOf } from '../../src/export/agreement.ts'
import { codings, event, PUTIN, state, UN, XI } from './made.ts'

const on = (day: string, more: Parameters<typeof event>[0] = {}) => event({ firstDay: day, lastDay: day, date: { value: day, basis: 'stated' }, ...more })
const accuse = (day: string, from = 'USA', to = 'CHN') => on(day, { type: 'ACCUSE', mode: null, actors: [state(from, from)], recipients: [state(to, to)], cameo: '111', rule: 'accuse.disapprove', quadClass: 'verbal-conflict' })

const A = codings([on('2024-02-08'), on('2024-02-08', { actors: [XI, PUTIN] }), accuse('2024-02-09'), accuse('2024-02-12'), on('2024-03-01')])
const B = codings([on('2024-02-08', { actors: [state('CHN', 'China'), state('RUS', 'Russia')] }), accuse('2024-02-10'), accuse('2024-02-12', 'CHN', 'USA'), on('2024-02-12', { actors: [PUTIN], recipients: [], type: 'PROTEST', rule: 'protest.demo' })])

describe('agreement', () => {
  test('each pair, day and type counts once; only days both cover', () => {
    const { days, types, quads, all, leftOut } = agreementOf(A, B)
    expect(days).toEqual({ from: '2024-02-08', to: '2024-02-12' })
    expect(types).toEqual([{ key: 'ACCUSE', a: 2, b: 2, aInB: 1, bInA: 1, share: 1 / 3 }, { key: 'CONSULT', a: 1, b: 1, aInB: 1, bInA: 1, share: 1 }])
    expect(quads.map(({ key, share }) => [key, share])).toEqual([['verbal-conflict', 1 / 3], ['verbal-cooperation', 1]])
    expect(all).toMatchObject({ a: 3, b: 3, aInB: 2, bInA: 2, share: 0.5 })
    expect(leftOut).toEqual({ a: 1, b: 1 })
  })
  test('direction counts when asked, days apart when allowed', () => {
    expect(agreementOf(A, B, { directed: true }).types.find(({ key }) => key === 'ACCUSE')).toMatchObject({ aInB: 0, share: 0 })
    expect(agreementOf(A, B, { slack: 1 }).types.find(({ key }) => key === 'ACCUSE')).toMatchObject({ aInB: 2, bInA: 2, share: 1 })
    expect(agreementOf(A, B, { allDays: true }).types.find(({ key }) => key === 'CONSULT')).toMatchObject({ a: 2, b: 1, aInB: 1, share: 0.5 })
  })
  test('what did not happen, has no type or no day is not compared; bodies above states are', () => {
    const odd = codings([on('2024-02-08', { status: 'negated' }), event({ firstDay: '2024-01-01', lastDay: '2024-12-31' }), on('2024-02-08', { actors: [UN, PUTIN] })])
    expect(agreementOf(odd, odd)).toMatchObject({ all: { a: 1, share: 1 }, leftOut: { a: 2, b: 2 } })
    expect(agreementOf([], A)).toMatchObject({ days: null, types: [], all: { share: null } })
  })
})
