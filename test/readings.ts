/** Readings made by hand for tests of joining: what an article reports, said in a few words. */
import type { Actor, Figure, Reading, Report, Statement } from '../src/model/index.ts'

export const actor = (id: string, country: string | null, more: Partial<Actor> = {}): Actor => ({ id, name: id.slice(id.indexOf(':') + 1), country, sector: country === null ? null : 'GOV', office: null, span: [0, 1], text: id, ...more })
export const PUTIN = actor('person:vladimir-putin', 'RUS')
export const LAVROV = actor('person:sergey-lavrov', 'RUS')
export const XI = actor('person:xi-jinping', 'CHN')
export const WANG = actor('person:wang-yi', 'CHN')
export const state = (code: string): Actor => actor(`state:${code}`, code)

export interface Told extends Partial<Omit<Report, 'date' | 'actors' | 'recipients'>> {
  /** EDTF; a trailing `*` means the day of the article, `~` a date the text words but does not state in full. */
  readonly date?: string | null
  readonly actors?: readonly Actor[]
  readonly recipients?: readonly Actor[]
  /** The sentence that tells it. */
  readonly words?: string
  readonly figures?: readonly Partial<Figure>[]
}

export interface Given {
  readonly id: string
  readonly language?: string
  readonly publisher?: string | null
  readonly url?: string | null
  readonly published?: string | null
  readonly reports: readonly Told[]
  readonly statements?: readonly Partial<Statement>[]
}

/** A reading whose text is the sentences of its reports, one a paragraph. */
export function reading({ id, language = 'en', publisher = id, url = null, published = '2024-02-08', reports, statements = [] }: Given): Reading {
  const sentences = reports.map(({ words }, index) => words ?? `Sentence ${index} of ${id}.`)
  const text = sentences.join('\n\n')
  const starts = sentences.map((_, index) => sentences.slice(0, index).reduce((sum, sentence) => sum + sentence.length + 2, 0))
  return {
    article: { id, url, language, direction: 'ltr', title: sentences[0] ?? null, lead: null, byline: null, agencies: [], publisher, published, text, captions: [], furniture: [] },
    mentions: [], notices: [],
    reports: reports.map(({ date = '2024-02-08*', words: _, figures: __, ...told }, index): Report => {
      const start = starts[index] ?? 0
      const kind = date?.slice(-1)
      return {
        id: `${id}:${index}`, type: 'CONSULT', mode: null, contexts: [], actors: [state('RUS'), state('CHN')], recipients: [],
        place: null, status: 'occurred', historical: false, attribution: { kind: 'outlet', span: null }, evidence: [{ field: 'type', span: [start, start + 4], text: text.slice(start, start + 4) }],
        cameo: '040', intensity: 1, quadClass: 'verbal-cooperation', confidence: 0.8, rule: 'test', ...told,
        date: date === null ? null : { value: date.replace(/[*~]$/u, ''), basis: kind === '*' || kind === '~' ? 'inferred' : 'stated', span: kind === '*' ? null : [start, start + 1] },
      }
    }),
    statements: statements.map((statement, index): Statement => ({ id: `${id}:s${index}`, speaker: PUTIN, quoted: true, span: [0, 4], text: text.slice(0, 4), date: null, stance: 'said', topics: [], countries: [], ...statement })),
    figures: reports.flatMap(({ figures = [] }, index) => figures.map((figure): Figure => ({ measure: 'killed', value: 1, unit: null, comparator: '=', period: null, parties: [], span: [(starts[index] ?? 0) + 1, (starts[index] ?? 0) + 3], ...figure }))),
  }
}
