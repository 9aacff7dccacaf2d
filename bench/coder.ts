/** Coding texts in this process for the measurements, each text once. */
import { type CodedLine, codeText } from '../src/code.ts'
import type { Report } from '../src/model/index.ts'
import { type Judge, judgeBy } from '../src/reports/judge.ts'
import { type Validated, validateBelief, vectorsFor, WITH_WORDS } from './beliefs.ts'
import { isState, knowledge } from './knowledge.ts'
import { foldOfText, labelledReports } from './labelled.ts'

export { isState, knowledge }
const memory = new Map<string, CodedLine>()

let folds: { readonly neutral: Validated; readonly own: ReadonlyMap<string, Validated> } | null = null

/** From now on texts that the belief weights are trained on are coded by weights that never saw them (five folds). */
export function crossValidated(): void {
  const all = labelledReports()
  folds = { neutral: validateBelief(vectorsFor(all, null)), own: new Map(WITH_WORDS.map((language) => [language, validateBelief(vectorsFor(all, language))])) }
}

/** What to read a text with: the committed weights judge its reports, or those of the fold it was left out of. */
export function judgedBy(text: string, language: string | null): { readonly judge?: Judge | null } {
  const fold = foldOfText.get(text)
  if (fold === undefined || language === null || folds === null) return {}
  const { models, telling } = folds.own.get(language) ?? folds.neutral
  return { judge: judgeBy(models[fold] ?? null, telling[fold] ?? null) }
}

/** Codes a text as `readout code` does. */
export async function code(text: string, language: string | null, published: string | null = null): Promise<CodedLine> {
  const key = `${language}\u0000${published}\u0000${text}`
  const known = memory.get(key)
  if (known) return known
  const coded = await codeText({ text, language, published }, knowledge, judgedBy(text, language))
  memory.set(key, coded)
  return coded
}

/** Reports of things that came about: not planned, denied, refused or imagined. */
export const happened = (reports: readonly Report[]): Report[] => reports.filter((report) => report.status === 'occurred' || report.status === 'ongoing')

/** Reports best first. */
export const ranked = (reports: readonly Report[]): Report[] => [...reports].sort((a, b) => b.confidence - a.confidence || (a.evidence[0]?.span[0] ?? 0) - (b.evidence[0]?.span[0] ?? 0))

/** The states on either side of a report. */
export function states(report: Report): { actors: string[]; recipients: string[]; all: string[] } {
  const list = (actors: Report['actors']): string[] => [...new Set(actors.map((actor) => actor.country).filter(isState))].sort()
  const actors = list(report.actors)
  const recipients = list(report.recipients)
  return { actors, recipients, all: [...new Set([...actors, ...recipients])].sort() }
}

/** The event sets know one code for what stands above states; PLOVER's finer ones fold into it. They write Kosovo by its older code. */
const FOLDED: Readonly<Record<string, string>> = { UNO: 'IGO', EUR: 'IGO', KOS: 'XKX' }

/** A report in the terms of the scorer's event tasks; of those who act together each has done it with each of the others. */
export function asEvent(report: Report): { readonly root: string; readonly source: readonly Side[]; readonly target: readonly Side[]; readonly reciprocal: boolean } {
  const side = (actors: Report['actors']): Side[] => actors.map((actor) => ({ country: FOLDED[actor.country ?? ''] ?? actor.country ?? '', start: actor.span[0], end: actor.span[1] }))
  return { root: report.type, source: side(report.actors), target: side(report.recipients), reciprocal: report.recipients.length === 0 && report.actors.length > 1 }
}

interface Side { readonly country: string; readonly start: number; readonly end: number }
