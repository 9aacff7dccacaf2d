/** What the API answers, defined once: the loaders' types, the checks of what is asked, and the OpenAPI document all come from here. */
import { z } from 'zod'
import { REASON_CODES, STATUSES } from '../model/index.ts'
import { readingSchema } from '../schema.ts'
import { CHANNELS, JUDGEMENT_KINDS, TELLS } from '../store/index.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u)
const text = z.string()
const maybe = text.nullable()
const next = maybe.describe('place of the next page: give it back as `cursor`; null at the end')
const language = text.describe('ISO 639-1')

export const articleEntrySchema = z.strictObject({
  id: text, month: text, url: maybe, page: maybe, source: maybe, language, publisher: maybe, title: maybe, published: maybe, characters: z.number(), reports: z.number(),
  telling: maybe.describe('id that near copies of one text share'), run: text, firstSeen: text,
}).meta({ id: 'ArticleEntry' })

const named = z.strictObject({ id: text, name: text })
const reasonSchema = z.strictObject({
  code: z.enum(REASON_CODES), against: z.boolean().describe('speaks for two events rather than one'),
  about: z.strictObject({
    kind: text, kindA: text, kindB: text, party: text, parties: z.array(text), persons: z.array(text), personsA: z.array(text), personsB: z.array(text), sectorsA: z.array(text), sectorsB: z.array(text), day: text, dayA: text, dayB: text,
    days: z.number(), events: z.number(), outlet: maybe, place: named, placeA: named, placeB: named, named: z.array(text), contexts: z.array(text), measure: text, figure: z.strictObject({ measure: text, value: z.number(), unit: maybe }),
  }).partial().describe('what it is about, by ids and values'),
}).meta({ id: 'Reason' })
const partySchema = z.strictObject({ id: text, name: text, country: maybe, sector: maybe, office: maybe }).meta({ id: 'Party' })
const span = z.tuple([z.number().int(), z.number().int()])
const memberSchema = z.strictObject({
  report: text, article: text, language, outlet: maybe, url: maybe, published: maybe, title: maybe, side: maybe, background: z.boolean(), according: maybe, span, quote: text, confidence: z.number(),
}).meta({ id: 'EventMember' })
export const eventSchema = z.strictObject({
  id: text, type: text, mode: maybe, contexts: z.array(text), actors: z.array(partySchema), recipients: z.array(partySchema), date: z.strictObject({ value: text, basis: z.enum(['stated', 'inferred']) }).nullable(),
  firstDay: maybe, lastDay: maybe, place: z.strictObject({ id: text, name: text, country: maybe }).nullable(), status: z.enum(STATUSES), historical: z.boolean(), confidence: z.number(), cameo: maybe, rule: text,
  intensity: z.number(), quadClass: text,
  figures: z.array(z.strictObject({ measure: text, value: z.number(), unit: maybe, comparator: z.enum(['=', '>', '<', '~']), period: maybe, parties: z.array(text), reports: z.array(text) })),
  members: z.array(memberSchema), versions: z.array(z.strictObject({ field: text, value: text, weight: z.number(), reports: z.array(text) })),
  links: z.array(z.strictObject({ kind: z.enum(['came-of', 'planned-as', 'called-off']), event: text, why: text.describe('in words, in the language asked for'), reason: reasonSchema.optional() })), notes: z.array(text),
}).meta({ id: 'Event' })
/** An event with its line in the language asked for. */
const toldEvent = eventSchema.extend({ line: text.describe('who did what to whom, in the language asked for') }).meta({ id: 'ToldEvent' })

