/** Who takes part in a predicate by the dependency tree of its sentence, where learned word analysis gives one (Universal Dependencies). */
import type { Role, RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import type { MarkerValue } from '../text/lexicon.ts'
import type { PhraseMatch } from '../text/phrases.ts'
import type { FrameRole } from './frame.ts'
import { isOfObject } from './participles.ts'
import type { Predicate, Scan } from './scan.ts'

export interface Tree {
  readonly children: readonly (readonly number[])[]
  /** Mention that covers a token. */
  readonly mentionAt: ReadonlyMap<number, ActorMention>
}

export interface SyntacticRoles {
  readonly roles: Readonly<Partial<Record<FrameRole, readonly ActorMention[]>>>
  /** The subject was found by way of another clause. */
  readonly inherited: boolean
  readonly passive: boolean
}

/** Relations that open a clause of their own below a phrase. */
const CLAUSES = new Set(['acl', 'acl:relcl', 'advcl', 'advcl:relcl', 'ccomp', 'xcomp', 'csubj', 'csubj:pass', 'parataxis'])
const SUBJECTS = new Set(['nsubj', 'csubj'])
const PASSIVE_SUBJECTS = new Set(['nsubj:pass', 'csubj:pass'])
const QUALIFIERS = new Set(['amod', 'compound', 'nmod', 'nmod:poss', 'flat'])
const MAX_CLIMB = 6

/** The tree of a sentence, null where its words have no heads. Cost is linear in the sentence. */
export function treeOf(scan: Scan): Tree | null {
  if (scan.tokens.length === 0 || scan.tokens.some((token) => token.head === undefined)) return null
  const children: number[][] = scan.tokens.map(() => [])
  scan.tokens.forEach((token, i) => {
    if (token.head !== undefined && token.head >= 0) children[token.head]?.push(i)
  })
  return { children, mentionAt: scan.actorAt }
}

/** Reads the roles of a predicate off the tree. Roles it does not show are absent. */
export function syntacticRoles(scan: Scan, tree: Tree, predicate: Predicate, settings: RoleSettings): SyntacticRoles {
  const { bareObject } = settings
  const words = new Set(predicate.words)
  const roles: Partial<Record<FrameRole, ActorMention[]>> = {}
  const put = (role: FrameRole, mentions: readonly ActorMention[]): void => {
    const fresh = mentions.filter((mention) => !Object.values(roles).some((list) => list.includes(mention)))
    if (fresh.length > 0) roles[role] = [...(roles[role] ?? []), ...fresh]
  }
  const dependents = predicate.words.flatMap((word) => (tree.children[word] ?? []).filter((child) => !words.has(child)).map((child) => ({ child, word })))
  const relation = (token: number): string => scan.tokens[token]?.relation ?? ''
  const top = topWord(scan, predicate)
  // Some parsers call a participle behind its noun an adjective.
  const describes = (word: number): boolean => relation(word) === 'amod' && predicate.label === 'part' && word === predicate.head && (scan.tokens[word]?.head ?? word) < word
  const isCased = (child: number): boolean => (tree.children[child] ?? []).some((other) => relation(other) === 'case')
  const tells = (word: number): boolean => predicate.label === 'part' && word === predicate.first && isOfObject(scan.tokens, word)
  const hangs = predicate.words.some((word) => ((relation(word) === 'acl' && scan.tokens[word]?.form === 'part') || describes(word) || tells(word)) && !(tree.children[word] ?? []).some((child) => relation(child) === 'aux'))
  // A participle that undergoes has no object of its own: "the bloc, …, imposed sanctions" is a verb the tree hung on its subject.
  const object = dependents.some(({ child, word }) => relation(child) === 'obj' && !(describes(word) && isCased(child))) || (hangs && !predicate.nominal && predicate.words.some((word) => relation(word) === 'obj' && word > predicate.head))
  const participle = hangs && !object
  const subjects = dependents.filter(({ child }) => SUBJECTS.has(relation(child)))
  // Of two subjects the parser calls one passive: the noun before "which" takes after its pronoun.
  // "Three peacekeepers killed": so it does where one word of the phrase is the subject of a participle, another of a passive.
  const bare = predicate.label === 'part' && relation(predicate.head) === 'root' && !dependents.some(({ child }) => /^(?:aux|cop)/u.test(relation(child)))
  // "X welcomed Y": a verb in the past right between two names has the first for its subject.
  const amid = predicate.label === 'past' && [predicate.first - 1, predicate.last].every((at) => scan.actorAt.get(at)?.use === 'full')
  const passive = predicate.passive || participle || dependents.some(({ child }) => relation(child) === 'aux:pass' || (!amid && PASSIVE_SUBJECTS.has(relation(child)) && (subjects.length === 0 || bare)))
  // "condemned the invasion by X": beside a subject of its own whoever is marked as a doer does something else.
  const active = !passive && !predicate.nominal && !predicate.light && subjects.length > 0
  for (const { child, word } of dependents) {
    const kind = relation(child)
    const covering = scan.actorAt.get(child)
    if (covering && predicate.words.some((word) => word >= covering.first && word < covering.last && word !== predicate.head)) continue
    const found = SUBJECTS.has(kind) || PASSIVE_SUBJECTS.has(kind) ? standFor(scan, tree, antecedent(scan, child, top) ?? child, words) : phraseMentions(scan, tree, antecedent(scan, child, top) ?? child, words)
    if (found.length === 0) continue
    // "condemned the strikes on X": those below a noun of action take part in that, not in this.
    if (!predicate.nominal && !covering && (kind === 'obj' || kind === 'iobj' || kind.startsWith('obl') || (kind === 'nmod' && word !== predicate.head && markerRole(scan, tree, child) === 'place')) && scan.predicates.some((other) => other !== predicate && other.nominal && other.kind === 'act' && other.words.includes(child))) continue
    // "Russian missiles hit": whoever qualifies the subject that the wording holds does it.
    // "hit by a Russian missile": so does whoever qualifies the means of a passive.
    if (passive && !predicate.nominal && word !== predicate.head && QUALIFIERS.has(kind) && word > predicate.head && (relation(word) === 'obl:agent' || markerRole(scan, tree, word) === 'agent')) put('agent', found)
    else if (!predicate.nominal && word !== predicate.head && QUALIFIERS.has(kind) && child < predicate.last && subjects.length === 0 && (SUBJECTS.has(relation(word)) || PASSIVE_SUBJECTS.has(relation(word))) && /^(?:agent|of)?$/u.test(markerRole(scan, tree, child) ?? '')) put(passive ? 'patient' : 'agent', found)
    // "On X was dealt a blow": a place behind a preposition is no subject, whatever the tree says.
    else if ((SUBJECTS.has(kind) || PASSIVE_SUBJECTS.has(kind)) && !predicate.nominal && isPlaced(scan, tree, child)) putMarked(put, markerRole(scan, tree, child), found, predicate)
    // A second subject behind the verb is its object: parsers slip on free word order.
    else if (SUBJECTS.has(kind) && child > predicate.head && !predicate.nominal && ((settings.order === 'svo' && settings.finiteLabels.length === 0 && predicate.words.includes(predicate.first)) || predicate.words.some((word) => word < predicate.head && SUBJECTS.has(relation(word))) || dependents.some((other) => other.child < predicate.head && SUBJECTS.has(relation(other.child))) || isJoined(scan, tree, predicate, top, settings))) put('patient', found)
    // "an attack by X in which Y were killed": beside a passive's own subject the other one is what the clause hangs on.
    else if (SUBJECTS.has(kind) && passive && dependents.some((other) => PASSIVE_SUBJECTS.has(relation(other.child)))) continue
    else if (SUBJECTS.has(kind)) put(passive && !predicate.nominal ? 'patient' : 'agent', found)
    else if (PASSIVE_SUBJECTS.has(kind)) put(passive || predicate.nominal ? 'patient' : 'agent', found)
    // "[the] X attacked [the] Y": of two objects around a verb without a subject the first one is its subject.
    else if (kind === 'obj' && settings.order === 'svo' && settings.caseMarkers.length > 0 && !passive && !predicate.nominal && subjects.length === 0 && child < predicate.head && dependents.some((other) => other.child > predicate.head && (relation(other.child) === 'obj' || (relation(other.child) === 'xcomp' && scan.actors.some((mention) => mention.first === predicate.last && mention.last <= other.child))))) put('agent', found)
    else if (kind === 'obj') put(passive && (markerRole(scan, tree, child) === 'agent' || (participle && isCased(child))) ? 'agent' : 'patient', found)
    else if (kind === 'iobj') put('addressee', found)
    // "[a ship] under the flag of X": what a place is marked with tells no doer.
    else if (kind === 'obl:agent' && markerRole(scan, tree, child) === 'place') putMarked(put, 'place', found, predicate)
    else if (kind === 'obl:agent') put('agent', active && child > predicate.head ? [] : found)
    else if (kind === 'nmod:poss' || kind === 'compound' || kind === 'amod' || kind === 'flat') {
      // Where a bare phrase behind the noun is who it is done to, a marked one is who does it, though the noun looks like a verb.
      const owns = bareObject && (predicate.nominal || !scan.actors.some((mention) => mention.last <= predicate.first || mention.first === predicate.first)) && kind === 'nmod:poss' && child > predicate.head && markerRole(scan, tree, child) === 'of'
      if (predicate.nominal) put(bareObject && child > predicate.head && !owns ? 'patient' : 'owner', found)
      else if (child > predicate.head) put(owns ? 'agent' : 'patient', found)
    }
    else if (kind.startsWith('obl') || kind.startsWith('nmod')) {
      const role = markerRole(scan, tree, child)
      if (!(role === 'agent' && active)) putMarked(put, role, found, predicate)
    }
  }
  // A wording may hold its own subject or object ("troops have captured"): the actor in it takes part.
  for (const word of predicate.words) {
    const mention = scan.actorAt.get(word)
    if (!mention || word === predicate.head || isBareOffice(mention)) continue
    if (predicate.nominal) put(mention.first < predicate.head ? 'owner' : 'of', [mention])
    // "was killed by soldiers of X": so does the doer of a passive.
    else if (passive && relation(word) === 'obl:agent') put('agent', [mention])
    else if (PASSIVE_SUBJECTS.has(relation(word)) || mention.first > predicate.head) put('patient', roles.patient || (passive && word > predicate.head && !PASSIVE_SUBJECTS.has(relation(word))) ? [] : [mention])
    else put(passive ? 'patient' : 'agent', [mention])
  }
  let inherited = false
  if (!predicate.nominal && !(passive ? roles.patient : roles.agent)) {
    if (hangs) {
      // "the deal signed by X caused …": a wording that holds the noun it describes hangs on nothing more.
      const noun = tells(top) ? predicate.first - 1 : scan.tokens[scan.tokens[top]?.head ?? -1]?.tag === 'VERB' && SUBJECTS.has(relation(top)) ? -1 : (scan.tokens[top]?.head ?? -1)
      put(participle ? 'patient' : 'agent', standFor(scan, tree, noun, words))
    } else if (!dependents.some(({ child }) => SUBJECTS.has(relation(child)) || PASSIVE_SUBJECTS.has(relation(child)))) {
      const subject = climb(scan, tree, top, words)
      if (subject.length > 0) {
        put(passive ? 'patient' : 'agent', subject)
        inherited = true
      }
    }
  }
  if (predicate.nominal || predicate.light) addObjectOfLight(scan, tree, predicate, put)
  return { roles, inherited, passive }
}

/* "recalled its ambassador": the office in a wording is the doer's own. */
const isBareOffice = (mention: ActorMention): boolean => mention.last - mention.first === 1 && mention.actors[0]?.office != null && /^(?:office|person):/u.test(mention.actors[0].id)

function putMarked(put: (role: FrameRole, mentions: readonly ActorMention[]) => void, role: Role | null, found: readonly ActorMention[], predicate: Predicate): void {
  if (role === null || role === 'as' || role === 'after' || role === 'before') return
  if (role === 'of') put(predicate.nominal ? 'of' : 'patient', found)
  else if (role === 'between') put(predicate.nominal ? 'agent' : 'partner', found)
  else put(role, found)
}

/** The word of a predicate that the others hang on: where its clause is tied to the rest of the sentence. */
function topWord(scan: Scan, predicate: Predicate): number {
  const words = new Set(predicate.words)
  return predicate.words.find((word) => !words.has(scan.tokens[word]?.head ?? -1)) ?? predicate.head
}

/* "who", "which": stands for the noun the clause hangs on. */
function antecedent(scan: Scan, child: number, top: number): number | null {
  const token = scan.tokens[child]
  const clause = scan.tokens[top]
  if (token?.tag !== 'PRON' || !clause?.relation?.startsWith('acl') || clause.head === undefined || clause.head < 0) return null
  return scan.actorAt.has(child) ? null : clause.head
}

/* "X visited Y and warned Z": a verb joined to one with a subject, where subjects stand before their verbs. */
function isJoined(scan: Scan, tree: Tree, predicate: Predicate, top: number, settings: RoleSettings): boolean {
  const token = scan.tokens[top]
  if (settings.order !== 'svo' || settings.subjectDrop || predicate.kind === 'speech' || token?.relation !== 'conj' || token.head === undefined || token.head < 0) return false
  return (tree.children[token.head] ?? []).some((child) => child < (token.head ?? 0) && SUBJECTS.has(scan.tokens[child]?.relation ?? ''))
}

/** The noun of action a mention hangs on in the tree before any verb; null where there is none, or no tree. */
export function nounAbove(scan: Scan, mention: ActorMention): Predicate | null {
  let at = scan.tokens[mention.last - 1]?.head ?? -1
  for (let hops = 0; hops < MAX_CLIMB && at >= 0; hops++) {
    if (at < mention.first || at >= mention.last) {
      const found = scan.predicates.find((predicate) => predicate.words.includes(at))
      // Whoever owns the noun does what it names; whoever stands behind it takes another part.
      if (found) return found.nominal && !found.light && found.head < mention.first ? found : null
      if (scan.tokens[at]?.tag === 'VERB') return null
    }
    at = scan.tokens[at]?.head ?? -1
  }
  return null
}

/** "a bomber from X blew himself up": the one tells only what the other is. */
export function hangsOn(scan: Scan, mention: ActorMention, other: ActorMention): boolean {
  return scan.tokens.slice(mention.first, mention.last).some(({ relation, head = -1 }) => relation === 'nmod' && head >= other.first && head < other.last)
}

/** The verb a mention is the subject of in the tree, -1 where it is none. */
function verbOf(scan: Scan, mention: ActorMention): number {
  for (let i = mention.first; i < mention.last; i++) {
    const { relation = '', head = -1 } = scan.tokens[i] ?? {}
    if ((SUBJECTS.has(relation) || PASSIVE_SUBJECTS.has(relation)) && (head < mention.first || head >= mention.last)) return head
  }
  return -1
}

/** Whether the tree tells that a mention does what another word than those of the predicate says ("the bronzes looted by X"). */
export function isDoerElsewhere(scan: Scan, mention: ActorMention, predicate: Predicate): boolean {
  return scan.tokens.slice(mention.first, mention.last).some(({ relation, head = -1 }) => relation?.startsWith('obl') === true && head >= predicate.last && !predicate.words.includes(head) && (relation === 'obl:agent' || scan.tokens[head]?.form === 'part'))
}

/** Whether a mention is the subject of a verb of the predicate; false without a tree. */
export function isSubjectOf(scan: Scan, mention: ActorMention, predicate: Predicate): boolean {
  const verb = verbOf(scan, mention)
  if (predicate.nominal || verb < 0) return false
  // "X protested and demanded …": a verb joined on has the same subject.
  let at = topWord(scan, predicate)
  for (let hops = 0; hops < MAX_CLIMB && at >= 0 && at !== verb && scan.tokens[at]?.relation === 'conj'; hops++) at = scan.tokens[at]?.head ?? -1
  return at === verb || predicate.words.includes(verb)
}

/** Whether a mention is the object of a verb behind the predicate ("asked X to protect Y"); false without a tree. */
export function isObjectBehind(scan: Scan, mention: ActorMention, predicate: Predicate): boolean {
  return scan.tokens.slice(mention.first, mention.last).some(({ relation, head = -1 }) => relation === 'obj' && head >= predicate.last && head < mention.first && scan.tokens[head]?.tag === 'VERB')
}

/** '"X will pay", warned Y': whoever is named in a quotation that closes before the verb does not say it; whoever stands right behind does. */
export function speakerBehind(scan: Scan, predicate: Predicate, agent: readonly ActorMention[], behind: readonly ActorMention[]): readonly ActorMention[] {
  const verb = scan.tokens[predicate.first]?.start ?? 0
  const quote = scan.quotes.find(([from, to]) => to <= verb && agent.every(({ span }) => span[0] >= from && span[1] <= to))
  return !predicate.nominal && predicate.worded && quote && scan.tokens.filter(({ start, kind }) => start >= quote[1] && start < verb && kind !== 'punct').length <= 1 ? behind.filter((mention) => mention.first >= predicate.last && mention.first - predicate.last <= 2) : []
}

/** Whether a mention is the subject of a verb that is no part of the predicate. */
export function isSubjectElsewhere(scan: Scan, mention: ActorMention, predicate: Predicate): boolean {
  const verb = verbOf(scan, mention)
  return verb >= 0 && !predicate.words.includes(verb) && scan.tokens[verb]?.tag === 'VERB'
}

/** Whether a word is a state or a place behind a preposition of place or target. */
function isPlaced(scan: Scan, tree: Tree, child: number): boolean {
  const mention = scan.actorAt.get(child)
  return mention?.actors.every(({ id }) => /^(?:state|place):/u.test(id)) === true && /^(?:target|place)$/u.test(markerRole(scan, tree, child) ?? '')
}

/** The subject of the clause a subjectless verb hangs on. */
function climb(scan: Scan, tree: Tree, from: number, words: ReadonlySet<number>): readonly ActorMention[] {
  let at = from
  for (let hops = 0; hops < MAX_CLIMB; hops++) {
    const token = scan.tokens[at]
    const head = token?.head ?? -1
    if (!token || head < 0) return []
    const relation = token.relation ?? ''
    if (relation === 'acl:relcl' || (relation === 'acl' && token.form?.startsWith('fin') === true)) return standFor(scan, tree, head, words)
    if (!(relation === 'conj' || relation === 'xcomp' || relation === 'advcl' || relation === 'ccomp' || relation === 'parataxis' || relation === 'acl')) return []
    const children = tree.children[head] ?? []
    const subject = children.find((child) => (SUBJECTS.has(scan.tokens[child]?.relation ?? '') || PASSIVE_SUBJECTS.has(scan.tokens[child]?.relation ?? '')) && !isPlaced(scan, tree, child))
    const object = children.find((child) => scan.tokens[child]?.relation === 'obj')
    // "urged X to do", "criticised X for doing": the object does it.
    if ((relation === 'xcomp' || (relation === 'advcl' && forIt(scan, tree, at))) && object !== undefined && object < from) {
      const found = phraseMentions(scan, tree, object, words)
      // "came to <a town> to hold talks": where one came to does nothing there.
      const where = found.every((mention) => (mention.capital || mention.use === 'place') && scan.markers.some(({ value, end }) => (value.role === 'addressee' || value.role === 'place') && end === mention.first))
      if (found.length > 0 && !where) return found
    }
    if (subject !== undefined) {
      const found = phraseMentions(scan, tree, antecedent(scan, subject, head) ?? subject, words)
      if (found.length > 0) return found
    }
    at = head
  }
  return []
}

/* "for doing it": a clause under the marker of whom something is done for. */
function forIt(scan: Scan, tree: Tree, verb: number): boolean {
  return (tree.children[verb] ?? []).some((child) => child < verb && scan.markers.some((marker) => marker.value.role === 'beneficiary' && marker.start <= child && marker.end > child))
}

/** The actors a phrase names: the one its head is, with all joined to it; else the first below the head, clauses left out. */
function phraseMentions(scan: Scan, tree: Tree, head: number, except: ReadonlySet<number>): ActorMention[] {
  if (head < 0) return []
  const own = tree.mentionAt.get(head)
  const out: ActorMention[] = []
  const add = (mention: ActorMention | undefined): void => {
    // "took the town with the support of X": whoever is marked as taking no part takes none below another noun either.
    const aside = mention !== undefined && scan.markers.some(({ value, end }) => value.role === 'before' && end === mention.first)
    if (mention && !aside && !out.includes(mention)) out.push(mention)
  }
  const joined = (at: number): void => {
    for (const child of tree.children[at] ?? []) {
      if (scan.tokens[child]?.relation !== 'conj' || except.has(child) || leavesClause(scan, at, child) || isBeyondVerb(scan, at, child)) continue
      add(tree.mentionAt.get(child) ?? firstBelow(scan, tree, child, except))
      joined(child)
    }
  }
  if (own) {
    add(own)
    for (let i = own.first; i < own.last; i++) joined(i)
    return out
  }
  const first = firstBelow(scan, tree, head, except)
  add(first)
  if (first) for (let i = first.first; i < first.last; i++) joined(i)
  joined(head)
  return out.sort((a, b) => a.first - b.first)
}

/* "X attacked Y, three officers died": beyond a verb and a comma nothing is joined on. */
function isBeyondVerb(scan: Scan, from: number, to: number): boolean {
  return scan.predicates.some(({ nominal, first, last }) => !nominal && first > from && last <= to && commasBetween(scan, last, to) > 0)
}

/* "on X; Y abstained", "X, which borders Y, said": a semicolon and a relative open clauses, whatever the tree says. */
function leavesClause(scan: Scan, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if ((scan.boundaries.get(i) === 'hard' && scan.tokens[i]?.norm === ';') || scan.boundaries.get(i) === 'relative') return true
  return false
}

/* "a strike on X, which killed 12": whom a noun of action is aimed at, or where it is, does and undergoes nothing in its stead. */
function standFor(scan: Scan, tree: Tree, head: number, words: ReadonlySet<number>): ActorMention[] {
  const found = phraseMentions(scan, tree, head, words)
  if (tree.mentionAt.has(head) || !scan.predicates.some((other) => other.nominal && other.kind === 'act' && other.words.includes(head))) return found
  return found.filter((mention) => !scan.markers.some(({ value, start, end }) => (value.role === 'target' || value.role === 'place') && start > head && end <= mention.first && mention.first - end <= 1))
}

function firstBelow(scan: Scan, tree: Tree, head: number, except: ReadonlySet<number>): ActorMention | undefined {
  let best: ActorMention | undefined
  const visit = (at: number, depth: number): void => {
    for (const child of tree.children[at] ?? []) {
      const relation = scan.tokens[child]?.relation ?? ''
      if (except.has(child) || CLAUSES.has(relation) || relation === 'conj' || depth > 6) continue
      const mention = tree.mentionAt.get(child)
      if (mention && (!best || mention.first < best.first)) best = mention
      visit(child, depth + 1)
    }
  }
  visit(head, 0)
  return best
}

/* "a visit of X to Y": what stands in the gap of a marker is none of its words, but for the same preposition said once more ("gone to X, to Y"). */
const isOwnWord = ({ tokens }: Scan, marker: PhraseMatch<MarkerValue>, at: number): boolean => marker.words.includes(at) || tokens[at]?.norm === tokens[marker.end - 1]?.norm

/* "the condemnation of X by": of a marker with a gap only the words behind it stand before the phrase. */
function leads({ words, start, end }: PhraseMatch<MarkerValue>, at: number): boolean {
  if (words.length === end - start) return true
  for (let i = at; i < end; i++) if (!words.includes(i)) return false
  return true
}

/** Role of an oblique phrase by its case words, looked up among the markers of the sentence. */
function markerRole(scan: Scan, tree: Tree, child: number): Role | null {
  const cases = (tree.children[child] ?? []).filter((token) => scan.tokens[token]?.relation === 'case')
  for (const token of cases) {
    const marker = scan.markers.find((candidate) => (candidate.value.kind === 'role' || candidate.value.kind === 'post') && candidate.start <= token && candidate.end > token && isOwnWord(scan, candidate, token) && leads(candidate, token) && commasBetween(scan, candidate.start, candidate.end) === 0)
    if (marker) return marker.value.role
  }
  return null
}

/* "launched an investigation into X": what hangs on the noun belongs to the act as a whole, and so does what hangs on its verb. */
function addObjectOfLight(scan: Scan, tree: Tree, predicate: Predicate, put: (role: FrameRole, mentions: readonly ActorMention[]) => void): void {
  const noun = scan.tokens[predicate.head]
  const verb = noun?.head ?? -1
  if (verb < 0 || !(noun?.relation === 'obj' || noun?.relation === 'nsubj:pass')) return
  // "condemned an attack": the object of an act is not done by whoever does that act.
  if (scan.predicates.some((other) => other !== predicate && !other.nominal && other.kind !== 'matrix' && other.words.includes(verb))) return
  const words = new Set([...predicate.words, verb])
  for (const child of tree.children[verb] ?? []) {
    if (words.has(child)) continue
    const relation = scan.tokens[child]?.relation ?? ''
    const found = phraseMentions(scan, tree, child, words)
    if (found.length === 0) continue
    if (SUBJECTS.has(relation)) put(predicate.passive ? 'patient' : 'agent', found)
    else if (relation.startsWith('obl')) {
      const role = markerRole(scan, tree, child)
      if (role !== null && role !== 'of' && role !== 'as' && role !== 'between' && role !== 'after' && role !== 'before') put(role, found)
    }
  }
}

/** How many commas part two places of a sentence, other than those that part the items of a list. */
export function commasBetween(scan: Scan, from: number, to: number): number {
  let count = 0
  for (let i = from; i < to; i++) if (scan.boundaries.get(i) === 'comma' && scan.tokens[i]?.norm !== LIST_COMMA) count++
  return count
}
const LIST_COMMA = '、'

/** Where no tree tells, somebody named behind a comma is not the object of the verb before it; people told of by a noun may be, behind one. */
export function isBeyondComma(scan: Scan, from: number, mention: ActorMention, first = mention.first): boolean {
  // Not where somebody else opens that clause.
  const isPeople = mention.actors.every((actor) => actor.id.startsWith('noun:')) && !scan.actors.some((other) => other.first >= from && other.last <= first && commasBetween(scan, from, other.first) > 0)
  return commasBetween(scan, from, first) > (isPeople ? 1 : 0)
}

/**
 * "…, deplored the ministry": whether somebody behind a verb that may give words closes the sentence, as its subject. A bare state may be the object,
 * unless the words before are quoted.
 */
export function closesWith(scan: Scan, predicate: Predicate, mention: ActorMention, { order, finiteLabels }: RoleSettings): boolean {
  if ((order === 'svo' && finiteLabels.length === 0) || !predicate.gives || predicate.nominal || predicate.passive || predicate.label === 'ger' || (predicate.label === 'part' && scan.tokens[predicate.first - 1]?.tag !== 'AUX' && scan.tokens[predicate.first]?.tag !== 'AUX')) return false
  const comma = [1, 2, 3].find((back) => /^(?:comma|quote)$/u.test(scan.boundaries.get(predicate.first - back) ?? ''))
  if (comma === undefined || mention.first - predicate.last > 1 || mention.use === 'adjective' || scan.tokens.slice(predicate.first - comma + 1, predicate.first).some((token) => token.tag !== undefined && token.tag !== 'AUX')) return false
  if (scan.boundaries.get(predicate.first - comma) !== 'quote' && mention.actors.every((actor) => /^(?:state|place):/u.test(actor.id) && actor.sector === null)) return false
  return !scan.predicates.some((other) => !other.nominal && other.first >= predicate.last)
}

/** "…, announced the council": the noun behind a verb of saying that follows the words said; null where there is none. */
export function invertedSubject(scan: Scan, predicate: Predicate): number | null {
  if (predicate.kind !== 'speech' || predicate.nominal || predicate.passive) return null
  const comma = [1, 2, 3].find((back) => /^(?:comma|quote)$/u.test(scan.boundaries.get(predicate.first - back) ?? ''))
  if (comma === undefined || scan.tokens.slice(predicate.first - comma + 1, predicate.first).some((token) => token.tag !== 'AUX')) return null
  const at = scan.tokens.findIndex((token, i) => i >= predicate.last && i - predicate.last < INVERTED && (token.tag === 'NOUN' || token.tag === 'PROPN') && token.head !== undefined && predicate.words.includes(token.head) && (token.relation === 'nsubj' || token.relation === 'obj'))
  return at < 0 ? behindDate(scan, predicate) : at
}
/** How far behind its verb such a subject may stand, in tokens. */
const INVERTED = 4
/** Words that may lead to a date ("on", "late on") or open the noun behind it ("official"). */
const LEADING = 2

/* "…, said on Friday the ministry": a day has no apposition, so the noun right behind it is the subject, though the tree hangs it on the day. */
function behindDate(scan: Scan, predicate: Predicate): number | null {
  const said = scan.tokens[predicate.last - 1]?.end ?? 0
  const date = scan.dates.find((hit) => hit.start > said)
  if (!date) return null
  const first = scan.tokens.findIndex((token) => token.start >= date.start)
  if (first < 0 || first - predicate.last > LEADING) return null
  for (let i = first; i <= first + INVERTED; i++) {
    const token = scan.tokens[i]
    if (!token || token.kind === 'punct' || token.tag === 'ADP') return null
    if (token.start >= date.end && (token.tag === 'NOUN' || token.tag === 'PROPN')) return i
  }
  return null
}

/** "accusing them": the object is a pronoun that names nobody by itself. */
export function hasPronounObject(scan: Scan, predicate: Predicate): boolean {
  return !predicate.nominal && scan.tokens.some((token, i) => token.tag === 'PRON' && token.relation === 'obj' && token.head !== undefined && predicate.words.includes(token.head) && !scan.actorAt.has(i))
}
