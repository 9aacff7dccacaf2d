/** Adding up number words: "two hundred and five", "mil millones", "five and seventy". */

export type NumberWord =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'ordinal'; readonly value: number }
  /** `alone`: what the same form says where there is nothing to multiply (a dual). */
  | { readonly kind: 'multiplier'; readonly value: number; readonly alone?: number }
  | { readonly kind: 'article'; readonly value: 1 }

/** A summand; what is added after it must be smaller than `room`. */
interface Summand { value: number; room: number }

/** A number being put together word by word. A multiplier takes all the smaller summands before it together. */
export class Sum {
  private readonly summands: Summand[] = []
  private readonly unitsFirst: boolean
  /** An ordinal closes a number, but for the tens that some languages put after it. */
  ordinal = false
  /** The multiplier just taken in, 0 when the last word was none. */
  lastMultiplier = 0

  constructor(unitsFirst: boolean) {
    this.unitsFirst = unitsFirst
  }

  get value(): number {
    return round(this.summands.reduce((sum, { value }) => sum + value, 0))
  }

  /** Begins with a numeral in digits: words can multiply it, not add to it. */
  start(value: number): void {
    this.summands.push({ value, room: 0 })
  }

  /** Takes a word in; false, and unchanged, when the word cannot belong to the same number. */
  add(word: NumberWord, joined: boolean): boolean {
    if (word.kind === 'article' || (this.ordinal && !(this.unitsFirst && word.kind === 'value' && joined))) return false
    if (word.kind === 'multiplier') return this.multiply(word.value)
    const { value } = word
    const last = this.summands.at(-1)
    if (last && (value === 0 || value >= last.room) && !this.tensAfterUnits(last.value, value, joined)) return false
    const weight = lowest(value)
    this.summands.push({ value, room: weight })
    // A word for two thousand or two million carries its multiplier with it.
    this.lastMultiplier = value >= 1000 ? weight : 0
    if (word.kind === 'ordinal') this.ordinal = true
    return true
  }

  /** Digits after a multiplier ("2 million 500"). */
  addDigits(value: number): boolean {
    if (this.lastMultiplier === 0 || value >= this.lastMultiplier || !Number.isInteger(value)) return false
    this.start(value)
    this.lastMultiplier = 0
    return true
  }

  /** Half of the last multiplier. */
  addHalf(): boolean {
    if (this.lastMultiplier === 0) return false
    this.summands.push({ value: this.lastMultiplier / 2, room: 0 })
    this.lastMultiplier = 0
    return true
  }

  /** Half of one, before a multiplier ("two and a half million"). */
  addPart(): boolean {
    const last = this.summands.at(-1)
    if (!last || this.lastMultiplier !== 0 || last.value >= 1000) return false
    last.value += 0.5
    last.room = 0
    return true
  }

  private tensAfterUnits(last: number, value: number, joined: boolean): boolean {
    return this.unitsFirst && joined && last > 0 && last < 10 && value >= 20 && value < 100 && value % 10 === 0
  }

  private multiply(by: number): boolean {
    let taken = 0
    let some = false
    while ((this.summands.at(-1)?.value ?? by) < by) {
      taken += this.summands.pop()?.value ?? 0
      some = true
    }
    const last = this.summands.at(-1)
    if (last && by >= last.room) {
      if (some) this.summands.push({ value: taken, room: 0 })
      return false
    }
    this.summands.push({ value: (some ? taken : 1) * by, room: by })
    this.lastMultiplier = by
    return true
  }
}

/* The weight of the last digit that is not zero: what may be added must be smaller. */
function lowest(value: number): number {
  let weight = 1
  while (value > 0 && value % (weight * 10) === 0 && weight < 1e15) weight *= 10
  return weight
}

/* Products of decimals such as 2.3 × 10⁶ leave dust behind the point. */
function round(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(12))
}
