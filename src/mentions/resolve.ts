/** From actor phrases to actors: who is meant, over the whole article. */
import { covers, type Gazetteer, type Person, type Term } from '../knowledge/gazetteer.ts'
import type { NameEntry } from '../knowledge/names.ts'
import type { Actor, Span } from '../model/index.ts'
import type { Draft } from './chains.ts'

/** Offices whose word alone ("the president") points at the last holder named. */
export interface ResolveContext {
  readonly gazetteer: Gazetteer
  /** EDTF date the article speaks from, null when unknown. */
  readonly when: string | null
  readonly text: string
  /** Canonical form of a name written in the text, for ids of the unknown. */
  readonly fold: (word: string) => string
  /** State ids of `gender: n` pronouns and the like never resolve to people. */
  readonly strongPeople: ReadonlySet<string>
  /** The offices the article names people in, by person. */
  readonly titles: ReadonlyMap<string, ReadonlySet<string>>
  readonly strongEntities: ReadonlySet<string>
  /** States and bodies are spoken of by the pronouns of people: the language has none for things. */
  readonly gendered: boolean
}

/** What an article is about, by the states it names. */
export interface Story {
  readonly named: ReadonlyMap<string, number>
  readonly parties: readonly [string, string] | null
}

/** Sectors of a state: their bearers belong to the state spoken of when no other is named. */
/** Codes of organisations that stand in the place of a sector for forces of theirs. */
const FORCES_OF = new Set(['UNO', 'IGO', 'EUR'])

const OF_STATE = new Set(['GOV', 'MIL', 'COP', 'JUD', 'LEG', 'SPY'])

/** Id of an office whose state is not known yet. */
const NOBODYS = 'office:?/'

/** "The opposition" is one by itself; any other body without a state is some bank, court or union. */
const OPPOSITION = 'OPP'

interface Known { readonly actor: Actor; readonly gender: 'm' | 'f' | 'n' | ''; readonly office: string | null; readonly subject: boolean; readonly sentence: number; /** A town where something is held, which says nothing of who takes part. */ readonly venue: boolean; /** The word of a body named with its state ("foreign ministry"). */ readonly body: string | null; /** Whether it speaks for a state. */ readonly official: boolean }

/** How many sentences back the two spoken of may have been named. */
const RECENT = 3

/** How many actors back two people may be named for "they" to mean them. */
const NEAR = 4

/** Of several offices held at once the one that speaks for the state. */
const RANK = ['head-of-state', 'head-of-government', 'supreme-leader', 'foreign-minister', 'secretary-general']

function highest(terms: readonly Term[]): Term | null {
  const rank = (term: Term): number => (RANK.includes(term.office) ? RANK.indexOf(term.office) : RANK.length)
  return [...terms].sort((a, b) => rank(a) - rank(b))[0] ?? null
}

/** Resolves drafts in reading order; remembers who was named, for pronouns, bare offices and "the two leaders". */
export class Resolver {
  readonly #context: ResolveContext
  readonly #seen: Known[] = []
  /** The two last spoken of as two, and where. */
  #pair: { readonly states: readonly string[]; readonly sentence: number } | null = null
  /** How often each state was spoken of so far. */
  readonly #told = new Map<string, number>()
  readonly #unknown = new Map<string, Actor>()

  constructor(context: ResolveContext) {
    this.#context = context
  }

  /** The state a report is sent from, for those named without one; set by the caller. */
  home: string | null = null
  /** The states named in the sentence, by where they stand; set by the caller. */
  around: readonly { readonly start: number; readonly state: string }[] = []

  /** The sentence read, and whether nobody was named in it yet; set by the caller. */
  sentence = 0
  opening = false

  /** The pronoun that owns the next noun ("his ministry"); set by the caller. */
  owner: Draft['pronoun'] = null

  /** Whether the words stand as the subject of a verb; set by the caller, who has the tree. */
  isSubject = false

  /** Who says what the words are the subject of ("X said he …"); set by the caller, who has the tree. */
  speakers: readonly Actor[] = []

  /** The state the noun is in ("the junta in X"); set by the caller, who has the tree. */
  seat: string | null = null

  /** Whether the words name the town where something is held; set by the caller, who knows the markers. */
  venue = false

  /** The states of those who address "both sides" ("X urged the two countries"): they are none of the two; set by the caller, who knows the wordings. */
  apart: ReadonlySet<string> = new Set()

