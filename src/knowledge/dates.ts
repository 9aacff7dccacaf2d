/** How a language writes dates: `languages/<code>/dates.yaml`. Templates are explained at the head of `src/text/dates/template.ts` and in the slot list of `slots.ts`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { type DateTables, RELATIONS, UNITS } from '../text/dates/types.ts'
import type { NumberTables } from '../text/numbers/types.ts'
import { scriptOf } from './language.ts'
import { loadNumberTables } from './numbers.ts'
import { readSettings } from './settings.ts'

const list = z.array(z.string()).default([])
const valued = z.record(z.string().regex(/^\d+$/u), z.array(z.string())).default({})
const byUnit = z.partialRecord(z.enum(UNITS), z.array(z.string())).default({})
const byRelation = z.partialRecord(z.enum(RELATIONS), z.array(z.string())).default({})
const cased = z.array(z.enum(['month', 'weekday']))
const whole = z.number().int()

const formSchema = z.union([
  z.string().transform((match) => ({ match })),
  z.strictObject({
    match: z.string(), unit: z.enum(UNITS).optional(), offset: whole.optional(), sign: z.union([z.literal(-1), z.literal(1)]).optional(),
    month: whole.optional(), decade: whole.optional(), century: whole.optional(), yearOffset: whole.optional(), monthOffset: whole.optional(), weekOffset: whole.optional(),
    direction: z.enum(['past', 'future']).optional(), relation: z.enum(RELATIONS).optional(), lead: z.boolean().optional(), vague: z.boolean().optional(),
    capital: cased.optional(), small: cased.optional(), not: z.boolean().optional(),
  }),
])

export const datesSchema = z.strictObject({
  months: valued, hijri: valued, weekdays: valued, seasons: valued, quarters: valued, halves: valued, decades: valued,
  units: byUnit, plurals: list, duals: byUnit, last: list, this: list, next: list, edges: list, dayparts: list,
  daySuffixes: list, yearDigits: z.string().default(''),
  leads: byRelation, trails: byRelation, clitics: list, leadClitics: list, futureCues: list,
  /** Words after a number that make it a count; units, multipliers and classifiers of `numbers.yaml` are added. */
  counted: list,
  /** Further words that count units ("several" needs none: leave such out). */
  counts: valued,
  numericOrder: z.enum(['dmy', 'mdy']).default('dmy'),
  capital: cased.default([]),
  forms: z.array(formSchema),
})

const MOST = 100

/** Reads `dates.yaml` of a language folder (with its number tables), null when there is none; throws KnowledgeError naming the file. */
export function loadDateTables(folder: string, numbers: NumberTables | null = loadNumberTables(folder)): DateTables | null {
  const file = join(folder, 'dates.yaml')
  if (!existsSync(file)) return null
  const { counts, counted, ...dates } = readSettings(file, datesSchema)
  const { fold, spaced } = numbers ?? scriptOf(folder)
  return {
    ...dates, fold, spaced,
    counted: [...counted, ...(numbers ? countedWords(numbers) : [])],
    numbers: merge(small(numbers?.words ?? {}), counts), ordinals: small(numbers?.ordinals ?? {}),
  }
}

function countedWords(numbers: NumberTables): string[] {
  return [...Object.values(numbers.multipliers).flat(), ...Object.values(numbers.units).flatMap((unit) => unit.words), ...numbers.classifiers]
}

function small(words: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  return Object.fromEntries(Object.entries(words).filter(([value]) => Number(value) <= MOST))
}

function merge(a: Readonly<Record<string, readonly string[]>>, b: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const out: Record<string, readonly string[]> = { ...a }
  for (const [value, forms] of Object.entries(b)) out[value] = [...(out[value] ?? []), ...forms]
  return out
}
