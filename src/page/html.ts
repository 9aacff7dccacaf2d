/** An HTML page: its story by two extractors, or by the text-window rule where the page is too big or too deep for them. */
import type { PageKnowledge } from '../knowledge/page.ts'
import type { Caption, Furniture, Notice } from '../model/index.ts'
import { agenciesAround, agenciesIn, bylineOf, captionIn, creditName, reporterAround } from './credits.ts'
import { dateInLine, isDateLine, isoDay, urlDay } from './dates.ts'
import { type Draft, type Known, NOTHING_KNOWN } from './draft.ts'
import { extract, type Extracted } from './extract.ts'
import { readFlat } from './flat.ts'
import { cleanAuthors, meta, metaAll, type PageData, structuredData, withoutSite } from './metadata.ts'
import { findPhrase, furnitureKind, key, level, levelInPlace, type PhraseBook, phraseBook } from './phrases.ts'
import { type PageScan, scanPage } from './scan.ts'
import { sift } from './sift.ts'
import { putRight } from './story.ts'

/** Limits over which the extractors are not asked, far above every real page measured. */
const MAX_ELEMENTS = 20_000
const MAX_DEPTH = 200
const MAX_TEXT = 1_500_000
const DEFUDDLE_ELEMENTS = 8000
const DEFUDDLE_TEXT = 500_000
/** Defuddle's time grows with the square of the links in one block. */
const DEFUDDLE_LINKS = 1000
const MIN_STORY = 40
/** Before this there were no pages to publish. */
const WEB_AGE = '1991'

export interface HtmlOptions {
  readonly url: string | null
  readonly fast: boolean
  /** Leave the extractors out altogether. */
  readonly windowOnly: boolean
  readonly known?: Known
}

/** Reads an HTML page. */
export async function readHtml(html: string, knowledge: PageKnowledge, options: HtmlOptions): Promise<Draft> {
  const book = phraseBook(knowledge)
  const scan = scanPage(html)
  const data = structuredData(scan)
  const known = options.known ?? NOTHING_KNOWN
  const url = canonicalOf(scan, data, options.url)
  const site = meta(scan, 'og:site_name', 'application-name', 'al:android:app_name') ?? data?.publisher ?? null
  const declared = scan.lang ?? meta(scan, 'og:locale', 'language', 'content-language') ?? data?.language ?? null
  const monthFirst = knowledge.furniture[(declared ?? '').slice(0, 2).toLowerCase()]?.numericDate === 'mdy'
  const notices: Notice[] = []
  const tooBig = scan.elements > MAX_ELEMENTS || scan.depth > MAX_DEPTH || scan.textLength > MAX_TEXT
  if (tooBig && !options.windowOnly) notices.push({ code: 'page-too-large', stage: 'page', message: `the page has ${scan.elements} elements, depth ${scan.depth} and ${scan.textLength} characters; its story is cut out by the rule for bare text` })
  let extracted: Extracted | null = null
  if (!tooBig && !options.windowOnly) {
    extracted = await extract(html, { url: options.url, fast: options.fast || scan.elements > DEFUDDLE_ELEMENTS || scan.textLength > DEFUDDLE_TEXT || scan.crowd > DEFUDDLE_LINKS, articleBody: data?.articleBody ?? null })
  }
  const title = known.title ?? titleOf(scan, data, extracted, site, options.url)
  const authors = authorsOf(scan, data, extracted, site, title, options.url, book)
  const captions = captionsOf(scan, book, knowledge)
  const published = known.published ?? publishedOf(scan, data, extracted, url ?? options.url, title, book, monthFirst)
  const { blocks, away, refrains } = putRight(extracted?.blocks ?? [], scan, { title, descriptions: [...metaAll(scan, 'og:description', 'description', 'twitter:description'), data?.description ?? ''] })
  const story = blocks.map((block) => block.text)
  if (extracted === null || story.join('').length < MIN_STORY) {
    const lines = scan.blocks.filter((block) => !block.aside || tooBig)
    const flat = readFlat(lines.length > 0 ? lines : scan.blocks, knowledge, { known: { title, authors, publisher: site, published, url, declared }, story: false, monthFirst })
    const empty = flat.paragraphs.join('').length < MIN_STORY
    if (empty && html.trim() !== '') notices.push({ code: 'no-story', stage: 'page', message: 'no story was found in the page; it may be made by a script, or hold none' })
    return { ...flat, paragraphs: empty && flat.paragraphs.length > 0 && scan.blocks.length > 3 ? [] : flat.paragraphs, captions: mergeCaptions(captions, flat.captions), notices }
  }
  const sifted = sift(story, { book, agencies: knowledge.agencies, monthFirst, title, authors, captions, flat: false })
  const byline = (authors.length > 0 ? [...new Set(authors)].join(', ') : bylineOf(sifted.bylines, book)) || reporterAround(sifted.paragraphs, book)
  const agencies = [...new Set([...agenciesIn(byline ?? '', knowledge.agencies, book.prefixes), ...sifted.agencies, ...agenciesAround(sifted.paragraphs, book, knowledge.agencies)])]
  return {
    title, paragraphs: sifted.paragraphs, captions: sifted.captions, furniture: furnitureOf(scan, [...away.map((block): Furniture => ({ kind: 'related', text: block.text })), ...refrains.map((block): Furniture => ({ kind: 'navigation', text: block.text })), ...sifted.furniture], sifted.paragraphs, book),
    byline: byline || null, agencies, publisher: site, published: published ?? sifted.day, url, declared, notices,
  }
}

