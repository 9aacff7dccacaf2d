/** The log of changes: a line is there with the change it tells of, and not without; commands are logged like what is done over the network. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addDocuments } from '../src/api/add.ts'
import { createDesk, type Desk } from '../src/api/desk.ts'
import { noteCommand } from '../src/api/deeds.ts'
import { changePerson, endKey, makeKey, makePerson } from '../src/api/people.ts'
import { makeDecision, takeBack } from '../src/api/review.ts'
import { forgetAlert, forgetSearch, saveView } from '../src/api/saved.ts'
import { subscribe, unsubscribe } from '../src/api/watched.ts'
import { HERE } from '../src/api/who.ts'
import { openRecord } from '../src/record.ts'
import { PACKAGE_ROOT } from '../src/reader.ts'
import { type Db, listDeeds } from '../src/store/index.ts'

const dir = mkdtempSync(join(tmpdir(), 'readout-deeds-'))
const place = join(dir, 'record')
let desk: Desk
beforeAll(async () => {
  desk = createDesk(await openRecord({ dir: place, threads: 1 }))
}, 120_000)
afterAll(async () => {
  await desk?.record.close()
  rmSync(dir, { recursive: true, force: true })
}, 60_000)

const given = (text: string) => ({ inputs: [{ kind: 'bytes' as const, name: text.slice(0, 12), bytes: new TextEncoder().encode(text) }], published: '2024-05-08', language: 'en' })
const acts = async (): Promise<string[]> => (await listDeeds(desk.db, { limit: 1000 })).items.map(({ act }) => act)
/** A log that cannot be written. */
const broken = (): Promise<void> => Promise.reject(new Error('the log is full'))
const WATCHED = ['articles', 'documents', 'events', 'judgements', 'searches', 'alerts', 'users', 'sessions', 'api_keys', 'feeds', 'audit'] as const
const counts = async (db: Db): Promise<number[]> => Promise.all(WATCHED.map(async (table) => Number((await db.selectFrom(table).select((of) => of.fn.countAll().as('n')).executeTakeFirstOrThrow()).n)))

it('holds a line for each change, and a change without its line is not made', async () => {
  const { db, record: { store } } = desk
  await addDocuments(desk, given('France condemned Belarus on Monday.'), noteCommand)
  const { id } = await db.selectFrom('events').select('id').executeTakeFirstOrThrow()
  const decided = await makeDecision(desk, { on: id, confirm: true, by: 'ana', why: 'seen', lang: undefined }, HERE)
  const { alert } = await saveView(desk, { name: 'kept', path: '/events', alert: { tells: ['event'], target: 'desk@example.org' } }, [], noteCommand)
  await subscribe(store, 'https://example.org/feed.xml', noteCommand)
  await makePerson(store, 'ana', 'admin', 'correct horse battery', noteCommand)
  const key = await makeKey(store, 'nightly', ['ingest'], null, 'ana', noteCommand)
  expect(await acts()).toEqual(['key made', 'person added', 'subscribe', 'search saved', 'decide', 'add'])
  // Nothing new is no change, and is not told.
  await addDocuments(desk, given('France condemned Belarus on Monday.'), noteCommand)
  expect(await forgetSearch(desk, 'nothing', noteCommand)).toBe(false)
  expect(await unsubscribe(store, 'https://example.org/none', noteCommand)).toBe(false)
  expect(await acts()).toHaveLength(6)

  const before = await counts(db)
  const state = async (): Promise<unknown> => [await db.selectFrom('users').select(['role', 'disabled_at', 'password']).execute(), await db.selectFrom('api_keys').select('revoked_at').execute(), await db.selectFrom('judgements').select('withdrawn_at').where('by_kind', '=', 'person').execute(), await db.selectFrom('searches').select('query').execute()]
  const kept = await state()
  const tries: Record<string, () => Promise<unknown>> = {
    add: () => addDocuments(desk, given('Norway condemned Japan on Monday.'), broken), save: () => saveView(desk, { name: 'kept', path: '/relations/CHN-RUS' }, [], broken), forget: () => forgetSearch(desk, 'kept', broken), alert: () => forgetAlert(desk, alert ?? '', broken),
    subscribe: () => subscribe(store, 'https://example.net/feed.xml', broken), unsubscribe: () => unsubscribe(store, 'https://example.org/feed.xml', broken), person: () => makePerson(store, 'bo', 'reader', 'a quiet grey harbour', broken),
    role: () => changePerson(store, 'ana', { disabled: false, password: 'a quiet grey harbour' }, broken), key: () => makeKey(store, 'more', ['read'], null, 'ana', broken), end: () => endKey(store, key.id, broken),
  }
  for (const [name, change] of Object.entries(tries)) await expect(change(), name).rejects.toThrow('the log is full')
  // Those that note by themselves: the table takes no line.
  await db.schema.alterTable('audit').addCheckConstraint('full', sql`who <> 'bo'`).execute()
  await expect(makeDecision(desk, { on: id, reject: true, by: 'bo', why: 'no', lang: undefined }, HERE)).rejects.toThrow()
  await expect(takeBack(desk, decided.judgements[0] ?? '', { by: 'bo', why: 'no', lang: undefined }, HERE)).rejects.toThrow()
  await db.schema.alterTable('audit').dropConstraint('full').execute()
  expect(await counts(db)).toEqual(before)
  expect(await state()).toEqual(kept)
}, 120_000)

it('holds what commands did, under the name of the system\'s user', async () => {
  const [event] = await desk.db.selectFrom('events').select('id').execute()
  await desk.record.close()
  const run = (...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', join(PACKAGE_ROOT, 'src', 'cli', 'main.ts'), ...args, '--store', place], { encoding: 'utf8', timeout: 200_000, env: { ...process.env, READOUT_PASSWORD: 'seven small lanterns', READOUT_REVIEWER: 'ana' } })
    expect(status, `${args.join(' ')}\n${stderr}`).toBe(0)
    return stdout
  }
  const page = join(dir, 'page.txt')
  writeFileSync(page, 'Spain condemned Chile on Monday.')
  run('add', page, '--workers', '1', '--published', '2024-05-08', '--language', 'en')
  run('review', event?.id ?? '', '--note', 'seen')
  run('alerts', '--save', 'mine', '--view', '/events')
  run('watch', '--remove', 'https://example.org/feed.xml')
  run('user', 'add', 'cy', '--role', 'reader')
  run('rebuild', '--workers', '1')
  const { entries } = JSON.parse(run('audit', '--json')) as { entries: { act: string; who: string; via: string; subject: string | null; detail: unknown }[] }
  const [rebuilt, person, feed, search, decision, added] = entries
  for (const entry of [rebuilt, person, feed, search, decision, added]) expect(entry).toMatchObject({ who: userInfo().username, via: 'command' })
  expect(rebuilt).toMatchObject({ act: 'rebuild' })
  expect(person).toMatchObject({ act: 'person added', subject: 'cy' })
  expect(feed).toMatchObject({ act: 'unsubscribe', subject: 'https://example.org/feed.xml' })
  expect(search).toMatchObject({ act: 'search saved', subject: 'mine' })
  expect(decision).toMatchObject({ act: 'decide', subject: event?.id, detail: { note: 'seen', by: 'ana' } })
  expect(added).toMatchObject({ act: 'add', subject: page, detail: { added: 1, articles: [expect.any(String)] } })
  expect(JSON.stringify(entries)).not.toContain('lanterns')
}, 900_000)
