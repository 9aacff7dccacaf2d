/** What every command shares: errors of the user, output that stops quietly when nobody reads on, progress on stderr. */
import { createRequire } from 'node:module'
import pc from 'picocolors'

/** A mistake of the user's: what is wrong, where, and what to do. Ends with exit code 2 and no stack trace. */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** Writes to stdout and waits while the reader is behind. */
export async function print(text: string): Promise<void> {
  if (process.stdout.write(text)) return
  await new Promise<void>((resolve) => process.stdout.once('drain', () => resolve()))
}

/** One line on stderr. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`)
}

export const paint = { bold: pc.bold, dim: pc.dim, accent: pc.cyan }

export interface Progress {
  step(done?: number): void
  stop(): void
}

/** A bar on stderr for long work; nothing where stderr is no terminal or there is little to do. */
export function progress(total: number, what: string): Progress {
  if (!process.stderr.isTTY || total < 3) return { step: () => undefined, stop: () => undefined }
  // Loaded only where a bar is drawn.
  const { SingleBar } = createRequire(import.meta.url)('cli-progress') as typeof import('cli-progress')
  const bar = new SingleBar({ format: `${what} {bar} {value}/{total} | {eta_formatted} left`, stream: process.stderr, hideCursor: true, clearOnComplete: true })
  bar.start(total, 0)
  return { step: (done = 1) => bar.increment(done), stop: () => bar.stop() }
}
