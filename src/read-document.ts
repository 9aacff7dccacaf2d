/** Reads one document for the record; the date its list gives it counts only where the page has none. */
import { type Shingles, shinglesOf } from './ingest/copies.ts'
import type { Knowledge } from './knowledge/index.ts'
import type { PageInput, Reading } from './model/index.ts'
import { readPage } from './page/page.ts'
import { read, readArticle } from './read.ts'
import { type SearchWords, searchVector } from './store/reading-rows.ts'
import { searchWords } from './words.ts'

export interface ReadTask {
  readonly page: PageInput
  /** EDTF date from the list the document came from. */
  readonly listed?: string | null
  readonly fast?: boolean
  /** The extractors took too long once: the story is cut out by the rule for bare text. */
  readonly windowOnly?: boolean
}

/** A reading with what else is made of its text; made by the thread that read it, so that the one that writes need not know any language. */
export interface ReadDocument {
  readonly reading: Reading
  /** The vector it is searched by. */
  readonly search: string
  /** What near copies are told by. */
  readonly shingles: Shingles
}

const DAY = /^\d{4}(?:-\d{2}(?:-\d{2})?)?/u

/** Makes the function that reads documents with any function that reads a page. */
export function documentReader(knowledge: Knowledge, readPageOf: (page: PageInput, task: ReadTask) => Promise<Reading>): (task: ReadTask) => Promise<ReadDocument> {
  const words: SearchWords = searchWords(knowledge)
  return async (task) => {
    const reading = await readDated(task, (page) => readPageOf(page, task))
    return { reading, search: searchVector(reading.article, words), shingles: shinglesOf(reading.article.text) }
  }
}

async function readDated(task: ReadTask, readPageOf: (page: PageInput) => Promise<Reading>): Promise<Reading> {
  const reading = await readPageOf(task.page)
  const day = DAY.exec(task.listed ?? '')?.[0]
  return day === undefined || reading.article.published !== null || reading.article.text === '' ? reading : readPageOf({ ...task.page, published: day })
}

/** Reads in this thread, with knowledge at hand. */
export function readingHere(knowledge: Knowledge): (task: ReadTask) => Promise<ReadDocument> {
  return documentReader(knowledge, async (page, { fast, windowOnly }) => {
    const options = fast === undefined ? {} : { fast }
    if (windowOnly !== true) return read(page, knowledge, options)
    const { article, paragraphs, notices } = await readPage(page, knowledge.page, { ...options, windowOnly: true })
    return readArticle(article, paragraphs, [...notices, { code: 'page-timeout', stage: 'page', message: 'the page was not taken apart in time; its story is cut out by the rule for bare text' }], knowledge, options)
  })
}
