/** Reading the YAML settings of the data folders, with the file in every complaint. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { KnowledgeError } from './tables.ts'

/** Reads a YAML file and checks it. Throws KnowledgeError naming the file, with line and column where it is no YAML. */
export function readSettings<T>(file: string, schema: z.ZodType<T>): T {
  return checkSettings(loadSettings(file), schema, file)
}

/** What a YAML file says, from the folder of what was prepared where its bytes are known there. Throws KnowledgeError as `readSettings` does. */
export function loadSettings(file: string, folder = PREPARED): unknown {
  const bytes = readFileSync(file)
  const prepared = join(folder, preparedName(bytes))
  return existsSync(prepared) ? JSON.parse(readFileSync(prepared, 'utf8')) : parseYaml(bytes.toString('utf8'), file)
}

/** Checks data that stands in a file. Throws KnowledgeError naming the file. */
export function checkSettings<T>(data: unknown, schema: z.ZodType<T>, file: string): T {
  const result = schema.safeParse(data)
  if (!result.success) throw new KnowledgeError(file, 0, z.prettifyError(result.error))
  return result.data
}

/**
 * Where the built program keeps its settings as JSON, which is read many times faster than YAML; `scripts/prepare.mjs` writes it. A file is
 * found by its own bytes, so that an edited one is simply parsed anew. Beside the sources there is no such folder.
 */
export const PREPARED = fileURLToPath(new URL('../prepared/', import.meta.url))

/** The name under which what was made of these bytes is kept. */
export const preparedName = (bytes: Uint8Array): string => `${createHash('sha256').update(bytes).digest('hex')}.json`

/* Loaded when a file is parsed at all. */
const yaml = (): typeof import('yaml') => createRequire(import.meta.url)('yaml')

/** Parses YAML; `file` is named in complaints. Line numbers cost a third of the time, so they are looked for only when the text is wrong. */
export function parseYaml(text: string, file: string): unknown {
  const { parse } = yaml()
  try {
    return parse(text, { prettyErrors: false })
  } catch {
    try {
      return parse(text)
    } catch (error) {
      throw new KnowledgeError(file, 0, error instanceof Error ? error.message : String(error))
    }
  }
}
