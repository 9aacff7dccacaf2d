/** Who takes part in a predicate: subject, object and marked phrases, by position, markers and the language's word order. */
import type { RoleSettings } from '../knowledge/roles.ts'
import type { ActorMention } from '../model/index.ts'
import { disagrees, hasObjectForm, isObjectForm, opensForItself, pronounDisagrees } from './agree.ts'
import { goesOnBehindComma, isApart, nearestSufferer, opensBare, ownerBeyond, subjectAhead, subjectOfClause } from './clauses.ts'
import { type Finder, isParticiple, isState, isVerb, NOBODY, putMarked, REACH, type Roles, type Subject, usable } from './finder.ts'
import { type Frame, type FrameRole, withoutRole } from './frame.ts'
import { govern } from './govern.ts'
import { carriedOut, hangsBefore, hangsBehind, hasSubject, isOfSubject, isBeyondVerb } from './hangs.ts'
import { findMarks } from './marks.ts'
import { isParted } from './parted.ts'
import { isOfPassive } from './passives.ts'
import type { Predicate, Scan } from './scan.ts'
import { isTown, relativeBetween } from './sides.ts'
import { closesWith, commasBetween, hangsOn, hasPronounObject, invertedSubject, isBeyondComma, isDoerElsewhere, isObjectBehind, isSubjectElsewhere, nounAbove, type SyntacticRoles, speakerBehind, syntacticRoles, treeOf } from './syntax.ts'
import { voiceOf, withoutVoices } from './said-last.ts'
import { behindRelative, describesMarked, hasUnknownSubject, isBehindNoun, isCounterpartOf, isOwned, nounBefore, opensClause, subjectBefore, objectDescribed, undergoneBy } from './verb-first.ts'

/** Builds the frames of all predicates of a sentence. `before` is the subject carried over from the sentence before, for languages that drop it. */
export function findFrames(scan: Scan, roles: RoleSettings, joinCuts: readonly string[], before: readonly ActorMention[]): Frame[] {
  const governors = govern(scan, roles)
  const finder: Finder = { scan, roles, marks: findMarks(scan, roles, joinCuts), governors, subjects: new Map(), found: new Map(), contents: new Set(), topical: new Set(), tree: treeOf(scan) }
  const frames: Frame[] = []
  for (const predicate of scan.predicates) {
    const clause = clauseOf(finder, predicate)
    const positional = predicate.nominal ? nominalRoles(finder, predicate, clause) : verbalRoles(finder, predicate, clause, before)
    // Where the analysis took the verb for a part of a name, the tree knows nothing of it.
    const found = finder.tree && (predicate.nominal || scan.tokens[predicate.head]?.tag !== 'PROPN') ? withSyntax(finder, predicate, positional, syntacticRoles(scan, finder.tree, predicate, roles)) : positional
    if (!predicate.nominal) finder.found.set(predicate, found.roles)
    frames.push({
      predicate, clause, roles: found.roles, inherited: found.inherited, carried: carriedSubject(finder, predicate),
      content: scan.predicates.filter((other) => governors.get(other) === predicate), governor: governors.get(predicate) ?? null,
    })
  }
  return withoutVoices(scan, finder.tree ? frames.map((frame) => carriedOut(scan, frame, frames)) : frames)
}

/* The subject of the verb before, where the language drops subjects: who is named behind the verb may be its object. */
function carriedSubject(finder: Finder, predicate: Predicate): readonly ActorMention[] {
  if (!finder.roles.subjectDrop || predicate.nominal || predicate.passive) return []
  const previous = finder.scan.predicates.findLast((other) => isVerb(other) && other.last <= predicate.first && (finder.subjects.get(other)?.actors.length ?? 0) > 0)
  return previous ? (finder.subjects.get(previous)?.actors ?? []) : []
}

