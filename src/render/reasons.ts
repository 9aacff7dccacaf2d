/** Why reports are one event or two, in the reader's language. What is kept is codes with ids and values; the sentence is made here. */
import type { Templates } from '../knowledge/templates.ts'
import type { EventLink, Reason, ReasonValues, WorldEvent } from '../model/index.ts'
import { isolateIn } from './bidi.ts'
import type { Fill } from './fill.ts'
import type { LineWriter } from './lines.ts'
import { numberFormat } from './numbers.ts'

export interface ReasonWriter {
  /** An act without those who did it, by `TYPE` or `TYPE.mode`. */
  act(code: string): string
  /** One reason. */
  reason(reason: Reason): string
  /** Those that led to the decision first, then those that spoke for the other one. `same`: the decision was that it is one event. */
  reasons(reasons: readonly Reason[], same: boolean): string
}

/** Makes the writer of reasons; `side` and `context` write parties and subjects. */
export function createReasonWriter(lines: LineWriter, templates: Templates, fill: Fill, side: (id: string) => string, context: (id: string) => string): ReasonWriter {
  const sentences = templates.events.reasons
  const list = (values: readonly string[], write: (value: string) => string): string => values.map(write).join(templates.comma)
  const bare = (id: string): string => id.slice(id.indexOf(':') + 1)
  const actor = (id: string): string => lines.actor({ id, name: bare(id), country: null, sector: null, office: null, span: [0, 0], text: '' })
  const number = (value: number): string => numberFormat(templates.locale, { maximumFractionDigits: 6 }).format(value)
  const sector = (code: string): string => templates.sectors[code] ?? code
  const act = (code: string): string => {
    const type = code.split('.')[0] ?? code
    const line = [`${code}/lone`, code, `${type}/lone`, type].map((key) => templates.types[key]).find((found) => found !== undefined)
    return line === undefined ? code : fill(line, { actors: '…' }).trim()
  }
  const kind = (code: string): string => fill(templates.quote, { words: act(code) })
  const named = (key: string): string => (key.startsWith('@') ? lines.edtf(key.slice(1)) : key.startsWith('#') ? number(Number(key.slice(1))) : actor(key))
  const place = ({ id, name }: { readonly id: string; readonly name: string }): string => lines.name(id, name)
  const write: { readonly [Slot in keyof ReasonValues]-?: (value: NonNullable<ReasonValues[Slot]>) => string } = {
    kind, kindA: kind, kindB: kind, party: side, parties: (all) => list(all, side), persons: (all) => list(all, actor), personsA: (all) => list(all, actor), personsB: (all) => list(all, actor),
    sectorsA: (all) => list(all, sector), sectorsB: (all) => list(all, sector), day: lines.edtf, dayA: lines.edtf, dayB: lines.edtf, days: number, events: number,
    outlet: (name) => isolateIn(lines.direction, name), place, placeA: place, placeB: place, named: (all) => list(all, named), contexts: (all) => list(all, context),
    measure: (id) => templates.measures[id] ?? id, figure: (value) => lines.figure({ ...value, comparator: '=', period: null, parties: [], span: [0, 0] }),
  }
  const reason = ({ code, about }: Reason): string => {
    const values: Record<string, string> = {}
    for (const slot of Object.keys(about) as (keyof ReasonValues)[]) {
      const value = about[slot]
      if (value !== undefined && value !== null) values[slot] = (write[slot] as (value: unknown) => string)(value)
    }
    return fill(sentences[code], values)
  }
  return {
    act, reason,
    reasons(all, same) {
      const joined = (against: boolean): string => all.filter((one) => one.against === against).map(reason).join(sentences.between)
      const other = joined(same)
      return [joined(!same), other === '' ? '' : fill(same ? sentences.against : sentences.for, { reasons: other })].filter((part) => part !== '').join(sentences.between)
    },
  }
}

/** The words of a judgement: a person's own, or the reasons of the rules in the reader's language; in records made before reasons were kept as codes, the sentence kept then. `same`: it was decided that the two are one event. */
export function whyOf({ why, reasons }: { readonly why?: string; readonly reasons?: readonly Reason[] | null }, same: boolean, writer: ReasonWriter): string {
  return reasons ? writer.reasons(reasons, same) : (why ?? '')
}

/** A link with its reason in words. */
export function linkInWords(link: EventLink, writer: ReasonWriter): EventLink & { readonly why: string } {
  return { ...link, why: link.reason ? writer.reason(link.reason) : (link.why ?? '') }
}

/** An event with the reasons of its links in words. */
export function linksInWords<T extends Pick<WorldEvent, 'links'>>(event: T, writer: ReasonWriter): T {
  return event.links.length === 0 ? event : { ...event, links: event.links.map((link) => linkInWords(link, writer)) }
}
