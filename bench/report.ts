/** Writing figures into docs/benchmarks.md: each command replaces its own part and leaves the rest. The same as data for the desk's quality page. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './data.ts'
import type { Row } from './table.ts'

const FILE = join(ROOT, 'docs', 'benchmarks.md')
const HEAD = '# Benchmarks\n\nWritten by `npm run bench:quality`, `npm run bench:speed` and `npm run bench:record`; not edited by hand. The sets are described in the development data\'s own README; figures of others are theirs, on the other half of a set unless said otherwise.\n'

/** Replaces the part between the marks of `name`, or adds it at the end. */
export function writeSection(name: string, body: string): void {
  const start = `<!-- ${name} -->`
  const end = `<!-- /${name} -->`
  const text = existsSync(FILE) ? readFileSync(FILE, 'utf8') : HEAD
  const part = `${start}\n${body.trim()}\n${end}`
  const from = text.indexOf(start)
  const to = text.indexOf(end)
  writeFileSync(FILE, from >= 0 && to > from ? `${text.slice(0, from)}${part}${text.slice(to + end.length)}` : `${text.trimEnd()}\n\n${part}\n`)
}

const DATA = join(ROOT, 'docs', 'benchmarks.json')
const LANGUAGES: readonly string[] = readdirSync(join(ROOT, 'languages')).filter((name) => /^[a-z]{2,3}$/u.test(name))
/** The code of a language as a word of a set or a measure, with what parts it from the rest. */
const CODE = new RegExp(`^(${LANGUAGES.join('|')})[:_]\\s*| lang ([a-z]{2})$|,?[ _](${LANGUAGES.join('|')})$`, 'u')

/** A row as data: the language it is of stands beside its names, not in them, so that one measure can be followed through the languages. */
export function figureOf(row: Row): Readonly<Record<string, unknown>> {
  const found = CODE.exec(row.measure) ?? CODE.exec(row.set)
  const bare = (text: string): string => text.replace(CODE, '') || text
  return {
    set: bare(row.set), measure: bare(row.measure), language: row.language ?? found?.[1] ?? found?.[2] ?? found?.[3] ?? null, n: row.n, value: row.value === null ? null : Number(row.value.toFixed(3)),
    target: row.target ?? null, atMost: row.atMost === true, anchor: row.anchor || null,
  }
}

/** Writes all quality figures as data. */
export function writeFigures(parts: readonly { readonly name: string; readonly title: string; readonly rows: readonly Row[] }[]): void {
  const text = parts.map(({ name, title, rows }) => `  { "name": ${JSON.stringify(name)}, "title": ${JSON.stringify(title)}, "rows": [\n${rows.map((row) => `    ${JSON.stringify(figureOf(row))}`).join(',\n')}\n  ] }`).join(',\n')
  writeFileSync(DATA, `{ "parts": [\n${text}\n] }\n`)
}
