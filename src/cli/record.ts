/** The readable record in a language the user reads. */
import type { Knowledge } from '../knowledge/index.ts'
import { loadNames } from '../knowledge/names.ts'
import type { Reading } from '../model/index.ts'
import { createLineWriter } from '../render/lines.ts'
import { renderRecord } from '../render/record.ts'
import { paint, UserError } from './terminal.ts'

/** Makes the writer of records in a language. Throws UserError when no templates are there for it. */
export function recordWriter(knowledge: Knowledge, language: string): (reading: Reading) => string {
  const templates = knowledge.templates(language)
  if (!templates) throw new UserError(`records cannot be written in '${language}'; known: ${knowledge.languages.filter((code) => knowledge.templates(code) !== null).join(', ')}`)
  const names = new Map<string, string>()
  for (const entry of loadNames(knowledge.folder(language))) {
    const key = `${entry.kind}:${entry.id}`
    if (entry.form === 'name' && !names.has(key)) names.set(key, entry.text)
  }
  const writer = createLineWriter(language, templates, (id) => names.get(id) ?? null)
  return (reading) => renderRecord(reading, writer, templates, paint)
}
