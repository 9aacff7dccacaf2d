/** Phoenix: 26 columns parted by tabs, without a header; addresses and outlets of all who tell it in one line. */
import type { Codes } from '../knowledge/codes.ts'
import { addressCell, compactDay, lineId, listCell, tabCell, withOwn } from './cells.ts'
import { cameoDyad, type Coding, dayFor, distinct, type Dyad, dyadsOf, type Party } from './coding.ts'
import { cameoParty, fullCode } from './gdelt.ts'

const SIDE = ['Full', 'Entity', 'Role', 'Attribute']
export const PHOENIX: readonly string[] = [
  'EventID', 'Date', 'Year', 'Month', 'Day', ...SIDE.map((name) => `SourceActor${name}`), ...SIDE.map((name) => `TargetActor${name}`), 'EventCode', 'EventRootCode', 'QuadClass', 'GoldsteinScore', 'Issues', 'Lat', 'Lon', 'LocationName',
  'StateName', 'CountryCode', 'SentenceID', 'URLs', 'NewsSources',
]

const PENTA: Readonly<Record<number, string>> = { 1: '0', 2: '0', 3: '1', 4: '1', 5: '1', 6: '2', 7: '2', 8: '2', 9: '3', 10: '3', 11: '3', 12: '3', 13: '3', 14: '4', 15: '4', 16: '3' }

/** Phoenix' five classes: 0 neutral, 1 and 2 cooperation in words and deeds, 3 and 4 conflict. */
export const phoenixQuad = (code: string): string => PENTA[Number(code.slice(0, 2))] ?? '4'

function partyCells(party: Party | null, codes: Codes): string[] {
  if (!party) return ['', '', '', '']
  const { country, type, group } = cameoParty(party, codes)
  const [entity, role] = country === '' ? [type, group] : [country, type]
  return [`${entity}${role}`, entity, role, '']
}

export function phoenixCells(coding: Coding, told: Dyad, codes: Codes): string[] | null {
  const day = dayFor(coding)
  if (day === null || coding.cameo === null) return null
  const dyad = cameoDyad(coding, told)
  const code = fullCode(coding.cameo)
  const { place, sources } = coding
  const state = codes.states.get(place?.country ?? '')
  const [first] = sources
  const cells = [
    lineId(coding, told, 'phoenix'), compactDay(day), ...day.split('-').map((part) => String(Number(part))), ...partyCells(dyad.actor, codes), ...partyCells(dyad.recipient, codes), code, code.slice(0, 2), phoenixQuad(code),
    String(codes.cameo(coding.cameo)?.goldstein ?? ''), coding.contexts.map((context) => `${tabCell(context).replace(/[,;]/gu, ' ')},1`).join(';'), place?.latitude ?? '', place?.longitude ?? '', place && place.name !== state?.name ? tabCell(place.name) : '', '',
    tabCell(place?.country), first ? `${first.article.replace(/\W/gu, '')}_${first.span?.[0] ?? 0}` : '', distinct(sources.map(({ url }) => addressCell(url))).join(';'), listCell(distinct(sources.map(({ outlet }) => outlet)), /;/gu, ';'),
  ]
  return withOwn(PHOENIX, cells, coding, 'phoenix')
}

export const phoenixLines = (coding: Coding, codes: Codes): string[][] => dyadsOf(coding).flatMap((dyad) => { const cells = phoenixCells(coding, dyad, codes); return cells ? [cells] : [] })
