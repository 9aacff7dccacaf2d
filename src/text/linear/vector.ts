/** Feature names to a sparse vector: hashed, each group scaled to its weight. No name survives the hashing. */
/** Feature names by group; each group is brought to the same length before training, times its weight. */
export type FeatureGroups = Readonly<Record<string, readonly string[]>>

export interface SparseVector { readonly indexes: Int32Array; readonly values: Float32Array }

const BASIS = 0x811c9dc5

/* FNV-1a over UTF-16 code units, going on from the hash of what stands before. */
function hashOn(hash: number, text: string): number {
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash
}

function mixed(hash: number): number {
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** FNV-1a over UTF-16 code units, mixed. */
export const hashName = (name: string): number => mixed(hashOn(BASIS, name))

/** Hashes feature names into `size` cells (a power of two). Groups without a weight are left out. */
export function vectorOf(groups: FeatureGroups, scale: Readonly<Record<string, number>>, size: number): SparseVector {
  const cells = new Map<number, number>()
  for (const group in scale) {
    const given = groups[group]
    if (given === undefined || given.length === 0) continue
    const names = new Set(given)
    const value = (scale[group] ?? 0) / Math.sqrt(names.size)
    const begun = hashOn(BASIS, `${group}\u0000`)
    for (const name of names) {
      const cell = mixed(hashOn(begun, name)) & (size - 1)
      cells.set(cell, (cells.get(cell) ?? 0) + value)
    }
  }
  const indexes = Int32Array.from(cells.keys()).sort()
  const values = new Float32Array(indexes.length)
  for (let i = 0; i < values.length; i++) values[i] = cells.get(indexes[i] ?? 0) ?? 0
  return { indexes, values }
}
