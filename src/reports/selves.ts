/** "We condemn X", said somebody: whoever is quoted stands behind the first person of the words quoted. */
import type { ActorMention, ReadSentence } from '../model/index.ts'
import type { Scan } from './scan.ts'
import type { DraftStatement } from './statements.ts'

/**
 * The sentence with a mention of the speaker for every first person inside a quotation of one speaker; null where there is none.
 * `statements` are those of the sentence.
 */
export function withSelves(read: ReadSentence, scan: Scan, statements: readonly DraftStatement[]): ReadSentence | null {
  const found: ActorMention[] = []
  for (const marker of scan.markers) {
    if (marker.value.kind !== 'self' || scan.actorAt.has(marker.start)) continue
    const [first, last] = [scan.tokens[marker.start], scan.tokens[marker.end - 1]]
    if (!first || !last) continue
    const speakers = statements.filter(({ quoted, span }) => quoted && span[0] <= first.start && span[1] >= last.end).map(({ speaker }) => speaker)
    const [speaker] = speakers
    if (!speaker || speakers.some(({ id }) => id !== speaker.id)) continue
    const span = [first.start, last.end] as const
    const text = scan.text.slice(...span)
    found.push({ sentence: scan.index, first: marker.start, last: marker.end, span, text, use: 'full', actors: [{ ...speaker, span, text }], named: null, cut: marker.cut, capital: false, medium: false, inferred: false })
  }
  return found.length === 0 ? null : { ...read, actors: [...read.actors, ...found].sort((a, b) => a.first - b.first) }
}
