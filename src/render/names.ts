/** The usual name of each actor in a language, out of the language's name tables. */
import type { NameEntry } from '../knowledge/names.ts'

/** Maps `kind:id` (`state:RUS`, `person:…`, `office:foreign-minister`) to the first name the tables give. Offices prefer a form that names one holder of either gender. */
export function usualNames(entries: Iterable<NameEntry>): ReadonlyMap<string, string> {
  const names = new Map<string, string>()
  const spare = new Map<string, string>()
  for (const { kind, form, id, text, number, gender } of entries) {
    if (form !== 'name') continue
    const key = `${kind}:${id}`
    const into = number === 'p' || gender === 'f' ? spare : names
    if (!into.has(key)) into.set(key, text)
  }
  for (const [key, text] of spare) if (!names.has(key)) names.set(key, text)
  return names
}
