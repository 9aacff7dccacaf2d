/** A table of names and counts with a bar each. */
import { html, type Html, type Part } from './html.ts'
import { number, type View } from './view.ts'

export interface BarRow { readonly name: Part; readonly count: number; readonly more?: Part; readonly kind?: 'cooperation' | 'conflict' }

export function bars(view: View, rows: readonly BarRow[]): Html {
  const most = Math.max(1, ...rows.map(({ count }) => count))
  return html`<table class="bars"><tbody>${rows.map(({ name, count, more, kind }) => html`<tr><th scope="row">${name}${more ? html` <span class="small">${more}</span>` : ''}</th><td class="n">${number(view, count)}</td><td class="bar"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="${kind ?? 'plain'}" width="${Math.round((100 * count) / most)}" height="8"></rect></svg></td></tr>`)}</tbody></table>`
}
