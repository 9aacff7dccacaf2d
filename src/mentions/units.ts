/** Names, offices, nouns and pronouns of a sentence, as single units before they are put together into actors. */
import type { NameEntry } from '../knowledge/names.ts'
import type { Token } from '../model/index.ts'
import type { Lexicon, MarkerValue, NameValue } from '../text/lexicon.ts'
import { longestMatches, type PhraseMatch } from '../text/phrases.ts'

export interface Unit {
  /** All entries the words can stand for, best first. */
  readonly entries: readonly NameEntry[]
  readonly first: number
  readonly last: number
  readonly cut: string
}

export interface SentenceUnits {
  readonly units: Unit[]
  readonly markers: readonly PhraseMatch<MarkerValue>[]
  /** Marker that begins at a token, the longest. */
  readonly markerAt: ReadonlyMap<number, PhraseMatch<MarkerValue>>
  /** Whether a token is covered by a name or a marker, or begins a concept: asked of few, so concepts are looked up when it is. */
  readonly known: (index: number) => boolean
}

const ORDER: Readonly<Record<NameEntry['kind'], number>> = { person: 0, state: 1, group: 2, organisation: 3, office: 4, medium: 5, place: 6, noun: 7 }

const never = (): boolean => false

/** Finds the units of a sentence. One pass; longer names win, then the order of kinds. */
export function findUnits(text: string, tokens: readonly Token[], lexicon: Lexicon): SentenceUnits {
  const found: PhraseMatch<NameValue>[] = []
  const markers: PhraseMatch<MarkerValue>[] = []
  const covered = new Set<number>()
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]
    if (!token || token.kind === 'punct') {
      if (token) markers.push(...lexicon.markers.matchesAt(tokens, i, never))
      continue
    }
    for (const match of lexicon.names.matchesAt(tokens, i, never)) if (lettersFit(text, tokens, match) && tailFree(tokens, match, lexicon)) found.push(match)
    markers.push(...lexicon.markers.matchesAt(tokens, i, never))
  }
  // Where words are not parted, a name that begins inside a set phrase and goes on behind it shows that the phrase was none.
  const idioms = markers.filter((marker) => marker.value.kind === 'idiom' && (lexicon.settings.tokens === 'words' || !found.some((match) => match.start > marker.start && match.start < marker.end && match.end > marker.end)))
  const masked = new Set<number>()
  for (const marker of idioms) for (let i = marker.start; i < marker.end; i++) masked.add(i)
  const units: Unit[] = []
  for (const best of longestMatches(found.filter((match) => !idioms.some((idiom) => match.start >= idiom.start && match.end <= idiom.end && match.end - match.start < idiom.end - idiom.start)))) {
    const same = found.filter((match) => match.start === best.start && match.end === best.end).sort((a, b) => a.value.rank - b.value.rank)
    const strongest = Math.min(...same.map((match) => match.cut.length))
    const nearest = same.filter((match) => match.cut.length === strongest)
    // A bare surname that is a people's name with an article as well: the other reading stays for where nobody of that name is meant.
    const others = nearest.every((match) => match.value.entry.kind === 'person' && match.value.entry.weak) ? same.filter((match) => match.value.entry.kind === 'state' && !match.value.entry.weak && !nearest.includes(match)) : []
    const entries = nearest.map((match) => match.value.entry).sort((a, b) => Number(a.weak) - Number(b.weak) || ORDER[a.kind] - ORDER[b.kind] || likeness(b, tokens, best, lexicon) - likeness(a, tokens, best, lexicon)).concat(others.map((match) => match.value.entry))
    const first = entries[0]
    if (!first) continue
    const chosen = entries.filter((entry, index) => entries.findIndex((other) => other.kind === entry.kind && other.id === entry.id && other.form === entry.form) === index)
    units.push({ entries: chosen, first: best.start, last: best.end, cut: same.find((match) => match.cut.length === strongest)?.cut ?? best.cut })
  }
  const markerAt = new Map<number, PhraseMatch<MarkerValue>>()
  for (const match of markers) {
    if (masked.has(match.start)) continue
    const other = markerAt.get(match.start)
    if (!other || match.end > other.end) markerAt.set(match.start, match)
  }
  for (const unit of units) for (let i = unit.first; i < unit.last; i++) covered.add(i)
  for (const match of markers) for (let i = match.start; i < match.end; i++) covered.add(i)
  const known = (i: number): boolean => covered.has(i) || (i < tokens.length && tokens[i]?.kind !== 'punct' && lexicon.concepts.beginsAt(tokens, i, never))
  settleShort(units, known, markerAt)
  return { units, markers, markerAt, known }
}

