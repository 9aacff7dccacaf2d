/** The story's blocks out of a page: what Readability and Defuddle both keep, with fallbacks. Loads its libraries at first use. */
import { documents } from './dom.ts'
import { type Block, blocksOf } from './scan.ts'
import { isProse } from './sift.ts'

/** Shares of Readability's text; measured on the development pages. */
const COMMON_SHARE = 0.4
const DATA_SHARE = 0.5
const TOO_SHORT = 100
const DATA_LENGTH = 400

export interface PageFacts { readonly title: string | null; readonly byline: string | null; readonly published: string | null; readonly site: string | null }

export interface Extracted {
  readonly blocks: readonly Block[]
  readonly how: 'both' | 'readability' | 'defuddle' | 'data' | 'none'
  readonly readability: PageFacts | null
  readonly defuddle: PageFacts | null
}

async function libraries() {
  const [parse5, readability] = await Promise.all([import('parse5'), import('@mozilla/readability')])
  return { parse5, linkedom: documents(), Readability: readability.Readability }
}
let loaded: ReturnType<typeof libraries> | null = null
function heavy(): ReturnType<typeof libraries> {
  loaded ??= libraries()
  return loaded
}

const letters = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')
const length = (blocks: readonly Block[]): number => blocks.reduce((sum, block) => sum + block.text.length, 0)
const clean = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.replace(/\s+/gu, ' ').trim() : null)

interface Node5 { nodeName: string; childNodes?: Node5[]; attrs?: { name: string; value: string }[] }

/** Takes out of a tree every node that is not wanted, with all below it. */
function prune(root: Node5, wanted: (node: Node5) => boolean): void {
  const open = [root]
  for (let node = open.pop(); node; node = open.pop()) {
    if (!node.childNodes) continue
    if (!node.childNodes.every(wanted)) node.childNodes = node.childNodes.filter(wanted)
    open.push(...node.childNodes)
  }
}

/** What Readability throws away before it looks. */
const UNREAD = new Set(['#comment', 'script', 'style', 'noscript'])
/** The attributes by which Readability judges an element; a picture is judged by all it has. */
const JUDGED = new Set('id class style hidden role rel itemprop property name content href src type lang dir alt aria-hidden aria-modal datetime summary datatable rowspan colspan'.split(' '))
const isData = (node: Node5): boolean => node.nodeName === 'script' && (node.attrs ?? []).some((attribute) => attribute.name === 'type' && attribute.value === 'application/ld+json')

interface Standard {
  /** The page as parsed by the standard, without templates: their content would otherwise count as part of it. */
  readonly whole: string
  /** The same with only what Readability looks at. */
  readonly bare: string
}

/** Parses by the standard and writes the page anew; `whole` is empty where it is not asked for. */
async function standardise(html: string, whole: boolean): Promise<Standard> {
  const { parse5 } = await heavy()
  const document = parse5.parse(html)
  prune(document as Node5, (node) => node.nodeName !== 'template')
  const full = whole ? parse5.serialize(document) : ''
  prune(document as Node5, (node) => {
    if (node.attrs && node.nodeName !== 'img') node.attrs = node.attrs.filter((attribute) => JUDGED.has(attribute.name))
    return !UNREAD.has(node.nodeName) || isData(node)
  })
  return { whole: full, bare: parse5.serialize(document) }
}

async function byReadability(html: string): Promise<{ blocks: Block[]; facts: PageFacts } | null> {
  const { linkedom, Readability } = await heavy()
  try {
    const { document } = linkedom.parseHTML(html)
    const result = quietly(() => new Readability(document as never, { charThreshold: 500, serializer: (node) => (node as unknown as { innerHTML: string }).innerHTML }).parse())
    if (!result) return null
    return { blocks: blocksOf(result.content ?? ''), facts: { title: clean(result.title), byline: clean(result.byline), published: clean(result.publishedTime), site: clean(result.siteName) } }
  } catch {
    return null
  }
}

/** Runs a synchronous call without its talk on the console: the library prints every oddity of a page there. */
function quietly<T>(call: () => T): T {
  const { error, warn, log } = console
  const silent = (): void => {}
  Object.assign(console, { error: silent, warn: silent, log: silent })
  try {
    return call()
  } finally {
    Object.assign(console, { error, warn, log })
  }
}

const absolute = (url: string | null): string => (url !== null && URL.canParse(url) ? url : 'about:blank')

async function byDefuddle(html: string, url: string | null): Promise<{ blocks: Block[]; facts: PageFacts } | null> {
  const { linkedom } = await heavy()
  const { DefuddleClass } = await import('defuddle/node')
  try {
    const { document } = linkedom.parseHTML(html)
    const result = quietly(() => new DefuddleClass(document as never, { url: absolute(url), useAsync: false }).parse())
    return { blocks: blocksOf(result.content), facts: { title: clean(result.title), byline: clean(result.author), published: clean(result.published), site: clean(result.site) } }
  } catch {
    return null
  }
}

export interface ExtractOptions {
  readonly url: string | null
  /** Readability alone. */
  readonly fast: boolean
  /** The story's text as the page's own data gives it. */
  readonly articleBody: string | null
}

/** Runs the extractors over a page and keeps the blocks both keep. */
export async function extract(html: string, options: ExtractOptions): Promise<Extracted> {
  const { whole, bare } = await standardise(html, !options.fast)
  const first = await byReadability(bare)
  const second = options.fast ? null : await byDefuddle(whole, options.url)
  const mine = first?.blocks ?? []
  const other = second?.blocks ?? []
  const facts = { readability: first?.facts ?? null, defuddle: second?.facts ?? null }
  const body = options.articleBody
  if (body !== null && body.length > DATA_LENGTH && length(mine) < body.length * DATA_SHARE) {
    return { blocks: body.split(/\n+/u).map((text) => text.trim()).filter((text) => text !== '').map((text) => ({ text, tag: 'p', links: 0, main: true, aside: false })), how: 'data', ...facts }
  }
  if (length(mine) < TOO_SHORT) return length(other) > length(mine) ? { blocks: other, how: 'defuddle', ...facts } : { blocks: mine, how: mine.length > 0 ? 'readability' : 'none', ...facts }
  if (length(other) < TOO_SHORT) return { blocks: mine, how: 'readability', ...facts }
  const kept = letters(other.map((block) => block.text).join(' '))
  const common = mine.filter((block) => {
    const key = letters(block.text)
    return key !== '' && kept.includes(key)
  })
  const ends = [mine.indexOf(common[0] as Block), mine.indexOf(common[common.length - 1] as Block)]
  const filled = mine.filter((block, at) => common.includes(block) || (at > (ends[0] ?? 0) && at < (ends[1] ?? 0) && block.links < 0.5 && isProse(block.text)))
  if (length(common) < length(mine) * COMMON_SHARE) return length(other) > length(mine) ? { blocks: other, how: 'defuddle', ...facts } : { blocks: mine, how: 'readability', ...facts }
  return { blocks: filled, how: 'both', ...facts }
}
