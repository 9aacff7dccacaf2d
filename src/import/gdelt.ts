/** GDELT event files as codings: 2.0 with 61 columns, 1.0 with 58 or 57. */
import { wholeDay } from '../export/cells.ts'
import type { CodedPlace, Coding, Party } from '../export/coding.ts'
import { GDELT_EVENTS, gdeltEventLines } from '../export/gdelt.ts'
import { BadLine, dayOf, foreign, ploverOf, withRest } from './lines.ts'
import { type Back, cameoActor } from './parties.ts'

const ADM2 = GDELT_EVENTS.flatMap((name, at) => (name.endsWith('_ADM2Code') ? [at] : []))
/** A host is the source of a visit here, the recipient in PLOVER. */
const HOSTS = '043'

/** GDELT 1.0 has no second-level regions, its oldest files no address. */
function toTwo(cells: readonly string[]): readonly string[] {
  if (cells.length === GDELT_EVENTS.length) return cells
  if (cells.length !== 58 && cells.length !== 57) throw new BadLine(`${cells.length} columns; GDELT has 61 (2.0), 58 or 57 (1.0)`)
  const out = [...cells]
  for (const at of ADM2) out.splice(at, 0, '')
  while (out.length < GDELT_EVENTS.length) out.push('')
  return out
}

function placeOf(type: string, name: string, fips: string, latitude: string, longitude: string, back: Back): CodedPlace | null {
  if (name === '') return null
  const country = back.stateOfFips(fips)
  const [short = name] = name.split(', ')
  return { id: type === '1' && country !== null ? `state:${country}` : `name:${short}`, name: short, country, ...(latitude === '' ? {} : { latitude }), ...(longitude === '' ? {} : { longitude }) }
}

/** One line of a file. Throws BadLine. */
export function readGdelt(line: readonly string[], back: Back): Coding {
  const cells = toTwo(line)
  const at = new Map(GDELT_EVENTS.map((name, index) => [name, cells[index] ?? '']))
  const get = (name: string): string => at.get(name) ?? ''
  const day = dayOf(get('SQLDATE'))
  if (!/^\d{1,19}$/u.test(get('GLOBALEVENTID'))) throw new BadLine(`GLOBALEVENTID '${get('GLOBALEVENTID')}' is no number`)
  if (day === null) throw new BadLine(`SQLDATE '${get('SQLDATE')}' is no day`)
  const side = (owner: string): Party | null => cameoActor(get(`${owner}Name`), get(`${owner}CountryCode`), get(`${owner}Type1Code`), get(`${owner}KnownGroupCode`), back)
  const code = get('EventCode')
  const [first, second] = [side('Actor1'), side('Actor2')]
  const url = get('SOURCEURL')
  const added = wholeDay(get('DATEADDED'))
  const coding = foreign('gdelt', '2.0', code === HOSTS ? { actor: second, recipient: first } : { actor: first, recipient: second }, {
    id: get('GLOBALEVENTID'), ...ploverOf(code, back), contexts: [], firstDay: day, place: placeOf(get('ActionGeo_Type'), get('ActionGeo_FullName'), get('ActionGeo_CountryCode'), get('ActionGeo_Lat'), get('ActionGeo_Long'), back),
    cameo: code, intensity: null,
    sources: [{ article: url === '' ? get('GLOBALEVENTID') : url, report: null, url: url === '' ? null : url, outlet: null, published: added, language: 'und', title: null, span: null, quote: null, confidence: null }],
  })
  return withRest(coding, GDELT_EVENTS, cells, (given) => gdeltEventLines(given, back.codes))
}
