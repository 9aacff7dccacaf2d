/** `readout user`: who may use the record over the network. */
import { Command } from 'commander'
import { noteCommand } from '../../api/deeds.ts'
import { changePerson, makePerson } from '../../api/people.ts'
import { listUsers } from '../../store/index.ts'
import { askPassword, doing } from '../people.ts'
import { onStore, type PlaceFlags, withPlace } from '../place.ts'
import { print } from '../terminal.ts'

interface AddFlags extends PlaceFlags { role: string }
interface ListFlags extends PlaceFlags { json?: boolean }

const sub = (name: string, description: string): Command => withPlace(new Command(name)).description(description).exitOverride()

export const userCommand = new Command('user').description('who may use the record over the network: add people, give them roles and passwords, shut them out')
  .addCommand(sub('add', 'add a person; the password is asked for, or taken from READOUT_PASSWORD or standard input').argument('<name>').option('--role <role>', 'reader (looks), reviewer (decides and adds), admin (everything)', 'reader').action(async (name: string, flags: AddFlags) => {
    const password = await askPassword(`Password of ${name}: `)
    await onStore(flags, (store) => doing(makePerson(store, name, flags.role, password, noteCommand)))
    await print(`${name} is added as ${flags.role}\n`)
  }))
  .addCommand(sub('list', 'list people').option('--json', 'print JSON').action(async (flags: ListFlags) => {
    const users = await onStore(flags, ({ db }) => listUsers(db))
    if (flags.json) await print(`${JSON.stringify({ users }, null, 2)}\n`)
    else if (users.length === 0) await print('there is nobody; readout user add NAME --role admin makes the first account\n')
    else for (const { name, role, disabledAt } of users) await print(`${name}  ${role}${disabledAt === null ? '' : '  shut out'}\n`)
  }))
  .addCommand(sub('role', 'give a person another role').argument('<name>').argument('<role>', 'reader, reviewer or admin').action(async (name: string, role: string, flags: PlaceFlags) => {
    await onStore(flags, (store) => doing(changePerson(store, name, { role }, noteCommand)))
    await print(`${name} is ${role}\n`)
  }))
  .addCommand(sub('password', 'give a person another password; also lets in again who was shut out by wrong ones').argument('<name>').action(async (name: string, flags: PlaceFlags) => {
    const password = await askPassword(`New password of ${name}: `)
    await onStore(flags, (store) => doing(changePerson(store, name, { password }, noteCommand)))
    await print(`${name} has a new password\n`)
  }))
  .addCommand(sub('disable', 'shut a person out').argument('<name>').action(async (name: string, flags: PlaceFlags) => {
    await onStore(flags, (store) => doing(changePerson(store, name, { disabled: true }, noteCommand)))
    await print(`${name} is shut out\n`)
  }))
  .addCommand(sub('enable', 'let a person in again').argument('<name>').action(async (name: string, flags: PlaceFlags) => {
    await onStore(flags, (store) => doing(changePerson(store, name, { disabled: false }, noteCommand)))
    await print(`${name} is let in\n`)
  }))
  .addHelpText('after', `
An embedded record is held by the desk that serves it: stop it first, or use its page /people.

Examples:
  readout user add ana --role admin
  readout user role ana reviewer
  printf %s "$NEW" | readout user password ana`)
