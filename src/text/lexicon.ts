/** Turning a language's tables into phrase books: names, wordings of concepts, markers. */
import type { LanguageSettings, IrregularVerb } from '../knowledge/language.ts'
import type { NameEntry } from '../knowledge/names.ts'
import type { RoleSettings, Role } from '../knowledge/roles.ts'
import type { Wording } from '../knowledge/wordings.ts'
import { compilePattern, type PatternSettings, plainStep, type Step } from './patterns.ts'
import { PhraseBook } from './phrases.ts'
import { createSplitter } from './sentences.ts'
import { lookupForms, type Tokenizer } from './tokenize.ts'

/** A name as it is looked up: the entry and what its letters demand of the text's. */
export interface NameValue {
  readonly entry: NameEntry
  /** `upper`: all capitals; `capital`: first letter capital; '' anything. */
  readonly letters: 'upper' | 'capital' | ''
  /** Place in the tables: names are taken apart as they are met, which must not decide between them. */
  readonly rank: number
}

/** What a word or phrase of `roles.yaml` does. */
export type MarkerKind = 'role' | 'post' | 'joiner' | 'article' | 'determiner' | 'closer' | 'resumer' | 'via' | 'thing' | 'quantifier' | 'that' | 'to' | 'relative' | 'subordinate' | 'clause' | 'negation' | 'absence' | 'exceptive' | 'not-purpose' | 'future'
  | 'hypothetical' | 'reported-future' | 'conditional' | 'conditional-opener' | 'headline-future' | 'unreal' | 'factual' | 'ongoing' | 'past' | 'passive' | 'light' | 'pronoun' | 'self' | 'collective' | 'counterpart' | 'posted' | 'belonging' | 'reciprocal' | 'source' | 'unnamed' | 'background' | 'idiom'
export interface MarkerValue {
  readonly kind: MarkerKind
  readonly role: Role | null
  readonly gender: 'm' | 'f' | 'n' | ''
  readonly number: 's' | 'p'
}

/** All engines of one language, compiled once. */
export interface Lexicon {
  readonly language: string
  readonly settings: LanguageSettings
  readonly roles: RoleSettings | null
  readonly tokenizer: Tokenizer
  readonly split: ReturnType<typeof createSplitter>
  readonly names: PhraseBook<NameValue>
  readonly concepts: PhraseBook<string>
  readonly contexts: PhraseBook<string>
  readonly markers: PhraseBook<MarkerValue>
  /** Folded words of all names of a person, weak ones left out: what initials may stand for. */
  readonly wordsOf: (person: string) => readonly string[]
  /** How names that no table knows are told, compiled. */
  /** Words a noun ends in that nothing can belong to, and words with an article; null where the forms do not tell. */
  readonly unbound: { readonly noun: RegExp; readonly definite: RegExp } | null
  readonly unknownNames: { readonly most: number; readonly particles: ReadonlySet<string>; readonly not: RegExp | null; /** Words that end a name written without spaces. */ readonly ends: RegExp | null }
}

export interface LanguageTables {
  readonly code: string
  readonly settings: LanguageSettings
  readonly irregular: readonly IrregularVerb[]
  readonly tokenizer: Tokenizer
  readonly names: readonly NameEntry[]
  readonly roles: RoleSettings | null
  readonly wordings: readonly Wording[]
  readonly contexts: readonly Wording[]
}

/** Compiles the tables of a language. Throws Error naming the table and line of a pattern that cannot be compiled. */
export function compileLexicon(tables: LanguageTables): Lexicon {
  const { settings, tokenizer } = tables
  const words = (text: string): string[] => tokenizer.tokenize(text, 0, text.length).map((token) => token.norm)
  const irregular = new Map<string, { form: string; label: string }[]>()
  for (const verb of tables.irregular) {
    irregular.set(verb.base, [...verb.past.map((form) => ({ form, label: 'past' })), ...verb.participle.map((form) => ({ form, label: 'part' }))])
  }
  const inflecting: PatternSettings = { fold: tokenizer.fold, classes: settings.classes, irregular, words, variants: (word) => lookupForms(word, settings), parts: new Map(), groups: new Map() }
  const exact: PatternSettings = { ...inflecting, variants: () => [], parts: new Map(), groups: new Map() }
  const waiting: (NameEntry | null)[] = [...tables.names]
  const letters = (entry: NameEntry): NameValue['letters'] => (settings.case ? lettersOf(entry.text) : '')
  const names = new PhraseBook<NameValue>((rank) => {
    const entry = waiting[rank]
    if (!entry) return null
    waiting[rank] = null
    const value = { entry, letters: letters(entry), rank }
    return { steps: compilePlain(entry.text, value.letters === 'upper' ? exact : inflecting), value }
  })
  for (const [rank, entry] of tables.names.entries()) {
    const [first] = words(/^\S*/u.exec(entry.text)?.[0] ?? '')
    if (first !== undefined) names.addLater([first, ...(letters(entry) === 'upper' ? exact : inflecting).variants(first)], rank)
  }
  const concepts = new PhraseBook<string>()
  for (const wording of tables.wordings) addPattern(concepts, wording, wording.concept, inflecting)
  const contexts = new PhraseBook<string>()
  for (const wording of tables.contexts) addPattern(contexts, wording, wording.concept, inflecting)
  const markers = new PhraseBook<MarkerValue>()
  if (tables.roles) addMarkers(markers, tables.roles, `${tables.code}/roles.yaml`, exact)
  let fullNames: Map<string, string[]> | null = null
  const wordsOf = (person: string): readonly string[] => {
    // Made when the first initials are met: most texts have none.
    fullNames ??= tables.names.reduce((all, { kind, id, text, weak }) => (kind === 'person' && !weak && /\s/u.test(text) ? all.set(id, [...(all.get(id) ?? []), ...words(text)]) : all), new Map<string, string[]>())
    return fullNames.get(person) ?? []
  }
  // Names are taken apart later; they have no parts.
  for (const book of [concepts, contexts, markers]) book.seal()
  for (const { parts, groups } of [inflecting, exact]) {
    parts.clear()
    groups.clear()
  }
  return {
    language: tables.code, settings, roles: tables.roles, tokenizer, names, concepts, contexts, markers, wordsOf,
    unbound: tables.roles?.agreement ? { noun: new RegExp(tables.roles.agreement.unbound, 'u'), definite: new RegExp(tables.roles.agreement.definite, 'u') } : null,
    unknownNames: { most: settings.unknownNames.most, particles: new Set(settings.unknownNames.particles.map(tokenizer.fold)), not: settings.unknownNames.not === '' ? null : new RegExp(settings.unknownNames.not, 'u'), ends: settings.unknownNames.ends === '' ? null : new RegExp(`^(?:${settings.unknownNames.ends})`, 'u') },
    split: createSplitter({ ...settings.sentences, quotes: settings.quotes, spaced: settings.tokens === 'words', gaps: settings.sentences.gaps }),
  }
}

