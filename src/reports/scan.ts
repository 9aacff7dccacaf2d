/** What stands in a sentence, by token: predicates (words of concepts), markers, actors, clause boundaries, quotations. */
import type { Concept, Ontology } from '../knowledge/ontology.ts'
import type { ActorMention, ReadSentence, Span, Token } from '../model/index.ts'
import { SENT_FROM } from '../text/datelines.ts'
import type { Lexicon, MarkerKind, MarkerValue } from '../text/lexicon.ts'
import { longestMatches, type PhraseMatch } from '../text/phrases.ts'
import { isBareNoun, precedesNoun } from './agree.ts'
import { withVerb } from './headline.ts'
import { isDescribing, isOfObject, isReduced } from './participles.ts'
import type { TimedHit } from './time.ts'
import { overNoun, overParticiple, overThat } from './wordings.ts'

/** A word or phrase that means something done, said, or done about something done. */
export interface Predicate {
  readonly concept: string
  readonly kind: Concept['kind']
  /** First token (of the light verb where there is one) and one past the last. */
  readonly first: number
  readonly last: number
  readonly head: number
  /** Tokens that are the wording itself. */
  readonly words: readonly number[]
  /** past, pres, inf, ger, part, noun …; '' where the language does not tell. */
  readonly label: string
  readonly nominal: boolean
  /** The same letters may be a finite verb or a noun. */
  readonly ambiguous: boolean
  /** A noun of action carried by a light verb: a verb in meaning. */
  readonly light: boolean
  readonly passive: boolean
  readonly cut: string
  /** The noun carries a pronoun of possession. */
  readonly possessed: boolean
  /** The verb carries a pronoun of its object. */
  readonly objectPronoun: boolean
  /** The verb that leads the wording may carry a pronoun of its object. */
  readonly tailed: boolean
  /** The verb of the wording carries a pronoun for a noun of the wording ("an attack that X carried out"): who did it stands behind. */
  readonly resumptive: boolean
  /** Means no more than that what it governs is done ("begin", "carry out"). */
  readonly carries: boolean
  /** May stand behind the words it gives. */
  readonly gives: boolean
  /** Done in words. */
  readonly worded: boolean
  /** Asks somebody to do what it governs, or says that they did. */
  readonly asking: boolean
  /** Leaves open whether what it governs is done. */
  readonly weighs: boolean
}

export type Boundary = 'hard' | 'that' | 'relative' | 'subordinate' | 'clause' | 'quote' | 'comma'

export interface Scan {
  readonly text: string
  readonly index: number
  readonly paragraph: number
  readonly span: Span
  readonly tokens: readonly Token[]
  readonly actors: readonly ActorMention[]
  readonly predicates: readonly Predicate[]
  /** Wordings that only look like an act: they take their words and do nothing else. */
  readonly masks: readonly PhraseMatch<string>[]
  readonly markers: readonly PhraseMatch<MarkerValue>[]
  /** Boundary that stands at a token. */
  readonly boundaries: ReadonlyMap<number, Boundary>
  /** The quotations of its paragraph. */
  readonly quotes: readonly Span[]
  /** Actor mention that covers a token. */
  readonly actorAt: ReadonlyMap<number, ActorMention>
  readonly contexts: readonly PhraseMatch<string>[]
  readonly dates: readonly TimedHit[]
  /** The first token of what is told, behind the place it is sent from. */
  readonly story: number
  /** The place it is sent from. */
  readonly sentFrom: ActorMention | undefined
}

const HARD = /^[;；:：—–]$/u
const COMMA = /^[,،，、]$/u
/** The comma that parts clauses, not words of a list. */
const CLAUSE_COMMA = /^[,，]$/u
const GAP_STOP = /^[;；:：.!?؟。！？]$/u

