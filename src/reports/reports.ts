/** Stage 4: sentences with their actors to reports and statements. */
import type { Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { Actor, ActorMention, Report, ReadSentence, Span, Statement } from '../model/index.ts'
import { contentId } from '../text/hash.ts'
import type { Lexicon } from '../text/lexicon.ts'
import { findFrames } from './arguments.ts'
import { beliefFeatures } from './belief.ts'
import { assignDates, type Dating } from './dating.ts'
import { describedBy } from './described.ts'
import type { DraftReport, TraceEntry } from './draft.ts'
import { readEvents } from './events.ts'
import { spanOf } from './spans.ts'
import type { Frame } from './frame.ts'
import { turned } from './inverted.ts'
import type { Judge } from './judge.ts'
import { mergeReports } from './merge.ts'
import { seatsActing } from './seats.ts'
import { findQuotes, type Scan, scanSentence } from './scan.ts'
import { withSelves } from './selves.ts'
import { actorsOf } from './sides.ts'
import { settle } from './settle.ts'
import { readStatements, type DraftStatement } from './statements.ts'
import type { TimedHit } from './time.ts'

export interface ReportContext {
  readonly articleId: string
  readonly anchor: string | null
  readonly dates: readonly TimedHit[]
  /** Spans of the paragraphs, by the index sentences carry. */
  readonly paragraphs: readonly Span[]
  readonly trace: ((entry: TraceEntry) => void) | null
  /** Tells how likely a report is right; null leaves it to the signs of how it was found. */
  readonly judge: Judge | null
}

/** Reads the reports and statements of an article. */
export function readReports(text: string, sentences: readonly ReadSentence[], lexicon: Lexicon, ontology: Ontology, context: ReportContext): { reports: Report[]; statements: Statement[] } {
  const roles = lexicon.roles
  if (!roles) return { reports: [], statements: [] }
  const joinCuts = lexicon.settings.clitics?.layers[0] ?? []
  const quotesOf = context.paragraphs.map((span) => findQuotes(text, span, lexicon.settings.quotes))
  const drafts: DraftReport[] = []
  const statements: DraftStatement[] = []
  const draftsOf = (read: ReadSentence, scan: Scan, frames: readonly Frame[], dating: Dating, quotes: readonly Span[]): DraftReport[] => {
    const found = readEvents(scan, frames, { text, ontology, roles, dating, anchor: context.anchor, trace: context.trace })
    return context.judge ? judged(read, scan, frames, found, quotes, context.judge, context.trace) : found
  }
  let before: readonly ActorMention[] = []
  const framesOf = (scan: Scan): Frame[] => seatsActing(scan, turned(scan, describedBy(scan, settle(scan, findFrames(scan, roles, joinCuts, before), ontology, roles)), roles), ontology, roles)
  let paragraph = -1
  let heading: Heading | null = null
  for (const read of sentences) {
    if (read.sentence.paragraph !== paragraph && paragraph >= 0 && !roles.subjectDrop) before = []
    paragraph = read.sentence.paragraph
    const quotes = quotesOf[paragraph] ?? []
    const dates = context.dates.filter((hit) => hit.start >= read.sentence.span[0] && hit.end <= read.sentence.span[1])
    let scan = scanSentence(text, read, lexicon, ontology, quotes, dates)
    if (scan.predicates.length === 0) continue
    let frames = framesOf(scan)
    const said = readStatements(scan, frames, { text, ontology, roles, dates, anchor: context.anchor, quotes })
    statements.push(...said)
    // Who says "we" is known only when it is known who speaks: such a sentence is looked at again.
    const spoken = withSelves(read, scan, said)
    if (spoken) {
      scan = scanSentence(text, spoken, lexicon, ontology, quotes, dates)
      frames = framesOf(scan)
    }
    const dating = assignDates(scan, frames, dates)
    drafts.push(...draftsOf(read, scan, frames, dating, quotes))
    if (heading) {
      const host = hostOf(frames, heading)
      if (host) drafts.unshift(...draftsOf(heading.read, heading.scan, [withHost(heading.frame, host)], heading.dating, heading.quotes))
      if (host || scan.index > heading.scan.index + NEAR) heading = null
    }
    if (scan.index === 0) heading = guestAlone(read, scan, frames, ontology, roles, dating, quotes)
    const main = frames.find((frame) => !frame.predicate.nominal && frame.governor === null && (frame.roles.agent?.length ?? 0) > 0)
    if (main?.roles.agent) before = main.roles.agent
  }
  const merged = mergeReports(drafts)
  const reports = merged.map((draft) => toReport(draft, ontology, context.articleId))
  return { reports, statements: toStatements(text, statements, merged, reports, context.articleId) }
}

/** A heading that names a guest alone ("Telephone conversation with the President of X"), as governments head their own news. */
interface Heading { readonly read: ReadSentence; readonly scan: Scan; readonly frame: Frame; readonly dating: Dating; readonly quotes: readonly Span[] }

/** Sentences behind such a heading in which its host is looked for. */
const NEAR = 3

function guestAlone(read: ReadSentence, scan: Scan, frames: readonly Frame[], ontology: Ontology, roles: RoleSettings, dating: Dating, quotes: readonly Span[]): Heading | null {
  const [frame] = frames
  if (!frame || frame.predicate.first > 1 || !frames.every((other) => other.predicate.nominal || roles.nonfiniteLabels.includes(other.predicate.label))) return null
  if (frame.predicate.kind !== 'act' || ontology.ruleOf.get(frame.predicate.concept)?.type !== 'CONSULT') return null
  const named = scan.actors.flatMap((mention) => mention.actors)
  const states = new Set(named.map((actor) => actor.country))
  return named.some((actor) => actor.office !== null && actor.country !== null) && states.size === 1 ? { read, scan, frame, dating, quotes } : null
}

/* The host: whoever with an office of another state acts first in the text. */
function hostOf(frames: readonly Frame[], heading: Heading): ActorMention | null {
  const guests = heading.scan.actors.flatMap((mention) => mention.actors.map((actor) => actor.country))
  for (const frame of frames) {
    if (frame.predicate.nominal) continue
    const host = frame.roles.agent?.find((mention) => mention.use === 'full' && mention.actors[0]?.office != null && mention.actors[0].country !== null && !guests.includes(mention.actors[0].country))
    if (host) return host
  }
  return null
}

function withHost(frame: Frame, host: ActorMention): Frame {
  const here = { ...host, first: frame.predicate.first, last: frame.predicate.first }
  const { agent: _, owner: __, of = [], ...rest } = frame.roles
  return { ...frame, roles: { ...rest, agent: [here], partner: [...new Set([...(rest.partner ?? []), ...(frame.roles.agent ?? []), ...of])] } }
}

/* Gives each report its probability and leaves out those that are more likely wrong. */
function judged(read: ReadSentence, scan: Scan, frames: readonly Frame[], found: readonly DraftReport[], quotes: readonly Span[], judge: Judge, trace: ReportContext['trace']): DraftReport[] {
  const out: DraftReport[] = []
  for (const draft of found) {
    const frame = frames.find((candidate) => candidate.predicate === draft.predicate)
    if (!frame) continue
    const probability = judge.probability(beliefFeatures(scan, frame, draft, found, quotes, judge.words), draft, read)
    const confidence = Math.round(Math.min(0.98, Math.max(0.02, probability)) * 100) / 100
    if (probability >= judge.floor(draft)) out.push({ ...draft, confidence })
    else trace?.({ sentence: scan.index, span: spanOf(scan, draft.predicate.words), concept: draft.predicate.concept, rule: draft.rule, outcome: `left out: more likely wrong than right (${confidence})` })
  }
  return out
}

function toReport(draft: DraftReport, ontology: Ontology, article: string): Report {
  const type = ontology.types[draft.type]
  const span = draft.evidence[0]?.span ?? [0, 0]
  return {
    id: contentId(article, 'report', draft.type, draft.mode ?? '', String(span[0]), String(span[1]), ...draft.actors.map((actor) => actor.id), '>', ...draft.recipients.map((actor) => actor.id)),
    type: draft.type, mode: draft.mode, contexts: draft.contexts, actors: draft.actors, recipients: draft.recipients, date: draft.date, place: draft.place, status: draft.status,
    historical: draft.historical, attribution: draft.attribution, evidence: draft.evidence, cameo: draft.status === 'negated' ? null : draft.cameo,
    intensity: (draft.mode !== null ? type?.modes[draft.mode] : undefined) ?? type?.score ?? 0, quadClass: type?.quad ?? '', confidence: draft.confidence, rule: draft.rule,
  }
}

function toStatements(text: string, drafts: readonly DraftStatement[], merged: readonly DraftReport[], reports: readonly Report[], article: string): Statement[] {
  const out: Statement[] = []
  for (const draft of drafts) {
    if (out.some((other) => other.speaker.id === draft.speaker.id && other.stance === draft.stance && other.span[0] < draft.span[1] && draft.span[0] < other.span[1])) continue
    const at = merged.findIndex((report) => report.predicate === draft.predicate)
    const report = at >= 0 ? reports[at]?.id : undefined
    out.push({
      id: contentId(article, 'statement', draft.speaker.id, draft.stance, String(draft.span[0]), String(draft.span[1])),
      speaker: draft.speaker, quoted: draft.quoted, span: draft.span, text: text.slice(draft.span[0], draft.span[1]), date: draft.date, stance: draft.stance,
      topics: draft.topics, countries: draft.countries, ...(report === undefined ? {} : { report }),
    })
  }
  return out
}

/** The states named in a stretch of text, for the parties of a figure. */
export function countriesIn(sentences: readonly ReadSentence[], span: Span): string[] {
  const out = new Set<string>()
  for (const read of sentences) {
    if (read.sentence.span[1] <= span[0] || read.sentence.span[0] >= span[1]) continue
    for (const actor of actorsOf(read.actors) as Actor[]) if (actor.country !== null && /^[A-Z]{3}$/u.test(actor.country) && !actor.id.startsWith('medium:')) out.add(actor.country)
  }
  return [...out].sort()
}

/** The two states an article names most, [] when there are not two. */
export function mainPair(sentences: readonly ReadSentence[]): string[] {
  const counts = new Map<string, number>()
  for (const read of sentences) for (const actor of actorsOf(read.actors)) if (actor.country !== null && /^[A-Z]{3}$/u.test(actor.country) && !actor.id.startsWith('medium:')) counts.set(actor.country, (counts.get(actor.country) ?? 0) + 1)
  const order = [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))
  return order.length < 2 ? [] : order.slice(0, 2).map(([country]) => country).sort()
}
