/** Reports found in the development data, labelled right or wrong by what the data says, as training rows for the belief weights. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { DraftReport } from '../src/reports/events.ts'
import { paragraphsOf } from '../src/code.ts'
import type { Span } from '../src/model/index.ts'
import { readArticle } from '../src/read.ts'
import { type LinearModel, marginOf, packModel, unpackModel } from '../src/text/linear/model.ts'
import { trainLinear } from '../src/text/linear/train.ts'
import { type FeatureGroups, hashName, type SparseVector, vectorOf } from '../src/text/linear/vector.ts'
import { isState, knowledge } from './knowledge.ts'
import { BENCH, ROOT, rows } from './data.ts'

export interface Labelled { readonly set: string; readonly language: string; /** Items that may not be parted between training and test. */ readonly group: string; readonly right: boolean; readonly weight: number; readonly features: FeatureGroups }

interface Edge { readonly start?: number | null; readonly end?: number | null }
interface Item { readonly id: string; readonly lang: string; readonly text: string; readonly date?: string | null }

/* All reports the rules find in a text, before any is left out, with what speaks for each. */
function draftsOf(text: string, language: string, published: string | null, group: string): { draft: DraftReport; features: FeatureGroups }[] {
  foldOfText.set(text, foldOf(group))
  const out: { draft: DraftReport; features: FeatureGroups }[] = []
  const article = { id: '', url: null, language, direction: 'ltr', title: null, lead: null, byline: null, agencies: [], publisher: null, published, text, captions: [], furniture: [] } as const
  readArticle(article, paragraphsOf(text), [], knowledge, { believe: { floor: 0, words: true, probability: (features, draft) => { out.push({ draft, features }); return 1 } } })
  return out
}

const textGroup = (text: string): string => `en${text.slice(0, 60)}`

/* What the labels of the sets are about: things that came about, not told again from the past. */
const happened = (draft: DraftReport): boolean => (draft.status === 'occurred' || draft.status === 'ongoing') && !draft.historical
const touches = (span: Span, edge: Edge | undefined): boolean => typeof edge?.start === 'number' && typeof edge.end === 'number' && span[0] < edge.end && edge.start < span[1]

/** Fold of every text the labelled reports come from, so that each is read by weights that never saw it. */
export const foldOfText = new Map<string, number>()
export const FOLDS = 5
const foldOf = (group: string): number => hashName(group) % FOLDS

/** Collects the labelled reports of all sets that say which reports are right. */
export function labelledReports(): Labelled[] {
  return [...pairs(), ...classes(), ...detection(), ...spanish(), ...quiet(), ...readouts(), ...parallel(), ...cases()]
}

const FOLD: Readonly<Record<string, string>> = { CONCEDE: 'YIELD', RETREAT: 'YIELD' }
const fold = (type: string): string => FOLD[type] ?? type
const PENTA: Readonly<Record<string, number>> = { AGREE: 1, CONSULT: 1, SUPPORT: 1, COOPERATE: 2, AID: 2, YIELD: 2, REQUEST: 3, ACCUSE: 3, REJECT: 3, THREATEN: 3, PROTEST: 4, SANCTION: 4, MOBILIZE: 4, COERCE: 4, ASSAULT: 4 }
const penta = (type: string): number => PENTA[fold(type)] ?? 0

/* Of the reports about the given pair those of the given type are right; what else a sentence tells is not judged. */
function pairs(): Labelled[] {
  return rows<Item & { source: Edge; target: Edge; gold_root: string }>('plv.jsonl').flatMap((item) => draftsOf(item.text, 'en', null, textGroup(item.text)).flatMap(({ draft, features }): Labelled[] => {
    const acts = draft.actors.some((actor) => touches(actor.span, item.source))
    const suffers = [...draft.recipients, ...(draft.recipients.length === 0 ? draft.actors : [])].some((actor) => touches(actor.span, item.target))
    if (!happened(draft) || (!acts && !suffers)) return []
    return [{ set: 'plv', language: 'en', group: textGroup(item.text), right: fold(draft.type) === item.gold_root && (acts || draft.actors.length === 0), weight: 1.5, features }]
  }))
}

