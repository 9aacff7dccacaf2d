/** Feature names to a sparse vector: hashed, each group scaled to its weight. No name survives the hashing. */
/** Feature names by group; each group is brought to the same length before training, times its weight. */
export type FeatureGroups = Readonly<Record<string, readonly string[]>>

export interface SparseVector { readonly indexes: Int32Array; readonly values: Float32Array }

/** FNV-1a over UTF-16 code units, mixed. */
export function hashName(name: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < name.length; i++) {
    hash ^= name.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Hashes feature names into `size` cells (a power of two). Groups without a weight are left out. */
export function vectorOf(groups: FeatureGroups, scale: Readonly<Record<string, number>>, size: number): SparseVector {
  const cells = new Map<number, number>()
  for (const [group, weight] of Object.entries(scale)) {
    const names = new Set(groups[group] ?? [])
    const value = weight / Math.sqrt(Math.max(1, names.size))
    for (const name of names) {
      const cell = hashName(`${group}\u0000${name}`) & (size - 1)
      cells.set(cell, (cells.get(cell) ?? 0) + value)
    }
  }
  const indexes = Int32Array.from([...cells.keys()].sort((a, b) => a - b))
  return { indexes, values: Float32Array.from(indexes, (cell) => cells.get(cell) ?? 0) }
}
