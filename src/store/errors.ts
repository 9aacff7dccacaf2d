/** One kind of error for whatever goes wrong with the store: what happened, where, and what to do about it. */

export type StoreCode =
  | 'held' | 'not-a-store' | 'newer-store' | 'migrations-changed' | 'corrupt' | 'crashed' | 'closed' | 'nested-use'
  | 'read-only' | 'disk-full' | 'unreachable' | 'denied' | 'no-database' | 'conflict' | 'bad-row' | 'not-empty' | 'bad-backup' | 'kept' | 'failed'

/** An error of the store with a code to act on, and a message fit for the user. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly code: StoreCode
  readonly what: string
  readonly where: string
  readonly todo: string
  /** PostgreSQL's or the system's own code, when there was one. */
  readonly sqlState: string | null

  constructor(code: StoreCode, what: string, where: string, todo: string, sqlState: string | null = null) {
    super(`${what} (${where}). ${todo}`)
    this.code = code
    this.what = what
    this.where = where
    this.todo = todo
    this.sqlState = sqlState
  }
}

interface Known { readonly code: StoreCode; readonly todo: string }

const FULL: Known = { code: 'disk-full', todo: 'Free some space, then run the command again: everything acknowledged so far is kept.' }
const READ_ONLY: Known = { code: 'read-only', todo: 'Give this user the right to write there, or choose another place.' }
const GONE: Known = { code: 'unreachable', todo: 'Check that the database runs and its address is right, then run the command again: everything acknowledged so far is kept.' }
const DENIED: Known = { code: 'denied', todo: 'Check the user name and password in the address, and the rights of that user.' }
const CORRUPT: Known = { code: 'corrupt', todo: 'Restore the last backup into a new place (the damaged files are left as they are).' }
const CRASHED: Known = { code: 'crashed', todo: 'Open the store again: it recovers what was acknowledged. If that fails, restore the last backup.' }
const CONFLICT: Known = { code: 'conflict', todo: 'Run it again: another process changed the same rows at the same time.' }
const BAD_ROW: Known = { code: 'bad-row', todo: 'The data does not fit the record; nothing of it was kept.' }
const KEPT: Known = { code: 'kept', todo: 'Withdraw the judgement and add another.' }

/** SQLSTATE, or its first two characters, to what it means here. Longer keys win. */
const BY_STATE: Readonly<Record<string, Known>> = {
  '53100': FULL, '53': { code: 'unreachable', todo: 'The database has no memory or connections left; run again with fewer workers.' },
  '25006': READ_ONLY, '42501': DENIED, '28': DENIED,
  '3D000': { code: 'no-database', todo: 'Create the database first (createdb), or correct its name in the address.' },
  '08': GONE, '57P': GONE, '58030': { code: 'disk-full', todo: 'The disk refused a read or a write: check its space and its health.' },
  'XX001': CORRUPT, 'XX002': CORRUPT, '40': CONFLICT, '55P03': CONFLICT, '22': BAD_ROW, '23R01': KEPT, '23': BAD_ROW, '54': BAD_ROW,
}
const BY_SYSTEM: Readonly<Record<string, Known>> = {
  ENOSPC: FULL, EDQUOT: FULL, EFBIG: FULL, EROFS: READ_ONLY, EACCES: READ_ONLY, EPERM: READ_ONLY,
  ECONNREFUSED: GONE, ECONNRESET: GONE, EPIPE: GONE, ETIMEDOUT: GONE, ENOTFOUND: GONE, EAI_AGAIN: GONE, EHOSTUNREACH: GONE, ENETUNREACH: GONE,
}
const BY_MESSAGE: readonly (readonly [RegExp, Known])[] = [
  [/no space left|disk full|file too large|quota exceeded/iu, FULL],
  [/read-only file system|permission denied/iu, READ_ONLY],
  [/connection terminated|connection timeout|timeout exceeded when trying to connect|server closed the connection|client has encountered a connection error/iu, GONE],
  [/could not read block|invalid page|checksum|could not access status|invalid checkpoint|could not locate a valid checkpoint|unexpected end of (?:file|data)/iu, CORRUPT],
  [/unreachable|aborted|memory access out of bounds|table index is out of bounds|indirect call|program terminated|exitstatus/iu, CRASHED],
]

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** The first line, without the kilobytes some engines append. */
export function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const line = message.split('\n', 1)[0] ?? ''
  return line.length > 300 ? `${line.slice(0, 300)}…` : line
}

/** Turns whatever an engine threw into a StoreError. The original is not attached: it may carry the whole query and its data. */
export function toStoreError(error: unknown, where: string): StoreError {
  if (error instanceof StoreError) return error
  const fields: Record<string, unknown> = error !== null && typeof error === 'object' ? { ...error } : {}
  const code = text(fields.code) ?? (error instanceof Error && 'code' in error ? text(error.code) : null)
  const message = firstLine(error)
  const said = BY_MESSAGE.find(([pattern]) => pattern.test(message))?.[1]
  const state = code !== null && /^[0-9A-Z]{5}$/u.test(code) && !(code in BY_SYSTEM) ? BY_STATE[code] ?? BY_STATE[code.slice(0, 3)] ?? BY_STATE[code.slice(0, 2)] : undefined
  // An engine that cannot write its files reports many codes; the words of the system are surer.
  const known = (said === FULL || said === READ_ONLY ? (state?.code === 'denied' ? state : said) : undefined) ?? state ?? (code === null ? undefined : BY_SYSTEM[code]) ?? said
  return known ? new StoreError(known.code, message, where, known.todo, code) : new StoreError('failed', message, where, 'This is a fault of the program or of the database; the statement changed nothing.', code)
}
