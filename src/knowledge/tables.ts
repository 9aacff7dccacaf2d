/** Reading the TSV tables of the data folders, with file and line in every complaint. */
import { readFileSync } from 'node:fs'

/** A mistake in the data folders: a broken installation, not a user's mistake. */
export class KnowledgeError extends Error {
  readonly code = 'KNOWLEDGE'
  constructor(file: string, line: number, problem: string) {
    super(`${file}${line > 0 ? `:${line}` : ''}: ${problem}`)
    this.name = 'KnowledgeError'
  }
}

/** A line of a table with its cells. */
export class Row {
  readonly line: number
  readonly #columns: readonly string[]
  readonly #cells: readonly string[]

  constructor(line: number, columns: readonly string[], cells: readonly string[]) {
    this.line = line
    this.#columns = columns
    this.#cells = cells
  }

  /** The cell of a column, '' when empty. */
  get(column: string): string {
    return this.#cells[this.#columns.indexOf(column)]?.trim() ?? ''
  }

  /** The values of a cell parted by `|`, [] when empty. */
  list(column: string): string[] {
    const cell = this.get(column)
    if (cell === '') return []
    if (!cell.includes('|')) return [cell]
    return cell.split('|').map((value) => value.trim()).filter((value) => value !== '')
  }
}

/** Reads a TSV file: `#` lines are comments, the first other line is the header. Throws KnowledgeError when columns are missing. */
export function readTable(file: string, columns: readonly string[]): Row[] {
  const lines = readFileSync(file, 'utf8').split(/\r?\n/)
  let header: string[] | null = null
  const rows: Row[] = []
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue
    const cells = line.split('\t')
    if (header === null) {
      header = cells.map((cell) => cell.trim())
      for (const column of columns) if (!header.includes(column)) throw new KnowledgeError(file, index + 1, `column '${column}' is missing (found ${header.join(', ')})`)
      continue
    }
    if (cells.length > header.length) throw new KnowledgeError(file, index + 1, `${cells.length} cells for ${header.length} columns`)
    rows.push(new Row(index + 1, header, cells))
  }
  return rows
}
