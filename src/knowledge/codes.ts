/** How other event data sets call states, sectors and kinds of events: `gazetteer/codes.tsv` and `ontology/crosswalk/`. */
import { join } from 'node:path'
import { KnowledgeError, readTable, type Row } from './tables.ts'

export interface StateCodes {
  /** FIPS 10-4; '' where it has none. */
  readonly fips: string
  /** Correlates of War number; '' where it has none. */
  readonly cow: string
  readonly cameo: string
  readonly iso2: string
  readonly name: string
  /** Name in ICEWS files. */
  readonly icews: string
}

export interface SectorCodes { readonly cameo: string; readonly group: string; readonly icews: string }

export interface CameoCode {
  readonly code: string
  readonly goldstein: number
  readonly icews: number
  /** Null for what PLOVER dropped. */
  readonly type: string | null
  readonly mode: string | null
  readonly label: string
}

export interface Codes {
  readonly states: ReadonlyMap<string, StateCodes>
  readonly sectors: ReadonlyMap<string, SectorCodes>
  /** What a CAMEO code is, by the longest beginning that is known; null when its root is none. */
  cameo(code: string): CameoCode | null
  /** The first code of a PLOVER type and mode; null when no line of the table has that mode. */
  cameoFor(type: string, mode: string): string | null
}

/** Reads the tables below the root of the data folders. Throws KnowledgeError. */
export function loadCodes(root: string): Codes {
  const names = new Map(readTable(join(root, 'gazetteer', 'states.tsv'), ['id', 'name', 'iso2']).map((row) => [row.get('id'), { name: row.get('name'), iso2: row.get('iso2') }]))
  const codesFile = join(root, 'gazetteer', 'codes.tsv')
  const states = new Map(readTable(codesFile, ['id', 'fips', 'cow', 'cameo', 'icews']).map((row) => {
    const id = row.get('id')
    const state = names.get(id)
    if (!state) throw new KnowledgeError(codesFile, row.line, `'${id}' is no state of states.tsv`)
    return [id, { ...state, fips: row.get('fips'), cow: row.get('cow'), cameo: row.get('cameo') || id, icews: row.get('icews') || state.name }]
  }))
  const sectors = new Map(readTable(join(root, 'ontology', 'crosswalk', 'sectors.tsv'), ['id', 'cameo', 'group', 'icews']).map((row) => [row.get('id'), { cameo: row.get('cameo'), group: row.get('group'), icews: row.get('icews') }]))
  const cameoFile = join(root, 'ontology', 'crosswalk', 'cameo.tsv')
  const table = new Map(readTable(cameoFile, ['code', 'goldstein', 'icews', 'type', 'label']).map((row) => [row.get('code'), cameoOf(row, cameoFile)]))
  const byMode = new Map([...table.values()].reverse().flatMap(({ code, type, mode }) => (type === null || mode === null ? [] : [[`${type}.${mode}`, code] as const])))
  return { states, sectors, cameoFor: (type, mode) => byMode.get(`${type}.${mode}`) ?? null, cameo: (code) => {
    for (let length = code.length; length > 1; length--) {
      const found = table.get(code.slice(0, length))
      if (found) return { ...found, code }
    }
    return null
  } }
}

function cameoOf(row: Row, file: string): CameoCode {
  const [type = '', mode = null] = row.get('type').split('.', 2)
  const goldstein = Number(row.get('goldstein'))
  if (!/^\d{2,4}$/u.test(row.get('code')) || row.get('goldstein') === '' || Number.isNaN(goldstein)) throw new KnowledgeError(file, row.line, 'a code of two to four digits and a score are expected')
  return { code: row.get('code'), goldstein, icews: row.get('icews') === '' ? goldstein : Number(row.get('icews')), type: type === '' ? null : type, mode, label: row.get('label') }
}