const quoteSchema = z.strictObject({ article: text, language, outlet: maybe, span, text, speaker: maybe, stance: maybe }).meta({ id: 'Quote' })
const topicKind = z.enum(['context', 'state', 'place', 'figure', 'act', 'stance'])
const accountSchema = z.strictObject({
  event: text, side: text, official: z.boolean(), articles: z.array(text), characters: z.number(),
  topics: z.array(z.strictObject({ kind: topicKind, key: text, order: z.number(), share: z.number(), value: text.optional(), quotes: z.array(quoteSchema) })), unsaid: z.array(quoteSchema),
}).meta({ id: 'Account' })
const comparedSchema = z.array(z.strictObject({ kind: topicKind, key: text, a: z.array(quoteSchema), b: z.array(quoteSchema), others: z.array(quoteSchema) }))
const comparisonSchema = z.strictObject({
  event: text, a: text, b: text, both: comparedSchema, onlyA: comparedSchema, onlyB: comparedSchema, neither: comparedSchema, unsaid: z.array(z.strictObject({ side: text, quote: quoteSchema })),
  differences: z.array(z.strictObject({ kind: z.enum(['order', 'length', 'wording', 'figure', 'stance']), topic: maybe, a: text, b: text })),
}).meta({ id: 'Comparison' })
const judgementSchema = z.strictObject({
  id: text, kind: z.enum(JUDGEMENT_KINDS), report: maybe, other: maybe, event: maybe, field: maybe, value: z.unknown(), anchors: z.unknown(), by: z.strictObject({ kind: z.enum(['rule', 'person']), name: text }), at: text, why: text.describe('what a person wrote, or why rules decided so, in the language asked for'),
  reasons: z.array(reasonSchema).nullable().describe('of rules, what weighed most first; null for people, and where a record keeps only the sentence'),
  score: z.number().nullable(), withdrawn: z.strictObject({ at: text, by: text, why: text }).nullable(),
}).meta({ id: 'Judgement' })

export const relationSchema = z.strictObject({
  pair: z.tuple([text, text]), events: z.number(), cooperation: z.number(), conflict: z.number(), planned: z.number(), balance: z.number().describe('mean PLOVER score of what happened, -10 to 10'), firstDay: maybe, lastDay: maybe,
}).meta({ id: 'Relation' })
const monthSchema = z.strictObject({ month: text.describe('YYYY-MM'), cooperation: z.number(), conflict: z.number() })
const kindSchema = z.strictObject({ type: text, mode: maybe, events: z.number() })
const actorHit = z.strictObject({ id: text, key: text, kind: text, name: text, names: z.record(text, z.array(text)) }).meta({ id: 'KnownActor' })

