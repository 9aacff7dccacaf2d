/** What chronologies and comparisons share: the readings of what the user named, joined in memory; who is meant by a name; writers in the reader's language. */
import { existsSync, readFileSync } from 'node:fs'
import { accountsOf, type ChronologyQuery, joinTellings, tellAll } from '../events/index.ts'
import type { Knowledge } from '../knowledge/index.ts'
import type { Account, EventJudgement, Reading, WorldEvent } from '../model/index.ts'
import { createReader } from '../reader.ts'
import { createEventWriter, type EventWriter } from '../render/events.ts'
import { createLineWriter, type LineWriter } from '../render/lines.ts'
import { usualNames } from '../render/names.ts'
import { readingSchema } from '../schema.ts'
import { createVoiceOf } from '../voices.ts'
import { listInputs, loadInput } from './inputs.ts'
import { progress, say, UserError } from './terminal.ts'

export interface JoinedInput {
  readonly knowledge: Knowledge
  readonly readings: readonly Reading[]
  readonly events: readonly WorldEvent[]
  /** Each side's account of an event. */
  readonly accountsOf: (event: WorldEvent) => Account[]
  /** Inputs that could not be had. */
  readonly failed: number
}

export interface JoinFlags { readonly language?: string; readonly published?: string; readonly fast?: boolean; readonly judgements?: string }

/** Reads pages (or readings that were read before, one a line in `.jsonl` files) and joins what they report. */
export async function joinInputs(names: readonly string[], flags: JoinFlags): Promise<JoinedInput> {
  const inputs = await listInputs(names)
  const reader = createReader()
  const readings: Reading[] = []
  const bar = progress(inputs.length, 'reading')
  let failed = 0
  try {
    for (const input of inputs) {
      try {
        if (input.kind === 'file' && input.path.endsWith('.jsonl')) readings.push(...readingsIn(input.path))
        else {
          const page = await loadInput(input)
          readings.push(await reader.read({ ...page, language: flags.language ?? page.language ?? null, published: flags.published ?? page.published ?? null }, flags.fast ? { fast: true } : {}))
        }
      } catch (error) {
        if (!(error instanceof UserError)) throw error
        say(`readout: ${error.message}`)
        failed++
      }
      bar.step()
    }
  } finally {
    bar.stop()
    await reader.close()
  }
  const judgements = flags.judgements === undefined ? [] : judgementsIn(flags.judgements)
  const voiceOf = createVoiceOf(reader.knowledge)
  const { events } = joinTellings(tellAll(readings), judgements, ({ article }) => voiceOf(article))
  const byId = new Map(readings.map((reading) => [reading.article.id, reading]))
  return { knowledge: reader.knowledge, readings, failed, events, accountsOf: (event) => accountsOf(event, [...new Set(event.members.map(({ article }) => article))].flatMap((id) => byId.get(id) ?? []), voiceOf) }
}

