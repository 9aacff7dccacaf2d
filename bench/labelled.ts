/** Reports found in the development data, labelled right or wrong by what the data says, and sentences that tell news of a type or do not: what the weights of belief and of telling are trained on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { DraftReport } from '../src/reports/draft.ts'
import { paragraphsOf } from '../src/code.ts'
import type { Article, Span } from '../src/model/index.ts'
import { readArticle } from '../src/read.ts'
import { isNews } from '../src/reports/judge.ts'
import { tellingFeatures } from '../src/reports/telling.ts'
import { type FeatureGroups, hashName } from '../src/text/linear/vector.ts'
import { isState, knowledge } from './knowledge.ts'
import { BENCH, ROOT, rows } from './data.ts'

export interface Labelled { readonly set: string; readonly language: string; /** Items that may not be parted between training and test. */ readonly group: string; readonly right: boolean; readonly weight: number; readonly features: FeatureGroups; /** How its sentence is worded, where weights of telling may judge it. */ readonly told: Told | null }

/** Type of a report told as news, and the features of its sentence. */
export interface Told { readonly type: string; readonly features: FeatureGroups }

/** Types the press tells again and again in passing: how a sentence is worded decides whether it is news. */
export const RETOLD: ReadonlySet<string> = new Set(['ASSAULT', 'PROTEST'])
/** Languages with sentences of their press of which is known whether they are news of such a type. */
export const TELLING: readonly string[] = ['ar']
/** How much a plain sentence of the language's cases counts there. */
const PLAIN = 0.5

interface Edge { readonly start?: number | null; readonly end?: number | null }
interface Item { readonly id: string; readonly lang: string; readonly text: string; readonly date?: string | null }

interface Draft { readonly draft: DraftReport; readonly features: FeatureGroups; readonly told: Told | null }

/* All reports the rules find in a text, before any is left out, with what speaks for each. */
function draftsOf(text: string, language: string, published: string | null, group: string): Draft[] {
  foldOfText.set(text, foldOf(group))
  const out: Draft[] = []
  readArticle(bare(text, language, published), paragraphsOf(text), [], knowledge, { judge: {
    words: true, floor: () => 0,
    probability(features, draft, sentence) {
      out.push({ draft, features, told: TELLING.includes(language) && RETOLD.has(draft.type) && isNews(draft) ? { type: draft.type, features: { sentence: tellingFeatures(sentence) } } : null })
      return 1
    },
  } })
  return out
}

const bare = (text: string, language: string, published: string | null): Article => ({ id: '', url: null, language, direction: 'ltr', title: null, lead: null, byline: null, agencies: [], publisher: null, published, text, captions: [], furniture: [] })

const textGroup = (text: string): string => `en${text.slice(0, 60)}`

const touches = (span: Span, edge: Edge | undefined): boolean => typeof edge?.start === 'number' && typeof edge.end === 'number' && span[0] < edge.end && edge.start < span[1]

/** Fold of every text the labelled reports come from, so that each is read by weights that never saw it. */
export const foldOfText = new Map<string, number>()
export const FOLDS = 5
export const foldOf = (group: string): number => hashName(group) % FOLDS

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
  return rows<Item & { source: Edge; target: Edge; gold_root: string }>('plv.jsonl').flatMap((item) => draftsOf(item.text, 'en', null, textGroup(item.text)).flatMap(({ draft, features, told }): Labelled[] => {
    const acts = draft.actors.some((actor) => touches(actor.span, item.source))
    const suffers = [...draft.recipients, ...(draft.recipients.length === 0 ? draft.actors : [])].some((actor) => touches(actor.span, item.target))
    if (!isNews(draft) || (!acts && !suffers)) return []
    return [{ set: 'plv', language: 'en', group: textGroup(item.text), right: fold(draft.type) === item.gold_root && (acts || draft.actors.length === 0), weight: 1.5, features, told }]
  }))
}

/* Sentences with one class: a report of that class is right, of another less likely so. */
function classes(): Labelled[] {
  const sets = [
    ...rows<Item & { label: number }>('cameo_class.jsonl').map((item) => ({ ...item, set: 'cameo_class', group: textGroup(item.text) })),
    ...rows<Item & { label: number; group: string }>('un_quad.jsonl').map((item) => ({ ...item, set: 'un_quad', group: `un${item.group}` })),
  ]
  return sets.flatMap((item) => draftsOf(item.text, item.lang, null, item.group).filter(({ draft }) => isNews(draft)).map(({ draft, features, told }) => {
    const own = item.set === 'cameo_class' && draft.type === 'SANCTION' ? 3 : penta(draft.type)
    return { set: item.set, language: item.lang, group: item.group, right: own === item.label, weight: item.set === 'un_quad' ? 0.3 : 0.7, features, told }
  }))
}

function detection(): Labelled[] {
  return rows<Item & { event_type: string; label: string }>('ar_detect.jsonl').flatMap((item) => draftsOf(item.text, 'ar', null, `ar${item.id}`).filter(({ draft }) => isNews(draft) && draft.type === item.event_type)
    .map(({ features, told }) => ({ set: 'ar_detect', language: 'ar', group: `ar${item.id}`, right: item.label === 'yes', weight: 1, features, told })))
}

interface Coded { readonly root: string | null; readonly quad_gold?: number; readonly penta?: number | null; readonly trigger?: Edge }

