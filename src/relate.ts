/** The PLOVER type of what one span of a text is said to do to another: learned weights over what the rules and the words show. */
import type { Knowledge } from './knowledge/index.ts'
import type { Reading, Span } from './model/index.ts'
import { relationFeatures } from './reports/relation/features.ts'
import { classify } from './text/linear/model.ts'
import type { FeatureGroups } from './text/linear/vector.ts'

export interface Relation {
  /** PLOVER event type. */
  readonly type: string
  readonly confidence: number
  readonly rule: string
}

/** Class of the training data that holds two of PLOVER's types, which the rules tell apart. */
const YIELD = 'YIELD'

/** What the pair shows, by feature groups; null where the language has no tables. */
export function pairFeatures(text: string, source: Span | null, target: Span | null, language: string, reading: Reading, knowledge: Knowledge): FeatureGroups | null {
  const lexicon = knowledge.lexicon(language)
  if (!lexicon) return null
  return relationFeatures({ text, tokens: lexicon.tokenizer.tokenize(text, 0, text.length), source, target, reports: reading.reports }, lexicon, knowledge.ontology)
}

/** Reads the relation of a source span to a target span; null when nothing is said or the language is unknown. */
export function relate(text: string, source: Span | null, target: Span | null, language: string, reading: Reading, knowledge: Knowledge): Relation | null {
  const model = knowledge.relation(language)
  const groups = pairFeatures(text, source, target, language, reading, knowledge)
  if (!model || !groups) return null
  const best = classify(groups, model)[0]
  if (!best) return null
  const type = best.label === YIELD ? yielding(reading, groups) : best.label
  return { type, confidence: Math.round(best.confidence * 100) / 100, rule: `relation.${best.label}` }
}

/* Force or people given up is RETREAT, everything else yielded is CONCEDE: the wordings in the text tell. */
function yielding(reading: Reading, groups: FeatureGroups): string {
  if (reading.reports.some((report) => report.type === 'RETREAT')) return 'RETREAT'
  if (reading.reports.some((report) => report.type === 'CONCEDE')) return 'CONCEDE'
  return groups['concepts']?.includes('t:RETREAT') ? 'RETREAT' : 'CONCEDE'
}
