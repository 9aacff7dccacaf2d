/** POLECAT files as codings. Files have excess tabs, stray columns, and Intensity under two names. */
import type { CodedPlace, Coding, Party, Source } from '../export/coding.ts'
import { languageName, NONE, POLECAT, polecatLines } from '../export/polecat.ts'
import { BadLine, byHeader, dayOf, foreign, withRest } from './lines.ts'
import { type Back, stateParty } from './parties.ts'

const values = (cell: string): string[] => cell.split(/[;|]/u).map((value) => value.trim()).filter((value) => value !== '')

let languages: ReadonlyMap<string, string> | null = null

/** The code of a language by its name. */
function languageCode(name: string): string {
  if (languages === null) {
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    languages = new Map(letters.flatMap((a) => letters.flatMap((b): [string, string][] => { const known = languageName(`${a}${b}`); return known === null ? [] : [[known, `${a}${b}`]] })).reverse())
  }
  return languages.get(name) ?? 'und'
}

/** Reads the header, then the lines. Throws BadLine for lines that say nothing. */
export function createPolecat(header: readonly string[], back: Back): (line: readonly string[]) => Coding {
  const order = byHeader(header, POLECAT, { 'Event Intensity': 'Intensity' })
  return (line) => {
    const cells = order(line)
    const at = new Map(POLECAT.map((name, index) => [name, cells[index] ?? '']))
    const get = (name: string): string | null => { const value = at.get(name) ?? ''; return value === NONE || value === '' ? null : value }
    const day = dayOf(get('Event Date') ?? '')
    const [id, type] = [get('Event ID'), get('Event Type')]
    if (id === null) throw new BadLine('it has no Event ID')
    if (day === null) throw new BadLine(`Event Date '${get('Event Date') ?? ''}' is no day`)
    if (type === null) throw new BadLine('it has no Event Type')
    const side = (owner: 'Actor' | 'Recipient'): Party | null => {
      const name = get(`${owner} Name`)
      const country = get(`${owner} Country`)
      const sector = get(`Primary ${owner} Sector`)
      const raw = get(`${owner} Name Raw`)
      if (name === null && country === null && sector === null && raw === null) return null
      const office = get(`${owner} Title`)
      const state = country !== null && name !== null && back.stateOfName(name) === country ? stateParty(country, name, back) : null
      return { ...(state ?? { id: `name:${name ?? raw ?? ''}`, name: name ?? '', country }), sector, office, ...(raw === null ? {} : { raw }) }
    }
    const country = get('Country')
    const placename = get('Placename')
    const place: CodedPlace | null = placename === null && country === null ? null : {
      id: `name:${placename ?? ''}`, name: placename ?? '', country, ...(get('Latitude') === null ? {} : { latitude: get('Latitude') ?? '' }), ...(get('Longitude') === null ? {} : { longitude: get('Longitude') ?? '' }),
    }
    const article = id.split('_')[0] ?? id
    const base = { article, report: null, url: null, published: dayOf(get('Publication Date') ?? ''), title: null, span: null, quote: null, confidence: null }
    const outlets = values(get('Source') ?? '')
    const tongues = values(get('Language') ?? '').map(languageCode)
    const sources = Array.from({ length: Math.max(1, outlets.length, tongues.length) }, (_, index): Source => ({ ...base, outlet: outlets[index] ?? null, language: tongues[index] ?? 'und' }))
    const score = get('Intensity')
    const coding = foreign('polecat', get('Version') ?? '', { actor: side('Actor'), recipient: side('Recipient') }, {
      id, type, mode: get('Event Mode'), contexts: values(get('Contexts') ?? ''), firstDay: day, place, cameo: back.cameoOf(type, get('Event Mode')), intensity: score === null || Number.isNaN(Number(score)) ? null : Number(score),
      quadClass: get('Quad Code')?.toLowerCase().replace(' ', '-') ?? back.quadOf(type), sources,
    })
    return withRest(coding, POLECAT, cells, (given) => polecatLines(given, back.codes))
  }
}
