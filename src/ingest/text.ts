/** Lists are text too: by their mark, by what their XML declares, else UTF-8. */
import { TextDecoder } from '@exodus/bytes/encoding.js'

/** Decodes a list. */
export function decodeText(bytes: Uint8Array): string {
  const head = Buffer.from(bytes.subarray(0, 200)).toString('latin1')
  const declared = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : /^\s*<\?xml[^>]{0,150}encoding\s*=\s*["']([\w.:-]{2,40})/iu.exec(head)?.[1]
  try {
    return new TextDecoder(declared === undefined || /^utf-?16/iu.test(declared) && bytes[0] === 0x3c ? 'utf-8' : declared).decode(bytes)
  } catch {
    return new TextDecoder('utf-8').decode(bytes)
  }
}
