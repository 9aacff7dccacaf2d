/** Emptying the outbox: what is due is sent, what is not taken is tried again later and later, and given up after some days. */
import { claimDeliveries, releaseDeliveries, settleDelivery, type Store } from '../store/index.ts'
import type { DeliveryBody } from './evaluate.ts'
import { type Send, SendError } from './send.ts'

export interface DeliverOptions {
  readonly send: Send
  readonly now?: () => Date
  readonly signal?: AbortSignal
  readonly say?: (line: string) => void
}

/** Messages taken at once. */
const AT_ONCE = 8
/** Longer than any attempt takes: whoever claims and dies is waited for so long by others. */
const CLAIM_MS = 90_000
const FIRST_WAIT_MS = 15_000
const LONGEST_WAIT_MS = 6 * 3_600_000
/** With the waits above, four days. */
const GIVE_UP = 24
const LOOK_MS = 2000

/** How long to wait after so many attempts: doubled each time up to six hours, and drawn apart by the message, so that not all come back at once. */
export function waitAfter(attempts: number, id: string): number {
  const base = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20))
  return Math.round(base * (1 + (Number.parseInt(id.slice(-2), 16) % 64) / 256))
}

/** Sends what is due now. Each message is noted by itself, so that a kill repeats the one under way and no other. */
export async function deliverDue(store: Store, { send, now = () => new Date(), signal, say }: DeliverOptions): Promise<{ readonly sent: number; readonly failed: number }> {
  const sum = { sent: 0, failed: 0 }
  while (signal?.aborted !== true) {
    const at = now()
    const due = await claimDeliveries<DeliveryBody>(store.db, { now: at, until: new Date(at.getTime() + CLAIM_MS), limit: AT_ONCE })
    if (due.length === 0) break
    await Promise.all(due.map(async (delivery) => {
      try {
        await send(delivery, now())
      } catch (error) {
        const known = error instanceof SendError ? error : new SendError(`it could not be sent: ${error instanceof Error ? error.message : String(error)}`)
        const final = known.final || delivery.attempts >= GIVE_UP
        const wait = Math.max(waitAfter(delivery.attempts, delivery.id), Math.min((known.waitSeconds ?? 0) * 1000, LONGEST_WAIT_MS))
        await settleDelivery(store.db, delivery.id, { error: known.message, retryAt: final ? null : new Date(now().getTime() + wait) }, now())
        sum.failed++
        say?.(`alert ${delivery.id}: ${known.message}${final ? '; given up' : ''}`)
        return
      }
      await settleDelivery(store.db, delivery.id, { error: null, retryAt: null }, now())
      sum.sent++
    }))
  }
  return sum
}

/** Empties the outbox until it is stopped. Trouble with the record is said, and does not end it. */
export async function keepDelivering(store: Store, options: DeliverOptions & { readonly signal: AbortSignal }): Promise<void> {
  const { signal, say } = options
  // In a folder there is no other process: whatever is claimed was claimed by one that is no more.
  const trouble = (error: unknown): void => say?.(`alerts: ${error instanceof Error ? error.message : String(error)}`)
  if (store.engine === 'embedded') await releaseDeliveries(store.db).catch(trouble)
  while (!signal.aborted) {
    await deliverDue(store, options).catch(trouble)
    await new Promise<void>((resolve) => {
      const done = (): void => { clearTimeout(timer); signal.removeEventListener('abort', done); resolve() }
      const timer = setTimeout(done, LOOK_MS)
      if (signal.aborted) done()
      else signal.addEventListener('abort', done)
    })
  }
}
