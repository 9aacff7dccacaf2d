/** The documents agree with the code: the schema file, the page about the record, the paths they name. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { SCHEMA_FILE, schemaText } from '../scripts/write-schema.ts'

const root = join(import.meta.dirname, '..')
const text = (path: string): string => readFileSync(join(root, path), 'utf8')

/** Names of all properties in a JSON Schema. */
function fieldsOf(schema: unknown): Set<string> {
  const out = new Set<string>()
  const visit = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return
    for (const [key, inner] of Object.entries(value)) {
      if (key === 'properties') for (const name of Object.keys(inner as object)) out.add(name)
      visit(inner)
    }
  }
  visit(schema)
  return out
}

test('docs/reading.schema.json is what scripts/write-schema.ts writes', () => {
  expect(readFileSync(SCHEMA_FILE, 'utf8')).toBe(schemaText())
})

describe('docs/record.md', () => {
  const record = text('docs/record.md')
  const named = new Set([...record.matchAll(/`([A-Za-z-]+)`/gu)].map((match) => match[1]))
  const schema = JSON.parse(schemaText())
  test.each([...fieldsOf(schema)])('tells what %s is', (field) => {
    expect(named).toContain(field)
  })
  test.each(Object.keys(schema.$defs))('has a part about %s', (name) => {
    expect(record).toContain(`\n## ${name}\n`)
  })
  test('names every type of event', () => {
    const types = [...text('ontology/types.yaml').matchAll(/^([A-Z]+):/gmu)].map((match) => match[1])
    expect(types.length).toBe(16)
    for (const type of types) expect(named).toContain(type)
  })
  test('names every notice code that the code can give', () => {
    const codes = sources('src').flatMap((file) => [...readFileSync(file, 'utf8').matchAll(/code: '([a-z-]+)', stage: '/gu)].map((match) => match[1]))
    expect(codes.length).toBeGreaterThan(10)
    for (const code of codes) expect(named).toContain(code)
  })
})

/** Source files below a folder, tests left out. */
function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts')).map((name) => join(root, folder, name))
}

const PAGES = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'examples/README.md', 'languages/PARSER-LICENCE.md', ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md')).map((name) => join('docs', name))]

describe.each(PAGES)('%s', (page) => {
  const content = text(page)
  test('links to files that are there', () => {
    const links = [...content.matchAll(/\]\((?!https?:)([^)#\s]+)/gu)].map((match) => match[1] ?? '')
    expect(links.filter((link) => !existsSync(join(root, dirname(page), link)))).toEqual([])
  })
  test('names paths that are there', () => {
    const paths = [...content.matchAll(/`((?:src|test|bench|scripts|docs|examples|languages|ontology|gazetteer)\/[\w./-]+)`/gu)].map((match) => match[1] ?? '')
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