/* What the tree shows comes first; what stands in place or after a marker fills the roles it leaves open. */
function withSyntax(finder: Finder, predicate: Predicate, placed: { roles: Roles; inherited: boolean }, syntax: SyntacticRoles): { roles: Roles; inherited: boolean } {
  // "Made by X, the drones hit Y": whoever a participle before a comma is marked to be by does not do what an active verb behind it tells.
  const isAside = (mention: ActorMention): boolean => !predicate.nominal && !syntax.passive && mention.last <= predicate.first && finder.marks.of(mention) === 'agent' && commasBetween(finder.scan, mention.last, predicate.first) > 0 && !relativeBetween(finder.scan, mention.last, predicate.first)
  const doers = predicate.nominal ? undefined : placed.roles.agent?.filter((mention) => !isDoerElsewhere(finder.scan, mention, predicate) && !isAside(mention))
  const positional = doers && doers.length < (placed.roles.agent?.length ?? 0) ? { ...placed, roles: doers.length > 0 ? { ...placed.roles, agent: doers } : withoutRole(placed.roles, 'agent') } : placed
  const out: Record<string, readonly ActorMention[]> = { ...syntax.roles }
  // A subject found by way of another clause gives way to a bare phrase right before a finite verb.
  const beside = syntax.inherited && !syntax.passive ? positional.roles.agent?.at(-1) : undefined
  if (beside && finder.roles.finiteLabels.includes(predicate.label) && predicate.first - beside.last <= 1 && predicate.first >= beside.last && usable(finder, beside)) {
    out['agent'] = positional.roles.agent ?? []
    for (const role of Object.keys(out)) if (role !== 'agent') out[role] = (out[role] ?? []).filter((mention) => !out['agent']?.includes(mention))
  }
  // A phrase marked as the doer is one, whatever the tree makes of it; and whoever is joined with a side takes it too.
  const isActive = !predicate.nominal && !predicate.light && !syntax.passive && !syntax.inherited && (syntax.roles.agent ?? []).some((mention) => mention.last <= predicate.first)
  const marked = (positional.inherited ? [] : (positional.roles.agent ?? [])).filter((mention) => finder.marks.of(mention) === 'agent' && !(isActive && mention.first >= predicate.last) && !isAside(mention) && !(predicate.nominal ? hangsBefore(finder.scan, predicate, mention) : isOfSubject(finder.scan, predicate, mention)))
  if (marked.length > 0) {
    for (const role of Object.keys(out)) out[role] = (out[role] ?? []).filter((mention) => !marked.includes(mention))
    out['agent'] = marked
  }
  // "were killed by soldiers of X": where an ending alone marks the doer, the tree may take it for another object.
  const byEnding = syntax.passive && !predicate.nominal && marked.length === 0 && !out['agent'] ? (out['addressee'] ?? []).filter((mention) => finder.marks.of(mention) === 'agent') : []
  if (byEnding.length > 0) {
    out['addressee'] = (out['addressee'] ?? []).filter((mention) => !byEnding.includes(mention))
    out['agent'] = byEnding
  }
  // "…, X told Y": a bare phrase between a comma and a verb of saying says it.
  const voice = voiceOf(finder.scan, predicate, positional.roles.agent)
  if (voice.length > 0 && !syntax.passive) {
    for (const role of Object.keys(out)) out[role] = (out[role] ?? []).filter((mention) => !voice.includes(mention))
    out['agent'] = voice
  }
  // "…", said the minister: behind words quoted the subject stands where trees look for the object.
  const quoting = speakerBehind(finder.scan, predicate, positional.roles.agent ?? [], out['patient'] ?? positional.roles.patient ?? [])
  const speaking = quoting.length > 0 ? quoting : predicate.kind === 'speech' && (!out['agent'] || syntax.inherited) ? (positional.roles.agent ?? []) : []
  if (speaking.length > 0 && speaking.every((mention) => mention.first >= predicate.last && ((out['patient'] ?? []).includes(mention) || !Object.values(out).flat().includes(mention)))) {
    out['agent'] = speaking
    delete out['patient']
  }
  // "…, announced the council": where the noun behind it names nobody, nobody else said it.
  const inverted = invertedSubject(finder.scan, predicate)
  if (inverted !== null && !out['agent']?.some((mention) => mention.first >= predicate.last) && !finder.scan.actorAt.has(inverted)) return { roles: withoutRole(positional.roles, 'agent'), inherited: false }
  const told = inverted === null ? undefined : finder.scan.actorAt.get(inverted)
  if (told && (out['agent'] ?? []).every((mention) => mention.last <= predicate.first)) {
    for (const role of Object.keys(out)) out[role] = (out[role] ?? []).filter((mention) => mention !== told)
    out['agent'] = [told]
  }
  const closing = positional.roles.agent?.[0]
  if (closing && predicate.kind !== 'speech' && closing.first >= predicate.last && closesWith(finder.scan, predicate, closing, finder.roles)) {
    for (const role of Object.keys(out)) out[role] = (out[role] ?? []).filter((mention) => mention !== closing)
    out['agent'] = [closing]
  }
  for (const role of ['agent', 'patient']) {
    const side = out[role]
    if (side?.length === 1 && side[0]) out[role] = finder.marks.group(side[0]).filter((mention) => mention === side[0] || !Object.values(out).flat().includes(mention))
  }
  const taken = new Set(Object.values(out).flat())
  // "A strike on X, which killed people, was condemned": whoever a clause before the verb tells of is not its subject.
  const owned = syntax.passive && !predicate.nominal && hasSubject(finder.scan, predicate)
  for (const [role, mentions] of Object.entries(positional.roles).filter(([role]) => !out[role]?.length)) {
    // The voice is the tree's to tell: a subject it made a patient is no agent by its place.
    if (role === 'agent' && syntax.passive && !predicate.nominal && positional.roles.agent?.some((mention) => mention.last <= predicate.first)) continue
    // "accusing them of helping X": the place of the object is taken.
    if (role === 'patient' && finder.tree && hasPronounObject(finder.scan, predicate)) continue
    // "condemned the strikes on X": whoever hangs on a noun of action takes part in that one.
    // "support in the war with X": whoever hangs on another noun of action behind this one takes part in that.
    const free = mentions.filter((mention) => !(owned && role !== 'agent' && mention.last <= predicate.first && commasBetween(finder.scan, mention.last, predicate.first) > 0) && !(role === 'partner' && predicate.nominal && hangsBehind(finder.scan, predicate, mention)) && !(role === 'agent' && predicate.nominal && hangsBefore(finder.scan, predicate, mention)) && !taken.has(mention) && (role === 'agent' || predicate.nominal || nounAbove(finder.scan, mention) === null) && (role !== 'patient' || predicate.nominal || !(isSubjectElsewhere(finder.scan, mention, predicate) || (out['addressee'] && isObjectBehind(finder.scan, mention, predicate)))) && (predicate.nominal || !(out['agent'] ?? []).some((doer) => hangsOn(finder.scan, mention, doer))))
    if (free.length > 0) out[role] = free
  }
  if (syntax.passive && out['patient']) out['patient'] = nearestSufferer(finder, predicate, out['patient'])
  else if (!syntax.passive && out['agent']) out['agent'] = goesOnBehindComma(finder, predicate, out['agent'])
  // The subject of a passive, which verbs behind it share, is whoever it was done to.
  const done = syntax.passive ? (out['patient'] ?? []).filter((mention) => mention.last <= predicate.first) : []
  const agent = done.length > 0 ? done : (out['agent'] ?? [])
  if (!predicate.nominal && agent.length > 0) finder.subjects.set(predicate, { actors: agent, inherited: syntax.inherited })
  return { roles: out, inherited: syntax.roles.agent ? syntax.inherited : positional.inherited }
}

