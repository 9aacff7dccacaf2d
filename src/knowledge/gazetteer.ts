/** Who there is: `gazetteer/`. States, people with their terms of office, organisations, groups, media, places. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTable, type Row } from './tables.ts'

export interface Person { readonly id: string; readonly name: string; readonly country: string | null; readonly gender: 'm' | 'f' | '' }
export interface Term { readonly person: string; readonly office: string; readonly country: string; readonly from: string; readonly to: string }
export interface Entity {
  readonly id: string
  readonly name: string
  /** State id or PLOVER international code (armed groups of no one state: IMG); null when none. */
  readonly country: string | null
  readonly sector: string | null
}
export interface State extends Entity { readonly iso2: string }
/** `covers`: offices its words may mean as well, the likeliest first. `bare`: without a state it is of the state spoken of. `many`: a state has one at each of many posts. */
export interface Office { readonly id: string; readonly name: string; readonly sector: string; readonly covers: readonly string[]; readonly bare: boolean; readonly many: boolean }

export interface Gazetteer {
  readonly states: ReadonlyMap<string, State>
  readonly people: ReadonlyMap<string, Person>
  readonly organisations: ReadonlyMap<string, Entity>
  readonly groups: ReadonlyMap<string, Entity>
  readonly media: ReadonlyMap<string, Entity>
  readonly places: ReadonlyMap<string, Entity>
  readonly offices: ReadonlyMap<string, Office>
  readonly termsOfPerson: ReadonlyMap<string, readonly Term[]>
  /** Key `office@country`. */
  readonly termsOfOffice: ReadonlyMap<string, readonly Term[]>
}

const orNull = (value: string): string | null => (value === '' ? null : value)

function table<T extends { id: string }>(file: string, columns: readonly string[], make: (row: Row) => T): Map<string, T> {
  const out = new Map<string, T>()
  if (!existsSync(file)) return out
  for (const row of readTable(file, columns)) {
    const value = make(row)
    out.set(value.id, value)
  }
  return out
}

/** Reads the gazetteer folder. A table that is not there is empty. */
export function loadGazetteer(folder: string, ontologyFolder: string): Gazetteer {
  const at = (name: string): string => join(folder, name)
  const states = table(at('states.tsv'), ['id', 'name', 'kind'], (row) => ({ id: row.get('id'), name: row.get('name'), country: row.get('id'), sector: 'GOV', iso2: row.get('iso2') }))
  const people = table(at('people.tsv'), ['id', 'name', 'country', 'gender'], (row) => {
    const gender = row.get('gender')
    return { id: row.get('id'), name: row.get('name'), country: orNull(row.get('country')), gender: gender === 'm' || gender === 'f' ? gender : '' } satisfies Person
  })
  const organisations = table(at('organisations.tsv'), ['id', 'name', 'code'], (row) => ({ id: row.get('id'), name: row.get('name'), country: orNull(row.get('code')), sector: orNull(row.get('sector')) }))
  const groups = table(at('groups.tsv'), ['id', 'name', 'country'], (row) => ({ id: row.get('id'), name: row.get('name'), country: orNull(row.get('country')) ?? 'IMG', sector: orNull(row.get('sector')) ?? 'REB' }))
  const media = table(at('media.tsv'), ['id', 'name', 'country'], (row) => ({ id: row.get('id'), name: row.get('name'), country: orNull(row.get('country')), sector: 'JRN' }))
  const places = table(at('places.tsv'), ['id', 'name', 'country'], (row) => ({ id: row.get('id'), name: row.get('name'), country: orNull(row.get('country')), sector: null }))
  const offices = table(join(ontologyFolder, 'offices.tsv'), ['id', 'name', 'sector'], (row) => ({ id: row.get('id'), name: row.get('name'), sector: row.get('sector'), covers: row.list('covers'), bare: row.get('bare') === 'yes', many: row.get('many') === 'yes' }))
  const termsOfPerson = new Map<string, Term[]>()
  const termsOfOffice = new Map<string, Term[]>()
  if (existsSync(at('terms.tsv'))) {
    for (const row of readTable(at('terms.tsv'), ['person', 'office', 'country', 'from', 'to'])) {
      const term = { person: row.get('person'), office: row.get('office'), country: row.get('country'), from: row.get('from'), to: row.get('to') }
      termsOfPerson.set(term.person, [...(termsOfPerson.get(term.person) ?? []), term])
      const key = `${term.office}@${term.country}`
      termsOfOffice.set(key, [...(termsOfOffice.get(key) ?? []), term])
    }
  }
  return { states, people, organisations, groups, media, places, offices, termsOfPerson, termsOfOffice }
}

/** Whether a term covers an EDTF date, read by its precision: true when the two can overlap. */
export function covers(term: Term, date: string): boolean {
  const fits = (a: string, b: string, before: boolean): boolean => {
    const length = Math.min(a.length, b.length)
    const x = a.slice(0, length)
    const y = b.slice(0, length)
    return before ? x <= y : x >= y
  }
  return fits(term.from, date, true) && (term.to === '' || fits(term.to, date, false))
}
