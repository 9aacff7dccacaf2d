/** Codings as readings by another coder: the text is what its lines say, so that every field still points at the words it comes from. */
import type { Actor, Article, Evidence, Reading, Report, Span } from '../model/index.ts'
import { contentId } from '../text/hash.ts'
import { plain } from '../export/cells.ts'
import type { Coding, Party } from '../export/coding.ts'

interface Line { text: string; readonly evidence: Evidence[] }

const BETWEEN = ' | '

/** A line of text for a coding, with where each field stands in it. `start` is the offset of the line. */
function write(coding: Coding, start: number): { readonly line: Line; readonly actors: Actor[]; readonly recipients: Actor[] } {
  const line: Line = { text: '', evidence: [] }
  const put = (field: string, value: string | null): Span | null => {
    const text = plain(value ?? '')
    if (text === '') return null
    if (line.text !== '') line.text += BETWEEN
    const from = start + line.text.length
    line.text += text
    const span: Span = [from, from + text.length]
    line.evidence.push({ field, span, text })
    return span
  }
  const party = (field: string) => (given: Party): Actor[] => {
    const span = put(field, given.name === '' ? (given.country ?? given.sector) : given.name)
    return span === null ? [] : [{ id: given.id, name: given.name, country: given.country, sector: given.sector, office: given.office, span, text: line.text.slice(span[0] - start, span[1] - start) }]
  }
  put('date', coding.date)
  const actors = coding.actors.flatMap(party('actor'))
  put('type', [coding.type, coding.mode, coding.cameo].filter((part) => part !== null).join(' '))
  const recipients = coding.recipients.flatMap(party('recipient'))
  put('place', coding.place?.name ?? null)
  return { line, actors, recipients }
}

/** The codings of one article as a reading. Those without a PLOVER type are no reports and are left out. */
export function readingOf(codings: readonly Coding[]): Reading | null {
  const kept = codings.filter(({ type, sources }) => type !== null && sources.length > 0)
  const source = kept[0]?.sources[0]
  if (!source || !kept[0]) return null
  const { coder } = kept[0]
  let text = ''
  const id = contentId('import', coder, source.article)
  const reports = kept.map((coding): Report => {
    if (text !== '') text += '\n\n'
    const { line, actors, recipients } = write(coding, text.length)
    text += line.text
    const stated = line.evidence.find(({ field }) => field === 'date')?.span ?? null
    return {
      id: contentId('import', coder, coding.id), type: coding.type ?? '', mode: coding.mode, contexts: coding.contexts, actors, recipients, date: coding.date === null ? null : { value: coding.date, basis: 'stated', span: stated },
      place: coding.place === null ? null : { id: coding.place.id, name: coding.place.name, country: coding.place.country }, status: coding.status, historical: coding.historical,
      attribution: { kind: 'outlet', outlet: coder, span: null }, evidence: [...line.evidence].sort((a, b) => Number(b.field === 'type') - Number(a.field === 'type')), cameo: coding.cameo, intensity: coding.intensity ?? 0, quadClass: coding.quadClass ?? '',
      // How sure another coder is, it does not say.
      confidence: coding.confidence ?? 0, rule: `import:${coder}${coding.cameo === null ? '' : `:${coding.cameo}`}`,
    }
  })
  const article: Article = {
    id, url: source.url, language: source.language, direction: 'ltr', title: source.title, lead: null, byline: null, agencies: [], publisher: source.outlet ?? coder, published: source.published, text, captions: [], furniture: [],
  }
  return { article, mentions: [], reports, statements: [], figures: [], notices: [{ code: 'imported', stage: 'import', message: `coded by ${coder}; the text is what its lines say` }] }
}
