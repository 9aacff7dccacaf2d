/** Who is meant by a name, in whatever language and script it is given, and what each is called in every language. */
import type { Knowledge } from '../knowledge/index.ts'

export interface KnownActor {
  /** As in the record: `person:…`, `state:…`, `organisation:…`, `group:…`. */
  readonly id: string
  /** The key events and reports are found by: a state's code, else the id. */
  readonly key: string
  readonly kind: string
  readonly name: string
  /** Spellings by language, the usual one first. */
  readonly names: Readonly<Record<string, readonly string[]>>
}

export interface NameIndex {
  /** All that are called so; the surest first. */
  find(query: string): KnownActor[]
  get(id: string): KnownActor | null
}

const COMBINING = /[\u0300-\u036f\u064b-\u065f\u0670]/gu
const MOST = 12

/** Letters as they are compared: without case, marks and doubled spaces. */
export const foldName = (text: string): string => text.normalize('NFKD').replace(COMBINING, '').normalize('NFC').toLowerCase().replace(/[\s\u00b7\u30fb.-]+/gu, ' ').trim()

interface Found { readonly id: string; readonly weight: number }

/** Builds the index over the name tables of all languages. */
export function createNameIndex(knowledge: Knowledge): NameIndex {
  const { states, people, organisations, groups } = knowledge.gazetteer
  const latin = new Map<string, { readonly kind: string; readonly key: string; readonly name: string }>()
  for (const [id, { name }] of states) latin.set(`state:${id}`, { kind: 'state', key: id, name })
  for (const [id, { name }] of people) latin.set(`person:${id}`, { kind: 'person', key: `person:${id}`, name })
  for (const [id, { name }] of organisations) latin.set(`organisation:${id}`, { kind: 'organisation', key: `organisation:${id}`, name })
  for (const [id, { name }] of groups) latin.set(`group:${id}`, { kind: 'group', key: `group:${id}`, name })
  const spellings = new Map<string, Record<string, string[]>>()
  const index = new Map<string, Found[]>()
  const add = (text: string, id: string, weight: number): void => {
    const key = foldName(text)
    if (key === '') return
    const there = index.get(key) ?? []
    if (!there.some((found) => found.id === id)) there.push({ id, weight })
    index.set(key, there)
  }
  for (const [id, { name, key }] of latin) {
    add(name, id, 3)
    if (key !== id) add(key, id, 3)
    // The last word of a person's name, which is how most are called.
    if (id.startsWith('person:')) add(name.split(' ').at(-1) ?? '', id, 1)
  }
  for (const language of knowledge.languages) {
    for (const { kind, form, id, text, weak } of knowledge.names(language)) {
      const full = `${kind}:${id}`
      if (!latin.has(full) || (form !== 'name' && form !== 'short')) continue
      add(text, full, weak ? 1 : 2)
      const own = spellings.get(full) ?? {}
      const list = own[language] ?? []
      if (!list.includes(text)) list.push(text)
      own[language] = list
      spellings.set(full, own)
    }
  }
  const get = (id: string): KnownActor | null => {
    const known = latin.get(id)
    return known ? { id, ...known, names: spellings.get(id) ?? {} } : null
  }
  return {
    get,
    find: (query) => [...(index.get(foldName(query)) ?? [])].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1)).slice(0, MOST).flatMap(({ id }) => get(id) ?? []),
  }
}