function spanish(): Labelled[] {
  const articles = rows<Item & { events: readonly Coded[] }>('es_events.jsonl').flatMap((item) => draftsOf(item.text, 'es', item.date ?? null, `es${item.id}`).filter(({ draft }) => isNews(draft)).map(({ draft, features, told }) => {
    const span = draft.evidence[0]?.span ?? [0, 0]
    return { set: 'es_events', language: 'es', group: `es${item.id}`, right: item.events.some((event) => touches(span as Span, event.trigger) && (event.quad_gold ?? event.penta) === penta(draft.type)), weight: 1, features, told }
  }))
  const sentences = rows<Item & { events: readonly Coded[] }>('es_protest.jsonl').flatMap((item) => draftsOf(item.text, 'es', item.date ?? null, `es${item.id}`).filter(({ draft }) => isNews(draft))
    .map(({ draft, features, told }) => ({ set: 'es_protest', language: 'es', group: `es${item.id}`, right: item.events.some((event) => event.root !== null && fold(event.root) === fold(draft.type)), weight: 1, features, told })))
  return [...articles, ...sentences]
}

/* Nothing told in a story that is not political is right. */
function quiet(): Labelled[] {
  const out: Labelled[] = []
  for (const language of knowledge.languages) {
    const docs = new Map<string, string[]>()
    for (const pair of rows<{ doc: string; text: string; en: string | null }>('parallel', `ntrex-other.${language === 'en' ? 'ar' : language}.jsonl`)) docs.set(pair.doc, [...(docs.get(pair.doc) ?? []), language === 'en' ? (pair.en ?? '') : pair.text])
    for (const [doc, texts] of docs) for (const { features, told } of draftsOf(texts.join('\n'), language, null, `quiet${doc}`)) out.push({ set: 'quiet', language, group: `quiet${doc}`, right: false, weight: 1, features, told })
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
        const there = english.get(text) ?? new Set(draftsOf(text, 'en', null, group).map(({ draft }) => `${key(draft)}/${fold(draft.type)}`))
        english.set(text, there)
        for (const { draft, features, told } of draftsOf(own.join('\n'), language, null, group)) {
          const who = key(draft)
          if (who === '') continue
          const right = there.has(`${who}/${fold(draft.type)}`)
          out.push({ set: 'parallel', language, group, right, weight: right ? 0.7 : 0.4, features, told })
        }
      }
    }
  }
  return out
}

/** The languages' own cases teach plain sentences; written by who wrote the tables, they are no measure and calibrate nothing. */
export const isMeasure = (one: Labelled): boolean => one.set !== 'cases'

interface Case { readonly text: string; readonly published?: string; readonly events: readonly { readonly type: string; readonly actors?: readonly string[]; readonly recipients?: readonly string[]; readonly status?: string; readonly historical?: boolean }[] }

function casesOf(language: string): Case[] {
  const folder = join(ROOT, 'languages', language, 'cases')
  return readdirSync(folder).sort().flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as Case[])
}

function cases(): Labelled[] {
  const key = (type: string, actors: readonly string[], recipients: readonly string[]): string => `${type} ${[...actors].sort()}>${[...recipients].sort()}`
  const who = (actors: DraftReport['actors']): string[] => actors.map((actor) => actor.country ?? actor.name)
  return knowledge.languages.flatMap((language) => {
    return casesOf(language).flatMap(({ text, published, events }) => {
      const wanted = new Set(events.map((event) => key(event.type, event.actors ?? [], event.recipients ?? [])))
      const group = `case${language}${text}`
      return draftsOf(text, language, published ?? null, group).map(({ draft, features, told }) => ({ set: 'cases', language, group, right: wanted.has(key(draft.type, who(draft.actors), who(draft.recipients))), weight: 1, features, told }))
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
    return draftsOf(text, language, item.date, `ro${item.date}`).filter(({ draft }) => draft.type === 'CONSULT' && isNews(draft)).flatMap(({ draft, features, told }): Labelled[] => {
      const states = new Set([...draft.actors, ...draft.recipients].map((actor) => actor.country).filter(isState))
      return states.has('RUS') && [...states].some((state) => wanted.has(state)) ? [{ set: 'readouts', language, group: `ro${item.date}`, right: true, weight: 0.5, features, told }] : []
    })
  }))
}

/** A sentence that tells news of a type, or does not. */
export interface LabelledSentence { readonly type: string; readonly group: string; readonly yes: boolean; readonly weight: number; readonly features: FeatureGroups }

/** Sentences of a language of which is known whether they report something of a type of `RETOLD`: by the coders of its press, and the language's own cases, which teach plain ones. None but of `TELLING`. */
export function labelledSentences(language: string): LabelledSentence[] {
  if (!TELLING.includes(language)) return []
  const features = (text: string): FeatureGroups => {
    const sentence: string[] = []
    readArticle(bare(text, language, null), paragraphsOf(text), [], knowledge, { judge: null, sentence: ({ read }) => sentence.push(...tellingFeatures(read)) })
    return { sentence }
  }
  const press = rows<Item & { event_type: string; label: string }>('ar_detect.jsonl').filter((item) => item.lang === language && RETOLD.has(item.event_type))
    .map((item) => ({ type: item.event_type, group: `${language}${item.id}`, yes: item.label === 'yes', weight: 1, features: features(item.text) }))
  const plain = casesOf(language).flatMap(({ text, events }) => [...RETOLD].map((type) => ({ type, group: `case${language}${text}`, yes: events.some((event) => event.type === type && isToldAsNews(event)), weight: PLAIN, features: features(text) })))
  return [...press, ...plain]
}

const isToldAsNews = ({ status = 'occurred', historical = false }: Case['events'][number]): boolean => (status === 'occurred' || status === 'ongoing') && !historical
