/** `readout project`: records of their own beside the main one, for their members alone. */
import { Command, Option } from 'commander'
import { noteCommand } from '../../api/deeds.ts'
import { makeMember } from '../../api/people.ts'
import { listUsers, openStore, type Store, type StoreOptions } from '../../store/index.ts'
import { doing } from '../people.ts'
import { makeProject, projectsIn } from '../projects.ts'
import { print, UserError } from '../terminal.ts'

interface Flags { projects: string }

const sub = (name: string, description: string): Command => new Command(name).description(description).exitOverride().addOption(new Option('--projects <folder>', 'folder of the projects').default('projects').env('READOUT_PROJECTS'))

async function on<T>(place: StoreOptions, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(place)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

function placeIn(folder: string, name: string): StoreOptions {
  const place = projectsIn(folder).get(name)
  if (place === undefined) throw new UserError(`there is no project '${name}' (readout project list)`)
  return place
}

export const projectCommand = new Command('project').description('private projects: records of their own under the same desk, for their members alone')
  .addCommand(sub('add', 'make a project').argument('<name>', 'small letters, digits and dashes').requiredOption('--admin <person>', 'who has the say in it: somebody with an account on the desk').option('--database <address>', 'PostgreSQL database of its record, postgres://…; a folder when left out').action(async (name: string, flags: Flags & { admin: string; database?: string }) => {
    await makeProject(flags.projects, name, flags.database, (place) => on(place, (store) => doing(makeMember(store, flags.admin, 'admin', noteCommand))))
    await print(`${name} is there; readout serve --projects ${flags.projects} shows it to ${flags.admin} at /projects/${name}/\n`)
  }))
  .addCommand(sub('list', 'list projects and how many members each has').action(async (flags: Flags) => {
    const places = projectsIn(flags.projects)
    if (places.size === 0) await print('there is no project\n')
    for (const [name, place] of places) await print(`${name}  ${(await on(place, ({ db }) => listUsers(db))).length}\n`)
  }))
  .addCommand(sub('member', 'make somebody a member of a project').argument('<name>').argument('<person>', 'somebody with an account on the desk').option('--role <role>', 'reader (looks), reviewer (decides and adds), admin (everything)', 'reader').action(async (name: string, person: string, flags: Flags & { role: string }) => {
    await on(placeIn(flags.projects, name), (store) => doing(makeMember(store, person, flags.role, noteCommand)))
    await print(`${person} is a member of ${name} as ${flags.role}\n`)
  }))
  .addHelpText('after', `
A project in a folder is held by the desk that serves it: stop it first, or use its page /projects/NAME/people. A desk that is
open shows a new project within seconds.

Examples:
  readout project add embargo --admin ana
  readout project member embargo bo --role reviewer
  readout serve --projects projects`)
