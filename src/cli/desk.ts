/** Opening the desk on a record, and closing it well: what `readout serve` and `readout try` share. */
import { spawn } from 'node:child_process'
import { createDesk } from '../api/desk.ts'
import { SHORTEST_PASSWORD } from '../api/password.ts'
import type { LastingRecord } from '../record.ts'
import { codeVersion } from '../version.ts'
import { createDeskApp } from '../web/app.ts'
import { listen, LOOPBACK } from '../web/server.ts'
import { alertSettings, deliverAlerts } from './alerts.ts'
import { createLog, createObserver } from './log.ts'
import { loadManual } from './reference.ts'
import { stopSignal, wholeNumber } from './place.ts'
import { print, say, UserError } from './terminal.ts'

export interface DeskFlags { readonly port: string; readonly host: string; readonly readOnly?: boolean; readonly lang: string; readonly open?: boolean }

export interface DeskSettings { readonly port: number; readonly host: string; readonly loopback: boolean; readonly password: string | undefined; readonly mayAdd: boolean; readonly lang: string; readonly open: boolean }

/** The flags checked, so that nothing is opened for nothing. Throws UserError. */
export function deskSettings(flags: DeskFlags): DeskSettings {
  const port = wholeNumber('--port', flags.port, 0, 65_535)
  const loopback = LOOPBACK.has(flags.host)
  const password = process.env['READOUT_PASSWORD'] || undefined
  if (!loopback && password === undefined) throw new UserError(`'${flags.host}' may be reached from other machines; set READOUT_PASSWORD to the password it asks for`)
  if (password !== undefined && password.length < SHORTEST_PASSWORD) throw new UserError(`READOUT_PASSWORD has fewer than ${SHORTEST_PASSWORD} characters`)
  return { port, host: flags.host, loopback, password, mayAdd: !flags.readOnly, lang: flags.lang, open: flags.open === true }
}

/** Serves the desk until the process is told to stop. */
export async function serveDesk(record: LastingRecord, { port, host, loopback, password, mayAdd, lang, open }: DeskSettings): Promise<void> {
  const alerts = alertSettings()
  const stop = stopSignal()
  try {
    const desk = createDesk(record)
    const log = createLog()
    const version = codeVersion()
    const app = createDeskApp(desk, { version, observer: createObserver(log, desk, version), manual: () => loadManual(record.knowledge), mayAdd, language: lang, webhookAllow: alerts.allow, ...(loopback ? { hosts: LOOPBACK } : {}), ...(password === undefined ? {} : { password }) })
    const running = await listen(app, { host, port }).catch((error: NodeJS.ErrnoException) => {
      throw new UserError(error.code === 'EADDRINUSE' ? `port ${port} is taken; give another with --port` : `cannot listen at ${host}:${port}: ${error.message}`)
    })
    await print(`Readout is at ${running.url}\n`)
    log.info({ version, engine: record.store.engine, port: running.port, readOnly: !mayAdd }, 'started')
    if (open) openBrowser(running.url)
    const delivering = mayAdd ? deliverAlerts(desk, alerts, stop.signal) : null
    await desk.warm()
    // What an earlier run left unjoined; pages are served meanwhile.
    if (mayAdd) await record.join({ signal: stop.signal }).catch((error: unknown) => say(`readout: what came in before is not joined into events: ${error instanceof Error ? error.message : String(error)}`))
    await new Promise<void>((resolve) => {
      if (stop.signal.aborted) resolve()
      else stop.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await running.stop()
    await delivering
    log.info('stopped')
    say('readout: stopped')
  } finally {
    stop.off()
  }
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
