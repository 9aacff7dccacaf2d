/** Keeping text of one direction in order inside a line of the other (Unicode UAX 9: isolates and marks). */

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u
const LETTER = /\p{L}/u
/** A letter of the other direction than the line's. */
const FOREIGN = { ltr: new RegExp(`(?=${RTL.source})${LETTER.source}`, 'u'), rtl: new RegExp(`(?!${RTL.source})${LETTER.source}`, 'u') } as const
/** Marks, embeddings, overrides and isolates that foreign text could use to leave its place in the line, and control characters that would steer a terminal. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

export type Direction = 'ltr' | 'rtl'

/** The direction of the first letter, null when there is none. */
export function directionOf(text: string): Direction | null {
  const letter = LETTER.exec(text)?.[0]
  return letter === undefined ? null : RTL.test(letter) ? 'rtl' : 'ltr'
}

/** Isolates text that has letters of the other direction than the line's; leaves other text alone but for control characters. */
export function isolateIn(direction: Direction, text: string): string {
  const plain = text.replace(CONTROLS, '')
  return FOREIGN[direction].test(plain) ? `\u2068${plain}\u2069` : plain
}

/** Makes a line lie in the direction of its language even when it begins with isolated or neutral characters. */
export function directed(direction: Direction, line: string): string {
  return direction === 'rtl' && line.trim() !== '' ? `\u200f${line}` : line
}
