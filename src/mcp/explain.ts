/** The tool that tells why each thing was found, and why a sentence gave nothing. */
import { z } from 'zod'
import { HttpProblem } from '../api/app.ts'
import type { Desk } from '../api/desk.ts'
import type { Reading, Span } from '../model/index.ts'
import { read, readArticle, type ReadOptions, type TraceEntry } from '../read.ts'
import { getArticle } from '../store/index.ts'
import { fitting, MOST, NOTICE, words } from './answer.ts'
import { tool } from './tool.ts'

const LONGEST = 8000

interface Told { readonly index: number; readonly start: number; readonly end: number; readonly actors: readonly string[] }

/** Paragraphs of a text as articles keep it: parted by an empty line. */
function paragraphsOf(text: string): Span[] {
  const out: Span[] = []
  for (const match of text.matchAll(/[^\n]+(?:\n(?!\n)[^\n]+)*/gu)) out.push([match.index, match.index + match[0].length])
  return out
}

async function readAgain(desk: Desk, asked: { article?: string | undefined; text?: string | undefined; published?: string | undefined; language?: string | undefined }, options: ReadOptions): Promise<Reading> {
  if (asked.article !== undefined) {
    const found = await getArticle(desk.db, asked.article)
    if (!found) throw new HttpProblem(404, 'Not found', `no article has the id '${asked.article}'`)
    return readArticle(found.article, paragraphsOf(found.article.text), [], desk.knowledge, options)
  }
  if (asked.text === undefined || asked.text.trim() === '') throw new HttpProblem(400, 'Nothing to explain', 'give the id of an article, or a text')
  return read({ text: asked.text, mediaType: 'text/plain', published: asked.published ?? null, language: asked.language ?? null }, desk.knowledge, options)
}

export const explainTool = tool({
  name: 'explain', title: 'Explain a reading',
  description: 'Why each thing was found in an article or a text, sentence by sentence: the concepts its words were taken for, the rule that made a report of it or the reason why none came of it.',
  input: {
    article: z.string().max(100).optional().describe('id of an article in the record'), text: z.string().max(LONGEST).optional().describe('or a text, which is not kept'), published: z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u).optional().describe('day the text is read from'),
    language: z.string().max(20).optional().describe('language of the text where it does not tell, ISO 639-1'), from: z.number().int().min(0).optional().describe('sentence to begin at'),
  },
  async run(desk, asked) {
    const trace: TraceEntry[] = []
    const sentences: Told[] = []
    const { article } = await readAgain(desk, asked, { trace: (entry) => trace.push(entry), sentence: (entry) => sentences.push(entry) })
    const from = asked.from ?? 0
    const all = sentences.slice(from).map(({ index, start, end, actors }) => ({
      sentence: index, span: [start, end], untrusted: words(article.text.slice(start, end), 400), actors: actors.slice(0, 12).map((actor) => words(actor, 120)),
      found: trace.filter((entry) => entry.sentence === index).map(({ span, concept, rule, outcome }) => ({ span, untrusted: words(article.text.slice(span[0], span[1]), 80), concept, rule, outcome })),
    }))
    const count = fitting(all, MOST - 600)
    return { notice: NOTICE, language: article.language, sentences: all.slice(0, count), of: sentences.length, next: count < all.length ? { tool: 'explain', arguments: { ...asked, from: from + count } } : null }
  },
})
