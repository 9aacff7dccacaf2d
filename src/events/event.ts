/** From the reports of one event to its record: each field by weighted vote, and the versions where reports differ. */
import type { Actor, EventFigure, EventMember, EventParty, EventVersion, Status, WorldEvent } from '../model/index.ts'
import { contentId } from '../text/hash.ts'
import { edtfDay } from '../text/dates/calendar.ts'
import type { Decisions } from './human.ts'
import { partyOf, type Telling } from './telling.ts'
import { type Ballot, type Candidate, count } from './vote.ts'
import { isFine } from './window.ts'

/** After every date. */
const LAST = '9999-99-99'
/** A party, person or mode counts when this share of the weight names it. */
const SHARE = 0.34
const CONFIRMED = 3
const SURE = 0.99
/** Figures of what happened to people: reports of one event tell the same one. */
const OUTCOMES = new Set(['killed', 'wounded', 'missing', 'detained', 'displaced', 'hostages', 'prisoners-exchanged'])

/** Whose voice an article is: a state, or null for third parties. */
export type SideOf = (telling: Telling) => string | null

interface Weighed { readonly telling: Telling; readonly weight: number }

/** Builds the event told by a group of tellings (at least one). Links are added later, when all events are known. */
export function buildEvent(group: readonly Telling[], human: Pick<Decisions, 'confirmed' | 'notes'>, sideOf: SideOf): WorldEvent {
  const inOrder = [...group].sort(byFirstTold)
  const weighed = weigh(inOrder, human.confirmed)
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0)
  const best = weighed.reduce((a, b) => (b.weight > a.weight ? b : a))
  const votes = <T>(pick: (telling: Telling) => { key: string; value: T; weight?: number } | null): Candidate<T>[] =>
    count(weighed.flatMap(({ telling, weight }): Ballot<T>[] => { const choice = pick(telling); return choice ? [{ key: choice.key, value: choice.value, weight: weight * (choice.weight ?? 1), voter: telling.report.id }] : [] }))

  const types = votes(({ report }) => ({ key: report.type, value: report.type }))
  const type = types[0]?.value ?? best.telling.report.type
  const modes = votes(({ report }) => (report.type === type && report.mode !== null ? { key: report.mode, value: report.mode } : null))
  const mode = modes[0]?.value ?? null
  const statuses = votes(({ report }) => ({ key: report.status, value: report.status }))
  const pattern = weighed.find(({ telling }) => telling.report.type === type && telling.report.mode === mode)?.telling.report ?? best.telling.report
  const dates = votes(({ report, window }) => (report.date === null || window.precision === 'none' ? null : { key: report.date.value, value: { date: report.date, window }, weight: window.anchored ? 0.5 : isFine(window) ? 1 : 0.3 }))
  const date = dates[0]?.value ?? null
  const places = votes(({ report }) => (report.place ? { key: report.place.id, value: report.place, weight: report.place.id.startsWith('state:') ? 0.6 : 1 } : null))
  const { actors, recipients, shapes } = partiesOf(weighed)
  const figures = figuresOf(weighed)
  const contexts = count(weighed.flatMap(({ telling, weight }) => telling.report.contexts.map((context): Ballot<string> => ({ key: context, value: context, weight, voter: telling.report.id })))).filter(({ weight }) => weight >= SHARE * total).map(({ value }) => value).sort()

  const versions: EventVersion[] = [
    ...differing('type', types), ...differing('mode', modes), ...(shapes.some((shape) => reverses(shapes[0], shape)) ? differing('direction', shapes) : []),
    ...differing('date', dates.filter(({ value }) => !value.window.anchored && (isFine(value.window) || !(date && value.window.first <= date.window.first && date.window.last <= value.window.last)))),
    ...differing('place', places.filter(({ value }) => !value.id.startsWith('state:'))),
    ...figures.versions,
  ]
  const sure = Math.max(...weighed.map(({ telling }) => telling.report.confidence))
  const outlets = new Set(inOrder.map(({ article }) => article.publisher ?? article.id)).size
  const confirmed = inOrder.some(({ report }) => human.confirmed.has(report.id))
  const first = inOrder[0] ?? best.telling
  return {
    id: contentId('event', first.report.id), type, mode, contexts, actors, recipients,
    date: date && { value: date.date.value, basis: date.date.basis }, firstDay: date && edtfDay(date.window.first), lastDay: date && edtfDay(date.window.last),
    place: places[0]?.value ?? null, status: (statuses[0]?.value ?? 'occurred') as Status, historical: inOrder.every(({ report }) => report.historical),
    // Every further outlet takes away a part of the doubt, never more than half of it.
    confidence: confirmed ? SURE : Math.round(100 * (sure + (1 - sure) * 0.5 * (1 - 0.6 ** (outlets - 1)))) / 100,
    cameo: pattern.cameo, rule: pattern.rule, intensity: pattern.intensity, quadClass: pattern.quadClass,
    figures: figures.figures, members: inOrder.map((telling) => memberOf(telling, sideOf)), versions, links: [],
    notes: inOrder.flatMap(({ report }) => human.notes.get(report.id) ?? []),
  }
}

