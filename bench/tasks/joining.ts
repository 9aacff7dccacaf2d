/** Are the reports of one happening brought together, across articles and languages, and only those? Labels are built by code from the readouts and the parallel news. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { joinTellings, tell, type Telling } from '../../src/events/index.ts'
import { readArticle } from '../../src/read.ts'
import { stageOf, familyOf } from '../../src/events/families.ts'
import type { Article, Reading, Span } from '../../src/model/index.ts'
import { type CorefScores, corefScores } from '../coref.ts'
import { knowledge } from '../coder.ts'
import { BENCH, rows } from '../data.ts'
import type { Row } from '../table.ts'

interface Told { readonly telling: Telling; readonly gold: string }

/** Languages that can read reports today. */
const able = (language: string): boolean => existsSync(join(knowledge.folder(language), 'concepts.tsv')) && existsSync(join(knowledge.folder(language), 'roles.yaml'))

function readLines(id: string, language: string, published: string | null, lines: readonly string[]): { reading: Reading; spans: Span[] } {
  const text = lines.join('\n\n')
  const spans: Span[] = []
  let at = 0
  for (const line of lines) {
    spans.push([at, at + line.length])
    at += line.length + 2
  }
  const article: Article = { id, url: null, language, direction: 'ltr', title: lines[0] ?? null, lead: null, byline: null, agencies: [], publisher: id, published, text, captions: [], furniture: [] }
  return { reading: readArticle(article, spans, [], knowledge), spans }
}

interface Readout { readonly id: string; readonly lang: string; readonly date: string; readonly title: string; readonly title_en?: string; readonly lead: string | null; readonly text: string | readonly string[]; readonly tags: { readonly countries: readonly string[] } | null }

/** The first contact that came about in an article told as news: what a readout is of. */
const contactOf = (tellings: readonly Telling[]): Telling | undefined => tellings.find(({ report, parties }) => report.type === 'CONSULT' && stageOf(report.status) === 'done' && !report.historical && parties.length > 1)

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
    const told = parts.flatMap(([language, part, lines]) => { const telling = contactOf(tell(readLines(`${id}:${part}`, language, day, lines).reading)); return telling ? [telling] : [] })
    // Two readouts of one day with a party in common besides the publisher's state may be of one event: left out.
    const others = new Set(told.flatMap(({ parties }) => parties).filter((party) => party !== 'RUS'))
    if ([...others].some((party) => seen.has(`${day} ${party}`))) continue
    for (const party of others) seen.add(`${day} ${party}`)
    out.push(...told.map((telling) => ({ telling, gold: id })))
  }
  return out
}

interface Doc { readonly doc: string; readonly set: string; readonly date: string | null; readonly date_kind: string; readonly tier: string }
interface Line { readonly doc: string; readonly seq: number; readonly lang: string; readonly text: string; readonly en: string }

/** The last day of the window an article is from: all articles of a set that has no days are of one day, which is the hardest case. */
function publishedOf({ date, date_kind }: Doc): string {
  if (date !== null) return date
  const last = [...date_kind.matchAll(/\d{4}-\d{2}(?:-\d{2})?/gu)].map(([value]) => value).slice(0, 2).at(-1) ?? '2018-09-30'
  return last.length > 7 ? last : `${last}-28`
}

/** The same article in every language it is in. Reports of one sentence, family and parties are of one event; reports of two articles never are. */
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
    if (!meta) continue
    const told: { telling: Telling; lines: Set<number> }[] = []
    for (const [language, lines] of versions) {
      const { reading, spans } = readLines(`${doc}:${language}`, language, publishedOf(meta), lines)
      for (const telling of tell(reading)) {
        const at = new Set(telling.report.evidence.filter(({ field }) => field === 'type').map(({ span }) => spans.findIndex((line) => span[0] >= line[0] && span[1] <= line[1])))
        if (telling.parties.length > 0 && telling.window.precision !== 'none') told.push({ telling, lines: at })
      }
    }
    out.push(...label(doc, told))
  }
  return out
}

function label(doc: string, told: readonly { telling: Telling; lines: ReadonlySet<number> }[]): Told[] {
  const of = told.map((_, index) => index)
  const root = (index: number): number => { let at = index; while (of[at] !== at) at = of[at] ?? at; return at }
  told.forEach((a, i) => {
    told.slice(0, i).forEach((b, j) => {
      const [x, y] = [a.telling, b.telling]
      if (familyOf(x.report.type) !== familyOf(y.report.type) || stageOf(x.report.status) !== stageOf(y.report.status)) return
      const parties = x.parties.join() === y.parties.join()
      const same = x.article.id !== y.article.id ? parties && [...a.lines].some((line) => b.lines.has(line)) : parties && x.report.type === y.report.type && x.window.first === y.window.first && x.window.last === y.window.last
      if (same) of[root(i)] = root(j)
    })
  })
  return told.map(({ telling }, index) => ({ telling, gold: `${doc}#${root(index)}` }))
}

function measure(set: string, told: readonly Told[], grain: string): Row[] {
  const { events } = joinTellings(told.map(({ telling }) => telling), [], () => null)
  const found = new Map(events.flatMap((event) => event.members.map(({ report }) => [report, event.id] as const)))
  const gold = new Map(told.map(({ telling, gold: id }) => [telling.report.id, id]))
  if (process.env['READOUT_MISSES']) misses(told, found)
  return table(set, corefScores(gold, found), grain)
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

/** Joining measured on both sets. */
export async function measureJoining(): Promise<Row[]> {
  return [...measure('readouts', readouts(), 'calls and meetings'), ...measure('parallel', parallel(), 'all reports')]
}