/** The clause around a predicate: up to a hard boundary or the opener of another clause. */
function clauseOf({ scan }: Finder, predicate: Predicate): readonly [number, number] {
  let from = predicate.first
  while (from > 0 && predicate.first - from < REACH) {
    const boundary = scan.boundaries.get(from - 1)
    if (boundary !== undefined && boundary !== 'comma') break
    from--
  }
  let to = predicate.last
  while (to < scan.tokens.length && to - predicate.last < REACH) {
    const boundary = scan.boundaries.get(to)
    if (boundary === 'hard' || boundary === 'relative' || boundary === 'subordinate' || boundary === 'clause') break
    to++
  }
  return [from, to]
}

/* ---- verbs ---- */
function verbalRoles(finder: Finder, predicate: Predicate, clause: readonly [number, number], carried: readonly ActorMention[]): { roles: Roles; inherited: boolean } {
  const { scan, marks, roles: settings } = finder
  const used = new Set<ActorMention>()
  let left: Subject = predicate.resumptive ? NOBODY : settings.commaClauses ? subjectOfClause(finder, predicate, clause, () => subjectLeft(finder, predicate, clause)) : subjectLeft(finder, predicate, clause)
  // A wording may hold a phrase, or end with the first words of one ("receives the minister", of "the minister X").
  const within = scan.actors.filter((actor) => actor.first > predicate.first && (actor.last <= predicate.last ? !predicate.words.includes(actor.first) || isState(actor) : actor.first < predicate.last))
  const whole = within.filter((actor) => usable(finder, actor))
  // "[saw] the Tunisian capital [protests]": where verbs come first, an adjective inside the wording may be all that names the subject.
  const inside = whole.length > 0 || settings.order !== 'vso' ? whole : within.filter((actor) => actor.use === 'adjective' && marks.of(actor) === null)
  const right = [...scan.actors.filter((actor) => actor.first >= predicate.last && actor.first < clause[1] && reachable(finder, predicate, actor)), ...behindRelative(finder, predicate, clause[1])]
  if ((left.actors.length === 0 || left.inherited) && !left.settled && hasUnknownSubject(finder, predicate, [...inside, ...right])) left = { actors: [], inherited: false, settled: true }
  let subject: Subject = left
  if (!left.settled && (left.actors.length === 0 || left.inherited || isTakenBefore(finder, predicate, left, clause))) {
    const after = settings.commaClauses ? [] : subjectRight(finder, predicate, inside, right, left)
    // "invited him to visit <a capital>": where that verb goes on for the one before, a town behind it does nothing.
    if (after.length > 0 && !(predicate.tailed && left.inherited && after.every(isTown))) subject = { actors: after, inherited: false }
  }
  if (!left.settled && subject.actors.length === 0 && subject.closed !== true && settings.subjectDrop && carried.length > 0 && !predicate.passive && isMainVerb(finder, predicate) && !isQuoted(scan, predicate) && !hasOtherSubject(scan, predicate) && (!settings.commaClauses || opensBare(scan, predicate))) subject = { actors: carried, inherited: true }
  const ahead = settings.commaClauses && (subject.actors.length === 0 || subject.actors === carried) && !predicate.passive ? subjectAhead(finder, predicate) : undefined
  if (ahead) subject = { actors: ahead, inherited: true }
  // "demonstrators gathered": the wording may hold the one who does it.
  if (settings.order === 'vso' && !left.settled && (left.actors.length === 0 || left.inherited)) {
    const own = scan.actors.find((actor) => actor.first > predicate.head && predicate.words.includes(actor.first) && marks.of(actor) === null && !isOwned(scan, actor) && !disagrees(scan, settings, predicate, actor) && !(subject.actors.length > 0 && hasObjectForm(scan, settings, actor)))
    const found = subject.inherited ? undefined : subject.actors[0]
    if (own && (!found || own.first < found.first)) subject = { actors: marks.group(own), inherited: false }
  }
  // "demonstrators gathered": where no tree tells, one the wording begins with does it.
  const opening = finder.tree === null && settings.order === 'svo' && (subject.actors.length === 0 || subject.inherited) ? scan.actors.find((actor) => actor.first <= predicate.first && actor.last > predicate.first && actor.last <= predicate.last && predicate.words.includes(predicate.first) && marks.of(actor) === null) : undefined
  if (opening) subject = { actors: [opening], inherited: false }
  // "the hostages whom X holds": where the verb carries its object as a pronoun, whoever comes after it does it to whoever came before.
  const before: ActorMention[] = []
  if (predicate.objectPronoun && left.actors.length > 0 && !left.inherited) {
    const after = subjectRight(finder, predicate, inside, right, NOBODY)
    if (after.length > 0) {
      subject = { actors: after, inherited: false }
      before.push(...left.actors)
    }
  }
  for (const actor of subject.actors) used.add(actor)
  finder.subjects.set(predicate, subject)
  const roles: Record<string, ActorMention[]> = {}
  const put = (role: FrameRole, actors: readonly ActorMention[]): void => {
    const fresh = actors.filter((actor) => !used.has(actor))
    if (fresh.length === 0) return
    for (const actor of fresh) used.add(actor)
    roles[role] = [...(roles[role] ?? []), ...fresh]
  }
  put('patient', before)
  for (const actor of [...within, ...right]) {
    if (used.has(actor)) continue
    const mark = marks.of(actor)
    if ((mark === null || marks.of(marks.group(actor)[0] ?? actor) === null) && (opensNext(finder, predicate, actor) || opensClause(finder, actor))) continue
    if (settings.commaClauses && mark !== null && commasBetween(scan, predicate.last, (marks.group(actor)[0] ?? actor).first) > 0) continue
    if (mark === 'agent' && !predicate.passive && isOfPassive(scan, predicate.last, actor)) continue
    if (mark === null && finder.tree === null && settings.order === 'svo' && isBeyondComma(scan, predicate.last, actor, (marks.group(actor)[0] ?? actor).first)) continue
    // "accused it of shelling X": the pronoun written on to the verb is its object.
    if (mark === null && predicate.tailed && settings.order === 'vso') continue
    // "attacked X's migrant policy": people named by a noun behind a possessor only say which thing of X's it is.
    if (settings.commaClauses && mark === null && predicate.worded && isThing(finder, actor)) continue
    if (mark === null) {
      // "hit X, which led to the death of Y": where it is said against whom, whoever is behind a noun of action belongs to that one.
      if (roles['target'] && settings.order === 'vso' && scan.predicates.some((other) => other.nominal && other.first >= predicate.last && other.last <= actor.first && actor.first - other.last <= 1)) continue
      if (!roles['patient'] && usable(finder, actor)) put('patient', marks.group(actor))
      else if (!roles['patient'] && actor.use === 'adjective' && !(roles['target'] && settings.order === 'vso') && !describesMarked(finder, actor)) put('patient', marks.group(actor))
    } else if (mark === 'between' && predicate.passive && settings.order === 'vso') put('agent', marks.group(actor))
    else putMarked(put, mark, marks.group(actor))
  }
  for (const actor of scan.actors) {
    if (actor.last > predicate.first || actor.first < clause[0] || used.has(actor)) continue
    const mark = marks.of(actor)
    // Where verbs come first, what stands behind another verb belongs to that one.
    if (settings.order === 'vso' && scan.predicates.some((other) => isVerb(other) && other !== predicate && other.first >= clause[0] && other.last <= actor.first)) continue
    if (settings.commaClauses && mark !== null && isApart(finder, predicate, actor, mark, subject)) continue
    if (mark !== null && mark !== 'of' && mark !== 'place') putMarked((role, actors) => { if (!roles[role]) put(role, actors) }, mark, marks.group(actor))
  }
  if (predicate.passive) {
    const agent = roles['agent'] ?? []
    const out: Roles = { ...roles, patient: [...subject.actors, ...(roles['patient'] ?? [])] }
    if (agent.length > 0) out.agent = agent
    else delete out.agent
    return { roles: out, inherited: false }
  }
  const undergone = undergoneBy(finder, predicate, subject, roles)
  if (undergone) return { roles: undergone, inherited: false }
  const out: Roles = { ...roles }
  if (subject.actors.length > 0) out.agent = subject.actors
  const meant = predicate.tailed && settings.order === 'vso' && !roles['patient'] ? objectMeant(finder, predicate, subject) : []
  if (meant.length > 0) out.patient = meant
  return { roles: out, inherited: subject.inherited }
}

