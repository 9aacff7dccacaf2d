/** Review over HTTP: the queue, what was decided, decisions and taking them back. */
import type { WorldEvent } from '../model/index.ts'
import { whyOf } from '../render/reasons.ts'
import { type Decided, type Decision, decide, fieldValue, historyOf, type Present, type Question, ReviewError, reviewQueue, undo } from '../review.ts'
import { reviewers, type Reviewers } from '../reviewers.ts'
import type { Judgement } from '../store/index.ts'
import { noteOf } from './deeds.ts'
import type { Desk } from './desk.ts'
import { judgementsIn, tellIn, type ToldEvent } from './events.ts'
import type { DecisionAsked, JudgementsQuery, ReviewQuery, UndoAsked } from './schemas.ts'
import type { Who } from './who.ts'

export type ToldQuestion = Omit<Question, 'event' | 'other'> & { readonly key: string; readonly event: ToldEvent; readonly other?: ToldEvent }
export interface ReviewAnswer { readonly questions: readonly ToldQuestion[] }
export interface DecidedAnswer { readonly judgements: readonly string[]; readonly events: readonly ToldEvent[] }

/** The key of a question: the same as long as what is asked is the same. */
export const questionKey = ({ kind, event, other, field }: Pick<Question, 'kind' | 'event' | 'other' | 'field'>): string => [kind, event.id, other?.id ?? field ?? ''].join('.')

/** What is most worth a person's decision. */
export async function loadReview(desk: Desk, { limit = 50, lang }: ReviewQuery): Promise<ReviewAnswer> {
  const questions = await desk.sums.get(`review ${limit}`, () => reviewQueue({ db: desk.db }, limit))
  const told = (event: WorldEvent): ToldEvent => tellIn(desk, lang, event)
  const { events } = desk.writers(lang ?? '')
  return { questions: questions.map(({ event, other, ...question }) => ({ ...question, ...(question.kind === 'same-or-not' ? { why: whyOf(question, other === undefined, events) } : {}), key: questionKey({ ...question, event, ...(other ? { other } : {}) }), event: told(event), ...(other ? { other: told(other) } : {}) })) }
}

/** Everything decided on an event or a report, withdrawn decisions too; null when there is none of that id. */
export async function loadJudgements(desk: Desk, id: string, { lang }: JudgementsQuery = {}): Promise<{ readonly judgements: readonly Judgement[] } | null> {
  try {
    return { judgements: judgementsIn(desk, lang, await historyOf({ db: desk.db }, id)) }
  } catch (error) {
    if (error instanceof ReviewError) return null
    throw error
  }
}

/** How far the people who review agree. */
export const loadReviewers = (desk: Desk): Promise<Reviewers> => reviewers({ db: desk.db })

/** Who decides: the account, or, where nobody logs in, the name given. */
export function deciderOf(who: Who, given: string | undefined): string {
  const name = given?.trim() ?? ''
  if (who.name === null) return name
  if (name !== '' && name !== who.name) throw new ReviewError(`decisions are kept under the name of the account, ${who.name}`)
  return who.name
}

/** Makes a decision; values are given as people write them. `present` keeps those the gazetteer does not know. */
export async function makeDecision(desk: Desk, asked: DecisionAsked, who: Who, present?: Present): Promise<DecidedAnswer> {
  const { record, knowledge, names } = desk
  const idOf = (word: string): string | null => names.find(word)[0]?.id ?? null
  const correct = Object.entries(asked.correct ?? {}).map(([field, value]) => ({ field, value: fieldValue(knowledge, field, value, idOf, present) }))
  const decision: Decision = {
    on: asked.on, by: deciderOf(who, asked.by), why: asked.why ?? '', correct, ...(asked.confirm ? { confirm: true } : {}), ...(asked.reject ? { reject: true } : {}), ...(asked.same === undefined ? {} : { same: asked.same }),
    ...(asked.notSame === undefined ? {} : { notSame: asked.notSame }), ...(asked.note === undefined ? {} : { note: asked.note }),
  }
  const { on, lang, by, ...detail } = asked
  return tell(desk, await decide(record.store, record.voiceOf, decision, (tx, judgements) => noteOf(who, by)(tx, { act: 'decide', subject: on, detail: { ...detail, judgements } })), lang)
}

/** Takes back the decision a judgement belongs to. */
export async function takeBack(desk: Desk, id: string, asked: UndoAsked, who: Who): Promise<DecidedAnswer> {
  const { by, why, lang } = asked
  return tell(desk, await undo(desk.record.store, desk.record.voiceOf, id, deciderOf(who, by), why, (tx, judgements) => noteOf(who, by)(tx, { act: 'undo', subject: id, detail: { why, judgements } })), lang)
}

function tell(desk: Desk, { judgements, events }: Decided, lang: string | undefined): DecidedAnswer {
  desk.sums.clear()
  return { judgements, events: events.map((event) => tellIn(desk, lang, event)) }
}
