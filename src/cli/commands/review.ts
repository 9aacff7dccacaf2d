/** `readout review`: what is most worth a person's decision, and the decisions. */
import { readFile, writeFile } from 'node:fs/promises'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { noteCommand } from '../../api/deeds.ts'
import { stringify } from 'yaml'
import { applyCorrections, casesOf, exportCorrections, parseCorrections, type TestCase } from '../../corrections.ts'
import { type Knowledge, loadKnowledge } from '../../knowledge/index.ts'
import type { WorldEvent } from '../../model/index.ts'
import { PACKAGE_ROOT } from '../../reader.ts'
import type { EventWriter } from '../../render/events.ts'
import { linksInWords, whyOf } from '../../render/reasons.ts'
import { recordedEvents } from '../../recorded.ts'
import { decide, type Decided, type Decision, fieldValue, historyOf, type Question, ReviewError, reviewQueue, undo } from '../../review.ts'
import type { Judgement, Store } from '../../store/index.ts'
import { createVoiceOf } from '../../voices.ts'
import { createWhoIs, writersIn } from '../joined.ts'
import { type PlaceFlags, wholeNumber, withPlace } from '../place.ts'
import { onExisting } from '../recorded.ts'
import { paint, print, UserError } from '../terminal.ts'

interface Flags extends PlaceFlags {
  confirm?: boolean; reject?: boolean; same?: string; notSame?: string; correct?: string[]; note?: string; undo?: string; export?: string; apply?: string; cases?: string; by?: string; why?: string; limit: string; lang: string; json?: boolean
}

const gather = (value: string, before: string[] = []): string[] => [...before, value]

export const reviewCommand = withPlace(new Command('review'))
  .description('list what is most worth deciding, and decide it: confirm, reject, join, part, correct, note; decisions stay through every rebuild')
  .argument('[event or report]', 'what the decision is on; alone it shows what was decided on it; without it the queue is listed')
  .option('--confirm', 'it is right')
  .option('--reject', 'it is wrong and counts no more')
  .option('--same <other>', 'this event or report tells the same happening')
  .option('--not-same <other>', 'this event or report tells another happening')
  .option('--correct <field=value>', 'the right value of a field: type, mode, contexts, actors, recipients, date, place, status, historical; may be given again', gather)
  .option('--note <text>', 'a note that is shown with it')
  .option('--undo <judgement>', 'take a decision back')
  .option('--export <file>', 'write what people decided, for another record')
  .option('--apply <file>', 'make the decisions of such a file this record\'s, where it holds the same words')
  .option('--cases <folder>', 'write sentences people decided on as test cases, in the form of languages/*/cases')
  .option('--by <name>', 'who decides (default: READOUT_REVIEWER)')
  .option('--why <text>', 'the reason')
  .option('--limit <n>', 'length of the queue', '20')
  .option('--lang <code>', 'language of the lines', 'en')
  .option('--json', 'print everything as JSON')
  .addHelpText('after', `
On an event a decision holds for all its reports. The queue is ordered by how many reports an answer could move and how open it is.

Examples:
  readout review
  readout review 1f0c2b9a77d3e4
  readout review 1f0c2b9a77d3e4 --not-same 77d3e41f0c2b9a --by Ana --why "two calls that week"
  readout review 1f0c2b9a77d3e4 --correct date=2024-02-08 --by Ana --why "the Kremlin's own page"
  readout review --export decisions.jsonl
  readout review --apply decisions.jsonl --store other-record
  readout review --undo 9a77d3e41f0c2b --by Ana --why "misread"`)
  .action(async (on: string | undefined, flags: Flags) => {
    const limit = wholeNumber('--limit', flags.limit, 1, 1000)
    const knowledge = loadKnowledge(PACKAGE_ROOT)
    const { writer } = writersIn(knowledge, flags.lang)
    const decides = flags.confirm === true || flags.reject === true || [flags.same, flags.notSame, flags.correct, flags.note].some((value) => value !== undefined)
    if (decides && on === undefined) throw new UserError('name the event or report the decision is on; readout review lists them')
    if (decides && flags.undo !== undefined) throw new UserError('--undo takes a decision back; give it without another decision')
    const by = flags.by ?? process.env['READOUT_REVIEWER'] ?? ''
    if ((decides || flags.undo !== undefined) && by === '') throw new UserError('say who decides, with --by NAME or READOUT_REVIEWER')
    const carried = [flags.export, flags.apply, flags.cases].filter((file) => file !== undefined)
    if (carried.length > 1 || (carried.length === 1 && (decides || flags.undo !== undefined || on !== undefined))) throw new UserError('--export, --apply and --cases each stand alone')
    try {
      await onExisting(flags, async (store) => {
        if (flags.export !== undefined) await carryOut(store, flags.export)
        else if (flags.apply !== undefined) await carryIn(store, knowledge, flags.apply, flags)
        else if (flags.cases !== undefined) await writeCases(store, knowledge, flags.cases)
        else if (flags.undo !== undefined) await told(await undo(store, createVoiceOf(knowledge), flags.undo, by, flags.why ?? '', (tx, judgements) => noteCommand(tx, { act: 'undo', subject: flags.undo ?? null, detail: { by, why: flags.why ?? '', judgements } })), 'taken back', flags, writer)
        else if (decides) {
          const decision = decisionOf(knowledge, on ?? '', by, flags)
          const { on: subject, ...detail } = decision
          await told(await decide(store, createVoiceOf(knowledge), decision, (tx, judgements) => noteCommand(tx, { act: 'decide', subject, detail: { ...detail, judgements } })), 'decided', flags, writer)
        }
        else if (on !== undefined) await history(store, on, flags, writer)
        else await queue(await reviewQueue(store, limit), flags, writer)
      })
    } catch (error) {
      if (error instanceof ReviewError) throw new UserError(error.message)
      throw error
    }
  })

