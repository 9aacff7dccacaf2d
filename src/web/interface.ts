/** The words of the desk's pages: `languages/<code>/interface.yaml`. A language has pages when it has them and its record lines. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Knowledge } from '../knowledge/index.ts'
import { readSettings } from '../knowledge/settings.ts'
import { ACTS, STATUSES } from '../model/index.ts'

export const WORDS = [
  'own-name', 'tagline', 'skip', 'languages', 'menu', 'relationships', 'events', 'articles', 'search', 'review', 'add', 'problems',
  'relationships-lead', 'matrix', 'matrix-lead', 'list', 'find-state', 'show', 'from', 'to', 'kind', 'status', 'all', 'order', 'newest', 'oldest', 'text-language', 'confidence-from',
  'pair', 'cooperation', 'conflict', 'balance', 'balance-note', 'last', 'month', 'year', 'empty', 'begin', 'no-match', 'next-page', 'start-again',
  'over-time', 'as-table', 'by-kind', 'open-plans', 'quoted-people', 'comparison', 'comparison-lead', 'topic', 'said', 'not-said', 'versions', 'versions-lead', 'reports', 'outlet', 'language', 'side', 'words',
  'why-joined', 'same', 'not-same', 'by-rule', 'by-person', 'score', 'linked', 'text', 'record', 'left-out', 'captions', 'original', 'to-event', 'rule', 'article-versions', 'copies', 'changed', 'added-part', 'removed-part',
  'search-lead', 'search-words', 'called', 'found-articles', 'found-events', 'add-lead', 'paste', 'address', 'files', 'published-day', 'read-and-keep', 'read-only',
  'added', 'known', 'new-versions', 'failed', 'result', 'problems-lead', 'no-problems', 'stage', 'reason', 'document', 'attempts', 'when', 'not-found', 'bad-request', 'fault', 'data', 'not-joined', 'contexts', 'score-word', 'terms', 'names',
  'quality', 'quality-lead', 'can-read', 'concepts', 'wordings', 'word-analysis', 'record-lines', 'yes', 'no', 'other-languages', 'unread', 'scores', 'scores-lead', 'no-scores', 'measure', 'items', 'value', 'asked', 'others', 'not-reached', 'all-measures', 'coverage', 'outlets', 'months', 'by-month', 'not-read', 'gaps', 'gaps-lead', 'no-gaps', 'silence', 'silence-lead', 'no-silence', 'told-by', 'no-report-from', 'quoted-elsewhere',
  'map', 'map-lead', 'one-state', 'all-pairs', 'most-events', 'brush-hint', 'whole-time', 'since-visit', 'new-since', 'nothing-new', 'languages-sources', 'of-shown',
  'alerts', 'alerts-lead', 'save-search', 'saved-name', 'saved-view', 'tell-of', 'alert-event', 'alert-denial', 'alert-wording', 'by-whom', 'send-to', 'mailbox-or-webhook', 'any-age', 'sent', 'waiting', 'given-up',
  'delete', 'save', 'no-alerts', 'secret-once', 'before-word', 'now-word', 'subscribe', 'feed-address', 'watched', 'watched-lead', 'next-look', 'api-docs',
  'documentation', 'being-read', 'so-many-read', 'so-many-a-second', 'time-left', 'keys', 'keys-about', 'keys-on', 'projects', 'projects-lead', 'no-projects',
] as const
/** Words of review. */
export const REVIEW = [
  'title', 'lead', 'queue', 'nothing-open', 'same-question', 'version-question', 'right-question', 'confirm', 'reject', 'is-same', 'is-not-same', 'correct', 'correct-lead', 'save', 'note', 'reason', 'default-reason', 'your-name', 'skip',
  'decided', 'undone', 'undo', 'taken-back', 'history', 'no-history', 'agreement', 'agreement-lead', 'no-agreement', 'together', 'agreed', 'kappa', 'reviewers', 'decisions', 'disputed', 'join', 'other-event', 'part',
  'names-hint', 'date-hint', 'confirmed', 'rejected', 'corrected', 'noted',
] as const
/** Words of logging in, of people, keys and the log. */
export const PEOPLE = [
  'title', 'login', 'login-lead', 'name', 'password', 'wrong', 'shut', 'logout', 'account', 'role', 'reader', 'reviewer', 'admin', 'old-password', 'new-password', 'change-password', 'changed', 'password-rule', 'people', 'people-lead', 'no-people',
  'add-person', 'change', 'access', 'disable', 'enable', 'disabled', 'keys', 'keys-lead', 'add-key', 'key-shown', 'scopes', 'days', 'expires', 'made-by', 'last-used', 'revoke', 'revoked', 'audit', 'audit-lead', 'act', 'subject', 'forbidden', 'member-rule',
] as const
export const FIELDS = ['type', 'actor', 'recipient', 'date', 'place', 'status', 'attribution', 'mode', 'context'] as const
export const TYPES = ['AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT', 'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT'] as const

const each = <const T extends readonly string[]>(keys: T) => z.strictObject(Object.fromEntries(keys.map((key) => [key, z.string().min(1)])) as Record<T[number], z.ZodString>)
const schema = z.strictObject({ words: each(WORDS), review: each(REVIEW), people: each(PEOPLE), acts: each(ACTS), fields: each(FIELDS), statuses: each(STATUSES), types: each(TYPES) })
export type Interface = z.infer<typeof schema>

/** The words of every language that has them. Throws KnowledgeError when one is missing or unknown. */
export function loadInterfaces(knowledge: Knowledge): ReadonlyMap<string, Interface> {
  const out = new Map<string, Interface>()
  for (const language of knowledge.languages) {
    const file = join(knowledge.folder(language), 'interface.yaml')
    if (!existsSync(file) || knowledge.templates(language) === null) continue
    out.set(language, readSettings(file, schema))
  }
  return out
}

/** The language a reader wants: the one asked for, else the first of the browser's that there is, else the fallback. */
export function chooseLanguage(known: readonly string[], asked: string | undefined, accept: string | undefined, fallback: string): string {
  if (asked !== undefined && known.includes(asked)) return asked
  const wanted = (accept ?? '').split(',').map((part) => {
    const [tag = '', ...rest] = part.trim().split(';')
    const weight = rest.map((text) => /^\s*q=([\d.]+)$/u.exec(text)?.[1]).find((value) => value !== undefined)
    return { base: tag.toLowerCase().split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) }
  }).filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)
  return wanted.find(({ base }) => known.includes(base))?.base ?? (known.includes(fallback) ? fallback : (known[0] ?? fallback))
}
