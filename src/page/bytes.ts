/** Bytes to text: valid UTF-8 first, then what is declared, then nearly valid UTF-8, then a guess from the bytes without markup. */
import { getBOMEncoding, normalizeEncoding, TextDecoder } from '@exodus/bytes/encoding.js'
import { analyse } from 'chardet'

const HEAD = 65_536
/** A page is taken as UTF-8 while fewer than this share of its non-ASCII characters are broken. */
const BROKEN = 0.2
const GUESS_SAMPLE = 400_000
/** Names of the detector that the Encoding Standard lists under another. */
const NAMES: Readonly<Record<string, string>> = { cp949: 'euc-kr', cp932: 'shift_jis', 'iso-8859-9': 'windows-1254', 'utf-32le': 'utf-8', 'utf-32be': 'utf-8', ascii: 'utf-8' }

/** Below this confidence of the detector other encodings are tried on the text itself. */
const UNSURE = 30
/** Encodings that differ in a few letters from one the detector knows. */
const TWINS: Readonly<Record<string, readonly string[]>> = { 'koi8-r': ['koi8-u'] }

export interface Decoded {
  readonly text: string
  readonly encoding: string
  /** How the encoding was found. */
  readonly basis: 'valid' | 'mark' | 'declared' | 'nearly' | 'guessed'
}

function decodeAs(bytes: Uint8Array, label: string, fatal = false): string | null {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes)
  } catch {
    return null
  }
}

const known = (label: string | null | undefined): string | null => {
  if (!label) return null
  const trimmed = label.trim().toLowerCase()
  try {
    const name = normalizeEncoding(NAMES[trimmed] ?? trimmed)
    return name === null || name === 'replacement' ? null : name
  } catch {
    return null
  }
}

function latin(bytes: Uint8Array, limit: number): string {
  let text = ''
  const end = Math.min(limit, bytes.length)
  for (let at = 0; at < end; at += 8192) text += String.fromCharCode(...bytes.subarray(at, Math.min(end, at + 8192)))
  return text
}

function declaredIn(head: string): string | null {
  const match = /<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w:.-]{2,40})/iu.exec(head) ?? /^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w:.-]{2,40})/iu.exec(head)
  const name = known(match?.[1])
  // A page that can be read far enough to find this is not UTF-16, whatever it says.
  return name?.startsWith('utf-16') ? 'utf-8' : name
}

/** Cuts tags, scripts, styles and character references out of the bytes, so that the guess rests on prose. */
function withoutMarkup(bytes: Uint8Array): Uint8Array {
  const text = latin(bytes, GUESS_SAMPLE * 4)
  const prose = text.replace(/<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/giu, ' ').replace(/<[^<>]{0,5000}>/gu, ' ').replace(/&[#\w]{1,12};/gu, ' ').replace(/\s+/gu, ' ').slice(0, GUESS_SAMPLE)
  return Uint8Array.from(prose, (char) => char.charCodeAt(0))
}

function zeroBytes(bytes: Uint8Array): string | null {
  const end = Math.min(bytes.length, 4096)
  let even = 0
  let odd = 0
  for (let at = 0; at < end; at++) if (bytes[at] === 0) at % 2 === 0 ? even++ : odd++
  if (end < 8) return null
  if (odd > end * 0.35 && even < end * 0.05) return 'utf-16le'
  if (even > end * 0.35 && odd < end * 0.05) return 'utf-16be'
  return null
}

/** How well bytes read in an encoding: letters in words with small letters, less drawing signs and marks between letters. */
function readable(bytes: Uint8Array, name: string): number {
  const text = decodeAs(bytes.subarray(0, 20_000), name) ?? ''
  const words = text.match(/(?<![\p{L}\p{N}])\p{L}?\p{Ll}{2,}(?![\p{L}\p{N}])/gu) ?? []
  const foreign = text.match(/[\u2190-\u25ff\ufffd]|(?<=\p{L})[\p{S}\u00a0-\u00bf](?=\p{L})/gu) ?? []
  return words.reduce((sum, word) => sum + word.length, 0) - foreign.length * 5
}

/** The detector's guess; where it is unsure, or the encoding has a twin it does not know, what reads best. */
function guessed(bytes: Uint8Array): string {
  let matches: { name: string; confidence: number }[] = []
  try {
    matches = analyse(bytes)
  } catch {
    // The detector has no promise of never throwing; the web's own default is taken below.
  }
  const names = matches.map((match) => known(match.name)).filter((name): name is string => name !== null && name !== 'utf-8')
  const first = names[0] ?? 'windows-1252'
  const rivals = (matches[0]?.confidence ?? 0) < UNSURE ? [...names.slice(1, 5), 'ibm866'] : TWINS[first] ?? []
  let best = first
  let most = readable(bytes, first)
  for (const rival of rivals) {
    const value = readable(bytes, rival)
    if (value > most) { best = rival; most = value }
  }
  return best
}

function brokenShare(text: string): number {
  let broken = 0
  let other = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0xfffd) broken++
    else if (unit > 127) other++
  }
  return broken + other === 0 ? 0 : broken / (broken + other)
}

/** Decodes a page. `charset` is what the server said; never throws. */
export function decodeBytes(bytes: Uint8Array, charset: string | null): Decoded {
  const mark = getBOMEncoding(bytes)
  if (mark) return { text: decodeAs(bytes, mark) ?? '', encoding: mark, basis: 'mark' }
  const head = latin(bytes, HEAD)
  if (/\u001b\$[B@]/u.test(latin(bytes, GUESS_SAMPLE))) {
    const text = decodeAs(bytes, 'iso-2022-jp')
    if (text !== null) return { text, encoding: 'iso-2022-jp', basis: 'guessed' }
  }
  const wide = zeroBytes(bytes)
  if (wide) return { text: decodeAs(bytes, wide) ?? '', encoding: wide, basis: 'guessed' }
  const valid = decodeAs(bytes, 'utf-8', true)
  if (valid !== null) return { text: valid, encoding: 'utf-8', basis: 'valid' }
  const lenient = decodeAs(bytes, 'utf-8') ?? ''
  for (const name of [known(charset), declaredIn(head)]) {
    if (!name || name === 'utf-8') continue
    const text = decodeAs(bytes, name)
    if (text !== null) return { text, encoding: name, basis: 'declared' }
  }
  if (brokenShare(lenient) < BROKEN) return { text: lenient, encoding: 'utf-8', basis: 'nearly' }
  const name = guessed(withoutMarkup(bytes))
  return { text: decodeAs(bytes, name) ?? lenient, encoding: name, basis: 'guessed' }
}