/** Scans one sentence. `quotes` are the quotation spans of its paragraph, `dates` its dates. */
export function scanSentence(text: string, read: ReadSentence, lexicon: Lexicon, ontology: Ontology, quotes: readonly Span[], dates: readonly TimedHit[] = []): Scan {
  const { sentence } = read
  const actors = read.actors.filter((mention) => mention.use !== 'dateline' && !qualifies(mention, read))
  const commas = lexicon.roles?.commaClauses === true
  const stops = sentence.tokens.map(({ norm }, i) => norm.length === 1 && ((GAP_STOP.test(norm) && !isPoint(sentence.tokens, i)) || (commas && CLAUSE_COMMA.test(norm))))
  const stop = (index: number): boolean => stops[index] ?? false
  const tokens = withVerb(sentence.tokens, actors, lexicon, stop)
  const actorAt = new Map<number, ActorMention>()
  for (const actor of actors) for (let i = actor.first; i < actor.last; i++) actorAt.set(i, actor)
  const qualified = new Set(read.actors.filter((mention) => qualifies(mention, read)).map((mention) => mention.last - 1))
  const found: PhraseMatch<string>[] = []
  const markersFound: PhraseMatch<MarkerValue>[] = []
  const contexts: PhraseMatch<string>[] = []
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i]?.kind === 'punct') continue
    for (const match of lexicon.concepts.matchesAt(tokens, i, stop)) {
      if (match.words.every((word) => actorAt.has(word) && actorAt.get(word) === actorAt.get(match.head)) || match.words.some((word) => isNamePart(actorAt.get(word)) && !isTitle(text, tokens, actorAt.get(word), word, lexicon))) continue
      if (overThat(match, tokens, lexicon) || overParticiple(match, tokens) || overNoun(match, tokens, lexicon, ontology, actorAt) || hangsOn(tokens, match.start) && qualified.has(match.start - 2)) continue
      if (match.cut !== '' && match.head === match.start && isFiniteMatch(match, lexicon) && lexicon.roles?.nominalCuts.some((cut) => match.cut.includes(cut))) continue
      found.push(match)
    }
    markersFound.push(...lexicon.markers.matchesAt(tokens, i, stop))
    contexts.push(...lexicon.contexts.matchesAt(tokens, i, stop))
  }
  const known = found.filter((match) => !isVerbOnNoun(match, found, tokens))
  const masked = new Set<number>()
  for (const marker of markersFound) if (marker.value.kind === 'idiom' && !isCut(marker, actors, lexicon) && !cutsDate(marker, tokens, dates)) for (let i = marker.start; i < marker.end; i++) masked.add(i)
  const markers = withoutDoubt(longestByKind(markersFound.filter((marker) => marker.value.kind === 'quantifier' || !masked.has(marker.start) || (marker.value.role === 'before' && marker.end - marker.start > 2)), actorAt), tokens)
  const bare = (match: PhraseMatch<string>): 'person' | 'place' | undefined => ontology.concepts[match.value]?.bare
  const ringing = known.filter((match) => (bare(match) === 'place' ? isTo(tokens, match, actorAt, markers) : bare(match) === 'person' && isBare(tokens, match, actorAt, markers, quotes, dates)))
  const kept = longestMatches([...ringing, ...known.filter((match) => !bare(match) && !refuted(match, known, ontology))])
  const isMask = (match: PhraseMatch<string>): boolean => ontology.concepts[match.value]?.kind === 'act' && !ontology.ruleOf.has(match.value)
  const masks = kept.filter(isMask)
  // "the use of force": a word that belongs to such a phrase names nobody.
  const isPhrase = (mention: ActorMention): boolean => masks.some((mask) => mention.actors.every(({ id, country }) => id.startsWith('noun:') && (country === null || mention.inferred)) && mask.words.includes(mention.first) && mask.words.includes(mention.last - 1))
  const named = actors.filter((mention) => !isPhrase(mention))
  const predicates = toPredicates(text, tokens, withLabels(kept.filter((match) => !isMask(match)), known), markers, actorAt, lexicon, ontology)
  const boundaries = findBoundaries(tokens, markers, quotes, actorAt)
  return { text, index: sentence.index, paragraph: sentence.paragraph, span: sentence.span, tokens, actors: named, predicates, masks, markers, boundaries, quotes, actorAt, contexts: longestMatches(contexts), dates, story: storyStart(read), sentFrom: read.actors.find((mention) => mention.use === 'dateline') }
}

/* The point inside a number ends nothing. */
const isPoint = (tokens: readonly Token[], at: number): boolean => tokens[at - 1]?.kind === 'number' && tokens[at + 1]?.kind === 'number' && tokens[at - 1]?.end === tokens[at]?.start && tokens[at]?.end === tokens[at + 1]?.start

/* Where words are not parted, a name that begins inside a set phrase and goes on behind it, or ends inside one that it begins before, shows that the phrase was none. */
const isCut = ({ start, end }: PhraseMatch<MarkerValue>, actors: readonly ActorMention[], lexicon: Lexicon): boolean => lexicon.settings.tokens !== 'words' && actors.some((actor) => (actor.first > start && actor.first < end && actor.last > end) || (actor.first < start && actor.last > start && actor.last < end))

/* Nor was it one where a date ends inside it ("on Mon|day to"). */
function cutsDate({ start, end }: PhraseMatch<MarkerValue>, tokens: readonly Token[], dates: readonly TimedHit[]): boolean {
  const [from, to] = [tokens[start]?.start ?? 0, tokens[end - 1]?.end ?? 0]
  return dates.some((date) => date.start < from && date.end > from && date.end < to)
}

