import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { EventJudgement, Reading, WorldEvent } from '../model/index.ts'
import { actor, type Given, LAVROV, PUTIN, reading, state, WANG, XI } from '../../test/readings.ts'
import { eachPair } from './blocks.ts'
import { compare } from './compare.ts'
import { anchorOf, joinReports, joinTellings, neighbours, tellAll } from './index.ts'

const nobody = (): null => null
const join = (given: readonly Given[], judgements: readonly EventJudgement[] = []) => joinReports(given.map(reading), judgements, nobody)
/** Which reports are together, as sorted lists. */
const groups = (events: readonly WorldEvent[]): string[] => events.map(({ members }) => members.map(({ report }) => report).sort().join(' ')).sort()
const call = (date: string, more = {}): Given['reports'][number] => ({ mode: 'phone', actors: [XI, PUTIN], date, ...more })
const person = (kind: EventJudgement['kind'], more: Partial<EventJudgement>): EventJudgement => ({ kind, by: { kind: 'person', name: 'ana' }, why: 'seen', ...more })

describe('what is one event', () => {
  test('one call told in two languages, dated in words here and by its article there', () => {
    const { events, judgements } = join([
      { id: 'a', language: 'en', reports: [call('2024-02-08~')] }, { id: 'b', language: 'ar', published: '2024-02-09', reports: [call('2024-02-09*')] }, { id: 'c', language: 'ru', reports: [call('2024-02-08')] },
    ])
    expect(groups(events)).toEqual(['a:0 b:0 c:0'])
    expect(events[0]).toMatchObject({ type: 'CONSULT', mode: 'phone', date: { value: '2024-02-08' }, firstDay: '2024-02-08', lastDay: '2024-02-08', historical: false })
    expect(events[0]?.actors.map(({ id }) => id)).toEqual([XI.id, PUTIN.id])
    const [best] = judgements
    expect(best).toMatchObject({ kind: 'same-event', by: { kind: 'rule' } })
    expect(best?.reasons).toContainEqual({ code: 'same-persons', about: { persons: [XI.id, PUTIN.id] }, against: false })
    expect(best?.reasons).toContainEqual({ code: 'same-day', about: { day: '2024-02-08' }, against: false })
    expect(best?.score).toBeGreaterThan(0.9)
  })
  test('a visit and the talks in it are two when one article tells them apart, however many tell them', () => {
    const both = (id: string, language: string): Given => ({ id, language, reports: [{ mode: 'visit', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16' }, { actors: [PUTIN, XI], date: '2024-05-16' }] })
    expect(groups(join([both('a', 'en'), both('b', 'zh'), both('c', 'ru')]).events)).toEqual(['a:0 b:0 c:0', 'a:1 b:1 c:1'])
  })
  test('where directions are told two ways the weightier one is written, and both are shown', () => {
    const visit = (id: string, from: string, to: string): Given => ({ id, reports: [{ mode: 'visit', actors: [state(from)], recipients: [state(to)], date: '2024-05-16' }] })
    const { events } = join([visit('a', 'RUS', 'CHN'), visit('b', 'RUS', 'CHN'), visit('c', 'CHN', 'RUS')])
    expect(events).toHaveLength(1)
    expect([events[0]?.actors, events[0]?.recipients].map((side) => side?.map(({ id }) => id))).toEqual([['state:RUS'], ['state:CHN']])
    expect(events[0]?.versions.filter(({ field }) => field === 'direction').map(({ value }) => value)).toEqual(['RUS > CHN', 'CHN > RUS'])
  })
  test('of two articles that name the same, in two languages, what stands at one place is likelier one event', () => {
    const [a, b] = tellAll([{ id: 'a', language: 'en', reports: [call('2024-02-08')] }, { id: 'b', language: 'ar', reports: [call('2024-02-08')] }].map(reading))
    if (!a || !b) throw new Error('two are told')
    const story = new Set(['place:a', 'place:b', 'place:c', 'place:d', 'place:e', 'place:f'])
    const score = (depth: number, language = 'ar', named = story): number => compare({ ...a, story, depth: 0.4 }, { ...b, article: { ...b.article, language }, story: named, depth }).reasons.reduce((sum, { weight }) => sum + weight, 0)
    expect(score(0.43)).toBeGreaterThan(score(0.6))
    expect(score(0.43, 'en')).toBe(score(0.6, 'en'))
    expect(score(0.43, 'ar', new Set(['place:u', 'place:v', 'place:w', 'place:x']))).toBe(score(0.6, 'ar', new Set(['place:u', 'place:v', 'place:w', 'place:x'])))
  })
  test('a call named by the states alone is the call of their presidents', () => {
    expect(groups(join([{ id: 'a', reports: [call('2024-02-08')] }, { id: 'b', reports: [{ mode: null, date: '2024-02-08' }] }]).events)).toEqual(['a:0 b:0'])
  })
  test('told again as background it is still the same event', () => {
    const { events } = join([{ id: 'a', reports: [call('2024-02-08*')] }, { id: 'b', published: '2024-06-01', reports: [call('2024-02-08', { historical: true })] }])
    expect(groups(events)).toEqual(['a:0 b:0'])
    expect(events[0]?.historical).toBe(false)
    expect(events[0]?.members.map(({ background }) => background)).toEqual([false, true])
  })
  test('of a month alone it joins the one it can be', () => {
    const visit = (date: string, id: string): Given => ({ id, reports: [{ mode: 'visit', actors: [XI], recipients: [state('RUS')], date, historical: true }] })
    expect(groups(join([visit('2023-03-20', 'a'), visit('2023-03', 'b'), visit('2023-03', 'c')]).events)).toEqual(['a:0 b:0 c:0'])
  })
  test('an attack is one by its place and its dead, whatever the wires say of the number', () => {
    const strike = (id: string, killed: number): Given => ({ id, reports: [{ type: 'ASSAULT', mode: 'aerial', actors: [state('ISR')], recipients: [state('PSE')], place: { id: 'place:rafah', name: 'Rafah', country: 'PSE' }, date: '2024-02-12', figures: [{ value: killed }] }] })
    const { events } = join([strike('a', 67), strike('b', 67), strike('c', 74)])
    expect(groups(events)).toEqual(['a:0 b:0 c:0'])
    expect(events[0]?.versions.filter(({ field }) => field === 'figure:killed').map(({ value, reports }) => [value, reports])).toEqual([['67', ['a:0', 'b:0']], ['74', ['c:0']]])
  })
  test('a strike by night that two wires date a day apart is one when place and dead agree, and both days are shown', () => {
    const strike = (id: string, date: string, killed: number): Given => ({ id, reports: [{ type: 'ASSAULT', mode: 'drone', actors: [state('RUS')], recipients: [state('UKR')], place: { id: 'place:odesa', name: 'Odesa', country: 'UKR' }, contexts: ['military'], date, figures: [{ value: killed }, { measure: 'wounded', value: 19 }] }] })
    const { events } = join([strike('a', '2024-03-02', 12), strike('b', '2024-03-02', 12), strike('c', '2024-03-03', 12)])
    expect(groups(events)).toEqual(['a:0 b:0 c:0'])
    expect(events[0]?.versions.filter(({ field }) => field === 'date').map(({ value }) => value)).toEqual(['2024-03-02', '2024-03-03'])
    expect(join([strike('a', '2024-03-02', 12), strike('c', '2024-03-04', 12)]).events).toHaveLength(2)
  })
})

describe('what is two', () => {
  test.each<[string, Given['reports'][number], Given['reports'][number]]>([
    ['calls of one week', call('2024-02-05'), call('2024-02-08')],
    ['calls on days next to each other, each dated', call('2024-02-07'), call('2024-02-08')],
    ['other persons of the same states', { actors: [PUTIN, XI] }, { actors: [LAVROV, WANG] }],
    ['a call and a visit', call('2024-02-08'), { mode: 'visit', actors: [PUTIN], recipients: [state('CHN')] }],
    ['other parties', { actors: [state('RUS'), state('CHN')] }, { actors: [state('USA'), state('CHN')] }],
    ['blame and blame returned', { type: 'ACCUSE', actors: [state('USA')], recipients: [state('CHN')] }, { type: 'ACCUSE', actors: [state('CHN')], recipients: [state('USA')] }],
    ['a plan and what happened', { status: 'future', date: '2024-02-08~' }, { date: '2024-02-08' }],
    ['what happened and what did not', { status: 'negated' }, {}],
    ['a month and another month', { date: '2023-03' }, { date: '2023-10' }],
    ['strikes on two towns', { type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], place: { id: 'place:kharkiv', name: 'Kharkiv', country: 'UKR' } }, { type: 'ASSAULT', actors: [state('RUS')], recipients: [state('UKR')], place: { id: 'place:odesa', name: 'Odesa', country: 'UKR' } }],
    ['blame of one day without anything in common but the day', { type: 'ACCUSE', actors: [state('USA')], recipients: [state('CHN')], contexts: ['economic'] }, { type: 'ACCUSE', actors: [state('USA')], recipients: [state('CHN')], contexts: ['cyber'] }],
    ['undated ones', { date: null }, { date: null }],
    ['a president and businessmen', { actors: [PUTIN, XI] }, { actors: [PUTIN, actor('noun:CHN/BUS', 'CHN', { sector: 'BUS' })] }],
  ])('%s', (_, one, other) => {
    expect(groups(join([{ id: 'a', reports: [one] }, { id: 'b', reports: [other] }]).events)).toEqual(['a:0', 'b:0'])
  })
  test('the news of two days of one outlet', () => {
    const both = [{ id: 'a', publisher: 'Kremlin', published: '2024-02-07', reports: [call('2024-02-07*')] }, { id: 'b', publisher: 'Kremlin', published: '2024-02-08', reports: [call('2024-02-08*')] }]
    expect(join(both).events).toHaveLength(2)
  })
  test('no chain of days: each report stays within reach of all others of its event', () => {
    const days = ['2024-02-05', '2024-02-06', '2024-02-07', '2024-02-08', '2024-02-09', '2024-02-10', '2024-02-11']
    for (const { members } of join(days.map((day, index) => ({ id: `d${index}`, published: day, reports: [call(`${day}*`)] }))).events) expect(members.length).toBeLessThan(4)
  })
  test('of a month in which there were two it joins neither, and says why', () => {
    const { events, judgements } = join([{ id: 'a', reports: [call('2023-03-05')] }, { id: 'b', reports: [call('2023-03-20')] }, { id: 'c', reports: [call('2023-03')] }])
    expect(groups(events)).toEqual(['a:0', 'b:0', 'c:0'])
    expect(judgements.find(({ report, other }) => [report, other].includes('c:0'))).toMatchObject({ kind: 'not-same', reasons: expect.arrayContaining([{ code: 'any-of', about: { events: 2 }, against: true }]) })
  })
})

describe('plans', () => {
  test('a planned visit and the visit are linked both ways, not merged', () => {
    const plan: Given = { id: 'a', published: '2024-05-01', reports: [{ type: 'AGREE', status: 'future', cameo: '036', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16' }] }
    const visit: Given = { id: 'b', published: '2024-05-16', reports: [{ mode: 'visit', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16*' }] }
    const { events } = join([plan, visit])
    const [planned, came] = [events.find(({ status }) => status === 'future'), events.find(({ status }) => status === 'occurred')]
    expect(planned?.links).toEqual([expect.objectContaining({ kind: 'came-of', event: came?.id })])
    expect(came?.links).toEqual([expect.objectContaining({ kind: 'planned-as', event: planned?.id })])
  })
  test('a plan read by a rule of contacts, or an agreement to meet without a day, is met by the first contact after it', () => {
    const plan = (more: Given['reports'][number]): Given => ({ id: 'a', published: '2024-05-01', reports: [{ type: 'AGREE', actors: [PUTIN, state('CHN')], ...more }] })
    const talks = (id: string, date: string): Given => ({ id, published: date, reports: [{ actors: [PUTIN, XI], date }] })
    for (const more of [{ status: 'future' as const, rule: 'consult.visit>plan.CONSULT', cameo: '030', date: '2024-05-16' }, { cameo: '036', date: '2024-05-01*' }]) {
      const { events } = join([plan(more), talks('b', '2024-05-17'), talks('c', '2024-08-01')])
      expect(events.find(({ type }) => type === 'AGREE')?.links).toEqual([expect.objectContaining({ kind: 'came-of', event: events.find(({ firstDay }) => firstDay === '2024-05-17')?.id })])
    }
  })
  test('a plan that was dropped says by what', () => {
    const { events } = join([{ id: 'a', published: '2024-06-01', reports: [{ type: 'AGREE', status: 'future', cameo: '036', actors: [state('FRA')], recipients: [state('UKR')], date: '2024-06-10' }] }, { id: 'b', published: '2024-06-08', reports: [{ type: 'REJECT', mode: 'meet', actors: [state('FRA')], recipients: [state('UKR')], date: '2024-06-08' }] }])
    expect(events.find(({ type }) => type === 'AGREE')?.links).toEqual([expect.objectContaining({ kind: 'called-off', event: events.find(({ type }) => type === 'REJECT')?.id })])
  })
  test('a plan of others, or of another time, is not linked', () => {
    const plan = (actors: Given['reports'][number]['actors'], date: string): Given => ({ id: 'a', published: '2024-05-01', reports: [{ type: 'AGREE', status: 'future', cameo: '036', actors: actors ?? [], recipients: [state('CHN')], date }] })
    const visit: Given = { id: 'b', published: '2024-05-16', reports: [{ mode: 'visit', actors: [PUTIN], recipients: [state('CHN')], date: '2024-05-16*' }] }
    for (const other of [plan([LAVROV], '2024-05-16'), plan([PUTIN], '2024-09-01')]) expect(join([other, visit]).events.every(({ links }) => links.length === 0)).toBe(true)
  })
})

describe('versions', () => {
  test('days that differ are kept with who says which', () => {
    const [event] = join([{ id: 'a', reports: [call('2024-02-08')] }, { id: 'b', reports: [call('2024-02-08')] }, { id: 'c', reports: [call('2024-02-09')] }], [person('same-event', { report: 'a:0', other: 'c:0' })]).events
    expect(event?.date?.value).toBe('2024-02-08')
    expect(event?.versions.filter(({ field }) => field === 'date').map(({ value, reports }) => [value, reports])).toEqual([['2024-02-08', ['a:0', 'b:0']], ['2024-02-09', ['c:0']]])
  })
  test('one text in many papers is one voice', () => {
    const words = 'The two presidents spoke by telephone.'
    const copies = ['a', 'b', 'c', 'd'].map((id) => ({ id, reports: [call('2024-02-07', { words })] }))
    const { events } = join([...copies, { id: 'e', reports: [call('2024-02-08')] }, { id: 'f', reports: [call('2024-02-08')] }], [person('same-event', { report: 'a:0', other: 'e:0' })])
    expect(events).toHaveLength(1)
    expect(events[0]?.date?.value).toBe('2024-02-08')
  })
  test('further outlets make it surer, never sure', () => {
    const sure = (n: number): number => join(Array.from({ length: n }, (_, index) => ({ id: `x${index}`, reports: [call('2024-02-08')] }))).events[0]?.confidence ?? 0
    expect(sure(2)).toBeGreaterThan(sure(1))
    expect(sure(20)).toBeGreaterThan(sure(2))
    expect(sure(20)).toBeLessThan(0.95)
  })
})

describe('people', () => {
  const two: Given[] = [{ id: 'a', reports: [call('2024-02-05')] }, { id: 'b', reports: [call('2024-02-08')] }]
  test('join what rules held apart, and part what rules joined', () => {
    expect(groups(join(two, [person('same-event', { report: 'b:0', other: 'a:0' })]).events)).toEqual(['a:0 b:0'])
    const same: Given[] = [{ id: 'a', reports: [call('2024-02-08')] }, { id: 'b', reports: [call('2024-02-08')] }]
    expect(groups(join(same, [person('not-same', { report: 'a:0', other: 'b:0' })]).events)).toEqual(['a:0', 'b:0'])
  })
  test('a third report does not bring together what a person parted', () => {
    const three: Given[] = ['a', 'b', 'c'].map((id) => ({ id, reports: [call('2024-02-08')] }))
    const { events } = join(three, [person('not-same', { report: 'a:0', other: 'b:0' })])
    expect(events).toHaveLength(2)
    expect(groups(events).some((group) => group.includes('a:0') && group.includes('b:0'))).toBe(false)
  })
  test('the last word of a person counts, and a withdrawn one does not', () => {
    const first = person('same-event', { report: 'a:0', other: 'b:0', at: '2024-01-01T00:00:00Z' })
    const then = person('not-same', { report: 'a:0', other: 'b:0', at: '2024-01-02T00:00:00Z' })
    expect(join(two, [then, first]).events).toHaveLength(2)
    expect(join(two, [{ ...first, withdrawn: { at: '2024-01-03', by: 'ana', why: 'mistake' } }]).events).toHaveLength(2)
  })
  test('a corrected day is joined by; the rules of joining see what is right', () => {
    const { events } = join(two, [person('field-correction', { report: 'a:0', field: 'date', value: '2024-02-08' })])
    expect(groups(events)).toEqual(['a:0 b:0'])
  })
  test.each([['date', 'soon'], ['status', 3], ['actors', 'all'], ['id', 'x'], ['confidence', 1]])('a correction of %s to %s changes nothing', (field, value) => {
    expect(join(two, [person('field-correction', { report: 'a:0', field, value })]).events).toEqual(join(two).events)
  })
  test('a rejected report is no part of anything; a confirmed one outweighs', () => {
    expect(groups(join(two, [person('reject', { report: 'a:0' })]).events)).toEqual(['b:0'])
    expect(join(two, [person('confirm', { report: 'a:0' })]).events.find(({ members }) => members[0]?.report === 'a:0')?.confidence).toBe(0.99)
  })
  test('a judgement finds its report again by what it says when a later reading names it otherwise', () => {
    const before = tellAll(two.map(reading))
    const anchors = { report: before[0] && anchorOf(before[0]), other: before[1] && anchorOf(before[1]) }
    const reread = two.map(reading).map((item): Reading => ({ ...item, reports: item.reports.map((report) => ({ ...report, id: `new-${report.id}` })) }))
    expect(groups(joinReports(reread, [person('same-event', { report: 'a:0', other: 'b:0', anchors })], nobody).events)).toEqual(['new-a:0 new-b:0'])
  })
})

describe('joining as a function', () => {
  const many: Given[] = Array.from({ length: 40 }, (_, index) => ({
    id: `n${String(index).padStart(2, '0')}`, language: ['en', 'ar', 'zh', 'ru'][index % 4] ?? 'en', published: `2024-02-${String(5 + (index % 5)).padStart(2, '0')}`,
    reports: [call(`2024-02-${String(5 + (index % 5)).padStart(2, '0')}${index % 3 === 0 ? '' : '*'}`, index % 7 === 0 ? { actors: [LAVROV, WANG] } : {}), { type: 'ACCUSE', actors: [state('CHN')], recipients: [state('USA')], contexts: [index % 2 === 0 ? 'economic' : 'military'] }],
  }))
  test('the order of readings, and reading one twice, change nothing', () => {
    const right = join(many)
    fc.assert(fc.property(fc.shuffledSubarray(many, { minLength: many.length }), (shuffled) => {
      expect(join([...shuffled, ...shuffled.slice(0, 3)])).toEqual(right)
    }), { numRuns: 15 })
  })
  test('a new reading changes only the events it touches, and joining those alone gives the same', () => {
    const readings = many.map(reading)
    const all = tellAll(readings)
    const fresh = all.slice(0, 2)
    let touched = fresh
    for (let before = 0; before !== touched.length;) {
      before = touched.length
      touched = [...touched, ...neighbours(touched, all)]
    }
    const whole = new Map(joinTellings(all, [], nobody).events.map((event) => [event.id, event]))
    for (const event of joinTellings(touched, [], nobody).events) expect(whole.get(event.id)).toEqual(event)
    const without = new Map(joinTellings(all.slice(2), [], nobody).events.map((event) => [event.id, event]))
    const ids = new Set(touched.map(({ report }) => report.id))
    for (const event of whole.values()) if (!event.members.some(({ report }) => ids.has(report))) expect(without.get(event.id)).toEqual(event)
  })
  test('the event keeps its id while later reports come in', () => {
    const [before] = join([{ id: 'a', published: '2024-02-08', reports: [call('2024-02-08')] }]).events
    const [after] = join([{ id: '0', published: '2024-02-09', reports: [call('2024-02-08')] }, { id: 'a', published: '2024-02-08', reports: [call('2024-02-08')] }]).events
    expect(after?.id).toBe(before?.id)
  })
  test('every report is in exactly one event', () => {
    const members = join(many).events.flatMap((event) => event.members.map(({ report }) => report))
    expect(members.sort()).toEqual(many.flatMap(({ id }) => [`${id}:0`, `${id}:1`]).sort())
  })
  test('the work grows with the reports, not with their square, even where all are of one pair and type', () => {
    const compared = (n: number): number => {
      const tellings = tellAll(Array.from({ length: n }, (_, index) => reading({ id: `k${index}`, reports: [{ date: `2024-02-${String(1 + (index % 4)).padStart(2, '0')}` }] })))
      let pairs = 0
      eachPair(tellings, () => { pairs++ })
      return pairs
    }
    expect(compared(2000) / compared(1000)).toBeLessThan(2.6)
  })
  test('nothing in, nothing out', () => expect(join([])).toEqual({ events: [], judgements: [], accounts: [] }))
})

describe('by parts', () => {
  const PARTIES = ['USA', 'CHN', 'RUS', 'FRA'].map(state)
  const arbitraryReport = fc.record({
    type: fc.constantFrom('CONSULT', 'ACCUSE', 'AGREE'), mode: fc.constantFrom(null, 'phone', 'visit'), from: fc.nat(3), to: fc.nat(3),
    date: fc.oneof(fc.integer({ min: 1, max: 9 }).map((day) => `2024-02-0${day}`), fc.constantFrom('2024-02', '2024', '2024-02-05*')), contexts: fc.subarray(['economic', 'military', 'cyber']),
  })
  const arbitraryReadings = fc.array(fc.array(arbitraryReport, { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 14 }).map((list) => list.map((reports, index) => reading({
    id: `r${index}`, reports: reports.map(({ type, mode, from, to, date, contexts }) => ({ type, mode: type === 'CONSULT' ? mode : null, actors: [PARTIES[from] ?? state('USA')], recipients: [PARTIES[to === from ? (to + 1) % 4 : to] ?? state('CHN')], date, contexts })),
  })))
  test('what can be joined with a reading, and nothing else, decides its events', () => {
    fc.assert(fc.property(arbitraryReadings, (readings) => {
      const all = tellAll(readings)
      const links = ({ links: _, ...event }: WorldEvent): Omit<WorldEvent, 'links'> => event
      const whole = new Map(joinTellings(all, [], nobody).events.map((event) => [event.id, links(event)]))
      let touched = tellAll(readings.slice(-1))
      for (let before = -1; before !== touched.length;) {
        before = touched.length
        touched = [...touched, ...neighbours(touched, all)]
      }
      for (const event of joinTellings(touched, [], nobody).events) expect(whole.get(event.id)).toEqual(links(event))
    }), { numRuns: 60 })
  })
})
