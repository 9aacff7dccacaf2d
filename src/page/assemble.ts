/** Draft to article: one clean text with offsets into it, the language told, the id made from the content. */
import type { PageKnowledge } from '../knowledge/page.ts'
import type { Article, Notice, PageInput, Span } from '../model/index.ts'
import { contentId } from '../text/hash.ts'
import type { Draft } from './draft.ts'
import { detectLanguage, directionOf } from './language.ts'
import { level } from './phrases.ts'

const BIDI = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\u00ad]/gu
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

export interface Cleaning { bidi: number; control: number; lone: number }

/** One line of clean text: no direction marks, controls or half characters; spaces levelled, letters composed. */
export function cleanLine(text: string, count: Cleaning = { bidi: 0, control: 0, lone: 0 }): string {
  return text
    .replace(LONE, () => { count.lone++; return '\ufffd' })
    .replace(BIDI, () => { count.bidi++; return '' })
    .replace(/[\t\r\n]/gu, ' ')
    .replace(CONTROL, (char) => { if (char !== '\u00ad' && char !== '\ufeff') count.control++; return '' })
    .replace(/[ \u00a0\u3000\u2028\u2029]+/gu, ' ')
    .normalize('NFC')
    .trim()
}

export interface PageReading {
  readonly article: Article
  readonly notices: Notice[]
  /** Paragraphs of `article.text`, headline included. */
  readonly paragraphs: Span[]
  readonly headline: Span | null
}

const same = (a: string, b: string): boolean => level(a).replace(/[^\p{L}\p{N}]+/gu, '') === level(b).replace(/[^\p{L}\p{N}]+/gu, '')

/** Puts the article together. */
export async function assemble(draft: Draft, input: PageInput, knowledge: PageKnowledge, before: readonly Notice[]): Promise<PageReading> {
  const count: Cleaning = { bidi: 0, control: 0, lone: 0 }
  const title = draft.title === null ? null : cleanLine(draft.title, count) || null
  const body = draft.paragraphs.map((paragraph) => cleanLine(paragraph, count)).filter((paragraph) => paragraph !== '')
  if (title !== null && body[0] !== undefined && same(title, body[0])) body.shift()
  const paragraphs: Span[] = []
  let text = ''
  for (const part of title !== null && body.length > 0 ? [title, ...body] : body.length > 0 ? body : title === null ? [] : [title]) {
    if (text !== '') text += '\n\n'
    paragraphs.push([text.length, text.length + part.length])
    text += part
  }
  const notices: Notice[] = [...before, ...draft.notices]
  if (count.bidi > 0) notices.push({ code: 'direction-marks', stage: 'page', message: `${count.bidi} invisible direction marks were left out of the text` })
  if (count.control > 0) notices.push({ code: 'control-characters', stage: 'page', message: `${count.control} control characters were left out of the text` })
  if (count.lone > 0) notices.push({ code: 'broken-characters', stage: 'page', message: `${count.lone} broken characters were replaced in the text` })
  const language = input.language?.toLowerCase().split(/[-_]/u)[0] || await detectLanguage(text, draft.declared, knowledge.detection)
  if (language === 'und' && text !== '') notices.push({ code: 'language-unknown', stage: 'page', message: 'the language of the text could not be told' })
  const url = input.url ?? draft.url
  const line = (value: string | null): string | null => (value === null ? null : cleanLine(value) || null)
  const article: Article = {
    id: contentId('article', url ?? '', text), url, language, direction: directionOf(language, knowledge.detection),
    title, lead: body[0] ?? null, byline: line(draft.byline), agencies: draft.agencies, publisher: line(draft.publisher),
    published: input.published ?? draft.published, text,
    captions: draft.captions.map((caption) => ({ text: cleanLine(caption.text), credit: line(caption.credit) })).filter((caption) => caption.text !== ''),
    furniture: draft.furniture.map((item) => ({ kind: item.kind, text: cleanLine(item.text) })).filter((item) => item.text !== ''),
  }
  return { article, notices, paragraphs, headline: title !== null ? paragraphs[0] ?? null : null }
}
