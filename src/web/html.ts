/** HTML in template literals: whatever is put in is escaped, unless it is HTML already. Foreign text stands in an isolate of its own direction. */
import { directionOf } from '../render/bidi.ts'
import { escapeHtml } from '../render/formats.ts'

/** HTML that was made here. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
  toString(): string {
    return this.text
  }
}

export type Part = Html | string | number | null | undefined | false | readonly Part[]

/** Marks and control characters by which foreign text could leave its place in the line. */
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
/** The same, but for the isolates that our own writers set. */
const HARD = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/gu

function write(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (part instanceof Html) return part.text
  if (typeof part === 'string') return escapeHtml(part.replace(HARD, ''))
  if (typeof part === 'number') return String(part)
  return part.map(write).join('')
}

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.reduce((out, text, at) => out + write(parts[at - 1]) + text))
}

/** Foreign text as it may stand anywhere: without steering characters. */
export const plain = (text: string): string => text.replace(CONTROLS, '')

/** Words of an article, isolated, in their own language and direction. */
export function foreign(text: string | null, language: string | null = null): Html {
  const shown = plain(text ?? '')
  return html`<bdi${attributes({ lang: language, dir: directionOf(shown) ?? 'auto' })}>${shown}</bdi>`
}

/** A block's attributes for words of an article. */
export const foreignBlock = (language: string, direction: 'ltr' | 'rtl'): Html => attributes({ lang: language, dir: direction })

/** Attributes, those without a value left out. */
export function attributes(values: Readonly<Record<string, string | number | boolean | null | undefined>>): Html {
  return new Html(Object.entries(values).map(([name, value]) => (value === null || value === undefined || value === false ? '' : value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`)).join(''))
}

/** Joins parts with something between. */
export function between(parts: readonly Part[], separator: Part): Html {
  const there = parts.filter((part) => part !== null && part !== undefined && part !== false && part !== '')
  return html`${there.map((part, at) => (at === 0 ? part : html`${separator}${part}`))}`
}
