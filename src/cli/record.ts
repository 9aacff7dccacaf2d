/** The readable record in a language the user reads. */
import type { Knowledge } from '../knowledge/index.ts'
import type { Reading } from '../model/index.ts'
import { createLineWriter } from '../render/lines.ts'
import { usualNames } from '../render/names.ts'
import { renderRecord } from '../render/record.ts'
import { paint, UserError } from './terminal.ts'

/** Makes the writer of records in a language. Throws UserError when no templates are there for it. */
export function recordWriter(knowledge: Knowledge, language: string): (reading: Reading) => string {
  const templates = knowledge.templates(language)
  if (!templates) throw new UserError(`records cannot be written in '${language}'; known: ${knowledge.languages.filter((code) => knowledge.templates(code) !== null).join(', ')}`)
  const names = usualNames(knowledge.names(language))
  const writer = createLineWriter(templates, (id) => names.get(id) ?? null)
  return (reading) => renderRecord(reading, writer, templates, paint)
}
