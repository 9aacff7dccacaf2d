import { describe, expect, it } from 'vitest'
import { createGatherer } from './gather.ts'

const later = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })

describe('createGatherer', () => {
  it('does what is asked meanwhile in one go', async () => {
    const asked: (readonly number[])[] = []
    const gather = createGatherer(async (all: readonly number[]) => { asked.push(all); await later(); return all.length })
    const first = gather(1)
    await Promise.resolve()
    await Promise.resolve()
    const rest = [gather(2), gather(3)]
    expect(await first).toBe(1)
    expect(await Promise.all(rest)).toEqual([2, 2])
    expect(asked).toEqual([[1], [2, 3]])
  })

  it('tells all who waited of an error, and works again', async () => {
    let broken = true
    const gather = createGatherer(async (all: readonly number[]) => { await later(); if (broken) throw new Error('no'); return all.length })
    const all = await Promise.allSettled([gather(1), gather(2)])
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    broken = false
    expect(await gather(3)).toBe(1)
  })
})
