/** Writing who somebody is: the name in the reader's language with the state beside it, by the kind of the actor's id. */
import type { Templates } from '../knowledge/templates.ts'
import type { Actor } from '../model/index.ts'
import { type Direction, isolateIn } from './bidi.ts'
import type { Fill } from './fill.ts'

export type NameOf = (id: string) => string | null

/** Kinds whose name says by itself where they belong. */
const SELF_EXPLAINING = new Set(['state', 'organisation', 'place'])
/** Kinds of a body an office may belong to, besides states. */
const BODIES = ['organisation', 'person', 'group', 'place', 'medium'] as const

/** Makes the writer of actors. `nameOf` gives the usual name of a gazetteer id in the reader's language, null when the tables have none. */
export function createActorWriter(templates: Templates, fill: Fill, direction: Direction, nameOf: NameOf): (actor: Actor) => string {
  const isolated = (text: string): string => isolateIn(direction, text)
  const stateName = (code: string): string => nameOf(`state:${code}`) ?? templates.sectors[code] ?? code
  const bodyName = (body: string): string | null => nameOf(`state:${body}`) ?? BODIES.map((kind) => nameOf(`${kind}:${body}`)).find((name) => name !== null) ?? null

  /* The name alone, and whether the words beside it must say more than the state. */
  const parts = (actor: Actor): { name: string; notes: (string | null)[] } => {
    const [kind = '', rest = ''] = [actor.id.slice(0, actor.id.indexOf(':')), actor.id.slice(actor.id.indexOf(':') + 1)]
    const country = actor.country === null || SELF_EXPLAINING.has(kind) ? null : stateName(actor.country)
    if (kind === 'office') {
      const [body = '', office = ''] = rest.split('/')
      const title = nameOf(`office:${office}`)
      return title === null ? { name: actor.name, notes: [country] } : { name: title, notes: [bodyName(body) ?? country] }
    }
    if (kind === 'noun') {
      const body = rest.split('/')[0] ?? ''
      const noun = actor.sector === null ? undefined : templates.sectors[actor.sector]
      // Bodies named by a common noun of their own keep it where no state tells them apart.
      return nameOf(`state:${body}`) !== null && noun !== undefined ? { name: noun, notes: [country] } : { name: actor.name, notes: [country] }
    }
    if (kind === 'name') return { name: actor.name, notes: [actor.office === null ? null : nameOf(`office:${actor.office}`), country] }
    return { name: nameOf(actor.id) ?? actor.name, notes: [country] }
  }

  return (actor) => {
    const { name, notes } = parts(actor)
    const note = notes.filter((part): part is string => part !== null && part !== name).map(isolated).join(templates.comma)
    return note === '' ? isolated(name) : fill(templates.apposition, { name: isolated(name), note })
  }
}
