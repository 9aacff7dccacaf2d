/** The API as a table: what may be asked, what is answered, who loads it. The server and the OpenAPI document are both made from it. */
import type { z } from 'zod'
import { chronologyCsv } from '../render/chronology.ts'
import { csvLine } from '../render/formats.ts'
import type { ArticleEntry, AuditEntry } from '../store/index.ts'
import { loadArticle, loadArticles, loadProblems, loadSearch, type ArticlesAnswer, type SearchAnswer } from './articles.ts'
import type { Desk } from './desk.ts'
import { loadEvent, loadEvents, type EventsAnswer, type ToldEvent } from './events.ts'
import { type FeedContent, nameIn } from './feeds.ts'
import { type ChangesAnswer, loadChanges } from './since.ts'
import { loadQuality, type QualityAnswer } from './quality.ts'
import { loadJudgements, loadReview, loadReviewers } from './review.ts'
import { loadAlerts } from './saved.ts'
import { auditSchema, loadAudit } from './people.ts'
import { alertsSchema, AUDIT_QUERY, type AuditQuery, judgementsSchema, REVIEW_QUERY, reviewersSchema, reviewSchema, type ReviewQuery } from './schemas.ts'
import { loadChronology, loadRelations, type ChronologyAnswer, type Relation } from './relations.ts'
import {
  articleAnswerSchema, ARTICLES_QUERY, articlesSchema, CHANGES_QUERY, changesSchema, CHRONOLOGY_QUERY, chronologySchema, EVENT_QUERY, eventAnswerSchema, EVENTS_QUERY, eventsSchema, JUDGEMENTS_QUERY, PROBLEMS_QUERY, problemsSchema, QUALITY_QUERY, qualitySchema, RELATIONS_QUERY, relationsSchema,
  SEARCH_QUERY, searchSchema, type ArticlesQuery, type ChangesQuery, type ChronologyAsked, type EventQuery, type EventsQuery, type JudgementsQuery, type ProblemsQuery, type QualityQuery, type RelationsQuery, type SearchAsked,
} from './schemas.ts'
import type { Problem } from '../store/index.ts'

export interface Route {
  /** With `{id}` where an id goes. */
  readonly path: string
  readonly name: string
  readonly summary: string
  readonly query: z.ZodObject | null
  readonly answer: z.ZodType
  /** Null when there is nothing of that id. */
  load(desk: Desk, id: string, query: unknown): Promise<unknown>
  /** The answer as CSV, in the language asked for. */
  readonly csv?: (desk: Desk, answer: unknown, language: string) => string
  /** The list in the answer, one a line where lines are asked for. */
  readonly list?: string
  /** The answer as what a feed is written from. */
  readonly feed?: (desk: Desk, answer: unknown, language: string, query: unknown) => FeedContent
}

/** The view on the desk that shows the same. */
const pageOf = (path: string, query: Readonly<Record<string, unknown>>): string => {
  const { format: _, limit: __, cursor: ___, parties: ____, ...asked } = query
  const search = new URLSearchParams(Object.entries(asked).flatMap(([name, value]): [string, string][] => (value === undefined || value === null ? [] : [[name, String(value)]])))
  return search.size === 0 ? path : `${path}?${search}`
}

const eventsCsv = (desk: Desk, events: readonly ToldEvent[], language: string): string => {
  const { events: writer } = desk.writers(language)
  return chronologyCsv({ title: '', language, events, figures: [], all: new Map() }, writer)
}

const table = (columns: readonly string[], rows: readonly (readonly unknown[])[]): string => [columns, ...rows].map(csvLine).join('')

const articlesCsv = (articles: readonly ArticleEntry[]): string =>
  table(['id', 'published', 'language', 'publisher', 'title', 'url', 'characters', 'reports', 'first_seen'], articles.map((entry) => [entry.id, entry.published, entry.language, entry.publisher, entry.title, entry.url, entry.characters, entry.reports, entry.firstSeen]))

