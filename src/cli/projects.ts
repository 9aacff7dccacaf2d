/** Where projects are: in one folder, each the folder of a record, or a file that names the database of one. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { StoreOptions } from '../store/index.ts'
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

/** The place of a new project's record, which is not kept yet. Throws UserError when the name will not do or is taken. */
export function newProject(folder: string, name: string, address: string | undefined): StoreOptions {
  if (!PROJECT_NAME.test(name)) throw new UserError(`a project is called by small letters, digits and dashes, at most 40, not '${name}'`)
  mkdirSync(folder, { recursive: true })
  if (projectsIn(folder).has(name)) throw new UserError(`there is a project '${name}' already`)
  if (address === undefined) return { dir: join(folder, name) }
  if (!/^postgres(?:ql)?:\/\//u.test(address)) throw new UserError('--database takes an address such as postgres://user:password@host:5432/name')
  return { url: address }
}

/** Keeps where a new project's record is, once it has been opened: a folder speaks for itself, an address stands in a file that only its owner may read. */
export function keepProject(folder: string, name: string, { url }: StoreOptions): void {
  if (url !== undefined) writeFileSync(join(folder, `${name}${ADDRESS}`), `${url}\n`, { mode: 0o600 })
}
