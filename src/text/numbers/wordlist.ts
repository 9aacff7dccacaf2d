/** Looking up words and phrases of fixed lists at a place in a view: longest first, with word edges where the script has them. */
import { isWordUnit } from './view.ts'

export interface Listed<T> { readonly end: number; readonly value: T }

const NONE: readonly string[] = []

/** Which of these forms stand at a place, in their order: hardly any does, which its first letter tells. */
export function byFirst(forms: readonly string[]): (text: string, at: number) => readonly string[] {
  const lists = new Map<number, string[]>()
  for (const form of forms) {
    const first = form.charCodeAt(0)
    const list = lists.get(first)
    if (list) list.push(form)
    else lists.set(first, [form])
  }
  return (text, at) => lists.get(text.charCodeAt(at))?.filter((form) => text.startsWith(form, at)) ?? NONE
}

/** A set of words and phrases, each with a value; a word that ends in `*` matches every word that begins so. */
export class WordList<T> {
  private readonly byFirst = new Map<string, { word: string; open: boolean; value: T }[]>()
  private readonly spaced: boolean

  constructor(entries: Iterable<readonly [string, T]>, level: (text: string) => string, spaced: boolean) {
    this.spaced = spaced
    for (const [written, value] of entries) {
      const open = written.endsWith('*')
      const word = level(open ? written.slice(0, -1) : written)
      const first = word[0]
      if (first === undefined) continue
      const list = this.byFirst.get(first)
      if (list) list.push({ word, open, value })
      else this.byFirst.set(first, [{ word, open, value }])
    }
    for (const list of this.byFirst.values()) list.sort((a, b) => b.word.length - a.word.length)
  }

  /** The longest entry that stands at `at`, null when there is none. */
  match(text: string, at: number): Listed<T> | null {
    const list = this.byFirst.get(text[at] ?? '')
    if (!list) return null
    for (const { word, open, value } of list) {
      if (!text.startsWith(word, at)) continue
      let end = at + word.length
      if (open) while (end < text.length && end - at < 40 && isWordUnit(text.charCodeAt(end))) end++
      else if (this.spaced && isWordUnit(text.charCodeAt(end)) && isWordUnit(text.charCodeAt(end - 1))) continue
      return { end, value }
    }
    return null
  }

  /** The longest entry that ends at `end` (beginning at a word edge), null when there is none. */
  matchBefore(text: string, end: number, reach = 30): Listed<T> | null {
    let best: Listed<T> | null = null
    for (let at = Math.max(0, end - reach); at < end; at++) {
      if (this.spaced && at > 0 && isWordUnit(text.charCodeAt(at - 1)) && isWordUnit(text.charCodeAt(at))) continue
      const list = this.byFirst.get(text[at] ?? '')
      if (!list) continue
      const hit = list.find(({ word, open }) => !open && at + word.length === end && text.startsWith(word, at))
      if (hit) {
        best = { end: at, value: hit.value }
        break
      }
    }
    return best
  }
}