/* "X criticised Y and accused it": the pronoun on a verb is the other side of the verb before; with a subject of its own ("arrived in X, where Z received him") the subject of that one. */
function objectMeant({ scan, found, roles: settings }: Finder, predicate: Predicate, subject: Subject): readonly ActorMention[] {
  const before = scan.predicates.findLast((other) => isVerb(other) && other.last <= predicate.first && (found.get(other)?.agent ?? []).length > 0)
  if (!before || subject.actors.length === 0) return []
  for (let i = before.last; i < predicate.first; i++) if (scan.boundaries.get(i) === 'hard' || scan.boundaries.get(i) === 'that') return []
  const roles = found.get(before) ?? {}
  const agent = roles.agent ?? []
  const own = subject.actors.every((mention) => !agent.includes(mention))
  const other = own ? agent : (roles.patient ?? roles.partner ?? roles.target ?? roles.addressee ?? [])
  return other.filter((mention) => !subject.actors.includes(mention) && mention.use !== 'adjective' && !pronounDisagrees(scan, settings, predicate, mention) && !subject.actors.some((doer) => doer.actors.some(({ id }) => mention.actors.some((actor) => actor.id === id))))
}

/* "as X called it, Y attacked": where verbs come first, whoever is behind a verb before the comma is the subject of that one. */
function isTakenBefore({ scan, roles, subjects }: Finder, predicate: Predicate, left: Subject, clause: readonly [number, number]): boolean {
  const last = left.actors.at(-1)
  if (roles.order !== 'vso' || predicate.cut !== '' || !last || last.last <= clause[0] || commasBetween(scan, last.last, predicate.first) === 0) return false
  // "while the toll of X rose, Y attacked": whoever does not open the clause belongs to a verb nobody knows.
  if ((left.actors[0]?.first ?? 0) - clause[0] > 1) return true
  return scan.predicates.some((other) => isVerb(other) && other.last <= (left.actors[0]?.first ?? 0) && subjects.get(other)?.actors.includes(last) === true)
}

