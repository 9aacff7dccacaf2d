/** ICEWS: 20 columns parted by tabs, with a header; states by name, meetings as two lines, codes as text. */
import type { Codes } from '../knowledge/codes.ts'
import { lineId, listCell, numberId, tabCell, withOwn } from './cells.ts'
import { cameoDyad, type Coding, dayFor, type Dyad, dyadsOf, type Party } from './coding.ts'
import { fullCode, isState } from './gdelt.ts'

export const ICEWS: readonly string[] = [
  'Event ID', 'Event Date', 'Source Name', 'Source Sectors', 'Source Country', 'Event Text', 'CAMEO Code', 'Intensity', 'Target Name', 'Target Sectors', 'Target Country', 'Story ID', 'Sentence Number', 'Publisher',
  'City', 'District', 'Province', 'Country', 'Latitude', 'Longitude',
]

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
const score = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value))

function partyCells(party: Party | null, codes: Codes): string[] {
  if (!party) return ['', '', '']
  const state = codes.states.get(party.country ?? '')
  const ofState = isState(party, codes)
  const sectors = [party.sector, state ? null : party.country].flatMap((sector) => codes.sectors.get(sector ?? '')?.icews || [])
  return [ofState ? tabCell(state?.icews) : tabCell(party.name), ofState ? '' : listCell([...new Set(sectors)], /,/gu, ','), tabCell(state?.icews)]
}

export function icewsCells(coding: Coding, told: Dyad, codes: Codes): string[] | null {
  const day = dayFor(coding)
  const code = coding.cameo === null ? null : codes.cameo(coding.cameo)
  if (day === null || coding.cameo === null) return null
  const dyad = cameoDyad(coding, told)
  const { place, sources: [source] } = coding
  const state = codes.states.get(place?.country ?? '')
  const cells = [
    lineId(coding, told, 'icews'), day, ...partyCells(dyad.actor, codes), capital(code?.label ?? ''), fullCode(coding.cameo), code ? score(code.icews) : '', ...partyCells(dyad.recipient, codes),
    source ? storyId(source.article, coding.format) : '', '', tabCell(source?.outlet), place && place.name !== state?.name ? tabCell(place.name) : '', '', '', tabCell(state?.icews), place?.latitude ?? '', place?.longitude ?? '',
  ]
  return withOwn(ICEWS, cells, coding, 'icews')
}

const storyId = (article: string, format: string | null): string => (format === 'icews' ? article : numberId('story', article))

export const icewsLines = (coding: Coding, codes: Codes): string[][] => dyadsOf(coding).flatMap((dyad) => { const cells = icewsCells(coding, dyad, codes); return cells ? [cells] : [] })
