/** Writing figures into docs/benchmarks.md: each command replaces its own part and leaves the rest. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './data.ts'

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