  /** In how many sentences of the article each state is named, and the two it is about, where it is about two; set by the caller, who has read ahead. */
  story: Story = { named: new Map(), parties: null }

  /** Whether the state of the actors given last was taken from what stands around. */
  inferred = false

  /** The actors of a draft; [] when the words name nobody. */
  resolve(draft: Draft, span: Span): Actor[] {
    this.inferred = false
    const actors = this.#find(draft, span).map((actor) => this.#placed(actor, draft, span)).filter((actor) => !actor.id.startsWith(NOBODYS))
    for (const actor of actors) this.#remember(actor, draft)
    return actors
  }

  /* "the government", "Vice-President X": of the state named before in the sentence, else after, else the report's own. */
  #placed(actor: Actor, draft: Draft, span: Span): Actor {
    if (actor.country !== null || actor.sector === null || !OF_STATE.has(actor.sector) || draft.pronoun || draft.collective) return actor
    if (!/^(?:name|noun|office):/u.test(actor.id)) return actor
    const owner = this.owner === null ? undefined : this.#pronoun(this.owner, span)[0]?.country
    const before = this.around.findLast((other) => other.start < span[0])
    const after = this.around.find((other) => other.start >= span[1])
    const named = before ? null : this.#namedAgain(draft)
    const state = owner ?? this.seat ?? before?.state ?? named ?? this.#topic(draft) ?? this.#lastState() ?? after?.state ?? this.home
    if (state === null || state === undefined) return actor
    this.inferred = this.seat !== state && (named === null || owner !== undefined)
    const id = actor.id.startsWith('noun:') ? `noun:${state}/${actor.sector}` : actor.id.startsWith(NOBODYS) ? `office:${state}/${actor.office}` : actor.id
    return { ...actor, id, country: state }
  }

  /* "The ministry": the one named not long before with its state. */
  #namedAgain({ noun }: Draft): string | null {
    if (noun?.form !== 'body' || noun.id !== 'GOV') return null
    const words = noun.text.split(' ')
    const named = this.#seen.findLast(({ body, sentence }) => body !== null && this.sentence - sentence <= RECENT && words.every((word) => body.split(' ').includes(word)))
    return named?.actor.country ?? null
  }

  /* Of a state's own bodies: that of the first who spoke for one in the sentence before. */
  #topic({ noun }: Draft): string | null {
    if (noun?.form !== 'body' || noun.id !== 'GOV') return null
    return this.#seen.find(({ sentence, official }) => official && sentence === this.sentence - 1)?.actor.country ?? null
  }

  #lastState(): string | null {
    return this.#seen.findLast((known) => known.actor.country !== null && this.#context.gazetteer.states.has(known.actor.country))?.actor.country ?? null
  }

  #remember(actor: Actor, draft: Draft): void {
    if (actor.country !== null) this.#told.set(actor.country, (this.#told.get(actor.country) ?? 0) + 1)
    if (draft.pronoun || draft.collective) return
    const person = actor.id.startsWith('person:') ? this.#context.gazetteer.people.get(actor.id.slice(7)) : undefined
    const isPerson = actor.id.startsWith('person:') || actor.id.startsWith('name:') || actor.id.startsWith('office:')
    const official = actor.sector !== null && OF_STATE.has(actor.sector) && actor.country !== null && this.#context.gazetteer.states.has(actor.country)
    const body = official && draft.noun?.form === 'body' && !this.inferred ? draft.noun.text : null
    this.#seen.push({ actor, gender: person?.gender ?? (isPerson ? draft.officeGender : 'n'), office: actor.office, subject: isPerson, sentence: this.sentence, venue: this.venue, body, official })
  }

  #find(draft: Draft, span: Span): Actor[] {
    if (draft.pronoun) return this.#pronoun(draft.pronoun, span)
    if (draft.counterpart) return this.#counterpart(draft, span)
    if (draft.collective && draft.states.length === 0) {
      let both = this.#parties(span, draft.ofStates)
      if (both.length === 0 && this.apart.size > 0) {
        // "X proposed that both sides …": where there are no two others, X is one of them.
        this.apart = new Set()
        both = this.#parties(span, draft.ofStates)
      }
      const states = both.flatMap(({ country }) => country ?? [])
      if (states.length === 2) this.#pair = { states, sentence: this.sentence }
      return both
    }
    const states = draft.states.filter((state) => !state.weak || this.#context.strongEntities.has(`state:${state.id}`) || draft.office !== null)
    if (draft.people.length > 0) {
      const person = this.#person(draft.people, states[0]?.id ?? null, draft.office)
      if (person) return [this.#personActor(person, draft.office, span)]
      return []
    }
    if (draft.unknown) return [this.#nameActor(draft, states[0]?.id ?? null, span)]
    if (draft.principal.length > 0) return this.#representative(draft, span)
    if (draft.office) return this.#officeActors(draft, states.map((state) => state.id), span)
    if (draft.entity) return this.#entity(draft, span)
    // "the regime of X": whose it is makes a word that alone says nothing a body.
    if (draft.noun) return this.#nounActors(draft, states.length === 0 && draft.noun.weak && this.seat !== null ? [this.seat] : states.map((state) => state.id), span)
    return states.map((state) => this.#state(state.id, span)).filter((actor) => actor !== null)
  }

  #make(id: string, name: string, country: string | null, sector: string | null, office: string | null, span: Span): Actor {
    return { id, name, country, sector, office, span, text: this.#context.text.slice(span[0], span[1]) }
  }

  #state(id: string, span: Span): Actor | null {
    const state = this.#context.gazetteer.states.get(id)
    return state ? this.#make(`state:${id}`, state.name, id, 'GOV', null, span) : null
  }

  #person(entries: readonly NameEntry[], state: string | null, office: string | null): Person | null {
    const { gazetteer, strongPeople, when } = this.#context
    const scored = entries.map((entry, index) => {
      const person = gazetteer.people.get(entry.id)
      if (!person) return { person: null, score: -1, index }
      const terms = gazetteer.termsOfPerson.get(person.id) ?? []
      const current = when !== null && terms.some((term) => covers(term, when))
      const fitting = office !== null && terms.some((term) => term.office === office)
      const named = strongPeople.has(person.id)
      if (entry.weak && !named && !(office !== null && (fitting || state === person.country))) return { person: null, score: -1, index }
      if (state !== null && person.country !== null && state !== person.country && !terms.some((term) => term.country === state)) return { person: null, score: -1, index }
      return { person, score: (named ? 4 : 0) + (fitting ? 2 : 0) + (current ? 1 : 0), index }
    }).filter((candidate) => candidate.person !== null)
    scored.sort((a, b) => b.score - a.score || a.index - b.index)
    return scored[0]?.person ?? null
  }

  #personActor(person: Person, office: string | null, span: Span): Actor {
    const { gazetteer, when } = this.#context
    const terms = gazetteer.termsOfPerson.get(person.id) ?? []
    const current = when === null ? terms.at(-1) : highest(terms.filter((candidate) => covers(candidate, when)))
    // "the president" of a commission: the word is one for heads of state, the office that of a body.
    const presides = current && gazetteer.organisations.has(current.country) ? current : undefined
    const term = office ? (terms.find((candidate) => candidate.office === office) ?? presides) : current
    const id = term?.office ?? office
    // Whoever holds an office of an organisation speaks for it, not for the state of birth.
    const body = term ? gazetteer.organisations.get(term.country)?.country : undefined
    return this.#make(`person:${person.id}`, person.name, body ?? person.country, sectorOf(gazetteer, id), id ?? null, span)
  }

  #nameActor(draft: Draft, country: string | null, span: Span): Actor {
    const words = this.#context.text.slice(span[0], span[1])
    const from = draft.unknown ? this.#nameText(draft, span) : words
    const key = `${this.#context.fold(from)}`
    const known = this.#unknown.get(key) ?? this.#bearer(key, draft.office)
    if (known) return { ...known, span, text: words }
    const sector = draft.office ? sectorOf(this.#context.gazetteer, draft.office) : (draft.noun?.id ?? null)
    const actor = this.#make(`name:${key}`, from, country ?? this.#entityCountry(draft), sector, draft.office, span)
    this.#unknown.set(key, actor)
    return actor
  }

  /* "President X", where somebody of that office with X in the name was named before in full. */
  #bearer(key: string, office: string | null): Actor | undefined {
    if (office === null) return undefined
    return this.#seen.findLast(({ actor }) => actor.id.startsWith('person:') && actor.office === office && actor.text.split(/\s+/u).some((word) => this.#context.fold(word) === key))?.actor
  }

  /** One who stands for a person: of that person's state. */
  #representative(draft: Draft, span: Span): Actor[] {
    const person = this.#person(draft.principal, null, null)
    const office = draft.office ?? ''
    if (!person) return []
    return [this.#make(`office:${person.id}/${office}`, this.#context.text.slice(span[0], span[1]), person.country, sectorOf(this.#context.gazetteer, office), office, span)]
  }

  #nameText(draft: Draft, span: Span): string {
    return this.unknownText?.(draft) ?? this.#context.text.slice(span[0], span[1])
  }

  /** Set by the caller, who knows the tokens: the text of a draft's unknown name. */
  unknownText: ((draft: Draft) => string) | null = null

  #entityCountry(draft: Draft): string | null {
    const entity = draft.entity
    if (!entity) return null
    const { gazetteer } = this.#context
    return (gazetteer.organisations.get(entity.id) ?? gazetteer.groups.get(entity.id) ?? gazetteer.places.get(entity.id))?.country ?? null
  }

  #officeActors(draft: Draft, states: readonly string[], span: Span): Actor[] {
    const office = draft.office ?? ''
    const entity = draft.entity && (draft.entity.kind === 'organisation' || draft.entity.kind === 'group') ? draft.entity.id : null
    if (states.length === 0 && entity === null) {
      if (draft.plural) {
        const parties = this.#parties(span)
        const covers = this.#context.gazetteer.offices.get(office)?.covers ?? []
        return parties.length === 2 && parties.every((actor) => actor.office !== null && (actor.office === office || covers.includes(actor.office))) ? parties : []
      }
      // "the president": whoever was last named in that office.
      const last = this.#seen.findLast((known) => known.office === office)
      if (last) return [{ ...last.actor, span, text: this.#context.text.slice(span[0], span[1]) }]
      // "[from X] – The president of the republic received …": where nobody else was named yet, the head of the state the report is sent from.
      const holder = this.home !== null && this.#seen.every(({ actor }) => actor.country === this.home) && office.startsWith('head-of-') ? this.#holder(office, this.home) : null
      if (holder) return [this.#personActor(holder, office, span)]
      // "a foreign ministry spokeswoman": of the state spoken of.
      if (this.#context.gazetteer.offices.get(office)?.bare === true) return [this.#make(`${NOBODYS}${office}`, this.#context.text.slice(span[0], span[1]), null, sectorOf(this.#context.gazetteer, office), office, span)]
      if (draft.entity) return [this.#make(`office:${draft.entity.id}/${office}`, this.#context.text.slice(span[0], span[1]), this.#entityCountry(draft), sectorOf(this.#context.gazetteer, office), office, span)]
      return []
    }
    const bodies = entity !== null ? [entity] : states
    return bodies.map((body) => {
      const holder = this.#holder(office, body)
      if (holder && !draft.plural) return this.#personActor(holder, office, span)
      if (holder && draft.plural && bodies.length > 1) return this.#personActor(holder, office, span)
      const country = entity !== null ? this.#entityCountry(draft) : body
      const where = this.#context.gazetteer.states.get(body)?.name ?? this.#context.gazetteer.organisations.get(body)?.name ?? body
      return this.#make(`office:${body}/${office}`, `${where}, ${this.#context.gazetteer.offices.get(office)?.name ?? office}`, country, sectorOf(this.#context.gazetteer, office), office, span)
    })
  }

  /** Who holds an office: named with it in this article, else by terms on the article's date. */
  #holder(office: string, body: string): Person | null {
    const { gazetteer, when, strongPeople } = this.#context
    const terms = gazetteer.termsOfOffice.get(`${office}@${body}`) ?? this.#covered(office, body)
    const named = terms.filter((term) => strongPeople.has(term.person))
    const pick = (list: readonly Term[]): Person | null => {
      const person = list[0] ? gazetteer.people.get(list[0].person) : undefined
      return person ?? null
    }
    if (when !== null) {
      const on = terms.filter((term) => covers(term, when))
      const both = on.filter((term) => strongPeople.has(term.person))
      if (both.length > 0) return pick(both)
      if (on.length === 1 && gazetteer.offices.get(office)?.many !== true) return pick(on)
      return null
    }
    // Whoever the article names in another office may have held this one at another time.
    const fitting = named.filter((term) => this.#context.titles.get(term.person)?.has(office) !== false)
    return new Set(fitting.map((term) => term.person)).size === 1 ? pick(fitting) : null
  }

  /* "the Uzbek leader": where nobody holds an office by that name, whoever the article names of those its word may mean as well. */
  #covered(office: string, body: string): readonly Term[] {
    const { gazetteer, strongPeople } = this.#context
    for (const other of gazetteer.offices.get(office)?.covers ?? []) {
      const named = (gazetteer.termsOfOffice.get(`${other}@${body}`) ?? []).filter((term) => strongPeople.has(term.person))
      if (named.length > 0) return named
    }
    return []
  }

  #entity(draft: Draft, span: Span): Actor[] {
    const entry = draft.entity
    if (!entry) return []
    const { gazetteer } = this.#context
    if (entry.weak && !this.#context.strongEntities.has(`${entry.kind}:${entry.id}`)) return []
    const table = entry.kind === 'organisation' ? gazetteer.organisations : entry.kind === 'group' ? gazetteer.groups : entry.kind === 'medium' ? gazetteer.media : gazetteer.places
    const entity = table.get(entry.id)
    if (!entity) return []
    if (entry.kind === 'place' && draft.noun) return entity.country === null ? [] : this.#nounActors(draft, [entity.country], span)
    return [this.#make(`${entry.kind}:${entity.id}`, entity.name, entity.country, draft.noun?.id ?? entity.sector, null, span)]
  }

  #nounActors(draft: Draft, states: readonly string[], span: Span): Actor[] {
    const noun = draft.noun
    if (!noun || (noun.weak && states.length === 0)) return []
    const text = this.#context.text.slice(span[0], span[1])
    if (states.length === 0 && noun.form === 'body' && !OF_STATE.has(noun.id) && noun.id !== OPPOSITION) return []
    // "blue helmets": forces of an organisation are of a state where one is named, else of nobody but that organisation.
    if (FORCES_OF.has(noun.id)) return (states.length > 0 ? states : [noun.id]).map((party) => this.#make(`noun:${party}/MIL`, text, party, 'MIL', null, span))
    if (states.length === 0) return [this.#make(`noun:${noun.id}/${this.#context.fold(noun.text)}`, text, null, noun.id, null, span)]
    return states.map((state) => this.#make(`noun:${state}/${noun.id}`, text, state, noun.id, null, span))
  }

  #pronoun(pronoun: { gender: 'm' | 'f' | 'n' | ''; number: 's' | 'p' }, span: Span): Actor[] {
    if (pronoun.number === 'p') return this.#they(span)
    const fits = (known: Known): boolean => (pronoun.gender === 'n' ? !known.subject : known.subject && (known.gender === pronoun.gender || known.gender === ''))
    // A sentence that opens with a pronoun goes on about what the one before was about: whom it named first.
    let topic: Known | undefined
    for (let i = this.#seen.length - 1; this.opening && i >= 0 && this.#seen[i]?.sentence === this.sentence - 1; i--) {
      const known = this.#seen[i]
      if (known && fits(known)) topic = known
    }
    // "X, which has a treaty with Y, said it would …": who says so goes on about itself.
    const speaker = this.speakers.length === 1 ? this.#seen.findLast((known) => known.actor.id === this.speakers[0]?.id && (fits(known) || (this.#context.gendered && !known.subject))) : undefined
    const last = speaker ?? topic ?? this.#seen.findLast(fits)
    return last ? [{ ...last.actor, span, text: this.#context.text.slice(span[0], span[1]) }] : []
  }

  /** "they", as a subject: two who hold offices in different states and were named just before, unless others were named by a noun since. */
  #they(span: Span): Actor[] {
    if (!this.isSubject) return []
    const near = this.#seen.slice(-NEAR).map((known) => known.actor)
    const parties = this.#parties(span)
    return !near.at(-1)?.id.startsWith('noun:') && parties.every((actor) => actor.office !== null && near.some((other) => other.id === actor.id)) ? parties : []
  }

  /** "his Chinese counterpart": the holder in that state of the office last spoken of. */
  #counterpart(draft: Draft, span: Span): Actor[] {
    const state = draft.states[0]?.id
    const last = this.#seen.findLast((known) => known.office !== null && known.actor.country !== state)
    const office = draft.office ?? last?.office ?? null
    if (draft.people.length > 0) {
      const person = this.#person(draft.people, state ?? null, office)
      if (person) return [this.#personActor(person, office, span)]
    }
    if (draft.unknown) return [this.#nameActor({ ...draft, office }, state ?? null, span)]
    if (!state) return []
    if (office === null) return [this.#make(`office:${state}/counterpart`, this.#context.text.slice(span[0], span[1]), state, 'GOV', null, span)]
    return this.#officeActors({ ...draft, office, counterpart: false, plural: false }, [state], span)
  }

  /** The two parties spoken of: two people of different states named last, else two states; with `ofStates` the states themselves, by whomever they were named. */
  #parties(span: Span, ofStates = false): Actor[] {
    const isState = (country: string): boolean => this.#context.gazetteer.states.has(country)
    const here = (actor: Actor): Actor => ({ ...actor, span, text: this.#context.text.slice(span[0], span[1]) })
    if (ofStates) {
      const found = this.#twoStates(isState).map((id) => this.#state(id, span)).filter((actor) => actor !== null)
      if (found.length === 2) return found
    }
    const people: Actor[] = []
    for (let i = this.#seen.length - 1; i >= 0 && people.length < 2; i--) {
      const known = this.#seen[i]
      if (!known || known.actor.country === null || (ofStates && !isState(known.actor.country)) || !(known.subject && known.office !== null) || this.apart.has(known.actor.country) || people.some((actor) => actor.country === known.actor.country)) continue
      people.push(here(known.actor))
    }
    const passedOver = this.#passedOver(people.map(({ country }) => country ?? ''), ofStates)
    if (people.length === 2 && passedOver === null) return people.reverse()
    const states = passedOver ?? [isState, ...(ofStates ? [] : [() => true])].map((fits) => this.#twoStates(fits)).find((found) => found.length === 2) ?? []
    const last = (country: string): Known | undefined => {
      const official = passedOver === null ? undefined : this.#seen.findLast(({ actor, subject, office }) => actor.country === country && subject && office !== null)
      return official ?? this.#seen.findLast(({ actor }) => actor.country === country && !actor.id.startsWith('place:')) ?? this.#seen.findLast(({ actor }) => actor.country === country)
    }
    return states.length < 2 ? [] : states.flatMap((country) => last(country)?.actor ?? []).map(here)
  }

  /* The two an article is about, where one of those named last only stands beside them ("A and B agreed. C praised B. The two countries …"). Who is named in the sentence itself is meant. */
  #passedOver(last: readonly string[], ofStates: boolean): readonly string[] | null {
    const { named, parties } = this.story
    if (parties === null || last.length !== 2 || parties.some((state) => this.apart.has(state) || !this.#told.has(state))) return null
    const beside = last.filter((state) => !parties.includes(state))
    const missing = parties.filter((state) => !last.includes(state))
    if (beside.length === 0 || (ofStates ? false : this.#seen.some(({ actor, sentence }) => sentence === this.sentence && actor.country !== null && beside.includes(actor.country)))) return null
    const least = Math.min(...missing.map((state) => named.get(state) ?? 0))
    return beside.every((state) => (named.get(state) ?? 0) < least) ? parties : null
  }

  /*
   * Two states named in the sentence, or spoken of as two just before, or named with the sentence before; of more than two named
   * not long before the two spoken of most. Towns where something is held count only where no others are named.
   */
  #twoStates(fits: (country: string) => boolean): string[] {
    const kept = (country: string): boolean => fits(country) && !this.apart.has(country)
    const named = (reach: number, venues = false): ReadonlyMap<string, number> => {
      const last = new Map<string, number>()
      this.#seen.forEach(({ actor: { country }, venue, sentence }, i) => {
        if (country !== null && kept(country) && (venues || !venue) && this.sentence - sentence <= reach) last.set(country, i)
      })
      return last
    }
    const inOrder = (last: ReadonlyMap<string, number>): string[] => [...last].sort((a, b) => a[1] - b[1]).map(([country]) => country)
    const here = named(0)
    if (here.size === 2) return inOrder(here)
    const pair = this.#pair
    if (pair && this.sentence - pair.sentence <= 1 && pair.states.every(kept)) return [...pair.states]
    const near = named(1)
    if (near.size === 2) return [...(this.#passedOver([...near.keys()], true) ?? inOrder(near))]
    const wider = [named(RECENT), named(Infinity), named(Infinity, true)].find(({ size }) => size >= 2)
    if (!wider) return []
    const told = (country: string): number => this.#told.get(country) ?? 0
    return inOrder(new Map([...wider].sort((a, b) => told(b[0]) - told(a[0]) || b[1] - a[1]).slice(0, 2)))
  }
}

function sectorOf(gazetteer: Gazetteer, office: string | null | undefined): string | null {
  return office ? (gazetteer.offices.get(office)?.sector ?? 'GOV') : null
}
