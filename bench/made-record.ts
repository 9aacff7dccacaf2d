/** A record of any size, made by rule: made-up words in five scripts' ways of writing, actors of the gazetteer, reports joined by the program's own functions. The same seed gives the same record. */
import { createRandom } from '../scripts/train/perceptron.ts'
import { accountsOf, joinTellings, tellAll } from '../src/events/index.ts'
import { bandsOf, shinglesOf } from '../src/ingest/copies.ts'
import type { Knowledge } from '../src/knowledge/index.ts'
import { recordOf } from '../src/joining.ts'
import type { Actor, Reading, Report, Span, Statement } from '../src/model/index.ts'
import { advanceJob, appendJudgements, edtfDays, ensureMonths, monthOf, putAccounts, putEvents, putReadings, shiftDay, startJob, type Store, tidy } from '../src/store/index.ts'
import { contentId as hashed } from '../src/text/hash.ts'
import { type Copied, copyRows, MARK, shareOf } from './copied-rows.ts'

/** Ids end in the number of the copy, so that a copy's can be told from them by their text alone. */
const contentId = (...parts: readonly string[]): string => `${hashed(...parts)}${MARK}`

/** Ways of writing: language, letters by turns (consonants, vowels) or signs, and the share of the articles, counted on from the one before. */
const WRITINGS = [
  { language: 'en', letters: ['bcdfghklmnprstvwz', 'aeiou'], signs: null, until: 0.4 },
  { language: 'ru', letters: ['бвгджзклмнпрстфхцчш', 'аеиоуыюя'], signs: null, until: 0.6 },
  { language: 'ar', letters: ['بتثجحخدذرزسشصضطظعغفقكلمنهوي', 'اويةى'], signs: null, until: 0.75 },
  { language: 'zh', letters: null, signs: [0x4e00, 3000], until: 0.9 },
  { language: 'vi', letters: ['bcdđghklmnpqrstvx', 'aăâeêioôơuưy'], signs: null, until: 1 },
] as const
export type Writing = (typeof WRITINGS)[number]

const WORDS = 20_000
const ARTICLE_WORDS = 110
const REPORTS = 5
/** Days the record spans: three years. */
const DAYS = 1096
const FIRST_DAY = '2022-01-01'
/** From so many articles on all but the first part are copies. */
const LARGE = 50_000
const COPIES = 10

const TYPES = [
  ['CONSULT', 'visit', 'verbal-cooperation', '042'], ['CONSULT', 'phone', 'verbal-cooperation', '041'], ['AGREE', null, 'verbal-cooperation', '057'], ['SUPPORT', null, 'verbal-cooperation', '051'], ['ACCUSE', 'disapprove', 'verbal-conflict', '111'],
  ['REQUEST', null, 'verbal-conflict', '104'], ['COOPERATE', null, 'material-cooperation', '061'], ['AID', 'military', 'material-cooperation', '072'], ['SANCTION', null, 'material-conflict', '163'], ['ASSAULT', null, 'material-conflict', '190'], ['REJECT', null, 'verbal-conflict', '120'],
] as const

/** One of a list, the first ones far more often. */
const skewed = (random: () => number, length: number): number => Math.min(length - 1, Math.floor(length ** random()) - 1)

/** The words of a writing, the commonest first. */
export function vocabulary(writing: Writing): readonly string[] {
  const random = createRandom(7 + writing.language.charCodeAt(0) * 31 + writing.language.charCodeAt(1))
  const pick = (letters: string): string => [...letters][Math.floor(random() * [...letters].length)] ?? ''
  const out = new Set<string>()
  while (out.size < WORDS) {
    if (writing.signs !== null) out.add(Array.from({ length: 1 + Math.floor(random() * 2.4) }, () => String.fromCodePoint(writing.signs[0] + Math.floor(random() ** 1.5 * writing.signs[1]))).join(''))
    else out.add(Array.from({ length: 1 + Math.floor(random() * 3.6) }, () => pick(writing.letters[0]) + pick(writing.letters[1]) + (random() < 0.3 ? pick(writing.letters[0]) : '')).join(''))
  }
  return [...out]
}

export const writings = (): readonly (Writing & { readonly words: readonly string[] })[] => WRITINGS.map((writing) => ({ ...writing, words: vocabulary(writing) }))

/** Some words of a text in this writing, as often as they are in it. */
export function someWords(random: () => number, { words, signs }: { readonly words: readonly string[]; readonly signs: unknown }, count: number): string {
  return Array.from({ length: count }, () => words[skewed(random, words.length)]).join(signs === null ? ' ' : '')
}

interface Happening { readonly type: (typeof TYPES)[number]; readonly a: Actor; readonly b: Actor; readonly status: Report['status']; readonly day: string }

