/**
 * `npm run bench:load`: readers at the desk while articles come in. Fifty read the views, each with a pause between, and twenty articles a second are given to the API; afterwards every article must be there,
 * nothing may have failed, and memory must not have grown from the middle of the time to its end. Then each view is opened in Chromium: when something is painted, how heavy it is.
 * `--quick` takes 20 seconds; `--seconds=`, `--readers=`, `--rate=`, `--pause=` (seconds a reader looks at a page); `--store=FOLDER` or `--db=ADDRESS` reads an existing record, else one of samples is made.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { cpus, loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './data.ts'
import { createRandom } from '../scripts/train/perceptron.ts'
import { writeSection } from './report.ts'
import { markdown, type Row } from './table.ts'
import { timesOf } from './tasks/size.ts'

const MAIN = join(ROOT, 'dist', 'cli', 'main.js')
const argument = (name: string): string | undefined => process.argv.find((value) => value.startsWith(`--${name}=`))?.slice(name.length + 3)
const quick = process.argv.includes('--quick')
const seconds = Number(argument('seconds') ?? (quick ? 20 : 600))
const readers = Number(argument('readers') ?? 50)
const rate = Number(argument('rate') ?? 20)
const pauseMs = Number(argument('pause') ?? 5) * 1000
const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find((path) => existsSync(path))

const LEADERS = ['Russian President Vladimir Putin', 'Chinese President Xi Jinping', 'French President Emmanuel Macron', 'Turkish President Recep Tayyip Erdogan', 'Egyptian President Abdel Fattah el-Sisi', 'Indian Prime Minister Narendra Modi']
const DEEDS = ['held a telephone call with', 'met', 'accused', 'promised aid to', 'signed an agreement with', 'condemned']
const TOPICS = ['trade', 'grain', 'gas', 'visas', 'drones', 'fishing', 'debt', 'rail links', 'the border', 'prisoners', 'satellites', 'tariffs', 'ports', 'students', 'vaccines', 'water']

/** An article of the length of a wire report; each is another. */
function article(number: number): { readonly text: string; readonly day: string } {
  const random = createRandom(number * 7 + 3)
  const one = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? ''
  const day = new Date(Date.UTC(2024, 0, 1) + Math.floor(random() * 700) * 86_400_000).toISOString().slice(0, 10)
  return { day, text: `${one(LEADERS)} ${one(DEEDS)} ${one(LEADERS)} on ${day}, a spokesman said in statement ${number}.\n\n${Array.from({ length: 14 }, () => `They spoke of ${one(TOPICS)} and ${one(TOPICS)} for ${Math.floor(random() * 90) + 2} minutes.`).join(' ')}` }
}

const memoryOf = (pid: number): number => Math.round(Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024)
const sleep = (ms: number): Promise<void> => new Promise((resolve) => { setTimeout(resolve, ms) })

function run(args: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`readout ${args[0]} ended with ${code}`))))
  })
}

interface Served { readonly url: string; readonly pid: number; stop(): Promise<number | null> }

function serve(place: readonly string[]): Promise<Served> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0', ...place], { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, READOUT_LOG: process.env['READOUT_LOG'] ?? 'warn' } })
    const gone = new Promise<number | null>((done) => child.on('exit', done))
    let out = ''
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      const url = /at (http\S+)/u.exec(out)?.[1]
      if (url !== undefined) resolve({ url, pid: child.pid ?? 0, stop: () => { child.kill('SIGTERM'); return gone } })
    })
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)))
  })
}

