/** The tables as types. The SQL in `migrations/` is the authority; a test compares the two. */
import type { ColumnType, Generated, Kysely } from 'kysely'
import type { Article, Figure, Mention, Notice, Reason, Report, Statement } from '../model/index.ts'

/** JSON column: read as a value, written as JSON text. */
type Json<T> = ColumnType<T, string, string>
/** `YYYY-MM-DD`. */
type Day = string
/** ISO 8601 in UTC. */
type Instant = string

/** The part of an article kept as JSON: all but its text. */
export type ArticleBody = Omit<Article, 'text'>

export interface Tables {
  migrations: { number: number; name: string; sha256: string; applied_at: Generated<Instant> }
  meta: { key: string; value: string }
  sources: { id: string; kind: string; name: string; url: string | null; country: string | null; settings: Json<Record<string, unknown>>; created_at: Instant }
  runs: { id: string; code: string; knowledge: string; note: string | null; started_at: Instant }
  pages: { hash: string; encoding: 'none' | 'brotli'; size: number; media_type: string | null; charset: string | null; bytes: Buffer; first_seen: Instant }
  addresses: {
    url: string; host: string; source: string | null; etag: string | null; last_modified: string | null; last_status: number | null; last_error: string | null
    last_fetched: Instant | null; next_due: Instant | null; failures: Generated<number>; claimed_by: string | null; claimed_until: Instant | null; listed: string | null
  }
  fetches: { address: string; fetched_at: Instant; status: number | null; page: string | null; article: string | null }
  articles: {
    id: string; month: Day; address: string | null; page: string | null; source: string | null; language: string; publisher: string | null; title: string | null
    published: string | null; published_day: Day | null; characters: number; reports: number; telling: string | null; run: string; first_seen: Instant
  }
  documents: {
    id: string; page: string | null; name: string; url: string | null; media_type: string | null; charset: string | null; language: string | null; published: string | null; listed: string | null
    source: string | null; article: string | null; run: string; refused: string | null; added_at: Instant
  }
  article_bands: { band: string; article: string }
  article_texts: { month: Day; article: string; day: Day; language: string; text: string; body: Json<ArticleBody>; notices: Json<readonly Notice[]>; search: string }
  mentions: { month: Day; article: string; kind: Mention['kind']; key: string; country: string | null; times: number; items: Json<readonly StoredMention[]> }
  reports: {
    month: Day; id: string; article: string; ordinal: number; type: string; mode: string | null; status: Report['status']; historical: boolean; confidence: number
    first_day: Day | null; last_day: Day | null; day: Day; rule: string; body: Json<Report>
  }
  statements: { month: Day; id: string; article: string; ordinal: number; speaker: string; country: string | null; stance: string; report: string | null; day: Day; body: Json<Statement> }
  figures: { month: Day; article: string; ordinal: number; measure: string; value: number; unit: string | null; parties: readonly string[]; body: Json<Figure> }
  report_keys: { key: string; day: Day; report: string; month: Day; type: string; status: Report['status']; historical: boolean; confidence: number }
  events: {
    id: string; type: string; mode: string | null; status: Report['status']; historical: boolean; confidence: number
    first_day: Day | null; last_day: Day | null; day: Day; reports: number; body: Json<unknown>
  }
  event_keys: { key: string; day: Day; event: string; type: string; mode: string | null; status: Report['status']; historical: boolean; confidence: number; plan_from: Day | null; plan_to: Day | null }
  event_sums: { key: string; month: Day; type: string; mode: string; status: Report['status']; events: number }
  pair_sums: { key: string; events: number; counts: Readonly<Record<string, number>>; first_day: Day | null; last_day: Day | null }
  event_reports: { report: string; month: Day; event: string }
  accounts: { event: string; side: string; body: Json<unknown> }
  judgements: {
    id: string; kind: JudgementKind; report: string | null; other: string | null; event: string | null; field: string | null; value: Json<unknown> | null; anchors: Json<unknown> | null
    by_kind: 'rule' | 'person'; by_name: string; at: Instant; why: string; score: number | null
    withdrawn_at: Instant | null; withdrawn_by: string | null; withdrawn_why: string | null; reasons: Json<readonly Reason[]> | null
  }
  problems: { id: string; at: Instant; stage: string; code: string; message: string; subject: string; page: string | null; attempts: Generated<number>; resolved_at: Instant | null }
  feeds: {
    url: string; kind: string; source: string | null; etag: string | null; last_modified: string | null; last_status: number | null; last_error: string | null
    last_fetched: Instant | null; next_due: Instant; failures: Generated<number>; every_seconds: number; paused: Generated<boolean>
  }
  jobs: {
    id: string; kind: string; spec: Json<unknown>; cursor: Json<unknown> | null; state: JobState; done: Generated<number>; failed: Generated<number>; total: number | null
    started_at: Instant; updated_at: Instant
  }
  users: { name: string; role: 'reader' | 'reviewer' | 'admin'; password: string; created_at: Instant; disabled_at: Instant | null; failures: Generated<number>; locked_until: Instant | null }
  sessions: { id: string; name: string; created_at: Instant; seen_at: Instant; expires_at: Instant }
  api_keys: { id: string; label: string; secret: string; scopes: string[]; made_by: string; created_at: Instant; expires_at: Instant | null; used_at: Instant | null; revoked_at: Instant | null }
  audit: { id: string; at: Instant; who: string; via: 'login' | 'key' | 'here' | 'command'; act: string; subject: string | null; detail: Json<unknown> | null }
  codings: { seq: number; id: string; coder: string; type: string | null; status: string; first_day: Day | null; last_day: Day | null; countries: readonly string[]; body: string }
  coded_files: { id: string; coder: string | null; name: string; format: string; sha256: string; lines: number; bad: number; code: string; knowledge: string; at: Instant }
  searches: { id: string; name: string; query: Json<unknown>; created_at: Instant }
  news: { seq: number; at: Instant; kind: 'new' | 'changed' | 'gone'; event: string; day: Day }
  alerts: {
    id: string; search: string; tells: readonly string[]; by_party: string | null; channel: 'webhook' | 'email'; target: string; secret: string | null; language: string
    max_age: number | null; paused: Generated<boolean>; created_at: Instant
  }
  deliveries: {
    id: string; alert: string; tells: string; event: string; type: string; status: string; day: Day; articles: readonly string[]; body: Json<unknown>; created_at: Instant
    attempts: Generated<number>; next_due: Instant | null; claimed_until: Generated<Instant | null>; delivered_at: Generated<Instant | null>; last_error: Generated<string | null>
  }
}

export const JUDGEMENT_KINDS = ['same-event', 'not-same', 'field-correction', 'confirm', 'reject', 'annotate'] as const
export type JudgementKind = (typeof JUDGEMENT_KINDS)[number]
export type DeliveryState = 'sent' | 'waiting' | 'failed'
export type JobState = 'running' | 'stopped' | 'done' | 'failed'

/** A mention with its place in the reading's list, so that the list comes back in order. */
export interface StoredMention { readonly at: number; readonly mention: Mention }

/** A handle on the database: the store's own, or that of an open transaction. */
export type Db = Kysely<Tables>
