import { expect, it } from 'vitest'
import { createCache } from './cache.ts'

it('counts once while fresh, shows what there was while counting anew, waits when that is old, forgets when told', async () => {
  let time = 0
  let counted = 0
  const cache = createCache(() => time)
  const get = (): Promise<number> => cache.get('key', () => Promise.resolve(++counted))
  expect(await get()).toBe(1)
  expect(await get()).toBe(1)
  time = 30_000
  expect(await get()).toBe(1)
  expect(counted).toBe(2)
  expect(await get()).toBe(2)
  time = 500_000
  expect(await get()).toBe(3)
  cache.clear()
  expect(await get()).toBe(4)
})

it('keeps no failure', async () => {
  const cache = createCache(() => 0)
  await expect(cache.get('key', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await cache.get('key', () => Promise.resolve(1))).toBe(1)
})
