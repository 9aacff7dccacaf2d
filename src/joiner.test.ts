import { describe, expect, it } from 'vitest'
import { createJoiner } from './joiner.ts'

const later = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 5) })

describe('createJoiner', () => {
  const summary = { articles: 1, events: 3, gone: 0 }

  it('looks once for what was left, however many ask', async () => {
    let times = 0
    const joiner = createJoiner('run', async () => { times++; await later(); return summary })
    expect(await Promise.all([joiner.left(undefined), joiner.left(undefined)])).toEqual([3, 0])
    expect(await joiner.left(undefined)).toBe(0)
    expect(times).toBe(1)
  })

  it('looks again after a failure, and when it is told that something was left', async () => {
    let times = 0
    const joiner = createJoiner('run', async () => { if (times++ === 0) throw new Error('gone'); return summary })
    await expect(joiner.left(undefined)).rejects.toThrow('gone')
    expect(await joiner.left(undefined)).toBe(3)
    joiner.forget()
    expect(await joiner.left(undefined)).toBe(3)
  })
})
