/** Reads one document; the date its list gives it counts only where the page has none. */
import type { Knowledge } from './knowledge/index.ts'
import type { PageInput, Reading } from './model/index.ts'
import { readPage } from './page/page.ts'
import { read, readArticle } from './read.ts'

export interface ReadTask {
  readonly page: PageInput
  /** EDTF date from the list the document came from. */
  readonly listed?: string | null
  readonly fast?: boolean
  /** The extractors took too long once: the story is cut out by the rule for bare text. */
  readonly windowOnly?: boolean
}

const DAY = /^\d{4}(?:-\d{2}(?:-\d{2})?)?/u

/** Runs the task with any function that reads a page. */
export async function readTask(task: ReadTask, readPageOf: (page: PageInput) => Promise<Reading>): Promise<Reading> {
  const reading = await readPageOf(task.page)
  const day = DAY.exec(task.listed ?? '')?.[0]
  return day === undefined || reading.article.published !== null || reading.article.text === '' ? reading : readPageOf({ ...task.page, published: day })
}

/** Reads with knowledge at hand, in this thread. */
export function readHere(task: ReadTask, knowledge: Knowledge): Promise<Reading> {
  const options = task.fast === undefined ? {} : { fast: task.fast }
  return readTask(task, async (page) => {
    if (task.windowOnly !== true) return read(page, knowledge, options)
    const { article, paragraphs, notices } = await readPage(page, knowledge.page, { ...options, windowOnly: true })
    return readArticle(article, paragraphs, [...notices, { code: 'page-timeout', stage: 'page', message: 'the page was not taken apart in time; its story is cut out by the rule for bare text' }], knowledge, options)
  })
}
