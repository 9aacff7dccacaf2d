/** Official readouts with the publisher's own tags: is the contact found, between the right states, on the right day? */
import { rows } from '../data.ts'
import { judgedBy, knowledge, states } from '../coder.ts'
import { foldText } from '../labelled.ts'
import { read } from '../../src/read.ts'
import type { Row } from '../table.ts'

interface Readout { readonly id: string; readonly lang: string; readonly date: string; readonly title: string; readonly lead: string | null; readonly text: string | readonly string[]; readonly kind?: string; readonly tags: { readonly countries: readonly string[] } | null; readonly url: string; readonly title_en?: string }

const CONTACTS = new Set(['call', 'meeting', 'talks', 'visit'])

/** The Russian items carry no kind; as the English ones got theirs, it is told by the headline: a call, a meeting, talks or a conversation. */
const HEADLINE = /разговор|встреч|переговор|бесед|визит/iu

const isContact = (item: Readout): boolean => (item.kind === undefined ? HEADLINE.test(item.title) : CONTACTS.has(item.kind))

/** A readout as its page would give it: headline, lead, text, and its day. */
const asText = (item: Readout): string => [item.title, item.lead ?? '', ...(typeof item.text === 'string' ? [item.text] : item.text)].filter((part) => part !== '').join('\n\n')

/** Share of tagged calls, meetings, talks and visits with one foreign state or more for which a CONSULT between Russia and a tagged state on that day comes out. */
export async function measureReadouts(most: number): Promise<Row[]> {
  const iso3 = new Map([...knowledge.gazetteer.states.values()].map((state) => [state.iso2, state.id]))
  const out: Row[] = []
  for (const language of ['en', 'ru']) {
    const items = rows<Readout>('readouts', `kremlin-${language}.jsonl`).filter((item) => (item.tags?.countries.length ?? 0) > 0 && isContact(item)).slice(0, most === 0 ? undefined : most)
    if (items.length === 0) continue
    let right = 0
    let states2 = 0
    const misses: string[] = []
    for (const item of items) {
      const { reports } = await read({ text: asText(item), language: item.lang, published: item.date }, knowledge, judgedBy(foldText(item), item.lang))
      const wanted = new Set((item.tags?.countries ?? []).map((code) => iso3.get(code) ?? code))
      const contacts = reports.filter((report) => report.type === 'CONSULT' && (report.status === 'occurred' || report.status === 'ongoing') && states(report).all.includes('RUS') && states(report).all.some((state) => wanted.has(state)))
      if (contacts.length > 0) states2++
      if (contacts.some((report) => sameDay(report.date?.value ?? '', item.date))) right++
      else misses.push(`${item.id} ${item.title}`)
    }
    out.push({ set: `readouts ${language}`, measure: 'contact between the right states on the right day', n: items.length, value: right / items.length, target: 0.9 })
    out.push({ set: `readouts ${language}`, measure: 'contact between the right states', n: items.length, value: states2 / items.length })
    if (process.env['READOUT_MISSES']) console.error(misses.join('\n'))
  }
  return out
}

/** Published within a day of the event: clocks and late readouts. */
function sameDay(value: string, day: string): boolean {
  return Math.abs(Date.parse(value) - Date.parse(day)) <= 86_400_000
}