const isThing = ({ scan, marks }: Finder, actor: ActorMention): boolean => actor.actors.every(({ id, country }) => id.startsWith('noun:') && country === null) && scan.actors.some((owner) => owner.last < actor.first && actor.first - owner.last === 1 && marks.possessive(owner))

/* "X signed a deal, Y and Z objected": behind a comma and right before another verb of its own, a bare phrase is that verb's subject. */
function opensNext({ scan, marks, governors, roles }: Finder, predicate: Predicate, actor: ActorMention): boolean {
  if (roles.order !== 'svo' || actor.first < predicate.last) return false
  const group = marks.group(actor)
  const from = group[0]?.first ?? actor.first
  const to = group.at(-1)?.last ?? actor.last
  const next = scan.predicates.find((other) => isVerb(other) && other.first >= to)
  if (!next || next.first - to > 4 || next.label === 'inf' || governors.get(next) === predicate || scan.boundaries.get(from - 1) !== 'comma') return false
  if (isParted(scan, to, next.first)) return false
  return true
}

/** An actor right of a predicate belongs to it when no other verb stands between, or only verbs that govern or are governed. */
function reachable({ scan, governors }: Finder, predicate: Predicate, actor: ActorMention): boolean {
  if (actor.first - predicate.last > REACH) return false
  for (const other of scan.predicates) {
    if (other.first < predicate.last || other.first >= actor.first || other === predicate) continue
    if (isVerb(other) && governors.get(other) !== predicate) return false
    if (isVerb(other) && other.kind !== 'act' && governors.get(other) === predicate) return false
  }
  for (let i = predicate.last; i < actor.first; i++) if (scan.boundaries.get(i) === 'that') return false
  return true
}