export const articlesSchema = z.strictObject({ articles: z.array(articleEntrySchema), next }).meta({ id: 'Articles' })
export const articleAnswerSchema = z.strictObject({
  entry: articleEntrySchema, reading: readingSchema, events: z.record(text, text).describe('report id to the id of its event'),
  versions: z.array(z.strictObject({ id: text, firstSeen: text, title: maybe, changes: z.array(z.strictObject({ kind: z.enum(['added', 'removed', 'changed']), before: maybe, after: maybe, words: z.array(z.strictObject({ before: text, after: text })) })) })),
  copies: z.array(articleEntrySchema).describe('near copies of its text in other outlets'),
}).meta({ id: 'ArticleAnswer' })
export const eventsSchema = z.strictObject({ events: z.array(toldEvent), next }).meta({ id: 'Events' })
export const eventAnswerSchema = z.strictObject({
  event: toldEvent, accounts: z.array(accountSchema), comparison: comparisonSchema.nullable(), judgements: z.array(judgementSchema), linked: z.array(toldEvent),
}).meta({ id: 'EventAnswer' })
export const relationsSchema = z.strictObject({ relations: z.array(relationSchema) }).meta({ id: 'Relations' })
export const chronologySchema = z.strictObject({ parties: z.array(text), events: z.array(toldEvent), months: z.array(monthSchema), kinds: z.array(kindSchema), next }).meta({ id: 'Chronology' })
export const searchSchema = z.strictObject({
  actors: z.array(actorHit), events: z.array(toldEvent), articles: z.array(z.strictObject({ article: articleEntrySchema, snippet: text, direction: z.enum(['ltr', 'rtl']) })), next,
}).meta({ id: 'SearchAnswer' })
export const problemsSchema = z.strictObject({
  problems: z.array(z.strictObject({ id: text, at: text, stage: text, code: text, message: text, subject: text, page: maybe, attempts: z.number(), resolvedAt: maybe })), next,
}).meta({ id: 'Problems' })
export const changesSchema = z.strictObject({ since: text, count: z.number().describe('events in all, up to 1000'), events: z.array(toldEvent) }).meta({ id: 'Changes' })
/** One part of docs/benchmarks.json. */
export const benchPartSchema = z.strictObject({
  name: text, title: text,
  rows: z.array(z.strictObject({ set: text, measure: text, language: maybe, n: z.number(), value: z.number().nullable(), target: z.number().nullable().describe('what the project asks of itself'), atMost: z.boolean().describe('the target is an upper bound'), anchor: maybe.describe('figures of others') })),
}).meta({ id: 'BenchPart' })
export const benchSchema = z.strictObject({ parts: z.array(benchPartSchema) })
const covered = { articles: z.number(), reports: z.number() }
export const qualitySchema = z.strictObject({
  languages: z.array(z.strictObject({
    code: text, name: text, events: z.boolean().describe('events are read, not only names, dates and figures'), concepts: z.number().describe('concepts that are worded'), of: z.number().describe('concepts there are'), wordings: z.number(), nameTables: z.number(), templates: z.boolean().describe('record lines can be written in it'), learned: z.boolean().describe('it has a learned word analysis'),
  })),
  figures: z.array(benchPartSchema).nullable().describe('null where the file that holds them is missing'),
  coverage: z.strictObject({
    ...covered, firstMonth: maybe, lastMonth: maybe, languages: z.array(z.strictObject({ language, ...covered, read: z.boolean() })),
    outlets: z.array(z.strictObject({ outlet: text, ...covered, languages: z.array(language), firstMonth: maybe, lastMonth: maybe })).describe('those with most articles'), outletCount: z.number(),
    months: z.array(z.strictObject({ month: text, ...covered })), gaps: z.array(text).describe('months between the first and the last without an article'),
  }),
  silences: z.array(z.strictObject({ event: toldEvent, told: z.array(text), silent: z.array(text), quoted: z.array(text) })).describe('newest events that one side\'s publications tell and another\'s do not'),
}).meta({ id: 'Quality' })
export const addedSchema = z.strictObject({
  added: z.number(), known: z.number(), versions: z.number(), copies: z.number(), failed: z.number(), articles: z.array(text), events: z.number().describe('events made or changed'), unjoined: maybe.describe('why what was added is in no event yet'), there: z.array(text).describe('articles of documents that were known already'),
}).meta({ id: 'Added' })
const questionSchema = z.strictObject({
  key: text.describe('the same as long as what is asked is the same'), kind: z.enum(['same-or-not', 'which-version', 'right-or-not']), weight: z.number().describe('reports the answer can move, times how open it is'), event: toldEvent, other: toldEvent.optional(),
  reports: z.tuple([text, text]).optional().describe('the pair the rules compared'), score: z.number().optional(), why: text.optional().describe('in words, in the language asked for'), reasons: z.array(reasonSchema).optional(), field: text.optional(), values: z.array(z.strictObject({ value: text, weight: z.number() })).optional(),
}).meta({ id: 'Question' })
export const reviewSchema = z.strictObject({ questions: z.array(questionSchema) }).meta({ id: 'Review' })
export const judgementsSchema = z.strictObject({ judgements: z.array(judgementSchema) }).meta({ id: 'Judgements' })
export const reviewersSchema = z.strictObject({
  people: z.array(z.strictObject({ name: text, decisions: z.number(), withdrawn: z.number(), last: text })),
  pairs: z.array(z.strictObject({ a: text, b: text, together: z.number(), agreed: z.number(), kappa: z.number().nullable().describe('Cohen\'s kappa over right or wrong and one or two') })),
  disputed: z.array(z.strictObject({ report: text, other: maybe, field: maybe, said: z.array(z.strictObject({ by: text, what: text })) })),
}).meta({ id: 'Reviewers' })
export const decidedSchema = z.strictObject({ judgements: z.array(text).describe('ids of what was decided or taken back'), events: z.array(toldEvent).describe('the events that hold the reports now') }).meta({ id: 'Decided' })
export const alertsSchema = z.strictObject({
  searches: z.array(z.strictObject({
    id: text, name: text, path: text.describe('address of the view on the desk'), createdAt: text,
    alerts: z.array(z.strictObject({
      id: text, tells: z.array(z.enum(TELLS)), by: maybe.describe('only when this state, body or person is the one who does, denies or words it'), channel: z.enum(CHANNELS), target: text, language, maxAge: z.number().nullable().describe('days an article may be old; any age when null'),
      paused: z.boolean(), createdAt: text, sent: z.number(), waiting: z.number(), failed: z.number().describe('given up'), lastError: maybe,
    })),
  })),
}).meta({ id: 'Alerts' })
export const savedSchema = z.strictObject({ search: text, alert: maybe, secret: maybe.describe('key the webhook is signed with, shown only now') }).meta({ id: 'Saved' })
export const deletedSchema = z.strictObject({ deleted: text }).meta({ id: 'Deleted' })
export const retriedSchema = z.strictObject({ retried: z.number().describe('messages that are tried again') }).meta({ id: 'Retried' })
export const problemSchema = z.strictObject({ type: text, title: text, status: z.number(), detail: text.optional() }).meta({ id: 'ProblemDetails' })

