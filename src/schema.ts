/** The contract of `readout read --json`, defined once: zod here, JSON Schema for everyone else (`docs/reading.schema.json`). */
import { z } from 'zod'
import { FURNITURE_KINDS, STATUSES } from './model/index.ts'

const span = z.tuple([z.number().int().min(0), z.number().int().min(0)]).describe('half-open range of UTF-16 code units into article.text')
const country = z.string().nullable().describe('ISO 3166-1 alpha-3 with PLOVER\'s exceptions, or a PLOVER international code; null if none')
const comparator = z.enum(['=', '>', '<', '~'])

export const actorSchema = z.strictObject({
  id: z.string(), name: z.string(), country, sector: z.string().nullable(), office: z.string().nullable(), span, text: z.string(),
}).meta({ id: 'Actor' })
export const dateSchema = z.strictObject({ value: z.string().describe('EDTF (ISO 8601-2)'), basis: z.enum(['stated', 'inferred']), span: span.nullable() }).meta({ id: 'Date' })
export const placeSchema = z.strictObject({ id: z.string(), name: z.string(), country }).meta({ id: 'Place' })

export const articleSchema = z.strictObject({
  id: z.string(), url: z.string().nullable(), language: z.string(), direction: z.enum(['ltr', 'rtl']), title: z.string().nullable(), lead: z.string().nullable(),
  byline: z.string().nullable(), agencies: z.array(z.string()), publisher: z.string().nullable(), published: z.string().nullable(), text: z.string(),
  captions: z.array(z.strictObject({ text: z.string(), credit: z.string().nullable() })),
  furniture: z.array(z.strictObject({ kind: z.enum(FURNITURE_KINDS), text: z.string() })),
}).meta({ id: 'Article' })

export const mentionSchema = z.strictObject({
  id: z.string(), kind: z.enum(['actor', 'date', 'place', 'quantity']), span, text: z.string(), actor: actorSchema.optional(), date: dateSchema.optional(), place: placeSchema.optional(),
  quantity: z.strictObject({ value: z.number(), unit: z.string().nullable(), comparator }).optional(),
}).meta({ id: 'Mention' })

export const reportSchema = z.strictObject({
  id: z.string(), type: z.string(), mode: z.string().nullable(), contexts: z.array(z.string()), actors: z.array(actorSchema), recipients: z.array(actorSchema), date: dateSchema.nullable(),
  place: placeSchema.nullable(), status: z.enum(STATUSES), historical: z.boolean(),
  attribution: z.strictObject({ kind: z.enum(['outlet', 'named', 'unnamed']), speaker: actorSchema.optional(), outlet: z.string().optional(), span: span.nullable() }),
  evidence: z.array(z.strictObject({ field: z.string(), span, text: z.string() })).min(1),
  cameo: z.string().nullable(), intensity: z.number(), quadClass: z.string(), confidence: z.number().min(0).max(1), rule: z.string(),
}).meta({ id: 'Report' })

export const statementSchema = z.strictObject({
  id: z.string(), speaker: actorSchema, quoted: z.boolean(), span, text: z.string(), date: dateSchema.nullable(), stance: z.string(), topics: z.array(z.string()),
  countries: z.array(z.string()), report: z.string().optional(),
}).meta({ id: 'Statement' })

export const figureSchema = z.strictObject({
  measure: z.string(), value: z.number(), unit: z.string().nullable(), comparator, period: z.string().nullable(), parties: z.array(z.string()), span,
}).meta({ id: 'Figure' })

export const noticeSchema = z.strictObject({ code: z.string(), stage: z.string(), message: z.string(), span: span.optional() }).meta({ id: 'Notice' })

export const readingSchema = z.strictObject({
  article: articleSchema, mentions: z.array(mentionSchema), reports: z.array(reportSchema), statements: z.array(statementSchema), figures: z.array(figureSchema), notices: z.array(noticeSchema),
}).meta({ id: 'Reading' })

/** What `readout read --json` prints. */
export const readoutSchema = z.strictObject({ schema: z.literal(1), readings: z.array(readingSchema) })

/** The published JSON Schema (draft 2020-12). */
export function jsonSchema(): unknown {
  return z.toJSONSchema(readoutSchema)
}
