/** Review over HTTP: decisions by the API and by plain forms, in force at once, taken back, there after a rebuild. */
import { sql } from 'kysely'
import { parseHTML } from 'linkedom'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventsAnswer } from '../../src/api/events.ts'
import type { DecidedAnswer, ReviewAnswer } from '../../src/api/review.ts'
import { rebuild } from '../../src/rebuild.ts'
import { kappa } from '../../src/reviewers.ts'
import { appendJudgements, type Judgement } from '../../src/store/index.ts'
import { openTestDesk, type TestDesk } from './desk.ts'

let test: TestDesk
beforeAll(async () => { test = await openTestDesk((name) => /^(?:call|saudi-iran|xi-hanoi)/u.test(name)) }, 900_000)
afterAll(async () => { await test?.close() }, 60_000)

const json = async <T>(path: string): Promise<T> => {
  const response = await test.get(path)
  expect(response.status, path).toBe(200)
  return await response.json() as T
}
const post = (path: string, body: unknown): Promise<Response> => fetch(new URL(path, test.url), { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })
const decide = async (body: object): Promise<DecidedAnswer> => {
  const response = await post('/api/judgements', { by: 'ana', why: 'seen', ...body })
  expect(response.status, JSON.stringify(body)).toBe(200)
  return await response.json() as DecidedAnswer
}
type Told = EventsAnswer['events'][number]
const eventsOf = async (parties: string): Promise<readonly Told[]> => (await json<EventsAnswer>(`/api/chronology?parties=${parties}&limit=200`)).events
const call = async (): Promise<Told> => {
  const [most] = [...await eventsOf('RUS,CHN')].filter(({ type }) => type === 'CONSULT').sort((a, b) => b.members.length - a.members.length)
  if (!most) throw new Error('the samples hold a call of Russia and China')
  return most
}
/** The fields of the form of decisions as a browser would send them, some written over. */
async function formOf(path: string, over: Record<string, string>): Promise<{ form: URLSearchParams; action: string; cookie: string }> {
  const response = await test.get(path)
  const { document } = parseHTML(await response.text())
  const form = new URLSearchParams()
  for (const field of document.querySelectorAll('form#decide input, form#decide select')) {
    const selected = field.tagName === 'SELECT' ? field.querySelector('option[selected]')?.getAttribute('value') : field.getAttribute('value')
    form.set(field.getAttribute('name') ?? '', selected ?? '')
  }
  for (const [name, value] of Object.entries(over)) form.set(name, value)
  return { form, action: document.querySelector('form#decide')?.getAttribute('action') ?? '', cookie: response.headers.getSetCookie().map((line) => line.split(';')[0]).join('; ') }
}
async function send(path: string, over: Record<string, string>): Promise<Response> {
  const { form, action, cookie } = await formOf(path, over)
  return fetch(new URL(action, test.url), { method: 'POST', body: form, headers: cookie === '' ? {} : { cookie }, redirect: 'manual' })
}

