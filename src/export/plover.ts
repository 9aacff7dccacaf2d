/** PLOVER records, one JSON object a line, with the fields of the PLOVER manual; actors in the fields of Readout's own record. */
import { jsonLine } from './cells.ts'
import type { Coding, Party } from './coding.ts'

/** PLOVER's auxiliary modes, by our status. */
const AUXILIARY: Readonly<Record<string, string>> = { future: 'future', hypothetical: 'hypothetical', negated: 'negation' }

const partyOf = ({ id, name, country, sector, office, raw }: Party) => ({ id, name, country, sector, office, ...(raw === undefined ? {} : { raw_text: raw }) })

/** An event as a PLOVER record. Fields that PLOVER has none for (status, confidence, CAMEO code, further sources) stand beside its own. */
export function ploverRecord(coding: Coding): Record<string, unknown> {
  const [first] = coding.sources
  const auxiliary = [...(coding.historical ? ['historical'] : []), ...(AUXILIARY[coding.status] ?? [])].flat()
  return {
    id: coding.id, has_event: coding.type !== null, date: coding.firstDay ?? coding.date, ...(coding.lastDay !== coding.firstDay ? { enddate: coding.lastDay } : {}), actor: coding.actors.map(partyOf), recipient: coding.recipients.map(partyOf),
    event: coding.type, mode: coding.mode, auxiliary_modes: auxiliary, context: coding.contexts, event_loc: coding.place, event_text: first?.quote ?? null, quad_code: coding.quadClass, event_scale: coding.intensity,
    cite_info: { citation: first?.article ?? null, url: first?.url ?? null, title: first?.title ?? null, language: first?.language ?? null, publication: first?.outlet ?? null, coder: coding.coder, codebook: 'PLOVER 2.0', version: coding.version },
    coder: coding.coder, date_edtf: coding.date, date_basis: coding.basis, mutual: coding.mutual, event_status: coding.status, confidence: coding.confidence, cameo: coding.cameo, sources: coding.sources,
    ...(coding.format === null ? {} : { format: coding.format, columns: coding.columns ?? {} }),
  }
}

export const ploverLine = (coding: Coding): string => `${jsonLine(ploverRecord(coding))}\n`
