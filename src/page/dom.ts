/** The document library, loaded so that its nodes cost the collector little. */
import { createRequire } from 'node:module'

/** A weak map's interface over a property of the keys themselves: a value goes with its key here, too. */
class Slots {
  readonly #slot = Symbol('slot')

  get(key: Record<symbol, unknown>): unknown {
    return key[this.#slot]
  }

  set(key: Record<symbol, unknown>, value: unknown): this {
    key[this.#slot] = value
    return this
  }

  has(key: Record<symbol, unknown>): boolean {
    return Object.hasOwn(key, this.#slot)
  }

  delete(key: Record<symbol, unknown>): boolean {
    return this.has(key) && Reflect.deleteProperty(key, this.#slot)
  }
}

type Linkedom = typeof import('linkedom')

/**
 * linkedom enters every node it makes into a weak map of listeners that nobody here adds. Some ten thousand entries a page make the collector
 * the largest cost of reading it (`docs/decisions/0011-page-nodes.md`), so while its modules are evaluated, in one synchronous call, weak maps are slots.
 */
export function documents(): Linkedom {
  const kept = globalThis.WeakMap
  globalThis.WeakMap = Slots as never
  try {
    return createRequire(import.meta.url)('linkedom') as Linkedom
  } finally {
    globalThis.WeakMap = kept
  }
}
