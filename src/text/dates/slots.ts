/** The slots of date templates and what the words in them mean. */
import type { DateForm, DateParts, DateTables, DateUnit } from './types.ts'
import { UNITS } from './types.ts'
import { quote, wordSlot, type Slot } from './template.ts'

export interface SlotTable {
  readonly slots: Readonly<Record<string, Slot>>
  /** What a form and the texts of its slots say; null when they contradict one another. */
  parts(form: DateForm, names: readonly string[], texts: readonly (string | undefined)[]): DateParts | null
}

const DIGITS = new Set('0123456789')
const DECIMAL = 10

type Writable = { -readonly [Key in keyof DateParts]: DateParts[Key] }

function invert(words: Readonly<Record<string, readonly string[]>>, level: (text: string) => string): Map<string, number> {
  const out = new Map<string, number>()
  for (const [value, forms] of Object.entries(words)) for (const form of forms) out.set(level(form), Number(value))
  return out
}

/** Builds the slots of a language's tables; `level` folds words the way the text is folded. */
export function createSlots(tables: DateTables, level: (text: string) => string): SlotTable {
  const months = invert(tables.months, level)
  const hijri = invert(tables.hijri, level)
  const weekdays = invert(tables.weekdays, level)
  const seasons = invert(tables.seasons, level)
  const quarters = invert(tables.quarters, level)
  const halves = invert(tables.halves, level)
  const decades = invert(tables.decades, level)
  const numbers = invert(tables.numbers, level)
  const ordinals = invert(tables.ordinals, level)
  const units = new Map<string, DateUnit>()
  const duals = new Map<string, DateUnit>()
  for (const unit of UNITS) {
    for (const word of tables.units[unit] ?? []) units.set(level(word), unit)
    for (const word of tables.duals[unit] ?? []) duals.set(level(word), unit)
  }
  const plurals = new Set(tables.plurals.map(level))
  const from = (map: ReadonlyMap<string, unknown>): Slot => wordSlot([...map.keys()])
  const listed = (words: readonly string[]): Slot => wordSlot(words.map(level))
  const dayWords = new Map([...numbers, ...ordinals].filter(([, value]) => value >= 1 && value <= 31))
  const monthName = from(months)
  const suffix = tables.daySuffixes.length > 0 ? `(?:${tables.daySuffixes.map((word) => quote(level(word))).join('|')})?` : ''
  const yearDigits = [...tables.yearDigits]
  const writtenYear = yearDigits.length >= DECIMAL ? `|[${tables.yearDigits}]{4}` : ''
  const digits = (source: string): Slot => ({ source: `(?:${source})(?!\\d)`, first: DIGITS })
  const day: Slot = { source: `(?:3[01]|[12]\\d|0?[1-9])(?!\\d)${suffix}`, first: DIGITS }
  const year: Slot = { source: `(?:(?:1[5-9]|20)\\d\\d(?!\\d)${writtenYear})`, first: new Set([...'12', ...yearDigits]) }
  const slots: Record<string, Slot> = {
    day, dayTo: day, dayWord: from(dayWords), dayWordTo: from(dayWords),
    month: { source: `(?:${monthName.source})(?: ?[/(] ?(?:${monthName.source}) ?\\)?)?`, first: monthName.first }, monthTo: monthName,
    mm: digits('1[0-2]|0?[1-9]'), mmTo: digits('1[0-2]|0?[1-9]'), d2: digits('\\d{1,2}'), m2: digits('\\d{1,2}'), monthWord: from(dayWords),
    year, yearTo: year, yy: digits('\\d\\d'), hijri: from(hijri), hijriYear: digits('1[345]\\d\\d'),
    decade: { source: '(?:1[5-9]|20)\\d0', first: new Set('12') }, dd: { source: '[1-9]0', first: new Set('123456789') }, decadeWord: from(decades),
    weekday: from(weekdays), season: from(seasons), quarter: from(quarters), half: from(halves),
    n: { source: `\\d{1,3}(?!\\d)|${from(numbers).source}`, first: new Set([...DIGITS, ...from(numbers).first]) },
    unit: from(units), dual: from(duals), last: listed(tables.last), this: listed(tables.this), next: listed(tables.next),
    edge: listed(tables.edges), daypart: listed(tables.dayparts),
  }

  const plainYear = (text: string): number => {
    const direct = Number(text)
    if (!Number.isNaN(direct)) return direct
    return Number([...text].map((character) => yearDigits.indexOf(character) % DECIMAL).join(''))
  }

  const parts = (form: DateForm, names: readonly string[], texts: readonly (string | undefined)[]): DateParts | null => {
    const out: Writable = {}
    let n: number | null = null
    let unit: DateUnit | undefined = form.unit
    let place: number | null = null
    let several = false
    let two: readonly number[] = []
    for (const [index, name] of names.entries()) {
      const text = texts[index]
      if (text === undefined) continue
      const word = text.replace(/ {2,}/gu, ' ')
      switch (name) {
        case 'day': out.day = Number.parseInt(word, 10); break
        case 'dayTo': out.dayTo = Number.parseInt(word, 10); break
        case 'dayWord': out.day = dayWords.get(word) ?? 0; break
        case 'dayWordTo': out.dayTo = dayWords.get(word) ?? 0; break
        case 'month': {
          const [first = '', second] = word.split(/ ?[/(] ?/u)
          out.month = months.get(first) ?? 0
          const other = second === undefined ? undefined : months.get(second.replace(/ ?\)$/u, ''))
          if (other !== undefined && other !== out.month) out.monthTo = other
          break
        }
        case 'monthTo': out.monthTo = months.get(word) ?? 0; break
        case 'monthWord': out.month = dayWords.get(word) ?? 0; break
        case 'mm': out.month = Number(word); break
        case 'mmTo': out.monthTo = Number(word); break
        case 'd2': case 'm2': two = [...two, Number(word)]; break
        case 'year': out.year = plainYear(word); break
        case 'yearTo': out.yearTo = plainYear(word); break
        case 'yy': out.year = 2000 + Number(word); break
        case 'hijri': out.month = hijri.get(word) ?? 0; out.hijri = true; break
        case 'hijriYear': out.year = Number(word); break
        case 'decade': out.decade = Number(word) / 10; break
        case 'dd': out.decade = (form.century ?? 19) * 10 + Number(word) / 10; break
        case 'decadeWord': out.decade = (decades.get(word) ?? 0) / 10; break
        case 'weekday': out.weekday = weekdays.get(word) ?? 0; break
        case 'season': out.season = seasons.get(word) ?? 0; break
        case 'quarter': out.season = 32 + (quarters.get(word) ?? 1); break
        case 'half': out.half = halves.get(word) === 2 ? 2 : 1; break
        case 'n': n = numbers.get(word) ?? Number(word); break
        case 'unit': unit = units.get(word); several = plurals.has(word); break
        case 'dual': unit = duals.get(word); n = 2; break
        case 'last': place = -1; break
        case 'this': place = 0; break
        case 'next': place = 1; break
      }
    }
    if (two.length === 2) {
      const [a = 0, b = 0] = two
      const dayFirst = b > 12 ? false : a > 12 ? true : tables.numericOrder === 'dmy'
      out.day = dayFirst ? a : b
      out.month = dayFirst ? b : a
    }
    if (form.month !== undefined) out.month = form.month
    if (form.decade !== undefined) out.decade = form.decade
    if (form.weekOffset !== undefined) out.weekOffset = form.weekOffset
    if (form.yearOffset !== undefined) out.yearOffset = form.yearOffset
    if (form.monthOffset !== undefined) out.monthOffset = form.monthOffset
    if (form.direction !== undefined) out.direction = form.direction
    // "The coming days" name no single one.
    if (several && place !== null && n === null) return null
    // Where one needs no word: "week ago" is one week.
    if (form.sign !== undefined && n === null && !several && !form.vague) n = 1
    if (unit !== undefined) applyUnit(out, form, unit, n, place)
    else if (place !== null) applyPlace(out, place)
    return valid(out) ? out : null
  }
  return { slots, parts }
}

