/** What stands between two places of a sentence. */
import type { Boundary, Scan } from './scan.ts'

/** Whether a clause, a quotation or a comma parts two places of a sentence; `but` = a kind of boundary that does not. */
export function isParted({ boundaries }: Scan, from: number, to: number, but: Boundary | null = null): boolean {
  for (let i = from; i < to; i++) if ((boundaries.get(i) ?? but) !== but) return true
  return false
}
