/** Stage 3: sentences to actor mentions, resolved over the whole article. */
import type { Gazetteer } from '../knowledge/gazetteer.ts'
import type { Actor, ActorMention, ActorUse, ReadSentence, Sentence, Span, Token } from '../model/index.ts'
import { besideNumber, SENT_FROM } from '../text/datelines.ts'
import type { Lexicon } from '../text/lexicon.ts'
import { bearers } from './bearers.ts'
import { withInitials } from './initials.ts'
import { type Accept, buildDrafts, type Draft } from './chains.ts'
import { withoutEverydayWords } from './everyday.ts'
import { Resolver, type Story } from './resolve.ts'
import { findUnits, type SentenceUnits, type Unit } from './units.ts'

export interface MentionContext {
  /** EDTF date the article speaks from, null when unknown. */
  readonly when: string | null
  /** Whether a wording of this concept is said or done to whoever stands behind it ("urge", "warn"). */
  readonly addresses: (concept: string) => boolean
}

/** Finds and resolves the actors of all sentences of an article. Cost grows linearly with the text. */
export function readMentions(text: string, sentences: readonly Sentence[], lexicon: Lexicon, gazetteer: Gazetteer, context: MentionContext): ReadSentence[] {
  const found = sentences.map((sentence) => findUnits(text, sentence.tokens, lexicon))
  for (const [index, sentence] of sentences.entries()) withoutDescriptions(sentence, found[index]?.units ?? [])
  if (lexicon.settings.case) {
    withoutEverydayWords(text, sentences, found)
    for (const [index, sentence] of sentences.entries()) {
      withoutNamesakes(text, sentence, found[index]?.units, gazetteer)
      withInitials(text, sentence.tokens, found[index]?.units, lexicon)
    }
  }
  const strongPeople = new Set<string>()
  const strongEntities = new Set<string>()
  for (const { units } of found) for (const unit of units) noteStrong(unit, strongPeople, strongEntities)
  if (lexicon.settings.case) {
    sentences.forEach((sentence, index) => {
      for (const id of bearers(text, sentence.tokens, found[index]?.units ?? [], gazetteer, strongEntities, context.when)) strongPeople.add(id)
    })
  }
  const accept: Accept = (entries, office, states) => entries.filter((entry) => {
    if (entry.kind !== 'person') return true
    const terms = gazetteer.termsOfPerson.get(entry.id) ?? []
    if (states.length > 0 && !states.some((state) => state === gazetteer.people.get(entry.id)?.country || terms.some((term) => term.country === state))) return false
    return !entry.weak || strongPeople.has(entry.id) || (office !== null && terms.some((term) => term.office === office))
  })
  const build = (): Draft[][] => sentences.map((sentence, index) => {
    const units = found[index]
    return units ? buildDrafts(text, sentence.tokens, units, lexicon, accept) : []
  })
  let drafts = build()
  const known = strongPeople.size
  for (const list of drafts) for (const draft of list) if (draft.people.length > 0 && draft.office !== null && draft.states.length > 0) for (const entry of draft.people) noteTitled(entry.id, draft, gazetteer, strongPeople)
  // Whoever was named with office and state is known by the bare name too, where no capitals tell names.
  if (!lexicon.settings.case && strongPeople.size > known) drafts = build()
  const titles = new Map<string, Set<string>>()
  for (const list of drafts) for (const draft of list) if (draft.office !== null) for (const { id } of draft.people) titles.set(id, (titles.get(id) ?? new Set()).add(draft.office))
  const fold = lexicon.tokenizer.fold
  const resolver = new Resolver({ gazetteer, when: context.when, text, fold, gendered: lexicon.roles?.gendered ?? false, strongPeople, strongEntities, titles })
  resolver.story = storyOf(drafts.map((list, index) => list.filter((draft) => !isVenue(draft, found[index]))), gazetteer)
  let paragraph = -1
  return sentences.map((sentence, index) => {
    const actors: ActorMention[] = []
    const all = drafts[index] ?? []
    const own = all.filter((draft) => !isAttribute(sentence, draft) && !isGivenName(text, sentence, draft, all))
    const sent = sentence.paragraph === paragraph ? 0 : datelineEnd(text, sentence, own)
    paragraph = sentence.paragraph
    resolver.around = statesIn(sentence, own, gazetteer)
    if (sent > 0) resolver.home = resolver.around[0]?.state ?? resolver.home
    resolver.sentence = sentence.index
    for (const draft of own) {
      resolver.opening = actors.length === 0
      const span = spanOf(sentence, draft.first, draft.last)
      resolver.unknownText = (of) => (of.unknown ? text.slice(...spanOf(sentence, of.unknown[0], of.unknown[1])) : '')
      resolver.owner = ownerOf(sentence, draft, found[index])
      resolver.isSubject = sentence.tokens[draft.first]?.relation?.startsWith('nsubj') === true
      resolver.speakers = draft.pronoun === null ? [] : resolver.isSubject ? speakersOf(sentence, draft, actors, found[index]) : sayerBefore(sentence, draft, actors, found[index], lexicon)
      resolver.venue = isVenue(draft, found[index])
      resolver.apart = draft.collective && addressed(sentence, draft, actors, lexicon, context) ? new Set(actors.flatMap((mention) => mention.actors.flatMap(({ country }) => country ?? []))) : NOBODY
      resolver.seat = bodyOf(sentence, draft, own, found[index], gazetteer) ?? seatOf(sentence, draft, own, gazetteer) ?? townOf(draft, own, found[index], gazetteer)
      const resolved = resolver.resolve(draft, span)
      if (resolved.length === 0) continue
      actors.push({
        sentence: sentence.index, first: draft.first, last: draft.last, span, text: text.slice(span[0], span[1]), use: draft.last <= sent ? 'dateline' : counted(sentence, draft, lexicon) ? 'people' : useOf(draft), actors: resolved, named: namedSpan(sentence, draft), cut: draft.cut,
        capital: draft.states[0]?.form === 'capital' || draft.entity?.kind === 'place', medium: draft.entity?.kind === 'medium', inferred: resolver.inferred, ...(draft.noun?.form === 'mission' ? { mission: true } : {}),
      })
    }
    return { sentence, actors }
  })
}