async function carryOut(store: Store, file: string): Promise<void> {
  const lines: string[] = []
  for await (const line of exportCorrections(store)) lines.push(`${line}\n`)
  await writeFile(file, lines.join('')).catch((error: NodeJS.ErrnoException) => { throw new UserError(`cannot write ${file}: ${error.message}`) })
  await print(`${lines.length - 1} ${lines.length === 2 ? 'judgement' : 'judgements'} written to ${file}\n`)
}

async function carryIn(store: Store, knowledge: Knowledge, file: string, flags: Flags): Promise<void> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => { throw new UserError(`cannot read ${file}: ${error.message}`) })
  const done = await applyCorrections(store, createVoiceOf(knowledge), parseCorrections(text), async (tx, done) => { if (done.applied > 0) await noteCommand(tx, { act: 'decisions applied', subject: file, detail: done }) })
  await print(flags.json ? `${JSON.stringify(done)}\n` : `applied ${done.applied}, known already ${done.known}, without its words in this record ${done.missing}\n`)
}

async function writeCases(store: Store, knowledge: Knowledge, folder: string): Promise<void> {
  const { byLanguage, leftOut } = await casesOf(store, knowledge)
  mkdirSync(folder, { recursive: true })
  for (const [language, cases] of byLanguage) await writeFile(join(folder, `${language}.yaml`), `# Sentences people decided on, and what is right. Read them before they go to languages/${language}/cases: a case must hold beyond its article.\n${cases.map(caseLine).join('')}`)
  await print(`${[...byLanguage].map(([language, cases]) => `${language} ${cases.length}`).join(', ') || 'no sentence is decided on as a whole'}${leftOut === 0 ? '' : `; left out ${leftOut}, of which not all is decided or which do not stand alone`}\n`)
}

const caseLine = (one: TestCase): string => stringify([one], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).replace(/^\[ ([\s\S]*) \]\n?$/u, '- $1\n')