function canonicalOf(scan: PageScan, data: PageData | null, given: string | null): string | null {
  for (const candidate of [scan.canonical, meta(scan, 'og:url'), data?.url ?? null]) {
    if (candidate === null) continue
    try {
      const address = new URL(candidate, given ?? undefined)
      if (/^https?:$/u.test(address.protocol) && (address.pathname !== '/' || given === null || new URL(given).pathname === '/')) return address.href
    } catch {
      // Not an address; the next one may be.
    }
  }
  return given
}

function hostNames(url: string | null): string[] {
  try {
    const host = new URL(url ?? '').hostname.replace(/^www\d?\./u, '')
    return [host, host.replace(/\.[a-z.]+$/iu, ''), host.split('.').slice(-2, -1)[0] ?? '']
  } catch {
    return []
  }
}

/** The page's own top heading when the title is that heading with the site's or section's name added behind a stroke. */
function headingIn(title: string, headings: readonly string[]): string {
  for (const heading of headings.slice(0, 5)) {
    const wanted = [...key(heading)].length
    if (wanted < 8 || !key(title).startsWith(key(heading))) continue
    let count = 0
    let at = 0
    for (const char of title) {
      if (count === wanted) break
      if (/[\p{L}\p{N}]/u.test(char)) count++
      at += char.length
    }
    if (/^[\s"”»」』)]*[|｜:：–—»·•⋆－-]/u.test(title.slice(at))) return heading
  }
  return title
}

function titleOf(scan: PageScan, data: PageData | null, extracted: Extracted | null, site: string | null, url: string | null): string | null {
  const sites = [site, data?.publisher ?? null, extracted?.defuddle?.site ?? null, ...hostNames(url)]
  const og = meta(scan, 'og:title', 'twitter:title', 'title')
  const candidates = [extracted?.defuddle?.title ?? null, og, data?.headline ?? null, extracted?.readability?.title ?? null, scan.headings.find((heading) => heading.length > 8) ?? null, scan.title]
  for (const candidate of candidates) {
    if (candidate === null) continue
    const title = headingIn(withoutSite(candidate, sites), scan.headings)
    if (title !== '' && !sites.some((name) => name !== null && key(name) === key(title))) return title
  }
  return null
}

function authorsOf(scan: PageScan, data: PageData | null, extracted: Extracted | null, site: string | null, title: string | null, url: string | null, book: PhraseBook): string[] {
  // The site's name as Defuddle gives it may be the author's, so it is not asked here.
  const sites = [site, data?.publisher ?? null, ...hostNames(url)]
  const stated = metaAll(scan, 'author', 'article:author', 'dc.creator', 'parsely-author', 'sailthru.author', 'byl')
  const sources = [data?.authors ?? [], [extracted?.readability?.byline ?? ''], [extracted?.defuddle?.byline ?? ''], stated, labelledNames(scan, title, book), writerLine(scan, title, book), scan.authors.slice(0, 3)]
  for (const names of sources) {
    const cleaned = cleanAuthors(names.flatMap((name) => (name.length < 200 ? [undated(name, book)] : [])), sites, book.bylines).filter((name) => !isStamp(name, book) && !/\p{N}{3}/u.test(name))
    if (cleaned.length > 0) return cleaned
  }
  return []
}

/** What stands before the date on a line with a name and a date. */
const undated = (name: string, book: PhraseBook): string => (dateInLine(name, book, false) === null ? name : /^\P{N}*/u.exec(name)?.[0] ?? name)

/** A "name" that is only words like "published by" or parts of a date. */
function isStamp(name: string, book: PhraseBook): boolean {
  const words = level(name).split(/[^\p{L}\p{M}']+/u).filter((word) => word !== '')
  return words.length === 0 || words.every((word) => book.stamps.has(word) || book.months.has(word) || book.bylines.includes(word)) || furnitureKind(name, book) !== null
}

/** Where the headline stands among the blocks; 0 when it does not. */
const headlineAt = (scan: PageScan, title: string | null): number => Math.max(0, scan.blocks.findIndex((block) => block.tag === 'h1' || (title !== null && key(block.text) === key(title))))

/** The name on a short line right around the headline that begins with a word like "by", or has it behind a date. */
function writerLine(scan: PageScan, title: string | null, book: PhraseBook): string[] {
  const at = headlineAt(scan, title)
  for (const { text } of scan.blocks.slice(Math.max(0, at - 2), at + 8)) {
    if (text.length > 90) continue
    const lower = levelInPlace(text)
    if (lower === null) continue
    const dated = dateInLine(text, book, false) !== null
    for (const word of book.bylines) {
      const found = lower.startsWith(word) ? 0 : dated ? findPhrase(lower, word) : -1
      if (found < 0) continue
      // The gap may be lost where the word and the name stood in elements of their own.
      const name = /^(?:\s+|(?=\p{Lu}\p{Ll}))(\p{Lu}[\p{L}\p{M}.'’-]*(?:\s[\p{L}\p{M}.'’-]+){1,4}|[\p{Lo}\p{M}]{2,}(?:\s[\p{Lo}\p{M}]{2,}){1,3})\s*(?:$|[,|•·(–—-]|\p{N})/u.exec(text.slice(found + word.length))?.[1]
      if (name?.split(' ').every((part) => /^(?:\p{Lu}|\p{Lo})/u.test(part) || part.length <= 3)) return [name]
    }
  }
  return []
}

/** Names behind a word like "author" and a colon in the short blocks around the headline. */
function labelledNames(scan: PageScan, title: string | null, book: PhraseBook): string[] {
  const at = headlineAt(scan, title)
  for (const { text } of scan.blocks.slice(Math.max(0, at - 3), at + 15)) {
    if (text.length > 160) continue
    const lower = levelInPlace(text)
    if (lower === null) continue
    for (const word of book.bylines) {
      const found = findPhrase(lower, word)
      if (found < 0) continue
      const name = /^\s*[:：|]\s*([^|｜:：\d]{2,60}?)(?:\s{2,}|\s*[|｜]|\s[^\s:：]{1,8}[:：]|\s*\d|$)/u.exec(text.slice(found + word.length))?.[1]?.trim()
      if (name) return [name]
    }
  }
  return []
}

function captionsOf(scan: PageScan, book: PhraseBook, knowledge: PageKnowledge): Caption[] {
  const inside = scan.captions.filter((caption) => caption.main)
  const out: Caption[] = []
  const seen = new Set<string>()
  for (const { text } of inside.length > 0 ? inside : scan.captions) {
    if (seen.has(key(text)) || key(text) === '' || text.length > 1000 || out.length >= 100) continue
    seen.add(key(text))
    const read = captionIn(text, book, knowledge.agencies)
    const last = out[out.length - 1]
    // A credit in an element of its own belongs to the caption before it.
    if (read && read.text === text && read.credit !== null && last && last.credit === null) out[out.length - 1] = { text: last.text, credit: read.credit }
    else if (last && last.credit === null && text.length < 60 && agenciesIn(text, knowledge.agencies, book.prefixes).length > 0) out[out.length - 1] = { text: last.text, credit: creditName(text, knowledge.agencies, book.prefixes) }
    else out.push(read ?? { text, credit: null })
  }
  return out
}

function mergeCaptions(first: readonly Caption[], second: readonly Caption[]): Caption[] {
  const seen = new Set(first.map((caption) => key(caption.text)))
  return [...first, ...second.filter((caption) => !seen.has(key(caption.text)))]
}

function publishedOf(scan: PageScan, data: PageData | null, extracted: Extracted | null, url: string | null, title: string | null, book: PhraseBook, monthFirst: boolean): string | null {
  const stated = [extracted?.defuddle?.published ?? null, data?.published ?? null, meta(scan, 'article:published_time', 'og:article:published_time', 'datepublished', 'og:published_time', 'publishdate', 'publish-date', 'pubdate', 'parsely-pub-date', 'sailthru.date', 'dc.date.issued', 'dcterms.created', 'dc.date', 'date', 'article.published', 'ptime', 'publication_date', 'cxenseparse:recs:publishtime', 'weibo:article:create_at'), scan.times.find((time) => time.key.includes('published'))?.content ?? null]
  for (const value of stated) {
    const day = isoDay(value) ?? (value !== null && value.length < 80 ? dateInLine(value, book, monthFirst)?.day ?? null : null)
    if (day) return day
  }
  const inUrl = urlDay(url)
  if (inUrl) return inUrl
  const visible = dateNearHeadline(scan, title, book, monthFirst)
  if (visible) return visible
  for (const time of scan.times) {
    const day = isoDay(time.content)
    if (day && time.key !== 'time') return day
  }
  return isoDay(scan.times[0]?.content ?? null) ?? isoDay(meta(scan, 'article:modified_time', 'og:updated_time', 'last-modified', 'datemodified', 'modified_time'))
}

/** The date line in the blocks after and before the headline, then in short blocks from the top. */
function dateNearHeadline(scan: PageScan, title: string | null, book: PhraseBook, monthFirst: boolean): string | null {
  const blocks = scan.blocks
  const near = (text: string): string | null => {
    const day = text.length <= 160 ? dateInLine(text, book, monthFirst)?.day ?? null : null
    // Older days near a headline are days the story tells of.
    return day !== null && day >= WEB_AGE ? day : null
  }
  const wanted = title === null ? '' : key(title)
  let at = blocks.findIndex((block) => block.tag === 'h1' && (wanted === '' || key(block.text) === wanted))
  if (at < 0 && wanted !== '') at = blocks.findIndex((block) => key(block.text) === wanted)
  if (at < 0) at = blocks.findIndex((block) => block.tag === 'h1')
  if (at >= 0) {
    for (let index = at + 1; index <= Math.min(blocks.length - 1, at + 8); index++) {
      const day = near(blocks[index]?.text ?? '')
      if (day) return day
    }
    for (let index = at - 1; index >= Math.max(0, at - 4); index--) {
      const day = near(blocks[index]?.text ?? '')
      if (day) return day
    }
  }
  for (const block of blocks.slice(0, 400)) {
    const day = block.links < 0.5 ? isDateLine(block.text, book, monthFirst) : null
    if (day) return day
  }
  return null
}

function furnitureOf(scan: PageScan, own: readonly Furniture[], paragraphs: readonly string[], book: PhraseBook): Furniture[] {
  const seen = new Set<string>([...own.map((item) => item.text), ...paragraphs])
  const out: Furniture[] = [...own]
  for (const block of scan.blocks) {
    if (out.length >= 200) break
    if (seen.has(block.text)) continue
    seen.add(block.text)
    const kind = furnitureKind(block.text, book)
    if (kind) out.push({ kind, text: block.text })
  }
  return out
}
