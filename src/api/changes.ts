/** What changes the record over the API, as a table beside that of what is asked: the server and the OpenAPI document are both made from it. */
import type { z } from 'zod'
import { noteOf } from './deeds.ts'
import type { Desk } from './desk.ts'
import { HttpProblem } from './problem.ts'
import { makeDecision, takeBack } from './review.ts'
import { forgetAlert, forgetSearch, retryAlerts, saveView } from './saved.ts'
import { DECISION_BODY, decidedSchema, deletedSchema, retriedSchema, SAVE_BODY, savedSchema, UNDO_BODY, type DecisionAsked, type SaveAsked, type UndoAsked } from './schemas.ts'
import type { Scope, Who } from './who.ts'

/** Who asks for a change, and what the server allows. */
export interface Asker {
  readonly who: Who
  /** IP addresses outside the public internet that webhooks may be sent to. */
  readonly webhookAllow: readonly string[]
}

export interface Change {
  readonly method: 'post' | 'put' | 'delete'
  /** With `{id}` where an id goes. */
  readonly path: string
  readonly name: string
  readonly summary: string
  /** What must be allowed to whoever asks. */
  readonly scope: Scope
  /** The body, as JSON; null where there is none. */
  readonly body: z.ZodObject | null
  readonly answer: z.ZodType
  run(desk: Desk, id: string, body: unknown, asker: Asker): Promise<unknown>
}

/** Throws the problem where there was nothing to delete. */
async function deleted(id: string, work: Promise<boolean>): Promise<{ readonly deleted: string }> {
  if (!(await work)) throw new HttpProblem(404, 'Not found', 'There is nothing of that id.')
  return { deleted: id }
}

export const CHANGES: readonly Change[] = [
  {
    method: 'post', path: '/api/judgements', name: 'decide', summary: 'Decides on an event or a report: confirm, reject, join, part, correct, note; in force at once', scope: 'review', body: DECISION_BODY, answer: decidedSchema,
    run: (desk, _, body, { who }) => makeDecision(desk, body as DecisionAsked, who),
  },
  {
    method: 'post', path: '/api/judgements/{id}/undo', name: 'undo', summary: 'Takes back the decision a judgement belongs to; it stays on record', scope: 'review', body: UNDO_BODY, answer: decidedSchema,
    run: (desk, id, body, { who }) => takeBack(desk, id, body as UndoAsked, who),
  },
  {
    method: 'put', path: '/api/searches/{id}', name: 'saveSearch', summary: 'Keeps a view of the desk under the name that stands in the address, with an alert on it where one is given; what was kept under that name is replaced, its alerts stay', scope: 'review', body: SAVE_BODY, answer: savedSchema,
    run: (desk, name, body, { who, webhookAllow }) => saveView(desk, { name, ...(body as SaveAsked) }, webhookAllow, noteOf(who)),
  },
  {
    method: 'delete', path: '/api/searches/{id}', name: 'deleteSearch', summary: 'Forgets the search of that name, with its alerts', scope: 'review', body: null, answer: deletedSchema,
    run: (desk, name, _, { who }) => deleted(name, forgetSearch(desk, name, noteOf(who))),
  },
  {
    method: 'delete', path: '/api/alerts/{id}', name: 'deleteAlert', summary: 'Takes an alert away, with what it has not told yet; the search stays', scope: 'review', body: null, answer: deletedSchema,
    run: (desk, id, _, { who }) => deleted(id, forgetAlert(desk, id, noteOf(who))),
  },
  {
    method: 'post', path: '/api/alerts/retry', name: 'retryAlerts', summary: 'Tries again the messages that were given up', scope: 'review', body: null, answer: retriedSchema,
    run: async (desk, _, __, { who }) => ({ retried: await retryAlerts(desk, noteOf(who)) }),
  },
]
