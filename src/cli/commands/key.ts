/** `readout key`: keys by which programs use the record over the network. */
import { Command } from 'commander'
import { nameHere, noteCommand } from '../../api/deeds.ts'
import { endKey, makeKey, MOST_DAYS } from '../../api/people.ts'
import { listKeys } from '../../store/index.ts'
import { doing } from '../people.ts'
import { onStore, type PlaceFlags, wholeNumber, withPlace } from '../place.ts'
import { print } from '../terminal.ts'

interface AddFlags extends PlaceFlags { scopes: string; days?: string }
interface ListFlags extends PlaceFlags { json?: boolean }

const sub = (name: string, description: string): Command => withPlace(new Command(name)).description(description).exitOverride()

export const keyCommand = new Command('key').description('keys by which programs use the record over the network')
  .addCommand(sub('add', 'make a key; it is printed once and not kept').argument('<name>', 'what it is for').option('--scopes <list>', 'what it may do, out of read, review, ingest, admin, parted by commas', 'read').option('--days <n>', 'days until it ends; never when left out').action(async (name: string, flags: AddFlags) => {
    const days = flags.days === undefined ? null : wholeNumber('--days', flags.days, 1, MOST_DAYS)
    const scopes = flags.scopes.split(',').map((scope) => scope.trim()).filter((scope) => scope !== '')
    const key = await onStore(flags, (store) => doing(makeKey(store, name, scopes, days, nameHere(), noteCommand)))
    await print(`${key.text}\n`)
  }))
  .addCommand(sub('list', 'list keys').option('--json', 'print JSON').action(async (flags: ListFlags) => {
    const keys = await onStore(flags, ({ db }) => listKeys(db))
    if (flags.json) await print(`${JSON.stringify({ keys }, null, 2)}\n`)
    else if (keys.length === 0) await print('there is no key\n')
    else for (const { id, label, scopes, usedAt, expiresAt, revokedAt } of keys) await print(`${id}  ${label}  ${scopes.join(',')}  ${revokedAt !== null ? 'revoked' : `used ${usedAt?.slice(0, 16) ?? 'never'}, ends ${expiresAt?.slice(0, 10) ?? 'never'}`}\n`)
  }))
  .addCommand(sub('revoke', 'revoke a key').argument('<id>').action(async (id: string, flags: PlaceFlags) => {
    await onStore(flags, (store) => doing(endKey(store, id, noteCommand)))
    await print(`${id} is revoked\n`)
  }))
  .addHelpText('after', `
A program gives it with every request: Authorization: Bearer rk_…

Examples:
  readout key add "nightly import" --scopes ingest --days 90
  readout key revoke 3kZq0a7XbT1u`)
