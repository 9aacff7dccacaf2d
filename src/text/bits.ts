/** Words told apart at a glance: sets of words that share no bit share no word, and need not be looked up in one another. */

/** One of 32 bits, always the same for a word. */
export function bitOf(word: string): number {
  const { length } = word
  const mixed = Math.imul(word.charCodeAt(0) ^ (word.charCodeAt(length >> 1) << 7) ^ (word.charCodeAt(length - 1) << 14) ^ (length << 4), 0x9e3779b1)
  return 1 << (mixed >>> 27)
}

/** The bits of a word and of the further forms it is matched by. */
export const bitsOf = (word: string, forms: readonly string[]): number => forms.reduce((bits, form) => bits | bitOf(form), bitOf(word))

/** Shares a bit with every word. */
export const ALL_BITS = -1
