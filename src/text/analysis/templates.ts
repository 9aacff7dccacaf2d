/** Features as a table: each row of weights is found by mixing up to three facts of a situation under a number of its own. */
import { mix } from './mix.ts'

/** A number and the names of the facts mixed under it. */
export type Template<Fact extends string> = readonly [seed: number, first?: Fact, second?: Fact, third?: Fact]

/** Templates with their facts by place. All are mixed in one loop: the compiler puts `mix` in place there, where it makes a call of each of a hundred. */
export interface Templates {
  readonly seeds: Int32Array
  readonly first: Int32Array
  readonly second: Int32Array
  readonly third: Int32Array
}

/** Compiles templates over facts given in this order. */
export function templatesOf<Fact extends string>(facts: readonly Fact[], list: readonly Template<Fact>[]): Templates {
  const places = (which: 1 | 2 | 3): Int32Array => Int32Array.from(list, (template) => {
    const fact = template[which]
    return fact === undefined ? facts.length : facts.indexOf(fact)
  })
  return { seeds: Int32Array.from(list, ([seed]) => seed), first: places(1), second: places(2), third: places(3) }
}

/** Room for facts, and a nought behind them for those a template does without. */
export const roomFor = (facts: readonly string[]): Int32Array => new Int32Array(facts.length + 1)

/** Writes to `out` the rows of all templates in a table with 2^`bits` rows; gives how many. */
export function rowsOf({ seeds, first, second, third }: Templates, facts: Int32Array, bits: number, out: Int32Array): number {
  const shift = 32 - bits
  const count = seeds.length
  for (let k = 0; k < count; k++) out[k] = mix(seeds[k] ?? 0, facts[first[k] ?? 0] ?? 0, facts[second[k] ?? 0] ?? 0, facts[third[k] ?? 0] ?? 0) >>> shift
  return count
}