function subjectLeft(finder: Finder, predicate: Predicate, clause: readonly [number, number]): Subject {
  const { scan, marks, governors, subjects } = finder
  const opener = scan.boundaries.get(clause[0] - 1)
  let previous: Predicate | null = null
  for (const other of scan.predicates) if (isVerb(other) && other.last <= predicate.first && other.first >= clause[0] && other !== predicate) previous = other
  const from = previous ? previous.last : clause[0]
  const candidates = scan.actors.filter((actor) => actor.first >= from && actor.last <= predicate.first && usable(finder, actor))
  if (finder.roles.order === 'vso') {
    if (isParticiple(predicate)) return subjectBefore(finder, predicate)
    const noun = nounBefore(finder, predicate)
    if (noun) return { actors: scan.actors.filter((actor) => actor.use === 'adjective' && actor.first >= noun.first && actor.last <= predicate.first), inherited: false, settled: true }
  }
  const governor = governors.get(predicate)
  if (governor && governor.last <= predicate.first && isVerb(governor) && governor.kind === 'matrix') {
    // "urged X to do": the object of the governor does it; otherwise its subject.
    const object = scan.actors.find((actor) => actor.first >= governor.last && actor.last <= predicate.first && usable(finder, actor))
    if (object) return { actors: marks.group(object), inherited: false }
    return { actors: subjects.get(governor)?.actors ?? [], inherited: true }
  }
  if (previous && candidates.length > 0) {
    // After another verb an unmarked phrase is that verb's object unless something opens a new clause before it.
    const nearest = candidates.at(-1)
    if (nearest) {
      const group = marks.group(nearest)
      const first = group[0] ?? nearest
      let opened = previous.kind === 'speech' || (group[0] === nearest && nearest.last === predicate.first && opensClause(finder, nearest))
      for (let i = previous.last; i < first.first; i++) if (scan.boundaries.has(i)) opened = true
      if (scan.markers.some((marker) => marker.value.kind === 'joiner' && marker.end <= first.first && marker.start >= (previous?.last ?? 0) && first.first - marker.end <= 1)) opened = true
      if (opened) return { actors: group, inherited: false }
    }
  } else if (candidates.length > 0) {
    const nearest = candidates.at(-1)
    if (nearest) return { actors: marks.group(nearest), inherited: false }
  }
  if (opener === 'relative') {
    const antecedent = scan.actors.filter((actor) => actor.last <= clause[0] && clause[0] - actor.last <= 4).at(-1)
    // "arrived in X, where he met Y": a town does nothing there.
    const where = antecedent !== undefined && (isTown(antecedent) || /^(?:place|addressee)$/u.test(marks.of(antecedent) ?? '')) && (scan.tokens[clause[0] - 1]?.relation === 'advmod' || scan.markers.some((marker) => marker.value.kind === 'subordinate' && marker.start === clause[0] - 1))
    // "a strike on X, which killed 12": whom a noun of action is aimed at does nothing in its stead.
    if (antecedent && /^(?:target|place)$/u.test(marks.of(antecedent) ?? '') && scan.predicates.some((other) => other.nominal && other.kind === 'act' && other.last <= antecedent.first && antecedent.first - other.last <= DESCRIBED)) return { actors: [], inherited: false, settled: true }
    const meant = antecedent ? objectDescribed(finder, predicate, antecedent) : null
    if (meant) return meant
    if (antecedent && !where) return { actors: marks.group(antecedent), inherited: false }
  }
  if (previous) {
    const shared = subjects.get(previous)
    if (shared?.settled) return shared
    if (shared && shared.actors.length > 0 && !predicate.passive) return { actors: shared.actors, inherited: true }
  }
  // "X announced that it will withdraw": where the pronoun is written on to the word that opens the clause, whoever says so does it.
  if (finder.roles.order === 'vso' && opener === 'that' && !predicate.passive && commasBetween(scan, clause[0], predicate.first) === 0 && opensForItself(scan, finder.roles, clause[0] - 1)) {
    const says = scan.predicates.findLast((other) => isVerb(other) && other.kind !== 'act' && other.last <= clause[0])
    // "companies it said had sold …": the pronoun means the noun that such a clause describes.
    const described = says?.cut === '' ? scan.actors.find((actor) => actor.last === says.first && subjects.get(says)?.actors.includes(actor) === false) : undefined
    const shared = described ? { actors: [described] } : says ? subjects.get(says) : undefined
    if (shared?.actors[0] && !disagrees(scan, finder.roles, predicate, shared.actors[0])) return { actors: shared.actors, inherited: true, settled: true }
  }
  if (opener !== undefined && opener !== 'hard' && opener !== 'relative' && opener !== 'that' && !predicate.passive) {
    const main = scan.predicates.findLast((other) => isVerb(other) && other.last <= clause[0])
    const shared = main ? subjects.get(main) : undefined
    if (shared && shared.actors.length > 0 && (opener === 'clause' || finder.roles.subjectDrop || isParticiple(predicate))) return { actors: shared.actors, inherited: true }
  }
  return NOBODY
}

/* A subject before the verb that names nobody known is its subject all the same. */
const hasOtherSubject = ({ tokens }: Scan, { words, first }: Predicate): boolean => tokens.some(({ tag, relation, head }, i) => i < first && relation === 'nsubj' && (tag === 'NOUN' || tag === 'PROPN') && head !== undefined && words.includes(head))

/** The subject after its verb: in verb-first languages the first bare phrase; elsewhere only close behind a verb of saying. */
function subjectRight(finder: Finder, predicate: Predicate, inside: readonly ActorMention[], right: readonly ActorMention[], left: Subject): readonly ActorMention[] {
  const { roles, marks, scan } = finder
  if (predicate.passive) return []
  const verbFirst = roles.order === 'vso'
  // "…, calling on X to do": where verbs come first, a participle has the subject of the clause before it, and what is behind it is its object.
  if (verbFirst && isParticiple(predicate)) return []
  const behind = verbFirst ? [...inside, ...right].filter((actor) => !disagrees(scan, roles, predicate, actor) && !isObjectForm(scan, roles, predicate, actor)) : right
  const carried = left.inherited && left.actors.length > 0
  if (verbFirst && inside[0] && behind.includes(inside[0]) && !(carried && (isCounterpartOf(finder, predicate, inside[0]) || (predicate.words.includes(inside[0].first) && hasObjectForm(scan, roles, inside[0]))))) return marks.group(inside[0])
  // "burnt the French flag": an adjective right behind the noun of a wording says whose that noun is.
  const ofObject = (actor: ActorMention): boolean => actor.first === predicate.last && predicate.words.length > 1 && predicate.last - 1 !== predicate.head
  const first = right.find((actor) => usable(finder, actor) || (verbFirst && actor.use === 'adjective' && marks.of(actor) === null && !ofObject(actor)))
  if (!first || (verbFirst && !behind.includes(first))) return []
  if (verbFirst && carried && (isCounterpartOf(finder, predicate, first) || isBehindNoun(finder, predicate))) return []
  const distance = first.first - predicate.last
  if (verbFirst) {
    if (distance > 5 || scan.predicates.some((other) => other !== predicate && other.first >= predicate.last && other.last <= first.first)) return []
    return marks.group(first)
  }
  // "said on Monday the minister": a date may stand between.
  const dated = scan.tokens.slice(predicate.last, first.first).filter(({ start }) => scan.dates.some((date) => date.start <= start && date.end > start)).length
  const quoteBefore = predicate.first > 0 && [1, 2].some((back) => scan.boundaries.get(predicate.first - back) === 'quote' || scan.boundaries.get(predicate.first - back) === 'comma')
  return (predicate.kind === 'speech' || closesWith(scan, predicate, first, roles)) && distance - dated <= 1 && (quoteBefore || predicate.first === 0) ? marks.group(first) : []
}

