/** Readers of the media types besides HTML and bare text: Markdown, schema.org JSON, mail. */
import type { PageKnowledge } from '../knowledge/page.ts'
import type { Caption } from '../model/index.ts'
import { captionIn } from './credits.ts'
import { isoDay, urlDay } from './dates.ts'
import { type Draft, type Known, NOTHING_KNOWN } from './draft.ts'
import { linesOf, readFlat } from './flat.ts'
import { readHtml, type HtmlOptions } from './html.ts'
import { articleNodes, dataOf, plainBody } from './metadata.ts'
import { phraseBook } from './phrases.ts'

const flat = (text: string, knowledge: PageKnowledge, known: Known): Draft => readFlat(linesOf(text).map((line) => ({ text: line })), knowledge, { known, story: true, monthFirst: false })

/** Takes the marks off a line. Every run is bounded, so that a line of nothing but marks costs no more than another. */
function unmark(line: string): string {
  return line
    .replace(/!\[[^\][]{0,500}\]\([^()\s]{0,1000}(?:\s+"[^"]{0,300}")?\)/gu, '')
    .replace(/\[([^\][]{0,500})\]\([^()\s]{0,1000}(?:\s+"[^"]{0,300}")?\)/gu, '$1')
    .replace(/\[([^\][]{1,500})\]\[[^\][]{0,100}\]/gu, '$1')
    .replace(/(\*\*|__)(?=[^\s*_])([^*_]{1,1000})(?<=\S)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*]{1,1000})(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1')
    .replace(/(?<![\p{L}\p{N}_])_(?=\S)([^_]{1,1000})(?<=\S)_(?![\p{L}\p{N}_])/gu, '$1')
    .replace(/`([^`]{0,1000})`/gu, '$1')
    .replace(/<(https?:[^<>\s]{1,1000})>/gu, '$1')
    .replace(/\\([\\`*_{}[\]()#+.!>-])/gu, '$1')
    .trim()
}

/** Reads Markdown: marks are taken off, lines of one paragraph joined, the first heading is the headline. */
export function readMarkdown(text: string, knowledge: PageKnowledge, url: string | null): Draft {
  const front = /^\s*---\s*\r?\n([\s\S]*?)\r?\n---\s*(?:\r?\n|$)/u.exec(text)
  const field = (name: string): string | null => new RegExp(`^${name}\\s*:\\s*["']?(.*?)["']?\\s*$`, 'imu').exec(front?.[1] ?? '')?.[1] || null
  const captions: Caption[] = []
  const book = phraseBook(knowledge)
  const paragraphs: string[] = []
  let title = field('title')
  let open = ''
  const close = (): void => {
    const line = unmark(open)
    if (line !== '') paragraphs.push(line)
    open = ''
  }
  for (const raw of text.slice(front ? front[0].length : 0).split(/\r?\n/u)) {
    const image = /^\s*!\[([^\]]*)\]\([^)\s]*(?:\s+"([^"]*)")?\)\s*$/u.exec(raw)
    const heading = /^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$/u.exec(raw)
    if (image) {
      close()
      const caption = (image[2] || image[1] || '').trim()
      if (caption.length > 15) captions.push(captionIn(caption, book, knowledge.agencies) ?? { text: caption, credit: null })
    } else if (heading) {
      close()
      if (title === null && heading[1] === '#') title = unmark(heading[2] ?? '')
      else if (unmark(heading[2] ?? '') !== title) paragraphs.push(unmark(heading[2] ?? ''))
    } else if (/^\s*(?:$|[-*_]{3,}\s*$|={3,}\s*$|```)/u.test(raw)) close()
    else if (/^\s*(?:[-*+]|\d{1,3}[.)])\s+/u.test(raw)) {
      close()
      open = raw.replace(/^\s*(?:[-*+]|\d{1,3}[.)])\s+/u, '')
    } else open = `${open}${open === '' ? '' : ' '}${raw.replace(/^\s*>+\s?/u, '').trim()}${/\s{2}$|\\$/u.test(raw) ? '\n' : ''}`
  }
  close()
  const author = field('author')
  const draft = readFlat(paragraphs.flatMap((paragraph) => paragraph.split('\n')).map((line) => ({ text: line.trim() })).filter((line) => line.text !== ''), knowledge, {
    known: { ...NOTHING_KNOWN, title, authors: author ? [author] : [], published: isoDay(field('date')) ?? urlDay(url), url: field('url') ?? url, declared: field('lang') ?? field('language') }, story: true, monthFirst: false,
  })
  return { ...draft, captions: [...captions, ...draft.captions] }
}

const string = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value.trim() : null)

/** Reads JSON: an article of schema.org, alone, in a list or in a graph, or an object with a plain `text` and `title`. */
export async function readJson(text: string, knowledge: PageKnowledge, options: HtmlOptions): Promise<Draft> {
  const none = (message: string): Draft => ({ title: null, paragraphs: [], captions: [], furniture: [], byline: null, agencies: [], publisher: null, published: null, url: options.url, declared: null, notices: [{ code: 'bad-json', stage: 'page', message }] })
  let root: unknown
  try {
    root = JSON.parse(text)
  } catch (error) {
    return none(`the JSON cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  const nodes = articleNodes(root).map(dataOf)
  const best = nodes.sort((a, b) => (b.articleBody?.length ?? 0) - (a.articleBody?.length ?? 0))[0]
  if (best && (best.articleBody ?? best.description) !== null) {
    const draft = flat(best.articleBody ?? best.description ?? '', knowledge, { title: best.headline, authors: best.authors, publisher: best.publisher, published: isoDay(best.published), url: best.url ?? options.url, declared: best.language })
    return nodes.length > 1 ? { ...draft, notices: [...draft.notices, { code: 'many-articles', stage: 'page', message: `the JSON holds ${nodes.length} articles; the longest is read` }] } : draft
  }
  const node = (Array.isArray(root) ? root[0] : root) as Record<string, unknown> | null
  if (node === null || typeof node !== 'object') return none('the JSON holds no article')
  const html = string(node['html']) ?? string(node['content_html'])
  const known: Known = {
    title: string(node['title']) ?? string(node['headline']) ?? string(node['name']), authors: [node['author'], node['byline']].flatMap((value) => string(value) ?? string((value as Record<string, unknown> | undefined)?.['name']) ?? []).slice(0, 1),
    publisher: string(node['publisher']) ?? string(node['site_name']) ?? string(node['source']), published: isoDay(string(node['published']) ?? string(node['datePublished']) ?? string(node['date_published']) ?? string(node['date'])),
    url: string(node['url']) ?? options.url, declared: string(node['language']) ?? string(node['lang']),
  }
  if (html) return { ...(await readHtml(html, knowledge, { ...options, known })), ...(known.title ? { title: known.title } : {}) }
  const body = plainBody(node['text'] ?? node['body'] ?? node['content'] ?? node['content_text'])
  return body === null ? none('the JSON holds no article: no articleBody, text, body or content') : flat(body, knowledge, known)
}

/** Reads a mail: its HTML part as a page when it has no plain part, the subject as the headline. */
export async function readMail(text: string, bytes: Uint8Array | null, knowledge: PageKnowledge, options: HtmlOptions): Promise<Draft> {
  const { default: PostalMime } = await import('postal-mime')
  try {
    const mail = await PostalMime.parse(bytes ?? text)
    const known: Known = { ...NOTHING_KNOWN, title: string(mail.subject), publisher: string(mail.from?.name) ?? null, published: isoDay(mail.date ?? null), url: options.url }
    if (string(mail.text)) return flat(mail.text ?? '', knowledge, known)
    const draft = await readHtml(mail.html ?? '', knowledge, { ...options, known })
    return { ...draft, title: known.title ?? draft.title, publisher: draft.publisher ?? known.publisher }
  } catch (error) {
    return { ...flat('', knowledge, NOTHING_KNOWN), notices: [{ code: 'bad-mail', stage: 'page', message: `the mail cannot be read: ${error instanceof Error ? error.message : String(error)}` }] }
  }
}