/* Any verb in the future, or in what was the future then, is a plan of something; one that names an act is that act, told as future (or as past, where the letters are the same). */
function refuted(match: PhraseMatch<string>, all: readonly PhraseMatch<string>[], ontology: Ontology): boolean {
  return match.words.length === 1 && (match.label === 'fut' || match.label === 'cond') && ontology.concepts[match.value]?.kind === 'matrix' && all.some((other) => other.head === match.head && ontology.concepts[other.value]?.kind === 'act')
}

/* The phrase right behind a wording, its article left out. */
function mentionBehind(match: PhraseMatch<string>, actorAt: ReadonlyMap<number, ActorMention>, markers: readonly PhraseMatch<MarkerValue>[]): ActorMention | undefined {
  let at = match.end
  while (markers.some((marker) => marker.value.kind === 'article' && marker.start === at) && !actorAt.has(at)) at++
  const mention = actorAt.get(at)
  return mention?.first === at ? mention : undefined
}

/* "invited X to Lima", not "invited X to resign", "to the Lima talks": a state or a place follows, and it owns nothing. */
function isTo(tokens: readonly Token[], match: PhraseMatch<string>, actorAt: ReadonlyMap<number, ActorMention>, markers: readonly PhraseMatch<MarkerValue>[]): boolean {
  const mention = mentionBehind(match, actorAt, markers)
  return mention !== undefined && mention.use !== 'adjective' && mention.actors.every((actor) => /^(?:state|place):/u.test(actor.id)) && !/^(?:NOUN|PART)$/u.test(tokens[mention.last]?.tag ?? '')
}

/* "called X on Thursday", not "called X a friend", "called X to order": a person follows, and after them nothing that is said of them. */
function isBare(tokens: readonly Token[], match: PhraseMatch<string>, actorAt: ReadonlyMap<number, ActorMention>, markers: readonly PhraseMatch<MarkerValue>[], quotes: readonly Span[], dates: readonly TimedHit[]): boolean {
  const mention = mentionBehind(match, actorAt, markers)
  if (!mention?.actors.every((actor) => /^(?:person|name|office):/u.test(actor.id))) return false
  const next = tokens[mention.last]
  if (!next || dates.some((date) => date.start <= next.start && date.end > next.start)) return true
  if (quotes.some(([from]) => from === next.start)) return false
  if (next.kind === 'punct') return COMMA.test(next.norm) || GAP_STOP.test(next.norm)
  return (next.tag === 'ADP' && tokens[mention.last + 1]?.tag !== 'VERB' && !markers.some((marker) => marker.value.role === 'as' && marker.start === mention.last)) || next.tag === 'ADV' || next.tag === 'CCONJ' || next.tag === 'SCONJ'
}

/* "(they imposed) sanctions like": the letters of a finite verb on a word that the analysis takes for a noun, and the tables know as one too, are no verb. */
function isVerbOnNoun(match: PhraseMatch<string>, all: readonly PhraseMatch<string>[], tokens: readonly Token[]): boolean {
  const token = tokens[match.head]
  if (match.cls !== 'v' || token?.tag !== 'NOUN' || token.relation === 'root' || match.label === '' || !match.label.split('/').every((label) => MOODS.has(label))) return false
  return all.some((other) => other.head === match.head && other.cls !== 'v')
}
const MOODS = new Set(['past', 'pres', 'fut', 'cond', 'subj'])

/* The words of a person's or a group's name are no wording, whatever else they may mean. */
const isNamePart = (mention: ActorMention | undefined): boolean => mention !== undefined && mention.last - mention.first > 1 && mention.actors[0]?.office === null && /^(?:person|name|group):/u.test(mention.actors[0].id)

/* "[the] opponent X": words in small letters before the first capital say what the one named is. */
const isTitle = (text: string, tokens: readonly Token[], mention: ActorMention | undefined, word: number, { settings }: Lexicon): boolean =>
  settings.case && mention !== undefined && tokens.slice(mention.first, word + 1).every((token) => isSmall(text, token))

/* Written together with the word before by a hyphen. */
const hangsOn = (tokens: readonly Token[], at: number): boolean => HYPHEN.test(tokens[at - 1]?.norm ?? '') && tokens[at - 2]?.end === tokens[at - 1]?.start && tokens[at - 1]?.end === tokens[at]?.start
const HYPHEN = /^[-‐‑]$/u

/* "an X-mediated dialogue", "X-backed rebels": the name is part of a describing word, and takes no part. */
function qualifies(mention: ActorMention, { sentence: { tokens }, actors }: ReadSentence): boolean {
  const word = tokens[mention.last + 1]
  return word !== undefined && hangsOn(tokens, mention.last + 1) && /^(?:VERB|ADJ)$/u.test(word.tag ?? '') && !actors.some((other) => other.first <= mention.last + 1 && other.last > mention.last + 1)
}

