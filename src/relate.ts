/** The PLOVER type of what one span of a text is said to do to another. */
import type { Knowledge } from './knowledge/index.ts'
import type { Reading, Span } from './model/index.ts'

export interface Relation {
  /** PLOVER event type. */
  readonly type: string
  readonly confidence: number
  readonly rule: string
}

/** Reads the relation of a source span to a target span out of a reading of the text; null when nothing is said. */
export function relate(_text: string, source: Span | null, target: Span | null, _language: string, reading: Reading, _knowledge: Knowledge): Relation | null {
  const touches = (span: Span, edge: Span | null): boolean => edge !== null && span[0] < edge[1] && edge[0] < span[1]
  const fits = reading.reports.filter((report) => report.actors.some((actor) => touches(actor.span, source)) && [...report.recipients, ...report.actors].some((actor) => touches(actor.span, target)))
  const best = [...fits].sort((a, b) => b.confidence - a.confidence)[0]
  return best ? { type: best.type, confidence: best.confidence, rule: best.rule } : null
}
