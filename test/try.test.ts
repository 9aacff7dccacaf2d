/** `readout try`, which `npm start` ends with: the samples as a record, one printed, the desk open on them until it is told to stop. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const MAIN = new URL('../src/cli/main.ts', import.meta.url).pathname
const dir = mkdtempSync(join(tmpdir(), 'readout-try-'))
const args = ['--import', 'tsx', MAIN, 'try', '--store', join(dir, 'samples')]
const env = { ...process.env, NO_COLOR: '1', READOUT_PASSWORD: '' }
afterAll(() => rmSync(dir, { recursive: true, force: true }))

it('reads the samples, prints one, and opens the desk on all of them', async () => {
  const child = spawn(process.execPath, [...args, '--port', '0'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let out = ''
  const ended = new Promise<number | null>((resolve) => { child.on('close', resolve) })
  const url = await Promise.race([ended.then(() => { throw new Error(out) }), new Promise<string>((resolve) => {
    const hear = (chunk: Buffer): void => {
      out += chunk.toString()
      const found = /Readout is at (\S+)/u.exec(out)?.[1]
      if (found !== undefined) resolve(found)
    }
    child.stdout.on('data', hear)
    child.stderr.on('data', hear)
  })])
  expect(out).toContain('Xi Jinping (China) visited Vietnam')
  const { relations } = await (await fetch(new URL('/api/relations', url))).json() as { relations: { pair: string[] }[] }
  expect(relations.map(({ pair }) => pair.join('-'))).toEqual(expect.arrayContaining(['CHN-RUS', 'CHN-VNM', 'IRN-SAU']))
  child.kill('SIGINT')
  expect(await ended).toBe(0)
  expect(out).toContain('readout: stopped')
}, 600_000)

it('reads nothing twice, and prints in another language', () => {
  const again = spawnSync(process.execPath, [...args, '--no-serve', '--lang', 'fr'], { env, encoding: 'utf8' })
  expect(again.status, again.stderr).toBe(0)
  expect(again.stdout).toContain('Xi Jinping (Chine)')
  expect(again.stdout).not.toContain('Readout is at')
}, 300_000)
