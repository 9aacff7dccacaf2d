/**
 * Settings: one table says which there are. Each is an environment variable and a line of `readout.yaml`; where a command has a flag for it, the
 * flag comes first, then the environment, then the file. All are checked before anything is done.
 */
import { existsSync, readFileSync } from 'node:fs'
import { isIP } from 'node:net'
import { z } from 'zod'
import { parseYaml } from '../knowledge/settings.ts'
import { KnowledgeError } from '../knowledge/tables.ts'
import { UserError } from './terminal.ts'

export interface Setting {
  /** As in the file; the variable is READOUT_ and the same in capitals. */
  readonly name: string
  readonly about: string
  readonly schema: z.ZodType<string>
  readonly form: string
  readonly flag?: string
  readonly preset?: string
  /** Never shown. */
  readonly secret?: true
}

const text = z.string().min(1)
const whole = (least: number, most: number) => z.string().refine((value) => /^\d+$/u.test(value) && Number(value) >= least && Number(value) <= most, `a whole number from ${least} to ${most} is expected`)
const oneOf = (...values: readonly string[]) => z.string().refine((value) => values.includes(value), `one of ${values.join(', ')} is expected`)
const address = (...schemes: readonly string[]) => z.string().refine((value) => URL.canParse(value) && schemes.includes(new URL(value).protocol.slice(0, -1)), `an address that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')} is expected`)
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const

export const SETTINGS: readonly Setting[] = [
  { name: 'store', about: 'Folder of the embedded record.', schema: text, form: 'a path', flag: '--store', preset: './readout-record' },
  { name: 'database_url', about: 'PostgreSQL database of the record, instead of a folder.', schema: z.string().regex(/^postgres(?:ql)?:\/\//u, 'an address such as postgres://user:password@host:5432/name is expected'), form: 'postgres://user:password@host:5432/name', flag: '--db', secret: true },
  { name: 'host', about: 'Name or number at which the desk listens. Beyond this machine people log in.', schema: text, form: 'a name or number', flag: '--host', preset: '127.0.0.1' },
  { name: 'port', about: 'Port of the desk; 0 takes a free one.', schema: whole(0, 65_535), form: '0 to 65535', flag: '--port', preset: '8017' },
  { name: 'lang', about: 'Language of the desk\'s pages where the browser asks for none there is, and of the API\'s lines where none is asked for.', schema: text, form: 'ISO 639-1', flag: '--lang', preset: 'en' },
  { name: 'read_only', about: 'Nothing can be added through the desk.', schema: oneOf('true', 'false'), form: 'true or false', flag: '--read-only', preset: 'false' },
  { name: 'password', about: 'Password of the first account, called admin, which is made where people must log in and there is no account yet; and what readout user takes as the password.', schema: z.string().min(12, 'at least 12 characters are expected'), form: '12 characters or more', secret: true },
  { name: 'proxied', about: 'A proxy of yours stands in front of the desk and writes X-Forwarded-For.', schema: oneOf('true', 'false'), form: 'true or false', flag: '--proxied', preset: 'false' },
  { name: 'projects', about: 'Folder of private projects, each a record of its own under `/projects/NAME/`, for its members alone.', schema: text, form: 'a path', flag: '--projects' },
  { name: 'workers', about: 'Threads to read on; as many as there are processors when left out.', schema: whole(1, 64), form: '1 to 64', flag: '--workers' },
  { name: 'log', about: 'What is logged, as lines of JSON on standard error: requests from info on, faults from error on. `info` where standard error is no terminal, else `warn`.', schema: oneOf(...LOG_LEVELS), form: LOG_LEVELS.join(', ') },
  { name: 'metrics', about: 'Whether the desk answers /metrics for Prometheus.', schema: oneOf('true', 'false'), form: 'true or false', preset: 'true' },
  { name: 'reviewer', about: 'Name under which `readout review` decides.', schema: text, form: 'a name', flag: '--by' },
  { name: 'smtp_url', about: 'Mail server for alerts.', schema: address('smtp', 'smtps'), form: 'smtp://user:password@host:587', secret: true },
  { name: 'mail_from', about: 'Address letters of alerts come from.', schema: z.string().regex(/^(?:[^<>\r\n]*<)?[^\s<>@]+@[^\s<>@]+>?$/u, 'the address of a mailbox such as Readout <desk@example.org> is expected'), form: 'Readout <desk@example.org>' },
  { name: 'webhook_allow', about: 'IP addresses outside the public internet that webhooks of alerts may be sent to, parted by commas.', schema: z.string().refine((value) => value.split(',').every((part) => isIP(part.trim()) !== 0), 'IP addresses parted by commas are expected'), form: '10.0.0.5, 10.0.0.6' },
  { name: 'desk_url', about: 'Address people reach the desk by: for links in alerts; the desk answers to no other name, and with https its cookies keep to TLS.', schema: address('http', 'https'), form: 'https://desk.example.org/', flag: '--public' },
  { name: 'cache_dir', about: 'Folder for what can be made again; the user\'s cache folder when left out.', schema: text, form: 'a path' },
  { name: 'debug', about: 'Prints where in the program an error came from, and logs the messages of faults, which may hold words of articles.', schema: text, form: 'anything' },
]

/** The settings file: the one named by READOUT_CONFIG, else `readout.yaml` in the working folder. */
export const SETTINGS_FILE = 'readout.yaml'

export const variableOf = ({ name }: Pick<Setting, 'name'>): string => `READOUT_${name.toUpperCase()}`

/**
 * Checks the environment and the file, and fills the environment with what only the file says. Throws UserError that names the file or the
 * variable, what is wrong and what is expected; values of secrets are not repeated.
 */
export function loadSettings(env: NodeJS.ProcessEnv): void {
  const named = env['READOUT_CONFIG']
  const file = named || SETTINGS_FILE
  if (named && !existsSync(named)) throw new UserError(`READOUT_CONFIG names '${named}', which is not there`)
  const given = existsSync(file) ? readFile(file) : {}
  for (const name of Object.keys(given)) if (!SETTINGS.some((setting) => setting.name === name)) throw new UserError(`${file}: there is no setting '${name}'; known: ${SETTINGS.map((setting) => setting.name).join(', ')}`)
  for (const setting of SETTINGS) {
    const variable = variableOf(setting)
    const own = env[variable]
    // An empty variable is one that is not set.
    const [value, place] = own ? [own, variable] : [given[setting.name], `${file}: ${setting.name}`]
    if (value === undefined) continue
    const result = setting.schema.safeParse(value)
    if (!result.success) throw new UserError(`${place}: ${result.error.issues[0]?.message ?? 'cannot be understood'}${setting.secret ? '' : `, not '${value}'`}`)
    env[variable] = value
  }
}

function readFile(file: string): Readonly<Record<string, string>> {
  let data: unknown
  try {
    data = parseYaml(readFileSync(file, 'utf8'), file)
  } catch (error) {
    throw new UserError(error instanceof KnowledgeError ? error.message : `${file}: ${error instanceof Error ? error.message : String(error)}`)
  }
  if (data === null || data === undefined) return {}
  const result = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).safeParse(data)
  if (!result.success) throw new UserError(`${file}: lines such as 'port: 9000' are expected`)
  return Object.fromEntries(Object.entries(result.data).map(([name, value]) => [name, String(value)]))
}
