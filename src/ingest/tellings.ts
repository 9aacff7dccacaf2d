/** Which wire text each article tells: near copies share one telling, whatever outlets carried them. */
import type { ReadDocument } from '../read-document.ts'
import { articlesOfBands, type Db, edtfDays, getTexts } from '../store/index.ts'
import { alike, bandsOf, type Shingles, shinglesOf } from './copies.ts'

export interface Telling {
  /** The id all its copies share: that of the first of them. Null for texts too short to compare. */
  readonly telling: string | null
  readonly bands: readonly string[]
  /** The article it is a near copy of; null when it is the first. */
  readonly of: string | null
}

/** Candidates looked at in full, those that share most bands first. */
const LOOKED_AT = 6
/** A wire text is carried within days; what is worded alike later is the same occasion come round again (a weekly meeting, a holiday's greetings). */
const DAYS_APART = 4
const DAY_MS = 86_400_000

interface Compared { readonly id: string; readonly shingles: Shingles; readonly bands: readonly string[]; readonly place: Place }

interface Place { readonly address: string | null; readonly day: string | null }

/** A later text of one address is a version of it whatever the day. */
function mayBeCopies(a: Place, b: Place): boolean {
  if (a.address !== null && a.address === b.address) return true
  return a.day === null || b.day === null || Math.abs(Date.parse(a.day) - Date.parse(b.day)) <= DAYS_APART * DAY_MS
}

/** Tellings of a batch, as if its articles had come one by one. */
export async function tellingsOf(db: Db, documents: readonly Pick<ReadDocument, 'reading' | 'shingles'>[]): Promise<Telling[]> {
  const batch = documents.map(({ reading: { article: { id, url, published } }, shingles }): Compared => ({ id, shingles, bands: bandsOf(shingles), place: { address: url, day: edtfDays(published)?.first ?? null } }))
  const holders = new Map<string, string[]>()
  for (const [band, ids] of await articlesOfBands(db, batch.flatMap(({ bands }) => bands))) holders.set(band, [...ids])
  const tellings = new Map<string, string>()
  const known = new Map<string, { readonly shingles: Shingles; readonly place: Place }>()
  const out: Telling[] = []
  // All that may be looked at, in one go.
  for (const [id, { text, telling, ...place }] of await getTexts(db, [...new Set(batch.flatMap((item) => candidatesOf(item, holders)))])) {
    known.set(id, { shingles: shinglesOf(text), place })
    tellings.set(id, telling ?? id)
  }
  for (const item of batch) {
    if (item.bands.length === 0) {
      out.push({ telling: null, bands: [], of: null })
      continue
    }
    const candidates = candidatesOf(item, holders)
    let best: { readonly id: string; readonly score: number } | null = null
    for (const id of candidates) {
      const other = known.get(id)
      const score = other && mayBeCopies(item.place, other.place) ? alike(item.shingles, other.shingles) : 0
      if (score > 0 && (best === null || score > best.score || (score === best.score && id < best.id))) best = { id, score }
    }
    const telling = best === null ? item.id : (tellings.get(best.id) ?? best.id)
    out.push({ telling, bands: item.bands, of: best?.id ?? null })
    tellings.set(item.id, telling)
    known.set(item.id, item)
    for (const band of item.bands) {
      const there = holders.get(band) ?? []
      if (!there.includes(item.id)) holders.set(band, [...there, item.id])
    }
  }
  return out
}

function candidatesOf(item: Compared, holders: ReadonlyMap<string, readonly string[]>): string[] {
  const shared = new Map<string, number>()
  for (const band of item.bands) for (const id of holders.get(band) ?? []) if (id !== item.id) shared.set(id, (shared.get(id) ?? 0) + 1)
  return [...shared].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, LOOKED_AT).map(([id]) => id)
}