/** In so many sentences at least the two parties of a story are named. */
const PARTY = 2

/* Whom an article is about: the two states named in most sentences, where no third is named as often. */
function storyOf(drafts: readonly (readonly Draft[])[], gazetteer: Gazetteer): Story {
  const named = new Map<string, number>()
  for (const list of drafts) {
    const here = new Set(list.flatMap(({ states, people }) => (states.length > 0 ? states.map(({ id }) => id) : people.slice(0, 1).map(({ id }) => gazetteer.people.get(id)?.country ?? ''))))
    for (const id of here) if (gazetteer.states.has(id)) named.set(id, (named.get(id) ?? 0) + 1)
  }
  const [first, second, third] = [...named].sort((a, b) => b[1] - a[1])
  const two = first && second && second[1] >= PARTY && second[1] > (third?.[1] ?? 0)
  return { named, parties: two ? [first[0], second[0]] : null }
}

/** Two syllables with a hyphen between: a given name behind its family name. */
const GIVEN = /^\p{Lu}\p{L}+-\p{L}/u
const MAX_GIVEN = 24

/* "Kim Hak-chol" is not the Kim the gazetteer knows: where a family name comes first, another given name behind it makes another person. */
function withoutNamesakes(text: string, sentence: Sentence, units: Unit[] | undefined, gazetteer: Gazetteer): void {
  for (let i = (units?.length ?? 0) - 1; units && i >= 0; i--) {
    const unit = units[i]
    const next = unit ? sentence.tokens[unit.last] : undefined
    if (!unit || next?.kind !== 'word' || unit.last - unit.first !== 1 || !unit.entries.every((entry) => entry.kind === 'person' && entry.weak) || units.some((other) => other.first === unit.last)) continue
    if (!GIVEN.test(text.slice(next.start, next.start + MAX_GIVEN))) continue
    const kept = unit.entries.filter((entry) => gazetteer.people.get(entry.id)?.name.startsWith(`${entry.text} `) !== true)
    if (kept.length === unit.entries.length) continue
    if (kept.length === 0) units.splice(i, 1)
    else units[i] = { ...unit, entries: kept }
  }
}

