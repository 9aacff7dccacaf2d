/** House rules over src/: who may import whom, no cycles, effects only at the edge, no word of a language in the code. Exits 1 with a list. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const SRC = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')

/** Layer -> layers it may import. Files directly in src/ are the layer `top`. */
const MAY: Readonly<Record<string, readonly string[]>> = {
  model: [],
  text: ['model', 'knowledge'],
  events: ['model', 'text'],
  knowledge: ['model', 'text'],
  page: ['model', 'text', 'knowledge'],
  parse: ['model', 'text', 'knowledge'],
  mentions: ['model', 'text', 'knowledge'],
  reports: ['model', 'text', 'knowledge'],
  render: ['model', 'text', 'knowledge'],
  store: ['model', 'text'],
  export: ['model', 'text', 'knowledge'],
  import: ['model', 'text', 'knowledge', 'export'],
  ingest: ['model', 'text', 'store', 'top'],
  alerts: ['model', 'text', 'store', 'top'],
  top: ['model', 'text', 'knowledge', 'page', 'parse', 'mentions', 'reports', 'events', 'render', 'store', 'ingest', 'alerts', 'top'],
  api: ['model', 'text', 'knowledge', 'events', 'render', 'store', 'ingest', 'export', 'alerts', 'top'],
  client: ['api'],
  mcp: ['model', 'text', 'knowledge', 'events', 'render', 'store', 'top', 'api'],
  web: ['model', 'text', 'knowledge', 'events', 'render', 'store', 'alerts', 'top', 'api', 'mcp'],
  cli: ['alerts', 'model', 'text', 'knowledge', 'page', 'parse', 'mentions', 'reports', 'events', 'render', 'store', 'ingest', 'top', 'export', 'import', 'api', 'mcp', 'web', 'cli'],
}
const PURE = new Set(['model', 'text', 'page', 'parse', 'mentions', 'reports', 'events', 'render', 'export', 'import'])
const EFFECTS = /(?:from '(?:node:)?(?:fs|child_process|net|http|https|process|worker_threads)(?:\/promises)?')|\bprocess\.|\bDate\.now\(|\bnew Date\(\)|\bfetch\(|\bMath\.random\(/u
const SCRIPT = /[\p{Script=Arabic}\p{Script=Cyrillic}\p{Script=Han}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Devanagari}]|[\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff]/u
/** Punctuation of other scripts is not a word. */
const PUNCTUATION = /[،؛؟۔٫٬。，、；：！？（）「」『』【】《》٪·]/gu

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name)) : entry.name.endsWith('.ts') ? [join(folder, entry.name)] : []))
}

const layerOf = (file: string): string => {
  const parts = relative(SRC, file).split('/')
  return parts.length === 1 ? 'top' : (parts[0] ?? 'top')
}

const problems: string[] = []
const graph = new Map<string, string[]>()
const all = files(SRC)
for (const file of all) {
  const name = relative(join(SRC, '..'), file)
  const source = readFileSync(file, 'utf8')
  const isTest = file.endsWith('.test.ts')
  const layer = layerOf(file)
  const edges: string[] = []
  for (const match of source.matchAll(/^(?:import|export)\s+(type\s+)?[^;]*?from '(\.[^']+)'|import\('(\.[^']+)'\)/gmu)) {
    const target = join(dirname(file), match[2] ?? match[3] ?? '')
    const to = layerOf(target)
    if (!all.includes(target)) continue
    if (!isTest) {
      if (to !== layer && !(MAY[layer] ?? []).includes(to)) problems.push(`${name}: '${layer}' may not import '${to}' (${match[2] ?? match[3]})`)
      if (layer === 'text' && to === 'knowledge' && match[1] === undefined) problems.push(`${name}: 'text' may import only types from 'knowledge' (${match[2]})`)
      if (match[1] === undefined) edges.push(target)
    }
  }
  graph.set(file, edges)
  if (isTest) continue
  source.split('\n').forEach((line, index) => {
    if (PURE.has(layer) && EFFECTS.test(line) && !/^\s*(?:\/\/|\*|\/\*\*)/u.test(line)) problems.push(`${name}:${index + 1}: effects (files, network, clock, process) do not belong in '${layer}'`)
    if (SCRIPT.test(line.replace(PUNCTUATION, ''))) problems.push(`${name}:${index + 1}: a word of a language in the code; it belongs in languages/`)
    if (/\blanguage\s*[!=]==?\s*['"`]\p{L}{2,3}['"`]/u.test(line) && !/'und'/u.test(line)) problems.push(`${name}:${index + 1}: the code asks which language it is; let the language's tables answer`)
  })
  const lines = source.split('\n').length
  if (lines > 500) problems.push(`${name}: ${lines} lines; split it`)
}

const state = new Map<string, 'open' | 'done'>()
const path: string[] = []
function visit(file: string): void {
  if (state.get(file) === 'done') return
  if (state.get(file) === 'open') {
    problems.push(`cycle: ${[...path.slice(path.indexOf(file)), file].map((item) => relative(SRC, item)).join(' -> ')}`)
    return
  }
  state.set(file, 'open')
  path.push(file)
  for (const next of graph.get(file) ?? []) visit(next)
  path.pop()
  state.set(file, 'done')
}
for (const file of all) visit(file)

for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? `house rules: ${all.length} files, all kept` : `house rules: ${problems.length} broken`)
process.exit(problems.length === 0 ? 0 : 1)
