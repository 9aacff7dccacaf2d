/** One linear pass over HTML: counts, metadata, visible blocks and captions. Needs no tree, so it works on hostile pages too. */
import { Parser } from 'htmlparser2'

export interface Block {
  readonly text: string
  /** Innermost block element. */
  readonly tag: string
  /** Share of the characters that stand in links. */
  readonly links: number
  /** Inside the page's article or main element. */
  readonly main: boolean
  /** Inside nav, header outside the article, footer or aside. */
  readonly aside: boolean
}

export interface Meta { readonly key: string; readonly content: string }
export interface FigureCaption { readonly text: string; readonly main: boolean }

export interface PageScan {
  readonly elements: number
  readonly depth: number
  readonly textLength: number
  /** Most links in one block. */
  readonly crowd: number
  readonly lang: string | null
  readonly title: string | null
  readonly metas: readonly Meta[]
  /** JSON-LD scripts, as written. */
  readonly data: readonly string[]
  readonly canonical: string | null
  readonly blocks: readonly Block[]
  readonly captions: readonly FigureCaption[]
  readonly headings: readonly string[]
  /** `datetime` of time elements, and itemprop dates, in order. */
  readonly times: readonly Meta[]
  readonly authors: readonly string[]
}

const BLOCKS = new Set('address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol option p pre section summary table tbody td tfoot th thead tr ul'.split(' '))
const DROPPED = new Set('script style noscript button template svg select textarea iframe object canvas audio video head math'.split(' '))
const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
const ASIDE = new Set(['nav', 'footer', 'aside'])
const CAPTION = /(?:^|[\s_-])(?:caption|figcaption|wp-caption-text)|caption(?:$|[\s_-])/iu
const HIDDEN = /display\s*:\s*none/iu
const MAX_FIELD = 1_000_000
/** Nested deeper than any page that is meant to be read: from here on the rest's elements are breaks. */
const DEEPEST = 5000
const CHUNK = 16_384
/** Tags of elements whose text is shown. */
const SHOWN = new RegExp(`</?(?!(?:${[...DROPPED, 'title'].join('|')})\\b)[a-z][^<>]*>`, 'giu')
/** Lines parted by breaks are joined up to this length, so that the cost stays linear. */
const LONGEST_JOIN = 5000

interface Open { readonly name: string; readonly dropped: boolean; readonly main: boolean; readonly aside: boolean; readonly link: boolean; readonly block: boolean; readonly figure: boolean; readonly caption: boolean; readonly author: boolean }

export interface ScanOptions {
  /** Leave pictures' frames and their captions out of the blocks. */
  readonly figures?: boolean
  /** Keep elements that the page hides. */
  readonly hidden?: boolean
}

const tidy = (text: string): string => text.replace(/[\s\u00a0]+/gu, ' ').trim()

