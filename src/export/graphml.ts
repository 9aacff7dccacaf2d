/** GraphML: who takes part as nodes, what one does to another as edges. */
import { plain } from './cells.ts'
import { type Coding, distinct, dyadsOf, type Party } from './coding.ts'

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }
const xml = (text: string): string => plain(text).replace(/[\ufffe\uffff]/gu, '\ufffd').replace(/[&<>"']/gu, (character) => XML[character] ?? character)

const NODE = { name: 'string', country: 'string', sector: 'string' } as const
const EDGE = { event: 'string', date: 'string', first_day: 'string', type: 'string', mode: 'string', status: 'string', cameo: 'string', quad_class: 'string', intensity: 'double', confidence: 'double', articles: 'int', mutual: 'boolean' } as const

export function graphmlStart(about: string): string {
  const keys = [...Object.entries(NODE).map(([name, type]) => ['node', name, type]), ...Object.entries(EDGE).map(([name, type]) => ['edge', name, type])]
  return `<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n<key id="g_manifest" for="graph" attr.name="manifest" attr.type="string"/>\n${keys.map(([owner, name, type]) => `<key id="${owner}_${name}" for="${owner}" attr.name="${name}" attr.type="${type}"/>\n`).join('')}<graph id="readout" edgedefault="directed">\n<data key="g_manifest">${xml(about)}</data>\n`
}
export const graphmlEnd = '</graph>\n</graphml>\n'

const data = (owner: string, values: Readonly<Record<string, string | number | boolean | null>>): string => Object.entries(values).map(([name, value]) => (value === null ? '' : `<data key="${owner}_${name}">${xml(String(value))}</data>`)).join('')

/** Writes nodes before the first edge that needs them. */
export function createGraph(): (coding: Coding) => { readonly text: string; readonly edges: number } {
  const nodes = new Map<string, string>()
  const node = (party: Party): [string, string] => {
    const known = nodes.get(party.id)
    if (known !== undefined) return [known, '']
    const id = `n${nodes.size}`
    nodes.set(party.id, id)
    return [id, `<node id="${id}">${data('node', { name: party.name, country: party.country, sector: party.sector })}</node>\n`]
  }
  return (coding) => {
    let text = ''
    let edges = 0
    const facts = data('edge', {
      event: coding.id, date: coding.date, first_day: coding.firstDay, type: coding.type, mode: coding.mode, status: coding.status, cameo: coding.cameo, quad_class: coding.quadClass, intensity: coding.intensity, confidence: coding.confidence,
      articles: distinct(coding.sources.map(({ article }) => article)).length, mutual: coding.mutual,
    })
    for (const { actor, recipient } of dyadsOf(coding)) {
      if (!actor && !recipient) continue
      // What one does alone is an edge from it to itself.
      const [[from, first], [to, second]] = [node(actor ?? (recipient as Party)), node(recipient ?? (actor as Party))]
      text += `${first}${second}<edge source="${from}" target="${to}">${facts}</edge>\n`
      edges++
    }
    return { text, edges }
  }
}
