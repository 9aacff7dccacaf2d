/** Training of linear models: one-against-the-rest support vector machines by dual coordinate descent. */

/** A sparse row: indexes of features and their values, plus the class and how much the row counts. */
export interface TrainingRow {
  readonly indexes: Int32Array
  readonly values: Float32Array
  readonly label: number
  readonly weight: number
}

export interface TrainingSettings {
  readonly size: number
  readonly classes: number
  /** Cost of an error; larger fits closer. */
  readonly cost: number
  readonly epochs: number
  /** Power of the inverse class frequency by which rows of a class are weighted (0 = none, 1 = fully balanced). */
  readonly balance: number
}

/** Weights, class after class; each class has `size` weights and a bias behind them. */
export function trainLinear(rows: readonly TrainingRow[], settings: TrainingSettings): Float32Array {
  const { size, classes } = settings
  const out = new Float32Array(classes * (size + 1))
  const counts = new Float64Array(classes)
  for (const row of rows) counts[row.label] = (counts[row.label] ?? 0) + row.weight
  const total = counts.reduce((sum, count) => sum + count, 0)
  for (let label = 0; label < classes; label++) {
    if ((counts[label] ?? 0) > 0) trainOne(rows, label, counts, total, settings, out.subarray(label * (size + 1), (label + 1) * (size + 1)))
  }
  return out
}

/* L2-regularised squared hinge loss (Hsieh et al. 2008). The order of rows is shuffled by a fixed generator, so that training repeats exactly. */
function trainOne(rows: readonly TrainingRow[], label: number, counts: Float64Array, total: number, settings: TrainingSettings, weights: Float32Array): void {
  const alpha = new Float64Array(rows.length)
  const own = counts[label] ?? 1
  const positive = (total / counts.length / own) ** settings.balance
  const order = Int32Array.from(rows.keys())
  const norms = rows.map((row) => row.values.reduce((sum, value) => sum + value * value, 1))
  let seed = 12345 + label
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    for (let i = order.length - 1; i > 0; i--) {
      seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
      const j = seed % (i + 1)
      const swap = order[i] as number
      order[i] = order[j] as number
      order[j] = swap
    }
    for (const i of order) {
      const row = rows[i] as TrainingRow
      const sign = row.label === label ? 1 : -1
      const cost = settings.cost * row.weight * (sign > 0 ? positive : 1)
      let score = weights[settings.size] as number
      for (let k = 0; k < row.indexes.length; k++) score += (weights[row.indexes[k] as number] as number) * (row.values[k] as number)
      const diagonal = 1 / (2 * cost)
      const old = alpha[i] as number
      const gradient = sign * score - 1 + diagonal * old
      const next = Math.max(0, old - gradient / ((norms[i] as number) + diagonal))
      if (next === old) continue
      alpha[i] = next
      const step = (next - old) * sign
      for (let k = 0; k < row.indexes.length; k++) weights[row.indexes[k] as number] = (weights[row.indexes[k] as number] as number) + step * (row.values[k] as number)
      weights[settings.size] = (weights[settings.size] as number) + step
    }
  }
}
