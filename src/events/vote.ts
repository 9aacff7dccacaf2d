/** Weighted votes: every value with its weight and who gave it, heaviest first; ties are broken by the value, never by order of arrival. */

export interface Candidate<T> {
  readonly key: string
  readonly value: T
  readonly weight: number
  readonly voters: readonly string[]
}

export interface Ballot<T> { readonly key: string; readonly value: T; readonly weight: number; readonly voter: string }

/** Counts ballots by key. */
export function count<T>(ballots: readonly Ballot<T>[]): Candidate<T>[] {
  const by = new Map<string, { value: T; weight: number; voters: string[] }>()
  for (const { key, value, weight, voter } of ballots) {
    const known = by.get(key)
    if (known) {
      known.weight += weight
      if (!known.voters.includes(voter)) known.voters.push(voter)
    } else by.set(key, { value, weight, voters: [voter] })
  }
  return [...by].map(([key, { value, weight, voters }]) => ({ key, value, weight: Math.round(weight * 1000) / 1000, voters: voters.sort() }))
    .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1))
}
