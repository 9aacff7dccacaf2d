/** JSON-LD: schema.org events and claims; evidence as annotations of the W3C with selectors into the text of the article. */
import type { Evidence } from '../model/index.ts'
import { whole } from './cells.ts'
import type { Coding, ExportRecord, Party, Source, Told } from './coding.ts'

export const CONTEXT = {
  '@vocab': 'https://schema.org/', oa: 'http://www.w3.org/ns/oa#', readout: 'urn:readout:', Annotation: 'oa:Annotation', hasTarget: { '@id': 'oa:hasTarget' }, hasSource: { '@id': 'oa:hasSource', '@type': '@id' },
  hasSelector: 'oa:hasSelector', motivatedBy: { '@id': 'oa:motivatedBy', '@type': '@id' }, TextPositionSelector: 'oa:TextPositionSelector', TextQuoteSelector: 'oa:TextQuoteSelector',
  start: 'oa:start', end: 'oa:end', exact: 'oa:exact', prefix: 'oa:prefix', suffix: 'oa:suffix', evidence: { '@reverse': 'oa:hasBody' },
} as const

/** Words around a quote, so that it is found again in a page that changed. */
const AROUND = 32

const urn = (kind: string, id: string): string => `urn:readout:${kind}:${encodeURIComponent(whole(id))}`
const property = (name: string, value: unknown) => ({ '@type': 'PropertyValue', propertyID: `urn:readout:property:${name}`, name, value })

const KINDS: Readonly<Record<string, string>> = { person: 'Person', state: 'Country', place: 'Place', medium: 'NewsMediaOrganization', noun: 'Thing', name: 'Thing' }

function party({ id, name, country, sector, office }: Party) {
  return {
    '@type': KINDS[id.slice(0, id.indexOf(':'))] ?? 'Organization', '@id': urn('actor', id), name,
    additionalProperty: [...(country === null ? [] : [property('country', country)]), ...(sector === null ? [] : [property('sector', sector)]), ...(office === null ? [] : [property('office', office)])],
  }
}

const article = (source: Source) => ({
  '@type': 'NewsArticle', '@id': urn('article', source.article), inLanguage: source.language, ...(source.url === null ? {} : { url: source.url }), ...(source.title === null ? {} : { headline: source.title }),
  ...(source.published === null ? {} : { datePublished: source.published }), ...(source.outlet === null ? {} : { publisher: { '@type': 'Organization', name: source.outlet } }),
})

/** The Web Annotation model counts code points; spans count UTF-16 units. */
const points = (text: string, at: number): number => [...text.slice(0, at)].length

function annotation({ report, article: { id, text } }: Told, { field, span: [start, end], text: exact }: Evidence, at: number) {
  const around = text === null ? {} : { prefix: whole(text.slice(Math.max(0, start - AROUND), start)), suffix: whole(text.slice(end, end + AROUND)) }
  return {
    '@type': 'Annotation', '@id': `${urn('report', report.id)}#${at}`, motivatedBy: 'oa:identifying', name: field,
    hasTarget: { hasSource: urn('article', id), hasSelector: [{ '@type': 'TextQuoteSelector', exact: whole(exact), ...around }, ...(text === null ? [] : [{ '@type': 'TextPositionSelector', start: points(text, start), end: points(text, end) }])] },
  }
}

function claim(coding: Coding, source: Source, told: Told | undefined) {
  const base = { '@type': 'Claim', '@id': source.report === null ? urn('telling', `${coding.id}:${source.article}`) : urn('report', source.report), about: { '@id': urn('event', coding.id) }, appearance: article(source), ...(source.quote === null ? {} : { text: whole(source.quote) }) }
  if (!told) return base
  const { attribution, confidence, rule, status } = told.report
  return {
    ...base,
    ...(attribution.speaker ? { author: party(attribution.speaker) } : attribution.outlet !== undefined ? { author: { '@type': 'Organization', name: attribution.outlet } } : {}),
    additionalProperty: [property('confidence', confidence), property('status', status), property('rule', rule), property('attribution', attribution.kind)],
    evidence: told.report.evidence.map((item, at) => annotation(told, item, at)),
  }
}

/** The event and the claims it rests on, as nodes of a graph. */
export function jsonldNodes({ coding, told }: ExportRecord): unknown[] {
  const facts: readonly (readonly [string, string | number | boolean | null])[] = [
    ['mode', coding.mode], ['status', coding.status], ['historical', coding.historical], ['quadClass', coding.quadClass], ['intensity', coding.intensity], ['cameo', coding.cameo], ['confidence', coding.confidence], ['edtf', coding.date], ['dateBasis', coding.basis], ['coder', coding.coder], ['version', coding.version],
  ]
  const event = {
    '@type': 'Event', '@id': urn('event', coding.id), ...(coding.type === null ? {} : { additionalType: `urn:readout:type:${coding.type}` }), name: title(coding), ...(coding.firstDay === null ? {} : { startDate: coding.firstDay, endDate: coding.lastDay ?? coding.firstDay }),
    ...(coding.status === 'future' ? { eventStatus: 'https://schema.org/EventScheduled' } : {}), performer: coding.actors.map(party), attendee: coding.recipients.map(party), keywords: coding.contexts,
    ...(coding.place ? { location: { '@type': 'Place', '@id': urn('place', coding.place.id), name: coding.place.name, ...(coding.place.country === null ? {} : { address: { '@type': 'PostalAddress', addressCountry: coding.place.country } }) } } : {}),
    additionalProperty: facts.flatMap(([name, value]) => (value === null ? [] : [property(name, value)])),
  }
  const byReport = new Map(told.map((item) => [item.report.id, item]))
  return [event, ...coding.sources.map((source) => claim(coding, source, source.report === null ? undefined : byReport.get(source.report)))]
}

/** Who, what and to whom in codes: the same in every language. */
export function title(coding: Coding): string {
  const names = (parties: readonly Party[]): string => parties.map(({ name }) => name).join(', ')
  const who = [names(coding.actors), names(coding.recipients)].filter((side) => side !== '').join(' > ')
  return `${who}: ${coding.type ?? coding.cameo ?? ''}${coding.mode === null ? '' : ` (${coding.mode})`}${coding.firstDay === null ? '' : `, ${coding.firstDay}`}`
}