function isFiniteMatch(match: PhraseMatch<string>, lexicon: Lexicon): boolean {
  return match.label !== '' && match.label.split('/').every((label) => lexicon.roles?.finiteLabels.includes(label))
}

/* One word may be a marker of several kinds ("as", "for"); of one kind the longest at a place counts. */
function longestByKind(markers: readonly PhraseMatch<MarkerValue>[], actorAt: ReadonlyMap<number, ActorMention>): PhraseMatch<MarkerValue>[] {
  const best = new Map<string, PhraseMatch<MarkerValue>>()
  for (const match of markers) {
    if (actorAt.has(match.start) && actorAt.get(match.start)?.first !== match.start && match.value.kind !== 'role') continue
    const key = `${match.start}/${match.value.kind}`
    const other = best.get(key)
    if (!other || match.end > other.end) best.set(key, match)
  }
  return [...best.values()].sort((a, b) => a.start - b.start || b.end - a.end)
}

/* "…, which Y denies": words that open either content or a relative clause open the latter behind a comma; and a longer relative holds no "that" of its own. */
function withoutDoubt(markers: readonly PhraseMatch<MarkerValue>[], tokens: readonly Token[]): PhraseMatch<MarkerValue>[] {
  const relatives = markers.filter((marker) => marker.value.kind === 'relative')
  const thats = markers.filter((marker) => marker.value.kind === 'that')
  const same = (a: PhraseMatch<MarkerValue>, b: PhraseMatch<MarkerValue>): boolean => a.start === b.start && a.end === b.end
  const behindComma = (marker: PhraseMatch<MarkerValue>): boolean => COMMA.test(tokens[marker.start - 1]?.norm ?? '')
  const kept = relatives.filter((marker) => behindComma(marker) || !thats.some((that) => same(that, marker)))
  return markers.filter((marker) => (marker.value.kind === 'relative' ? kept.includes(marker) : marker.value.kind !== 'that' || !kept.some((relative) => relative.start <= marker.start && relative.end >= marker.end)))
}

/* "LIMA (Agency) - …": behind the mark that closes the place a report is sent from. */
function storyStart({ sentence: { tokens }, actors }: ReadSentence): number {
  const sent = Math.max(0, ...actors.filter((mention) => mention.use === 'dateline').map((mention) => mention.last))
  if (sent === 0) return 0
  const mark = tokens.findIndex((token, i) => i >= sent && SENT_FROM.test(token.norm))
  return mark < 0 ? 0 : mark + 1
}

/* In small letters, where names have capitals: no name, whatever the analysis says. */
const isSmall = (text: string, { start }: Token): boolean => (text[start] ?? '') !== (text[start] ?? '').toUpperCase()

