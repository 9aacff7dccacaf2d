/** `readout serve` as people start and stop it. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const MAIN = new URL('../../src/cli/main.ts', import.meta.url).pathname
let dir: string
beforeAll(() => { dir = mkdtempSync(join(tmpdir(), 'readout-serve-')) })
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function start(args: readonly string[], env: Record<string, string> = {}) {
  const { READOUT_PASSWORD: _, ...rest } = process.env
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, 'serve', '--store', join(dir, 'record'), '--port', '0', ...args], { env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  let told: (text: string) => void = () => undefined
  const address = new Promise<string>((resolve) => { told = resolve })
  const hear = (chunk: Buffer): void => {
    out += chunk.toString()
    const url = /Readout is at (\S+)/u.exec(out)?.[1]
    if (url !== undefined) told(url)
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<{ code: number | null; out: string }>((resolve) => { child.on('close', (code) => resolve({ code, out })) })
  return { child, address, ended }
}

it('opens an empty record, and ends well when it is told to stop', async () => {
  const { child, address, ended } = start([])
  const url = await Promise.race([address, ended.then(({ out }) => { throw new Error(out) })])
  expect(await (await fetch(new URL('/health', url))).text()).toBe('ok')
  expect(await (await fetch(new URL('/', url), { headers: { 'accept-language': 'en' } })).text()).toContain('The record is empty.')
  child.kill('SIGTERM')
  const { code, out } = await ended
  expect(out).toContain('readout: stopped')
  expect(code).toBe(0)
}, 300_000)

it('does not open itself to other machines without an account', async () => {
  const open = await start(['--host', '0.0.0.0']).ended
  expect(open.code).toBe(2)
  expect(open.out).toContain('READOUT_PASSWORD')
  const short = await start(['--host', '0.0.0.0'], { READOUT_PASSWORD: 'short' }).ended
  expect(short.code).toBe(2)
}, 300_000)
