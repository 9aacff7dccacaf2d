/** The log: one line of JSON an event on standard error. Words of articles, what was searched for, addresses with their queries, and secrets are not in it. */
import pino, { type Logger } from 'pino'
import { createFigures, type Observer } from '../api/observe.ts'
import type { Desk } from '../api/desk.ts'

/** Makes the log at the level of the setting: requests are told where nobody looks on, faults everywhere. */
export function createLog(env: NodeJS.ProcessEnv = process.env): Logger {
  return pino({ name: 'readout', level: env['READOUT_LOG'] || (process.stderr.isTTY ? 'warn' : 'info'), base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime, formatters: { level: (label) => ({ level: label }) } }, pino.destination({ fd: 2, sync: true }))
}

/** What an error is, without its message, which may repeat words of an article or an address with its password. */
export function faultOf(error: unknown, withMessage: boolean): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { type: typeof error }
  const { code } = error as NodeJS.ErrnoException
  const at = (error.stack ?? '').split('\n').filter((line) => /^\s+at /u.test(line)).slice(0, 8).map((line) => line.trim())
  return { type: error.name, ...(code === undefined ? {} : { code }), ...(withMessage ? { message: error.message } : {}), at, ...(error.cause instanceof Error ? { cause: error.cause.name } : {}) }
}

/** Tells the log and the figures of each request. */
export function createObserver(log: Logger, desk: Desk, version: string, env: NodeJS.ProcessEnv = process.env): Observer {
  const figures = env['READOUT_METRICS'] === 'false' ? null : createFigures(desk, version)
  return {
    seen(request) {
      figures?.seen(request)
      // Whether it is alive is asked every few seconds.
      if (request.route === '/health' || request.route === '/ready' || request.route === '/metrics') log.debug(request, 'request')
      else log.info(request, 'request')
    },
    fault(error, route) {
      figures?.fault()
      log.error({ route, error: faultOf(error, Boolean(env['READOUT_DEBUG'])) }, 'fault')
    },
    metrics: () => figures?.read() ?? null,
  }
}
