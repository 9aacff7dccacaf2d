/** What kind of thing a file or an answer is, by how it begins, and by its name where that does not tell. */
import type { ListKind } from './lists.ts'

export type SourceKind = ListKind | 'page' | 'warc' | 'mbox' | 'jsonl'
export const SOURCE_KINDS: readonly SourceKind[] = ['page', 'feed', 'opml', 'sitemap', 'gdelt', 'warc', 'mbox', 'jsonl']

const LISTS: ReadonlySet<SourceKind> = new Set<SourceKind>(['feed', 'opml', 'sitemap', 'gdelt'])
/** Whether it names addresses instead of holding documents. */
export const isList = (kind: SourceKind): kind is ListKind => LISTS.has(kind)

/** Endings of files that hold many documents or addresses, besides pages. */
export const SOURCE_ENDINGS = ['warc', 'warc.gz', 'mbox', 'jsonl', 'ndjson', 'jsonl.gz', 'xml', 'xml.gz', 'rss', 'atom', 'opml', 'export.CSV', 'export.CSV.zip', 'mentions.CSV', 'mentions.CSV.zip', 'gkg.csv', 'gkg.csv.zip'] as const

/** The kind of something by its first kilobytes (unpacked) and its name. */
export function sniffKind(head: string, name: string, mediaType: string | null = null): SourceKind {
  const start = head.replace(/^[\s\ufeff]+/u, '')
  const bare = name.toLowerCase().replace(/[?#].*$/u, '').replace(/\.(?:gz|zip)$/u, '')
  if (/^WARC\/\d/u.test(start)) return 'warc'
  if (/^From \S+ .*\d{4}\r?\n[\w-]+:/u.test(start) || bare.endsWith('.mbox')) return 'mbox'
  if (/\.(?:jsonl|ndjson)$/u.test(bare) || mediaType === 'application/x-ndjson') return 'jsonl'
  if (/^<(?:\?xml|!--|!doctype opml|rss|feed|rdf:rdf|opml|urlset|sitemapindex|\w+:(?:feed|urlset))/iu.test(start)) {
    const root = /<(?:\w+:)?(rss|feed|rdf|opml|urlset|sitemapindex|html)[\s>]/iu.exec(start)?.[1]?.toLowerCase()
    if (root === 'opml') return 'opml'
    if (root === 'urlset' || root === 'sitemapindex') return 'sitemap'
    if (root === 'rss' || root === 'feed' || root === 'rdf') return 'feed'
  }
  if (/^\{/u.test(start)) {
    if (/"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org\\?\/version/u.test(start.slice(0, 2000))) return 'feed'
    if (/^\{\s*"articles"\s*:\s*\[\s*(?:\]|\{\s*"url"\s*:)/u.test(start) && /"seendate"|"articles"\s*:\s*\[\s*\]/u.test(start)) return 'gdelt'
  }
  const first = start.split('\n', 1)[0] ?? ''
  const columns = first.split('\t').length
  if (columns === 16 || columns === 27 || columns === 58 || columns === 61) {
    if (/^(?:\d{5,}|\d{14}-T?\d+)\t/u.test(first)) return 'gdelt'
  }
  return 'page'
}