/** Earliest publication first: the telling that names the event stays the same while later ones come in. */
function byFirstTold(a: Telling, b: Telling): number {
  return (a.article.published ?? LAST).localeCompare(b.article.published ?? LAST) || compareIds(a.article.id, b.article.id) || a.ordinal - b.ordinal || compareIds(a.report.id, b.report.id)
}
const compareIds = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/* One text in many outlets is one voice. */
function weigh(group: readonly Telling[], confirmed: ReadonlySet<string>): Weighed[] {
  const copies = new Map<string, number>()
  const textOf = ({ article, quote, report }: Telling): string => `${article.language} ${report.type} ${quote}`
  for (const telling of group) copies.set(textOf(telling), (copies.get(textOf(telling)) ?? 0) + 1)
  return group.map((telling) => ({ telling, weight: (telling.report.confidence * (confirmed.has(telling.report.id) ? CONFIRMED : 1) * (telling.report.historical ? 0.8 : 1)) / (copies.get(textOf(telling)) ?? 1) }))
}

function differing<T>(field: string, candidates: readonly Candidate<T>[]): EventVersion[] {
  return candidates.length < 2 ? [] : candidates.map(({ key, weight, voters }) => ({ field, value: key, weight, reports: voters }))
}

/** Whether one direction is the other turned round. */
function reverses(a: Candidate<string> | undefined, b: Candidate<string>): boolean {
  const [from = '', to = ''] = a?.value.split(' > ') ?? []
  return a !== undefined && b.value === `${to} > ${from}`
}

/** Who takes part and on which side, by vote; `shapes` are the directions told, where a direction is told at all. */
function partiesOf(weighed: readonly Weighed[]): { actors: EventParty[]; recipients: EventParty[]; shapes: Candidate<string>[] } {
  const isMutual = ({ report }: Telling): boolean => report.recipients.length === 0
  const directed = weighed.filter(({ telling }) => !isMutual(telling))
  const weightOf = (list: readonly Weighed[]): number => list.reduce((sum, { weight }) => sum + weight, 0)
  const states = (parties: ReadonlySet<string>): string => [...parties].sort().join(' ')
  const shapes = count(directed.filter(({ telling }) => telling.givers.size > 0 && telling.takers.size > 0).map(({ telling, weight }) => ({ key: `${states(telling.givers)} > ${states(telling.takers)}`, value: `${states(telling.givers)} > ${states(telling.takers)}`, weight, voter: telling.report.id })))
  const mutual = weightOf(directed) < weightOf(weighed) / 2
  const turned = new Set(shapes.filter((shape) => reverses(shapes[0], shape)).flatMap(({ voters }) => voters))
  const voices = mutual ? weighed : directed.filter(({ telling }) => !turned.has(telling.report.id))
  const side = (pick: (telling: Telling) => readonly Actor[]): EventParty[] => namesOf(voices.map(({ telling, weight }) => ({ actors: pick(telling), weight, voter: telling.report.id })), weightOf(voices))
  const all = ({ report }: Telling): readonly Actor[] => [...report.actors, ...report.recipients]
  if (mutual) return { actors: side(all), recipients: [], shapes }
  const recipients = side(({ report }) => report.recipients)
  const taken = new Set(recipients.map(({ id }) => id))
  return { actors: side(({ report }) => report.actors).filter(({ id }) => !taken.has(id)), recipients, shapes }
}

