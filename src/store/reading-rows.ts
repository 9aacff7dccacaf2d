/** One reading as rows of every table. Pure: the same reading gives the same rows. */
import type { Article, Mention, Reading } from '../model/index.ts'
import { edtfDays, monthOf, UNDATED } from './days.ts'
import { partyKeys } from './keys.ts'
import type { ArticleBody, StoredMention } from './schema.ts'

/** The words a text is found by: folded, segmented and cut as its language needs. Passed in, because languages are not the store's business. */
export type SearchWords = (text: string, language: string) => Iterable<string>

export interface ReadingContext {
  readonly search: string
  readonly page: string | null
  readonly source: string | null
  readonly telling: string | null
  readonly run: string
  readonly firstSeen: string
}

/** PostgreSQL refuses longer words; nobody searches for them. */
const LONGEST_WORD = 200
const MOST_WORDS = 50_000

/** The text form of a tsvector without positions. */
function wordVector(words: Iterable<string>): string {
  const unique = new Set<string>()
  for (const word of words) {
    if (word !== '' && word.length <= LONGEST_WORD) unique.add(word)
    if (unique.size >= MOST_WORDS) break
  }
  return [...unique].map((word) => `'${word.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`).join(' ')
}

/** The vector an article is searched by: its text and its captions. */
export function searchVector({ text, captions, language }: Article, words: SearchWords): string {
  const said = captions.map((caption) => caption.text).join('\n')
  return wordVector(words(said === '' ? text : `${text}\n\n${said}`, language))
}

function mentionKey(mention: Mention): { readonly key: string; readonly country: string | null } {
  if (mention.actor) return { key: mention.actor.id, country: mention.actor.country }
  if (mention.place) return { key: mention.place.id, country: mention.place.country }
  if (mention.date) return { key: mention.date.value, country: null }
  if (mention.quantity) return { key: mention.quantity.unit ?? '', country: null }
  return { key: '', country: null }
}

function mentionRows(month: string, reading: Reading): object[] {
  const groups = new Map<string, { readonly kind: Mention['kind']; readonly key: string; readonly country: string | null; readonly items: StoredMention[] }>()
  reading.mentions.forEach((mention, at) => {
    const { key, country } = mentionKey(mention)
    const name = `${mention.kind}\u0001${key}`
    const group = groups.get(name) ?? { kind: mention.kind, key, country, items: [] }
    group.items.push({ at, mention })
    groups.set(name, group)
  })
  return [...groups.values()].map(({ kind, key, country, items }) => ({ month, article: reading.article.id, kind, key, country, times: items.length, items }))
}

/** The rows of a reading by table. */
export function readingRows(reading: Reading, context: ReadingContext) {
  const { article } = reading
  const publishedDay = edtfDays(article.published)?.first ?? null
  const month = monthOf(publishedDay)
  const { text, ...body } = article
  const kept: ArticleBody = body
  const reports = reading.reports.map((report, ordinal) => {
    const days = edtfDays(report.date?.value)
    return {
      month, id: report.id, article: article.id, ordinal, type: report.type, mode: report.mode, status: report.status, historical: report.historical, confidence: report.confidence,
      first_day: days?.first ?? null, last_day: days?.last ?? null, day: days?.first ?? publishedDay ?? UNDATED, rule: report.rule, body: report,
    }
  })
  return {
    article: {
      id: article.id, month, address: article.url, page: context.page, source: context.source, language: article.language, publisher: article.publisher, title: article.title,
      published: article.published, published_day: publishedDay, characters: text.length, reports: reports.length, telling: context.telling, run: context.run, first_seen: context.firstSeen,
    },
    text: { month, article: article.id, day: publishedDay ?? UNDATED, language: article.language, text, body: kept, notices: reading.notices, search: context.search },
    mentions: mentionRows(month, reading),
    reports,
    keys: reports.flatMap(({ body: report, day, type, status, historical, confidence }) =>
      partyKeys(report.actors, report.recipients).map((key) => ({ key, day, report: report.id, month, type, status, historical, confidence }))),
    statements: reading.statements.map((statement, ordinal) => ({
      month, id: statement.id, article: article.id, ordinal, speaker: statement.speaker.id, country: statement.speaker.country, stance: statement.stance, report: statement.report ?? null,
      day: edtfDays(statement.date?.value)?.first ?? publishedDay ?? UNDATED, body: statement,
    })),
    figures: reading.figures.map((figure, ordinal) => ({ month, article: article.id, ordinal, measure: figure.measure, value: figure.value, unit: figure.unit, parties: figure.parties, body: figure })),
  }
}

export type ReadingRows = ReturnType<typeof readingRows>