/* Sentences with one class: a report of that class is right, of another less likely so. */
function classes(): Labelled[] {
  const sets = [
    ...rows<Item & { label: number }>('cameo_class.jsonl').map((item) => ({ ...item, set: 'cameo_class', group: textGroup(item.text) })),
    ...rows<Item & { label: number; group: string }>('un_quad.jsonl').map((item) => ({ ...item, set: 'un_quad', group: `un${item.group}` })),
  ]
  return sets.flatMap((item) => draftsOf(item.text, item.lang, null, item.group).filter(({ draft }) => happened(draft)).map(({ draft, features }) => {
    const own = item.set === 'cameo_class' && draft.type === 'SANCTION' ? 3 : penta(draft.type)
    return { set: item.set, language: item.lang, group: item.group, right: own === item.label, weight: item.set === 'un_quad' ? 0.3 : 0.7, features }
  }))
}

function detection(): Labelled[] {
  return rows<Item & { event_type: string; label: string }>('ar_detect.jsonl').flatMap((item) => draftsOf(item.text, 'ar', null, `ar${item.id}`).filter(({ draft }) => happened(draft) && draft.type === item.event_type)
    .map(({ features }) => ({ set: 'ar_detect', language: 'ar', group: `ar${item.id}`, right: item.label === 'yes', weight: 1, features })))
}

interface Coded { readonly root: string | null; readonly quad_gold?: number; readonly penta?: number | null; readonly trigger?: Edge }

function spanish(): Labelled[] {
  const articles = rows<Item & { events: readonly Coded[] }>('es_events.jsonl').flatMap((item) => draftsOf(item.text, 'es', item.date ?? null, `es${item.id}`).filter(({ draft }) => happened(draft)).map(({ draft, features }) => {
    const span = draft.evidence[0]?.span ?? [0, 0]
    return { set: 'es_events', language: 'es', group: `es${item.id}`, right: item.events.some((event) => touches(span as Span, event.trigger) && (event.quad_gold ?? event.penta) === penta(draft.type)), weight: 1, features }
  }))
  const sentences = rows<Item & { events: readonly Coded[] }>('es_protest.jsonl').flatMap((item) => draftsOf(item.text, 'es', item.date ?? null, `es${item.id}`).filter(({ draft }) => happened(draft))
    .map(({ draft, features }) => ({ set: 'es_protest', language: 'es', group: `es${item.id}`, right: item.events.some((event) => event.root !== null && fold(event.root) === fold(draft.type)), weight: 1, features })))
  return [...articles, ...sentences]
}

/* Nothing told in a story that is not political is right. */
function quiet(): Labelled[] {
  const out: Labelled[] = []
  for (const language of knowledge.languages) {
    const docs = new Map<string, string[]>()
    for (const pair of rows<{ doc: string; text: string; en: string | null }>('parallel', `ntrex-other.${language === 'en' ? 'ar' : language}.jsonl`)) docs.set(pair.doc, [...(docs.get(pair.doc) ?? []), language === 'en' ? (pair.en ?? '') : pair.text])
    for (const [doc, texts] of docs) for (const { features } of draftsOf(texts.join('\n'), language, null, `quiet${doc}`)) out.push({ set: 'quiet', language, group: `quiet${doc}`, right: false, weight: 1, features })
  }
  return out
}

/* The same story in two languages: what the English side tells too, of the same states, is likely right; what only one side tells less so. */
function parallel(): Labelled[] {
  const out: Labelled[] = []
  const english = new Map<string, Set<string>>()
  const key = (draft: DraftReport): string => [...new Set([...draft.actors, ...draft.recipients].map((actor) => actor.country).filter(isState))].sort().join('-')
  for (const language of knowledge.languages.filter((candidate) => candidate !== 'en')) {
    for (const set of ['ntrex', 'wmt', 'newstest']) {
      if (!existsSync(join(BENCH, 'parallel', `${set}.${language}.jsonl`))) continue
      const docs = new Map<string, { own: string[]; en: string[] }>()
      for (const pair of rows<{ doc: string; text: string; en: string | null }>('parallel', `${set}.${language}.jsonl`)) {
        const doc = docs.get(pair.doc) ?? { own: [], en: [] }
        doc.own.push(pair.text)
        doc.en.push(pair.en ?? '')
        docs.set(pair.doc, doc)
      }
      for (const [doc, { own, en }] of docs) {
        const text = en.join('\n')
        const group = `parallel${set}${doc}`
        const told = english.get(text) ?? new Set(draftsOf(text, 'en', null, group).map(({ draft }) => `${key(draft)}/${fold(draft.type)}`))
        english.set(text, told)
        for (const { draft, features } of draftsOf(own.join('\n'), language, null, group)) {
          const who = key(draft)
          if (who === '') continue
          const right = told.has(`${who}/${fold(draft.type)}`)
          out.push({ set: 'parallel', language, group, right, weight: right ? 0.7 : 0.4, features })
        }
      }
    }
  }
  return out
}

