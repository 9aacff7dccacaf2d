/** POLECAT: 40 columns parted by tabs, with a header, in ISO-8859-1, the word None for what is not known. */
import anyAscii from 'any-ascii'
import type { Codes } from '../knowledge/codes.ts'
import { compactDay, listCell, numberId, tabCell, withOwn } from './cells.ts'
import { type Coding, dayFor, distinct, type Dyad, dyadsOf, firstTold, type Party } from './coding.ts'

export const POLECAT: readonly string[] = [
  'Event ID', 'Event Date', 'Event Type', 'Event Mode', 'Intensity', 'Quad Code', 'Contexts', 'Actor Name', 'Actor Country', 'Actor COW', 'Primary Actor Sector', 'Actor Sectors', 'Actor Title', 'Actor Name Raw', 'Wikipedia Actor ID',
  'Recipient Name', 'Recipient Country', 'Recipient COW', 'Primary Recipient Sector', 'Recipient Sectors', 'Recipient Title', 'Recipient Name Raw', 'Wikipedia Recipient ID', 'Placename', 'City', 'District', 'Province', 'Country',
  'Latitude', 'Longitude', 'GeoNames ID', 'Raw Placename', 'Feature Type', 'Source', 'Publication Date', 'Story People', 'Story Organizations', 'Story Locations', 'Language', 'Version',
]
export const NONE = 'None'

/** Between values of one cell; some readers part at a bar as well. */
export const MARK = /[;|]/gu

/** In Latin 1 what it has; letters it has not, in plain Latin ones. */
export const latin1 = (text: string): string => text.replace(/[^\u0020-\u007e\u00a1-\u00ff]+/gu, (letters) => anyAscii(letters)).replace(/[^\u0020-\u007e\u00a1-\u00ff]/gu, ' ')

const cell = (value: string | null | undefined): string => { const text = latin1(tabCell(value)).replace(/"/gu, '\'').replace(/\s+/gu, ' ').trim(); return text === '' ? NONE : text }
const one = (value: string | null | undefined): string => cell(value?.replace(MARK, ','))
const list = (values: readonly string[]): string => cell(listCell(values, MARK, '; '))

function partyCells(party: Party | null, codes: Codes): string[] {
  if (!party) return Array.from({ length: 8 }, () => NONE)
  const sector = one(party.sector)
  return [one(party.name), one(party.country), one(codes.states.get(party.country ?? '')?.cow), sector, sector, one(party.office), one(party.raw ?? party.name), NONE]
}

/** Names of languages in the one POLECAT is written in. */
export const languageName = (code: string): string | null => {
  try {
    return code === 'und' ? null : (new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(code) ?? null)
  } catch {
    return null
  }
}

/** Quad classes as POLECAT words them. */
export const polecatQuad = (quad: string | null): string | null => quad?.replace('-', ' ').toUpperCase() ?? null

export function polecatCells(coding: Coding, dyad: Dyad, codes: Codes): string[] | null {
  const day = dayFor(coding)
  if (day === null || coding.type === null) return null
  const told = firstTold(coding)
  const id = coding.format === 'polecat' ? coding.id : `${compactDay(told ?? day)}-0000-${(coding.sources[0]?.article ?? coding.id).replace(/[^\w-]/gu, '').slice(0, 14)}_${coding.type}_${numberId(coding.coder, coding.id, dyad.actor?.id ?? '', dyad.recipient?.id ?? '')}`
  const { place } = coding
  const ofState = place !== null && place.name === codes.states.get(place.country ?? '')?.name
  const cells = [
    id, day, one(coding.type), one(coding.mode), coding.intensity === null ? NONE : String(coding.intensity), one(polecatQuad(coding.quadClass)), list(coding.contexts), ...partyCells(dyad.actor, codes), ...partyCells(dyad.recipient, codes),
    one(place?.name), NONE, NONE, NONE, one(place?.country), one(place?.latitude), one(place?.longitude), NONE, one(ofState ? null : place?.name), NONE,
    list(distinct(coding.sources.map(({ outlet }) => outlet))), one(told), NONE, NONE, NONE, list(distinct(coding.sources.map(({ language }) => languageName(language)))), one(coding.coder === 'readout' ? `Readout ${coding.version}` : coding.version),
  ]
  return withOwn(POLECAT, cells, coding, 'polecat')
}

export const polecatLines = (coding: Coding, codes: Codes): string[][] => dyadsOf(coding).flatMap((dyad) => { const cells = polecatCells(coding, dyad, codes); return cells ? [cells] : [] })
