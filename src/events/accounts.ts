/** How each side tells an event: its officials as they are quoted, its publications and state media, topic by topic. */
import type { Account, Article, Quote, Reading, Report, Span, Statement, Topic, TopicKind, WorldEvent } from '../model/index.ts'
import { isState, partyOf, quoteAround } from './telling.ts'

/** The state whose official or state-run voice a publication is; null for third parties. */
export type VoiceOf = (article: Article) => string | null

/** Third parties, as a side. */
export const OTHERS = 'others'
/** Contexts that any contact of states has. */
const EVERYDAY = new Set(['diplomatic', 'executive'])
/** Stances that say more than that something was said. */
export const TELLING_STANCES = new Set(['praised', 'criticised', 'promised', 'demanded', 'warned', 'refused', 'denied', 'accused', 'conceded'])
/** Acts done in words, as the tone of who does them. */
const TONE_OF_TYPE: Readonly<Record<string, string>> = { SUPPORT: 'praised', ACCUSE: 'criticised', REQUEST: 'demanded', THREATEN: 'warned', REJECT: 'refused', CONCEDE: 'conceded' }
/** Speakers who speak for their state. */
const OFFICIAL = new Set(['GOV', 'MIL', 'SPY', 'LEG', 'PTY', 'COP', 'JUD'])
/** Up to here a text says what it is about. */
const HEAD = 0.25
const HEAD_CHARACTERS = 600
const QUOTES = 3

/** Something told in one place by one voice. */
interface Unit {
  readonly side: string
  readonly reading: Reading
  readonly span: Span
  readonly quote: Quote
  readonly topics: readonly { readonly kind: TopicKind; readonly key: string; readonly value?: string }[]
  readonly unsaid: boolean
}

/** States and bodies that take part in an event. */
export const partiesOf = (event: Pick<WorldEvent, 'actors' | 'recipients'>): string[] => [...new Set([...event.actors, ...event.recipients].map(partyOf).filter((party): party is string => party !== null))].sort()

/** The accounts of an event: one a party that says anything, and one for all others. `readings` are those of its members. */
export function accountsOf(event: WorldEvent, readings: readonly Reading[], voiceOf: VoiceOf): Account[] {
  const parties = partiesOf(event)
  const members = new Map<string, Set<string>>()
  for (const { article, report } of event.members) members.set(article, (members.get(article) ?? new Set()).add(report))
  const told = readings.filter(({ article }) => members.has(article.id)).sort((a, b) => (a.article.published ?? '').localeCompare(b.article.published ?? '') || (a.article.id < b.article.id ? -1 : 1))
  const voices = new Map(told.map((reading) => [reading, voiceOf(reading.article)]))
  const units = told.flatMap((reading) => unitsOf(reading, event, members.get(reading.article.id) ?? new Set(), parties, voices.get(reading) ?? null))
  return [...parties, OTHERS].flatMap((side) => {
    const own = units.filter((unit) => unit.side === side)
    const official = told.filter((reading) => voices.get(reading) === side)
    if (own.length === 0 && official.length === 0) return []
    return [account(event.id, side, own, official, told)]
  })
}

function account(event: string, side: string, units: readonly Unit[], official: readonly Reading[], all: readonly Reading[]): Account {
  const said = units.filter(({ unsaid }) => !unsaid)
  const articles = [...new Set([...official.map(({ article }) => article.id), ...units.map(({ reading }) => reading.article.id)])]
  // What a side publishes itself counts whole; of other texts only the words that are its own.
  const characters = official.length > 0 ? Math.max(...official.map(({ article }) => article.text.length)) : covered(said)
  const inOrder = [...said].sort((a, b) => Number(official.includes(b.reading)) - Number(official.includes(a.reading)) || all.indexOf(a.reading) - all.indexOf(b.reading) || a.span[0] - b.span[0])
  const topics = new Map<string, { kind: TopicKind; key: string; value?: string; units: Unit[] }>()
  for (const unit of inOrder) {
    for (const topic of unit.topics) {
      const known = topics.get(`${topic.kind} ${topic.key}`)
      if (known) known.units.push(unit)
      else topics.set(`${topic.kind} ${topic.key}`, { ...topic, units: [unit] })
    }
  }
  return {
    event, side, official: official.length > 0, articles, characters,
    topics: [...topics.values()].map(({ kind, key, value, units: own }, order): Topic => ({ kind, key, order, share: characters === 0 ? 0 : Math.round(100 * Math.min(1, covered(own) / Math.max(characters, covered(said)))) / 100, ...(value === undefined ? {} : { value }), quotes: quotesOf(own) })),
    unsaid: quotesOf(units.filter(({ unsaid }) => unsaid)),
  }
}

