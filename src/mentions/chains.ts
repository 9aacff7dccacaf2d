/** Putting units together into actor phrases: "the Russian foreign minister, Sergei Lavrov". Language-neutral; order and glue come from tables. */
import type { NameEntry } from '../knowledge/names.ts'
import type { Token } from '../model/index.ts'
import type { Lexicon } from '../text/lexicon.ts'
import type { SentenceUnits, Unit } from './units.ts'

export interface Draft {
  readonly first: number
  readonly last: number
  readonly cut: string
  /** States that qualify the phrase or are it, with the form they came in. */
  readonly states: readonly { readonly id: string; readonly form: NameEntry['form']; readonly weak: boolean }[]
  readonly office: string | null
  readonly officeGender: 'm' | 'f' | ''
  readonly plural: boolean
  readonly noun: NameEntry | null
  readonly people: readonly NameEntry[]
  readonly entity: NameEntry | null
  /** Whom a spokesman or envoy stands for. */
  readonly principal: readonly NameEntry[]
  /** Token range of a name the gazetteer does not know. */
  readonly unknown: readonly [number, number] | null
  /** Token range of the person's name inside the phrase. */
  readonly named: readonly [number, number] | null
  readonly pronoun: { readonly gender: 'm' | 'f' | 'n' | ''; readonly number: 's' | 'p' } | null
  readonly collective: boolean
  /** "the two countries", not their leaders. */
  readonly ofStates: boolean
  readonly counterpart: boolean
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
const MAX_GLUE = 3
const COMMA = /^[,،，]$/u
/** A quotation mark before a name. */
const OPENING = /^["«„“]$/u
/** Marks inside a name: a hyphen, the dot between the parts of a foreign name. */
const JOINED = /^[-·‐]$/u

/** Who of those a name can stand for may be meant, beside an office and states; [] when it is no name here. */
export type Accept = (entries: readonly NameEntry[], office: string | null, states: readonly string[]) => readonly NameEntry[]

/** Builds the actor phrases of a sentence, in order, not overlapping. */
export function buildDrafts(text: string, tokens: readonly Token[], found: SentenceUnits, lexicon: Lexicon, accept: Accept): Draft[] {
  const drafts: Draft[] = []
  const starts = new Map(found.units.map((unit) => [unit.first, unit]))
  let i = 0
  while (i < tokens.length) {
    const unit = starts.get(i)
    const marker = found.markerAt.get(i)
    if (marker && (marker.value.kind === 'collective' || marker.value.kind === 'pronoun' || marker.value.kind === 'counterpart') && (!unit || marker.end > unit.last || (marker.value.kind === 'collective' && marker.end === unit.last && unit.entries[0]?.kind === 'noun'))) {
      const draft = start(marker.start, marker.end, marker.cut)
      if (marker.value.kind === 'collective') {
        draft.collective = true
        draft.ofStates = marker.value.gender === 'n'
      }
      else if (marker.value.kind === 'counterpart') draft.counterpart = true
      else draft.pronoun = { gender: marker.value.gender, number: marker.value.number }
      i = draft.collective || draft.counterpart ? extend(draft, text, tokens, found, starts, lexicon, accept) : marker.end
      drafts.push(draft)
      continue
    }
    if (!unit) { i++; continue }
    const meant = meantBy(unit, accept, null, [])
    if (meant === null || meant.entries[0]?.form === 'tail') { i = unit.last; continue }
    const draft = start(unit.first, unit.last, unit.cut)
    take(draft, meant)
    i = extend(draft, text, tokens, found, starts, lexicon, accept)
    drafts.push(draft)
  }
  return drafts
}

/* A unit as it is meant here: a surname that nobody meant bears may be the name of a people; null where it is no name. */
function meantBy(unit: Unit, accept: Accept, office: string | null, states: readonly string[]): Unit | null {
  if (unit.entries[0]?.kind !== 'person') return unit
  const others = unit.entries.filter((entry) => entry.kind === 'state' && !entry.weak)
  const people = others.length > 0 ? unit.entries.filter((entry) => entry.kind === 'person') : unit.entries
  if (accept(people, office, states).length > 0) return unit
  return others.length > 0 ? { ...unit, entries: others } : null
}

function start(first: number, last: number, cut: string): Mutable<Draft> {
  return { first, last, cut, states: [], office: null, officeGender: '', plural: false, noun: null, people: [], entity: null, principal: [], unknown: null, named: null, pronoun: null, collective: false, ofStates: false, counterpart: false }
}

function take(draft: Mutable<Draft>, unit: Unit): void {
  const entry = unit.entries[0]
  if (!entry) return
  draft.last = Math.max(draft.last, unit.last)
  if (entry.kind === 'state') draft.states = [...draft.states, { id: entry.id, form: entry.form, weak: entry.weak }]
  else if (entry.kind === 'office') {
    draft.office = entry.id
    draft.officeGender = entry.gender
    draft.plural ||= entry.number === 'p'
  } else if (entry.kind === 'noun') draft.noun = entry
  else if (entry.kind === 'person') {
    draft.people = unit.entries.filter((other) => other.kind === 'person')
    draft.named = [unit.first, unit.last]
  } else draft.entity = entry
}

/** Adds following units as long as they belong to the phrase; returns the index after it. */
function extend(draft: Mutable<Draft>, text: string, tokens: readonly Token[], found: SentenceUnits, starts: ReadonlyMap<number, Unit>, lexicon: Lexicon, accept: Accept): number {
  for (;;) {
    const next = nextUnit(draft, tokens, found, starts, lexicon, accept)
    if (!next) break
    if (next.joined) {
      draft.states = [...draft.states, ...next.unit.entries.slice(0, 1).map((entry) => ({ id: entry.id, form: entry.form, weak: entry.weak }))]
      draft.last = next.unit.last
    } else if (next.principal) {
      draft.principal = next.unit.entries.filter((entry) => entry.kind === 'person')
      draft.last = next.unit.last
    } else take(draft, next.unit)
  }
  if (draft.people.length === 0 && draft.entity === null && !draft.counterpart && !draft.plural && (draft.office !== null || (draft.noun?.form === 'person' && (lexicon.settings.case || draft.states.length > 0)))) {
    const name = unknownName(draft.last, text, tokens, found, starts, lexicon)
    if (name) {
      draft.unknown = name
      draft.named = name
      draft.last = name[1]
    }
  }
  return draft.last
}

interface Next { readonly unit: Unit; readonly joined: boolean; readonly principal: boolean }

function nextUnit(draft: Draft, tokens: readonly Token[], found: SentenceUnits, starts: ReadonlyMap<number, Unit>, lexicon: Lexicon, accept: Accept): Next | null {
  let comma = false
  let of = false
  let owned = false
  let behalf = false
  let joiner = false
  let glued = false
  let strange = 0
  for (let i = draft.last, steps = 0; i < tokens.length && steps <= MAX_GLUE; steps++) {
    const named = starts.get(i)
    if (named) {
      const unit = meantBy(named, accept, draft.office, of || behalf ? [] : draft.states.map((state) => state.id))
      const entry = unit?.entries[0]
      if (!unit || !entry) return null
      const clitic = unit.cut !== '' && !joiner
      if (clitic) {
        const role = lexicon.roles?.cutMarkers[unit.cut]
        if (role !== undefined && role !== 'of' && !(role === 'beneficiary' && entry.kind === 'organisation' && i === draft.last && draft.office !== null && draft.states.length === 0 && draft.entity === null)) return null
        if (isJoiner(unit.cut, lexicon)) joiner = true
      }
      // One-letter names of states are joined by being written together.
      if (i === draft.last && entry.kind === 'state' && entry.form === 'short' && draft.states.at(-1)?.form === 'short') joiner = true
      return fits(draft, entry, { comma, of, owned, behalf, joiner, glued, strange, unit }, lexicon, starts, found) ? { unit, joined: joiner && entry.kind === 'state', principal: (of || behalf) && entry.kind === 'person' } : null
    }
    const token = tokens[i]
    const longest = found.markerAt.get(i)
    // "of the": what leads to a verb elsewhere may hide the word that says whose something is.
    const marker = longest?.value.kind === 'to' ? (found.markers.find((other) => other.start === i && other.value.role === 'of') ?? longest) : longest
    const posted = found.markers.find((other) => other.value.kind === 'posted' && other.start === i)
    if (!token) return null
    if (marker && marker.value.role === 'beneficiary' && draft.office !== null && !joiner && !comma && !of) {
      behalf = true
      i = marker.end
    } else if (marker && (marker.value.kind === 'article' || (marker.value.role === 'of' && !joiner))) {
      if (marker.value.role === 'of') [of, owned] = [true, marker.value.kind === 'post']
      else glued = true
      i = marker.end
    } else if (marker && marker.value.role === 'source' && !comma && !joiner && !of && comesFrom(draft, tokens, starts.get(marker.end))) {
      of = true
      i = marker.end
    } else if (posted && starts.get(posted.end) && i === draft.last && draft.states.length === 1 && draft.office === null && draft.noun === null) {
      i = starts.get(posted.end)?.last ?? posted.end
    } else if (marker?.value.kind === 'joiner' && !comma && !of) {
      joiner = true
      i = marker.end
    } else if (token.kind === 'punct' && COMMA.test(token.norm) && !comma && !joiner && !of) {
      comma = true
      i++
    } else if (token.kind === 'punct' && token.norm === '-' && !comma && token.start === tokens[i - 1]?.end && token.end === tokens[i + 1]?.start) i++
    // "militants of «X»": a group's name may stand in quotation marks behind its noun.
    else if (token.kind === 'punct' && OPENING.test(token.norm) && !comma && !joiner && draft.noun !== null && starts.get(i + 1)?.entries[0]?.kind === 'group') i++
    else if (!marker && token.kind === 'word' && strange === 0 && !comma && !joiner && !of && !found.known(i) && !endsPhrase(tokens[draft.last - 1], token, lexicon)) {
      strange++
      i++
    } else return null
  }
  return null
}

/* "protesters [burned] the … flag": a noun with an article is no part of a phrase whose form says that nothing belongs to it. */
const endsPhrase = (noun: Token | undefined, next: Token, { unbound }: Lexicon): boolean => unbound !== null && noun !== undefined && unbound.noun.test(noun.norm) && !unbound.definite.test(noun.norm) && unbound.definite.test(next.norm)

/* "armed men from X": people of that state, where the tree hangs it on them; troops may as well be withdrawn from there. */
function comesFrom(draft: Draft, tokens: readonly Token[], next: Unit | undefined): boolean {
  const { noun } = draft
  const head = next ? (tokens[next.last - 1]?.head ?? -1) : -1
  return noun !== null && noun.form !== 'body' && noun.id !== 'MIL' && next?.entries[0]?.kind === 'state' && head >= draft.first && head < draft.last
}

const isJoiner = (cut: string, lexicon: Lexicon): boolean => lexicon.settings.clitics?.layers[0]?.some((clitic) => cut === clitic || cut.startsWith(clitic)) === true

interface Between { readonly behalf: boolean; readonly comma: boolean; readonly of: boolean; /** The word between makes what stands before it the owner. */ readonly owned: boolean; readonly joiner: boolean; readonly glued: boolean; readonly strange: number; readonly unit: Unit }

function fits(draft: Draft, entry: NameEntry, between: Between, lexicon: Lexicon, starts: ReadonlyMap<number, Unit>, found: SentenceUnits): boolean {
  const { comma, of, joiner, strange } = between
  const hasHead = draft.office !== null || draft.noun !== null || draft.counterpart
  const qualifier = lexicon.roles?.qualifier ?? 'both'
  if (entry.weak && entry.kind !== 'person' && entry.kind !== 'office') return false
  if (between.behalf && entry.kind !== 'person' && entry.kind !== 'state' && entry.kind !== 'organisation' && entry.kind !== 'group') return false
  if (joiner) {
    // "the Russian and Chinese presidents" / "the presidents, Russian and Chinese": a second state for one plural head.
    if (entry.kind !== 'state' || draft.people.length > 0 || draft.unknown) return false
    if (hasHead) return draft.states.length > 0 && (draft.plural || draft.collective) && !headFollows(between.unit.last, starts, found)
    if (draft.collective) return true
    return draft.states.length > 0 && draft.entity === null && draft.states.every((state) => state.form === entry.form) && (entry.form === 'adjective' || entry.form === 'short') && qualifier !== 'after' && headFollows(between.unit.last, starts, found)
  }
  switch (entry.kind) {
    case 'state':
      if (draft.collective) return !comma && strange === 0
      if (!hasHead || draft.states.length > 0 || comma || draft.people.length > 0) return false
      if (qualifier === 'before') return (of && !between.owned) || between.behalf
      // "drones [to the] Russian army": where qualifiers stand on either side, one right before another noun is that one's.
      if (qualifier === 'both' && entry.form === 'adjective' && !of && headFollows(between.unit.last, starts, found)) return false
      return entry.form === 'adjective' || of || strange === 0
    case 'office':
      // "minister + Russian + of foreign affairs": the rest of an office whose state stands inside it.
      if (entry.form === 'tail') return draft.office !== null && draft.states.length > 0 && draft.people.length === 0 && !comma && strange === 0
      if (draft.collective || draft.entity?.kind === 'medium') return false
      if (draft.people.length > 0) return (comma || lexicon.roles?.titleAfter === true) && draft.office === null && strange === 0
      // "prime minister [being also] foreign minister", where the name comes last.
      if (draft.office !== null && between.glued && lexicon.roles?.titleAfter === true) return !comma && strange === 0 && !of && draft.states.length > 0
      if (draft.office !== null || draft.noun !== null) return false
      if (of && qualifier !== 'before') return false
      // "in London the Ukrainian president": where qualifiers follow, a state named before an office is somewhere else.
      if (qualifier !== 'before' && draft.states.some((state) => state.form !== 'adjective')) return false
      return !comma && (draft.states.length > 0 || draft.entity !== null)
    case 'noun':
      if (draft.office !== null || draft.noun !== null || draft.people.length > 0 || comma || draft.collective) return false
      if (draft.entity?.kind === 'medium') return false
      // "Iran seized" the tanker: behind the name of a state or a group a noun is another phrase where qualifiers follow.
      if (qualifier !== 'before' && (draft.entity !== null || draft.states.some((state) => state.form !== 'adjective'))) return false
      return (draft.states.length > 0 || draft.entity !== null) && !(of && qualifier === 'before' && draft.states.some((state) => state.form === 'adjective'))
    case 'person':
      // "a spokesman for President X": who is spoken for, not who speaks.
      if ((of || between.behalf) && draft.office !== null && draft.people.length === 0 && !draft.unknown && strange === 0 && draft.states.length === 0) return true
      if (draft.people.length > 0 || draft.unknown || of || strange > 0 || draft.plural || draft.collective) return false
      if (draft.office !== null || draft.noun?.form === 'person' || draft.counterpart) return true
      return !comma && draft.states.length === 1 && draft.states[0]?.form === 'adjective'
    case 'organisation':
    case 'group':
      // "the Egyptian president [asked] the UN": whose office it is is told; what comes after is another phrase.
      if (draft.office !== null && !of && !between.behalf && draft.states.some((state) => state.form === 'adjective')) return false
      return hasHead && draft.entity === null && draft.people.length === 0 && !comma && strange === 0 && (of || between.behalf || qualifier !== 'before')
    default:
      return false
  }
}

/** Whether an office or noun follows at once, so that a joined state belongs to it. */
function headFollows(at: number, starts: ReadonlyMap<number, Unit>, found: SentenceUnits): boolean {
  for (let i = at; i < at + 2; i++) {
    const unit = starts.get(i)
    const entry = unit?.entries[0]
    if (unit && entry?.kind === 'state' && entry.form === 'short') return headFollows(unit.last, starts, found)
    if (unit) return entry?.kind === 'office' || entry?.kind === 'noun'
    const marker = found.markerAt.get(i)
    if (marker) return marker.value.kind === 'collective'
  }
  return false
}

/* The full stop of an initial with a name behind it: "S.Lavrov", "S. Lavrov". */
function beforeName(text: string, tokens: readonly Token[], at: number): boolean {
  const [initial, stop, next] = [tokens[at - 1], tokens[at], tokens[at + 1]]
  return initial !== undefined && next?.kind === 'word' && stop !== undefined && (stop.end === next.start ? /^\p{Lu}\p{Ll}?$/u : /^\p{Lu}$/u).test(text.slice(initial.start, initial.end)) && next.start - stop.end <= 1 && /^\p{Lu}/u.test(text.slice(next.start, next.end))
}

/** How far a word that ends a name is looked for, in characters. */
const LONGEST_END = 4

/** A run of words right after an office that no table knows: capitals where the script has them, else a few words before something known. */
function unknownName(at: number, text: string, tokens: readonly Token[], found: SentenceUnits, starts: ReadonlyMap<number, Unit>, lexicon: Lexicon): readonly [number, number] | null {
  let from = at
  const comma = tokens[from]
  if (comma?.kind === 'punct' && COMMA.test(comma.norm)) from++
  const { case: cased, tokens: unit } = lexicon.settings
  const { most, particles, not, ends } = lexicon.unknownNames
  // Where words are not parted, an adverb right behind a name would be read into it.
  const isEnd = (token: Token): boolean => ends?.test(text.slice(token.start, token.start + LONGEST_END)) === true
  let to = from
  let counted = 0
  for (; to < tokens.length && counted < most; to++) {
    const token = tokens[to]
    if (!token || starts.has(to)) break
    const word = text.slice(token.start, token.end)
    if (token.kind === 'punct') {
      if ((JOINED.test(word) || (word === '.' && beforeName(text, tokens, to))) && to > from) continue
      break
    }
    if (token.kind !== 'word' || isEnd(token)) break
    const particle = particles.has(token.norm)
    const initial = word[0] ?? ''
    if (!particle && ((cased ? initial === initial.toLowerCase() : found.known(to)) || not?.test(word) === true)) break
    if (!particle) counted++
  }
  while (to > from && (tokens[to - 1]?.kind === 'punct' || particles.has(tokens[to - 1]?.norm ?? ''))) to--
  if (counted === 0 || to <= from) return null
  if (cased) return counted >= 2 || from === at ? [from, to] : null
  // Where letters tell nothing, the name must be closed by something known and have the length of a name.
  const after = tokens[to]
  const closed = !after || after.kind === 'punct' || after.kind === 'number' || found.known(to) || isEnd(after) || (unit === 'words' && not?.test(text.slice(after.start, after.end)) === true)
  return closed && counted >= 2 ? [from, to] : null
}
