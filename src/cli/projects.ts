/** Where projects are: in one folder, each the folder of a record, or a file that names the database of one; and how a desk opens them. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreOptions } from '../store/index.ts'
import type { Desk } from '../api/desk.ts'
import { pause } from '../pause.ts'
import { PROJECT_NAME } from '../web/projects-page.ts'
import { UserError } from './terminal.ts'

const ADDRESS = '.database'

/** The projects of a folder by name, with the places of their records. Throws UserError when the folder is not there or holds something else. */
export function projectsIn(folder: string): ReadonlyMap<string, StoreOptions> {
  if (!existsSync(folder)) throw new UserError(`there is no folder '${folder}'; readout project add makes it`)
  return new Map(readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.')).sort((a, b) => (a.name < b.name ? -1 : 1)).map((entry): [string, StoreOptions] => {
    const path = join(folder, entry.name)
    const name = entry.isDirectory() ? entry.name : entry.name.replace(/\.database$/u, '')
    if (!PROJECT_NAME.test(name) || (!entry.isDirectory() && !entry.name.endsWith(ADDRESS))) throw new UserError(`'${path}' is no project; the folder of projects holds nothing else`)
    return [name, entry.isDirectory() ? { dir: path } : { url: readFileSync(path, 'utf8').trim() }]
  }))
}

/**
 * Makes a project: `fill` is given the place of its record, opens it and closes it again. It is made aside and then put where desks look, so
 * that none sees it half made or keeps one that could not be filled. Throws UserError when the name will not do or is taken.
 */
export async function makeProject(folder: string, name: string, address: string | undefined, fill: (place: StoreOptions) => Promise<void>): Promise<void> {
  if (!PROJECT_NAME.test(name)) throw new UserError(`a project is called by small letters, digits and dashes, at most 40, not '${name}'`)
  if (address !== undefined && !/^postgres(?:ql)?:\/\//u.test(address)) throw new UserError('--database takes an address such as postgres://user:password@host:5432/name')
  mkdirSync(folder, { recursive: true })
  if (projectsIn(folder).has(name)) throw new UserError(`there is a project '${name}' already`)
  const aside = mkdtempSync(join(folder, `.${name}-`))
  try {
    if (address === undefined) {
      await fill({ dir: join(aside, name) })
      renameSync(join(aside, name), join(folder, name))
    } else {
      await fill({ url: address })
      // An address holds a password: only its owner may read it.
      writeFileSync(join(aside, name), `${address}\n`, { mode: 0o600 })
      renameSync(join(aside, name), join(folder, `${name}${ADDRESS}`))
    }
  } finally {
    rmSync(aside, { recursive: true, force: true })
  }
}

/** How often a desk looks for new projects. */
const LOOK_MS = 5000

/** Projects that a desk has open. */
export interface OpenProjects {
  /** By name. One that is taken out of the folder stays until the desk is closed. */
  readonly desks: ReadonlyMap<string, Desk>
  /** Opens what is there and not open yet, and returns it. What cannot be opened is told to `trouble`; without that, thrown. */
  look(trouble?: (error: unknown) => void): Promise<[string, Desk][]>
  /** Looks again and again until the signal, says what is new, and tells each trouble once. */
  attend(signal: AbortSignal, opened: (name: string, desk: Desk) => void, trouble: (error: unknown) => void): Promise<void>
  close(): Promise<void>
}

/** The projects of a folder, none of them open yet; `open` makes the desk of one. */
export function createProjects(folder: string, open: (place: StoreOptions) => Promise<Desk>): OpenProjects {
  const desks = new Map<string, Desk>()
  const look = async (trouble?: (error: unknown) => void): Promise<[string, Desk][]> => {
    const opened: [string, Desk][] = []
    for (const [name, place] of projectsIn(folder)) {
      if (desks.has(name)) continue
      try {
        const desk = await open(place)
        desks.set(name, desk)
        opened.push([name, desk])
      } catch (error) {
        if (trouble === undefined) throw error
        trouble(error)
      }
    }
    return opened
  }
  return {
    desks, look,
    async attend(signal, opened, trouble) {
      const told = new Set<string>()
      const once = (error: unknown): void => {
        const what = error instanceof Error ? error.message : String(error)
        if (!told.has(what)) trouble(error)
        told.add(what)
      }
      for (;;) {
        await pause(LOOK_MS, signal)
        if (signal.aborted) return
        const fresh = await look(once).catch((error: unknown) => {
          once(error)
          return []
        })
        for (const [name, desk] of fresh) opened(name, desk)
      }
    },
    async close() {
      for (const { record } of desks.values()) await record.close()
    },
  }
}
