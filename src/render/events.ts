/** Words for events, versions, topics and sides in the reader's language. */
import type { Templates } from '../knowledge/templates.ts'
import type { Actor, EventParty, EventVersion, Report, Topic, WorldEvent } from '../model/index.ts'
import { createFill, type Fill } from './fill.ts'
import type { LineWriter } from './lines.ts'
import { createReasonWriter, type ReasonWriter } from './reasons.ts'

export interface EventWriter extends ReasonWriter {
  readonly fill: Fill
  /** One line: who did what to whom. */
  line(event: WorldEvent): string
  date(event: Pick<WorldEvent, 'date'>): string
  /** What a version says, in words where the tables have them. */
  version(version: EventVersion, event: Pick<WorldEvent, 'type'>): string
  /** The field a version is of. */
  field(version: EventVersion): string
  topic(topic: Pick<Topic, 'kind' | 'key'>): string
  side(side: string): string
  stance(stance: string): string
}

/** Makes the writer of events on top of the writer of lines of the same language. */
export function createEventWriter(writer: LineWriter, templates: Templates): EventWriter {
  const fill = createFill(templates)
  const { labels, fields, contexts, stances } = templates.events
  const bare = (template: string): string => fill(template, {}).trim()
  const side = (id: string): string => (id === 'others' ? labels.others : writer.name(/^[A-Z]{3}$/u.test(id) ? `state:${id}` : id, id.slice(id.indexOf(':') + 1)))
  const context = (id: string): string => contexts[id] ?? id
  const stance = (id: string): string => id.split(', ').map((one) => stances[one] ?? one).join(templates.comma)
  const tone = (key: string): string => {
    const [name = '', towards = ''] = key.split(' ')
    return towards === '' ? stance(name) : fill(templates.apposition, { name: stance(name), note: towards.split('+').map(side).join(templates.comma) })
  }
  const act = (key: string): string => {
    const [type = '', status = '', sides = ''] = key.split(' ')
    const [givers = '', takers = ''] = sides.split('>')
    const parties = (list: string): EventParty[] => list.split('+').filter((id) => id !== '').map((id) => ({ id: /^[A-Z]{3}$/u.test(id) ? `state:${id}` : id, name: side(id), country: null, sector: null, office: null }))
    return writer.report(asReport({ type, mode: null, rule: '', status: status as WorldEvent['status'], actors: parties(givers), recipients: parties(takers) }))
  }
  return {
    fill, side, stance, ...createReasonWriter(writer, templates, fill, side, context),
    line: (event) => writer.report(asReport(event)),
    date: ({ date }) => (date === null ? templates.labels.undated : `${writer.edtf(date.value)}${date.basis === 'inferred' ? ` (${templates.labels.inferred})` : ''}`),
    version({ field, value }, { type }) {
      if (field === 'date') return writer.edtf(value)
      if (field === 'type' || field === 'mode') return bare(templates.types[field === 'mode' ? `${type}.${value}` : value]?.replace(/\{(?:actors|recipients)\}/gu, '…') ?? value)
      if (field === 'place') return writer.name(value, value.slice(value.indexOf(':') + 1))
      if (field === 'direction') return value.split(' > ').map((states) => states.split(' ').map(side).join(templates.comma)).join(' → ')
      return value
    },
    field({ field }) {
      return fields[field as keyof typeof fields] ?? templates.measures[field.replace(/^figure:/u, '')] ?? field
    },
    topic({ kind, key }) {
      return kind === 'context' ? context(key) : kind === 'state' ? side(key) : kind === 'place' ? writer.name(key, key.slice(key.indexOf(':') + 1)) : kind === 'figure' ? (templates.measures[key] ?? key) : kind === 'stance' ? tone(key) : act(key)
    },
  }
}

/** An event in the form lines are written from. */
export function asReport({ type, mode, rule, status, actors, recipients }: Pick<WorldEvent, 'type' | 'mode' | 'rule' | 'status' | 'actors' | 'recipients'>): Report {
  const actor = (party: EventParty): Actor => ({ ...party, span: [0, 0], text: party.name })
  return {
    id: '', type, mode, contexts: [], actors: actors.map(actor), recipients: recipients.map(actor), date: null, place: null, status, historical: false, attribution: { kind: 'outlet', span: null }, evidence: [],
    cameo: null, intensity: 0, quadClass: '', confidence: 1, rule,
  }
}
