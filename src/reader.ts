/** The library's main door: a reader made once from the knowledge folders, then any number of pages. */
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { PageGuard } from './guard.ts'
import { type Knowledge, loadKnowledge } from './knowledge/index.ts'
import type { PageInput, Reading } from './model/index.ts'
import { read, readArticle, type ReadOptions } from './read.ts'

export interface ReaderOptions {
  /** Folder that holds `languages/`, `ontology/` and `gazetteer/`; the package's own when left out. */
  readonly root?: string
  /** Tables loaded before, in place of `root`. */
  readonly knowledge?: Knowledge
  /** Milliseconds an HTML page may take before it is read by the rule for bare text; 10,000 unless said otherwise. */
  readonly pageTimeoutMs?: number
}

export interface Reader {
  readonly knowledge: Knowledge
  /** Reads one page. Doubtful input gives notices; only a broken installation throws. */
  read(page: PageInput, options?: ReadOptions): Promise<Reading>
  /** Frees the worker that takes HTML pages apart. The reader can be used again. */
  close(): Promise<void>
}

/** The package's own folder: two up from the built file, one up from the source. */
export const PACKAGE_ROOT = join(dirname(fileURLToPath(import.meta.url)), '..')

/** Makes a reader. Throws KnowledgeError naming file and line when the knowledge folders are wrong. */
export function createReader({ root = PACKAGE_ROOT, knowledge = loadKnowledge(root), pageTimeoutMs = 10_000 }: ReaderOptions = {}): Reader {
  let guard: PageGuard | null = null
  return {
    knowledge,
    async read(page, options = {}) {
      if (!mayHoldMarkup(page)) return read(page, knowledge, options)
      guard ??= new PageGuard(knowledge.page)
      const { article, paragraphs, notices } = await guard.read(page, { timeoutMs: pageTimeoutMs, ...(options.fast === undefined ? {} : { fast: options.fast }) })
      return readArticle(article, paragraphs, notices, knowledge, options)
    },
    async close() {
      await guard?.close()
      guard = null
    },
  }
}

const MARKUP = /<(?:!doctype|html|head|body|div|p|article|meta|table|span|a)\b/iu

/* Only markup can make the extractors run on; bare text is read in place. */
function mayHoldMarkup(page: PageInput): boolean {
  if (page.mediaType && /html|xml|rfc822/u.test(page.mediaType)) return true
  const start = page.text?.slice(0, 4096) ?? (page.bytes ? new TextDecoder('latin1').decode(page.bytes.subarray(0, 4096)) : '')
  return MARKUP.test(start)
}
