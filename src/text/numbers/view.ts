/** A copy of a stretch of text levelled for matching, with the way back to the original offsets. */
import type { FoldSettings } from '../fold.ts'
import type { Span } from '../../model/index.ts'

/** Levelled text; `at(i)` is the original offset of its i-th unit (`at(text.length)` is the end of the stretch). */
export interface View {
  readonly text: string
  at(index: number): number
}

const INVISIBLE = new Set([...'\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff'])
const LEVEL: Readonly<Record<string, string>> = { '’': "'", '‘': "'", 'ʼ': "'", '٫': '.', '٬': ',', '٪': '%', '％': '%', '，': ',', '．': '.', '／': '/', '：': ':', '（': '(', '）': ')', '＄': '$' }
const COMBINING = /^[\u0300-\u036f]$/u

/* What one character becomes: '' when it is dropped. Always at most one unit, so that offsets stay simple. */
function levelled(character: string, settings: FoldSettings, drop: ReadonlySet<string>): string {
  if (INVISIBLE.has(character) || drop.has(character)) return ''
  if (character === '\n' || character === '\r') return '\n'
  if (/^\s$/u.test(character)) return ' '
  if (/^[\u2010-\u2015\u2212\ufe63\uff0d]$/u.test(character)) return '-'
  const digit = /^\p{Nd}$/u.test(character) ? digitOf(character) : null
  if (digit !== null) return digit
  let out = LEVEL[character] ?? character.toLowerCase()
  if (out.length !== 1) return character
  if (settings.diacritics) {
    const parts = out.normalize('NFD')
    if (parts.length > 1 && [...parts.slice(1)].every((part) => COMBINING.test(part))) out = parts[0] ?? out
    else if (COMBINING.test(out)) return ''
  }
  const mapped = settings.map[out]
  return mapped !== undefined && mapped.length === 1 ? mapped : out
}

const ZEROS = [0x30, 0x660, 0x6f0, 0x966, 0xff10]
function digitOf(character: string): string | null {
  const code = character.charCodeAt(0)
  for (const zero of ZEROS) if (code >= zero && code < zero + 10) return String(code - zero)
  return null
}

type Viewer = (text: string, span: Span) => View
const viewers = new WeakMap<FoldSettings, Viewer>()

/** The levelling function of a language: one for all engines with the same settings, which look at the same stretch one after the other and so share its view. */
export function createViewer(settings: FoldSettings): Viewer {
  const known = viewers.get(settings)
  if (known) return known
  const make = makeViewer(settings)
  let last: { readonly text: string; readonly start: number; readonly end: number; readonly view: View } | null = null
  const viewer: Viewer = (text, span) => {
    const [start, end] = span
    if (last === null || last.start !== start || last.end !== end || last.text !== text) last = { text, start, end, view: make(text, span) }
    return last.view
  }
  viewers.set(settings, viewer)
  return viewer
}

function makeViewer(settings: FoldSettings): Viewer {
  const drop = new Set(settings.drop)
  // By the upper and the lower byte of a unit: a text holds few scripts, and a place in a list is found faster than a key in a map.
  const pages: (string | undefined)[][] = Array.from({ length: 256 }, () => [])
  const level = (character: string, code: number): string => {
    const page = pages[code >> 8] ?? []
    if (page.length === 0) page.push(...Array.from({ length: 256 }, () => undefined))
    const known = page[code & 255]
    if (known !== undefined) return known
    const made = levelled(character, settings, drop)
    page[code & 255] = made
    return made
  }
  return (text, [start, end]) => {
    let out = ''
    let offsets: number[] | null = null
    for (let i = start; i < end; i++) {
      const character = text[i] ?? ''
      const code = character.charCodeAt(0)
      let unit = code < 0x80 && code >= 0x20 ? (code >= 0x41 && code <= 0x5a ? String.fromCharCode(code + 32) : character) : level(character, code)
      if (code >= 0x300 && code <= 0x36f && unit !== '' && out !== '') {
        const composed = (out.at(-1) ?? '').concat(character).normalize('NFC')
        if (composed.length === 1) {
          out = out.slice(0, -1) + composed
          unit = ''
        }
      }
      if (unit === '') {
        if (offsets === null) offsets = Array.from({ length: out.length }, (_, k) => start + k)
        continue
      }
      out += unit
      offsets?.push(i)
    }
    const at = offsets
    return { text: out, at: at ? (index) => at[index] ?? end : (index) => Math.min(start + index, end) }
  }
}

const WORD = /^[\p{L}\p{M}\p{N}]$/u
/* 0 not looked at yet, 1 no, 2 yes. */
const wordUnits = new Uint8Array(65_536)

/** Whether a UTF-16 unit belongs to a word: letter, mark or number (halves of pairs count as letters). */
export function isWordUnit(code: number): boolean {
  const known = wordUnits[code]
  if (known !== undefined && known > 0) return known === 2
  const word = (code >= 0xd800 && code <= 0xdfff) || WORD.test(String.fromCharCode(code))
  // NaN, behind the end of a text, is no unit.
  if (known !== undefined) wordUnits[code] = word ? 2 : 1
  return known !== undefined && word
}

/** Whether a UTF-16 unit is an ASCII digit (a view holds no others). */
export function isDigitUnit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

/** The original stretch of a range of the view, with marks that belong to its last letter. */
export function originalSpan(view: View, start: number, end: number): Span {
  return [view.at(start), view.at(end)]
}
