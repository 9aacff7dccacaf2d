/** Stage 5: reports to events, and how each side tells them. Pure: readings and people's judgements in, events out. */
import type { Account, EventJudgement, Reading } from '../model/index.ts'
import { accountsOf, type VoiceOf } from './accounts.ts'
import { type Joined, joinTellings, tellAll } from './join.ts'

export { joinTellings, RULE, tellAll, type Joined } from './join.ts'
export { neighbours } from './cluster.ts'
export { inLinkOrder, linksOf, mayEndPlan, planDays } from './links.ts'
export { compare, JOIN, NEAR, type Verdict } from './compare.ts'
export { anchorOf } from './human.ts'
export { tell, type Telling } from './telling.ts'
export { accountsOf, OTHERS, partiesOf, type VoiceOf } from './accounts.ts'
export { compareAccounts } from './comparison.ts'
export { belongs, selectEvents, selectFigures, type ChronologyQuery, type FigureEntry } from './chronology.ts'
export { dayRange } from './window.ts'

/** Joins readings into events and gives each side's account of every event that more than one article or a side itself tells. */
export function joinReports(readings: readonly Reading[], judgements: readonly EventJudgement[], voiceOf: VoiceOf): Joined & { readonly accounts: readonly Account[] } {
  const tellings = tellAll(readings)
  const joined = joinTellings(tellings, judgements, ({ article }) => voiceOf(article))
  const byId = new Map(readings.map((reading) => [reading.article.id, reading]))
  const accounts = joined.events.flatMap((event) => accountsOf(event, [...new Set(event.members.map(({ article }) => article))].flatMap((id) => byId.get(id) ?? []), voiceOf))
  return { ...joined, accounts }
}
