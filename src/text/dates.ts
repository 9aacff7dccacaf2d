/** Dates in running text: found by a language's tables, resolved against the day the text speaks from. */
export { compileDates } from './dates/finder.ts'
export { resolveDate, type DateContext } from './dates/resolve.ts'
export { yearsStated } from './dates/years.ts'
export type { DateFinder, DateHit, DateParts, DateTables, Relation } from './dates/types.ts'
