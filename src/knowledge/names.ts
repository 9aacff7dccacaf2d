/** What a language calls those in the gazetteer: `languages/<code>/names/*.tsv`, `offices.tsv`, `actors.tsv`. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readTable } from './tables.ts'

export type NameKind = 'state' | 'person' | 'organisation' | 'group' | 'medium' | 'place' | 'office' | 'noun'
/** How the word stands for its bearer: by name, by adjective, by its people, by its capital or seat of power, by a one-letter form; `tail`: the rest of an office whose state stands inside it (minister + Russian + "of foreign affairs"). */
export type NameForm = 'name' | 'adjective' | 'people' | 'capital' | 'seat' | 'short' | 'person' | 'body' | 'mission' | 'crowd' | 'tail'

export interface NameEntry {
  readonly kind: NameKind
  readonly form: NameForm
  /** Id in the gazetteer, office id, or PLOVER sector for nouns. */
  readonly id: string
  readonly text: string
  /** Counts only when its bearer is named in full elsewhere in the article. */
  readonly weak: boolean
  readonly number: 's' | 'p' | ''
  readonly gender: 'm' | 'f' | ''
}

const FORMS: readonly (readonly [column: string, form: NameForm])[] = [
  ['names', 'name'], ['adjectives', 'adjective'], ['people', 'people'], ['capital', 'capital'], ['seats', 'seat'], ['short', 'short'],
]

const numberOf = (cell: string): NameEntry['number'] => (cell === 's' || cell === 'p' ? cell : '')

/** What a language calls the media of the gazetteer, weak names too; [] when it has no table of them. */
export function loadMediaNames(folder: string): { readonly id: string; readonly text: string }[] {
  const file = join(folder, 'names', 'media.tsv')
  if (!existsSync(file)) return []
  return readTable(file, ['id', 'names']).flatMap((row) => row.list('names').map((name) => ({ id: row.get('id'), text: name.replace(/\?$/u, '').trim() })))
}

/** Reads all names a language folder has. Tables that are not there are empty. */
export function loadNames(folder: string): NameEntry[] {
  const out: NameEntry[] = []
  const add = (kind: NameKind, form: NameForm, id: string, cell: string, number: NameEntry['number'] = '', gender: NameEntry['gender'] = ''): void => {
    const weak = cell.endsWith('?')
    const text = weak ? cell.slice(0, -1).trim() : cell
    if (text !== '') out.push({ kind, form, id, text, weak, number, gender })
  }
  const states = join(folder, 'names', 'states.tsv')
  if (existsSync(states)) for (const row of readTable(states, ['id', 'names'])) for (const [column, form] of FORMS) for (const cell of row.list(column)) add('state', form, row.get('id'), cell)
  for (const [file, kind] of [['people', 'person'], ['organisations', 'organisation'], ['groups', 'group'], ['media', 'medium'], ['places', 'place']] as const) {
    const path = join(folder, 'names', `${file}.tsv`)
    if (existsSync(path)) for (const row of readTable(path, ['id', 'names'])) for (const cell of row.list('names')) add(kind, 'name', row.get('id'), cell)
  }
  const offices = join(folder, 'offices.tsv')
  if (existsSync(offices)) {
    for (const row of readTable(offices, ['office', 'words'])) {
      const gender = row.get('gender')
      const known = gender === 'm' || gender === 'f' ? gender : ''
      for (const cell of row.list('words')) add('office', 'name', row.get('office'), cell, numberOf(row.get('number')), known)
      for (const cell of row.list('tails')) add('office', 'tail', row.get('office'), cell, '', known)
    }
  }
  const actors = join(folder, 'actors.tsv')
  if (existsSync(actors)) {
    for (const row of readTable(actors, ['sector', 'words', 'kind'])) {
      const kind = row.get('kind')
      for (const cell of row.list('words')) add('noun', kind === 'person' || kind === 'crowd' || kind === 'mission' ? kind : 'body', row.get('sector'), cell, numberOf(row.get('number')))
    }
  }
  return out
}
