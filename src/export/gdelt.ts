/** GDELT 2.0: events (61 columns) and mentions (16 columns), parted by tabs, without a header. */
import type { Codes } from '../knowledge/codes.ts'
import { addressCell, compactDay, lineId, tabCell, withOwn } from './cells.ts'
import { cameoDyad, type Coding, dayFor, distinct, type Dyad, dyadsOf, firstTold, type Party, type Source } from './coding.ts'

const ACTOR = ['Code', 'Name', 'CountryCode', 'KnownGroupCode', 'EthnicCode', 'Religion1Code', 'Religion2Code', 'Type1Code', 'Type2Code', 'Type3Code']
const GEO = ['Type', 'FullName', 'CountryCode', 'ADM1Code', 'ADM2Code', 'Lat', 'Long', 'FeatureID']
const of = (owner: string, names: readonly string[]): string[] => names.map((name) => `${owner}${name}`)

export const GDELT_EVENTS: readonly string[] = [
  'GLOBALEVENTID', 'SQLDATE', 'MonthYear', 'Year', 'FractionDate', ...of('Actor1', ACTOR), ...of('Actor2', ACTOR), 'IsRootEvent', 'EventCode', 'EventBaseCode', 'EventRootCode', 'QuadClass', 'GoldsteinScale',
  'NumMentions', 'NumSources', 'NumArticles', 'AvgTone', ...of('Actor1Geo_', GEO), ...of('Actor2Geo_', GEO), ...of('ActionGeo_', GEO), 'DATEADDED', 'SOURCEURL',
]
export const GDELT_MENTIONS: readonly string[] = [
  'GLOBALEVENTID', 'EventTimeDate', 'MentionTimeDate', 'MentionType', 'MentionSourceName', 'MentionIdentifier', 'SentenceID', 'Actor1CharOffset', 'Actor2CharOffset', 'ActionCharOffset', 'InRawText', 'Confidence',
  'MentionDocLen', 'MentionDocTone', 'MentionDocTranslationInfo', 'Extras',
]

/** GDELT's own quad classes, which differ from the ones libraries assume: 09 stands with cooperation, 14 with words. */
export const gdeltQuad = (code: string): string => { const root = Number(code.slice(0, 2)); return root <= 5 ? '1' : root <= 9 ? '2' : root <= 14 ? '3' : '4' }

/** Codes of CAMEO have three digits at least: the root alone ends with a zero. */
export const fullCode = (code: string): string => (code.length === 2 ? `${code}0` : code)

/** As its codebook says; the year of 365 days it is taken from has twelve months of 30. */
export function fractionDate(day: string): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number)
  return (year + (month * 30 + date) / 365).toFixed(4)
}

function actorCells(party: Party | null, codes: Codes): string[] {
  if (!party) return ACTOR.map(() => '')
  const { country, type, group } = cameoParty(party, codes)
  return [`${country}${type}${group}`, tabCell(party.name).toUpperCase(), country, group, '', '', '', type, '', '']
}

/** An actor in the codes of CAMEO: country, type of actor, known group. A state itself has no type. */
export function cameoParty(party: Party, codes: Codes): { readonly country: string; readonly type: string; readonly group: string } {
  const state = party.country === null ? undefined : codes.states.get(party.country)
  const beyond = !state && party.country !== null ? codes.sectors.get(party.country) : undefined
  const sector = party.sector === null || (state && isState(party, codes)) ? undefined : codes.sectors.get(party.sector)
  return { country: state?.cameo ?? '', type: beyond?.cameo || sector?.cameo || '', group: beyond?.group ?? '' }
}

/** Whether a party is the state itself. */
export function isState(party: Party, codes: Codes): boolean {
  const state = party.country === null ? undefined : codes.states.get(party.country)
  return state !== undefined && (party.id === `state:${party.country}` || party.name.toUpperCase() === state.name.toUpperCase() || party.name.toUpperCase() === state.icews.toUpperCase())
}

const NO_GEO = ['0', '', '', '', '', '', '', '']

/** Where it happened: 1 for a state, 4 for a place in one. GDELT calls countries by FIPS 10-4 here, not by the codes of actors. */
function geoCells({ place }: Coding, codes: Codes): string[] {
  if (!place) return NO_GEO
  const state = place.country === null ? undefined : codes.states.get(place.country)
  const fips = state?.fips ?? ''
  const ofState = state !== undefined && (place.id === `state:${place.country}` || place.name === state.name)
  const name = tabCell(place.name)
  return ofState ? ['1', tabCell(state.name), fips, fips, '', place.latitude ?? '', place.longitude ?? '', fips] : ['4', state ? `${name}, ${tabCell(state.name)}` : name, fips, '', '', place.latitude ?? '', place.longitude ?? '', '']
}

/** The clock of files that want one: articles are known by their day. */
const midnight = (day: string): string => `${compactDay(day)}000000`

export function gdeltCells(coding: Coding, told: Dyad, codes: Codes): string[] | null {
  const day = dayFor(coding)
  if (day === null || coding.cameo === null) return null
  const dyad = cameoDyad(coding, told)
  const code = fullCode(coding.cameo)
  const articles = distinct(coding.sources.map(({ article }) => article)).length
  const outlets = distinct(coding.sources.map(({ outlet, article }) => outlet ?? article)).length
  const cells = [
    lineId(coding, told, 'gdelt'), compactDay(day), compactDay(day).slice(0, 6), day.slice(0, 4), fractionDate(day), ...actorCells(dyad.actor, codes), ...actorCells(dyad.recipient, codes),
    coding.historical ? '0' : '1', code, code.slice(0, 3), code.slice(0, 2), gdeltQuad(code), String(codes.cameo(coding.cameo)?.goldstein ?? ''), String(coding.sources.length), String(outlets), String(articles), '',
    ...NO_GEO, ...NO_GEO, ...geoCells(coding, codes), midnight(firstTold(coding) ?? day), addressCell(coding.sources.find(({ url }) => url !== null)?.url ?? null),
  ]
  return withOwn(GDELT_EVENTS, cells, coding, 'gdelt')
}

function mentionCells(coding: Coding, dyad: Dyad, day: string, source: Source): string[] {
  const at = source.span === null ? '' : String(source.span[0])
  return [
    lineId(coding, dyad, 'gdelt'), midnight(day), midnight(source.published?.length === 10 ? source.published : day), '1', tabCell(source.outlet), addressCell(source.url), '', '', '', at, '1',
    source.confidence === null ? '' : String(Math.round(source.confidence * 100)), '', '', '', source.language === 'und' ? '' : `language:${tabCell(source.language)}`,
  ]
}

export const gdeltEventLines = (coding: Coding, codes: Codes): string[][] => dyadsOf(coding).flatMap((dyad) => { const cells = gdeltCells(coding, dyad, codes); return cells ? [cells] : [] })

export function gdeltMentionLines(coding: Coding): string[][] {
  const day = dayFor(coding)
  return day === null || coding.cameo === null ? [] : dyadsOf(coding).flatMap((dyad) => coding.sources.map((source) => mentionCells(coding, dyad, day, source)))
}
