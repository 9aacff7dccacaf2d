/** What somebody is reported to have said: speaker, words, stance, what it is about. */
import type { Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { Actor, ActorMention, DateValue, Span } from '../model/index.ts'
import type { Frame } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import { tokensSpan } from './spans.ts'
import { invertedSubject } from './syntax.ts'
import { sourceBehind } from './sides.ts'
import { findStatus } from './status.ts'
import { ownVoice } from './voices.ts'
import { dateFor, type TimedHit } from './time.ts'

export interface DraftStatement {
  readonly speaker: Actor
  readonly quoted: boolean
  readonly span: Span
  readonly date: DateValue | null
  readonly stance: string
  readonly topics: readonly string[]
  readonly countries: readonly string[]
  readonly sentence: number
  readonly predicate: Predicate | null
}

export interface StatementContext {
  readonly text: string
  readonly ontology: Ontology
  readonly roles: RoleSettings
  readonly dates: readonly TimedHit[]
  readonly anchor: string | null
  /** Quotation spans of the sentence's paragraph. */
  readonly quotes: readonly Span[]
}

/** Acts that are themselves done in words: their stance. */
const STANCE_OF_TYPE: Readonly<Record<string, string>> = {
  SUPPORT: 'praised', ACCUSE: 'criticised', REQUEST: 'demanded', REJECT: 'refused', THREATEN: 'warned', AGREE: 'promised', CONCEDE: 'conceded', CONSULT: 'said',
}

/** Reads the statements of one sentence. */
export function readStatements(scan: Scan, frames: readonly Frame[], given: StatementContext): DraftStatement[] {
  // "a correspondent of 'X'": a name in quotation marks is nobody's words.
  const context = { ...given, quotes: given.quotes.filter((quote) => !scan.actors.some(({ span }) => span[0] <= quote[0] + 1 && span[1] >= quote[1] - 1)) }
  const out: DraftStatement[] = []
  const told = new Set<number>()
  for (const frame of frames) {
    const { predicate } = frame
    if (predicate.nominal && predicate.kind !== 'speech') continue
    // "accused X of supporting Y": what somebody is said, asked or expected to do are no words of theirs.
    if (predicate.kind === 'act' && frame.governor?.kind === 'matrix') continue
    const stance = stanceOf(frame, context.ontology)
    if (stance === null) continue
    if (frame.governor && context.ontology.concepts[frame.governor.concept]?.stance === UNSAID) continue
    const speakers = speakersOf(frame)
    if (speakers.length === 0) continue
    const silent = predicate.kind === 'speech' && (stance === UNSAID || findStatus(scan, frame, context.roles).status === 'negated')
    const next = frames.find((other) => other.predicate.first > predicate.last && ownVoice(scan, other, context.ontology) !== null)
    const until = (next && ownVoice(scan, next, context.ontology)) ?? scan.tokens.length
    const content = (stance === 'mentioned' ? mentioned(scan, frame) : null) ?? (stance !== 'mentioned' || silent ? contentOf(scan, frame, context, told, silent, until) : null)
    if (!content) continue
    // An act done in words counts as a statement only where words are given: a quotation or a that-clause.
    if (predicate.kind !== 'speech' && !content.quoted && !content.clause) continue
    const finalStance = silent ? unsaid(stance) : stance
    if (finalStance === null) continue
    if (content.quoted) told.add(content.span[0])
    const about = scan.actors.filter((actor) => overlaps(actor.span, content.span))
    for (const speaker of speakers.slice(0, 2)) out.push(make(scan, frame, speaker, finalStance, content, about, context))
  }
  out.push(...fromSources(scan, context))
  return out
}

/* "did not say whether", "has not announced": what was not said, which is no denial; and what was not denied is neither. */
const unsaid = (stance: string): string | null => (stance === 'denied' ? null : UNSAID)
const UNSAID = 'not-mentioned'

function stanceOf(frame: Frame, ontology: Ontology): string | null {
  const { predicate } = frame
  const concept = ontology.concepts[predicate.concept]
  if (predicate.kind === 'speech') return concept?.stance ?? 'said'
  if (predicate.kind === 'matrix') {
    const effect = concept?.effect
    return effect === 'request' ? 'demanded' : effect === 'refuse' ? 'refused' : effect === 'promise' ? 'promised' : effect === 'threaten' ? 'warned' : effect === 'deny' ? 'denied' : effect === 'accuse' ? 'accused' : null
  }
  const type = ontology.ruleOf.get(predicate.concept)?.type
  return type ? (STANCE_OF_TYPE[type] ?? null) : null
}

function speakersOf(frame: Frame): Actor[] {
  const out: Actor[] = []
  for (const mention of frame.roles.agent ?? []) for (const actor of mention.actors) if (!actor.id.startsWith('place:') && !out.some((other) => other.id === actor.id)) out.push(actor)
  return out
}

interface Content { readonly span: Span; readonly quoted: boolean; readonly clause: boolean }

/** The words said: a quotation that begins after the verb, one that ends right before it, or the clause that follows. */
function contentOf(scan: Scan, frame: Frame, context: StatementContext, told: ReadonlySet<number>, silent: boolean, until: number): Content | null {
  const { predicate } = frame
  const end = tokensSpan(scan, predicate.first, predicate.last)[1]
  const start = tokensSpan(scan, predicate.first, predicate.last)[0]
  const nextVerb = scan.predicates.find((other) => other.kind === 'speech' && !other.nominal && other.first >= predicate.last && !frame.content.includes(other))
  const limit = nextVerb ? tokensSpan(scan, nextVerb.first, nextVerb.last)[0] : scan.span[1]
  const long = (quote: Span): boolean => quote[1] - quote[0] >= 8
  const after = context.quotes.find((quote) => quote[0] >= end && quote[0] < limit && long(quote))
  if (after) {
    const others = context.quotes.filter((quote) => quote[0] >= after[0] && quote[0] < limit && long(quote))
    const last = others.at(-1) ?? after
    return { span: [after[0] + 1, last[1] - 1], quoted: true, clause: true }
  }
  // However long the title of who speaks is.
  const named = (quote: Span): number => (frame.roles.agent ?? []).reduce((sum, { span }) => sum + (span[0] >= quote[1] && span[1] <= start ? span[1] - span[0] : 0), 0)
  const before = context.quotes.findLast((quote) => quote[1] <= start && quote[1] >= scan.span[0] && start - quote[1] - named(quote) <= 40 && long(quote))
  // "said it was 'regrettable' and urged": words another verb before them has given are not given again.
  if (before && !told.has(before[0] + 1) && !opens(scan, before[1], predicate) && !scan.predicates.some((other) => other !== predicate && other.kind === 'speech' && inside(tokensSpan(scan, other.first, other.last), [before[1], start]))) {
    return { span: [before[0] + 1, before[1] - 1], quoted: true, clause: true }
  }
  // "said they had agreed to meet, but that …": what is joined on with a second "that" goes on with the first who speaks.
  const that = scan.markers.find((marker) => marker.value.kind === 'that' && marker.start > predicate.first && !(marker.end < predicate.last && predicate.words.includes(marker.start)) && marker.start - predicate.last <= 14 && (!nextVerb || marker.start < nextVerb.first) && scan.boundaries.get(marker.start - 1) !== 'clause' && opensContent(scan, predicate, marker.start))
  const agentEnd = Math.max(predicate.last, ...(frame.roles.agent ?? []).filter((mention) => mention.first >= predicate.last).map((mention) => mention.last))
  // What stands before was said by somebody; what was not said is told behind the verb.
  const own = ownVoice(scan, frame, context.ontology) !== null
  const earlier = (): Content | null => (silent ? within(scan, context.text, frame) : own ? null : clauseBefore(scan, predicate))
  if (!that && !silent && !own && isTold(scan, frame, agentEnd)) return clauseBefore(scan, predicate)
  if (!that && !silent && invertedSubject(scan, predicate) !== null) return clauseBefore(scan, predicate)
  // "did not comment on X": X.
  const about = silent && !that ? scan.markers.find((marker) => marker.value.kind === 'role' && marker.start === agentEnd) : undefined
  const from = that ? Math.max(that.end, predicate.last) : (about?.end ?? agentEnd)
  // "…, X told Y": behind the verb stands whoever was told, and no more.
  const hearer = silent ? undefined : [...(frame.roles.addressee ?? []), ...(frame.roles.patient ?? [])].find((mention) => mention.first >= from && mention.first - from <= 1)
  const rest = hearer ? hearer.last : from
  // "… told Y on Monday": nor is the day what was said.
  const dated = (at: number): boolean => hearer !== undefined && context.dates.some((date) => date.start <= (scan.tokens[at]?.start ?? 0) && date.end > (scan.tokens[at]?.start ?? 0))
  if (!scan.tokens.some((token, i) => i >= rest && i < until && token.kind !== 'punct' && !dated(i) && !dated(i + 1))) return earlier()
  const span = trimmed(context.text, tokensSpan(scan, from, until))
  const room = span[1] - span[0]
  if (room < 4) return earlier()
  const colon = COLON.test(scan.tokens[from]?.norm ?? '')
  return { span, quoted: false, clause: that !== undefined || colon || predicate.kind === 'speech' }
}

/* What was not commented on may stand inside the wording ("to X gave no answer"); so may whoever did not comment. */
function within(scan: Scan, text: string, { predicate, roles }: Frame): Content | null {
  const silent = (roles.agent ?? []).filter((mention) => mention.first > predicate.first && mention.first < predicate.last)
  const gap = scan.tokens.map((_, i) => i).filter((i) => i > predicate.first && i < predicate.last && !predicate.words.includes(i) && !silent.some((mention) => mention.first <= i && mention.last > i))
  const [from, to] = [gap[0], gap.at(-1)]
  return from === undefined || to === undefined || to === from ? null : { span: trimmed(text, tokensSpan(scan, from, to + 1)), quoted: false, clause: true }
}

const COLON = /^[:：—–]$/u

/* An act done in words is told of by the next "that", unless another verb stands before it ("condemned X and asked that …") or a comma makes it a relative ("offered help, which X declined"). */
function opensContent(scan: Scan, predicate: Predicate, that: number): boolean {
  if (predicate.kind === 'speech') return true
  return scan.boundaries.get(that - 1) !== 'comma' && !scan.predicates.some((other) => other !== predicate && !other.nominal && other.kind !== 'act' && other.first >= predicate.last && other.last <= that)
}

/* "…", after it demanded: another clause begins between the quotation and the verb. */
function opens(scan: Scan, from: number, predicate: Predicate): boolean {
  for (let i = predicate.first - 1; i >= 0 && (scan.tokens[i]?.start ?? 0) >= from; i--) if (/^(?:subordinate|relative|that)$/u.test(scan.boundaries.get(i) ?? '')) return true
  return false
}

/* "The visit is planned for May, two officials said on Monday": the clause stands before, and behind the verb only when or where it was said. */
function isTold(scan: Scan, frame: Frame, at: number): boolean {
  const { predicate } = frame
  const first = Math.min(predicate.first, ...(frame.roles.agent ?? []).filter((mention) => mention.last <= predicate.first).map((mention) => mention.first))
  const behind = scan.markers.some((marker) => marker.value.kind === 'role' && marker.start === at)
  let comma = first - 1
  while (comma >= 0 && first - comma <= OPENING && scan.boundaries.get(comma) !== 'comma') comma--
  return predicate.kind === 'speech' && behind && scan.boundaries.get(comma) === 'comma' && comma >= OPENING && !scan.boundaries.has(0) && scan.tokens.slice(0, comma).some((token) => token.tag === 'VERB')
}
/** The words a speaker is opened with ("two", "a senior"), and the least a clause has. */
const OPENING = 3

/* "did not mention X or Y": X and Y are what it is about. */
function mentioned(scan: Scan, frame: Frame): Content | null {
  const { patient = [], topic = [], target = [], addressee = [] } = frame.roles
  const named = [...patient, ...topic, ...target, ...addressee]
  if (named.length === 0) return null
  return { span: tokensSpan(scan, Math.min(...named.map((mention) => mention.first)), Math.max(...named.map((mention) => mention.last))), quoted: false, clause: true }
}

/* "The talks went well, he said." */
function clauseBefore(scan: Scan, predicate: Predicate): Content | null {
  // "…, after remarks by X": nobody's remarks are what stands before them.
  if (predicate.kind !== 'speech' || predicate.nominal || predicate.first < 3) return null
  let last = predicate.first
  while (last > 0 && scan.boundaries.get(last - 1) === undefined && predicate.first - last < 12) last--
  if (last - scan.story < 3) return null
  return { span: tokensSpan(scan, scan.story, last - 1), quoted: false, clause: true }
}

const inside = (inner: Span, outer: Span): boolean => inner[0] >= outer[0] && inner[1] <= outer[1]
const overlaps = (a: Span, b: Span): boolean => a[0] < b[1] && b[0] < a[1]

function trimmed(text: string, [from, to]: Span): Span {
  let a = from
  let b = to
  while (a < b && /[\s:：,،，.。]/u.test(text[a] ?? '')) a++
  while (b > a && /[\s.。]/u.test(text[b - 1] ?? '')) b--
  return [a, b]
}

function make(scan: Scan, frame: Frame, speaker: Actor, stance: string, content: Content, about: readonly ActorMention[], context: StatementContext): DraftStatement {
  const clause = tokensSpan(scan, frame.clause[0], frame.clause[1])
  const hit = dateFor(context.dates, clause, tokensSpan(scan, frame.predicate.first, frame.predicate.last)[0], scan.span)
  const date = hit?.date ?? (context.anchor === null ? null : ({ value: context.anchor, basis: 'inferred', span: null } as const))
  return {
    speaker, stance, date, span: content.span, quoted: content.quoted, sentence: scan.index, predicate: frame.predicate,
    topics: topicsIn(scan, content.span), countries: countriesOf(about),
  }
}

function topicsIn(scan: Scan, span: Span): string[] {
  const out = new Set<string>()
  for (const match of scan.contexts) if (overlaps(tokensSpan(scan, match.start, match.end), span)) out.add(match.value)
  return [...out].sort()
}

function countriesOf(mentions: readonly ActorMention[]): string[] {
  const out = new Set<string>()
  for (const mention of mentions) for (const actor of mention.actors) if (actor.country !== null && /^[A-Z]{3}$/u.test(actor.country)) out.add(actor.country)
  return [...out].sort()
}

/** "According to X, …": the rest of the sentence is what X says. */
function fromSources(scan: Scan, context: StatementContext): DraftStatement[] {
  const out: DraftStatement[] = []
  for (const marker of scan.markers) {
    if (marker.value.kind !== 'source') continue
    const mention = sourceBehind(scan, marker.end)
    const speaker = mention?.actors[0]
    if (!mention || !speaker || speaker.id.startsWith('medium:') || speaker.id.startsWith('place:')) continue
    const whole: Span = marker.start <= scan.story + 2 ? tokensSpan(scan, Math.min(mention.last, scan.tokens.length - 1), scan.tokens.length) : tokensSpan(scan, scan.story, marker.start)
    const span = trimmed(context.text, whole)
    if (span[1] - span[0] < 4) continue
    const about = scan.actors.filter((actor) => overlaps(actor.span, span))
    const hit = dateFor(context.dates, scan.span, scan.span[0], scan.span)
    out.push({
      speaker, quoted: context.quotes.some((quote) => overlaps(quote, span)), span, sentence: scan.index, predicate: null, stance: 'said', topics: topicsIn(scan, span), countries: countriesOf(about),
      date: hit?.date ?? (context.anchor === null ? null : { value: context.anchor, basis: 'inferred', span: null }),
    })
  }
  return out
}
