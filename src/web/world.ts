/** Outlines of states, projected once: those of Natural Earth (public domain) as `world-atlas` packs them, in Equal Earth, which keeps areas true. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { geoArea, geoCentroid, geoEqualEarth, geoGraticule, geoPath } from 'd3-geo'
import type { Feature, MultiPolygon, Polygon } from 'geojson'
import { feature } from 'topojson-client'
import type { GeometryCollection, Topology } from 'topojson-specification'
import { readTable } from '../knowledge/tables.ts'

/** What is shown of the drawing: all but the far south, where no state is. */
export const MAP = { width: 960, height: 468, shown: 424 } as const

export interface World {
  /** Path of each state's outline; the smallest have none at this scale. */
  readonly shapes: ReadonlyMap<string, string>
  /** Where each state is marked: the middle of its largest part. Tuvalu has no outline to take one from. */
  readonly points: ReadonlyMap<string, readonly [x: number, y: number]>
  /** Outlines that belong to none of the states known here. */
  readonly rest: string
  /** Parallels and meridians, and the edge of the world. */
  readonly graticule: string
  readonly edge: string
}

type Land = Feature<Polygon | MultiPolygon, { readonly name: string }>
const require = createRequire(import.meta.url)

/** The lands of a file that are wanted. */
function landsOf(file: string, wanted: (land: Pick<Land, 'id' | 'properties'>) => boolean): Land[] {
  const topology = JSON.parse(readFileSync(require.resolve(`world-atlas/${file}`), 'utf8')) as Topology<{ countries: GeometryCollection<{ name: string }> }>
  return topology.objects.countries.geometries.filter((geometry) => wanted(geometry as unknown as Land)).map((geometry) => feature(topology, geometry) as unknown as Land)
}

/** The largest part of a land: islands far away do not pull its mark into the sea. */
function mainland({ geometry }: Land): Polygon {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const polygons = parts.map((coordinates): Polygon => ({ type: 'Polygon', coordinates }))
  return polygons.reduce((best, polygon) => (geoArea(polygon) > geoArea(best) ? polygon : best))
}

let made: World | null = null

/** The world as it is drawn. Reads and projects the outlines when it is first asked for. */
export function loadWorld(root: string): World {
  if (made) return made
  const stateOf = new Map(readTable(join(root, 'gazetteer', 'codes.tsv'), ['id', 'shape']).filter((row) => row.get('shape') !== '').map((row) => [row.get('shape'), row.get('id')]))
  const idOf = ({ id, properties }: Pick<Land, 'id' | 'properties'>): string | undefined => stateOf.get(id === undefined ? properties.name : String(id))
  const projection = geoEqualEarth().fitExtent([[4, 4], [MAP.width - 4, MAP.height - 4]], { type: 'Sphere' })
  const path = geoPath(projection).digits(1)
  const shapes = new Map<string, string>()
  const rest: string[] = []
  const points = new Map<string, readonly [number, number]>()
  const areas = new Map<string, number>()
  const mark = (id: string, land: Land): void => {
    const part = mainland(land)
    const [at, area] = [projection(geoCentroid(part)), geoArea(part)]
    if (at === null || area <= (areas.get(id) ?? 0)) return
    points.set(id, [Math.round(at[0] * 10) / 10, Math.round(at[1] * 10) / 10])
    areas.set(id, area)
  }
  for (const land of landsOf('countries-110m.json', () => true)) {
    const id = idOf(land)
    const drawn = path(land) ?? ''
    if (id === undefined) rest.push(drawn)
    else {
      shapes.set(id, `${shapes.get(id) ?? ''}${drawn}`)
      mark(id, land)
    }
  }
  // The smallest states are drawn on the finer map only.
  const small = (land: Pick<Land, 'id' | 'properties'>): boolean => { const id = idOf(land); return id !== undefined && !shapes.has(id) }
  for (const land of landsOf('countries-50m.json', small)) mark(idOf(land) ?? '', land)
  made = { shapes, points, rest: rest.join(''), graticule: path(geoGraticule().step([30, 30])()) ?? '', edge: path({ type: 'Sphere' }) ?? '' }
  return made
}
