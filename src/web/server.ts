/** Listening and stopping. */
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import type { Hono } from 'hono'

export interface Running {
  /** The address to open. */
  readonly url: string
  readonly port: number
  /** Takes no more requests, lets those under way end, then cuts the rest. */
  stop(): Promise<void>
}

const HEADERS_MS = 15_000
const REQUEST_MS = 120_000
/** Longer than joining may hold the program up: a connection is not closed under one who is about to ask again. */
const IDLE_MS = 65_000
const STOP_MS = 10_000

/** Names of this machine for itself. */
export const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]', '::1'])

/** Starts to listen; rejects when the port is taken. */
export function listen(app: Hono, { host, port }: { readonly host: string; readonly port: number }): Promise<Running> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port, serverOptions: { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, keepAliveTimeout: IDLE_MS } })
    server.once('error', reject)
    server.once('listening', () => {
      server.off('error', reject)
      const { port: real } = server.address() as AddressInfo
      let stopping: Promise<void> | null = null
      resolve({
        url: `http://${host.includes(':') ? `[${host}]` : host}:${real}/`, port: real,
        stop() {
          stopping ??= new Promise((done) => {
            const idle = (): void => { if ('closeIdleConnections' in server) server.closeIdleConnections() }
            // A connection is idle as soon as its request is answered.
            const sweep = setInterval(idle, 50)
            const cut = setTimeout(() => { if ('closeAllConnections' in server) server.closeAllConnections() }, STOP_MS)
            server.close(() => {
              clearInterval(sweep)
              clearTimeout(cut)
              done()
            })
            idle()
          })
          return stopping
        },
      })
    })
  })
}
