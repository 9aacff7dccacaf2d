import { describe, expect, test } from 'vitest'
import { type Given, LAVROV, PUTIN, reading, state, WANG, XI } from '../../test/readings.ts'
import { joinReports } from '../events/index.ts'
import { loadKnowledge } from '../knowledge/index.ts'
import { type Reason, type ReasonCode, REASON_CODES, type ReasonValues } from '../model/index.ts'
import { PACKAGE_ROOT } from '../reader.ts'
import { createEventWriter } from './events.ts'
import { createLineWriter } from './lines.ts'
import { usualNames } from './names.ts'
import { linkInWords, whyOf } from './reasons.ts'

const knowledge = loadKnowledge(PACKAGE_ROOT)
const LANGUAGES = knowledge.languages.filter((code) => knowledge.templates(code) !== null)
const writerOf = (language: string) => {
  const templates = knowledge.templates(language)
  if (!templates) throw new Error(`no templates for ${language}`)
  const names = usualNames(knowledge.names(language))
  return { templates, writer: createEventWriter(createLineWriter(templates, (id) => names.get(id) ?? null), templates) }
}

/** Something for every slot there is. */
const ABOUT: Required<ReasonValues> = {
  kind: 'CONSULT.phone', kindA: 'ACCUSE', kindB: 'ASSAULT.drone', party: 'CHN', parties: ['CHN', 'RUS', 'organisation:nato'], persons: [XI.id, PUTIN.id], personsA: [LAVROV.id], personsB: [WANG.id], sectorsA: ['GOV'], sectorsB: ['MIL', 'REB'],
  day: '2024-02-08', dayA: '2024-02-08', dayB: '2024-05', days: 2, events: 3, outlet: 'Правда', place: { id: 'place:moscow', name: 'Moscow' }, placeA: { id: 'place:moscow', name: 'Moscow' }, placeB: { id: 'place:no-such-place', name: 'Nowhere' },
  named: ['person:xi-jinping', '@2023', '#75', 'place:moscow', 'office:FRA/foreign-minister'], contexts: ['economic', 'cyber'], measure: 'killed', figure: { measure: 'trade', value: 2e11, unit: 'USD' },
}
const SLOTS = /\{([\w-]+)\}/gu
const BROKEN = /[{}[\]]|undefined|\bnull\b|\[object/u

describe.each(LANGUAGES)('reasons in %s', (language) => {
  const { templates, writer } = writerOf(language)
  const sentences = templates.events.reasons

  test.each(REASON_CODES)('%s has a sentence with the slots of the others, and it is whole', (code) => {
    const sentence = sentences[code]
    const slots = (text: string): string[] => [...text.matchAll(SLOTS)].map(([, name = '']) => name).sort()
    expect(slots(sentence)).toEqual(slots(writerOf('en').templates.events.reasons[code]))
    expect(slots(sentence).filter((slot) => !(slot in ABOUT))).toEqual([])
    const line = writer.reason({ code, about: ABOUT, against: false })
    expect(line).not.toMatch(BROKEN)
    expect(line.trim()).toBe(line)
    if (language !== 'en') expect(sentence).not.toBe(writerOf('en').templates.events.reasons[code])
    // Without an outlet the part about it goes.
    expect(writer.reason({ code, about: { ...ABOUT, outlet: null }, against: false })).not.toMatch(BROKEN)
  })

  test('states, people, days and subjects are named as the language names them', () => {
    const line = writer.reasons([{ code: 'same-persons', about: { persons: [XI.id] }, against: false }, { code: 'same-day', about: { day: '2024-02-08' }, against: false }, { code: 'same-parties', about: { parties: ['CHN'] }, against: false }, { code: 'same-subjects', about: { contexts: ['economic'] }, against: false }], true)
    for (const word of [writer.side('CHN'), writer.side(XI.id), writer.topic({ kind: 'context', key: 'economic' }), writer.date({ date: { value: '2024-02-08', basis: 'stated' } })]) expect(line).toContain(word)
    if (language !== 'en') expect(line).not.toMatch(/economy|February/u)
  })

  test('what led to the decision comes first, what spoke for the other one after it', () => {
    const [day, place]: [Reason, Reason] = [{ code: 'same-day', about: { day: '2024-02-08' }, against: false }, { code: 'places-differ', about: { placeA: ABOUT.placeA, placeB: ABOUT.placeB }, against: true }]
    const [one, two] = [writer.reasons([place, day], true), writer.reasons([day, place], false)]
    expect(one.startsWith(writer.reason(day))).toBe(true)
    expect(one.endsWith(writer.reason(place))).toBe(true)
    expect(two.startsWith(writer.reason(place))).toBe(true)
    expect(two.endsWith(writer.reason(day))).toBe(true)
    expect(one).toContain(writer.fill(sentences.against, { reasons: writer.reason(place) }))
    expect(writer.reasons([day], false)).toBe(writer.fill(sentences.for, { reasons: writer.reason(day) }))
    expect(writer.reasons([day, day], true)).toBe(`${writer.reason(day)}${sentences.between}${writer.reason(day)}`)
  })

  test('a record joined before reasons were codes keeps the sentence it has', () => {
    expect(whyOf({ why: 'the same day 2024-02-08', reasons: null }, true, writer)).toBe('the same day 2024-02-08')
    expect(linkInWords({ kind: 'came-of', event: 'e', why: 'announced, and took place' }, writer).why).toBe('announced, and took place')
    expect(linkInWords({ kind: 'came-of', event: 'e', reason: { code: 'announced-came', about: { day: '2024-02-08' }, against: false } }, writer).why).toBe(writer.reason({ code: 'announced-came', about: { day: '2024-02-08' }, against: false }))
  })
})

test('the reasons that joining gives are those the tables word, with the slots they need', () => {
  const given: Given[] = [
    { id: 'plan', published: '2024-05-01', reports: [{ type: 'AGREE', status: 'future', cameo: '036', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16' }] },
    { id: 'a', publisher: 'Wire', published: '2024-05-16', reports: [{ mode: 'visit', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16' }, { actors: [PUTIN, XI], date: '2024-05-16*' }] },
    { id: 'b', publisher: 'Wire', language: 'zh', published: '2024-05-17', reports: [{ mode: 'visit', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05' }, { actors: [PUTIN, XI], date: '2024-05-17*' }] },
    { id: 'c', language: 'ru', published: '2024-05-17', reports: [{ actors: [PUTIN, XI, state('KAZ')], date: '2024-05-17*' }, { type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], date: '2024-05-17', figures: [{ value: 5 }] }] },
    { id: 'd', language: 'ru', published: '2024-05-18', reports: [{ type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], date: '2024-05-17', figures: [{ value: 7 }] }] },
  ]
  const { judgements, events } = joinReports(given.map(reading), [], () => null)
  const reasons = [...judgements.flatMap((judgement) => judgement.reasons ?? []), ...events.flatMap(({ links }) => links.flatMap(({ reason }) => reason ?? []))]
  const codes = new Set<ReasonCode>(reasons.map(({ code }) => code))
  for (const code of ['same-kind', 'same-parties', 'same-day', 'planned-came', 'figures-differ'] as const) expect(codes).toContain(code)
  const { templates } = writerOf('en')
  for (const { code, about } of reasons) {
    const needed = [...templates.events.reasons[code].replace(/\[[^\]]*\]/gu, '').matchAll(SLOTS)].map(([, name = '']) => name)
    expect(Object.keys(about), code).toEqual(expect.arrayContaining(needed))
  }
  expect(judgements.every(({ why }) => why === '')).toBe(true)
})
