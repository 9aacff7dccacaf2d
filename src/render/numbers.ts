/** Quantities in a reader's language: number, unit and comparison. */
import type { Templates } from '../knowledge/templates.ts'
import type { Figure } from '../model/index.ts'
import type { Fill } from './fill.ts'

/** Unit codes to the names CLDR knows them by. */
const CLDR_UNITS: Readonly<Record<string, string>> = {
  '%': 'percent', km: 'kilometer', m: 'meter', mi: 'mile', ft: 'foot', 'km/h': 'kilometer-per-hour', ha: 'hectare', kg: 'kilogram', a: 'year', mo: 'month', wk: 'week', d: 'day', h: 'hour', min: 'minute',
}
/** Up to so many digits a large number is written in words ("200 billion"); a longer one would lose its end. */
const DIGITS = 5
const LARGE = 1e6

const formats = new Map<string, Intl.NumberFormat>()

/** The format of numbers for a locale, made once: to make one takes many times as long as to write a number with it. */
export function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formats.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  formats.set(key, made)
  return made
}

/** Makes the writer of a quantity: a plain value with its unit code (ISO 4217, SI or the language's own) and comparator. */
export function createNumberWriter(templates: Templates, fill: Fill): (quantity: Pick<Figure, 'value' | 'unit' | 'comparator'>) => string {
  return ({ value, unit, comparator }) => {
    const round = Math.abs(value) >= LARGE && String(value).replace(/0+$/u, '').length <= DIGITS
    const size: Intl.NumberFormatOptions = round ? { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: DIGITS } : { minimumFractionDigits: 0, maximumFractionDigits: 6 }
    const format = (options: Intl.NumberFormatOptions): string => numberFormat(templates.locale, { ...options, ...size }).format(value)
    const number = unit === null ? format({})
      : /^[A-Z]{3}$/u.test(unit) ? format({ style: 'currency', currency: unit, currencyDisplay: 'name' })
      : CLDR_UNITS[unit] !== undefined ? format({ style: 'unit', unit: CLDR_UNITS[unit], unitDisplay: 'long' })
      : fill(templates.units[unit] ?? `{number} ${unit}`, { number: format({}) })
    return fill(templates.comparators[comparator], { number })
  }
}
