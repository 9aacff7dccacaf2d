/** Alerts through kills of the server, on both engines: every one arrives, and who heeds its key or its message id sees it once. */
import { type ChildProcess, spawn } from 'node:child_process'
import { expect, it } from 'vitest'
import { createDesk } from '../../src/api/desk.ts'
import { noteCommand } from '../../src/api/deeds.ts'
import { saveView } from '../../src/api/saved.ts'
import { openRecord } from '../../src/record.ts'
import { openStore } from '../../src/store/index.ts'
import { engines, type TestStore } from '../store/engines.ts'
import { openHook, openMailbox } from './receivers.ts'

/** `READOUT_ALERT_KILLS=20` is the long form. */
const KILLS = Number(process.env['READOUT_ALERT_KILLS'] ?? 3)
const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname
const STATES = ['Belarus', 'Canada', 'France', 'Germany', 'Spain', 'Italy', 'Norway', 'Sweden', 'Poland', 'Brazil', 'Chile', 'Peru']

/** Starts the server on a record; resolves when it listens. */
async function serve(place: TestStore['options'], env: Record<string, string>): Promise<{ readonly child: ChildProcess; readonly url: string; readonly ended: Promise<unknown> }> {
  const where = 'url' in place ? ['--db', place.url] : ['--store', place.dir]
  const { READOUT_PASSWORD: _, ...rest } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'serve', ...where, '--port', '0', '--workers', '1'], { env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = new Promise((resolve) => { child.on('close', resolve) })
  let out = ''
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => { out += chunk.toString(); const found = /Readout is at (\S+)/u.exec(out)?.[1]; if (found) resolve(found) })
    child.stderr?.on('data', (chunk: Buffer) => { out += chunk.toString() })
    ended.then(() => reject(new Error(out)), reject)
  })
  return { child, url, ended }
}

it.each(await engines())('each alert arrives once on $name', async ({ fresh }) => {
  const { store: empty, options: place, drop } = await fresh()
  await empty.close()
  const hook = await openHook((_, count) => (count === 2 || count === 5 ? 503 : null), 120)
  const mailbox = await openMailbox((count) => count === 3)
  const record = await openRecord({ ...place, threads: 1 })
  const desk = createDesk(record)
  const alert = { tells: ['event'], language: 'en', anyAge: true }
  await saveView(desk, { name: 'hook', path: '/events?types=ACCUSE', alert: { ...alert, channel: 'webhook', target: hook.url } }, ['127.0.0.1'], noteCommand)
  await saveView(desk, { name: 'mail', path: '/events?types=ACCUSE', alert: { ...alert, channel: 'email', target: 'desk@desk.example' } }, [], noteCommand)
  await record.close()

  const env = { READOUT_WEBHOOK_ALLOW: '127.0.0.1', READOUT_SMTP_URL: mailbox.url, READOUT_MAIL_FROM: 'readout@desk.example' }
  const texts = STATES.map((state, at) => `${state} condemned ${STATES[(at + 5) % STATES.length]} on Tuesday.`)
  const post = async (url: string, body: string): Promise<void> => {
    const answer = await fetch(new URL('/api/articles?published=2024-05-08', url), { method: 'POST', body, headers: { 'content-type': 'text/plain', connection: 'close' } })
    expect(answer.status, await answer.text()).toBe(200)
  }
  const share = Math.ceil(texts.length / KILLS)
  for (let kill = 0; kill < KILLS; kill++) {
    const { child, url, ended } = await serve(place, env)
    const sending = Promise.all(texts.slice(kill * share, (kill + 1) * share).map((body) => post(url, body).catch(() => undefined)))
    // While messages are under way: between sending one and noting that it was sent, or while the next text is read.
    const before = hook.asked.length + mailbox.letters.length
    for (let waited = 0; waited < 2400 && hook.asked.length + mailbox.letters.length < before + 1 + kill; waited++) await new Promise((resolve) => { setTimeout(resolve, 100) })
    expect(hook.asked.length + mailbox.letters.length).toBeGreaterThan(before)
    await new Promise((resolve) => { setTimeout(resolve, Math.random() * 200) })
    child.kill('SIGKILL')
    await ended
    await sending
  }
  const { child, url, ended } = await serve(place, env)
  for (const body of texts) await post(url, body)
  const events = ((await (await fetch(new URL('/api/events?types=ACCUSE&limit=200', url))).json()) as { events: { id: string }[] }).events.map(({ id }) => id).sort()
  expect(events.length).toBe(texts.length)
  const eventsOf = (): string[] => [...new Map(hook.taken.map(({ key, body }) => [key, (JSON.parse(body) as { event: { id: string } }).event.id])).values()].sort()
  const lettersById = (): Map<string, string> => new Map(mailbox.letters.map(({ id, source }) => [id, /^subject: ([\s\S]*?)\n(?!\s)/imu.exec(source)?.[1]?.replace(/\n\s/gu, ' ') ?? '']))
  // A message that was sent before a kill and not noted is sent once more, though its receiver has it: until none waits.
  const waiting = async (): Promise<number> => ((await (await fetch(new URL('/api/alerts', url))).json()) as { searches: { alerts: { waiting: number }[] }[] }).searches.flatMap(({ alerts }) => alerts).reduce((sum, one) => sum + one.waiting, 0)
  for (let waited = 0; waited < 500 && (eventsOf().length < events.length || lettersById().size < events.length || await waiting() > 0); waited++) await new Promise((resolve) => { setTimeout(resolve, 1000) })
  child.kill('SIGTERM')
  await ended
  const store = await openStore(place)
  const left = await store.db.selectFrom('deliveries').select(['id', 'attempts', 'last_error']).where('delivered_at', 'is', null).execute()
  await store.close()
  expect(left).toEqual([])
  expect(eventsOf()).toEqual(events)
  const subjects = [...lettersById().values()].sort()
  expect(subjects).toHaveLength(events.length)
  expect(new Set(subjects).size).toBe(events.length)
  // The two receivers saw more than that where the server died between sending and noting it; by key and id nothing is doubled.
  process.stderr.write(`webhooks taken ${hook.taken.length}, letters taken ${mailbox.letters.length}, for ${events.length} events through ${KILLS} kills\n`)
  await hook.close()
  await mailbox.close()
  await drop()
}, 1_800_000)
