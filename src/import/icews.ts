/** ICEWS files as codings: codes are text, dates come in two forms, quotation marks erratically. */
import type { CodedPlace, Coding, Party } from '../export/coding.ts'
import { ICEWS, icewsLines } from '../export/icews.ts'
import { BadLine, byHeader, dayOf, foreign, ploverOf, withRest } from './lines.ts'
import { type Back, stateParty } from './parties.ts'

const HOSTS = '043'
const bare = (cell: string): string => cell.replace(/^"(.*)"$/su, '$1').trim()

/** Reads the header, then the lines. Throws BadLine for lines that say nothing. */
export function createIcews(header: readonly string[], back: Back): (line: readonly string[]) => Coding {
  const order = byHeader(header.map(bare), ICEWS)
  return (line) => {
    const cells = order(line)
    const at = new Map(ICEWS.map((name, index) => [name, bare(cells[index] ?? '')]))
    const get = (name: string): string => at.get(name) ?? ''
    const day = dayOf(get('Event Date'))
    if (get('Event ID') === '') throw new BadLine('it has no Event ID')
    if (day === null) throw new BadLine(`Event Date '${get('Event Date')}' is no day`)
    const code = get('CAMEO Code')
    const side = (owner: 'Source' | 'Target'): Party | null => {
      const [name, sectors, country] = [get(`${owner} Name`), get(`${owner} Sectors`), get(`${owner} Country`)]
      if (name === '' && sectors === '' && country === '') return null
      const state = back.stateOfName(country)
      if (state !== null && sectors === '' && back.stateOfName(name) === state) return stateParty(state, name, back)
      const known = sectors.split(',').map((label) => back.sectorOfLabel(label)).filter((sector) => sector !== null)
      return { id: `name:${name}`, name, country: state ?? (known[0] !== undefined && back.codes.sectors.get(known[0])?.cameo !== known[0] ? known[0] : null), sector: known[0] ?? null, office: null }
    }
    const land = back.stateOfName(get('Country'))
    const [latitude, longitude, city] = [get('Latitude'), get('Longitude'), get('City')]
    const place: CodedPlace | null = land === null && city === '' ? null : {
      id: city === '' ? `state:${land}` : `name:${city}`, name: city === '' ? (back.codes.states.get(land ?? '')?.name ?? '') : city, country: land, ...(latitude === '' ? {} : { latitude }), ...(longitude === '' ? {} : { longitude }),
    }
    const [first, second] = [side('Source'), side('Target')]
    const coding = foreign('icews', '', code === HOSTS ? { actor: second, recipient: first } : { actor: first, recipient: second }, {
      id: get('Event ID'), ...ploverOf(code, back), contexts: [], firstDay: day, place, cameo: code, intensity: null,
      sources: [{ article: get('Story ID'), report: null, url: null, outlet: get('Publisher') || null, published: null, language: 'und', title: null, span: null, quote: null, confidence: null }],
    })
    return withRest(coding, ICEWS, cells, (given) => icewsLines(given, back.codes))
  }
}
