/** What people decided, taken out of a record: as a file that another record applies, and as test cases of the languages. */
import { anchorOf, type Telling } from './events/index.ts'
import { corrected } from './events/human.ts'
import { joinArticles } from './joining.ts'
import { anchorsOf, loadHeld, loadPeople } from './joining-load.ts'
import type { Knowledge } from './knowledge/index.ts'
import type { Report, ReportAnchor, Span } from './model/index.ts'
import { ReviewError } from './review.ts'
import { type Db, importJudgements, type Judgement, JUDGEMENT_KINDS, listJudgements, type Store } from './store/index.ts'

/** First line of the file. */
const HEAD = { readout: 'corrections', version: 1 } as const

export interface Applied {
  readonly applied: number
  /** Made here before, or applied before; also those taken back here. */
  readonly known: number
  /** The article is not in this record, or the words are not read as that any more. */
  readonly missing: number
}

type Carried = Pick<Judgement, 'kind' | 'report' | 'other' | 'event' | 'field' | 'value' | 'anchors' | 'at' | 'why'> & { readonly by: string }

/** What people decided and did not take back, oldest first, one line of JSON each. */
export async function* exportCorrections({ db }: Pick<Store, 'db'>): AsyncGenerator<string> {
  yield JSON.stringify(HEAD)
  for (let cursor: string | null = null; ;) {
    const page = await listJudgements(db, { by: 'person', cursor })
    for (const { kind, report, other, event, field, value, anchors, by, at, why } of page.items) yield JSON.stringify({ kind, report, other, event, field, value, anchors, by: by.name, at, why } satisfies Carried)
    cursor = page.next
    if (cursor === null) return
  }
}

/** Reads such a file. Throws ReviewError naming the line. */
export function parseCorrections(text: string): Carried[] {
  const lines = text.split('\n').map((line) => line.trim())
  const read = (line: string, at: number): Record<string, unknown> => {
    try {
      const value: unknown = JSON.parse(line)
      if (typeof value === 'object' && value !== null) return value as Record<string, unknown>
    } catch {
      // Told below.
    }
    throw new ReviewError(`line ${at + 1} is no object of JSON; readout review --export writes such a file`)
  }
  const head = read(lines[0] ?? '', 0)
  if (head['readout'] !== HEAD.readout || head['version'] !== HEAD.version) throw new ReviewError('this is no file of corrections; readout review --export writes one')
  return lines.slice(1).flatMap((line, index) => {
    if (line === '') return []
    const given = read(line, index + 1)
    const maybe = (name: string): boolean => given[name] === null || typeof given[name] === 'string'
    const anchors = given['anchors'] as { report?: unknown } | null
    const whole = (JUDGEMENT_KINDS as readonly unknown[]).includes(given['kind']) && ['report', 'other', 'event', 'field'].every(maybe) && typeof given['by'] === 'string' && given['by'].trim() !== '' && typeof given['why'] === 'string'
      && typeof given['at'] === 'string' && !Number.isNaN(Date.parse(given['at'])) && typeof anchors === 'object' && anchors !== null && isAnchor(anchors.report)
    if (!whole) throw new ReviewError(`line ${index + 2} is no judgement of a person with the words it is about`)
    return [given as unknown as Carried]
  })
}

const isAnchor = (value: unknown): value is ReportAnchor => {
  const { article, type, span, text } = (value ?? {}) as Partial<Record<keyof ReportAnchor, unknown>>
  return typeof article === 'string' && typeof type === 'string' && typeof text === 'string' && Array.isArray(span) && span.length === 2 && span.every((place) => Number.isInteger(place))
}

