/** Bytes that are UTF-8 and nothing else could be, and how much of a text is garbage. Most pages need no more, and the many encodings are slow to load. */

const ESCAPE = 0x1b

/** The text of valid UTF-8 without a mark at its beginning, zero bytes and escapes; null for bytes that `decodeBytes` has to look at. */
export function plainText(bytes: Uint8Array): string | null {
  const first = bytes[0] ?? 0
  if (first === 0xef || first === 0xfe || first === 0xff || bytes.includes(0) || bytes.includes(ESCAPE)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

/** Share of characters that cannot stand in a text: controls and replacement characters. */
export function garbageShare(text: string): number {
  let bad = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0xfffd || (unit < 32 && unit !== 9 && unit !== 10 && unit !== 13 && unit !== 12) || (unit >= 127 && unit < 160 && unit !== 133)) bad++
  }
  return text.length === 0 ? 0 : bad / text.length
}