const isShort = (unit: Unit | undefined): boolean => unit?.entries[0]?.kind === 'state' && unit.entries[0].form === 'short'

/* A one-letter name that is an everyday word as well counts only in a row with others, before something known ("X Y ministers"). */
function settleShort(units: Unit[], known: (index: number) => boolean, markerAt: ReadonlyMap<number, PhraseMatch<MarkerValue>>): void {
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]
    const entry = unit?.entries[0]
    if (!unit || !entry?.weak || !isShort(unit)) continue
    let to = i
    while (isShort(units[to + 1]) && units[to + 1]?.first === units[to]?.last) to++
    const row = isShort(units[i - 1]) && units[i - 1]?.last === unit.first
    const end = units[to]?.last ?? unit.last
    const marker = markerAt.get(end)?.value.kind
    if ((row || to > i) && known(end) && (marker === undefined || marker === 'collective' || marker === 'light' || marker === 'future')) units[i] = { ...unit, entries: [{ ...entry, weak: false }] }
    else units.splice(i--, 1)
  }
}

/*
 * Of entries that endings or clitics make fit alike, the one written most as in the text is meant: singular and plural, person and namesake,
 * and of two states whose names differ by an ending the one that shares more letters with the word.
 */
function likeness(entry: NameEntry, tokens: readonly Token[], match: PhraseMatch<NameValue>, lexicon: Lexicon): number {
  let same = 0
  wordsOf(entry, lexicon).forEach((word, i) => {
    const norm = tokens[match.start + i]?.norm ?? ''
    if (norm === word || (i === 0 && norm === `${match.cut}${word}`)) same++
    else if (entry.kind === 'state') same += nearness(word, norm.slice(i === 0 ? match.cut.length : 0))
  })
  return same
}

/** The words of names met before: the same few names stand in most texts. */
const wordsOfNames = new WeakMap<NameEntry, readonly string[]>()

function wordsOf(entry: NameEntry, lexicon: Lexicon): readonly string[] {
  const known = wordsOfNames.get(entry)
  if (known) return known
  const words = lexicon.tokenizer.tokenize(entry.text, 0, entry.text.length).map(({ norm }) => norm)
  wordsOfNames.set(entry, words)
  return words
}

/** Below 1: the letters a name's word and the word written begin with in common; of names that share as many, the shorter one is nearer. */
function nearness(name: string, written: string): number {
  const most = Math.min(name.length, written.length)
  let common = 0
  while (common < most && name[common] === written[common]) common++
  return (common + 1 / (1 + name.length)) / (written.length + 1)
}

/* No pronoun and no mark of the future is written on to a proper name: a word that would be one with such a part cut off is another word. */
function tailFree(tokens: readonly Token[], match: PhraseMatch<NameValue>, lexicon: Lexicon): boolean {
  const { entry } = match.value
  if (lexicon.roles?.futureCuts.includes(match.cut)) return false
  if (match.loose === 0 || entry.kind === 'office' || entry.kind === 'noun' || !lexicon.settings.clitics?.tails?.length) return true
  const last = wordsOf(entry, lexicon).at(-1)
  const token = tokens[match.end - 1]
  return last === undefined || token === undefined || token.norm.endsWith(last) || token.alternatives.includes(last)
}

function lettersFit(text: string, tokens: readonly Token[], match: PhraseMatch<NameValue>): boolean {
  const { letters } = match.value
  if (letters === '') return true
  const first = tokens[match.start]
  if (!first) return false
  const word = text.slice(first.start, first.end)
  const initial = word[0] ?? ''
  if (initial === initial.toLowerCase()) return false
  if (letters === 'capital') return true
  for (let i = match.start; i < match.end; i++) {
    const token = tokens[i]
    if (token?.kind === 'word') {
      const surface = text.slice(token.start, token.end)
      if (surface !== surface.toUpperCase()) return false
    }
  }
  return true
}