/** The states of the made record, those written of most first. */
export function statesOf(knowledge: Knowledge): string[] {
  const first = ['RUS', 'CHN', 'USA', 'UKR', 'IRN', 'ISR', 'FRA', 'DEU', 'IND', 'TUR', 'JPN', 'GBR', 'VNM', 'EGY', 'SAU', 'PAK', 'KOR', 'PRK', 'BRA', 'ZAF']
  const all = [...knowledge.gazetteer.states.keys()].filter((id) => /^[A-Z]{3}$/u.test(id))
  return [...first.filter((id) => all.includes(id)), ...all.filter((id) => !first.includes(id)).sort()].slice(0, 160)
}

const NOWHERE: Span = [0, 0]

function makeActors(knowledge: Knowledge): ReadonlyMap<string, readonly Actor[]> {
  const byState = new Map<string, Actor[]>()
  for (const [id, state] of knowledge.gazetteer.states) byState.set(id, [{ id: `state:${id}`, name: state.name, country: id, sector: 'GOV', office: null, span: NOWHERE, text: state.name }])
  for (const person of knowledge.gazetteer.people.values()) {
    const list = person.country === null ? undefined : byState.get(person.country)
    if (list && list.length < 9) list.push({ id: `person:${person.id}`, name: person.name, country: person.country, sector: 'GOV', office: null, span: NOWHERE, text: person.name })
  }
  return byState
}

/** Makes the readings of one day; `at` is the number of its first article. */
function makeDay(random: () => number, day: string, count: number, at: number, world: { readonly states: readonly string[]; readonly actors: ReadonlyMap<string, readonly Actor[]>; readonly writings: ReturnType<typeof writings> }): Reading[] {
  const actor = (state: string): Actor => { const list = world.actors.get(state) ?? []; return list[skewed(random, list.length)] ?? list[0] as Actor }
  const happening = (): Happening => {
    const i = skewed(random, world.states.length)
    let j = skewed(random, world.states.length)
    if (i === j) j = (j + 1 + Math.floor(random() * 5)) % world.states.length
    const roll = random()
    return { type: TYPES[skewed(random, TYPES.length)] ?? TYPES[0], a: actor(world.states[i] ?? 'USA'), b: actor(world.states[j] ?? 'CHN'), status: roll < 0.8 ? 'occurred' : roll < 0.92 ? 'future' : 'negated', day: roll < 0.7 ? day : shiftDay(day, -Math.floor(random() * 3)) }
  }
  // Two reports in five tell what another tells too.
  const news = Array.from({ length: Math.max(1, Math.round(count * REPORTS * 0.45)) }, happening)
  return Array.from({ length: count }, (_, offset) => {
    const number = at + offset
    const share = random()
    const writing = world.writings.find(({ until }) => share < until) ?? world.writings[0] as (typeof world.writings)[number]
    const told = Array.from({ length: REPORTS }, () => news[Math.floor(random() * news.length)] as Happening)
    const sentences = told.map((_happening, index) => `${told[index]?.a.name ?? ''} ${someWords(random, writing, 6)} ${told[index]?.b.name ?? ''} ${someWords(random, writing, ARTICLE_WORDS / REPORTS)}.`)
    const title = `${someWords(random, writing, 7)} ${number}`
    const text = [title, ...sentences].join('\n\n')
    const url = `https://outlet${number % 300}.example/${number}${MARK}`
    const id = contentId('article', url, text)
    let open = title.length + 2
    const spans = sentences.map((sentence): Span => { const span: Span = [open, open + Math.min(sentence.length, 160)]; open += sentence.length + 2; return span })
    const reports = told.map(({ type: [type, mode, quadClass, cameo], a, b, status, day: when }, index): Report => {
      const span = spans[index] ?? NOWHERE
      const words = (from: number, length: number): Span => [span[0] + from, Math.min(span[1], span[0] + from + length)]
      const evidence = [['type', words(a.name.length + 1, 12)], ['actor', words(0, a.name.length)], ['recipient', words(a.name.length + 20, 20)], ['date', words(40, 10)]].map(([field, part]) => ({ field: field as string, span: part as Span, text: text.slice(...(part as Span)) }))
      const named = (who: Actor): Actor => ({ ...who, span: words(0, who.name.length) })
      return {
        id: contentId(id, 'report', String(index)), type, mode, contexts: ['diplomatic'], actors: [named(a)], recipients: [named(b)], date: { value: when, basis: 'inferred', span: null }, place: null, status, historical: random() < 0.08,
        attribution: { kind: 'outlet', outlet: `Outlet ${number % 300}`, span: null }, evidence, cameo, intensity: 1, quadClass, confidence: Math.round((0.4 + random() * 0.55) * 100) / 100, rule: `${type.toLowerCase()}.made`,
      }
    })
    const statements = reports.slice(0, 2).map((report, index): Statement => ({ id: contentId(id, 'statement', String(index)), speaker: report.actors[0] as Actor, quoted: true, span: spans[index] ?? NOWHERE, text: text.slice(...(spans[index] ?? NOWHERE)), date: null, stance: 'said', topics: [], countries: [], report: report.id }))
    return {
      article: { id, url, language: writing.language, direction: writing.language === 'ar' ? 'rtl' : 'ltr', title, lead: null, byline: null, agencies: [], publisher: `Outlet ${number % 300}`, published: day, text, captions: [], furniture: [] },
      mentions: told.flatMap(({ a, b }, index) => [a, b].map((who, side) => ({ id: contentId(id, 'mention', String(index * 2 + side)), kind: 'actor' as const, span: spans[index] ?? NOWHERE, text: who.name, actor: { ...who, span: spans[index] ?? NOWHERE } }))),
      reports, statements, notices: [],
      figures: number % 5 === 0 ? [{ measure: 'trade', value: Math.round(random() * 1e6), unit: 'USD', comparator: '=' as const, period: day.slice(0, 4), parties: [told[0]?.a.country ?? 'RUS', told[0]?.b.country ?? 'CHN'].sort(), span: spans[0] ?? NOWHERE }] : [],
    }
  })
}

