/** A new embedded database from a kept copy: making one from nothing takes seconds and twice the memory. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where the copy of one engine version is kept. `READOUT_CACHE_DIR` or the user's cache folder. */
export function templateFile(version: string, cacheDir: string | undefined): string {
  const base = cacheDir ?? process.env.READOUT_CACHE_DIR ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'readout')
  return join(base, `embedded-${version}.tar.gz`)
}

/** The kept copy, or null when there is none or it was cut short. */
export function readTemplate(file: string): Blob | null {
  try {
    const bytes = readFileSync(file)
    return bytes.length > 1_000_000 && bytes[0] === 0x1f && bytes[1] === 0x8b ? new Blob([new Uint8Array(bytes)], { type: 'application/x-gzip' }) : null
  } catch {
    return null
  }
}

/** Keeps a copy for the next time. It only saves time, so a place that cannot be written is no error. */
export async function keepTemplate(file: string, copy: Blob): Promise<void> {
  const fresh = `${file}.${process.pid}`
  try {
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(fresh, new Uint8Array(await copy.arrayBuffer()))
    renameSync(fresh, file)
  } catch {
    rmSync(fresh, { force: true })
  }
}

/** Forgets a copy that proved unusable. */
export function dropTemplate(file: string): void {
  rmSync(file, { force: true })
}
