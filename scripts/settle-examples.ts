/**
 * `tsx scripts/settle-examples.ts`: reads the sample articles and drops the mark "open" from what has become right in `examples/expected/`.
 * Marks nothing by itself: what is wrong without a mark is listed, and the exit code is 1. `--mark REASON` marks that too.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createReader } from '../src/reader.ts'
import { articleNames, articlePage, expectedFile, judge, readExpected, type Verdict } from '../test/support/examples.ts'

const at = process.argv.indexOf('--mark')
const reason = at >= 0 ? process.argv[at + 1] : undefined
const reader = createReader({ pageTimeoutMs: 120_000 })
let wrong = 0
let right = 0
for (const name of articleNames()) {
  const verdicts = judge(readExpected(name), await reader.read(articlePage(name)))
  right += verdicts.filter((verdict) => verdict.right).length
  wrong += verdicts.filter((verdict) => !verdict.right).length
  const text = readFileSync(expectedFile(name), 'utf8')
  let changed = text
  for (const verdict of verdicts) {
    if (verdict.right && verdict.open !== undefined) changed = drop(changed, verdict)
    else if (!verdict.right && verdict.open === undefined) {
      console.log(`${name}  ${verdict.what}: ${verdict.say}${reason === undefined ? '' : '  marked open'}`)
      if (reason === undefined) process.exitCode = 1
      else changed = mark(changed, verdict, reason)
    }
  }
  if (changed !== text) writeFileSync(expectedFile(name), changed)
}
await reader.close()
console.log(`${right} of ${right + wrong} expectations hold`)

/** The beginning of the line, or of the part of a line, that says what a verdict is about. */
function lead({ what, say }: Verdict): string {
  return `{ "${what === 'figure' ? 'measure' : what === 'unsaid' ? 'contains' : 'say'}": ${JSON.stringify(say)}`
}

function drop(text: string, verdict: Verdict): string {
  if (verdict.what === 'article') return text.replace(/, "open": \[[^\]]*\](?=\s*\},?\s*"atMost")/u, (found) => listed(found.match(/"([^"]+)"/gu)?.slice(1).map((item) => item.slice(1, -1)).filter((item) => item !== verdict.say) ?? []))
  return text.split('\n').map((line) => (line.includes(lead(verdict)) ? edit(line, lead(verdict), (entry) => entry.replace(/, "open": "(?:[^"\\]|\\.)*"/u, '')) : line)).join('\n')
}

function mark(text: string, verdict: Verdict, why: string): string {
  if (verdict.what === 'article') {
    if (/, "open": \[/u.test(text)) return text.replace(/, "open": \[([^\]]*)\](?=\s*\},?\s*"atMost")/u, (_, inner: string) => `, "open": [${inner}, ${JSON.stringify(verdict.say)}]`)
    return text.replace(/("furniture": \[[^\]]*\])/u, (found) => `${found}, "open": [${JSON.stringify(verdict.say)}]`)
  }
  return text.split('\n').map((line) => (line.includes(lead(verdict)) ? edit(line, lead(verdict), (entry) => entry.replace(/ \}$/u, `, "open": ${JSON.stringify(why)} }`)) : line)).join('\n')
}

/** Changes the one entry of a line that begins with `lead`. */
function edit(line: string, begin: string, change: (entry: string) => string): string {
  const from = line.indexOf(begin)
  const to = line.indexOf(' }', from) + 2
  return `${line.slice(0, from)}${change(line.slice(from, to))}${line.slice(to)}`
}

function listed(fields: readonly string[]): string {
  return fields.length === 0 ? '' : `, "open": [${fields.map((field) => JSON.stringify(field)).join(', ')}]`
}
