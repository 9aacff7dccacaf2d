/** Tools about articles: finding them, the evidence in one, and adding more. */
import { z } from 'zod'
import { addDocuments } from '../api/add.ts'
import { HttpProblem } from '../api/app.ts'
import { loadArticle, loadSearch } from '../api/articles.ts'
import { webAddress } from '../render/formats.ts'
import { type ArticleEntry, getEntries } from '../store/index.ts'
import { fitting, LANGUAGE, MOST, type Next, NOTICE, stretch, words } from './answer.ts'
import { inList } from './events.ts'
import { tool } from './tool.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u)
const EVENTS = 4
/** Characters of an article given at once. */
const STRETCH = 2000
const SHORTEST = 300

const entryOf = (entry: ArticleEntry) => ({ article: entry.id, language: entry.language, published: entry.published, reports: entry.reports, untrusted: { title: words(entry.title, 200), outlet: words(entry.publisher, 80), url: words(webAddress(entry.url), 300) } })

export const searchTool = tool({
  name: 'search', title: 'Search',
  description: 'Articles and events by words and names in any script: a name in one finds what tells of its bearer in every other. Gives whom the words name, their newest events, and articles with the words around the hit.',
  input: {
    query: z.string().min(1).max(300), language: z.string().max(20).optional().describe('only articles in this language, ISO 639-1'), from: day.optional().describe('first day of publication'), to: day.optional().describe('last day'),
    limit: z.number().int().min(1).max(20).optional().describe('articles, 8 unless said'), lang: z.string().max(20).optional().describe('language of the lines; English unless said'),
  },
  async run(desk, asked) {
    const { query, language, from, to, limit = 8, lang = LANGUAGE } = asked
    const found = await loadSearch(desk, { q: query, language, from, to, limit, cursor: undefined, lang, format: undefined })
    const actors = found.actors.slice(0, 5).map(({ id, name }) => ({ id, name }))
    const events = found.events.slice(0, EVENTS).map((event) => inList(event, 1))
    const all = found.articles.map(({ article, snippet }) => { const { untrusted, ...entry } = entryOf(article); return { ...entry, untrusted: { ...untrusted, words: words(snippet) } } })
    const count = Math.min(limit, fitting(all, MOST - JSON.stringify({ actors, events }).length - 900))
    const shown = all.slice(0, count)
    const last = shown.at(-1)?.published?.slice(0, 10)
    const more = count < all.length || found.next !== null
    // Newest first, so the day of the last shown leads on; where it is the one asked for already, the query must be narrowed.
    const next: Next = more && last !== undefined && last.length === 10 && last !== to ? { tool: 'search', arguments: { ...asked, to: last } } : null
    return {
      notice: NOTICE, actors, events, ...(found.events.length > events.length && actors[0] ? { moreEvents: { tool: 'chronology', arguments: { parties: [actors[0].id] } } } : {}), articles: shown, next,
      ...(more && next === null ? { hint: 'There are more articles than are shown: narrow the query by words, language or days.' } : {}),
    }
  },
})