function toPredicates(text: string, tokens: readonly Token[], matches: readonly PhraseMatch<string>[], markers: readonly PhraseMatch<MarkerValue>[], actorAt: ReadonlyMap<number, ActorMention>, lexicon: Lexicon, ontology: Ontology): Predicate[] {
  const roles = lexicon.roles
  const out: Predicate[] = []
  // A verb that leads a wording of its own carries no other noun, and none beyond the word that opens another clause.
  // "continued attacks": a participle that only describes the noun carries nothing.
  const lights = markers.filter((marker) => marker.value.kind === 'light' && tokens[marker.head]?.relation !== 'amod' && !matches.some((match) => match.words.length > 1 && (ontology.ruleOf.has(match.value) || ontology.concepts[match.value]?.effect === 'refuse') && match.words.includes(marker.start)))
  const openers = markers.filter((marker) => marker.value.kind === 'subordinate' && !markers.some((other) => other.value.kind === 'role' && other.start === marker.start))
  const passives = markers.filter((marker) => marker.value.kind === 'passive')
  // "voiced a protest over the violation": the verb carries the first noun, and those joined with it.
  const joined = (from: number, to: number): boolean => markers.some((marker) => marker.value.kind === 'joiner' && marker.start >= from && marker.end <= to) || tokens.slice(from, to).some((token) => COMMA.test(token.norm))
  for (const match of matches) {
    const concept = ontology.concepts[match.value]
    const head = verbAmong(match, tokens, lexicon) ?? match.head
    const token = tokens[head]
    if (!concept || !token) continue
    const labels = match.label.split('/')
    const mayBeNoun = labels.includes('noun')
    const form = head === match.head || /^(?:fut|cond)$/u.test(match.label) ? labelOf(match, token, lexicon) : formLabel(token)
    // "his demand": what may be a noun or a participle is the noun where a pronoun is written on to it.
    const shape = form === 'part' && match.loose > 0 && mayBeNoun && hasTail(token, lexicon) ? 'noun' : form
    // Where verbs come first, what may be a verb or a noun of action opens its sentence as a verb.
    const finite = labels.find((form) => roles?.finiteLabels.includes(form))
    const opening = roles?.order === 'vso' && match.start === 0 && token.tag === undefined && shape === 'noun' && finite !== undefined
    // Nor does a verb follow a preposition: there it is the noun.
    const behindRole = markers.some((marker) => marker.value.kind === 'role' && marker.end === match.start)
    const governed = roles?.order === 'vso' && token.tag === undefined && (((finite !== undefined || shape === 'part') && (mayBeNoun || (finite === 'past' && behindRole))) || (shape === 'part' && match.label === '')) && match.cut === '' && head === match.start && (precedesNoun(roles, tokens[match.start - 1]?.norm ?? '') || behindRole)
    const reduced = /^(?:past|part)$/u.test(shape) && labels.includes('part') && (isReduced(tokens, head) || (match.words.length === 1 && isOfObject(tokens, head)))
    // "X welcomed Y": right between two names a form that may be one of the past is no participle, whatever the analysis takes it for.
    const between = shape === 'part' && labels.includes('past') && actorAt.get(match.start - 1)?.use === 'full' && actorAt.get(match.end)?.use === 'full'
    // "delayed [it] X imposing …": right behind the subject of a verb that came first no other verb follows, but a noun of action that is written like one.
    const likeNoun = roles?.order === 'vso' && finite === 'past' && token.tag === undefined && match.cut === ''
    const subject = likeNoun ? actorAt.get(match.start - 1) : undefined
    const behindSubject = subject !== undefined && matches.some((other) => other.head + 1 === subject.first && (isFiniteMatch(other, lexicon) || (mayBeNoun && other.label.split('/').includes('past'))))
    // "against the backdrop [of the] shelling of X": nor behind a noun that a preposition governs and that has no article.
    const behindConstruct = likeNoun && mayBeNoun && !actorAt.has(match.start - 1) && isBareNoun(roles, tokens[match.start - 1]?.norm ?? '') && markers.some((marker) => marker.value.kind === 'role' && marker.end === match.start - 1) && !markers.some((marker) => marker.end === match.start)
    // Nor does one follow a noun of action at once ("an end [to the] shelling").
    const behindNoun = likeNoun && concept.kind === 'act' && mayBeNoun && matches.some((other) => other !== match && other.end === match.start && other.words.length === 1 && /^noun/u.test(other.label))
    const label = opening ? finite : governed || behindSubject || behindConstruct || behindNoun ? 'noun' : between ? 'past' : reduced ? 'part' : shape
    // "the storming of X": a gerund or a present that the analysis takes for a noun is one, however long the wording.
    let nominal = label === 'noun' || (token.tag === 'NOUN' && (label === 'ger' || label === 'pres')) || (match.words.length === 1 ? token.tag === 'NOUN' || (token.tag === 'PROPN' && !isSmall(text, token)) : false)
    // Where verbs have no forms, a phrase the tables call a noun may end with a word that is a verb alone ("the sanctions order").
    const named = match.cls === 'n' && ((match.words.length > 1 && roles?.finiteLabels.length === 0) || (roles?.caseMarkers.length ?? 0) > 0)
    if ((token.tag === 'VERB' && label.includes('noun') && !named) || label === 'pass') nominal = false
    // "X strikes kill 12": what the analysis of a headline takes for a noun is a verb right before a number.
    if (nominal && match.words.length === 1 && token.tag === 'NOUN' && tokens[match.end]?.tag === 'NUM' && /(?:^|\/)(?:pres|base)(?:$|\/)/u.test(match.label)) nominal = false
    // Right between two who act, what the analysis takes for an adjective is a verb.
    const amid = label === '' && actorAt.has(match.start - 1) && actorAt.has(match.end)
    if (token.tag === 'ADJ' && match.words.length === 1 && concept.kind === 'act' && label !== 'part' && !amid) continue
    // "its last open border": an adjective of a noun of the wording describes it; right behind a name a form of the past is a verb all the same ("the X imposed sanctions").
    // Nor does a gerund right behind the verb it belongs to describe anything ("began imposing sanctions").
    const behindName = (/past/u.test(match.label) && actorAt.get(match.start - 1)?.use === 'full') || (label === 'ger' && tokens[match.start - 1]?.tag === 'VERB')
    if (token.tag === 'ADJ' && token.relation === 'amod' && match.words.length > 1 && match.cls === 'v' && label !== 'part' && !behindName && match.words.includes(token.head ?? -1)) continue
    // "a post": a noun with its article is no verb of saying, though it is written like one.
    if (concept.kind === 'speech' && token.tag === 'NOUN' && match.words.length === 1 && match.cls === 'v' && !label.includes('noun') && tokens.some((other) => other.head === head && other.relation === 'det')) continue
    const of = markers.find((marker) => marker.value.kind === 'post' && marker.value.role === 'of' && marker.end === match.start)
    const determined = label === '' && match.words.length === match.end - match.start && markers.some((marker) => marker.value.kind === 'determiner' && marker.end === match.start)
    if ((of || determined) && label === '') nominal = true
    // "announced the deaths of three": what kills is not done by whoever tells of it.
    const told = (at: number): boolean => ontology.ruleOf.get(match.value)?.type === 'ASSAULT' && matches.some((other) => ontology.concepts[other.value]?.performs === true && other.words.includes(at))
    const light = nominal ? lights.findLast((marker) => marker.end <= match.start && match.start - marker.end <= 14 && !told(marker.start) && !openers.some((opener) => opener.start >= marker.end && opener.end <= match.start) && !matches.some((other) => other !== match && other.start >= marker.end && other.end <= match.start && (!isNominalMatch(other, tokens, lexicon) || !joined(other.end, match.start)))) : undefined
    const passive = (reduced && !between) || (concept.kind === 'act' && label === 'part' && isDescribing(tokens, head)) || (concept.undergone === true && !nominal) || isPassive(match, head, label, token, passives, tokens, actorAt, roles?.passiveLabels ?? [], roles?.finiteLabels.length === 0)
    // "[was done] the arrest of X": a noun of action right behind the mark of the passive is its verb.
    if (nominal && passive && match.cls === 'n' && passives.some((marker) => marker.end === match.start)) nominal = false
    out.push({
      concept: match.value, kind: concept.kind, first: light ? light.start : match.start, last: match.end, head, words: light ? [...range(light.start, light.end), ...match.words] : match.words,
      label: light ? formOfMarker(light, tokens, lexicon) : label, nominal: nominal && !light, ambiguous: match.label.includes('noun') && match.label.includes('/') && token.tag === undefined, light: light !== undefined, passive, cut: light ? light.cut : match.cut,
      possessed: nominal && hasTail(token, lexicon), objectPronoun: !nominal && !light && match.words.length === 1 && match.loose > 0 && hasTail(token, lexicon, match.cut),
      tailed: !nominal && !light && !(roles?.purposeCuts.includes(match.cut) ?? false) && head === match.start && match.loose > 0 && hasTail(token, lexicon, match.cut),
      resumptive: !nominal && !light && head > match.start && match.loose > 0 && hasTail(token, lexicon),
      carries: concept.effect === 'transparent' && !nominal, gives: concept.gives === true, worded: isWorded(match.value, ontology), asking: concept.effect === 'request' || concept.effect === 'accuse', weighs: concept.effect === 'consider',
    })
  }
  const sorted = withShared(out.sort((a, b) => a.first - b.first || a.last - b.last), tokens, markers)
  return roles?.finiteLabels.length === 0 ? withObjects(sorted, tokens, ontology) : sorted
}

