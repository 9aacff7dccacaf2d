/** Steps of `bench:record` that want a process of their own, so that memory is theirs alone. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const STEPS = ['fill', 'measure'] as const
export type Step = (typeof STEPS)[number]

/** The most memory a process has had, in MB. */
export function peakMemory(pid: number | 'self' = 'self'): number {
  return Math.round(Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
}

/** A tick of the kernel's count of processor time. */
const TICK_MS = 10

/** Milliseconds that each of these processes has worked, as far as they are here and still run. */
export function workedBy(pids: readonly number[]): ReadonlyMap<number, number> {
  return new Map(pids.flatMap((pid) => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number)
      return [[pid, (user + system) * TICK_MS] as const]
    } catch {
      return []
    }
  }))
}

/** Runs a step in a new process and returns what it gives. */
export function runChild(step: Step, options: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('step.ts', import.meta.url)), step, JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
    let answer: unknown
    child.on('message', (message) => { answer = message })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve(answer) : reject(new Error(`the step ${step} ended with ${code}`))))
  })
}