async function listed<T>(base: string, path: string): Promise<T> {
  const answer = await fetch(new URL(path, base))
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}`)
  return answer.json() as Promise<T>
}

/** Addresses people open. */
async function views(base: string): Promise<Record<string, string>> {
  const { events } = await listed<{ events: { id: string }[] }>(base, '/api/events?limit=20')
  const { articles } = await listed<{ articles: { id: string }[] }>(base, '/api/articles?limit=20')
  return {
    relationships: '/', relationship: '/relations/RUS-CHN', 'one state': '/relations/RUS', events: '/events', event: `/events/${events[0]?.id}`, articles: '/articles', article: `/articles/${articles[0]?.id}`, search: '/search?q=Putin', 'search in Chinese': `/search?q=${encodeURIComponent('普京')}`,
    person: '/actors/person:vladimir-putin', problems: '/problems', add: '/add',
  }
}

async function load(base: string, pid: number): Promise<Row[]> {
  const paths = Object.values(await views(base))
  const until = performance.now() + seconds * 1000
  const times: number[] = []
  const faults: string[] = []
  const given: string[] = []
  const memory: number[] = []
  const late: number[] = []
  const watch = setInterval(() => memory.push(memoryOf(pid)), 1000)
  const read = async (reader: number): Promise<void> => {
    const random = createRandom(reader + 1)
    await sleep(random() * pauseMs)
    while (performance.now() < until) {
      const path = paths[Math.floor(random() * paths.length)] ?? '/'
      const start = performance.now()
      try {
        const answer = await fetch(new URL(path, base), { headers: { 'accept-language': ['en', 'ar', 'zh', 'ru'][reader % 4] ?? 'en' } })
        await answer.text()
        if (answer.status !== 200) faults.push(`${path} answered ${answer.status}`)
        times.push(performance.now() - start)
      } catch (error) {
        faults.push(`${path}: ${error instanceof Error ? error.message : String(error)}`)
      }
      await sleep(pauseMs * (0.5 + random()))
    }
  }
  const open = new Set<Promise<void>>()
  const give = async (number: number): Promise<void> => {
    const { text, day } = article(number)
    const start = performance.now()
    try {
      const answer = await fetch(new URL(`/api/articles?url=${encodeURIComponent(`https://load.example/${process.pid}/${number}`)}&published=${day}`, base), { method: 'POST', headers: { 'content-type': 'text/plain' }, body: text })
      const sum = await answer.json() as { articles?: string[]; detail?: string }
      if (answer.status !== 200 || sum.articles?.length !== 1) faults.push(`article ${number}: ${answer.status} ${sum.detail ?? ''}`)
      else given.push(sum.articles[0] ?? '')
      late.push(performance.now() - start)
    } catch (error) {
      faults.push(`article ${number}: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  const feed = async (): Promise<void> => {
    const began = performance.now()
    for (let number = 0; performance.now() < until; number++) {
      await sleep(began + (number * 1000) / rate - performance.now())
      const job = give(number)
      open.add(job)
      void job.finally(() => open.delete(job))
    }
    await Promise.all(open)
  }
  const began = performance.now()
  await Promise.all([feed(), ...Array.from({ length: readers }, (_, reader) => read(reader))])
  const took = (performance.now() - began) / 1000
  clearInterval(watch)
  const lost: string[] = []
  for (const id of given) if (!(await fetch(new URL(`/api/articles/${id}`, base))).ok) lost.push(id)
  for (const fault of [...new Set(faults)].slice(0, 10)) console.error(fault)
  const mean = (list: readonly number[]): number => Math.round(list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length))
  const third = Math.floor(memory.length / 3)
  const [middle, end] = [mean(memory.slice(third, 2 * third)), mean(memory.slice(-third))]
  const [pages, posts] = [timesOf(times), timesOf(late)]
  return [
    { set: 'load', measure: `pages read by ${readers} readers: errors`, n: times.length, value: faults.length, target: 0, atMost: true },
    { set: 'load', measure: `page: p95 in ms (half within ${pages.p50}, all within ${pages.most})`, n: times.length, value: pages.p95 },
    { set: 'load', measure: `articles taken a second, of ${rate} given`, n: given.length, value: Math.round((given.length / took) * 10) / 10, target: rate * 0.95 },
    { set: 'load', measure: `article read, kept and joined: p95 in ms (half within ${posts.p50}, all within ${posts.most})`, n: late.length, value: posts.p95 },
    { set: 'load', measure: 'articles lost', n: given.length, value: lost.length, target: 0, atMost: true },
    { set: 'load', measure: `memory in the last third against the middle third, MB (${middle} to ${end}, at most ${Math.max(...memory)})`, n: memory.length, value: end - middle, target: Math.max(20, Math.round(middle * 0.05)), atMost: true },
  ]
}

interface Painted { readonly paint: number; readonly weight: number; readonly scripts: number }

async function paint(base: string): Promise<Row[]> {
  if (CHROMIUM === undefined) {
    console.error('bench:load: pages are not painted, because Chromium is not installed')
    return []
  }
  const { chromium } = await import('playwright-core')
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  try {
    const out: Row[] = []
    for (const [name, path] of Object.entries(await views(base))) {
      const all: Painted[] = []
      for (let round = 0; round < (quick ? 2 : 5); round++) {
        const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
        const page = await context.newPage()
        await page.goto(new URL(path, base).href, { waitUntil: 'load' })
        // The page's policy forbids what waits for a condition by evaluating text inside it.
        await page.evaluate(`new Promise((done) => new PerformanceObserver((list) => { if (list.getEntriesByName('first-contentful-paint').length > 0) done(null) }).observe({ type: 'paint', buffered: true }))`)
        all.push(await page.evaluate(`(() => {
          const files = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
          const weigh = (list) => list.reduce((sum, file) => sum + file.encodedBodySize, 0)
          return { paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, weight: weigh(files), scripts: weigh(files.filter((file) => file.initiatorType === 'script')) }
        })()`))
        await context.close()
      }
      const [half] = [...all].sort((a, b) => a.paint - b.paint).slice(Math.floor(all.length / 2))
      out.push({ set: `page: ${name}`, measure: 'ms to the first paint, the half of them', n: all.length, value: Math.round(half?.paint ?? 0), target: 500, atMost: true })
      out.push({ set: `page: ${name}`, measure: 'kB compressed, with all it loads', n: all.length, value: Math.round(Math.max(...all.map(({ weight }) => weight)) / 100) / 10, target: 150, atMost: true })
      out.push({ set: `page: ${name}`, measure: 'kB of scripts, compressed', n: all.length, value: Math.round(Math.max(...all.map(({ scripts }) => scripts)) / 100) / 10, target: 40, atMost: true })
    }
    return out
  } finally {
    await browser.close()
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'readout-load-'))
try {
  const [store, db] = [argument('store'), argument('db')]
  const place = db !== undefined ? ['--db', db] : ['--store', store ?? join(scratch, 'record')]
  if (store === undefined && db === undefined) await run(['add', join(ROOT, 'examples', 'articles'), ...place])
  const server = await serve(place)
  try {
    await listed(server.url, '/api/relations')
    const painted = await paint(server.url)
    const rows = [...(await load(server.url, server.pid)), ...painted]
    const table = `### Under load\n\n${readers} readers, a page every ${pauseMs / 1000} seconds each, and ${rate} articles a second, for ${seconds} seconds, on ${db !== undefined ? 'PostgreSQL' : 'the embedded store'}; ${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), shared with the readers; load of the machine at the end ${loadavg()[0]?.toFixed(1)}.\n\n${markdown(rows)}\n`
    console.log(table)
    if (!quick) writeSection(db === undefined ? 'load-embedded' : 'load', table)
  } finally {
    const code = await server.stop()
    if (code !== 0) {
      console.error(`the server ended with ${code}`)
      process.exitCode = 1
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true })
}