/* Files of lines, each a JSON value; a bad line names itself. */
function* jsonLines(path: string, what: string): Generator<{ value: unknown; line: number }> {
  if (!existsSync(path)) throw new UserError(`there is no file '${path}'`)
  for (const [index, line] of readFileSync(path, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue
    try {
      yield { value: JSON.parse(line), line: index + 1 }
    } catch {
      throw new UserError(`${path}:${index + 1} is no JSON; one ${what} a line is expected`)
    }
  }
}

function readingsIn(path: string): Reading[] {
  return [...jsonLines(path, 'reading')].map(({ value, line }) => {
    const parsed = readingSchema.safeParse(value)
    if (!parsed.success) throw new UserError(`${path}:${line} is no reading: ${parsed.error.issues.slice(0, 3).map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; ')} (readings are what 'readout read --jsonl' prints)`)
    return value as Reading
  })
}

const KINDS = ['same-event', 'not-same', 'field-correction', 'confirm', 'reject', 'annotate']

function judgementsIn(path: string): EventJudgement[] {
  return [...jsonLines(path, 'judgement')].map(({ value, line }) => {
    const given = value as Partial<EventJudgement> | null
    if (typeof given !== 'object' || given === null || !KINDS.includes(given.kind ?? '')) throw new UserError(`${path}:${line} is no judgement: kind must be one of ${KINDS.join(', ')}`)
    return { by: { kind: 'person', name: 'unknown' }, why: '', ...given } as EventJudgement
  })
}

/** Who a word names, as a state, a body above states or a person; null when it names nobody known. */
export type WhoIs = (word: string) => { readonly kind: 'party' | 'actor'; readonly id: string } | null

/** Makes the function that finds who is meant: codes (RUS, ru), ids (person:xi-jinping) and names in any language. */
export function createWhoIs(knowledge: Knowledge): WhoIs {
  const fold = (word: string): string => word.trim().toLowerCase().replace(/\s+/gu, ' ')
  const { states, people, organisations } = knowledge.gazetteer
  const found = new Map<string, { kind: 'party' | 'actor'; id: string }>()
  const add = (name: string, kind: 'party' | 'actor', id: string): void => { if (!found.has(fold(name))) found.set(fold(name), { kind, id }) }
  for (const [id, { name, iso2 }] of states) {
    add(id, 'party', id)
    add(`state:${id}`, 'party', id)
    if (iso2 !== '') add(iso2, 'party', id)
    add(name, 'party', id)
  }
  for (const [id, { name, country }] of organisations) {
    const own = country !== null && states.has(country)
    add(`organisation:${id}`, own ? 'actor' : 'party', `organisation:${id}`)
    add(name, own ? 'actor' : 'party', `organisation:${id}`)
  }
  for (const [id, { name }] of people) {
    add(`person:${id}`, 'actor', `person:${id}`)
    add(name, 'actor', `person:${id}`)
  }
  for (const language of knowledge.languages) {
    for (const { kind, form, id, text, weak } of knowledge.names(language)) {
      if (form !== 'name' || weak) continue
      if (kind === 'state') add(text, 'party', id)
      else if (kind === 'person') add(text, 'actor', `person:${id}`)
      else if (kind === 'organisation') add(text, found.get(`organisation:${id}`)?.kind ?? 'party', `organisation:${id}`)
    }
  }
  return (word) => found.get(fold(word)) ?? null
}

/** Parts the words before the first input: who the chronology is of, and what to read. */
export function splitParties(words: readonly string[], whoIs: WhoIs): { readonly query: Pick<ChronologyQuery, 'parties' | 'actors'>; readonly inputs: readonly string[] } {
  const parties: string[] = []
  const actors: string[] = []
  let at = 0
  for (; at < words.length; at++) {
    const word = words[at] ?? ''
    // A file of that name is meant as a file, unless it can only be a code.
    const who = existsSync(word) && !/^[A-Z]{3}$/u.test(word) ? null : whoIs(word)
    if (!who) break
    if (who.kind === 'party') parties.push(who.id)
    else actors.push(who.id)
  }
  return { query: { ...(parties.length > 0 ? { parties: [...new Set(parties)] } : {}), ...(actors.length > 0 ? { actors: [...new Set(actors)] } : {}) }, inputs: words.slice(at) }
}

/** The writers of a language. Throws UserError when it has no templates. */
export function writersIn(knowledge: Knowledge, language: string) {
  const templates = knowledge.templates(language)
  if (!templates) throw new UserError(`nothing can be written in '${language}'; known: ${knowledge.languages.filter((code) => knowledge.templates(code) !== null).join(', ')}`)
  const names = usualNames(knowledge.names(language))
  const lines: LineWriter = createLineWriter(templates, (id) => names.get(id) ?? null)
  const writer: EventWriter = createEventWriter(lines, templates)
  return { templates, lines, writer }
}

/** A day, month or year as the first or last day it means. Throws UserError. */
export function dayOf(value: string | undefined, end: 'first' | 'last', flag: string): string | undefined {
  if (value === undefined) return undefined
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/u.exec(value)
  if (!match || (match[2] !== undefined && (Number(match[2]) < 1 || Number(match[2]) > 12))) throw new UserError(`${flag} takes a day, month or year such as 2024-02-08, 2024-02 or 2024, not '${value}'`)
  if (match[3] !== undefined) return value
  if (end === 'first') return `${match[1]}-${match[2] ?? '01'}-01`
  return new Date(Date.UTC(Number(match[1]), match[2] === undefined ? 12 : Number(match[2]), 0)).toISOString().slice(0, 10)
}
