/** A desk on a record made from the sample articles, listening on loopback. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDesk, type Desk } from '../../src/api/desk.ts'
import { openRecord } from '../../src/record.ts'
import { createDeskApp, type DeskOptions } from '../../src/web/app.ts'
import { listen, LOOPBACK, type Running } from '../../src/web/server.ts'

export interface TestDesk {
  readonly desk: Desk
  readonly url: string
  /** Another server on the same record. */
  open(options: Partial<DeskOptions>): Promise<Running>
  get(path: string, headers?: Record<string, string>): Promise<Response>
  /** Puts into a form what the page of forms carries; the cookies to send it with. */
  fill(form: FormData | URLSearchParams, url?: string): Promise<{ readonly cookie: string }>
  close(): Promise<void>
}

/** What a page's forms carry, and the cookies it came with. */
export async function tokenFrom(response: Response): Promise<{ readonly token: string; readonly cookie: string }> {
  const token = /name="token" value="([^"]+)"/u.exec(await response.text())?.[1] ?? ''
  return { token, cookie: response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') }
}

const SAMPLES = new URL('../../examples/articles/', import.meta.url).pathname

/** Reads the samples into a new embedded record and opens the desk on it. */
export async function openTestDesk(samples: (name: string) => boolean = () => true): Promise<TestDesk> {
  const dir = mkdtempSync(join(tmpdir(), 'readout-desk-'))
  const record = await openRecord({ dir: join(dir, 'record'), threads: 1, pageTimeoutMs: 60_000 })
  await record.add(readdirSync(SAMPLES).filter(samples).sort().map((name) => ({ name, bytes: readFileSync(join(SAMPLES, name)), mediaType: name.endsWith('.html') ? 'text/html' : 'text/plain' })))
  const desk = createDesk(record)
  const open = (options: Partial<DeskOptions>): Promise<Running> => listen(createDeskApp(desk, { version: '0.0.0', mayAdd: true, language: 'en', hosts: LOOPBACK, ...options }), { host: '127.0.0.1', port: 0 })
  const running = await open({})
  return {
    desk, url: running.url, open,
    get: (path, headers = {}) => fetch(new URL(path, running.url), { headers, redirect: 'manual' }),
    async fill(form, url = running.url) {
      const { token, cookie } = await tokenFrom(await fetch(new URL('/add', url)))
      form.set('token', token)
      return { cookie }
    },
    async close() {
      await running.stop()
      await record.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
