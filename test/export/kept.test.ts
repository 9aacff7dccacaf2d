/** What other coders say, kept in the record: the same file again changes nothing, and it comes out as it went in; on both engines. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coderEvents, coderName, codersThere, codingsOfStore, keepFile } from '../../src/cli/coders.ts'
import { sniffCodings } from '../../src/cli/codings.ts'
import { compareTallies, createTally, tallyOf } from '../../src/export/agreement.ts'
import type { Coding, Format } from '../../src/export/index.ts'
import type { ImportFormat } from '../../src/import/index.ts'
import { codedFileId, dropCoder, getCodedFile, listCodedFiles, listCoders, listDeeds, listEvents, putCodings, restore, backup, type Store } from '../../src/store/index.ts'
import { engines, type TestStore } from '../store/engines.ts'
import { bytesOf, codings, event, EVENTS, HOSTILE, hostile, knowledge, state } from './made.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-kept-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const FORMATS: readonly (Format & ImportFormat)[] = ['gdelt', 'polecat', 'icews', 'phoenix', 'plover', 'csv']
const GIVEN = codings([...EVENTS, ...HOSTILE.map(hostile)])
let files = 0
const fileOf = (bytes: Uint8Array | string, name = `${++files}.data`): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}
const collect = async (all: AsyncIterable<Coding>): Promise<Coding[]> => {
  const out: Coding[] = []
  for await (const one of all) out.push(one)
  return out
}

describe.each(await engines())('coders in the record on $name', ({ name, fresh }) => {
  let made: TestStore
  let store: Store
  const keep = async (file: string, coder: string | null = null, problems: string[] = []) => {
    const format = sniffCodings(file)
    if (format === null) throw new Error(`${file} is of no format`)
    return keepFile(store, { file, format, coder }, knowledge.back, ({ line, message }) => problems.push(`${line}: ${message}`), () => undefined)
  }
  beforeAll(async () => {
    made = await fresh()
    store = made.store
  })
  afterAll(() => made.drop())

  it.each(FORMATS)('%s goes in and comes out byte for byte, hostile text in every field', async (format) => {
    const bytes = bytesOf(format, GIVEN)
    const coder = `round-${format}`
    const first = await keep(fileOf(bytes), format === 'plover' || format === 'csv' ? null : coder)
    expect(first).toMatchObject({ known: 0, bad: 0, same: false })
    // Files that name their coder go out under that name.
    const name = format === 'plover' || format === 'csv' ? 'readout' : coder
    const again = await collect(codingsOfStore(store, name))
    expect(again).toHaveLength(first.added)
    expect(bytesOf(format, again).toString('latin1')).toBe(bytes.toString('latin1'))
    await store.transaction((tx) => dropCoder(tx, name))
  })

  it('the same file changes nothing; a longer one adds what is new; lines and files are listed', async () => {
    const [one, two] = [codings([event({ id: 'e1' }), event({ id: 'e2', firstDay: '2024-02-09', lastDay: '2024-02-09' })]), codings([event({ id: 'e3', firstDay: '2024-03-01', lastDay: '2024-03-01' })])]
    const file = fileOf(bytesOf('gdelt', one), 'a.export.CSV')
    const first = await keep(file, 'theirs')
    expect(first).toMatchObject({ added: 4, known: 0 })
    expect(await keep(file, 'theirs')).toMatchObject({ added: 0, known: 4, same: true })
    expect(await keep(fileOf(bytesOf('gdelt', [...one, ...two]), 'b.export.CSV'), 'theirs')).toMatchObject({ added: 2, known: 4, same: false })
    expect(await listCoders(store.db)).toEqual([{ coder: 'theirs', lines: 6, firstDay: '2024-02-08', lastDay: '2024-03-01' }])
    expect((await listCodedFiles(store.db)).filter(({ coder }) => coder === 'theirs').map(({ name: called, format, lines, bad }) => [called, format, lines, bad])).toEqual([['a.export.CSV', 'gdelt', 4, 0], ['b.export.CSV', 'gdelt', 6, 0]])
    expect((await listDeeds(store.db)).items.filter(({ act }) => act === 'file of a coder kept').map(({ subject }) => subject)).toContain('b.export.CSV')
    expect(bytesOf('gdelt', await collect(codingsOfStore(store, 'theirs'))).toString()).toBe(bytesOf('gdelt', [...one, ...two]).toString())
    // Another name is another coder.
    expect(await keep(file, 'others')).toMatchObject({ added: 4 })
    await store.transaction((tx) => dropCoder(tx, 'others'))
    expect((await listCoders(store.db)).map(({ coder }) => coder)).toEqual(['theirs'])
    expect(await keep(file, 'others')).toMatchObject({ added: 4, same: false })
    await store.transaction((tx) => dropCoder(tx, 'others'))
  })

  it('what is broken off goes on where it was, in the order of the file', async () => {
    const all = codings(Array.from({ length: 30 }, (_, index) => event({ id: `b${index}`, type: 'PROTEST', mode: 'demo', cameo: '141', actors: [state('FRA', 'France')], recipients: [] })))
    const bytes = bytesOf('icews', all)
    // Some lines were kept before the file was done.
    const some = bytesOf('icews', all.slice(0, 10))
    await keep(fileOf(some, 'part.tab'), 'half')
    await store.db.deleteFrom('coded_files').where('coder', '=', 'half').execute()
    expect(await keep(fileOf(bytes, 'whole.tab'), 'half')).toMatchObject({ added: 20, known: 10, same: false })
    expect(bytesOf('icews', await collect(codingsOfStore(store, 'half'))).toString()).toBe(bytes.toString())
    await store.transaction((tx) => dropCoder(tx, 'half'))
  })

  it('several at once keep each line once', async () => {
    const file = fileOf(bytesOf('gdelt', codings(Array.from({ length: 40 }, (_, index) => event({ id: `c${index}` })))), 'race.export.CSV')
    const done = await Promise.all([keep(file, 'race'), keep(file, 'race'), keep(file, 'race')])
    expect(done.reduce((sum, { added }) => sum + added, 0)).toBe(80)
    expect((await listCoders(store.db)).find(({ coder }) => coder === 'race')?.lines).toBe(80)
    await store.transaction((tx) => dropCoder(tx, 'race'))
  })

  it('bad lines are told with their number, the others are kept', async () => {
    const problems: string[] = []
    const file = fileOf(`${bytesOf('gdelt', codings([event({ id: 'd1' })])).toString()}1\t2\t3\n`, 'bad.export.CSV')
    expect(await keep(file, 'bad', problems)).toMatchObject({ added: 2, bad: 1 })
    expect(problems).toEqual([expect.stringMatching(/^3: 3 columns/u)])
    expect((await listCodedFiles(store.db)).find(({ coder }) => coder === 'bad')).toMatchObject({ lines: 2, bad: 1 })
    await store.transaction((tx) => dropCoder(tx, 'bad'))
  })

  it('is compared without being read into memory, and told as events of its own; ours stay as they are', async () => {
    const before = await listEvents(store.db)
    const tally = createTally()
    for await (const coding of codingsOfStore(store, 'theirs')) tally.add(coding)
    expect(compareTallies(tallyOf(codings([event({ id: 'x' })])), tally, { allDays: true })).toMatchObject({ all: { a: 1, b: 3, aInB: 1 } })
    const events = await coderEvents(store, 'theirs', { countries: ['RUS'], to: '2024-02-20' })
    expect(events.map(({ type, firstDay }) => [type, firstDay])).toEqual(expect.arrayContaining([['CONSULT', '2024-02-08'], ['CONSULT', '2024-02-09']]))
    expect(events.every(({ firstDay }) => (firstDay ?? '') < '2024-03')).toBe(true)
    expect(await coderEvents(store, 'theirs', { countries: ['FRA'] })).toEqual([])
    expect(await listEvents(store.db)).toEqual(before)
    expect(before.items).toEqual([])
  })

  it('goes into backups and comes back, files and all', async () => {
    const path = join(folder, `${name.replace(/\W/gu, '')}.readout`)
    await backup(store, path)
    const other = await fresh()
    try {
      await restore(other.store, path)
      expect(await listCoders(other.store.db)).toEqual(await listCoders(store.db))
      expect(await listCodedFiles(other.store.db)).toEqual(await listCodedFiles(store.db))
      expect(await collect(codingsOfStore(other.store, 'theirs'))).toEqual(await collect(codingsOfStore(store, 'theirs')))
      // Numbers go on from where they were.
      expect(await other.store.transaction((tx) => putCodings(tx, [{ coder: 'theirs', type: null, status: 'occurred', firstDay: null, lastDay: null, countries: [], body: { id: 'late' } }]))).toBe(1)
      expect((await collect(codingsOfStore(other.store, 'theirs'))).at(-1)).toEqual({ id: 'late' })
    } finally {
      await other.drop()
    }
  })

  it('a coder nobody knows is told with those there are; names are checked', async () => {
    await expect(codersThere(store, 'nobody')).rejects.toThrow(/no.*'nobody'; it holds theirs/su)
    expect(await codersThere(store, null)).toEqual(['theirs'])
    expect(coderName(undefined)).toBe(null)
    expect(coderName(' GDELT 2.0 ')).toBe('GDELT 2.0')
    for (const name of ['', '  ', 'a\nb', 'x'.repeat(101), '\u202egdelt']) expect(() => coderName(name), JSON.stringify(name)).toThrow(/--coder/u)
    expect(await getCodedFile(store.db, codedFileId('no such bytes', 'gdelt', null))).toBe(null)
  })
})
