/** How a language writes numbers, units and measures: `numbers.yaml`, `measures.tsv`; the measures themselves: `ontology/measures.tsv`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type Measure, type MeasureWords, type NumberTables, type QuantityTables, UNIT_KINDS, type UnitKind } from '../text/numbers/types.ts'
import { scriptOf } from './language.ts'
import { readSettings } from './settings.ts'
import { KnowledgeError, readTable } from './tables.ts'

const list = z.array(z.string()).default([])
/** `value: [forms]`. */
const valued = z.record(z.string().regex(/^\d+$/u), z.array(z.string())).default({})
const comparator = z.strictObject({ before: list, after: list, inside: list, far: list }).prefault({})

export const numbersSchema = z.strictObject({
  group: list,
  decimal: z.enum(['.', ',']),
  words: valued,
  multipliers: valued,
  suffixes: valued,
  articles: list,
  half: list,
  joiners: list,
  unitsFirst: z.boolean().default(false),
  ordinals: valued,
  ordinalSuffixes: list,
  ordinalPrefixes: list,
  clitics: list,
  keptClitics: list,
  guarded: list,
  classifiers: list,
  vague: list,
  notFirst: list,
  ends: list,
  ages: list,
  labels: list,
  of: list,
  breaks: list,
  units: z.record(z.string(), z.strictObject({ kind: z.enum(UNIT_KINDS), words: list, signs: list })),
  comparators: z.strictObject({ '>': comparator, '<': comparator, '~': comparator }),
})

/** Reads `numbers.yaml` of a language folder, null when there is none; throws KnowledgeError naming the file. */
export function loadNumberTables(folder: string): NumberTables | null {
  const file = join(folder, 'numbers.yaml')
  if (!existsSync(file)) return null
  return { ...readSettings(file, numbersSchema), ...scriptOf(folder) }
}

const MEASURE_KINDS: readonly string[] = [...UNIT_KINDS, 'count', 'ordinal']

/** Reads `ontology/measures.tsv`; throws KnowledgeError naming file and line. */
export function loadMeasures(ontology: string): Measure[] {
  const file = join(ontology, 'measures.tsv')
  if (!existsSync(file)) return []
  return readTable(file, ['id', 'gloss', 'kinds', 'outcome', 'thing', 'relational']).map((row) => {
    const kinds = row.list('kinds')
    for (const kind of kinds) if (!MEASURE_KINDS.includes(kind)) throw new KnowledgeError(file, row.line, `unknown kind '${kind}'`)
    return { id: row.get('id'), kinds: kinds as (UnitKind | 'count' | 'ordinal')[], outcome: row.get('outcome') === 'yes', thing: row.get('thing') === 'yes', relational: row.get('relational') === 'yes' }
  })
}

/** Reads `measures.tsv` of a language folder; throws KnowledgeError for a measure the ontology does not know. */
export function loadMeasureWords(folder: string, measures: readonly Measure[]): MeasureWords[] {
  const file = join(folder, 'measures.tsv')
  if (!existsSync(file)) return []
  return readTable(file, ['measure', 'words', 'where']).map((row) => {
    const measure = row.get('measure')
    if (!measures.some(({ id }) => id === measure)) throw new KnowledgeError(file, row.line, `unknown measure '${measure}'`)
    const where = row.get('where')
    if (where !== '' && where !== 'any' && where !== 'before' && where !== 'after') throw new KnowledgeError(file, row.line, `'where' is before, after, any or empty, not '${where}'`)
    return { measure, words: row.list('words'), where: where === '' ? 'any' : where }
  })
}

/** All that the quantity finder of a language needs, null when the language has no numbers. */
export function loadQuantityTables(folder: string, ontology: string, numbers: NumberTables | null = loadNumberTables(folder)): QuantityTables | null {
  if (!numbers) return null
  const measures = loadMeasures(ontology)
  return { numbers, measures, measureWords: loadMeasureWords(folder, measures) }
}