/* "a government building": the noun only qualifies another. */
function isAttribute(sentence: Sentence, draft: Draft): boolean {
  if (draft.noun === null || draft.states.length > 0 || draft.people.length > 0 || draft.unknown || draft.entity) return false
  const last = sentence.tokens[draft.last - 1]
  return (last?.relation === 'compound' || last?.relation === 'amod') && last.head !== undefined && last.head >= draft.last
}

/* "were deported from X": a participle behind the verb that makes it a passive is nobody, though its letters name people too; nor is an adjective right behind its noun ("military accords", where adjectives follow). */
function withoutDescriptions({ tokens }: Sentence, units: Unit[]): void {
  for (let i = units.length - 1; i >= 0; i--) {
    const unit = units[i]
    const token = unit ? tokens[unit.first] : undefined
    if (!unit || !token || unit.last - unit.first !== 1 || !unit.entries.every(({ kind }) => kind === 'noun')) continue
    const undergone = token.tag === 'VERB' && tokens.some((other) => other.head === unit.first && other.relation?.startsWith('aux') === true)
    const describes = token.tag === 'ADJ' && token.relation === 'amod' && token.head === unit.first - 1 && tokens[token.head]?.tag === 'NOUN' && !units.some((other) => other.last === unit.first)
    if (undergone || describes) units.splice(i, 1)
  }
}

/** A possessive may stand before an adjective or a number of its noun. */
const OWNER_REACH = 3

/* The pronoun that owns a noun: "its 105 soldiers". */
function ownerOf(sentence: Sentence, draft: Draft, found: SentenceUnits | undefined): Draft['pronoun'] {
  if (draft.noun === null || draft.states.length > 0) return null
  for (let i = draft.first - 1; i >= 0 && draft.first - i <= OWNER_REACH; i--) {
    const marker = found?.markers.find(({ value, start, end }) => value.kind === 'pronoun' && start <= i && end > i)
    const token = sentence.tokens[i]
    // An article may be written like a pronoun; the analysis tells them apart.
    if (marker) return token?.tag === 'PRON' ? { gender: marker.value.gender, number: marker.value.number } : null
    if (token?.kind === 'punct' || token?.tag === 'VERB' || (token?.tag === undefined && i < draft.first - 1)) return null
  }
  return null
}

/* Who says what a pronoun is the subject of: "X said it would …". */
function speakersOf({ tokens }: Sentence, draft: Draft, actors: readonly ActorMention[], found: SentenceUnits | undefined): readonly Actor[] {
  // Right behind "that", with nobody else named before it.
  const [only, ...others] = actors
  if (only && others.length === 0 && found?.markers.some(({ value, end }) => value.kind === 'that' && end === draft.first) && tokens.slice(only.first, only.last).some(({ relation }) => relation?.startsWith('nsubj'))) return only.actors
  const verb = tokens[draft.first]?.head
  const said = verb === undefined || tokens[verb]?.relation !== 'ccomp' ? undefined : tokens[verb]?.head
  if (said === undefined) return []
  const speaker = actors.findLast((mention) => mention.last <= draft.first && tokens.slice(mention.first, mention.last).some(({ head, relation }) => head === said && relation === 'nsubj'))
  return speaker?.actors ?? []
}

