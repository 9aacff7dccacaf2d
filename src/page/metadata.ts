/** What a page says of itself in meta tags and structured data. */
import { withoutLead } from './credits.ts'
import type { PageScan } from './scan.ts'
import { blocksOf } from './scan.ts'

export interface PageData {
  readonly headline: string | null
  readonly description: string | null
  readonly authors: readonly string[]
  readonly publisher: string | null
  readonly published: string | null
  readonly url: string | null
  readonly articleBody: string | null
  readonly language: string | null
}

type Json = Record<string, unknown>
const ARTICLE = /(?:Article|Posting|Report|Review)$/u
const MAX_NODES = 5000

const text = (value: unknown): string | null => {
  if (typeof value === 'string') return value.replace(/\s+/gu, ' ').trim() || null
  if (Array.isArray(value)) return text(value[0])
  if (value !== null && typeof value === 'object') return text((value as Json)['@value'])
  return null
}

function names(value: unknown): string[] {
  if (typeof value === 'string') return [value.trim()].filter((name) => name !== '')
  if (Array.isArray(value)) return value.slice(0, 20).flatMap(names)
  if (value !== null && typeof value === 'object') return names((value as Json)['name'])
  return []
}

const isArticle = (node: Json): boolean => [node['@type']].flat().some((type) => typeof type === 'string' && ARTICLE.test(type)) || typeof node['articleBody'] === 'string'

/** All nodes of a JSON document that are articles in the sense of schema.org, in order. */
export function articleNodes(root: unknown): Json[] {
  const found: Json[] = []
  const open: unknown[] = [root]
  for (let count = 0; open.length > 0 && count < MAX_NODES; count++) {
    const node = open.shift()
    if (Array.isArray(node)) open.push(...node.slice(0, MAX_NODES))
    else if (node !== null && typeof node === 'object') {
      if (isArticle(node as Json)) found.push(node as Json)
      for (const key of ['@graph', 'mainEntity', 'mainEntityOfPage', 'itemListElement', 'item', 'hasPart']) if ((node as Json)[key] !== undefined && typeof (node as Json)[key] === 'object') open.push((node as Json)[key])
    }
  }
  return found
}

/** Text of a field that may hold markup, with its paragraphs kept apart by line ends. */
export function plainBody(value: unknown): string | null {
  if (typeof value !== 'string' || value.trim() === '') return null
  if (/<\/?(?:p|br|div|span|a|strong|em|h\d)\b[^>]*>/iu.test(value)) return blocksOf(value).map((block) => block.text).join('\n')
  if (/&(?:[a-z]+|#\d+);/iu.test(value)) return blocksOf(value.replace(/</gu, '&lt;').replace(/\r?\n/gu, '<br>')).map((block) => block.text).join('\n')
  return value.trim()
}

/** Reads one article node of schema.org. */
export function dataOf(node: Json): PageData {
  return {
    headline: text(node['headline']) ?? text(node['name']),
    description: text(node['description']),
    authors: names(node['author'] ?? node['creator']),
    publisher: names(node['publisher'] ?? node['sourceOrganization'])[0] ?? null,
    published: text(node['datePublished']) ?? text(node['dateCreated']),
    url: text(node['url']) ?? text((node['mainEntityOfPage'] as Json | undefined)?.['@id'] ?? node['mainEntityOfPage']),
    articleBody: plainBody(node['articleBody']),
    language: text(node['inLanguage']),
  }
}

/** The article the page's JSON-LD describes; the one with the longest body when there are several. Broken scripts are passed over. */
export function structuredData(scan: PageScan): PageData | null {
  const nodes = scan.data.flatMap((source) => {
    try {
      return articleNodes(JSON.parse(source.replace(/^\s*(?:<!--|\/\*\s*<!\[CDATA\[\s*\*\/)|(?:-->|\/\*\s*\]\]>\s*\*\/)\s*$/gu, '').replace(/[\u0000-\u0009\u000b-\u001f]/gu, ' ').replace(/\n/gu, ' ')))
    } catch {
      return []
    }
  })
  const all = nodes.map(dataOf)
  return all.sort((a, b) => (b.articleBody?.length ?? 0) - (a.articleBody?.length ?? 0) || Number(b.headline !== null) - Number(a.headline !== null))[0] ?? null
}

/** First content of the meta tags named, in the order of the names. */
export function meta(scan: PageScan, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const found = scan.metas.find((entry) => entry.key === key && entry.content !== '')
    if (found) return found.content
  }
  return null
}

/** All contents of the meta tags named. */
export function metaAll(scan: PageScan, ...keys: readonly string[]): string[] {
  return scan.metas.filter((entry) => keys.includes(entry.key)).map((entry) => entry.content)
}

const same = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '')

/** A part of a title that is the site's name, or that name with a few words to it. */
const isSite = (part: string, site: string): boolean => same(part) === site || (site.length >= 5 && same(part).startsWith(site) && part.length <= site.length + 20)

/** A title without the site's name at either end. */
export function withoutSite(title: string, sites: readonly (string | null)[]): string {
  let out = title.trim()
  const known = sites.filter((site): site is string => site !== null).map(same).filter((site) => site.length > 1)
  for (let round = 0; round < 3; round++) {
    const last = /^(.+?)\s*(?:\s[|–—»·•:-]+\s|[|｜_»])\s*([^|｜–—»·•_]+)$/u.exec(out)
    if (last?.[1] && last[2] && known.some((site) => isSite(last[2] ?? '', site)) && last[1].length > 8) { out = last[1].trim(); continue }
    const first = /^([^|–—»·_]+?)\s*(?:\s[|–—»·:-]+\s|[|_»])\s*(.+)$/u.exec(out)
    if (first?.[1] && first[2] && known.some((site) => same(first[1] ?? '') === site)) { out = first[2].trim(); continue }
    break
  }
  return out
}

/** Names that can stand as authors: no addresses, not the site itself, not endless. */
export function cleanAuthors(names: readonly string[], sites: readonly (string | null)[], bylines: readonly string[]): string[] {
  const known = new Set(sites.filter((site): site is string => site !== null).map(same))
  const seen = new Set<string>()
  const out: string[] = []
  for (const raw of names) {
    let name = (/&[#\w]+;/u.test(raw) ? blocksOf(raw).map((block) => block.text).join(' ') : raw).replace(/\s+/gu, ' ').replace(/<[^>]*>/gu, '').replace(/^[\s,|•·–—:-]+|[\s,|•·–—:;-]+$/gu, '').trim()
    name = withoutLead(name, bylines)
    const key = same(name)
    if (key.length < 2 || name.length >= 120 || /[@/\\{}<>]|https?:|www\./iu.test(name) || known.has(key) || seen.has(key) || /^\p{N}+$/u.test(key)) continue
    seen.add(key)
    out.push(name)
  }
  return out
}
