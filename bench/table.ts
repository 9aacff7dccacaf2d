/** What a measurement is, and how tables of them are printed. */

export interface Row {
  readonly set: string
  readonly measure: string
  /** How many items it rests on. */
  readonly n: number
  /** Between 0 and 1 unless the measure says otherwise; null where nothing could be measured. */
  readonly value: number | null
  /** What the project asks of itself; null for none. */
  readonly target?: number | null
  /** The target is an upper bound. */
  readonly atMost?: boolean
  /** The language it is of, where set and measure do not name it. */
  readonly language?: string
  /** Figures of others, to compare with. */
  readonly anchor?: string
}

const figure = (value: number | null): string => (value === null ? '–' : Number.isInteger(value) ? String(value) : value.toFixed(3))

/** Whether a row reaches its target; null without one. */
export function reached(row: Row): boolean | null {
  if (row.target === undefined || row.target === null || row.value === null) return null
  return row.atMost ? row.value <= row.target : row.value >= row.target
}

/** Rows as a Markdown table. */
export function markdown(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const ok = reached(row)
    const target = row.target === undefined || row.target === null ? '' : `${row.atMost ? '≤' : '≥'} ${figure(row.target)}${ok ? '' : ' (not reached)'}`
    return `| ${row.set} | ${row.measure} | ${row.n} | ${figure(row.value)} | ${target} | ${row.anchor ?? ''} |`
  })
  return ['| set | measure | n | Readout | asked | others |', '| --- | --- | ---: | ---: | ---: | --- |', ...lines].join('\n')
}
