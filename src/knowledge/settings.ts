/** Reading the YAML settings of the data folders, with the file in every complaint. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'
import { KnowledgeError } from './tables.ts'

/** Reads a YAML file and checks it. Throws KnowledgeError naming the file, with line and column where it is no YAML. */
export function readSettings<T>(file: string, schema: z.ZodType<T>): T {
  return checkSettings(parseYaml(file), schema, file)
}

/** Checks data that stands in a file. Throws KnowledgeError naming the file. */
export function checkSettings<T>(data: unknown, schema: z.ZodType<T>, file: string): T {
  const result = schema.safeParse(data)
  if (!result.success) throw new KnowledgeError(file, 0, z.prettifyError(result.error))
  return result.data
}

/* Line numbers cost a third of the time, so they are looked for only when the file is wrong. */
function parseYaml(file: string): unknown {
  const text = readFileSync(file, 'utf8')
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