export const articleTool = tool({
  name: 'article', title: 'Article with its evidence',
  description: 'A stretch of one article with everything read out of it: each report with the words that say each of its fields, and who is quoted. Spans count UTF-16 units of the whole text.',
  input: {
    id: z.string().min(1).max(100).describe('id of the article, as other tools give it'), from: z.number().int().min(0).optional().describe('character to begin at'), length: z.number().int().min(SHORTEST).max(4000).optional().describe(`characters of text, ${STRETCH} unless said`),
    lang: z.string().max(20).optional(),
  },
  async run(desk, { id, from = 0, length = STRETCH, lang = LANGUAGE }) {
    const answer = await loadArticle(desk, id)
    if (!answer) throw new HttpProblem(404, 'Not found', `no article has the id '${id}'`)
    const { article, reports, statements, notices } = answer.reading
    const { lines } = desk.writers(lang)
    if (from > 0 && from >= article.text.length) throw new HttpProblem(400, 'Cannot be asked', `the text has ${article.text.length} characters`)
    const build = (end: number) => {
      const begins = ([start]: readonly [number, number]): boolean => start >= from && start < end
      return {
        reports: reports.filter(({ evidence }) => evidence[0] !== undefined && begins(evidence[0].span)).map((report) => ({
          id: report.id, event: answer.events[report.id] ?? null, line: words(lines.report(report), 300), type: report.type, mode: report.mode, date: report.date?.value ?? null, status: report.status, historical: report.historical,
          confidence: report.confidence, rule: report.rule, evidence: report.evidence.map(({ field, span, text }) => ({ field, span, untrusted: words(text, 160) })),
        })),
        statements: statements.filter(({ span }) => begins(span)).map(({ speaker, stance, quoted, span, text }) => ({ speaker: speaker.id, stance, quoted, span, untrusted: { speaker: words(speaker.name, 80), words: words(text, 240) } })),
      }
    }
    let end = Math.min(article.text.length, from + length)
    // A stretch that tells too much is halved until what is told of it fits.
    while (end - from > SHORTEST && JSON.stringify(build(end)).length + (end - from) * 2 > MOST - 1500) end = from + Math.ceil((end - from) / 2)
    const told = build(end)
    const count = fitting(told.reports, MOST - 1500 - (end - from) * 2)
    const spoken = fitting(told.statements, Math.max(0, MOST - 1500 - (end - from) * 2 - JSON.stringify(told.reports.slice(0, count)).length))
    return {
      notice: NOTICE, ...entryOf(answer.entry), characters: article.text.length, span: [from, end], text: { untrusted: stretch(article.text.slice(from, end)) }, reports: told.reports.slice(0, count), statements: told.statements.slice(0, spoken),
      ...(count < told.reports.length || spoken < told.statements.length ? { leftOut: { reports: told.reports.length - count, statements: told.statements.length - spoken, hint: `ask with length ${SHORTEST}, or for the events` } } : {}),
      notices: notices.slice(0, 5).map(({ code, message }) => ({ code, message: words(message, 200) })), next: end < article.text.length ? { tool: 'article', arguments: { id, from: end, length } } : null,
    }
  },
})

export const addTool = tool({
  name: 'add', title: 'Add an article', writes: true,
  description: 'Reads a text, or fetches a public address, and keeps what it tells in the record. The same document again changes nothing. Only add what the user asked for.',
  input: {
    text: z.string().max(400_000).optional().describe('the text or page itself'), url: z.string().max(2000).optional().describe('address to fetch; beside a text: where the text is from'),
    published: z.string().regex(/^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u).optional().describe('day of publication where the text does not say it'),
  },
  async run(desk, { text, url, published }, note) {
    const given = text !== undefined && text.trim() !== ''
    if (!given && (url === undefined || url === '')) throw new HttpProblem(400, 'Nothing to read', 'give text or url')
    const done = await addDocuments(desk, {
      inputs: given ? [{ kind: 'bytes', name: url ?? 'given text', bytes: new TextEncoder().encode(text) }] : [{ kind: 'url', url: url ?? '' }], ...(given && url !== undefined ? { url } : {}), ...(published === undefined ? {} : { published }),
    }, note)
    const { problems, articles, there, ...counts } = done
    if (problems.length > 0 && articles.length + there.length === 0) throw new HttpProblem(400, 'Could not be read', problems.slice(0, 5).map(({ code, message }) => `${code}: ${words(message)}`).join('; '))
    const ids = [...articles, ...there]
    const entries = await getEntries(desk.db, ids.slice(0, 20))
    return {
      notice: NOTICE, ...counts, articles: [...entries.values()].map(entryOf), ...(ids.length > entries.size ? { more: ids.length - entries.size } : {}), problems: problems.slice(0, 5).map(({ code, message }) => ({ code, message: words(message, 200) })),
      next: ids[0] === undefined ? null : { tool: 'article', arguments: { id: ids[0] } },
    }
  },
})