/* "said X after meeting Y that his country …": where verbs come first and no tree tells, right behind the word for "that" whoever the sentence names first says so. */
function sayerBefore({ tokens }: Sentence, draft: Draft, actors: readonly ActorMention[], found: SentenceUnits | undefined, lexicon: Lexicon): readonly Actor[] {
  const that = found?.markers.find(({ value, end }) => value.kind === 'that' && end === draft.first)
  if (lexicon.roles?.order !== 'vso' || !that || tokens[draft.first]?.head !== undefined) return []
  const first = actors.find((mention) => mention.use === 'full' && !mention.medium)
  const marked = first !== undefined && (lexicon.roles.cutMarkers[first.cut] !== undefined || found?.markers.some(({ value, end }) => value.kind === 'role' && end === first.first) === true)
  const stopped = first !== undefined && tokens.slice(first.last, that.start).some(({ norm }) => HARD_STOP.test(norm))
  return first && !marked && !stopped ? first.actors : []
}
const HARD_STOP = /^[;؛؟?]$/u

const NOBODY: ReadonlySet<string> = new Set()

/** Words that may stand between "in" and a town ("the capital"). */
const TOWN = 2

/* "in <a capital>": where something is held. */
function isVenue(draft: Draft, found: SentenceUnits | undefined): boolean {
  const town = draft.states.length === 1 ? draft.states[0]?.form === 'capital' && draft.entity === null : draft.states.length === 0 && draft.entity?.kind === 'place'
  return town && draft.office === null && draft.noun === null && draft.people.length === 0 && found?.markers.some((marker) => marker.value.role === 'place' && marker.end <= draft.first && draft.first - marker.end <= TOWN) === true
}

/** How far before "both sides" the word may stand by which somebody addresses them. */
const ADDRESS_REACH = 8
/** Words that may stand between the two ('on', an article). */
const ADDRESS_GAP = 2

/* "X urged the two countries": a wording right before them but for who addresses them, done or said to whoever stands behind it. */
function addressed({ tokens }: Sentence, draft: Draft, actors: readonly ActorMention[], lexicon: Lexicon, context: MentionContext): boolean {
  for (let i = draft.first - 1; i >= 0 && draft.first - i <= ADDRESS_REACH && tokens[i]?.kind !== 'punct'; i--) {
    for (const match of lexicon.concepts.matchesAt(tokens, i, (at) => tokens[at]?.kind === 'punct')) {
      const last = Math.max(...match.words.filter((word) => word < draft.first))
      let between = 0
      for (let at = last + 1; at < draft.first; at++) if (!actors.some((mention) => mention.first <= at && mention.last > at)) between++
      if (match.head < draft.first && between <= ADDRESS_GAP && context.addresses(match.value)) return true
    }
  }
  return false
}

/* "Chad Miller": a state's name of one word with an unknown name right behind it that the analysis joins to it is somebody's first name; more words behind it make the name of a body ("Vietnam Veterans of …"). */
function isGivenName(text: string, { tokens }: Sentence, draft: Draft, drafts: readonly Draft[]): boolean {
  const [state] = draft.states
  const next = tokens[draft.last]
  if (draft.last - draft.first !== 1 || state?.form !== 'name' || draft.office !== null || draft.noun !== null || draft.entity !== null || draft.people.length > 0 || !next) return false
  const word = text.slice(next.start, next.end)
  return next.tag === 'PROPN' && next.relation?.startsWith('flat') === true && next.head === draft.first && word !== word.toLowerCase() && word !== word.toUpperCase() && !tokens.some((other, i) => i > draft.last && (other.head === draft.first || other.head === draft.last) && other.relation?.startsWith('flat') === true) && !/^(?:ADP|PROPN)$/u.test(tokens[draft.last + 1]?.tag ?? '') && !drafts.some((other) => other.first <= draft.last && other.last > draft.last)
}

/** Sectors whose bearers are of the state they are in; soldiers, companies and travellers may be abroad. */
const SEATED = new Set(['GOV', 'LEG', 'JUD', 'COP', 'OPP', 'REB', 'LAB', 'EDU'])

/** Those of them who act at home, wherever their state is not told. */
const LOCAL = new Set(['COP', 'OPP'])

