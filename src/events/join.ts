/** Stage 5: the reports of any number of readings, in any languages, to events. A function of the readings and of people's judgements; nothing is lost by it. */
import type { EventJudgement, Reading, WorldEvent } from '../model/index.ts'
import { cluster } from './cluster.ts'
import { buildEvent, type SideOf } from './event.ts'
import { anchorOf, corrected, decisionsOf } from './human.ts'
import { linksOf } from './links.ts'
import { tell, type Telling } from './telling.ts'
import { windowOf } from './window.ts'

/** The name the rules of this version sign their judgements with. */
export const RULE = 'join/1'

export interface Joined {
  /** What the rules decided on pairs of reports, each with its score and reasons. */
  readonly judgements: readonly EventJudgement[]
  readonly events: readonly WorldEvent[]
}

/**
 * Joins tellings into events. With only some of the record (see `neighbours`) it gives what the whole would give for them, but for
 * links: those are found among the events given (`linksOf`).
 */
export function joinTellings(given: readonly Telling[], judgements: readonly EventJudgement[], sideOf: SideOf): Joined {
  const byId = new Map(given.map((telling) => [telling.report.id, telling]))
  const human = decisionsOf(judgements, [...byId.values()])
  const tellings = [...byId.values()].filter(({ report }) => !human.rejected.has(report.id)).map((telling) => correct(telling, human.corrections.get(telling.report.id) ?? []))
  const { groups, decisions } = cluster(tellings, human)
  const bare = groups.map((group) => buildEvent(group, human, sideOf)).sort(inOrder)
  const links = linksOf(bare)
  return {
    events: bare.map((event) => { const own = links.get(event.id); return own ? { ...event, links: own } : event }),
    judgements: decisions.map(({ a, b, same, score, reasons }) => ({
      kind: same ? ('same-event' as const) : ('not-same' as const), report: a.report.id, other: b.report.id, anchors: { report: anchorOf(a), other: anchorOf(b) }, by: { kind: 'rule' as const, name: RULE }, why: '', reasons, score,
    })),
  }
}

/** Reports of readings as tellings. One article read twice counts once. */
export function tellAll(readings: readonly Reading[]): Telling[] {
  return [...new Map(readings.map((reading) => [reading.article.id, reading])).values()].flatMap(tell)
}

/* A corrected report is told anew, so that it is joined by what is right. */
function correct(telling: Telling, corrections: readonly EventJudgement[]): Telling {
  if (corrections.length === 0) return telling
  const report = corrected(telling.report, corrections)
  const [again] = tell({ article: telling.article, reports: [report], mentions: [], statements: [], figures: [], notices: [] })
  return again ? { ...telling, report, parties: again.parties, persons: again.persons, sectors: again.sectors, givers: again.givers, takers: again.takers, window: windowOf(report.date) } : telling
}

function inOrder(a: WorldEvent, b: WorldEvent): number {
  return (a.firstDay ?? '').localeCompare(b.firstDay ?? '') || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
