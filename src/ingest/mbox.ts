/** Letters out of an mbox file, one by one, however large the file. */

/** A line that begins the next letter. */
const FROM = /^From \S+ .*\d{4}/u
const QUOTED = /^>+From /u
/** Longer letters are cut off: nothing after this is read. */
const MOST = 32 * 1024 * 1024

/** The letters of an mbox stream as bytes. Lines that were quoted because they begin with "From" come back as they were. */
export async function* mboxLetters(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let letter: Buffer[] = []
  let size = 0
  let begun = false
  let rest: Buffer = Buffer.alloc(0)
  const line = function* (bytes: Buffer): Generator<Uint8Array> {
    if (bytes.length > 5 && bytes.length < 500 && bytes[0] === 0x46 && FROM.test(bytes.toString('latin1'))) {
      if (begun && size > 0) yield Buffer.concat(letter)
      letter = []
      size = 0
      begun = true
      return
    }
    const kept = bytes[0] === 0x3e && QUOTED.test(bytes.toString('latin1', 0, 40)) ? bytes.subarray(1) : bytes
    size += kept.length
    if (begun && size < MOST) letter.push(kept)
  }
  for await (const chunk of chunks) {
    const data = rest.length > 0 ? Buffer.concat([rest, chunk]) : Buffer.from(chunk)
    let start = 0
    for (let end = data.indexOf(10); end >= 0; end = data.indexOf(10, start)) {
      yield* line(data.subarray(start, end + 1))
      start = end + 1
    }
    rest = data.subarray(start)
  }
  if (rest.length > 0) yield* line(rest)
  if (begun && size > 0) yield Buffer.concat(letter)
}