/** What acts about acts do in words. */
const WORDS: ReadonlySet<string> = new Set(['request', 'refuse', 'promise', 'threaten', 'deny', 'accuse'])

function isWorded(name: string, ontology: Ontology): boolean {
  const concept = ontology.concepts[name]
  if (concept?.kind === 'speech') return true
  if (concept?.kind === 'matrix') return WORDS.has(concept.effect ?? '')
  const type = ontology.ruleOf.get(name)?.type
  return type !== undefined && type !== 'CONSULT' && ontology.types[type]?.quad.startsWith('verbal') === true
}

/* "condemn attack": where no form tells verbs from nouns, an act written on to a verb of words towards others is its object. */
function withObjects(predicates: readonly Predicate[], tokens: readonly Token[], ontology: Ontology): Predicate[] {
  return predicates.map((predicate, i) => {
    const before = predicates[i - 1]
    const rule = before ? ontology.ruleOf.get(before.concept) : undefined
    const object = before !== undefined && before.last === predicate.first && !before.nominal && rule?.roles === 'directed' && rule.type !== 'CONSULT' && ontology.types[rule.type]?.quad.startsWith('verbal') === true
    return object && predicate.kind === 'act' && predicate.label === '' && !predicate.light && tokens[predicate.head]?.tag === undefined ? { ...predicate, nominal: true } : predicate
  })
}

/* "were killed and 240 taken hostage": a participle joined to a passive shares what makes that one passive. */
function withShared(predicates: readonly Predicate[], tokens: readonly Token[], markers: readonly PhraseMatch<MarkerValue>[]): Predicate[] {
  let before: Predicate | null = null
  return predicates.map((predicate) => {
    const joined = before?.passive === true && !predicate.nominal && !predicate.passive && !predicate.light && tokens[predicate.head]?.form === 'part'
      && markers.some((marker) => marker.value.kind === 'joiner' && marker.start >= (before?.last ?? 0) && marker.end <= predicate.first)
      && !tokens.slice(before.last, predicate.first).some((token) => token.tag === 'VERB' || token.tag === 'AUX')
    const out = joined ? { ...predicate, passive: true } : predicate
    if (!out.nominal) before = out
    return out
  })
}

