/** Wordings that are another act by who takes part in them: what crowds do, states do in words; persons who are welcomed are received. */
import type { Ontology } from '../knowledge/ontology.ts'
import type { Actor, ActorMention } from '../model/index.ts'
import type { Frame } from './frame.ts'
import { isParted } from './parted.ts'
import type { Predicate, Scan } from './scan.ts'

/** The concept a frame tells of: that of its wording, or another one by who takes part. */
export function actMeant(scan: Scan, frame: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): string {
  return betweenOfficials(frame, ontology) ?? byStates(frame, ontology) ?? toOffices(frame, ontology) ?? ofOthers(scan, frame, frames, ontology) ?? ofPersons(scan, frame, ontology) ?? frame.predicate.concept
}

/** Whether a mention is of one person, by name or office. */
export const isPerson = ({ use, actors }: ActorMention): boolean => use === 'full' && actors.every(({ id }) => /^(?:person|office|name):/u.test(id))

/* "X protested against the visit": what crowds do in the street a state does in words. */
function byStates({ predicate, roles: { agent = [] } }: Frame, ontology: Ontology): string | undefined {
  const speaks = agent.length > 0 && !predicate.nominal && agent.every(({ use, actors }) => use === 'full' && actors.every(({ id, sector, office }) => sector === 'GOV' && (id.startsWith('state:') || office !== null || id.startsWith('noun:'))))
  return speaks ? ontology.concepts[predicate.concept]?.['by-states'] : undefined
}

/* "two diplomats were sent out of X": what is done to one in such an office is another act. */
function toOffices({ predicate, roles: { patient = [] } }: Frame, ontology: Ontology): string | undefined {
  const others = new Set(patient.flatMap(({ actors }) => actors.map(({ office }) => (office === null ? undefined : ontology.concepts[predicate.concept]?.['to-offices']?.[office]))))
  return others.size === 1 ? [...others][0] : undefined
}

/* "regretted X's decision to leave": what another did is blamed by whoever regrets it. Of a killing only who did it counts, not whose it was. */
function ofOthers(scan: Scan, { predicate, roles }: Frame, frames: ReadonlyMap<Predicate, Frame>, ontology: Ontology): string | undefined {
  const other = ontology.concepts[predicate.concept]?.['of-others']
  const own = statesOf(roles.agent)
  if (other === undefined || own.length === 0) return undefined
  const blamed = [...frames.values()].some(({ predicate: deed, roles: { agent, owner, of } }) => {
    if (deed.first < predicate.last || deed.kind === 'speech' || isParted(scan, predicate.last, deed.first, 'that')) return false
    const doers = statesOf([...(agent ?? []), ...(ontology.ruleOf.get(deed.concept)?.undergoer === true ? [] : [...(owner ?? []), ...(of ?? [])])])
    return doers.length > 0 && !doers.some((country) => own.includes(country))
  })
  return blamed ? other : undefined
}
const statesOf = (mentions: readonly ActorMention[] = []): string[] => mentions.flatMap(({ actors }) => actors.flatMap(({ country }) => country ?? []))

/* "welcomed the president in Ankara": a person right behind the verb, of whom nothing more is said, was received; "the president's visit" was not. */
function ofPersons(scan: Scan, { predicate, roles: { patient, place, addressee } }: Frame, ontology: Ontology): string | undefined {
  const [guest] = patient ?? place ?? addressee ?? []
  if (predicate.nominal || predicate.words.length < predicate.last - predicate.first || !guest || !isPerson(guest)) return undefined
  const next = scan.tokens[guest.last]
  const alone = !next || next.kind === 'punct' || scan.markers.some(({ value, start }) => start === guest.last && /^(?:place|target|addressee)$/u.test(value.role ?? '')) || scan.dates.some(({ start, end }) => start <= next.start && end > next.start)
  return alone ? ontology.concepts[predicate.concept]?.['of-persons'] : undefined
}

/* "the president attacked the chancellor": what one in civil office does to another by this word, they do in words. */
function betweenOfficials({ predicate, roles }: Frame, ontology: Ontology): string | undefined {
  const other = ontology.concepts[predicate.concept]?.['between-officials']
  const sides = [roles.agent ?? [], [...(roles.patient ?? []), ...(roles.target ?? [])]]
  return other !== undefined && sides.every((side) => side.length > 0 && side.every((mention) => mention.actors.every(isCivilOfficial))) ? other : undefined
}
const CIVIL = new Set(['GOV', 'LEG', 'JUD', 'OPP', 'PTY', 'EUR', 'IGO', 'UNO'])
const isCivilOfficial = (actor: Actor): boolean => CIVIL.has(actor.sector ?? '') && (actor.office !== null || /^(?:person|name):/u.test(actor.id))
