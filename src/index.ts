/** Readout as a library: `createReader()` → `read(page)`. */
export { createReader, type Reader, type ReaderOptions } from './reader.ts'
export { readArticle, type ReadOptions } from './read.ts'
export { codeJsonLine, codeText, type CodedLine, type CodeLine } from './code.ts'
export { readingSchema, readoutSchema } from './schema.ts'
export { KnowledgeError } from './knowledge/tables.ts'
export type {
  Actor, Article, Attribution, Caption, DateValue, Evidence, Figure, Furniture, FurnitureKind, Mention, Notice, PageInput, PlaceValue, QuantityValue, Reading, Report, Span, Statement, Status,
} from './model/index.ts'
