/** Are the reports of one happening brought together, across articles and languages, and only those? Labels are built by code from the readouts and the parallel news. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { joinTellings, tell, type Telling } from '../../src/events/index.ts'
import { readArticle } from '../../src/read.ts'
import { familyOf, modeFit, stageOf } from '../../src/events/families.ts'
import type { Article, Reading, Span } from '../../src/model/index.ts'
import { type CorefScores, corefScores } from '../coref.ts'
import { knowledge } from '../coder.ts'
import { BENCH, rows } from '../data.ts'
import type { Row } from '../table.ts'

/** A telling and the name of the event it tells; null where it takes part in joining but nobody can say by code what it should join. */
export interface Told { readonly telling: Telling; readonly gold: string | null }

/** Articles of the parallel sets that tell a story another one tells too: of each story only the first is taken, since reports of two articles are held to be of two events. */
const SAME_STORY = [
  ['nt14:90c566f54bf1076e6f539875d45d673c', 'nt14:0dcab1a38db38ac0eec0c25bc52c230b', 'nt14:fd6ec9b5f76dea6a01814605c290c961'],
  ['wmt21:interfax.39239', 'wmt21:interfax.39252'], ['nt15:498-gazeta.ru', 'nt15:2475-vesti.ru'], ['ntrex:newsweek.51310', 'ntrex:cnn.304447'],
  ['nt17:izvestiya.51237', 'nt17:lenta.ru.114878', 'nt17:aif.122871'], ['wmt21:foxnews.106543', 'wmt21:abcnews.420117'], ['wmt21:zh.0648', 'wmt21:zh.0121'], ['ntrex:bbc.381736', 'ntrex:cnbc.com.6790'],
]
const TOLD_ELSEWHERE = new Set(SAME_STORY.flatMap(([, ...rest]) => rest))

/** Whether a language can read reports. */
const able = (language: string): boolean => existsSync(join(knowledge.folder(language), 'concepts.tsv')) && existsSync(join(knowledge.folder(language), 'roles.yaml'))

function readLines(id: string, publisher: string, language: string, published: string | null, lines: readonly string[]): { reading: Reading; spans: Span[] } {
  const text = lines.join('\n\n')
  const spans: Span[] = []
  let at = 0
  for (const line of lines) {
    spans.push([at, at + line.length])
    at += line.length + 2
  }
  const article: Article = { id, url: null, language, direction: 'ltr', title: lines[0] ?? null, lead: null, byline: null, agencies: [], publisher, published, text, captions: [], furniture: [] }
  return { reading: readArticle(article, spans, [], knowledge), spans }
}

interface Readout { readonly id: string; readonly lang: string; readonly date: string; readonly title: string; readonly title_en?: string; readonly lead: string | null; readonly text: string | readonly string[]; readonly tags: { readonly countries: readonly string[] } | null }

/** The first contact between these parties (any two when none are given) that came about, told as news: what a readout is of. */
const contactOf = (tellings: readonly Telling[], between: readonly string[] | null): Telling | undefined => tellings.find(({ report, parties }) =>
  report.type === 'CONSULT' && stageOf(report.status) === 'done' && !report.historical && (between === null ? parties.length > 1 : parties.join() === between.join()))

