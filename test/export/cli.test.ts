/** `readout export`, `import`, `agreement` and `code --in parquet` as users call them (the built program). */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ByteWriter, parquetWrite } from 'hyparquet-writer'
import { afterAll, describe, expect, test } from 'vitest'
import { PACKAGE_ROOT } from '../../src/reader.ts'
import { PUTIN, reading, state, XI } from '../readings.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-export-cli-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string): string => join(folder, name)

function readout(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [join(PACKAGE_ROOT, 'dist', 'cli', 'main.js'), ...args], { encoding: 'utf8', timeout: 120_000, env: { ...process.env, NO_COLOR: '1', READOUT_DATABASE_URL: '' } })
}

const CALL = { mode: 'phone', actors: [PUTIN, XI], date: '2024-02-08', words: 'The presidents spoke by telephone on Thursday.', rule: 'consult.phone', cameo: '041' }
const READINGS = at('readings.jsonl')
writeFileSync(READINGS, [
  reading({ id: 'a', url: 'http://kremlin.ru/1', reports: [CALL] }), reading({ id: 'b', language: 'zh', url: 'https://www.fmprc.gov.cn/1', reports: [CALL] }),
  reading({ id: 'c', published: '2023-03-20', reports: [{ mode: 'visit', actors: [XI], recipients: [state('RUS')], date: '2023-03-20', rule: 'consult.visit', cameo: '042' }, { type: 'ACCUSE', actors: [state('USA')], recipients: [state('CHN')], date: '2023-03-20', confidence: 0.4, cameo: '111', quadClass: 'verbal-conflict' }] }),
].map((item) => JSON.stringify(item)).join('\n'))

describe('export', () => {
  test('writes a file whole, with a manifest of what made it', () => {
    const { status, stderr } = readout('export', '--format', 'gdelt', '-o', at('events.export.CSV'), '--min-confidence', '0.5', '--from', '2023', READINGS)
    expect([status, stderr]).toEqual([0, ''])
    const bytes = readFileSync(at('events.export.CSV'))
    const rows = bytes.toString('utf8').split('\n').slice(0, -1).map((line) => line.split('\t'))
    expect(rows.map((row) => [row.length, row[1], row[7], row[17], row[26]])).toEqual([[61, '20230320', 'CHN', 'RUS', '042'], [61, '20240208', 'RUS', 'CHN', '041'], [61, '20240208', 'CHN', 'RUS', '041']])
    const manifest = JSON.parse(readFileSync(at('events.export.CSV.manifest.json'), 'utf8'))
    expect(manifest).toMatchObject({
      readout: expect.stringMatching(/^\d+\.\d+\.\d+/u), knowledge: expect.stringMatching(/^[0-9a-f]{16}$/u), format: 'gdelt', filters: { from: '2023-01-01', types: [], statuses: ['occurred', 'ongoing'], minConfidence: 0.5 }, level: 'events', source: 'files',
      counts: { events: 2, rows: 3, withoutDay: 0, withoutCode: 0 }, files: [{ name: 'events.export.CSV', bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }],
    })
    expect(manifest.tables.join(' ')).toContain('FIPS 10-4')
    expect(existsSync(at('events.export.CSV.part'))).toBe(false)
    const again = readout('export', '--format', 'gdelt', at('events.export.CSV'))
    expect(again.stdout).toBe(bytes.toString('utf8'))
    expect(JSON.parse(again.stderr)).toMatchObject({ format: 'gdelt', counts: { rows: 3 } })
  }, 120_000)
  test('a line for each report; a folder of months that is not written over', () => {
    const { stdout } = readout('export', '--format', 'csv', '--level', 'reports', '--types', 'consult', READINGS)
    expect(stdout.split('\r\n').slice(1, -1).map((line) => line.split(',')[0])).toEqual(['c:0', 'a:0', 'a:0', 'b:0', 'b:0'])
    expect(readout('export', '--format', 'parquet', '-o', at('months'), READINGS).status).toBe(0)
    expect(['2023-03', '2024-02'].map((month) => existsSync(at(`months/month=${month}/events.parquet`)))).toEqual([true, true])
    const second = readout('export', '--format', 'parquet', '-o', at('months'), READINGS)
    expect([second.status, second.stderr]).toEqual([2, expect.stringContaining('--overwrite')])
    expect(readout('export', '--format', 'parquet', '-o', at('months'), '--overwrite', '--from', '2024', READINGS).status).toBe(0)
    expect(existsSync(at('months/month=2023-03'))).toBe(false)
  }, 120_000)
  test('the record gives what its articles give', () => {
    writeFileSync(at('article.txt'), 'Putin and Xi speak by telephone\n\nVladimir Putin held a telephone conversation with Xi Jinping on 8 February 2024.\n')
    const direct = readout('export', '--format', 'plover', '--published', '2024-02-09', '--language', 'en', at('article.txt'))
    expect(direct.stdout).toContain('"event":"CONSULT"')
    expect(readout('add', '--store', at('record'), '--workers', '1', '--published', '2024-02-09', '--language', 'en', at('article.txt')).status).toBe(0)
    const kept = readout('export', '--format', 'plover', '--store', at('record'))
    const facts = (text: string) => text.trim().split('\n').map((line) => { const { event, mode, date, actor, confidence } = JSON.parse(line); return { event, mode, date, actor, confidence } })
    expect(facts(kept.stdout)).toEqual(facts(direct.stdout))
    expect(JSON.parse(kept.stderr.trim().split('\n').at(-1) ?? '')).toMatchObject({ source: 'record' })
    writeFileSync(at('direct.jsonl'), direct.stdout)
    expect(JSON.parse(readout('agreement', 'record', at('direct.jsonl'), '--store', at('record'), '--json').stdout)).toMatchObject({ all: { share: 1 } })
  }, 120_000)
  test.each<[string, string[], RegExp]>([
    ['no format', [READINGS], /--format/u], ['a format that is none', ['--format', 'xls', READINGS], /gdelt-mentions/u], ['a folder without a name', ['--format', 'parquet', READINGS], /name it with -o/u], ['a type that is none', ['--format', 'csv', '--types', 'MEET', READINGS], /no type 'MEET'/u],
    ['a place that cannot be written', ['--format', 'csv', '-o', join(READINGS, 'x'), READINGS], /readings\.jsonl/u],
    ['no record', ['--format', 'csv', '--store', at('nowhere')], /there is no record in/u], ['a record and inputs', ['--format', 'csv', '--store', at('nowhere'), READINGS], /not both/u],
  ])('%s is told in one line', (_, args, message) => {
    const { status, stderr } = readout('export', ...args)
    expect(status).toBe(2)
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /u)
  }, 60_000)
})

