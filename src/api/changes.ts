/** What changes the record over the API, as a table beside that of what is asked: the server and the OpenAPI document are both made from it. */
import type { z } from 'zod'
import type { Desk } from './desk.ts'
import { makeDecision, takeBack } from './review.ts'
import { DECISION_BODY, decidedSchema, UNDO_BODY, type DecisionAsked, type UndoAsked } from './schemas.ts'
import type { Scope, Who } from './who.ts'

export interface Change {
  /** With `{id}` where an id goes. */
  readonly path: string
  readonly name: string
  readonly summary: string
  /** What must be allowed to whoever asks. */
  readonly scope: Scope
  /** The body, as JSON. */
  readonly body: z.ZodObject
  readonly answer: z.ZodType
  run(desk: Desk, id: string, body: unknown, who: Who): Promise<unknown>
}

export const CHANGES: readonly Change[] = [
  {
    path: '/api/judgements', name: 'decide', summary: 'Decides on an event or a report: confirm, reject, join, part, correct, note; in force at once', scope: 'review', body: DECISION_BODY, answer: decidedSchema,
    run: (desk, _, body, who) => makeDecision(desk, body as DecisionAsked, who),
  },
  {
    path: '/api/judgements/{id}/undo', name: 'undo', summary: 'Takes back the decision a judgement belongs to; it stays on record', scope: 'review', body: UNDO_BODY, answer: decidedSchema,
    run: (desk, id, body, who) => takeBack(desk, id, body as UndoAsked, who),
  },
]
