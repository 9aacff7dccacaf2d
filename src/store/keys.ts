/** The keys under which a report or an event is found: who takes part. */
import type { Actor } from '../model/index.ts'

/** With more parties than this the pairs are no relationship any more but a roll call. */
const MOST = 24

/** Key of the relationship of two countries, whichever comes first. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`
}

/** Keys of what these actors do to these recipients: each country, each actor, each pair of countries. */
export function partyKeys(actors: readonly Actor[], recipients: readonly Actor[]): string[] {
  const keys = new Set<string>()
  const countries = new Set<string>()
  for (const party of [...actors, ...recipients]) {
    keys.add(party.id)
    if (party.country !== null) countries.add(party.country)
  }
  const named = [...countries].sort()
  for (const country of named) keys.add(country)
  const paired = named.slice(0, MOST)
  for (const [index, a] of paired.entries()) for (const b of paired.slice(index + 1)) keys.add(pairKey(a, b))
  // Within one country: only when it acts on itself.
  for (const a of actors) for (const b of recipients) if (a.country !== null && a.country === b.country && a.id !== b.id) keys.add(pairKey(a.country, a.country))
  return [...keys].sort()
}
