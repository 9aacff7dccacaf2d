/** `readout chronology`: the events of a relationship, a state, a person or a group, in order, each with its sources. */
import { Command, Option } from 'commander'
import { selectEvents, selectFigures } from '../../events/index.ts'
import { STATUSES } from '../../model/index.ts'
import { calendarOf } from '../../render/calendar.ts'
import { type Chronology, chronologyCsv, chronologyHtml, chronologyMarkdown, chronologyText } from '../../render/chronology.ts'
import { linksInWords } from '../../render/reasons.ts'
import { type Knowledge, loadKnowledge } from '../../knowledge/index.ts'
import type { ChronologyQuery } from '../../events/index.ts'
import type { Reading, WorldEvent } from '../../model/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import { eventsForChronology, readingsWithFigures, recordedEvents } from '../../recorded.ts'
import { coderEvents, coderName, codersThere } from '../coders.ts'
import { createWhoIs, dayOf, joinInputs, splitParties, writersIn } from '../joined.ts'
import { type PlaceFlags, withPlace } from '../place.ts'
import { meansRecord, onExisting } from '../recorded.ts'
import { paint, print, UserError } from '../terminal.ts'

const FORMATS = ['text', 'markdown', 'html', 'json', 'csv', 'ics'] as const

interface Flags extends PlaceFlags {
  from?: string; to?: string; types?: string; status?: string; minConfidence?: string; lang: string; format: (typeof FORMATS)[number]; json?: boolean; any?: boolean; coder?: string
  language?: string; published?: string; fast?: boolean; judgements?: string
}

const STATE = /^[A-Z]{3}$/u

const listOf = (value: string | undefined): string[] => (value ?? '').split(',').map((part) => part.trim()).filter((part) => part !== '')

