/** Compiling patterns such as `hold~v .. (talk~n|consultations)` into steps over folded words. */
import type { Folder } from './fold.ts'

export interface InflectionRule { readonly ending: string; readonly forms: readonly (readonly [strip: number, add: string, label: string])[] }

export interface PatternSettings {
  readonly fold: Folder
  readonly classes: Readonly<Record<string, readonly InflectionRule[]>>
  readonly irregular: ReadonlyMap<string, readonly { form: string; label: string }[]>
  /** Further forms under which a word of a pattern is to be found (see `lookupForms`). */
  readonly variants: (word: string) => readonly string[]
  /** Cuts plain pattern text into words the same way as running text. */
  readonly words: (text: string) => string[]
  /** Parts of patterns compiled before: the same words stand in many. */
  readonly parts: Map<string, readonly Step[]>
  /** The same of choices in brackets. */
  readonly groups: Map<string, readonly (readonly Step[])[]>
}

/** One alternative of a step: an exact folded word, a prefix, or an inflected form with its label. */
export interface StepWord { readonly word: string; readonly prefix: boolean; readonly label: string; readonly cls: string }

/** `id` tells a step from others. */
export type Step = { readonly kind: 'words'; readonly words: readonly StepWord[]; readonly id: string } | { readonly kind: 'gap'; readonly max: number; readonly id: string }

/** A step over any of these words. */
export const wordStep = (words: readonly StepWord[]): Step & { readonly kind: 'words' } => ({ kind: 'words', words, id: words.map(({ word, prefix, label, cls }) => `${word}${prefix ? '*' : ''}/${label}/${cls}`).join('|') })

/** A step over a word as it is written and the forms it is to be found under as well. */
export const plainStep = (word: string, variants: readonly string[]): Step => wordStep([word, ...variants].map((form) => ({ word: form, prefix: false, label: '', cls: '' })))

const GAPS: Readonly<Record<string, number>> = { '..': 4, '...': 14 }

/** Compiles a pattern; a `(a|b)` of several words makes several step lists. Throws Error with the reason for a bad pattern. */
export function compilePattern(pattern: string, settings: PatternSettings): Step[][] {
  let lists: Step[][] = [[]]
  for (const element of splitElements(pattern)) {
    const gap = GAPS[element]
    const heads = gap === undefined ? compileElement(element, settings) : [[{ kind: 'gap', max: gap, id: element } as const]]
    const [head] = heads
    if (head === undefined) throw new Error(`empty element '${element}'`)
    // Hardly any element branches.
    if (heads.length === 1) for (const list of lists) list.push(...head)
    else lists = lists.flatMap((list) => heads.map((branch) => [...list, ...branch]))
    if (lists.length > 256) throw new Error('too many alternatives')
  }
  if (lists.some((list) => list[0]?.kind !== 'words' || list.at(-1)?.kind !== 'words')) throw new Error('a pattern begins and ends with a word')
  return lists
}

/* The step lists an element begins: one of all its single words, one of each choice of several. */
function compileElement(element: string, settings: PatternSettings): readonly (readonly Step[])[] {
  if (!element.startsWith('(') || !element.endsWith(')')) return [compilePart(element, settings)].filter((steps) => steps.length > 0)
  const known = settings.groups.get(element)
  if (known) return known
  const single: (Step & { readonly kind: 'words' })[] = []
  const longer: (readonly Step[])[] = []
  for (const choice of element.slice(1, -1).split('|')) {
    const steps = choice.trim().split(/\s+/u).flatMap((part) => compilePart(part, settings))
    const first = steps[0]
    if (steps.length === 1 && first?.kind === 'words') single.push(first)
    else if (steps.length > 0) longer.push(steps)
  }
  const [alone] = single
  const made = [...(alone ? [[single.length === 1 ? alone : { kind: 'words', words: single.flatMap((step) => step.words), id: single.map((step) => step.id).join('|') } as const]] : []), ...longer]
  settings.groups.set(element, made)
  return made
}

function splitElements(pattern: string): string[] {
  const out: string[] = []
  for (const match of pattern.matchAll(/\([^()]*\)|\.{2,3}|[^\s().](?:[^\s(.]|\.(?!\.))*/gu)) out.push(match[0])
  return out
}

function compilePart(part: string, settings: PatternSettings): readonly Step[] {
  const known = settings.parts.get(part)
  if (known) return known
  const made = compileWord(part, settings)
  settings.parts.set(part, made)
  return made
}

function compileWord(part: string, settings: PatternSettings): Step[] {
  const inflected = /^(.+)~(\p{L}+)$/u.exec(part)
  if (inflected) {
    const [, lemma = '', cls = ''] = inflected
    const words = settings.words(lemma)
    const last = words.pop() ?? ''
    return [...words.map((word) => exact(word, settings)), wordStep(inflect(last, cls, settings))]
  }
  if (part.endsWith('*')) {
    const words = settings.words(part.slice(0, -1))
    const last = words.pop() ?? ''
    if (last.length < 2) throw new Error(`'${part}' is too short for a prefix`)
    return [...words.map((word) => exact(word, settings)), wordStep([{ word: last, prefix: true, label: '', cls: '' }])]
  }
  return settings.words(part).map((word) => exact(word, settings))
}

const exact = (word: string, settings: PatternSettings): Step => plainStep(word, settings.variants(word))

const endings = new WeakMap<InflectionRule, RegExp>()

function endingOf(rule: InflectionRule): RegExp {
  const known = endings.get(rule)
  if (known) return known
  const made = new RegExp(`(?:${rule.ending})$`, 'u')
  endings.set(rule, made)
  return made
}

/** All forms of a lemma in an inflection class, folded, each with its label (past, ger, plural …). */
export function inflect(lemma: string, cls: string, settings: PatternSettings): StepWord[] {
  const rules = settings.classes[cls]
  if (!rules) throw new Error(`unknown inflection class '~${cls}'`)
  const rule = rules.find((candidate) => endingOf(candidate).test(lemma))
  if (!rule) throw new Error(`no rule of class '~${cls}' fits '${lemma}'`)
  const irregular = settings.irregular.get(lemma)
  const replaced = new Set(irregular?.map((form) => form.label))
  const forms = new Map<string, string>()
  const add = (form: string, label: string): void => {
    const known = forms.get(form)
    forms.set(form, known === undefined || known === label ? label : `${known}/${label}`)
  }
  for (const [strip, ending, label] of rule.forms) {
    if (cls === 'v' && replaced.has(label)) continue
    const stem = strip > 0 ? lemma.slice(0, -strip) : lemma
    // "x+y" writes x before the stem and y behind it.
    const [head, tail] = ending.includes('+') ? ending.split('+') : ['', ending]
    add(settings.fold(`${head ?? ''}${stem}${tail ?? ''}`), label)
  }
  if (cls === 'v') for (const form of irregular ?? []) add(settings.fold(form.form), form.label)
  return [...forms].flatMap(([word, label]) => [word, ...settings.variants(word)].map((form) => ({ word: form, prefix: false, label, cls })))
}