/* A distance ("three days ago"), a placed unit ("last week"), or a day or month inside one ("March last year"). */
function applyUnit(out: Writable, form: DateForm, unit: DateUnit, n: number | null, place: number | null): void {
  if ((form.relation === 'before' || form.relation === 'after') && form.sign === undefined && form.offset === undefined && place === null) {
    out.unit = unit
    out.count = n
    return
  }
  const offset = form.sign !== undefined ? (n === null ? null : form.sign * n) : place !== null ? place * (n ?? 1) : (form.offset ?? null)
  if (offset === null) {
    out.unit = unit
    out.count = null
    return
  }
  if (unit === 'year' && (out.month !== undefined || out.season !== undefined || out.half !== undefined)) out.yearOffset = offset
  else if (unit === 'month' && out.day !== undefined && out.month === undefined) out.monthOffset = offset
  else if (unit === 'week' && out.weekday !== undefined) out.weekOffset = offset
  else {
    out.unit = unit
    out.offset = offset
  }
}

function applyPlace(out: Writable, place: number): void {
  if (place === 0) {
    if (out.weekday !== undefined && out.month === undefined) out.weekOffset = 0
    else if (out.month !== undefined || out.season !== undefined) out.yearOffset = 0
  } else out.direction = place < 0 ? 'past' : 'future'
}

const LONGEST = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

function valid(parts: DateParts): boolean {
  const { day, dayTo, month, monthTo, year, yearTo, hijri } = parts
  if (month !== undefined && (month < 1 || month > 12)) return false
  if (monthTo !== undefined && (monthTo < 1 || monthTo > 12)) return false
  if (day !== undefined && (day < 1 || day > (month === undefined ? 31 : hijri ? 30 : (LONGEST[month] ?? 31)))) return false
  if (day === 29 && month === 2 && !hijri && year !== undefined && !isLeap(year)) return false
  if (dayTo !== undefined) {
    const last = monthTo ?? month
    if (dayTo > (last === undefined ? 31 : (LONGEST[last] ?? 31)) || (monthTo === undefined && day !== undefined && dayTo <= day)) return false
  }
  return !(year !== undefined && yearTo !== undefined && yearTo < year)
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