/* Characters of the words, those told twice once. */
function covered(units: readonly Unit[]): number {
  let sum = 0
  const ends = new Map<string, number>()
  for (const { reading, span } of [...units].sort((a, b) => a.span[0] - b.span[0])) {
    const from = Math.max(span[0], ends.get(reading.article.id) ?? 0)
    if (span[1] > from) sum += span[1] - from
    ends.set(reading.article.id, Math.max(span[1], ends.get(reading.article.id) ?? 0))
  }
  return sum
}

/* Words in quotation marks and of named speakers first. */
function quotesOf(units: readonly Unit[]): Quote[] {
  const out: Quote[] = []
  const ranked = units.map(({ quote }, index) => ({ quote, index })).sort((a, b) => Number(b.quote.speaker !== null) - Number(a.quote.speaker !== null) || a.index - b.index)
  for (const { quote } of ranked) {
    if (out.length < QUOTES && !out.some((known) => known.text === quote.text || known.text.includes(quote.text) || quote.text.includes(known.text))) out.push(quote)
  }
  return out
}

function unitsOf(reading: Reading, event: WorldEvent, members: ReadonlySet<string>, parties: readonly string[], voice: string | null): Unit[] {
  const { article, statements, reports } = reading
  const spans = reports.filter(({ id }) => members.has(id)).flatMap(({ evidence }) => evidence.filter(({ field }) => field === 'type').map(({ span }) => span))
  const main = spans.some(([start]) => start <= Math.max(HEAD_CHARACTERS, HEAD * article.text.length)) && reports.some(({ id, historical }) => members.has(id) && !historical)
  const paragraphs = spans.map((span) => paragraphAt(article.text, span))
  const near = (span: Span): boolean => main || paragraphs.some((paragraph) => span[0] >= paragraph[0] && span[1] <= paragraph[1])
  const own = voice !== null && parties.includes(voice) ? voice : null
  const sideOfSpeaker = (country: string | null, sector: string | null): string | null => (country !== null && parties.includes(country) && (sector === null || OFFICIAL.has(sector)) ? country : null)
  const units: Unit[] = []
  for (const statement of statements) {
    if (!(statement.report !== undefined && members.has(statement.report)) && !near(statement.span)) continue
    if (outOfTime(statement.date?.basis === 'stated' ? statement.date.value : null, event)) continue
    units.push({
      side: sideOfSpeaker(statement.speaker.country, statement.speaker.sector) ?? own ?? OTHERS, reading, span: statement.span, unsaid: statement.stance === 'not-mentioned',
      quote: quoteOfStatement(article, statement), topics: topicsOfStatement(reading, statement, parties),
    })
  }
  for (const report of reports) {
    const span = report.evidence.find(({ field }) => field === 'type')?.span
    if (!span || report.historical || !near(span)) continue
    const speaker = report.attribution.speaker
    const side = (speaker ? sideOfSpeaker(speaker.country, speaker.sector) : null) ?? own ?? OTHERS
    const topics = topicsOfReport(report, members.has(report.id), parties, side)
    if (topics.length > 0) units.push({ side, reading, span, unsaid: false, quote: quoteOf(article, span, speaker?.name ?? null), topics })
  }
  const sideAt = (span: Span): string => units.find((unit) => !unit.unsaid && unit.quote.speaker !== null && span[0] >= unit.span[0] && span[1] <= unit.span[1])?.side ?? own ?? OTHERS
  for (const figure of reading.figures) {
    if (near(figure.span)) units.push({ side: sideAt(figure.span), reading, span: figure.span, unsaid: false, quote: quoteOf(article, figure.span, null), topics: [{ kind: 'figure', key: figure.measure, value: `${figure.comparator === '=' ? '' : figure.comparator}${figure.value}${figure.unit === null ? '' : ` ${figure.unit}`}` }] })
  }
  // A publication of its own is an account in all it names, said by somebody or not.
  const background = new Set(reports.filter(({ historical, id }) => historical && !members.has(id)).flatMap(({ evidence }) => evidence.map(({ span }) => paragraphAt(article.text, span)[0])))
  const taken = units.filter(({ unsaid }) => unsaid)
  for (const { kind, span, actor, place } of reading.mentions) {
    if ((kind !== 'actor' && kind !== 'place') || !near(span) || (!main && own === null) || background.has(paragraphAt(article.text, span)[0])) continue
    if (taken.some((unit) => span[0] >= unit.span[0] && span[1] <= unit.span[1])) continue
    const topic = actor ? topicOfActor(actor.id, actor.country, parties) : place ? topicOfPlace(place.id, place.country, parties) : null
    if (topic) units.push({ side: sideAt(span), reading, span, unsaid: false, quote: quoteOf(article, span, null), topics: [topic] })
  }
  return units
}

