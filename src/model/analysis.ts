/** What the stages hand to one another inside one reading; not part of the published record. */
import type { Actor } from './mention.ts'
import type { Sentence } from './sentence.ts'
import type { Span } from './span.ts'

/** How an actor is mentioned: in full, by an adjective on another noun, by a pronoun, by a word for the parties together, as a mere place, as the place a report is sent from. */
export type ActorUse = 'full' | 'adjective' | 'people' | 'pronoun' | 'collective' | 'place' | 'dateline'

/** An actor phrase inside a sentence, resolved to one or several actors. */
export interface ActorMention {
  readonly sentence: number
  /** Token range, half-open. */
  readonly first: number
  readonly last: number
  readonly span: Span
  readonly text: string
  readonly use: ActorUse
  readonly actors: readonly Actor[]
  /** Span of the person's name when the phrase holds more ("President X"). */
  readonly named: Span | null
  /** Clitics cut off the front of the first word. */
  readonly cut: string
  /** A state named only by its capital or a place. */
  readonly capital: boolean
  readonly medium: boolean
  /** The state was taken from what stands around; the phrase does not name it. */
  readonly inferred: boolean
  /** A body that stands abroad: an embassy, a delegation. */
  readonly mission?: true
}

/** A sentence with the actor phrases found in it. */
export interface ReadSentence {
  readonly sentence: Sentence
  readonly actors: readonly ActorMention[]
}
