/** Other coders in the record: their files taken in, and what is kept of them read out again. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { basename } from 'node:path'
import { noteCommand } from '../api/deeds.ts'
import { joinTellings, tellAll } from '../events/index.ts'
import type { Coding, ExportRecord } from '../export/index.ts'
import type { Back, ImportFormat } from '../import/index.ts'
import { readingOf } from '../import/reading.ts'
import type { WorldEvent } from '../model/index.ts'
import { PACKAGE_ROOT } from '../reader.ts'
import { codedFileId, type CodedLine, getCodedFile, listCoders, listCodings, putCodedFile, putCodings, type Store } from '../store/index.ts'
import { codeVersion, knowledgeVersion } from '../version.ts'
import { codingsIn, type FileProblem } from './codings.ts'
import { reason } from './inputs.ts'
import { UserError } from './terminal.ts'

/** Lines kept in one transaction. */
const TOGETHER = 1000
const LONGEST_NAME = 100

export interface CoderFile { readonly file: string; readonly format: ImportFormat; readonly coder: string | null }

export interface Kept {
  readonly file: string
  /** Lines that were not in the record. */
  readonly added: number
  /** Lines that were. */
  readonly known: number
  readonly bad: number
  /** The whole file was taken in before. */
  readonly same: boolean
}

/** The name of a coder as it may be given. Throws UserError. */
export function coderName(given: string | undefined): string | null {
  if (given === undefined) return null
  const name = given.trim()
  if (name === '' || name.length > LONGEST_NAME || /\p{C}/u.test(name)) throw new UserError(`--coder takes a name of 1 to ${LONGEST_NAME} characters`)
  return name
}

/** A coding under the name that was given to its coder. */
export const named = (coding: Coding, coder: string | null): Coding => (coder === null ? coding : { ...coding, coder })

const lineOf = (coding: Coding): CodedLine<Coding> => ({
  coder: coding.coder, type: coding.type, status: coding.status, firstDay: coding.firstDay, lastDay: coding.lastDay,
  countries: [...new Set([...coding.actors, ...coding.recipients].flatMap(({ country }) => country ?? []))].sort(), body: coding,
})

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) hash.update(chunk)
  } catch (error) {
    throw new UserError(`cannot read '${file}': ${reason(error)}`)
  }
  return hash.digest('hex')
}

/** Takes a file into the record, some lines at a time. The same again changes nothing; what was broken off goes on where it was. */
export async function keepFile(store: Store, { file, format, coder }: CoderFile, back: Back, problem: (problem: FileProblem) => void, progress: (lines: number) => void): Promise<Kept> {
  const sha256 = await sha256Of(file)
  const id = codedFileId(sha256, format, coder)
  const before = await getCodedFile(store.db, id)
  if (before) return { file, added: 0, known: before.lines, bad: before.bad, same: true }
  let [lines, added, bad] = [0, 0, 0]
  let waiting: CodedLine<Coding>[] = []
  const keep = async (): Promise<void> => {
    const some = waiting
    waiting = []
    added += await store.transaction((tx) => putCodings(tx, some))
    progress(lines)
  }
  for await (const coding of codingsIn(file, format, back, (found) => { bad++; problem(found) })) {
    lines++
    waiting.push(lineOf(named(coding, coder)))
    if (waiting.length >= TOGETHER) await keep()
  }
  await keep()
  const done = { id, coder, name: basename(file), format, sha256, lines, bad, code: codeVersion(), knowledge: knowledgeVersion(PACKAGE_ROOT) }
  await store.transaction(async (tx) => {
    await putCodedFile(tx, done)
    await noteCommand(tx, { act: 'file of a coder kept', subject: done.name, detail: { coder, format, sha256, lines, added, bad } })
  })
  return { file, added, known: lines - added, bad, same: false }
}

/** The coders the record has lines of; with a name, that one. Throws UserError when there is none. */
export async function codersThere(store: Store, name: string | null): Promise<string[]> {
  const there = (await listCoders(store.db)).map(({ coder }) => coder)
  if (there.length === 0) throw new UserError('the record holds nothing of other coders; readout import FILE takes their files in')
  if (name === null) return there
  if (!there.includes(name)) throw new UserError(`the record holds nothing of a coder '${name}'; it holds ${there.join(', ')}`)
  return [name]
}

/** What a coder says, in the order it came in. */
export async function* codingsOfStore(store: Store, coder: string, filter: { readonly from?: string; readonly to?: string; readonly countries?: readonly string[] } = {}): AsyncGenerator<Coding> {
  for (let cursor: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof listCodings<Coding>>> = await listCodings<Coding>(store.db, { coder, cursor, ...filter })
    yield* page.items
    cursor = page.next
    if (cursor === null) return
  }
}

/** Puts a coding to the others of its article: what becomes one reading. */
export function intoStory(stories: Map<string, Coding[]>, coding: Coding): void {
  const story = `${coding.coder} ${coding.sources[0]?.article ?? coding.id}`
  const known = stories.get(story)
  if (known) known.push(coding)
  else stories.set(story, [coding])
}

/** What a coder says of these countries, as events: one article is one reading, and readings are joined as ours are. */
export async function coderEvents(store: Store, coder: string, filter: { readonly from?: string; readonly to?: string; readonly countries: readonly string[] }): Promise<WorldEvent[]> {
  const stories = new Map<string, Coding[]>()
  for await (const coding of codingsOfStore(store, coder, filter)) intoStory(stories, coding)
  const readings = [...stories.values()].flatMap((codings) => readingOf(codings) ?? [])
  return [...joinTellings(tellAll(readings), [], () => null).events]
}

/** The same as records to export. */
export async function* coderRecords(store: Store, coder: string, filter: { readonly from?: string; readonly to?: string }): AsyncGenerator<ExportRecord> {
  for await (const coding of codingsOfStore(store, coder, filter)) yield { coding, told: [] }
}
