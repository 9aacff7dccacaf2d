/** What is passed on while a sentence is read into reports: the draft of a report, what is known of it, and why nothing came of a word. */
import type { Effect, MatrixRow, Ontology } from '../knowledge/ontology.ts'
import type { RoleSettings } from '../knowledge/roles.ts'
import type { Actor, Attribution, DateValue, Evidence, PlaceValue, Span, Status } from '../model/index.ts'
import type { Dating } from './dating.ts'
import type { Frame, FrameRole } from './frame.ts'
import type { Predicate, Scan } from './scan.ts'
import type { Filled } from './schemes.ts'
import { actorsOf } from './sides.ts'
import { spanOf } from './spans.ts'

/** A report before it is merged with others of the article and given its id. */
export interface DraftReport {
  readonly type: string
  readonly mode: string | null
  readonly cameo: string | null
  readonly rule: string
  readonly contexts: readonly string[]
  readonly actors: readonly Actor[]
  readonly recipients: readonly Actor[]
  readonly date: DateValue | null
  readonly dated: boolean
  readonly place: PlaceValue | null
  readonly status: Status
  readonly historical: boolean
  readonly attribution: Attribution
  readonly evidence: readonly Evidence[]
  readonly sentence: number
  readonly predicate: Predicate
  /** What is known of how it was found, for confidence. */
  readonly signs: Signs
  /** Probability that it is right. */
  readonly confidence: number
}

export interface Signs {
  readonly nominal: boolean
  readonly inherited: boolean
  readonly embedded: boolean
  readonly matrix: boolean
  readonly agent: boolean
  readonly recipient: boolean
  readonly pronoun: boolean
  readonly distance: number
  readonly future: boolean
  /** Who it is done to was taken from what stands next, without a mark or a place in the tree that says so. */
  readonly loose: boolean
}

export interface EventContext {
  readonly text: string
  readonly ontology: Ontology
  readonly roles: RoleSettings
  readonly dating: Dating
  readonly anchor: string | null
  /** Told why each predicate gave a report or none. */
  readonly trace: ((entry: TraceEntry) => void) | null
}

export interface TraceEntry {
  readonly sentence: number
  readonly span: Span
  readonly concept: string
  readonly rule: string | null
  readonly outcome: string
}

/** Tells why a predicate gave a report or none; gives no report. */
export function note(context: EventContext, scan: Scan, frame: Frame, rule: string | null, outcome: string): never[] {
  context.trace?.({ sentence: scan.index, span: spanOf(scan, frame.predicate.words), concept: frame.predicate.concept, rule, outcome })
  return []
}

/** The first row of the table of acts about acts that fits an effect and the type of the act it is about; null for none. */
export function pickRow(ontology: Ontology, effect: Effect, type: string | null): MatrixRow | null {
  for (const row of ontology.matrix[effect] ?? []) {
    for (const want of row.embedded) {
      if (type === null ? want === 'none' : want === 'any' || want === type || ontology.types[type]?.quad === want) return row
    }
  }
  return null
}

/** The roles of a frame as actors, those of nobody left out; the agent of its governor where it has none. */
export function fill(frame: Frame, governor?: Frame): Filled<Actor> {
  const out: Partial<Record<FrameRole, readonly Actor[]>> = {}
  for (const [role, mentions] of Object.entries(frame.roles)) out[role as FrameRole] = actorsOf(mentions)
  if (governor && (out.agent ?? []).length === 0) out.agent = actorsOf(governor.roles.agent)
  return out
}