/* The closest naming of each party: persons before offices before bodies before the state. */
const KINDS = ['person', 'name', 'office', 'noun', 'organisation', 'group', 'medium', 'state', 'place']
const rank = (id: string): number => { const at = KINDS.indexOf(id.slice(0, id.indexOf(':'))); return at < 0 ? KINDS.length : at }

function namesOf(lists: readonly { actors: readonly Actor[]; weight: number; voter: string }[], total: number): EventParty[] {
  const order: string[] = []
  const byParty = new Map<string, { weight: number; ballots: Ballot<Actor>[] }>()
  for (const { actors, weight, voter } of lists) {
    const counted = new Set<string>()
    for (const actor of actors) {
      const party = partyOf(actor) ?? actor.id
      const known = byParty.get(party) ?? { weight: 0, ballots: [] }
      if (!byParty.has(party)) order.push(party)
      byParty.set(party, known)
      known.ballots.push({ key: actor.id, value: actor, weight, voter })
      if (!counted.has(party)) known.weight += weight
      counted.add(party)
    }
  }
  const enough = order.filter((party) => (byParty.get(party)?.weight ?? 0) >= SHARE * total)
  return (enough.length > 0 ? enough : order).flatMap((party) => {
    const { weight, ballots } = byParty.get(party) ?? { weight: 0, ballots: [] }
    const candidates = count(ballots)
    const closest = Math.min(...candidates.map(({ value }) => rank(value.id)))
    const named = candidates.filter(({ value }) => rank(value.id) === closest)
    const chosen = closest <= 1 ? named.filter((candidate) => candidate.weight >= SHARE * weight) : named.slice(0, 1)
    return (chosen.length > 0 ? chosen : named.slice(0, 1)).map(({ value: { id, name, country, sector, office } }) => ({ id, name, country, sector, office }))
  })
}

function figuresOf(weighed: readonly Weighed[]): { figures: EventFigure[]; versions: EventVersion[] } {
  const ballots = weighed.flatMap(({ telling, weight }) => telling.figures.map((figure) => ({ key: `${figure.measure} ${figure.comparator}${figure.value} ${figure.unit ?? ''} ${figure.period ?? ''}`, value: { figure, article: telling.article.id }, weight, voter: telling.report.id })))
  const candidates = count(ballots)
  const figures = candidates.map(({ value: { figure: { measure, value, unit, comparator, period, parties } }, voters }) => ({ measure, value, unit, comparator, period, parties, reports: voters }))
  const versions = [...OUTCOMES].flatMap((measure) => {
    const told = candidates.filter(({ value }) => value.figure.measure === measure)
    const articles = new Set(ballots.filter(({ value }) => value.figure.measure === measure).map(({ value }) => value.article))
    return told.length < 2 || articles.size < 2 ? [] : told.map(({ value: { figure }, weight, voters }) => ({ field: `figure:${measure}`, value: `${figure.comparator === '=' ? '' : figure.comparator}${figure.value}`, weight, reports: voters }))
  })
  return { figures, versions }
}

function memberOf(telling: Telling, sideOf: SideOf): EventMember {
  const { report, article } = telling
  return {
    report: report.id, article: article.id, language: article.language, outlet: article.publisher ?? article.agencies[0] ?? null, url: article.url, published: article.published, title: article.title,
    side: sideOf(telling), background: report.historical, according: report.attribution.speaker?.name ?? report.attribution.outlet ?? null, span: report.evidence[0]?.span ?? [0, 0], quote: telling.quote, confidence: report.confidence,
  }
}
