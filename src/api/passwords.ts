/** Passwords and tokens: hashed slowly, compared in constant time, made of enough chance. */
import { createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

export const SHORTEST_PASSWORD = 12
export const LONGEST_PASSWORD = 200

/* 32 MB and about a quarter of a second: N = 2^15, r = 8, p = 3 (OWASP). */
const COST = 15
const BLOCK = 8
const LANES = 3
const LENGTH = 32
/** Hashes reckoned at once, and those that may wait: guesses must not take the machine. */
const AT_ONCE = 2
const WAITING = 20

/** Too many passwords are being checked. */
export class BusyError extends Error {
  override readonly name = 'BusyError'
}

const queue: (() => void)[] = []
const busy = { count: 0 }

async function slowly(password: string, salt: Buffer, cost: number, r: number, p: number): Promise<Buffer> {
  if (busy.count >= AT_ONCE) {
    if (queue.length >= WAITING) throw new BusyError('too many passwords are being checked; try again in a moment')
    await new Promise<void>((resolve) => queue.push(resolve))
  }
  busy.count++
  try {
    return await new Promise((resolve, reject) => {
      scrypt(password.normalize('NFKC'), salt, LENGTH, { N: 2 ** cost, r, p, maxmem: 128 * 2 ** cost * r * 2 }, (error, key) => (error ? reject(error) : resolve(key)))
    })
  } finally {
    busy.count--
    queue.shift()?.()
  }
}

/** What is kept of a password. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  return ['scrypt', COST, BLOCK, LANES, salt.toString('base64url'), (await slowly(password, salt, COST, BLOCK, LANES)).toString('base64url')].join('$')
}

/** Whether the password is the one the hash was made of; takes as long when there is no hash. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  const [kind, cost, r, p, salt = '', wanted = ''] = (hash ?? `scrypt$${COST}$${BLOCK}$${LANES}$AAAAAAAAAAAAAAAAAAAAAA$`).split('$')
  if (kind !== 'scrypt') return false
  const found = await slowly(password.slice(0, LONGEST_PASSWORD * 4), Buffer.from(salt, 'base64url'), Number(cost), Number(r), Number(p))
  const right = Buffer.from(wanted, 'base64url')
  return right.length === found.length && timingSafeEqual(right, found)
}

/** What is wrong with a password somebody chose; null when it will do. */
export function passwordFault(password: string, name: string): string | null {
  if (password.length < SHORTEST_PASSWORD) return `the password has fewer than ${SHORTEST_PASSWORD} characters`
  if (password.length > LONGEST_PASSWORD) return `the password has more than ${LONGEST_PASSWORD} characters`
  if (new Set(password).size < 5) return 'the password repeats a few characters'
  return name.length > 3 && password.toLowerCase().includes(name.toLowerCase()) ? 'the password holds the name' : null
}

/** A secret nobody guesses. */
export const newSecret = (): string => randomBytes(32).toString('base64url')
/** An id that need not be secret. */
export const newId = (): string => randomBytes(9).toString('base64url')
/** What is kept of a secret that is long enough not to be guessed. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
/** What a form carries to show that it came from a page that was given to the same browser. */
export const tokenOf = (secret: string): string => createHmac('sha256', secret).update('form').digest('base64url')

/** Compares texts in constant time. */
export function sameText(a: string, b: string): boolean {
  const [x, y] = [createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest()]
  return timingSafeEqual(x, y)
}
