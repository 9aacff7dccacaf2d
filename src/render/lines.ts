/** Writing reports, statements and figures as lines in the reader's language, from templates. Names are written in that language where its tables have them. */
import type { Templates } from '../knowledge/templates.ts'
import type { Actor, DateValue, Figure, Report, Statement } from '../model/index.ts'
import { createActorWriter, type NameOf } from './actors.ts'
import { type Direction, directionOf, isolateIn } from './bidi.ts'
import { createDateWriter } from './dates.ts'
import { createFill } from './fill.ts'
import { createNumberWriter } from './numbers.ts'

export interface LineWriter {
  /** The direction the lines lie in. */
  readonly direction: Direction
  report(report: Report): string
  statement(statement: Statement): string
  figure(figure: Figure): string
  actor(actor: Actor): string
  date(date: DateValue | null): string
  /** An EDTF value that stands alone. */
  edtf(value: string): string
  /** The name of a gazetteer id (`place:…`, `state:…`), or the fallback where the tables have none. */
  name(id: string, fallback: string): string
}

/** Makes the writer of lines. `nameOf` gives the usual name of a gazetteer id in that language, null when its tables have none. */
export function createLineWriter(templates: Templates, nameOf: NameOf): LineWriter {
  const direction = directionOf(templates.labels.happened) ?? 'ltr'
  const fill = createFill(templates)
  // What others said is never changed.
  const verbatim = createFill({})
  const actor = createActorWriter(templates, fill, direction, nameOf)
  const edtf = createDateWriter(templates, fill)
  const number = createNumberWriter(templates, fill)
  const name = (id: string, fallback: string): string => isolateIn(direction, nameOf(id) ?? fallback)
  const list = (names: readonly string[]): string => {
    const rest = [...new Set(names)]
    const last = rest.pop() ?? ''
    return rest.length === 0 ? last : `${rest.join(templates.comma)}${templates.and}${last}`
  }
  return {
    direction, actor, edtf, name,
    date: (value) => (value === null ? templates.labels.undated : edtf(value.value)),
    report(value) {
      const recipients = list(value.recipients.map(actor))
      const actors = value.actors.length === 0 ? templates.somebody : list(value.actors.map(actor))
      return fill(templates.status[value.status], { line: fill(templateOf(templates, value), { actors, recipients }) })
    },
    statement(value) {
      const words = isolateIn(direction, value.text.replace(/\s+/gu, ' '))
      const template = templates.stances[value.stance] ?? templates.stances.said ?? '{speaker}: {words}'
      return verbatim(template, { speaker: actor(value.speaker), words: value.quoted ? verbatim(templates.quote, { words }) : words })
    },
    figure(value) {
      const notes = [value.period === null ? '' : edtf(value.period), list(value.parties.map((id) => name(`state:${id}`, id)))].filter((note) => note !== '')
      const line = fill(templates.figure, { measure: templates.measures[value.measure] ?? value.measure, number: number(value) })
      return notes.length === 0 ? line : fill(templates.apposition, { name: line, note: notes.join(templates.comma) })
    },
  }
}

/* The most special line there is: rule before mode before type, without recipients the lone form first, with people as recipients theirs. What did not happen (yet) is told by nouns where the language has them. */
function templateOf({ types, nominal }: Templates, { type, mode, status, recipients, rule }: Report): string {
  const table = nominal !== undefined && status !== 'occurred' && status !== 'ongoing' ? nominal : types
  const coded = mode === null ? type : `${type}.${mode}`
  // A rule may stand on another (`inner>outer`): the outer one made the report of it. Its line counts for its own type only, which people may have corrected.
  const rules = rule.split('>').reverse().map((id) => `${coded}:${id}`)
  const keys = [...rules, coded, type].flatMap((key) => (recipients.length === 0 ? [`${key}/lone`, key] : recipients.every(isPeople) ? [`${key}/people`, key] : [key]))
  return keys.map((key) => table[key]).find((found) => found !== undefined) ?? `{actors}: ${keys.at(-1)}[ ({recipients})]`
}

/* People, by name or by what they are; a state or a body of one has people. */
const isPeople = ({ id, sector }: Actor): boolean => /^(?:person|name|office):/u.test(id) || (id.startsWith('noun:') && sector !== 'GOV')