/** Headline and text of each readout as two articles: they must join, and no two readouts of other days or other states may. */
function readouts(): Told[] {
  const out: Told[] = []
  const seen = new Set<string>()
  const versions: { id: string; day: string; tags: string; parts: readonly (readonly [string, string, readonly string[]])[] }[] = []
  for (const language of ['en', 'ru'].filter(able)) {
    for (const item of rows<Readout>('readouts', `kremlin-${language}.jsonl`)) {
      const body = [item.lead ?? '', ...(typeof item.text === 'string' ? [item.text] : item.text)].filter((part) => part !== '')
      versions.push({ id: item.id, day: item.date, tags: item.tags?.countries.join(' ') ?? '', parts: [[language, 'title', [item.title]], [language, 'text', body], ...(item.title_en ? [['en', 'title-en', [item.title_en]] as const] : [])] })
    }
  }
  if (able('ru')) for (const pair of rows<{ doc: string; text: string; en: string; date: string }>('parallel', 'kremlin-titles.ru.jsonl')) {
    if (!versions.some(({ id }) => id === pair.doc)) versions.push({ id: pair.doc, day: pair.date, tags: '', parts: [['ru', 'title', [pair.text]], ['en', 'title-en', [pair.en]]] })
  }
  for (const { id, day, parts } of versions) {
    const told: Telling[] = []
    for (const [language, part, lines] of parts) {
      const telling = contactOf(tell(readLines(`${id}:${part}`, 'President of Russia', language, day, lines).reading), told[0]?.parties ?? null)
      if (telling) told.push(telling)
    }
    // Two readouts of one day with a party in common besides the publisher's state may be of one event: left out.
    const others = new Set(told.flatMap(({ parties }) => parties).filter((party) => party !== 'RUS'))
    if ([...others].some((party) => seen.has(`${day} ${party}`))) continue
    for (const party of others) seen.add(`${day} ${party}`)
    out.push(...told.map((telling) => ({ telling, gold: id })))
  }
  return out
}

interface Doc { readonly doc: string; readonly set: string; readonly source: string; readonly date: string | null; readonly date_kind: string; readonly tier: string }
interface Line { readonly doc: string; readonly seq: number; readonly lang: string; readonly text: string; readonly en: string }

/** The middle of the window an article is from: all articles of a set that has no days are of one day, which is the hardest case. */
function publishedOf({ date, date_kind }: Doc): string {
  if (date !== null) return date
  const ends = [...date_kind.matchAll(/\d{4}-\d{2}(?:-\d{2})?/gu)].map(([value]) => Date.parse(value.length > 7 ? value : `${value}-15`)).slice(0, 2)
  return new Date(((ends[0] ?? 0) + (ends.at(-1) ?? 0)) / 2).toISOString().slice(0, 10)
}

/** The same article in every language it is in. Reports of one sentence and family, or of one type, parties and time, are of one event; reports of two articles never are. */
function parallel(): Told[] {
  const docs = new Map(rows<Doc>('parallel', 'docs.jsonl').map((doc) => [doc.doc, doc]))
  const articles = new Map<string, Map<string, string[]>>()
  for (const set of ['ntrex', 'wmt', 'newstest']) {
    for (const language of knowledge.languages.filter((code) => code !== 'en' && able(code))) {
      const file = `${set}.${language}.jsonl`
      if (!existsSync(join(BENCH, 'parallel', file))) continue
      for (const line of rows<Line>('parallel', file)) {
        const versions = articles.get(line.doc) ?? new Map<string, string[]>()
        articles.set(line.doc, versions)
        versions.set(language, [...(versions.get(language) ?? []), line.text])
        if (!versions.has('en') || versions.get('en')?.length === line.seq) versions.set('en', [...(versions.get('en') ?? []), line.en])
      }
    }
  }
  const out: Told[] = []
  for (const [doc, versions] of articles) {
    const meta = docs.get(doc)
    if (!meta || TOLD_ELSEWHERE.has(doc)) continue
    const told: { telling: Telling; lines: Set<number> }[] = []
    for (const [language, lines] of versions) {
      const { reading, spans } = readLines(`${doc}:${language}`, meta.source, language, publishedOf(meta), lines)
      for (const telling of tell(reading)) {
        const at = new Set(telling.report.evidence.filter(({ field }) => field === 'type').map(({ span }) => spans.findIndex((line) => span[0] >= line[0] && span[1] <= line[1])))
        told.push({ telling, lines: at })
      }
    }
    out.push(...label(doc, told))
  }
  return out
}

/** Whether the one names all the parties of the other. */
const within = (a: readonly string[], b: readonly string[]): boolean => a.every((party) => b.includes(party)) || b.every((party) => a.includes(party))

