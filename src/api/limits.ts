/** Counting what somebody does within a minute, in bounded memory. */

export interface Limit {
  /** Counts one more; false when it is too much. */
  take(key: string): boolean
  /** Whether it was too much already; counts nothing. */
  spent(key: string): boolean
}

const WINDOW_MS = 60_000
const REMEMBERED = 20_000

/** At most so many within a minute, for each key. */
export function perMinute(most: number, now: () => number = () => performance.now()): Limit {
  const counts = new Map<string, { count: number; since: number }>()
  const current = (key: string): { count: number; since: number } | undefined => {
    const there = counts.get(key)
    return there !== undefined && now() - there.since < WINDOW_MS ? there : undefined
  }
  return {
    spent: (key) => (current(key)?.count ?? 0) >= most,
    take(key) {
      const there = current(key)
      if (there === undefined) {
        // The oldest are forgotten, so that many addresses cannot fill the memory.
        if (counts.size >= REMEMBERED) counts.delete(counts.keys().next().value ?? '')
        counts.delete(key)
        counts.set(key, { count: 1, since: now() })
        return most >= 1
      }
      there.count++
      return there.count <= most
    },
  }
}
