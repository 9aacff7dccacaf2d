/** How well groups agree with the right groups: pairs, B-cubed, MUC, CEAF-e, and CoNLL F1, the mean of the last three. */

export interface Score { readonly precision: number; readonly recall: number; readonly f1: number }
export interface CorefScores { readonly mentions: number; readonly pairs: Score; readonly bcubed: Score; readonly muc: Score; readonly ceafe: Score; readonly conll: number }

const scoreOf = (precision: number, recall: number): Score => ({ precision, recall, f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall) })
const part = (a: number, b: number): number => (b === 0 ? 1 : a / b)
const pairsIn = (n: number): number => (n * (n - 1)) / 2

/** Compares a grouping with the right one. Both name a group for each mention. */
export function corefScores(gold: ReadonlyMap<string, string>, found: ReadonlyMap<string, string>): CorefScores {
  const mentions = [...gold.keys()]
  const goldGroups = groups(gold)
  const foundGroups = groups(found)
  let common = 0
  let precise = 0
  let recalled = 0
  const overlap = new Map<string, Map<string, number>>()
  for (const mention of mentions) {
    const [g, f] = [gold.get(mention) ?? '', found.get(mention) ?? '']
    const row = overlap.get(g) ?? new Map<string, number>()
    row.set(f, (row.get(f) ?? 0) + 1)
    overlap.set(g, row)
  }
  for (const [g, row] of overlap) {
    for (const [f, n] of row) {
      common += pairsIn(n)
      precise += (n * n) / (foundGroups.get(f)?.length ?? 1)
      recalled += (n * n) / (goldGroups.get(g)?.length ?? 1)
    }
  }
  const total = (map: ReadonlyMap<string, readonly string[]>): number => [...map.values()].reduce((sum, list) => sum + pairsIn(list.length), 0)
  const pairs = scoreOf(part(common, total(foundGroups)), part(common, total(goldGroups)))
  const bcubed = scoreOf(part(precise, mentions.length), part(recalled, mentions.length))
  const muc = scoreOf(mucRecall(foundGroups, gold), mucRecall(goldGroups, found))
  const similarity = ceafe(overlap, goldGroups, foundGroups)
  const ceaf = scoreOf(part(similarity, foundGroups.size), part(similarity, goldGroups.size))
  return { mentions: mentions.length, pairs, bcubed, muc, ceafe: ceaf, conll: (bcubed.f1 + muc.f1 + ceaf.f1) / 3 }
}

function groups(of: ReadonlyMap<string, string>): Map<string, string[]> {
  const out = new Map<string, string[]>()
  for (const [mention, group] of of) {
    const list = out.get(group)
    if (list) list.push(mention)
    else out.set(group, [mention])
  }
  return out
}

function mucRecall(of: ReadonlyMap<string, readonly string[]>, against: ReadonlyMap<string, string>): number {
  let links = 0
  let kept = 0
  for (const members of of.values()) {
    links += members.length - 1
    kept += members.length - new Set(members.map((mention) => against.get(mention) ?? mention)).size
  }
  return part(kept, links)
}

/** Best one-to-one match of groups by the share they have in common, part by part of the graph of overlaps. */
function ceafe(overlap: ReadonlyMap<string, ReadonlyMap<string, number>>, gold: ReadonlyMap<string, readonly string[]>, found: ReadonlyMap<string, readonly string[]>): number {
  const golds = new Map<string, string[]>()
  for (const [g, row] of overlap) for (const f of row.keys()) golds.set(f, [...(golds.get(f) ?? []), g])
  const done = new Set<string>()
  let sum = 0
  for (const start of overlap.keys()) {
    if (done.has(start)) continue
    const rows: string[] = []
    const columns = new Set<string>()
    const queue = [start]
    done.add(start)
    for (let g = queue.pop(); g !== undefined; g = queue.pop()) {
      rows.push(g)
      for (const f of overlap.get(g)?.keys() ?? []) {
        columns.add(f)
        for (const next of golds.get(f) ?? []) {
          if (done.has(next)) continue
          done.add(next)
          queue.push(next)
        }
      }
    }
    const list = [...columns]
    sum += assign(rows.map((g) => list.map((f) => (2 * (overlap.get(g)?.get(f) ?? 0)) / ((gold.get(g)?.length ?? 0) + (found.get(f)?.length ?? 0)))))
  }
  return sum
}

/** Greatest sum of one cell a row and column (Hungarian method on the square filled up with zeros). */
function assign(cells: readonly (readonly number[])[]): number {
  const n = Math.max(cells.length, cells[0]?.length ?? 0)
  if (n === 1) return cells[0]?.[0] ?? 0
  const cost = (i: number, j: number): number => -(cells[i - 1]?.[j - 1] ?? 0)
  const u = new Array<number>(n + 1).fill(0)
  const v = new Array<number>(n + 1).fill(0)
  const match = new Array<number>(n + 1).fill(0)
  const way = new Array<number>(n + 1).fill(0)
  for (let i = 1; i <= n; i++) {
    match[0] = i
    let at = 0
    const least = new Array<number>(n + 1).fill(Number.POSITIVE_INFINITY)
    const used = new Array<boolean>(n + 1).fill(false)
    do {
      used[at] = true
      const row = match[at] ?? 0
      let delta = Number.POSITIVE_INFINITY
      let next = 0
      for (let j = 1; j <= n; j++) {
        if (used[j]) continue
        const reduced = cost(row, j) - (u[row] ?? 0) - (v[j] ?? 0)
        if (reduced < (least[j] ?? 0)) {
          least[j] = reduced
          way[j] = at
        }
        if ((least[j] ?? 0) < delta) {
          delta = least[j] ?? 0
          next = j
        }
      }
      for (let j = 0; j <= n; j++) {
        if (used[j]) {
          u[match[j] ?? 0] = (u[match[j] ?? 0] ?? 0) + delta
          v[j] = (v[j] ?? 0) - delta
        } else least[j] = (least[j] ?? 0) - delta
      }
      at = next
    } while ((match[at] ?? 0) !== 0)
    do {
      const before = way[at] ?? 0
      match[at] = match[before] ?? 0
      at = before
    } while (at !== 0)
  }
  let sum = 0
  for (let j = 1; j <= n; j++) sum -= cost(match[j] ?? 0, j)
  return sum
}
