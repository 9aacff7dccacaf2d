/** Documents made by rule for the tests of interruption: articles, copies, corrected versions, and some that are no articles. */
import type { Document, Given } from '../../src/ingest/document.ts'
import { numbers } from '../store/fixtures.ts'

const LEADERS = [['Russian President', 'Vladimir Putin'], ['Chinese President', 'Xi Jinping'], ['French President', 'Emmanuel Macron'], ['Turkish President', 'Recep Tayyip Erdogan'], ['Egyptian President', 'Abdel Fattah el-Sisi'], ['Indian Prime Minister', 'Narendra Modi'], ['Brazilian President', 'Luiz Inacio Lula da Silva'], ['Japanese Prime Minister', 'Fumio Kishida']] as const
const DEEDS = ['held a telephone call with', 'met', 'accused', 'promised aid to', 'signed an agreement with', 'condemned the attack on the embassy of', 'imposed sanctions on companies of']
const REST = ['trade', 'grain', 'gas', 'visas', 'drones', 'fishing', 'debt', 'rail links', 'the border', 'prisoners', 'satellites', 'tariffs', 'ports', 'students', 'vaccines', 'water']

/** The same number always gives the same document. */
export function madeDocument(index: number): Given {
  const kind = index % 17
  const random = numbers((kind === 5 || kind === 6 ? index - kind : index) * 2654435 + 7)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const [a, b] = [pick(LEADERS), pick(LEADERS)]
  const day = `2024-0${1 + Math.floor(random() * 6)}-1${Math.floor(random() * 9)}`
  const topics = Array.from({ length: 14 }, () => `${pick(REST)} and ${pick(REST)}`)
  const text = `${a.join(' ')} ${pick(DEEDS)} ${b.join(' ')} on ${day}, his office said.\n\n${topics.map((topic, at) => `They spoke of ${topic} for ${Math.floor(random() * 90) + 2} minutes${at % 3 === 0 ? ' behind closed doors' : ''}.`).join(' ')}`
  const document = (body: string, url: string, more: Partial<Document> = {}): Document => ({ name: `d${index}`, bytes: new TextEncoder().encode(body), mediaType: 'text/plain', url, published: day, ...more })
  if (kind === 11) return { name: `d${index}`, problem: { stage: 'fetch', code: 'status', message: 'it answered 404' } }
  if (kind === 12) return document(' ', `https://made.example/${index}`)
  // A copy with light edits elsewhere, a corrected version at the same address.
  if (kind === 5) return document(text.replace('his office said', 'according to his office'), `https://copy.example/${index}`)
  if (kind === 6) return document(text.replace('minutes', 'minutes or more'), `https://made.example/${index - kind}`)
  return document(text, `https://made.example/${index}`)
}

export function* madeDocuments(count: number): Generator<Given> {
  for (let index = 0; index < count; index++) yield madeDocument(index)
}
