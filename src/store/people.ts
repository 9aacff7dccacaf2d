/** Who may use the record over the network: people and their sessions, keys of programs. */
import { sql } from 'kysely'
import { StoreError } from './errors.ts'
import type { Db } from './schema.ts'

export const ROLES = ['reader', 'reviewer', 'admin'] as const
export type Role = (typeof ROLES)[number]

export interface User { readonly name: string; readonly role: Role; readonly createdAt: string; readonly disabledAt: string | null; readonly lockedUntil: string | null }
export interface UserSecret extends User { readonly password: string; readonly failures: number }
export interface ApiKey { readonly id: string; readonly label: string; readonly scopes: readonly string[]; readonly madeBy: string; readonly createdAt: string; readonly expiresAt: string | null; readonly usedAt: string | null; readonly revokedAt: string | null }

const USER = sql.raw('name, role, created_at as "createdAt", disabled_at as "disabledAt", locked_until as "lockedUntil"')
const KEY = sql.raw('id, label, scopes, made_by as "madeBy", created_at as "createdAt", expires_at as "expiresAt", used_at as "usedAt", revoked_at as "revokedAt"')
const missing = (what: string, where: string): StoreError => new StoreError('bad-row', what, where, 'List them to see which there are')

/** All people by name. */
export const listUsers = async (db: Db): Promise<readonly User[]> => (await sql<User>`select ${USER} from users order by name`.execute(db)).rows

/** A person with the hash of the password; null when there is none of that name. */
export const getUser = async (db: Db, name: string): Promise<UserSecret | null> => (await sql<UserSecret>`select ${USER}, password, failures from users where name = ${name}`.execute(db)).rows[0] ?? null

/** Adds a person. Throws when there is one of that name. */
export async function addUser(db: Db, name: string, role: Role, password: string, now = new Date()): Promise<void> {
  const { numInsertedOrUpdatedRows } = await db.insertInto('users').values({ name, role, password, created_at: now.toISOString() }).onConflict((conflict) => conflict.column('name').doNothing()).executeTakeFirst()
  if (numInsertedOrUpdatedRows !== 1n) throw new StoreError('bad-row', `There is a person called '${name}' already`, 'users', 'Choose another name')
}

/** Changes what is given; whoever is changed must log in again. Throws when there is nobody of that name, and when nobody who may do everything would be left. */
export async function changeUser(db: Db, name: string, change: { readonly role?: Role; readonly password?: string; readonly disabled?: boolean }, now = new Date()): Promise<void> {
  const set = {
    ...(change.role === undefined ? {} : { role: change.role }), ...(change.password === undefined ? {} : { password: change.password, failures: 0, locked_until: null }),
    ...(change.disabled === undefined ? {} : { disabled_at: change.disabled ? now.toISOString() : null }),
  }
  // Two admins who disable one another at the same moment wait for each other here.
  await sql`select name from users where role = 'admin' order by name for update`.execute(db)
  const { numUpdatedRows } = await db.updateTable('users').set(set).where('name', '=', name).executeTakeFirst()
  if (numUpdatedRows !== 1n) throw missing(`There is nobody called '${name}'`, 'users')
  const { rows: [left] } = await sql<{ count: number }>`select count(*) as count from users where role = 'admin' and disabled_at is null`.execute(db)
  if (Number(left?.count ?? 0) === 0) throw new StoreError('bad-row', 'Nobody who may do everything would be left', 'users', 'Make somebody else an admin first')
  await dropSessions(db, name)
}

/** Counts a wrong password; from `most` on the account is shut until `until`. */
export async function noteWrong(db: Db, name: string, most: number, until: Date): Promise<void> {
  await sql`update users set failures = failures + 1, locked_until = case when failures + 1 >= ${most} then ${until.toISOString()}::timestamptz else locked_until end where name = ${name}`.execute(db)
}

/** The password was right. */
export const noteRight = async (db: Db, name: string): Promise<void> => { await sql`update users set failures = 0, locked_until = null where name = ${name} and (failures > 0 or locked_until is not null)`.execute(db) }

/** Begins a session under the digest of what the browser will hold, and forgets those that are over. */
export async function addSession(db: Db, id: string, name: string, expires: Date, now = new Date()): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', now.toISOString()).execute()
  await db.insertInto('sessions').values({ id, name, created_at: now.toISOString(), seen_at: now.toISOString(), expires_at: expires.toISOString() }).execute()
}

/** Whose session it is, when it still counts: not over, not idle since before `idle`, its person not shut out. */
export async function findSession(db: Db, id: string, idle: Date, now = new Date()): Promise<{ readonly name: string; readonly role: Role; readonly seenAt: string } | null> {
  const { rows } = await sql<{ name: string; role: Role; seenAt: string }>`select u.name, u.role, s.seen_at as "seenAt" from sessions s join users u on u.name = s.name
    where s.id = ${id} and s.expires_at > ${now.toISOString()}::timestamptz and s.seen_at > ${idle.toISOString()}::timestamptz and u.disabled_at is null`.execute(db)
  return rows[0] ?? null
}

export const touchSession = async (db: Db, id: string, now = new Date()): Promise<void> => { await db.updateTable('sessions').set({ seen_at: now.toISOString() }).where('id', '=', id).execute() }
export const dropSession = async (db: Db, id: string): Promise<void> => { await db.deleteFrom('sessions').where('id', '=', id).execute() }
/** Ends all sessions of a person. */
export const dropSessions = async (db: Db, name: string): Promise<void> => { await db.deleteFrom('sessions').where('name', '=', name).execute() }

/** All keys, newest first; revoked ones too. */
export const listKeys = async (db: Db): Promise<readonly ApiKey[]> => (await sql<ApiKey>`select ${KEY} from api_keys order by created_at desc, id`.execute(db)).rows

/** Keeps a key by the digest of its secret. */
export async function addKey(db: Db, key: { readonly id: string; readonly label: string; readonly secret: string; readonly scopes: readonly string[]; readonly madeBy: string; readonly expires: Date | null }, now = new Date()): Promise<void> {
  await sql`insert into api_keys (id, label, secret, scopes, made_by, created_at, expires_at) values (${key.id}, ${key.label}, ${key.secret}, ${[...key.scopes]}::text[], ${key.madeBy}, ${now.toISOString()}, ${key.expires?.toISOString() ?? null})`.execute(db)
}

/** A key that still counts, with the digest of its secret. */
export async function findKey(db: Db, id: string, now = new Date()): Promise<(ApiKey & { readonly secret: string }) | null> {
  const { rows } = await sql<ApiKey & { secret: string }>`select ${KEY}, secret from api_keys where id = ${id} and revoked_at is null and (expires_at is null or expires_at > ${now.toISOString()}::timestamptz)`.execute(db)
  return rows[0] ?? null
}

export const touchKey = async (db: Db, id: string, now = new Date()): Promise<void> => { await db.updateTable('api_keys').set({ used_at: now.toISOString() }).where('id', '=', id).execute() }

/** Revokes a key. Throws when there is none of that id that still counts. */
export async function revokeKey(db: Db, id: string, now = new Date()): Promise<void> {
  const { numUpdatedRows } = await db.updateTable('api_keys').set({ revoked_at: now.toISOString() }).where('id', '=', id).where('revoked_at', 'is', null).executeTakeFirst()
  if (numUpdatedRows !== 1n) throw missing(`There is no key '${id}' that still counts`, 'api_keys')
}