/* A pronoun written onto the end of the word. */
function hasTail(token: Token, lexicon: Lexicon, cut = ''): boolean {
  return (lexicon.settings.clitics?.tails.length ?? 0) > 0 && token.alternatives.some((form) => form.endsWith('^') && form.length > 3 && (cut === '' || token.norm.startsWith(cut + form.slice(0, -1))))
}

/** Forms that are no noun's, whatever the learned analysis makes of them. */
const VERBAL = /^(?:past|part)(?:\/(?:past|part))*$/u

/* A wording whose leading word is no verb here but that holds one ("soldiers were killed") is led by its verb; where verbs have no forms, one the tables call a noun is a noun. */
function verbAmong(match: PhraseMatch<string>, tokens: readonly Token[], lexicon: Lexicon): number | undefined {
  const tag = tokens[match.head]?.tag
  if (match.words.length < 2 || (tag !== 'NOUN' && tag !== 'PROPN') || VERBAL.test(match.label) || (match.cls === 'n' && lexicon.roles?.finiteLabels.length === 0)) return undefined
  return match.words.find((word) => tokens[word]?.tag === 'VERB')
}

function formLabel(token: Token): string {
  return token.form === 'fin-past' ? 'past' : token.form === 'fin-pres' ? 'pres' : (token.form ?? '')
}

/* One surface may be several forms of a word (a past tense and a noun of action): all labels are kept, so that none is taken for sure. */
function withLabels(kept: readonly PhraseMatch<string>[], all: readonly PhraseMatch<string>[]): PhraseMatch<string>[] {
  return kept.map((match) => {
    const labels = new Set(match.label === '' ? [] : match.label.split('/'))
    let { cut } = match
    for (const other of all) {
      if (other.value !== match.value || other.start !== match.start || other.end !== match.end || other.words.length !== match.words.length) continue
      // A noun known with its article or preposition still carries them.
      if (cut === '' && other.cut !== '') cut = other.cut
      if (other.label === '') continue
      for (const label of other.label.split('/')) labels.add(label)
    }
    return { ...match, cut, label: [...labels].join('/') }
  })
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, i) => from + i)

function isNominalMatch(match: PhraseMatch<string>, tokens: readonly Token[], lexicon: Lexicon): boolean {
  const token = tokens[match.head]
  return token !== undefined && labelOf(match, token, lexicon) === 'noun'
}

const TOLD = new Set(['fut', 'cond', 'subj', 'pass'])

function labelOf(match: PhraseMatch<string>, token: Token, lexicon: Lexicon): string {
  // Where nouns have cases, no verb is spelt like one.
  if (match.cls === 'n' && match.label === 'noun' && (lexicon.roles?.caseMarkers.length ?? 0) > 0) return 'noun'
  if (token.form) {
    // The tables tell moods and futures that the learned analysis does not.
    const told = match.label.split('/').find((label) => TOLD.has(label))
    if (token.form === 'fin-past') return told === 'pass' || (told === 'cond' && !match.label.split('/').includes('past')) ? told : 'past'
    if (token.form === 'fin-pres') return told ?? 'pres'
    if (match.label.split('/').includes(token.form)) return token.form
  }
  if (match.label !== '') {
    const labels = match.label.split('/')
    // The bare form is the infinitive where it stands for one.
    if (token.form === 'inf' && labels.includes('base')) return 'base'
    if (token.tag === 'NOUN' && labels.includes('noun')) return 'noun'
    return labels[0] ?? ''
  }
  if (match.cls !== '') return match.cls === 'n' ? 'noun' : ''
  return surfaceForm(token.norm, lexicon)
}

function surfaceForm(norm: string, lexicon: Lexicon): string {
  for (const rule of compiledForms(lexicon)) if (rule.match.test(norm)) return rule.form
  return ''
}

const formCache = new WeakMap<Lexicon, { match: RegExp; form: string }[]>()
function compiledForms(lexicon: Lexicon): { match: RegExp; form: string }[] {
  let rules = formCache.get(lexicon)
  if (!rules) {
    rules = lexicon.settings.surfaceForms.map((rule) => ({ match: new RegExp(rule.match, 'u'), form: rule.form }))
    formCache.set(lexicon, rules)
  }
  return rules
}

function formOfMarker(marker: PhraseMatch<MarkerValue>, tokens: readonly Token[], lexicon: Lexicon): string {
  const token = tokens[marker.head]
  if (!token) return ''
  if (token.form === 'fin-past') return 'past'
  if (token.form === 'fin-pres') return marker.label.split('/').find((label) => TOLD.has(label)) ?? 'pres'
  return marker.label !== '' ? (marker.label.split('/')[0] ?? '') : surfaceForm(token.norm, lexicon)
}

