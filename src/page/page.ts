/** Stage 1: a page to its article. Takes bytes or text of any supported kind and never throws for bad input. */
import type { PageKnowledge } from '../knowledge/page.ts'
import type { Notice, PageInput } from '../model/index.ts'
import { assemble, type PageReading } from './assemble.ts'
import { decodeBytes, garbageShare } from './bytes.ts'
import { isoDay, urlDay } from './dates.ts'
import { type Draft, NOTHING_KNOWN } from './draft.ts'
import { linesOf, readFlat } from './flat.ts'
import { readHtml } from './html.ts'
import { kindOf } from './kind.ts'
import { readJson, readMail, readMarkdown } from './media.ts'

export type { PageReading } from './assemble.ts'

export interface PageOptions {
  /** One extractor instead of two, for bulk. */
  readonly fast?: boolean
  /** No extractor at all: the rule for bare text. For pages the extractors did not finish. */
  readonly windowOnly?: boolean
}

const MAX_GARBAGE = 0.05
const EMPTY: Draft = { title: null, paragraphs: [], captions: [], furniture: [], byline: null, agencies: [], publisher: null, published: null, url: null, declared: null, notices: [] }

/** Reads a page. Paragraph spans and the headline's span point into `article.text`; doubtful input is told in the notices. */
export async function readPage(input: PageInput, knowledge: PageKnowledge, options: PageOptions = {}): Promise<PageReading> {
  const notices: Notice[] = []
  const refuse = (code: string, message: string): Promise<PageReading> => assemble(EMPTY, { ...input, language: input.language ?? null }, knowledge, [...notices, { code, stage: 'page', message }])
  let text = input.text ?? ''
  if (input.text === undefined && input.bytes !== undefined) {
    const magic = binaryKind(input.bytes)
    if (magic) return refuse('not-text', `the input is ${magic}, not text`)
    const decoded = decodeBytes(input.bytes, input.charset ?? null)
    text = decoded.text
    if (decoded.basis === 'guessed' && decoded.encoding !== 'iso-2022-jp') notices.push({ code: 'encoding-guessed', stage: 'page', message: `no encoding is declared; read as ${decoded.encoding}` })
    else if (decoded.basis === 'nearly') notices.push({ code: 'encoding-broken', stage: 'page', message: 'read as utf-8 although some bytes are broken' })
  }
  if (text.trim() === '') return refuse('empty', 'the input holds no text')
  if (garbageShare(text) > MAX_GARBAGE) return refuse('not-text', 'more than 5 % of the characters are broken or control characters; this is no text')
  const kind = kindOf(text, input.mediaType ?? null, input.url ?? null)
  const url = input.url ?? null
  const html = { url, fast: options.fast === true, windowOnly: options.windowOnly === true }
  let draft: Draft
  if (kind === 'html') draft = await readHtml(text, knowledge, html)
  else if (kind === 'mail') draft = await readMail(text, input.bytes ?? null, knowledge, html)
  else if (kind === 'json') draft = await readJson(text, knowledge, html)
  else if (kind === 'markdown') draft = readMarkdown(text, knowledge, url)
  else draft = readFlat(linesOf(text).map((line) => ({ text: line })), knowledge, { known: { ...NOTHING_KNOWN, published: urlDay(url), url }, story: false, monthFirst: false })
  if (input.published !== undefined && input.published !== null && isoDay(input.published) === null && !/^\d{4}(?:-\d{2})?$/u.test(input.published)) notices.push({ code: 'odd-date', stage: 'page', message: `the given date of publication '${input.published}' is no EDTF day, month or year` })
  if (draft.paragraphs.length === 0 && draft.notices.length === 0) notices.push({ code: 'no-story', stage: 'page', message: 'no story was found in the input' })
  return assemble(draft, input, knowledge, notices)
}

function binaryKind(bytes: Uint8Array): string | null {
  const begins = (...codes: number[]): boolean => codes.every((code, at) => bytes[at] === code)
  if (begins(0x25, 0x50, 0x44, 0x46)) return 'a PDF file'
  if (begins(0x50, 0x4b, 3, 4)) return 'a ZIP archive'
  if (begins(0x1f, 0x8b)) return 'gzip data'
  if (begins(0x89, 0x50, 0x4e, 0x47) || begins(0xff, 0xd8, 0xff) || begins(0x47, 0x49, 0x46, 0x38)) return 'a picture'
  return null
}