function lettersOf(text: string): NameValue['letters'] {
  // One small letter is enough to say that it is no word of capitals.
  const letters = /[a-z]/u.test(text) ? /\p{L}/u.exec(text)?.[0] ?? '' : text.replace(/[^\p{L}]/gu, '')
  if (letters.length >= 2 && letters.length <= 6 && letters === letters.toUpperCase() && letters !== letters.toLowerCase()) return 'upper'
  const first = letters[0] ?? ''
  return first !== first.toLowerCase() ? 'capital' : ''
}

/* A name is plain words: characters that mean something in patterns stand for themselves. */
function compilePlain(text: string, settings: PatternSettings): Step[] {
  return settings.words(text).map((word) => plainStep(word, settings.variants(word)))
}

function addPattern<T>(book: PhraseBook<T>, wording: Pick<Wording, 'pattern' | 'place'>, value: T, settings: PatternSettings): void {
  try {
    for (const steps of compilePattern(wording.pattern, settings)) book.add(steps, value)
  } catch (error) {
    throw new Error(`${wording.place}: pattern '${wording.pattern}': ${error instanceof Error ? error.message : String(error)}`)
  }
}

function addMarkers(book: PhraseBook<MarkerValue>, roles: RoleSettings, place: string, settings: PatternSettings): void {
  const add = (patterns: readonly string[] | undefined, kind: MarkerKind, more: Partial<MarkerValue> = {}): void => {
    for (const pattern of patterns ?? []) addPattern(book, { pattern, place }, { kind, role: null, gender: '', number: 's', ...more }, settings)
  }
  for (const [role, list] of Object.entries(roles.markers)) add(list, 'role', { role: role as Role })
  for (const [role, list] of Object.entries(roles.postMarkers)) add(list, 'post', { role: role as Role })
  const plain: readonly (readonly [keyof RoleSettings, MarkerKind])[] = [
    ['joiners', 'joiner'], ['articles', 'article'], ['determiners', 'determiner'], ['closers', 'closer'], ['resumers', 'resumer'], ['via', 'via'], ['things', 'thing'], ['quantifiers', 'quantifier'], ['that', 'that'], ['to', 'to'], ['relative', 'relative'], ['subordinate', 'subordinate'], ['clauseJoiners', 'clause'],
    ['negation', 'negation'], ['absence', 'absence'], ['exceptive', 'exceptive'], ['future', 'future'], ['hypothetical', 'hypothetical'], ['conditional', 'conditional'], ['conditionalOpeners', 'conditional-opener'], ['headlineFuture', 'headline-future'], ['factual', 'factual'], ['ongoing', 'ongoing'], ['past', 'past'],
    ['reportedFuture', 'reported-future'], ['unreal', 'unreal'], ['passive', 'passive'], ['lightVerbs', 'light'], ['selves', 'self'], ['collectiveStates', 'collective'], ['collective', 'collective'], ['counterpart', 'counterpart'], ['posted', 'posted'], ['belonging', 'belonging'], ['reciprocal', 'reciprocal'], ['sources', 'source'], ['unnamed', 'unnamed'], ['background', 'background'], ['notPurpose', 'not-purpose'], ['idioms', 'idiom'],
  ]
  for (const [key, kind] of plain) add(roles[key] as readonly string[], kind, key === 'collectiveStates' ? { gender: 'n' } : {})
  for (const pronoun of roles.pronouns) add(pronoun.words, 'pronoun', { gender: pronoun.gender, number: pronoun.number })
}
