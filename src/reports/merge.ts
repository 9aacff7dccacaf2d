/** Reports told twice in one article become one report with both pieces of evidence. */
import type { Actor, DateValue, Evidence } from '../model/index.ts'
import type { DraftReport } from './draft.ts'
import { edtfRange } from './time.ts'

const GENERAL_MODES = new Set(['multilateral'])

/** Merges the reports of an article that tell the same happening. Order of first telling is kept. */
export function mergeReports(drafts: readonly DraftReport[]): DraftReport[] {
  const out: DraftReport[] = []
  for (const draft of drafts) {
    const at = out.findIndex((other) => sameHappening(other, draft))
    const known = out[at]
    if (known) out[at] = combine(known, draft)
    else out.push(draft)
  }
  return out
}

function sameHappening(a: DraftReport, b: DraftReport): boolean {
  if (a.type !== b.type || a.status !== b.status) return false
  if (a.mode !== b.mode && a.mode !== null && b.mode !== null && !GENERAL_MODES.has(a.mode) && !GENERAL_MODES.has(b.mode)) return false
  if (!datesAgree(a, b)) return false
  // A call told today is not the meeting of last week, though the meeting's mode is open.
  if (a.mode !== b.mode && a.dated !== b.dated && !sameTime(a, b)) return false
  const symmetric = a.recipients.length === 0 && b.recipients.length === 0
  if (symmetric) return sidesAgree(a.actors, b.actors)
  if (a.recipients.length === 0 || b.recipients.length === 0) return false
  return sidesAgree(a.actors, b.actors) && sidesAgree(a.recipients, b.recipients)
}

/** Told with different dates, two happenings; told without a date of its own, the same as one that has. */
function datesAgree(a: DraftReport, b: DraftReport): boolean {
  if (a.historical !== b.historical && a.dated && b.dated) return false
  if (!a.dated || !b.dated || !a.date || !b.date) return a.historical === b.historical
  const x = edtfRange(a.date.value)
  const y = edtfRange(b.date.value)
  if (!x || !y) return a.date.value === b.date.value
  return x[0] <= y[1] && y[0] <= x[1]
}

function sameTime(a: DraftReport, b: DraftReport): boolean {
  const x = a.date ? edtfRange(a.date.value) : null
  const y = b.date ? edtfRange(b.date.value) : null
  return !x || !y || (x[0] <= y[1] && y[0] <= x[1])
}

const side = (actor: Actor): string => actor.country ?? actor.id

function sidesAgree(a: readonly Actor[], b: readonly Actor[]): boolean {
  const x = new Set(a.map(side))
  const y = new Set(b.map(side))
  if (x.size !== y.size || [...x].some((item) => !y.has(item))) return false
  for (const left of a) {
    const right = b.find((other) => side(other) === side(left))
    if (right && isPerson(left) && isPerson(right) && left.id !== right.id) return false
  }
  return true
}

const isPerson = (actor: Actor): boolean => actor.id.startsWith('person:') || actor.id.startsWith('name:')

function combine(a: DraftReport, b: DraftReport): DraftReport {
  return {
    ...a,
    mode: a.mode ?? b.mode, cameo: a.mode === null && b.mode !== null ? b.cameo : a.cameo, rule: a.mode === null && b.mode !== null ? b.rule : a.rule,
    contexts: [...new Set([...a.contexts, ...b.contexts])].sort(),
    actors: better(a.actors, b.actors), recipients: better(a.recipients, b.recipients),
    date: betterDate(a, b), dated: a.dated || b.dated, historical: a.dated ? a.historical : b.historical, place: a.place ?? b.place,
    evidence: [...a.evidence, ...b.evidence.filter((item) => !a.evidence.some((other) => sameEvidence(other, item)))],
    signs: a.signs.nominal && !b.signs.nominal ? b.signs : a.signs, confidence: Math.max(a.confidence, b.confidence),
  }
}

/** The same sides: whoever is named more closely (a person before a state). */
function better(a: readonly Actor[], b: readonly Actor[]): readonly Actor[] {
  return a.map((actor) => {
    const other = b.find((candidate) => side(candidate) === side(actor))
    return other && isPerson(other) && !isPerson(actor) ? other : actor
  })
}

function betterDate(a: DraftReport, b: DraftReport): DateValue | null {
  if (a.dated && b.dated) return (b.date?.value.length ?? 0) > (a.date?.value.length ?? 0) && !b.date?.value.includes('/') ? b.date : a.date
  return a.dated ? a.date : b.dated ? b.date : (a.date ?? b.date)
}

const sameEvidence = (a: Evidence, b: Evidence): boolean => a.field === b.field && a.span[0] === b.span[0] && a.span[1] === b.span[1]
