/** Readings made by rule, of any number, for the tests and benchmarks of the store. */
import type { Actor, Article, Reading, Report, Span } from '../../src/model/index.ts'
import { contentId } from '../../src/text/hash.ts'

const COUNTRIES = ['USA', 'RUS', 'CHN', 'IRN', 'ISR', 'FRA', 'VNM', 'UKR', 'TUR', 'EGY', 'IND', 'JPN', 'DEU', 'GBR', 'PAK', 'SAU', 'BRA', 'ZAF', 'KOR', 'PRK']
const TYPES = ['CONSULT', 'ACCUSE', 'SUPPORT', 'COOPERATE', 'SANCTION', 'ASSAULT', 'AGREE', 'REJECT']

/** A small generator of numbers that are the same in every run. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
}

export interface Made { readonly index: number; readonly reports?: number; readonly words?: number; readonly mentions?: number; readonly published?: string | null; readonly text?: string; readonly language?: string; readonly url?: string | null; readonly pair?: readonly [string, string]; readonly date?: string; readonly type?: string }

const pick = <T>(list: readonly T[], at: number): T => list[Math.floor(at * at * list.length)] as T

/** One reading; the same options always give the same one. */
export function makeReading(made: Made): Reading {
  const random = numbers(made.index * 7919 + 17)
  const url = made.url === undefined ? `https://news.example/${made.index}` : made.url
  const published = made.published === undefined ? `${2022 + (made.index % 3)}-${String(1 + (made.index % 12)).padStart(2, '0')}-${String(1 + (made.index % 28)).padStart(2, '0')}` : made.published
  const body = made.text ?? Array.from({ length: made.words ?? 60 }, () => `w${Math.floor(random() ** 3 * 20_000)}`).join(' ')
  const text = `Title ${made.index}\n\n${body}`
  const article: Article = {
    id: contentId('article', url ?? '', text), url, language: made.language ?? 'en', direction: 'ltr', title: `Title ${made.index}`, lead: null, byline: null, agencies: ['Reuters'], publisher: 'News Example', published, text,
    captions: [{ text: 'A caption', credit: null }], furniture: [{ kind: 'share', text: 'Share' }],
  }
  const actor = (country: string, at: number): Actor => ({ id: at % 2 === 0 ? country : `person-${country.toLowerCase()}-${at}`, name: country, country, sector: 'GOV', office: null, span: [0, 5], text: 'Title' })
  const reports = Array.from({ length: made.reports ?? 5 }, (_, ordinal): Report => {
    const a = actor(made.pair?.[0] ?? pick(COUNTRIES, random()), Math.floor(random() * 4))
    const b = actor(made.pair?.[1] ?? pick(COUNTRIES, random()), Math.floor(random() * 4))
    const type = made.type ?? pick(TYPES, random())
    const span: Span = [0, Math.min(120, text.length)]
    const evidence = ['type', 'actor', 'recipient', 'date'].map((field) => ({ field, span, text: text.slice(...span) }))
    return {
      id: contentId(article.id, 'report', String(ordinal)), type, mode: null, contexts: ['DIPLOMATIC'], actors: [a], recipients: [b], date: { value: made.date ?? published ?? '2024', basis: 'stated', span: null }, place: null,
      status: ordinal % 5 === 4 ? 'future' : 'occurred', historical: ordinal % 7 === 6, attribution: { kind: 'outlet', outlet: 'News Example', span: null }, evidence, cameo: '040', intensity: 1, quadClass: 'verbal-cooperation',
      confidence: 0.5 + (ordinal % 5) / 10, rule: 'test-rule',
    }
  })
  return {
    article, reports,
    mentions: Array.from({ length: made.mentions ?? 20 }, (_, at) => {
      const who = actor(pick(COUNTRIES, random()), at)
      return { id: contentId(article.id, String(at)), kind: 'actor' as const, span: [at, at + 3] as const, text: text.slice(at, at + 3), actor: who }
    }),
    statements: reports.slice(0, 2).map((report, at) => ({ id: contentId(article.id, 'statement', String(at)), speaker: report.actors[0] ?? actor('USA', 0), quoted: true, span: [0, 5], text: 'Title', date: null, stance: 'said', topics: [], countries: [], report: report.id })),
    figures: [{ measure: 'trade', value: 12.5, unit: 'USD', comparator: '=', period: null, parties: ['CHN', 'RUS'], span: [0, 5] }],
    notices: [],
  }
}

/** Words for the tests: split at spaces. */
export const spaceWords = (text: string): string[] => text.toLowerCase().split(/\s+/u)