/** The languages' own cases teach plain sentences; written by who wrote the tables, they are no measure and calibrate nothing. */
export const isMeasure = (one: Labelled): boolean => one.set !== 'cases'

interface Case { readonly text: string; readonly published?: string; readonly events: readonly { readonly type: string; readonly actors?: readonly string[]; readonly recipients?: readonly string[] }[] }

function cases(): Labelled[] {
  const told = (type: string, actors: readonly string[], recipients: readonly string[]): string => `${type} ${[...actors].sort()}>${[...recipients].sort()}`
  const who = (actors: DraftReport['actors']): string[] => actors.map((actor) => actor.country ?? actor.name)
  return knowledge.languages.flatMap((language) => {
    const folder = join(ROOT, 'languages', language, 'cases')
    return readdirSync(folder).sort().flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as Case[]).flatMap(({ text, published, events }) => {
      const wanted = new Set(events.map((event) => told(event.type, event.actors ?? [], event.recipients ?? [])))
      const group = `case${language}${text}`
      return draftsOf(text, language, published ?? null, group).map(({ draft, features }) => ({ set: 'cases', language, group, right: wanted.has(told(draft.type, who(draft.actors), who(draft.recipients))), weight: 1, features }))
    })
  })
}

interface ReadoutText { readonly title: string; readonly lead: string | null; readonly text: string | readonly string[] }

/** Headline, lead and first paragraphs of a readout: what its reports are trained on. */
export const foldText = (item: ReadoutText): string => [item.title, item.lead ?? '', ...(typeof item.text === 'string' ? [item.text] : item.text.slice(0, 3))].filter((part) => part !== '').join('\n\n')

/* Official readouts: a contact between the right states is right, one with a state that is not tagged is not judged. */
function readouts(): Labelled[] {
  const iso3 = new Map([...knowledge.gazetteer.states.values()].map((state) => [state.iso2, state.id]))
  return ['en', 'ru'].flatMap((language) => rows<{ id: string; date: string; title: string; lead: string | null; text: string | readonly string[]; tags: { countries: readonly string[] } | null }>('readouts', `kremlin-${language}.jsonl`).flatMap((item) => {
    const wanted = new Set((item.tags?.countries ?? []).map((code) => iso3.get(code) ?? code))
    if (wanted.size === 0) return []
    const text = foldText(item)
    return draftsOf(text, language, item.date, `ro${item.date}`).filter(({ draft }) => draft.type === 'CONSULT' && happened(draft) && !draft.historical).flatMap(({ draft, features }): Labelled[] => {
      const states = new Set([...draft.actors, ...draft.recipients].map((actor) => actor.country).filter(isState))
      return states.has('RUS') && [...states].some((state) => wanted.has(state)) ? [{ set: 'readouts', language, group: `ro${item.date}`, right: true, weight: 0.5, features }] : []
    })
  }))
}

/* ---- training ---- */

export const SETTINGS = { size: 2 ** 16, cost: 0.3, epochs: 12, floor: 0.1 } as const
/** Groups without a word of a language: for all languages. */
export const NEUTRAL = { rule: 1, who: 0.7, pair: 0.7, around: 0.7 } as const
/** With the words of one language, where enough labelled sentences of the press are there. */
export const SURFACE = { ...NEUTRAL, words: 1 } as const
export const WITH_WORDS: readonly string[] = ['ar', 'en']
/** How much the reports of other languages count for the weights of one. */
const FOREIGN: Readonly<Record<string, number>> = { ar: 0.1 }
/** Types the press tells again and again in passing, which may have a floor of their own; the labelled reports that takes, and the floors it is chosen from. */
const RETOLD = new Set(['ASSAULT', 'PROTEST'])
const ENOUGH = 100
const CANDIDATES = [0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5] as const

interface Vectors { readonly all: readonly Labelled[]; readonly vectors: readonly SparseVector[]; readonly scale: Readonly<Record<string, number>>; readonly language: string | null }

/** Vectors of all labelled reports for the weights of a language, null for the neutral ones: only its own reports show their words. */
export function vectorsFor(all: readonly Labelled[], language: string | null): Vectors {
  const scale = language === null ? NEUTRAL : SURFACE
  const foreign = language === null ? 1 : (FOREIGN[language] ?? 1)
  return { all: foreign === 1 ? all : all.map((one) => (one.language === language ? one : { ...one, weight: one.weight * foreign })), scale, language, vectors: all.map((one) => vectorOf(one.language === language ? one.features : { ...one.features, words: [] }, scale, SETTINGS.size)) }
}

