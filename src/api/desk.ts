/** What every answer is made from: the record, who is called what, and the writers of each language. */
import type { Knowledge } from '../knowledge/index.ts'
import type { Templates } from '../knowledge/templates.ts'
import type { LastingRecord } from '../record.ts'
import { createEventWriter, type EventWriter } from '../render/events.ts'
import { createLineWriter, type LineWriter } from '../render/lines.ts'
import { usualNames } from '../render/names.ts'
import type { Db } from '../store/index.ts'
import { searchWords } from '../words.ts'
import { type Cache, createCache } from './cache.ts'
import { createNameIndex, type NameIndex } from './names.ts'

/** Writes lines of the record in one language. */
export interface Writers {
  readonly language: string
  readonly templates: Templates
  readonly lines: LineWriter
  readonly events: EventWriter
}

export interface Desk {
  readonly record: LastingRecord
  readonly db: Db
  readonly knowledge: Knowledge
  readonly names: NameIndex
  /** Language of what is written where none is asked for that there is. */
  readonly language: string
  /** Languages in which lines can be written. */
  readonly languages: readonly string[]
  readonly words: (text: string, language: string) => Iterable<string>
  /** The writers of a language; of the desk's own when it has none. */
  writers(language: string): Writers
  /** Sums over many rows. */
  readonly sums: Cache
  /** Loads the tables of all languages, one after the other with room for requests between, so that the first search need not wait for them. */
  warm(): Promise<void>
}

/** What is written in where nobody says otherwise. */
const USUAL = 'en'

/** What is made of a knowledge once, however many desks share it: each is large, and takes its time. */
interface Made { readonly writers: Map<string, Writers>; names: NameIndex | null }
const shared = new WeakMap<Knowledge, Made>()

function madeOf(knowledge: Knowledge): Made {
  const made = shared.get(knowledge) ?? { writers: new Map<string, Writers>(), names: null }
  shared.set(knowledge, made)
  return made
}

/** Makes a desk on a record. `language` is that of answers which ask for none. */
export function createDesk(record: LastingRecord, wanted: string = USUAL): Desk {
  const { knowledge, store } = record
  const languages = knowledge.languages.filter((language) => knowledge.templates(language) !== null)
  const own = languages.includes(wanted) ? wanted : languages.includes(USUAL) ? USUAL : (languages[0] ?? wanted)
  const made = madeOf(knowledge)
  const writers = (asked: string): Writers => {
    const language = languages.includes(asked) ? asked : own
    const known = made.writers.get(language)
    if (known) return known
    const templates = knowledge.templates(language)
    if (!templates) throw new Error(`nothing can be written in '${language}'`)
    const names = usualNames(knowledge.names(language))
    const lines = createLineWriter(templates, (id) => names.get(id) ?? null)
    const value = { language, templates, lines, events: createEventWriter(lines, templates) }
    made.writers.set(language, value)
    return value
  }
  const words = searchWords(knowledge)
  return {
    record, db: store.db, knowledge, language: own, languages, writers, words, sums: createCache(),
    get names() {
      made.names ??= createNameIndex(knowledge)
      return made.names
    },
    async warm() {
      for (const language of knowledge.languages) {
        await new Promise((resolve) => { setImmediate(resolve) })
        for (const _ of words('', language)) break
        if (languages.includes(language)) writers(language)
      }
      made.names ??= createNameIndex(knowledge)
    },
  }
}