function paragraphAt(text: string, [start, end]: Span): Span {
  const next = text.indexOf('\n', end)
  return [text.lastIndexOf('\n', start) + 1, next < 0 ? text.length : next]
}

/** A statement dated in words to another year or month than the event is not of it. */
function outOfTime(date: string | null, event: WorldEvent): boolean {
  if (date === null || event.firstDay === null || event.lastDay === null) return false
  const length = Math.min(date.length, 7)
  return date.slice(0, length) < event.firstDay.slice(0, length) || date.slice(0, length) > event.lastDay.slice(0, length)
}

function topicOfActor(id: string, country: string | null, parties: readonly string[]): { kind: TopicKind; key: string } | null {
  if (id.startsWith('medium:')) return null
  if (id.startsWith('organisation:') && !isState(country) && !parties.includes(id)) return { kind: 'state', key: id }
  return isState(country) && !parties.includes(country) ? { kind: 'state', key: country } : null
}

function topicOfPlace(id: string, country: string | null, parties: readonly string[]): { kind: TopicKind; key: string } | null {
  if (country !== null) return parties.includes(country) ? null : { kind: 'state', key: country }
  return { kind: 'place', key: id }
}

function topicsOfStatement({ mentions }: Reading, { stance, topics, countries, span, speaker }: Statement, parties: readonly string[]): Unit['topics'] {
  const out: { kind: TopicKind; key: string }[] = []
  const add = (topic: { kind: TopicKind; key: string } | null): void => { if (topic && !out.some(({ kind, key }) => kind === topic.kind && key === topic.key)) out.push(topic) }
  for (const topic of topics) if (!EVERYDAY.has(topic)) add({ kind: 'context', key: topic })
  for (const country of countries) if (isState(country) && !parties.includes(country)) add({ kind: 'state', key: country })
  for (const { span: at, actor, place } of mentions) {
    if (at[0] < span[0] || at[1] > span[1]) continue
    add(actor ? topicOfActor(actor.id, actor.country, parties) : place ? topicOfPlace(place.id, place.country, parties) : null)
  }
  const about = countries.filter((country) => country !== speaker.country)
  if (TELLING_STANCES.has(stance)) add({ kind: 'stance', key: [stance, about.length > 2 ? '' : about.join('+')].join(' ').trim() })
  return out
}

function topicsOfReport(report: Report, isEvent: boolean, parties: readonly string[], side: string): Unit['topics'] {
  const out: { kind: TopicKind; key: string }[] = report.contexts.filter((context) => !EVERYDAY.has(context)).map((key) => ({ kind: 'context' as const, key }))
  if (isEvent) return out
  const bodies = (side: Report['actors']): string[] => [...new Set(side.map(partyOf).filter((party): party is string => party !== null))].sort()
  for (const actor of [...report.actors, ...report.recipients]) {
    const topic = topicOfActor(actor.id, actor.country, parties)
    if (topic && !out.some(({ key }) => key === topic.key)) out.push(topic)
  }
  const tone = TONE_OF_TYPE[report.type]
  if (tone !== undefined && report.status === 'occurred' && report.actors.some((actor) => partyOf(actor) === side)) out.push({ kind: 'stance', key: [tone, bodies(report.recipients).join('+')].join(' ').trim() })
  // What they do to one another is told by the topics; an act is a topic of its own where others are in it.
  const [givers, takers] = [bodies(report.actors), bodies(report.recipients)]
  if (givers.length > 0 && [...givers, ...takers].some((party) => !parties.includes(party))) out.push({ kind: 'act', key: `${report.type} ${report.status} ${givers.join('+')}>${takers.join('+')}` })
  return out
}

function quoteOfStatement(article: Article, { span, text, speaker, stance }: Statement): Quote {
  return { article: article.id, language: article.language, outlet: article.publisher ?? article.agencies[0] ?? null, span, text: text.replace(/\s+/gu, ' ').trim(), speaker: speaker.name, stance }
}

function quoteOf(article: Article, span: Span, speaker: string | null): Quote {
  return { article: article.id, language: article.language, outlet: article.publisher ?? article.agencies[0] ?? null, span, text: quoteAround(article.text, span), speaker, stance: null }
}