/* "A patrol belonging to the army of X", "a delegation from X": right behind the noun stands whose it is. */
function bodyOf({ tokens }: Sentence, draft: Draft, drafts: readonly Draft[], found: SentenceUnits | undefined, gazetteer: Gazetteer): string | null {
  if (draft.noun === null || draft.states.length > 0 || draft.entity !== null || draft.office !== null) return null
  const next = drafts.find((other) => other.first >= draft.last)
  const owned = next && found?.markers.some(({ value, start, end }) => end === next.first && start - draft.last <= BEFORE_OWNER && start >= draft.last && (value.kind === 'belonging' || (value.role === 'source' && start === draft.last && draft.noun?.form === 'mission')))
  // "staff of the embassy of X": those of a mission are of its state.
  const posted = next && next.noun?.form === 'mission' && next.states.length > 0 && next.first - draft.last <= BEFORE_OWNER && tokens.slice(next.first, next.last).some(({ head, relation }) => relation === 'nmod' && head !== undefined && head >= draft.first && head < draft.last)
  if (next && posted) return next.states[0]?.id ?? null
  // "the government of President X": of the state of X.
  const led = next && draft.noun.form === 'body' && next.people.length > 0 && (next.first === draft.last ? next.cut === '' : found?.markers.some(({ value, start, end }) => value.role === 'of' && start === draft.last && end === next.first))
  if (next && led) {
    const states = new Set(next.people.map(({ id }) => gazetteer.people.get(id)?.country ?? null))
    return states.size === 1 ? ([...states][0] ?? null) : null
  }
  if (!next || !owned) return null
  const entity = next.entity?.kind === 'organisation' ? gazetteer.organisations.get(next.entity.id) : next.entity?.kind === 'group' ? gazetteer.groups.get(next.entity.id) : undefined
  return next.states[0]?.id ?? entity?.country ?? null
}
/** An adjective may stand between a noun and the word that says whose it is. */
const BEFORE_OWNER = 1

/* The state a noun is in: "the junta in X", "rebels in X". Those who stand for their state abroad are not of the one they are in. */
function seatOf({ tokens }: Sentence, draft: Draft, drafts: readonly Draft[], gazetteer: Gazetteer): string | null {
  if (draft.noun === null || draft.noun.form === 'mission' || !SEATED.has(draft.noun.id) || draft.states.length > 0 || draft.entity !== null || draft.office !== null) return null
  const next = drafts.find((other) => other.first >= draft.last)
  if (!next || next.first - draft.last > OWNER_REACH || next.office !== null || next.noun !== null || next.people.length > 0 || next.unknown) return null
  // By one noun more at most: "the junta in power in X".
  const inNoun = (token: Token | undefined, hops: number): boolean => token?.relation === 'nmod' && token.head !== undefined && ((token.head >= draft.first && token.head < draft.last) || (hops > 0 && inNoun(tokens[token.head], hops - 1)))
  if (!tokens.slice(next.first, next.last).some((token) => inNoun(token, 1))) return null
  return next.states[0]?.id ?? (next.entity?.kind === 'place' ? (gazetteer.places.get(next.entity.id)?.country ?? null) : null)
}

/* "Police dispersed demonstrators in <a town>": the one town a sentence names as its place tells whose they are. */
function townOf(draft: Draft, drafts: readonly Draft[], found: SentenceUnits | undefined, gazetteer: Gazetteer): string | null {
  if (draft.noun === null || draft.noun.form === 'mission' || !LOCAL.has(draft.noun.id) || draft.states.length > 0 || draft.entity !== null || draft.office !== null) return null
  const towns = drafts.filter((other) => isVenue(other, found)).map((other) => other.states[0]?.id ?? gazetteer.places.get(other.entity?.id ?? '')?.country ?? null)
  return towns.length === 1 ? (towns[0] ?? null) : null
}

const MAX_DATELINE = 10

