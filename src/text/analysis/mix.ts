/** Hashing without strings: features are numbers mixed into the row of a fixed table. */

/** Mixes a template number and up to three values into 32 well spread bits. */
export function mix(seed: number, a: number, b: number, c: number): number {
  let h = Math.imul(seed + 0x9e3779b9, 0x85ebca6b) ^ a
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d) ^ b
  h = Math.imul(h ^ (h >>> 13), 0x297a2d39) ^ c
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  return h ^ (h >>> 14)
}

/** FNV-1a over the UTF-16 code units of part of a string. */
export function hashText(text: string, from: number, to: number): number {
  let h = 0x811c9dc5
  for (let i = from; i < to; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193)
  return h ^ (h >>> 15)
}
