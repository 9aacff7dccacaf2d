/** Actors of other data sets in the words of Readout: codes and names back to states, sectors and bodies above states. */
import type { Codes } from '../knowledge/codes.ts'
import type { Party } from '../export/coding.ts'

/** Codes of what stands above states. */
const ABOVE = new Set(['UNO', 'EUR', 'IGO', 'NGO', 'IMG', 'ISM', 'MNC'])

export interface Back {
  readonly codes: Codes
  readonly stateOfCameo: (code: string) => string | null
  readonly stateOfFips: (code: string) => string | null
  /** By its name in ICEWS files or in ours, in any case. */
  readonly stateOfName: (name: string) => string | null
  readonly sectorOfCameo: (type: string, group: string, ofState: boolean) => string | null
  readonly sectorOfLabel: (label: string) => string | null
  /** Quad class of a PLOVER type. */
  readonly quadOf: (type: string | null) => string | null
  /** The CAMEO code that comes closest to a PLOVER type and mode. */
  readonly cameoOf: (type: string, mode: string | null) => string | null
}

/** The tables of `codes` the other way round; the first line of a table wins. */
export function createBack(codes: Codes, quadOf: Back['quadOf'], cameoOfType: (type: string) => string | null): Back {
  const cameo = new Map<string, string>()
  const fips = new Map<string, string>()
  const names = new Map<string, string>()
  const first = (map: Map<string, string>, key: string, id: string): void => { if (key !== '' && !map.has(key)) map.set(key, id) }
  for (const [id, state] of codes.states) {
    first(cameo, state.cameo, id)
    first(cameo, id, id)
    first(fips, state.fips, id)
    first(names, state.icews.toUpperCase(), id)
    first(names, state.name.toUpperCase(), id)
  }
  const own = new Map<string, string>()
  const above = new Map<string, string>()
  const labels = new Map<string, string>()
  for (const [id, sector] of codes.sectors) {
    first(ABOVE.has(id) ? above : own, `${sector.cameo} ${sector.group}`, id)
    first(labels, sector.icews.replace(/,/gu, ' ').toUpperCase(), id)
  }
  return {
    codes, quadOf, cameoOf: (type, mode) => (mode === null ? null : codes.cameoFor(type, mode)) ?? cameoOfType(type),
    stateOfCameo: (code) => cameo.get(code) ?? null, stateOfFips: (code) => fips.get(code) ?? null, stateOfName: (name) => names.get(name.toUpperCase()) ?? null,
    sectorOfCameo: (type, group, ofState) => (ofState ? own.get(`${type} `) : (above.get(`${type} ${group}`) ?? own.get(`${type} `))) ?? null,
    sectorOfLabel: (label) => labels.get(label.trim().toUpperCase()) ?? null,
  }
}

/** The state itself. */
export function stateParty(id: string, name: string, { codes }: Back): Party {
  const state = codes.states.get(id)
  const known = state && (name === '' || name.toUpperCase() === state.name.toUpperCase() || name.toUpperCase() === state.icews.toUpperCase())
  return { id: `state:${id}`, name: known ? state.name : name, country: id, sector: 'GOV', office: null }
}

/** An actor by CAMEO's codes: country, type, known group. Null when there is none. */
export function cameoActor(name: string, country: string, type: string, group: string, back: Back): Party | null {
  if (name === '' && country === '' && type === '' && group === '') return null
  const state = country === '' ? null : back.stateOfCameo(country)
  if (state !== null && type === '' && group === '') return stateParty(state, name, back)
  const sector = back.sectorOfCameo(type, group, state !== null)
  return { id: `name:${name}`, name, country: state ?? (sector !== null && ABOVE.has(sector) ? sector : null), sector, office: null }
}