/** Where the place a report is sent from ends ("KABUL (AP) -"), in tokens; 0 when the paragraph begins with its story. */
function datelineEnd(text: string, sentence: Sentence, drafts: readonly Draft[]): number {
  const first = drafts[0]
  if (!first) return 0
  const place = first.first <= 1 && (first.states[0]?.form === 'capital' || first.states[0]?.form === 'name' || first.entity?.kind === 'place') && first.office === null && first.noun === null && first.people.length === 0
  // A desk may stand for the place, when the agency stands behind it in brackets.
  const agency = drafts.find((draft) => draft.entity?.kind === 'medium' && draft.last < MAX_DATELINE && sentence.tokens[draft.first - 1]?.norm === '(' && sentence.tokens[draft.last]?.norm === ')')
  if (!place && !agency) return 0
  // "PLACE - date (agency) -": the mark behind the agency closes the line.
  const behind = agency ? sentence.tokens[agency.last + 1] : undefined
  if (place && agency && behind?.kind === 'punct' && SENT_FROM.test(behind.norm)) return agency.last + 1
  for (let i = place ? first.last : 0; i < Math.min(sentence.tokens.length, MAX_DATELINE); i++) {
    const token = sentence.tokens[i]
    if (!token) return 0
    if (token.kind === 'punct' && SENT_FROM.test(text.slice(token.start, token.end)) && (text[token.start - 1] === ' ' || token.norm === ':' || text.slice(token.start - 2, token.start) === ').' || text[token.start - 1] === ')')) return i
    const word = text.slice(token.start, token.end)
    if (token.kind === 'word' && word === word.toLowerCase() && word !== word.toUpperCase() && !besideNumber(sentence.tokens, i)) return 0
  }
  return 0
}

/** The states a sentence names, by whatever form, in order. */
function statesIn(sentence: Sentence, drafts: readonly Draft[], gazetteer: Gazetteer): { start: number; state: string }[] {
  return drafts.flatMap((draft) => {
    const place = draft.entity?.kind === 'place' ? (gazetteer.places.get(draft.entity.id)?.country ?? null) : null
    const state = draft.states[0]?.id ?? place
    return state === null ? [] : [{ start: sentence.tokens[draft.first]?.start ?? 0, state }]
  })
}

function spanOf(sentence: Sentence, first: number, last: number): Span {
  const from = sentence.tokens[first]
  const to = sentence.tokens[last - 1]
  return [from?.start ?? sentence.span[0], to?.end ?? sentence.span[1]]
}

/** The span of the name alone, clitics left out, when the phrase holds more than the name. */
function namedSpan(sentence: Sentence, draft: Draft): Span | null {
  if (!draft.named || draft.named[0] === draft.first) return null
  return spanOf(sentence, draft.named[0], draft.named[1])
}

function noteStrong(unit: Unit, people: Set<string>, entities: Set<string>): void {
  const candidates = unit.entries.filter((entry) => entry.kind === 'person' && !entry.weak)
  if (candidates.length === 1 && candidates[0]) people.add(candidates[0].id)
  const entry = unit.entries[0]
  if (entry && entry.kind !== 'person' && !entry.weak) entities.add(`${entry.kind}:${entry.id}`)
}

/* A weak surname with the right office and state beside it names its bearer. */
function noteTitled(id: string, draft: Draft, gazetteer: Gazetteer, people: Set<string>): void {
  const terms = gazetteer.termsOfPerson.get(id) ?? []
  if (terms.some((term) => term.office === draft.office && draft.states.some((state) => state.id === term.country))) people.add(id)
}

/* "13 Iraqi(s)": where adjectives follow their noun, one behind a number stands for people. */
function counted(sentence: Sentence, draft: Draft, lexicon: Lexicon): boolean {
  return useOf(draft) === 'adjective' && lexicon.roles?.qualifier === 'after' && sentence.tokens[draft.first - 1]?.kind === 'number'
}

function useOf(draft: Draft): ActorUse {
  if (draft.pronoun) return 'pronoun'
  if (draft.collective) return 'collective'
  const bare = draft.office === null && draft.noun === null && draft.people.length === 0 && draft.entity === null && draft.unknown === null && !draft.counterpart
  if (bare && draft.states.every((state) => state.form === 'adjective')) return 'adjective'
  if (bare && draft.states.every((state) => state.form === 'people')) return 'people'
  if (draft.entity?.kind === 'place' && draft.office === null && draft.noun === null) return 'place'
  return 'full'
}