/** Trains on the reports outside fold `without` (all for null) and packs the weights. */
export function trainBelief({ all, vectors, scale }: Vectors, without: number | null, calibration: { slope: number; offset: number; floors?: Readonly<Record<string, number>> }): Uint8Array {
  const rows = all.flatMap((one, i) => (without !== null && foldOf(one.group) === without ? [] : [{ ...(vectors[i] as SparseVector), label: one.right ? 0 : 1, weight: one.weight }]))
  const weights = trainLinear(rows, { size: SETTINGS.size, classes: 2, cost: SETTINGS.cost, epochs: SETTINGS.epochs, balance: 0 })
  return packModel({ classes: ['right', 'wrong'], scale, size: SETTINGS.size, slope: calibration.slope, offset: calibration.offset, floor: SETTINGS.floor, ...(calibration.floors ? { floors: calibration.floors } : {}) }, weights)
}

export interface Validated { readonly models: readonly LinearModel[]; readonly slope: number; readonly offset: number; readonly floors: Readonly<Record<string, number>>; /** Probability of each labelled report by weights that never saw it. */ readonly probabilities: Float64Array }

/** Cross-validation: a model a fold, the calibration fitted to their margins (Platt 1999), and what they say of the reports they never saw. */
export function validateBelief(input: Vectors): Validated {
  const raw = Array.from({ length: FOLDS }, (_, fold) => unpackModel(trainBelief(input, fold, { slope: 1, offset: 0 })))
  const margins = Float64Array.from(input.all, (one, i) => marginOf(input.vectors[i] as SparseVector, raw[foldOf(one.group)] as LinearModel))
  const { slope, offset } = platt(input.all, margins)
  const probabilities = margins.map((margin) => 1 / (1 + Math.exp(-slope * margin - offset)))
  const floors = floorsOf(input, probabilities)
  return { models: raw.map((model) => ({ ...model, slope, offset, floors })), slope, offset, floors, probabilities }
}

/* Where most reports the rules find of a type are wrong, as of attacks in a press that tells of little else, they are left out below the floor that finds the right ones best (F1 of items, each by its surest report). */
function floorsOf({ all, language }: Vectors, probabilities: Float64Array): Record<string, number> {
  const types = new Map<string, Map<string, { p: number; right: boolean }>>()
  all.forEach((one, i) => {
    const type = one.features['rule']?.find((name) => name.startsWith('type:'))?.slice(5)
    if (language === null || one.language !== language || type === undefined || !isMeasure(one)) return
    const items = types.get(type) ?? new Map<string, { p: number; right: boolean }>()
    types.set(type, items)
    const known = items.get(one.group)
    const p = probabilities[i] ?? 0
    if (!known || p > known.p) items.set(one.group, { p, right: one.right })
  })
  const out: Record<string, number> = {}
  for (const [type, found] of types) {
    const items = [...found.values()]
    const right = items.filter((item) => item.right).length
    if (!RETOLD.has(type) || items.length < ENOUGH || right * 2 >= items.length) continue
    const score = (floor: number): number => (2 * items.filter((item) => item.right && item.p >= floor).length) / (right + items.filter((item) => item.p >= floor).length)
    out[type] = CANDIDATES.reduce<number>((best, floor) => (score(floor) > score(best) ? floor : best), SETTINGS.floor)
  }
  return out
}

/* Newton's method on the weighted logistic loss of slope and offset. */
function platt(all: readonly Labelled[], margins: Float64Array): { slope: number; offset: number } {
  let slope = 1
  let offset = 0
  for (let step = 0; step < 50; step++) {
    let gs = 0
    let go = 0
    let ss = 1e-6
    let so = 0
    let oo = 1e-6
    all.forEach((one, i) => {
      if (!isMeasure(one)) return
      const margin = margins[i] ?? 0
      const p = 1 / (1 + Math.exp(-slope * margin - offset))
      const error = one.weight * ((one.right ? 1 : 0) - p)
      const curve = one.weight * p * (1 - p)
      gs += error * margin
      go += error
      ss += curve * margin * margin
      so += curve * margin
      oo += curve
    })
    const determinant = ss * oo - so * so
    slope += (oo * gs - so * go) / determinant
    offset += (ss * go - so * gs) / determinant
  }
  return { slope, offset }
}
