/** Stage 1: a page to its article. Takes bytes or text of any supported kind and never throws for bad input. */
import type { PageKnowledge } from '../knowledge/page.ts'
import type { Notice, PageInput } from '../model/index.ts'
import { assemble, type PageReading } from './assemble.ts'
import { isoDay, urlDay } from './dates.ts'
import { type Draft, NOTHING_KNOWN } from './draft.ts'
import { linesOf, readFlat } from './flat.ts'
import { kindOf } from './kind.ts'
import { garbageShare, plainText } from './plain.ts'

export type { PageReading } from './assemble.ts'

export interface PageOptions {
  /** One extractor instead of two, for bulk. */
  readonly fast?: boolean
  /** No extractor at all: the rule for bare text. For pages the extractors did not finish. */
  readonly windowOnly?: boolean
}

const MAX_GARBAGE = 0.05
/** No article is so long; what stands behind is left unread, so that the time stays bounded. */
const MAX_LENGTH = 12_000_000
const MAX_BYTES = 2 * MAX_LENGTH
const EMPTY: Draft = { title: null, paragraphs: [], captions: [], furniture: [], byline: null, agencies: [], publisher: null, published: null, url: null, declared: null, notices: [] }

/** Reads a page. Paragraph spans and the headline's span point into `article.text`; doubtful input is told in the notices. */
export async function readPage(input: PageInput, knowledge: PageKnowledge, options: PageOptions = {}): Promise<PageReading> {
  const notices: Notice[] = []
  const refuse = (code: string, message: string): Promise<PageReading> => assemble(EMPTY, { ...input, language: input.language ?? null }, knowledge, [...notices, { code, stage: 'page', message }])
  let text = input.text ?? ''
  const bytes = input.text === undefined && input.bytes !== undefined ? shortened(input.bytes) : null
  if (bytes !== null) {
    const magic = binaryKind(bytes)
    if (magic) return refuse('not-text', `the input is ${magic}, not text`)
    const plain = plainText(bytes)
    const decoded = plain !== null ? null : (await import('./bytes.ts')).decodeBytes(bytes, input.charset ?? null)
    text = plain ?? decoded?.text ?? ''
    if (decoded?.basis === 'guessed' && decoded.encoding !== 'iso-2022-jp') notices.push({ code: 'encoding-guessed', stage: 'page', message: `no encoding is declared; read as ${decoded.encoding}` })
    else if (decoded?.basis === 'nearly') notices.push({ code: 'encoding-broken', stage: 'page', message: 'read as utf-8 although some bytes are broken' })
  }
  if (text.length > MAX_LENGTH || (input.bytes !== undefined && bytes !== null && bytes.length < input.bytes.length)) {
    text = text.slice(0, MAX_LENGTH)
    notices.push({ code: 'too-long', stage: 'page', message: `the input is longer than any article; only its first ${text.length} characters are read` })
  }
  if (text.trim() === '') return refuse('empty', 'the input holds no text')
  if (garbageShare(text) > MAX_GARBAGE) return refuse('not-text', 'more than 5 % of the characters are broken or control characters; this is no text')
  const kind = kindOf(text, input.mediaType ?? null, input.url ?? null)
  const url = input.url ?? null
  const html = { url, fast: options.fast === true, windowOnly: options.windowOnly === true }
  let draft: Draft
  // What takes other kinds apart is loaded where there is one.
  if (kind === 'html') draft = await (await import('./html.ts')).readHtml(text, knowledge, html)
  else if (kind === 'mail') draft = await (await import('./media.ts')).readMail(text, bytes !== null && bytes.length <= MAX_LENGTH ? bytes : null, knowledge, html)
  else if (kind === 'json') draft = await (await import('./media.ts')).readJson(text, knowledge, html)
  else if (kind === 'markdown') draft = (await import('./media.ts')).readMarkdown(text, knowledge, url)
  else draft = readFlat(linesOf(text).map((line) => ({ text: line })), knowledge, { known: { ...NOTHING_KNOWN, published: urlDay(url), url }, story: false, monthFirst: false })
  if (input.published !== undefined && input.published !== null && isoDay(input.published) === null && !/^\d{4}(?:-\d{2})?$/u.test(input.published)) notices.push({ code: 'odd-date', stage: 'page', message: `the given date of publication '${input.published}' is no EDTF day, month or year` })
  if (draft.paragraphs.length === 0 && draft.notices.length === 0) notices.push({ code: 'no-story', stage: 'page', message: 'no story was found in the input' })
  return assemble(draft, input, knowledge, notices)
}

/** The beginning of very long input, cut between characters of UTF-8. */
function shortened(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= MAX_BYTES) return bytes
  let end = MAX_BYTES
  while (end > MAX_BYTES - 4 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return bytes.subarray(0, end)
}

/** What files of other kinds begin with. */
const MAGIC: readonly (readonly [string, number, readonly number[]])[] = [
  ['a PDF file', 0, [0x25, 0x50, 0x44, 0x46]], ['a ZIP archive', 0, [0x50, 0x4b, 3, 4]], ['gzip data', 0, [0x1f, 0x8b]], ['a RAR archive', 0, [0x52, 0x61, 0x72, 0x21, 0x1a]], ['a 7z archive', 0, [0x37, 0x7a, 0xbc, 0xaf]],
  ['a picture', 0, [0x89, 0x50, 0x4e, 0x47]], ['a picture', 0, [0xff, 0xd8, 0xff]], ['a picture', 0, [0x47, 0x49, 0x46, 0x38]], ['a picture', 8, [0x57, 0x45, 0x42, 0x50]],
  ['a film or sound', 4, [0x66, 0x74, 0x79, 0x70]], ['a film or sound', 8, [0x57, 0x41, 0x56, 0x45]], ['a film or sound', 0, [0x49, 0x44, 0x33]], ['a program', 0, [0x7f, 0x45, 0x4c, 0x46]], ['a program', 0, [0x4d, 0x5a, 0x90, 0]],
  ['an old office document', 0, [0xd0, 0xcf, 0x11, 0xe0]], ['an RTF document', 0, [0x7b, 0x5c, 0x72, 0x74, 0x66]], ['a Parquet file', 0, [0x50, 0x41, 0x52, 0x31]],
]

function binaryKind(bytes: Uint8Array): string | null {
  return MAGIC.find(([, at, codes]) => codes.every((code, index) => bytes[at + index] === code))?.[0] ?? null
}
