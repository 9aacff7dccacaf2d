/** Reports found in the development data, labelled right or wrong by what the data says, as training rows for the belief weights. */
import type { DraftReport } from '../src/reports/events.ts'
import { paragraphsOf } from '../src/code.ts'
import type { Span } from '../src/model/index.ts'
import { readArticle } from '../src/read.ts'
import type { FeatureGroups } from '../src/text/linear/vector.ts'
import { isState, knowledge } from './coder.ts'
import { rows } from './data.ts'

export interface Labelled { readonly set: string; readonly language: string; /** Items that may not be parted between training and test. */ readonly group: string; readonly right: boolean; readonly weight: number; readonly features: FeatureGroups }

interface Edge { readonly start?: number | null; readonly end?: number | null }
interface Item { readonly id: string; readonly lang: string; readonly text: string; readonly date?: string | null }

/** All reports the rules find in a text, before any is left out, with what speaks for each. */
export function draftsOf(text: string, language: string, published: string | null): { draft: DraftReport; features: FeatureGroups }[] {
  const out: { draft: DraftReport; features: FeatureGroups }[] = []
  const article = { id: '', url: null, language, direction: 'ltr', title: null, lead: null, byline: null, agencies: [], publisher: null, published, text, captions: [], furniture: [] } as const
  readArticle(article, paragraphsOf(text), [], knowledge, { believe: { floor: 0, probability: (features, draft) => { out.push({ draft, features }); return 1 } } })
  return out
}

const happened = (draft: DraftReport): boolean => draft.status === 'occurred' || draft.status === 'ongoing'
const touches = (span: Span, edge: Edge | undefined): boolean => typeof edge?.start === 'number' && typeof edge.end === 'number' && span[0] < edge.end && edge.start < span[1]

/** Collects the labelled reports of all sets that say which reports are right. */
export function labelledReports(): Labelled[] {
  return [...pairs(), ...classes(), ...detection(), ...spanish(), ...quiet(), ...readouts()]
}

const FOLD: Readonly<Record<string, string>> = { CONCEDE: 'YIELD', RETREAT: 'YIELD' }
const fold = (type: string): string => FOLD[type] ?? type
const PENTA: Readonly<Record<string, number>> = { AGREE: 1, CONSULT: 1, SUPPORT: 1, COOPERATE: 2, AID: 2, YIELD: 2, REQUEST: 3, ACCUSE: 3, REJECT: 3, THREATEN: 3, PROTEST: 4, SANCTION: 4, MOBILIZE: 4, COERCE: 4, ASSAULT: 4 }
const penta = (type: string): number => PENTA[fold(type)] ?? 0

/* Of the reports about the given pair those of the given type are right; what else a sentence tells is not judged. */
function pairs(): Labelled[] {
  return rows<Item & { source: Edge; target: Edge; gold_root: string }>('plv.jsonl').flatMap((item) => draftsOf(item.text, 'en', null).flatMap(({ draft, features }): Labelled[] => {
    const acts = draft.actors.some((actor) => touches(actor.span, item.source))
    const suffers = [...draft.recipients, ...(draft.recipients.length === 0 ? draft.actors : [])].some((actor) => touches(actor.span, item.target))
    if (!happened(draft) || (!acts && !suffers)) return []
    return [{ set: 'plv', language: 'en', group: `en${item.text.slice(0, 60)}`, right: fold(draft.type) === item.gold_root && (acts || draft.actors.length === 0), weight: 1.5, features }]
  }))
}

/* Sentences with one class: a report of that class is right, of another less likely so. */
function classes(): Labelled[] {
  const sets = [
    ...rows<Item & { label: number }>('cameo_class.jsonl').map((item) => ({ ...item, set: 'cameo_class', group: `en${item.text.slice(0, 60)}` })),
    ...rows<Item & { label: number; group: string }>('un_quad.jsonl').map((item) => ({ ...item, set: 'un_quad', group: `un${item.group}` })),
  ]
  return sets.flatMap((item) => draftsOf(item.text, item.lang, null).filter(({ draft }) => happened(draft)).map(({ draft, features }) => {
    const own = item.set === 'cameo_class' && draft.type === 'SANCTION' ? 3 : penta(draft.type)
    return { set: item.set, language: item.lang, group: item.group, right: own === item.label, weight: item.set === 'un_quad' ? 0.3 : 0.7, features }
  }))
}