/* Whoever the words around a quotation tell of is not the subject of what is said inside it. */
function isQuoted(scan: Scan, predicate: Predicate): boolean {
  const [first, last] = [scan.tokens[predicate.first]?.start ?? 0, scan.tokens[predicate.last - 1]?.end ?? 0]
  return scan.quotes.some(([from, to]) => from <= first && to >= last && !(from === first && to === last))
}

function isMainVerb(finder: Finder, predicate: Predicate): boolean {
  if (finder.roles.nonfiniteLabels.includes(predicate.label)) return false
  return !finder.governors.has(predicate) && !finder.scan.predicates.some((other) => isVerb(other) && other.last <= predicate.first && finder.subjects.get(other)?.actors.length)
}

/* ---- nouns of action ---- */
function nominalRoles(finder: Finder, predicate: Predicate, clause: readonly [number, number]): { roles: Roles; inherited: boolean } {
  const { scan, marks, roles: settings, subjects, governors } = finder
  const roles: Record<string, ActorMention[]> = {}
  const used = new Set<ActorMention>()
  const put = (role: FrameRole, actors: readonly ActorMention[]): void => {
    const fresh = actors.filter((actor) => !used.has(actor))
    for (const actor of fresh) used.add(actor)
    if (fresh.length > 0) roles[role] = [...(roles[role] ?? []), ...fresh]
  }
  const near = (actor: ActorMention, gap: number): boolean => (actor.first >= predicate.last ? actor.first - predicate.last <= gap : predicate.first - actor.last <= gap)
  for (const actor of scan.actors) if (actor.first > predicate.first && actor.last <= predicate.last && marks.of(actor) === null) put('owner', marks.group(actor))
  // "the expulsion by X of a diplomat", "the suit of X against Y at the court": the wording may hold whoever does it, or whom it is against.
  for (const actor of scan.actors) {
    const mark = actor.first > predicate.first && actor.last <= predicate.last && !predicate.words.includes(actor.first) ? marks.of(actor) : null
    if (mark === 'agent' || mark === 'target') put(mark, marks.group(actor))
  }
  for (const actor of scan.actors) if (actor.first < predicate.first && actor.last > predicate.first) put('owner', marks.group(actor))
  // "the summoning of the ambassador of X", "of diplomats of X": the wording may end with the first words of a phrase.
  for (const actor of scan.actors) if (settings.qualifier === 'after' && actor.first > predicate.first && actor.first < predicate.last && actor.last > predicate.last && marks.of(actor) === null) put('owner', marks.group(actor))
  const leftNeighbour = scan.actors.findLast((actor) => actor.last <= predicate.first)
  if (leftNeighbour && settings.qualifier !== 'after' && near(leftNeighbour, marks.possessive(leftNeighbour) ? 4 : 2) && gapIsFree(finder, leftNeighbour.last, predicate.first) && (leftNeighbour.use === 'adjective' || marks.possessive(leftNeighbour) || leftNeighbour.last === predicate.first)) {
    // "X-with-Y's meeting": where the noun comes last, both own it.
    const mark = marks.of(leftNeighbour) === 'partner' ? scan.markers.find(({ value, end }) => value.role === 'partner' && end === leftNeighbour.first) : undefined
    const companion = mark && marks.possessive(leftNeighbour) ? scan.actors.find((actor) => actor.last === mark.start) : undefined
    const owner = ownerBeyond(finder, leftNeighbour)
    // "the against-X attack": whoever the noun is aimed at does not own it.
    const aimed = settings.commaClauses && marks.of(leftNeighbour) === 'target'
    put('target', aimed ? marks.group(leftNeighbour) : [])
    put('owner', owner ? marks.group(owner) : aimed ? [] : [...(companion ? marks.group(companion) : []), ...marks.group(leftNeighbour)])
  }
  const rights = scan.actors.filter((actor) => actor.first >= predicate.last && actor.first < clause[1] && actor.first - predicate.last <= REACH)
  for (const actor of rights) {
    if (used.has(actor)) continue
    const between = scan.predicates.some((other) => other !== predicate && other.first >= predicate.last && other.last <= actor.first)
    const given = marks.of(actor)
    // "through the mediation of X": where the noun is a part of the mark itself, whoever is behind it owns it.
    const mark = given === 'as' && scan.markers.some(({ value, start, end }) => value.role === 'as' && end === actor.first && start <= predicate.first && end >= predicate.last) ? null : given
    if (mark === null) {
      if (between || !near(actor, 2) || !gapIsFree(finder, predicate.last, actor.first)) continue
      if (settings.qualifier !== 'before') put(roles['owner'] || settings.bareObject || (predicate.possessed && settings.qualifier === 'after') ? 'patient' : 'owner', marks.group(actor))
    } else if (between && !(mark === 'target' || mark === 'partner')) continue
    else if (mark === 'agent' && isOfPassive(scan, predicate.last, actor)) continue
    // "the deal signed by X caused the anger of Y": beyond a verb of its own the phrase belongs to another noun.
    else if (mark === 'of' && isBeyondVerb(scan, predicate, actor)) continue
    else if (mark === 'of') {
      // "the attack on the embassy of this country": whoever owns the phrase before owns no more than that.
      if (!rights.some((other) => other !== actor && other.last <= actor.first && other.use === 'full' && other.actors.some(({ id }) => id.startsWith('noun:')) && scan.markers.some((marker) => marker.value.role === 'of' && marker.start === other.last && marker.end === actor.first))) put('of', marks.group(actor))
    } else if (mark === 'between') put('agent', marks.group(actor))
    else if (mark !== 'as' && mark !== 'other') put(mark, marks.group(actor))
  }
  // "the attacks that X carried out on Y": where verbs come first, behind the verb that carries the noun.
  const carrier = roles['agent'] || roles['owner'] ? -1 : carriedBehind(finder, predicate)
  if (carrier >= 0) {
    const end = clauseOf(finder, { ...predicate, last: carrier })[1]
    const behind = scan.actors.filter((actor) => actor.first >= carrier && actor.first < end && !scan.predicates.some((other) => isVerb(other) && other.first >= carrier && other.last <= actor.first))
    const first = behind[0]
    if (first && first.first - carrier <= 2 && (usable(finder, first) || (first.use === 'adjective' && marks.of(first) === null))) {
      put('agent', marks.group(first))
      for (const actor of behind) {
        const mark = used.has(actor) ? null : marks.of(actor)
        if (mark === null && actor.use === 'adjective' && !used.has(actor) && !roles['patient'] && !roles['target']) put('patient', [actor])
        if (mark !== null && mark !== 'of' && mark !== 'between' && mark !== 'as' && mark !== 'other' && !(roles[mark]?.length)) put(mark, marks.group(actor))
      }
    }
  }
  const governor = governors.get(predicate)
  const main = governor ?? scan.predicates.find((other) => isVerb(other) && other.first >= clause[0] && other.last <= clause[1])
  if (!roles['agent'] && !roles['owner'] && (predicate.possessed || roles['partner'])) {
    const shared = main ? (subjects.get(main) ?? laterSubject(finder, main, clause)) : undefined
    if (shared && shared.actors.length > 0) return { roles: { ...roles, agent: shared.actors.filter((actor) => !used.has(actor)) }, inherited: true }
  }
  // "drove X to file a complaint": where verbs come first, whoever stands between the verb and "to" does it.
  const driven = governor && !governor.nominal && settings.order === 'vso' && scan.markers.some(({ value, end }) => /^(?:addressee|target)$/u.test(value.role ?? '') && end === predicate.first) ? (finder.found.get(governor)?.patient ?? []).filter((actor) => actor.first > governor.first && actor.last < predicate.first && !used.has(actor)) : []
  if (!roles['agent'] && !roles['owner'] && driven.length > 0) return { roles: { ...roles, agent: driven }, inherited: true }
  if (!roles['agent'] && !roles['owner'] && governor && governor.kind === 'matrix') {
    const shared = subjects.get(governor)
    if (shared && shared.actors.length > 0) return { roles: { ...roles, agent: shared.actors }, inherited: true }
  }
  return { roles, inherited: false }
}

