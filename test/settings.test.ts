/** Settings: from the file, the environment and flags; checked before anything is done. And that the list of them is whole. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadSettings, SETTINGS, variableOf } from '../src/cli/settings.ts'

const dir = mkdtempSync(join(tmpdir(), 'readout-settings-'))
afterAll(() => rmSync(dir, { recursive: true, force: true }))
const file = (text: string): string => {
  const path = join(dir, 'own.yaml')
  writeFileSync(path, text)
  return path
}
const load = (text: string, env: Record<string, string> = {}): NodeJS.ProcessEnv => {
  const all: NodeJS.ProcessEnv = { ...env, READOUT_CONFIG: file(text) }
  loadSettings(all)
  return all
}

describe('settings', () => {
  it('come from the file where the environment does not say them', () => {
    expect(load('port: 9000\nread_only: true\nstore: my-record\n', { READOUT_PORT: '9001' })).toMatchObject({ READOUT_PORT: '9001', READOUT_READ_ONLY: 'true', READOUT_STORE: 'my-record' })
    expect(load('', { READOUT_PORT: '' })['READOUT_PORT']).toBe('')
  })
  it('are refused with the place and what is expected', () => {
    expect(() => load('prot: 9000')).toThrow(/own\.yaml: there is no setting 'prot'; known: store, /u)
    expect(() => load('port: high')).toThrow(/own\.yaml: port: a whole number from 0 to 65535 is expected, not 'high'/u)
    expect(() => load('', { READOUT_PORT: '99999' })).toThrow(/READOUT_PORT: a whole number/u)
    expect(() => load('log: loud')).toThrow(/one of debug, info, warn, error, silent/u)
    expect(() => load('port: [1, 2]')).toThrow(/lines such as/u)
    expect(() => load('port: "90')).toThrow(/own\.yaml/u)
    expect(() => loadSettings({ READOUT_CONFIG: join(dir, 'nothing.yaml') })).toThrow(/not there/u)
  })
  it('that are secret are not repeated', () => {
    expect(() => load('password: short-one')).toThrow(/password: at least 12 characters are expected$/u)
    expect(() => load('', { READOUT_DATABASE_URL: 'mysql://me:hunter2@host/x' })).toThrow(/READOUT_DATABASE_URL: an address such as [^']*$/u)
  })
  it('stop the program with exit code 2 before it does anything', () => {
    const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(import.meta.dirname, '..', 'src', 'cli', 'main.ts'), 'languages'], { encoding: 'utf8', env: { ...process.env, READOUT_PORT: 'high' } })
    expect(status).toBe(2)
    expect(stderr).toBe("readout: READOUT_PORT: a whole number from 0 to 65535 is expected, not 'high'\n")
  }, 60_000)
  it('are all in the list', () => {
    const src = join(import.meta.dirname, '..', 'src')
    const used = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).flatMap((name) => [...readFileSync(join(src, name), 'utf8').matchAll(/\benv(?:\.|\[')(READOUT_[A-Z_]+)/gu)].map(([, variable]) => variable))
    const known = new Set([...SETTINGS.map(variableOf), 'READOUT_CONFIG'])
    expect([...new Set(used)].filter((variable) => !known.has(variable ?? ''))).toEqual([])
  })
})
