/** What must hold of every reading, whatever the input. */
import { expect } from 'vitest'
import type { Actor, Reading, Span } from '../../src/model/index.ts'
import { readingSchema } from '../../src/schema.ts'

/** Spans lie inside the text and quote it; ids are one per thing; the schema fits. */
export function checkReading(reading: Reading): void {
  const { text } = reading.article
  const inside = (span: Span): void => {
    expect(span[0]).toBeGreaterThanOrEqual(0)
    expect(span[1]).toBeLessThanOrEqual(text.length)
    expect(span[0]).toBeLessThanOrEqual(span[1])
  }
  const quotes = (span: Span, quote: string): void => {
    inside(span)
    expect(text.slice(span[0], span[1])).toBe(quote)
  }
  const actor = (value: Actor): void => quotes(value.span, value.text)
  for (const mention of reading.mentions) {
    quotes(mention.span, mention.text)
    if (mention.actor) actor(mention.actor)
  }
  for (const report of reading.reports) {
    for (const evidence of report.evidence) quotes(evidence.span, evidence.text)
    for (const value of [...report.actors, ...report.recipients]) actor(value)
    if (report.date?.span) inside(report.date.span)
    if (report.attribution.span) inside(report.attribution.span)
    expect(report.evidence.length).toBeGreaterThan(0)
    expect(report.actors.length + report.recipients.length).toBeGreaterThan(0)
  }
  for (const statement of reading.statements) {
    quotes(statement.span, statement.text)
    actor(statement.speaker)
  }
  for (const figure of reading.figures) inside(figure.span)
  for (const list of [reading.mentions, reading.reports, reading.statements]) expect(new Set(list.map((item) => item.id)).size).toBe(list.length)
  const checked = readingSchema.safeParse(JSON.parse(JSON.stringify(reading)))
  expect(checked.error).toBeUndefined()
}
