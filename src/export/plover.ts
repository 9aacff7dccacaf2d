/** PLOVER records, one JSON object a line, with the fields of the PLOVER manual; actors in the fields of Readout's own record. */
import type { Coding, Party } from './coding.ts'

/** PLOVER's auxiliary modes, by our status. */
const AUXILIARY: Readonly<Record<string, string>> = { future: 'future', hypothetical: 'hypothetical', negated: 'negation' }

const partyOf = ({ id, name, country, sector, office, raw }: Party) => ({ id, name, country, sector, office, ...(raw === undefined ? {} : { raw_text: raw }) })
const sure = (text: string | null): string | null => text?.replace(/\p{Surrogate}/gu, '\ufffd') ?? null

/** An event as a PLOVER record. Fields that PLOVER has none for (status, confidence, CAMEO code, further sources) stand beside its own. */
export function ploverRecord(coding: Coding): Record<string, unknown> {
  const [first] = coding.sources
  const auxiliary = [...(coding.historical ? ['historical'] : []), ...(AUXILIARY[coding.status] ?? [])].flat()
  return {
    id: coding.id, has_event: coding.type !== null, date: coding.firstDay ?? coding.date, ...(coding.lastDay !== coding.firstDay ? { enddate: coding.lastDay } : {}), actor: coding.actors.map(partyOf), recipient: coding.recipients.map(partyOf),
    event: coding.type, mode: coding.mode, auxiliary_modes: auxiliary, context: coding.contexts, event_loc: coding.place, event_text: sure(first?.quote ?? null), quad_code: coding.quadClass, event_scale: coding.intensity,
    cite_info: { citation: first?.article ?? null, url: first?.url ?? null, title: first?.title ?? null, language: first?.language ?? null, publication: first?.outlet ?? null, coder: coding.coder, codebook: 'PLOVER 2.0', version: coding.version },
    coder: coding.coder, date_edtf: coding.date, date_basis: coding.basis, mutual: coding.mutual, event_status: coding.status, confidence: coding.confidence, cameo: coding.cameo, sources: coding.sources,
    ...(coding.format === null ? {} : { format: coding.format, columns: coding.columns ?? {} }),
  }
}

/** Some readers of lines break at the separators of Unicode too: they are escaped. */
export const ploverLine = (coding: Coding): string => `${JSON.stringify(ploverRecord(coding)).replace(/[\u2028\u2029]/gu, (mark) => `\\u${mark.charCodeAt(0).toString(16)}`)}\n`
