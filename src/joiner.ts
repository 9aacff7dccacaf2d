/** How what is added is joined into events: what several callers bring at once in one go, and what another process left unjoined once. */
import { createGatherer } from './gather.ts'
import type { JoinOptions, JoinSummary } from './joining.ts'
import type { Reading } from './model/index.ts'

export interface Joiner {
  /** Joins articles just kept, by their id, with those others bring meanwhile. Gives the events made or changed by that joining. */
  fresh(readings: ReadonlyMap<string, Reading>): Promise<number>
  /** Joins what is in no event though this process did not bring it. Looked for once, until `forget`; gives the events made or changed, 0 to those who only waited for it. */
  left(signal: AbortSignal | undefined): Promise<number>
  /** Something was left: it must be looked for again. */
  forget(): void
}

export function createJoiner(run: string, join: (options: JoinOptions) => Promise<JoinSummary>): Joiner {
  const fresh = createGatherer(async (asked: readonly ReadonlyMap<string, Reading>[]) => {
    const readings = new Map(asked.flatMap((some) => [...some]))
    return (await join({ articles: [...readings.keys()], atHand: { run, readings }, pending: false })).events
  })
  let looked: Promise<JoinSummary> | null = null
  return {
    fresh,
    async left(signal) {
      if (looked) {
        await looked
        return 0
      }
      looked = join(signal ? { signal } : {})
      try {
        const { events } = await looked
        if (signal?.aborted === true) looked = null
        return events
      } catch (error) {
        looked = null
        throw error
      }
    },
    forget() {
      looked = null
    },
  }
}