export interface FillOptions {
  readonly reports: number
  readonly run: string
  readonly knowledge: Knowledge
  readonly words: (text: string, language: string) => Iterable<string>
  readonly voiceOf: (article: Reading['article']) => string | null
  readonly progress?: (articles: number, of: number) => void
}

/** Events under ids that bear the mark too. */
function marked<T>(value: T, ids: ReadonlyMap<string, string>): T {
  return JSON.parse(JSON.stringify(value).replaceAll(/"([0-9a-z]{8,})"/gu, (whole, id: string) => (ids.has(id) ? `"${ids.get(id)}"` : whole))) as T
}

/** Fills a store with a made record, joined; killed, it goes on where it was. A large one is made of copies of its first part: other articles of the same days that read the same. */
export async function fillRecord(store: Store, options: FillOptions): Promise<void> {
  const wanted = Math.ceil(options.reports / REPORTS)
  const copies = wanted >= LARGE ? COPIES : 1
  const articles = Math.ceil(wanted / copies)
  const perDay = Math.ceil(articles / DAYS)
  const job = await startJob(store.db, 'made-record', { reports: options.reports }, articles)
  const world = { states: statesOf(options.knowledge), actors: makeActors(options.knowledge), writings: writings() }
  const cursor = job.cursor as { readonly at: number; readonly copied?: Copied } | null
  let at = cursor?.at ?? 0
  let untidy = 0
  while (at < articles) {
    const day = Math.floor(at / perDay)
    const count = Math.min(perDay - (at % perDay), articles - at)
    const published = shiftDay(FIRST_DAY, day)
    const readings = makeDay(createRandom(at * 2 + 1), published, count, at, world)
    await ensureMonths(store.db, [monthOf(edtfDays(published)?.first ?? null)])
    const joined = joinTellings(tellAll(readings), [], ({ article }) => options.voiceOf(article))
    const ids = new Map(joined.events.map(({ id }) => [id, `${id}${MARK}`]))
    const events = marked(joined.events, ids)
    const byId = new Map(readings.map((reading) => [reading.article.id, reading]))
    await store.transaction(async (tx) => {
      await putReadings(tx, readings.map((reading) => ({ reading, page: { bytes: new TextEncoder().encode(reading.article.text), mediaType: 'text/plain' }, telling: reading.article.id, bands: bandsOf(shinglesOf(reading.article.text)) })), { run: options.run, words: options.words })
      await putEvents(tx, events.map((event) => recordOf(event, event.members.map(({ report }) => ({ report, month: monthOf(published) })))))
      await putAccounts(tx, events.filter(({ members }) => new Set(members.map(({ article }) => article)).size > 1)
        .flatMap((event) => accountsOf(event, event.members.flatMap(({ article }) => byId.get(article) ?? []), options.voiceOf).map((account) => ({ event: event.id, side: account.side, body: account }))))
      await appendJudgements(tx, joined.judgements)
      await advanceJob(tx, job.id, { done: count, cursor: { at: at + count } })
    })
    at += count
    untidy += count
    if (untidy >= 5000) {
      untidy = 0
      await tidy(store)
    }
    options.progress?.(at, articles)
  }
  if (copies > 1) {
    await copyRows(store, copies, cursor?.copied ?? null, async (tx, copied) => {
      await advanceJob(tx, job.id, { cursor: { at, copied } })
      options.progress?.(articles + Math.round(shareOf(copied) * articles * (copies - 1)), articles * copies)
    })
  }
  // What was whole already is tidy.
  const whole = cursor !== null && cursor.at === articles && (copies === 1 || cursor.copied?.back.length === 0)
  if (!whole) await tidy(store)
  await advanceJob(store.db, job.id, { state: 'stopped' })
}
