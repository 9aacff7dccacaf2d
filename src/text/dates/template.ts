/** Compiling templates such as `({weekday},? )?{day} {month}(,? {year})?` to sticky expressions over a view. */

/** A slot: what it matches, and what that can begin with. */
export interface Slot { readonly source: string; readonly first: ReadonlySet<string> }

export interface Compiled {
  readonly pattern: RegExp
  /** Slot of each capturing group, in order. */
  readonly slots: readonly string[]
  /** Every match begins with one of these: short strings to look the template up by. */
  readonly first: ReadonlySet<string>
}

/** Beginnings of a part: `open` ones go on with what follows it, `shut` ones are long enough. */
interface Heads { readonly open: ReadonlySet<string>; readonly shut: ReadonlySet<string> }
interface Node { readonly source: string; readonly heads: Heads; readonly empty: boolean }

/** Longest beginning kept. */
const HEAD = 4
const NONE: Heads = { open: new Set(['']), shut: new Set() }

const SPECIAL = /[\\^$.*+?()[\]{}|/]/gu
/** Quotes a string for use in an expression. */
export const quote = (text: string): string => text.replace(SPECIAL, '\\$&')

/** A slot of fixed words; longer ones first so that none hides another. */
export function wordSlot(words: readonly string[]): Slot {
  const sorted = [...new Set(words)].filter((word) => word !== '').sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  return { source: sorted.length > 0 ? sorted.map((word) => quote(word).replaceAll(' ', ' {1,3}')).join('|') : '(?!)', first: new Set(sorted.map(headOf)) }
}

/* A beginning ends at a space, because a space may be written several times. */
function headOf(word: string): string {
  const space = word.indexOf(' ')
  return word.slice(0, space < 0 ? HEAD : Math.min(HEAD, space + 1))
}

/** Compiles a template; `between` may stand between any two of its elements. Throws Error with the reason when it cannot be read. */
export function compileTemplate(template: string, slots: Readonly<Record<string, Slot>>, level: (text: string) => string, end: string, between = ''): Compiled {
  const names: string[] = []
  let at = 0

  const alternatives = (): Node => {
    const branches: Node[] = [sequence()]
    while (template[at] === '|') {
      at++
      branches.push(sequence())
    }
    return { source: branches.map((branch) => branch.source).join('|'), heads: union(branches), empty: branches.some((branch) => branch.empty) }
  }

  const sequence = (): Node => {
    const nodes: Node[] = []
    while (at < template.length && template[at] !== '|' && template[at] !== ')') {
      let node = element()
      if (template[at] === '?') {
        at++
        node = { source: `(?:${node.source})?`, heads: { open: new Set([...node.heads.open, '']), shut: node.heads.shut }, empty: true }
      }
      nodes.push(node)
    }
    return { source: nodes.map((node) => node.source).join(between), heads: nodes.reduce<Heads>((heads, node) => append(heads, node.heads, between !== ''), NONE), empty: nodes.every((node) => node.empty) }
  }

  const element = (): Node => {
    const character = template[at++] ?? ''
    if (character === '(') {
      const inner = alternatives()
      if (template[at++] !== ')') throw new Error(`')' is missing in '${template}'`)
      return { ...inner, source: `(?:${inner.source})` }
    }
    if (character === '{') {
      const close = template.indexOf('}', at)
      const name = template.slice(at, close)
      const slot = slots[name]
      if (close < 0 || !slot) throw new Error(`unknown slot '${name}' in '${template}'`)
      at = close + 1
      names.push(name)
      return { source: `(${slot.source})`, heads: { open: new Set(), shut: slot.first }, empty: false }
    }
    if (character === ' ') return { source: ' {1,3}', heads: { open: new Set(), shut: new Set([' ']) }, empty: false }
    const literal = level(character === '\\' ? (template[at++] ?? '') : character)
    return { source: quote(literal), heads: { open: new Set([literal]), shut: new Set() }, empty: literal === '' }
  }

  const whole = alternatives()
  if (at < template.length) throw new Error(`stray ')' in '${template}'`)
  if (whole.empty) throw new Error(`'${template}' can match nothing`)
  return { pattern: new RegExp(`(?:${whole.source})${end}`, 'uy'), slots: names, first: new Set([...whole.heads.open, ...whole.heads.shut]) }
}

function union(nodes: readonly Node[]): Heads {
  return { open: new Set(nodes.flatMap((node) => [...node.heads.open])), shut: new Set(nodes.flatMap((node) => [...node.heads.shut])) }
}

/* Beginnings of two parts in a row. Where blanks may stand between any two parts, one character is all that is sure. */
function append(a: Heads, b: Heads, loose: boolean): Heads {
  const open = new Set<string>()
  const shut = new Set(a.shut)
  const most = loose ? 1 : HEAD
  for (const left of a.open) {
    for (const right of b.shut) shut.add((left + right).slice(0, most))
    for (const right of b.open) {
      const whole = (left + right).slice(0, most)
      if (whole.length >= most) shut.add(whole)
      else open.add(whole)
    }
  }
  return { open, shut }
}
