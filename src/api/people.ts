/** People, keys and the log, as the pages and the commands change and show them. */
import { z } from 'zod'
import { addKey, addUser, type AuditEntry, changeUser, getUser, listDeeds, revokeKey, type Role, ROLES, type Store } from '../store/index.ts'
import type { Note } from './deeds.ts'
import type { Desk } from './desk.ts'
import { digestOf, hashPassword, isPassword, newId, newSecret, passwordFault } from './passwords.ts'
import { HttpProblem } from './problem.ts'
import { type Scope, SCOPES } from './who.ts'

const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._@-]{0,99}$/u
const DAY_MS = 86_400_000
export const MOST_DAYS = 3650

/** Something about people or keys that cannot be done; a problem a form or a command shows. */
export const cannot = (detail: string): HttpProblem => new HttpProblem(400, 'Cannot be done', detail)

const roleOf = (role: string): Role => {
  const found = ROLES.find((known) => known === role)
  if (found === undefined) throw cannot(`there is no role '${role}'; known: ${ROLES.join(', ')}`)
  return found
}

/** A name as accounts are kept under it. */
export const accountName = (name: string): string => name.trim().normalize('NFC')

/** Adds a person with a password of their own. */
export async function makePerson({ db, transaction }: Store, name: string, role: string, password: string, note: Note): Promise<void> {
  const wanted = accountName(name)
  if (!NAME.test(wanted) || /^key /u.test(wanted)) throw cannot('a name has letters, digits, spaces and . _ @ -, begins with a letter or a digit, and is no longer than 100')
  const fault = passwordFault(password, wanted)
  if (fault !== null) throw cannot(fault)
  if ((await getUser(db, wanted)) !== null) throw cannot(`there is a person called '${wanted}' already`)
  const [known, hash] = [roleOf(role), await hashPassword(password)]
  await transaction(async (tx) => {
    await addUser(tx, wanted, known, hash)
    await note(tx, { act: 'person added', subject: wanted, detail: { role } })
  })
}

/** What is kept instead of a password of somebody who logs in elsewhere; no password fits it. */
const ELSEWHERE = 'elsewhere'

/** Makes somebody who has an account on the desk a member of a project of it, with a role there; whether there is such an account is for the caller to see to. */
export async function makeMember({ transaction }: Store, name: string, role: string, note: Note): Promise<void> {
  const [wanted, known] = [accountName(name), roleOf(role)]
  await transaction(async (tx) => {
    await addUser(tx, wanted, known, ELSEWHERE)
    await note(tx, { act: 'member added', subject: wanted, detail: { role } })
  })
}

/** Gives a person another role or password, shuts them out or lets them in again. Their sessions end. */
export async function changePerson({ transaction }: Store, name: string, change: { readonly role?: string; readonly password?: string; readonly disabled?: boolean }, note: Note): Promise<void> {
  const fault = change.password === undefined ? null : passwordFault(change.password, name)
  if (fault !== null) throw cannot(fault)
  const set = { ...(change.role === undefined ? {} : { role: roleOf(change.role) }), ...(change.password === undefined ? {} : { password: await hashPassword(change.password) }), ...(change.disabled === undefined ? {} : { disabled: change.disabled }) }
  await transaction(async (tx) => {
    await changeUser(tx, name, set)
    if (change.role !== undefined) await note(tx, { act: 'role changed', subject: name, detail: { role: change.role } })
    if (change.password !== undefined) await note(tx, { act: 'password changed', subject: name })
    if (change.disabled !== undefined) await note(tx, { act: change.disabled ? 'person shut out' : 'person let in', subject: name })
  })
}

/** A person's own new password, the old one given. */
export async function changeOwnPassword(store: Store, name: string, old: string, password: string, note: Note): Promise<void> {
  const user = await getUser(store.db, name)
  if (user === null || !(await isPassword(old, user.password))) throw new HttpProblem(403, 'Not allowed', 'the password given is not the one of this account')
  await changePerson(store, name, { password }, note)
}

/** Makes a key for a program; the text is shown once and not kept. */
export async function makeKey({ transaction }: Store, label: string, scopes: readonly string[], days: number | null, madeBy: string, note: Note): Promise<{ readonly id: string; readonly text: string }> {
  const wanted = label.trim()
  if (wanted === '' || wanted.length > 100) throw cannot('a key needs a name of at most 100 characters')
  const unknown = scopes.find((scope) => !(SCOPES as readonly string[]).includes(scope))
  if (unknown !== undefined || scopes.length === 0) throw cannot(`a key needs scopes out of ${SCOPES.join(', ')}${unknown === undefined ? '' : `, not '${unknown}'`}`)
  if (days !== null && (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)) throw cannot(`a key lasts from 1 to ${MOST_DAYS} days`)
  const [id, secret] = [newId(), newSecret()]
  // Whoever may do anything may also look.
  const all = [...new Set<Scope>(['read', ...(scopes as Scope[])])]
  await transaction(async (tx) => {
    await addKey(tx, { id, label: wanted, secret: digestOf(secret), scopes: all, madeBy, expires: days === null ? null : new Date(Date.now() + days * DAY_MS) })
    await note(tx, { act: 'key made', subject: id, detail: { label: wanted, scopes: all } })
  })
  return { id, text: `rk_${id}.${secret}` }
}

/** Ends a key. Throws when there is none of that id. */
export const endKey = ({ transaction }: Store, id: string, note: Note): Promise<void> => transaction(async (tx) => {
  await revokeKey(tx, id)
  await note(tx, { act: 'key revoked', subject: id })
})

const text = z.string()
export const auditSchema = z.strictObject({
  entries: z.array(z.strictObject({ id: text, at: text, who: text, via: z.enum(['login', 'key', 'here', 'command']), act: text, subject: text.nullable(), detail: z.unknown() })), next: text.nullable(),
}).meta({ id: 'Audit' })

/** The log of changes, newest first. */
export async function loadAudit(desk: Desk, { limit = 100, cursor = null }: { readonly limit?: number | undefined; readonly cursor?: string | null | undefined }): Promise<{ readonly entries: readonly AuditEntry[]; readonly next: string | null }> {
  const page = await listDeeds(desk.db, { limit, cursor: cursor ?? null })
  return { entries: page.items, next: page.next }
}
