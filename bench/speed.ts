/** `npm run bench:speed`: throughput of `code`, start-up of `read`, memory, and how cost grows with length. Printed and written to docs/benchmarks.md. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { haveBench, ROOT, rows } from './data.ts'
import { writeSection } from './report.ts'
import { markdown, type Row } from './table.ts'

const MAIN = join(ROOT, 'dist', 'cli', 'main.js')
const quick = process.argv.includes('--quick')
const folder = mkdtempSync(join(tmpdir(), 'readout-speed-'))

interface Text { readonly text: string }

/** Sentences of the development sets, repeated until there are enough. */
function sentences(language: string, count: number): string[] {
  const texts = language === 'ar'
    ? [...rows<Text>('ar_detect.jsonl').map((row) => row.text), ...rows<{ sentences: string[] }>('ar_news.jsonl').flatMap((row) => row.sentences)]
    : [...rows<Text>('plv.jsonl').map((row) => row.text), ...rows<Text>('cameo_class.jsonl').map((row) => row.text), ...rows<Text>('aw.jsonl').map((row) => row.text)]
  return Array.from({ length: count }, (_, i) => texts[i % texts.length] ?? '')
}

interface Run { readonly seconds: number; readonly peakMb: number }

/** Runs the program and watches its memory. */
function run(args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
    let peak = 0
    const timer = setInterval(() => {
      const status = spawnSync('grep', ['VmHWM', `/proc/${child.pid}/status`], { encoding: 'utf8' }).stdout
      peak = Math.max(peak, Number(/(\d+)/u.exec(status)?.[1] ?? 0) / 1024)
    }, 250)
    child.on('error', reject)
    child.on('exit', (code) => {
      clearInterval(timer)
      if (code === 0) resolve({ seconds: (performance.now() - started) / 1000, peakMb: peak })
      else reject(new Error(`readout ${args.join(' ')} ended with ${code}`))
    })
  })
}

async function throughput(language: string, target: number): Promise<Row[]> {
  const few = quick ? 1000 : 2000
  const many = quick ? 4000 : 20_000
  const file = (name: string, count: number): string => {
    const path = join(folder, name)
    writeFileSync(path, sentences(language, count).map((text, i) => JSON.stringify({ id: i, text, language })).join('\n'))
    return path
  }
  const small = file(`${language}-few.jsonl`, few)
  const large = file(`${language}-many.jsonl`, many)
  const out: Row[] = []
  for (const workers of [1, 2]) {
    // Start-up and the first, cold sentences are taken off by the difference of two runs.
    const short = await run(['code', small, '--workers', String(workers)])
    const long = await run(['code', large, '--workers', String(workers)])
    const rate = (many - few) / Math.max(0.001, long.seconds - short.seconds)
    out.push({ set: `code, ${language}`, measure: `sentences a second, ${workers} ${workers === 1 ? 'worker' : 'workers'}`, n: many, value: Math.round(rate), ...(workers === 2 ? { target } : {}) })
    out.push({ set: `code, ${language}`, measure: `peak memory in MB, ${workers} ${workers === 1 ? 'worker' : 'workers'}`, n: many, value: Math.round(long.peakMb), target: 600 * workers, atMost: true })
  }
  return out
}

async function startUp(): Promise<Row> {
  const path = join(folder, 'short.txt')
  writeFileSync(path, 'The presidents of France and Germany met in Paris on 5 March 2024.')
  const times: number[] = []
  for (let i = 0; i < 5; i++) times.push((await run(['read', path])).seconds)
  return { set: 'read', measure: 'seconds for a short text, start-up included (median of 5)', n: 5, value: times.sort((a, b) => a - b)[2] ?? null, target: 1.5, atMost: true }
}

async function growth(): Promise<Row[]> {
  const out: Row[] = []
  const cases: readonly (readonly [string, (size: number) => string, string])[] = [
    ['article of short paragraphs', (size) => sentences('en', Math.ceil(size / 120)).join('\n\n').slice(0, size), 'txt'],
    ['one sentence without an end', (size) => sentences('en', Math.ceil(size / 120)).join(' ').replace(/[.!?]/gu, '').slice(0, size), 'txt'],
    ['nested elements', (size) => `<html><body>${'<div>'.repeat(size / 10)}text${'</div>'.repeat(size / 10)}</body></html>`, 'html'],
  ]
  for (const [what, make, ending] of cases) {
    const seconds: number[] = []
    const sizes = quick ? [60_000, 240_000] : [250_000, 1_000_000]
    for (const size of sizes) {
      const path = join(folder, `growth.${ending}`)
      writeFileSync(path, make(size))
      seconds.push((await run(['read', path, '--json'])).seconds)
    }
    out.push({ set: 'growth', measure: `${what}: seconds at ${sizes[1]} characters`, n: 1, value: Math.round((seconds[1] ?? 0) * 100) / 100 })
    out.push({ set: 'growth', measure: `${what}: times slower at four times the length`, n: 1, value: Math.round(((seconds[1] ?? 0) / (seconds[0] ?? 1)) * 100) / 100, target: 5, atMost: true })
  }
  return out
}

if (haveBench('bench:speed')) {
  try {
    const rowsOut = [...(await throughput('en', 1000)), ...(await throughput('ar', 600)), await startUp(), ...(await growth())]
    const table = `### Speed\n\nOn ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), Node ${process.versions.node}.\n\n${markdown(rowsOut)}\n`
    console.log(table)
    if (!quick) writeSection('speed', table)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
