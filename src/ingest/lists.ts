/** Addresses out of lists: RSS, Atom, RDF and JSON feeds, OPML, sitemaps, GDELT's files and answers. */
import { inflateRawSync } from 'node:zlib'
import type { Link } from './document.ts'

export type ListKind = 'feed' | 'opml' | 'sitemap' | 'gdelt'

/** What a list gives: pages to fetch, and further lists. */
export interface Listed { readonly links: readonly Link[]; readonly lists: readonly string[]; readonly title: string | null }

const MOST = 100_000
const MOST_UNPACKED = 256 * 1024 * 1024

/** The day a list gives, in the time zone it was written in; null when it cannot be read. */
export function listedDay(text: string | null | undefined): string | null {
  const iso = /^\s*(\d{4}-\d{2}-\d{2})/u.exec(text ?? '')?.[1]
  const compact = /^\s*(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?\s*$/u.exec(text ?? '')
  const mail = /(\d{1,2})\s+([A-Za-z]{3})[a-z]*\s+(\d{4})/u.exec(text ?? '')
  const day = iso ?? (compact ? `${compact[1]}-${compact[2]}-${compact[3]}` : mail ? `${mail[1]} ${mail[2]} ${mail[3]} 00:00 UTC` : null)
  const time = day === null ? Number.NaN : Date.parse(day)
  return Number.isNaN(time) ? null : new Date(time).toISOString().slice(0, 10)
}

/** An absolute http(s) address without its fragment; null for anything else. */
export function webAddress(href: string | null | undefined, base: string | null): string | null {
  try {
    const url = base === null ? new URL(href ?? '') : new URL(href ?? '', base)
    url.hash = ''
    return /^https?:$/u.test(url.protocol) && (href ?? '').trim() !== '' ? url.href : null
  } catch {
    return null
  }
}

function unique(links: readonly (Link | null)[]): Link[] {
  const seen = new Map<string, Link>()
  for (const link of links) if (link && !seen.has(link.url) && seen.size < MOST) seen.set(link.url, link)
  return [...seen.values()]
}

interface Outline { readonly xmlUrl?: string | undefined; readonly outlines?: readonly Outline[] | undefined }

const outlinesBelow = (outlines: readonly Outline[]): string[] => outlines.flatMap((outline) => [...(outline.xmlUrl === undefined ? [] : [outline.xmlUrl]), ...outlinesBelow(outline.outlines ?? [])])

async function readFeed(text: string, base: string | null): Promise<Listed> {
  const { parseFeed } = await import('feedsmith')
  const parsed = parseFeed(text)
  const link = (href: string | null | undefined, listed: string | null | undefined, title: string | null | undefined): Link | null => {
    const url = webAddress(href, base)
    return url === null ? null : { url, listed: listedDay(listed), title: title ?? null }
  }
  if (parsed.format === 'atom') {
    const home = parsed.feed.links?.find(({ rel }) => rel === 'self')?.href ?? null
    const from = base ?? webAddress(home, null)
    const links = (parsed.feed.entries ?? []).map((entry) => {
      const found = entry.links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? entry.links?.[0]
      const url = webAddress(found?.href, from)
      return url === null ? null : { url, listed: listedDay(entry.published ?? entry.updated), title: entry.title?.value ?? null }
    })
    return { links: unique(links), lists: [], title: parsed.feed.title?.value ?? null }
  }
  const title = parsed.feed.title ?? null
  if (parsed.format === 'json') return { links: unique((parsed.feed.items ?? []).map((item) => link(item.url ?? item.external_url, item.date_published ?? item.date_modified, item.title))), lists: [], title }
  if (parsed.format === 'rdf') return { links: unique((parsed.feed.items ?? []).map((item) => link(item.link ?? item.rdf?.about, item.dc?.dates?.[0], item.title))), lists: [], title }
  return { links: unique((parsed.feed.items ?? []).map((item) => link(item.link ?? (item.guid?.isPermaLink === false ? null : item.guid?.value), item.pubDate ?? item.dc?.dates?.[0], item.title))), lists: [], title }
}

async function readSitemap(text: string, base: string | null): Promise<Listed> {
  const { Parser } = await import('htmlparser2')
  const links: (Link | null)[] = []
  const lists: string[] = []
  let open: Record<string, string> = {}
  let word = ''
  const parser = new Parser({
    onopentag: (name) => {
      if (name === 'url' || name === 'sitemap') open = {}
      word = ''
    },
    ontext: (more) => { word += more },
    onclosetag: (name) => {
      const local = name.slice(name.indexOf(':') + 1)
      if (name === 'url' || name === 'sitemap') {
        const url = webAddress(open['loc'], base)
        if (name === 'sitemap' && url !== null) lists.push(url)
        else if (url !== null) links.push({ url, listed: listedDay(open['publication_date']), title: open['title'] ?? null })
      } else if (local === 'publication_date' || local === 'title' || name === 'loc') open[local] = word.trim()
      word = ''
    },
  }, { xmlMode: true, decodeEntities: true })
  parser.end(text)
  return { links: unique(links), lists: lists.slice(0, 1000), title: null }
}

/** The first file of a ZIP archive, as GDELT packs its tables. */
export function unzipFirst(bytes: Uint8Array): Uint8Array {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (data.length < 30 || data.readUInt32LE(0) !== 0x04034b50) throw new Error('that is no ZIP archive')
  const method = data.readUInt16LE(8)
  const body = data.subarray(30 + data.readUInt16LE(26) + data.readUInt16LE(28))
  if (method === 0) return body.subarray(0, data.readUInt32LE(18))
  if (method !== 8) throw new Error('the archive is packed in an unknown way')
  return inflateRawSync(body, { maxOutputLength: MOST_UNPACKED })
}

const WIDTHS = { mentions: 16, gkg: 27, events: 61, oldEvents: 58 } as const

/** GDELT's tables by their number of columns, and the answers of its DOC service. */
function readGdelt(text: string): Listed {
  const links: (Link | null)[] = []
  const add = (href: string | undefined): void => {
    const url = webAddress(href, null)
    if (url !== null) links.push({ url, listed: null, title: null })
  }
  if (/^\s*\{/u.test(text)) {
    const { articles } = JSON.parse(text) as { articles?: readonly { url?: string; title?: string }[] }
    for (const article of Array.isArray(articles) ? articles : []) add(article.url)
    return { links: unique(links), lists: [], title: null }
  }
  for (const line of text.split('\n')) {
    const cells = line.replace(/\r$/u, '').split('\t')
    if (cells.length === WIDTHS.mentions && cells[3] === '1') add(cells[5])
    else if (cells.length === WIDTHS.gkg && cells[2] === '1') add(cells[4])
    else if (cells.length === WIDTHS.events || cells.length === WIDTHS.oldEvents) add(cells.at(-1))
  }
  return { links: unique(links), lists: [], title: null }
}

/** Reads a list. Throws with a reason when it cannot be read. */
export async function readList(kind: ListKind, text: string, base: string | null): Promise<Listed> {
  if (kind === 'feed') return readFeed(text, base)
  if (kind === 'sitemap') return readSitemap(text, base)
  if (kind === 'gdelt') return readGdelt(text)
  const { parseOpml } = await import('feedsmith')
  const lists = outlinesBelow(parseOpml(text).body?.outlines ?? []).flatMap((href) => webAddress(href, base) ?? [])
  return { links: [], lists: [...new Set(lists)].slice(0, MOST), title: null }
}
