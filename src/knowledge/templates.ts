/** How a language writes the lines of a record: `languages/<code>/templates.yaml`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { REASON_CODES } from '../model/reason.ts'
import { STATUSES } from '../model/report.ts'
import { readSettings } from './settings.ts'

export const LABELS = [
  'happened', 'background', 'said', 'figures', 'unsaid', 'source', 'quote', 'date', 'place', 'according-to', 'undated', 'published', 'byline', 'agencies', 'notices', 'none', 'confidence', 'inferred',
] as const

/** What chronologies and comparisons of accounts need beside the lines of records. */
export const EVENT_LABELS = [
  'chronology', 'accounts', 'sources', 'differ', 'counts', 'came-of', 'planned-as', 'called-off', 'both', 'only', 'neither', 'left-out', 'differences', 'nothing', 'own', 'quoted', 'others', 'account',
] as const
const EVENT_FIELDS = ['type', 'mode', 'status', 'date', 'place', 'direction'] as const
const DIFFERENCES = ['order', 'length', 'wording', 'figure', 'stance'] as const
/** How reasons stand together: those for one event, those against it, and what stands between two of them. */
const REASONED = ['for', 'against', 'between'] as const
const TOPICS = ['context', 'state', 'place', 'figure', 'act', 'stance'] as const

const lines = z.record(z.string(), z.string())
/** One entry for each of these keys, so that a forgotten one is told when the file is loaded. */
const each = <const T extends readonly string[]>(keys: T) => z.strictObject(Object.fromEntries(keys.map((key) => [key, z.string()])) as Record<T[number], z.ZodString>)

/**
 * Slots are written {so}. A part in [square brackets] is left out when one of its slots is empty, so one line serves
 * reports with a recipient and without.
 */
const templateSchema = z.strictObject({
  /** BCP 47 tag for dates and numbers; may fix the digits. */
  locale: z.string(),
  /**
   * `TYPE`, `TYPE.mode`, either with `:rule` for what one rule of the ontology tells more exactly than its type, and all with `/lone`
   * where a report without a recipient needs other words, with
   * `/people` where one whose recipients are people does ("expelled diplomats of X", but "expelled X, a diplomat"). Slots {actors} {recipients}.
   */
  types: lines,
  /** The same keys as nouns, for what is planned, possible or negated, in languages whose `types` are sentences; left out where `types` serve. */
  nominal: lines.optional(),
  /** Slot {line}. */
  status: each(STATUSES),
  /** Slots {speaker} {words}; {words} has its quotation marks already. */
  stances: lines,
  measures: lines,
  /** Slots {measure} {number}. */
  figure: z.string(),
  /** Units that CLDR cannot write, by their code. Slot {number}. */
  units: lines,
  /** Slot {number}. */
  comparators: each(['=', '>', '<', '~']),
  /** Nouns for PLOVER sectors and international codes. */
  sectors: lines,
  /** EDTF seasons 21 to 24 and quarters 33 to 36. */
  seasons: each(['21', '22', '23', '24', '33', '34', '35', '36']),
  /** Slots {season} {year}. */
  'season-year': z.string(),
  /** Slot {year}: the first year of the decade. */
  decade: z.string(),
  /** Slots {from} {to}. */
  range: z.string(),
  since: z.string(),
  until: z.string(),
  labels: each(LABELS),
  and: z.string(),
  comma: z.string(),
  /** Slots {name} {note}: who somebody is, beside the name. */
  apposition: z.string(),
  /** Slot {words}. */
  quote: z.string(),
  /** Stands for an actor that the text leaves unnamed. */
  somebody: z.string(),
  /** Events, chronologies and accounts. Slots {line} {parties} {field} {side} {how} {events} {articles} {characters}; in `differences` {topic}, the sides {a} {b} and what they say {x} {y}. */
  events: z.strictObject({
    labels: each(EVENT_LABELS), fields: each(EVENT_FIELDS), differences: each(DIFFERENCES), topics: each(TOPICS),
    /** Why reports are one event or two, and why events are linked: a sentence for each code of `src/model/reason.ts`, with the slots named there. */
    reasons: each([...REASONED, ...REASON_CODES]),
    /** Names of PLOVER contexts, and nouns for stances. */
    contexts: lines, stances: lines,
  }),
  /** Changes of sound or spelling where words meet, in order: regular expression and replacement. */
  fixes: z.array(z.strictObject({ find: z.string(), put: z.string() })).optional(),
}).refine(({ types, nominal }) => nominal === undefined || Object.keys(types).every((key) => key.endsWith('/lone') || nominal[key] !== undefined), { message: 'every key of `types` needs its line in `nominal`' })
export type Templates = z.infer<typeof templateSchema>

/** Reads the templates of a language folder, null when it has none; throws KnowledgeError when something is missing or unknown. */
export function loadTemplates(folder: string): Templates | null {
  const file = join(folder, 'templates.yaml')
  if (!existsSync(file)) return null
  return readSettings(file, templateSchema)
}