/* Of reports that only tell again what another of the same article told, and of those on one state alone, nobody can say by code what they should join. */
function label(doc: string, all: readonly { telling: Telling; lines: ReadonlySet<number> }[]): Told[] {
  const first = new Set<string>()
  const told = all.filter(({ telling: { report, article, parties, window } }) => {
    const key = `${article.id} ${familyOf(report.type).name} ${stageOf(report.status)} ${parties.join()}`
    if (parties.length < 2 || window.precision === 'none' || first.has(key)) return false
    first.add(key)
    return true
  })
  const of = told.map((_, index) => index)
  const root = (index: number): number => { let at = index; while (of[at] !== at) at = of[at] ?? at; return at }
  told.forEach((a, i) => {
    told.slice(0, i).forEach((b, j) => {
      const [x, y] = [a.telling, b.telling]
      if (x.article.id === y.article.id || familyOf(x.report.type) !== familyOf(y.report.type) || stageOf(x.report.status) !== stageOf(y.report.status) || modeFit(x.report.mode, y.report.mode) === 'other' || (x.report.mode === 'visit') !== (y.report.mode === 'visit')) return
      const sentence = [...a.lines].some((line) => b.lines.has(line)) && x.parties.filter((party) => y.parties.includes(party)).length > 1
      // What one article tells of one type, parties and time is one event, wherever it tells it.
      const again = x.report.type === y.report.type && within(x.parties, y.parties) && x.window.first <= y.window.last && y.window.first <= x.window.last
      if (sentence || again) of[root(i)] = root(j)
    })
  })
  const names = new Map(told.map(({ telling }, index) => [telling, `${doc}#${root(index)}`]))
  return all.map(({ telling }) => ({ telling, gold: names.get(telling) ?? null }))
}

/** Joins a labelled set and compares. */
export function measure(set: string, told: readonly Told[], grain: string): Row[] {
  const { events } = joinTellings(told.map(({ telling }) => telling), [], () => null)
  const found = new Map(events.flatMap((event) => event.members.map(({ report }) => [report, event.id] as const)))
  const sure = told.filter((one): one is Told & { gold: string } => one.gold !== null)
  const gold = new Map(sure.map(({ telling, gold: id }) => [telling.report.id, id]))
  if (process.env['READOUT_MISSES']) misses(sure, found)
  return table(set, corefScores(gold, new Map([...gold.keys()].map((id) => [id, found.get(id) ?? id]))), grain)
}

function table(set: string, scores: CorefScores, grain: string): Row[] {
  const n = scores.mentions
  return [
    { set, measure: `${grain}: pairs of reports, precision`, n, value: scores.pairs.precision, target: 0.95 },
    { set, measure: `${grain}: pairs of reports, recall`, n, value: scores.pairs.recall, target: 0.8 },
    { set, measure: `${grain}: B-cubed precision`, n, value: scores.bcubed.precision, target: 0.95 },
    { set, measure: `${grain}: B-cubed recall`, n, value: scores.bcubed.recall, target: 0.8 },
    { set, measure: `${grain}: B-cubed F1`, n, value: scores.bcubed.f1 },
    { set, measure: `${grain}: CoNLL F1`, n, value: scores.conll },
  ]
}

function misses(told: readonly Told[], found: ReadonlyMap<string, string>): void {
  const line = ({ report, article, parties, quote }: Telling): string => `${article.id} ${report.type}-${report.mode ?? ''} ${report.status}${report.historical ? ' H' : ''} ${report.date?.value}${report.date?.span ? '' : '*'} ${parties.join(',')} [${[...report.actors, '>', ...report.recipients].map((actor) => (typeof actor === 'string' ? actor : actor.id)).join(' ')}] ${quote.slice(0, 110)}`
  told.forEach((a, i) => {
    for (const b of told.slice(0, i)) {
      const [same, joined] = [a.gold === b.gold, found.get(a.telling.report.id) === found.get(b.telling.report.id)]
      if (same !== joined) console.error(`${joined ? 'WRONG' : 'MISSED'}\n  ${line(a.telling)}\n  ${line(b.telling)}`)
    }
  })
}

/** The labelled sets: reports and the events they tell. `quick` leaves the parallel articles out. */
export const labelled = (quick = false): { set: string; grain: string; told: Told[] }[] => [
  { set: 'readouts', grain: 'calls and meetings', told: readouts() }, ...(quick ? [] : [{ set: 'parallel', grain: 'all reports', told: parallel() }]),
]

/** Joining measured on both sets. */
export async function measureJoining(quick = false): Promise<Row[]> {
  return labelled(quick).flatMap(({ set, grain, told }) => measure(set, told, grain))
}
