/** Tools about events: the chronology of a state, a person or a relationship, and one event with its comparison. */
import { z } from 'zod'
import { HttpProblem } from '../api/app.ts'
import { loadEvent, loadEvents, type ToldEvent } from '../api/events.ts'
import { type ComparedTopic, type Comparison, STATUSES } from '../model/index.ts'
import { sourcesOf } from '../render/chronology.ts'
import { pairKey } from '../store/index.ts'
import { type Cited, citeMember, citeQuote, fitting, LANGUAGE, MOST, type Next, NOTICE, pageThatFits, words } from './answer.ts'
import { tool, understood, whoIs } from './tool.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u)
const lang = z.string().max(20).optional().describe('language of the lines, ISO 639-1; English unless said')
/** Sources quoted with an event of a list. */
const QUOTED = 2

/** An event of a list: its line, its day, the words it rests on. */
export function inList(event: ToldEvent, quoted = QUOTED) {
  const sources = sourcesOf(event.members)
  const { id, status, historical, type, mode, confidence } = event
  return { id, line: words(event.line, 300), date: event.date?.value ?? null, inferred: event.date?.basis === 'inferred', status, historical, type, mode, confidence, articles: sources.length, quotes: sources.slice(0, quoted).map(citeMember) }
}

export const chronologyTool = tool({
  name: 'chronology', title: 'Chronology',
  description: 'Events of a relationship between two states, or of one state, person or organisation, in order of their day. Each has a line, a day, a status (occurred, ongoing, future, hypothetical, negated), a confidence from 0 to 1, and quotes with their places.',
  input: {
    parties: z.array(z.string().min(1).max(100)).min(1).max(2).describe('one party, or two states: codes (RUS), ids (person:xi-jinping) or names in any language'),
    from: day.optional().describe('first day, YYYY-MM-DD'), to: day.optional().describe('last day'), types: z.array(z.string().max(40)).max(16).optional().describe('PLOVER types such as CONSULT, ACCUSE, ASSAULT'),
    statuses: z.array(z.enum(STATUSES)).optional(), minConfidence: z.number().min(0).max(1).optional(), order: z.enum(['newest', 'oldest']).optional(), limit: z.number().int().min(1).max(30).optional().describe('10 unless said'),
    cursor: z.string().max(2000).optional().describe('from the answer before'), lang,
  },
  async run(desk, asked) {
    const who = asked.parties.map((party) => whoIs(desk, party))
    if (who.length === 2 && who.some(({ kind }) => kind !== 'state')) throw new HttpProblem(400, 'Cannot be asked', 'two parties are taken when both are states; ask for the person or organisation alone')
    const [a, b] = who.map(({ key }) => key)
    const { parties, limit = 10, types, statuses, ...more } = asked
    const page = await pageThatFits(limit, MOST - 1200, async (most) => {
      const { cursor, lang: language = LANGUAGE, order, from, to, minConfidence } = more
      const { events, next } = await loadEvents(desk, { keys: [a !== undefined && b !== undefined ? pairKey(a, b) : (a ?? '')], types, statuses, from, to, minConfidence, order, limit: most, cursor, lang: language, format: undefined })
      return { items: events.map((event) => inList(event)), next }
    })
    const next: Next = page.next === null ? null : { tool: 'chronology', arguments: { ...asked, cursor: page.next } }
    return { notice: NOTICE, parties: parties.map((party, at) => { const known = who[at]; return known ? understood(party, known) : party }), events: page.items, next }
  },
})

interface Row { readonly said: 'both' | 'a' | 'b' | 'neither'; readonly kind: string; readonly topic: string; readonly a: readonly Cited[]; readonly b: readonly Cited[]; readonly others: readonly Cited[] }

function rowsOf(comparison: Comparison, tell: (topic: ComparedTopic) => string): Row[] {
  const rows = (said: Row['said'], topics: readonly ComparedTopic[]): Row[] => topics.map((topic) => ({
    said, kind: topic.kind, topic: words(tell(topic), 160) ?? '', a: topic.a.slice(0, 1).map(citeQuote), b: topic.b.slice(0, 1).map(citeQuote), others: topic.a.length + topic.b.length > 0 ? [] : topic.others.slice(0, 1).map(citeQuote),
  }))
  return [...rows('both', comparison.both), ...rows('a', comparison.onlyA), ...rows('b', comparison.onlyB), ...rows('neither', comparison.neither)]
}

export const eventTool = tool({
  name: 'event', title: 'Event with comparison',
  description: 'One event: what happened, what each side said of it and left out (the readout comparison), where reports differ, and the reports it rests on, with quotes. Long answers come in parts: `next` says how to go on.',
  input: {
    id: z.string().min(1).max(100).describe('id of the event, as other tools give it'), sides: z.array(z.string().min(1).max(100)).length(2).optional().describe('the two sides to compare; those that say most unless said'),
    part: z.enum(['comparison', 'reports']).optional().describe('the comparison first, then the reports'), from: z.number().int().min(0).optional().describe('row of that part to begin at'), lang,
  },
  async run(desk, { id, sides, part = 'comparison', from = 0, lang }) {
    const language = lang ?? LANGUAGE
    const keys = sides?.map((side) => whoIs(desk, side).key)
    const answer = await loadEvent(desk, id, { lang: language, sides: keys })
    if (!answer) throw new HttpProblem(404, 'Not found', `no event has the id '${id}'`)
    const { event, comparison } = answer
    const { events: writer } = desk.writers(language)
    const again = { id, ...(sides ? { sides } : {}), ...(lang === undefined ? {} : { lang }) }
    const goOn = (to: 'comparison' | 'reports', at: number): Next => ({ tool: 'event', arguments: { ...again, part: to, from: at } })
    if (part === 'reports') {
      const all = event.members.slice(from).map((member) => ({ ...citeMember(member), report: member.report, side: member.side, background: member.background, confidence: member.confidence }))
      const count = fitting(all, MOST - 800)
      return { notice: NOTICE, id, line: words(event.line, 300), of: event.members.length, reports: all.slice(0, count), next: count < all.length ? goOn('reports', from + count) : null }
    }
    const head = {
      notice: NOTICE, ...inList(event), place: event.place?.name ?? null, contexts: event.contexts, score: event.intensity, rule: event.rule, reports: event.members.length,
      ...(from > 0 ? {} : {
        versions: event.versions.slice(0, 12).map((version) => ({ field: version.field, untrusted: { says: words(writer.version(version, event), 160) }, reports: version.reports.length })),
        linked: answer.linked.slice(0, 6).map((other) => ({ id: other.id, kind: event.links.find((link) => link.event === other.id)?.kind ?? null, line: words(other.line, 200), date: other.date?.value ?? null })),
        differences: (comparison?.differences ?? []).slice(0, 12).map(({ kind, topic, a, b }) => ({ kind, topic, untrusted: { a: words(a, 160), b: words(b, 160) } })),
        unsaid: (comparison?.unsaid ?? []).slice(0, 6).map(({ side, quote }) => ({ side, ...citeQuote(quote) })),
      }),
    }
    if (!comparison) return { ...head, comparison: null, next: goOn('reports', 0) }
    const rows = rowsOf(comparison, (topic) => writer.topic(topic)).slice(from)
    const count = fitting(rows, MOST - JSON.stringify(head).length - 600)
    return { ...head, comparison: { a: writer.side(comparison.a), b: writer.side(comparison.b), rows: rows.slice(0, count) }, next: count < rows.length ? goOn('comparison', from + count) : goOn('reports', 0) }
  },
})
