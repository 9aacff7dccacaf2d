/** Opening the desk on a record, and closing it well: what `readout serve` and `readout try` share. */
import { spawn } from 'node:child_process'
import { noteAdded, noteCommand } from '../api/deeds.ts'
import { createDesk, type Desk } from '../api/desk.ts'
import { makePerson } from '../api/people.ts'
import { SHORTEST_PASSWORD } from '../api/passwords.ts'
import { HttpProblem } from '../api/problem.ts'
import { listUsers } from '../store/index.ts'
import { createFetcher } from '../ingest/fetcher.ts'
import { watch } from '../ingest/watch.ts'
import { type LastingRecord, openRecord } from '../record.ts'
import { codeVersion } from '../version.ts'
import type { SendSettings } from '../alerts/send.ts'
import { createDeskApp, type DeskOptions } from '../web/app.ts'
import { createProjectsApp } from '../web/projects.ts'
import { UNDER } from '../web/projects-page.ts'
import { listen, LOOPBACK } from '../web/server.ts'
import { alertSettings, deliverAlerts } from './alerts.ts'
import { createLog, createObserver } from './log.ts'
import { createProjects } from './projects.ts'
import { loadManual } from './reference.ts'
import { stopSignal, wholeNumber } from './place.ts'
import { print, say, UserError } from './terminal.ts'

export interface DeskFlags { readonly port: string; readonly host: string; readonly readOnly?: boolean; readonly lang: string; readonly open?: boolean; readonly login?: boolean; readonly public?: string; readonly proxied?: boolean; readonly projects?: string }

export interface DeskSettings { readonly projects: string | null; readonly port: number; readonly host: string; readonly loopback: boolean; readonly login: boolean | undefined; readonly publicUrl: URL | null; readonly proxied: boolean; readonly password: string | undefined; readonly mayAdd: boolean; readonly lang: string; readonly open: boolean }

/** The flags checked, so that nothing is opened for nothing. Throws UserError. */
export function deskSettings(flags: DeskFlags): DeskSettings {
  const port = wholeNumber('--port', flags.port, 0, 65_535)
  const loopback = LOOPBACK.has(flags.host)
  const password = process.env['READOUT_PASSWORD'] || undefined
  if (!loopback && flags.login === false) throw new UserError(`'${flags.host}' may be reached from other machines; there everybody must log in`)
  const told = flags.public
  if (told !== undefined && !(URL.canParse(told) && /^https?:$/u.test(new URL(told).protocol))) throw new UserError(`--public takes the address people open, such as https://readout.example, not '${told}'`)
  if (password !== undefined && password.length < SHORTEST_PASSWORD) throw new UserError(`READOUT_PASSWORD has fewer than ${SHORTEST_PASSWORD} characters`)
  return { port, projects: flags.projects ?? null, host: flags.host, loopback, password, login: flags.login, publicUrl: told === undefined ? null : new URL(told), proxied: flags.proxied === true, mayAdd: !flags.readOnly, lang: flags.lang, open: flags.open === true }
}

