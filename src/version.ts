/** Which code and which knowledge: the two that, with a page, decide what is read out of it. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDERS = ['gazetteer', 'languages', 'ontology'] as const

/** Version of this package. */
export function codeVersion(): string {
  return (JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }).version
}

function* filesOf(folder: string, below: string): Generator<string> {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = `${below}/${entry.name}`
    if (entry.isDirectory()) yield* filesOf(folder, name)
    else if (entry.isFile() && !entry.name.startsWith('.')) yield name
  }
}

/** Version of the knowledge below `root`: it changes with every byte of its files, and with nothing else. */
export function knowledgeVersion(root: string): string {
  const hash = createHash('sha256')
  for (const folder of FOLDERS) {
    for (const name of filesOf(root, folder)) {
      hash.update(name)
      hash.update('\0')
      hash.update(createHash('sha256').update(readFileSync(join(root, name))).digest())
    }
  }
  return hash.digest('hex').slice(0, 16)
}