export const ROUTES: readonly Route[] = [
  {
    path: '/api/relations', name: 'relations', list: 'relations', summary: 'All pairs of states that have events, those with most first', query: RELATIONS_QUERY, answer: relationsSchema,
    load: (desk, _, query) => loadRelations(desk, query as RelationsQuery),
    csv: (_, answer) => table(['a', 'b', 'events', 'cooperation', 'conflict', 'planned', 'balance', 'first_day', 'last_day'],
      (answer as { relations: readonly Relation[] }).relations.map((relation) => [...relation.pair, relation.events, relation.cooperation, relation.conflict, relation.planned, relation.balance, relation.firstDay, relation.lastDay])),
  },
  {
    path: '/api/chronology', name: 'chronology', list: 'events', summary: 'The events of a relationship, or of one state, in order', query: CHRONOLOGY_QUERY, answer: chronologySchema,
    load: (desk, _, query) => loadChronology(desk, query as ChronologyAsked), csv: (desk, answer, language) => eventsCsv(desk, (answer as ChronologyAnswer).events, language),
    feed: (desk, answer, language, query) => { const { parties, events } = answer as ChronologyAnswer; return { about: [parties.map((key) => nameIn(desk, desk.writers(language), key)).join(' – ')], page: pageOf(`/relations/${parties.join('-')}`, query as Record<string, unknown>), events } },
  },
  {
    path: '/api/events', name: 'events', list: 'events', summary: 'Events in order of their day', query: EVENTS_QUERY, answer: eventsSchema,
    load: (desk, _, query) => loadEvents(desk, query as EventsQuery), csv: (desk, answer, language) => eventsCsv(desk, (answer as EventsAnswer).events, language),
    feed: (desk, answer, language, query) => ({ about: ((query as EventsQuery).keys ?? []).map((key) => nameIn(desk, desk.writers(language), key)), page: pageOf('/events', query as Record<string, unknown>), events: (answer as EventsAnswer).events }),
  },
  { path: '/api/events/{id}', name: 'event', summary: 'One event: its reports, its versions, what each side tells of it', query: EVENT_QUERY, answer: eventAnswerSchema, load: (desk, id, query) => loadEvent(desk, id, query as EventQuery) },
  {
    path: '/api/articles', name: 'articles', list: 'articles', summary: 'Articles, newest first', query: ARTICLES_QUERY, answer: articlesSchema,
    load: (desk, _, query) => loadArticles(desk, query as ArticlesQuery), csv: (_, answer) => articlesCsv((answer as ArticlesAnswer).articles),
    feed: (_, answer, __, query) => ({ about: [(query as ArticlesQuery).publisher ?? (query as ArticlesQuery).language ?? ''].filter((part) => part !== ''), page: pageOf('/articles', query as Record<string, unknown>), articles: (answer as ArticlesAnswer).articles.map((article) => ({ article })) }),
  },
  { path: '/api/articles/{id}', name: 'article', summary: 'One article with everything read out of it', query: null, answer: articleAnswerSchema, load: (desk, id) => loadArticle(desk, id) },
  {
    path: '/api/search', name: 'search', list: 'articles', summary: 'Articles and events by words and names, in all scripts', query: SEARCH_QUERY, answer: searchSchema,
    load: (desk, _, query) => loadSearch(desk, query as SearchAsked), csv: (_, answer) => articlesCsv((answer as SearchAnswer).articles.map(({ article }) => article)),
    feed: (_, answer, __, query) => ({ about: [(query as SearchAsked).q], page: pageOf('/search', query as Record<string, unknown>), articles: (answer as SearchAnswer).articles, events: (answer as SearchAnswer).events }),
  },
  {
    path: '/api/changes', name: 'changes', summary: 'Events of a relationship, or of one state, that came in or were decided on since a moment', query: CHANGES_QUERY, answer: changesSchema,
    load: (desk, _, query) => loadChanges(desk, query as ChangesQuery), csv: (desk, answer, language) => eventsCsv(desk, (answer as ChangesAnswer).events, language),
  },
  {
    path: '/api/quality', name: 'quality', summary: 'What can be read and how well, what the record covers, where it is silent; as CSV the measured figures', query: QUALITY_QUERY, answer: qualitySchema,
    load: (desk, _, query) => loadQuality(desk, query as QualityQuery),
    csv: (_, answer) => table(['part', 'set', 'measure', 'language', 'n', 'value', 'target', 'at_most', 'others'],
      ((answer as QualityAnswer).figures ?? []).flatMap(({ name, rows }) => rows.map(({ set, measure, language, n, value, target, atMost, anchor }) => [name, set, measure, language, n, value, target, atMost, anchor]))),
  },
  { path: '/api/review', name: 'review', summary: 'What is most worth a person\'s decision, first what would change most', query: REVIEW_QUERY, answer: reviewSchema, load: (desk, _, query) => loadReview(desk, query as ReviewQuery) },
  { path: '/api/review/agreement', name: 'reviewers', summary: 'Who reviewed, and how far people agree on what more than one of them decided', query: null, answer: reviewersSchema, load: (desk) => loadReviewers(desk) },
  { path: '/api/events/{id}/judgements', name: 'judgements', summary: 'Everything rules and people decided on an event or a report, taken back or not', query: JUDGEMENTS_QUERY, answer: judgementsSchema, load: (desk, id, query) => loadJudgements(desk, id, query as JudgementsQuery) },
  { path: '/api/alerts', name: 'alerts', summary: 'Saved searches with the alerts on them: who is told of what, what was sent, what waits, what was given up', query: null, answer: alertsSchema, load: (desk) => loadAlerts(desk) },
  {
    path: '/api/audit', name: 'audit', summary: 'The log of changes, newest first; for admins', query: AUDIT_QUERY, answer: auditSchema, load: (desk, _, query) => loadAudit(desk, query as AuditQuery),
    csv: (_, answer) => table(['at', 'who', 'via', 'act', 'subject', 'detail'], (answer as { entries: readonly AuditEntry[] }).entries.map(({ at, who, via, act, subject, detail }) => [at, who, via, act, subject, detail === null ? null : JSON.stringify(detail)])),
  },
  {
    path: '/api/problems', name: 'problems', list: 'problems', summary: 'Documents set aside, each with its reason', query: PROBLEMS_QUERY, answer: problemsSchema,
    load: (desk, _, query) => loadProblems(desk, query as ProblemsQuery),
    csv: (_, answer) => table(['at', 'stage', 'code', 'message', 'subject', 'attempts'], (answer as { problems: readonly Problem[] }).problems.map(({ at, stage, code, message, subject, attempts }) => [at, stage, code, message, subject, attempts])),
  },
]
