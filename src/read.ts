/** `read`: one page to its record. A straight line through the stages; pure but for the tables it was made with. */
import type { Knowledge } from './knowledge/index.ts'
import { readMentions } from './mentions/mentions.ts'
import type { Article, Figure, Mention, Notice, PageInput, Reading, ReadSentence, Sentence, Span } from './model/index.ts'
import { readPage } from './page/page.ts'
import { tagSentences } from './parse/tag.ts'
import { type Judge, judgeBy } from './reports/judge.ts'
import { countriesIn, mainPair, readReports } from './reports/reports.ts'
import type { TraceEntry } from './reports/draft.ts'
export type { TraceEntry } from './reports/draft.ts'
import { contentId } from './text/hash.ts'
import type { Lexicon } from './text/lexicon.ts'
import { readTimes, type Times } from './text/times.ts'

export interface ReadOptions {
  /** Reports alone: no mentions, quantities or figures are listed. */
  readonly reportsOnly?: boolean
  /** Fast extraction of HTML pages, for bulk. */
  readonly fast?: boolean
  /** Told why each predicate gave a report or none. */
  readonly trace?: (entry: TraceEntry) => void
  /** Judges each report instead of the language's own weights; null judges none. */
  readonly judge?: Judge | null
  /** Told each sentence with the actors found in it, in words and as they were read. */
  readonly sentence?: (entry: { readonly index: number; readonly start: number; readonly end: number; readonly actors: readonly string[]; readonly read: ReadSentence }) => void
}

/** Reads one page. Bad or doubtful input gives notices, never an exception. */
export async function read(input: PageInput, knowledge: Knowledge, options: ReadOptions = {}): Promise<Reading> {
  const page = await readPage(input, knowledge.page, options.fast === undefined ? {} : { fast: options.fast })
  return readArticle(page.article, page.paragraphs, page.notices, knowledge, options)
}

/** Reads an article whose text is already clean: the stages after the page. */
export function readArticle(article: Article, paragraphs: readonly Span[], notices: readonly Notice[], knowledge: Knowledge, options: ReadOptions = {}): Reading {
  const said: Notice[] = [...notices]
  const lexicon = knowledge.lexicon(article.language)
  if (!lexicon) {
    if (article.text !== '') said.push({ code: 'language-unknown', stage: 'parse', message: `no tables for the language '${article.language}': the article is kept, nothing is read out of it (known: ${knowledge.languages.join(', ')})` })
    return { article, mentions: [], reports: [], statements: [], figures: [], notices: said }
  }
  const sentences = cutSentences(article.text, paragraphs, lexicon)
  tagSentences(article.text, sentences, knowledge.analyser(article.language))
  const engines = knowledge.times(article.language)
  const times = readTimes(article.text, sentences, options.reportsOnly ? { ...engines, quantities: null } : engines, article.published)
  const read = readMentions(article.text, sentences, lexicon, knowledge.gazetteer, { when: times.anchor, addresses: (concept) => isAddress(concept, knowledge) })
  if (options.sentence) for (const one of read) options.sentence({ index: one.sentence.index, start: one.sentence.span[0], end: one.sentence.span[1], read: one, actors: one.actors.map((mention) => `${mention.text} = ${mention.actors.map((actor) => actor.name).join(' + ')}`) })
  const { reports, statements } = readReports(article.text, read, lexicon, knowledge.ontology, { articleId: article.id, anchor: times.anchor, dates: times.dates, paragraphs, trace: options.trace ?? null, judge: options.judge === undefined ? judgeBy(knowledge.belief(article.language), knowledge.telling(article.language)) : options.judge })
  if (options.reportsOnly) return { article, mentions: [], reports, statements, figures: [], notices: [...said, ...times.notices] }
  return { article, mentions: listMentions(article, read, times), reports, statements, figures: listFigures(read, times), notices: [...said, ...times.notices] }
}

/* A request, an act with a direction: said or done to whoever its object names. */
const isAddress = (concept: string, { ontology }: Knowledge): boolean => ontology.concepts[concept]?.effect === 'request' || ontology.ruleOf.get(concept)?.roles === 'directed'

function cutSentences(text: string, paragraphs: readonly Span[], lexicon: Lexicon): Sentence[] {
  const out: Sentence[] = []
  paragraphs.forEach((paragraph, index) => {
    for (const span of lexicon.split(text, paragraph)) out.push({ index: out.length, paragraph: index, span, tokens: lexicon.tokenizer.tokenize(text, span[0], span[1]) })
  })
  return out
}

function listMentions(article: Article, read: readonly ReadSentence[], times: Times): Mention[] {
  const out: Mention[] = []
  const add = (kind: Mention['kind'], span: Span, more: Partial<Mention>): void => {
    out.push({ id: contentId(article.id, kind, String(span[0]), String(span[1]), ...(more.actor ? [more.actor.id] : [])), kind, span, text: article.text.slice(span[0], span[1]), ...more })
  }
  for (const { actors } of read) {
    for (const mention of actors) {
      const first = mention.actors[0]
      if (!first) continue
      if (first.id.startsWith('place:')) add('place', mention.span, { place: { id: first.id, name: first.name, country: first.country } })
      else for (const actor of mention.actors) add('actor', mention.span, { actor })
      if (mention.named) add('actor', mention.named, { actor: { ...first, span: mention.named, text: article.text.slice(mention.named[0], mention.named[1]) } })
    }
  }
  for (const hit of times.dates) add('date', [hit.start, hit.end], { date: hit.date })
  for (const hit of times.quantities) add('quantity', hit.span, { quantity: { value: hit.value, unit: hit.unit, comparator: hit.comparator } })
  return out.sort((a, b) => a.span[0] - b.span[0] || a.span[1] - b.span[1])
}

function listFigures(read: readonly ReadSentence[], times: Times): Figure[] {
  // "The two armies" counts nobody.
  const counted = times.figures.filter(({ span }) => !read.some(({ actors }) => actors.some((mention) => mention.use === 'collective' && mention.span[0] <= span[0] && mention.span[1] > span[0])))
  if (counted.length === 0) return []
  const pair = mainPair(read)
  return counted.map((figure) => {
    const named = countriesIn(read, figure.span)
    return { measure: figure.measure, value: figure.value, unit: figure.unit, comparator: figure.comparator, period: figure.period, parties: named.length >= 2 || !figure.relational ? named : pair, span: figure.span }
  })
}
