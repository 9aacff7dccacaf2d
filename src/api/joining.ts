/**
 * Events of a record that nothing has joined yet: joined as a whole and written to the store, so that every view walks the same indexes.
 * A record whose events are kept by somebody else is left alone.
 */
import { sql } from 'kysely'
import { accountsOf, joinTellings, tellAll } from '../events/index.ts'
import type { Actor, EventJudgement, EventParty, Reading, WorldEvent } from '../model/index.ts'
import type { LastingRecord } from '../record.ts'
import { appendJudgements, deleteEvents, dropRuleJudgements, getReading, listArticles, listJudgements, partyKeys, putAccounts, putEvents, type Db, type Judgement } from '../store/index.ts'
import { createVoiceOf } from '../voices.ts'

export type EventsState =
  /** The events are those of all articles. */
  | 'current'
  /** More articles than are joined at once, and nothing has joined them. */
  | 'too-many'

const MARK = 'desk-joined'
/** Up to here the record is joined whole whenever something came in. */
const MOST_ARTICLES = 3000
const PAGE = 200

interface Extent { readonly articles: number; readonly events: number; readonly mark: string; readonly known: string | null }

async function extentOf(db: Db, run: string): Promise<Extent> {
  const { rows } = await sql<{ articles: number; last: string | null; events: number; judgements: number; withdrawn: number; known: string | null }>`
    select (select count(*) from articles) as articles, (select max(first_seen) from articles) as last, (select count(*) from (select 1 from events limit 1) as few) as events,
      (select count(*) from judgements where by_kind = 'person') as judgements, (select count(*) from judgements where by_kind = 'person' and withdrawn_at is not null) as withdrawn,
      (select value from meta where key = ${MARK}) as known`.execute(db)
  const [row] = rows
  if (!row) throw new Error('a count gives one row')
  return { articles: row.articles, events: row.events, known: row.known, mark: JSON.stringify([row.articles, row.last, row.judgements, row.withdrawn, run]) }
}

/** Joins what is not joined. Cheap when nothing came in. */
export async function bringUpToDate(record: LastingRecord): Promise<EventsState> {
  const { db } = record.store
  const extent = await extentOf(db, record.run)
  if (extent.known === extent.mark) return 'current'
  if (extent.known === null && extent.events > 0) return 'current'
  if (extent.articles > MOST_ARTICLES) return 'too-many'
  const { readings, months } = await allReadings(db)
  const people = await allJudgements(db)
  const voiceOf = createVoiceOf(record.knowledge)
  const { events, judgements } = joinTellings(tellAll(readings), people, ({ article }) => voiceOf(article))
  const byId = new Map(readings.map((reading) => [reading.article.id, reading]))
  await record.store.transaction(async (tx) => {
    const before = await sql<{ id: string }>`select id from events`.execute(tx)
    await deleteEvents(tx, before.rows.map(({ id }) => id))
    await dropRuleJudgements(tx, readings.flatMap(({ reports }) => reports.map(({ id }) => id)))
    await putEvents(tx, events.map((event) => recordOf(event, months)))
    for (const event of events) {
      const told = [...new Set(event.members.map(({ article }) => article))].flatMap((id) => byId.get(id) ?? [])
      await putAccounts(tx, event.id, accountsOf(event, told, voiceOf).map((account) => ({ side: account.side, body: account })))
    }
    await appendJudgements(tx, judgements)
    await sql`insert into meta (key, value) values (${MARK}, ${extent.mark}) on conflict (key) do update set value = excluded.value`.execute(tx)
  })
  return 'current'
}

async function allReadings(db: Db): Promise<{ readonly readings: readonly Reading[]; readonly months: ReadonlyMap<string, string> }> {
  const readings: Reading[] = []
  const months = new Map<string, string>()
  for (let cursor: string | null = null; ;) {
    const page = await listArticles(db, { limit: PAGE, cursor })
    for (const { id, month } of page.items) {
      const reading = await getReading(db, id)
      if (reading === null) continue
      readings.push(reading)
      months.set(id, month)
    }
    cursor = page.next
    if (cursor === null) return { readings, months }
  }
}

async function allJudgements(db: Db): Promise<EventJudgement[]> {
  const out: Judgement[] = []
  for (let cursor: string | null = null; ;) {
    const page = await listJudgements(db, { by: 'person', cursor })
    out.push(...page.items)
    cursor = page.next
    if (cursor === null) return out
  }
}

const actorOf = (party: EventParty): Actor => ({ ...party, span: [0, 0], text: party.name })

function recordOf(event: WorldEvent, months: ReadonlyMap<string, string>) {
  const { id, type, mode, status, historical, confidence, firstDay, lastDay, members } = event
  return {
    id, type, mode, status, historical, confidence, firstDay, lastDay, keys: partyKeys(event.actors.map(actorOf), event.recipients.map(actorOf)),
    reports: members.map(({ report, article }) => ({ report, month: months.get(article) ?? '' })), body: event,
  }
}
