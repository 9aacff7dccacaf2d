/** What speaks for a report being right: names of features in groups, for the learned weights of `belief.bin.gz`. */
import type { Actor, ActorMention, Span } from '../model/index.ts'
import type { FeatureGroups } from '../text/linear/vector.ts'
import type { DraftReport } from './draft.ts'
import type { Frame } from './frame.ts'
import type { Scan } from './scan.ts'

const WINDOW = 4

/** Features of one report of a sentence. All groups but `words` hold no word of a language; `words` is empty unless asked for. Cost is linear in the sentence. */
export function beliefFeatures(scan: Scan, frame: Frame, draft: DraftReport, all: readonly DraftReport[], quotes: readonly Span[], withWords: boolean): FeatureGroups {
  const { predicate } = frame
  const who = whoFeatures(frame, draft)
  return { rule: ruleFeatures(scan, frame, draft), who, pair: who.map((name) => `${draft.type}/${name}`), around: aroundFeatures(scan, frame, draft, all, quotes), words: withWords ? wordFeatures(scan, predicate.words, predicate.concept) : [] }
}

const bin = (value: number): number => (value <= 3 ? value : value <= 5 ? 4 : value <= 8 ? 5 : value <= 13 ? 6 : value <= 21 ? 7 : value <= 34 ? 8 : 9)

function ruleFeatures(scan: Scan, frame: Frame, draft: DraftReport): string[] {
  const { predicate } = frame
  const { signs } = draft
  const gap = Math.max(...predicate.words) - Math.min(...predicate.words) + 1 - predicate.words.length
  const out = [
    `rule:${draft.rule}`, `concept:${predicate.concept}`, `form:${predicate.concept}/${predicate.label}/${predicate.nominal ? 'n' : 'v'}`, `label:${predicate.label}`, `type:${draft.type}`, `mode:${draft.type}/${draft.mode}`,
    `status:${draft.status}`, `status:${draft.type}/${draft.status}`, `gap:${bin(gap)}`, `size:${bin(predicate.words.length)}`, `size:${draft.type}/${bin(predicate.words.length)}`, `far:${bin(signs.distance)}`, `far:${draft.type}/${bin(signs.distance)}`,
    `tag:${scan.tokens[predicate.head]?.tag ?? ''}`, `relation:${scan.tokens[predicate.head]?.relation ?? ''}`, `governor:${frame.governor?.concept ?? ''}`, `attribution:${draft.attribution.kind}`,
  ]
  for (const [sign, on] of Object.entries({ ...signs, ambiguous: predicate.ambiguous, light: predicate.light, passive: predicate.passive, content: frame.content.length > 0, place: draft.place !== null })) {
    if (on === true) out.push(`sign:${sign}`, `sign:${draft.type}/${sign}`)
  }
  return out
}

function whoFeatures(frame: Frame, draft: DraftReport): string[] {
  const uses = new Map<number, ActorMention>()
  for (const mention of Object.values(frame.roles).flat()) uses.set(mention.span[0], mention)
  const describe = (actor: Actor): string => `${actor.id.slice(0, actor.id.indexOf(':'))}/${actor.sector ?? ''}${actor.country === null ? '' : '+'}${actor.office === null ? '' : 'o'}`
  const side = (name: string, actors: readonly Actor[]): string[] => {
    if (actors.length === 0) return [`${name}:none`]
    return actors.slice(0, 3).flatMap((actor) => {
      const mention = uses.get(actor.span[0])
      return [`${name}:${describe(actor)}`, `${name}:${actor.id.slice(0, actor.id.indexOf(':'))}`, `${name}:use/${mention?.use ?? ''}${mention?.inferred ? 'i' : ''}${mention?.capital ? 'c' : ''}`]
    })
  }
  const [a] = draft.actors
  const [r] = draft.recipients
  const out = [...side('a', draft.actors), ...side('r', draft.recipients), `count:${Math.min(3, draft.actors.length)}>${Math.min(3, draft.recipients.length)}`, `both:${a ? describe(a) : ''}>${r ? describe(r) : ''}`]
  if (a && r) out.push(`same:${a.country !== null && a.country === r.country}`, `order:${a.span[0] < r.span[0]}`)
  return out
}

