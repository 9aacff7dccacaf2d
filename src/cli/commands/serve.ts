/** `readout serve`: the desk, in the browser. */
import { Command } from 'commander'
import { createDesk } from '../../api/desk.ts'
import { SHORTEST_PASSWORD } from '../../api/password.ts'
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
It answers this machine only. With READOUT_PASSWORD it asks for that password, and may listen elsewhere (--host 0.0.0.0, with TLS in front).

Examples:
  readout serve
  readout serve --store my-record --port 9000
  readout serve --db postgres://localhost/readout --read-only`)
  .action(async (flags: Flags) => {
    const port = wholeNumber('--port', flags.port, 0, 65_535)
    const loopback = LOOPBACK.has(flags.host)
    const password = process.env['READOUT_PASSWORD'] || undefined
    if (!loopback && password === undefined) throw new UserError(`'${flags.host}' may be reached from other machines; set READOUT_PASSWORD to the password it asks for`)
    if (password !== undefined && password.length < SHORTEST_PASSWORD) throw new UserError(`READOUT_PASSWORD has fewer than ${SHORTEST_PASSWORD} characters`)
    await onRecord(flags, async (record) => {
      const stop = stopSignal()
      try {
        const desk = createDesk(record)
        const app = createDeskApp(desk, { version: codeVersion(), mayAdd: !flags.readOnly, language: flags.lang, ...(loopback ? { hosts: LOOPBACK } : {}), ...(password === undefined ? {} : { password }) })
        const running = await listen(app, { host: flags.host, port }).catch((error: NodeJS.ErrnoException) => {
          throw new UserError(error.code === 'EADDRINUSE' ? `port ${port} is taken; give another with --port` : `cannot listen at ${flags.host}:${port}: ${error.message}`)
        })
        await print(`Readout is at ${running.url}\n`)
        await desk.warm()
        // What an earlier run left unjoined; pages are served meanwhile.
        if (!flags.readOnly) await record.join({ signal: stop.signal }).catch((error: unknown) => say(`readout: what came in before is not joined into events: ${error instanceof Error ? error.message : String(error)}`))
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