/* What may be asked. Lists are parted by commas; what is left empty does not count. */
const listOf = <T extends z.ZodType<string>>(item: T) => z.preprocess((value) => (typeof value === 'string' ? value.split(',').map((part) => part.trim()).filter((part) => part !== '') : value), z.array(item))
const given = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
const number = z.coerce.number<string>()

const paging = { limit: given(number.int().min(1).max(200)).describe('items of a page, 50 unless said'), cursor: given(text.max(2000)).describe('`next` of the page before') }
const lang = { lang: given(text.max(20)).describe('language of the lines, ISO 639-1; the desk\'s own unless said') }
const days = { from: given(day).describe('first day, YYYY-MM-DD'), to: given(day).describe('last day, YYYY-MM-DD') }
const format = { format: given(z.enum(['json', 'csv'])).describe('`json` unless said') }
/** Articles have no day a calendar could show. */
const listFormat = { format: given(z.enum(['json', 'csv', 'atom', 'jsonfeed'])).describe('`json` unless said; `atom` and `jsonfeed` are feeds') }
const feedFormat = { format: given(z.enum(['json', 'csv', 'atom', 'jsonfeed', 'ics'])).describe('`json` unless said; `atom` and `jsonfeed` are feeds, `ics` is a calendar of the events of known days') }
const eventFilter = {
  types: given(listOf(text.max(40))).describe('PLOVER types, parted by commas'), statuses: given(listOf(z.enum(STATUSES))).describe('statuses, parted by commas'), minConfidence: given(number.min(0).max(1)).describe('only events at least this sure'),
  order: given(z.enum(['newest', 'oldest'])).describe('`newest` unless said'),
}
export const ARTICLES_QUERY = z.object({ language: given(text.max(20)), publisher: given(text.max(300)), source: given(text.max(300)), telling: given(text.max(100)), ...days, ...paging, ...lang, ...listFormat })
export const EVENTS_QUERY = z.object({ keys: given(listOf(text.max(200))).describe('states, bodies or persons by key (RUS, person:xi-jinping), parted by commas: one of them takes part'), ...days, ...eventFilter, ...paging, ...lang, ...feedFormat })
export const EVENT_QUERY = z.object({ sides: given(listOf(text.max(200))).describe('the two sides to compare, parted by a comma; those that say most unless said'), ...lang })
export const JUDGEMENTS_QUERY = z.object({ ...lang })
export const RELATIONS_QUERY = z.object({ state: given(text.max(20)).describe('only those of this state'), ...days, limit: given(number.int().min(1).max(5000)), ...format })
export const CHRONOLOGY_QUERY = z.object({ parties: listOf(text.max(200)).describe('two states by code, parted by a comma, or one'), ...days, ...eventFilter, ...paging, ...lang, ...feedFormat })
export const SEARCH_QUERY = z.object({ q: text.max(500).describe('words or names in any script'), language: given(text.max(20)), ...days, ...paging, ...lang, ...feedFormat })
export const CHANGES_QUERY = z.object({ parties: listOf(text.max(200)).describe('two states by code, parted by a comma, or one'), since: z.iso.datetime({ offset: true }).describe('the moment, such as 2026-11-29T10:00:00Z'), ...lang, ...format })
export const QUALITY_QUERY = z.object({ ...lang, ...format })
export const PROBLEMS_QUERY = z.object({ ...paging, ...format })