function aroundFeatures(scan: Scan, frame: Frame, draft: DraftReport, all: readonly DraftReport[], quotes: readonly Span[]): string[] {
  const { predicate } = frame
  const head = scan.tokens[predicate.head]
  const out = [`paragraph:${bin(scan.paragraph)}`, `length:${bin(scan.tokens.length)}`, `actors:${bin(scan.actors.length)}`, `reports:${bin(all.length)}`]
  if (head && quotes.some(([from, to]) => from <= head.start && to >= head.end)) out.push('quoted', `quoted:${draft.type}`)
  for (let i = predicate.first - 1; i >= 0 && predicate.first - i <= 20; i--) {
    const boundary = scan.boundaries.get(i)
    if (boundary === undefined) continue
    out.push(`opener:${boundary}`, `opener:${draft.type}/${boundary}`)
    break
  }
  for (const other of all) if (other !== draft) out.push(`beside:${other.type}`, `beside:${draft.type}/${other.type}`)
  for (const other of scan.predicates) if (other !== predicate) out.push(`near:${other.concept}`, `near:${draft.type}/${other.first < predicate.first ? '<' : '>'}${other.concept}`)
  for (const marker of scan.markers) {
    if (marker.value.kind === 'role' || marker.value.kind === 'post' || marker.value.kind === 'joiner' || marker.value.kind === 'article' || marker.value.kind === 'quantifier') continue
    const place = marker.start >= frame.clause[0] && marker.end <= frame.clause[1] ? (marker.start < predicate.first ? '<' : '>') : '~'
    out.push(`marker:${place}${marker.value.kind}`)
  }
  // News opens with what happened; what hangs on it later in the sentence is told in passing.
  const verbsBefore = scan.predicates.filter((other) => !other.nominal && other.first < predicate.first).length
  out.push(`at:${bin(predicate.first)}`, `at:${draft.type}/${bin(predicate.first)}`, `verbs:${bin(verbsBefore)}`, `verbs:${draft.type}/${bin(verbsBefore)}`)
  if (draft.date) {
    const date = `${draft.dated}/${draft.date.basis}/${draft.date.value.length}`
    out.push(`date:${date}`, `date:${draft.type}/${date}`)
  }
  if (scan.tokens.some((token) => token.kind === 'number' && /^(?:19|20)\d\d$/u.test(token.norm))) out.push('year', `year:${draft.type}`)
  for (const context of draft.contexts) out.push(`context:${context}`)
  if (scan.tokens.some((token) => token.kind === 'number')) out.push('number', `number:${draft.type}`)
  return out
}

/* Names say who, not what: tokens inside actors are left out. */
function wordFeatures(scan: Scan, words: readonly number[], concept: string): string[] {
  const out: string[] = []
  const first = Math.min(...words)
  const last = Math.max(...words)
  let before = ''
  scan.tokens.forEach((token, i) => {
    if (token.kind !== 'word' || (scan.actorAt.has(i) && !words.includes(i))) {
      before = ''
      return
    }
    const { norm } = token
    out.push(norm)
    if (before !== '') out.push(`${before} ${norm}`)
    if (norm.length > 5) out.push(`${norm.slice(0, 5)}*`, `*${norm.slice(-5)}`)
    if (i >= first && i <= last && words.includes(i)) out.push(`=${norm}`, `${concept}=${norm}`)
    else if (i < first && first - i <= WINDOW) out.push(`<${norm}`, `${concept}<${norm}`)
    else if (i > last && i - last <= WINDOW) out.push(`>${norm}`, `${concept}>${norm}`)
    before = norm
  })
  return out
}
