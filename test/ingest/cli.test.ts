import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'readout-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))

function readout(...args: string[]): { readonly code: number | null; readonly out: string; readonly err: string } {
  const { READOUT_DATABASE_URL: _, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', main, ...args], { cwd: root, env: { ...env, NO_COLOR: '1' }, encoding: 'utf8' })
  return { code: status, out: stdout, err: stderr }
}

describe('the commands of the record', () => {
  it('add, problems, backup, restore and migrate work together, and say what is wrong', () => {
    const store = join(folder, 'record')
    writeFileSync(join(folder, 'a.txt'), 'The presidents of France and Germany met in Paris on 5 March 2024, their offices said in a statement.')
    writeFileSync(join(folder, 'b.html'), '%PDF-1.7')
    const added = readout('add', join(folder, 'a.txt'), join(folder, 'b.html'), '--store', store, '--workers', '1', '--json')
    expect(added.err).toBe('')
    expect(JSON.parse(added.out)).toMatchObject({ added: 1, known: 0, failed: 1, stopped: false })
    const problems = readout('problems', '--store', store, '--json')
    expect(JSON.parse(problems.out)).toMatchObject({ problems: [{ subject: join(folder, 'b.html'), code: 'not-text' }] })
    expect(readout('backup', join(folder, 'backup'), '--store', store).code).toBe(0)
    expect(readout('backup', join(folder, 'backup'), '--store', store)).toMatchObject({ code: 2 })
    const copy = join(folder, 'copy')
    expect(readout('restore', join(folder, 'backup'), '--store', copy).out).toContain('rows restored')
    const again = readout('restore', join(folder, 'backup'), '--store', copy)
    expect(again.code).toBe(1)
    expect(again.err).toContain('already holds data')
    expect(again.err).not.toContain('    at ')
    expect(readout('migrate', '--store', copy, '--to-store', join(folder, 'third')).out).toContain('rows copied')
    expect(existsSync(join(folder, 'third', 'pg'))).toBe(true)
    expect(readout('add', join(folder, 'none'), '--store', store)).toMatchObject({ code: 2 })
    expect(readout('watch', '--every', 'often', '--store', store)).toMatchObject({ code: 2 })
  }, 300_000)
})
