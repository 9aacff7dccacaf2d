/** What stands in the files: columns, encodings, codes with their traps, selectors, references; hostile text breaks none of them. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { parseDocument } from 'htmlparser2'
import { afterAll, describe, expect, test } from 'vitest'
import { codingOf, FORMATS } from '../../src/export/index.ts'
import { COLUMNS } from '../../src/export/columns.ts'
import { fractionDate, GDELT_EVENTS, GDELT_MENTIONS, gdeltQuad } from '../../src/export/gdelt.ts'
import { ICEWS } from '../../src/export/icews.ts'
import { PHOENIX, phoenixQuad } from '../../src/export/phoenix.ts'
import { POLECAT } from '../../src/export/polecat.ts'
import { statusesFor, wanted } from '../../src/export/index.ts'
import { bytesOf, codings, event, EVENTS, exported, HOSTILE, hostile, knowledge, member, PUTIN, state, textOf, told, UN, XI } from './made.ts'

const ALL = codings([...EVENTS, ...HOSTILE.map(hostile)])
const lines = (text: string): string[][] => text.split('\n').slice(0, -1).map((line) => line.split('\t'))
const cells = (names: readonly string[], line: readonly string[] | undefined): Record<string, string> => Object.fromEntries(names.map((name, at) => [name, line?.[at] ?? '']))

describe('columns', () => {
  test.each([['gdelt', GDELT_EVENTS, 61, false], ['gdelt-mentions', GDELT_MENTIONS, 16, false], ['polecat', POLECAT, 40, true], ['icews', ICEWS, 20, true], ['phoenix', PHOENIX, 26, false]] as const)('%s has its columns in every line, whatever the text', (format, names, width, header) => {
    const all = lines(textOf(format, ALL))
    expect(names.length).toBe(width)
    expect(new Set(names).size).toBe(width)
    expect(all.length).toBeGreaterThan(HOSTILE.length)
    expect([...new Set(all.map((line) => line.length))]).toEqual([width])
    if (header) expect(all[0]).toEqual([...names])
    const bad = all.flat().filter((cell) => /["\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\p{Surrogate}]/u.test(cell))
    expect(bad).toEqual([])
  })
  test('CSV is read back by a reader of RFC 4180, formulas led by an apostrophe', () => {
    const [head = [], ...rows] = parse(textOf('csv', ALL)) as string[][]
    expect(head).toEqual(COLUMNS.map(({ name }) => name))
    expect(rows.length).toBeGreaterThan(HOSTILE.length)
    expect(rows.flat().filter((cell) => /^[=@]|^-\D|^\+/u.test(cell))).toEqual([])
  })
  test('JSON formats are JSON on every line', () => {
    for (const format of ['plover', 'ftm'] as const) {
      const all = textOf(format, ALL).split(/[\n\u2028\u2029\u0085]/u).slice(0, -1)
      expect(all.length).toBeGreaterThan(0)
      for (const line of all) expect(typeof JSON.parse(line)).toBe('object')
      expect(all.join('')).not.toMatch(/\\ud[89a-f]/u)
    }
  })
  test('the same records give the same bytes, nothing gives no lines', () => {
    for (const format of FORMATS) {
      expect([...exported(format, ALL)].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')])).toEqual([...exported(format, ALL)].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]))
      expect(lines(textOf(format, [])).length).toBeLessThan(40)
    }
    expect(textOf('gdelt', [])).toBe('')
  })
})

describe('codes', () => {
  test('GDELT: quad classes, FIPS beside CAMEO, codes as text, visits from the visitor', () => {
    expect(['010', '057', '060', '090', '100', '145', '150', '160', '204'].map(gdeltQuad)).toEqual(['1', '1', '2', '2', '3', '3', '4', '4', '4'])
    expect(fractionDate('2024-02-08')).toBe((2024 + 68 / 365).toFixed(4))
    const [visit] = lines(textOf('gdelt', codings([EVENTS[1] ?? event()])))
    expect(cells(GDELT_EVENTS, visit)).toMatchObject({
      SQLDATE: '20240208', MonthYear: '202402', Year: '2024', Actor1Code: 'CHNGOV', Actor1Name: 'XI JINPING', Actor1CountryCode: 'CHN', Actor1Type1Code: 'GOV', Actor2Code: 'RUS', Actor2Name: 'RUSSIA', Actor2Type1Code: '', EventCode: '042', EventBaseCode: '042', EventRootCode: '04',
      QuadClass: '1', GoldsteinScale: '1.9', NumMentions: '2', NumSources: '2', NumArticles: '2', ActionGeo_Type: '4', ActionGeo_FullName: 'Moscow, Russia', ActionGeo_CountryCode: 'RS', DATEADDED: '20240209000000', SOURCEURL: 'https://wire.example/m1',
    })
    const [protest] = lines(textOf('gdelt', codings([EVENTS[2] ?? event()])))
    expect(cells(GDELT_EVENTS, protest)).toMatchObject({ Actor1Code: 'FRACVL', Actor2Code: '', ActionGeo_Type: '1', ActionGeo_CountryCode: 'FR', QuadClass: '3' })
    const accuse = lines(textOf('gdelt', codings([EVENTS[3] ?? event()])))
    expect(accuse.map((line) => cells(GDELT_EVENTS, line)).map(({ Actor1Code, Actor1KnownGroupCode, EventCode, IsRootEvent }) => [Actor1Code, Actor1KnownGroupCode, EventCode, IsRootEvent])).toEqual([['IGOUNO', 'UNO', '110', '0'], ['ROM', '', '110', '0']])
  })
  test('a call is two lines, a lone act one, numbers are ids of their own', () => {
    const call = lines(textOf('icews', codings([event()]))).slice(1).map((line) => cells(ICEWS, line))
    expect(call.map((line) => [line['Source Name'], line['Target Name'], line['Source Country'], line['CAMEO Code'], line['Intensity']])).toEqual([['Vladimir Putin', 'Xi Jinping', 'Russian Federation', '041', '1.0'], ['Xi Jinping', 'Vladimir Putin', 'China', '041', '1.0']])
    const ids = lines(textOf('gdelt', ALL)).map(([id = '']) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id) => /^\d+$/u.test(id) && Number.isSafeInteger(Number(id)))).toBe(true)
    expect(lines(textOf('gdelt', codings([event({ type: 'PROTEST', rule: 'protest.demo', cameo: '141' })]))).map((line) => line[16])).toEqual(['', ''])
  })
  test('ICEWS has its own scores and names', () => {
    const [, line] = lines(textOf('icews', codings([EVENTS[4] ?? event()])))
    expect(cells(ICEWS, line)).toMatchObject({ 'Source Name': "Cote d'Ivoire", 'CAMEO Code': '163', Intensity: '-8.0', 'Target Name': 'European Union', 'Target Country': '', 'Target Sectors': 'Regional Intergovernmental Organizations' })
  })
  test('Phoenix counts in five classes', () => {
    expect(['010', '020', '030', '050', '060', '080', '090', '130', '140', '160', '170', '204'].map(phoenixQuad)).toEqual(['0', '0', '1', '1', '2', '2', '3', '3', '4', '3', '4', '4'])
  })
  test('POLECAT says None, words its classes in capitals, and has no byte that Latin 1 lacks', () => {
    const all = lines(textOf('polecat', codings([EVENTS[3] ?? event(), event({ actors: [{ ...PUTIN, name: 'Włodzimierz Čech Путин São' }], recipients: [XI] })])))
    expect(cells(POLECAT, all[1])).toMatchObject({ 'Event Type': 'ACCUSE', 'Event Mode': 'None', 'Quad Code': 'VERBAL CONFLICT', 'Actor Name': 'United Nations', 'Actor Country': 'UNO', 'Recipient COW': '731', Placename: 'None', Language: 'English', Contexts: 'diplomatic; economic' })
    expect(cells(POLECAT, all[3])['Actor Name']).toBe('Wlodzimierz Cech Putin S\u00e3o')
    expect([...bytesOf('polecat', ALL)].filter((byte) => byte >= 0x7f && byte < 0xa1)).toEqual([])
    expect(lines(textOf('polecat', ALL)).slice(1).flat().filter((cell) => cell === '')).toEqual([])
  })
  test('every state has a FIPS code, no code is given twice, all codes of the ontology have a score', () => {
    const states = [...knowledge.codes.states.values()]
    expect(states.length).toBeGreaterThan(190)
    for (const code of ['fips', 'cow', 'cameo', 'icews'] as const) { const given = states.map((item) => item[code]).filter((value) => value !== ''); expect(new Set(given).size, code).toBe(given.length) }
    expect(states.filter(({ fips }) => !/^[A-Z]{2}$/u.test(fips))).toEqual([])
    expect([knowledge.codes.cameo('0312')?.goldstein, knowledge.codes.cameo('1246')?.icews, knowledge.codes.cameo('13y')?.type, knowledge.codes.cameo('99')]).toEqual([5.2, -4, 'THREATEN', null])
  })
  test('what has no day stays out of files of days; what did not happen is not told where nothing says so', () => {
    expect(lines(textOf('gdelt', codings(EVENTS.slice(5, 7))))).toEqual([])
    expect(statusesFor('gdelt', [])).toEqual(['occurred', 'ongoing'])
    expect(statusesFor('csv', [])).toEqual([])
    const [coding] = codings([event({ confidence: 0.5, status: 'negated' })])
    if (!coding) throw new Error('no coding')
    expect([{}, { statuses: ['occurred' as const] }, { minConfidence: 0.6 }, { types: ['ASSAULT'] }, { from: '2024-02-09' }, { to: '2024-02-08' }].map((filter) => wanted(coding, filter))).toEqual([true, false, false, false, false, true])
  })
})

describe('linked formats', () => {
  const record = (id: string) => ({ coding: codingOf(event({ id, members: [member(id)] }), [told(id)], knowledge), told: [told(id)] })
  test('JSON-LD: claims about events, evidence at code points', () => {
    const { '@context': context, '@graph': graph } = JSON.parse(textOf('jsonld', [record('r1'), ...ALL]))
    expect(context).toMatchObject({ '@vocab': 'https://schema.org/', evidence: { '@reverse': 'oa:hasBody' } })
    // What is not named there is of schema.org: PropertyValue's value too.
    expect(Object.keys(context)).not.toContain('value')
    expect(graph[0]).toMatchObject({ '@type': 'Dataset', description: '{"readout":"test"}' })
    const claim = graph.find((node: { '@id': string }) => node['@id'] === 'urn:readout:report:r1')
    expect(claim).toMatchObject({ '@type': 'Claim', about: { '@id': 'urn:readout:event:r1' }, appearance: { '@type': 'NewsArticle', url: 'https://wire.example/r1' } })
    const [quote, position] = claim.evidence[0].hasTarget.hasSelector
    expect(quote).toEqual({ '@type': 'TextQuoteSelector', exact: 'telephoned', prefix: '😀 On Thursday Vladimir Putin ', suffix: ' Xi Jinping.' })
    expect([...told('r1').article.text ?? ''].slice(position.start, position.end).join('')).toBe('telephoned')
    const ids = graph.map((node: { '@id': string }) => node['@id'])
    expect(ids.every((id: string) => !/[\s<>"]/u.test(id))).toBe(true)
  })
  test('FollowTheMoney: every id named is there, ids are plain, values are lists of text', () => {
    const entities = textOf('ftm', ALL).split('\n').slice(0, -1).map((line) => JSON.parse(line) as { id: string; schema: string; properties: Record<string, string[]> })
    const ids = new Set(entities.map(({ id }) => id))
    for (const { id, properties } of entities) {
      expect(id).toMatch(/^[\w-]+$/u)
      for (const name of ['involved', 'proof']) for (const other of properties[name] ?? []) expect(ids).toContain(other)
      for (const values of Object.values(properties)) expect(values.length > 0 && values.every((value) => typeof value === 'string' && value !== '')).toBe(true)
    }
    expect(entities.find(({ schema }) => schema === 'Person')?.properties).toEqual({ name: ['Vladimir Putin'], country: ['ru'], position: ['head-of-state'] })
    expect(new Set(entities.map(({ schema }) => schema))).toEqual(new Set(['Person', 'Event', 'Article', 'PublicBody', 'Organization', 'LegalEntity']))
  })
  test('calendar: lines of 75 octets, ends with carriage returns, entries only of what has a day', () => {
    const text = textOf('ics', ALL)
    const all = text.split('\r\n')
    expect(all.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n\u0000]/u.test(line))).toBe(true)
    expect([all[0], all.at(-2), all.at(-1)]).toEqual(['BEGIN:VCALENDAR', 'END:VCALENDAR', ''])
    const unfolded = text.replace(/\r\n /gu, '').split('\r\n')
    expect(unfolded.every((line) => /^[A-Z][A-Z-]*[:;]/u.test(line) || line === '')).toBe(true)
    expect(unfolded.filter((line) => line === 'BEGIN:VEVENT').length).toBe(HOSTILE.length + 6)
    expect(unfolded).toContain('X-READOUT-MANIFEST:{"readout":"test"}')
    expect(unfolded).toContain('DTEND;VALUE=DATE:20240303')
  })
  test('GraphML: edges between nodes that are there', () => {
    const text = textOf('graphml', ALL)
    expect(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/u.test(text)).toBe(false)
    const document = parseDocument(text, { xmlMode: true })
    const nodes = new Set<string>()
    let edges = 0
    const visit = (item: { name?: string; attribs?: Record<string, string>; children?: unknown[] }): void => {
      if (item.name === 'node') nodes.add(item.attribs?.['id'] ?? '')
      if (item.name === 'edge') {
        edges++
        expect(nodes).toContain(item.attribs?.['source'])
        expect(nodes).toContain(item.attribs?.['target'])
      }
      for (const child of item.children ?? []) visit(child as typeof item)
    }
    visit(document as never)
    expect(edges).toBeGreaterThan(HOSTILE.length)
    expect(text).not.toContain('<script')
  })
})

describe('Parquet', () => {
  const folder = mkdtempSync(join(tmpdir(), 'readout-parquet-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  test('DuckDB reads it, partitioned by month, with its types', async () => {
    const { DuckDBInstance } = await import('@duckdb/node-api')
    for (const [name, bytes] of exported('parquet', ALL)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), bytes)
    }
    const connection = await (await DuckDBInstance.create(':memory:')).connect()
    const ask = async (query: string): Promise<unknown[][]> => (await connection.runAndReadAll(query.replace('FILES', `read_parquet('${folder}/*/*.parquet', hive_partitioning = true)`))).getRowsJson() as unknown[][]
    expect(await ask('select month, count(*)::int from FILES group by 1 order by 1 nulls last')).toEqual([['2023-01', 2], ['2024-02', HOSTILE.length + 9], ['2024-03', 2], [null, 2]])
    const types = Object.fromEntries((await ask('describe select * from FILES')).map(([name, type]) => [name, type]))
    expect(types).toMatchObject({ event: 'VARCHAR', first_day: 'DATE', historical: 'BOOLEAN', confidence: 'DOUBLE', articles: 'INTEGER', cameo: 'VARCHAR' })
    expect(await ask("select min(first_day)::varchar, max(last_day)::varchar, round(sum(intensity), 1), count(distinct cameo)::int from FILES where type in ('CONSULT', 'PROTEST')")).toEqual([['2023-01-01', '2024-03-02', expect.any(Number), 3]])
    expect(await ask("select sources::json->0->>'outlet' from FILES where recipient_country = 'PRK' and actor = 'United Nations'")).toEqual([['Wire']])
    connection.closeSync()
  }, 60_000)
})

test('bodies above states and states themselves', () => {
  const [line] = lines(textOf('phoenix', codings([event({ actors: [UN], recipients: [state('KOS', 'Kosovo')], contexts: ['a,b;c'] })])))
  expect(cells(PHOENIX, line)).toMatchObject({ SourceActorFull: 'IGOUNO', SourceActorEntity: 'IGO', SourceActorRole: 'UNO', TargetActorFull: 'KSV', Month: '2', Day: '8', Issues: 'a b c,1', URLs: expect.stringContaining('https://wire.example/') })
})
