/** `readout compare`: what each side said of one event, and what it left out. */
import { existsSync } from 'node:fs'
import { Command, Option } from 'commander'
import { compareAccounts, OTHERS, partiesOf } from '../../events/index.ts'
import type { Account, WorldEvent } from '../../model/index.ts'
import { comparisonHtml, comparisonMarkdown, comparisonText } from '../../render/comparison.ts'
import { linksInWords } from '../../render/reasons.ts'
import { loadKnowledge } from '../../knowledge/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { eventsWithSides, recordedAccounts, recordedEvents } from '../../recorded.ts'
import { createWhoIs, type JoinedInput, joinInputs, writersIn } from '../joined.ts'
import { type PlaceFlags, withPlace } from '../place.ts'
import { meansRecord, onExisting } from '../recorded.ts'
import { paint, print, UserError } from '../terminal.ts'

const FORMATS = ['text', 'markdown', 'html', 'json'] as const

interface Flags extends PlaceFlags { sides?: string; list?: boolean; lang: string; format: (typeof FORMATS)[number]; json?: boolean; language?: string; published?: string; fast?: boolean; judgements?: string }

const EVENT_ID = /^[0-9a-f]{14}$/u

export const compareCommand = withPlace(new Command('compare'))
  .description('print the accounts of one event side by side: said by both, by one side only, by neither though others report it')
  .argument('[event or input...]', 'id of an event (as --list and chronology --json give it), then files, folders, patterns, addresses or .jsonl files of readings; without an id the event most told by its sides; without inputs the record')
  .option('--sides <two>', 'the two sides to compare, parted by a comma (RUS,CHN)')
  .option('--list', 'list the events that can be compared')
  .option('--lang <code>', 'language of the lines', 'en')
  .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS).default('text'))
  .option('--json', 'the same as --format json')
  .option('--language <code>', 'language of the pages, where it is known (ISO 639-1)')
  .option('--published <date>', 'day of publication where the page does not say it')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .option('--judgements <file>', 'what people decided on reports, one JSON value a line')
  .addHelpText('after', `
Without inputs the event is looked up in the record (readout add).

Examples:
  readout compare 1f0c2b9a77d3e4 --store my-record
  readout compare examples/articles/call-2024-02-08.*
  readout compare pages/ --list
  readout compare 1f0c2b9a77d3e4 pages/ --sides RUS,CHN --lang fr --format markdown`)
  .action(async (words: string[], flags: Flags) => {
    const [first = ''] = words
    const id = EVENT_ID.test(first) && !existsSync(first) ? first : null
    const inputs = id === null ? words : words.slice(1)
    const fromRecord = meansRecord(flags, inputs)
    if (!fromRecord && inputs.length === 0) throw new UserError('name the files, folders or addresses the event is told in, or the record with --store or --db')
    const { knowledge, events, accountsOf, failed } = fromRecord ? await eventsOfRecord(flags, flags.list ? null : id) : await joinInputs(inputs, flags)
    const { templates, lines, writer } = writersIn(knowledge, flags.lang)
    if (failed > 0) process.exitCode = 1
    const candidates = comparable(events, accountsOf)
    if (flags.list) {
      for (const { event, sides } of candidates) await print(`${event.id}  ${writer.date(event)}  ${writer.line(event)}  ${paint.dim(sides.join(' '))}\n`)
      if (candidates.length === 0) throw new UserError('none of the events is told by two of its sides')
      return
    }
    const chosen = id === null ? candidates[0]?.event : events.find((event) => event.id === id)
    if (!chosen) throw new UserError(id === null ? 'none of the events is told by two of its sides; --list shows those that are' : `there is no event ${id} in what was read; --list shows those that can be compared`)
    const own = accountsOf(chosen)
    const [a, b] = flags.sides === undefined ? sidesOf(chosen, own) : namedSides(flags.sides, createWhoIs(knowledge))
    if (a === undefined || b === undefined) throw new UserError('the event has no two sides; name them with --sides')
    const comparison = compareAccounts(chosen.id, own, a, b)
    const compared = { event: chosen, comparison, accounts: own, language: flags.lang }
    const format = flags.json ? 'json' : flags.format
    const written = {
      text: () => `${comparisonText(compared, writer, lines, templates, paint)}\n`, markdown: () => comparisonMarkdown(compared, writer, lines, templates), html: () => comparisonHtml(compared, writer, lines, templates),
      json: () => `${JSON.stringify({ schema: 1, event: linksInWords(chosen, writer), accounts: own, comparison }, null, 1)}\n`,
    }
    await print(written[format]())
  })

const size = (account: Account): number => account.topics.length + (account.official ? 100 : 0)

/** Events of which two parties have accounts, those told most by their sides first. */
function comparable(events: readonly WorldEvent[], accountsOf: (event: WorldEvent) => readonly Account[]): { event: WorldEvent; sides: string[] }[] {
  return events.filter((event) => partiesOf(event).length > 1).map((event) => ({ event, own: accountsOf(event).filter(({ side, topics }) => side !== OTHERS && topics.length > 0) })).filter(({ own }) => own.length > 1)
    .map(({ event, own }) => ({ event, sides: own.map(({ side }) => side), weight: Math.min(...own.map(size).sort((x, y) => y - x).slice(0, 2)) * (event.status === 'occurred' || event.status === 'ongoing' ? 2 : 1) * (event.type === 'CONSULT' ? 3 : 1) * Math.min(4, new Set(event.members.map(({ article }) => article)).size) }))
    .sort((x, y) => y.weight - x.weight || (x.event.id < y.event.id ? -1 : 1))
}

/** The two parties that say most; those without an account after those with one. */
function sidesOf(event: WorldEvent, accounts: readonly Account[]): (string | undefined)[] {
  const weight = (side: string): number => { const account = accounts.find((candidate) => candidate.side === side); return account ? size(account) : -1 }
  return partiesOf(event).sort((x, y) => weight(y) - weight(x) || (x < y ? -1 : 1)).slice(0, 2)
}

function namedSides(given: string, whoIs: ReturnType<typeof createWhoIs>): string[] {
  const sides = given.split(',').map((word) => word.trim()).filter((word) => word !== '')
  if (sides.length !== 2) throw new UserError(`--sides takes two, parted by a comma (RUS,CHN), not '${given}'`)
  return sides.map((word) => {
    const who = whoIs(word)
    if (who?.kind !== 'party') throw new UserError(`'${word}' is no state or body that is known`)
    return who.id
  })
}

/** The event named, or those of the record that two sides tell, with their accounts. */
async function eventsOfRecord(flags: PlaceFlags, id: string | null): Promise<Pick<JoinedInput, 'knowledge' | 'events' | 'accountsOf' | 'failed'>> {
  const knowledge = loadKnowledge(PACKAGE_ROOT)
  return onExisting(flags, async ({ db }) => {
    const events = id === null ? await eventsWithSides(db) : await recordedEvents(db, [id])
    const accounts = new Map<string, Account[]>()
    for (const event of events) accounts.set(event.id, await recordedAccounts(db, event.id))
    return { knowledge, events, failed: 0, accountsOf: (event) => accounts.get(event.id) ?? [] }
  })
}