describe('review over the API', () => {
  it('lists what is open, first what moves most, each question under a key of its own', async () => {
    const { questions } = await json<ReviewAnswer>('/api/review?lang=fr')
    expect(questions.length).toBeGreaterThan(3)
    expect(questions.map(({ weight }) => weight)).toEqual(questions.map(({ weight }) => weight).sort((a, b) => b - a))
    expect(new Set(questions.map(({ key }) => key)).size).toBe(questions.length)
    expect(questions.every(({ event }) => event.line !== '')).toBe(true)
    expect((await json<ReviewAnswer>('/api/review?limit=2')).questions).toHaveLength(2)
  })

  it('corrects a field at once, keeps who, when and why, and takes it back', async () => {
    const event = await call()
    const { judgements, events: [now] } = await decide({ on: event.id, correct: { date: '2024-02-09', actors: 'Putin, 习近平' }, why: 'the second page' })
    expect(now).toMatchObject({ firstDay: '2024-02-09' })
    expect(now?.actors.map(({ id }) => id).sort()).toEqual(['person:vladimir-putin', 'person:xi-jinping'])
    const { judgements: told } = await json<{ judgements: Judgement[] }>(`/api/events/${now?.id}/judgements`)
    expect(told.find(({ id }) => id === judgements[0])).toMatchObject({ kind: 'field-correction', by: { kind: 'person', name: 'ana' }, why: 'the second page', withdrawn: null })
    const back = await post(`/api/judgements/${judgements[0]}/undo`, { by: 'bo', why: 'misread' })
    expect(back.status).toBe(200)
    expect((await back.json() as DecidedAnswer).events[0]).toMatchObject({ firstDay: event.firstDay })
    const after = await json<{ judgements: Judgement[] }>(`/api/events/${event.id}/judgements`)
    expect(after.judgements.find(({ id }) => id === judgements[0])?.withdrawn).toMatchObject({ by: 'bo', why: 'misread' })
  })

  it('refuses in words what cannot be decided', async () => {
    const { id: on } = await call()
    for (const [body, detail] of [
      [{ on: 'nothing', confirm: true }, /no event or report 'nothing'/u], [{ on }, /nothing is decided/u], [{ on, confirm: true, reject: true }, /not both/u], [{ on, correct: { date: 'Thursday' } }, /no date/u],
      [{ on, correct: { confidence: '1' } }, /confidence|correct/u], [{ on, confirm: true, by: ' ' }, /who decides/u], [{ on, confirm: true, surprise: 1 }, /surprise/u],
    ] as const) {
      const response = await post('/api/judgements', { by: 'ana', why: 'seen', ...body })
      expect(response.status, JSON.stringify(body)).toBe(400)
      expect(response.headers.get('content-type')).toBe('application/problem+json')
      expect((await response.json() as { detail: string }).detail, JSON.stringify(body)).toMatch(detail)
    }
    expect((await fetch(new URL('/api/judgements', test.url), { method: 'POST', body: 'not json' })).status).toBe(400)
    expect((await test.get('/api/events/nothing/judgements')).status).toBe(404)
    const closed = await test.open({ mayAdd: false })
    try {
      expect((await fetch(new URL('/api/judgements', closed.url), { method: 'POST', body: JSON.stringify({ on, by: 'ana', why: 'x', confirm: true }) })).status).toBe(403)
      expect(await (await fetch(new URL(`/events/${on}`, closed.url))).text()).not.toContain('id="decide"')
    } finally {
      await closed.stop()
    }
  })

  it('says how far people agree on what both decided', async () => {
    const [first, second] = (await eventsOf('SAU,IRN')).filter(({ members }) => members.length > 0)
    await decide({ on: first?.id, confirm: true })
    await decide({ on: first?.id, confirm: true, by: 'bo' })
    const { judgements } = await decide({ on: second?.members[0]?.report, confirm: true })
    await decide({ on: second?.members[0]?.report, reject: true, by: 'bo' })
    const agreement = await json<{ people: { name: string; decisions: number }[]; pairs: { a: string; b: string; together: number; agreed: number }[]; disputed: { said: unknown[] }[] }>('/api/review/agreement')
    expect(agreement.people.map(({ name }) => name)).toEqual(expect.arrayContaining(['ana', 'bo']))
    const pair = agreement.pairs.find(({ a, b }) => a === 'ana' && b === 'bo')
    expect(pair?.together).toBe((first?.members.length ?? 0) + 1)
    expect(pair?.agreed).toBe(first?.members.length)
    expect(agreement.disputed).toHaveLength(1)
    await post(`/api/judgements/${judgements[0]}/undo`, { by: 'ana', why: 'end' })
  })

  it('reckons agreement beyond chance as Cohen does', () => {
    const many = (times: number, a: string, b: string): ['right', string, string][] => Array.from({ length: times }, () => ['right', a, b])
    // The example of the textbooks: 20 both yes, 15 both no, 5 and 10 apart: 0.4.
    expect(kappa([...many(20, 'confirm', 'confirm'), ...many(15, 'reject', 'reject'), ...many(5, 'confirm', 'reject'), ...many(10, 'reject', 'confirm')])).toBe(0.4)
    expect(kappa(many(5, 'confirm', 'confirm'))).toBeNull()
    expect(kappa([])).toBeNull()
  })
})

