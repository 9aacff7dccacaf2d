/** One scan over the text: where a word begins with a unit some form can begin with, the longest form that fits is a date. */
import type { Span } from '../../model/index.ts'
import { createViewer, isDigitUnit, isWordUnit, originalSpan, type View } from '../numbers/view.ts'
import { byFirst } from '../numbers/wordlist.ts'
import { createSlots } from './slots.ts'
import { type Compiled, compileTemplate, wordSlot } from './template.ts'
import { RELATIONS, type DateFinder, type DateForm, type DateHit, type DateParts, type DateTables, type Relation } from './types.ts'

/** Forms that need no language: ISO dates, numbers with slashes or dots, a year in parentheses. */
const NEUTRAL: readonly DateForm[] = [
  { match: '{year}-{mm}-{day}' }, { match: '{year}/{mm}/{day}' }, { match: '{year}.{mm}.{day}' },
  { match: '{d2}/{m2}/{year}' }, { match: '{d2}.{m2}.{year}' }, { match: '{d2}-{m2}-{year}' },
  { match: '{year}', lead: true }, { match: '{year} ?- ?{yearTo}', lead: true },
]

const NONE: readonly number[] = []
const LEAD_REACH = 28
const CUE_REACH = 70
const CLAUSE_MARK = /[,;:.!?()\n\u060c\u061b\u061f\u3002\uff1b\u3001]/gu

interface CompiledForm extends Compiled { readonly form: DateForm; readonly rank: number }
interface Found { readonly start: number; readonly end: number; readonly parts: DateParts; readonly form: DateForm; readonly relation: Relation; readonly rank: number }

