/** The command line as users call it: the built program in its own process. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../src/reader.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function readout(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(PACKAGE_ROOT, 'dist', 'cli', 'main.js'), ...args], { input, encoding: 'utf8', timeout: 60_000, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: '1' } })
}
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const CALL = 'French President Emmanuel Macron spoke by telephone with Chinese President Xi Jinping on 9 March 2024.\n\nThe two leaders discussed the war in Ukraine.\n'

describe('read', () => {
  const page = file('call.txt', CALL)
  test('prints the record with its quotes', () => {
    const { status, stdout } = readout(['read', page])
    expect(status).toBe(0)
    expect(stdout).toContain('Emmanuel Macron')
    expect(stdout).toContain('spoke by telephone')
  })
  test('prints the contract as JSON', () => {
    const { status, stdout } = readout(['read', page, '--json'])
    expect(status).toBe(0)
    const { schema, readings } = JSON.parse(stdout)
    expect(schema).toBe(1)
    expect(readings[0].reports[0]).toMatchObject({ type: 'CONSULT', mode: 'phone', date: { value: '2024-03-09' } })
  })
  test('reads standard input and prints one reading a line', () => {
    const { status, stdout } = readout(['read', '-', page, '--jsonl'], CALL)
    expect(status).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(2)
  })
  test('gives the same bytes twice', () => {
    expect(readout(['read', page, '--json']).stdout).toBe(readout(['read', page, '--json']).stdout)
  })
})

describe('a mistake of the user ends with exit code 2, a reason and no stack trace', () => {
  mkdirSync(join(folder, 'empty'))
  test.each([
    [['read', join(folder, 'nothing.html')], /there is no file/], [['read', join(folder, 'empty')], /holds no page/], [['read', join(folder, '*.nothing')], /no file fits/],
    [['read', 'http://127.0.0.1:9/'], /not a public address/], [['read', 'http://[::1]/'], /not a public address/], [['read', 'x', '--published', 'yesterday'], /--published/],
    [['read', '-', '--lang', 'xx'], /cannot be written in 'xx'/], [['read', '-', '--json', '--jsonl'], /not both/], [['read'], /missing required argument/], [['red'], /unknown command/], [['read', '-', '--jsn'], /unknown option/],
    [['code', join(folder, 'nothing.jsonl')], /there is no file/], [['code', '-', '--in', 'doc'], /doc/], [['code', '-', '--workers', '0'], /--workers/], [['code', '-', '--in', 'parquet'], /from a file/], [['code', '-', '--in', 'csv'], /no column 'text'/],
  ])('%j', (args, reason) => {
    const { status, stderr } = readout(args, 'a,b\n1,2\n')
    expect(status).toBe(2)
    expect(stderr).toMatch(reason)
    expect(stderr).not.toMatch(/^\s+at /mu)
  })
  test('one bad input does not stop the others', () => {
    const { status, stdout, stderr } = readout(['read', file('bad.bin', new Uint8Array([0x25, 0x50, 0x44, 0x46, 1, 2])), file('good.txt', CALL), '--jsonl'])
    expect(status).toBe(0)
    expect(stderr).toBe('')
    const readings = stdout.trim().split('\n').map((line) => JSON.parse(line))
    expect(readings[0].notices[0].code).toBe('not-text')
    expect(readings[1].reports.length).toBeGreaterThan(0)
  })
  test.skipIf(process.getuid?.() === 0)('a folder without permission', () => {
    const locked = join(folder, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0)
    const { status, stderr } = readout(['read', locked])
    expect(status).toBe(2)
    expect(stderr).toMatch(/permission|holds no page/)
  })
})

describe('code', () => {
  const lines = Array.from({ length: 300 }, (_, i) => JSON.stringify({ id: i, text: i % 7 === 0 ? '俄罗斯总统普京访问中国。' : `On ${1 + (i % 28)} March 2024 Turkey condemned the attack by Israel on Syria, and ${i} people were killed.` }))
  const bulk = file('bulk.jsonl', `${lines.join('\n')}\nnot json\n`)
  test('gives the same bytes with 1 and 8 workers, in order, an error where a line is bad', () => {
    const one = readout(['code', bulk, '--workers', '1'])
    const eight = readout(['code', bulk, '--workers', '8'])
    expect(one.status).toBe(0)
    expect(eight.stdout).toBe(one.stdout)
    const answers = one.stdout.trim().split('\n').map((line) => JSON.parse(line))
    expect(answers.slice(0, 300).map((answer) => answer.id)).toEqual(lines.map((_, i) => i))
    expect(answers[300].error).toMatch(/not JSON/)
  })
  test('reads plain lines and CSV', () => {
    expect(readout(['code', '-', '--in', 'txt', '--workers', '1'], 'Iran condemned Israel.\n').stdout).toContain('"ACCUSE"')
    expect(readout(['code', '-', '--in', 'csv', '--workers', '1'], 'id,text\na,"Iran condemned Israel, and France."\n').stdout).toContain('"id":"a"')
  })
})

describe('help and facts', () => {
  test.each(['read', 'explain', 'code', 'languages', 'doctor'])('%s --help has examples', (command) => {
    const { status, stdout } = readout([command, '--help'])
    expect(status).toBe(0)
    expect(stdout).toMatch(/Example/u)
  })
  test('doctor finds the installation whole', () => {
    const { status, stdout } = readout(['doctor', '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout).findings.every((finding: { ok: boolean }) => finding.ok)).toBe(true)
  })
  test('explain tells rules and silence', () => {
    const { stdout } = readout(['explain', '-'], 'Iran condemned Israel on Monday. The weather was fine.')
    expect(stdout).toMatch(/condemn/u)
    expect(stdout).toMatch(/nothing/u)
  })
})
