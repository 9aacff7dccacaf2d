/** A picture of cooperation and conflict over time, drawn to SVG here, and the same as a table. */
import type { Month } from '../api/relations.ts'
import { html, type Html } from './html.ts'
import { number, type View } from './view.ts'

interface Bin { readonly key: string; readonly cooperation: number; readonly conflict: number }

const WIDTH = 960
const HALF = 84
const AXIS = 4
const TICKS = 5
const MOST_MONTHS = 72

const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1
const monthText = (at: number): string => `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}`

/** First and last day of a month or a year. */
export const ends = (key: string): readonly [string, string] => (key.length === 4 ? [`${key}-01-01`, `${key}-12-31`] : [`${key}-01`, `${key}-${String(new Date(Date.UTC(Number(key.slice(0, 4)), Number(key.slice(5, 7)), 0)).getUTCDate()).padStart(2, '0')}`])

/** Months, or years when there are many, without gaps. */
function binsOf(months: readonly Month[]): { readonly bins: readonly Bin[]; readonly by: 'month' | 'year' } {
  const [first, last] = [months[0], months.at(-1)]
  if (!first || !last) return { bins: [], by: 'month' }
  const [from, to] = [monthNumber(first.month), monthNumber(last.month)]
  const by = to - from >= MOST_MONTHS ? 'year' : 'month'
  const sums = new Map<string, { cooperation: number; conflict: number }>()
  for (let at = from; at <= to; at += by === 'year' ? 12 : 1) sums.set(by === 'year' ? monthText(at).slice(0, 4) : monthText(at), { cooperation: 0, conflict: 0 })
  for (const { month, cooperation, conflict } of months) {
    const key = by === 'year' ? month.slice(0, 4) : month
    const sum = sums.get(key) ?? { cooperation: 0, conflict: 0 }
    sum.cooperation += cooperation
    sum.conflict += conflict
    sums.set(key, sum)
  }
  return { bins: [...sums].map(([key, sum]) => ({ key, ...sum })).sort((a, b) => (a.key < b.key ? -1 : 1)), by }
}

/** The bars that lie in the time chosen, shaded from the first to the last. */
function brushed(bins: readonly Bin[], step: number, { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined }): Html {
  if (from === undefined && to === undefined) return html``
  const inside = bins.flatMap(({ key }, index) => { const [first, last] = ends(key); return (from === undefined || last >= from) && (to === undefined || first <= to) ? [index] : [] })
  const [first, last] = [inside[0], inside.at(-1)]
  return first === undefined || last === undefined ? html`` : html`<rect class="brushed" x="${Math.round(first * step * 10) / 10}" y="0" width="${Math.round((last - first + 1) * step * 10) / 10}" height="${2 * HALF + AXIS}"></rect>`
}

/** Chart and table; nothing when there is nothing to draw. `partLink` gives the address of a part of the time; a script lets several bars be brushed at once. The part chosen is shaded. */
export function overTime(view: View, months: readonly Month[], partLink: (from: string, to: string) => string, chosen: { readonly from?: string | undefined; readonly to?: string | undefined } = {}): Html {
  const { w, writers } = view
  const { bins, by } = binsOf(months)
  if (bins.length === 0) return html``
  const most = Math.max(1, ...bins.map((bin) => Math.max(bin.cooperation, bin.conflict)))
  const step = WIDTH / bins.length
  const bar = Math.max(1.5, Math.min(30, step * 0.7))
  const x = (index: number): number => Math.round((index * step + (step - bar) / 2) * 10) / 10
  const height = (value: number): number => Math.round((value / most) * (HALF - 6) * 10) / 10
  const label = (key: string): string => writers.lines.edtf(key)
  const told = (bin: Bin): string => `${label(bin.key)}: ${w.cooperation} ${number(view, bin.cooperation)}, ${w.conflict} ${number(view, bin.conflict)}`
  const full = bins.filter((bin) => bin.cooperation + bin.conflict > 0)
  const count = Math.min(bins.length, TICKS)
  const ticks = Array.from({ length: count }, (_, index) => bins[count === 1 ? 0 : Math.round((index * (bins.length - 1)) / (count - 1))]?.key ?? '')
  return html`<figure class="chart">
<svg viewBox="0 0 ${WIDTH} ${2 * HALF + AXIS}" role="group" aria-label="${w['over-time']}" direction="ltr" preserveAspectRatio="none" data-bins="${bins.map(({ key }) => ends(key).join('/')).join(' ')}">
${brushed(bins, step, chosen)}<line class="axis" x1="0" x2="${WIDTH}" y1="${HALF}" y2="${HALF}"></line><line class="axis" x1="0" x2="${WIDTH}" y1="${HALF + AXIS}" y2="${HALF + AXIS}"></line>
${bins.map((bin, index) => (bin.cooperation + bin.conflict === 0 ? '' : html`<a href="${partLink(...ends(bin.key))}" aria-label="${told(bin)}"><g><title>${told(bin)}</title>
<rect class="hit" x="${Math.round(index * step * 10) / 10}" y="0" width="${Math.round(step * 10) / 10}" height="${2 * HALF + AXIS}"></rect>
<rect class="cooperation" x="${x(index)}" y="${HALF - height(bin.cooperation)}" width="${bar}" height="${height(bin.cooperation)}"></rect><rect class="conflict" x="${x(index)}" y="${HALF + AXIS}" width="${bar}" height="${height(bin.conflict)}"></rect></g></a>`))}
</svg>
<p class="ticks" dir="ltr" aria-hidden="true">${ticks.map((key) => html`<span>${label(key)}</span>`)}</p>
<figcaption>${chosen.from === undefined && chosen.to === undefined ? '' : html`<a class="whole" href="${partLink('', '')}">${w['whole-time']}</a> `}<span class="key cooperation">${w.cooperation}</span> <span class="key conflict">${w.conflict}</span> <span class="hint">${w['brush-hint']}</span></figcaption>
<details><summary>${w['as-table']}</summary><div class="scroll" tabindex="0" role="region" aria-label="${w['as-table']}"><table><thead><tr><th scope="col">${w[by]}</th><th scope="col" class="n">${w.cooperation}</th><th scope="col" class="n">${w.conflict}</th></tr></thead>
<tbody>${full.map((bin) => html`<tr><th scope="row"><a href="${partLink(...ends(bin.key))}">${label(bin.key)}</a></th><td class="n">${number(view, bin.cooperation)}</td><td class="n">${number(view, bin.conflict)}</td></tr>`)}</tbody></table></div></details>
</figure>`
}
