/** The words of Readout as types. Imports nothing; every other layer speaks in these. */
export { type Act, ACTS } from './acts.ts'
export type { Span } from './span.ts'
export type { ActorMention, ActorUse, ReadSentence } from './analysis.ts'
export type { Page, PageInput } from './page.ts'
export type { Article, Caption, Furniture, FurnitureKind } from './article.ts'
export { FURNITURE_KINDS } from './article.ts'
export type { Sentence, Token } from './sentence.ts'
export type { Actor, DateValue, Mention, PlaceValue, QuantityValue } from './mention.ts'
export type { Attribution, Evidence, Figure, Report, Statement, Status } from './report.ts'
export { STATUSES } from './report.ts'
export type { Notice, Reading } from './reading.ts'
export type {
  Account, ComparedTopic, Comparison, Difference, EventFigure, EventJudgement, EventLink, EventMember, EventParty, EventVersion, LinkKind, Quote, ReportAnchor, Topic, TopicKind, WorldEvent,
} from './event.ts'
export { REASON_CODES } from './reason.ts'
export type { Reason, ReasonCode, ReasonValues } from './reason.ts'