/** Compiles the date tables of a language once. Throws Error naming the template that cannot be read. */
export function compileDates(tables: DateTables): DateFinder {
  const viewer = createViewer(tables.fold)
  const level = (text: string): string => viewer(text, [0, text.length]).text
  const end = tables.spaced ? '(?![\\p{L}\\p{M}\\p{N}])' : '(?!(?<=\\d)\\d)'
  const edge = tables.spaced ? '(?<![\\p{L}\\p{M}\\p{N}])' : ''
  const table = createSlots(tables, level)
  const buckets = new Map<string, CompiledForm[]>()
  for (const [rank, form] of [...tables.forms, ...NEUTRAL].entries()) {
    const compiled = { ...compileTemplate(form.match, table.slots, level, end, tables.spaced ? '' : ' {0,2}'), form, rank }
    for (const unit of compiled.first) {
      const bucket = buckets.get(unit)
      if (bucket) bucket.push(compiled)
      else buckets.set(unit, [compiled])
    }
  }
  /** First letter -> lengths of the units that begin with it, so that most words are passed at a glance. */
  const lengths = new Map<string, number[]>()
  for (const unit of [...buckets.keys()].sort((a, b) => a.length - b.length)) {
    const known = lengths.get(unit.charAt(0))
    if (known === undefined) lengths.set(unit.charAt(0), [unit.length])
    else if (!known.includes(unit.length)) known.push(unit.length)
  }
  const clitics = tables.clitics.map(level).sort((a, b) => b.length - a.length)
  const cliticsAt = byFirst(clitics)
  // "and-in 2021": what is written together with the next word stands before a lead too.
  const hung = clitics.length === 0 ? '' : `(?:${wordSlot(clitics).source})?`
  const leads = RELATIONS.map((relation) => [relation, wordSlot((tables.leads[relation] ?? []).map(level)).source] as const)
    .map(([relation, source]) => [relation, new RegExp(`${edge}${hung}(?:${source}) {0,2}$`, 'u')] as const)
  const anyLead = new RegExp(`(?:${RELATIONS.map((relation) => wordSlot((tables.leads[relation] ?? []).map(level)).source).join('|')}) {0,2}$`, 'u')
  const trails = RELATIONS.map((relation) => [relation, new RegExp(` {0,2}(?:${wordSlot((tables.trails[relation] ?? []).map(level)).source})${end}`, 'uy')] as const)
  const cues = new RegExp(`${edge}(?:${wordSlot(tables.futureCues.map(level)).source})${end}`, 'u')
  const counted = new RegExp(`[ -]{0,2}(?:${wordSlot(tables.counted.map(level)).source})${end}`, 'uy')
  const leadClitics = new Set(tables.leadClitics.map(level))

  const relationAt = (view: string, start: number, stop: number, form: DateForm, cut: string): { relation: Relation; led: boolean } => {
    const before = view.slice(Math.max(0, start - cut.length - LEAD_REACH), start - cut.length)
    let led = [...cut].some((letter) => leadClitics.has(letter)) || (view[start - 1] === '(' && /^ ?[),]/u.test(view.slice(stop, stop + 2)))
    let relation: Relation = form.relation ?? 'at'
    if (anyLead.test(before)) {
      for (const [name, pattern] of leads) {
        if (!pattern.test(before)) continue
        led = true
        if (!form.relation) relation = name
      }
    }
    if (relation === 'at' && !form.relation) {
      for (const [name, pattern] of trails) {
        pattern.lastIndex = stop
        if (pattern.test(view)) relation = name
      }
    }
    return { relation, led }
  }

  const guarded = (view: string, start: number, stop: number, parts: DateParts): boolean => {
    const digitFirst = isDigitUnit(view.charCodeAt(start))
    if (digitFirst && start > 0) {
      const previous = view[start - 1] ?? ''
      if ('$€£¥₽#№'.includes(previous)) return false
      if ('.,:/-'.includes(previous) && isDigitUnit(view.charCodeAt(start - 2))) return false
      if (previous === '-' && isWordUnit(view.charCodeAt(start - 2)) && tables.spaced) return false
    }
    if (!isDigitUnit(view.charCodeAt(stop - 1))) return true
    const next = view[stop] ?? ''
    if (next === '-' && tables.spaced && isWordUnit(view.charCodeAt(stop + 1)) && !isDigitUnit(view.charCodeAt(stop + 1))) return false
    if ((next !== '' && '.,:/-'.includes(next) && isDigitUnit(view.charCodeAt(stop + 1))) || /^ ?[%°€$£¥₽]/u.test(view.slice(stop, stop + 2))) return false
    if (parts.year === undefined || parts.month !== undefined || parts.season !== undefined) return true
    counted.lastIndex = stop
    return !counted.test(view)
  }

  const cased = (slotTexts: readonly (string | undefined)[], compiled: CompiledForm, text: string, view: View, start: number): boolean => {
    const { form } = compiled
    const capital = form.capital ?? tables.capital
    if (capital.length === 0 && !form.small) return true
    let from = start
    for (const [index, name] of compiled.slots.entries()) {
      const word = slotTexts[index]
      if (word === undefined || (name !== 'month' && name !== 'weekday')) continue
      const at = view.text.indexOf(word, from)
      if (at < 0) continue
      const original = text.slice(view.at(at), view.at(at + word.length))
      if (capital.includes(name) && original === original.toLowerCase()) return false
      if (form.small?.includes(name) && original !== original.toLowerCase() && !/(?:^|[.!?:\n"«“(]) *$/u.test(view.text.slice(Math.max(0, start - 4), start))) return false
      from = at
    }
    return true
  }

  const tryAt = (text: string, view: View, start: number, cut: string, best: Found | null): Found | null => {
    let found = best
    for (const length of lengths.get(view.text.charAt(start)) ?? NONE) {
      if (start + length > view.text.length) break
      const bucket = buckets.get(view.text.slice(start, start + length))
      if (bucket) found = tryBucket(bucket, text, view, start, cut, found)
    }
    return found
  }

  const tryBucket = (bucket: readonly CompiledForm[], text: string, view: View, start: number, cut: string, best: Found | null): Found | null => {
    let found = best
    for (const compiled of bucket) {
      const { form, rank } = compiled
      compiled.pattern.lastIndex = start
      const match = compiled.pattern.exec(view.text)
      if (!match) continue
      const stop = start + match[0].length
      if (found && (stop < found.end || (stop === found.end && found.start <= start && found.rank <= rank))) continue
      const slotTexts = match.slice(1)
      const parts = table.parts(form, compiled.slots, slotTexts)
      if (!parts || !guarded(view.text, start, stop, parts) || !cased(slotTexts, compiled, text, view, start)) continue
      const { relation: told, led } = relationAt(view.text, start, stop, form, cut)
      if (form.lead && !led) continue
      const ranged = parts.dayTo !== undefined || parts.monthTo !== undefined || parts.yearTo !== undefined
      // "from 3 to 5 March" is when it happens, not what it comes after.
      const relation = ranged && (told === 'after' || told === 'since') ? 'at' : told
      found = { start, end: stop, parts, form, relation, rank }
    }
    return found
  }

  const find = (text: string, span: Span): DateHit[] => {
    const view = viewer(text, span)
    const hits: DateHit[] = []
    const { length } = view.text
    let i = 0
    while (i < length) {
      const code = view.text.charCodeAt(i)
      if (!isWordUnit(code) || (i > 0 && isWordUnit(view.text.charCodeAt(i - 1)) && (tables.spaced || (isDigitUnit(code) && isDigitUnit(view.text.charCodeAt(i - 1)))))) {
        i++
        continue
      }
      let found = tryAt(text, view, i, '', null)
      for (const clitic of cliticsAt(view.text, i)) found = tryAt(text, view, i + clitic.length, clitic, found)
      if (!found) {
        i++
        continue
      }
      if (!found.form.not) {
        const parts = found.parts.direction === undefined && pointsAhead(view.text, found.start) ? { ...found.parts, direction: 'future' as const } : found.parts
        hits.push({ span: originalSpan(view, found.start, found.end), value: parts, relation: found.relation })
      }
      i = found.end
    }
    return hits
  }

  /* Whether the words of the clause before the date speak of what is to come. */
  const pointsAhead = (view: string, start: number): boolean => {
    if (tables.futureCues.length === 0) return false
    const before = view.slice(Math.max(0, start - CUE_REACH), start)
    let from = 0
    for (const mark of before.matchAll(CLAUSE_MARK)) from = mark.index + 1
    return cues.test(before.slice(from))
  }

  return { find }
}
