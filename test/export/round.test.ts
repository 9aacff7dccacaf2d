/** Export → import → export gives the same bytes, whatever text is in the fields; what others wrote comes back as it stood. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { codingsIn, sniffCodings } from '../../src/cli/codings.ts'
import type { Coding } from '../../src/export/index.ts'
import type { Format } from '../../src/export/index.ts'
import type { ImportFormat } from '../../src/import/index.ts'
import { readingOf } from '../../src/import/reading.ts'
import { readingSchema } from '../../src/schema.ts'
import { bytesOf, codings, event, EVENTS, exported, HOSTILE, hostile, knowledge } from './made.ts'

const folder = mkdtempSync(join(tmpdir(), 'readout-export-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
let files = 0

async function imported(format: ImportFormat, bytes: Uint8Array | string, problems: string[] = []): Promise<Coding[]> {
  const path = join(folder, `${++files}.${format}`)
  writeFileSync(path, bytes)
  expect(sniffCodings(path)).toBe(format)
  const out: Coding[] = []
  for await (const coding of codingsIn(path, format, knowledge.back, ({ line, message }) => problems.push(`${line}: ${message}`))) out.push(coding)
  return out
}

const GIVEN = codings([...EVENTS, ...HOSTILE.map(hostile)])
const TEXT: readonly (Format & ImportFormat)[] = ['gdelt', 'polecat', 'icews', 'phoenix', 'plover', 'csv']

describe.each(TEXT)('%s', (format) => {
  test('export, import and export give the same bytes, hostile text in every field', async () => {
    const problems: string[] = []
    const first = bytesOf(format, GIVEN)
    const again = await imported(format, first, problems)
    expect(problems).toEqual([])
    expect(again.length).toBeGreaterThan(HOSTILE.length)
    expect(bytesOf(format, again).toString('latin1')).toBe(first.toString('latin1'))
  })
  test('an import goes out in every other format', async () => {
    const again = await imported(format, bytesOf(format, codings(EVENTS.slice(0, 5))))
    for (const other of [...TEXT, 'jsonld', 'ftm', 'ics', 'graphml', 'gdelt-mentions'] as const) expect(bytesOf(other, again).length, other).toBeGreaterThan(0)
  })
})

test('parquet: every file again, byte for byte', async () => {
  const first = exported('parquet', GIVEN)
  const all: Coding[] = []
  for (const bytes of first.values()) all.push(...(await imported('parquet', bytes)))
  const again = exported('parquet', all)
  expect([...again.keys()]).toEqual([...first.keys()])
  for (const [name, bytes] of first) expect(Buffer.from(again.get(name) ?? []).equals(Buffer.from(bytes)), name).toBe(true)
})

test('our own lines come back through the fields of the model, not as copies of their cells', async () => {
  const plain = codings(EVENTS.slice(0, 5))
  const carried = async (format: ImportFormat & Format): Promise<string[]> => [...new Set((await imported(format, bytesOf(format, plain))).flatMap(({ columns = {} }) => Object.keys(columns)))].sort()
  expect(await carried('gdelt')).toEqual(['IsRootEvent', 'NumArticles', 'NumMentions', 'NumSources'])
  expect(await carried('polecat')).toEqual([])
  expect(await carried('icews')).toEqual([])
})

test('the type, the pair and the day survive each format', async () => {
  for (const format of TEXT) {
    const [coding] = await imported(format, bytesOf(format, codings([event({ type: 'SUPPORT', mode: null, cameo: '057', actors: [EVENTS[4]?.actors[0] ?? PARTY], recipients: [PARTY] })])))
    expect([format, coding?.type, coding?.firstDay, coding?.actors[0]?.country, coding?.recipients[0]?.country, coding?.quadClass]).toEqual([format, 'SUPPORT', '2024-02-08', 'CIV', 'ROU', 'verbal-cooperation'])
  }
})
const PARTY = { id: 'state:ROU', name: 'Romania', country: 'ROU', sector: 'GOV', office: null }

describe('files of others', () => {
  const gdelt = (cells: Readonly<Record<number, string>>, width = 61): string => `${Array.from({ length: width }, (_, at) => cells[at + 1] ?? '').join('\t')}\n`
  const ROW = { 1: '1156789012', 2: '20140208', 3: '201402', 4: '2014', 5: '2014.1041', 6: 'AFRMIL', 7: 'AFRICA', 8: 'AFR', 13: 'MIL', 16: 'RUSGOVREB', 17: 'KREMLIN', 18: 'RUS', 23: 'GOV', 24: 'REB', 26: '0', 27: '0312', 28: '031', 29: '03', 30: '1', 31: '5.2', 32: '10', 33: '1', 34: '10', 35: '-2.34567', 36: '0', 44: '4', 45: 'Moscow, Moskva, Russia', 46: 'RS', 47: 'RS48', 48: '25106', 49: '55.7522', 50: '37.6156', 51: '-2960561', 52: '4', 53: 'Moscow, Moskva, Russia', 54: 'RS', 55: 'RS48', 56: '25106', 57: '55.7522', 58: '37.6156', 59: '-2960561', 60: '20240209001500', 61: 'https://news.example/a?b=c' }
  test('GDELT comes back as it stood, with what the model has no place for', async () => {
    const file = gdelt(ROW) + gdelt({ ...ROW, 1: '2', 27: '043', 28: '043', 29: '04' })
    const [first, second] = await imported('gdelt', file)
    expect(bytesOf('gdelt', [first, second].filter((coding) => coding !== undefined)).toString()).toBe(file)
    expect(first).toMatchObject({ coder: 'gdelt', type: 'AGREE', cameo: '0312', firstDay: '2014-02-08', place: { name: 'Moscow', country: 'RUS', latitude: '55.7522' } })
    expect(first?.recipients[0]).toMatchObject({ name: 'KREMLIN', country: 'RUS', sector: 'GOV' })
    // A host is the source in CAMEO and the recipient in PLOVER.
    expect([second?.type, second?.actors[0]?.name, second?.recipients[0]?.name]).toEqual(['CONSULT', 'KREMLIN', 'AFRICA'])
  })
  test('GDELT 1.0 has 58 columns; other widths and days that are none are told', async () => {
    const problems: string[] = []
    const old = { 1: '7', 2: '19990101', 7: 'FRANCE', 8: 'FRA', 6: 'FRA', 27: '190', 28: '190', 29: '19', 58: 'https://old.example/1' }
    const codingsRead = await imported('gdelt', `${gdelt(old, 58)}${gdelt({ 1: '8', 2: '20240230' })}1\t2\t3\n`, problems)
    expect(codingsRead.map(({ type, sources }) => [type, sources[0]?.url])).toEqual([['ASSAULT', 'https://old.example/1']])
    expect(problems).toEqual([expect.stringContaining('2: SQLDATE'), expect.stringContaining('3: 3 columns')])
  })
  test('POLECAT with stray columns, excess tabs, two names for Intensity, bars and Latin 1', async () => {
    const header = ['Headline', 'Event ID', 'Event Date', 'Event Type', 'Event Mode', 'Event Intensity', 'Quad Code', 'Contexts', 'Actor Name', 'Actor Country', 'Recipient Name', 'Recipient Country', 'Publication Date']
    const line = ['A headline', '20190801-2309-4e081644904c_COOPERATE_R', '2019-07-31', 'COOPERATE', 'None', '9.5', 'MATERIAL COOPERATION', 'military|economic; health', 'Jos\u00e9', 'BRA', 'France', 'FRA', '2019-08-01', '', '']
    const [coding] = await imported('polecat', Buffer.from(`${header.join('\t')}\n${line.join('\t')}\n`, 'latin1'))
    expect(coding).toMatchObject({ type: 'COOPERATE', mode: null, intensity: 9.5, quadClass: 'material-cooperation', contexts: ['military', 'economic', 'health'] })
    expect(coding?.actors[0]).toMatchObject({ name: 'Jos\u00e9', country: 'BRA' })
    expect(coding?.recipients[0]).toMatchObject({ id: 'state:FRA', name: 'France' })
    expect(coding?.sources[0]).toMatchObject({ article: '20190801-2309-4e081644904c', published: '2019-08-01' })
  })
  test('ICEWS with American dates, quotation marks and codes that are none', async () => {
    const header = 'Event ID\tEvent Date\tSource Name\tSource Sectors\tSource Country\tEvent Text\tCAMEO Code\tIntensity\tTarget Name\tTarget Sectors\tTarget Country\tStory ID\tSentence Number\tPublisher\tCity\tDistrict\tProvince\tCountry\tLatitude\tLongitude'
    const lines = ['9001\t1/2/2014\t"Russian Federation"\t\tRussian Federation\tMake a visit\t042\t1.9\tJoe Public\tSocial,General Population / Civilian / Social\tUnited States\t77\t3\tThe Post\tSochi\t\tKrasnodar\tRussian Federation\t43.6\t39.7', '9001\t2017-05-01\tIran\t\tIran\tThreaten\t13y\t-6.0\tIsrael\t\tIsrael\t78\t1\tWire\t\t\t\t\t\t']
    const read = await imported('icews', `${[header, ...lines].join('\n')}\n`)
    expect(read.map(({ type, firstDay, actors, recipients }) => [type, firstDay, actors[0]?.id, recipients[0]?.country])).toEqual([['CONSULT', '2014-01-02', 'state:RUS', 'USA'], ['THREATEN', '2017-05-01', 'state:IRN', 'ISR']])
    expect(bytesOf('icews', read).toString()).toBe(`${[header, ...lines].join('\n')}\n`)
  })
  test('readings by another coder keep to the contract, and every text stands at its span', async () => {
    const read = await imported('gdelt', gdelt(ROW))
    const reading = readingOf(read)
    expect(() => readingSchema.parse(reading)).not.toThrow()
    const { article, reports = [] } = reading ?? {}
    for (const { evidence, actors, recipients } of reports) for (const { span, text } of [...evidence, ...actors, ...recipients]) expect(article?.text.slice(...span)).toBe(text)
    expect(reports.map(({ type, rule, confidence }) => [type, rule, confidence])).toEqual([['AGREE', 'import:gdelt:0312', 0]])
    expect(readingOf(codings([]))).toBe(null)
  })
})