function isPassive(match: PhraseMatch<string>, head: number, label: string, token: Token, passives: readonly PhraseMatch<MarkerValue>[], tokens: readonly Token[], actorAt: ReadonlyMap<number, ActorMention>, passiveLabels: readonly string[], formless: boolean): boolean {
  if (passiveLabels.includes(label)) return true
  // Where verbs have no forms, the tables' word for what is done is no finite verb.
  const bare = label === '' || (formless && label === 'past')
  const participle = match.label === '' ? label === 'part' || label === '' : match.label.split('/').includes('part') || label === 'noun' || bare
  if (!participle || (token.form !== undefined && token.form === 'fin-past')) return false
  // "the ambassador was summoned": the mark may stand inside the wording, before its verb.
  if (head > match.start && passives.some((marker) => marker.start > match.start && marker.end <= head && head - marker.end <= 2 && !tokens.slice(marker.end, head).some((between) => between.kind === 'punct'))) return true
  // "was [by] X invaded": the doer may stand between.
  const behind = (marker: PhraseMatch<MarkerValue>): number => (bare ? (actorAt.get(marker.end)?.last ?? marker.end) : marker.end)
  return passives.some((marker) => marker.end <= match.start && match.start - behind(marker) <= 2 && !tokens.slice(marker.end, match.start).some((between) => between.kind === 'punct'))
}

/** How many words a name or a term in quotation marks may have. */
const QUOTED_NAME = 4

/* "X's «Y brigades» fired …": a few words in quotation marks, without a mark of their own inside, are a name and no clause. */
function isNameInQuotes([from, to]: Span, tokens: readonly Token[]): boolean {
  const inside = tokens.filter((token) => token.start >= from && token.end <= to && token.kind !== 'punct')
  return inside.length <= QUOTED_NAME && !tokens.some((token) => token.start > from && token.end < to && (HARD.test(token.norm) || COMMA.test(token.norm) || GAP_STOP.test(token.norm)))
}

function findBoundaries(tokens: readonly Token[], markers: readonly PhraseMatch<MarkerValue>[], quotes: readonly Span[], actorAt: ReadonlyMap<number, ActorMention>): Map<number, Boundary> {
  const out = new Map<number, Boundary>()
  const [start, end] = [tokens[0]?.start ?? 0, tokens.at(-1)?.end ?? 0]
  const said = quotes.filter((quote) => quote[1] >= start && quote[0] <= end && !isNameInQuotes(quote, tokens))
  const kinds: Partial<Record<MarkerKind, Boundary>> = { that: 'that', relative: 'relative', subordinate: 'subordinate', clause: 'clause' }
  tokens.forEach((token, i) => {
    if (HARD.test(token.norm)) out.set(i, 'hard')
    else if (COMMA.test(token.norm)) out.set(i, 'comma')
    if (said.some(([from, to]) => token.start === from || token.end === to)) out.set(i, 'quote')
  })
  const marksOfWords = markers.filter(({ value, start: from, end: to }) => value.kind === 'role' && to - from > 1)
  for (const marker of markers) {
    const boundary = kinds[marker.value.kind]
    if (!boundary || out.has(marker.start)) continue
    // A word inside the name of somebody opens no clause.
    const named = actorAt.get(marker.start)
    const inside = named !== undefined && named === actorAt.get(marker.end - 1) && named.last - named.first > marker.end - marker.start
    // Nor does one inside a longer mark of a role ("on the part of").
    const within = marksOfWords.some(({ start: from, end: to }) => from < marker.start && to >= marker.end)
    if (!inside && !within) out.set(marker.start, boundary)
  }
  return out
}

/** Quotation spans of a paragraph, marks included, by the language's pairs of marks. */
export function findQuotes(text: string, [from, to]: Span, pairs: readonly (readonly [string, string])[]): Span[] {
  const out: Span[] = []
  const openers = new Set(pairs.map(([open]) => open.charAt(0)))
  for (let i = from; i < to; i++) {
    if (!openers.has(text.charAt(i))) continue
    const pair = pairs.find(([open]) => text.startsWith(open, i))
    if (!pair) continue
    const [open, close] = pair
    // An apostrophe inside a word opens nothing.
    if (/['’‘]/u.test(open) && /[\p{L}\p{N}]/u.test(text[i - 1] ?? '')) continue
    let end = text.indexOf(close, i + open.length)
    while (end >= 0 && /['’]/u.test(close) && /[\p{L}]/u.test(text[end + 1] ?? '')) end = text.indexOf(close, end + 1)
    if (end < 0 || end >= to) continue
    out.push([i, end + close.length])
    i = end + close.length - 1
  }
  return out
}