/** Makes the decisions of another record this one's where it holds the same words; all that follows from them at once. Doing it again changes nothing. */
export async function applyCorrections(store: Store, voiceOf: Parameters<typeof joinArticles>[1], corrections: readonly Carried[], also?: (tx: Db, applied: Applied) => Promise<void>): Promise<Applied> {
  return store.transaction(async (tx) => {
    const articles = [...new Set(corrections.flatMap((one) => Object.values(anchorsOf(one)).flatMap((anchor) => (anchor === undefined ? [] : [(anchor as ReportAnchor).article]))))]
    const held = await loadHeld(tx, articles)
    const find = (anchor: ReportAnchor | undefined, id: string | null): Telling | null => {
      const tellings = (anchor === undefined ? undefined : held.get(anchor.article)?.tellings) ?? []
      const like = tellings.filter(({ report }) => report.type === anchor?.type)
      return tellings.find(({ report }) => report.id === id) ?? like.find(({ report }) => report.evidence.some(({ text }) => text === anchor?.text)) ?? like.find(({ report }) => report.evidence.some(({ span }) => overlap(span, anchor?.span))) ?? null
    }
    const fit = corrections.flatMap(({ by, report, other, anchors, ...rest }) => {
      const place = anchorsOf({ anchors })
      const own = find(place.report, report)
      const second = other === null ? null : find(place.other, other)
      if (own === null || (other !== null && (second === null || second === own))) return []
      return [{ ...rest, report: own.report.id, other: second?.report.id ?? null, anchors: { report: anchorOf(own), ...(second ? { other: anchorOf(second) } : {}) }, by: { kind: 'person' as const, name: by } }]
    })
    const fresh = await importJudgements(tx, fit)
    if (fresh.size > 0) await joinArticles(tx, voiceOf, [...held.keys()])
    const done = { applied: fresh.size, known: fit.length - fresh.size, missing: corrections.length - fit.length }
    await also?.(tx, done)
    return done
  })
}

const overlap = (a: Span, b: Span | undefined): boolean => b !== undefined && a[0] < b[1] && b[0] < a[1]

/** A sentence and what must come of it, as in `languages/<code>/cases`. */
export interface TestCase {
  readonly text: string
  readonly published?: string
  readonly events: readonly { readonly type: string; readonly actors: readonly string[]; readonly recipients: readonly string[]; readonly status: string; readonly mode?: string; readonly historical?: boolean }[]
}
export interface Cases {
  readonly byLanguage: ReadonlyMap<string, readonly TestCase[]>
  /** Sentences people decided on that make no case: something else in them was not decided on, or what is right rests on other sentences. */
  readonly leftOut: number
}

/** Sentences all of whose reports people confirmed, rejected or corrected, with what is right. */
export async function casesOf({ db }: Pick<Store, 'db'>, knowledge: Knowledge): Promise<Cases> {
  const people = await loadPeople(db)
  const confirmed = new Set<string>()
  for (const { kind, report } of people.judgements) if (kind === 'confirm' && typeof report === 'string') confirmed.add(report)
  const decided = (id: string): boolean => confirmed.has(id) || people.rejected.has(id) || people.corrections.has(id)
  const articles = [...new Set([...people.reports.values()].filter(({ id }) => decided(id)).map(({ article }) => article))].sort()
  const out = new Map<string, TestCase[]>()
  let leftOut = 0
  for (const { reading: { article, reports } } of (await loadHeld(db, articles)).values()) {
    const split = knowledge.lexicon(article.language)?.split
    if (!split) continue
    for (const [from, to] of split(article.text, [0, article.text.length])) {
      const inside = (span: Span): boolean => span[0] >= from && span[1] <= to
      const own = reports.filter(({ evidence }) => evidence.some(({ span }) => inside(span)))
      if (!own.some(({ id }) => decided(id))) continue
      const kept = own.filter(({ id }) => !people.rejected.has(id))
      if (!own.every(({ id }) => decided(id)) || !kept.every(({ evidence }) => evidence.every(({ span }) => inside(span)))) {
        leftOut++
        continue
      }
      const events = kept.map((report) => expected(corrected(report, people.corrections.get(report.id) ?? [])))
      out.set(article.language, [...(out.get(article.language) ?? []), { text: article.text.slice(from, to), ...(article.published === null ? {} : { published: article.published.slice(0, 10) }), events }])
    }
  }
  return { byLanguage: new Map([...out].sort(([a], [b]) => (a < b ? -1 : 1))), leftOut }
}

function expected({ type, mode, status, historical, actors, recipients }: Report): TestCase['events'][number] {
  const countries = (list: Report['actors']): string[] => list.map(({ country, name }) => country ?? name).sort()
  return { type, actors: countries(actors), recipients: countries(recipients), status, ...(mode === null ? {} : { mode }), ...(historical ? { historical } : {}) }
}