describe('import and agreement', () => {
  test('a packed file, a bad line in it, as records and as readings', () => {
    const { stdout } = readout('export', '--format', 'icews', READINGS)
    writeFileSync(at('icews.tab.gz'), gzipSync(`${stdout}9\tno day\n`))
    const plover = readout('import', '--as', 'plover', at('icews.tab.gz'))
    expect([plover.status, plover.stderr]).toEqual([1, expect.stringContaining("icews.tab.gz:6: Event Date 'no day' is no day")])
    expect(plover.stdout.trim().split('\n').map((line) => JSON.parse(line).event)).toEqual(['ACCUSE', 'CONSULT', 'CONSULT', 'CONSULT'])
    writeFileSync(at('icews.jsonl'), readout('import', '--as', 'readings', at('icews.tab.gz')).stdout)
    expect(readout('chronology', 'RUS', 'CHN', at('icews.jsonl')).stdout).toContain('20 March 2023')
    expect(readout('import', READINGS)).toMatchObject({ status: 2, stderr: expect.stringContaining('none of gdelt') })
  }, 120_000)
  test('another coder is kept in the record, compared with it, told and written out again', () => {
    const theirs = readout('export', '--format', 'gdelt', '--from', '2024', READINGS).stdout
    writeFileSync(at('theirs.export.CSV'), theirs)
    writeFileSync(at('one.txt'), 'Putin and Xi speak by telephone\n\nVladimir Putin held a telephone conversation with Xi Jinping on 8 February 2024.\n')
    const [kept, place] = [at('kept'), ['--store', at('kept')]]
    expect(readout('add', ...place, '--workers', '1', '--published', '2024-02-09', '--language', 'en', at('one.txt')).status).toBe(0)
    const ours = readout('export', '--format', 'plover', ...place).stdout
    expect(readout('agreement', ...place)).toMatchObject({ status: 2, stderr: expect.stringContaining('nothing of other coders') })
    expect(readout('import', at('theirs.export.CSV'), ...place)).toMatchObject({ status: 0, stdout: `${at('theirs.export.CSV')}: 2 lines kept\n` })
    expect(readout('import', at('theirs.export.CSV'), ...place, '--json').stdout).toBe(`${JSON.stringify({ schema: 1, files: [{ file: at('theirs.export.CSV'), added: 0, known: 2, bad: 0, same: true }] })}\n`)
    expect(JSON.parse(readout('import', '--list', '--json', ...place).stdout)).toMatchObject({ coders: [{ coder: 'gdelt', lines: 2, firstDay: '2024-02-08' }], files: [{ name: 'theirs.export.CSV', lines: 2, bad: 0 }] })
    expect(JSON.parse(readout('agreement', '--json', ...place).stdout)).toMatchObject({ comparisons: [{ a: 'record', b: 'gdelt', types: [{ key: 'CONSULT', a: 1, b: 1, share: 1 }] }] })
    expect(JSON.parse(readout('agreement', '--coder', 'gdelt', '--json', ...place).stdout)).toMatchObject({ schema: 1, a: 'record', b: 'gdelt', all: { share: 1 } })
    expect(JSON.parse(readout('agreement', at('theirs.export.CSV'), '--json', ...place).stdout)).toMatchObject({ a: 'record', b: at('theirs.export.CSV'), all: { share: 1 } })
    const out = readout('export', '--format', 'gdelt', '--coder', 'gdelt', ...place)
    expect(out.stdout).toBe(theirs)
    expect(JSON.parse(out.stderr)).toMatchObject({ source: 'record', coder: 'gdelt' })
    expect(readout('chronology', 'RUS', 'CHN', '--coder', 'gdelt', ...place).stdout).toContain('8 February 2024')
    // Ours are what they were.
    expect(readout('export', '--format', 'plover', ...place).stdout).toBe(ours)
    for (const [args, message] of [[['export', '--format', 'gdelt', '--coder', 'icews', ...place], /holds gdelt/u], [['chronology', 'Xi Jinping', '--coder', 'gdelt', ...place], /by state only/u], [['import', ...place], /name the files/u], [['import', '--as', 'plover', at('theirs.export.CSV'), ...place], /keeps nothing/u], [['import', '--list', '--store', at('nowhere')], /no record in/u]] as const) expect(readout(...args)).toMatchObject({ status: 2, stderr: expect.stringMatching(message) })
    expect(readout('import', '--remove', 'gdelt', ...place).stdout).toBe('2 lines of gdelt removed\n')
    expect(JSON.parse(readout('import', '--list', '--json', ...place).stdout)).toMatchObject({ coders: [], files: [] })
    expect(existsSync(kept)).toBe(true)
  }, 240_000)
  test('a coder agrees with itself, in any format', () => {
    writeFileSync(at('polecat.txt'), Buffer.from(readout('export', '--format', 'polecat', '--from', '2024', READINGS).stdout, 'latin1'))
    const { status, stdout } = readout('agreement', READINGS, at('polecat.txt'), '--json')
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ schema: 1, days: { from: '2024-02-08', to: '2024-02-08' }, types: [{ key: 'CONSULT', a: 1, b: 1, share: 1 }], all: { share: 1 } })
    expect(readout('agreement', READINGS, at('polecat.txt')).stdout).toMatch(/CONSULT +1 +1 +100\.0 % +100\.0 % +100\.0 %/u)
  }, 120_000)
})

test('code reads Parquet', () => {
  const writer = new ByteWriter()
  parquetWrite({ writer, columnData: [{ name: 'id', data: ['1', '2'], type: 'STRING' }, { name: 'text', data: ['France condemned Russia.', 'Nothing here.'], type: 'STRING' }, { name: 'language', data: ['en', 'en'], type: 'STRING' }] })
  writeFileSync(at('texts.parquet'), new Uint8Array(writer.getBuffer()))
  for (const args of [['--in', 'parquet'], []]) {
    const { status, stdout } = readout('code', at('texts.parquet'), ...args, '--workers', '1')
    expect(status).toBe(0)
    expect(stdout.trim().split('\n').map((line) => { const { id, reports } = JSON.parse(line); return [id, reports.map(({ type }: { type: string }) => type)] })).toEqual([['1', ['ACCUSE']], ['2', []]])
  }
}, 120_000)
