/** Words of the line that says where and when a report is sent from. */
import type { Token } from '../model/index.ts'

/** The mark that closes such a line. */
export const SENT_FROM = /^(?:[-–—:]|--)$/u

/** The words of a date that may part a number from the next ("25 de octubre de 2020"). */
const NEAR = 2

/** Whether a word in small letters may belong to the date in such a line: a number stands beside it. */
export function besideNumber(tokens: readonly Token[], at: number): boolean {
  return tokens.slice(Math.max(0, at - NEAR), at + NEAR + 1).some((token) => token.kind === 'number')
}
