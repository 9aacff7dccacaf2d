/** Numerals in digits: grouping and decimal signs told apart by form first, by the language's habit second. */

export interface Numeral { readonly end: number; readonly value: number; readonly grouped: boolean }

const RAW = /\d+(?:[.,' ]\d+)*/uy
const PLAIN = /^\d+$/u

/** Reads the numeral at `at`; null when its signs make no sense as one number (addresses, versions, dates). */
export function readNumeral(text: string, at: number, group: ReadonlySet<string>, decimal: '.' | ','): Numeral | null {
  RAW.lastIndex = at
  const raw = RAW.exec(text)?.[0]
  if (raw === undefined) return null
  if (PLAIN.test(raw)) return { end: at + raw.length, value: Number(raw), grouped: false }
  const kept = cutSpaces(raw, group)
  const signs = kept.replace(/[\d ]/gu, '')
  const value = numeralValue(kept.replaceAll(' ', ''), signs, group, decimal, kept.includes(' '))
  return value === null ? null : { end: at + kept.length, value, grouped: kept.includes(' ') || value >= 1000 }
}

/* A space groups digits only before exactly three of them, and only where the language groups so. */
function cutSpaces(raw: string, group: ReadonlySet<string>): string {
  const pieces = raw.split(' ')
  let out = pieces[0] ?? ''
  if (!group.has(' ') || !/^\d{1,3}$/u.test(out)) return out
  for (const piece of pieces.slice(1)) {
    const fits = /^(\d{3})(?:[.,]\d+)?$/u.test(piece)
    if (!fits) break
    out += ` ${piece}`
    if (piece.length > 3) break
  }
  return out
}

function numeralValue(numeral: string, signs: string, group: ReadonlySet<string>, decimal: '.' | ',', spaced: boolean): number | null {
  if (signs === '') return Number(numeral)
  const last = signs.at(-1) ?? ''
  const kinds = new Set(signs)
  if (kinds.size > 2) return null
  if (kinds.size === 2) {
    if ([...signs].slice(0, -1).includes(last) || last === "'") return null
    return grouped(numeral.slice(0, numeral.lastIndexOf(last)), signs[0] ?? '') === null ? null : Number(numeral.replaceAll(signs[0] ?? '', '').replace(last, '.'))
  }
  if (signs.length > 1) return grouped(numeral, last)
  const [whole = '', rest = ''] = numeral.split(last)
  const mayGroup = rest.length === 3 && whole.length <= 3 && whole !== '0' && !spaced
  if (last === "'") return mayGroup && group.has(last) ? Number(whole + rest) : null
  if (mayGroup && (group.has(last) || last !== decimal)) return Number(whole + rest)
  return Number(`${whole}.${rest}`)
}

function grouped(numeral: string, sign: string): number | null {
  const pieces = numeral.split(sign)
  if (!/^\d{1,3}$/u.test(pieces[0] ?? '') || pieces.slice(1).some((piece) => !/^\d{3}$/u.test(piece))) return null
  return Number(pieces.join(''))
}