function detection(): Labelled[] {
  return rows<Item & { event_type: string; label: string }>('ar_detect.jsonl').flatMap((item) => draftsOf(item.text, 'ar', null).filter(({ draft }) => happened(draft) && draft.type === item.event_type)
    .map(({ features }) => ({ set: 'ar_detect', language: 'ar', group: `ar${item.id}`, right: item.label === 'yes', weight: 1, features })))
}

interface Coded { readonly root: string | null; readonly quad_gold?: number; readonly penta?: number | null; readonly trigger?: Edge }

function spanish(): Labelled[] {
  const articles = rows<Item & { events: readonly Coded[] }>('es_events.jsonl').flatMap((item) => draftsOf(item.text, 'es', item.date ?? null).filter(({ draft }) => happened(draft)).map(({ draft, features }) => {
    const span = draft.evidence[0]?.span ?? [0, 0]
    return { set: 'es_events', language: 'es', group: `es${item.id}`, right: item.events.some((event) => touches(span as Span, event.trigger) && (event.quad_gold ?? event.penta) === penta(draft.type)), weight: 1, features }
  }))
  const sentences = rows<Item & { events: readonly Coded[] }>('es_protest.jsonl').flatMap((item) => draftsOf(item.text, 'es', item.date ?? null).filter(({ draft }) => happened(draft))
    .map(({ draft, features }) => ({ set: 'es_protest', language: 'es', group: `es${item.id}`, right: item.events.some((event) => event.root !== null && fold(event.root) === fold(draft.type)), weight: 1, features })))
  return [...articles, ...sentences]
}

/* Nothing told in a story that is not political is right. */
function quiet(): Labelled[] {
  const out: Labelled[] = []
  for (const language of knowledge.languages) {
    const docs = new Map<string, string[]>()
    for (const pair of rows<{ doc: string; text: string; en: string | null }>('parallel', `ntrex-other.${language === 'en' ? 'ar' : language}.jsonl`)) docs.set(pair.doc, [...(docs.get(pair.doc) ?? []), language === 'en' ? (pair.en ?? '') : pair.text])
    for (const [doc, texts] of docs) for (const { features } of draftsOf(texts.join('\n'), language, null)) out.push({ set: 'quiet', language, group: `quiet${doc}`, right: false, weight: 1, features })
  }
  return out
}

/* Official readouts: a contact between the right states is right, one with a state that is not tagged is not judged. */
function readouts(): Labelled[] {
  const iso3 = new Map([...knowledge.gazetteer.states.values()].map((state) => [state.iso2, state.id]))
  return ['en', 'ru'].flatMap((language) => rows<{ id: string; date: string; title: string; lead: string | null; text: string | readonly string[]; tags: { countries: readonly string[] } | null }>('readouts', `kremlin-${language}.jsonl`).flatMap((item) => {
    const wanted = new Set((item.tags?.countries ?? []).map((code) => iso3.get(code) ?? code))
    if (wanted.size === 0) return []
    const text = [item.title, item.lead ?? '', ...(typeof item.text === 'string' ? [item.text] : item.text.slice(0, 3))].filter((part) => part !== '').join('\n\n')
    return draftsOf(text, language, item.date).filter(({ draft }) => draft.type === 'CONSULT' && happened(draft) && !draft.historical).flatMap(({ draft, features }): Labelled[] => {
      const states = new Set([...draft.actors, ...draft.recipients].map((actor) => actor.country).filter(isState))
      return states.has('RUS') && [...states].some((state) => wanted.has(state)) ? [{ set: 'readouts', language, group: `ro${item.date}`, right: true, weight: 0.5, features }] : []
    })
  }))
}