/** Serves the desk until the process is told to stop. */
export async function serveDesk(record: LastingRecord, { port, host, loopback, password, login, publicUrl, proxied, mayAdd, lang, open, projects: folder }: DeskSettings): Promise<void> {
  const alerts = alertSettings()
  const stop = stopSignal()
  const projects = folder === null ? null : createProjects(folder, async (place) => createDesk(await openRecord({ ...place, beside: record }), lang))
  try {
    const desk = createDesk(record, lang)
    await projects?.look()
    const asked = await asksLogin(record, { loopback, login, password, host })
    // Asked under any other name it does not answer, so that no site can reach it under a name of its own.
    const hosts = new Set(loopback || publicUrl !== null ? [...LOOPBACK, ...(publicUrl === null ? [] : [publicUrl.hostname])] : [])
    const log = createLog()
    const version = codeVersion()
    const options: DeskOptions = { version, observer: createObserver(log, desk, version), manual: () => loadManual(record.knowledge), mayAdd, language: lang, webhookAllow: alerts.allow, stopping: stop.signal, ...(hosts.size === 0 ? {} : { hosts }), login: { asked, secure: publicUrl?.protocol === 'https:', proxied } }
    const running = await listen(projects === null ? createDeskApp(desk, options) : createProjectsApp(desk, projects.desks, options), { host, port }).catch((error: NodeJS.ErrnoException) => {
      throw new UserError(error.code === 'EADDRINUSE' ? `port ${port} is taken; give another with --port` : `cannot listen at ${host}:${port}: ${error.message}`)
    })
    await print(`Readout is at ${running.url}\n`)
    log.info({ version, engine: record.store.engine, port: running.port, readOnly: !mayAdd }, 'started')
    if (open) openBrowser(running.url)
    const attending = [attend(desk, alerts, mayAdd, stop.signal)]
    const attendProject = (name: string, own: Desk): void => {
      attending.push(attend(own, { ...alerts, desk: alerts.desk === null ? null : `${alerts.desk.replace(/\/*$/u, '')}${UNDER}/${name}` }, mayAdd, stop.signal))
    }
    for (const [name, own] of projects?.desks ?? []) attendProject(name, own)
    const looking = projects?.attend(stop.signal, attendProject, trouble('a project cannot be shown'))
    await new Promise<void>((resolve) => {
      if (stop.signal.aborted) resolve()
      else stop.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await running.stop()
    await looking
    await Promise.all(attending)
    log.info('stopped')
    say('readout: stopped')
  } finally {
    await projects?.close()
    stop.off()
  }
}

/* Says what went wrong; the desk goes on. */
const trouble = (what: string) => (error: unknown): void => say(`readout: ${what}: ${error instanceof Error ? error.message : String(error)}`)

/** What goes on beside the requests for one record until the signal: feeds are looked at, alerts sent, and what an earlier run left unjoined is joined. */
async function attend(desk: Desk, alerts: SendSettings, mayAdd: boolean, signal: AbortSignal): Promise<void> {
  const { record } = desk
  const running = mayAdd ? [watchFeeds(record, signal), deliverAlerts(desk, alerts, signal)] : []
  await desk.warm().catch(trouble('not all tables could be loaded'))
  if (mayAdd) await record.join({ signal }).catch(trouble('what came in before is not joined into events'))
  await Promise.all(running)
}

/** Whether people must log in, with somebody there who can. Throws UserError. */
async function asksLogin({ store }: LastingRecord, { loopback, login, password, host }: Pick<DeskSettings, 'loopback' | 'login' | 'password' | 'host'>): Promise<boolean> {
  const users = await listUsers(store.db)
  const asked = login ?? (!loopback || password !== undefined || users.length > 0)
  if (!asked || users.some(({ role, disabledAt }) => role === 'admin' && disabledAt === null)) return asked
  if (password === undefined) throw new UserError(`${loopback ? 'the desk' : `'${host}' may be reached from other machines, and`} asks people to log in; make the first account with readout user add NAME --role admin, or set READOUT_PASSWORD to make one called admin`)
  try {
    await makePerson(store, 'admin', 'admin', password, noteCommand)
  } catch (error) {
    if (error instanceof HttpProblem) throw new UserError(`READOUT_PASSWORD: ${error.message}`)
    throw error
  }
  say('readout: an account called admin was made with the password of READOUT_PASSWORD')
  return true
}

/** Looks at the feeds of the watch list while the desk is open. Trouble with the record is said, and does not end the desk. */
async function watchFeeds(record: LastingRecord, signal: AbortSignal): Promise<void> {
  const fetcher = createFetcher(record.store, { pauseMs: 1000 })
  await watch(record.store, { fetcher, signal, add: (documents) => record.add(documents, { after: noteAdded(noteCommand, null, { through: 'watch' }) }) }).catch(trouble('feeds are looked at no more'))
}

/** How each system opens an address; elsewhere the desktop's own opener does. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = { darwin: ['open'], win32: ['cmd', '/c', 'start', ''] }

/** Opens the address in the user's browser where there is a screen; the address has been printed all the same. */
function openBrowser(url: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open']
  if (command === 'xdg-open' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true })
  child.on('error', () => say(`readout: no browser could be opened (${command}); open the address yourself`))
  child.unref()
}
