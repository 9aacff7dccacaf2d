/** What is needed to run Readout elsewhere: the container files name what is there. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { SETTINGS, variableOf } from '../src/cli/settings.ts'

const root = join(import.meta.dirname, '..')
const text = (name: string): string => readFileSync(join(root, name), 'utf8')
const known = new Set(SETTINGS.map(variableOf))
const commands = new Set([...text('src/cli/main.ts').matchAll(/^ {2}(\w+): async/gmu)].map(([, name]) => name))
/** Variables of ours that a text sets or reads. */
const variables = (content: string): string[] => [...content.matchAll(/\b(READOUT_[A-Z_]+)/gu)].map(([, name = '']) => name)

describe('the container files', () => {
  const docker = text('Dockerfile')
  const compose = parse(text('compose.yaml'), { merge: true }) as { services: Record<string, { command?: string[]; environment: Record<string, string>; ports?: string[]; deploy?: { replicas: number } }> }

  it('copy what is there, and all that the package holds', () => {
    const copied = [...docker.matchAll(/^COPY (?!--from)(.+) \S+$/gmu)].flatMap(([, names = '']) => names.split(' '))
    expect(copied.filter((name) => !existsSync(join(root, name)))).toEqual([])
    const { files } = JSON.parse(text('package.json')) as { files: string[] }
    for (const file of files.filter((name) => name !== 'dist')) expect(copied).toContain(file)
  })
  it('set only what is a setting, and run only what is a command', () => {
    expect([...variables(docker), ...variables(text('compose.yaml'))].filter((name) => !known.has(name))).toEqual([])
    expect(commands.has('serve')).toBe(true)
    for (const { command = ['serve'] } of Object.values(compose.services)) expect(commands).toContain(command[0])
  })
  it('put up the desk, a database and two workers, open to this machine only', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['db', 'desk', 'worker'])
    expect(compose.services['worker']?.deploy?.replicas).toBe(2)
    expect(compose.services['desk']?.ports).toEqual(['127.0.0.1:8017:8017'])
    expect(compose.services['desk']?.environment['READOUT_PASSWORD']).toMatch(/:\?/u)
    expect(docker).toMatch(/^USER node$/mu)
  })
})

it('docs/operations.md names settings and commands that are there', () => {
  const doc = text('docs/operations.md')
  expect(variables(doc).filter((name) => !known.has(name) && name !== 'READOUT_CONFIG')).toEqual([])
  expect([...doc.matchAll(/\breadout ([a-z]+)/gu)].map(([, name]) => name).filter((name) => !commands.has(name))).toEqual([])
})
