/** How a language marks who does what to whom: `languages/<code>/roles.yaml`. All lists hold patterns (see docs/knowledge.md). */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { readSettings } from './settings.ts'

export const ROLES = ['agent', 'partner', 'addressee', 'target', 'source', 'beneficiary', 'topic', 'place', 'of', 'between', 'as', 'after', 'before'] as const
export type Role = (typeof ROLES)[number]

const patterns = z.array(z.string()).default([])
const roleLists = z.partialRecord(z.enum(ROLES), z.array(z.string())).default({})

export const rolesSchema = z.strictObject({
  /** Where the subject usually stands. A subject before the verb is looked for in every language. */
  order: z.enum(['svo', 'vso']),
  /** A verb may go without its subject, which is then the last one. */
  subjectDrop: z.boolean(),
  /** Adjectives and names of states stand before or after the noun they qualify. */
  qualifier: z.enum(['before', 'after', 'both']),
  /** Markers that stand before the noun phrase whose role they tell. */
  markers: roleLists,
  /** Markers that stand after it. */
  postMarkers: roleLists,
  /** Clitics written on to a word that tell its role. */
  cutMarkers: z.record(z.string(), z.enum(ROLES)).default({}),
  /** Case endings of a name that tell its role: regular expression on the folded last word. Only where there is no marker. */
  caseMarkers: z.array(z.strictObject({ match: z.string(), role: z.enum(ROLES) })).default([]),
  /**
   * How verbs agree with their subjects, where that tells the subject from the object: regular expressions on folded words. `feminineVerbs` by the label of the
   * form, `severalVerbs` forms of more than one, `beforeNouns` words no verb follows, `may` a word that means so only before what `mayBefore` matches, `objects` a phrase in the form of an object, `definite` a noun that may be a subject by itself, `unbound` a noun in a form that nothing belongs to, `owned` a phrase of one word that may end in a pronoun, `tails` the pronouns of one thing written on to a verb (the first group: feminine), `ownThat` a word for "that" with a pronoun written on to it, the others the first word of a phrase; a bare state is feminine where none of them says otherwise.
   */
  agreement: z.strictObject({ feminineVerbs: z.record(z.string(), z.string()), ownThat: z.string(), beforeNouns: z.string(), tails: z.string(), may: z.string(), mayBefore: z.string(), severalVerbs: z.string(), masculine: z.string(), feminine: z.string(), owned: z.string(), objects: z.string(), definite: z.string(), unbound: z.string(), unsure: z.string() }).optional(),
  /**
   * How forms tell an object that stands before its verb from a subject: regular expressions on folded words. `objects` matches names of states and places in a
   * form no subject has, `heads` the first word of an office in such a form, `disagree` forms of a verb and nouns of action or missions that are not their subject.
   */
  inverted: z.strictObject({ objects: z.string(), heads: z.string(), disagree: z.array(z.strictObject({ verb: z.string(), noun: z.string() })) }).optional(),
  joiners: patterns,
  /** Words that may stand inside an actor's phrase without meaning (articles, titles of respect). */
  articles: patterns,
  /** Words before a noun ("this", "the said") where no form tells nouns from verbs: what they stand right before is no verb. */
  determiners: patterns,
  /** Words that close the clause before them ("after", "while", behind their clause): whoever comes next is a new subject. */
  closers: patterns,
  /** Things that may be a subject ("the agreement"): where one opens a clause nobody named before is its subject. */
  things: patterns,
  /** Words before whoever only passes something on ("by way of X"). */
  via: patterns,
  /** Words right before a verb that goes on for the subject of the one before ("and then"). */
  resumers: patterns,
  /** Commas part clauses: what is named beyond one takes part in another act, and a verb of words without a subject of its own goes on for whoever spoke before. */
  commaClauses: z.boolean().default(false),
  /** Words of quantity between a marker and its noun ("by several soldiers"); numbers need not be listed. */
  quantifiers: patterns,
  that: patterns,
  to: patterns,
  relative: patterns,
  subordinate: patterns,
  clauseJoiners: patterns,
  negation: patterns,
  /** Nouns and verbs that deny what follows at a distance: "there are no plans to". */
  absence: patterns,
  /** The first word of a negation with "only" behind its verb ("no … than"): it limits, and denies nothing. */
  exceptive: patterns,
  future: patterns,
  futureCuts: z.array(z.string()).default([]),
  /** Pronouns of people stand for states and bodies as well: nouns have a gender. */
  gendered: z.boolean().default(false),
  /** A title may stand right behind the name it belongs to. */
  titleAfter: z.boolean().default(false),
  /** A bare phrase behind a noun of action is who it is done to, not who does it. */
  bareObject: z.boolean().default(false),
  /** Clitics that only nouns carry (an article, prepositions): what is written with them is no finite verb. */
  nominalCuts: z.array(z.string()).default([]),
  /** Clitics that make a noun of action an aim ("to strike"), and what before it makes it a result or an object after all. */
  purposeCuts: z.array(z.string()).default([]),
  notPurpose: patterns,
  hypothetical: patterns,
  /** Of those, what tells of the future behind a verb of saying ("said it would"). */
  reportedFuture: patterns,
  /** What tells of the future in a headline, between whoever opens it and an infinitive ("X to host Y"). */
  headlineFuture: patterns,
  conditional: patterns,
  /** What makes an act only thought of whatever the tense of its verb, right before or behind it ("allegedly", "all but"). */
  unreal: patterns,
  /** Verbs that make a clause conditional where they open a sentence ("Had X attacked, …"). */
  conditionalOpeners: patterns,
  /** Openers whose clause tells a fact though its verb has the form of what is only thought of. */
  factual: patterns,
  ongoing: patterns,
  past: patterns,
  passive: patterns,
  /** The passive of many verbs is written like the active: a killing or an arrest told with one party only was suffered by it. */
  hiddenPassive: z.boolean().default(false),
  /** Forms of a verb that without a subject speak for those who sit in the place named ("in Kyiv they condemned"); '' where no verb does. */
  seatVerbs: z.string().default(''),
  passiveLabels: z.array(z.string()).default([]),
  finiteLabels: z.array(z.string()).default([]),
  /** Labels of forms that cannot be the main verb of a clause. */
  nonfiniteLabels: z.array(z.string()).default([]),
  lightVerbs: patterns,
  pronouns: z.array(z.strictObject({ words: z.array(z.string()), gender: z.enum(['m', 'f', 'n', '']), number: z.enum(['s', 'p']) })).default([]),
  /** The first person as a subject: inside a quotation whoever is quoted. */
  selves: patterns,
  /** "the two leaders", "both sides": stand for the parties just named. */
  collective: patterns,
  /** "the two countries": the states just named, by whomever. */
  collectiveStates: patterns,
  /** Set phrases whose words mean nothing of the above ("two-state solution"). */
  idioms: patterns,
  counterpart: patterns,
  /** Words between the state whose mission it is and the one it is sent to, where these stand before the noun. */
  posted: patterns,
  /** Words between a noun and the body it belongs to ("a patrol belonging to"). */
  belonging: patterns,
  /** Words that say that two do it to each other. */
  reciprocal: patterns,
  /** Markers before a source: "according to". */
  sources: patterns,
  /** Sources without a name: "officials who asked not to be named". */
  unnamed: patterns,
  /** Signs that a sentence tells the background. */
  background: patterns,
})
export type RoleSettings = z.infer<typeof rolesSchema>

/** Reads `roles.yaml` of a language folder, null when there is none; throws KnowledgeError naming the file. */
export function loadRoles(folder: string): RoleSettings | null {
  const file = join(folder, 'roles.yaml')
  if (!existsSync(file)) return null
  return readSettings(file, rolesSchema)
}
