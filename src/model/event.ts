import type { Reason } from './reason.ts'
import type { Status } from './report.ts'
import type { Span } from './span.ts'

/** Who takes part in an event; the closest naming any report gives. */
export interface EventParty {
  readonly id: string
  readonly name: string
  readonly country: string | null
  readonly sector: string | null
  readonly office: string | null
}

/** One report of an event, with what a reader needs to see where it comes from. */
export interface EventMember {
  readonly report: string
  readonly article: string
  readonly language: string
  readonly outlet: string | null
  readonly url: string | null
  readonly published: string | null
  readonly title: string | null
  /** State whose official voice or state medium tells it; null for third parties. */
  readonly side: string | null
  /** Told as background of another story. */
  readonly background: boolean
  /** Name of the speaker the report is attributed to, null when the outlet tells it itself. */
  readonly according: string | null
  readonly span: Span
  /** The words around the evidence, in the language of the article. */
  readonly quote: string
  readonly confidence: number
}

/** One value of a field on which reports differ, and which reports say so. */
export interface EventVersion {
  readonly field: string
  readonly value: string
  readonly weight: number
  readonly reports: readonly string[]
}

export interface EventFigure {
  readonly measure: string
  readonly value: number
  readonly unit: string | null
  readonly comparator: '=' | '>' | '<' | '~'
  readonly period: string | null
  readonly parties: readonly string[]
  readonly reports: readonly string[]
}

/** `came-of`: what became of a plan; `planned-as`: the other way round; `called-off`: a plan that was dropped. */
export type LinkKind = 'came-of' | 'planned-as' | 'called-off'

export interface EventLink {
  readonly kind: LinkKind
  readonly event: string
  /** Absent in events joined before reasons were kept as codes, until they are joined anew. */
  readonly reason?: Reason
  /** In words: the sentence such an old event keeps, or the one written for whoever reads. */
  readonly why?: string
}

/** One happening in the world, brought together from the reports judged to tell it. */
export interface WorldEvent {
  readonly id: string
  readonly type: string
  readonly mode: string | null
  readonly contexts: readonly string[]
  readonly actors: readonly EventParty[]
  readonly recipients: readonly EventParty[]
  readonly date: { readonly value: string; readonly basis: 'stated' | 'inferred' } | null
  /** First and last day the date can mean; null when undated. */
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly place: { readonly id: string; readonly name: string; readonly country: string | null } | null
  readonly status: Status
  /** Only told as background. */
  readonly historical: boolean
  readonly confidence: number
  readonly cameo: string | null
  /** The rule that read the report the event is told by best. */
  readonly rule: string
  readonly intensity: number
  readonly quadClass: string
  readonly figures: readonly EventFigure[]
  readonly members: readonly EventMember[]
  /** Fields on which the reports differ, each value with who says so; most weight first. */
  readonly versions: readonly EventVersion[]
  readonly links: readonly EventLink[]
  /** What people noted on it. */
  readonly notes: readonly string[]
}

/** A decision on reports: by a rule or by a person. */
export interface EventJudgement {
  readonly kind: 'same-event' | 'not-same' | 'field-correction' | 'confirm' | 'reject' | 'annotate'
  readonly report?: string | null
  readonly other?: string | null
  readonly event?: string | null
  readonly field?: string | null
  readonly value?: unknown
  readonly anchors?: unknown
  readonly by: { readonly kind: 'rule' | 'person'; readonly name: string }
  /** What a person wrote; empty where rules decided. */
  readonly why: string
  /** Why rules decided so, what weighed most first. */
  readonly reasons?: readonly Reason[] | null
  readonly score?: number | null
  readonly at?: string
  readonly withdrawn?: unknown
}

/** What identifies a report when a later reading gives it another id. */
export interface ReportAnchor {
  readonly article: string
  readonly type: string
  readonly span: Span
  readonly text: string
}

export type TopicKind = 'context' | 'state' | 'place' | 'figure' | 'act' | 'stance'

export interface Quote {
  readonly article: string
  readonly language: string
  readonly outlet: string | null
  readonly span: Span
  readonly text: string
  /** Name of who says it; null for the outlet. */
  readonly speaker: string | null
  readonly stance: string | null
}

/** One topic of an account: what it is, where it first comes, how much is said of it, with the words. */
export interface Topic {
  readonly kind: TopicKind
  /** A context, a state, a place's id, a measure, `TYPE status A+B>C`, a stance with or without whom it is towards (`warned UKR`): the same key in every language. */
  readonly key: string
  /** Order of first telling in the account, from 0. */
  readonly order: number
  /** Share of the account's words that lie in sentences on this topic. */
  readonly share: number
  /** What is said of it in numbers, for figures. */
  readonly value?: string
  readonly quotes: readonly Quote[]
}

/** How one side tells one event. `side` is a state, or `others` for third parties. */
export interface Account {
  readonly event: string
  readonly side: string
  /** The side speaks in its own publications, not only as quoted by others. */
  readonly official: boolean
  readonly articles: readonly string[]
  readonly characters: number
  readonly topics: readonly Topic[]
  /** Topics others say this side did not mention. */
  readonly unsaid: readonly Quote[]
}

export interface Difference {
  readonly kind: 'order' | 'length' | 'wording' | 'figure' | 'stance'
  readonly topic: string | null
  readonly a: string
  readonly b: string
}

/** A topic as the sides tell it: quotes by side. */
export interface ComparedTopic {
  readonly kind: TopicKind
  readonly key: string
  readonly a: readonly Quote[]
  readonly b: readonly Quote[]
  readonly others: readonly Quote[]
}

/** The accounts of one event side by side. */
export interface Comparison {
  readonly event: string
  readonly a: string
  readonly b: string
  readonly both: readonly ComparedTopic[]
  readonly onlyA: readonly ComparedTopic[]
  readonly onlyB: readonly ComparedTopic[]
  readonly neither: readonly ComparedTopic[]
  readonly unsaid: readonly { readonly side: string; readonly quote: Quote }[]
  readonly differences: readonly Difference[]
}

