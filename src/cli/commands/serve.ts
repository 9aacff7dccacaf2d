/** `readout serve`: the desk, in the browser. */
import { Command } from 'commander'
import { createDesk } from '../../api/desk.ts'
import { codeVersion } from '../../version.ts'
import { createDeskApp } from '../../web/app.ts'
import { listen, LOOPBACK } from '../../web/server.ts'
import { onRecord, type PlaceFlags, stopSignal, wholeNumber, withPlace } from '../place.ts'
import { print, say, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags { port: string; host: string; readOnly?: boolean; lang: string; workers?: string }

export const serveCommand = withPlace(new Command('serve'))
  .description('open the record as a desk in the browser, with its API')
  .option('--port <number>', 'port to listen at; 0 takes a free one', '8017')
  .option('--host <name>', 'name or number of this machine to listen at', '127.0.0.1')
  .option('--read-only', 'nothing can be added through it')
  .option('--lang <code>', 'language of the pages where the browser asks for none there is', 'en')
  .option('--workers <n>', 'threads to read on; as many as there are processors when left out')
  .addHelpText('after', `
Stop it with Ctrl-C: requests under way are ended first.
It answers this machine only. Beyond it, put it behind a server that asks for a login, and start it with --read-only.

Examples:
  readout serve
  readout serve --store my-record --port 9000
  readout serve --db postgres://localhost/readout --read-only`)
  .action(async (flags: Flags) => {
    const port = wholeNumber('--port', flags.port, 0, 65_535)
    const loopback = LOOPBACK.has(flags.host)
    if (!loopback && !flags.readOnly) throw new UserError(`'${flags.host}' may be reached from other machines, and there is no login yet; add --read-only to serve it all the same`)
    await onRecord(flags, async (record) => {
      const stop = stopSignal()
      try {
        const desk = createDesk(record)
        const app = createDeskApp(desk, { version: codeVersion(), mayAdd: !flags.readOnly, language: flags.lang, ...(loopback ? { hosts: LOOPBACK } : {}) })
        const running = await listen(app, { host: flags.host, port }).catch((error: NodeJS.ErrnoException) => {
          throw new UserError(error.code === 'EADDRINUSE' ? `port ${port} is taken; give another with --port` : `cannot listen at ${flags.host}:${port}: ${error.message}`)
        })
        await print(`Readout is at ${running.url}\n`)
        await desk.warm()
        await new Promise<void>((resolve) => {
          if (stop.signal.aborted) resolve()
          else stop.signal.addEventListener('abort', () => resolve(), { once: true })
        })
        await running.stop()
        say('readout: stopped')
      } finally {
        stop.off()
      }
    })
  })
