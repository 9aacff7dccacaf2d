/** Phoenix files as codings. */
import type { Coding, Party, Source } from '../export/coding.ts'
import { PHOENIX, phoenixLines } from '../export/phoenix.ts'
import { BadLine, dayOf, foreign, ploverOf, withRest } from './lines.ts'
import { type Back, cameoActor } from './parties.ts'

const HOSTS = '043'
const list = (cell: string): string[] => cell.split(';').filter((value) => value !== '')

/** One line of a file. Throws BadLine. */
export function readPhoenix(cells: readonly string[], back: Back): Coding {
  if (cells.length !== PHOENIX.length) throw new BadLine(`${cells.length} columns; Phoenix has ${PHOENIX.length}`)
  const at = new Map(PHOENIX.map((name, index) => [name, cells[index] ?? '']))
  const get = (name: string): string => at.get(name) ?? ''
  const day = dayOf(get('Date'))
  if (day === null) throw new BadLine(`Date '${get('Date')}' is no day`)
  const side = (owner: string): Party | null => {
    const [entity, role] = [get(`${owner}ActorEntity`), get(`${owner}ActorRole`)]
    if (entity === '' && role === '') return null
    const state = back.stateOfCameo(entity)
    const party = state === null ? cameoActor('', '', entity, role, back) : cameoActor('', entity, role, '', back)
    const name = state === null ? `${entity}${role}` : role === '' ? '' : `${entity} ${role}`
    return party && { ...party, id: party.id === 'name:' ? `name:${name}` : party.id, name: party.name === '' ? name : party.name }
  }
  const code = get('EventCode')
  const [first, second] = [side('Source'), side('Target')]
  const country = get('CountryCode') === '' ? null : get('CountryCode')
  const town = get('LocationName')
  const story = get('SentenceID').split('_')[0] ?? ''
  const outlets = list(get('NewsSources'))
  const urls = list(get('URLs'))
  const sources = Array.from({ length: Math.max(1, outlets.length, urls.length) }, (_, index): Source => ({
    article: index === 0 ? story : `${story}-${index}`, report: null, url: urls[index] ?? null, outlet: outlets[index] ?? null, published: null, language: 'und', title: null, span: null, quote: null, confidence: null,
  }))
  const name = town === '' ? (back.codes.states.get(country ?? '')?.name ?? '') : town
  const coding = foreign('phoenix', '', code === HOSTS ? { actor: second, recipient: first } : { actor: first, recipient: second }, {
    id: get('EventID'), ...ploverOf(code, back), contexts: list(get('Issues')).map((issue) => issue.split(',')[0] ?? ''), firstDay: day, cameo: code, intensity: null, sources,
    place: name === '' ? null : { id: town === '' ? `state:${country}` : `name:${town}`, name, country, ...(get('Lat') === '' ? {} : { latitude: get('Lat') }), ...(get('Lon') === '' ? {} : { longitude: get('Lon') }) },
  })
  return withRest(coding, PHOENIX, cells, (given) => phoenixLines(given, back.codes))
}