/** Words that may describe a noun before the relative clause on it. */
const DESCRIBED = 3

/* Where the verb ends that carries a noun of action in the relative clause right behind it; -1 when there is none. */
function carriedBehind({ scan, roles }: Finder, predicate: Predicate): number {
  if (roles.order !== 'vso' || predicate.kind !== 'act') return -1
  let at = predicate.last
  while (at < scan.tokens.length && at - predicate.last <= DESCRIBED && !scan.boundaries.has(at) && !scan.actorAt.has(at)) at++
  const relative = scan.markers.find((marker) => marker.value.kind === 'relative' && marker.start === at)
  // "an ambush X laid": behind a noun without its article the clause needs no word to open it.
  const verb = scan.predicates.find((other) => isVerb(other) && other.kind === 'matrix' && other.carries && (relative ? other.first === relative.end : other.cut === '' && other.first >= predicate.last && other.first - predicate.last <= 1 && other.first <= at))
  if (verb) return verb.last
  return scan.markers.find((marker) => marker.value.kind === 'light' && marker.loose > 0 && (relative ? marker.start === relative.end : marker.cut === '' && marker.start === predicate.last))?.end ?? -1
}

/** The subject of a verb that comes later than the noun that asks for it. */
function laterSubject(finder: Finder, main: Predicate, clause: readonly [number, number]): Subject {
  const left = subjectLeft(finder, main, clauseOf(finder, main))
  if (left.actors.length > 0) return left
  const right = finder.scan.actors.filter((actor) => actor.first >= main.last && actor.first < clause[1])
  return { actors: subjectRight(finder, main, [], right, left), inherited: false }
}

function gapIsFree({ scan }: Finder, from: number, to: number): boolean {
  for (let i = from; i < to; i++) {
    const boundary = scan.boundaries.get(i)
    if (boundary !== undefined) return false
    if (scan.markers.some((marker) => marker.start === i && (marker.value.kind === 'role' || marker.value.kind === 'to') && marker.value.role !== 'of')) return false
  }
  return true
}
