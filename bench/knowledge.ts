/** The knowledge all measurements share. */
import { type Knowledge, loadKnowledge } from '../src/knowledge/index.ts'
import { ROOT } from './data.ts'

export const knowledge: Knowledge = loadKnowledge(ROOT)

/** Only states: three-letter codes of the gazetteer. */
export const isState = (country: string | null): country is string => country !== null && knowledge.gazetteer.states.has(country)