describe('review by plain forms', () => {
  it('corrects what was written over and nothing else, and leads back to the event', async () => {
    const event = await call()
    const path = `/events/${event.id}?lang=ar`
    const response = await send(path, { by: 'Ana', 'field-date': '2024-02-10', note: 'two clocks' })
    expect(response.status).toBe(303)
    const place = response.headers.get('location') ?? ''
    expect(place).toMatch(/^\/events\/[\w-]+\?done=[\w-]+&lang=ar$/u)
    expect(response.headers.get('set-cookie')).toMatch(/readout_reviewer=Ana;.*HttpOnly; SameSite=Strict/u)
    const page = await (await test.get(place)).text()
    const { document } = parseHTML(page)
    expect(document.querySelector('.notice.done')?.textContent).toContain('سُجّل القرار')
    expect([...document.querySelectorAll('.history .counts strong')]).toHaveLength(2)
    const undoId = document.querySelector('.history button[name=undo]')?.getAttribute('value') ?? ''
    expect((await json<{ judgements: Judgement[] }>(`/api/events/${/events\/([\w-]+)/u.exec(place)?.[1]}/judgements`)).judgements.filter(({ by, withdrawn, kind }) => by.name === 'Ana' && !withdrawn && kind === 'field-correction').every(({ field }) => field === 'date')).toBe(true)
    const undone = await send(place, { by: 'Ana', undo: undoId })
    expect(undone.headers.get('location')).toContain('undone=')
    expect((await call()).firstDay).toBe(event.firstDay)
  })

  it('parts a report from its event, shows why they were joined, and joins it again', async () => {
    const event = await call()
    expect(event.members.length).toBeGreaterThan(2)
    const page = parseHTML(await (await test.get(`/events/${event.id}?lang=en`)).text()).document
    expect(page.querySelectorAll('.judgements li').length).toBeGreaterThan(0)
    for (const lang of test.desk.languages) {
      const { judgements } = await json<{ judgements: readonly Judgement[] }>(`/api/events/${event.id}/judgements?lang=${lang}`)
      const [told] = judgements.filter(({ by }) => by.kind === 'rule')
      expect(told?.reasons?.length, lang).toBeGreaterThan(0)
      const shown = parseHTML(await (await test.get(`/events/${event.id}?lang=${lang}`)).text()).document.querySelector('.judgements')?.textContent
      expect(shown, lang).toContain(told?.why ?? 'none')
      expect(/the same|named/u.test(shown ?? ''), lang).toBe(lang === 'en')
    }
    // A record joined before reasons were codes.
    const old = await test.desk.record.store.transaction(async (tx) => appendJudgements(tx, [{ kind: 'same-event', report: event.members[0]?.report ?? '', other: event.members[1]?.report ?? '', by: { kind: 'rule', name: 'join/1' }, why: 'the same day, as it was told then', score: 0.9 }]))
    const arabic = parseHTML(await (await test.get(`/events/${event.id}?lang=ar`)).text()).document
    expect([...arabic.querySelectorAll('.judgements bdi[lang=en][dir=ltr]')].map((sentence) => sentence.textContent)).toEqual(['the same day, as it was told then'])
    await sql`delete from judgements where id = any(${old}::text[])`.execute(test.desk.db)
    const report = page.querySelector('button[name=part]')?.getAttribute('value') ?? ''
    const parted = await send(`/events/${event.id}`, { by: 'ana', part: report })
    expect(parted.status).toBe(303)
    expect((await call()).members.length).toBe(event.members.length - 1)
    const rest = await call()
    const joined = await send(`/events/${rest.id}`, { by: 'ana', other: report })
    expect(joined.status).toBe(303)
    expect((await call()).members.length).toBe(event.members.length)
  })

  it('answers the question it shows and goes to the next; a rejected event can be brought back', async () => {
    const before = (await json<ReviewAnswer>('/api/review')).questions
    const asked = before.find(({ kind }) => kind === 'right-or-not')
    const response = await send(`/review?at=${asked?.key}`, { by: 'ana', do: 'reject' })
    expect(response.headers.get('location')).toMatch(/^\/review\?done=/u)
    expect((await test.get(`/api/events/${asked?.event.id}`)).status).toBe(404)
    const page = parseHTML(await (await test.get(response.headers.get('location') ?? '')).text()).document
    const undo = page.querySelector('.notice.done button[name=undo]')?.getAttribute('value') ?? ''
    await send('/review', { by: 'ana', undo })
    expect((await test.get(`/api/events/${asked?.event.id}`)).status).toBe(200)
  })

  it('puts no button before the one that Enter presses', async () => {
    for (const path of ['/review', `/events/${(await call()).id}`]) {
      const { document } = parseHTML(await (await test.get(path)).text())
      const [first] = document.querySelectorAll('button[form=decide], form#decide button')
      expect([first?.getAttribute('name'), first?.getAttribute('value')], path).toEqual(['do', 'save'])
    }
  })

  it('says in words what is wrong, and does nothing', async () => {
    const event = await call()
    const response = await send(`/events/${event.id}`, { by: 'ana', 'field-actors': 'Nobody Atall' })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain('Nobody Atall')
    expect((await call()).actors).toEqual(event.actors)
    expect((await send(`/events/${event.id}`, { by: '', do: 'confirm' })).status).toBe(400)
  })

  it('outlasts a rebuild', async () => {
    const event = await call()
    await send(`/events/${event.id}`, { by: 'ana', 'field-date': '2024-02-11' })
    await rebuild(test.desk.record, { all: true })
    expect((await call()).firstDay).toBe('2024-02-11')
    const [kept] = (await eventsOf('RUS,CHN')).filter(({ firstDay }) => firstDay === '2024-02-11')
    expect(await (await test.get(`/events/${kept?.id}?lang=en`)).text()).toContain('2024-02-11')
  }, 300_000)
})
