/** Who a bare surname may mean that several people bear, where the article names the state of only one of those who led one. */
import { covers, type Gazetteer } from '../knowledge/gazetteer.ts'
import type { Token } from '../model/index.ts'
import type { Unit } from './units.ts'

/** Offices whose holders the press names by surname alone. */
const LEADING = new Set(['head-of-state', 'head-of-government', 'foreign-minister', 'defence-minister', 'secretary-general', 'supreme-leader'])

/**
 * Ids of the people whom bare, weak names of a sentence can only mean: of all who bear the name, the one leader of a state that
 * `states` holds, in office at `when` where that is known and anybody was; or the one in office at `when` beside a leader named for sure. Only for scripts that tell names by capitals.
 */
export function bearers(text: string, tokens: readonly Token[], units: readonly Unit[], gazetteer: Gazetteer, states: ReadonlySet<string>, when: string | null): string[] {
  const out: string[] = []
  const leads = (id: string): boolean => when !== null && (gazetteer.termsOfPerson.get(id) ?? []).some((term) => LEADING.has(term.office) && covers(term, when))
  // Beside another leader in office a bare name alone in its phrase is a leader's too.
  const peers = units.flatMap((unit) => unit.entries.filter((entry) => entry.kind === 'person' && !entry.weak && leads(entry.id)).map((entry) => entry.id))
  for (const unit of units) {
    if (unit.entries[0]?.kind !== 'person' || !unit.entries.every((entry) => entry.weak) || followsName(text, tokens, unit)) continue
    const others = peers.length > 0 && isAlone(text, tokens, unit) ? unit.entries.filter((entry) => leads(entry.id) && peers.every((id) => gazetteer.people.get(id)?.country !== gazetteer.people.get(entry.id)?.country)) : []
    const leaders = unit.entries.filter((entry) => {
      const country = gazetteer.people.get(entry.id)?.country
      return country != null && states.has(`state:${country}`) && (gazetteer.termsOfPerson.get(entry.id) ?? []).some((term) => LEADING.has(term.office))
    })
    const current = leaders.filter(({ id }) => leads(id))
    const [only, other] = current.length > 0 ? current : leaders.length > 0 ? leaders : others
    if (only && !other) out.push(only.id)
  }
  return out
}

/* "Alan Johnson": the word before is a given name that no table knows. */
function followsName(text: string, tokens: readonly Token[], unit: Unit): boolean {
  const before = tokens[unit.first - 1]
  if (before?.kind !== 'word' || unit.first === 1) return false
  const initial = text[before.start] ?? ''
  return initial !== initial.toLowerCase()
}

/* A proper name with no other one behind it. */
function isAlone(text: string, tokens: readonly Token[], unit: Unit): boolean {
  const [own, next] = [tokens[unit.first], tokens[unit.last]]
  const initial = next?.kind === 'word' ? (text[next.start] ?? '') : ''
  return unit.last - unit.first === 1 && own?.tag === 'PROPN' && initial === initial.toLowerCase()
}
