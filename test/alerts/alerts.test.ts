/** What alerts tell, on both engines: an event once, however often it is told or read again; denials; changed wording; and the outbox behind it. */
import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deliverDue, waitAfter } from '../../src/alerts/deliver.ts'
import type { DeliveryBody } from '../../src/alerts/evaluate.ts'
import { createSend } from '../../src/alerts/send.ts'
import { createDesk, type Desk } from '../../src/api/desk.ts'
import { noteCommand } from '../../src/api/deeds.ts'
import { saveView, savedOf } from '../../src/api/saved.ts'
import { messageWords } from '../../src/cli/alerts.ts'
import { rebuild } from '../../src/rebuild.ts'
import { type LastingRecord, openRecord } from '../../src/record.ts'
import { claimDeliveries, deleteAlert, listAlerts, newsAfter, putDeliveries, settleDelivery } from '../../src/store/index.ts'
import { engines, type TestStore } from '../store/engines.ts'
import { openHook, openMailbox } from './receivers.ts'

const ALLOW = ['127.0.0.1']
const text = (name: string, words: string, more: { url?: string } = {}) => ({ name, bytes: new TextEncoder().encode(words), mediaType: 'text/plain', published: '2024-05-08', language: 'en', ...more })

describe.each(await engines())('alerts on $name', ({ fresh }) => {
  let made: TestStore
  let record: LastingRecord
  let desk: Desk
  beforeAll(async () => {
    made = await fresh()
    await made.store.close()
    record = await openRecord({ ...made.options, threads: 1 })
    desk = createDesk(record)
  }, 300_000)
  afterAll(async () => { await record?.close(); await made?.drop() })

  const save = async (name: string, path: string, more: { tells?: string[]; by?: string; anyAge?: boolean } = {}): Promise<string> => {
    const { alert } = await saveView(desk, { name, path, alert: { tells: more.tells ?? ['event'], channel: 'webhook', target: 'http://127.0.0.1:9/hook', language: 'en', anyAge: more.anyAge ?? true, ...(more.by === undefined ? {} : { by: more.by }) } }, ALLOW, noteCommand)
    if (alert === null) throw new Error('there is an alert')
    return alert
  }
  /** What is in the outbox for an alert, taken out of it. */
  const told = async (alert: string): Promise<DeliveryBody[]> => {
    const now = new Date()
    const all = await claimDeliveries<DeliveryBody>(desk.db, { now, until: new Date(now.getTime() + 60_000), limit: 100 })
    for (const { id } of all) await settleDelivery(desk.db, id, { error: null, retryAt: null }, now)
    return all.filter((delivery) => delivery.alert === alert).map(({ body }) => body)
  }

  it('tell of an event once, however often it is told and read again', async () => {
    await record.add([text('early', 'Canada condemned Belarus on Monday.')])
    const alert = await save('Ottawa accuses', '/relations/BLR-CAN?types=ACCUSE')
    const other = await save('Ottawa and Paris', '/relations/CAN-FRA')
    const denials = await save('Minsk denies', '/relations/BLR-CAN', { tells: ['denial'], by: 'BLR' })
    expect(await told(alert)).toEqual([])
    await record.add([text('first', 'Canada condemned Belarus on Tuesday over the elections.', { url: 'https://one.example/a' })])
    const [first, ...rest] = await told(alert)
    expect(rest).toEqual([])
    expect(first?.event).toMatchObject({ type: 'ACCUSE', firstDay: '2024-05-07' })
    expect(first?.event.members[0]?.url).toBe('https://one.example/a')
    await record.add([text('second', 'On Tuesday Canada sharply condemned Belarus, officials said.', { url: 'https://two.example/b' })])
    await record.add([text('first', 'Canada condemned Belarus on Tuesday over the elections.', { url: 'https://one.example/a' })])
    await rebuild(record, { all: true })
    expect(await told(alert)).toEqual([])
    expect(await told(other)).toEqual([])
    await deleteAlert(desk.db, denials)
  }, 120_000)

  it('leave out what is old, where they are not asked for it', async () => {
    const alert = await save('Lately', '/relations/GBR-IRL', { anyAge: false })
    await record.add([text('old', 'Britain condemned Ireland on Tuesday.')])
    expect(await told(alert)).toEqual([])
    await record.add([{ ...text('now', 'Britain condemned Ireland on Monday.'), published: new Date().toISOString().slice(0, 10) }])
    expect(await told(alert)).toHaveLength(1)
  }, 120_000)

  it('tell who did it, and find words where a search has no name', async () => {
    const doer = await save('By Minsk', '/events?types=ACCUSE', { by: 'Belarus' })
    const words = await save('Herring', '/search?q=herring')
    await record.add([text('norway', 'Norway condemned Iceland on Monday because of the herring.'), text('minsk', 'Belarus condemned Poland on Monday.')])
    const now = new Date()
    const all = await claimDeliveries<DeliveryBody>(desk.db, { now, until: new Date(now.getTime() + 60_000), limit: 100 })
    for (const { id } of all) await settleDelivery(desk.db, id, { error: null, retryAt: null }, now)
    const of = (alert: string): (string | null)[] => all.filter((delivery) => delivery.alert === alert).map(({ body }) => body.event.actors[0]?.country ?? null)
    expect(of(doer)).toEqual(['BLR'])
    expect(of(words)).toEqual(['NOR'])
  }, 120_000)

  it('tell of a denial, and of a side that words it otherwise', async () => {
    const denial = await save('Denied', '/relations/CHN-RUS', { tells: ['denial'], by: 'RUS' })
    const wording = await save('Worded', '/relations/CHN-RUS', { tells: ['wording'] })
    const call = (more: string): string => `Putin and Xi held a phone call on Tuesday. ${more}`
    await record.add([text('tass-1', call('Putin praised China. The two discussed trade with Japan.'), { url: 'https://tass.ru/1' })])
    const both = async (): Promise<{ denial: DeliveryBody[]; wording: DeliveryBody[] }> => {
      const now = new Date()
      const all = await claimDeliveries<DeliveryBody>(desk.db, { now, until: new Date(now.getTime() + 60_000), limit: 100 })
      for (const { id } of all) await settleDelivery(desk.db, id, { error: null, retryAt: null }, now)
      return { denial: all.filter(({ alert }) => alert === denial).map(({ body }) => body), wording: all.filter(({ alert }) => alert === wording).map(({ body }) => body) }
    }
    expect(await both()).toEqual({ denial: [], wording: [] })
    // The same in another medium is no new wording of a side.
    await record.add([text('wire', call('The two talked at length about trade with Japan, reports say.'), { url: 'https://wire.example/1' })])
    expect((await both()).wording).toEqual([])
    await record.add([text('tass-2', call('The Russian side stressed that trade with Japan was not on the agenda. Putin denied that Russia had asked China for weapons.'), { url: 'https://tass.ru/2' })])
    const found = await both()
    expect(found.denial).toHaveLength(1)
    expect(found.denial[0]?.denials?.[0]?.quote.text).toContain('weapons')
    // What is told as not having happened is a denial too, where no statement says so.
    await record.add([text('tass-3', 'Russia did not condemn China on Monday.', { url: 'https://tass.ru/3' })])
    expect((await both()).denial.map(({ event }) => event.status)).toEqual(['negated'])
    expect(found.wording).toHaveLength(1)
    const [change] = found.wording[0]?.rewordings ?? []
    expect(change?.side).toBe('RUS')
    expect(change?.before.text).not.toBe(change?.now.text)
    await record.add([text('tass-2', call('The Russian side stressed that trade with Japan was not on the agenda. Putin denied that Russia had asked China for weapons.'), { url: 'https://tass.ru/2' })])
    expect(await both()).toEqual({ denial: [], wording: [] })
  }, 120_000)

  it('keep the news of events in order', async () => {
    const news = await newsAfter(desk.db, 0, 1000)
    expect(news.map(({ seq }) => seq)).toEqual(news.map((_, at) => at + 1))
    expect(new Set(news.map(({ kind }) => kind))).toContain('new')
    expect(await newsAfter(desk.db, news.length)).toEqual([])
  })

  it('can be made only on what is a search, for who is known, to where may be sent', async () => {
    expect(savedOf(desk, '/search?q=Путин&lang=fr&cursor=x')).toMatchObject({ path: '/search?q=%D0%9F%D1%83%D1%82%D0%B8%D0%BD', match: { keys: ['person:vladimir-putin'] } })
    expect(savedOf(desk, '/relations/rus-CHN').match.keys).toEqual(['CHN|RUS'])
    for (const path of ['', 'https://evil.example/events', '//evil.example/events', '/problems', '/relations/XXX-CHN', '/actors/person:nobody', '/search?q=', '/events?types=&minConfidence=7']) expect(() => savedOf(desk, path), path).toThrow()
    const alert = { tells: ['event'], channel: 'webhook', target: 'https://example.org/', language: 'en' }
    const refused = (more: object, allow: string[] = []): Promise<unknown> => expect(saveView(desk, { name: 'x', path: '/events', alert: { ...alert, ...more } }, allow, noteCommand)).rejects.toThrow()
    for (const target of ['http://127.0.0.1/', 'http://[::1]/', 'http://169.254.169.254/latest', 'http://2130706433/', 'ftp://example.org/', 'http://user:pass@example.org/']) await refused({ target })
    for (const more of [{ tells: [] }, { tells: ['all'] }, { by: 'Atlantis' }, { language: 'tlh' }, { channel: 'pigeon' }, { channel: 'email', target: 'a@b.example\r\nBcc: c@d.example' }, { channel: 'email', target: 'nobody' }]) await refused(more)
    expect((await listAlerts(desk.db)).some(({ name }) => name === 'x')).toBe(false)
  })

  it('are sent signed and in order of trouble: refused ones again later, private ones never', async () => {
    const alert = await save('Sent', '/relations/CAN-FRA')
    const [kept] = (await listAlerts(desk.db)).filter(({ id }) => id === alert)
    await told(alert)
    const event = (await record.store.db.selectFrom('events').select('body').executeTakeFirstOrThrow()).body
    const hook = await openHook((_, count) => (count === 1 ? 503 : null))
    await desk.db.updateTable('alerts').set({ target: hook.url }).where('id', '=', alert).execute()
    const put = (id: string): Promise<number> => putDeliveries(desk.db, [{ id, alert, tells: 'event', event: 'e', type: 'ACCUSE', status: 'occurred', day: '2024-05-07', articles: [], body: { event } }], new Date())
    expect(await put('aa01')).toBe(1)
    expect(await put('aa01')).toBe(0)
    let now = new Date()
    const send = createSend({ desk: 'https://desk.example/', allow: ALLOW, smtp: null, from: null }, messageWords(desk))
    expect(await deliverDue(record.store, { send, now: () => now })).toEqual({ sent: 0, failed: 1 })
    expect(await deliverDue(record.store, { send, now: () => now })).toEqual({ sent: 0, failed: 0 })
    now = new Date(now.getTime() + waitAfter(1, 'aa01') + 1)
    expect(await deliverDue(record.store, { send, now: () => now })).toEqual({ sent: 1, failed: 0 })
    const [taken] = hook.taken
    expect(hook.asked.map(({ key }) => key)).toEqual(['aa01', 'aa01'])
    expect(hook.asked[0]?.body).toBe(hook.asked[1]?.body)
    const [, seconds, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/u.exec(taken?.signature ?? '') ?? []
    expect(signature).toBe(createHmac('sha256', kept?.secret ?? '').update(`${seconds}.${taken?.body}`).digest('hex'))
    expect(JSON.parse(taken?.body ?? '')).toMatchObject({ id: 'aa01', tells: 'event', event: { line: expect.any(String), url: expect.stringMatching(/^https:\/\/desk\.example\/events\//u) } })
    // What leads to a private address is given up at once, and nothing is asked.
    await put('aa02')
    const strict = createSend({ desk: null, allow: [], smtp: null, from: null }, messageWords(desk))
    expect(await deliverDue(record.store, { send: strict, now: () => now })).toEqual({ sent: 0, failed: 1 })
    expect(await desk.db.selectFrom('deliveries').select(['next_due', 'last_error']).where('id', '=', 'aa02').executeTakeFirst()).toMatchObject({ next_due: null, last_error: expect.stringContaining('not a public address') })
    expect(hook.asked).toHaveLength(2)
    await hook.close()
  }, 60_000)

  it('are written as letters that no article can bend', async () => {
    const mailbox = await openMailbox((count) => count === 1)
    const { alert } = await saveView(desk, { name: 'Letters', path: '/relations/CAN-FRA', alert: { tells: ['event'], channel: 'email', target: 'analyst@desk.example', language: 'ru' } }, ALLOW, noteCommand)
    const stored = (await desk.db.selectFrom('events').select('body').executeTakeFirstOrThrow()).body as DeliveryBody['event']
    const event = { ...stored, members: stored.members.map((member) => ({ ...member, quote: `a\r\n.\r\nRCPT TO:<evil@evil.example>\r\n\u202e${member.quote}` })) }
    await putDeliveries(desk.db, [{ id: 'bb01', alert: alert ?? '', tells: 'event', event: 'e', type: 'ACCUSE', status: 'occurred', day: '2024-05-07', articles: [], body: { event } }], new Date())
    const send = createSend({ desk: null, allow: [], smtp: mailbox.url, from: 'Readout <readout@desk.example>' }, messageWords(desk))
    let now = new Date()
    expect(await deliverDue(record.store, { send, now: () => now })).toEqual({ sent: 0, failed: 1 })
    now = new Date(now.getTime() + waitAfter(1, 'bb01') + 1)
    expect(await deliverDue(record.store, { send, now: () => now })).toEqual({ sent: 1, failed: 0 })
    expect(mailbox.letters).toHaveLength(1)
    expect(mailbox.letters[0]).toMatchObject({ from: 'readout@desk.example', to: 'analyst@desk.example', id: '<bb01.readout@desk.example>' })
    expect(mailbox.letters[0]?.source).toMatch(/^auto-submitted: auto-generated$/imu)
    await mailbox.close()
  }, 60_000)
})
