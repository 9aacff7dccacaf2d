/** Quantities and figures in running text: numbers with unit, comparison, measure and period. */
export { compileQuantities, type FigureHit, type QuantityFinder } from './quantities/finder.ts'
export type { Comparator, Measure, MeasureWords, QuantityHit, QuantityTables } from './numbers/types.ts'
