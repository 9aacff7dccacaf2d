/** The documentation does what it says: blocks marked `sh run` are run, in the order they stand in; all other commands and options are there. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, describe, expect, it } from 'vitest'
import { allCommands } from '../src/cli/reference.ts'

const root = join(import.meta.dirname, '..')
const text = (name: string): string => readFileSync(join(root, name), 'utf8')
const blocks = (content: string, mark: RegExp): string[] => [...content.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gmu)].filter(([, info = '']) => mark.test(info)).map(([, , body = '']) => body)
const dirs: string[] = []
afterAll(() => { for (const dir of dirs) rmSync(dir, { recursive: true, force: true }) })

const PAGES = ['README.md', ...readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md')).map((name) => `docs/${name}`)]
const commands = new Map((await allCommands()).map((command) => [command.name(), command]))

/** Commands of a block, with what belongs to each, as they are typed. */
function typed(block: string): string[][] {
  return block.split('\n').flatMap((line) => line.replace(/(?:^|\s)#.*$/u, '').split(/[|;&]+/u)).flatMap((part) => {
    const words = part.trim().split(/\s+/u).map((word) => word.replace(/^["']|["']$/gu, ''))
    const at = words.findIndex((word, index) => word === 'readout' || (word === 'dist/cli/main.js' && words[index - 1] === 'node'))
    return at < 0 || words[at + 1] === undefined || words.slice(0, at).some((word) => word === 'docker') ? [] : [words.slice(at + 1)]
  })
}

describe.each(PAGES)('%s', (page) => {
  it('names commands and options that are there', () => {
    const wrong: string[] = []
    for (const words of blocks(text(page), /^(?:sh.*)?$/u).flatMap(typed)) {
      let command: Command | undefined = commands.get(words[0] ?? '')
      if (command === undefined) {
        if (!words[0]?.startsWith('-') && !/^[A-Z]/u.test(words[0] ?? '')) wrong.push(words.join(' '))
        continue
      }
      const known = new Set<string>(['--help'])
      for (let at = 1; command !== undefined; at++) {
        for (const option of command.options) for (const flag of [option.long, option.short]) if (flag) known.add(flag)
        command = command.commands.find((sub) => sub.name() === words[at])
      }
      for (const word of words) if (/^--?[a-z]/u.test(word) && !known.has(word.replace(/=.*$/u, ''))) wrong.push(`${words.join(' ')}: ${word}`)
    }
    expect(wrong).toEqual([])
  })
})

describe.each(PAGES.filter((page) => blocks(text(page), /^sh run$/u).length > 0))('%s', (page) => {
  it('can be followed', () => {
    const dir = mkdtempSync(join(tmpdir(), 'readout-docs-'))
    dirs.push(dir)
    symlinkSync(join(root, 'examples'), join(dir, 'examples'))
    writeFileSync(join(dir, 'texts.jsonl'), `${['Iran condemned Israel on Monday.', 'France and Germany signed a treaty in Berlin on 5 March 2024.'].map((one, at) => JSON.stringify({ id: String(at), text: one, published: '2024-04-02' })).join('\n')}\nnot json\n`)
    const script = `set -euo pipefail\nreadout() { "${process.execPath}" "${join(root, 'dist', 'cli', 'main.js')}" "$@"; }\n${blocks(text(page), /^sh run$/u).join('\n').replace(/^readout .*$/gmu, (line) => `echo ${JSON.stringify(`+ ${line.replace(/["\\$`]/gu, '')}`)} >&2\n${line}`)}`
    const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: dir, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } })
    expect(status, stderr.slice(-800)).toBe(0)
  }, 900_000)
})
