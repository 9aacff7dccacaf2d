/** The documentation: which pages there are, in which order, and where each comes from. Built from the Markdown of the repository and from what the program says of itself. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { openApi } from '../../api/openapi.ts'
import type { Knowledge } from '../../knowledge/index.ts'
import { markdownToHtml, type Written } from './markdown.ts'
import { apiReference, ontologyReference } from './reference.ts'

export interface ManualPage { readonly id: string; readonly part: Part; readonly source: string; /** File it is written in, from the root; null for what is generated. */ readonly file: string | null }
export const PARTS = ['Begin', 'How to', 'Reference', 'Method', 'Project'] as const
export type Part = (typeof PARTS)[number]

/** Pages in order; a file that is not listed comes last in its part. */
const ORDER: readonly (readonly [file: string, part: Part])[] = [
  ['docs/tutorial.md', 'Begin'], ['README.md', 'Begin'], ['docs/desk.md', 'Begin'], ['examples/README.md', 'Begin'],
  ['docs/analysts.md', 'How to'], ['docs/researchers.md', 'How to'], ['docs/developers.md', 'How to'], ['CONTRIBUTING.md', 'How to'], ['docs/operations.md', 'How to'],
  ['docs/record.md', 'Reference'], ['docs/formats.md', 'Reference'], ['docs/knowledge.md', 'Reference'],
  ['docs/method.md', 'Method'], ['docs/benchmarks.md', 'Method'], ['docs/joining.md', 'Method'],
  ['ARCHITECTURE.md', 'Project'], ['CHANGELOG.md', 'Project'], ['languages/PARSER-LICENCE.md', 'Project'],
]

const idOf = (file: string): string => file.replace(/^docs\//u, '').replace(/\.md$/u, '').toLowerCase().replace(/\//gu, '-')

/** All pages. `more` are those that only the command line can write. */
export function createManual(knowledge: Knowledge, version: string, more: readonly ManualPage[] = []): Manual {
  const { root } = knowledge
  const listed = new Set(ORDER.map(([file]) => file))
  const folder = (name: string): string[] => (existsSync(join(root, name)) ? readdirSync(join(root, name)).filter((entry) => entry.endsWith('.md')).sort().map((entry) => `${name}/${entry}`) : [])
  const files: (readonly [string, Part])[] = [...ORDER, ...folder('docs').filter((file) => !listed.has(file)).map((file) => [file, 'Reference'] as const), ...folder('docs/decisions').map((file) => [file, 'Project'] as const)]
  const written = files.filter(([file]) => existsSync(join(root, file))).map(([file, part]): ManualPage => ({ id: idOf(file), part, source: readFileSync(join(root, file), 'utf8'), file }))
  const pages = [...written, ...more, { id: 'api', part: 'Reference' as const, source: apiReference(openApi(version)), file: null }, { id: 'ontology', part: 'Reference' as const, source: ontologyReference(knowledge), file: null }]
  const byFile = new Map(pages.flatMap(({ id, file }) => (file === null ? [] : [[file, id] as const])))
  const made = new Map<string, Written>()
  return {
    pages,
    write(id, address) {
      const page = pages.find((one) => one.id === id)
      if (!page) return null
      const key = `${id} ${address('')}`
      const known = made.get(key)
      if (known) return known
      const result = markdownToHtml(page.source, (href) => {
        const [path = '', anchor] = href.split('#')
        if (path === '') return `#${anchor ?? ''}`
        const file = posix.normalize(posix.join(posix.dirname(page.file ?? 'docs/x.md'), path))
        const to = byFile.get(file)
        if (to !== undefined) return `${address(to)}${anchor === undefined ? '' : `#${anchor}`}`
        return /^docs\/images\/[\w.-]+\.(?:png|webp)$/u.test(file) && existsSync(join(root, file)) ? address(file.replace(/^docs\//u, '')) : null
      })
      made.set(key, result)
      return result
    },
    title: (id) => /^# (.+)$/mu.exec(pages.find((one) => one.id === id)?.source ?? '')?.[1]?.replace(/`/gu, '') ?? id,
  }
}

export interface Manual {
  readonly pages: readonly ManualPage[]
  /** A page as HTML, its links made by `address`; null when there is none of that id. */
  write(id: string, address: (id: string) => string): Written | null
  title(id: string): string
}
