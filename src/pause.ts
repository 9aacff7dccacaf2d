/** Waiting that can be broken off. */
import { setTimeout as delay } from 'node:timers/promises'

/** Waits so many milliseconds, or until the signal; never fails. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined)
}