/** Reads a page in one pass. */
export function scanPage(html: string, options: ScanOptions = {}): PageScan {
  const metas: Meta[] = []
  const data: string[] = []
  const blocks: Block[] = []
  const captions: FigureCaption[] = []
  const headings: string[] = []
  const times: Meta[] = []
  const authors: string[] = []
  const stack: Open[] = []
  const root: Open = { name: '', dropped: false, main: false, aside: false, link: false, block: true, figure: false, caption: false, author: false }
  let elements = 0
  let depth = 0
  let textLength = 0
  let lang: string | null = null
  let title: string | null = null
  let canonical: string | null = null
  let buffer = ''
  let linked = 0
  let links = 0
  let crowd = 0
  let afterBreak = false
  let special: 'title' | 'data' | null = null
  let specialText = ''
  const top = (): Open => stack[stack.length - 1] ?? root
  let blockTags: string[] = []

  const flush = (broken: boolean): void => {
    const text = tidy(buffer)
    if (text !== '') {
      const here = top()
      const tag = blockTags[blockTags.length - 1] ?? ''
      if (here.caption && !options.figures) captions.push({ text, main: here.main })
      if (here.author && text.length < 120) authors.push(text)
      if (tag === 'h1') headings.push(text)
      if (!((here.figure || here.caption) && options.figures)) {
        const last = blocks[blocks.length - 1]
        // A line break inside a sentence is typesetting, not the end of a paragraph.
        if (afterBreak && last && last.text.length < LONGEST_JOIN && !/[.!?…。！？؟۔:：»”"’)]\s*$/u.test(last.text) && /^\p{Ll}/u.test(text)) blocks[blocks.length - 1] = { ...last, text: `${last.text} ${text}` }
        else blocks.push({ text, tag, links: Math.min(1, linked / Math.max(1, buffer.length)), main: here.main, aside: here.aside })
      }
      afterBreak = broken
    } else if (!broken) afterBreak = false
    buffer = ''
    linked = 0
    links = 0
  }

  const parser = new Parser({
    onopentag(name, attributes) {
      elements++
      if (name === 'br' || name === 'hr') { flush(name === 'br'); return }
      if (name === 'meta') {
        const key = (attributes['property'] ?? attributes['name'] ?? attributes['itemprop'] ?? '').toLowerCase()
        const content = attributes['content']
        if (key && content && metas.length < 2000) metas.push({ key, content: tidy(content.slice(0, 20_000)) })
        return
      }
      if (name === 'link') {
        if (canonical === null && /(?:^|\s)canonical(?:\s|$)/iu.test(attributes['rel'] ?? '') && attributes['href']) canonical = attributes['href']
        return
      }
      if (name === 'html' && attributes['lang']) lang = attributes['lang']
      if (VOID.has(name)) return
      const above = top()
      if (name === 'a' && ++links > crowd) crowd = links
      const block = BLOCKS.has(name)
      if (block) flush(false)
      const prop = attributes['itemprop'] ?? ''
      if (name === 'time' || /date/iu.test(prop)) {
        const value = attributes['datetime'] ?? attributes['content']
        if (value && times.length < 200) times.push({ key: prop.toLowerCase() || (above.main ? 'main' : 'time'), content: value })
      }
      const hidden = !options.hidden && ((attributes['style'] !== undefined && HIDDEN.test(attributes['style'])) || attributes['hidden'] !== undefined)
      const main = above.main || name === 'article' || name === 'main' || /articlebody/iu.test(prop)
      const caption = above.caption || name === 'figcaption' || (name !== 'body' && name !== 'figure' && CAPTION.test(attributes['class'] ?? ''))
      const entry: Open = {
        name, block, main, caption,
        dropped: above.dropped || DROPPED.has(name) || hidden,
        aside: above.aside || ASIDE.has(name) || (name === 'header' && !main),
        link: above.link || name === 'a',
        figure: above.figure || name === 'figure',
        author: above.author || /(?:^|\s)author(?:\s|$)/iu.test(`${prop} ${attributes['rel'] ?? ''}`),
      }
      stack.push(entry)
      if (block) blockTags.push(name)
      if (stack.length > depth) depth = stack.length
      if (name === 'title' && title === null && !stack.some((open) => open.name === 'svg')) { special = 'title'; specialText = '' }
      if (name === 'script' && /ld\+json/iu.test(attributes['type'] ?? '')) { special = 'data'; specialText = '' }
    },
    ontext(text) {
      if (special) {
        if (specialText.length < MAX_FIELD) specialText += text
        return
      }
      const here = top()
      if (here.dropped) return
      buffer += text
      textLength += text.length
      if (here.link) linked += text.length
    },
    onclosetag(name) {
      if (VOID.has(name) && name !== 'br') return
      const here = stack[stack.length - 1]
      if (!here || here.name !== name) return
      if (special && (name === 'title' || name === 'script')) {
        if (special === 'title') title = tidy(specialText) || null
        else if (data.length < 100) data.push(specialText)
        special = null
      }
      if (here.block || here.author !== (stack[stack.length - 2] ?? root).author) {
        if (here.block) flush(false)
        else if (buffer.trim() !== '' && tidy(buffer).length < 120) authors.push(tidy(buffer))
      }
      stack.pop()
      if (here.block) blockTags.pop()
    },
  }, { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: false })
  // The parser's own stack costs as much for each element as there are elements open, so an endless nest must end.
  let at = 0
  for (; at < html.length && stack.length < DEEPEST; at += CHUNK) parser.write(html.slice(at, at + CHUNK))
  if (at < html.length) parser.write(html.slice(at).replace(SHOWN, '<br>'))
  parser.end()
  flush(false)
  blockTags = []
  return { elements, depth, textLength, crowd, lang, title, metas, data, canonical, blocks, captions, headings, times, authors }
}

/** The blocks of a fragment that an extractor gave back, without pictures' frames. */
export function blocksOf(html: string): Block[] {
  return [...scanPage(html, { figures: true, hidden: true }).blocks]
}