function decisionOf(knowledge: Knowledge, on: string, by: string, flags: Flags): Decision {
  const whoIs = createWhoIs(knowledge)
  const correct = (flags.correct ?? []).map((given) => {
    const at = given.indexOf('=')
    if (at < 1) throw new UserError(`--correct takes field=value, such as date=2024-02-08, not '${given}'`)
    const field = given.slice(0, at).trim()
    return { field, value: fieldValue(knowledge, field, given.slice(at + 1).trim(), (word) => whoIs(word)?.id ?? null) }
  })
  return {
    on, by, why: flags.why ?? '', correct, ...(flags.confirm ? { confirm: true } : {}), ...(flags.reject ? { reject: true } : {}), ...(flags.same === undefined ? {} : { same: flags.same }),
    ...(flags.notSame === undefined ? {} : { notSame: flags.notSame }), ...(flags.note === undefined ? {} : { note: flags.note }),
  }
}

const lineOf = (event: WorldEvent, writer: EventWriter): string => `${event.id}  ${writer.date(event)}  ${writer.line(event)}  ${paint.dim(`[${event.type} ${event.confidence}, ${event.members.length} reports]`)}`

async function told({ judgements, events }: Decided, what: string, flags: Flags, writer: EventWriter): Promise<void> {
  if (flags.json) return print(`${JSON.stringify({ judgements, events: events.map((event) => linksInWords(event, writer)) })}\n`)
  await print(`${what}: ${judgements.length === 1 ? 'judgement' : 'judgements'} ${judgements.join(' ')}\n`)
  for (const event of events) await print(`${lineOf(event, writer)}\n`)
  if (events.length === 0) await print('no event holds its reports now\n')
}

/* Events and reasons of a question as they are shown. */
function questionInWords(question: Question, writer: EventWriter): Question {
  const { kind, event, other } = question
  return { ...question, event: linksInWords(event, writer), ...(other ? { other: linksInWords(other, writer) } : {}), ...(kind === 'same-or-not' ? { why: whyOf(question, other === undefined, writer) } : {}) }
}

async function queue(questions: readonly Question[], flags: Flags, writer: EventWriter): Promise<void> {
  if (flags.json) return print(`${JSON.stringify({ schema: 1, questions: questions.map((question) => questionInWords(question, writer)) })}\n`)
  if (questions.length === 0) await print('nothing is open\n')
  for (const { kind, weight, event, other, reports, score, why, field, values } of questions.map((question) => questionInWords(question, writer))) {
    await print(`${paint.bold(String(weight))}  ${lineOf(event, writer)}\n`)
    if (kind === 'same-or-not') await print(`      the same as?  ${other ? lineOf(other, writer) : 'joined'}\n      ${paint.dim(`reports ${reports?.join(' ')}; rules: ${score}, ${why}`)}\n`)
    else if (kind === 'which-version') await print(`      ${field}?  ${(values ?? []).map(({ value, weight }) => `${value} (${Math.round(weight * 100) / 100})`).join(', ')}\n`)
    else await print(`      right?  ${paint.dim(event.members[0]?.quote ?? '')}\n`)
  }
}

async function history(store: Store, on: string, flags: Flags, writer: EventWriter): Promise<void> {
  const judgements = await historyOf(store, on)
  const [event] = await recordedEvents(store.db, [on])
  if (flags.json) return print(`${JSON.stringify({ schema: 1, event: event ? linksInWords(event, writer) : null, judgements: judgements.map((judgement) => ({ ...judgement, why: whyOf(judgement, judgement.kind === 'same-event', writer) })) })}\n`)
  if (event) {
    await print(`${lineOf(event, writer)}\n`)
    for (const { report, outlet, language, quote } of event.members) await print(`  ${report}  ${outlet ?? '?'} · ${language}  ${paint.dim(quote)}\n`)
  }
  for (const judgement of judgements) await print(`${judgementLine(judgement, writer)}\n`)
}

function judgementLine({ id, kind, report, other, field, value, by, at, score, withdrawn, ...more }: Judgement, writer: EventWriter): string {
  const why = whyOf(more, kind === 'same-event', writer)
  const what = [kind, report, other, field === null ? null : `${field}=${JSON.stringify(value)}`, score === null ? null : String(score)].filter((part) => part !== null).join(' ')
  return `${id}  ${at.slice(0, 16)}  ${by.name}: ${what}${why === '' ? '' : ` (${why})`}${withdrawn ? `; taken back by ${withdrawn.by}: ${withdrawn.why}` : ''}`
}
