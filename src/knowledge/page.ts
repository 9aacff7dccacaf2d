/** What is known of pages: the phrases of page furniture, month names, script facts for telling the language, and the media credited. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FURNITURE_KINDS } from '../model/index.ts'
import { loadMediaNames } from './names.ts'
import { readSettings } from './settings.ts'
import { readTable } from './tables.ts'

const phrases = z.array(z.string().min(1)).default([])
const byKind = z.partialRecord(z.enum(FURNITURE_KINDS), z.array(z.string().min(1))).default({})
const months = z.partialRecord(z.enum(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12']), z.array(z.string().min(1))).default({})

export const furnitureSchema = z.strictObject({
  /** Whole lines, apart from digits, brackets and punctuation. */
  lines: byKind,
  /** Labels: the phrase alone, or followed by a colon or dash and anything. */
  labels: byKind,
  /** Short lines that begin with the phrase. */
  begins: byKind,
  /** Short lines that hold the phrase anywhere. */
  contains: byKind,
  /** Words that introduce a picture credit before a colon. */
  credits: phrases,
  /** Words that introduce a picture credit without a colon ("Photo by"). */
  creditedTo: phrases,
  /** Words that close a picture credit instead. */
  creditEnds: phrases,
  /** Words in brackets that point into a picture: left, right, file photo. */
  pointers: phrases,
  /** Words before the writer's name. */
  bylines: phrases,
  /** Words for newsroom staff that stand instead of or beside a name. */
  staff: phrases,
  /** Words before the media an article leans on. */
  according: phrases,
  /** Words on the line that dates an article: published, updated. */
  stamps: phrases,
  /** Letters written on to the front of a name. */
  prefixes: phrases,
  /** One-letter words that follow the year, month and day of a date in digits. */
  dateUnits: z.strictObject({ year: z.array(z.string().length(1)), month: z.array(z.string().length(1)), day: z.array(z.string().length(1)) }).default({ year: [], month: [], day: [] }),
  months,
  /** Month names of the Solar Hijri calendar. */
  solarHijri: months,
  /** Order of an all-numeric date that begins with the day or the month. */
  numericDate: z.enum(['dmy', 'mdy']).default('dmy'),
})
export type FurnitureTable = z.infer<typeof furnitureSchema>

export const detectionSchema = z.strictObject({
  /** Codes the statistical detector may choose from. */
  subset: z.array(z.string()),
  /** Codes of the detector that stand for another. */
  aliases: z.record(z.string(), z.string()).default({}),
  /** Unicode script -> the language to take when nothing else decides. */
  scripts: z.record(z.string(), z.string()),
  /** Scripts in which only letters can tell languages apart; no statistics are asked. */
  lettersOnly: z.array(z.string()).default([]),
  /** Script -> language -> letters that only that language of the script uses. */
  letters: z.record(z.string(), z.record(z.string(), z.string())).default({}),
  /** Languages written from right to left. */
  rightToLeft: z.array(z.string()),
  /** Frequent small words of languages without a folder. */
  words: z.record(z.string(), z.array(z.string())).default({}),
})

/** Words by which a short text is told to be in a language with a folder. */
export interface Vocabulary {
  readonly words: readonly string[]
  /** Beginnings of words that are inflected. */
  readonly stems: readonly string[]
}
export interface DetectionTable extends z.infer<typeof detectionSchema> {
  /** Folders of the languages by code: what `loadVocabulary` reads for a text that could be in one. */
  readonly folders: Readonly<Record<string, string>>
}

export interface Agency { readonly name: string; readonly names: readonly string[] }

/** Plain data, so that it can be handed to a worker. */
export interface PageKnowledge {
  /** Furniture tables by language code; `_shared` holds those of languages without a folder. */
  readonly furniture: Readonly<Record<string, FurnitureTable>>
  readonly detection: DetectionTable
  readonly agencies: readonly Agency[]
}

/** Media by their usual name with every way they are written; missing tables mean an empty list. */
export function loadAgencies(root: string): Agency[] {
  const table = join(root, 'gazetteer', 'media.tsv')
  if (!existsSync(table)) return []
  const byId = new Map<string, { name: string; names: Set<string> }>()
  for (const row of readTable(table, ['id', 'name'])) byId.set(row.get('id'), { name: row.get('name'), names: new Set([row.get('name')]) })
  for (const folder of readdirSync(join(root, 'languages')).sort()) {
    for (const { id, text } of loadMediaNames(join(root, 'languages', folder))) byId.get(id)?.names.add(text)
  }
  return [...byId.values()].map(({ name, names }) => ({ name, names: [...names] }))
}

/** Lines of a file without comments; none when there is no such file. */
const linesOf = (file: string): string[] => (existsSync(file) ? readFileSync(file, 'utf8').split(/\r?\n/u).filter((line) => line !== '' && !/^\s*#/u.test(line)) : [])

/** The words a language's own tables are made of: its markers, the wordings of its concepts, the names of states. Read as words, not as patterns. */
export function loadVocabulary(folder: string): Vocabulary {
  const words = new Set<string>()
  const stems = new Set<string>()
  const take = (text: string): void => {
    for (const match of text.toLowerCase().replace(/’/gu, "'").matchAll(/([\p{L}\p{M}']+)(~|\*)?/gu)) (match[2] ? stems : words).add(match[1] ?? '')
  }
  // Keys of the settings, and settings that are no words of the language, are left out.
  for (const line of linesOf(join(folder, 'roles.yaml'))) if (!/^(?:[a-z]\w*: [\w-]+\s*$|\w+Labels:|caseMarkers:|\s+- \{ match:)/u.test(line)) take(line.replace(/(?:^|[\s{,])[A-Za-z]\w*:(?=\s|$)/gu, ' ').replace(/~\p{L}+/gu, '~'))
  for (const line of linesOf(join(folder, 'concepts.tsv')).slice(1)) take((line.split('\t')[1] ?? '').replace(/~\p{L}+/gu, '~'))
  for (const line of linesOf(join(folder, 'names', 'states.tsv')).slice(1)) for (const cell of line.split('\t').slice(1, 5)) take(cell)
  return { words: [...words], stems: [...stems] }
}

/** Reads every `furniture.yaml`, the detection table and the media tables below `root`. Throws KnowledgeError naming the file. */
export function loadPageKnowledge(root: string): PageKnowledge {
  const languages = join(root, 'languages')
  const folders = readdirSync(languages).sort()
  const furniture: Record<string, FurnitureTable> = {}
  for (const folder of folders) {
    const file = join(languages, folder, 'furniture.yaml')
    if (existsSync(file)) furniture[folder] = readSettings(file, furnitureSchema)
  }
  const own = Object.fromEntries(folders.filter((folder) => !folder.startsWith('_')).map((folder) => [folder, join(languages, folder)]))
  const detection = { ...readSettings(join(languages, '_shared', 'detection.yaml'), detectionSchema), folders: own }
  return { furniture, detection, agencies: loadAgencies(root) }
}