export const chronologyCommand = withPlace(new Command('chronology'))
  .description('print the events of a relationship, a state, a person or a group of states in order, each with its sources')
  .argument('<who and what...>', 'states, bodies or persons by code, id or name in any language; then files, folders, patterns, http(s) addresses, or .jsonl files of readings; without them the record')
  .option('--from <date>', 'from this day, month or year on')
  .option('--to <date>', 'up to this day, month or year')
  .option('--types <list>', 'only these PLOVER types, parted by commas (CONSULT,AGREE)')
  .option('--status <list>', `only these: ${STATUSES.join(', ')}`)
  .option('--min-confidence <number>', 'only events at least this sure, 0 to 1')
  .option('--any', 'what any of the states named does, not only what two of them do together')
  .option('--coder <name>', 'not our events but what another coder says of these states (readout import)')
  .option('--lang <code>', 'language of the lines', 'en')
  .addOption(new Option('--format <format>', 'how to print it').choices(FORMATS).default('text'))
  .option('--json', 'the same as --format json')
  .option('--language <code>', 'language of the pages, where it is known (ISO 639-1)')
  .option('--published <date>', 'day of publication where the page does not say it')
  .option('--fast', 'one extractor instead of two for HTML pages')
  .option('--judgements <file>', 'what people decided on reports, one JSON value a line')
  .addHelpText('after', `
With two or more states named, an event belongs to the chronology when two of them take part in it.

Without inputs the events are those of the record (readout add).

Examples:
  readout chronology RUS CHN --store my-record --from 2022
  readout chronology RUS CHN --coder gdelt --store my-record
  readout chronology RUS CHN examples/articles
  readout chronology RUS CHN pages/ --from 2022 --to 2024-06 --format markdown --lang ru
  readout chronology "Xi Jinping" pages/ --types CONSULT --format ics > visits.ics
  readout read pages/ --jsonl > readings.jsonl && readout chronology FRA readings.jsonl --json`)
  .action(async (words: string[], flags: Flags) => {
    const whoIs = createWhoIs(loadKnowledge(PACKAGE_ROOT))
    const { query: who, inputs } = splitParties(words, whoIs)
    if (who.parties === undefined && who.actors === undefined) throw new UserError(`'${words[0]}' names no state, body or person that is known; give a code such as RUS, or a name such as "Xi Jinping", before the files`)
    const fromRecord = meansRecord(flags, inputs)
    if (!fromRecord && inputs.length === 0) throw new UserError('name the files, folders or addresses to read after whom the chronology is of, or the record with --store or --db')
    const minConfidence = flags.minConfidence === undefined ? 0 : Number(flags.minConfidence)
    if (!(minConfidence >= 0 && minConfidence <= 1)) throw new UserError(`--min-confidence takes a number from 0 to 1, not '${flags.minConfidence}'`)
    const statuses = listOf(flags.status)
    const odd = statuses.find((status) => !(STATUSES as readonly string[]).includes(status))
    if (odd !== undefined) throw new UserError(`there is no status '${odd}'; known: ${STATUSES.join(', ')}`)
    const [from, to] = [dayOf(flags.from, 'first', '--from'), dayOf(flags.to, 'last', '--to')]

    const types = listOf(flags.types).map((type) => type.toUpperCase())
    const query = { ...who, together: (who.parties?.length ?? 0) > 1 && !flags.any ? 2 : 1, types, statuses, minConfidence, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
    const knows = (knowledge: Knowledge): void => {
      const unknown = types.find((type) => knowledge.ontology.types[type] === undefined)
      if (unknown !== undefined) throw new UserError(`there is no type '${unknown}'; known: ${Object.keys(knowledge.ontology.types).join(', ')}`)
      writersIn(knowledge, flags.lang)
    }
    const coder = coderName(flags.coder)
    if (coder !== null && !fromRecord) throw new UserError('--coder takes from the record; leave the inputs out')
    if (coder !== null && (who.actors !== undefined || !who.parties?.every((party) => STATE.test(party)))) throw new UserError('what another coder says can be asked for by state only: give codes such as RUS CHN')
    const withFigures = types.length + statuses.length === 0
    const { knowledge, readings, events, failed } = coder !== null ? await chronologyOfCoder(flags, coder, query, knows) : fromRecord ? await chronologyOfRecord(flags, query, withFigures, knows) : await joinInputs(inputs, flags)
    knows(knowledge)
    const { templates, lines, writer } = writersIn(knowledge, flags.lang)
    const selected = selectEvents(events, query)
    const figures = withFigures ? selectFigures(readings, query) : []
    const names = [...(who.parties ?? []).map((id) => writer.side(id)), ...(who.actors ?? []).map((id) => lines.name(id, knowledge.gazetteer.people.get(id.slice(id.indexOf(':') + 1))?.name ?? id))]
    const chronology: Chronology = {
      title: writer.fill(templates.events.labels.chronology, { parties: names.join(' – ') }), language: flags.lang, events: selected, figures, all: new Map(events.map((event) => [event.id, event])),
    }
    const format = flags.json ? 'json' : flags.format
    const written = {
      text: () => `${chronologyText(chronology, writer, lines, templates, paint)}\n`, markdown: () => chronologyMarkdown(chronology, writer, lines, templates), html: () => chronologyHtml(chronology, writer, lines, templates),
      json: () => `${JSON.stringify({ schema: 1, query, events: selected.map((event) => ({ ...linksInWords(event, writer), line: writer.line(event) })), figures }, null, 1)}\n`, csv: () => chronologyCsv(chronology, writer), ics: () => calendarOf(chronology.title, selected, writer),
    }
    await print(written[format]())
    if (failed > 0) process.exitCode = 1
  })

interface FromRecord { readonly knowledge: Knowledge; readonly readings: readonly Reading[]; readonly events: readonly WorldEvent[]; readonly failed: number }

/** The events of another coder that may belong. */
async function chronologyOfCoder(flags: PlaceFlags, name: string, { parties = [], from, to }: ChronologyQuery, check: (knowledge: Knowledge) => void): Promise<FromRecord> {
  const knowledge = loadKnowledge(PACKAGE_ROOT)
  check(knowledge)
  return onExisting(flags, async (store) => {
    const [coder = name] = await codersThere(store, name)
    return { knowledge, events: await coderEvents(store, coder, { countries: parties, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }), readings: [], failed: 0 }
  })
}

/** The events of the record that may belong, with those they are linked to. */
async function chronologyOfRecord(flags: PlaceFlags, query: ChronologyQuery, withFigures: boolean, check: (knowledge: Knowledge) => void): Promise<FromRecord> {
  const knowledge = loadKnowledge(PACKAGE_ROOT)
  check(knowledge)
  return onExisting(flags, async ({ db }) => {
    const events = await eventsForChronology(db, knowledge, query)
    const there = new Set(events.map(({ id }) => id))
    const linked = [...new Set(selectEvents(events, query).flatMap(({ links }) => links.map(({ event }) => event)))].filter((id) => !there.has(id))
    const parties = (query.together ?? 1) > 1 && withFigures ? (query.parties ?? []) : []
    return { knowledge, events: [...events, ...(await recordedEvents(db, linked))], readings: await readingsWithFigures(db, parties), failed: 0 }
  })
}
