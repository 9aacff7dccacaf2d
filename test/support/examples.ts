/** What is expected of the sample articles, and the judging of a reading against it. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { FURNITURE_KINDS, type Reading, type Report, STATUSES } from '../../src/model/index.ts'

export const EXAMPLES = join(import.meta.dirname, '..', '..', 'examples')

const list = z.union([z.string(), z.array(z.string())]).transform((value) => (typeof value === 'string' ? [value] : value))
/** Not right yet, and why. The test fails when it has become right: then the field is deleted. */
const open = z.string().optional()
const common = {
  /** The event in plain words, once in a file. */
  say: z.string(),
  type: list,
  mode: list.optional(),
  /** Countries, or PLOVER's international codes, that must be among the actors; likewise the recipients. */
  actors: z.array(z.string()).optional(),
  recipients: z.array(z.string()).optional(),
  /** Countries among actors and recipients together, where the direction does not matter. */
  between: z.array(z.string()).optional(),
  people: z.array(z.string()).optional(),
  date: list.optional(),
  historical: z.boolean().optional(),
  attribution: z.enum(['outlet', 'named', 'unnamed']).optional(),
  /** `occurred` unless said of an event, any unless said of what must not be found. */
  status: z.union([z.enum(STATUSES).transform((value) => [value]), z.array(z.enum(STATUSES))]).optional(),
  open,
}
export const expectedSchema = z.strictObject({
  article: z.strictObject({
    language: z.string(), title: z.string(), publisher: z.string().nullable(),
    /** Several where the page may be read either way. */
    published: z.union([z.string().nullable().transform((value) => [value]), z.array(z.string().nullable())]),
    byline: z.string().optional(), agencies: z.array(z.string()).optional(), url: z.string().optional(),
    captions: z.array(z.strictObject({ contains: z.string(), credit: z.string().optional() })),
    furniture: z.array(z.enum(FURNITURE_KINDS)),
    /** Fields that are not right yet. */
    open: z.array(z.string()).optional(),
  }),
  /** No more reports than this. */
  atMost: z.number().int(),
  events: z.array(z.strictObject(common)).min(3),
  /** A report that fits all that is said here is an error. */
  not: z.array(z.strictObject(common)).min(2),
  figures: z.array(z.strictObject({ measure: z.string(), value: z.number(), unit: z.string().nullable(), comparator: z.string(), period: z.string().optional(), open })).default([]),
  unsaid: z.array(z.strictObject({ speaker: z.string(), contains: z.string(), open })).default([]),
})
export type Expected = z.infer<typeof expectedSchema>
type Entry = Expected['events'][number]

export interface Verdict {
  readonly what: 'article' | 'event' | 'not' | 'figure' | 'unsaid'
  readonly say: string
  readonly right: boolean
  readonly open: string | undefined
}

/** Names of the articles, sorted. */
export const articleNames = (): string[] => readdirSync(join(EXAMPLES, 'articles')).sort()

/** Where what is expected of an article stands. */
export const expectedFile = (name: string): string => join(EXAMPLES, 'expected', `${name}.json`)

/** What is expected of an article; throws when the file is not well made. */
export const readExpected = (name: string): Expected => expectedSchema.parse(JSON.parse(readFileSync(expectedFile(name), 'utf8')))

/** The page of an article. */
export function articlePage(name: string): { readonly bytes: Uint8Array; readonly mediaType: string } {
  return { bytes: readFileSync(join(EXAMPLES, 'articles', name)), mediaType: name.endsWith('.html') ? 'text/html' : 'text/plain' }
}

const countries = (actors: Report['actors']): (string | null)[] => actors.map((actor) => actor.country)
const holds = (wanted: readonly string[] | undefined, found: readonly (string | null)[]): boolean => (wanted ?? []).every((item) => found.includes(item))

function fits(report: Report, entry: Entry, statuses: readonly string[]): boolean {
  const both = [...report.actors, ...report.recipients]
  return entry.type.includes(report.type) && (!entry.mode || entry.mode.includes(report.mode ?? 'none')) && holds(entry.actors, countries(report.actors)) && holds(entry.recipients, countries(report.recipients)) &&
    holds(entry.between, countries(both)) && holds(entry.people, both.map((actor) => actor.name)) && (!entry.date || entry.date.includes(report.date?.value ?? '')) &&
    (entry.historical === undefined || report.historical === entry.historical) && (!entry.attribution || report.attribution.kind === entry.attribution) && statuses.includes(report.status)
}

/** A report in one line, for messages. */
export const reportLine = (report: Report): string => `${report.type}${report.mode ? `-${report.mode}` : ''} ${countries(report.actors).join('+')} > ${countries(report.recipients).join('+')} ${report.date?.value ?? 'undated'} ${report.status}${report.historical ? ' historical' : ''} (${report.rule}, ${report.attribution.kind})`

/** Judges a reading, one verdict for each thing expected, in the order of the file. */
export function judge({ article: wanted, events, not, figures, unsaid }: Expected, { article, reports, statements, figures: found }: Reading): Verdict[] {
  const captions = article.captions.map((item) => item.text).join('\n')
  const credits = article.captions.map((item) => item.credit ?? '').join('\n')
  const kinds = article.furniture.map((item) => item.kind)
  const fields: Readonly<Record<string, boolean>> = {
    language: article.language === wanted.language,
    title: article.title === wanted.title,
    publisher: article.publisher === wanted.publisher,
    published: wanted.published.includes(article.published),
    byline: !wanted.byline || (article.byline ?? '').includes(wanted.byline),
    agencies: !wanted.agencies || [...article.agencies].sort().join() === [...wanted.agencies].sort().join(),
    url: !wanted.url || article.url === wanted.url,
    captions: wanted.captions.every(({ contains }) => captions.includes(contains) && !article.text.includes(contains)),
    credit: wanted.captions.every(({ credit }) => credit === undefined || credits.includes(credit)),
    furniture: wanted.furniture.every((kind) => kinds.includes(kind)),
  }
  return [
    ...Object.entries(fields).map(([say, right]): Verdict => ({ what: 'article', say, right, open: wanted.open?.find((field) => field === say) })),
    ...events.map((entry): Verdict => ({ what: 'event', say: entry.say, right: reports.some((report) => fits(report, entry, entry.status ?? ['occurred'])), open: entry.open })),
    ...not.map((entry): Verdict => ({ what: 'not', say: entry.say, right: !reports.some((report) => fits(report, entry, entry.status ?? STATUSES)), open: entry.open })),
    ...figures.map(({ open, ...wantedFigure }): Verdict => ({ what: 'figure', say: wantedFigure.measure, right: found.some((figure) => Object.entries(wantedFigure).every(([key, value]) => figure[key as keyof typeof figure] === value)), open })),
    ...unsaid.map(({ open, speaker, contains }): Verdict => ({ what: 'unsaid', say: contains, right: statements.some((item) => item.stance === 'not-mentioned' && item.speaker.country === speaker && item.text.includes(contains)), open })),
  ]
}
