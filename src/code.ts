/** `code`: bulk coding of texts as they are, for researchers. One line in, one line out, in order; never stops at a bad line. */
import { z } from 'zod'
import type { Knowledge } from './knowledge/index.ts'
import type { Article, PageInput, Report, Span } from './model/index.ts'
import { read, readArticle, type ReadOptions } from './read.ts'
import { relate, type Relation } from './relate.ts'
import { detectLanguage } from './page/language.ts'

const span = z.tuple([z.number().int().min(0), z.number().int().min(0)])
const edge = z.union([span, z.null()]).optional()

export const codeLineSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  text: z.string(),
  published: z.string().nullish(),
  language: z.string().nullish(),
  url: z.string().nullish(),
  pair: z.object({ source: edge, target: edge }).nullish(),
})
export type CodeLine = z.infer<typeof codeLineSchema>

export interface CodedLine {
  readonly id: string | number | null
  readonly language: string
  readonly reports: readonly Report[]
  readonly relation?: Relation | null
  readonly error?: string
}

const EDTF = /^(?:\d{4}|\d{3}X)(?:-\d{2}(?:-\d{2})?)?$/u

/** Codes one text as it is given: spans point into it unchanged. */
export async function codeText(line: CodeLine, knowledge: Knowledge, options: ReadOptions = {}): Promise<CodedLine> {
  const { text } = line
  const language = line.language ?? (await detectLanguage(text, null, knowledge.page.detection))
  const published = line.published && EDTF.test(line.published.slice(0, 10)) ? line.published.slice(0, 10) : null
  const article: Article = {
    id: String(line.id ?? ''), url: line.url ?? null, language, direction: knowledge.lexicon(language)?.settings.direction ?? 'ltr', title: null, lead: null, byline: null,
    agencies: [], publisher: null, published, text, captions: [], furniture: [],
  }
  const reading = readArticle(article, paragraphsOf(text), [], knowledge, { ...options, reportsOnly: true })
  const out = { id: line.id ?? null, language, reports: reading.reports }
  if (!line.pair) return out
  return { ...out, relation: relate(text, line.pair.source ?? null, line.pair.target ?? null, language, reading, knowledge) }
}

/** Codes one line of JSON; whatever is wrong with it is said in the `error` of its answer. */
export async function codeJsonLine(json: string, knowledge: Knowledge): Promise<CodedLine> {
  let id: string | number | null = null
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && 'id' in value && (typeof value.id === 'string' || typeof value.id === 'number')) id = value.id
    const parsed = codeLineSchema.safeParse(value)
    if (!parsed.success) return { id, language: 'und', reports: [], error: `not a line to code: ${parsed.error.issues.map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`).join('; ')}` }
    const { pair, text } = parsed.data
    for (const [name, side] of [['source', pair?.source], ['target', pair?.target]] as const) {
      if (side && (side[0] > side[1] || side[1] > text.length)) return { id, language: 'und', reports: [], error: `pair.${name} [${side.join(', ')}] lies outside the text of ${text.length} UTF-16 units` }
    }
    return await codeText(parsed.data, knowledge)
  } catch (error) {
    return { id, language: 'und', reports: [], error: error instanceof SyntaxError ? `not JSON: ${error.message}` : `could not be read: ${error instanceof Error ? error.message : String(error)}` }
  }
}

/** A line of JSON, or a page whose story is to be taken out first (WARC); then the answer carries the text its spans point into. */
export type CodeJob = { readonly json: string } | { readonly id: string; readonly page: PageInput }

/** Codes one job and returns one line of JSON, without its end. */
export async function codeJob(job: CodeJob, knowledge: Knowledge): Promise<string> {
  if ('json' in job) return JSON.stringify(await codeJsonLine(job.json, knowledge))
  try {
    const { article, reports, notices } = await read(job.page, knowledge, { fast: true })
    return JSON.stringify({ id: job.id, language: article.language, reports, text: article.text, ...(article.text === '' ? { error: notices[0]?.message ?? 'no story was found' } : {}) })
  } catch (error) {
    return JSON.stringify({ id: job.id, language: 'und', reports: [], error: `could not be read: ${error instanceof Error ? error.message : String(error)}` })
  }
}

/** Paragraphs of a text as it is: runs of lines parted by an empty line, and single lines. */
export function paragraphsOf(text: string): Span[] {
  const out: Span[] = []
  let at = 0
  for (const line of text.split('\n')) {
    if (line.trim() !== '') out.push([at, at + line.length])
    at += line.length + 1
  }
  return out
}
