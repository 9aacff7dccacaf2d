/** Near copies: whether two texts tell one wire text, whatever the language. Runs of words are compared, and of single signs where a script has no spaces. */

/** Numbers of the runs of words in a text, sorted, each once. */
export type Shingles = Uint32Array

const TOKENS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]|[\p{L}\p{M}\p{N}]+/gu
const SIGN = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]$/u
const WORDS = 3
const SIGNS = 5
/** Shorter texts say too little to be told apart. */
const FEWEST = 24
/** Numbers of the signature; two make a band, and two texts that share a band are compared. */
const BANDS = 12
const ROWS = 2
/** Share of runs in both of all runs in either. */
const RESEMBLANCE = 0.5
/** Share of the shorter text's runs that are in the longer one. */
const CONTAINMENT = 0.8

function hashToken(token: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < token.length; at++) hash = Math.imul(hash ^ token.charCodeAt(at), 0x01000193)
  return hash >>> 0
}

/** Mixes all bits of a 32-bit number. */
function mix(value: number): number {
  let hash = value | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97)
  return (hash ^ (hash >>> 15)) >>> 0
}

/** The runs of words of a text. */
export function shinglesOf(text: string): Shingles {
  const hashes: number[] = []
  const widths: number[] = []
  for (const [token] of text.toLowerCase().normalize('NFKC').matchAll(TOKENS)) {
    hashes.push(hashToken(token))
    widths.push(SIGN.test(token) ? SIGNS : WORDS)
  }
  const found = new Set<number>()
  for (let at = 0; at < hashes.length; at++) {
    const width = widths[at] ?? WORDS
    if (at + width > hashes.length) break
    let hash = width
    for (let next = at; next < at + width; next++) hash = mix(Math.imul(hash, 31) + (hashes[next] ?? 0))
    found.add(hash)
  }
  return Uint32Array.from(found).sort()
}

const SEEDS = Array.from({ length: BANDS * ROWS }, (_, at) => mix(at * 0x9e3779b9 + 0x85ebca6b))

/** Bands of the signature: texts alike share some of them. None for a text too short to compare. */
export function bandsOf(shingles: Shingles): string[] {
  if (shingles.length < FEWEST) return []
  const least = SEEDS.map(() => 0xffffffff)
  for (const shingle of shingles) {
    for (let at = 0; at < SEEDS.length; at++) {
      const value = mix(shingle ^ (SEEDS[at] ?? 0))
      if (value < (least[at] ?? 0)) least[at] = value
    }
  }
  return Array.from({ length: BANDS }, (_, band) => {
    const rows = least.slice(band * ROWS, (band + 1) * ROWS)
    return `${band.toString(36)}${rows.map((value) => value.toString(36).padStart(7, '0')).join('')}`
  })
}

/** How much two texts share: 0 for two tellings of their own, else the larger of resemblance and containment, from the threshold up to 1. */
export function alike(a: Shingles, b: Shingles): number {
  const shorter = Math.min(a.length, b.length)
  if (shorter < FEWEST) return 0
  let both = 0
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const left = a[i] ?? 0
    const right = b[j] ?? 0
    if (left === right) {
      both++
      i++
      j++
    } else if (left < right) i++
    else j++
  }
  const resemblance = both / (a.length + b.length - both)
  const containment = both / shorter
  return resemblance >= RESEMBLANCE || containment >= CONTAINMENT ? Math.max(resemblance, containment) : 0
}
