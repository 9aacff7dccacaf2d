/**
 * One process per data folder: the embedded engine has no lock of its own, and two writers lose rows without an error.
 * A name the kernel frees when its owner dies settles the race; a file beside the data tells who holds it, and guards
 * folders shared between containers, which do not see each other's names.
 */
import { createHash } from 'node:crypto'
import { accessSync, closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, readlinkSync, realpathSync, renameSync, rmSync, writeSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { StoreError, toStoreError } from '../errors.ts'

/** Who holds a data folder. */
export interface Holder {
  readonly pid: number
  readonly host: string
  /** Changes with every boot of the machine; null where the system does not tell. */
  readonly boot: string | null
  /** Namespace the pid counts in (containers); null where the system does not tell. */
  readonly namespace: string | null
  /** Start of the process in the system's own count: a pid used again has another. */
  readonly startTime: string | null
  readonly since: string
  readonly command: string
}

export interface Lock { release(): Promise<void> }

const FILE = 'lock.json'

function orNull<T>(make: () => T): T | null {
  try {
    return make()
  } catch {
    return null
  }
}

/** Start time of a process (field 22 of /proc/PID/stat; the name in field 2 may hold spaces and brackets). */
function startTimeOf(pid: number): string | null {
  return orNull(() => {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  })
}

function self(): Holder {
  return {
    pid: process.pid, host: hostname(), boot: orNull(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()), namespace: orNull(() => readlinkSync('/proc/self/ns/pid')),
    startTime: startTimeOf(process.pid), since: new Date().toISOString(), command: process.argv.slice(1).join(' ').slice(0, 200),
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'ESRCH')
  }
}

/** True only when the holder is surely dead. A live pid is never taken for dead, however long it has been silent. */
export function isStale(holder: Holder, me: Holder, alive: (pid: number) => boolean = isAlive, started: (pid: number) => string | null = startTimeOf): boolean {
  if (holder.host !== me.host) return false
  if (holder.boot !== null && me.boot !== null && holder.boot !== me.boot) return true
  if (holder.namespace !== me.namespace) return false
  if (!alive(holder.pid)) return true
  const now = started(holder.pid)
  return holder.startTime !== null && now !== null && now !== holder.startTime
}

function parseHolder(source: string): Holder | null {
  const value: unknown = orNull(() => JSON.parse(source) as unknown)
  if (value === null || typeof value !== 'object' || !('pid' in value) || typeof value.pid !== 'number') return null
  const field = (name: string): string | null => {
    const found: unknown = Reflect.get(value, name)
    return typeof found === 'string' ? found : null
  }
  return { pid: value.pid, host: field('host') ?? '', boot: field('boot'), namespace: field('namespace'), startTime: field('startTime'), since: field('since') ?? '', command: field('command') ?? '' }
}

/** Who holds the folder now, as its lock file says; null when nobody does. */
export function readHolder(folder: string): Holder | null {
  const source = orNull(() => readFileSync(join(folder, FILE), 'utf8'))
  return source === null ? null : parseHolder(source)
}

function held(folder: string, holder: Holder | null): StoreError {
  const who = holder === null ? 'another process' : holder.pid === process.pid && holder.host === hostname() ? `this very process (${holder.pid})` : `process ${holder.pid} on ${holder.host}, since ${holder.since}: ${holder.command}`
  const elsewhere = holder !== null && holder.host !== hostname()
  return new StoreError('held', `The store is in use by ${who}`, folder, elsewhere
    ? `Stop it first. If that machine or container is gone for good, delete ${join(folder, FILE)} and try again.`
    : 'Stop it first, or use a PostgreSQL database (--db) for several processes at once.')
}

/** Takes the name the kernel frees by itself; null where the system has no such names (the file alone must do). */
async function takeName(folder: string): Promise<Server | 'taken' | null> {
  const hash = createHash('sha256').update(realpathSync(folder)).digest('hex').slice(0, 32)
  const name = process.platform === 'linux' ? `\0readout-${hash}` : process.platform === 'win32' ? `\\\\.\\pipe\\readout-${hash}` : null
  if (name === null) return null
  const server = createServer((socket) => socket.destroy())
  return new Promise((resolve, reject) => {
    server.once('error', (error) => ('code' in error && error.code === 'EADDRINUSE' ? resolve('taken') : reject(toStoreError(error, folder))))
    server.listen(name, () => {
      server.unref()
      resolve(server)
    })
  })
}

/** Writes the lock file only where there is none. False when there is one. */
function writeLock(file: string, holder: Holder): boolean {
  let handle: number
  try {
    handle = openSync(file, 'wx', 0o644)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
  try {
    writeSync(handle, `${JSON.stringify(holder)}\n`)
  } catch (error) {
    rmSync(file, { force: true })
    throw error
  } finally {
    closeSync(handle)
  }
  return true
}

function takeFile(folder: string, named: boolean): void {
  const file = join(folder, FILE)
  const me = self()
  for (let attempt = 0; attempt < 3; attempt++) {
    if (writeLock(file, me)) return
    const source = orNull(() => readFileSync(file, 'utf8'))
    if (source === null) continue
    const holder = parseHolder(source)
    // A file that says nothing was cut short by a crash or a full disk; only the owner of the name may judge so.
    if (holder === null ? !named : !isStale(holder, me)) throw held(folder, holder)
    const aside = `${file}.${me.pid}.stale`
    orNull(() => renameSync(file, aside))
    const moved = orNull(() => readFileSync(aside, 'utf8'))
    if (moved !== null && moved !== source) {
      orNull(() => renameSync(aside, file))
      throw held(folder, parseHolder(moved))
    }
    rmSync(aside, { force: true })
  }
  throw held(folder, readHolder(folder))
}

/** Makes a folder with those above it. Where that is not allowed the system may only say that it is not there: the folder above then says why. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true })
  } catch (error) {
    let above = dirname(folder)
    while (!existsSync(above) && dirname(above) !== above) above = dirname(above)
    try {
      accessSync(above, constants.W_OK)
    } catch (reason) {
      throw toStoreError(reason, folder)
    }
    throw toStoreError(error, folder)
  }
}

/** Takes the folder for this process, or throws `held` naming who has it. */
export async function takeLock(folder: string): Promise<Lock> {
  makeFolder(folder)
  const server = await takeName(folder)
  if (server === 'taken') throw held(folder, readHolder(folder))
  const free = async (): Promise<void> => {
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  try {
    takeFile(folder, server !== null)
  } catch (error) {
    await free()
    throw toStoreError(error, folder)
  }
  return {
    release: async () => {
      rmSync(join(folder, FILE), { force: true })
      await free()
    },
  }
}