export const AUDIT_QUERY = z.object({ ...paging, ...format })
export type AuditQuery = z.output<typeof AUDIT_QUERY>
export const REVIEW_QUERY = z.object({ limit: given(number.int().min(1).max(200)).describe('questions, 50 unless said'), ...lang })

/* What may be changed. */
const who = { by: text.max(200).optional().describe('who decides, where nobody logs in'), ...lang }
const FIELDS_TO_CORRECT = ['type', 'mode', 'contexts', 'actors', 'recipients', 'date', 'place', 'status', 'historical'] as const
export const DECISION_BODY = z.strictObject({
  on: text.max(100).describe('an event or a report; on an event the decision holds for all its reports'), confirm: z.boolean().optional(), reject: z.boolean().optional(), same: text.max(100).optional().describe('an event or report that tells the same'),
  notSame: text.max(100).optional().describe('an event or report that tells another'), correct: z.partialRecord(z.enum(FIELDS_TO_CORRECT), text.max(2000)).optional().describe('right values as people write them: `2024-02-08`, `RUS, Xi Jinping`'),
  note: text.max(5000).optional(), why: text.max(2000).optional(), ...who,
}).meta({ id: 'Decision' })
export const UNDO_BODY = z.strictObject({ why: text.max(2000), ...who }).meta({ id: 'Undo' })

export const SAVE_BODY = z.strictObject({
  path: text.max(2000).describe('address of a view on the desk, such as /relations/CHN-RUS?types=CONSULT'),
  alert: z.strictObject({
    tells: z.array(z.enum(TELLS)).min(1).describe('what of'), target: text.max(2000).describe('a mailbox, or the address of a webhook'), channel: z.enum(CHANNELS).optional().describe('what the target is, when it does not tell'), by: text.max(200).optional().describe('only when this state, body or person is the one who does, denies or words it'),
    language: text.max(20).optional().describe('of the messages, ISO 639-1'), anyAge: z.boolean().optional().describe('articles older than 30 days too'), secret: text.min(16).max(200).optional().describe('key to sign a webhook with; made when left out'),
  }).optional().describe('whom to tell of what is new'),
}).meta({ id: 'SearchToSave' })

export type SaveAsked = z.output<typeof SAVE_BODY>
export type ReviewQuery = z.output<typeof REVIEW_QUERY>
export type DecisionAsked = z.output<typeof DECISION_BODY>
export type UndoAsked = z.output<typeof UNDO_BODY>
export const STREAM_QUERY = z.object({ keys: given(listOf(text.max(200))).describe('states, pairs (CHN|RUS), bodies or persons, parted by commas: one of them takes part'), types: given(listOf(text.max(40))).describe('PLOVER types, parted by commas'), after: given(number.int().min(0)).describe('number to go on from; `Last-Event-ID` comes before it'), ...lang })

export type StreamQuery = z.output<typeof STREAM_QUERY>
export type ArticlesQuery = z.output<typeof ARTICLES_QUERY>
export type EventsQuery = z.output<typeof EVENTS_QUERY>
export type EventQuery = z.output<typeof EVENT_QUERY>
export type JudgementsQuery = z.output<typeof JUDGEMENTS_QUERY>
export type RelationsQuery = z.output<typeof RELATIONS_QUERY>
export type ChronologyAsked = z.output<typeof CHRONOLOGY_QUERY>
export type SearchAsked = z.output<typeof SEARCH_QUERY>
export type ChangesQuery = z.output<typeof CHANGES_QUERY>
export type QualityQuery = z.output<typeof QUALITY_QUERY>
export type ProblemsQuery = z.output<typeof PROBLEMS_QUERY>
