/** Numbers in running text: numerals, number words, scales and ordinals by a language's tables. */
export { compileNumbers } from './numbers/finder.ts'
export type { NumberFinder, NumberHit, NumberTables } from './numbers/types.ts'
