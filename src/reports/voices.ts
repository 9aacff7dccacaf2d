/** "X said that …, and Y accused Z": where somebody else begins to speak, what the first is reported to have said has ended. */
import type { Ontology } from '../knowledge/ontology.ts'
import type { Frame } from './frame.ts'
import type { Scan } from './scan.ts'

/** Effects of verbs that are themselves words towards others; what is promised or refused is mostly told by who speaks. */
const SPOKEN = new Set(['accuse', 'request', 'threaten'])
/** Words between the comma and the subject ("and the"). */
const OPENING = 4
/** Words between the subject and its verb ("has strongly"). */
const BESIDE = 2

/** The token of the comma at which a verb of saying begins a clause with a subject of its own; null where it does not. */
export function ownVoice(scan: Scan, frame: Frame, ontology: Ontology): number | null {
  const { predicate, roles, inherited } = frame
  if (predicate.nominal || inherited || !(predicate.kind === 'speech' || SPOKEN.has(ontology.concepts[predicate.concept]?.effect ?? ''))) return null
  const subject = (roles.agent ?? []).filter((mention) => mention.last <= predicate.first && mention.use !== 'pronoun')
  const [first, last] = [subject[0], subject.at(-1)]
  if (!first || !last || predicate.first - last.last > BESIDE) return null
  let joined = false
  for (let i = first.first - 1; i >= 0 && first.first - i <= OPENING; i--) {
    const boundary = scan.boundaries.get(i)
    const joiner = scan.markers.some((marker) => (marker.value.kind === 'joiner' || marker.value.kind === 'clause') && marker.start <= i && marker.end > i)
    if (boundary === 'comma') return joined ? i : null
    if (joiner) joined = true
    else if (boundary !== undefined) return null
  }
  return null
}
