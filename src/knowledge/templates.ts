/** How a language writes the lines of a record: `languages/<code>/templates.yaml`. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { KnowledgeError } from './tables.ts'

export const LABELS = [
  'happened', 'background', 'said', 'figures', 'unsaid', 'source', 'quote', 'date', 'place', 'according-to', 'undated', 'published', 'byline', 'agencies', 'notices', 'none', 'confidence', 'inferred',
] as const

const lines = z.record(z.string(), z.string())
const templateSchema = z.looseObject({
  /** `TYPE`, `TYPE.mode`, and both with `/lone` for reports without a recipient. Slots {actors} {recipients}. */
  types: lines,
  /** Slot {line}. */
  status: lines,
  /** Slots {speaker} {words}. */
  stances: lines,
  measures: lines,
  labels: lines,
  and: z.string(),
  comma: z.string(),
})
export type Templates = z.infer<typeof templateSchema>

/** Reads the templates of a language folder, null when it has none; throws KnowledgeError when a label or status is missing. */
export function loadTemplates(folder: string): Templates | null {
  const file = join(folder, 'templates.yaml')
  if (!existsSync(file)) return null
  const result = templateSchema.safeParse(parse(readFileSync(file, 'utf8')))
  if (!result.success) throw new KnowledgeError(file, 0, z.prettifyError(result.error))
  for (const label of LABELS) if (result.data.labels[label] === undefined) throw new KnowledgeError(file, 0, `label '${label}' is missing`)
  return result.data
}
