/** A world map of one state's contacts, drawn to SVG here: the colour is the balance, the circle the number of events. The list beside it says the same in words. */
import type { Relation } from '../api/relations.ts'
import { attributes, html, type Html } from './html.ts'
import { at, nameOf, number, pairPath, shade, type View } from './view.ts'
import { loadWorld, MAP } from './world.ts'

const LEAST = 3
const MOST = 16

export function contactMap(view: View, state: string, relations: readonly Relation[]): Html {
  const { w } = view
  const world = loadWorld(view.desk.knowledge.root)
  const contacts = relations.flatMap((relation) => relation.pair.filter((other) => other !== state).map((other) => ({ other, relation })))
  const most = Math.max(1, ...relations.map(({ events }) => events))
  const with_ = new Set([state, ...contacts.map(({ other }) => other)])
  const others = [...world.shapes].filter(([id]) => !with_.has(id)).map(([, path]) => path)
  // Smaller circles come last, so that none is hidden.
  const drawn = [...contacts].sort((a, b) => b.relation.events - a.relation.events).map(({ other, relation }) => {
    const [x, y] = world.points.get(other) ?? [null, null]
    const told = `${nameOf(view, other)}: ${w.events} ${number(view, relation.events)}, ${w.balance} ${number(view, relation.balance, 1)}`
    const r = Math.round((LEAST + (MOST - LEAST) * Math.sqrt(relation.events / most)) * 10) / 10
    const shape = world.shapes.get(other)
    return { shape: html`${shape ? html`<a href="${at(view, pairPath(relation))}" tabindex="-1"><path class="${shade(relation.balance)}" d="${shape}"><title>${told}</title></path></a>` : ''}`, mark: html`${x === null ? '' : html`<a href="${at(view, pairPath(relation))}" tabindex="-1"><circle${attributes({ class: shade(relation.balance), cx: x, cy: y, r })}><title>${told}</title></circle></a>`}` }
  })
  const own = world.points.get(state)
  return html`<section><h2>${w.map}</h2><figure class="map"><svg viewBox="0 0 ${MAP.width} ${MAP.shown}" direction="ltr" aria-hidden="true">
<path class="edge" d="${world.edge}"></path><path class="graticule" d="${world.graticule}"></path><path class="land" d="${world.rest}${others.join('')}"></path>${drawn.map(({ shape }) => shape)}
${world.shapes.has(state) ? html`<path class="own" d="${world.shapes.get(state) ?? ''}"><title>${nameOf(view, state)}</title></path>` : ''}${drawn.map(({ mark }) => mark)}${own ? html`<circle class="own" cx="${own[0]}" cy="${own[1]}" r="4"><title>${nameOf(view, state)}</title></circle>` : ''}
</svg><figcaption class="small"><span class="legend"><span class="shade m2">−</span> ${w.conflict} <span class="shade m1"></span><span class="shade z"></span><span class="shade p1"></span> ${w.cooperation} <span class="shade p2">+</span></span> ${w['map-lead']}</figcaption></figure></section>`
}
