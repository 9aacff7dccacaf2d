import { describe, expect, it } from 'vitest'
import { createTurns } from './turns.ts'

const later = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })

describe('createTurns', () => {
  it('runs what has one name one after the other, and goes on after a failure', async () => {
    const inTurn = createTurns()
    const said: string[] = []
    const work = (name: string, fails = false) => async (): Promise<string> => {
      said.push(`${name} begins`)
      await later()
      said.push(`${name} ends`)
      if (fails) throw new Error(name)
      return name
    }
    const all = await Promise.allSettled([inTurn('gate', work('a')), inTurn('gate', work('b', true)), inTurn('gate', work('c'))])
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(said).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
  })

  it('lets what has another name go beside it', async () => {
    const inTurn = createTurns()
    const said: string[] = []
    await Promise.all([inTurn('one', async () => { await later(); said.push('one') }), inTurn('other', async () => { said.push('other') })])
    expect(said).toEqual(['other', 'one'])
  })
})
