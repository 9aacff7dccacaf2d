/** Which year an article speaks of when it does not say when it was published. */
import type { DateHit } from './types.ts'

/** The latest year stated that is no deadline or goal ("until", "by 2030") and nothing to come; null when none is. */
export function yearsStated(hits: readonly DateHit[]): number | null {
  let latest: number | null = null
  for (const { value, relation } of hits) {
    if (relation === 'until' || value.direction === 'future' || value.hijri) continue
    for (const year of [value.year, value.yearTo]) if (year !== undefined && (latest === null || year > latest)) latest = year
  }
  return latest
}
