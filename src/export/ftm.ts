/** FollowTheMoney entities, one JSON object a line: an Event, the Articles that tell it, those who take part. */
import { contentId } from '../text/hash.ts'
import type { Codes } from '../knowledge/codes.ts'
import { jsonLine, plain } from './cells.ts'
import { type Coding, distinct, type Party, type Source } from './coding.ts'
import { title } from './jsonld.ts'

interface Entity { readonly id: string; readonly schema: string; readonly properties: Readonly<Record<string, readonly string[]>> }

const SCHEMAS: Readonly<Record<string, string>> = { person: 'Person', state: 'PublicBody', organisation: 'Organization', group: 'Organization', medium: 'Organization', office: 'PublicBody' }

const idOf = (kind: string, of: string): string => `readout-${kind}-${contentId('ftm', kind, of)}`

function entity(id: string, schema: string, properties: Readonly<Record<string, readonly (string | null | undefined)[]>>): Entity {
  const kept = Object.entries(properties).map(([name, values]) => [name, distinct(values.map((value) => (value === null || value === undefined ? null : plain(value))))] as const).filter(([, values]) => values.length > 0)
  return { id, schema, properties: Object.fromEntries(kept) }
}

/** FollowTheMoney knows countries by their two letters, in small ones. */
const country = (code: string | null | undefined, codes: Codes): string | null => (code ? (codes.states.get(code)?.iso2.toLowerCase() || null) : null)

const partyEntity = (party: Party, codes: Codes): Entity => entity(idOf('actor', party.id), SCHEMAS[party.id.slice(0, party.id.indexOf(':'))] ?? 'LegalEntity', { name: [party.name], country: [country(party.country, codes)], ...(party.id.startsWith('person:') ? { position: [party.office] } : {}) })

/** Dates of FollowTheMoney are prefixes of ISO 8601: no ranges, no unknown years. */
const date = (value: string | null): string | null => (value !== null && /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/u.test(value) ? value : null)

const articleEntity = (source: Source): Entity => entity(idOf('article', source.article), 'Article', { title: [source.title], sourceUrl: [source.url !== null && /^https?:\/\//iu.test(source.url) ? source.url : null], publishedAt: [date(source.published)], publisher: [source.outlet], language: [source.language === 'und' ? null : source.language] })

/** The entities of one event; those that several events name are written again with the same id, which readers merge. */
export function ftmEntities(coding: Coding, codes: Codes): Entity[] {
  const parties = [...coding.actors, ...coding.recipients]
  const event = entity(idOf('event', `${coding.coder}:${coding.id}`), 'Event', {
    name: [title(coding)], startDate: [coding.firstDay], endDate: [coding.lastDay], date: [date(coding.date)], location: [coding.place?.name], country: [...parties.map((party) => country(party.country, codes)), country(coding.place?.country, codes)],
    involved: parties.map(({ id }) => idOf('actor', id)), proof: coding.sources.map(({ article }) => idOf('article', article)), keywords: [coding.type, coding.mode, ...coding.contexts], summary: coding.sources.slice(0, 5).map(({ quote }) => quote), recordId: [coding.id],
    notes: [`status ${coding.status}${coding.historical ? ', told as background' : ''}${coding.confidence === null ? '' : `, confidence ${coding.confidence}`}${coding.cameo === null ? '' : `, CAMEO ${coding.cameo}`}`],
  })
  const known = new Set<string>()
  return [...parties.map((party) => partyEntity(party, codes)), ...coding.sources.map(articleEntity), event].filter(({ id }) => (known.has(id) ? false : known.add(id)))
}

export const ftmLines = (coding: Coding, codes: Codes): string[] => ftmEntities(coding, codes).map((item) => `${jsonLine(item)}\n`)
