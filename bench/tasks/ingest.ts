/** How many documents a second come into the record: texts out of JSON Lines, and pages in the fast way of reading, by the command people use. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { StoreOptions } from '../../src/store/index.ts'
import { BENCH, haveBench, ROOT, rows } from '../data.ts'
import type { Row } from '../table.ts'
import { peakMemory } from './child.ts'

const MAIN = join(ROOT, 'dist', 'cli', 'main.js')

interface Line { readonly doc: string; readonly seq: number; readonly text: string; readonly en: string }
interface Page { readonly file: string; readonly url: string | null }

/** Articles of the parallel news in all languages, each once. */
function articles(): { readonly language: string; readonly text: string }[] {
  const out = new Map<string, { language: string; lines: string[] }>()
  for (const set of ['ntrex', 'ntrex-other', 'wmt', 'newstest']) {
    for (const language of ['ar', 'es', 'fr', 'ru', 'vi', 'zh']) {
      if (!existsSync(join(BENCH, 'parallel', `${set}.${language}.jsonl`))) continue
      for (const line of rows<Line>('parallel', `${set}.${language}.jsonl`)) {
        for (const [code, text] of [[language, line.text], ['en', line.en]] as const) {
          const article = out.get(`${line.doc} ${code} ${code === 'en' ? language : ''}`) ?? { language: code, lines: [] }
          out.set(`${line.doc} ${code} ${code === 'en' ? language : ''}`, article)
          article.lines.push(text)
        }
      }
    }
  }
  const seen = new Set<string>()
  return [...out.values()].map(({ language, lines }) => ({ language, text: lines.join('\n\n') })).filter(({ text }) => !seen.has(text.slice(0, 200)) && seen.add(text.slice(0, 200)))
}

const dayOf = (at: number): string => new Date(Date.UTC(2022, 0, 1) + at * 86_400_000).toISOString().slice(0, 10)

interface Run { readonly seconds: number; readonly added: number; readonly peakMb: number }

function placeFlags(place: StoreOptions): string[] {
  return place.dir === undefined ? ['--db', place.url ?? ''] : ['--store', place.dir]
}

/** Runs `readout add` and watches its memory. */
function add(args: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const child = spawn(process.execPath, [MAIN, 'add', ...args, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] })
    let out = ''
    let peakMb = 0
    child.stdout.on('data', (chunk: Buffer) => { out += chunk.toString() })
    const watch = setInterval(() => { try { peakMb = Math.max(peakMb, peakMemory(child.pid)) } catch { clearInterval(watch) } }, 200)
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(watch)
      if (code === 0) resolve({ seconds: (performance.now() - start) / 1000, added: (JSON.parse(out) as { added: number }).added, peakMb })
      else reject(new Error(`readout add ended with ${code}`))
    })
  })
}

const rate = (value: number): number => Math.round(value * 10) / 10

/** Throughput of `add` into one place. Into PostgreSQL two processes add at once, each a half. */
export async function measureIngest(place: StoreOptions, engine: string, quick: boolean, scratch: string): Promise<Row[]> {
  if (!haveBench('bench:record, ingest')) return []
  const most = quick ? 200 : 4000
  const texts = articles()
  // Each article is told in several years, far enough apart to be news of its own.
  const lines = Array.from({ length: most }, (_, at) => { const { text, language } = texts[at % texts.length] as { text: string; language: string }; return JSON.stringify({ id: `t${at}`, text, language, url: `https://made.example/${at}`, published: dayOf(Math.floor(at / texts.length) * 40 + ((at * 7) % 30)) }) })
  const pages = rows<Page>('pages', 'index.jsonl')
  const folder = join(scratch, `pages-${engine}`)
  mkdirSync(folder, { recursive: true })
  const htmls = Array.from({ length: quick ? 40 : 780 }, (_, at) => {
    const page = pages[at % pages.length] as Page
    const bytes = readFileSync(join(BENCH, 'pages', page.file))
    const file = join(folder, `${String(at).padStart(4, '0')}.html`)
    // A later round of the same pages is other bytes.
    writeFileSync(file, Buffer.concat([page.file.endsWith('.gz') ? gunzipSync(bytes) : bytes, Buffer.from(`\n<!-- round ${Math.floor(at / pages.length)} -->`)]))
    return file
  })
  const file = (name: string, some: readonly string[]): string => { const path = join(scratch, name); writeFileSync(path, some.join('\n')); return path }
  const flags = placeFlags(place)
  // Start-up, the first partitions and the first words of each language are paid once: a short run pays them.
  await add([file('first.jsonl', lines.slice(0, 40).map((line) => line.replace('made.example', 'first.example'))), ...flags])
  const half = (list: readonly string[], at: 0 | 1): readonly string[] => list.filter((_, index) => index % 2 === at)
  const out: Row[] = []
  const run = async (what: string, target: number, argumentsOf: (at: 0 | 1 | null) => readonly string[]): Promise<void> => {
    const started = performance.now()
    const runs = await Promise.all(place.dir === undefined ? [add([...argumentsOf(0), ...flags, '--workers', '1']), add([...argumentsOf(1), ...flags, '--workers', '1'])] : [add([...argumentsOf(null), ...flags])])
    const seconds = (performance.now() - started) / 1000
    const added = runs.reduce((sum, each) => sum + each.added, 0)
    out.push({ set: `${engine}${place.dir === undefined ? ', two processes' : ''}`, measure: `${what} a second, joined, start-up included`, n: added, value: rate(added / seconds), target })
    out.push({ set: engine, measure: `${what}: peak memory in MB${place.dir === undefined ? ' of each' : ''}`, n: added, value: Math.max(...runs.map(({ peakMb }) => peakMb)) })
  }
  await run('articles from JSON Lines', 100, (at) => [file(`texts${at ?? ''}.jsonl`, at === null ? lines : half(lines, at))])
  await run('HTML pages, fast mode', 40, (at) => [...(at === null ? htmls : half(htmls, at)), '--fast'])
  return out
}
