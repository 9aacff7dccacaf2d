/** Sums over many rows, kept for seconds: asked often, they are counted once. */

interface Kept { readonly at: number; readonly value: Promise<unknown> }

export interface Cache {
  /** The value under a key: fresh for some seconds, then shown once more while it is counted anew, then waited for. */
  get<T>(key: string, make: () => Promise<T>): Promise<T>
  /** Forgets everything: something came in. */
  clear(): void
}

const FRESH_MS = 20_000
const STALE_MS = 120_000
const MOST = 500

export function createCache(now: () => number = () => performance.now()): Cache {
  const kept = new Map<string, Kept>()
  const count = <T>(key: string, make: () => Promise<T>, before: Kept | undefined): Promise<T> => {
    const value = make()
    const entry = { at: now(), value }
    // While it is counted anew others are given what there was.
    if (before === undefined) kept.set(key, entry)
    else kept.set(key, { at: now(), value: before.value })
    value.then(() => { if (kept.has(key)) kept.set(key, entry) }, () => { kept.delete(key) })
    if (kept.size > MOST) kept.delete(kept.keys().next().value ?? '')
    return value
  }
  return {
    get<T>(key: string, make: () => Promise<T>): Promise<T> {
      const known = kept.get(key)
      const age = known === undefined ? Number.POSITIVE_INFINITY : now() - known.at
      if (known !== undefined && age < FRESH_MS) return known.value as Promise<T>
      if (known !== undefined && age < STALE_MS) {
        count(key, make, known).catch(() => undefined)
        return known.value as Promise<T>
      }
      return count(key, make, undefined)
    },
    clear: () => kept.clear(),
  }
}
